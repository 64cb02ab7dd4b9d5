/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/blocks.h"

#include "base/text.h"

/* One grid, whoever found it. */

uint32_t dlu_block_end(const dlu_block *block)
{
    const dlu_block_row *last = block->n_rows ? &block->rows[block->n_rows - 1] : NULL;
    return last ? last->row + last->n_lines - 1 : block->header_row;
}

bool dlu_block_is_layout(const dlu_block *block)
{
    size_t light = block->n_numbers + block->n_tokens + block->n_unsure;
    return light == 0 ? block->n_texts + block->n_dashes > 0 : block->n_texts > light;
}

bool dlu_block_is_computed(const dlu_block *block)
{
    return block->n_formulas * 2 > block->n_numbers + block->n_tokens;
}

void dlu_block_plate_size(const dlu_block *block, uint32_t *n_rows, uint32_t *n_cols)
{
    static const uint32_t sizes[][2] = {{2, 3},  {3, 4},   {4, 6},  {6, 8},
                                        {8, 12}, {16, 24}, {32, 48}};
    uint32_t rows = block->n_rows ? block->rows[block->n_rows - 1].letter + 1 : 0;
    uint32_t cols = block->first_number + block->n_cols;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        *n_rows = sizes[i][0];
        *n_cols = sizes[i][1];
        /* A small plate only where all of it is there: else it is part of a 96-well plate. */
        if (i < 4 ? rows == *n_rows && cols == *n_cols : rows <= *n_rows && cols <= *n_cols)
            return;
    }
}

static bool column_number(const dlu_cell *cell, long *out)
{
    const char *text = cell->text;
    if (cell->whole && *text != '0' && text[1] && text[2])
        return false; /* what most cells hold */
    if (cell->whole) {
        double number = dlu_cell_whole(cell);
        *out = (long)number;
        return number >= 1 && number <= DLU_WELL_MAX_COLS;
    }
    return (cell->kind == DLU_CELL_TEXT || (cell->kind == DLU_CELL_NUMBER && !cell->date)) &&
           dlu_text_integer(cell->text, 1, DLU_WELL_MAX_COLS, out);
}

uint32_t dlu_column_run(const dlu_cell *cells, uint32_t n, long *first)
{
    long number;
    if (!column_number(&cells[0], first))
        return 0;
    for (uint32_t i = 1; i < n; i++)
        if (cells[i].col != cells[0].col + i || !column_number(&cells[i], &number) ||
            number != *first + (long)i)
            return i;
    return n;
}

void dlu_block_count(dlu_block *b, const dlu_numbers *numbers)
{
    for (size_t r = 0; r < b->n_rows; r++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(b->sheet, b->rows[r].row, &n);
        for (uint32_t i = 0; i < n; i++) {
            const dlu_cell *cell = &cells[i];
            if (cell->col < b->first_col || cell->col - b->first_col >= b->n_cols)
                continue;
            if (cell->whole) { /* most are: no need to know the number */
                b->n_numbers++;
                b->n_formulas += cell->formula;
                continue;
            }
            dlu_value value = dlu_value_of(cell, numbers);
            b->n_numbers += value.kind == DLU_VALUE_NUMBER;
            b->n_tokens += value.kind == DLU_VALUE_TOKEN;
            b->n_dashes += value.kind == DLU_VALUE_DASH;
            b->n_texts += value.kind == DLU_VALUE_TEXT;
            b->n_unsure += value.kind == DLU_VALUE_UNSURE;
            b->n_formulas += cell->formula && value.kind != DLU_VALUE_NONE;
        }
    }
}

const char *dlu_block_beside(const dlu_block *block, uint32_t line)
{
    if (!block->n_rows || line >= block->rows[0].n_lines)
        return "";
    return dlu_sheet_text(block->sheet, block->rows[0].row + line,
                          block->first_col + block->n_cols);
}

const char *dlu_block_row_label(const dlu_block *block)
{
    const char *label = dlu_block_beside(block, 0);
    char first = (char)(*label | 0x20);
    if (block->n_lines > 1 || block->n_rows < 2 || first < 'a' || first > 'z')
        return "";
    for (size_t r = 1; r < block->n_rows; r++)
        if (!dlu_text_same(label, dlu_sheet_text(block->sheet, block->rows[r].row,
                                                 block->first_col + block->n_cols)))
            return "";
    return label;
}

bool dlu_block_known(const dlu_sheet *sheet, const dlu_numbers *numbers, dlu_arena *arena,
                     uint32_t first_row, uint32_t first_col, uint32_t n_rows, uint32_t n_cols,
                     dlu_block *out)
{
    *out = (dlu_block){.sheet = sheet,
                       .header_row = first_row,
                       .label_col = first_col,
                       .first_col = first_col,
                       .n_cols = n_cols,
                       .n_rows = n_rows,
                       .n_lines = 1,
                       .corner = "",
                       .left = "",
                       .title = ""};
    out->rows = dlu_arena_alloc(arena, n_rows, sizeof *out->rows);
    if (!out->rows)
        return false;
    for (uint32_t r = 0; r < n_rows; r++)
        out->rows[r] = (dlu_block_row){first_row + r, r, 1};
    dlu_block_count(out, numbers);
    return true;
}
