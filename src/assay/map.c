/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"

#define MAX_EXTRA 200u
#define NO_COLUMN (-1)

/* What reading a map needs at hand. */
typedef struct reader {
    dlu_arena *arena;
    dlu_table table;
    char decimal;
    long column[DLU_COLUMN_COUNT]; /* where each known column stands in the table */
    const size_t *extra;           /* table columns that are carried through */
    bool in_data;
    bool failed;
    dlu_problems problems;
    dlu_messages *log;
    dlu_map *map;
} reader;

static bool is_light(const char *header)
{
    return dlu_word_is_firefly(header) || dlu_word_is_renilla(header) ||
           dlu_word_is_nanoluc(header);
}

static bool knows_map(const char *header)
{
    return dlu_word_map_column(header) != DLU_COLUMN_COUNT;
}

static bool knows_table(const char *header)
{
    return knows_map(header) || is_light(header);
}

static dlu_place place_of(const reader *r, size_t item, long column)
{
    return dlu_book_place(r->table.book, r->table.sheet, r->table.rows[item],
                          column < 0 ? 0 : r->table.first_col + (uint32_t)column);
}

/* The trimmed text of a cell, or NULL where it says nothing. */
static const char *text_at(reader *r, size_t item, long column)
{
    char number[DLU_NUMBER_SIZE];
    const dlu_cell *cell = column < 0 ? NULL : dlu_table_at(&r->table, item, (size_t)column);
    if (!cell || dlu_text_is_blank(cell->text))
        return NULL;
    const char *text = cell->kind == DLU_CELL_NUMBER && !cell->date
                           ? dlu_arena_copy(r->arena, dlu_text_from_double(cell->number, number))
                           : dlu_text_trimmed(r->arena, cell->text);
    if (!text)
        r->failed = true;
    return text;
}

static const char *column_text(reader *r, size_t item, dlu_map_column column)
{
    return text_at(r, item, r->column[column]);
}

static void unknown_word(reader *r, size_t item, dlu_map_column column, const char *text,
                         const char *known)
{
    dlu_place at = place_of(r, item, r->column[column]);
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

static void read_well(reader *r, size_t item, dlu_map_row *row)
{
    const char *text = column_text(r, item, DLU_COLUMN_WELL);
    dlu_place at = place_of(r, item, r->column[DLU_COLUMN_WELL]);
    row->at = at;
    if (r->column[DLU_COLUMN_WELL] == NO_COLUMN)
        row->well = DLU_WELL_TABLE_ROW + (dlu_well)(item + 1);
    else if (!text)
        dlu_problem(&r->problems, "map-no-well", &at, "write the well, such as A1",
                    "well: expected a well, found an empty cell");
    else if (!dlu_well_parse(text, &row->well))
        dlu_problem(&r->problems, "map-bad-well", &at, "wells are written A1 to AF48",
                    "well: expected a well such as A1, found \"%s\"", text);
}

static void read_dose(reader *r, size_t item, dlu_map_row *row)
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
    char decimal = r->table.book->workbook ? '.' : r->decimal;
    if (!dlu_text_number(number, decimal, &row->dose_nM) || row->dose_nM < 0) {
        dlu_place at = place_of(r, item, r->column[DLU_COLUMN_DOSE]);
        dlu_problem(&r->problems, "map-bad-dose", &at, "give the dose in nM as a number alone",
                    "dose_nM: expected a number of nM, found \"%s\"", text);
        row->dose_nM = NAN;
    }
}

static void read_use(reader *r, size_t item, dlu_map_row *row)
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
    dlu_place at = place_of(r, item, r->column[DLU_COLUMN_USE]);
    dlu_problem(&r->problems, "map-bad-use", &at, "1 keeps the well, 0 leaves it out",
                "use: expected 1 or 0, found \"%s\"", text);
}

static void read_role(reader *r, size_t item, dlu_map_row *row)
{
    const char *text = column_text(r, item, DLU_COLUMN_ROLE);
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

static void read_construct(reader *r, size_t item, dlu_map_row *row)
{
    const char *construct = column_text(r, item, DLU_COLUMN_CONSTRUCT);
    const char *treatment = column_text(r, item, DLU_COLUMN_TREATMENT);
    bool blank = says_blank(row, construct) | says_blank(row, treatment);
    if (blank || row->role == DLU_ROLE_BLANK || row->role == DLU_ROLE_BLANK_BUFFER ||
        row->role == DLU_ROLE_UNUSED)
        return;
    if (row->role == DLU_ROLE_NONE)
        row->role = construct ? DLU_ROLE_SAMPLE : DLU_ROLE_UNUSED;
    if (construct && !(row->construct = dlu_map_construct(r->arena, construct)))
        unknown_word(r, item, DLU_COLUMN_CONSTRUCT, construct,
                     "WT, MUT (or MUT1, MUT2, ...) or EMPTY");
    if (treatment && !(row->treatment = dlu_map_treatment(treatment)))
        unknown_word(r, item, DLU_COLUMN_TREATMENT, treatment,
                     "mimic, scramble, inhibitor, inhibitor-control or untreated");
    if (row->role != DLU_ROLE_SAMPLE || (construct && treatment))
        return;
    dlu_map_column lacking = construct ? DLU_COLUMN_TREATMENT : DLU_COLUMN_CONSTRUCT;
    dlu_place at = place_of(r, item, r->column[lacking]);
    dlu_problem(&r->problems, "map-empty-cell", &at, "fill it in, or set role to unused",
                "%s: a sample needs one, found an empty cell", dlu_map_column_name(lacking));
}

static void read_extra(reader *r, size_t item, dlu_map_row *row)
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

static void read_row(reader *r, size_t item, dlu_map_row *row)
{
    read_well(r, item, row);
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

/* Which table column is which; a doubled one is a problem, except among the words for a block. */
static void find_columns(reader *r, const char *block_column)
{
    for (size_t c = 0; c < DLU_COLUMN_COUNT; c++)
        r->column[c] = NO_COLUMN;
    for (uint32_t c = 0; c < r->table.n_cols; c++) {
        const char *header = r->table.headers[c];
        dlu_map_column known = dlu_word_map_column(header);
        if (block_column && dlu_text_alike(header, block_column))
            known = DLU_COLUMN_BLOCK;
        else if (known == DLU_COLUMN_BLOCK && (block_column || (r->column[known] != NO_COLUMN &&
                                                                !dlu_text_alike(header, "block"))))
            continue;
        if (known == DLU_COLUMN_COUNT)
            continue;
        if (r->column[known] != NO_COLUMN && known != DLU_COLUMN_BLOCK) {
            dlu_place at = dlu_book_place(r->table.book, r->table.sheet, r->table.header_row,
                                          r->table.first_col + c);
            dlu_problem(&r->problems, "map-doubled-column", &at, "rename or delete one of them",
                        "two columns say %s: \"%s\" and \"%s\"", dlu_map_column_name(known),
                        r->table.headers[r->column[known]], header);
            continue;
        }
        r->column[known] = (long)c;
    }
}

static bool is_carried(const reader *r, uint32_t c)
{
    const char *header = r->table.headers[c];
    if (dlu_text_is_blank(header) || (r->in_data && is_light(header)))
        return false;
    for (size_t i = 0; i < DLU_COLUMN_COUNT; i++)
        if (r->column[i] == (long)c)
            return false;
    return true;
}

static void find_extra(reader *r)
{
    size_t *extra = dlu_arena_alloc(r->arena, r->table.n_cols + 1, sizeof *extra);
    r->map->extra_columns =
        dlu_arena_alloc(r->arena, r->table.n_cols + 1, sizeof *r->map->extra_columns);
    if (!extra || !r->map->extra_columns) {
        r->failed = true;
        return;
    }
    for (uint32_t c = 0; c < r->table.n_cols && r->map->n_extra < MAX_EXTRA; c++) {
        if (!is_carried(r, c))
            continue;
        extra[r->map->n_extra] = c;
        r->map->extra_columns[r->map->n_extra++] = r->table.headers[c];
    }
    r->extra = extra;
}

static void check_columns(reader *r, const char *block_column)
{
    static const dlu_map_column needed[] = {DLU_COLUMN_WELL, DLU_COLUMN_CONSTRUCT,
                                            DLU_COLUMN_TREATMENT};
    dlu_place at = dlu_book_place(r->table.book, r->table.sheet, r->table.header_row, 0);
    for (size_t i = r->in_data; i < sizeof needed / sizeof *needed; i++)
        if (r->column[needed[i]] == NO_COLUMN)
            dlu_problem(&r->problems, "map-no-column", &at,
                        "a plate map has a header row with at least well, construct and treatment",
                        "expected a column %s in the header row, found none",
                        dlu_map_column_name(needed[i]));
    if (block_column && r->column[DLU_COLUMN_BLOCK] == NO_COLUMN)
        dlu_problem(&r->problems, "map-no-block-column", &at,
                    "--block takes a header of the map, plate, or none",
                    "expected a column \"%s\" for the blocks, found none", block_column);
    if (r->column[DLU_COLUMN_TECHNICAL] != NO_COLUMN)
        dlu_note(r->log, "map-technical-replicate", &at, NULL,
                 "the column \"%s\" is not used: wells of one transfection are averaged anyway",
                 r->table.headers[r->column[DLU_COLUMN_TECHNICAL]]);
}

/* Rows by plate and well, so that doubled wells are neighbours; file order among equals. */
static int by_plate_and_well(const void *a, const void *b)
{
    const dlu_map_row *x = *(const dlu_map_row *const *)a, *y = *(const dlu_map_row *const *)b;
    int plates = dlu_text_compare(x->plate, y->plate);
    if (plates)
        return plates;
    if (x->well != y->well)
        return x->well < y->well ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void check_doubled_wells(reader *r)
{
    char name[DLU_WELL_NAME_SIZE], first[160];
    const dlu_map_row **sorted = dlu_arena_alloc(r->arena, r->map->n_rows, sizeof *sorted);
    if (!sorted) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < r->map->n_rows; i++)
        sorted[i] = &r->map->rows[i];
    qsort(sorted, r->map->n_rows, sizeof *sorted, by_plate_and_well);
    for (size_t i = 1; i < r->map->n_rows; i++) {
        const dlu_map_row *a = sorted[i - 1], *b = sorted[i];
        if (a->well != b->well || dlu_text_compare(a->plate, b->plate))
            continue;
        dlu_problem(&r->problems, "map-doubled-well", &b->at,
                    "one row a well; with several plates, add a column plate",
                    "well %s%s%s stands twice in the map; it was first at %s",
                    dlu_well_name(b->well, name), b->plate ? " of plate " : "",
                    b->plate ? b->plate : "", dlu_place_render(&a->at, first, sizeof first));
    }
}

static dlu_status no_table(const dlu_source *source, dlu_error *err)
{
    dlu_place at = {.file = source->name};
    return dlu_fail(err, DLU_E_INPUT, "map-no-header", &at,
                    "write one row a well under a header such as: well, target, construct, "
                    "treatment, mirna; maps drawn as plates are not read by this version",
                    "expected a plate map with a header row (well, construct, treatment), found "
                    "no row with two of these words");
}

static dlu_status find_table(reader *r, const dlu_book *book, const dlu_source *source,
                             dlu_error *err)
{
    for (size_t i = 0; i < book->n_sheets; i++)
        if (dlu_table_find(book, &book->sheets[i], r->arena, r->in_data ? knows_table : knows_map,
                           2, &r->table))
            return DLU_OK;
    return no_table(source, err);
}

static void read_rows(reader *r)
{
    for (size_t i = 0; i < r->table.n_rows; i++)
        read_row(r, i, &r->map->rows[i]);
    if (!r->problems.n)
        check_doubled_wells(r);
}

dlu_status dlu_map_read(const dlu_source *source, const char *block_column, bool in_data,
                        dlu_arena *arena, dlu_map **out, dlu_messages *log, dlu_error *err)
{
    dlu_book *book;
    reader r = {.arena = arena, .in_data = in_data, .log = log, .problems = {.arena = arena}};
    dlu_status status = dlu_book_read(source, arena, &book, err);
    if (status == DLU_OK)
        status = find_table(&r, book, source, err);
    if (status != DLU_OK)
        return status;
    r.decimal = dlu_book_decimal(book);
    r.map = dlu_arena_alloc(arena, 1, sizeof *r.map);
    if (r.map)
        r.map->rows = dlu_arena_alloc(arena, r.table.n_rows + 1, sizeof *r.map->rows);
    if (!r.map || !r.map->rows)
        return dlu_fail_memory(err);
    r.map->file = book->file;
    r.map->n_rows = r.table.n_rows;
    find_columns(&r, block_column);
    check_columns(&r, block_column);
    find_extra(&r);
    r.map->has_plate = r.column[DLU_COLUMN_PLATE] != NO_COLUMN;
    r.map->has_replicate = r.column[DLU_COLUMN_REPLICATE] != NO_COLUMN;
    if (r.column[DLU_COLUMN_BLOCK] != NO_COLUMN)
        r.map->block_column = r.table.headers[r.column[DLU_COLUMN_BLOCK]];
    if (!r.problems.n && !r.failed)
        read_rows(&r);
    if (r.failed)
        return dlu_fail_memory(err);
    *out = r.map;
    return dlu_problems_finish(&r.problems, source->name, log, err);
}
