/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/biotek_gen5.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The times of Gen5: in what unit they are, and which the run did not come to. */

const dlu_cell *dlu_gen5_head(const dlu_wells_table *table, size_t i)
{
    uint32_t n;
    const dlu_cell *header = dlu_sheet_row_cells(table->sheet, table->header, &n);
    return dlu_wells_head(table, i, table->across ? header[0].col : table->header);
}

bool dlu_gen5_in_days(const dlu_scan *scan, const dlu_wells_table *table, size_t n)
{
    bool parted = false;
    for (size_t i = 0; i < n; i++) {
        dlu_value value = dlu_value_of(dlu_gen5_head(table, i), &scan->numbers);
        if (value.kind != DLU_VALUE_NUMBER || value.number < 0 || value.number > 31)
            return false;
        parted = parted || value.number > floor(value.number);
    }
    return parted;
}

bool dlu_gen5_unread(const dlu_wells_table *table, size_t i)
{
    bool filled = false;
    for (size_t k = 0; k < table->n_wells; k++) {
        const dlu_cell *cell = dlu_wells_cell(table, k, i);
        if (!cell || dlu_text_is_blank(cell->text))
            continue;
        if (!dlu_text_same(cell->text, "?????"))
            return false;
        filled = true;
    }
    return filled;
}

bool dlu_gen5_unread_grid(const dlu_block *block, uint32_t line)
{
    bool filled = false;
    for (size_t r = 0; r < block->n_rows; r++) {
        for (uint32_t c = 0; c < block->n_cols; c++) {
            const char *text =
                dlu_sheet_text(block->sheet, block->rows[r].row + line, block->first_col + c);
            if (dlu_text_is_blank(text))
                continue;
            if (!dlu_text_same(text, "?????"))
                return false;
            filled = true;
        }
    }
    return filled;
}

/* ---- tables of times and spectra ---- */

/* The first text above a table, at most three rows up; else what its temperatures are named after.
 */
static const char *title_above(const dlu_gen5_section *s, uint32_t row)
{
    uint32_t n, top = s->bare ? s->from - 1 : s->from; /* the header's own row is no title */
    const dlu_cell *cells;
    for (uint32_t up = 1; up <= 3 && row > top + up; up++) {
        cells = dlu_sheet_row_cells(s->sheet, row - up, &n);
        if (n > 0)
            return cells[0].text;
    }
    cells = dlu_sheet_row_cells(s->sheet, row, &n);
    return n > 1 && dlu_text_starts(cells[1].text, DLU_GEN5_DEGREES)
               ? cells[1].text + strlen(DLU_GEN5_DEGREES)
               : "";
}

static bool has_well(const dlu_read_build *read, dlu_well well)
{
    for (size_t i = 0; i < read->readings.n; i++)
        if (read->readings.items[i].well == well)
            return true;
    return false;
}

/* Large plates come in pages: tables of some of the wells, one after the other, of one title. */
static void turn_page(dlu_gen5_section *s, const char *title, const dlu_wells_table *table)
{
    size_t n = s->plate->reads.n;
    if (!s->page || strcmp(s->page, title) != 0 || s->page_read >= n || !table->n_wells ||
        has_well(s->plate->reads.items[s->page_read], table->wells[0]))
        s->page_read = n;
    s->page = title;
}

/* The read of that time on the page before, or NULL. */
static dlu_read_build *page_before(const dlu_gen5_section *s, const dlu_taken *taken)
{
    for (size_t i = s->page_read; i < s->plate->reads.n; i++) {
        dlu_read_build *build = s->plate->reads.items[i];
        const dlu_read *read = &build->read;
        if (strcmp(read->label, taken->label) == 0 && read->has_time == taken->has_time &&
            !(read->time_s < taken->time_s) && !(read->time_s > taken->time_s))
            return build;
    }
    return NULL;
}

static bool take_point(dlu_gen5_section *s, const dlu_wells_table *table, size_t i, bool days,
                       dlu_taken taken)
{
    uint32_t n;
    const dlu_cell *header = dlu_sheet_row_cells(s->sheet, table->header, &n);
    const dlu_cell *head = dlu_gen5_head(table, i);
    const char *kind = header[0].text;
    char *label = dlu_text_trimmed(s->job->arena, taken.label);
    if (dlu_text_starts(kind, "Wavelength"))
        label = dlu_arena_printf(s->job->arena, "%s, %s nm", taken.label, head ? head->text : "?");
    else
        taken.has_time = dlu_cell_seconds(head, &s->job->scan->numbers, false, &taken.time_s);
    taken.label = label;
    if (days)
        taken.time_s = round(taken.time_s * 86400e3) / 1e3;
    if (label && dlu_text_alike(kind, "Time") && !taken.has_time) {
        uint32_t row = table->across ? table->lines[i] : table->header;
        dlu_place at = dlu_book_place(s->job->scan->book, s->sheet, row,
                                      table->across ? header[0].col : table->lines[i]);
        dlu_problem(&s->job->problems, "gen5-time", &at,
                    "was the file cut short or edited? Export it again from Gen5",
                    "expected a time such as 0:01:30, found \"%s\"", head ? head->text : "");
        return true;
    }
    if (!label)
        return false;
    dlu_read_build *page = taken.refused || taken.calculated ? NULL : page_before(s, &taken);
    return page ? dlu_take_wells_on(s->job, page, table, i)
                : dlu_take_wells(s->job, s->plate, table, i, &taken);
}

/* The first n lines of a table, each a read. */
static bool take_points(dlu_gen5_section *s, const dlu_wells_table *table, size_t n,
                        const dlu_taken *taken)
{
    uint32_t n_cells;
    const dlu_cell *header = dlu_sheet_row_cells(s->sheet, table->header, &n_cells);
    size_t n_unread = 0, first = 0;
    bool days = dlu_text_alike(header[0].text, "Time") && dlu_gen5_in_days(s->job->scan, table, n);
    dlu_place top = dlu_book_place(s->job->scan->book, s->sheet, table->header, header[0].col);
    if (days && !taken->refused && (!taken->calculated || s->job->options->calculated))
        dlu_note(s->job->log, "gen5-days", &top, NULL,
                 "the times of \"%s\" are numbers: taken as fractions of a day", taken->label);
    for (size_t i = 0; i < n; i++) {
        bool unread = dlu_gen5_unread(table, i);
        if (unread && n_unread++ == 0)
            first = i;
        if (!unread && !take_point(s, table, i, days, *taken))
            return false;
    }
    if (!n_unread)
        return true;
    dlu_place at = dlu_book_place(s->job->scan->book, s->sheet,
                                  table->across ? table->lines[first] : table->header,
                                  table->across ? table->first : table->lines[first]);
    return dlu_job_leave_out(s->job, at, "not measured: the run ended before",
                             "%zu times of \"%s\"", n_unread, taken->label);
}

/* The next table over time, which is looked for once; 0: none follows. */
typedef struct upcoming {
    uint32_t row;
    dlu_wells_table table;
} upcoming;

/* The next table of times or list of wells, whichever comes first: its header row, or 0. */
static uint32_t next_table(const dlu_gen5_section *s, uint32_t from, uint32_t to, upcoming *times,
                           dlu_wells_table *table, bool *list)
{
    dlu_wells_table other;
    if (times->row && times->row < from)
        times->row = dlu_gen5_table(s->job->scan, s->sheet, from, to, &times->table);
    uint32_t last = times->row ? times->row : to;
    uint32_t wells = dlu_gen5_list(s->job->scan, s->sheet, from, last, &other);
    *list = wells && (!times->row || wells < times->row);
    *table = *list ? other : times->table;
    return *list ? wells : times->row;
}

static bool again(const dlu_gen5_section *s, const dlu_wells_table *table, const dlu_taken *taken)
{
    dlu_place at = dlu_book_place(s->job->scan->book, s->sheet, table->header, table->first);
    return !taken->refused && !taken->calculated && table->n_wells &&
           dlu_gen5_again(s, taken->label, &table->wells[0], at);
}

/* The tables from `from` up to `to`. */
bool dlu_gen5_take_tables(dlu_gen5_section *s, uint32_t from, uint32_t to)
{
    dlu_wells_table table;
    upcoming times = {0};
    uint32_t row = from, cols;
    bool list;
    times.row = dlu_gen5_table(s->job->scan, s->sheet, from, to, &times.table);
    while ((row = next_table(s, row, to, &times, &table, &list)) != 0) {
        if (list && !dlu_gen5_take_list(s, &table))
            return false;
        if (list) {
            s->end = row = table.end;
            row++;
            continue;
        }
        const char *title = title_above(s, row);
        dlu_taken taken = {.label = title, .name = title};
        if (!dlu_gen5_is_read(title, &s->steps, &taken.measures))
            taken.calculated = "no read of the procedure: calculated by Gen5";
        if (dlu_text_starts(dlu_sheet_row_cells(s->sheet, row, &cols)[0].text, "X Read"))
            taken.refused = "an area scan: several places of each well";
        turn_page(s, title, &table);
        size_t n = (taken.refused || taken.calculated) && table.n_lines ? 1 : table.n_lines;
        if (taken.calculated && !taken.refused && s->job->options->calculated)
            n = table.n_lines;
        if (!again(s, &table, &taken) && !take_points(s, &table, n, &taken))
            return false;
        row = table.end > row ? table.end : row + 1;
        s->end = row;
    }
    return !dlu_arena_failed(s->job->arena);
}
