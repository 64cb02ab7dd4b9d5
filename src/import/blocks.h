/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_BLOCKS_H
#define DLU_IMPORT_BLOCKS_H

#include "import/value.h"

/*
 * The one finder of plate grids, for every format: a header of at least three consecutive column
 * numbers and, below it, rows that begin with a row letter. Letters and numbers are read, never
 * counted, so that skipped rows and columns keep their wells.
 */

#define DLU_MAX_BLOCKS 20000u

/** One row of a grid. */
typedef struct dlu_block_row {
    uint32_t row;     /**< of the sheet */
    uint32_t letter;  /**< of the plate, from 0 */
    uint32_t n_lines; /**< sheet rows of the letter: this one, and those without a letter below */
} dlu_block_row;

typedef struct dlu_block {
    const dlu_sheet *sheet;
    uint32_t header_row;
    uint32_t label_col;    /**< where the row letters stand */
    uint32_t first_col;    /**< of the header's numbers */
    uint32_t first_number; /**< plate column of first_col, from 0 */
    uint32_t n_cols;
    dlu_block_row *rows;
    size_t n_rows;
    uint32_t n_lines;   /**< the most lines a letter has; 1 in all grids but those of sub-rows */
    const char *corner; /**< cell above the letters, or "" */
    const char *left;   /**< text left of the header or of the first row, or "" */
    const char *title;  /**< nearest text above, or "" */
    size_t n_numbers;   /**< these counts are of the letters' first lines */
    size_t n_tokens;
    size_t n_dashes;
    size_t n_unsure; /**< numbers that cannot be told */
    size_t n_texts;  /**< texts that are no token */
    size_t n_formulas;
} dlu_block;

/**
 * Every grid of the book, by sheet, then row, then column. Blocks live in the arena.
 *
 * @return DLU_OK also where there is none; DLU_E_LIMIT; DLU_E_NO_MEMORY
 */
dlu_status dlu_blocks_find(const dlu_book *book, const dlu_numbers *numbers, dlu_arena *arena,
                           dlu_block **out, size_t *n_out, dlu_error *err);

/** A row letter: A..Z, AA..AF, or a..f after capitals for rows 27 to 32 (`capitals` keeps that). */
bool dlu_row_letter(const char *text, bool *capitals, uint32_t *out);

/**
 * A grid whose place is known from elsewhere: no letters, or no header. `rows` of it stand in
 * consecutive rows of the sheet from first_row, its columns from first_col; both count from the
 * plate's A1. Fills all but corner, left and title, which are "".
 *
 * @return false where memory ran out
 */
bool dlu_block_known(const dlu_sheet *sheet, const dlu_numbers *numbers, dlu_arena *arena,
                     uint32_t first_row, uint32_t first_col, uint32_t n_rows, uint32_t n_cols,
                     dlu_block *out);

/**
 * Length of the run of consecutive column numbers in adjacent cells that begins at cells[0] (of n
 * in its row), and its first number; 0 where cells[0] is no such number.
 */
uint32_t dlu_column_run(const dlu_cell *cells, uint32_t n, long *first);

/** Counts numbers, tokens, texts, ... in the letters' first lines. */
void dlu_block_count(dlu_block *block, const dlu_numbers *numbers);

/** The text right of the grid's last column in a line (from 0) of its first letter, or "". */
const char *dlu_block_beside(const dlu_block *block, uint32_t line);

/**
 * The words that stand right of the last column in every row of a grid of one line a letter: what
 * Gen5 calls the read. "" where a row has others, or none, or where there is but one row.
 */
const char *dlu_block_row_label(const dlu_block *block);

/** The last sheet row of the grid. */
uint32_t dlu_block_end(const dlu_block *block);

/** True where most of its filled cells hold words: a layout of the plate, not light. */
bool dlu_block_is_layout(const dlu_block *block);

/** True where most of its values are computed by formulas of the sheet. */
bool dlu_block_is_computed(const dlu_block *block);

/** Rows and columns of the plate that the grid is of, from the numbers and letters it has. */
void dlu_block_plate_size(const dlu_block *block, uint32_t *n_rows, uint32_t *n_cols);

#endif
