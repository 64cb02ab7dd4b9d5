/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "report/json_rows.h"

/* The table of a result, with the rows of a search by itself. */
dlu_status dlu_seed_json(const dlu_seed *seed, dlu_bytes *out, dlu_error *err)
{
    dlu_json_writer w = {0};
    dlu_report_table table = *dlu_report_table_named("seed");
    table.rows = offsetof(dlu_seed, seed);
    table.n_rows = offsetof(dlu_seed, n_seed);
    dlu_json_begin(&w);
    return dlu_json_end(&w, dlu_json_table(&w, &table, seed), out, err);
}
