/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"

static const char smaller_hint[] = "give a file that holds the plates alone";

dlu_status dlu_fail_cells(const dlu_place *place, dlu_error *err)
{
    return dlu_fail(err, DLU_E_LIMIT, "too-many-cells", place, smaller_hint,
                    "expected at most %u cells in the file, found more", DLU_MAX_CELLS);
}

bool dlu_text_is_whole(const char *text)
{
    size_t n = 0;
    while (n <= DLU_WHOLE_DIGITS && text[n] >= '0' && text[n] <= '9')
        n++;
    return n > 0 && n <= DLU_WHOLE_DIGITS && !text[n];
}

static bool is_whole(const dlu_cell *cell)
{
    bool may_be = cell->kind == DLU_CELL_TEXT || cell->kind == DLU_CELL_NUMBER;
    return may_be && !cell->date && dlu_text_is_whole(cell->text);
}

dlu_status dlu_gathered_add(dlu_gathered *gathered, const dlu_cell *cell, dlu_error *err)
{
    if (gathered->usage->cells >= DLU_MAX_CELLS) {
        dlu_place place = gathered->place;
        place.row = cell->row;
        return dlu_fail_cells(&place, err);
    }
    const dlu_cell *last = gathered->cells.n ? &gathered->cells.items[gathered->cells.n - 1] : NULL;
    if (last && (cell->row < last->row || (cell->row == last->row && cell->col <= last->col)))
        gathered->disordered = true;
    dlu_cell *slot = DLU_VEC_ADD(gathered->arena, &gathered->cells, DLU_MAX_CELLS);
    if (!slot)
        return dlu_fail_memory(err);
    *slot = *cell;
    slot->whole = is_whole(cell);
    slot->letters = slot->whole ? 0 : dlu_letters(cell->text);
    gathered->usage->cells++;
    return DLU_OK;
}

dlu_status dlu_check_cell_text(size_t n, const dlu_place *place, dlu_error *err)
{
    if (n <= DLU_MAX_CELL_BYTES)
        return DLU_OK;
    return dlu_fail(err, DLU_E_LIMIT, "cell-too-long", place,
                    "look for a quotation mark that is not closed, or for line ends that are "
                    "missing",
                    "expected at most %zu bytes of text in a cell, found %zu", DLU_MAX_CELL_BYTES,
                    n);
}

dlu_status dlu_usage_text(dlu_usage *usage, size_t n, const dlu_place *place, dlu_error *err)
{
    dlu_status status = dlu_check_cell_text(n, place, err);
    if (status)
        return status;
    if (n > DLU_MAX_TEXT_BYTES - usage->text_bytes)
        return dlu_fail(err, DLU_E_LIMIT, "too-much-text", place, smaller_hint,
                        "expected at most %zu bytes of text in the cells of the file, found more",
                        DLU_MAX_TEXT_BYTES);
    usage->text_bytes += n;
    return DLU_OK;
}

dlu_status dlu_usage_rows(dlu_usage *usage, size_t n, const dlu_place *place, dlu_error *err)
{
    if (n > DLU_MAX_BOOK_ROWS - usage->rows)
        return dlu_fail(err, DLU_E_LIMIT, "too-many-rows", place, smaller_hint,
                        "expected at most %u rows in the file, found more", DLU_MAX_BOOK_ROWS);
    usage->rows += n;
    return DLU_OK;
}

/* A cell with its place in the file, which breaks ties of the sort. */
typedef struct numbered {
    dlu_cell cell;
    uint32_t order;
} numbered;

static int by_place(const void *a, const void *b)
{
    const numbered *x = a, *y = b;
    if (x->cell.row != y->cell.row)
        return x->cell.row < y->cell.row ? -1 : 1;
    if (x->cell.col != y->cell.col)
        return x->cell.col < y->cell.col ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static dlu_status check_doubled(const dlu_gathered *gathered, const dlu_cell *first,
                                const dlu_cell *second, dlu_error *err)
{
    dlu_place place = gathered->place;
    if (first->kind == second->kind && !strcmp(first->text, second->text))
        return DLU_OK;
    place.row = second->row;
    place.col = second->col;
    return dlu_fail(err, DLU_E_INPUT, "xlsx-doubled-cell", &place,
                    "open the file in Excel or LibreOffice, check the cell and save it anew",
                    "expected each cell once in a sheet, found this one twice: \"%.80s\" and "
                    "\"%.80s\"",
                    first->text, second->text);
}

static dlu_status sort(dlu_gathered *gathered, dlu_error *err)
{
    dlu_arena *scratch = dlu_arena_new();
    dlu_status status = DLU_OK;
    size_t n = gathered->cells.n, kept = 0;
    numbered *list = scratch ? dlu_arena_alloc(scratch, n, sizeof *list) : NULL;
    if (!list) {
        dlu_arena_free(scratch);
        return dlu_fail_memory(err);
    }
    dlu_cell *cells = gathered->cells.items;
    for (size_t i = 0; i < n; i++)
        list[i] = (numbered){cells[i], (uint32_t)i};
    qsort(list, n, sizeof *list, by_place);
    for (size_t i = 0; i < n && status == DLU_OK; i++) {
        const dlu_cell *cell = &list[i].cell;
        if (kept && cells[kept - 1].row == cell->row && cells[kept - 1].col == cell->col)
            status = check_doubled(gathered, &cells[kept - 1], cell, err);
        else
            cells[kept++] = *cell;
    }
    gathered->cells.n = kept;
    dlu_arena_free(scratch);
    return status;
}

dlu_status dlu_gathered_finish(dlu_gathered *gathered, dlu_sheet *out, dlu_error *err)
{
    dlu_status status = gathered->disordered ? sort(gathered, err) : DLU_OK;
    if (status)
        return status;
    const dlu_cell *cells = gathered->cells.items;
    size_t n = gathered->cells.n;
    uint32_t n_rows = n ? cells[n - 1].row : 0, n_cols = 0;
    status = dlu_usage_rows(gathered->usage, n_rows, &gathered->place, err);
    if (status)
        return status;
    dlu_sheet_row *rows = dlu_arena_alloc(gathered->arena, (size_t)n_rows + 1, sizeof *rows);
    if (!rows)
        return dlu_fail_memory(err);
    for (uint32_t r = 0; r <= n_rows; r++)
        rows[r].line = r;
    for (size_t i = 0; i < n; i++) {
        dlu_sheet_row *row = &rows[cells[i].row];
        if (row->n++ == 0)
            row->first = (uint32_t)i;
        if (cells[i].col > n_cols)
            n_cols = cells[i].col;
        if (cells[i].letters > row->letters)
            row->letters = cells[i].letters;
    }
    *out = (dlu_sheet){gathered->place.sheet, cells, n, rows, n_rows, n_cols};
    return DLU_OK;
}
