/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_GRID_GRID_H
#define DLU_GRID_GRID_H

#include <dualuc/import.h>

#include "base/arena.h"

/* Sheets of cells, whatever the file was. Rows and columns count from 1, as Excel shows them. */

#define DLU_MAX_UNPACKED_BYTES ((size_t)256 << 20) /**< of one part of a workbook */
#define DLU_MAX_CELLS          4000000u            /**< of one book */

typedef enum dlu_cell_kind {
    DLU_CELL_TEXT,
    DLU_CELL_NUMBER, /**< only in workbooks; text files hold texts */
    DLU_CELL_BOOL,
    DLU_CELL_ERROR
} dlu_cell_kind;

/** A cell that holds something; empty ones are not kept. Small, for there are millions of them. */
typedef struct dlu_cell {
    /** As stored, trimmed of nothing; for dates "2019-02-12" or with time, and behind its NUL the
     * serial number of that day. */
    const char *text;
    uint32_t row;
    uint32_t col : 16;
    uint32_t letters : 8; /**< dlu_letters(text): most cells are numbers, which no word can be */
    uint32_t kind : 4;    /**< dlu_cell_kind */
    uint32_t formula : 1; /**< computed by a formula of the sheet */
    uint32_t date : 1;    /**< a number formatted as a date or a time */
    uint32_t whole : 1;   /**< text or number: 1 to 15 digits and nothing else, as most light is */
} dlu_cell;

#define DLU_WHOLE_DIGITS 15u /**< so many are a double exactly */

/** The number of a cell that is `whole`. */
double dlu_cell_whole(const dlu_cell *cell);

#define DLU_LETTERS_COUNTED 16u

/** How many letters a text has, bytes beyond ASCII counted as such: at most 16 are counted. */
uint8_t dlu_letters(const char *text);

typedef struct dlu_sheet_row {
    uint32_t first; /**< index of the row's first cell */
    uint32_t n;
    uint32_t line;   /**< line of a text file on which the row begins; else the row */
    uint16_t fields; /**< of a text file, empty ones included: 1 for an empty line; else 0 */
    uint8_t letters; /**< the most that a cell of the row has */
} dlu_sheet_row;

typedef struct dlu_sheet {
    const char *name;      /**< NULL for a text file */
    const dlu_cell *cells; /**< by row, then column */
    size_t n_cells;
    const dlu_sheet_row *rows; /**< rows[r] is row r; rows[0] is empty; n_rows + 1 of them */
    uint32_t n_rows;           /**< the last row that holds a cell */
    uint32_t n_cols;           /**< the last column that holds a cell */
} dlu_sheet;

/** A file as sheets. Lives in the arena it was read into. */
typedef struct dlu_book {
    const char *file;
    bool workbook;        /**< xlsx; else delimited text */
    char delimiter;       /**< of text */
    const char *encoding; /**< of text */
    dlu_sheet *sheets;    /**< in the order of the workbook */
    size_t n_sheets;
} dlu_book;

/**
 * Reads any file that holds cells: xlsx, or text with commas, semicolons or tabs.
 *
 * @return DLU_OK; DLU_E_INPUT for an empty file, a picture, a PDF, an old xls, a broken zip or XML
 *         (each named); DLU_E_LIMIT; DLU_E_NO_MEMORY
 */
dlu_status dlu_book_read(const dlu_source *source, dlu_arena *arena, dlu_book **out,
                         dlu_error *err);

/** Says of cells that the caller has read what such files lose: formulas. */
void dlu_book_note(const dlu_source *source, dlu_messages *log);

/**
 * Whether every part of a workbook unpacks and is XML up to its end: one that was written while the
 * disk ran full may not be.
 *
 * @param[out] cells  how many cells its sheets hold, formatted empty ones included
 * @return DLU_OK; DLU_E_INPUT naming the part; DLU_E_LIMIT; DLU_E_NO_MEMORY
 */
dlu_status dlu_book_check_whole(const dlu_source *source, size_t *cells, dlu_error *err);

/** The cell at row, col, or NULL where it is empty or does not exist. */
const dlu_cell *dlu_sheet_at(const dlu_sheet *sheet, uint32_t row, uint32_t col);

/** The text at row, col; "" where there is none. */
const char *dlu_sheet_text(const dlu_sheet *sheet, uint32_t row, uint32_t col);

/** The cells of a row, *n of them; NULL and 0 where it is empty. */
const dlu_cell *dlu_sheet_row_cells(const dlu_sheet *sheet, uint32_t row, uint32_t *n);

/** False where a row holds more than blanks. */
bool dlu_sheet_row_is_empty(const dlu_sheet *sheet, uint32_t row);

/** A cell's number: of a number cell (of a date: its serial number), or of its text with that
 * decimal sign. */
bool dlu_cell_number(const dlu_cell *cell, char decimal, double *out);

dlu_place dlu_book_place(const dlu_book *book, const dlu_sheet *sheet, uint32_t row, uint32_t col);

/**
 * The decimal sign of a text file: ',' where more cells of a tab- or semicolon-separated file look
 * like 0,0385 than like 0.0385; else '.'. Workbooks: '.'.
 */
char dlu_book_decimal(const dlu_book *book);

/** A table with a header row: a row of names, then a row an item. */
typedef struct dlu_table {
    const dlu_book *book;
    const dlu_sheet *sheet;
    uint32_t header_row;
    uint32_t first_col;
    uint32_t n_cols;
    const char **headers; /**< n_cols trimmed names, "" for none */
    const uint32_t *rows; /**< sheet rows of the items, empty ones skipped; item k (from 1) is rk */
    size_t n_rows;
} dlu_table;

/**
 * Finds the first table of a sheet: the first row in which at least `min_known` cells satisfy
 * `knows`, which no text without letters does. It ends at the last row; the same
 * header row once more is none of its items.
 *
 * @return false where there is none or memory ran out
 */
bool dlu_table_find(const dlu_book *book, const dlu_sheet *sheet, dlu_arena *arena,
                    bool (*knows)(const char *header), unsigned min_known, dlu_table *out);

/** Whether the header row stands once more right before item k (from 0). */
bool dlu_table_begins_again(const dlu_table *table, size_t k);

/** Column (from 0) of the first header that satisfies `knows`, or -1. */
long dlu_table_column(const dlu_table *table, bool (*knows)(const char *header));

/** The cell of item k (from 0) in column c (from 0), or NULL. */
const dlu_cell *dlu_table_at(const dlu_table *table, size_t k, size_t c);

/** Header words shared by importers and plate maps; blanks, case and punctuation do not count. */
bool dlu_word_is_well(const char *header);
bool dlu_word_is_plate(const char *header);
bool dlu_word_is_firefly(const char *header);
bool dlu_word_is_renilla(const char *header);
bool dlu_word_is_nanoluc(const char *header);
bool dlu_word_is_channel(const char *header);  /**< any of the three */
bool dlu_word_is_quotient(const char *header); /**< "Firefly/Renilla": one by another */
/** "Firefly 1", "Renilla rep 2": one of several columns of a luciferase. */
bool dlu_word_is_numbered_channel(const char *header);
/**
 * "Luc 1", "Luciferase 2": the number of a light, where others are numbered as well. "Luc2" alone is
 * firefly's gene luc2.
 */
bool dlu_word_is_luc_number(const char *header);
/**
 * The one luciferase that a name speaks of, also among other words ("Renilla, step 2"): "firefly",
 * "renilla" or "nanoluc"; NULL where there is none, or several.
 */
const char *dlu_word_speaks_of(const char *header);
/** "F" or "R": firefly and Renilla, where both stand beside each other. */
bool dlu_word_is_initial(const char *header);

/** The columns of a plate map. */
typedef enum dlu_map_column {
    DLU_COLUMN_WELL,
    DLU_COLUMN_PLATE,
    DLU_COLUMN_ROLE,
    DLU_COLUMN_TARGET,
    DLU_COLUMN_CONSTRUCT,
    DLU_COLUMN_TREATMENT,
    DLU_COLUMN_MIRNA,
    DLU_COLUMN_DOSE,
    DLU_COLUMN_REPLICATE,
    DLU_COLUMN_TECHNICAL,
    DLU_COLUMN_BLOCK,
    DLU_COLUMN_USE,
    DLU_COLUMN_SAMPLE,
    DLU_COLUMN_COUNT
} dlu_map_column;

/** The column of a plate map that a header names, or DLU_COLUMN_COUNT. */
dlu_map_column dlu_word_map_column(const char *header);
/** Names a column of a plate map other than well and plate. */
bool dlu_word_is_map(const char *header);

#endif
