/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "import/thermo_skanit.h"
#include "import/well_list.h"

/*
 * Lists of SkanIt: a row a well ("Well, Sample, RLU"), or a row a well and reading ("Well, Sample,
 * RLU, Meas. Time [s]"). Several steps may stand side by side as columns, several plates below
 * each other as a column of their names.
 */

typedef struct list {
    const dlu_sheet *sheet;
    uint32_t header;
    uint32_t first;       /* the row of its first well */
    dlu_wells_table rows; /* the rows in hand; wells may come again */
    uint32_t reading;     /* columns; 0 where there is none */
    uint32_t time;
    uint32_t plate;
    uint32_t sample;
} list;

/* The points in time of a list; its rows are sorted by them. */
typedef struct readings {
    uint32_t n;
    size_t *from; /* index of the first row of each, n + 1 of them */
    bool timed;
    double *seconds;
} readings;

static const char *header_at(const list *l, uint32_t col)
{
    return dlu_sheet_text(l->sheet, l->header, col);
}

/* ---- columns ---- */

/* What a sample is, not what it shines. */
static bool is_description(const char *header)
{
    static const char *const words[] = {"sample", "type",          "group", "dilution",
                                        "conc",   "concentration", "id",    "temperature"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_has_word(header, words[i]))
            return true;
    return false;
}

/* The unit of a column: its header, or what stands below that and above the first well. */
static const char *unit_of(const list *l, uint32_t col)
{
    for (uint32_t row = l->header; row < l->first; row++) {
        const char *text = dlu_bare_text(l->sheet, row, col);
        if (dlu_skanit_is_unit(text))
            return text;
    }
    return "";
}

static bool is_value(const list *l, uint32_t col)
{
    const char *header = header_at(l, col);
    bool other = col == l->time || col == l->reading || col == l->plate || is_description(header);
    return !other && (*unit_of(l, col) || dlu_names_measures(header) ||
                      dlu_word_is_channel(header) || dlu_names_calculated(header));
}

/* "RLU" alone says no more than the step does; a name in the header, or above it, more. */
static const char *label_of(dlu_skanit *r, const list *l, uint32_t col)
{
    const char *header = header_at(l, col);
    const char *above = col > 1 && l->header > 1 ? dlu_bare_text(l->sheet, l->header - 1, col) : "";
    if (!dlu_text_is_blank(header) && !dlu_skanit_is_unit(header))
        return dlu_text_trimmed(r->job->arena, header);
    return *above ? dlu_text_trimmed(r->job->arena, above) : dlu_skanit_label(r);
}

static void find_columns(list *l)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(l->sheet, l->header, &n);
    for (uint32_t i = 0; i < n; i++) {
        const char *text = cells[i].text;
        uint32_t *is = dlu_has_word(text, "time")          ? &l->time
                       : dlu_skanit_numbers_readings(text) ? &l->reading
                       : dlu_word_is_plate(text)           ? &l->plate
                       : dlu_text_alike(text, "Sample")    ? &l->sample
                                                           : NULL;
        if (is && !*is)
            *is = cells[i].col;
    }
}

/* ---- rows ---- */

/* Rows from..to-1 as a list of their own. */
static list slice(const list *l, size_t from, size_t to)
{
    list part = *l;
    part.rows = dlu_list_slice(&l->rows, from, to);
    return part;
}

/* The reading that each row is of, from 0: by its column, else by how often the well came before.
 * *why is what is wrong. NULL: no memory. */
static uint32_t *number_rows(dlu_skanit *r, const list *l, uint32_t *n_readings, const char **why)
{
    size_t n = l->rows.n_wells;
    uint32_t *numbers = dlu_arena_alloc(r->job->arena, n + 1, sizeof *numbers);
    if (!r->times)
        r->times = dlu_arena_alloc(r->job->arena, DLU_SKANIT_WELLS, sizeof *r->times);
    if (!numbers || !r->times)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        long number = ++r->times[l->rows.wells[i]];
        if (l->reading && !dlu_text_integer(dlu_sheet_text(l->sheet, l->rows.at[i], l->reading), 1,
                                            DLU_MAX_READS, &number))
            *why = "expected whole numbers from 1 to 1000 in its column of readings, found others";
        numbers[i] = (uint32_t)number - 1;
        *n_readings = *n_readings > numbers[i] + 1 ? *n_readings : numbers[i] + 1;
    }
    for (size_t i = 0; !l->reading && i < n; i++)
        if (r->times[l->rows.wells[i]] != *n_readings)
            *why = "some of its wells come more often than others, and no column numbers the "
                   "readings";
    for (size_t i = 0; i < n; i++)
        r->times[l->rows.wells[i]] = 0;
    if (*n_readings > 1 && !l->reading && !l->time)
        *why = "its wells come again, and neither a column \"Reading\" nor one of times says why";
    return numbers;
}

/* The mean time of the rows, as SkanIt itself gives a reading one time; false where it is open. */
static bool mean_time(const dlu_skanit *r, const list *l, double *out)
{
    double sum = 0, seconds;
    for (size_t i = 0; i < l->rows.n_wells; i++) {
        if (!dlu_skanit_seconds(r, header_at(l, l->time),
                                dlu_sheet_at(l->sheet, l->rows.at[i], l->time), &seconds))
            return false;
        sum += seconds;
    }
    *out = l->rows.n_wells ? round(sum / (double)l->rows.n_wells * 1e3) / 1e3 : 0;
    return true;
}

static bool find_readings(dlu_skanit *r, list *l, readings *out, const char **why)
{
    dlu_arena *arena = r->job->arena;
    uint32_t *numbers = number_rows(r, l, &out->n, why);
    out->seconds = dlu_arena_alloc(arena, out->n + 1, sizeof *out->seconds);
    out->from = numbers ? dlu_list_sort(arena, &l->rows, numbers, out->n) : NULL;
    out->timed = l->time && out->n > 1;
    if (!out->from || !out->seconds)
        return false;
    for (uint32_t k = 0; out->timed && k < out->n; k++) {
        list part = slice(l, out->from[k], out->from[k + 1]);
        out->timed = mean_time(r, &part, &out->seconds[k]);
        if (out->timed && k && part.rows.n_wells && out->seconds[k] <= out->seconds[k - 1])
            *why = "its times go back from one reading to the next";
    }
    return true;
}

/* ---- taking ---- */

static dlu_place place_of(const dlu_skanit *r, const list *l, uint32_t col)
{
    return dlu_book_place(r->job->scan->book, l->sheet, l->header, col);
}

/* One column of rows that hold each well once: a read, or the next page of one. */
static bool take_column(dlu_skanit *r, const list *l, size_t i, const dlu_taken *taken)
{
    dlu_skanit_copy copy;
    dlu_read_build *before = dlu_skanit_read_before(r, taken, r->began);
    dlu_place at = place_of(r, l, l->rows.lines[i]);
    if (!before || before->read.at.row > l->header)
        return dlu_take_wells(r->job, r->plate, &l->rows, i, taken);
    if (!dlu_skanit_compare(r, before, &copy))
        return false;
    for (size_t k = 0; k < l->rows.n_wells; k++)
        dlu_skanit_compare_cell(r, &copy, l->rows.wells[k], dlu_wells_cell(&l->rows, k, i));
    dlu_skanit_compared(r, before);
    if (dlu_skanit_is_copy(&copy))
        return dlu_job_leave_out(r->job, at, "the values of the read above once more",
                                 "a list \"%s\"", taken->label);
    if (!copy.n_known)
        return dlu_take_wells_on(r->job, before, &l->rows, i);
    dlu_skanit_say_twice(r, taken, at);
    return true;
}

static bool take_each_reading(dlu_skanit *r, const list *l, const readings *of, size_t i,
                              dlu_taken taken)
{
    const char *label = taken.label;
    for (uint32_t k = 0; k < of->n; k++) {
        list part = slice(l, of->from[k], of->from[k + 1]);
        taken.has_time = of->timed;
        taken.time_s = of->seconds[k];
        if (of->n > 1 && !of->timed)
            taken.label = dlu_arena_printf(r->job->arena, "%s, reading %u", label, (unsigned)k + 1);
        if (!taken.label || (part.rows.n_wells && !take_column(r, &part, i, &taken)))
            return false;
    }
    return true;
}

static bool leave_out_column(dlu_skanit *r, const list *l, uint32_t col, const char *label,
                             const char *why)
{
    if (col == l->time || col == l->reading || col == l->plate)
        return true;
    return dlu_job_leave_out(r->job, place_of(r, l, col), why, "the values%s%s%s",
                             *label ? " \"" : "", label, *label ? "\"" : "");
}

static bool take_value(dlu_skanit *r, const list *l, const readings *of, size_t i)
{
    uint32_t col = l->rows.lines[i];
    const char *unit = unit_of(l, col), *header = header_at(l, col), *label = label_of(r, l, col);
    dlu_taken taken = {.label = label, .name = label};
    if (!label)
        return false;
    taken.calculated = dlu_skanit_computed(r, *unit ? unit : header);
    if (!taken.calculated && dlu_names_calculated(label))
        taken.calculated = "calculated, not measured";
    taken.measures = dlu_names_measures(header);
    if (!taken.measures)
        taken.measures = dlu_skanit_measures(r, unit);
    const char *why = dlu_taken_refused(r->job, NULL, taken.calculated);
    if (!why || *why)
        return why && leave_out_column(r, l, col, label, why);
    return take_each_reading(r, l, of, i, taken);
}

static bool take_samples(dlu_skanit *r, const list *l)
{
    for (size_t i = 0; l->sample && i < l->rows.n_wells; i++)
        if (!dlu_job_sample(r->job, r->plate, l->rows.wells[i],
                            dlu_sheet_text(l->sheet, l->rows.at[i], l->sample),
                            dlu_book_place(r->job->scan->book, l->sheet, l->rows.at[i], l->sample)))
            return false;
    return true;
}

/* The rows of one plate. */
static bool take_plate(dlu_skanit *r, list *l)
{
    readings of = {0};
    const char *why = NULL;
    if (!find_readings(r, l, &of, &why))
        return false;
    if (why)
        return dlu_job_leave_out(r->job, place_of(r, l, l->rows.first), why,
                                 "a list of the step \"%s\"", r->step);
    for (size_t i = 0; i < l->rows.n_lines; i++) {
        uint32_t col = l->rows.lines[i];
        if (is_value(l, col) ? !take_value(r, l, &of, i)
                             : !leave_out_column(r, l, col, header_at(l, col),
                                                 "its header is no unit of a measurement"))
            return false;
    }
    return take_samples(r, l);
}

/* The plates that a column names; the rows are sorted by them. */
static bool take_plates(dlu_skanit *r, list *l)
{
    dlu_arena *arena = r->job->arena;
    DLU_VEC(dlu_plate_build *) plates = {0};
    uint32_t *keys = dlu_arena_alloc(arena, l->rows.n_wells + 1, sizeof *keys);
    for (size_t i = 0; keys && i < l->rows.n_wells; i++) {
        const char *name =
            dlu_text_trimmed(arena, dlu_sheet_text(l->sheet, l->rows.at[i], l->plate));
        dlu_plate_build *plate = name ? dlu_job_plate(r->job, name) : NULL;
        size_t k = 0;
        while (plate && k < plates.n && plates.items[k] != plate)
            k++;
        dlu_plate_build **slot =
            plate && k == plates.n ? DLU_VEC_ADD(arena, &plates, DLU_MAX_PLATES) : NULL;
        if (slot)
            *slot = plate;
        if (!plate || k >= plates.n)
            return false;
        keys[i] = (uint32_t)k;
    }
    size_t *from = keys ? dlu_list_sort(arena, &l->rows, keys, (uint32_t)plates.n) : NULL;
    for (size_t k = 0; from && k < plates.n; k++) {
        list part = slice(l, from[k], from[k + 1]);
        r->plate = plates.items[k];
        if (!take_plate(r, &part))
            return false;
    }
    return from != NULL;
}

bool dlu_skanit_take_list(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header)
{
    list l = {.sheet = sheet, .header = header};
    const dlu_scan *scan = r->job->scan;
    if (dlu_skanit_heads_readings(sheet, header))
        return dlu_skanit_take_readings(r, sheet, header);
    if (!dlu_list_down(scan, sheet, header, dlu_row_column(sheet, header, "Well"), 0, &l.rows)) {
        r->end = header;
        return !dlu_arena_failed(scan->arena);
    }
    l.first = l.rows.at[0];
    find_columns(&l);
    if (!dlu_skanit_enter(r, sheet, header))
        return false;
    r->end = l.rows.end;
    if (!r->results)
        return true;
    return l.plate ? take_plates(r, &l) : take_plate(r, &l);
}

uint32_t dlu_skanit_find_list(const dlu_sheet *sheet, uint32_t from, uint32_t to)
{
    for (uint32_t row = from; row <= to; row++)
        if (dlu_row_column(sheet, row, "Well") || dlu_skanit_heads_readings(sheet, row))
            return row;
    return 0;
}
