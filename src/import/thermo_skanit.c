/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/thermo_skanit.h"

#include "base/text.h"
#include "import/marks.h"

/*
 * Measurements and calculations of SkanIt look alike, so words tell them apart: what the corner of
 * the grid names, and whether the step says from which step it was computed.
 */

#define SESSION_ROWS 3u

/*
 * A sheet of results: "Measurement results" in its first cell or, as that is written in the
 * language of the program, its session below the first cell; in a text also below other parts.
 */
static bool is_results(const dlu_scan *scan, const dlu_sheet *sheet)
{
    const dlu_cell *title = dlu_find_text_in(scan, sheet, 1, 0, "Measurement results");
    bool is = dlu_text_alike(dlu_sheet_text(sheet, 1, 1), "Measurement results") ||
              (title && title->col == 1 &&
               dlu_skanit_is_session(dlu_sheet_text(sheet, title->row + 1, 1)));
    for (uint32_t row = 2; !is && row <= SESSION_ROWS && row <= sheet->n_rows; row++)
        is = dlu_skanit_is_session(dlu_sheet_text(sheet, row, 1));
    return is;
}

static bool is_kept_with(const dlu_scan *scan)
{
    static const char *const words[] = {"SkanIt", "Autoloading range", "Report generated with SW"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_find_text(scan, words[i], NULL))
            return true;
    for (size_t i = 0; i < scan->n_words; i++)
        if (dlu_skanit_is_session(scan->words[i].cell->text))
            return true;
    return false;
}

dlu_status dlu_thermo_skanit_detect(const dlu_scan *scan, dlu_detection *out)
{
    bool results = false, kept = is_kept_with(scan);
    for (size_t s = 0; s < scan->book->n_sheets; s++)
        results = results || is_results(scan, &scan->book->sheets[s]);
    out->score = results ? kept ? 100 : 60 : kept ? 40 : 0;
    if (results && kept)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a sheet begins with \"Measurement results\" or its session, and the "
                            "session is one of SkanIt");
    if (results)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "a sheet begins with \"Measurement results\", but nothing names a "
                            "session of SkanIt (\".skax\", \"Autoloading range\")");
    return dlu_detected(scan, out, kept ? DLU_DETECT_MAYBE : DLU_DETECT_NO,
                        "no sheet begins with \"Measurement results\"%s",
                        kept ? ", though the file names SkanIt" : "");
}

/* "Sample" in the language of the program: the first grid of words below the plate's values. */
static bool names_samples(const dlu_skanit *r, const dlu_block *block)
{
    return r->plate && !r->plate->samples.n && block->label_col == 1 && dlu_block_is_layout(block);
}

/* A second grid of the step: what the read before holds, which a list may have given, or another.
 */
static bool take_again(dlu_skanit *r, const dlu_block *block, const dlu_read_build *before,
                       const dlu_taken *taken)
{
    dlu_skanit_copy copy;
    if (!dlu_skanit_compare(r, before, &copy))
        return false;
    for (size_t i = 0; i < block->n_rows; i++)
        for (uint32_t c = 0; c < block->n_cols; c++)
            dlu_skanit_compare_cell(
                r, &copy, block->rows[i].letter << 8 | (block->first_number + c),
                dlu_sheet_at(block->sheet, block->rows[i].row, block->first_col + c));
    dlu_skanit_compared(r, before);
    if (dlu_skanit_is_copy(&copy))
        return dlu_take_grid(
            r->job, r->plate, block,
            &(dlu_taken){.name = taken->name, .refused = "the values of the read above once more"});
    dlu_skanit_say_twice(
        r, taken,
        dlu_book_place(r->job->scan->book, block->sheet, block->header_row, block->first_col));
    return true;
}

/* A grid of values as a read of the plate and step in hand. */
static bool take_values(dlu_skanit *r, const dlu_block *block, const char *refused)
{
    dlu_import_job *job = r->job;
    dlu_taken taken = {.label = dlu_skanit_label(r),
                       .name = dlu_block_is_layout(block) ? block->corner : r->step,
                       .refused = refused,
                       .calculated = dlu_skanit_computed(r, block->corner),
                       .measures = dlu_skanit_measures(r, block->corner),
                       .has_time = r->has_time,
                       .time_s = r->time_s};
    if (!taken.label)
        return false;
    bool measured = !refused && !taken.calculated && !dlu_grid_refused(block);
    dlu_read_build *before = measured ? dlu_skanit_read_before(r, &taken, r->began) : NULL;
    if (before)
        return take_again(r, block, before, &taken);
    return dlu_take_grid(job, r->plate, block, &taken);
}

static bool take_block(dlu_skanit *r, const dlu_block *block)
{
    static const char beside[] = "SkanIt writes its grids in the first column, this one stands "
                                 "right of it";
    bool groups = dlu_text_alike(block->corner, "Group");
    if (block->label_col > 1)
        return dlu_take_grid(r->job, NULL, block, &(dlu_taken){.refused = beside});
    if (!dlu_skanit_enter(r, block->sheet, block->header_row))
        return false;
    bool samples = dlu_text_alike(block->corner, "Sample") || (!groups && names_samples(r, block));
    if (dlu_block_end(block) > r->end)
        r->end = dlu_block_end(block);
    dlu_block named = *block;
    named.title = block->corner;
    if (!r->results)
        return dlu_take_grid(
            r->job, NULL, &named,
            &(dlu_taken){.refused = "its part of the file holds no measurement results"});
    if (samples)
        return dlu_take_layout(r->job, r->plate, &named);
    return take_values(r, block, groups ? "names of wells" : NULL);
}

/* A step with neither grid nor list. */
static bool leave_out_step(dlu_skanit *r, const dlu_sheet *sheet)
{
    return dlu_skanit_enter(r, sheet, sheet->n_rows + 1) &&
           dlu_job_leave_out(r->job, dlu_book_place(r->job->scan->book, sheet, 1, 1),
                             "expected a plate grid, a list with a column \"Well\", or a table of "
                             "readings with a column for each well, found none on its sheet",
                             "the step \"%s\"", r->step);
}

/* Grids and lists in the order of the sheet. */
static bool take_results(dlu_skanit *r, const dlu_sheet *sheet)
{
    const dlu_scan *scan = r->job->scan;
    uint32_t from = 1, header;
    size_t i, to, n = 0;
    for (dlu_sheet_blocks(scan, sheet, &i, &to); from <= sheet->n_rows; n++) {
        uint32_t before = i < to ? scan->blocks[i].header_row - 1 : sheet->n_rows;
        header = dlu_skanit_find_list(sheet, from, before);
        if (header) {
            if (!dlu_skanit_take_list(r, sheet, header))
                return false;
        } else if (i == to) {
            break;
        } else if (!take_block(r, &scan->blocks[i++])) {
            return false;
        }
        from = r->end + 1;
    }
    return !dlu_arena_failed(scan->arena) && (n || leave_out_step(r, sheet));
}

static bool take_sheet(dlu_skanit *r, const dlu_sheet *sheet)
{
    static const dlu_taken other = {.refused = "its sheet holds no measurement results"};
    const dlu_scan *scan = r->job->scan;
    size_t i, to;
    if (is_results(scan, sheet))
        return take_results(r, sheet);
    for (dlu_sheet_blocks(scan, sheet, &i, &to); i < to; i++)
        if (!dlu_take_grid(r->job, NULL, &scan->blocks[i], &other))
            return false;
    return true;
}

dlu_status dlu_thermo_skanit_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    dlu_skanit r = {.job = job};
    for (size_t s = 0; s < scan->book->n_sheets; s++)
        if (!take_sheet(&r, &scan->book->sheets[s]))
            return dlu_fail_memory(job->err);
    return DLU_OK;
}
