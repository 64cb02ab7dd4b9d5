/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyze.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_MAP = 0x100, KEY_JSON, KEY_CSV };

/* 31 December 9999, the last day that a workbook can be dated with. */
#define LAST_SECOND INT64_C(253402300799)

typedef struct request {
    cli_import_options import;
    cli_settings settings;
    const char *maps[CLI_MAX_FILES];
    size_t n_maps;
    cli_targets targets;
} request;

/* The files of a request in memory. */
typedef struct loaded {
    cli_file *plates;
    cli_file *maps;
    cli_file config;
    dlu_source plate_sources[CLI_MAX_FILES];
    dlu_source map_sources[CLI_MAX_FILES];
} loaded;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What is in the wells:", 1},
    {"map", KEY_MAP, "MAP", 0,
     "the plate map (csv, tsv or xlsx); once for all plates, or once for each plate file in order",
     1},
    {NULL, 0, NULL, 0, "Results (\"-\" is standard output):", 2},
    {"output", 'o', "FILE.xlsx", 0, "the workbook", 2},
    {"json", KEY_JSON, "FILE", 0, "everything as JSON", 2},
    {"csv", KEY_CSV, "FOLDER", 0, "each table as CSV; the folder is made if it is not there", 2},
    {0}};

static error_t add_map(request *r, const char *path, const struct argp_state *state)
{
    if (r->n_maps >= CLI_MAX_FILES)
        return cli_bad_usage(state, "expected at most %u maps, found more", CLI_MAX_FILES);
    r->maps[r->n_maps++] = path;
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &r->import;
        state->child_inputs[1] = &r->settings;
        return 0;
    case KEY_MAP:
        return add_map(r, arg, state);
    case 'o':
        r->targets.xlsx = arg;
        return 0;
    case KEY_JSON:
        r->targets.json = arg;
        return 0;
    case KEY_CSV:
        r->targets.csv = arg;
        return 0;
    case ARGP_KEY_END:
        return r->import.n_paths ? 0 : cli_bad_usage(state, "expected PLATE files, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int parse_request(int argc, char **argv, request *r)
{
    cli_settings_init(&r->settings);
    const struct argp_child children[] = {
        {&cli_import_argp, 0, NULL, 0}, {&r->settings.argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        options,
        parse,
        "PLATE...",
        "Pairs the two lights of every well, subtracts blanks, compares the arms of each target "
        "and judges whether it is a direct target. Prints one line a verdict.\v"
        "Example:\n  dualuc analyze day1.xlsx day2.xlsx day3.xlsx --map map.xlsx -o report.xlsx",
        children,
        NULL,
        NULL};
    return cli_parse(&argp, argc, argv, r);
}

static dlu_status check_targets(const request *r, dlu_error *err)
{
    const char *inputs[2 * CLI_MAX_FILES + 1];
    size_t n = 0;
    for (size_t i = 0; i < r->import.n_paths; i++)
        inputs[n++] = r->import.paths[i];
    for (size_t i = 0; i < r->n_maps; i++)
        inputs[n++] = r->maps[i];
    if (r->settings.config)
        inputs[n++] = r->settings.config;
    return cli_targets_check(&r->targets, inputs, n, err);
}

static dlu_status load_files(const request *r, loaded *files, dlu_error *err)
{
    dlu_status status = cli_files_read(r->import.paths, r->import.n_paths, &files->plates, err);
    if (!status)
        status = cli_files_read(r->maps, r->n_maps, &files->maps, err);
    if (status)
        return status;
    for (size_t i = 0; i < r->import.n_paths; i++)
        files->plate_sources[i] = files->plates[i].source;
    for (size_t i = 0; i < r->n_maps; i++)
        files->map_sources[i] = files->maps[i].source;
    return DLU_OK;
}

/* SOURCE_DATE_EPOCH, or -1 where it is not set. */
static dlu_status read_epoch(int64_t *created, dlu_error *err)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    *created = -1;
    if (!text || !*text)
        return DLU_OK;
    for (const char *c = text; *c; c++) {
        if (*c >= '0' && *c <= '9' && seconds <= LAST_SECOND)
            seconds = seconds * 10 + (*c - '0');
        else
            seconds = LAST_SECOND + 1;
    }
    if (seconds > LAST_SECOND)
        return cli_fail(err, DLU_E_USAGE, "bad-source-date", "",
                        "unset it, or give it a whole number up to 253402300799",
                        "SOURCE_DATE_EPOCH: expected seconds since 1970, found \"%s\"", text);
    *created = seconds;
    return DLU_OK;
}

static dlu_status prepare(const request *r, loaded *files, dlu_job *job, dlu_error *err)
{
    const dlu_source *config = r->settings.config ? &files->config.source : NULL;
    *job = (dlu_job){.plates = files->plate_sources,
                     .channel_of = r->import.channel_of,
                     .n_plates = r->import.n_paths,
                     .maps = files->map_sources,
                     .n_maps = r->n_maps,
                     .config = config,
                     .channels = r->import.channels,
                     .time = r->import.time,
                     .import = r->import.import};
    dlu_status status = DLU_OK;
    if (config)
        status = cli_file_read(r->settings.config, &files->config, err);
    if (!status)
        status = cli_settings_finish(&r->settings, config, &job->settings, err);
    if (!status)
        status = check_targets(r, err);
    if (!status)
        status = load_files(r, files, err);
    return status;
}

static dlu_status write_results(const request *r, const dlu_result *result, int64_t created,
                                const dlu_messages *log, dlu_error *err)
{
    dlu_bytes lines = {0};
    FILE *stream = cli_targets_use_stdout(&r->targets) ? stderr : stdout;
    dlu_status status = dlu_report_lines(result, &lines, err);
    if (!status)
        status = cli_targets_write(&r->targets, result, created, err);
    if (!status) {
        cli_say_messages(log);
        fwrite(lines.bytes, 1, lines.n_bytes, stream);
    }
    dlu_bytes_free(&lines);
    return status;
}

static dlu_status work(const request *r, loaded *files, dlu_messages *log, dlu_error *err)
{
    dlu_job job;
    int64_t created;
    dlu_result *result = NULL;
    dlu_status status = read_epoch(&created, err);
    if (!status)
        status = prepare(r, files, &job, err);
    if (!status)
        status = dlu_analyze(&job, &result, log, err);
    if (!status)
        status = write_results(r, result, created, log, err);
    dlu_result_free(result);
    return status;
}

int cli_analyze(int argc, char **argv)
{
    request r = {.n_maps = 0};
    loaded files = {.plates = NULL};
    dlu_error err = {.status = DLU_OK};
    int code = parse_request(argc, argv, &r);
    if (code)
        return code;
    dlu_messages *log = dlu_messages_new();
    dlu_status status = log ? work(&r, &files, log, &err)
                            : cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "",
                                       "not enough "
                                       "memory");
    if (status)
        code = cli_say_failure(log, &err);
    dlu_messages_free(log);
    cli_files_free(files.plates, r.import.n_paths);
    cli_files_free(files.maps, r.n_maps);
    cli_file_free(&files.config);
    return code;
}
