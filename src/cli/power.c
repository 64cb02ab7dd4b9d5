/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum { KEY_SD = 0x100, KEY_FOLD, KEY_DESIGN, KEY_TEST, KEY_ALPHA, KEY_POWER, KEY_CSV, KEY_JSON };

typedef struct request {
    dlu_power_options options;
    bool designed; /* --design was given */
    const char *result;
    const char *csv;
    const char *json;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What is planned:", 1},
    {"fold", KEY_FOLD, "FOLD", 0, "the fold to find (default 0.7, 30 % repression)", 1},
    {"test", KEY_TEST, "interaction|wt", 0,
     "wild type against mutant, or the effect on one construct (default interaction)", 1},
    {"alpha", KEY_ALPHA, "ALPHA", 0, "two-sided (default 0.05, or that of RESULT)", 1},
    {"power", KEY_POWER, "POWER", 0, "the share of experiments that find it (default 0.8)", 1},
    {NULL, 0, NULL, 0, "Without RESULT:", 2},
    {"sd", KEY_SD, "SD", 0,
     "scatter of ln ratios: of each block's own difference (blocked), the root of the pooled mean "
     "square (blocked-pooled), of transfections (unblocked)",
     2},
    {"design", KEY_DESIGN, "blocked|blocked-pooled|unblocked", 0,
     "days with all arms, tested by day or by one error, or independent transfections (default "
     "blocked)",
     2},
    {"n", 'n', "N", 0, "also say what N replicates find", 2},
    {NULL, 0, NULL, 0, "Results (\"-\" is standard output):", 3},
    {"json", KEY_JSON, "FILE", 0, "the plan as JSON", 3},
    {"csv", KEY_CSV, "FILE", 0, "the plan as CSV, a row each", 3},
    {0}};

/* The designs are few, but long enough to be mistyped. */
static void hint_at_design(const char *value, dlu_error *err)
{
    const char *names[DLU_PLAN_DESIGN_COUNT];
    for (unsigned i = 0; i < DLU_PLAN_DESIGN_COUNT; i++)
        names[i] = dlu_plan_design_name((dlu_plan_design)i);
    const char *near = cli_nearest(value, names, DLU_PLAN_DESIGN_COUNT);
    if (near)
        snprintf(err->hint, sizeof err->hint, "did you mean %s?", near);
}

static error_t set(request *r, const char *name, const char *value)
{
    dlu_error err;
    if (!dlu_power_option_set(&r->options, name, value, &err))
        return 0;
    if (!strcmp(name, "design"))
        hint_at_design(value, &err);
    cli_say_error(&err);
    return EINVAL;
}

static error_t check_request(const request *r, const struct argp_state *state)
{
    bool from_numbers = !isnan(r->options.sd) || r->options.n || r->designed;
    if (r->result && from_numbers)
        return cli_bad_usage(state, "expected RESULT or --sd, --design, -n, found both: a result "
                                    "has its own scatter, design and replicates");
    if (!r->result && isnan(r->options.sd))
        return cli_bad_usage(state, "expected --sd SD, or RESULT.json of dualuc analyze --json, "
                                    "found none");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    static const struct {
        int key;
        const char *name;
    } numbers[] = {
        {KEY_SD, "sd"},       {KEY_FOLD, "fold"},     {KEY_TEST, "test"}, {KEY_ALPHA, "alpha"},
        {KEY_POWER, "power"}, {KEY_DESIGN, "design"}, {'n', "n"}};
    request *r = state->input;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].key == key) {
            r->designed = r->designed || key == KEY_DESIGN;
            return set(r, numbers[i].name, arg);
        }
    switch (key) {
    case KEY_CSV:
        r->csv = arg;
        return 0;
    case KEY_JSON:
        r->json = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (r->result)
            return cli_bad_usage(state, "expected one RESULT, found \"%s\" too", arg);
        r->result = arg;
        return 0;
    case ARGP_KEY_END:
        return check_request(r, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "[RESULT.json]",
    "Plans the next experiment: how many replicates find a fold, and which fold so many find; from "
    "a standard deviation, or from the scatter of an earlier result.\v"
    "Examples:\n  dualuc power --sd 0.15 --fold 0.7\n  dualuc power result.json --fold 0.7",
    NULL,
    NULL,
    NULL};

static dlu_status check_outputs(const request *r, dlu_error *err)
{
    const char *const paths[] = {r->json, r->csv};
    dlu_status status = DLU_OK;
    if (r->json && r->csv && cli_is_stdout(r->json) && cli_is_stdout(r->csv))
        return cli_fail(err, DLU_E_USAGE, "two-outputs-to-stdout", "",
                        "write one of them to a file",
                        "expected at most one output on standard output, found two");
    if (r->json && r->csv && !cli_is_stdout(r->json) && cli_same_file(r->json, r->csv))
        return cli_fail(err, DLU_E_USAGE, "two-outputs-one-file", r->csv,
                        "give each output a name of its own",
                        "two outputs would be written to one file");
    for (size_t i = 0; !status && i < 2; i++) {
        if (!paths[i])
            continue;
        if (r->result && !cli_is_stdout(paths[i]) && cli_same_file(paths[i], r->result))
            return cli_fail(err, DLU_E_USAGE, "output-is-input", paths[i],
                            "choose another name for the output",
                            "the output would replace the input \"%s\"", r->result);
        status = cli_output_check(paths[i], err);
    }
    return status;
}

static dlu_status plan_from_result(const request *r, dlu_power **out, dlu_error *err)
{
    cli_file file = {.bytes = NULL};
    dlu_result *result = NULL;
    dlu_status status = cli_file_read(r->result, &file, err);
    if (!status)
        status = dlu_result_read(&file.source, &result, err);
    if (!status)
        status = dlu_power_from_result(result, r->result, &r->options, out, err);
    dlu_result_free(result);
    cli_file_free(&file);
    return status;
}

typedef dlu_status writer(const dlu_power *power, dlu_bytes *out, dlu_error *err);

/* Nothing where no path was given. */
static dlu_status put(cli_outputs *outputs, const char *path, writer *write, const dlu_power *power,
                      dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = path ? write(power, &bytes, err) : DLU_OK;
    if (path && !status)
        status = cli_outputs_bytes(outputs, path, bytes.bytes, bytes.n_bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

static dlu_status write_all(const request *r, const dlu_power *power, dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    dlu_bytes lines = {0};
    bool to_stdout = (r->json && cli_is_stdout(r->json)) || (r->csv && cli_is_stdout(r->csv));
    dlu_status status = dlu_power_lines(power, &lines, err);
    if (!status)
        status = put(&outputs, r->json, dlu_power_json, power, err);
    if (!status)
        status = put(&outputs, r->csv, dlu_power_csv, power, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    if (!status)
        fwrite(lines.bytes, 1, lines.n_bytes, to_stdout ? stderr : stdout);
    dlu_bytes_free(&lines);
    cli_outputs_free(&outputs);
    return status;
}

int cli_power(int argc, char **argv)
{
    request r = {.result = NULL};
    dlu_power *power = NULL;
    dlu_error err;
    dlu_power_options_default(&r.options);
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    dlu_status status = check_outputs(&r, &err);
    if (!status)
        status = r.result ? plan_from_result(&r, &power, &err)
                          : dlu_power_from_numbers(&r.options, &power, &err);
    if (!status)
        status = write_all(&r, power, &err);
    dlu_power_free(power);
    return status ? cli_say_failure(NULL, &err) : CLI_DONE;
}
