/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_JSON_READ_H
#define DLU_REPORT_JSON_READ_H

#include "report/json_rows.h"

/* Reading back what json_rows.h writes. */

/** Where in the tree the reading is, for its errors: table[row].inside.key. */
typedef struct dlu_json_reader {
    dlu_place file;
    dlu_arena *arena;
    dlu_error *err;
    const char *table;
    size_t row; /**< counts from 1; 0: an object, such as settings, or the table itself */
    const dlu_report_column *column;
} dlu_json_reader;

/** The tree of a file of dualuc, to be freed with json_decref. DLU_OK, or what it is instead. */
dlu_status dlu_json_load(const dlu_source *json, json_t **root, dlu_error *err);

/** Reads the rows of a table, which may be absent, into the model. False: *err says why. */
bool dlu_json_read_table(dlu_json_reader *r, const dlu_report_table *table, const json_t *root,
                         void *model);
/** Reads one object into a struct. */
bool dlu_json_read_row(dlu_json_reader *r, const dlu_report_column *columns, size_t n,
                       const json_t *from, char *to);

/** A text into the member at `to`. */
bool dlu_json_take_text(dlu_json_reader *r, const json_t *value, char *to);
/** False, after saying what was expected at the place of the reader. */
bool dlu_json_refuse(dlu_json_reader *r, const char *expected, const json_t *found);
bool dlu_json_no_memory(dlu_json_reader *r);

#endif
