/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_rows.h"

#include <string.h>

#include <dualuc/version.h>

#include "base/say.h"
#include "report/bytes.h"

/* A text in JSON has its newlines escaped, so every newline here is one of the layout. */
static int add_dump(const char *bytes, size_t n, void *data)
{
    dlu_json_writer *w = data;
    while (n) {
        const char *end = memchr(bytes, '\n', n);
        size_t length = end ? (size_t)(end - bytes) + 1 : n;
        dlu_buffer_add_n(&w->buffer, bytes, length);
        if (end)
            dlu_buffer_add(&w->buffer, w->indent);
        bytes += length;
        n -= length;
    }
    return w->buffer.failed ? -1 : 0;
}

bool dlu_json_dump(dlu_json_writer *w, const char *indent, json_t *value)
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
                       const void *model, dlu_arena *scratch)
{
    dlu_report_value value;
    if (column->kind == DLU_REPORT_EXTRA)
        return !json_object_set_new(object, column->key, extra_of(column, row, model, scratch));
    if (!dlu_report_present(column, row))
        return !json_object_set_new(object, column->inside, json_null());
    json_t *to = object_for(object, column);
    return to && dlu_report_cell(column, row, scratch, &value) &&
           !json_object_set_new(to, column->key, value_of(&value));
}

json_t *dlu_json_row(const dlu_report_column *columns, size_t n, const void *row, const void *model,
                     dlu_arena *scratch)
{
    json_t *object = json_object();
    for (size_t c = 0; object && c < n; c++) {
        if (!set_column(object, &columns[c], row, model, scratch)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static bool add_row(dlu_json_writer *w, const dlu_report_table *table, const void *model, size_t i)
{
    w->scratch = dlu_arena_new();
    bool good = w->scratch &&
                dlu_json_dump(w, "  ",
                              dlu_json_row(table->columns, table->n_columns,
                                           dlu_report_row(table, model, i), model, w->scratch));
    dlu_arena_free(w->scratch);
    return good;
}

bool dlu_json_table(dlu_json_writer *w, const dlu_report_table *table, const void *model)
{
    size_t n = dlu_report_rows(table, model);
    dlu_buffer_printf(&w->buffer, ",\n \"%s\": [", table->name);
    for (size_t i = 0; i < n; i++) {
        dlu_buffer_add(&w->buffer, i ? ",\n  " : "\n  ");
        if (!add_row(w, table, model, i))
            return false;
    }
    dlu_buffer_add(&w->buffer, n ? "\n ]" : "]");
    return true;
}

void dlu_json_begin(dlu_json_writer *w)
{
    dlu_buffer_printf(&w->buffer, "{\n \"dualuc\": \"%s\",\n \"schema\": %d", dlu_version(),
                      DLU_JSON_SCHEMA);
}

dlu_status dlu_json_end(dlu_json_writer *w, bool good, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer_add(&w->buffer, "\n}\n");
    if (!good)
        w->buffer.failed = true;
    return dlu_bytes_take(&w->buffer, out, err);
}
