/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_whole.h"

#include "base/say.h"
#include "grid/grid.h"

/* Apart from the writers, which do not see the reader of workbooks. */
dlu_status dlu_xlsx_check_whole(const dlu_source *workbook, dlu_error *err)
{
    dlu_error found = {.status = DLU_OK};
    dlu_status status = dlu_book_check_whole(workbook, &found);
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
