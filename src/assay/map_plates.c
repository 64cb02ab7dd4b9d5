/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "assay/map_grid.h"
#include "base/text.h"

/*
 * Which plate each block of a grid is of. A line "plate: day1" holds for the blocks below it on its
 * sheet, until the next such line. Without lines, a sheet is a plate where one of its columns also
 * stands on another sheet. All other blocks serve every plate.
 */

typedef struct plate_line {
    size_t sheet;
    uint32_t row;
    uint32_t col;
    uint32_t name_col; /* where the name stands */
    const char *name;
} plate_line;

/* Cells that nothing was made of. */
typedef struct strays {
    size_t n;
    dlu_place at;
    const char *text;
} strays;

typedef struct finder {
    dlu_map_reader *r;
    const dlu_book *book;
    dlu_map_grid *grid;
    DLU_VEC(plate_line) lines;
    bool too_many;
    strays beside;
    strays elsewhere;
} finder;

static bool is_plate_word(finder *f, const char *text, size_t n)
{
    const char *word = dlu_arena_copy_n(f->r->arena, text, n);
    if (!word)
        f->r->failed = true;
    return word && dlu_word_is_plate(word);
}

/* "Plate 1": the word and one more that holds a digit; the whole is the name. */
static bool is_numbered(const char *text)
{
    const char *rest = text + 5;
    return dlu_text_starts(text, "plate ") && !strpbrk(rest + 1, " \t") &&
           strpbrk(rest, "0123456789");
}

/* "plate: day1", "plate = day1", "plate" with the name in the next cell, or "Plate 1". */
static bool read_line(finder *f, const dlu_sheet *sheet, const dlu_cell *cell, plate_line *out)
{
    const char *text = dlu_text_trimmed(f->r->arena, cell->text);
    size_t n = text ? strcspn(text, ":=") : 0;
    if (!text)
        f->r->failed = true;
    if (!text || !is_plate_word(f, text, n)) {
        *out =
            (plate_line){.row = cell->row, .col = cell->col, .name_col = cell->col, .name = text};
        return text && is_numbered(text);
    }
    *out = (plate_line){.row = cell->row, .col = cell->col, .name_col = cell->col};
    const char *name = text + n + (text[n] != '\0');
    if (dlu_text_is_blank(name)) {
        out->name_col = cell->col + 1;
        name = dlu_sheet_text(sheet, cell->row, cell->col + 1);
    }
    out->name = dlu_text_trimmed(f->r->arena, name);
    if (!out->name)
        f->r->failed = true;
    return out->name && *out->name;
}

static bool in_block(const dlu_block *b, uint32_t row, uint32_t col)
{
    return row >= b->header_row && row <= dlu_block_end(b) && col >= b->label_col &&
           col < b->first_col + b->n_cols;
}

static bool names_block(const dlu_map_block *b, const dlu_cell *cell)
{
    return b->name && cell->row + 1 == b->block->header_row && cell->col >= b->block->label_col &&
           dlu_word_is_map(cell->text) && dlu_text_alike(cell->text, b->name);
}

static void add_stray(strays *s, const dlu_book *book, const dlu_sheet *sheet, const dlu_cell *cell)
{
    if (!s->n++) {
        s->at = dlu_book_place(book, sheet, cell->row, cell->col);
        s->text = cell->text;
    }
}

/* A cell outside of all blocks: of a plate line, or nothing the map can use. */
static void look_at(finder *f, size_t s, const dlu_cell *cell, bool beside)
{
    const dlu_sheet *sheet = &f->book->sheets[s];
    plate_line found;
    const plate_line *last = f->lines.n ? &f->lines.items[f->lines.n - 1] : NULL;
    if (last && last->sheet == s && last->row == cell->row && last->name_col == cell->col)
        return;
    if (!beside && read_line(f, sheet, cell, &found)) {
        plate_line *line = DLU_VEC_ADD(f->r->arena, &f->lines, DLU_MAX_MAP_PLATES);
        found.sheet = s;
        if (line)
            *line = found;
        else if (f->lines.n == DLU_MAX_MAP_PLATES)
            f->too_many = true;
        else
            f->r->failed = true;
        return;
    }
    add_stray(beside ? &f->beside : &f->elsewhere, f->book, sheet, cell);
}

/* Blocks of a sheet are in the order of their header rows, none higher than a plate. */
static void walk_sheet(finder *f, size_t s, size_t first, size_t end)
{
    const dlu_sheet *sheet = &f->book->sheets[s];
    for (size_t i = 0; i < sheet->n_cells && !f->r->failed; i++) {
        const dlu_cell *cell = &sheet->cells[i];
        bool inside = dlu_text_is_blank(cell->text), beside = false;
        while (first < end &&
               f->grid->blocks[first].block->header_row + DLU_WELL_MAX_ROWS + 2 < cell->row)
            first++;
        for (size_t k = first; k < end && !inside; k++) {
            const dlu_map_block *b = &f->grid->blocks[k];
            if (b->block->header_row > cell->row + 1)
                break;
            inside = in_block(b->block, cell->row, cell->col) || names_block(b, cell);
            beside |= cell->row >= b->block->header_row && cell->row <= dlu_block_end(b->block);
        }
        if (!inside)
            look_at(f, s, cell, beside);
    }
}

/* The line that holds for a block: the nearest row above; of several there, the one over it. */
static const plate_line *line_of(const finder *f, const dlu_map_block *b)
{
    const plate_line *best = NULL;
    for (size_t i = 0; i < f->lines.n; i++) {
        const plate_line *l = &f->lines.items[i];
        if (l->sheet != b->sheet || l->row > b->block->header_row)
            continue;
        if (!best || l->row > best->row || l->col < b->block->first_col)
            best = l;
    }
    return best;
}

static size_t plate_named(finder *f, const char *name)
{
    dlu_map_grid *g = f->grid;
    for (size_t i = 0; i < g->n_plates; i++)
        if (!strcmp(g->plates[i], name))
            return i;
    if (g->n_plates == DLU_MAX_MAP_PLATES) {
        f->too_many = true;
        return 0;
    }
    g->plates[g->n_plates] = name;
    return g->n_plates++;
}

/* Sheets without lines that share a column with another such sheet are plates. */
static bool find_plate_sheets(finder *f, const plate_line **lines, bool *is_plate)
{
    dlu_map_grid *g = f->grid;
    size_t *sheet_of = dlu_arena_alloc(f->r->arena, g->n_headers + 1, sizeof *sheet_of);
    if (!sheet_of)
        return false;
    for (size_t i = 0; i < g->n_blocks; i++) {
        const dlu_map_block *b = &g->blocks[i];
        if (!b->name || lines[i])
            continue;
        size_t *first = &sheet_of[b->header];
        if (!*first)
            *first = b->sheet + 1;
        if (*first != b->sheet + 1)
            is_plate[b->sheet] = is_plate[*first - 1] = true;
    }
    return true;
}

static bool assign(finder *f)
{
    dlu_map_grid *g = f->grid;
    dlu_arena *arena = f->r->arena;
    const plate_line **lines = dlu_arena_alloc(arena, g->n_blocks + 1, sizeof *lines);
    bool *is_plate = dlu_arena_alloc(arena, f->book->n_sheets + 1, sizeof *is_plate);
    g->plates = dlu_arena_alloc(arena, DLU_MAX_MAP_PLATES, sizeof *g->plates);
    if (!lines || !is_plate || !g->plates)
        return false;
    for (size_t i = 0; i < g->n_blocks; i++)
        lines[i] = line_of(f, &g->blocks[i]);
    if (!find_plate_sheets(f, lines, is_plate))
        return false;
    for (size_t i = 0; i < g->n_blocks; i++) {
        dlu_map_block *b = &g->blocks[i];
        b->plate = DLU_EVERY_PLATE;
        if (!b->name)
            continue;
        const char *name = lines[i]             ? lines[i]->name
                           : is_plate[b->sheet] ? dlu_text_trimmed(arena, b->block->sheet->name)
                                                : NULL;
        if (name)
            b->plate = plate_named(f, name);
        else if (is_plate[b->sheet] && !lines[i])
            return false;
    }
    return true;
}

static void say_strays(const finder *f, const bool *has_blocks)
{
    const strays *b = &f->beside, *e = &f->elsewhere;
    size_t n = 0;
    const char *first = NULL;
    if (b->n)
        dlu_warn(f->r->log, "map-cells-beside", &b->at,
                 "number every column in the header row; write notes above or below the blocks",
                 "%zu cell%s beside the blocks %s not read; the first holds \"%s\"", b->n,
                 b->n == 1 ? "" : "s", b->n == 1 ? "is" : "are", b->text);
    if (e->n)
        dlu_note(f->r->log, "map-cells-outside", &e->at, NULL,
                 "%zu cell%s outside of the blocks %s not read; the first holds \"%s\"", e->n,
                 e->n == 1 ? "" : "s", e->n == 1 ? "is" : "are", e->text);
    for (size_t s = 0; s < f->book->n_sheets; s++)
        if (!has_blocks[s] && f->book->sheets[s].n_cells && !n++)
            first = f->book->sheets[s].name;
    dlu_place at = {.file = f->book->file};
    if (n)
        dlu_note(f->r->log, "map-sheets-not-read", &at, NULL,
                 "%zu sheet%s of the workbook hold%s no block and %s not read; the first is %s", n,
                 n == 1 ? "" : "s", n == 1 ? "s" : "", n == 1 ? "is" : "are", first);
}

dlu_status dlu_map_blocks_plates(dlu_map_reader *r, const dlu_book *book, dlu_map_grid *g,
                                 dlu_error *err)
{
    finder f = {.r = r, .book = book, .grid = g};
    dlu_place at = {.file = book->file};
    bool *has_blocks = dlu_arena_alloc(r->arena, book->n_sheets + 1, sizeof *has_blocks);
    if (!has_blocks)
        return dlu_fail_memory(err);
    for (size_t i = 0, end; i < g->n_blocks; i = end) {
        size_t s = g->blocks[i].sheet;
        for (end = i; end < g->n_blocks && g->blocks[end].sheet == s; end++)
            has_blocks[s] |= g->blocks[end].name != NULL;
        if (has_blocks[s])
            walk_sheet(&f, s, i, end);
    }
    if (r->failed || !assign(&f))
        return dlu_fail_memory(err);
    if (f.too_many)
        return dlu_fail(err, DLU_E_LIMIT, "map-too-many-plates", &at, NULL,
                        "expected at most %u plates in a map, found more", DLU_MAX_MAP_PLATES);
    say_strays(&f, has_blocks);
    return DLU_OK;
}
