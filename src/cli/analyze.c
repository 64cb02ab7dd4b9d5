/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment.h"

enum { KEY_MAP = 0x100, KEY_JSON, KEY_CSV, KEY_FIGURES, KEY_HTML };

typedef struct request {
    cli_import_options import;
    cli_settings settings;
    const char *maps[CLI_MAX_FILES];
    size_t n_maps;
    cli_targets targets;
    cli_figure_style style;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What is in the wells:", 1},
    {"map", KEY_MAP, "MAP", 0,
     "the plate map (csv, tsv or xlsx); once for all plates, or once for each plate file in order",
     1},
    {NULL, 0, NULL, 0, "Results (\"-\" is standard output):", 2},
    {"output", 'o', "FILE.xlsx", 0, "the workbook", 2},
    {"json", KEY_JSON, "FILE", 0, "everything as JSON", 2},
    {"csv", KEY_CSV, "FOLDER", 0, "each table as CSV; the folder is made if it is not there", 2},
    {"figures", KEY_FIGURES, "FOLDER", 0,
     "figures of every kind as SVG; the folder is made if it is not there", 2},
    {"html", KEY_HTML, "FILE", 0, "one page to read in a browser, without a network", 2},
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
        state->child_inputs[2] = &r->style;
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
    case KEY_FIGURES:
        r->targets.figures = arg;
        r->targets.style = &r->style;
        return 0;
    case KEY_HTML:
        r->targets.html = arg;
        return 0;
    case ARGP_KEY_END:
        if (r->style.given && !r->targets.figures)
            return cli_bad_usage(state, "expected --figures FOLDER with options of figures, found "
                                        "none");
        return r->import.n_paths ? 0 : cli_bad_usage(state, "expected PLATE files, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int parse_request(int argc, char **argv, request *r)
{
    cli_settings_init(&r->settings);
    cli_figure_style_init(&r->style, false, 5);
    const struct argp_child children[] = {{&cli_import_argp, 0, NULL, 0},
                                          {&r->settings.argp, 0, NULL, 0},
                                          {&r->style.argp, 0, NULL, 0},
                                          {0}};
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

static dlu_status write_results(const request *r, const dlu_result *result, int64_t created,
                                const dlu_messages *log, dlu_error *err)
{
    dlu_bytes lines = {0};
    FILE *stream = cli_targets_use_stdout(&r->targets) ? stderr : stdout;
    dlu_status status = dlu_report_lines(result, &lines, err);
    if (!status && r->targets.figures)
        status =
            cli_figure_style_finish(r->targets.style, r->targets.xlsx && cli_can_render(), err);
    if (!status)
        status = cli_targets_write(&r->targets, result, created, err);
    if (!status) {
        cli_say_messages(log);
        fwrite(lines.bytes, 1, lines.n_bytes, stream);
    }
    dlu_bytes_free(&lines);
    return status;
}

static dlu_status work(const request *r, cli_loaded *files, dlu_messages *log, dlu_error *err)
{
    const cli_experiment experiment = {.import = &r->import,
                                       .maps = r->maps,
                                       .n_maps = r->n_maps,
                                       .config = r->settings.config,
                                       .settings = &r->settings,
                                       .targets = r->targets};
    dlu_job job;
    int64_t created;
    dlu_result *result = NULL;
    dlu_status status = cli_source_date(&created, err);
    if (!status)
        status = cli_experiment_load(&experiment, files, &job, err);
    if (!status)
        status = dlu_analyze(&job, &result, log, err);
    if (status)
        cli_seed_hint(&files->seed, err);
    if (!status)
        status = write_results(r, result, created, log, err);
    dlu_result_free(result);
    return status;
}

int cli_analyze(int argc, char **argv)
{
    request r = {.n_maps = 0};
    cli_loaded files = {.plates = NULL};
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
    cli_figure_style_free(&r.style);
    cli_loaded_free(&files);
    return code;
}
