/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/tecan.h"

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"

/* Which sheets are of the reader. */

static const dlu_cell *application(const dlu_scan *scan, const dlu_sheet *sheet,
                                   const char *const *texts)
{
    const dlu_cell *cell = NULL;
    for (; *texts && !cell; texts++)
        cell = dlu_find_text_in(scan, sheet, 1, 0, *texts);
    return cell;
}

static bool has_values(const dlu_scan *scan, const dlu_sheet *sheet)
{
    size_t from, to;
    dlu_sheet_blocks(scan, sheet, &from, &to);
    for (uint32_t row = 1; from == to && row <= sheet->n_rows; row++)
        if (dlu_tecan_layout_of(sheet, row))
            return true;
    return from < to;
}

dlu_status dlu_tecan_detect(const dlu_scan *scan, const char *const *texts, const char *missed,
                            dlu_detection *out)
{
    const dlu_cell *found = NULL;
    bool values = false;
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        const dlu_cell *cell = application(scan, sheet, texts);
        values = values || (cell && has_values(scan, sheet));
        found = found ? found : cell;
    }
    out->score = found ? 80 : 0;
    if (found && values)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a cell \"%s\", and a plate grid or a table of wells", found->text);
    if (found)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "a cell \"%s\", but neither a plate grid nor a table of wells on its "
                            "sheet",
                            found->text);
    return dlu_detected(scan, out, DLU_DETECT_NO, "%s", missed);
}

bool dlu_tecan_sheets(dlu_import_job *job, const char *const *texts, const dlu_sheet **sheets,
                      size_t *n)
{
    const dlu_book *book = job->scan->book;
    *n = 0;
    for (size_t s = 0; s < book->n_sheets; s++)
        if (application(job->scan, &book->sheets[s], texts))
            sheets[(*n)++] = &book->sheets[s];
    bool none = *n == 0;
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        if (none)
            sheets[(*n)++] = sheet;
        else if (sheet->n_cells && !application(job->scan, sheet, texts) &&
                 !dlu_job_leave_out(job, dlu_book_place(book, sheet, 0, 0),
                                    "no cell \"Application: ...\" on it: not written by the reader",
                                    "a sheet"))
            return false;
    }
    return true;
}

const char *dlu_tecan_date(const dlu_import_job *job)
{
    static const char *const keys[] = {"Date", "Datum"};
    const dlu_book *book = job->scan->book;
    for (size_t s = 0; s < book->n_sheets; s++)
        for (size_t k = 0; k < 2; k++) {
            const char *date = dlu_key_value(job->scan, &book->sheets[s], 1, 0, keys[k]);
            if (!date || *date)
                return date ? dlu_export_date(job->arena, date) : NULL;
        }
    return "";
}
