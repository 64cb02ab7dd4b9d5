/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"
#include "history.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEY_RESUME = 0x100,
    KEY_FAIL_FAST,
    KEY_OUTSIDE,
    KEY_LOG,
    KEY_HISTORY,
    KEY_BASELINE,
    KEY_CSV,
    KEY_HTML,
    KEY_FIGURES
};

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
    {"history", KEY_HISTORY, "FILE.sqlite", 0,
     "keep the levels of controls there, and warn of those that leave their baseline", 1},
    {"baseline", KEY_BASELINE, "RUN,RUN,...", 0,
     "the experiments of the history that others are held against (default: the first 8)", 1},
    {"csv", KEY_CSV, NULL, 0, "NAME/tables/ of each experiment as well: each table as CSV", 1},
    {"html", KEY_HTML, NULL, 0, "NAME/report.html as well: the report as one page", 1},
    {"figures", KEY_FIGURES, NULL, 0,
     "NAME/figures/ as well: figures of every kind as SVG, and in the workbook", 1},
    {0}};

error_t cli_jobs(unsigned *jobs, const char *arg, const struct argp_state *state)
{
    error_t error = cli_count(jobs, "jobs", arg, state);
    if (!error && (!*jobs || *jobs > 256))
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
    if (batch->baseline && !batch->history)
        return cli_bad_usage(state, "expected --history FILE with --baseline, found none");
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
        return cli_jobs(&batch->jobs, arg, state);
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
    case KEY_HISTORY:
        batch->history = arg;
        return 0;
    case KEY_BASELINE:
        batch->baseline = arg;
        return 0;
    case KEY_CSV:
        batch->csv = true;
        return 0;
    case KEY_HTML:
        batch->html = true;
        return 0;
    case KEY_FIGURES:
        batch->figures = true;
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

unsigned cli_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
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
    bool is_new = access(batch->out, F_OK) != 0;
    status = cli_make_folders(batch->out, err);
    if (!status)
        status = cli_lock_folder(batch->out, &lock, err);
    if (!status)
        status = cli_batch_work(batch, run, err);
    if (!status && batch->history)
        cli_history_note(batch->history, batch->baseline, run);
    cli_unlock_folder(&lock);
    if (status && is_new)
        rmdir(batch->out); /* only where nothing stands in it */
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
        batch->jobs = cli_processors();
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
