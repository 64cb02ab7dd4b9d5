/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_CELLS_H
#define DLU_REPORT_XLSX_CELLS_H

#include "report/xlsx_book.h"

/* Workbooks of plain cells: files as readers write them, and plate maps. */

/** One cell. Rows and columns count from 1, as Excel shows them. */
typedef struct dlu_plain_cell {
    uint32_t row;
    uint32_t col;
    const char *text; /**< NULL: `number` is the cell */
    double number;
    dlu_xlsx_style style;
} dlu_plain_cell;

typedef struct dlu_plain_sheet {
    const char *name; /**< at most 31 letters, without []:*?/\ */
    const dlu_plain_cell *cells;
    size_t n_cells;
    bool table; /**< the first row is a header: kept in view, columns as wide as their texts */
} dlu_plain_sheet;

/** Writes the sheets to the file at `path`. Status as of dlu_xlsx_open and dlu_xlsx_close. */
dlu_status dlu_xlsx_cells_write(const dlu_plain_sheet *sheets, size_t n_sheets, const char *title,
                                const char *path, int64_t created, dlu_error *err);

#endif
