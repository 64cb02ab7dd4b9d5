/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_cells.h"

#include <string.h>

#define MAX_TABLE_COLUMNS 64u
#define DATE_WIDTH        11u

/* Characters that fit every text of a column; bytes are near enough for a width. */
static void set_widths(dlu_xlsx_sheet *sheet, const dlu_plain_sheet *from)
{
    size_t widest[MAX_TABLE_COLUMNS] = {0};
    for (size_t i = 0; i < from->n_cells; i++) {
        const dlu_plain_cell *cell = &from->cells[i];
        size_t n = cell->text ? strlen(cell->text) : DATE_WIDTH;
        if (cell->col <= MAX_TABLE_COLUMNS && n > widest[cell->col - 1])
            widest[cell->col - 1] = n;
    }
    for (uint32_t col = 0; col < MAX_TABLE_COLUMNS; col++)
        if (widest[col])
            dlu_xlsx_width(sheet, col, (double)widest[col] + 2);
}

static void fill(dlu_xlsx_sheet *sheet, const dlu_plain_sheet *from)
{
    for (size_t i = 0; i < from->n_cells; i++) {
        const dlu_plain_cell *cell = &from->cells[i];
        if (cell->text)
            dlu_xlsx_text(sheet, cell->row - 1, cell->col - 1, cell->text, cell->style,
                          DLU_FILL_NONE);
        else
            dlu_xlsx_number(sheet, cell->row - 1, cell->col - 1, cell->number, cell->style,
                            DLU_FILL_NONE);
    }
    if (from->table) {
        set_widths(sheet, from);
        dlu_xlsx_freeze(sheet, 1, 0);
    }
}

dlu_status dlu_xlsx_cells_write(const dlu_plain_sheet *sheets, size_t n_sheets, const char *title,
                                const char *path, int64_t created, dlu_error *err)
{
    dlu_xlsx_book *book;
    dlu_status status = dlu_xlsx_open(path, title, created, &book, err);
    if (status != DLU_OK)
        return status;
    for (size_t i = 0; i < n_sheets; i++)
        fill(dlu_xlsx_add_sheet(book, sheets[i].name), &sheets[i]);
    return dlu_xlsx_close(book, err);
}
