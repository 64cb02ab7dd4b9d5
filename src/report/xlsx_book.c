/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_book.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <dualuc/version.h>

#include "base/memory.h"
#include "base/say.h"
#include "base/text.h"
#include "report/xlsx_own.h"
#include "report/xlsx_whole.h"

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999 */

void dlu_xlsx_keep(dlu_xlsx_book *book, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        book->no_memory = true;
    else if (error && !book->failure)
        book->failure = error;
}

/* The library would print where the file cannot be made; so it is tried first. */
static dlu_status check_writable(const char *path, dlu_error *err)
{
    dlu_place place = {.file = path};
    FILE *file = fopen(path, "wb");
    if (!file || fclose(file))
        return dlu_fail(err, DLU_E_IO, "workbook-not-writable", &place,
                        "check that the folder exists, and that the file is not open in Excel",
                        "the workbook cannot be written");
    return DLU_OK;
}

static dlu_status check_locale(dlu_error *err)
{
    if (!strcmp(localeconv()->decimal_point, "."))
        return DLU_OK;
    return dlu_fail(err, DLU_E_USAGE, "locale-decimal", NULL,
                    "call setlocale(LC_NUMERIC, \"C\") before writing a workbook",
                    "expected a locale with \".\" as decimal sign, found \"%s\": numbers in the "
                    "workbook would be damaged",
                    localeconv()->decimal_point);
}

static void set_properties(lxw_workbook *workbook, const char *title, int64_t created)
{
    char name[128], author[] = "dualuc", comments[64];
    snprintf(name, sizeof name, "%s", title);
    snprintf(comments, sizeof comments, "dualuc %s", dlu_version());
    /* 0 stands for "now" */
    int64_t second = created < 1 ? 1 : created > LAST_SECOND ? LAST_SECOND : created;
    lxw_doc_properties properties = {
        .title = name, .author = author, .comments = comments, .created = (time_t)second};
    workbook_set_properties(workbook, &properties);
}

static dlu_status open_book(const char *path, const char *title, int64_t created, bool row_by_row,
                            dlu_xlsx_book **out, dlu_error *err)
{
    lxw_workbook_options options = {.constant_memory = row_by_row};
    *out = NULL;
    dlu_status status = check_locale(err);
    if (status == DLU_OK)
        status = check_writable(path, err);
    if (status != DLU_OK)
        return status;
    dlu_arena *arena = dlu_arena_new();
    dlu_xlsx_book *book = arena ? dlu_arena_alloc(arena, 1, sizeof *book) : NULL;
    if (book) {
        book->arena = arena;
        book->path = dlu_arena_copy(arena, path);
        book->scratch = dlu_arena_new();
        book->row_by_row = row_by_row;
        book->workbook = book->path && book->scratch ? workbook_new_opt(path, &options) : NULL;
    }
    if (!book || !book->workbook) {
        dlu_arena_free(book ? book->scratch : NULL);
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    set_properties(book->workbook, title, created);
    *out = book;
    return DLU_OK;
}

dlu_status dlu_xlsx_open(const char *path, const char *title, int64_t created, dlu_xlsx_book **out,
                         dlu_error *err)
{
    return open_book(path, title, created, false, out, err);
}

dlu_status dlu_xlsx_open_long(const char *path, const char *title, int64_t created,
                              dlu_xlsx_book **out, dlu_error *err)
{
    return open_book(path, title, created, true, out, err);
}

static dlu_status explain(const dlu_xlsx_book *book, dlu_error *err)
{
    if (book->no_memory || dlu_arena_failed(book->arena) || dlu_arena_failed(book->scratch))
        return dlu_fail_memory(err);
    if (book->failure == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        return dlu_fail(
            err, DLU_E_LIMIT, "workbook-too-long", NULL, "write the tables with --csv instead",
            "expected at most %d rows and %d columns in a sheet, found a table with more",
            LXW_ROW_MAX, LXW_COL_MAX);
    if (book->failure)
        return dlu_fail(err, DLU_E_IO, "workbook-not-written", NULL,
                        "check the free space of the disk and of the folder for temporary files",
                        "the workbook could not be written: %s", lxw_strerror(book->failure));
    return DLU_OK;
}

static dlu_status fail_read_back(dlu_error *err)
{
    return dlu_fail(err, DLU_E_IO, "workbook-not-read-back", NULL, "choose another place for it",
                    "the workbook was written, but cannot be read back to see whether it is whole");
}

/*
 * libxlsxwriter writes each part to a temporary file of its own, and does not look whether that
 * failed; then it packs what is there. So the workbook is read again.
 */
static dlu_status check_whole(const char *path, size_t cells, dlu_error *err)
{
    char piece[16384];
    dlu_buffer bytes = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail_read_back(err);
    for (size_t n; bytes.n <= DLU_MAX_FILE_BYTES && (n = fread(piece, 1, sizeof piece, file)) > 0;)
        dlu_buffer_add_n(&bytes, piece, n);
    bool bad = ferror(file);
    fclose(file);
    dlu_status status;
    if (bad)
        status = fail_read_back(err);
    else if (bytes.failed)
        status = dlu_fail_memory(err);
    else if (bytes.n > DLU_MAX_FILE_BYTES)
        status = DLU_OK; /* not known: nothing larger is ever read */
    else
        status = dlu_xlsx_check_whole(
            &(dlu_source){.name = path, .bytes = bytes.bytes, .n_bytes = bytes.n}, cells, err);
    dlu_buffer_free(&bytes);
    return status;
}

/* A block of a part that is lost between two cells leaves XML that looks whole. */
static size_t count_cells(const lxw_workbook *workbook)
{
    size_t n = 0;
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers)
    {
        for (lxw_row_t r = 0; r <= sheet->dim_rowmax && r < LXW_ROW_MAX; r++) {
            lxw_row *row = lxw_worksheet_find_row(sheet, r);
            for (lxw_col_t c = 0; row && c <= sheet->dim_colmax && c < LXW_COL_MAX; c++)
                n += lxw_worksheet_find_cell_in_row(row, c) != NULL;
        }
    }
    return n;
}

dlu_status dlu_xlsx_close(dlu_xlsx_book *book, dlu_error *err)
{
    size_t cells = book->row_by_row ? book->cells : count_cells(book->workbook);
    dlu_xlsx_keep(book, workbook_close(book->workbook));
    dlu_status status = explain(book, err);
    if (!status)
        status = check_whole(book->path, cells, err);
    dlu_arena_free(book->scratch);
    dlu_arena_free(book->arena);
    return status;
}

dlu_xlsx_sheet *dlu_xlsx_add_sheet(dlu_xlsx_book *book, const char *name)
{
    dlu_xlsx_sheet *sheet = dlu_arena_alloc(book->arena, 1, sizeof *sheet);
    lxw_worksheet *worksheet = sheet ? workbook_add_worksheet(book->workbook, name) : NULL;
    if (!worksheet) {
        book->no_memory = true;
        return NULL;
    }
    *sheet = (dlu_xlsx_sheet){book, worksheet};
    return sheet;
}

dlu_xlsx_sheet *dlu_xlsx_sheet_named(dlu_xlsx_sheet *sheet, const char *name)
{
    if (!sheet)
        return NULL;
    dlu_xlsx_sheet *found = dlu_arena_alloc(sheet->book->arena, 1, sizeof *found);
    if (!found) {
        sheet->book->no_memory = true;
        return NULL;
    }
    *found =
        (dlu_xlsx_sheet){sheet->book, workbook_get_worksheet_by_name(sheet->book->workbook, name)};
    return found->worksheet ? found : NULL;
}

dlu_arena *dlu_xlsx_book_arena(dlu_xlsx_book *book)
{
    return book->arena;
}

dlu_arena *dlu_xlsx_book_scratch(dlu_xlsx_book *book)
{
    return book->scratch;
}

dlu_arena *dlu_xlsx_arena(dlu_xlsx_sheet *sheet)
{
    return sheet ? sheet->book->scratch : NULL;
}

void dlu_xlsx_rest(dlu_xlsx_sheet *sheet)
{
    if (sheet)
        dlu_arena_clear(sheet->book->scratch);
}

void dlu_xlsx_no_memory(dlu_xlsx_sheet *sheet)
{
    if (sheet)
        sheet->book->no_memory = true;
}

static void keep_cell(dlu_xlsx_sheet *sheet, lxw_error error)
{
    sheet->book->cells++;
    dlu_xlsx_keep(sheet->book, error);
}

static void blank(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, dlu_xlsx_style style,
                  dlu_xlsx_fill fill)
{
    if (fill || dlu_xlsx_has_paper(style))
        keep_cell(sheet, worksheet_write_blank(sheet->worksheet, row, (lxw_col_t)col,
                                               dlu_xlsx_format_of(sheet->book, style, fill)));
}

void dlu_xlsx_text(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *text,
                   dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    if (!sheet)
        return;
    if (!text || !*text) {
        blank(sheet, row, col, style, fill);
        return;
    }
    const char *cell = dlu_xlsx_cell_text(text, sheet->book->scratch);
    if (!cell) {
        sheet->book->no_memory = true;
        return;
    }
    keep_cell(sheet, worksheet_write_string(sheet->worksheet, row, (lxw_col_t)col, cell,
                                            dlu_xlsx_format_of(sheet->book, style, fill)));
}

void dlu_xlsx_number(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, double number,
                     dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    if (!sheet)
        return;
    if (!isfinite(number)) {
        blank(sheet, row, col, style, fill);
        return;
    }
    keep_cell(sheet, worksheet_write_number(sheet->worksheet, row, (lxw_col_t)col, number,
                                            dlu_xlsx_format_of(sheet->book, style, fill)));
}

void dlu_xlsx_formula(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *formula,
                      bool array, double value, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    if (!sheet)
        return;
    if (!formula) {
        sheet->book->no_memory = true;
    } else if (!isfinite(value)) {
        dlu_xlsx_formula_text(sheet, row, col, formula, "", style, fill);
    } else if (array) {
        keep_cell(sheet, worksheet_write_array_formula_num(
                             sheet->worksheet, row, (lxw_col_t)col, row, (lxw_col_t)col, formula,
                             dlu_xlsx_format_of(sheet->book, style, fill), value));
    } else {
        keep_cell(sheet,
                  worksheet_write_formula_num(sheet->worksheet, row, (lxw_col_t)col, formula,
                                              dlu_xlsx_format_of(sheet->book, style, fill), value));
    }
}

void dlu_xlsx_formula_text(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *formula,
                           const char *text, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    if (!sheet)
        return;
    if (!formula)
        sheet->book->no_memory = true;
    else
        keep_cell(sheet,
                  worksheet_write_formula_str(sheet->worksheet, row, (lxw_col_t)col, formula,
                                              dlu_xlsx_format_of(sheet->book, style, fill), text));
}

void dlu_xlsx_value(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                    const dlu_report_value *value, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    const char *text = value->text;
    if (!sheet)
        return;
    if (value->kind == DLU_VALUE_NUMBER || value->kind == DLU_VALUE_COUNT) {
        dlu_xlsx_number(sheet, row, col, value->number, style, fill);
        return;
    }
    if (value->kind == DLU_VALUE_BOOL) {
        text = value->yes ? "yes" : "no";
    } else if (value->kind == DLU_VALUE_LIST) {
        text = dlu_report_joined(value, "; ", sheet->book->scratch);
        if (!text)
            sheet->book->no_memory = true;
    }
    dlu_xlsx_text(sheet, row, col, text, style, fill);
}

dlu_xlsx_style dlu_xlsx_header(dlu_xlsx_style style)
{
    if (style == DLU_STYLE_MIDDLE)
        return DLU_STYLE_HEADER_MIDDLE;
    bool number = style >= DLU_STYLE_COUNT && style != DLU_STYLE_LEFT;
    return number ? DLU_STYLE_HEADER_NUMBER : DLU_STYLE_HEADER;
}

/* Days of the civil calendar counted from 1 March, where the leap day is the last of its year. */
int64_t dlu_xlsx_days(int64_t year, unsigned month, unsigned day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

double dlu_xlsx_day(int64_t days_since_1970)
{
    return (double)(days_since_1970 + 25569);
}
