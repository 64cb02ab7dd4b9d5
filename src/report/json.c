/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>

#include "base/say.h"
#include "report/json_rows.h"

static json_t *design_of(const dlu_result *result, dlu_arena *scratch)
{
    json_t *object = json_object();
    for (size_t i = 0; object && i < result->n_design; i++) {
        const char *pair = dlu_report_utf8(result->design[i].pair, scratch);
        const char *text = dlu_report_utf8(result->design[i].text, scratch);
        if (!pair || !text || json_object_set_new(object, pair, json_string(text))) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static bool add_settings(dlu_json_writer *w, const dlu_result *result)
{
    size_t n;
    const dlu_report_column *columns = dlu_report_settings(&n);
    w->scratch = dlu_arena_new();
    if (!w->scratch)
        return false;
    dlu_buffer_add(&w->buffer, ",\n \"settings\": ");
    bool good =
        dlu_json_dump(w, " ", dlu_json_row(columns, n, &result->settings, result, w->scratch));
    dlu_buffer_add(&w->buffer, ",\n \"design\": ");
    good = good && dlu_json_dump(w, " ", design_of(result, w->scratch));
    dlu_arena_free(w->scratch);
    return good;
}

dlu_status dlu_report_json(const dlu_result *result, dlu_bytes *out, dlu_error *err)
{
    dlu_json_writer w = {0};
    dlu_json_begin(&w);
    bool good = dlu_json_table(&w, dlu_report_inputs(), result) && add_settings(&w, result);
    for (size_t i = 0; good && i < dlu_report_table_count(); i++)
        good = dlu_json_table(&w, dlu_report_table_get(i), result);
    return dlu_json_end(&w, good, out, err);
}
