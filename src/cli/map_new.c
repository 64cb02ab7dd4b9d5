/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map.h"

#include <string.h>

enum {
    KEY_SIZE = 0x100,
    KEY_DESIGN,
    KEY_TARGETS,
    KEY_MIRNA,
    KEY_REPLICATES,
    KEY_WELLS,
    KEY_BLANKS,
    KEY_PLATES,
    KEY_RANDOMISE,
    KEY_FORM
};

typedef struct request {
    dlu_map_plan plan;
    dlu_map_shape shape;
    const char *output;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "What is transfected:", 1},
    {"design", KEY_DESIGN, "LIST x LIST", 0,
     "constructs and treatments (default \"WT,MUT,EMPTY x scramble,mimic\")", 1},
    {"targets", KEY_TARGETS, "LIST", 0, "genes, separated by commas (default TARGET)", 1},
    {"mirna", KEY_MIRNA, "LIST", 0, "miRNAs; controls serve all of them (default miRNA)", 1},
    {"replicates", KEY_REPLICATES, "N", 0,
     "transfections of each arm on a plate (default 1; plates or days count as more)", 1},
    {"wells", KEY_WELLS, "N", 0, "wells of each transfection (default 3)", 1},
    {"blanks", KEY_BLANKS, "N", 0, "blank wells of each plate (default 3)", 1},
    {NULL, 0, NULL, 0, "Where it stands:", 2},
    {"size", KEY_SIZE, "96|384|1536", 0, "wells of a plate (default 96)", 2},
    {"plates", KEY_PLATES, "N", 0, "plates, such as days; each holds every arm (default 1)", 2},
    {"randomise", KEY_RANDOMISE, "SEED", 0,
     "wells in random order, another on each plate; the same SEED gives the same map", 2},
    {NULL, 0, NULL, 0, "The file:", 3},
    {"output", 'o', "FILE", 0, ".csv or .xlsx (default: CSV to standard output)", 3},
    {"form", KEY_FORM, "long|grid", 0,
     "a row a well, or the plate drawn once for each column (default long)", 3},
    {0}};

static error_t set_seed(request *r, const char *arg, const struct argp_state *state)
{
    r->plan.randomise = true;
    return cli_whole_number(&r->plan.seed, "randomise", arg, state);
}

static error_t set_form(request *r, const char *arg, const struct argp_state *state)
{
    if (strcmp(arg, "long") != 0 && strcmp(arg, "grid") != 0)
        return cli_bad_usage(state, "--form: expected long or grid, found \"%s\"", arg);
    r->shape = strcmp(arg, "grid") ? DLU_MAP_LONG : DLU_MAP_GRID;
    return 0;
}

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path), m = strlen(ending);
    return n > m && !strcmp(path + n - m, ending);
}

static error_t check_output(const request *r, const struct argp_state *state)
{
    static const char *const endings[] = {".csv", ".xlsx"};
    if (!r->output || cli_is_stdout(r->output))
        return 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(r->output, endings[i]))
            return 0;
    return cli_bad_usage(state, "-o: expected a name that ends with .csv or .xlsx, found \"%s\"",
                         r->output);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case KEY_SIZE:
        return cli_count(&r->plan.wells, "size", arg, state);
    case KEY_PLATES:
        return cli_count(&r->plan.plates, "plates", arg, state);
    case KEY_REPLICATES:
        return cli_count(&r->plan.replicates, "replicates", arg, state);
    case KEY_WELLS:
        return cli_count(&r->plan.wells_each, "wells", arg, state);
    case KEY_BLANKS:
        return cli_count(&r->plan.blanks, "blanks", arg, state);
    case KEY_DESIGN:
        r->plan.design = arg;
        return 0;
    case KEY_TARGETS:
        r->plan.targets = arg;
        return 0;
    case KEY_MIRNA:
        r->plan.mirna = arg;
        return 0;
    case KEY_RANDOMISE:
        return set_seed(r, arg, state);
    case KEY_FORM:
        return set_form(r, arg, state);
    case 'o':
        r->output = arg;
        return 0;
    case ARGP_KEY_ARG:
        return cli_bad_usage(state, "expected options only, found \"%s\"", arg);
    case ARGP_KEY_END:
        return check_output(r, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static dlu_status write_map(const request *r, const dlu_map_template *map, cli_outputs *outputs,
                            dlu_error *err)
{
    const char *path = r->output ? r->output : "-", *temp;
    dlu_bytes bytes;
    dlu_status status = cli_output_check(path, err);
    if (status)
        return status;
    if (ends_with(path, ".xlsx")) {
        status = cli_outputs_file(outputs, path, &temp, err);
        if (status)
            return status;
        return cli_outputs_written(outputs, dlu_map_template_xlsx(map, r->shape, temp, err), err);
    }
    status = dlu_map_template_csv(map, r->shape, &bytes, err);
    if (!status)
        status = cli_outputs_bytes(outputs, path, bytes.bytes, bytes.n_bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Makes a plate map: every construct with every treatment, for each target, and blanks.\v"
    "LIST is names separated by commas. Arms of EMPTY and controls stand once on each plate and "
    "serve every target and miRNA.\n\n"
    "Examples:\n"
    "  dualuc map new --targets PTEN,PDCD4 --mirna miR-21 --plates 3 -o map.xlsx\n"
    "  dualuc map new --design \"wt,mut1,mut2 x scr,mimic\" --form grid -o map.csv",
    NULL,
    NULL,
    NULL};

int cli_map_new(int argc, char **argv)
{
    request r = {.shape = DLU_MAP_LONG};
    dlu_map_template *map;
    cli_outputs outputs = {.n = 0};
    dlu_error err;
    dlu_map_plan_default(&r.plan);
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    dlu_status status = dlu_map_template_new(&r.plan, &map, &err);
    if (!status)
        status = write_map(&r, map, &outputs, &err);
    if (!status)
        status = cli_outputs_commit(&outputs, &err);
    dlu_map_template_free(map);
    cli_outputs_free(&outputs);
    return status ? cli_say_failure(NULL, &err) : CLI_DONE;
}
