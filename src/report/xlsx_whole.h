/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_WHOLE_H
#define DLU_REPORT_XLSX_WHOLE_H

#include <dualuc/import.h>

/**
 * Whether a workbook that was written is whole: every part unpacks and is XML up to its end, and no
 * cell was lost between.
 *
 * @param cells  how many were written
 * @return DLU_OK; DLU_E_IO naming the part that is not; DLU_E_NO_MEMORY
 */
dlu_status dlu_xlsx_check_whole(const dlu_source *workbook, size_t cells, dlu_error *err);

#endif
