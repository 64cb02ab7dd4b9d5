/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "report/json_read.h"

/* Rows from JSON, by the same columns that write them. */

#define MAX_ROWS  ((size_t)1 << 24)
#define PATH_SIZE 200u
#define MAX_CODES 32u

static const char *kind_of(const json_t *value)
{
    static const char *const kinds[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_STRING] = "a text",
        [JSON_INTEGER] = "a number", [JSON_REAL] = "a number",  [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };
    return value ? kinds[json_typeof(value)] : "nothing";
}

/* False, after saying what was expected at the place of the reader. */
bool dlu_json_refuse(dlu_json_reader *r, const char *expected, const json_t *found)
{
    char path[PATH_SIZE], row[32] = "";
    const dlu_report_column *c = r->column;
    if (r->row)
        snprintf(row, sizeof row, "[%zu]", r->row - 1);
    snprintf(path, sizeof path, "%s%s%s%s%s%s", r->table, row, c && c->inside ? "." : "",
             c && c->inside ? c->inside : "", c && c->key ? "." : "", c && c->key ? c->key : "");
    dlu_fail(r->err, DLU_E_INPUT, "result-key", &r->file,
             "give the file as dualuc analyze --json wrote it, or analyse again",
             "%s: expected %s, found %s", path, expected, kind_of(found));
    return false;
}

bool dlu_json_no_memory(dlu_json_reader *r)
{
    dlu_fail_memory(r->err);
    return false;
}

static bool is_absent(const json_t *value)
{
    return !value || json_is_null(value);
}

/* ---- values into members; each takes what `to` points at ---- */

bool dlu_json_take_text(dlu_json_reader *r, const json_t *value, char *to)
{
    if (!json_is_string(value))
        return dlu_json_refuse(r, "a text or null", value);
    const char *copy = dlu_arena_copy(r->arena, json_string_value(value));
    memcpy(to, &copy, sizeof copy);
    return copy || dlu_json_no_memory(r);
}

static bool take_array(dlu_json_reader *r, const json_t *value, char *to)
{
    if (!json_is_string(value) || json_string_length(value) >= r->column->second)
        return dlu_json_refuse(r, "a short text or null", value);
    memcpy(to, json_string_value(value), json_string_length(value) + 1);
    return true;
}

static bool take_number(dlu_json_reader *r, const json_t *value, char *to)
{
    if (!json_is_number(value))
        return dlu_json_refuse(r, "a number or null", value);
    double number = json_number_value(value);
    memcpy(to, &number, sizeof number);
    return true;
}

static bool take_count(dlu_json_reader *r, const json_t *value, char *to)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) > (json_int_t)MAX_ROWS)
        return dlu_json_refuse(r, "a whole number from 0 on", value);
    size_t count = (size_t)json_integer_value(value);
    memcpy(to, &count, sizeof count);
    return true;
}

static bool take_bool(dlu_json_reader *r, const json_t *value, char *to)
{
    if (!json_is_boolean(value))
        return dlu_json_refuse(r, "true or false", value);
    bool yes = json_is_true(value);
    memcpy(to, &yes, sizeof yes);
    return true;
}

/* The code of a word; MAX_CODES where it is none. */
static unsigned code_of(const dlu_report_column *column, const json_t *value)
{
    unsigned code = 0;
    const char *text = json_string_value(value);
    for (; code < MAX_CODES; code++) {
        const char *word = column->word(code);
        if (text && word && !strcmp(word, text))
            break;
    }
    return code;
}

static bool take_word(dlu_json_reader *r, const json_t *value, char *to)
{
    unsigned code = code_of(r->column, value);
    if (code == MAX_CODES)
        return dlu_json_refuse(r, "one of its words", value);
    memcpy(to, &code, sizeof code);
    return true;
}

static bool take_bits(dlu_json_reader *r, const json_t *value, char *to)
{
    uint32_t bits = 0;
    if (!json_is_array(value))
        return dlu_json_refuse(r, "an array of codes", value);
    for (size_t i = 0; i < json_array_size(value); i++) {
        unsigned code = code_of(r->column, json_array_get(value, i));
        if (code == MAX_CODES)
            return dlu_json_refuse(r, "codes that this version knows", json_array_get(value, i));
        bits |= UINT32_C(1) << code;
    }
    memcpy(to, &bits, sizeof bits);
    return true;
}

static bool take_list(dlu_json_reader *r, const json_t *value, char *to, char *count)
{
    if (!json_is_array(value))
        return dlu_json_refuse(r, "an array of texts", value);
    size_t n = json_array_size(value);
    const char **items = dlu_arena_alloc(r->arena, n + 1, sizeof *items);
    if (!items)
        return dlu_json_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item))
            return dlu_json_refuse(r, "an array of texts", item);
        items[i] = dlu_arena_copy(r->arena, json_string_value(item));
        if (!items[i])
            return dlu_json_no_memory(r);
    }
    memcpy(to, &items, sizeof items);
    memcpy(count, &n, sizeof n);
    return true;
}

static bool take(dlu_json_reader *r, const json_t *value, char *row)
{
    const dlu_report_column *column = r->column;
    char *to = row + column->offset;
    switch (column->kind) {
    case DLU_REPORT_TEXT:
        return is_absent(value) || dlu_json_take_text(r, value, to);
    case DLU_REPORT_TEXT_ARRAY:
        return is_absent(value) || take_array(r, value, to);
    case DLU_REPORT_NUMBER:
        return is_absent(value) || take_number(r, value, to);
    case DLU_REPORT_COUNT_IF:
        return is_absent(value) || take_count(r, value, to);
    case DLU_REPORT_WORD:
        return is_absent(value) || take_word(r, value, to);
    case DLU_REPORT_COUNT:
        return !value || take_count(r, value, to);
    case DLU_REPORT_BOOL:
        return !value || take_bool(r, value, to);
    case DLU_REPORT_BITS:
        return !value || take_bits(r, value, to);
    case DLU_REPORT_LIST:
        return !value || take_list(r, value, to, row + column->second);
    case DLU_REPORT_PLACE:
    case DLU_REPORT_EXTRA:
        break;
    }
    return true;
}

/* ---- rows and tables ---- */

/* The object that a column stands in; NULL where an inner one is null. False: it is none. */
static bool find_object(dlu_json_reader *r, const json_t *row, char *to, const json_t **out)
{
    const dlu_report_column *column = r->column;
    *out = row;
    if (!column->inside)
        return true;
    const json_t *inner = json_object_get(row, column->inside);
    *out = is_absent(inner) ? NULL : inner;
    bool present = *out != NULL;
    if (present && !json_is_object(inner)) {
        const dlu_report_column around = {.key = column->inside};
        r->column = &around;
        dlu_json_refuse(r, "an object or null", inner);
        r->column = column;
        return false;
    }
    memcpy(to + column->second, &present, sizeof present);
    return true;
}

bool dlu_json_read_row(dlu_json_reader *r, const dlu_report_column *columns, size_t n,
                       const json_t *from, char *to)
{
    const double nan_number = NAN;
    r->column = NULL;
    if (!json_is_object(from))
        return dlu_json_refuse(r, "an object", from);
    for (size_t c = 0; c < n; c++) {
        const json_t *object;
        r->column = &columns[c];
        if (columns[c].kind == DLU_REPORT_NUMBER)
            memcpy(to + columns[c].offset, &nan_number, sizeof nan_number);
        if (!find_object(r, from, to, &object) ||
            !take(r, object ? json_object_get(object, columns[c].key) : NULL, to))
            return false;
    }
    return true;
}

bool dlu_json_read_table(dlu_json_reader *r, const dlu_report_table *table, const json_t *root,
                         void *model)
{
    const json_t *from = json_object_get(root, table->name);
    size_t n = json_array_size(from);
    r->table = table->name;
    r->row = 0;
    r->column = NULL;
    if (!from)
        return true;
    if (!json_is_array(from) || n > MAX_ROWS)
        return dlu_json_refuse(r, "an array", from);
    char *rows = dlu_arena_alloc(r->arena, n + 1, table->row_size);
    if (!rows)
        return dlu_json_no_memory(r);
    for (size_t i = 0; i < n; i++) {
        r->row = i + 1;
        if (!dlu_json_read_row(r, table->columns, table->n_columns, json_array_get(from, i),
                               rows + i * table->row_size))
            return false;
    }
    memcpy((char *)model + table->rows, &rows, sizeof rows);
    memcpy((char *)model + table->n_rows, &n, sizeof n);
    return true;
}

/* ---- the file ---- */

static dlu_status refuse_text(const dlu_source *json, const json_error_t *found, dlu_error *err)
{
    const char *bytes = json->bytes;
    dlu_place place = {json->name, NULL, 0, 0};
    if (json_error_code(found) == json_error_out_of_memory)
        return dlu_fail_memory(err);
    if (json->n_bytes >= 2 && bytes[0] == 'P' && bytes[1] == 'K')
        return dlu_fail(err, DLU_E_INPUT, "result-not-json", &place,
                        "give what dualuc analyze --json FILE wrote",
                        "expected a result of dualuc as JSON, found a workbook or another "
                        "compressed file");
    if (found->line > 0 && found->column > 0) {
        place.row = (uint32_t)found->line;
        place.col = (uint32_t)found->column;
    }
    return dlu_fail(err, DLU_E_INPUT, "result-not-json", &place,
                    "give what dualuc analyze --json FILE wrote, whole and unchanged",
                    "expected a result of dualuc as JSON, found something else: %s", found->text);
}

static dlu_status check_root(const dlu_source *json, const json_t *root, dlu_error *err)
{
    const dlu_place place = {json->name, NULL, 0, 0};
    const json_t *schema = json_object_get(root, "schema");
    const json_t *version = json_object_get(root, "dualuc");
    if (!json_is_string(version) || !json_is_integer(schema) || json_integer_value(schema) < 1)
        return dlu_fail(err, DLU_E_INPUT, "result-other-json", &place,
                        "give what dualuc analyze --json FILE wrote",
                        "expected a result of dualuc, with the keys \"dualuc\" and \"schema\", "
                        "found JSON of something else");
    if (json_integer_value(schema) > DLU_JSON_SCHEMA)
        return dlu_fail(
            err, DLU_E_INPUT, "result-newer", &place, "use that version, or a newer one",
            "expected a result of schema %d at most, found schema %lld, written by "
            "dualuc %.40s",
            DLU_JSON_SCHEMA, (long long)json_integer_value(schema), json_string_value(version));
    return DLU_OK;
}

dlu_status dlu_json_load(const dlu_source *json, json_t **root, dlu_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    json_error_t found;
    const char *bytes = json->bytes;
    size_t skip = json->n_bytes >= 3 && !memcmp(bytes, mark, 3) ? 3 : 0;
    *root = json_loadb(json->n_bytes ? bytes + skip : "", json->n_bytes - skip,
                       JSON_REJECT_DUPLICATES, &found);
    if (!*root)
        return refuse_text(json, &found, err);
    dlu_status status = check_root(json, *root, err);
    if (status) {
        json_decref(*root);
        *root = NULL;
    }
    return status;
}
