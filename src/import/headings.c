/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/headings.h"

#include <string.h>

#include "base/text.h"

static void look_at(dlu_headings *h, const dlu_cell *cell)
{
    const char *text = cell->text + strspn(cell->text, " \t\r\n");
    for (size_t i = 0; i < h->n_list; i++) {
        if (!dlu_text_starts(text, h->list[i].starts))
            continue;
        h->is = h->list[i].is;
        h->cell = cell;
        h->text = text;
        return;
    }
}

void dlu_heading_above(dlu_headings *h, const dlu_sheet *sheet, uint32_t row)
{
    const dlu_scan *scan = h->scan;
    if (h->sheet != sheet || row < h->row) {
        h->next = 0;
        h->is = 0;
        h->cell = NULL;
        h->text = "";
    }
    h->sheet = sheet;
    h->row = row;
    for (; h->next < scan->n_words; h->next++) {
        const dlu_word_cell *word = &scan->words[h->next];
        if (word->sheet > sheet || (word->sheet == sheet && word->cell->row >= row))
            return;
        if (word->sheet == sheet)
            look_at(h, word->cell);
    }
}

const dlu_cell *dlu_row_cell(const dlu_sheet *sheet, uint32_t row, const char *text)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    const uint8_t letters = dlu_letters(text);
    for (uint32_t i = 0; i < n && sheet->rows[row].letters >= letters; i++)
        if (cells[i].letters >= letters && dlu_text_alike(cells[i].text, text))
            return &cells[i];
    return NULL;
}

static const char *unwrapped(dlu_arena *arena, const char *text)
{
    char *bare = dlu_text_trimmed(arena, text);
    size_t n = bare ? strlen(bare) : 0;
    if (n < 3 || bare[0] != '=' || bare[1] != '"' || bare[n - 1] != '"')
        return bare;
    bare[n - 1] = '\0';
    return dlu_text_trimmed(arena, bare + 2);
}

const char *dlu_text_below(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                           const char *name)
{
    const dlu_cell *cell = dlu_row_cell(sheet, row, name);
    return cell ? unwrapped(scan->arena, dlu_sheet_text(sheet, row + 1, cell->col)) : "";
}
