/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* From the texts of one well to its values. */

/* The trimmed text of a cell, or NULL where it says nothing. */
static const char *text_at(dlu_map_reader *r, size_t item, long header)
{
    char number[DLU_NUMBER_SIZE];
    const dlu_cell *cell = dlu_map_cell(&r->form, item, header);
    if (!cell || dlu_text_is_blank(cell->text))
        return NULL;
    double value;
    const char *text =
        !cell->date && cell->kind == DLU_CELL_NUMBER && dlu_cell_number(cell, '.', &value)
            ? dlu_arena_copy(r->arena, dlu_text_from_double(value, number))
            : dlu_text_trimmed(r->arena, cell->text);
    if (!text)
        r->failed = true;
    return text;
}

static const char *column_text(dlu_map_reader *r, size_t item, dlu_map_column column)
{
    return text_at(r, item, r->column[column]);
}

static bool was_said(dlu_map_reader *r, const char *text)
{
    for (size_t i = 0; i < r->n_slips; i++)
        if (!strcmp(r->slips[i], text))
            return true;
    if (r->n_slips < DLU_MAX_SLIPS)
        r->slips[r->n_slips++] = text;
    return false;
}

/* The text of a column of known words, slips of typing read as what they missed, and said. */
static const char *known_text(dlu_map_reader *r, size_t item, dlu_map_column column)
{
    const char *text = column_text(r, item, column);
    const char *slip = text ? dlu_map_slip(text, column) : NULL;
    if (!slip)
        return text;
    dlu_place at = dlu_map_place(&r->form, item, r->column[column]);
    if (!was_said(r, text))
        dlu_warn(r->log, "map-slip-of-word", &at, "write the word as it is known",
                 "%s: \"%s\" is read as %s", dlu_map_column_name(column), text,
                 dlu_map_nearest(slip, column));
    return slip;
}

static void unknown_word(dlu_map_reader *r, size_t item, dlu_map_column column, const char *text,
                         const char *known)
{
    dlu_place at = dlu_map_place(&r->form, item, r->column[column]);
    const char *nearest = dlu_map_nearest(text, column);
    const char *hint =
        dlu_text_alike(text, "mock")
            ? "mock means untransfected cells to some and transfection without mimic to others: "
              "write role blank, or treatment untreated or scramble"
        : nearest ? dlu_arena_printf(r->arena, "did you mean %s?", nearest)
                  : "correct the word, or leave the cell empty and set role to unused";
    dlu_problem(&r->problems, "map-unknown-word", &at, hint, "%s: expected %s, found \"%s\"",
                dlu_map_column_name(column), known, text);
}

/* A grid says a well by where its cells stand; the message points at one of them. */
static void take_well(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    long header = r->column[DLU_COLUMN_CONSTRUCT];
    if (!dlu_map_cell(&r->form, item, header))
        header = DLU_NO_COLUMN;
    row->well = dlu_map_grid_well(&r->form, item);
    row->plate = dlu_map_grid_plate(&r->form, item);
    row->at = dlu_map_place(&r->form, item, header);
}

static void read_well(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    const char *text = column_text(r, item, DLU_COLUMN_WELL);
    dlu_place at = dlu_map_place(&r->form, item, r->column[DLU_COLUMN_WELL]);
    row->at = at;
    if (r->column[DLU_COLUMN_WELL] == DLU_NO_COLUMN)
        row->well = DLU_WELL_TABLE_ROW + (dlu_well)(item + 1);
    else if (!text)
        dlu_problem(&r->problems, "map-no-well", &at, "write the well, such as A1",
                    "well: expected a well, found an empty cell");
    else if (!dlu_well_parse(text, &row->well))
        dlu_problem(&r->problems, "map-bad-well", &at, "wells are written A1 to AF48",
                    "well: expected a well such as A1, found \"%s\"", text);
}

static void read_dose(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    const char *text = column_text(r, item, DLU_COLUMN_DOSE);
    row->dose_nM = NAN;
    if (!text)
        return;
    size_t n = strlen(text);
    char *number = dlu_arena_copy(r->arena, text);
    if (!number) {
        r->failed = true;
        return;
    }
    if (n > 2 && dlu_text_same(number + n - 2, "nM"))
        number[n - 2] = '\0';
    if (!dlu_text_number(number, r->decimal, &row->dose_nM) || row->dose_nM < 0) {
        dlu_place at = dlu_map_place(&r->form, item, r->column[DLU_COLUMN_DOSE]);
        dlu_problem(&r->problems, "map-bad-dose", &at, "give the dose in nM as a number alone",
                    "dose_nM: expected a number of nM, found \"%s\"", text);
        row->dose_nM = NAN;
    }
}

static void read_use(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    static const char *const no[] = {"0", "no", "n", "false", "exclude", "out"};
    static const char *const yes[] = {"1", "yes", "y", "true", "include", "in"};
    const char *text = column_text(r, item, DLU_COLUMN_USE);
    row->use = true;
    if (!text)
        return;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (dlu_text_same(text, yes[i]))
            return;
        if (dlu_text_same(text, no[i])) {
            row->use = false;
            return;
        }
    }
    dlu_place at = dlu_map_place(&r->form, item, r->column[DLU_COLUMN_USE]);
    dlu_problem(&r->problems, "map-bad-use", &at, "1 keeps the well, 0 leaves it out",
                "use: expected 1 or 0, found \"%s\"", text);
}

static void read_role(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    const char *text = known_text(r, item, DLU_COLUMN_ROLE);
    row->role = DLU_ROLE_NONE;
    if (text && !dlu_map_role(text, &row->role))
        unknown_word(r, item, DLU_COLUMN_ROLE, text,
                     "sample, blank, blank-buffer, positive, negative or unused");
}

/* Labs often write "untransfected" where the construct or the treatment would stand. */
static bool says_blank(dlu_map_row *row, const char *text)
{
    dlu_role role;
    if (!text || !dlu_map_role(text, &role) || role != DLU_ROLE_BLANK)
        return false;
    if (row->role == DLU_ROLE_NONE)
        row->role = DLU_ROLE_BLANK;
    return row->role == DLU_ROLE_BLANK;
}

static void read_construct(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    const char *construct = known_text(r, item, DLU_COLUMN_CONSTRUCT);
    const char *treatment = known_text(r, item, DLU_COLUMN_TREATMENT);
    bool blank = says_blank(row, construct);
    blank = says_blank(row, treatment) || blank;
    if (blank || row->role == DLU_ROLE_BLANK || row->role == DLU_ROLE_BLANK_BUFFER ||
        row->role == DLU_ROLE_UNUSED)
        return;
    if (row->role == DLU_ROLE_NONE) {
        row->role = construct ? DLU_ROLE_SAMPLE : DLU_ROLE_UNUSED;
        if (!construct && treatment && !r->n_no_construct++)
            r->no_construct = dlu_map_place(&r->form, item, r->column[DLU_COLUMN_TREATMENT]);
    }
    if (construct && !(row->construct = dlu_map_construct(r->arena, construct)))
        unknown_word(r, item, DLU_COLUMN_CONSTRUCT, construct,
                     "WT, MUT (or MUT1, MUT2, ...) or EMPTY");
    if (treatment && !(row->treatment = dlu_map_treatment(treatment)))
        unknown_word(r, item, DLU_COLUMN_TREATMENT, treatment,
                     "mimic, scramble, inhibitor, inhibitor-control or untreated");
    if (row->role != DLU_ROLE_SAMPLE || (construct && treatment))
        return;
    dlu_map_column lacking = construct ? DLU_COLUMN_TREATMENT : DLU_COLUMN_CONSTRUCT;
    dlu_place at = dlu_map_place(&r->form, item, r->column[lacking]);
    dlu_problem(&r->problems, "map-empty-cell", &at, "fill it in, or set role to unused",
                "%s: a sample needs one, found an empty cell", dlu_map_column_name(lacking));
}

static void read_extra(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    if (!r->map->n_extra)
        return;
    row->extra = dlu_arena_alloc(r->arena, r->map->n_extra, sizeof *row->extra);
    if (!row->extra) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < r->map->n_extra; i++)
        row->extra[i] = text_at(r, item, (long)r->extra[i]);
}

void dlu_map_row_read(dlu_map_reader *r, size_t item, dlu_map_row *row)
{
    if (r->form.grid)
        take_well(r, item, row);
    else
        read_well(r, item, row);
    if (!r->form.grid)
        row->plate = column_text(r, item, DLU_COLUMN_PLATE);
    row->target = column_text(r, item, DLU_COLUMN_TARGET);
    row->mirna = column_text(r, item, DLU_COLUMN_MIRNA);
    row->replicate = column_text(r, item, DLU_COLUMN_REPLICATE);
    row->block = column_text(r, item, DLU_COLUMN_BLOCK);
    row->sample = column_text(r, item, DLU_COLUMN_SAMPLE);
    read_role(r, item, row);
    read_construct(r, item, row);
    read_dose(r, item, row);
    read_use(r, item, row);
    read_extra(r, item, row);
}
