/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_whole.h"

#include "base/say.h"
#include "grid/grid.h"

/* Apart from the writers, which do not see the reader of workbooks. */
dlu_status dlu_xlsx_check_whole(const dlu_source *workbook, size_t cells, dlu_error *err)
{
    size_t n;
    dlu_error found = {.status = DLU_OK};
    dlu_status status = dlu_book_check_whole(workbook, &n, &found);
    if (status == DLU_OK && n != cells)
        status = dlu_fail(&found, DLU_E_INPUT, "workbook-damaged", NULL, NULL,
                          "expected %zu cells, found %zu", cells, n);
    /* what is too large to be read back is not wrong for that */
    if (status == DLU_OK || status == DLU_E_LIMIT)
        return DLU_OK;
    if (status == DLU_E_NO_MEMORY)
        return dlu_fail_memory(err);
    return dlu_fail(err, DLU_E_IO, "workbook-damaged", NULL,
                    "check the free space of the disk and of the folder for temporary files "
                    "(TMPDIR, or /tmp)",
                    "the workbook could not be written whole: %s", found.text);
}
