/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_run.h"

#include <stddef.h>
#include <string.h>

#include "base/say.h"
#include "report/csv.h"
#include "report/json_read.h"

/* The tables of a run, as JSON and CSV. Order and keys are an interface, as in table_columns.c. */

#define TEXT(name)                                                                                 \
    {                                                                                              \
        .key = #name, .kind = DLU_REPORT_TEXT, .offset = offsetof(ROW, name)                       \
    }
#define NUMBER(name)                                                                               \
    {                                                                                              \
        .key = #name, .kind = DLU_REPORT_NUMBER, .offset = offsetof(ROW, name)                     \
    }
#define COUNT(name, member)                                                                        \
    {                                                                                              \
        .key = (name), .kind = DLU_REPORT_COUNT, .offset = offsetof(ROW, member)                   \
    }

#define ROW dlu_run_experiment
static const dlu_report_column experiments[] = {
    TEXT(name),
    TEXT(user),
    TEXT(status),
    COUNT("verdicts", n_verdicts),
    COUNT("direct", n_direct),
    COUNT("warnings", n_warnings),
    TEXT(adjust),
    TEXT(report),
    TEXT(result),
    TEXT(code),
    TEXT(error),
    TEXT(hint),
    TEXT(key),
};
#undef ROW

#define ROW dlu_run_file
static const dlu_report_column files[] = {
    TEXT(experiment),
    TEXT(role),
    TEXT(path),
    TEXT(sha256),
};
#undef ROW

#define ROW dlu_summary_row
static const dlu_report_column summary[] = {
    TEXT(experiment),
    TEXT(user),
    TEXT(status),
    TEXT(target),
    TEXT(mirna),
    NUMBER(dose_nM),
    TEXT(treatment),
    TEXT(mutant),
    TEXT(verdict),
    TEXT(call),
    TEXT(caveats),
    TEXT(reason),
    NUMBER(wt_fold),
    NUMBER(wt_fold_low),
    NUMBER(wt_fold_high),
    NUMBER(mut_fold),
    NUMBER(mut_fold_low),
    NUMBER(mut_fold_high),
    NUMBER(interaction_fold),
    NUMBER(interaction_fold_low),
    NUMBER(interaction_fold_high),
    NUMBER(p_wt),
    NUMBER(p_mut),
    NUMBER(p_interaction),
    NUMBER(p_direct),
    NUMBER(p_direct_adjusted),
    NUMBER(p_direct_adjusted_batch),
    TEXT(n),
    TEXT(report),
    TEXT(result),
};
#undef ROW

#define ROW dlu_run_level
static const dlu_report_column levels[] = {
    TEXT(experiment), TEXT(instrument), TEXT(date), TEXT(control), NUMBER(value),
};
#undef ROW

#define TABLE(name, columns, row, rows)                                                            \
    {                                                                                              \
        (name), (columns), sizeof(columns) / sizeof *(columns), sizeof(row),                       \
            offsetof(dlu_run, rows), offsetof(dlu_run, n_##rows)                                   \
    }

static const dlu_report_table tables[DLU_RUN_TABLE_COUNT] = {
    [DLU_RUN_EXPERIMENTS] = TABLE("experiments", experiments, dlu_run_experiment, experiments),
    [DLU_RUN_INPUTS] = TABLE("inputs", files, dlu_run_file, inputs),
    [DLU_RUN_OUTPUTS] = TABLE("outputs", files, dlu_run_file, outputs),
    [DLU_RUN_SUMMARY] = TABLE("summary", summary, dlu_summary_row, summary),
    [DLU_RUN_LEVELS] = TABLE("levels", levels, dlu_run_level, levels),
};

const dlu_report_table *dlu_run_table(dlu_run_table_id id)
{
    return &tables[id];
}

/* ---- writing ---- */

static json_t *options_of(const dlu_run *run)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < run->n_options; i++) {
        if (json_array_append_new(list, json_string(run->options[i]))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static dlu_status write_tables(const dlu_run *run, size_t n_tables, dlu_bytes *out, dlu_error *err)
{
    dlu_json_writer w = {0};
    dlu_json_begin(&w);
    dlu_buffer_add(&w.buffer, ",\n \"adjust\": ");
    bool good = dlu_json_dump(&w, " ", json_string(run->adjust));
    dlu_buffer_add(&w.buffer, ",\n \"options\": ");
    good = good && dlu_json_dump(&w, " ", options_of(run));
    for (size_t i = 0; good && i < n_tables; i++)
        good = dlu_json_table(&w, &tables[i], run);
    return dlu_json_end(&w, good, out, err);
}

dlu_status dlu_run_json(const dlu_run *run, dlu_bytes *out, dlu_error *err)
{
    return write_tables(run, DLU_RUN_SUMMARY, out, err);
}

dlu_status dlu_run_record(const dlu_run *run, dlu_bytes *out, dlu_error *err)
{
    return write_tables(run, DLU_RUN_TABLE_COUNT, out, err);
}

dlu_status dlu_run_csv(const dlu_run *run, dlu_bytes *out, dlu_error *err)
{
    return dlu_csv_table(&tables[DLU_RUN_SUMMARY], run, out, err);
}

/* ---- reading ---- */

static bool read_options(dlu_json_reader *r, const json_t *root, dlu_run *run)
{
    static const dlu_report_column column = {
        .key = "options",
        .kind = DLU_REPORT_LIST,
        .offset = offsetof(dlu_run, options),
        .second = offsetof(dlu_run, n_options),
    };
    r->table = "run";
    return dlu_json_read_row(r, &column, 1, root, (char *)run);
}

/* Texts that are never NULL in a run. */
static void fill_texts(dlu_run *run)
{
    for (size_t i = 0; i < run->n_experiments; i++) {
        dlu_run_experiment *e = &run->experiments[i];
        e->name = e->name ? e->name : "";
        e->status = e->status ? e->status : "failed";
    }
    for (size_t i = 0; i < run->n_inputs; i++) {
        run->inputs[i].path = run->inputs[i].path ? run->inputs[i].path : "";
        run->inputs[i].role = run->inputs[i].role ? run->inputs[i].role : "";
    }
    for (size_t i = 0; i < run->n_outputs; i++) {
        run->outputs[i].path = run->outputs[i].path ? run->outputs[i].path : "";
        run->outputs[i].role = run->outputs[i].role ? run->outputs[i].role : "";
    }
}

/* The same of levels, and of their experiments. */
static void fill_levels(dlu_run *run)
{
    for (size_t i = 0; i < run->n_levels; i++) {
        dlu_run_level *level = &run->levels[i];
        level->experiment = level->experiment ? level->experiment : "";
        level->instrument = level->instrument ? level->instrument : "";
        level->control = level->control ? level->control : "";
    }
}

static bool read_all(dlu_json_reader *r, const json_t *root, dlu_run *run)
{
    static const dlu_report_column version = {.key = "dualuc",
                                              .offset = offsetof(dlu_run, version)};
    bool good = dlu_json_read_row(r, &version, 1, root, (char *)run) && read_options(r, root, run);
    for (size_t i = 0; good && i < DLU_RUN_TABLE_COUNT; i++)
        good = dlu_json_read_table(r, &tables[i], root, run);
    fill_texts(run);
    fill_levels(run);
    return good;
}

static dlu_status check_kind(const dlu_source *json, const json_t *root, dlu_error *err)
{
    const dlu_place place = {json->name, NULL, 0, 0};
    if (json_object_get(root, "experiments"))
        return DLU_OK;
    return dlu_fail(err, DLU_E_INPUT, "run-other-json", &place,
                    "give the run.json that dualuc batch or merge wrote",
                    "expected the record of a run, with the key \"experiments\", found another "
                    "file of dualuc");
}

dlu_status dlu_run_read(const dlu_source *json, dlu_run **out, dlu_error *err)
{
    json_t *root;
    dlu_run *run = NULL;
    *out = NULL;
    dlu_status status = dlu_json_load(json, &root, err);
    if (!status)
        status = check_kind(json, root, err);
    if (!status)
        status = dlu_run_new(&run, err);
    if (!status) {
        dlu_error found = {.status = DLU_OK};
        dlu_json_reader r = {
            .file = {json->name, NULL, 0, 0}, .arena = dlu_run_arena(run), .err = &found};
        if (read_all(&r, root, run)) {
            *out = run;
            run = NULL;
        } else {
            status = found.status;
            if (err)
                *err = found;
        }
    }
    dlu_run_free(run);
    json_decref(root);
    return status;
}
