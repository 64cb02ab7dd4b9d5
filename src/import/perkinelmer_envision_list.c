/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/perkinelmer_envision.h"
#include "import/well_list.h"

/*
 * Lists of the EnSpire: a row a well, a column a measurement. A column numbers the plates; where it
 * is missing, the plate information above says which plate it is.
 */

typedef struct list {
    dlu_import_job *job;
    const dlu_envision_infos *infos;
    const dlu_sheet *sheet;
    uint32_t header;
    dlu_wells_table rows;
    uint32_t plate; /* columns; 0 where there is none */
    uint32_t repeat;
    uint32_t sample;
    bool *seen; /* by well, all false between uses */
} list;

/* The rows of one repeat of one plate. */
typedef struct group {
    long plate;
    long repeat;
} group;

#define MAX_GROUPS 1000u

bool dlu_envision_heads_result(const char *text)
{
    return dlu_text_starts(text, "Meas") && dlu_text_same(text + strcspn(text, ":"), ":Result");
}

/* "Meas A" of "MeasA:Result", as grids call it. NULL: no memory. */
static const char *label_of(dlu_arena *arena, const char *header, long repeat)
{
    const char *name = header + strlen("Meas");
    name += strspn(name, " ");
    int n = (int)strcspn(name, ":");
    if (repeat > 1)
        return dlu_arena_printf(arena, "Meas %.*s, repeat %ld", n, name, repeat);
    return dlu_arena_printf(arena, "Meas %.*s", n, name);
}

static bool heads_list(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (dlu_envision_heads_result(cells[i].text))
            return dlu_row_column(sheet, row, "Well") != 0;
    return false;
}

static uint32_t either_column(const list *l, const char *one, const char *other)
{
    uint32_t col = dlu_row_column(l->sheet, l->header, one);
    return col ? col : dlu_row_column(l->sheet, l->header, other);
}

/* ---- plates ---- */

/* The barcode of a plate: plate information of a list has a row for each. "" for none. */
static const char *barcode_of(const list *l, long plate)
{
    for (size_t i = 0; i < l->infos->items.n; i++) {
        uint32_t names = l->infos->items.items[i].row;
        uint32_t number_col = dlu_row_column(l->sheet, names, "Plate");
        uint32_t col = dlu_row_column(l->sheet, names, "Barcode");
        long number;
        for (uint32_t row = names + 1;
             row < l->header &&
             dlu_text_integer(dlu_sheet_text(l->sheet, row, number_col), 1, 1000000, &number);
             row++) {
            const char *text = dlu_bare_text(l->sheet, row, col);
            if (number == plate && !strpbrk(text, ":=")) /* with a time: none was read */
                return text;
        }
    }
    return "";
}

static const dlu_envision_info *info_of(const list *l)
{
    const dlu_envision_info *info = dlu_envision_info_at(l->infos, l->header);
    return info ? info : l->infos->items.n ? &l->infos->items.items[0] : NULL;
}

static dlu_plate_build *plate_of(const list *l, long number)
{
    dlu_arena *arena = l->job->arena;
    const dlu_envision_info *info = info_of(l);
    const char *name = "";
    if (l->plate) {
        name = dlu_text_trimmed(arena, barcode_of(l, number));
        if (name && !*name)
            name = dlu_arena_printf(arena, "Plate %ld", number);
    } else if (info) {
        name = dlu_envision_plate_name(l->infos, info, arena);
    }
    return name ? dlu_job_plate(l->job, name) : NULL;
}

static long number_at(const list *l, uint32_t row, uint32_t col, long otherwise)
{
    long number;
    return col && dlu_text_integer(dlu_sheet_text(l->sheet, row, col), 1, 1000000, &number)
               ? number
               : otherwise;
}

/* ---- taking ---- */

static bool leave_out(const list *l, uint32_t col, const char *what, const char *why)
{
    return dlu_job_leave_out(l->job, dlu_book_place(l->job->scan->book, l->sheet, l->header, col),
                             why, "%s", what);
}

static bool comes_again(const list *l, const dlu_wells_table *rows)
{
    bool again = false;
    for (size_t i = 0; i < rows->n_wells; i++) {
        again = again || l->seen[rows->wells[i]];
        l->seen[rows->wells[i]] = true;
    }
    for (size_t i = 0; i < rows->n_wells; i++)
        l->seen[rows->wells[i]] = false;
    return again;
}

static void say_twice(const list *l, uint32_t col, const char *label)
{
    dlu_place at = dlu_book_place(l->job->scan->book, l->sheet, l->header, col);
    dlu_problem(&l->job->problems, "envision-list-twice", &at,
                "export with a column PlateNumber, or one file a plate",
                "expected one list of \"%s\" for each plate and repeat, found a second without a "
                "plate of its own",
                label);
}

static bool has_read(const dlu_plate_build *plate, const char *label)
{
    for (size_t i = 0; i < plate->reads.n; i++)
        if (!strcmp(plate->reads.items[i]->read.label, label))
            return true;
    return false;
}

static bool take_column(const list *l, dlu_plate_build *plate, const dlu_wells_table *rows,
                        size_t i, long repeat)
{
    uint32_t col = rows->lines[i];
    const dlu_envision_info *info = info_of(l);
    const char *header = dlu_sheet_text(l->sheet, l->header, col);
    if (!dlu_envision_heads_result(header)) {
        dlu_taken other = {.label = header, .refused = "no result of a measurement"};
        return col == l->plate || col == l->repeat ||
               dlu_take_wells(l->job, plate, rows, i, &other);
    }
    dlu_taken taken = {.label = label_of(l->job->arena, header, repeat),
                       .measures = dlu_envision_measures("", info ? info->optics : "")};
    if (!taken.label)
        return false;
    if (!has_read(plate, taken.label))
        return dlu_take_wells(l->job, plate, rows, i, &taken);
    say_twice(l, col, taken.label);
    return true;
}

static bool take_group(const list *l, const dlu_wells_table *rows, const group *of)
{
    dlu_plate_build *plate = plate_of(l, of->plate);
    if (!plate)
        return false;
    if (comes_again(l, rows))
        return leave_out(l, l->rows.first, "a list of wells",
                         "its wells come again, as in a run over time or a spectrum; such lists of "
                         "an EnSpire are not read, its plate grids are");
    for (size_t i = 0; i < rows->n_lines; i++)
        if (!take_column(l, plate, rows, i, of->repeat))
            return false;
    for (size_t i = 0; l->sample && i < rows->n_wells; i++)
        if (!dlu_job_sample(l->job, plate, rows->wells[i],
                            dlu_sheet_text(l->sheet, rows->at[i], l->sample),
                            dlu_book_place(l->job->scan->book, l->sheet, rows->at[i], l->sample)))
            return false;
    return true;
}

static bool too_many(const list *l)
{
    dlu_place at = dlu_book_place(l->job->scan->book, l->sheet, l->header, l->plate);
    dlu_fail(&l->job->full, DLU_E_LIMIT, "too-many-plates", &at,
             "give the plates of one experiment in one file; is the column plate the right one?",
             "expected at most %u plates in a file, found more", MAX_GROUPS);
    return false;
}

/* The plates and repeats of the rows; keys[i] is that of row i. */
static bool find_groups(const list *l, group *groups, size_t *n, uint32_t *keys)
{
    const dlu_envision_info *info = info_of(l);
    for (size_t i = 0; i < l->rows.n_wells; i++) {
        group of = {
            .plate = number_at(l, l->rows.at[i], l->plate, info ? info->plate : 0),
            .repeat = number_at(l, l->rows.at[i], l->repeat, info && !l->plate ? info->repeat : 1)};
        size_t k = 0;
        while (k < *n && (groups[k].plate != of.plate || groups[k].repeat != of.repeat))
            k++;
        if (k == MAX_GROUPS)
            return too_many(l);
        if (k == *n)
            groups[(*n)++] = of;
        keys[i] = (uint32_t)k;
    }
    return true;
}

static bool take_list(list *l)
{
    dlu_arena *arena = l->job->arena;
    size_t n = 0;
    size_t most = l->rows.n_wells < MAX_GROUPS ? l->rows.n_wells : MAX_GROUPS;
    group *groups = dlu_arena_alloc(arena, most + 1, sizeof *groups);
    uint32_t *keys = dlu_arena_alloc(arena, l->rows.n_wells + 1, sizeof *keys);
    if (!groups || !keys || !find_groups(l, groups, &n, keys))
        return false;
    size_t *from = dlu_list_sort(arena, &l->rows, keys, (uint32_t)n);
    for (size_t k = 0; from && k < n; k++) {
        dlu_wells_table rows = dlu_list_slice(&l->rows, from[k], from[k + 1]);
        if (!take_group(l, &rows, &groups[k]))
            return false;
    }
    return from != NULL;
}

bool dlu_envision_take_lists(dlu_import_job *job, const dlu_sheet *sheet,
                             const dlu_envision_infos *infos, bool grids)
{
    bool *seen = NULL;
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        if (!heads_list(sheet, row))
            continue;
        if (!seen)
            seen = dlu_arena_alloc(job->arena, (size_t)DLU_WELL_MAX_ROWS << 8, sizeof *seen);
        if (!seen)
            return false;
        list l = {.job = job, .infos = infos, .sheet = sheet, .header = row, .seen = seen};
        uint32_t well = dlu_row_column(sheet, row, "Well");
        if (!dlu_list_down(job->scan, sheet, row, well, 0, &l.rows)) {
            if (dlu_arena_failed(job->scan->arena))
                return false;
            continue;
        }
        l.plate = either_column(&l, "PlateNumber", "Plate");
        l.repeat = either_column(&l, "PlateRepeat", "Repeat");
        l.sample = dlu_row_column(sheet, row, "Sample");
        row = l.rows.end;
        if (grids ? !leave_out(&l, well, "a list of wells", "the plate grids beside it are read")
                  : !take_list(&l))
            return false;
    }
    return true;
}
