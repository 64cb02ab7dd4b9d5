/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_CSV_H
#define DLU_REPORT_CSV_H

#include "base/text.h"

/** One field, quoted where it must be (RFC 4180). NULL is an empty field. */
void dlu_csv_field(dlu_buffer *buffer, const char *text);

#endif
