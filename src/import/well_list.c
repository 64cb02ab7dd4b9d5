/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/well_list.h"

#include <string.h>

#include "base/text.h"

#define SUBHEADER_ROWS 12u /* between a header and the first well, empty ones counted */

uint32_t dlu_row_column(const dlu_sheet *sheet, uint32_t row, const char *text)
{
    uint32_t n;
    const uint8_t letters = dlu_letters(text);
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n && sheet->rows[row].letters >= letters; i++)
        if (cells[i].letters >= letters && dlu_text_alike(cells[i].text, text))
            return cells[i].col;
    return 0;
}

const dlu_cell *dlu_row_first(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (!dlu_text_is_blank(cells[i].text))
            return &cells[i];
    return NULL;
}

const char *dlu_bare_text(const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    const char *text = dlu_sheet_text(sheet, row, col);
    return text + strspn(text, " \t\r\n");
}

static bool is_light(const dlu_scan *scan, const dlu_cell *cell)
{
    dlu_value_kind kind = dlu_value_of(cell, &scan->numbers).kind;
    return kind == DLU_VALUE_NUMBER || kind == DLU_VALUE_TOKEN || kind == DLU_VALUE_UNSURE;
}

static bool well_of_row(const dlu_sheet *sheet, uint32_t row, uint32_t well_col,
                        uint32_t number_col, dlu_well *out)
{
    const char *text = dlu_sheet_text(sheet, row, well_col);
    bool capitals = false;
    uint32_t letter;
    long number;
    if (!number_col)
        return dlu_well_parse(text, out) && *out < DLU_WELL_TABLE_ROW;
    if (!dlu_row_letter(text, &capitals, &letter) ||
        !dlu_text_integer(dlu_sheet_text(sheet, row, number_col), 1, DLU_WELL_MAX_COLS, &number))
        return false;
    *out = letter << 8 | (uint32_t)(number - 1);
    return true;
}

typedef struct listing {
    DLU_VEC(dlu_well) wells;
    DLU_VEC(uint32_t) at;
} listing;

static bool add_well(dlu_arena *arena, listing *list, dlu_well well, uint32_t at)
{
    dlu_well *slot = DLU_VEC_ADD(arena, &list->wells, DLU_MAX_CELLS);
    uint32_t *place = slot ? DLU_VEC_ADD(arena, &list->at, DLU_MAX_CELLS) : NULL;
    if (!place)
        return false;
    *slot = well;
    *place = at;
    return true;
}

/* 1536-well plates have rows a..f after Z; where no other row is in capitals, a is A. */
static void settle_small_letters(const dlu_sheet *sheet, uint32_t well_col, listing *list)
{
    bool past = false;
    for (size_t i = 0; i < list->wells.n; i++)
        past = past || (list->wells.items[i] >> 8) >= 16;
    for (size_t i = 0; past && i < list->wells.n; i++) {
        char letter = *dlu_bare_text(sheet, list->at.items[i], well_col);
        if (letter >= 'a' && letter <= 'f' && (list->wells.items[i] >> 8) < 6)
            list->wells.items[i] += 26u << 8;
    }
}

/* The columns that hold a value of some well. */
static bool find_lines(const dlu_scan *scan, const listing *list, uint32_t well_col,
                       uint32_t number_col, uint32_t width, dlu_wells_table *out)
{
    bool *holds = dlu_arena_alloc(scan->arena, width + 1, sizeof *holds);
    out->lines = dlu_arena_alloc(scan->arena, width + 1, sizeof *out->lines);
    if (!holds || !out->lines)
        return false;
    for (size_t k = 0; k < list->at.n; k++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(out->sheet, list->at.items[k], &n);
        for (uint32_t i = 0; i < n; i++)
            if (cells[i].col != well_col && cells[i].col != number_col && !holds[cells[i].col])
                holds[cells[i].col] = is_light(scan, &cells[i]);
    }
    for (uint32_t col = 1; col <= width; col++)
        if (holds[col])
            out->lines[out->n_lines++] = col;
    return true;
}

bool dlu_list_down(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t header, uint32_t well_col,
                   uint32_t number_col, dlu_wells_table *out)
{
    listing list = {0};
    dlu_well well;
    uint32_t width = 0;
    *out = (dlu_wells_table){.sheet = sheet, .header = header, .first = well_col, .end = header};
    for (uint32_t row = header + 1; row <= sheet->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        if (!dlu_row_first(sheet, row))
            continue;
        if (!well_of_row(sheet, row, well_col, number_col, &well)) {
            if (list.wells.n || row > header + SUBHEADER_ROWS)
                break;
            continue;
        }
        if (!add_well(scan->arena, &list, well, row))
            return false;
        width = cells[n - 1].col > width ? cells[n - 1].col : width;
        out->end = row;
    }
    if (!find_lines(scan, &list, well_col, number_col, width, out))
        return false;
    settle_small_letters(sheet, well_col, &list);
    out->wells = list.wells.items;
    out->at = list.at.items;
    out->n_wells = list.wells.n;
    return list.wells.n > 0;
}

size_t *dlu_list_sort(dlu_arena *arena, dlu_wells_table *rows, const uint32_t *keys,
                      uint32_t n_keys)
{
    size_t n = rows->n_wells;
    size_t *from = dlu_arena_alloc(arena, n_keys + 2, sizeof *from);
    dlu_well *wells = dlu_arena_alloc(arena, n + 1, sizeof *wells);
    uint32_t *at = dlu_arena_alloc(arena, n + 1, sizeof *at);
    if (!from || !wells || !at)
        return NULL;
    for (size_t i = 0; i < n; i++)
        from[keys[i] + 2]++;
    for (uint32_t k = 2; k <= n_keys; k++)
        from[k] += from[k - 1];
    for (size_t i = 0; i < n; i++) {
        size_t to = from[keys[i] + 1]++;
        wells[to] = rows->wells[i];
        at[to] = rows->at[i];
    }
    rows->wells = wells;
    rows->at = at;
    return from;
}

dlu_wells_table dlu_list_slice(const dlu_wells_table *rows, size_t from, size_t to)
{
    dlu_wells_table part = *rows;
    part.wells += from;
    part.at += from;
    part.n_wells = to - from;
    return part;
}
