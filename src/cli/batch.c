/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_RESUME = 0x100, KEY_FAIL_FAST, KEY_OUTSIDE, KEY_LOG };

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "The run:", 1},
    {"output", 'o', "FOLDER", 0,
     "where outputs go; made if it is not there: NAME/report.xlsx and NAME/result.json of each "
     "experiment, index.xlsx, summary.csv and run.json over all",
     1},
    {"jobs", 'j', "N", 0, "experiments at a time (default: as many as there are processors)", 1},
    {"resume", KEY_RESUME, NULL, 0,
     "do only what is missing, or whose files, map, settings or version of dualuc changed", 1},
    {"fail-fast", KEY_FAIL_FAST, NULL, 0, "begin no further experiment after one has failed", 1},
    {"allow-outside", KEY_OUTSIDE, NULL, 0,
     "let the manifest name files outside the folder it lies in", 1},
    {"log", KEY_LOG, "FILE", 0, "add what was done to a file, with times", 1},
    {0}};

static error_t set_jobs(cli_batch *batch, const char *arg, const struct argp_state *state)
{
    error_t error = cli_count(&batch->jobs, "jobs", arg, state);
    if (!error && (!batch->jobs || batch->jobs > 256))
        return cli_bad_usage(state, "--jobs: expected a number from 1 to 256, found \"%s\"", arg);
    return error;
}

static error_t set_source(cli_batch *batch, const char *arg, const struct argp_state *state)
{
    if (batch->source)
        return cli_bad_usage(state, "expected one manifest or folder, found a second one, \"%s\"",
                             arg);
    batch->source = arg;
    return 0;
}

static error_t check_request(const cli_batch *batch, const struct argp_state *state)
{
    if (!batch->source)
        return cli_bad_usage(state, "expected a manifest or a folder, found none");
    if (!batch->out || !*batch->out)
        return cli_bad_usage(state, "expected -o FOLDER for the outputs, found none");
    if (cli_is_stdout(batch->out))
        return cli_bad_usage(state, "-o: expected a folder for several files, found \"-\"");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_batch *batch = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &batch->import;
        state->child_inputs[1] = &batch->settings;
        return 0;
    case 'o':
        batch->out = arg;
        return 0;
    case 'j':
        return set_jobs(batch, arg, state);
    case KEY_RESUME:
        batch->resume = true;
        return 0;
    case KEY_FAIL_FAST:
        batch->fail_fast = true;
        return 0;
    case KEY_OUTSIDE:
        batch->allow_outside = true;
        return 0;
    case KEY_LOG:
        batch->log = arg;
        return 0;
    case ARGP_KEY_ARG:
        return set_source(batch, arg, state);
    case ARGP_KEY_END:
        return check_request(batch, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int parse_request(int argc, char **argv, cli_batch *batch)
{
    cli_settings_init(&batch->settings);
    const struct argp_child children[] = {
        {&cli_reading_argp, 0, NULL, 0}, {&batch->settings.argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        options,
        parse,
        "MANIFEST.csv|FOLDER",
        "Analyses many experiments, several at a time. In a folder, each folder that holds a plate "
        "map (map.*, or *map*.csv, .tsv or .xlsx) beside reader files is one; a manifest has a "
        "row an experiment, with the columns plates, map, config, label and user.\v"
        "Example:\n  dualuc batch plates/ -o results",
        children,
        NULL,
        NULL};
    return cli_parse(&argp, argc, argv, batch);
}

/* ---- running ---- */

typedef struct running {
    cli_batch *batch;
    dlu_run **runs; /* of each experiment, once it is taken */
    cli_progress progress;
    bool no_memory;
} running;

static void work(void *context, size_t job, cli_answer *answer)
{
    const running *r = context;
    cli_batch_one(r->batch, &r->batch->list.items[job], answer);
}

/* The record and the messages of an answer. False where it is none. */
static bool open_answer(const cli_answer *answer, dlu_run **run, const char **messages)
{
    dlu_error err;
    uint64_t n;
    size_t head = 1 + sizeof n;
    if (answer->n < head)
        return false;
    memcpy(&n, answer->bytes + 1, sizeof n);
    if (n > answer->n - head)
        return false;
    const dlu_source record = {.name = "", .bytes = answer->bytes + head, .n_bytes = (size_t)n};
    *messages = answer->bytes + head + n;
    return !dlu_run_read(&record, run, &err) && (*run)->n_experiments == 1;
}

/* A worker that ended over an experiment, or had no memory to say what became of it. */
static bool take_death(running *r, size_t job, const char *death)
{
    dlu_error why, err;
    const cli_item *item = &r->batch->list.items[job];
    if (death)
        cli_fail(&why, DLU_E_IO, "worker-died", "",
                 "try it alone with dualuc analyze; if it ends so again, please report it",
                 "the process that worked on it ended: %s", death);
    else
        cli_fail(&why, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    return !dlu_run_new(&r->runs[job], &err) && !cli_run_add_failed(r->runs[job], item, &why, &err);
}

static bool take(void *context, size_t job, const cli_answer *answer, const char *death)
{
    running *r = context;
    const char *messages = "";
    char *text = NULL;
    bool unchanged = false;
    if (!death && open_answer(answer, &r->runs[job], &messages)) {
        unchanged = *answer->bytes == CLI_ITEM_UNCHANGED;
        size_t n = answer->n - (size_t)(messages - answer->bytes);
        text = malloc(n + 1);
        if (text) {
            memcpy(text, messages, n);
            text[n] = '\0';
        }
    } else {
        dlu_run_free(r->runs[job]);
        r->runs[job] = NULL;
        r->no_memory = !take_death(r, job, death);
    }
    bool failed = true;
    if (!r->no_memory) {
        const dlu_run_experiment *e = &r->runs[job]->experiments[0];
        failed = !strcmp(e->status, "failed");
        cli_progress_add(&r->progress, e, unchanged, text ? text : "");
    }
    free(text);
    return !r->no_memory && !(failed && r->batch->fail_fast);
}

/* Every experiment in the order of the list; those that were not begun are failed ones. */
static dlu_status sum_up(running *r, dlu_run *run, dlu_error *err)
{
    dlu_error why;
    dlu_status status = DLU_OK;
    cli_fail(&why, DLU_E_IO, "experiment-not-begun", "", "run it again with --resume",
             "not begun, because another one failed before (--fail-fast)");
    for (size_t i = 0; !status && i < r->batch->list.n; i++) {
        status = r->runs[i] ? dlu_run_append(run, r->runs[i], err)
                            : cli_run_add_failed(run, &r->batch->list.items[i], &why, err);
        dlu_run_free(r->runs[i]);
        r->runs[i] = NULL;
    }
    return status;
}

static dlu_status run_all(running *r, dlu_run *run, dlu_error *err)
{
    const cli_pool pool = {r->batch->list.n, r->batch->jobs, r, work, take};
    size_t n = 0;
    char **kept = cli_batch_options(r->batch, &n);
    r->runs = calloc(r->batch->list.n + 1, sizeof *r->runs);
    dlu_status status = DLU_OK;
    if (!kept || !r->runs)
        status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    if (!status)
        status = dlu_run_set_options(run, (const char *const *)kept, n, err);
    if (!status)
        status = cli_pool_run(&pool, err);
    if (!status && r->no_memory)
        status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    if (!status)
        status = sum_up(r, run, err);
    for (size_t i = 0; r->runs && i < r->batch->list.n; i++)
        dlu_run_free(r->runs[i]);
    free(r->runs);
    cli_texts_free(kept, n);
    return status;
}

/* ---- before and after ---- */

static dlu_status refuse_own_folder(const cli_batch *batch, dlu_error *err)
{
    if (!cli_same_file(batch->source, batch->out))
        return DLU_OK;
    return cli_fail(err, DLU_E_USAGE, "output-is-input", batch->out,
                    "choose another folder for the outputs",
                    "the outputs would stand among the inputs in \"%s\"", batch->source);
}

static dlu_status list_experiments(cli_batch *batch, dlu_messages *log, dlu_error *err)
{
    struct stat info;
    bool folder = !stat(batch->source, &info) && S_ISDIR(info.st_mode);
    dlu_status status = folder ? cli_items_from_folder(batch->source, batch->out, &batch->list, err)
                               : cli_items_from_manifest(batch->source, batch->allow_outside,
                                                         &batch->list, log, err);
    if (!status && !batch->list.n)
        return cli_fail(err, DLU_E_INPUT, "folder-no-experiment", batch->source,
                        "put the map (map.csv) beside the exports of the reader, or write a "
                        "manifest",
                        "expected folders with a plate map beside reader files, found none");
    return status ? status : cli_items_check_names(&batch->list, err);
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

static dlu_status work_in_folder(cli_batch *batch, dlu_run *run, dlu_error *err)
{
    running r = {.batch = batch};
    FILE *log = NULL;
    dlu_status status = batch->log ? cli_open_log(batch->log, &log, err) : DLU_OK;
    if (status)
        return status;
    cli_remove_leftovers(batch->out);
    cli_progress_begin(&r.progress, batch->list.n, log);
    status = run_all(&r, run, err);
    cli_progress_end(&r.progress);
    if (!status)
        status = cli_run_write(run, batch->out, batch->created, err);
    return status;
}

static dlu_status run_batch(cli_batch *batch, dlu_run *run, dlu_messages *log, dlu_error *err)
{
    cli_lock lock = {.fd = -1};
    dlu_status status = cli_source_date(&batch->created, err);
    if (!status)
        status = refuse_own_folder(batch, err);
    if (!status)
        status = list_experiments(batch, log, err);
    if (status)
        return status;
    cli_say_messages(log);
    status = cli_make_folders(batch->out, err);
    if (!status)
        status = cli_lock_folder(batch->out, &lock, err);
    if (!status)
        status = work_in_folder(batch, run, err);
    cli_unlock_folder(&lock);
    return status;
}

int cli_batch_command(int argc, char **argv)
{
    cli_batch *batch = calloc(1, sizeof *batch);
    dlu_messages *log = dlu_messages_new();
    dlu_run *run = NULL;
    dlu_error err;
    int code = CLI_FAILED;
    if (batch)
        batch->jobs = processors();
    if (!batch || !log || dlu_run_new(&run, &err)) {
        cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
        code = cli_say_failure(NULL, &err);
    } else {
        code = parse_request(argc, argv, batch);
        if (!code && run_batch(batch, run, log, &err))
            code = cli_say_failure(NULL, &err);
        else if (!code) {
            cli_run_say(run, batch->out);
            code = cli_run_code(run);
        }
    }
    dlu_run_free(run);
    dlu_messages_free(log);
    if (batch)
        cli_items_free(&batch->list);
    free(batch);
    return code;
}
