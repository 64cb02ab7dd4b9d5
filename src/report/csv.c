/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv.h"

#include <string.h>

#include "base/say.h"
#include "report/bytes.h"

static bool has_edge_blank(const char *text)
{
    size_t n = strlen(text);
    return n && (text[0] == ' ' || text[0] == '\t' || text[n - 1] == ' ' || text[n - 1] == '\t');
}

void dlu_csv_field(dlu_buffer *buffer, const char *text)
{
    if (!text)
        return;
    if (!strpbrk(text, "\",\r\n") && !has_edge_blank(text)) {
        dlu_buffer_add(buffer, text);
        return;
    }
    dlu_buffer_add(buffer, "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            dlu_buffer_add(buffer, "\"");
        dlu_buffer_add_n(buffer, p, 1);
    }
    dlu_buffer_add(buffer, "\"");
}

static bool add_value(dlu_buffer *buffer, const dlu_report_value *value, dlu_arena *scratch)
{
    char number[DLU_NUMBER_SIZE];
    const char *text = NULL;
    switch (value->kind) {
    case DLU_VALUE_NULL:
        break;
    case DLU_VALUE_TEXT:
        text = value->text;
        break;
    case DLU_VALUE_NUMBER:
    case DLU_VALUE_COUNT:
        text = dlu_text_from_double(value->number, number);
        break;
    case DLU_VALUE_BOOL:
        text = value->yes ? "true" : "false";
        break;
    case DLU_VALUE_LIST:
        text = dlu_report_joined(value, ";", scratch);
        if (!text)
            return false;
    }
    dlu_csv_field(buffer, text);
    return true;
}

static bool add_names(dlu_buffer *buffer, const dlu_report_column *column, const dlu_result *result,
                      dlu_arena *scratch)
{
    if (column->kind != DLU_REPORT_EXTRA) {
        dlu_buffer_printf(buffer, "%s%s%s", column->inside ? column->inside : "",
                          column->inside ? "_" : "", column->key);
        return true;
    }
    for (size_t i = 0; i < result->n_extra_columns; i++) {
        const char *name = dlu_report_utf8(result->extra_columns[i], scratch);
        char *full = name ? dlu_arena_printf(scratch, "%s_%s", column->key, name) : NULL;
        if (!full)
            return false;
        dlu_buffer_add(buffer, i ? "," : "");
        dlu_csv_field(buffer, full);
    }
    return true;
}

static bool add_extra(dlu_buffer *buffer, const dlu_report_column *column, const void *row,
                      const dlu_result *result, dlu_arena *scratch)
{
    const char *const *texts = dlu_report_extra(column, row);
    for (size_t i = 0; i < result->n_extra_columns; i++) {
        const char *text = texts && texts[i] ? dlu_report_utf8(texts[i], scratch) : "";
        if (!text)
            return false;
        dlu_buffer_add(buffer, i ? "," : "");
        dlu_csv_field(buffer, text);
    }
    return true;
}

/* Unknown columns of the map take no field where there are none; only a dlu_result has them. */
static bool is_absent(const dlu_report_column *column, const dlu_result *result)
{
    return column->kind == DLU_REPORT_EXTRA && !result->n_extra_columns;
}

/* The header line where row is NULL. */
static bool add_line(dlu_buffer *buffer, const dlu_report_table *table, const void *row,
                     const void *model)
{
    dlu_report_value value;
    dlu_arena *scratch = dlu_arena_new();
    bool good = scratch != NULL;
    for (size_t c = 0; good && c < table->n_columns; c++) {
        const dlu_report_column *column = &table->columns[c];
        if (is_absent(column, model))
            continue;
        dlu_buffer_add(buffer, c ? "," : "");
        if (!row)
            good = add_names(buffer, column, model, scratch);
        else if (column->kind == DLU_REPORT_EXTRA)
            good = add_extra(buffer, column, row, model, scratch);
        else
            good =
                dlu_report_cell(column, row, scratch, &value) && add_value(buffer, &value, scratch);
    }
    dlu_buffer_add(buffer, "\n");
    dlu_arena_free(scratch);
    return good;
}

dlu_status dlu_csv_table(const dlu_report_table *table, const void *model, dlu_bytes *out,
                         dlu_error *err)
{
    dlu_buffer buffer = {0};
    size_t n = dlu_report_rows(table, model);
    bool good = add_line(&buffer, table, NULL, model);
    for (size_t r = 0; good && r < n; r++)
        good = add_line(&buffer, table, dlu_report_row(table, model, r), model);
    if (!good)
        buffer.failed = true;
    return dlu_bytes_take(&buffer, out, err);
}

dlu_status dlu_report_csv(const dlu_result *result, size_t i, dlu_bytes *out, dlu_error *err)
{
    return dlu_csv_table(dlu_report_table_get(i), result, out, err);
}
