/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BENCH_WRITTEN_H
#define DLU_BENCH_WRITTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The cells of a workbook that was written, as they would have to be written again. */

typedef enum written_kind {
    WRITTEN_NUMBER,
    WRITTEN_TEXT,
    WRITTEN_FORMULA,
    WRITTEN_FORMULA_TEXT,
    WRITTEN_ARRAY,
    WRITTEN_LINK,
    WRITTEN_BLANK,
    WRITTEN_KINDS
} written_kind;

typedef struct written_cell {
    written_kind kind;
    uint32_t sheet, row, col; /* from 0 */
    bool styled;
    double number;
    char *text;   /* or the formula with its "=", or where a link leads */
    char *result; /* of a formula that gives a text */
} written_cell;

typedef struct written {
    written_cell *cells;
    size_t n, cap;
} written;

/* Links of a sheet stand before its other cells. Ends the program where the file is not whole. */
written written_read(const char *path);
void written_free(written *w);
/* Bytes of a file. */
size_t written_size(const char *path);

#endif
