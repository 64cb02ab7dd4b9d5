/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <dualuc/diff.h>

enum { KEY_ALL = 0x100 };

typedef struct request {
    const char *paths[2];
    size_t n;
    bool all;
} request;

static const struct argp_option options[] = {
    {"all", KEY_ALL, NULL, 0, "show every row that differs, not the first of each table only", 1},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case KEY_ALL:
        r->all = true;
        return 0;
    case ARGP_KEY_ARG:
        if (r->n == 2)
            return cli_bad_usage(state, "expected two results, found a third one, \"%s\"", arg);
        r->paths[r->n++] = arg;
        return 0;
    case ARGP_KEY_END:
        return r->n == 2 ? 0
                         : cli_bad_usage(
                               state, "expected two results, A.json and B.json, found %zu", r->n);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "A.json B.json",
    "Says in which settings, inputs, wells, numbers and verdicts two results differ.\v"
    "Example:\n  dualuc diff before.json after.json",
    NULL,
    NULL,
    NULL};

static dlu_status read_result(const char *path, dlu_result **out, dlu_error *err)
{
    cli_file file = {.bytes = NULL};
    dlu_status status = cli_file_read(path, &file, err);
    if (!status)
        status = dlu_result_read(&file.source, out, err);
    cli_file_free(&file);
    return status;
}

/* Everything in the lines is made visible, line by line. */
static void print_lines(const dlu_bytes *lines)
{
    char line[4096], seen[3 * sizeof line];
    size_t n = 0;
    for (size_t i = 0; i < lines->n_bytes; i++) {
        if (lines->bytes[i] != '\n') {
            if (n + 1 < sizeof line)
                line[n++] = lines->bytes[i];
            continue;
        }
        line[n] = '\0';
        dlu_visible(line, seen, sizeof seen);
        printf("%s\n", seen);
        n = 0;
    }
}

int cli_diff(int argc, char **argv)
{
    request r = {.n = 0};
    dlu_result *results[2] = {NULL, NULL};
    dlu_diff diff = {.n = 0};
    dlu_error err;
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    dlu_status status = read_result(r.paths[0], &results[0], &err);
    if (!status)
        status = read_result(r.paths[1], &results[1], &err);
    if (!status)
        status = dlu_diff_results(results[0], results[1], r.all, &diff, &err);
    if (!status) {
        print_lines(&diff.lines);
        if (!diff.n)
            printf("no difference\n");
    }
    dlu_bytes_free(&diff.lines);
    dlu_result_free(results[0]);
    dlu_result_free(results[1]);
    return status ? cli_say_failure(NULL, &err) : diff.n ? CLI_FAILED : CLI_DONE;
}
