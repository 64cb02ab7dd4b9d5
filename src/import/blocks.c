/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/blocks.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MIN_HEADER 3u
#define TITLE_ROWS 6u
#define MAX_LINES  64u /* of one letter */
#define MAX_GAP    3u  /* empty rows inside a grid */

typedef struct finder {
    const dlu_book *book;
    const dlu_numbers *numbers;
    dlu_arena *arena;
    DLU_VEC(dlu_block) blocks;
    size_t sheet_first; /* first block of the sheet in hand */
} finder;

bool dlu_row_letter(const char *text, bool *capitals, uint32_t *out)
{
    while (*text == ' ')
        text++;
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    char a = n > 0 ? text[0] : '\0', b = n > 1 ? text[1] : '\0';
    if (n == 1 && a >= 'A' && a <= 'Z') {
        *capitals = true;
        *out = (uint32_t)(a - 'A');
        return true;
    }
    if (n == 1 && a >= 'a' && a <= 'z') {
        *out = (uint32_t)(a - 'a') + (*capitals ? 26u : 0u);
        return *out < DLU_WELL_MAX_ROWS;
    }
    if (n == 2 && (a == 'A' || a == 'a') && ((b >= 'A' && b <= 'F') || (b >= 'a' && b <= 'f'))) {
        *out = 26u + (uint32_t)(b >= 'a' ? b - 'a' : b - 'A');
        return true;
    }
    return false;
}

static bool inside_block(const finder *f, uint32_t row, uint32_t col)
{
    for (size_t i = f->blocks.n; i > f->sheet_first; i--) {
        const dlu_block *b = &f->blocks.items[i - 1];
        if (row > b->header_row + 1 + DLU_WELL_MAX_ROWS)
            break;
        if (row <= dlu_block_end(b) && row >= b->header_row && col >= b->label_col &&
            col < b->first_col + b->n_cols)
            return true;
    }
    return false;
}

/* The nearest column left of the header in which the next row has a row letter; 0: none. */
static uint32_t find_label_col(const dlu_sheet *sheet, uint32_t row, uint32_t first_col)
{
    uint32_t n, letter, found = 0;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n && cells[i].col < first_col; i++) {
        bool capitals = false;
        if (cells[i].kind == DLU_CELL_TEXT && dlu_row_letter(cells[i].text, &capitals, &letter))
            found = cells[i].col;
    }
    return found;
}

static bool is_words(const dlu_cell *cell, const dlu_numbers *numbers)
{
    return cell->kind == DLU_CELL_TEXT && !dlu_text_is_blank(cell->text) &&
           dlu_value_of(cell, numbers).kind == DLU_VALUE_TEXT;
}

/* Words right of the grid's last column. */
static bool has_label_beside(const finder *f, const dlu_block *block, uint32_t row)
{
    const dlu_cell *cell = row > block->sheet->n_rows
                               ? NULL
                               : dlu_sheet_at(block->sheet, row, block->first_col + block->n_cols);
    return cell && is_words(cell, f->numbers);
}

/* A row of values without a letter. */
static bool is_further_line(const finder *f, const dlu_block *block, uint32_t row)
{
    if (row > block->sheet->n_rows ||
        !dlu_text_is_blank(dlu_sheet_text(block->sheet, row, block->label_col)))
        return false;
    for (uint32_t c = 0; c < block->n_cols; c++) {
        const dlu_cell *cell = dlu_sheet_at(block->sheet, row, block->first_col + c);
        dlu_value_kind kind = dlu_value_of(cell, f->numbers).kind;
        if (kind == DLU_VALUE_NUMBER || kind == DLU_VALUE_TOKEN)
            return true;
    }
    return has_label_beside(f, block, row);
}

/*
 * How many lines each letter has, from the first letter's: rows without a letter count where the
 * next letter follows them, or where each has a label right of the grid, as its first line has.
 * A row of totals below a grid thus is none.
 */
static uint32_t count_lines(const finder *f, const dlu_block *block, uint32_t row)
{
    uint32_t n = 1, first, next;
    bool capitals = false, labels = has_label_beside(f, block, row);
    if (!dlu_row_letter(dlu_sheet_text(block->sheet, row, block->label_col), &capitals, &first))
        return 1;
    while (n < MAX_LINES && is_further_line(f, block, row + n)) {
        labels = labels && has_label_beside(f, block, row + n);
        n++;
    }
    const char *below = dlu_sheet_text(block->sheet, row + n, block->label_col);
    return labels || (dlu_row_letter(below, &capitals, &next) && next > first) ? n : 1;
}

/* Values under the header's numbers, or nothing but the letter: no legend of letters. */
static bool is_grid_row(const finder *f, const dlu_block *block, uint32_t row, bool empty_too)
{
    uint32_t n;
    dlu_sheet_row_cells(block->sheet, row, &n);
    for (uint32_t c = 0; c < block->n_cols; c++) {
        const dlu_cell *cell = dlu_sheet_at(block->sheet, row, block->first_col + c);
        dlu_value_kind kind = dlu_value_of(cell, f->numbers).kind;
        if (kind != DLU_VALUE_NONE)
            return kind != DLU_VALUE_TEXT;
    }
    return empty_too && n == 1;
}

/*
 * The row at or after `row` that goes on with a grid whose last letter is `last`, and its letter;
 * 0: none. Empty rows between letters are no end of the grid.
 */
static uint32_t next_letter(const finder *f, const dlu_block *block, uint32_t row, uint32_t last,
                            bool *capitals, uint32_t *letter)
{
    uint32_t from = row;
    while (row - from < MAX_GAP && row <= block->sheet->n_rows &&
           dlu_sheet_row_is_empty(block->sheet, row))
        row++;
    if (row > block->sheet->n_rows ||
        !dlu_row_letter(dlu_sheet_text(block->sheet, row, block->label_col), capitals, letter) ||
        *letter <= last)
        return 0;
    return row == from || is_grid_row(f, block, row, *letter == last + 1) ? row : 0;
}

static bool add_rows(finder *f, dlu_block *block, uint32_t row)
{
    DLU_VEC(dlu_block_row) rows = {0};
    bool capitals = false;
    uint32_t letter, lines;
    block->n_lines = count_lines(f, block, row);
    for (; row <= block->sheet->n_rows; row += lines) {
        if (rows.n)
            row = next_letter(f, block, row, rows.items[rows.n - 1].letter, &capitals, &letter);
        if (!row || (!rows.n && !dlu_row_letter(dlu_sheet_text(block->sheet, row, block->label_col),
                                                &capitals, &letter)))
            break;
        dlu_block_row *slot = DLU_VEC_ADD(f->arena, &rows, DLU_WELL_MAX_ROWS);
        if (!slot)
            return false;
        for (lines = 1; lines < block->n_lines && is_further_line(f, block, row + lines);)
            lines++;
        *slot = (dlu_block_row){row, letter, lines};
    }
    block->rows = rows.items;
    block->n_rows = rows.n;
    return true;
}

/* The last cell with words in columns from..to of a row, or NULL. */
static const dlu_cell *words_between(const finder *f, const dlu_sheet *sheet, uint32_t row,
                                     uint32_t from, uint32_t to, bool first)
{
    uint32_t n;
    const dlu_cell *found = NULL;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col >= from && cells[i].col <= to && is_words(&cells[i], f->numbers) &&
            !(first && found))
            found = &cells[i];
    return found;
}

static const char *text_above(const finder *f, const dlu_block *b)
{
    uint32_t last = b->first_col + b->n_cols - 1;
    for (uint32_t up = 1; up <= TITLE_ROWS && up < b->header_row; up++) {
        uint32_t row = b->header_row - up;
        if (inside_block(f, row, b->label_col) || inside_block(f, row, b->first_col))
            break;
        const dlu_cell *cell = words_between(f, b->sheet, row, b->label_col, last, true);
        if (!cell)
            cell = words_between(f, b->sheet, row, 1, b->label_col, false);
        if (cell)
            return cell->text;
    }
    return "";
}

static bool add_texts(const finder *f, dlu_block *b)
{
    const dlu_cell *left = NULL;
    if (b->label_col > 1) {
        left = words_between(f, b->sheet, b->header_row, 1, b->label_col - 1, false);
        if (!left)
            left = words_between(f, b->sheet, b->rows[0].row, 1, b->label_col - 1, false);
    }
    const char *corner = dlu_sheet_text(b->sheet, b->header_row, b->label_col);
    b->corner = dlu_text_trimmed(f->arena, corner);
    b->left = left ? dlu_text_trimmed(f->arena, left->text) : "";
    b->title = dlu_text_trimmed(f->arena, text_above(f, b));
    return b->corner && b->left && b->title;
}

/* *made is false where no rows of a plate stand below the header. */
static bool make_block(finder *f, const dlu_sheet *sheet, const dlu_cell *header, uint32_t n,
                       long first, dlu_block *block, bool *made)
{
    uint32_t row = header->row + 1, before;
    bool capitals = false;
    *made = false;
    if (row <= sheet->n_rows && dlu_sheet_row_is_empty(sheet, row))
        row++;
    *block = (dlu_block){.sheet = sheet,
                         .header_row = header->row,
                         .first_col = header->col,
                         .first_number = (uint32_t)(first - 1),
                         .n_cols = n};
    block->label_col = find_label_col(sheet, row, header->col);
    if (!block->label_col)
        return true;
    if (!add_rows(f, block, row))
        return false;
    /* A letter in the corner that comes before the first: this header is a row of values. */
    const char *corner = dlu_sheet_text(sheet, header->row, block->label_col);
    if (!block->n_rows ||
        (dlu_row_letter(corner, &capitals, &before) && before <= block->rows[0].letter))
        return true;
    dlu_block_count(block, f->numbers);
    *made = true;
    return add_texts(f, block);
}

static dlu_status scan_row(finder *f, const dlu_sheet *sheet, uint32_t row, dlu_error *err)
{
    uint32_t n, length;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i + MIN_HEADER <= n; i += length ? length : 1) {
        dlu_block block;
        bool made;
        long first;
        length = dlu_column_run(cells + i, n - i, &first);
        if (length < MIN_HEADER || inside_block(f, row, cells[i].col))
            continue;
        if (!make_block(f, sheet, &cells[i], length, first, &block, &made))
            return dlu_fail_memory(err);
        if (!made)
            continue;
        dlu_block *slot = DLU_VEC_ADD(f->arena, &f->blocks, DLU_MAX_BLOCKS);
        dlu_place place = dlu_book_place(f->book, sheet, row, cells[i].col);
        if (!slot)
            return f->blocks.n < DLU_MAX_BLOCKS
                       ? dlu_fail_memory(err)
                       : dlu_fail(err, DLU_E_LIMIT, "blocks-limit", &place,
                                  "give the plates of one experiment in one file",
                                  "expected at most %u plate grids in a file, found more",
                                  DLU_MAX_BLOCKS);
        *slot = block;
    }
    return DLU_OK;
}

dlu_status dlu_blocks_find(const dlu_book *book, const dlu_numbers *numbers, dlu_arena *arena,
                           dlu_block **out, size_t *n_out, dlu_error *err)
{
    finder f = {.book = book, .numbers = numbers, .arena = arena};
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        f.sheet_first = f.blocks.n;
        for (uint32_t row = 1; row < sheet->n_rows; row++) {
            dlu_status status = scan_row(&f, sheet, row, err);
            if (status)
                return status;
        }
    }
    *out = f.blocks.items;
    *n_out = f.blocks.n;
    return DLU_OK;
}
