/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_glomax.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"
#include "import/titled.h"
#include "import/wells_table.h"

/*
 * Workbooks of the GloMax Navigator, Explorer and Discover. Where a grid starts depends on the
 * steps of the protocol, so nothing is looked up by row: the instrument's name says whose file it
 * is, a header row with "Reading:" is a grid, and the step it belongs to is the last title in
 * column A above it. People rename sheets and write between the steps.
 */

#define TITLE_COL  1u
#define KEY_COL    2u
#define VALUE_COL  4u
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

/* Grids of the reader itself say "Reading:" left of their header: the column of that, or 0. */
static uint32_t reading_column(const dlu_block *block)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(block->sheet, block->header_row, &n);
    for (uint32_t i = 0; i < n && cells[i].col < block->first_col; i++)
        if (dlu_text_starts(cells[i].text, "Reading"))
            return cells[i].col;
    return 0;
}

/*
 * Sheets with such grids: "Results" alone where it has some, as others are copies; else every one,
 * as sheets are renamed and put together from several files.
 */
static bool has_results(const dlu_scan *scan)
{
    for (size_t i = 0; i < scan->n_blocks; i++)
        if (is_results(scan->blocks[i].sheet) && reading_column(&scan->blocks[i]))
            return true;
    return false;
}

static size_t count_readings(const dlu_scan *scan, const dlu_block **first)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_blocks; i++) {
        if (!reading_column(&scan->blocks[i]))
            continue;
        *first = n++ ? *first : &scan->blocks[i];
    }
    return n;
}

dlu_status dlu_promega_glomax_detect(const dlu_scan *scan, dlu_detection *out)
{
    dlu_glomax_list list;
    const dlu_block *first = NULL;
    const dlu_cell *instrument = find_key(scan->book, INSTRUMENT);
    size_t n = count_readings(scan, &first);
    if (dlu_glomax_list_read(scan, &list))
        return DLU_E_NO_MEMORY;
    const char *where = first && first->sheet->name ? first->sheet->name : "";
    const char *holds = "values on the sheet \"Results By Well\"";
    if (n)
        holds = dlu_arena_printf(scan->arena, "grids with \"Reading:\"%s%s%s",
                                 *where ? " on the sheet \"" : "", where, *where ? "\"" : "");
    if (!holds)
        return DLU_E_NO_MEMORY;
    out->score = n || list.n_entries ? 60 : 30;
    if (is_glomax(instrument) && (n || list.n_entries))
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "the instrument is \"%s\", and there are %s", instrument->text, holds);
    if (is_glomax(instrument))
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "the instrument is \"%s\", but there is neither a grid with "
                            "\"Reading:\" nor a list \"Results By Well\"",
                            instrument->text);
    bool named = dlu_find_text(scan, "Protocol:", NULL) && dlu_find_text(scan, "Result:", NULL);
    if (n && named && !instrument)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "there are %s, and cells \"Protocol:\" and \"Result:\"", holds);
    if (n || list.n_entries)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "found %s, but no cell \"Instrument:\" with \"GloMax\" beside it",
                            holds);
    out->score = 0;
    return dlu_detected(scan, out, DLU_DETECT_NO,
                        "no cell \"Instrument:\" with \"GloMax\" beside it");
}

/* ---- the date ---- */

/* The day in the name of the result ("... 2023.08.11 15:06:47"), the last one; or "". */
static const char *result_date(const dlu_import_job *job)
{
    const dlu_cell *cell = dlu_find_text(job->scan, "Result:", NULL);
    const char *found = "";
    for (const char *p = cell ? cell->text : ""; *p && found; p++) {
        if (p[0] != ' ' || !strchr("12", p[1] ? p[1] : ' '))
            continue;
        char *date = dlu_arena_copy(job->arena, p + 1);
        for (size_t i = 4; date && strlen(date) >= 10 && i < 8; i += 3)
            date[i] = date[i] == '.' ? '-' : date[i];
        const char *iso = date ? dlu_export_date(job->arena, date) : NULL;
        found = !iso || *iso ? iso : found;
    }
    return found;
}

/*
 * ISO date of the run, "" where it is not certain, NULL where memory ran out. As a text it follows
 * the computer's region: where day and month may be exchanged, the result's name decides.
 */
static const char *run_date(const dlu_import_job *job)
{
    const dlu_cell *cell = find_key(job->scan->book, "Execution Date:");
    if (!cell)
        return "";
    const char *date = dlu_export_date(job->arena, cell->text);
    if (!date || *date)
        return date;
    const char *result = result_date(job);
    char year[5] = "";
    if (result && strlen(result) >= 4)
        memcpy(year, result, 4);
    return !result || (*year && strstr(cell->text, year)) ? result : "";
}

/* ---- reading ---- */

/* A title stands left of the keys, without a value beside it, as a user's row has, or says light.
 */
static const dlu_cell *title_in(const dlu_sheet *sheet, uint32_t row, uint32_t key_col)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n), *title = NULL;
    for (uint32_t i = 0; i < n && cells[i].col <= VALUE_COL; i++) {
        if (dlu_text_is_blank(cells[i].text))
            continue;
        if (title || cells[i].col >= key_col)
            return title && dlu_names_measures(title->text) == DLU_MEASURES_LUMINESCENCE ? title
                                                                                         : NULL;
        title = &cells[i];
    }
    return title;
}

/*
 * The step of a grid: of the titles above it, down from the grid before it, the nearest that says
 * what is measured; else the nearest. NULL where there is none.
 */
static const dlu_cell *step_of(const dlu_block *block, const dlu_block *before)
{
    const dlu_cell *nearest = NULL;
    uint32_t key_col = reading_column(block);
    uint32_t top = before && before->sheet == block->sheet ? dlu_block_end(before) : 0;
    for (uint32_t row = block->header_row; row > top; row--) {
        const dlu_cell *title = title_in(block->sheet, row, key_col);
        if (title && dlu_names_measures(title->text))
            return title;
        nearest = nearest ? nearest : title;
    }
    return nearest;
}

/* What is gathered of one plate while its grids are read in order. */
typedef struct plate_reader {
    dlu_plate_build *plate;
    const dlu_sheet *sheet;
    const dlu_block *before; /* the grid before, and its step */
    const dlu_cell *step;
    const dlu_glomax_list *list;
    uint32_t n_light; /* luminescence reads so far */
    uint32_t n_steps;
    bool told_other; /* the warning about another sheet */
} plate_reader;

static const char *refuse(const plate_reader *r, const dlu_block *block, const dlu_cell *step)
{
    if (!reading_column(block))
        return "no \"Reading:\" left of its header: not written by the reader";
    if (r->sheet != block->sheet)
        return "only grids of the sheet \"Results\" count";
    if (step && !dlu_names_measures(step->text))
        return "its step is no luminescence";
    return NULL;
}

/* Several readings of one step are its time points; the list knows when they were. */
static void take_time(const dlu_import_job *job, plate_reader *r, dlu_taken *taken)
{
    for (size_t i = 0; i < r->list->n_entries && !taken->has_time; i++) {
        const dlu_glomax_entry *entry = &r->list->entries[i];
        if (entry->read == r->n_light && entry->time)
            taken->has_time =
                dlu_cell_seconds(entry->time, &job->scan->numbers, false, &taken->time_s);
    }
}

/* The number of "Reading: 2", 1 where none is told. */
static long reading_number(const dlu_block *block)
{
    uint32_t n, key_col = reading_column(block);
    long number;
    const dlu_cell *cells = dlu_sheet_row_cells(block->sheet, block->header_row, &n);
    for (uint32_t i = 0; i < n && cells[i].col < block->label_col; i++)
        if (cells[i].col > key_col && dlu_text_integer(cells[i].text, 1, 100000, &number))
            return number;
    return 1;
}

/* True where the next grid is a further reading of the same step. */
static bool has_further(const dlu_scan *scan, const dlu_block *block)
{
    const dlu_block *next = block + 1, *end = scan->blocks + scan->n_blocks;
    while (next < end && next->sheet == block->sheet && !reading_column(next))
        next++;
    return next < end && next->sheet == block->sheet && reading_number(next) > 1 &&
           !step_of(next, block);
}

static void say_other(dlu_import_job *job, const dlu_block *block, plate_reader *r)
{
    dlu_place at =
        dlu_book_place(job->scan->book, block->sheet, block->header_row, block->first_col);
    if (!r->told_other)
        dlu_warn(job->log, "glomax-other-sheet", &at,
                 "if it is another plate, give it as a file of its own, or rename the sheet "
                 "\"Results\": without that name every sheet is a plate",
                 "a grid of the reader also stands on this sheet; only \"Results\" is read");
    r->told_other = true;
}

static bool read_block(dlu_import_job *job, const dlu_block *block, plate_reader *r)
{
    bool reading = reading_column(block) && r->sheet == block->sheet;
    if (!reading && reading_column(block))
        say_other(job, block, r);
    const dlu_cell *step = reading ? step_of(block, r->before) : NULL;
    bool again = reading && !step && r->step && reading_number(block) > 1;
    if (again)
        step = r->step;
    else if (reading)
        r->n_steps++;
    const char *title = step ? step->text : "";
    dlu_taken taken = {.label = dlu_text_trimmed(job->arena, title),
                       .name = *title ? title : block->title,
                       .refused = refuse(r, block, step),
                       .measures = dlu_names_measures(title)};
    bool light = taken.measures == DLU_MEASURES_LUMINESCENCE || !*title;
    taken.measures = light ? DLU_MEASURES_LUMINESCENCE : taken.measures;
    if (reading && light && (again || has_further(job->scan, block)))
        take_time(job, r, &taken);
    if (taken.has_time) /* steps may have the same title, and are different reads */
        taken.label = dlu_arena_printf(job->arena, "%s, step %u", title, (unsigned)r->n_steps);
    size_t before = r->plate->reads.n;
    if (!taken.label || !dlu_take_grid(job, r->plate, block, &taken))
        return false;
    bool raw = r->plate->reads.n > before && !r->plate->reads.items[before]->read.calculated;
    r->n_light += raw && light;
    r->before = reading ? block : r->before;
    r->step = reading ? step : r->step;
    return true;
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

static bool read_list(dlu_import_job *job, const dlu_glomax_list *list, dlu_plate_build *plate)
{
    dlu_place at = dlu_book_place(job->scan->book, list->sheet, 0, 0);
    if (!list->n_entries)
        return true;
    dlu_note(job->log, "glomax-from-list", &at, NULL,
             "there is no luminescence grid; read from the list \"%s\"", list->name);
    return dlu_glomax_list_to_reads(job, plate, list);
}

/* Rows of users among the steps: a text in column A with a value beside it. */
static bool leave_out_rows(dlu_import_job *job, const dlu_sheet *sheet)
{
    const dlu_book *book = job->scan->book;
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        if (n > 1 && cells[0].col == TITLE_COL && cells[1].col <= VALUE_COL &&
            !dlu_text_is_blank(cells[0].text) && !dlu_text_starts(cells[0].text, "Reading") &&
            !dlu_job_leave_out(job, dlu_book_place(book, sheet, row, TITLE_COL),
                               "not a step of the protocol", "a row \"%s\"", cells[0].text))
            return false;
    }
    return true;
}

/* The grids of a sheet; with `others`, those of all other sheets are named as left out. */
static bool read_sheet(dlu_import_job *job, const dlu_sheet *sheet, const char *name, bool others,
                       const dlu_glomax_list *list)
{
    const dlu_scan *scan = job->scan;
    plate_reader r = {.plate = dlu_job_plate(job, name), .sheet = sheet, .list = list};
    for (size_t i = 0; r.plate && i < scan->n_blocks; i++)
        if ((others || scan->blocks[i].sheet == sheet) && !read_block(job, &scan->blocks[i], &r))
            return false;
    if (!r.plate || (sheet && !leave_out_rows(job, sheet)))
        return false;
    if (r.n_light ? !dlu_glomax_compare(job, r.plate, list) : !read_list(job, list, r.plate))
        return false;
    if (r.plate->plate.n_rows)
        check_plate_type(job, &r.plate->plate);
    return true;
}

dlu_status dlu_promega_glomax_read(dlu_import_job *job)
{
    static const dlu_glomax_list none = {.name = ""};
    const dlu_scan *scan = job->scan;
    const dlu_sheet *last = NULL;
    dlu_glomax_list list;
    size_t n = 0;
    bool one = has_results(scan);
    if (dlu_glomax_list_read(scan, &list))
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < scan->n_blocks; i++) { /* the sheets in question, and the last of them */
        const dlu_sheet *sheet = scan->blocks[i].sheet;
        if (sheet == last || !reading_column(&scan->blocks[i]) || (one && !is_results(sheet)))
            continue;
        last = sheet;
        n++;
    }
    if (n < 2 && !read_sheet(job, last, "", true, &list))
        return dlu_fail_memory(job->err);
    last = NULL;
    for (size_t i = 0; n > 1 && i < scan->n_blocks; i++) {
        const dlu_sheet *sheet = scan->blocks[i].sheet;
        if (sheet == last || !reading_column(&scan->blocks[i]))
            continue;
        last = sheet;
        if (!read_sheet(job, sheet, sheet->name ? sheet->name : "", false, &none))
            return dlu_fail_memory(job->err);
    }
    job->date = run_date(job);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
