/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_GRID_CELLS_H
#define DLU_GRID_CELLS_H

#include "grid/grid.h"

/* How readers of files make sheets. Nothing outside this folder includes this. */

#define DLU_MAX_SHEET_ROWS 1048576u            /**< of a workbook's sheet, as in Excel */
#define DLU_MAX_SHEET_COLS 16384u              /**< of any sheet, as in Excel */
#define DLU_MAX_BOOK_ROWS  8388608u            /**< of all sheets, empty ones counted */
#define DLU_MAX_TEXT_BYTES ((size_t)256 << 20) /**< of all texts of a book */
#define DLU_MAX_CELL_BYTES ((size_t)1 << 20)   /**< of one text; Excel has 32767 characters */

/** What a book has used of its caps. */
typedef struct dlu_usage {
    size_t cells;
    size_t rows;
    size_t text_bytes;
} dlu_usage;

/** A sheet being gathered, in any order of cells. */
typedef struct dlu_gathered {
    dlu_arena *arena;
    dlu_usage *usage;
    dlu_place place; /**< file and sheet, for messages */
    DLU_VEC(dlu_cell) cells;
    bool disordered;
} dlu_gathered;

/** Adds a cell; its text is borrowed and must live in the arena. DLU_OK, DLU_E_LIMIT or memory. */
dlu_status dlu_gathered_add(dlu_gathered *gathered, const dlu_cell *cell, dlu_error *err);

/** That a file has too many cells: DLU_E_LIMIT. */
dlu_status dlu_fail_cells(const dlu_place *place, dlu_error *err);

/** Whether a text is 1 to DLU_WHOLE_DIGITS digits and nothing else. */
bool dlu_text_is_whole(const char *text);

/** Whether a text of n bytes is one of a cell. DLU_OK or DLU_E_LIMIT. */
dlu_status dlu_check_cell_text(size_t n, const dlu_place *place, dlu_error *err);

/** Counts n bytes of one text that is about to be kept. DLU_OK or DLU_E_LIMIT. */
dlu_status dlu_usage_text(dlu_usage *usage, size_t n, const dlu_place *place, dlu_error *err);

/** Counts n rows. DLU_OK or DLU_E_LIMIT. */
dlu_status dlu_usage_rows(dlu_usage *usage, size_t n, const dlu_place *place, dlu_error *err);

/**
 * Cells, row index and extent of a sheet: sorts where need be. A cell may stand twice if it says
 * the same. The rows' lines are their numbers.
 *
 * @return DLU_OK; DLU_E_INPUT where a cell stands twice with two texts; DLU_E_LIMIT;
 * DLU_E_NO_MEMORY
 */
dlu_status dlu_gathered_finish(dlu_gathered *gathered, dlu_sheet *out, dlu_error *err);

/* The kinds of file. All fill book->sheets. */
dlu_status dlu_delimited_read(const dlu_source *source, dlu_arena *arena, dlu_book *book,
                              dlu_error *err);
dlu_status dlu_given_read(const dlu_source *source, dlu_arena *arena, dlu_book *book,
                          dlu_error *err);
dlu_status dlu_xlsx_read(const dlu_source *source, dlu_arena *arena, dlu_book *book,
                         dlu_error *err);

#endif
