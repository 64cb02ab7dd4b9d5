/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/cells.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* A book of cells that the caller has read. */

static dlu_status add_cell(dlu_gathered *gathered, const dlu_source_cell *from, dlu_error *err)
{
    dlu_place place = gathered->place;
    place.row = from->row;
    char number[DLU_NUMBER_SIZE];
    bool is_number = from->is_number && !from->is_date;
    const char *text = is_number ? dlu_text_from_double(from->number, number) : from->text;
    if (dlu_text_is_blank(text))
        return DLU_OK;
    if (!from->row || from->row > DLU_MAX_SHEET_ROWS || !from->col ||
        from->col > DLU_MAX_SHEET_COLS)
        return dlu_fail(err, DLU_E_INPUT, "xlsx-off-sheet", &place,
                        "open the file in Excel or LibreOffice and save it anew",
                        "expected rows 1 to %u and columns A to XFD, found row %u and column %u",
                        DLU_MAX_SHEET_ROWS, (unsigned)from->row, (unsigned)from->col);
    dlu_status status = dlu_usage_text(gathered->usage, strlen(text), &place, err);
    if (status)
        return status;
    dlu_cell cell = {.text = dlu_arena_copy(gathered->arena, text),
                     .row = from->row,
                     .col = from->col,
                     .kind = is_number ? DLU_CELL_NUMBER : DLU_CELL_TEXT,
                     .date = from->is_date};
    return cell.text ? dlu_gathered_add(gathered, &cell, err) : dlu_fail_memory(err);
}

static dlu_status add_sheet(const dlu_source_sheet *from, dlu_arena *arena, dlu_usage *usage,
                            const dlu_book *book, dlu_sheet *out, dlu_error *err)
{
    const char *name = dlu_arena_copy(arena, from->name ? from->name : "");
    if (!name)
        return dlu_fail_memory(err);
    dlu_gathered gathered = {
        .arena = arena, .usage = usage, .place = {.file = book->file, .sheet = name}};
    for (size_t i = 0; i < from->n_cells; i++) {
        dlu_status status = add_cell(&gathered, &from->cells[i], err);
        if (status)
            return status;
    }
    return dlu_gathered_finish(&gathered, out, err);
}

dlu_status dlu_given_read(const dlu_source *source, dlu_arena *arena, dlu_book *book,
                          dlu_error *err)
{
    dlu_usage usage = {0};
    book->sheets = dlu_arena_alloc(arena, source->n_sheets, sizeof *book->sheets);
    if (!book->sheets)
        return dlu_fail_memory(err);
    for (; book->n_sheets < source->n_sheets; book->n_sheets++) {
        dlu_status status = add_sheet(&source->sheets[book->n_sheets], arena, &usage, book,
                                      &book->sheets[book->n_sheets], err);
        if (status)
            return status;
    }
    return DLU_OK;
}

void dlu_book_note(const dlu_source *source, dlu_messages *log)
{
    if (source->n_sheets)
        dlu_note(log, "xls-formulas", &(dlu_place){.file = source->name},
                 "if it has any, save it as .xlsx",
                 "read as a workbook of the old Excel format (.xls): cells that hold formulas, "
                 "errors or truth values are taken for empty");
}
