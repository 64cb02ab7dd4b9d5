/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/grid.h"

#include <string.h>

#include "base/text.h"

uint8_t dlu_letters(const char *text)
{
    uint8_t n = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p && n < DLU_LETTERS_COUNTED; p++)
        n = (uint8_t)(n + ((*p | 0x20u) - 'a' < 26u || *p >= 0x80));
    return n;
}

double dlu_cell_whole(const dlu_cell *cell)
{
    uint64_t value = 0;
    for (const char *p = cell->text; *p; p++)
        value = value * 10 + (uint64_t)(*p - '0');
    return (double)value;
}

const dlu_cell *dlu_sheet_row_cells(const dlu_sheet *sheet, uint32_t row, uint32_t *n)
{
    *n = row <= sheet->n_rows ? sheet->rows[row].n : 0;
    return *n ? &sheet->cells[sheet->rows[row].first] : NULL;
}

const dlu_cell *dlu_sheet_at(const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    uint32_t low = 0, high = n;
    if (n && col - cells[0].col < n && cells[col - cells[0].col].col == col)
        return &cells[col - cells[0].col]; /* no empty cell before it */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cells[middle].col < col)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && cells[low].col == col ? &cells[low] : NULL;
}

const char *dlu_sheet_text(const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    const dlu_cell *cell = dlu_sheet_at(sheet, row, col);
    return cell ? cell->text : "";
}

bool dlu_sheet_row_is_empty(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].whole || !dlu_text_is_blank(cells[i].text))
            return false;
    return true;
}

bool dlu_cell_number(const dlu_cell *cell, char decimal, double *out)
{
    if (!cell)
        return false;
    if (cell->whole) {
        *out = dlu_cell_whole(cell);
        return true;
    }
    if (cell->kind == DLU_CELL_NUMBER)
        return dlu_text_number(cell->date ? cell->text + strlen(cell->text) + 1 : cell->text, '.',
                               out);
    return cell->kind == DLU_CELL_TEXT && dlu_text_number(cell->text, decimal, out);
}

/* The line of a row; rows behind the last cell are taken for one line each. */
static uint32_t line_of(const dlu_sheet *sheet, uint32_t row)
{
    if (row <= sheet->n_rows)
        return sheet->rows[row].line;
    return sheet->rows[sheet->n_rows].line + (row - sheet->n_rows);
}

dlu_place dlu_book_place(const dlu_book *book, const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    dlu_place place = {.file = book->file, .row = row, .col = col};
    if (!sheet)
        return place;
    if (book->workbook)
        place.sheet = sheet->name;
    else
        place.row = line_of(sheet, row);
    return place;
}

static bool is_number_with(const char *text, char sign)
{
    double value;
    return strchr(text, sign) && dlu_text_number(text, sign, &value);
}

/* 1,234 may be one thousand: one to three digits, not led by 0, then a comma and three digits. */
static bool may_be_thousands(const char *text)
{
    const char *p = text + strspn(text, " \t\n+-");
    size_t whole = strspn(p, "0123456789");
    if (whole < 1 || whole > 3 || *p == '0' || p[whole] != ',')
        return false;
    p += whole + 1;
    return strspn(p, "0123456789") == 3 && dlu_text_is_blank(p + 3);
}

/*
 * Where every comma could also part thousands the sign stays '.', so that such cells are no numbers
 * and are named, rather than read wrong by a factor of 1000. Where both signs stand, the one of
 * more cells is taken: settings of a reader may keep the point among readings with a comma, and
 * readings with the other sign are then no numbers.
 */
char dlu_book_decimal(const dlu_book *book)
{
    size_t commas = 0, points = 0;
    if (book->workbook || (book->delimiter != '\t' && book->delimiter != ';'))
        return '.';
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        for (size_t i = 0; i < sheet->n_cells; i++) {
            const char *text = sheet->cells[i].text;
            if (sheet->cells[i].whole)
                continue;
            points += is_number_with(text, '.');
            commas += is_number_with(text, ',') && !may_be_thousands(text);
        }
    }
    return commas > points ? ',' : '.';
}
