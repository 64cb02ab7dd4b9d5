/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_book.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

#include <dualuc/version.h>

#include "base/memory.h"
#include "base/say.h"
#include "base/text.h"
#include "report/xlsx_whole.h"

#define LAST_SECOND INT64_C(253402300799) /* of the year 9999 */
#define A4          9
#define LINE_POINTS 15.0
#define MAX_POINTS  409.0 /* of a row */

struct dlu_xlsx_book {
    const char *path;
    lxw_workbook *workbook;
    dlu_arena *arena;
    lxw_format *formats[DLU_STYLE_COUNT_OF][DLU_FILL_COUNT_OF];
    lxw_error failure; /* the first */
    bool no_memory;
};

struct dlu_xlsx_sheet {
    dlu_xlsx_book *book;
    lxw_worksheet *worksheet;
};

static const struct {
    const char *number_format; /* NULL: general */
    bool bold, wrap;
    double size;         /* points; 0: the default */
    uint32_t ink, paper; /* 0: the default */
    bool line;           /* under the cell */
    uint8_t align;
} styles[DLU_STYLE_COUNT_OF] = {
    [DLU_STYLE_TEXT] = {0},
    [DLU_STYLE_WRAP] = {.wrap = true},
    [DLU_STYLE_TITLE] = {.bold = true, .size = 16},
    [DLU_STYLE_STRONG] = {.bold = true},
    [DLU_STYLE_FAINT] = {.ink = 0x595959},
    [DLU_STYLE_BANNER] = {.bold = true, .ink = 0xFFFFFF, .paper = 0x44546A},
    [DLU_STYLE_BAND] = {.bold = true, .paper = 0xDDE3ED, .align = LXW_ALIGN_CENTER_ACROSS},
    [DLU_STYLE_HEADER] = {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true},
    [DLU_STYLE_HEADER_NUMBER] =
        {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true, .align = LXW_ALIGN_RIGHT},
    [DLU_STYLE_HEADER_MIDDLE] =
        {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true, .align = LXW_ALIGN_CENTER},
    [DLU_STYLE_MIDDLE] = {.wrap = true, .align = LXW_ALIGN_CENTER},
    [DLU_STYLE_COUNT] = {.number_format = "0"},
    [DLU_STYLE_LIGHT] = {.number_format = "#,##0"},
    [DLU_STYLE_FOLD] = {.number_format = "[<0.01]0.0E+00;[>=1000]0.0E+00;0.00"},
    [DLU_STYLE_LN] = {.number_format = "0.000"},
    [DLU_STYLE_RATIO] = {.number_format = "[<0.001]0.0E+00;[>=1000]0.0E+00;0.0000"},
    [DLU_STYLE_P] = {.number_format = "[<0.0001]0.0E+00;0.0000"},
    [DLU_STYLE_P_ADJUSTED] = {.number_format =
                                  "[<=0.000000000001]\"< 1e-12\";[<0.0001]0.0E+00;0.0000"},
    [DLU_STYLE_PERCENT] = {.number_format = "0.0%"},
    [DLU_STYLE_MEASURE] = {.number_format = "[>=100]#,##0;[>=10]0.0;0.000"},
    [DLU_STYLE_GENERAL] = {0},
    [DLU_STYLE_LEFT] = {.align = LXW_ALIGN_LEFT},
    [DLU_STYLE_SCIENTIFIC] = {.number_format = "0.00E+00"},
    [DLU_STYLE_DATE] = {.number_format = "yyyy-mm-dd"},
    [DLU_STYLE_DATE_TIME] = {.number_format = "m/d/yyyy h:mm:ss AM/PM"},
    [DLU_STYLE_DURATION] = {.number_format = "h:mm:ss"},
};

static const struct {
    uint32_t paper, ink;
} fills[DLU_FILL_COUNT_OF] = {
    [DLU_FILL_GREEN] = {0xC6EFCE, 0x005000},
    [DLU_FILL_AMBER] = {0xFFEB9C, 0x7F4F00},
    [DLU_FILL_GREY] = {0xEDEDED, 0x404040},
};

static lxw_format *new_format(lxw_workbook *workbook, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    lxw_format *format = workbook_add_format(workbook);
    uint32_t paper = fill ? fills[fill].paper : styles[style].paper;
    uint32_t ink = fill ? fills[fill].ink : styles[style].ink;
    if (!format)
        return NULL;
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (styles[style].number_format)
        format_set_num_format(format, styles[style].number_format);
    if (styles[style].bold)
        format_set_bold(format);
    if (styles[style].wrap)
        format_set_text_wrap(format);
    if (styles[style].size > 0)
        format_set_font_size(format, styles[style].size);
    if (styles[style].line)
        format_set_bottom(format, LXW_BORDER_THIN);
    if (styles[style].align)
        format_set_align(format, styles[style].align);
    if (paper)
        format_set_bg_color(format, paper);
    if (ink)
        format_set_font_color(format, ink);
    return format;
}

static lxw_format *format_of(dlu_xlsx_book *book, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    lxw_format **slot = &book->formats[style][fill];
    if (!*slot)
        *slot = new_format(book->workbook, style, fill);
    if (!*slot)
        book->no_memory = true;
    return *slot;
}

static void keep(dlu_xlsx_book *book, lxw_error error)
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

dlu_status dlu_xlsx_open(const char *path, const char *title, int64_t created, dlu_xlsx_book **out,
                         dlu_error *err)
{
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
        book->workbook = book->path ? workbook_new(path) : NULL;
    }
    if (!book || !book->workbook) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    set_properties(book->workbook, title, created);
    *out = book;
    return DLU_OK;
}

static dlu_status explain(const dlu_xlsx_book *book, dlu_error *err)
{
    if (book->no_memory || dlu_arena_failed(book->arena))
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
static dlu_status check_whole(const char *path, dlu_error *err)
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
        status = dlu_xlsx_check_whole(&(dlu_source){path, bytes.bytes, bytes.n}, err);
    dlu_buffer_free(&bytes);
    return status;
}

dlu_status dlu_xlsx_close(dlu_xlsx_book *book, dlu_error *err)
{
    keep(book, workbook_close(book->workbook));
    dlu_status status = explain(book, err);
    if (!status)
        status = check_whole(book->path, err);
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

dlu_arena *dlu_xlsx_book_arena(dlu_xlsx_book *book)
{
    return book->arena;
}

dlu_arena *dlu_xlsx_arena(dlu_xlsx_sheet *sheet)
{
    return sheet ? sheet->book->arena : NULL;
}

void dlu_xlsx_no_memory(dlu_xlsx_sheet *sheet)
{
    if (sheet)
        sheet->book->no_memory = true;
}

static void blank(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, dlu_xlsx_style style,
                  dlu_xlsx_fill fill)
{
    if (fill || styles[style].paper)
        keep(sheet->book, worksheet_write_blank(sheet->worksheet, row, (lxw_col_t)col,
                                                format_of(sheet->book, style, fill)));
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
    const char *cell = dlu_xlsx_cell_text(text, sheet->book->arena);
    if (!cell) {
        sheet->book->no_memory = true;
        return;
    }
    keep(sheet->book, worksheet_write_string(sheet->worksheet, row, (lxw_col_t)col, cell,
                                             format_of(sheet->book, style, fill)));
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
    keep(sheet->book, worksheet_write_number(sheet->worksheet, row, (lxw_col_t)col, number,
                                             format_of(sheet->book, style, fill)));
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
        keep(sheet->book, worksheet_write_array_formula_num(
                              sheet->worksheet, row, (lxw_col_t)col, row, (lxw_col_t)col, formula,
                              format_of(sheet->book, style, fill), value));
    } else {
        keep(sheet->book,
             worksheet_write_formula_num(sheet->worksheet, row, (lxw_col_t)col, formula,
                                         format_of(sheet->book, style, fill), value));
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
        keep(sheet->book,
             worksheet_write_formula_str(sheet->worksheet, row, (lxw_col_t)col, formula,
                                         format_of(sheet->book, style, fill), text));
}

void dlu_xlsx_choose(dlu_xlsx_sheet *sheet, uint32_t first, uint32_t last, uint32_t col)
{
    char one[] = "1", zero[] = "0", title[] = "Use this well?";
    char message[] = "1 uses the well, 0 leaves it out.";
    char *choices[] = {one, zero, NULL};
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST,
                                .value_list = choices,
                                .error_title = title,
                                .error_message = message,
                                .input_title = title,
                                .input_message = message};
    if (sheet && last >= first)
        keep(sheet->book, worksheet_data_validation_range(sheet->worksheet, first, (lxw_col_t)col,
                                                          last, (lxw_col_t)col, &rule));
}

void dlu_xlsx_define(dlu_xlsx_sheet *sheet, const char *name, uint32_t row, uint32_t col)
{
    char cell[LXW_MAX_CELL_NAME_LENGTH], formula[96];
    if (!sheet)
        return;
    lxw_rowcol_to_cell_abs(cell, row, (lxw_col_t)col, 1, 1);
    snprintf(formula, sizeof formula, "='%s'!%s", sheet->worksheet->name, cell);
    keep(sheet->book, workbook_define_name(sheet->book->workbook, name, formula));
}

void dlu_xlsx_hide(dlu_xlsx_sheet *sheet, uint32_t col)
{
    lxw_row_col_options hidden = {.hidden = LXW_TRUE};
    if (sheet)
        keep(sheet->book, worksheet_set_column_opt(sheet->worksheet, (lxw_col_t)col, (lxw_col_t)col,
                                                   12, NULL, &hidden));
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
        text = dlu_report_joined(value, "; ", sheet->book->arena);
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

void dlu_xlsx_width(dlu_xlsx_sheet *sheet, uint32_t col, double characters)
{
    if (sheet)
        keep(sheet->book, worksheet_set_column(sheet->worksheet, (lxw_col_t)col, (lxw_col_t)col,
                                               characters, NULL));
}

void dlu_xlsx_lines(dlu_xlsx_sheet *sheet, uint32_t row, unsigned lines)
{
    double height = LINE_POINTS * lines;
    if (sheet)
        keep(sheet->book, worksheet_set_row(sheet->worksheet, row,
                                            height < MAX_POINTS ? height : MAX_POINTS, NULL));
}

/* Letters up to the next blank or the end. */
static size_t word_length(const char *text)
{
    size_t letters = 0;
    for (; *text && *text != ' ' && *text != '\n'; text++)
        letters += ((unsigned char)*text & 0xC0) != 0x80;
    return letters;
}

unsigned dlu_xlsx_lines_of(const char *text, double width)
{
    size_t room = width > 1 ? (size_t)width : 1, used = 0;
    unsigned lines = 1;
    while (*text) {
        size_t word = word_length(text);
        size_t needed = used ? used + 1 + word : word;
        if (used && needed > room) {
            lines++;
            needed = word;
        }
        lines += (unsigned)(word > room ? (word - 1) / room : 0);
        used = word > room ? (word - 1) % room + 1 : needed;
        text += strcspn(text, " \n");
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

void dlu_xlsx_freeze(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col)
{
    if (sheet)
        worksheet_freeze_panes(sheet->worksheet, row, (lxw_col_t)col);
}

void dlu_xlsx_filter(dlu_xlsx_sheet *sheet, uint32_t header_row, uint32_t n_rows, uint32_t n_cols)
{
    if (sheet && n_rows && n_cols)
        keep(sheet->book, worksheet_autofilter(sheet->worksheet, header_row, 0, header_row + n_rows,
                                               (lxw_col_t)(n_cols - 1)));
}

void dlu_xlsx_page(dlu_xlsx_sheet *sheet, uint32_t header_row)
{
    if (!sheet)
        return;
    worksheet_set_landscape(sheet->worksheet);
    worksheet_set_paper(sheet->worksheet, A4);
    worksheet_set_margins(sheet->worksheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    keep(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, header_row));
    keep(sheet->book, worksheet_set_footer(sheet->worksheet, "&L&A&Rpage &P of &N"));
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
