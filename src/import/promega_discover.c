/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_discover.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/well_list.h"

/*
 * The CSV of the GloMax Discover: a header row with WellPosition and RLU, then a row a well and
 * read. Columns are found by their names; a header that comes again begins the next plate. Several
 * reads of a well are told apart by the column that does so, else by their order, which is only
 * trusted where every well stands equally often.
 */

/* ---- header ---- */

#define WELL "WellPosition"

static bool has_word(const char *text, const char *word)
{
    for (; *text; text++)
        if (dlu_text_starts(text, word))
            return true;
    return false;
}

static bool has_any(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (has_word(text, words[i]))
            return true;
    return false;
}

#define HAS_ANY(text, words) has_any((text), (words), sizeof(words) / sizeof *(words))

static bool is_well(const char *text)
{
    return dlu_text_alike(text, WELL);
}

static bool is_calculated(const char *text)
{
    static const char *const words[] = {"ratio", "average", "mean",  "dev", "cv",   "blank",
                                        "corr",  "norm",    "minus", "sub", "fold", "background"};
    return HAS_ANY(text, words);
}

static bool is_light(const char *text)
{
    return has_word(text, "RLU") && !is_calculated(text);
}

static bool may_be_key(const char *text)
{
    static const char *const words[] = {"read",  "step",    "cycle", "label",    "channel",
                                        "assay", "measure", "inj",   "protocol", "detect"};
    return HAS_ANY(text, words) && !has_word(text, "time") && !has_word(text, "date");
}

static void take_column(dlu_discover_header *h, const dlu_cell *cell)
{
    if (is_well(cell->text))
        h->well = h->well ? h->well : cell->col;
    else if (is_light(cell->text) && h->n_light < DLU_DISCOVER_LIGHT)
        h->light[h->n_light++] = cell->col;
    else if (!h->plate && (dlu_word_is_plate(cell->text) || dlu_text_alike(cell->text, "barcode")))
        h->plate = cell->col;
    else if (may_be_key(cell->text) && h->n_keys < DLU_DISCOVER_KEYS)
        h->keys[h->n_keys++] = cell->col;
}

/* True where the row holds the word WellPosition. */
static bool read_header(const dlu_sheet *sheet, uint32_t row, dlu_discover_header *out)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    *out = (dlu_discover_header){.sheet = sheet, .row = row};
    if (!dlu_row_column(sheet, row, WELL))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].kind == DLU_CELL_TEXT)
            take_column(out, &cells[i]);
    return out->well != 0;
}

/* The first header row of the book, the best there is: one with light before one without. */
static bool find_header(const dlu_book *book, dlu_discover_header *out)
{
    dlu_discover_header h;
    bool found = false;
    for (size_t s = 0; s < book->n_sheets; s++) {
        for (uint32_t row = 1; row <= book->sheets[s].n_rows; row++) {
            if (!read_header(&book->sheets[s], row, &h) || (found && !h.n_light))
                continue;
            *out = h;
            found = true;
            if (h.n_light)
                return true;
        }
    }
    return found;
}

dlu_status dlu_promega_discover_detect(const dlu_scan *scan, dlu_detection *out)
{
    dlu_discover_header h;
    if (!find_header(scan->book, &h))
        return dlu_detected(scan, out, DLU_DETECT_NO, "no header row with \"WellPosition\"");
    out->score = 50;
    if (!h.n_light)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "a column \"WellPosition\", but no column \"RLU\" beside it");
    return dlu_detected(scan, out, DLU_DETECT_SURE, "a header row with \"WellPosition\" and \"%s\"",
                        dlu_sheet_text(h.sheet, h.row, h.light[0]));
}

/* ---- rows ---- */

static dlu_discover_group *group_of(dlu_discover_section *s, uint32_t row)
{
    dlu_arena *arena = s->job->arena;
    char *name = dlu_text_trimmed(arena, dlu_sheet_text(s->h.sheet, row, s->h.plate));
    for (size_t i = s->groups.n; name && i > 0; i--)
        if (strcmp(s->groups.items[i - 1].plate, name) == 0)
            return &s->groups.items[i - 1];
    dlu_discover_group *slot = name ? DLU_VEC_ADD(arena, &s->groups, DLU_MAX_PLATES) : NULL;
    if (slot)
        *slot = (dlu_discover_group){.plate = name};
    return slot;
}

/* False where memory ran out. A row that holds something but no well is a problem. */
static bool add_row(dlu_discover_section *s, uint32_t row)
{
    uint32_t n;
    dlu_well well;
    dlu_import_job *job = s->job;
    const dlu_cell *cells = dlu_sheet_row_cells(s->h.sheet, row, &n);
    const char *text = dlu_sheet_text(s->h.sheet, row, s->h.well);
    while (n > 0 && dlu_text_is_blank(cells[n - 1].text))
        n--;
    if (!n)
        return true;
    if (!dlu_well_parse(text, &well) || well >= DLU_DISCOVER_WELLS) {
        dlu_place at = dlu_book_place(job->scan->book, s->h.sheet, row, s->h.well);
        dlu_problem(&job->problems, "discover-well", &at,
                    "was the file cut short or edited? Export it again",
                    "expected a well such as A:1 under \"WellPosition\", found \"%s\"", text);
        return true;
    }
    dlu_discover_group *g = group_of(s, row);
    dlu_discover_item *slot = g ? DLU_VEC_ADD(job->arena, &g->items, DLU_MAX_CELLS) : NULL;
    if (slot)
        *slot = (dlu_discover_item){.row = row, .well = well};
    return slot != NULL;
}

/* ---- reading ---- */

static bool add_value(dlu_discover_section *s, dlu_read_build *read, const dlu_discover_item *it,
                      uint32_t col)
{
    dlu_import_job *job = s->job;
    const dlu_cell *cell = dlu_sheet_at(s->h.sheet, it->row, col);
    dlu_value value = dlu_value_of(cell, &job->scan->numbers);
    dlu_place at = dlu_book_place(job->scan->book, s->h.sheet, it->row, col);
    char name[DLU_WELL_NAME_SIZE];
    if (value.kind == DLU_VALUE_NONE)
        return true;
    if (value.kind == DLU_VALUE_UNSURE) {
        dlu_job_unsure(job, cell, at);
        return true;
    }
    if (value.kind == DLU_VALUE_TEXT)
        dlu_problem(
            &job->problems, "discover-light", &at, "leave the cell empty if the well was not read",
            "well %s: expected light under \"%s\", found \"%s\"", dlu_well_name(it->well, name),
            dlu_sheet_text(s->h.sheet, s->h.row, col), cell->text);
    const char *text = value.state == DLU_READ_OK ? "" : cell->text;
    return dlu_job_reading(job, read, &(dlu_light){it->well, value.state, value.number, text, at});
}

/* By its column, else by the header's number in the file. */
static const char *plate_name(const dlu_discover_section *s, const dlu_discover_group *g)
{
    return *g->plate || s->number < 2 ? g->plate
                                      : dlu_arena_printf(s->job->arena, "plate %zu", s->number);
}

static bool read_group(dlu_discover_section *s, dlu_discover_group *g)
{
    dlu_import_job *job = s->job;
    const char *name = plate_name(s, g);
    dlu_plate_build *plate = name && dlu_discover_settle(s, g) ? dlu_job_plate(job, name) : NULL;
    for (uint32_t turn = 0; plate && turn < g->n_turns; turn++) {
        for (size_t i = 0; i < s->h.n_light; i++) {
            const char *label = dlu_discover_label(s, g, turn, s->h.light[i]);
            dlu_place at = dlu_book_place(job->scan->book, s->h.sheet, s->h.row, s->h.light[i]);
            dlu_read_build *read = label ? dlu_job_read(job, plate, label, at) : NULL;
            if (!read)
                return false;
            read->read.measures = DLU_MEASURES_LUMINESCENCE;
            for (size_t k = 0; k < g->items.n; k++)
                if (g->items.items[k].turn == turn &&
                    !add_value(s, read, &g->items.items[k], s->h.light[i]))
                    return false;
        }
    }
    return plate != NULL;
}

static bool is_words(const dlu_discover_section *s, const dlu_discover_item *it, uint32_t col)
{
    const dlu_cell *cell = dlu_sheet_at(s->h.sheet, it->row, col);
    return dlu_value_of(cell, &s->job->scan->numbers).kind == DLU_VALUE_TEXT;
}

/* One read of a calculated column for each turn; words in it are no error, as they are in light. */
static bool read_calculated(dlu_discover_section *s, dlu_discover_group *g, const dlu_cell *head)
{
    const char *name = plate_name(s, g);
    dlu_plate_build *plate = name ? dlu_job_plate(s->job, name) : NULL;
    for (uint32_t turn = 0; plate && turn < g->n_turns; turn++) {
        dlu_place at = dlu_book_place(s->job->scan->book, s->h.sheet, s->h.row, head->col);
        dlu_read_build *read = dlu_job_read(s->job, plate, head->text, at);
        if (!read)
            return false;
        read->read.calculated = true;
        for (size_t k = 0; k < g->items.n; k++)
            if (g->items.items[k].turn == turn && !is_words(s, &g->items.items[k], head->col) &&
                !add_value(s, read, &g->items.items[k], head->col))
                return false;
    }
    return plate != NULL;
}

static bool take_calculated(dlu_discover_section *s)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(s->h.sheet, s->h.row, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (cells[i].kind != DLU_CELL_TEXT || !is_calculated(cells[i].text))
            continue;
        bool asked = s->job->options->calculated;
        for (size_t k = 0; asked && k < s->groups.n; k++)
            if (!read_calculated(s, &s->groups.items[k], &cells[i]))
                return false;
        if (!asked &&
            !dlu_job_leave_out(
                s->job, dlu_book_place(s->job->scan->book, s->h.sheet, s->h.row, cells[i].col),
                "calculated, not measured (--calculated brings it)", "the column \"%s\"",
                cells[i].text))
            return false;
    }
    return true;
}

/* The rows from a header to the next; *row ends at the last of them. */
static bool read_section(dlu_discover_section *s, uint32_t *row)
{
    dlu_discover_header next;
    while (*row < s->h.sheet->n_rows && !read_header(s->h.sheet, *row + 1, &next))
        if (!add_row(s, ++*row))
            return false;
    for (size_t i = 0; i < s->groups.n; i++)
        if (!read_group(s, &s->groups.items[i]))
            return false;
    return take_calculated(s);
}

dlu_status dlu_promega_discover_read(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    size_t n = 0;
    for (size_t i = 0; i < book->n_sheets; i++) {
        for (uint32_t row = 1; row <= book->sheets[i].n_rows; row++) {
            dlu_discover_section s = {.job = job};
            if (!read_header(&book->sheets[i], row, &s.h) || !s.h.n_light)
                continue;
            s.number = ++n;
            if (!read_section(&s, &row))
                return dlu_fail_memory(job->err);
        }
    }
    return DLU_OK;
}
