/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_JSON_ROWS_H
#define DLU_REPORT_JSON_ROWS_H

#include <jansson.h>

#include "base/text.h"
#include "report/table.h"

/** The version of what is written; what has a larger one was written by a newer program. */
#define DLU_JSON_SCHEMA 1

/**
 * Writes the tables of a model. Rows are dumped one by one into the text, so that memory holds the
 * text and one row, not a tree of a whole experiment.
 */
typedef struct dlu_json_writer {
    dlu_buffer buffer;
    dlu_arena *scratch; /**< of the row at work */
    const char *indent; /**< before every line after the first of what is dumped */
} dlu_json_writer;

/** The opening bracket, and the keys `dualuc` and `schema`. */
void dlu_json_begin(dlu_json_writer *w);

/** The closing bracket; hands the text over. `good`: whether all before went well. */
dlu_status dlu_json_end(dlu_json_writer *w, bool good, dlu_bytes *out, dlu_error *err);

/** Takes the value, which may be NULL where it could not be made. False: no memory. */
bool dlu_json_dump(dlu_json_writer *w, const char *indent, json_t *value);

/** One row as an object. NULL: no memory. */
json_t *dlu_json_row(const dlu_report_column *columns, size_t n, const void *row, const void *model,
                     dlu_arena *scratch);

/** A key with an array of rows, after other keys. False: no memory. */
bool dlu_json_table(dlu_json_writer *w, const dlu_report_table *table, const void *model);

#endif
