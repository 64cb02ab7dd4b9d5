/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate_model.h"

#include <string.h>

enum { KEY_WELLS = 0x100, KEY_SEED, KEY_BLOCKS, KEY_PAIRS, KEY_READER, KEY_MAP_FORMAT, KEY_SLIPS };

#define PATH_SIZE 4096u

typedef struct request {
    const char *folder;
    dlu_simulate_options options;
    cli_model model;
    bool plates_as_csv;
    bool map_as_xlsx;
    unsigned slips; /* bits 1u << dlu_slip */
} request;

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0, "where the files go; the folder is made if it is not there", 1},
    {"wells", KEY_WELLS, "96|384", 0, "wells of a plate (default 96)", 1},
    {"blocks", KEY_BLOCKS, "N", 0, "days, a plate each (default 3)", 1},
    {"pairs", KEY_PAIRS, "N", 0, "targets of miR-21 (default 1)", 1},
    {"seed", KEY_SEED, "N", 0, "the same seed gives the same files (default 1)", 1},
    {"reader", KEY_READER, "glomax|csv", 0,
     "plates as a GloMax Navigator writes them, or as plain tables (default glomax)", 1},
    {"map-format", KEY_MAP_FORMAT, "csv|xlsx", 0, "the plate map (default csv)", 1},
    {"slips", KEY_SLIPS, "KIND,...", 0,
     "plant one slip of each kind: turned, shifted-row, shifted-column, swapped, emptied-doubled, "
     "exchanged (default none)",
     1},
    {0}};

/* One of two words; *to is whether it is the second. */
static error_t set_word(bool *to, const char *option, const char *first, const char *second,
                        const char *arg, const struct argp_state *state)
{
    *to = !strcmp(arg, second);
    if (*to || !strcmp(arg, first))
        return 0;
    return cli_bad_usage(state, "--%s: expected %s or %s, found \"%s\"", option, first, second,
                         arg);
}

/* Names of slips with commas between, into bits. */
static error_t set_slips(unsigned *to, const char *arg, const struct argp_state *state)
{
    for (const char *word = arg;; word++) {
        size_t n = strcspn(word, ",");
        int kind = 0;
        while (kind < DLU_SLIP_COUNT && (strncmp(dlu_slip_name((dlu_slip)kind), word, n) != 0 ||
                                         dlu_slip_name((dlu_slip)kind)[n]))
            kind++;
        if (kind == DLU_SLIP_COUNT)
            return cli_bad_usage(state,
                                 "--slips: expected turned, shifted-row, shifted-column, swapped, "
                                 "emptied-doubled or exchanged, found \"%.*s\"",
                                 (int)(n < 80 ? n : 80), word);
        *to |= 1u << kind;
        word += n;
        if (!*word)
            return 0;
    }
}

static error_t check_request(const request *r, const struct argp_state *state)
{
    if (!r->folder || !*r->folder)
        return cli_bad_usage(state, "expected -o FOLDER, found none");
    if (cli_is_stdout(r->folder))
        return cli_bad_usage(state, "-o: expected a folder, found \"-\" (standard output): an "
                                    "experiment is several files");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &r->model;
        return 0;
    case 'o':
        r->folder = arg;
        return 0;
    case KEY_WELLS:
        return cli_count(&r->options.wells, "wells", arg, state);
    case KEY_BLOCKS:
        return cli_count(&r->options.blocks, "blocks", arg, state);
    case KEY_PAIRS:
        return cli_count(&r->options.pairs, "pairs", arg, state);
    case KEY_SEED:
        return cli_whole_number(&r->options.seed, "seed", arg, state);
    case KEY_READER:
        return set_word(&r->plates_as_csv, "reader", "glomax", "csv", arg, state);
    case KEY_MAP_FORMAT:
        return set_word(&r->map_as_xlsx, "map-format", "csv", "xlsx", arg, state);
    case KEY_SLIPS:
        return set_slips(&r->slips, arg, state);
    case ARGP_KEY_ARG:
        return cli_bad_usage(state, "expected no files, found \"%s\"", arg);
    case ARGP_KEY_END:
        return check_request(r, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* FOLDER/NAME; the folder may end with a slash. */
static dlu_status join(const request *r, const char *name, char path[PATH_SIZE], dlu_error *err)
{
    size_t n = strlen(r->folder);
    const char *slash = n && r->folder[n - 1] == '/' ? "" : "/";
    int length = snprintf(path, PATH_SIZE, "%s%s%s", r->folder, slash, name);
    if (length < 0 || (size_t)length >= PATH_SIZE)
        return cli_fail(err, DLU_E_IO, "path-too-long", r->folder, "choose shorter names",
                        "expected paths of at most %u bytes, found a longer one", PATH_SIZE - 1);
    return DLU_OK;
}

/* Puts bytes that a writer made, and frees them. */
static dlu_status put(cli_outputs *outputs, const request *r, const char *name, dlu_bytes *bytes,
                      dlu_error *err)
{
    char path[PATH_SIZE];
    dlu_status status = join(r, name, path, err);
    if (!status)
        status = cli_outputs_bytes(outputs, path, bytes->bytes, bytes->n_bytes, err);
    dlu_bytes_free(bytes);
    return status;
}

static dlu_status begin(cli_outputs *outputs, const request *r, const char *name, const char **temp,
                        dlu_error *err)
{
    char path[PATH_SIZE];
    dlu_status status = join(r, name, path, err);
    return status ? status : cli_outputs_file(outputs, path, temp, err);
}

static dlu_status put_plate(cli_outputs *outputs, const request *r, const dlu_simulation *s,
                            unsigned i, dlu_error *err)
{
    char name[32];
    const char *temp;
    dlu_bytes bytes;
    snprintf(name, sizeof name, "day%u.%s", i + 1, r->plates_as_csv ? "csv" : "xlsx");
    if (r->plates_as_csv) {
        dlu_status status = dlu_simulation_plate_csv(s, i, &bytes, err);
        return status ? status : put(outputs, r, name, &bytes, err);
    }
    dlu_status status = begin(outputs, r, name, &temp, err);
    if (status)
        return status;
    return cli_outputs_written(outputs, dlu_simulation_plate_xlsx(s, i, temp, err), err);
}

static dlu_status put_map(cli_outputs *outputs, const request *r, const dlu_simulation *s,
                          dlu_error *err)
{
    const char *temp;
    dlu_bytes bytes;
    if (!r->map_as_xlsx) {
        dlu_status status = dlu_simulation_map_csv(s, &bytes, err);
        return status ? status : put(outputs, r, "map.csv", &bytes, err);
    }
    dlu_status status = begin(outputs, r, "map.xlsx", &temp, err);
    if (status)
        return status;
    return cli_outputs_written(outputs, dlu_simulation_map_xlsx(s, temp, err), err);
}

static dlu_status put_truth(cli_outputs *outputs, const request *r, const dlu_simulation *s,
                            dlu_error *err)
{
    dlu_bytes bytes;
    dlu_status status = dlu_simulation_truth_json(s, &bytes, err);
    return status ? status : put(outputs, r, "truth.json", &bytes, err);
}

static dlu_status write_all(cli_outputs *outputs, const request *r, const dlu_simulation *s,
                            dlu_error *err)
{
    dlu_status status = cli_output_check_folder(r->folder, err);
    if (!status)
        status = cli_outputs_folder(outputs, r->folder, err);
    for (unsigned i = 0; !status && i < dlu_simulation_plate_count(s); i++)
        status = put_plate(outputs, r, s, i, err);
    if (!status)
        status = put_map(outputs, r, s, err);
    if (!status)
        status = put_truth(outputs, r, s, err);
    if (!status)
        status = cli_outputs_commit(outputs, err);
    return status;
}

static int parse_request(int argc, char **argv, request *r)
{
    cli_model_init(&r->model);
    const struct argp_child children[] = {{&r->model.argp, 0, NULL, 0}, {0}};
    const struct argp argp = {options,
                              parse,
                              NULL,
                              "Makes up an experiment whose truth is known: plates as a reader "
                              "exports them, the plate map, "
                              "and truth.json with the folds that were put in.\v"
                              "Example:\n  dualuc simulate -o try --pairs 4\n"
                              "  dualuc analyze try/day1.xlsx try/day2.xlsx try/day3.xlsx --map "
                              "try/map.csv -o report.xlsx",
                              children,
                              NULL,
                              NULL};
    return cli_parse(&argp, argc, argv, r);
}

int cli_simulate(int argc, char **argv)
{
    request r = {.options = {.wells = 96, .blocks = 3, .pairs = 1, .seed = 1}};
    dlu_simulation *simulation;
    cli_outputs outputs = {.n = 0};
    dlu_error err;
    int code = parse_request(argc, argv, &r);
    if (code)
        return code;
    dlu_status status = dlu_simulation_from_model(&r.options, &r.model.model, &simulation, &err);
    if (!status && r.slips)
        status = dlu_simulation_plant(simulation, r.slips, &err);
    if (!status)
        status = write_all(&outputs, &r, simulation, &err);
    dlu_simulation_free(simulation);
    cli_outputs_free(&outputs);
    return status ? cli_say_failure(NULL, &err) : CLI_DONE;
}
