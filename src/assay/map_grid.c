/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_grid.h"

#include "base/text.h"

/* The grid form: the plate drawn once for each column. */

#define PLATE_WELLS (DLU_WELL_MAX_ROWS * DLU_WELL_MAX_COLS)

static uint32_t *slot(const dlu_map_grid *g, size_t plate, size_t header)
{
    size_t row = plate == DLU_EVERY_PLATE ? g->n_plates : plate;
    return &g->first[row * g->n_headers + header];
}

/* The blocks that speak of a plate: its own, else those for every plate. */
static const dlu_map_block *blocks_for(const dlu_map_grid *g, size_t plate, size_t header)
{
    uint32_t first = *slot(g, plate, header);
    if (!first)
        first = *slot(g, DLU_EVERY_PLATE, header);
    return first ? &g->blocks[first - 1] : NULL;
}

static const dlu_map_block *next_block(const dlu_map_grid *g, const dlu_map_block *b)
{
    return b->next ? &g->blocks[b->next - 1] : NULL;
}

/* Where a block has the well; false where it does not reach there. */
static bool place_in_block(const dlu_block *b, dlu_well well, uint32_t *row, uint32_t *col)
{
    uint32_t letter = well >> 8, number = well & 0xFF;
    if (number < b->first_number || number - b->first_number >= b->n_cols)
        return false;
    *col = b->first_col + number - b->first_number;
    for (size_t i = 0; i < b->n_rows; i++)
        if (b->rows[i].letter == letter) {
            *row = b->rows[i].row;
            return true;
        }
    return false;
}

static const dlu_cell *cell_in_block(const dlu_block *b, dlu_well well)
{
    uint32_t row, col;
    if (!place_in_block(b, well, &row, &col))
        return NULL;
    const dlu_cell *cell = dlu_sheet_at(b->sheet, row, col);
    return cell && !dlu_text_is_blank(cell->text) ? cell : NULL;
}

/* The first well that both blocks fill; false where there is none. */
static bool overlap(const dlu_block *a, const dlu_block *b, dlu_well *out)
{
    for (size_t i = 0; i < b->n_rows; i++)
        for (uint32_t c = 0; c < b->n_cols; c++) {
            *out = (dlu_well)(b->rows[i].letter << 8 | (b->first_number + c));
            if (cell_in_block(b, *out) && cell_in_block(a, *out))
                return true;
        }
    return false;
}

static void doubled(dlu_map_reader *r, const dlu_book *book, const dlu_map_block *a,
                    const dlu_map_block *b, dlu_well well)
{
    char name[DLU_WELL_NAME_SIZE], first[160];
    const dlu_map_grid *g = r->form.grid;
    dlu_place at = dlu_map_block_place(book, b), before = dlu_map_block_place(book, a);
    dlu_problem(&r->problems, "map-doubled-block", &at,
                "delete one of them; if they are of two plates, write a line such as plate: day1 "
                "above each",
                "expected one block %s for each well, found two for %s%s%s; the first is at %s",
                b->name, dlu_well_name(well, name), b->plate == DLU_EVERY_PLATE ? "" : " of plate ",
                b->plate == DLU_EVERY_PLATE ? "" : g->plates[b->plate],
                dlu_place_render(&before, first, sizeof first));
}

static bool is_filled(const dlu_block *b)
{
    return b->n_numbers + b->n_tokens + b->n_dashes + b->n_unsure + b->n_texts > 0;
}

/* Hangs the block behind the others of its plate and column, unless it repeats one of them. */
static void hang(dlu_map_reader *r, const dlu_book *book, dlu_map_grid *g, size_t i)
{
    dlu_well well;
    dlu_map_block *b = &g->blocks[i];
    uint32_t *end = slot(g, b->plate, b->header);
    for (; *end; end = &g->blocks[*end - 1].next) {
        const dlu_map_block *before = &g->blocks[*end - 1];
        if (overlap(before->block, b->block, &well)) {
            doubled(r, book, before, b, well);
            return;
        }
    }
    *end = (uint32_t)i + 1;
}

static bool index_blocks(dlu_map_reader *r, const dlu_book *book, dlu_map_grid *g)
{
    g->first = dlu_arena_alloc(r->arena, (g->n_plates + 1) * (g->n_headers + 1), sizeof *g->first);
    if (!g->first)
        return false;
    for (size_t i = 0; i < g->n_blocks; i++)
        if (g->blocks[i].name && is_filled(g->blocks[i].block))
            hang(r, book, g, i);
    return true;
}

/* Marks the wells of a plate of which any block says something; returns how many are new. */
static size_t mark_wells(const dlu_map_grid *g, size_t plate, bool *filled)
{
    size_t n = 0;
    for (size_t h = 0; h < g->n_headers; h++)
        for (const dlu_map_block *m = blocks_for(g, plate, h); m; m = next_block(g, m))
            for (size_t i = 0; i < m->block->n_rows; i++)
                for (uint32_t c = 0; c < m->block->n_cols; c++) {
                    uint32_t letter = m->block->rows[i].letter, number = m->block->first_number + c;
                    bool *mark = &filled[letter * DLU_WELL_MAX_COLS + number];
                    if (*mark || !cell_in_block(m->block, (dlu_well)(letter << 8 | number)))
                        continue;
                    *mark = true;
                    n++;
                }
    return n;
}

static bool list_items(dlu_map_reader *r, dlu_map_grid *g)
{
    size_t n_plates = g->n_plates ? g->n_plates : 1;
    bool *filled = dlu_arena_alloc(r->arena, n_plates, PLATE_WELLS * sizeof *filled);
    size_t n = 0;
    if (!filled)
        return false;
    for (size_t p = 0; p < n_plates; p++)
        n += mark_wells(g, g->n_plates ? p : DLU_EVERY_PLATE, filled + p * PLATE_WELLS);
    g->items = dlu_arena_alloc(r->arena, n + 1, sizeof *g->items);
    if (!g->items)
        return false;
    for (size_t i = 0; i < n_plates * PLATE_WELLS; i++) {
        uint32_t at = (uint32_t)(i % PLATE_WELLS);
        if (filled[i])
            g->items[g->n_items++] = (dlu_map_grid_item){
                (uint32_t)(i / PLATE_WELLS),
                (dlu_well)(at / DLU_WELL_MAX_COLS << 8 | at % DLU_WELL_MAX_COLS)};
    }
    return true;
}

static dlu_map_grid *grid_of(dlu_map_reader *r, const dlu_book *book, const dlu_block *blocks,
                             size_t n)
{
    dlu_map_grid *g = dlu_arena_alloc(r->arena, 1, sizeof *g);
    if (g)
        g->blocks = dlu_arena_alloc(r->arena, n + 1, sizeof *g->blocks);
    if (!g || !g->blocks)
        return NULL;
    g->n_blocks = n;
    for (size_t i = 0; i < n; i++)
        g->blocks[i] =
            (dlu_map_block){.block = &blocks[i], .sheet = (size_t)(blocks[i].sheet - book->sheets)};
    return g;
}

dlu_status dlu_map_grid_find(dlu_map_reader *r, const dlu_book *book, bool *found, dlu_error *err)
{
    dlu_block *blocks;
    size_t n;
    dlu_numbers numbers = dlu_numbers_of(book, DLU_DECIMAL_AUTO);
    *found = false;
    dlu_status status = dlu_blocks_find(book, &numbers, r->arena, &blocks, &n, err);
    if (status != DLU_OK || !n)
        return status;
    dlu_map_grid *g = grid_of(r, book, blocks, n);
    if (!g)
        return dlu_fail_memory(err);
    if (!dlu_map_blocks_name(r, book, g))
        return r->failed ? dlu_fail_memory(err) : DLU_OK;
    *found = true;
    status = dlu_map_blocks_plates(r, book, g, err);
    if (status != DLU_OK)
        return status;
    r->form.book = book;
    r->form.grid = g;
    r->form.headers = g->headers;
    r->form.n_headers = g->n_headers;
    if (!index_blocks(r, book, g) || !list_items(r, g))
        return dlu_fail_memory(err);
    r->form.n_items = g->n_items;
    return DLU_OK;
}

dlu_well dlu_map_grid_well(const dlu_map_form *form, size_t item)
{
    return form->grid->items[item].well;
}

bool dlu_map_grid_has_plates(const dlu_map_form *form)
{
    return form->grid->n_plates > 0;
}

const char *dlu_map_grid_plate(const dlu_map_form *form, size_t item)
{
    const dlu_map_grid *g = form->grid;
    return g->n_plates ? g->plates[g->items[item].plate] : NULL;
}

static size_t plate_of(const dlu_map_grid *g, size_t item)
{
    return g->n_plates ? g->items[item].plate : DLU_EVERY_PLATE;
}

const dlu_cell *dlu_map_grid_cell(const dlu_map_form *form, size_t item, size_t header)
{
    const dlu_map_grid *g = form->grid;
    const dlu_map_block *m = blocks_for(g, plate_of(g, item), header);
    const dlu_cell *cell = NULL;
    for (; m && !cell; m = next_block(g, m))
        cell = cell_in_block(m->block, g->items[item].well);
    return cell;
}

/* Where the cell of that column stands or would stand; false where no block of it has the well. */
static bool find_place(const dlu_map_form *form, size_t item, size_t header, dlu_place *out)
{
    const dlu_map_grid *g = form->grid;
    bool found = false;
    for (const dlu_map_block *m = blocks_for(g, plate_of(g, item), header); m;
         m = next_block(g, m)) {
        uint32_t row, col;
        if (!place_in_block(m->block, g->items[item].well, &row, &col))
            continue;
        bool filled = cell_in_block(m->block, g->items[item].well) != NULL;
        if (filled || !found)
            *out = dlu_book_place(form->book, m->block->sheet, row, col);
        if (filled)
            return true;
        found = true;
    }
    return found;
}

dlu_place dlu_map_grid_place(const dlu_map_form *form, size_t item, long header)
{
    dlu_place place = {.file = form->book->file};
    if (header >= 0 && find_place(form, item, (size_t)header, &place))
        return place;
    for (size_t h = 0; h < form->n_headers; h++)
        if (dlu_map_grid_cell(form, item, h) && find_place(form, item, h, &place))
            return place;
    return place;
}

dlu_place dlu_map_grid_header_place(const dlu_map_form *form, size_t header)
{
    const dlu_map_grid *g = form->grid;
    return dlu_map_block_place(form->book, &g->blocks[g->header_block[header]]);
}
