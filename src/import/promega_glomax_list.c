/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_glomax.h"

#include <string.h>

#include "base/text.h"
#include "import/words.h"

#define WELL_COL    1u
#define STEP_COL    2u
#define HEADER_ROWS 60u
#define N_WELLS     (DLU_WELL_MAX_ROWS << 8)

/* The column under the word "value" of a well's header row; 0 where this row is none. */
static uint32_t value_column(const dlu_sheet *sheet, uint32_t row, dlu_well *well)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    if (!dlu_well_parse(dlu_sheet_text(sheet, row, WELL_COL), well) || *well >= N_WELLS)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        if (dlu_text_alike(cells[i].text, "value"))
            return cells[i].col;
    return 0;
}

/* By its name, else the first sheet with the header row of a well: sheets are renamed. */
static const dlu_sheet *find_sheet(const dlu_book *book)
{
    dlu_well well;
    for (size_t s = 0; s < book->n_sheets; s++)
        if (book->sheets[s].name && dlu_text_alike(book->sheets[s].name, "Results By Well"))
            return &book->sheets[s];
    for (size_t s = 0; s < book->n_sheets; s++)
        for (uint32_t row = 1; row <= book->sheets[s].n_rows && row <= HEADER_ROWS; row++)
            if (value_column(&book->sheets[s], row, &well))
                return &book->sheets[s];
    return NULL;
}

/* The seconds of a reading: the first column "t(sec)" or "Time ..." of the well's header row. */
static uint32_t time_column(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (dlu_text_starts(cells[i].text, "t(") || dlu_text_starts(cells[i].text, "Time"))
            return cells[i].col;
    return 0;
}

typedef DLU_VEC(dlu_glomax_entry) entry_vec;

static bool add_entry(const dlu_scan *scan, entry_vec *entries, dlu_well well, uint32_t read,
                      const dlu_cell *cell, const dlu_cell *time)
{
    dlu_glomax_entry *slot = DLU_VEC_ADD(scan->arena, entries, DLU_MAX_CELLS);
    if (slot)
        *slot = (dlu_glomax_entry){well, read, cell, time};
    return slot != NULL;
}

dlu_status dlu_glomax_list_read(const dlu_scan *scan, dlu_glomax_list *out)
{
    entry_vec entries = {0};
    uint32_t col = 0, time = 0, read = 0;
    dlu_well well = 0, next;
    *out = (dlu_glomax_list){.sheet = find_sheet(scan->book), .light_only = true};
    out->name = out->sheet && out->sheet->name ? out->sheet->name : "Results By Well";
    for (uint32_t row = 1; out->sheet && row <= out->sheet->n_rows; row++) {
        uint32_t found = value_column(out->sheet, row, &next);
        if (found) {
            col = found;
            time = time_column(out->sheet, row);
            well = next;
            read = 0;
            continue;
        }
        if (!col || read >= DLU_GLOMAX_MAX_READS ||
            dlu_names_measures(dlu_sheet_text(out->sheet, row, STEP_COL)) !=
                DLU_MEASURES_LUMINESCENCE)
            continue;
        const dlu_cell *cell = dlu_sheet_at(out->sheet, row, col);
        if (dlu_value_of(cell, &scan->numbers).kind != DLU_VALUE_NONE &&
            !add_entry(scan, &entries, well, read, cell,
                       time ? dlu_sheet_at(out->sheet, row, time) : NULL))
            return DLU_E_NO_MEMORY;
        if (++read > out->n_reads)
            out->n_reads = read;
    }
    out->entries = entries.items;
    out->n_entries = entries.n;
    return DLU_OK;
}

/* ---- comparison ---- */

typedef struct comparison {
    const dlu_reading **grid; /* by read, then well; NULL where the grid has nothing */
    uint32_t n_reads;
    size_t differ[DLU_GLOMAX_MAX_READS]; /* wells per read */
    const dlu_reading *first;            /* first that differs, and what the list has */
    const dlu_glomax_entry *first_entry;
    bool *missing; /* by well: in the list, not in the grid */
    const dlu_glomax_entry *first_missing;
    bool *listed; /* by read, then well */
} comparison;

static bool is_compared(const dlu_read *read, const dlu_glomax_list *list)
{
    return !read->calculated && (!list->light_only || read->measures == DLU_MEASURES_LUMINESCENCE);
}

static bool comparison_new(dlu_import_job *job, const dlu_plate_build *plate,
                           const dlu_glomax_list *list, comparison *c)
{
    *c = (comparison){0};
    for (size_t r = 0; r < plate->reads.n && c->n_reads < DLU_GLOMAX_MAX_READS; r++)
        c->n_reads += is_compared(&plate->reads.items[r]->read, list);
    c->grid = dlu_arena_alloc(job->arena, (size_t)c->n_reads * N_WELLS, sizeof *c->grid);
    c->listed = dlu_arena_alloc(job->arena, (size_t)c->n_reads * N_WELLS, sizeof *c->listed);
    c->missing = dlu_arena_alloc(job->arena, N_WELLS, sizeof *c->missing);
    if (!c->grid || !c->listed || !c->missing)
        return false;
    for (size_t k = 0, r = 0; k < plate->reads.n && r < c->n_reads; k++) {
        const dlu_read_build *read = plate->reads.items[k];
        if (!is_compared(&read->read, list))
            continue;
        for (size_t i = 0; i < read->readings.n; i++)
            c->grid[r * N_WELLS + read->readings.items[i].well] = &read->readings.items[i];
        r++;
    }
    return true;
}

static bool equal(const dlu_reading *reading, const dlu_cell *cell, const dlu_numbers *numbers)
{
    dlu_value value = dlu_value_of(cell, numbers);
    if (value.state != reading->state)
        return false;
    return value.state == DLU_READ_OK ? value.number == reading->value
                                      : strcmp(cell->text, reading->origin->text) == 0;
}

static void compare_entry(const dlu_scan *scan, comparison *c, const dlu_glomax_entry *entry)
{
    if (entry->read >= c->n_reads)
        return;
    size_t at = (size_t)entry->read * N_WELLS + entry->well;
    const dlu_reading *reading = c->grid[at];
    c->listed[at] = true;
    if (!reading) {
        c->missing[entry->well] = true;
        if (!c->first_missing || entry->well < c->first_missing->well)
            c->first_missing = entry;
    } else if (!equal(reading, entry->cell, &scan->numbers)) {
        c->differ[entry->read]++;
        if (!c->first || reading->well < c->first->well) {
            c->first = reading;
            c->first_entry = entry;
        }
    }
}

static void say_differ(dlu_import_job *job, const comparison *c, const dlu_glomax_list *list)
{
    const char *counts = "";
    char name[DLU_WELL_NAME_SIZE], value[DLU_NUMBER_SIZE];
    unsigned n = 0;
    size_t total = 0;
    for (uint32_t r = 0; r < c->n_reads; total += c->differ[r++])
        if (c->differ[r] && counts)
            counts = dlu_arena_printf(job->arena, "%s%s%zu well%s of read %u", counts,
                                      n++ ? " and " : "", c->differ[r],
                                      c->differ[r] == 1 ? "" : "s", r + 1);
    const dlu_place at = dlu_reading_place(c->first);
    dlu_warn(job->log, "glomax-grid-list", &at,
             "the file was changed after the reader wrote it; find out which is right. The grid "
             "is used",
             "%s differ%s between the grid and the list \"%s\", first %s of read %u: %s "
             "in the grid, %s in the list",
             counts ? counts : "wells", total == 1 ? "s" : "", list->name,
             dlu_well_name(c->first->well, name), c->first_entry->read + 1,
             c->first->state == DLU_READ_OK ? dlu_text_from_double(c->first->value, value)
                                            : c->first->origin->text,
             c->first_entry->cell->text);
}

static void say_missing(dlu_import_job *job, const comparison *c, const dlu_glomax_list *list)
{
    size_t n = 0;
    char name[DLU_WELL_NAME_SIZE];
    for (size_t w = 0; w < N_WELLS; w++)
        n += c->missing[w];
    const dlu_cell *cell = c->first_missing->cell;
    dlu_place at = dlu_book_place(job->scan->book, list->sheet, cell->row, cell->col);
    dlu_warn(job->log, "glomax-grid-lacks", &at,
             "the file was changed after the reader wrote it. The grid is used: these wells count "
             "as not read",
             "%zu well%s of the list \"%s\" %s missing from the grid, first %s (%s)", n,
             n == 1 ? "" : "s", list->name, n == 1 ? "is" : "are",
             dlu_well_name(c->first_missing->well, name), cell->text);
}

static void say_unlisted(dlu_import_job *job, const comparison *c, const dlu_glomax_list *list)
{
    size_t n = 0;
    const dlu_reading *first = NULL;
    char name[DLU_WELL_NAME_SIZE];
    for (size_t w = 0; w < N_WELLS; w++) {
        const dlu_reading *unlisted = NULL;
        for (uint32_t r = 0; r < c->n_reads; r++)
            if (!unlisted && c->grid[r * N_WELLS + w] && !c->listed[r * N_WELLS + w])
                unlisted = c->grid[r * N_WELLS + w];
        n += unlisted != NULL;
        first = first ? first : unlisted;
    }
    if (!first)
        return;
    const dlu_place at = dlu_reading_place(first);
    dlu_warn(job->log, "glomax-list-lacks", &at,
             "the file was changed after the reader wrote it; find out whether these wells "
             "were read. The grid is used",
             "%zu well%s of the grid %s missing from the list \"%s\", first %s", n,
             n == 1 ? "" : "s", n == 1 ? "is" : "are", list->name,
             dlu_well_name(first->well, name));
}

static void say_grids(dlu_import_job *job, const comparison *c, const dlu_glomax_list *list)
{
    dlu_place at = dlu_book_place(job->scan->book, list->sheet, 0, 0);
    dlu_warn(job->log, "glomax-grids", &at,
             "a grid was deleted or is left out (\"dualuc inspect\" names those): reads are told "
             "apart by their order, so check which ones are here, or export the file again",
             "the list \"%s\" has %u readings of a well, but there %s %u grid%s of luminescence",
             list->name, (unsigned)list->n_reads, c->n_reads == 1 ? "is" : "are",
             (unsigned)c->n_reads, c->n_reads == 1 ? "" : "s");
}

bool dlu_glomax_compare(dlu_import_job *job, const dlu_plate_build *plate,
                        const dlu_glomax_list *list)
{
    comparison c;
    if (!list->n_entries)
        return true;
    if (!comparison_new(job, plate, list, &c))
        return false;
    for (size_t i = 0; i < list->n_entries; i++)
        compare_entry(job->scan, &c, &list->entries[i]);
    if (c.first)
        say_differ(job, &c, list);
    if (c.first_missing)
        say_missing(job, &c, list);
    say_unlisted(job, &c, list);
    if (list->n_reads > c.n_reads)
        say_grids(job, &c, list);
    return true;
}

bool dlu_glomax_list_to_reads(dlu_import_job *job, dlu_plate_build *plate,
                              const dlu_glomax_list *list)
{
    const dlu_book *book = job->scan->book;
    for (uint32_t r = 0; r < list->n_reads; r++) {
        dlu_read_build *read = NULL;
        for (size_t i = 0; i < list->n_entries; i++) {
            const dlu_glomax_entry *entry = &list->entries[i];
            if (entry->read != r)
                continue;
            dlu_place at = dlu_book_place(book, list->sheet, entry->cell->row, entry->cell->col);
            dlu_value value = dlu_value_of(entry->cell, &job->scan->numbers);
            dlu_light light = {entry->well, value.state, value.number,
                               value.state == DLU_READ_OK ? "" : entry->cell->text, at};
            if (value.kind == DLU_VALUE_UNSURE)
                dlu_job_unsure(job, entry->cell, at);
            if (!read)
                read = dlu_job_read(job, plate, "Luminescence", at);
            if (read)
                read->read.measures = DLU_MEASURES_LUMINESCENCE;
            if (!read || !dlu_job_reading(job, read, &light))
                return false;
        }
    }
    return true;
}
