/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_multi.h"

#include <string.h>

#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * The CSV of the GloMax Multi+ and the Turner Modulus, also saved as a workbook: parts with titles
 * in column A, in any order. The light stands twice, as grids titled "Read 1", "Read 2" below
 * "PlateResults" and as a list below "Results". Only these count: people keep other grids (protein,
 * formulas) beside, below and on further sheets.
 */

#define TITLE_COLS 2u
#define TITLE_UP   3u

static const struct {
    const char *title;
    dlu_multi_part part;
} parts[] = {{"PlateResults", DLU_MULTI_PLATE},
             {"ProtocolHeader", DLU_MULTI_PROTOCOL},
             {"Steps", DLU_MULTI_STEPS},
             {"Results", DLU_MULTI_RESULTS},
             {"Notes", DLU_MULTI_NOTES}};

static dlu_multi_part part_of(const char *text)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (dlu_text_alike(text, parts[i].title))
            return parts[i].part;
    return dlu_text_starts(text, "Step ") ? DLU_MULTI_STEP : (dlu_multi_part)0;
}

static bool find_titles(const dlu_scan *scan, dlu_multi_titles *titles)
{
    for (size_t i = 0; i < scan->n_words; i++) {
        const dlu_word_cell *word = &scan->words[i];
        dlu_multi_part part = word->cell->col <= TITLE_COLS ? part_of(word->cell->text) : 0;
        if (!part)
            continue;
        dlu_multi_title *slot = DLU_VEC_ADD(scan->arena, &titles->list, DLU_MAX_CELLS);
        if (!slot)
            return false;
        *slot = (dlu_multi_title){word->sheet, word->cell, part};
    }
    return true;
}

/* The last title above a row, or NULL; rows are asked in order, *next is where to go on. */
static const dlu_multi_title *title_above(const dlu_multi_titles *titles, const dlu_sheet *sheet,
                                          uint32_t row, size_t *next)
{
    while (*next < titles->list.n) {
        const dlu_multi_title *title = &titles->list.items[*next];
        if (title->sheet > sheet || (title->sheet == sheet && title->cell->row >= row))
            break;
        ++*next;
    }
    const dlu_multi_title *last = *next ? &titles->list.items[*next - 1] : NULL;
    return last && last->sheet == sheet ? last : NULL;
}

/* The plate's title of a step, or the title itself. */
static const dlu_multi_title *plate_title(const dlu_multi_titles *titles,
                                          const dlu_multi_title *title)
{
    while (title && title > titles->list.items && title->part == DLU_MULTI_STEP &&
           title[-1].sheet == title->sheet)
        title--;
    return title && title->part == DLU_MULTI_PLATE ? title : NULL;
}

/* What stands right above the grid, in the column of its letters or one left of it; or "". */
static const char *grid_title(const dlu_block *block)
{
    for (uint32_t up = 1; up <= TITLE_UP && up < block->header_row; up++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(block->sheet, block->header_row - up, &n);
        for (uint32_t i = 0; i < n; i++)
            if (cells[i].col + 1u >= block->label_col && cells[i].col <= block->first_col &&
                !dlu_text_is_blank(cells[i].text))
                return cells[i].text;
    }
    return block->corner;
}

/* ---- detection ---- */

static bool has_reads(const dlu_scan *scan, const dlu_multi_titles *titles)
{
    size_t next = 0;
    for (size_t i = 0; i < scan->n_blocks; i++) {
        const dlu_block *block = &scan->blocks[i];
        const dlu_multi_title *title = title_above(titles, block->sheet, block->header_row, &next);
        if (plate_title(titles, title) && dlu_read_number(grid_title(block)))
            return true;
    }
    for (size_t i = 0; i < titles->list.n; i++)
        if (titles->list.items[i].part == DLU_MULTI_RESULTS)
            return true;
    return false;
}

dlu_status dlu_promega_multi_detect(const dlu_scan *scan, dlu_detection *out)
{
    static const dlu_mark marks[] = {{.starts = "PlateResults", .decides = true},
                                     {.starts = "ProtocolHeader", .optional = true}};
    dlu_multi_titles titles = {{NULL, 0, 0}};
    if (!find_titles(scan, &titles))
        return DLU_E_NO_MEMORY;
    return dlu_detect_marks(scan, marks, sizeof marks / sizeof *marks, has_reads(scan, &titles),
                            "a grid \"Read 1\" below \"PlateResults\" or a list \"Results\"", out);
}

/* ---- reading ---- */

static bool add_grid(dlu_import_job *job, dlu_multi_plate *plate, const dlu_block *block,
                     const char *title, const dlu_multi_title *step)
{
    dlu_multi_grid *slot = DLU_VEC_ADD(job->arena, &plate->grids, DLU_MAX_BLOCKS);
    if (!slot)
        return false;
    long number = dlu_names_calculated(title) ? 0 : dlu_read_number(title);
    *slot = (dlu_multi_grid){block, step, title, number};
    plate->stepped = plate->stepped || step;
    return true;
}

static bool leave_out(dlu_import_job *job, const dlu_block *block, const char *why)
{
    const dlu_taken taken = {.refused = why, .name = grid_title(block)};
    return dlu_take_grid(job, NULL, block, &taken);
}

/* The plate's grids; all others of the file are named as left out. */
static bool gather_grids(dlu_import_job *job, const dlu_multi_titles *titles,
                         dlu_multi_plate *plates, size_t n_plates)
{
    const dlu_scan *scan = job->scan;
    size_t next = 0, k = 0;
    for (size_t i = 0; i < scan->n_blocks; i++) {
        const dlu_block *block = &scan->blocks[i];
        const dlu_multi_title *title = title_above(titles, block->sheet, block->header_row, &next);
        const dlu_multi_title *of = plate_title(titles, title);
        const char *name = grid_title(block);
        bool done;
        while (of && k < n_plates &&
               (plates[k].sheet != of->sheet || plates[k].from != of->cell->row))
            k++;
        if (!of || k == n_plates)
            done = leave_out(job, block,
                             "it does not stand below \"PlateResults\": not written by "
                             "the reader");
        else if (!dlu_read_number(name) && !dlu_names_calculated(name))
            done = leave_out(job, block, "its title is not \"Read 1\", \"Read 2\", ...");
        else
            done = add_grid(job, &plates[k], block, name, title == of ? NULL : title);
        if (!done)
            return false;
    }
    return true;
}

static bool take_grid(dlu_import_job *job, dlu_multi_plate *plate, const dlu_multi_grid *grid)
{
    const char *step = grid->step ? grid->step->cell->text : "";
    const char *label = grid->title;
    if (*step)
        label = dlu_arena_printf(job->arena, "%s, %s", step, grid->title);
    dlu_taken taken = {.name = label, .measures = dlu_names_measures(step)};
    if (!taken.measures)
        taken.measures = plate->measures;
    if (!grid->number)
        taken.calculated = "calculated, not measured";
    taken.label = label ? dlu_text_trimmed(job->arena, label) : NULL;
    return taken.label && dlu_take_grid(job, plate->build, grid->block, &taken);
}

/* All grids of that number, in the order of the steps; 0: the calculated ones. */
static bool take_number(dlu_import_job *job, dlu_multi_plate *plate, long number)
{
    const dlu_multi_grid *first = NULL;
    for (size_t i = 0; i < plate->grids.n; i++) {
        const dlu_multi_grid *grid = &plate->grids.items[i];
        if (grid->number != number)
            continue;
        bool raw = number && !dlu_block_is_computed(grid->block);
        if (first && raw && first->step == grid->step) {
            dlu_place at = dlu_book_place(job->scan->book, plate->sheet, grid->block->header_row,
                                          grid->block->first_col);
            dlu_problem(&job->problems, "multi-read-twice", &at,
                        "remove the copy, or give it another title",
                        "expected one grid titled \"Read %ld\" below \"PlateResults\", found "
                        "another one below row %u",
                        number, (unsigned)first->block->header_row);
        }
        if (!take_grid(job, plate, grid))
            return false;
        if (raw)
            first = grid;
    }
    return true;
}

/* Dual-Luciferase protocols do not say that they read light. */
static dlu_measures protocol_measures(const char *label)
{
    dlu_measures measures = dlu_names_measures(label);
    bool light = dlu_has_word(label, "luciferase") || dlu_has_word(label, "dlr");
    return !measures && light ? DLU_MEASURES_LUMINESCENCE : measures;
}

/* A key of the part "ProtocolHeader" of the plate, or, where it has none, of the sheet. */
static const char *protocol_value(const dlu_scan *scan, const dlu_multi_titles *titles,
                                  const dlu_multi_plate *plate, const char *key)
{
    const dlu_multi_title *header = NULL;
    for (size_t i = 0; i < titles->list.n; i++) {
        const dlu_multi_title *t = &titles->list.items[i];
        if (t->part != DLU_MULTI_PROTOCOL || t->sheet != plate->sheet)
            continue;
        if (!header || (t->cell->row > plate->from && t->cell->row <= plate->to))
            header = t;
        if (t->cell->row > plate->from)
            break;
    }
    return header ? dlu_key_value(scan, plate->sheet, header->cell->row, 0, key) : "";
}

static uint32_t results_row(const dlu_multi_titles *titles, const dlu_multi_plate *plate)
{
    for (size_t i = 0; i < titles->list.n; i++) {
        const dlu_multi_title *t = &titles->list.items[i];
        if (t->part == DLU_MULTI_RESULTS && t->sheet == plate->sheet &&
            t->cell->row > plate->from && t->cell->row <= plate->to)
            return t->cell->row;
    }
    return 0;
}

static dlu_multi_plate *find_plates(dlu_import_job *job, const dlu_multi_titles *titles, size_t *n)
{
    dlu_multi_plate *plates = dlu_arena_alloc(job->arena, titles->list.n + 1, sizeof *plates);
    for (size_t i = 0; plates && i < titles->list.n; i++) {
        const dlu_multi_title *t = &titles->list.items[i];
        if (t->part != DLU_MULTI_PLATE)
            continue;
        if (*n && plates[*n - 1].sheet == t->sheet)
            plates[*n - 1].to = t->cell->row - 1;
        plates[(*n)++] = (dlu_multi_plate){
            .sheet = t->sheet, .from = t->cell->row, .to = t->sheet->n_rows, .name = ""};
    }
    for (size_t i = 1; plates && i < *n; i++) {
        plates[i].name = dlu_arena_printf(job->arena, "plate %zu", i + 1);
        if (!plates[i].name)
            return NULL;
    }
    return plates;
}

dlu_status dlu_promega_multi_read(dlu_import_job *job)
{
    dlu_multi_titles titles = {{NULL, 0, 0}};
    size_t n = 0;
    if (!find_titles(job->scan, &titles))
        return dlu_fail_memory(job->err);
    dlu_multi_plate *plates = find_plates(job, &titles, &n);
    if (!plates || !gather_grids(job, &titles, plates, n))
        return dlu_fail_memory(job->err);
    dlu_place file = {.file = job->scan->book->file};
    if (!n && !dlu_job_leave_out(job, file, "no cell \"PlateResults\" in column A or B",
                                 "the whole file"))
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < n; i++) {
        const char *label = protocol_value(job->scan, &titles, &plates[i], "Label");
        const char *date = protocol_value(job->scan, &titles, &plates[i], "DateRead");
        if (!label || !date)
            return dlu_fail_memory(job->err);
        plates[i].measures = protocol_measures(label);
        plates[i].build = dlu_job_plate(job, plates[i].name);
        if (!plates[i].build ||
            !dlu_multi_take_reads(job, &plates[i], results_row(&titles, &plates[i]), take_number))
            return dlu_fail_memory(job->err);
        if (!job->date || !*job->date)
            job->date = dlu_export_date(job->arena, date);
    }
    return !n || job->date ? DLU_OK : dlu_fail_memory(job->err);
}
