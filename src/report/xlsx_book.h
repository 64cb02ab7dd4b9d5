/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_BOOK_H
#define DLU_REPORT_XLSX_BOOK_H

#include <stdint.h>

#include "base/arena.h"
#include "report/table.h"

/*
 * A workbook being written: sheets of texts and numbers in a few styles. Rows and columns count
 * from 0. Failures are kept until dlu_xlsx_close, which tells the first.
 */
typedef struct dlu_xlsx_book dlu_xlsx_book;
typedef struct dlu_xlsx_sheet dlu_xlsx_sheet;

typedef enum dlu_xlsx_style {
    DLU_STYLE_TEXT,
    DLU_STYLE_WRAP,
    DLU_STYLE_TITLE,
    DLU_STYLE_STRONG,
    DLU_STYLE_FAINT,
    DLU_STYLE_BANNER,
    DLU_STYLE_BAND, /**< a word over a group of columns */
    DLU_STYLE_HEADER,
    DLU_STYLE_HEADER_NUMBER, /**< over numbers: at the right, as they are */
    DLU_STYLE_HEADER_MIDDLE,
    DLU_STYLE_LINK,
    DLU_STYLE_WRAP_LINK,
    DLU_STYLE_ARM,    /**< small, in the middle */
    DLU_STYLE_MIDDLE, /**< a short text in the middle of its cell */
    DLU_STYLE_MONO,   /**< letters of one width, as bases face each other */
    DLU_STYLE_COUNT,
    DLU_STYLE_LIGHT,       /**< light units */
    DLU_STYLE_PLATE_LIGHT, /**< the same in little room */
    DLU_STYLE_FOLD,        /**< two decimals */
    DLU_STYLE_CHARTED,     /**< the same, and words in place of what is below 0 */
    DLU_STYLE_LN,          /**< three decimals */
    DLU_STYLE_RATIO,       /**< four decimals */
    DLU_STYLE_P,           /**< four decimals, or a power of ten: never shown as 0.0000 */
    DLU_STYLE_P_ADJUSTED,  /**< the same, and "< 1e-12" from the floor of Dunnett's test on */
    DLU_STYLE_PERCENT,     /**< of a fraction */
    DLU_STYLE_MEASURE,     /**< of any size: 0.069, 12.3, 1,097 */
    DLU_STYLE_LINK_COUNT,
    DLU_STYLE_GENERAL,    /**< as the spreadsheet likes */
    DLU_STYLE_LEFT,       /**< the same at the left of the cell, like text */
    DLU_STYLE_SCIENTIFIC, /**< 1.64E+06, as readers show light */
    DLU_STYLE_DATE,       /**< of a day number, see dlu_xlsx_day */
    DLU_STYLE_DATE_TIME,
    DLU_STYLE_DURATION, /**< of a fraction of a day */
    DLU_STYLE_COUNT_OF
} dlu_xlsx_style;

typedef enum dlu_xlsx_fill {
    DLU_FILL_NONE,
    DLU_FILL_GREEN,
    DLU_FILL_AMBER,
    DLU_FILL_GREY,
    DLU_FILL_RED,
    DLU_FILL_FLAGGED,  /**< not a colour but an outline: the well carries a flag */
    DLU_FILL_LEFT_OUT, /**< a thick outline, the number struck out */
    DLU_FILL_COUNT_OF
} dlu_xlsx_fill;

/** A fixed day for workbooks that have none of their own: 2000-01-01, in seconds since 1970. */
#define DLU_XLSX_NO_DATE INT64_C(946684800)

/**
 * Begins a workbook; the file at `path` is made anew. The same cells give the same bytes.
 *
 * @param created  seconds since 1970, shown as the date of creation
 * @return DLU_OK; DLU_E_IO; DLU_E_USAGE where the locale of the program writes 1,5 for 1.5, which
 *         would spoil the file; DLU_E_NO_MEMORY
 */
dlu_status dlu_xlsx_open(const char *path, const char *title, int64_t created, dlu_xlsx_book **out,
                         dlu_error *err);

/**
 * The same for sheets of any length, which are written row after row, each cell once: only the row
 * in hand is kept in memory.
 */
dlu_status dlu_xlsx_open_long(const char *path, const char *title, int64_t created,
                              dlu_xlsx_book **out, dlu_error *err);

/** Writes the file and frees the book, also where something failed. DLU_OK, or why not. */
dlu_status dlu_xlsx_close(dlu_xlsx_book *book, dlu_error *err);

/** A new sheet, or NULL where memory ran out; every function below accepts NULL as a sheet. */
dlu_xlsx_sheet *dlu_xlsx_add_sheet(dlu_xlsx_book *book, const char *name);

/** A sheet of the same book that was added before, or NULL. */
dlu_xlsx_sheet *dlu_xlsx_sheet_named(dlu_xlsx_sheet *sheet, const char *name);

/** Memory that lives as long as the book, and one for texts that are written at once. */
dlu_arena *dlu_xlsx_book_arena(dlu_xlsx_book *book);
dlu_arena *dlu_xlsx_book_scratch(dlu_xlsx_book *book);
/** The latter. */
dlu_arena *dlu_xlsx_arena(dlu_xlsx_sheet *sheet);
/** Gives up what stands in it: between rows and the like, so that it stays small. */
void dlu_xlsx_rest(dlu_xlsx_sheet *sheet);
/** Tells the book that memory ran out. */
void dlu_xlsx_no_memory(dlu_xlsx_sheet *sheet);

/** A text as a cell can hold it: itself, or a mended or cut copy. NULL where memory ran out. */
const char *dlu_xlsx_cell_text(const char *text, dlu_arena *arena);

/** A text, never taken for a formula, a number or a date; cut at what a cell holds. */
void dlu_xlsx_text(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *text,
                   dlu_xlsx_style style, dlu_xlsx_fill fill);
/** A number; nothing but the fill where it is not finite. */
void dlu_xlsx_number(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, double number,
                     dlu_xlsx_style style, dlu_xlsx_fill fill);
/**
 * A formula and the value it has: a number, or `text` of dlu_xlsx_formula_text. What is not finite
 * is an empty text. A formula of NULL tells that memory ran out.
 *
 * @param array  entered as an array
 */
void dlu_xlsx_formula(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *formula,
                      bool array, double value, dlu_xlsx_style style, dlu_xlsx_fill fill);
void dlu_xlsx_formula_text(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *formula,
                           const char *text, dlu_xlsx_style style, dlu_xlsx_fill fill);
/** Lets the cells of a column be 1 or 0 only, with a list to choose from. */
void dlu_xlsx_choose(dlu_xlsx_sheet *sheet, uint32_t first, uint32_t last, uint32_t col);
/** Names a cell for formulas of all sheets. */
void dlu_xlsx_define(dlu_xlsx_sheet *sheet, const char *name, uint32_t row, uint32_t col);
/** Links a cell, which is written after, to a row (from 0) of another sheet. */
void dlu_xlsx_link(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *to,
                   uint32_t to_row);
/** The same to another file; its path is seen from the folder of the workbook. */
void dlu_xlsx_link_file(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *path);
/** Colours numbers by their size: small to large light, or ratios around their middle. */
void dlu_xlsx_colour_scale(dlu_xlsx_sheet *sheet, uint32_t first_row, uint32_t last_row,
                           uint32_t first_col, uint32_t last_col, bool ratios);
/** Hides a column; its width stays for those who show it. */
void dlu_xlsx_hide(dlu_xlsx_sheet *sheet, uint32_t col);

/** A value of the model: lists joined by "; ", yes or no, null as an empty cell. */
void dlu_xlsx_value(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                    const dlu_report_value *value, dlu_xlsx_style style, dlu_xlsx_fill fill);

/** The header of a column whose cells have that style. */
dlu_xlsx_style dlu_xlsx_header(dlu_xlsx_style style);

void dlu_xlsx_width(dlu_xlsx_sheet *sheet, uint32_t col, double characters);
/** Makes a row so many lines of text high: not every program does so by itself. */
void dlu_xlsx_lines(dlu_xlsx_sheet *sheet, uint32_t row, unsigned lines);
/** Lines that a text takes in a cell of that width, broken at blanks. */
unsigned dlu_xlsx_lines_of(const char *text, double width);
/** Keeps the rows above and the columns left of this cell in view. */
void dlu_xlsx_freeze(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col);
/** Filter buttons on a header row that has `n_rows` rows under it. */
void dlu_xlsx_filter(dlu_xlsx_sheet *sheet, uint32_t header_row, uint32_t n_rows, uint32_t n_cols);
/** Begins a page with that row. */
void dlu_xlsx_page_break(dlu_xlsx_sheet *sheet, uint32_t row);
/** Prints all on one page. */
void dlu_xlsx_one_page(dlu_xlsx_sheet *sheet);
/** Prints upright, one page wide. */
void dlu_xlsx_page_upright(dlu_xlsx_sheet *sheet);
/** Prints landscape, one page wide, the rows up to `header_row` repeated on every page. */
void dlu_xlsx_page(dlu_xlsx_sheet *sheet, uint32_t header_row);

/** Days since 1970-01-01 of a date of the Gregorian calendar. */
int64_t dlu_xlsx_days(int64_t year, unsigned month, unsigned day);
/** The day number that a spreadsheet shows as that date. */
double dlu_xlsx_day(int64_t days_since_1970);

#endif
