/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/thermo_skanit.h"
#include "import/well_list.h"

/*
 * Runs over time as SkanIt tabulates them: "Reading, avg. time [s], Un0001 (A01), ...", a row a
 * reading, a column a well. A spectrum has the same form, with wavelengths in the first column.
 */

typedef struct table {
    dlu_wells_table wells;
    uint32_t reading; /* columns; 0 where there is none */
    uint32_t time;
    bool spectrum;
    bool twice;      /* a well heads two columns */
    uint32_t beside; /* a column of numbers that no well heads, or 0 */
} table;

bool dlu_skanit_numbers_readings(const char *header)
{
    static const char *const words[] = {"Reading", "Reading number", "Reading no", "Cycle"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_text_alike(header, words[i]))
            return true;
    return false;
}

static bool is_spectrum(const char *header)
{
    return dlu_text_starts(header, "Wavelength") || dlu_text_starts(header, "Excitation") ||
           dlu_text_starts(header, "Emission");
}

/* Seconds of a bare number below "avg. time [s]", "Time (min)"; 0 where no unit is told. */
static double unit_seconds(const char *header)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"s", 1}, {"sec", 1}, {"ms", 1e-3}, {"min", 60}, {"h", 3600}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (dlu_has_word(header, units[i].unit))
            return units[i].seconds;
    return 0;
}

bool dlu_skanit_seconds(const dlu_skanit *r, const char *header, const dlu_cell *cell, double *out)
{
    const dlu_numbers *numbers = &r->job->scan->numbers;
    double unit = unit_seconds(header);
    *out = 0;
    if (!cell || cell->date || !dlu_cell_number(cell, numbers->decimal, out))
        return cell && dlu_cell_seconds(cell, numbers, true, out);
    *out *= unit;
    return unit > 0;
}

/* "Un0001 (A01)" or "A01"; *name is how long the sample's name before the brackets is. */
static bool heads_well(const char *text, dlu_well *out, size_t *name)
{
    char well[8];
    const char *from = strrchr(text, '(');
    size_t n = from ? strcspn(++from, ")") : strlen(text);
    if (n >= sizeof well || (from && strcmp(from + n, ")") != 0))
        return false;
    memcpy(well, from ? from : text, n);
    well[n] = '\0';
    *name = from ? (size_t)(from - 1 - text) : 0;
    return dlu_well_parse(well, out) && *out < DLU_WELL_TABLE_ROW;
}

bool dlu_skanit_heads_readings(const dlu_sheet *sheet, uint32_t header)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, header, &n);
    const dlu_cell *first = n > 1 ? dlu_row_first(sheet, header) : NULL;
    bool is = first && (dlu_skanit_numbers_readings(first->text) ||
                        dlu_has_word(first->text, "time") || is_spectrum(first->text));
    for (uint32_t i = 0; is && i < n; i++) {
        dlu_well well;
        size_t name;
        if (heads_well(cells[i].text, &well, &name))
            return true;
    }
    return false;
}

/* ---- the table ---- */

static bool find_wells(const dlu_scan *scan, table *t)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(t->wells.sheet, t->wells.header, &n);
    dlu_well *wells = dlu_arena_alloc(scan->arena, n + 1, sizeof *wells);
    uint32_t *at = dlu_arena_alloc(scan->arena, n + 1, sizeof *at);
    bool *seen = dlu_arena_alloc(scan->arena, DLU_WELL_MAX_ROWS << 8, sizeof *seen);
    if (!wells || !at || !seen)
        return false;
    t->wells.wells = wells;
    t->wells.at = at;
    for (uint32_t i = 0; i < n; i++) {
        dlu_well well;
        size_t name;
        const char *text = cells[i].text;
        if (heads_well(text, &well, &name)) {
            t->twice = t->twice || seen[well];
            seen[well] = true;
            wells[t->wells.n_wells] = well;
            at[t->wells.n_wells++] = cells[i].col;
        } else if (!t->reading && dlu_skanit_numbers_readings(text)) {
            t->reading = cells[i].col;
        } else if (!t->time && dlu_has_word(text, "time")) {
            t->time = cells[i].col;
        }
    }
    t->spectrum = is_spectrum(dlu_row_first(t->wells.sheet, t->wells.header)->text);
    t->wells.first = t->wells.n_wells ? at[0] : 1;
    return true;
}

/* A row of the table: its first column has a number or a time. */
static bool is_line(const dlu_skanit *r, const table *t, uint32_t row)
{
    double seconds;
    const dlu_cell *cell = dlu_row_first(t->wells.sheet, row);
    uint32_t first = dlu_row_first(t->wells.sheet, t->wells.header)->col;
    return cell && cell->col == first &&
           (dlu_value_of(cell, &r->job->scan->numbers).kind == DLU_VALUE_NUMBER ||
            dlu_cell_seconds(cell, &r->job->scan->numbers, true, &seconds));
}

/* Columns of numbers that no well heads, as that of a temperature. */
static void look_beside(const dlu_skanit *r, table *t, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(t->wells.sheet, row, &n);
    for (uint32_t i = 0; i < n && !t->beside; i++) {
        uint32_t col = cells[i].col;
        dlu_well well;
        size_t name;
        const char *header = dlu_sheet_text(t->wells.sheet, t->wells.header, col);
        if (col != t->reading && col != t->time && !heads_well(header, &well, &name) &&
            dlu_value_of(&cells[i], &r->job->scan->numbers).kind == DLU_VALUE_NUMBER)
            t->beside = col;
    }
}

static bool find_lines(const dlu_skanit *r, table *t)
{
    const dlu_sheet *sheet = t->wells.sheet;
    uint32_t row = t->wells.header + 1;
    t->wells.end = t->wells.header;
    t->wells.lines =
        dlu_arena_alloc(r->job->arena, sheet->n_rows - t->wells.header + 1, sizeof *t->wells.lines);
    for (; t->wells.lines && row <= sheet->n_rows; row++) {
        if (dlu_sheet_row_is_empty(sheet, row))
            continue;
        if (!is_line(r, t, row))
            break;
        t->wells.lines[t->wells.n_lines++] = t->wells.end = row;
    }
    if (t->wells.lines && t->wells.n_lines && !t->spectrum)
        look_beside(r, t, t->wells.lines[0]);
    return t->wells.lines != NULL;
}

/* ---- taking ---- */

static dlu_place place_of(const dlu_skanit *r, const table *t, uint32_t col)
{
    return dlu_book_place(r->job->scan->book, t->wells.sheet, t->wells.header, col);
}

static bool take_samples(dlu_skanit *r, const table *t)
{
    for (size_t i = 0; i < t->wells.n_wells; i++) {
        dlu_well well;
        size_t n = 0;
        const char *text = dlu_sheet_text(t->wells.sheet, t->wells.header, t->wells.at[i]);
        heads_well(text, &well, &n);
        char *name = dlu_arena_copy_n(r->job->arena, text, n);
        const char *bare = name ? dlu_text_trimmed(r->job->arena, name) : NULL;
        if (!bare || !dlu_job_sample(r->job, r->plate, t->wells.wells[i], bare,
                                     place_of(r, t, t->wells.at[i])))
            return false;
    }
    return true;
}

/* The time of each line; false where one is open or they do not rise. */
static bool times_of(const dlu_skanit *r, const table *t, double *out)
{
    const char *header = dlu_sheet_text(t->wells.sheet, t->wells.header, t->time);
    for (size_t i = 0; i < t->wells.n_lines; i++)
        if (!t->time ||
            !dlu_skanit_seconds(r, header, dlu_wells_head(&t->wells, i, t->time), &out[i]) ||
            (i && out[i] <= out[i - 1]))
            return false;
    return true;
}

static bool take_lines(dlu_skanit *r, const table *t, dlu_taken taken)
{
    dlu_arena *arena = r->job->arena;
    const char *label = taken.label;
    double *seconds = dlu_arena_alloc(arena, t->wells.n_lines + 1, sizeof *seconds);
    if (!seconds)
        return false;
    taken.has_time = times_of(r, t, seconds);
    for (size_t i = 0; i < t->wells.n_lines; i++) {
        taken.time_s = taken.has_time ? seconds[i] : 0;
        if (!taken.has_time)
            taken.label = dlu_arena_printf(arena, "%s, reading %zu", label, i + 1);
        dlu_place at =
            dlu_book_place(r->job->scan->book, t->wells.sheet, t->wells.lines[i], t->wells.first);
        if (!taken.label)
            return false;
        if (dlu_skanit_read_before(r, &taken, r->began))
            dlu_skanit_say_twice(r, &taken, at);
        else if (!dlu_take_wells(r->job, r->plate, &t->wells, i, &taken))
            return false;
    }
    return true;
}

static const char *refused(const table *t)
{
    return t->spectrum ? "a spectrum: light at several wavelengths is not read"
           : t->twice ? "a well heads two of its columns, so that it is open which one is its light"
           : !t->wells.n_lines ? "it has no row of a reading"
                               : NULL;
}

bool dlu_skanit_take_readings(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header)
{
    table t = {.wells = {.sheet = sheet, .across = true, .header = header}};
    if (!dlu_skanit_enter(r, sheet, header) || !find_wells(r->job->scan, &t) || !find_lines(r, &t))
        return false;
    r->end = t.wells.end;
    dlu_taken taken = {.label = dlu_skanit_label(r),
                       .calculated = dlu_skanit_computed(r, ""),
                       .measures = dlu_skanit_measures(r, "")};
    if (!taken.label || !r->results)
        return taken.label != NULL;
    taken.name = taken.label;
    const char *why = dlu_taken_refused(r->job, refused(&t), taken.calculated);
    if (!why || *why)
        return why && dlu_job_leave_out(r->job, place_of(r, &t, t.wells.first), why,
                                        "a table of the step \"%s\"", r->step);
    if (t.beside && !dlu_job_leave_out(r->job, place_of(r, &t, t.beside), "no well stands above",
                                       "a column \"%s\"", dlu_sheet_text(sheet, header, t.beside)))
        return false;
    return take_samples(r, &t) && take_lines(r, &t, taken);
}
