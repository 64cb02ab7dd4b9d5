/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_BYTES_H
#define DLU_REPORT_BYTES_H

#include <dualuc/report.h>

#include "base/text.h"

/**
 * Hands the text of a buffer over as the result of a writer; the buffer is empty afterwards.
 *
 * @return DLU_OK; DLU_E_NO_MEMORY where the buffer failed, and *out is empty
 */
dlu_status dlu_bytes_take(dlu_buffer *buffer, dlu_bytes *out, dlu_error *err);

#endif
