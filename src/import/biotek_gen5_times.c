/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/biotek_gen5.h"

#include <math.h>

#include "base/text.h"

/* The times of Gen5: in what unit they are, and which the run did not come to. */

const dlu_cell *dlu_gen5_head(const dlu_wells_table *table, size_t i)
{
    uint32_t n;
    const dlu_cell *header = dlu_sheet_row_cells(table->sheet, table->header, &n);
    return dlu_wells_head(table, i, table->across ? header[0].col : table->header);
}

bool dlu_gen5_in_days(const dlu_scan *scan, const dlu_wells_table *table, size_t n)
{
    bool parted = false;
    for (size_t i = 0; i < n; i++) {
        dlu_value value = dlu_value_of(dlu_gen5_head(table, i), &scan->numbers);
        if (value.kind != DLU_VALUE_NUMBER || value.number < 0 || value.number > 31)
            return false;
        parted = parted || value.number > floor(value.number);
    }
    return parted;
}

bool dlu_gen5_unread(const dlu_wells_table *table, size_t i)
{
    bool filled = false;
    for (size_t k = 0; k < table->n_wells; k++) {
        const dlu_cell *cell = dlu_wells_cell(table, k, i);
        if (!cell || dlu_text_is_blank(cell->text))
            continue;
        if (!dlu_text_same(cell->text, "?????"))
            return false;
        filled = true;
    }
    return filled;
}

bool dlu_gen5_unread_grid(const dlu_block *block, uint32_t line)
{
    bool filled = false;
    for (size_t r = 0; r < block->n_rows; r++) {
        for (uint32_t c = 0; c < block->n_cols; c++) {
            const char *text =
                dlu_sheet_text(block->sheet, block->rows[r].row + line, block->first_col + c);
            if (dlu_text_is_blank(text))
                continue;
            if (!dlu_text_same(text, "?????"))
                return false;
            filled = true;
        }
    }
    return filled;
}
