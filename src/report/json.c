/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>

#include <dualuc/version.h>

#include "base/say.h"
#include "report/bytes.h"
#include "report/table.h"

#define SCHEMA 1

/*
 * Rows are dumped one by one into the text, so that memory holds the text and one row, not a tree
 * of a whole experiment.
 */
typedef struct writer {
    dlu_buffer buffer;
    dlu_arena *scratch; /* of the row at work */
    const char *indent; /* before every line after the first of what is dumped */
} writer;

/* A text in JSON has its newlines escaped, so every newline here is one of the layout. */
static int add_dump(const char *bytes, size_t n, void *data)
{
    writer *w = data;
    for (size_t i = 0; i < n; i++) {
        dlu_buffer_add_n(&w->buffer, bytes + i, 1);
        if (bytes[i] == '\n')
            dlu_buffer_add(&w->buffer, w->indent);
    }
    return w->buffer.failed ? -1 : 0;
}

/* Takes the value, which may be NULL where it could not be made. */
static bool dump(writer *w, const char *indent, json_t *value)
{
    w->indent = indent;
    bool good =
        value && !json_dump_callback(value, add_dump, w,
                                     JSON_INDENT(1) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    json_decref(value);
    return good;
}

static json_t *list_of(const dlu_report_value *value)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < value->n_items; i++) {
        if (json_array_append_new(list, json_string(value->items[i]))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *value_of(const dlu_report_value *value)
{
    switch (value->kind) {
    case DLU_VALUE_TEXT:
        return json_string(value->text);
    case DLU_VALUE_NUMBER:
        return json_real(value->number);
    case DLU_VALUE_COUNT:
        return json_integer((json_int_t)value->number);
    case DLU_VALUE_BOOL:
        return json_boolean(value->yes);
    case DLU_VALUE_LIST:
        return list_of(value);
    case DLU_VALUE_NULL:
        break;
    }
    return json_null();
}

static json_t *extra_of(const dlu_report_column *column, const void *row, const dlu_result *result,
                        dlu_arena *scratch)
{
    const char *const *texts = dlu_report_extra(column, row);
    json_t *object = json_object();
    for (size_t i = 0; object && i < result->n_extra_columns; i++) {
        const char *key = dlu_report_utf8(result->extra_columns[i], scratch);
        const char *text = texts && texts[i] ? dlu_report_utf8(texts[i], scratch) : NULL;
        json_t *value = texts && texts[i] ? json_string(text) : json_null();
        if (!key || json_object_set_new(object, key, value)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

/* The object a column belongs to: the row, or the inner one, which is made where it is due. */
static json_t *object_for(json_t *row_object, const dlu_report_column *column)
{
    if (!column->inside)
        return row_object;
    json_t *inner = json_object_get(row_object, column->inside);
    if (!inner && !json_object_set_new(row_object, column->inside, json_object()))
        inner = json_object_get(row_object, column->inside);
    return inner;
}

static bool set_column(json_t *object, const dlu_report_column *column, const void *row,
                       const dlu_result *result, dlu_arena *scratch)
{
    dlu_report_value value;
    if (column->kind == DLU_REPORT_EXTRA)
        return !json_object_set_new(object, column->key, extra_of(column, row, result, scratch));
    if (!dlu_report_present(column, row))
        return !json_object_set_new(object, column->inside, json_null());
    json_t *to = object_for(object, column);
    return to && dlu_report_cell(column, row, scratch, &value) &&
           !json_object_set_new(to, column->key, value_of(&value));
}

static json_t *row_of(const dlu_report_column *columns, size_t n, const void *row,
                      const dlu_result *result, dlu_arena *scratch)
{
    json_t *object = json_object();
    for (size_t c = 0; object && c < n; c++) {
        if (!set_column(object, &columns[c], row, result, scratch)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static bool add_row(writer *w, const dlu_report_table *table, const dlu_result *result, size_t i)
{
    w->scratch = dlu_arena_new();
    bool good = w->scratch && dump(w, "  ",
                                   row_of(table->columns, table->n_columns,
                                          dlu_report_row(table, result, i), result, w->scratch));
    dlu_arena_free(w->scratch);
    return good;
}

static bool add_table(writer *w, const dlu_report_table *table, const dlu_result *result)
{
    size_t n = dlu_report_rows(table, result);
    dlu_buffer_printf(&w->buffer, ",\n \"%s\": [", table->name);
    for (size_t i = 0; i < n; i++) {
        dlu_buffer_add(&w->buffer, i ? ",\n  " : "\n  ");
        if (!add_row(w, table, result, i))
            return false;
    }
    dlu_buffer_add(&w->buffer, n ? "\n ]" : "]");
    return true;
}

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

static bool add_settings(writer *w, const dlu_result *result)
{
    size_t n;
    const dlu_report_column *columns = dlu_report_settings(&n);
    w->scratch = dlu_arena_new();
    if (!w->scratch)
        return false;
    dlu_buffer_add(&w->buffer, ",\n \"settings\": ");
    bool good = dump(w, " ", row_of(columns, n, &result->settings, result, w->scratch));
    dlu_buffer_add(&w->buffer, ",\n \"design\": ");
    good = good && dump(w, " ", design_of(result, w->scratch));
    dlu_arena_free(w->scratch);
    return good;
}

dlu_status dlu_report_json(const dlu_result *result, dlu_bytes *out, dlu_error *err)
{
    writer w = {0};
    dlu_buffer_printf(&w.buffer, "{\n \"dualuc\": \"%s\",\n \"schema\": %d", dlu_version(), SCHEMA);
    bool good = add_table(&w, dlu_report_inputs(), result) && add_settings(&w, result);
    for (size_t i = 0; good && i < dlu_report_table_count(); i++)
        good = add_table(&w, dlu_report_table_get(i), result);
    dlu_buffer_add(&w.buffer, "\n}\n");
    if (!good)
        w.buffer.failed = true;
    return dlu_bytes_take(&w.buffer, out, err);
}
