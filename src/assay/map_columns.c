/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

#include "base/text.h"

/* Which header is which column of the map. */

/*
 * The column a header names. Of several words for a block ("block", "day", ...) the one asked for,
 * or "block", or else the first is taken; the others are carried like unknown columns.
 */
static dlu_map_column column_of(const dlu_map_reader *r, const char *header,
                                const char *block_column)
{
    dlu_map_column known = dlu_word_map_column(header);
    if (block_column && dlu_text_alike(header, block_column))
        return DLU_COLUMN_BLOCK;
    if (known != DLU_COLUMN_BLOCK)
        return known;
    bool taken = r->column[known] != DLU_NO_COLUMN && !dlu_text_alike(header, "block");
    return block_column || taken ? DLU_COLUMN_COUNT : known;
}

static void find_columns(dlu_map_reader *r, const char *block_column)
{
    for (size_t c = 0; c < DLU_COLUMN_COUNT; c++)
        r->column[c] = DLU_NO_COLUMN;
    for (size_t h = 0; h < r->form.n_headers; h++) {
        const char *header = r->form.headers[h];
        dlu_map_column known = column_of(r, header, block_column);
        if (known == DLU_COLUMN_COUNT)
            continue;
        if (r->column[known] != DLU_NO_COLUMN && known != DLU_COLUMN_BLOCK) {
            dlu_place at = dlu_map_header_place(&r->form, h);
            dlu_problem(&r->problems, "map-doubled-column", &at, "rename or delete one of them",
                        "expected one column %s, found two: \"%s\" and \"%s\"",
                        dlu_map_column_name(known), r->form.headers[r->column[known]], header);
            continue;
        }
        r->column[known] = (long)h;
    }
}

static bool is_carried(const dlu_map_reader *r, size_t h)
{
    const char *header = r->form.headers[h];
    if (dlu_text_is_blank(header) || (r->in_data && dlu_word_is_channel(header)))
        return false;
    for (size_t i = 0; i < DLU_COLUMN_COUNT; i++)
        if (r->column[i] == (long)h)
            return false;
    return true;
}

/* The header row as a whole; in the grid form, which has none, the file. */
static dlu_place headers_place(const dlu_map_reader *r)
{
    if (r->form.grid)
        return (dlu_place){.file = r->form.book->file};
    return dlu_book_place(r->form.book, r->form.table.sheet, r->form.table.header_row, 0);
}

static void say_not_carried(dlu_map_reader *r, size_t n)
{
    dlu_place at = headers_place(r);
    dlu_warn(r->log, "map-too-many-columns", &at, "take out the columns nobody needs there",
             "expected at most %u columns of your own in the map, found %zu; the last %zu are not "
             "carried into the outputs",
             DLU_MAX_MAP_EXTRA, r->map->n_extra + n, n);
}

static void find_extra(dlu_map_reader *r)
{
    size_t *extra = dlu_arena_alloc(r->arena, r->form.n_headers + 1, sizeof *extra);
    dlu_map *map = r->map;
    map->extra_columns =
        dlu_arena_alloc(r->arena, r->form.n_headers + 1, sizeof *map->extra_columns);
    if (!extra || !map->extra_columns) {
        r->failed = true;
        return;
    }
    size_t n_over = 0;
    for (size_t h = 0; h < r->form.n_headers; h++) {
        if (!is_carried(r, h))
            continue;
        if (map->n_extra >= DLU_MAX_MAP_EXTRA) {
            n_over++;
            continue;
        }
        extra[map->n_extra] = h;
        map->extra_columns[map->n_extra++] = r->form.headers[h];
    }
    r->extra = extra;
    if (n_over)
        say_not_carried(r, n_over);
}

static void lacks_column(dlu_map_reader *r, const dlu_place *at, dlu_map_column column)
{
    const char *name = dlu_map_column_name(column);
    if (r->form.grid)
        dlu_problem(&r->problems, "map-no-column", at,
                    "a map drawn as the plate has at least a block construct and a block treatment",
                    "expected a block with %s in its top left cell, found none", name);
    else
        dlu_problem(&r->problems, "map-no-column", at,
                    "a plate map has a header row with at least well, construct and treatment",
                    "expected a column %s in the header row, found none", name);
}

static void check_columns(dlu_map_reader *r, const char *block_column)
{
    static const dlu_map_column needed[] = {DLU_COLUMN_WELL, DLU_COLUMN_CONSTRUCT,
                                            DLU_COLUMN_TREATMENT};
    dlu_place at = headers_place(r);
    for (size_t i = r->in_data || r->form.grid; i < sizeof needed / sizeof *needed; i++)
        if (r->column[needed[i]] == DLU_NO_COLUMN)
            lacks_column(r, &at, needed[i]);
    if (block_column && r->column[DLU_COLUMN_BLOCK] == DLU_NO_COLUMN)
        dlu_problem(&r->problems, "map-no-block-column", &at,
                    "--block takes a header of the map, plate, or none",
                    "expected a column \"%s\" for the blocks, found none", block_column);
    if (r->column[DLU_COLUMN_TECHNICAL] != DLU_NO_COLUMN)
        dlu_note(r->log, "map-technical-replicate", &at, NULL,
                 "the column \"%s\" is not used: wells of one transfection are averaged anyway",
                 r->form.headers[r->column[DLU_COLUMN_TECHNICAL]]);
}

void dlu_map_columns_find(dlu_map_reader *r, const char *block_column)
{
    find_columns(r, block_column);
    check_columns(r, block_column);
    find_extra(r);
    r->map->has_plate = r->form.grid ? dlu_map_grid_has_plates(&r->form)
                                     : r->column[DLU_COLUMN_PLATE] != DLU_NO_COLUMN;
    r->map->has_replicate = r->column[DLU_COLUMN_REPLICATE] != DLU_NO_COLUMN;
    if (r->column[DLU_COLUMN_BLOCK] != DLU_NO_COLUMN)
        r->map->block_column = r->form.headers[r->column[DLU_COLUMN_BLOCK]];
}
