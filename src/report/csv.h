/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_CSV_H
#define DLU_REPORT_CSV_H

#include "base/text.h"
#include "report/table.h"

/** One field, quoted where it must be (RFC 4180). NULL is an empty field. */
void dlu_csv_field(dlu_buffer *buffer, const char *text);

/** One table of a model, with its header line. DLU_OK or DLU_E_NO_MEMORY. */
dlu_status dlu_csv_table(const dlu_report_table *table, const void *model, dlu_bytes *out,
                         dlu_error *err);

#endif
