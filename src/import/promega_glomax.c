/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_glomax.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Workbooks of the GloMax Navigator, Explorer and Discover. Where a grid starts depends on the
 * steps of the protocol, so nothing is looked up by row: the instrument's name says whose file it
 * is, a header row with "Reading:" is a grid, and the step it belongs to is the last title in
 * column A above it.
 */

#define TITLE_COL  1u
#define KEY_COL    2u
#define KEY_ROWS   60u
#define INSTRUMENT "Instrument:"
#define RESULTS    "Results"

/* The first value right of a key in column A or B of any sheet, or NULL. */
static const dlu_cell *find_key(const dlu_book *book, const char *key)
{
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        for (uint32_t row = 1; row <= sheet->n_rows && row <= KEY_ROWS; row++) {
            uint32_t n;
            const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
            for (uint32_t i = 0; i + 1 < n && cells[i].col <= KEY_COL; i++)
                if (dlu_text_alike(cells[i].text, key))
                    return &cells[i + 1];
        }
    }
    return NULL;
}

static bool is_glomax(const dlu_cell *instrument)
{
    return instrument && dlu_text_starts(instrument->text, "GloMax");
}

static bool is_results(const dlu_sheet *sheet)
{
    return sheet->name && dlu_text_alike(sheet->name, RESULTS);
}

/* Grids of the reader itself say "Reading:" in their header row. */
static bool is_reading(const dlu_block *block)
{
    return is_results(block->sheet) &&
           dlu_text_starts(dlu_sheet_text(block->sheet, block->header_row, KEY_COL), "Reading");
}

static size_t count_readings(const dlu_scan *scan)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_blocks; i++)
        n += is_reading(&scan->blocks[i]);
    return n;
}

dlu_status dlu_promega_glomax_detect(const dlu_scan *scan, dlu_detection *out)
{
    dlu_glomax_list list;
    if (!scan->book->workbook)
        return dlu_detected(scan, out, DLU_DETECT_NO, "not a workbook (xlsx)");
    const dlu_cell *instrument = find_key(scan->book, INSTRUMENT);
    size_t n = count_readings(scan);
    if (dlu_glomax_list_read(scan, &list))
        return DLU_E_NO_MEMORY;
    const char *holds = n ? "grids with \"Reading:\" on the sheet \"Results\""
                          : "values on the sheet \"Results By Well\"";
    if (is_glomax(instrument) && (n || list.n_entries))
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "the instrument is \"%s\", and there are %s", instrument->text, holds);
    if (is_glomax(instrument))
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "the instrument is \"%s\", but there is neither a grid with "
                            "\"Reading:\" on a sheet \"Results\" nor a list \"Results By Well\"",
                            instrument->text);
    if (n || list.n_entries)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "found %s, but no cell \"Instrument:\" with \"GloMax\" beside it",
                            holds);
    return dlu_detected(scan, out, DLU_DETECT_NO,
                        "no cell \"Instrument:\" with \"GloMax\" beside it");
}

/* ---- the date ---- */

/* "m/d/yyyy ..." or "d/m/yyyy ..." into its three numbers. */
static bool split_date(const char *text, long part[3])
{
    static const char *const ends[] = {"/", "/", " "};
    for (unsigned i = 0; i < 3; i++) {
        char digits[8];
        size_t n = strcspn(text, "/ ");
        if (n == 0 || n >= sizeof digits || (text[n] && text[n] != *ends[i]))
            return false;
        memcpy(digits, text, n);
        digits[n] = '\0';
        if (!dlu_text_integer(digits, 1, 9999, &part[i]))
            return false;
        text += n + (text[n] != '\0');
    }
    return part[2] >= 1000;
}

/* True where the name of the result ("... 2023.08.11 15:06:47") has this day. */
static bool result_names(const dlu_book *book, long year, long month, long day)
{
    char wanted[16];
    dlu_buffer buffer = {0};
    dlu_buffer_printf(&buffer, "%04ld.%02ld.%02ld", year, month, day);
    size_t length = buffer.failed ? 0 : buffer.n;
    if (length && length < sizeof wanted)
        memcpy(wanted, buffer.bytes, length + 1);
    dlu_buffer_free(&buffer);
    for (size_t s = 0; length && length < sizeof wanted && s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        for (size_t i = 0; i < sheet->n_cells && sheet->cells[i].row <= KEY_ROWS; i++)
            if (dlu_text_starts(sheet->cells[i].text, "Result:") &&
                strstr(sheet->cells[i].text, wanted))
                return true;
    }
    return false;
}

/*
 * ISO date of the run, "" where it is not certain. The text form follows the computer's region:
 * month first only where the day is above 12, equals the month, or the result's name confirms it.
 */
static const char *export_date(const dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    const dlu_cell *cell = find_key(book, "Execution Date:");
    long p[3], month, day;
    if (!cell)
        return "";
    if (cell->date)
        return strlen(cell->text) < 10 ? "" : dlu_arena_copy_n(job->arena, cell->text, 10);
    if (!split_date(cell->text, p))
        return "";
    bool us = p[0] <= 12 && p[1] <= 31, eu = p[1] <= 12 && p[0] <= 31;
    if (us && eu && p[0] != p[1]) {
        us = result_names(book, p[2], p[0], p[1]);
        eu = result_names(book, p[2], p[1], p[0]);
        if (us == eu)
            return "";
    }
    if (!us && !eu)
        return "";
    month = us ? p[0] : p[1];
    day = us ? p[1] : p[0];
    return dlu_arena_printf(job->arena, "%04ld-%02ld-%02ld", p[2], month, day);
}

/* ---- reading ---- */

/* The last title in column A at or above the grid, or "". */
static const char *step_title(const dlu_block *block)
{
    for (uint32_t row = block->header_row; row > 0; row--) {
        const char *text = dlu_sheet_text(block->sheet, row, TITLE_COL);
        if (!dlu_text_is_blank(text))
            return text;
    }
    return "";
}

/* Why a grid is no read of light, or NULL where it is one. */
static const char *refuse(const dlu_block *block, const char *title)
{
    if (!is_reading(block))
        return "no \"Reading:\" in its header row on the sheet \"Results\": not written by the "
               "reader";
    if (*title && !dlu_text_starts(title, "Luminescence"))
        return "its step is no luminescence";
    if (dlu_block_is_layout(block))
        return "it holds words, not light";
    if (!block->n_numbers && !block->n_tokens && !block->n_unsure)
        return "it is empty";
    return NULL;
}

static bool read_block(dlu_import_job *job, const dlu_block *block, dlu_plate_build **plate)
{
    const char *title = step_title(block);
    const char *why = refuse(block, title);
    dlu_place at =
        dlu_book_place(job->scan->book, block->sheet, block->header_row, block->first_col);
    bool computed = dlu_block_is_computed(block);
    if (!why && computed && !job->options->calculated)
        why = "computed by formulas, not measured (--calculated brings it)";
    if (why)
        return dlu_job_leave_out(job, at, why, "a grid under \"%s\"",
                                 *title ? title : block->title);
    if (!*plate && !(*plate = dlu_job_plate(job, "")))
        return false;
    char *label = dlu_text_trimmed(job->arena, title);
    dlu_read_build *read = label ? dlu_job_read(job, *plate, label, at) : NULL;
    if (!read)
        return false;
    read->read.calculated = computed;
    return dlu_job_block(job, *plate, read, block) && dlu_job_leave_out_beside(job, block);
}

/* The "Plate Type" of the protocol against the grid's own size. */
static void check_plate_type(dlu_import_job *job, const dlu_plate *plate)
{
    const dlu_cell *cell = find_key(job->scan->book, "Plate Type:");
    char digits[8] = "";
    long wells;
    if (!cell)
        return;
    size_t n = strspn(cell->text, "0123456789");
    if (n == 0 || n >= sizeof digits)
        return;
    memcpy(digits, cell->text, n);
    if (!dlu_text_integer(digits, 1, 9999, &wells) ||
        (unsigned long)wells == (unsigned long)plate->n_rows * plate->n_cols)
        return;
    dlu_place at = {.file = job->scan->book->file};
    dlu_warn(job->log, "glomax-plate-type", &at,
             "check that the reader was set to the plate in use",
             "expected a grid of %ld wells (\"Plate Type: %s\"), found one of %u x %u; it is used",
             wells, cell->text, (unsigned)plate->n_rows, (unsigned)plate->n_cols);
}

static bool read_list(dlu_import_job *job, const dlu_glomax_list *list, dlu_plate_build **plate)
{
    dlu_place at = dlu_book_place(job->scan->book, list->sheet, 0, 0);
    if (!list->n_entries)
        return true;
    dlu_note(job->log, "glomax-from-list", &at, NULL,
             "the sheet \"Results\" has no luminescence grid; read from \"Results By Well\"");
    *plate = dlu_job_plate(job, "");
    return *plate && dlu_glomax_list_to_reads(job, *plate, list);
}

/* Titles of steps stand alone in column A; a title with cells beside it is a row of a user. */
static bool leave_out_rows(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        for (uint32_t row = 1; is_results(sheet) && row <= sheet->n_rows; row++) {
            uint32_t n;
            const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
            if (n > 1 && cells[0].col == TITLE_COL && !dlu_text_is_blank(cells[0].text) &&
                !dlu_job_leave_out(job, dlu_book_place(book, sheet, row, TITLE_COL),
                                   "not a step of the protocol", "a row \"%s\"", cells[0].text))
                return false;
        }
    }
    return true;
}

dlu_status dlu_promega_glomax_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    dlu_plate_build *plate = NULL;
    dlu_glomax_list list;
    if (dlu_glomax_list_read(scan, &list))
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < scan->n_blocks; i++)
        if (!read_block(job, &scan->blocks[i], &plate))
            return dlu_fail_memory(job->err);
    if (!leave_out_rows(job) || (plate && !dlu_glomax_compare(job, plate, &list)))
        return dlu_fail_memory(job->err);
    if (!plate && !read_list(job, &list, &plate))
        return dlu_fail_memory(job->err);
    if (plate && plate->plate.n_rows)
        check_plate_type(job, &plate->plate);
    job->date = export_date(job);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
