/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_WELL_LIST_H
#define DLU_IMPORT_WELL_LIST_H

#include "import/wells_table.h"

/*
 * Lists whose header row is known by its words: a row a well, in one column or as row and column of
 * the plate, wherever these stand; rows of units or times below the header, and rows left empty.
 */

/**
 * Wells in the rows below `header`, up to the first row that holds something but no well. They
 * stand in `well_col`, or as a row letter there and a number in `number_col`. Lines are all other
 * columns that hold a value of some well.
 *
 * @return false where there is no well, or memory ran out
 */
bool dlu_list_down(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t header, uint32_t well_col,
                   uint32_t number_col, dlu_wells_table *out);

/**
 * Sorts the rows of a list by their keys, 0 to n_keys - 1, keeping the order of equal ones. Those
 * of key k are from[k] to from[k + 1] - 1 then.
 *
 * @return from, or NULL where memory ran out
 */
size_t *dlu_list_sort(dlu_arena *arena, dlu_wells_table *rows, const uint32_t *keys,
                      uint32_t n_keys);

/** Rows from..to-1 as a list of their own. */
dlu_wells_table dlu_list_slice(const dlu_wells_table *rows, size_t from, size_t to);

/** The column of the first cell of a row whose text is `text` but for blanks and case; 0: none. */
uint32_t dlu_row_column(const dlu_sheet *sheet, uint32_t row, const char *text);

/** The first text of a row that is not blank, and its column; NULL where the row is empty. */
const dlu_cell *dlu_row_first(const dlu_sheet *sheet, uint32_t row);

/** The text of a cell without blanks in front. */
const char *dlu_bare_text(const dlu_sheet *sheet, uint32_t row, uint32_t col);

#endif
