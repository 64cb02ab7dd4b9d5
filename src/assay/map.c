/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map.h"

#include "assay/map_read.h"

const dlu_cell *dlu_map_cell(const dlu_map_form *form, size_t item, long header)
{
    if (header < 0)
        return NULL;
    return form->grid ? dlu_map_grid_cell(form, item, (size_t)header)
                      : dlu_table_at(&form->table, item, (size_t)header);
}

dlu_place dlu_map_place(const dlu_map_form *form, size_t item, long header)
{
    return form->grid ? dlu_map_grid_place(form, item, header)
                      : dlu_map_long_place(form, item, header);
}

dlu_place dlu_map_header_place(const dlu_map_form *form, size_t header)
{
    return form->grid ? dlu_map_grid_header_place(form, header)
                      : dlu_map_long_header_place(form, header);
}

static dlu_status no_form(const dlu_source *source, dlu_error *err)
{
    dlu_place at = {.file = source->name};
    return dlu_fail(err, DLU_E_INPUT, "map-no-header", &at,
                    "write one row a well under a header such as: well, target, construct, "
                    "treatment, mirna; or draw the plate once for each column: construct in the "
                    "top left cell, 1 to 12 right of it, A to H below it, then the same for "
                    "treatment",
                    "expected a plate map with a header row (well, construct, treatment) or with "
                    "blocks drawn as the plate, found no row with two of these words and no block "
                    "that begins with one");
}

static dlu_status find_form(dlu_map_reader *r, const dlu_book *book, const dlu_source *source,
                            dlu_error *err)
{
    bool found = false;
    dlu_status status = r->in_data ? DLU_OK : dlu_map_grid_find(r, book, &found, err);
    if (status != DLU_OK || found)
        return status;
    return dlu_map_long_find(r, book) ? DLU_OK : no_form(source, err);
}

static dlu_status no_rows(const dlu_source *source, dlu_error *err)
{
    dlu_place at = {.file = source->name};
    return dlu_fail(err, DLU_E_INPUT, "map-empty", &at, "say what is in each well, a row a well",
                    "expected rows of wells under the header of the plate map, found none");
}

static void read_rows(dlu_map_reader *r)
{
    for (size_t i = 0; i < r->form.n_items; i++)
        dlu_map_row_read(r, i, &r->map->rows[i]);
    if (r->problems.n || r->failed)
        return;
    dlu_map_check_wells(r);
    dlu_map_check_replicates(r);
    dlu_map_check_names(r);
}

dlu_status dlu_map_read(const dlu_source *source, const char *block_column, bool in_data,
                        dlu_arena *arena, dlu_map **out, dlu_messages *log, dlu_error *err)
{
    dlu_book *book;
    dlu_map_reader r = {
        .arena = arena, .in_data = in_data, .log = log, .problems = {.arena = arena}};
    dlu_status status = dlu_book_read(source, arena, &book, err);
    if (status == DLU_OK)
        status = find_form(&r, book, source, err);
    if (status == DLU_OK && !in_data && !r.form.n_items)
        status = no_rows(source, err);
    if (status != DLU_OK)
        return status;
    if (!in_data) /* of which the reading has said it */
        dlu_book_note(source, log);
    r.decimal = dlu_book_decimal(book);
    r.map = dlu_arena_alloc(arena, 1, sizeof *r.map);
    if (r.map)
        r.map->rows = dlu_arena_alloc(arena, r.form.n_items + 1, sizeof *r.map->rows);
    if (!r.map || !r.map->rows)
        return dlu_fail_memory(err);
    r.map->file = book->file;
    r.map->n_rows = r.form.n_items;
    r.map->grid = r.form.grid != NULL;
    if (!r.problems.n)
        dlu_map_columns_find(&r, block_column);
    if (!r.problems.n && !r.failed)
        read_rows(&r);
    if (r.failed)
        return dlu_fail_memory(err);
    *out = r.map;
    return dlu_problems_finish(&r.problems, source->name, log, err);
}
