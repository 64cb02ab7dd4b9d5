/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "report/json_read.h"

/* A result from its JSON. */

#define EXPLORATORY "EXPLORATORY:"

static bool read_settings(dlu_json_reader *r, const json_t *root, dlu_result *result)
{
    size_t n;
    const dlu_report_column *columns = dlu_report_settings(&n);
    const json_t *from = json_object_get(root, "settings");
    r->table = "settings";
    r->row = 0;
    return !from || dlu_json_read_row(r, columns, n, from, (char *)&result->settings);
}

static bool read_design(dlu_json_reader *r, json_t *root, dlu_result *result)
{
    const char *pair;
    json_t *text, *from = json_object_get(root, "design");
    r->table = "design";
    r->row = 0;
    r->column = NULL;
    if (!from)
        return true;
    if (!json_is_object(from))
        return dlu_json_refuse(r, "an object", from);
    result->design = dlu_arena_alloc(r->arena, json_object_size(from) + 1, sizeof *result->design);
    if (!result->design)
        return dlu_json_no_memory(r);
    json_object_foreach(from, pair, text)
    {
        dlu_design_row *row = &result->design[result->n_design++];
        row->pair = dlu_arena_copy(r->arena, pair);
        if (!row->pair)
            return dlu_json_no_memory(r);
        const dlu_report_column key = {.key = pair};
        r->column = &key;
        bool good = dlu_json_take_text(r, text, (char *)&row->text);
        r->column = NULL;
        if (!good)
            return false;
    }
    return true;
}

/* What the JSON holds only as the word of the verdict. */
static bool read_verdict_words(dlu_json_reader *r, dlu_result *result)
{
    static const dlu_report_column column = {.key = "verdict"};
    r->table = "verdicts";
    r->column = &column;
    for (size_t i = 0; i < result->n_verdicts; i++) {
        dlu_verdict_row *row = &result->verdicts[i];
        const char *word = row->verdict ? row->verdict : "";
        unsigned code = 0;
        r->row = i + 1;
        row->exploratory = !strncmp(word, EXPLORATORY, strlen(EXPLORATORY));
        word += row->exploratory ? strlen(EXPLORATORY) : 0;
        while (code < DLU_VERDICT_COUNT && strcmp(dlu_verdict_name((dlu_verdict_code)code), word))
            code++;
        if (code == DLU_VERDICT_COUNT) {
            dlu_fail(r->err, DLU_E_INPUT, "result-key", &r->file,
                     "give the file as dualuc analyze --json wrote it, or analyse again",
                     "verdicts[%zu].verdict: expected a verdict, found \"%.60s\"", i, word);
            return false;
        }
        row->code = (dlu_verdict_code)code;
    }
    return true;
}

/* Texts of messages are never NULL. */
static void fill_messages(dlu_result *result)
{
    for (size_t i = 0; i < result->n_messages; i++) {
        dlu_message *m = &result->messages[i];
        const char **const texts[] = {&m->code, &m->text, &m->hint, &m->file, &m->at};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            *texts[t] = *texts[t] ? *texts[t] : "";
    }
}

static bool read_all(dlu_json_reader *r, json_t *root, dlu_result *result)
{
    bool good = dlu_json_read_table(r, dlu_report_inputs(), root, result) &&
                read_settings(r, root, result) && read_design(r, root, result);
    for (size_t i = 0; good && i < dlu_report_table_count(); i++)
        good = dlu_json_read_table(r, dlu_report_table_get(i), root, result);
    fill_messages(result);
    return good && read_verdict_words(r, result);
}

static dlu_status read_root(const dlu_source *json, json_t *root, dlu_result **out, dlu_error *err)
{
    dlu_error found = {.status = DLU_OK};
    dlu_json_reader r = {.file = {json->name, NULL, 0, 0}, .arena = dlu_arena_new(), .err = &found};
    dlu_result *result = dlu_result_in(r.arena);
    if (!result) {
        dlu_arena_free(r.arena);
        return dlu_fail_memory(err);
    }
    if (read_all(&r, root, result)) {
        *out = result;
        return DLU_OK;
    }
    dlu_result_free(result);
    if (err)
        *err = found;
    return found.status;
}

static dlu_status check_kind(const dlu_source *json, const json_t *root, dlu_error *err)
{
    const dlu_place place = {json->name, NULL, 0, 0};
    if (!json_object_get(root, "comparisons") || !json_object_get(root, "verdicts"))
        return dlu_fail(err, DLU_E_INPUT, "result-other-json", &place,
                        "give what dualuc analyze --json FILE wrote",
                        "expected the result of an analysis, with the keys \"comparisons\" and "
                        "\"verdicts\", found another file of dualuc");
    return DLU_OK;
}

dlu_status dlu_result_read(const dlu_source *json, dlu_result **out, dlu_error *err)
{
    json_t *root;
    *out = NULL;
    dlu_status status = dlu_json_load(json, &root, err);
    if (!status)
        status = check_kind(json, root, err);
    if (!status)
        status = read_root(json, root, out, err);
    json_decref(root);
    return status;
}
