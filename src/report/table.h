/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_TABLE_H
#define DLU_REPORT_TABLE_H

#include <dualuc/report.h>

#include "base/arena.h"

/*
 * The tables of the report model as lists of columns. JSON, CSV and the workbook walk the same
 * lists, so that a key, its order and its meaning stand in one place.
 */

/** How a member of a row struct is stored. */
typedef enum dlu_report_kind {
    DLU_REPORT_TEXT,       /**< const char *; NULL and "" are null */
    DLU_REPORT_TEXT_ARRAY, /**< char[] of `second` bytes; "" is null */
    DLU_REPORT_NUMBER,     /**< double; not finite is null */
    DLU_REPORT_COUNT,      /**< size_t */
    DLU_REPORT_COUNT_IF,   /**< size_t; 0 is null */
    DLU_REPORT_BOOL,       /**< bool */
    DLU_REPORT_WORD,       /**< an enum, named by `word`; NULL is null */
    DLU_REPORT_BITS,       /**< uint32_t: a list of the codes `word` gives to its bits */
    DLU_REPORT_LIST,       /**< const char *const *, with a size_t count at `second` */
    DLU_REPORT_PLACE,      /**< dlu_place as "Sheet!E14" or "14:5" */
    DLU_REPORT_EXTRA       /**< the map's unknown columns: an object, or a column each */
} dlu_report_kind;

typedef struct dlu_report_column {
    const char *key;
    const char *inside; /**< name of the inner object it belongs to, or NULL */
    dlu_report_kind kind;
    size_t offset;                 /**< of the member in the row struct */
    size_t second;                 /**< of a list's count, or of an inner object's `present` */
    const char *(*word)(unsigned); /**< of WORD and BITS; NULL beyond the last code */
} dlu_report_column;

typedef struct dlu_report_table {
    const char *name;
    const dlu_report_column *columns;
    size_t n_columns;
    size_t row_size;
    size_t rows;   /**< offset of the row pointer in the model: dlu_result, dlu_power */
    size_t n_rows; /**< offset of the count in it */
} dlu_report_table;

typedef enum dlu_value_kind {
    DLU_VALUE_NULL,
    DLU_VALUE_TEXT,
    DLU_VALUE_NUMBER,
    DLU_VALUE_COUNT, /**< a whole number, in `number` */
    DLU_VALUE_BOOL,
    DLU_VALUE_LIST
} dlu_value_kind;

/** What a cell holds, whatever the member was. Texts are valid UTF-8. */
typedef struct dlu_report_value {
    dlu_value_kind kind;
    const char *text;
    double number;
    bool yes;
    const char *const *items;
    size_t n_items;
} dlu_report_value;

/**
 * An empty result with default settings, which takes the arena over: dlu_result_free frees both.
 * NULL: no memory.
 */
dlu_result *dlu_result_in(dlu_arena *arena);

/** The i-th table that exists as CSV, as named by dlu_report_table_name(). */
const dlu_report_table *dlu_report_table_get(size_t i);
const dlu_report_table *dlu_report_table_named(const char *name);
/** `inputs`, which only JSON and the workbook show. */
const dlu_report_table *dlu_report_inputs(void);
/** The columns of dlu_settings, in the order of the options. */
const dlu_report_column *dlu_report_settings(size_t *n);

size_t dlu_report_rows(const dlu_report_table *table, const void *model);
const void *dlu_report_row(const dlu_report_table *table, const void *model, size_t i);

/** The column of that key; "equivalence_margin" is `margin` in `equivalence`. NULL: none. */
const dlu_report_column *dlu_report_column_named(const dlu_report_table *table, const char *key);

/** False where the column stands in an inner object that this row does not have. */
bool dlu_report_present(const dlu_report_column *column, const void *row);

/**
 * Reads one cell. Rendered and mended texts live in `scratch`. Not for DLU_REPORT_EXTRA.
 *
 * @return false where memory ran out
 */
bool dlu_report_cell(const dlu_report_column *column, const void *row, dlu_arena *scratch,
                     dlu_report_value *out);

/** The map's unknown columns of one well: one for each result->extra_columns, or NULL for none. */
const char *const *dlu_report_extra(const dlu_report_column *column, const void *row);

/**
 * The text itself where it is valid UTF-8; else a copy with U+FFFD for each byte that is not.
 * NULL where memory ran out.
 */
const char *dlu_report_utf8(const char *text, dlu_arena *scratch);

/** The items of a list in one text. NULL where memory ran out. */
char *dlu_report_joined(const dlu_report_value *list, const char *between, dlu_arena *scratch);

#endif
