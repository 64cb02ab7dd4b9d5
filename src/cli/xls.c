/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/*
 * Workbooks of the old Excel format (.xls), by FreeXL, which wants a path and so has its place
 * here. Built without it, the library refuses such files by name.
 */

#ifdef CLI_FREEXL

#include <freexl.h>

static bool is_old_workbook(const cli_file *file)
{
    static const char container[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    return file->source.n_bytes >= sizeof container - 1 &&
           !memcmp(file->bytes, container, sizeof container - 1);
}

typedef struct reader {
    const void *book;
    cli_file *file;
    size_t n_cells; /* of all sheets */
} reader;

static dlu_status no_memory(const reader *r, dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", r->file->source.name, "",
                    "not enough memory");
}

static dlu_status broken(const reader *r, const char *what, int code, dlu_error *err)
{
    return cli_fail(err, DLU_E_INPUT, "xls-broken", r->file->source.name,
                    "open it in Excel or LibreOffice and save it as .xlsx",
                    "expected a whole workbook of the old Excel format (.xls), found one whose %s "
                    "cannot be read (FreeXL says %d)",
                    what, code);
}

/* False where memory ran out; a cell without text is empty. */
static bool take_value(const FreeXL_CellValue *value, dlu_source_cell *cell)
{
    char number[DLU_VALUE_TEXT_SIZE];
    const char *text = NULL;
    switch (value->type) {
    case FREEXL_CELL_INT:
    case FREEXL_CELL_DOUBLE:
        cell->is_number = true;
        cell->number =
            value->type == FREEXL_CELL_INT ? value->value.int_value : value->value.double_value;
        text = dlu_value_text(cell->number, number);
        break;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
        text = value->value.text_value;
        break;
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
        cell->is_date = true;
        text = value->value.text_value;
        break;
    default:
        return true;
    }
    cell->text = text ? strdup(text) : NULL;
    return !text || cell->text;
}

/* A day at midnight is a day, as in an .xlsx. */
static void shorten_date(const dlu_source_cell *cell)
{
    static const char midnight[] = " 00:00:00";
    size_t n = cell->is_date ? strlen(cell->text) : 0;
    if (n >= sizeof midnight && !strcmp(cell->text + n - (sizeof midnight - 1), midnight))
        ((char *)cell->text)[n - (sizeof midnight - 1)] = '\0';
}

static dlu_status take_cell(reader *r, cli_sheet *sheet, uint32_t row, uint32_t col, dlu_error *err)
{
    FreeXL_CellValue value;
    int code = freexl_get_cell_value(r->book, row, (unsigned short)col, &value);
    if (code != FREEXL_OK)
        return broken(r, "cells", code, err);
    if (value.type == FREEXL_CELL_NULL)
        return DLU_OK;
    if (sheet->n == sheet->cap) {
        size_t cap = sheet->cap ? sheet->cap * 2 : 256;
        dlu_source_cell *cells = realloc(sheet->cells, cap * sizeof *cells);
        if (!cells)
            return no_memory(r, err);
        sheet->cells = cells;
        sheet->cap = cap;
    }
    dlu_source_cell *cell = &sheet->cells[sheet->n];
    *cell = (dlu_source_cell){.row = row + 1, .col = col + 1};
    if (!take_value(&value, cell))
        return no_memory(r, err);
    if (cell->text) {
        shorten_date(cell);
        sheet->n++;
    }
    return DLU_OK;
}

static dlu_status take_sheet(reader *r, unsigned short index, cli_sheet *sheet, dlu_error *err)
{
    const char *name = NULL;
    unsigned int rows = 0;
    unsigned short cols = 0;
    int code = freexl_get_worksheet_name(r->book, index, &name);
    if (code == FREEXL_OK)
        code = freexl_select_active_worksheet(r->book, index);
    if (code == FREEXL_OK)
        code = freexl_worksheet_dimensions(r->book, &rows, &cols);
    if (code != FREEXL_OK)
        return broken(r, "sheets", code, err);
    sheet->name = strdup(name ? name : "");
    if (!sheet->name)
        return no_memory(r, err);
    for (uint32_t row = 0; row < rows; row++)
        for (uint32_t col = 0; col < cols; col++) {
            dlu_status status = take_cell(r, sheet, row, col, err);
            if (status)
                return status;
        }
    return DLU_OK;
}

static dlu_status take_book(reader *r, dlu_error *err)
{
    cli_file *file = r->file;
    unsigned int n = 0, password = FREEXL_BIFF_PLAIN;
    int code = freexl_get_info(r->book, FREEXL_BIFF_PASSWORD, &password);
    if (code == FREEXL_OK)
        code = freexl_get_info(r->book, FREEXL_BIFF_SHEET_COUNT, &n);
    if (code == FREEXL_OK && password == FREEXL_BIFF_OBFUSCATED)
        return cli_fail(err, DLU_E_INPUT, "xlsx-password", file->source.name,
                        "open it in Excel, take the password off (File, Info, Protect Workbook) "
                        "and save it again",
                        "expected a workbook, found one that is protected by a password");
    if (code != FREEXL_OK || !n)
        return broken(r, "list of sheets", code, err);
    file->sheets = calloc(n, sizeof *file->sheets);
    dlu_source_sheet *given = calloc(n, sizeof *given);
    file->source.sheets = file->given = given;
    if (!file->sheets || !given)
        return no_memory(r, err);
    for (unsigned int i = 0; i < n; i++) {
        file->n_sheets++;
        dlu_status status = take_sheet(r, (unsigned short)i, &file->sheets[i], err);
        if (status)
            return status;
        given[i] =
            (dlu_source_sheet){file->sheets[i].name, file->sheets[i].cells, file->sheets[i].n};
    }
    file->source.n_sheets = n;
    return DLU_OK;
}

dlu_status cli_xls_read(cli_file *file, dlu_error *err)
{
    reader r = {.file = file};
    if (!is_old_workbook(file))
        return DLU_OK;
    int code = freexl_open(file->source.name, &r.book);
    dlu_status status = DLU_OK;
    /* a workbook with a password of today lies in such a container too: the library names it */
    if (code == FREEXL_OK)
        status = take_book(&r, err);
    else if (code != FREEXL_BIFF_WORKBOOK_NOT_FOUND)
        status = broken(&r, "parts", code, err);
    if (r.book)
        freexl_close(r.book);
    return status;
}

#else

dlu_status cli_xls_read(cli_file *file, dlu_error *err)
{
    (void)file;
    (void)err;
    return DLU_OK;
}

#endif

void cli_xls_free(cli_file *file)
{
    for (size_t i = 0; i < file->n_sheets; i++) {
        for (size_t k = 0; k < file->sheets[i].n; k++)
            free((char *)file->sheets[i].cells[k].text);
        free(file->sheets[i].cells);
        free(file->sheets[i].name);
    }
    free(file->sheets);
    free(file->given);
}
