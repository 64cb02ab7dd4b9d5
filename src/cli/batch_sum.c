/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* What stands over all experiments: index, summary and the record of the run. */

static dlu_status put_bytes(cli_outputs *outputs, dlu_run *run, const char *folder,
                            const char *name, const char *role, const dlu_bytes *bytes,
                            dlu_error *err)
{
    char hex[65];
    char *path = cli_joined(folder, name);
    if (!path)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    dlu_sha256(bytes->bytes, bytes->n_bytes, hex);
    dlu_status status = cli_outputs_bytes(outputs, path, bytes->bytes, bytes->n_bytes, err);
    free(path);
    if (!status && role)
        status = dlu_run_add_output(run, &(dlu_run_file){NULL, name, role, hex}, err);
    return status;
}

static dlu_status put_summary(cli_outputs *outputs, dlu_run *run, const char *folder,
                              dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = dlu_run_csv(run, &bytes, err);
    if (!status)
        status = put_bytes(outputs, run, folder, "summary.csv", "summary", &bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

static dlu_status put_index(cli_outputs *outputs, dlu_run *run, const char *folder, int64_t created,
                            dlu_error *err)
{
    const char *temp;
    char hex[65];
    char *path = cli_joined(folder, "index.xlsx");
    dlu_status status =
        path ? cli_outputs_file(outputs, path, &temp, err)
             : cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    free(path);
    if (!status)
        status = cli_outputs_written(outputs, dlu_run_xlsx(run, temp, created, err), err);
    if (!status)
        status = cli_outputs_written(outputs, cli_hash_file(temp, hex, err), err);
    if (!status)
        status = dlu_run_add_output(run, &(dlu_run_file){NULL, "index.xlsx", "index", hex}, err);
    return status;
}

static dlu_status put_run(cli_outputs *outputs, dlu_run *run, const char *folder, dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = dlu_run_json(run, &bytes, err);
    if (!status)
        status = put_bytes(outputs, run, folder, "run.json", NULL, &bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

dlu_status cli_run_write(dlu_run *run, const char *folder, int64_t created, dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    dlu_status status = dlu_run_adjust(run, err);
    if (!status)
        status = put_index(&outputs, run, folder, created, err);
    if (!status)
        status = put_summary(&outputs, run, folder, err);
    if (!status)
        status = put_run(&outputs, run, folder, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    cli_outputs_free(&outputs);
    return status;
}

static size_t count_failed(const dlu_run *run)
{
    size_t failed = 0;
    for (size_t i = 0; i < run->n_experiments; i++)
        failed += !strcmp(run->experiments[i].status, "failed");
    return failed;
}

void cli_run_say(const dlu_run *run, const char *folder)
{
    size_t direct = 0, verdicts = 0, failed = count_failed(run), n = run->n_experiments;
    char *path = cli_joined(folder, "summary.csv");
    char seen[1024] = "";
    for (size_t i = 0; i < n; i++) {
        direct += run->experiments[i].n_direct;
        verdicts += run->experiments[i].n_verdicts;
    }
    if (path)
        dlu_visible(path, seen, sizeof seen);
    free(path);
    printf("%zu of %zu experiment%s done, %zu failed; %zu verdict%s, %zu direct: %s\n", n - failed,
           n, n == 1 ? "" : "s", failed, verdicts, verdicts == 1 ? "" : "s", direct, seen);
}

int cli_run_code(const dlu_run *run)
{
    return count_failed(run) ? CLI_SOME_FAILED : CLI_DONE;
}
