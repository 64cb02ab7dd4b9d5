/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/* Manifests and records of runs, with each allocation of the library failing once. */

static dlu_status read_manifest(const void *input, FILE *said, dlu_error *err)
{
    const char *text = input;
    dlu_source source = {.name = "m.csv", .bytes = text, .n_bytes = strlen(text)};
    dlu_manifest *manifest = NULL;
    dlu_messages *log = dlu_messages_new();
    if (!log) {
        strcpy(err->code, "no-memory");
        return DLU_E_NO_MEMORY;
    }
    dlu_status status = dlu_manifest_read(&source, &manifest, log, err);
    for (size_t i = 0; status == DLU_OK && i < manifest->n_rows; i++) {
        const dlu_manifest_row *row = &manifest->rows[i];
        fprintf(said, "%s %zu %zu %s\n", row->name, row->n_plates, row->n_maps,
                row->user ? row->user : "-");
    }
    dlu_manifest_free(manifest);
    dlu_messages_free(log);
    return status;
}

static dlu_status say(dlu_status status, dlu_bytes *bytes, FILE *said)
{
    if (status == DLU_OK)
        fwrite(bytes->bytes, 1, bytes->n_bytes, said);
    dlu_bytes_free(bytes);
    return status;
}

static dlu_status write_run(dlu_run *run, FILE *said, dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = dlu_run_adjust(run, err);
    if (status == DLU_OK)
        status = say(dlu_run_record(run, &bytes, err), &bytes, said);
    if (status == DLU_OK)
        status = say(dlu_run_json(run, &bytes, err), &bytes, said);
    if (status == DLU_OK)
        status = say(dlu_run_csv(run, &bytes, err), &bytes, said);
    return status;
}

static dlu_status join_runs(const void *input, FILE *said, dlu_error *err)
{
    const char *text = input;
    dlu_source source = {.name = "run.json", .bytes = text, .n_bytes = strlen(text)};
    dlu_error why = {.status = DLU_E_IO, .file = "x", .text = "a\n    b", .hint = "c"};
    const dlu_run_file file = {NULL, "p", "plate", NULL};
    const dlu_run_entry entry = {
        .name = "b", .user = "u", .error = &why, .inputs = &file, .n_inputs = 1};
    dlu_run *run = NULL, *joined = NULL;
    dlu_status status = dlu_run_read(&source, &run, err);
    if (status == DLU_OK)
        status = dlu_run_new(&joined, err);
    if (status == DLU_OK)
        status = dlu_run_append(joined, run, err);
    if (status == DLU_OK)
        status = dlu_run_set_options(joined, run->options, run->n_options, err);
    if (status == DLU_OK)
        status = dlu_run_add(joined, &entry, err);
    if (status == DLU_OK)
        status = dlu_run_add_output(joined, &file, err);
    if (status == DLU_OK)
        status = write_run(joined, said, err);
    dlu_run_free(run);
    dlu_run_free(joined);
    return status;
}

static void manifests_are_read(void **state)
{
    (void)state;
    sweep("manifest", read_manifest,
          "plates,map,label,user,room\na.csv;b.csv,m.csv,one,Ann,3\nc/d.csv,,,,\n");
    sweep("no manifest", read_manifest, "plates,user\n,Ann\n");
}

static void runs_are_joined(void **state)
{
    (void)state;
    sweep("runs", join_runs,
          "{\"dualuc\": \"1\", \"schema\": 1, \"options\": [\"--student\"], \"experiments\": ["
          "{\"name\": \"a\", \"status\": \"done\", \"verdicts\": 1, \"adjust\": \"holm\"}],"
          "\"inputs\": [{\"experiment\": \"a\", \"path\": \"p\", \"role\": \"plate\"}],"
          "\"outputs\": [{\"experiment\": \"a\", \"path\": \"q\", \"role\": \"json\"}],"
          "\"summary\": [{\"experiment\": \"a\", \"p_direct\": 0.02}]}");
}

static dlu_status compare(const void *input, FILE *said, dlu_error *err)
{
    const char *const *texts = input;
    dlu_result *results[2] = {NULL, NULL};
    dlu_diff diff = {.n = 0};
    dlu_status status = DLU_OK;
    for (int i = 0; i < 2 && status == DLU_OK; i++) {
        dlu_source source = {.name = "r.json", .bytes = texts[i], .n_bytes = strlen(texts[i])};
        status = dlu_result_read(&source, &results[i], err);
    }
    if (status == DLU_OK)
        status = dlu_diff_results(results[0], results[1], false, &diff, err);
    if (status == DLU_OK)
        fwrite(diff.lines.bytes, 1, diff.lines.n_bytes, said);
    dlu_bytes_free(&diff.lines);
    dlu_result_free(results[0]);
    dlu_result_free(results[1]);
    return status;
}

static void results_are_compared(void **state)
{
    static const char *const texts[] = {
        "{\"dualuc\": \"1\", \"schema\": 1, \"comparisons\": [{\"target\": \"A\", \"p\": 0.1}],"
        " \"verdicts\": [{\"target\": \"A\", \"verdict\": \"NO_MUTANT\"}],"
        " \"wells\": [{\"plate\": \"p\", \"well\": \"A1\", \"used\": true,"
        " \"flags\": [\"DEAD_WELL\"]}]}",
        "{\"dualuc\": \"1\", \"schema\": 1, \"comparisons\": [{\"target\": \"A\", \"p\": 0.2}],"
        " \"verdicts\": [{\"target\": \"B\", \"verdict\": \"INCONCLUSIVE\"}],"
        " \"wells\": [{\"plate\": \"p\", \"well\": \"A1\", \"used\": false}]}",
    };
    (void)state;
    sweep("diff", compare, texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manifests_are_read),
        cmocka_unit_test(runs_are_joined),
        cmocka_unit_test(results_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
