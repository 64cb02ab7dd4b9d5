/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"
#include "output_place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether the files of a run are what they were, and whether they come out the same again. */

enum { KEY_RERUN = 0x100, KEY_BASE };

typedef struct request {
    const char *path;
    const char *base;
    bool rerun;
    unsigned jobs;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What to verify:", 1},
    {"rerun", KEY_RERUN, NULL, 0, "compute everything again and compare it byte for byte", 1},
    {"base", KEY_BASE, "FOLDER", 0,
     "where the run was started: paths of inputs are relative to it (default: here)", 1},
    {"jobs", 'j', "N", 0, "experiments at a time (default: as many as there are processors)", 1},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case KEY_RERUN:
        r->rerun = true;
        return 0;
    case KEY_BASE:
        r->base = arg;
        return 0;
    case 'j':
        return cli_jobs(&r->jobs, arg, state);
    case ARGP_KEY_ARG:
        if (r->path)
            return cli_bad_usage(state, "expected one run.json, found a second one, \"%s\"", arg);
        r->path = arg;
        return 0;
    case ARGP_KEY_END:
        return r->path ? 0 : cli_bad_usage(state, "expected a run.json, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "RUN.json",
    "Says whether the inputs and outputs of a run are unchanged: by their sha256, and with --rerun "
    "by computing them again.\v"
    "Example:\n  dualuc verify results/run.json --rerun",
    NULL,
    NULL,
    NULL};

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

/* ---- checksums ---- */

static void say(const char *path, const char *what)
{
    char seen[1200];
    dlu_visible(path, seen, sizeof seen);
    printf("%s: %s\n", seen, what);
}

/* True where the file is as it was. One that was never read cannot be compared. */
static bool is_unchanged(const char *folder, const dlu_run_file *file)
{
    char hex[65];
    dlu_error err;
    if (!file->sha256)
        return true;
    char *path =
        *file->path == '/' || !*folder ? strdup(file->path) : cli_joined(folder, file->path);
    dlu_status status = path ? cli_hash_file(path, hex, &err) : no_memory(&err);
    bool same = !status && !strcmp(hex, file->sha256);
    if (!same)
        say(path ? path : file->path, status ? err.text : "changed");
    free(path);
    return same;
}

static size_t count_changed(const char *folder, const dlu_run_file *files, size_t n)
{
    size_t changed = 0;
    for (size_t i = 0; i < n; i++)
        changed += !is_unchanged(folder, &files[i]);
    return changed;
}

static bool verify_files(const dlu_run *run, const char *folder)
{
    size_t inputs = count_changed("", run->inputs, run->n_inputs);
    size_t outputs = count_changed(folder, run->outputs, run->n_outputs);
    if (inputs || outputs)
        printf("%zu input%s and %zu output%s not as they were\n", inputs, inputs == 1 ? "" : "s",
               outputs, outputs == 1 ? "" : "s");
    else
        printf("%zu inputs and %zu outputs unchanged\n", run->n_inputs, run->n_outputs);
    return !inputs && !outputs;
}

/* ---- again ---- */

/* The experiments of the run as a list; failed ones have nothing to be compared with. */
static dlu_status list_experiments(const dlu_run *run, cli_items *list, dlu_error *err)
{
    size_t at = 0;
    for (size_t i = 0; i < run->n_experiments; i++) {
        const dlu_run_experiment *e = &run->experiments[i];
        cli_item *item = cli_items_add(list, e->name);
        bool good = item && (!e->user || (item->user = strdup(e->user)));
        /* the inputs stand in the order of the experiments */
        for (; good && at < run->n_inputs && run->inputs[at].experiment &&
               !strcmp(run->inputs[at].experiment, e->name);
             at++) {
            const dlu_run_file *input = &run->inputs[at];
            if (!strcmp(input->role, "plate"))
                good = cli_item_add_path(&item->plates, &item->n_plates, "", input->path);
            else if (!strcmp(input->role, "map"))
                good = cli_item_add_path(&item->maps, &item->n_maps, "", input->path);
            else if (!strcmp(input->role, "config") && !item->config)
                good = (item->config = strdup(input->path)) != NULL;
        }
        if (!good)
            return no_memory(err);
    }
    return DLU_OK;
}

static dlu_status check_counts(const cli_items *list, const char *path, dlu_error *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].n_plates > CLI_MAX_FILES || list->items[i].n_maps > CLI_MAX_FILES)
            return cli_fail(err, DLU_E_INPUT, "run-not-repeatable", path,
                            "give the run.json as dualuc batch wrote it",
                            "expected at most %u plate files an experiment, found more",
                            CLI_MAX_FILES);
    return DLU_OK;
}

static const char *hash_of(const dlu_run *run, const char *path)
{
    for (size_t i = 0; i < run->n_outputs; i++)
        if (!strcmp(run->outputs[i].path, path))
            return run->outputs[i].sha256;
    return NULL;
}

static bool is_done(const dlu_run *run, const char *experiment)
{
    for (size_t i = 0; i < run->n_experiments; i++)
        if (!strcmp(run->experiments[i].name, experiment))
            return !strcmp(run->experiments[i].status, "done");
    return false;
}

/* Of each output that both runs have. Those over all differ of course where one failed. */
static bool compare(const dlu_run *before, const dlu_run *now)
{
    size_t compared = 0, differ = 0;
    bool whole = true;
    for (size_t i = 0; i < before->n_experiments; i++)
        whole = whole && !strcmp(before->experiments[i].status, "done");
    for (size_t i = 0; i < before->n_outputs; i++) {
        const dlu_run_file *output = &before->outputs[i];
        const char *hash = hash_of(now, output->path);
        if (output->experiment ? !is_done(before, output->experiment) : !whole)
            continue;
        compared++;
        if (hash && output->sha256 && !strcmp(hash, output->sha256))
            continue;
        differ++;
        say(output->path, hash ? "comes out otherwise" : "does not come out again");
    }
    if (differ)
        printf("%zu of %zu outputs come out otherwise\n", differ, compared);
    else
        printf("%zu outputs come out the same, byte for byte\n", compared);
    return !differ;
}

static dlu_status make_folder(char *name, size_t size, dlu_error *err)
{
    const char *dir = getenv("TMPDIR");
    snprintf(name, size, "%s/dualuc-verify-XXXXXX", dir && *dir ? dir : "/tmp");
    if (mkdtemp(name))
        return DLU_OK;
    return cli_fail(err, DLU_E_IO, "folder-unusable", name, "set TMPDIR to a folder of your own",
                    "cannot make a folder for temporary files: %s", strerror(errno));
}

static dlu_status rerun(const request *r, const dlu_run *run, bool *same, dlu_error *err)
{
    char folder[4096];
    dlu_run *now = NULL;
    cli_batch *batch = calloc(1, sizeof *batch);
    dlu_status status = batch ? dlu_run_new(&now, err) : no_memory(err);
    if (!status)
        status = cli_batch_from_options(batch, run->options, run->n_options, r->path, err);
    if (!status)
        status = cli_source_date(&batch->created, err);
    if (!status)
        status = list_experiments(run, &batch->list, err);
    if (!status)
        status = check_counts(&batch->list, r->path, err);
    if (!status)
        status = make_folder(folder, sizeof folder, err);
    if (!status) {
        batch->out = folder;
        batch->jobs = r->jobs;
        status = cli_batch_work(batch, now, err);
        if (!status)
            *same = compare(run, now);
        cli_remove_run(folder, &batch->list, now);
    }
    if (batch)
        cli_items_free(&batch->list);
    free(batch);
    dlu_run_free(now);
    return status;
}

/* ---- the command ---- */

static dlu_status read_run(const char *path, dlu_run **run, dlu_error *err)
{
    cli_file file = {.bytes = NULL};
    dlu_status status = cli_file_bytes(path, &file, err);
    if (!status)
        status = dlu_run_read(&file.source, run, err);
    cli_file_free(&file);
    return status;
}

/* Outputs lie beside run.json, inputs where the run was started: the way there is gone. */
static dlu_status go_to_base(const request *r, char **folder, dlu_error *err)
{
    cli_place place;
    *folder = cli_split_path(r->path, &place) ? cli_real_path(place.folder) : NULL;
    if (!*folder)
        return cli_fail(err, DLU_E_IO, "folder-unusable", r->path, "", "cannot find its folder");
    if (r->base && chdir(r->base))
        return cli_fail(err, DLU_E_IO, "folder-unusable", r->base,
                        "name the folder in which dualuc batch was started",
                        "cannot go to the folder: %s", strerror(errno));
    return DLU_OK;
}

static void say_version(const dlu_run *run)
{
    if (strcmp(run->version, dlu_version()) != 0)
        cli_warn("run-other-version", "", "compute again with the version that made it",
                 "the run was made by dualuc %.40s, and this is dualuc %s", run->version,
                 dlu_version());
}

int cli_verify(int argc, char **argv)
{
    request r = {.jobs = cli_processors()};
    dlu_run *run = NULL;
    dlu_error err;
    char *folder = NULL;
    bool same = true;
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    dlu_status status = read_run(r.path, &run, &err);
    if (!status)
        status = go_to_base(&r, &folder, &err);
    if (!status) {
        same = verify_files(run, folder);
        say_version(run);
        bool again = true;
        if (r.rerun)
            status = rerun(&r, run, &again, &err);
        same = same && again;
    }
    dlu_run_free(run);
    free(folder);
    return status ? cli_say_failure(NULL, &err) : same ? CLI_DONE : CLI_FAILED;
}
