/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_grid.h"

#include <string.h>

#include "base/text.h"

/* Which column of the map each block of a grid says. */

static bool is_column(const char *text)
{
    return dlu_word_is_map(text);
}

dlu_place dlu_map_block_place(const dlu_book *book, const dlu_map_block *b)
{
    return dlu_book_place(book, b->block->sheet, b->block->header_row, b->block->label_col);
}

/* The text right above the header row, first cell of the block's columns, or "". */
static const char *text_above(const dlu_block *b)
{
    uint32_t n;
    const dlu_cell *cells =
        b->header_row > 1 ? dlu_sheet_row_cells(b->sheet, b->header_row - 1, &n) : (n = 0, NULL);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col >= b->label_col && cells[i].col < b->first_col + b->n_cols &&
            !dlu_text_is_blank(cells[i].text))
            return cells[i].text;
    return "";
}

/* The corner names the column; where it says nothing, the line above it or the sheet may. */
static const char *name_of(dlu_map_reader *r, const dlu_block *b)
{
    const char *name = b->corner;
    if (dlu_text_is_blank(name) || dlu_word_is_well(name) || !strcmp(name, "<>")) {
        name = text_above(b);
        if (!is_column(name))
            name = b->sheet->name && is_column(b->sheet->name) ? b->sheet->name : "";
    }
    const char *trimmed = dlu_text_trimmed(r->arena, name);
    if (!trimmed)
        r->failed = true;
    return trimmed;
}

static void nameless(dlu_map_reader *r, const dlu_book *book, const dlu_map_block *b)
{
    dlu_place at = dlu_map_block_place(book, b);
    if (dlu_block_is_layout(b->block))
        dlu_problem(&r->problems, "map-block-no-name", &at,
                    "write what the block says into its top left cell, such as construct",
                    "expected the name of a column in the top left cell of the block, found none");
    else
        dlu_warn(r->log, "map-block-not-read", &at,
                 "if it belongs to the map, write what it says into its top left cell",
                 "a block of numbers without a name in its top left cell is not read");
}

/* Keeps the block's name where it belongs to the map. */
static void take_name(dlu_map_reader *r, const dlu_book *book, dlu_map_block *b)
{
    const char *name = b->name;
    dlu_place at = dlu_map_block_place(book, b);
    bool of_plate = dlu_text_starts(name, "plate") && strpbrk(name, ":=");
    b->name = NULL;
    if (dlu_text_is_blank(name))
        nameless(r, book, b);
    else if (dlu_word_is_plate(name) || of_plate)
        dlu_problem(&r->problems, "map-block-of-plates", &at,
                    "name the plate in a line of its own above its blocks, such as plate: day1",
                    "expected a column such as construct in the top left cell, found \"%s\"", name);
    else if (dlu_word_is_channel(name))
        dlu_note(r->log, "map-block-of-light", &at, NULL,
                 "the block \"%s\" holds light and is no part of the map", name);
    else
        b->name = name;
}

/* Letters must follow each other, or the rows below the slip would be lost. */
static void check_letters(dlu_map_reader *r, const dlu_book *book, const dlu_map_block *b)
{
    uint32_t letter, row = dlu_block_end(b->block) + 1;
    bool capitals = true;
    const char *label = dlu_sheet_text(b->block->sheet, row, b->block->label_col);
    if (!dlu_row_letter(label, &capitals, &letter))
        return;
    dlu_place at = dlu_book_place(book, b->block->sheet, row, b->block->label_col);
    dlu_problem(&r->problems, "map-block-letters", &at,
                "put the rows into the order of the plate, each once",
                "expected the next row letter of the block, found \"%s\"", label);
}

/* Spellings of one column are one header; "day" and "experiment" stay two. */
static bool same_header(const char *a, const char *b)
{
    dlu_map_column column = dlu_word_map_column(a);
    if (dlu_text_alike(a, b))
        return true;
    return column != DLU_COLUMN_COUNT && column != DLU_COLUMN_BLOCK &&
           column == dlu_word_map_column(b);
}

static void take_header(dlu_map_grid *g, size_t i)
{
    dlu_map_block *b = &g->blocks[i];
    for (size_t h = 0; h < g->n_headers; h++)
        if (same_header(g->headers[h], b->name)) {
            b->header = h;
            return;
        }
    b->header = g->n_headers;
    g->header_block[g->n_headers] = i;
    g->headers[g->n_headers++] = b->name;
}

/* More columns than are carried are refused rather than dropped. */
static bool too_many(dlu_map_reader *r, const dlu_book *book, const dlu_map_grid *g, size_t i)
{
    if (g->n_headers < DLU_MAX_MAP_EXTRA)
        return false;
    dlu_place at = dlu_map_block_place(book, &g->blocks[i]);
    dlu_problem(&r->problems, "map-too-many-blocks", &at, "take out the blocks nobody needs",
                "expected at most %u columns in a map, found more", DLU_MAX_MAP_EXTRA);
    return true;
}

bool dlu_map_blocks_name(dlu_map_reader *r, const dlu_book *book, dlu_map_grid *g)
{
    bool known = false;
    for (size_t i = 0; i < g->n_blocks; i++) {
        g->blocks[i].name = name_of(r, g->blocks[i].block);
        if (r->failed)
            return false;
        known |= is_column(g->blocks[i].name);
    }
    if (!known)
        return false;
    g->headers = dlu_arena_alloc(r->arena, DLU_MAX_MAP_EXTRA, sizeof *g->headers);
    g->header_block = dlu_arena_alloc(r->arena, DLU_MAX_MAP_EXTRA, sizeof *g->header_block);
    if (!g->headers || !g->header_block) {
        r->failed = true;
        return false;
    }
    for (size_t i = 0; i < g->n_blocks; i++) {
        take_name(r, book, &g->blocks[i]);
        if (!g->blocks[i].name)
            continue;
        check_letters(r, book, &g->blocks[i]);
        if (too_many(r, book, g, i))
            break;
        take_header(g, i);
    }
    return true;
}
