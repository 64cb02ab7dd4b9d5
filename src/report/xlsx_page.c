/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "report/xlsx_own.h"

/* What belongs to a sheet rather than to a cell: widths, panes, filters, names, printing. */

#define A4 9
/* widths count digits; letters of sentences are narrower */
#define LETTERS_A_DIGIT 1.1
#define LINE_POINTS     15.0
#define MAX_POINTS      409.0 /* of a row */

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
        dlu_xlsx_keep(sheet->book,
                      worksheet_data_validation_range(sheet->worksheet, first, (lxw_col_t)col, last,
                                                      (lxw_col_t)col, &rule));
}

void dlu_xlsx_define(dlu_xlsx_sheet *sheet, const char *name, uint32_t row, uint32_t col)
{
    char cell[LXW_MAX_CELL_NAME_LENGTH], formula[96];
    if (!sheet)
        return;
    lxw_rowcol_to_cell_abs(cell, row, (lxw_col_t)col, 1, 1);
    snprintf(formula, sizeof formula, "='%s'!%s", sheet->worksheet->name, cell);
    dlu_xlsx_keep(sheet->book, workbook_define_name(sheet->book->workbook, name, formula));
}

void dlu_xlsx_hide(dlu_xlsx_sheet *sheet, uint32_t col)
{
    lxw_row_col_options hidden = {.hidden = LXW_TRUE};
    if (sheet)
        dlu_xlsx_keep(sheet->book, worksheet_set_column_opt(sheet->worksheet, (lxw_col_t)col,
                                                            (lxw_col_t)col, 12, NULL, &hidden));
}

void dlu_xlsx_width(dlu_xlsx_sheet *sheet, uint32_t col, double characters)
{
    if (sheet)
        dlu_xlsx_keep(sheet->book, worksheet_set_column(sheet->worksheet, (lxw_col_t)col,
                                                        (lxw_col_t)col, characters, NULL));
}

void dlu_xlsx_lines(dlu_xlsx_sheet *sheet, uint32_t row, unsigned lines)
{
    double height = LINE_POINTS * lines;
    if (sheet)
        dlu_xlsx_keep(sheet->book,
                      worksheet_set_row(sheet->worksheet, row,
                                        height < MAX_POINTS ? height : MAX_POINTS, NULL));
}

void dlu_xlsx_link(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *to,
                   uint32_t to_row)
{
    char target[64];
    if (!sheet)
        return;
    snprintf(target, sizeof target, "internal:'%.31s'!A%u", to, to_row + 1);
    lxw_error error = worksheet_write_url(sheet->worksheet, row, (lxw_col_t)col, target, NULL);
    /* a sheet holds so many and no more; the cells stay */
    if (error != LXW_ERROR_WORKSHEET_MAX_NUMBER_URLS_EXCEEDED)
        dlu_xlsx_keep(sheet->book, error);
}

/* A path as the target of a link, with what a link does not hold as it stands in numbers. */
static char *link_target(const char *path, dlu_arena *arena)
{
    static const char digit[] = "0123456789ABCDEF";
    char *target = dlu_arena_alloc(arena, 3 * strlen(path) + 1, 1);
    char *to = target;
    if (!target)
        return NULL;
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        if (*p > ' ' && *p < 0x7F && !strchr("%#?\"<>\\^`{|}", *p)) {
            *to++ = (char)*p;
        } else {
            *to++ = '%';
            *to++ = digit[*p >> 4];
            *to++ = digit[*p & 15];
        }
    }
    return target;
}

void dlu_xlsx_link_file(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *path)
{
    if (!sheet)
        return;
    char *target = link_target(path, sheet->book->arena);
    if (!target) {
        dlu_xlsx_no_memory(sheet);
        return;
    }
    lxw_error error = worksheet_write_url(sheet->worksheet, row, (lxw_col_t)col, target, NULL);
    /* a sheet holds so many, a link so many letters, and no more; the cells stay */
    if (error != LXW_ERROR_WORKSHEET_MAX_NUMBER_URLS_EXCEEDED &&
        error != LXW_ERROR_WORKSHEET_MAX_URL_LENGTH_EXCEEDED &&
        error != LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        dlu_xlsx_keep(sheet->book, error);
}

void dlu_xlsx_colour_scale(dlu_xlsx_sheet *sheet, uint32_t first_row, uint32_t last_row,
                           uint32_t first_col, uint32_t last_col, bool ratios)
{
    /* by percentiles, so that one well left out does not make all others pale */
    lxw_conditional_format scale = {.type = LXW_CONDITIONAL_3_COLOR_SCALE,
                                    .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_PERCENTILE,
                                    .mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_PERCENTILE,
                                    .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_PERCENTILE,
                                    .min_value = 5,
                                    .mid_value = 50,
                                    .max_value = 95,
                                    .min_color = ratios ? 0x92C5DE : 0xFFFFFF,
                                    .mid_color = ratios ? 0xFFFFFF : 0xC6DBEF,
                                    .max_color = ratios ? 0xF4A582 : 0x6BAED6};
    if (sheet)
        dlu_xlsx_keep(sheet->book, worksheet_conditional_format_range(
                                       sheet->worksheet, first_row, (lxw_col_t)first_col, last_row,
                                       (lxw_col_t)last_col, &scale));
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
    size_t room = width > 1 ? (size_t)(width * LETTERS_A_DIGIT) : 1, used = 0;
    size_t in_word = width > 1 ? (size_t)width : 1; /* a long word may be digits or capitals */
    unsigned lines = 1;
    while (*text) {
        size_t word = word_length(text);
        size_t needed = used ? used + 1 + word : word;
        if (used && needed > room) {
            lines++;
            needed = word;
        }
        lines += (unsigned)(word > in_word ? (word - 1) / in_word : 0);
        used = word > in_word ? (word - 1) % in_word + 1 : needed;
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
        dlu_xlsx_keep(sheet->book,
                      worksheet_autofilter(sheet->worksheet, header_row, 0, header_row + n_rows,
                                           (lxw_col_t)(n_cols - 1)));
}

void dlu_xlsx_page_upright(dlu_xlsx_sheet *sheet)
{
    if (!sheet)
        return;
    worksheet_set_paper(sheet->worksheet, A4);
    worksheet_set_margins(sheet->worksheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    dlu_xlsx_keep(sheet->book, worksheet_set_footer(sheet->worksheet, "&L&A&Rpage &P of &N"));
}

void dlu_xlsx_page(dlu_xlsx_sheet *sheet, uint32_t header_row)
{
    if (!sheet)
        return;
    worksheet_set_landscape(sheet->worksheet);
    dlu_xlsx_page_upright(sheet);
    dlu_xlsx_keep(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, header_row));
}

void dlu_xlsx_page_break(dlu_xlsx_sheet *sheet, uint32_t row)
{
    lxw_row_t breaks[] = {row, 0};
    if (sheet)
        dlu_xlsx_keep(sheet->book, worksheet_set_h_pagebreaks(sheet->worksheet, breaks));
}

void dlu_xlsx_one_page(dlu_xlsx_sheet *sheet)
{
    if (sheet)
        worksheet_fit_to_pages(sheet->worksheet, 1, 1);
}
