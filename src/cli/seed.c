/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"

#include <errno.h>
#include <string.h>

enum {
    KEY_MIRNA = 0x100,
    KEY_WT,
    KEY_MUT,
    KEY_CDS,
    KEY_INSERT,
    KEY_MIRBASE,
    KEY_PUBLISHED,
    KEY_JSON,
    KEY_SVG
};

typedef struct request {
    cli_seed_plan plan;
    size_t n_mutants;
    bool has_wild_type;
    const char *json;
    const char *svg;
} request;

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "The microRNA:", 1},
    {"mirna", KEY_MIRNA, "FILE|NAME|SEQUENCE", 0,
     "the mature microRNA: its sequence 5' to 3', a FASTA file, or a name of the built-in table or "
     "of --mirbase; several parted by commas",
     1},
    {"mirbase", KEY_MIRBASE, "FILE", 0, "where names are looked up: mature.fa of miRBase", 1},
    {NULL, 0, NULL, 0, "The inserts (FASTA, or GenBank files of the plasmid):", 2},
    {"wt", KEY_WT, "FILE", 0, "the wild type; several records are several targets", 2},
    {"mut", KEY_MUT, "FILE", 0, "its mutant; once for each mutant", 2},
    {"insert", KEY_INSERT, "PART", 0,
     "what of these files is the insert: the name of a feature or record, or bases FROM..TO", 2},
    {"cds", KEY_CDS, "FILE", 0,
     "a sequence that should hold no site: a luciferase, the backbone; once for each", 2},
    {"published", KEY_PUBLISHED, "FILE", 0,
     "a table of published targets (mirna,target,effect) in place of the built-in one", 2},
    {NULL, 0, NULL, 0, "Results (\"-\" is standard output):", 3},
    {"json", KEY_JSON, "FILE", 0, "everything as JSON", 3},
    {"svg", KEY_SVG, "FILE", 0, "the inserts and their duplexes as a figure", 3},
    {0}};

/* Want of memory is said where the parser ends: it is no wrong usage. */
static error_t said(dlu_status status, const dlu_error *err)
{
    if (status == DLU_E_NO_MEMORY)
        return ENOMEM;
    if (status)
        cli_say_error(err);
    return status ? EINVAL : 0;
}

static error_t set_mirna(request *r, const char *arg)
{
    dlu_error err;
    r->plan.mirna_is_file = cli_seed_is_path(arg, arg);
    return said(cli_seed_copy(&r->plan.mirna, arg, &err), &err);
}

/* The first mutant is MUT, further ones MUT2, MUT3, ... */
static error_t add_mutant(request *r, const char *arg)
{
    char name[32];
    dlu_error err;
    if (++r->n_mutants == 1)
        snprintf(name, sizeof name, "MUT");
    else
        snprintf(name, sizeof name, "MUT%zu", r->n_mutants);
    return said(cli_seed_add_insert(&r->plan, NULL, name, arg, &err), &err);
}

/* The wild type goes first, so that mutants find it. */
static error_t add_wild_type(request *r, const char *arg, const struct argp_state *state)
{
    dlu_error err;
    if (r->has_wild_type)
        return cli_bad_usage(state, "expected one --wt, found two; several targets stand in one "
                                    "file as several records");
    r->has_wild_type = true;
    dlu_status status = cli_seed_add_insert(&r->plan, NULL, "WT", arg, &err);
    if (!status && r->plan.n_inserts > 1) {
        cli_seed_insert wt = r->plan.inserts[r->plan.n_inserts - 1];
        memmove(r->plan.inserts + 1, r->plan.inserts,
                (r->plan.n_inserts - 1) * sizeof *r->plan.inserts);
        r->plan.inserts[0] = wt;
    }
    return said(status, &err);
}

static error_t check_request(const request *r, const struct argp_state *state)
{
    if (!r->plan.mirna)
        return cli_bad_usage(state, "expected --mirna NAME, SEQUENCE or FILE, found none");
    if (!r->has_wild_type)
        return cli_bad_usage(state, "expected --wt FILE, the wild-type insert, found none");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    dlu_error err;
    switch (key) {
    case KEY_MIRNA:
        return set_mirna(r, arg);
    case KEY_WT:
        return add_wild_type(r, arg, state);
    case KEY_MUT:
        return add_mutant(r, arg);
    case KEY_CDS:
        return said(cli_seed_add_coding(&r->plan, arg, &err), &err);
    case KEY_INSERT:
        return said(cli_seed_copy(&r->plan.part, arg, &err), &err);
    case KEY_MIRBASE:
        return said(cli_seed_copy(&r->plan.mirbase, arg, &err), &err);
    case KEY_PUBLISHED:
        return said(cli_seed_copy(&r->plan.published, arg, &err), &err);
    case KEY_JSON:
        r->json = arg;
        return 0;
    case KEY_SVG:
        r->svg = arg;
        return 0;
    case ARGP_KEY_ARG:
        return cli_bad_usage(state, "expected files behind --wt and --mut, found \"%s\" alone",
                             arg);
    case ARGP_KEY_END:
        return check_request(r, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "",
    "Looks for the seed sites of a microRNA on wild-type and mutant inserts: which the mutation "
    "destroys, which it leaves and which it makes.\v"
    "Example:\n  dualuc seed --mirna hsa-miR-21-5p --wt PTEN_WT.fa --mut PTEN_MUT.fa",
    NULL,
    NULL,
    NULL};

static dlu_status check_output(const request *r, const char *path, dlu_error *err)
{
    const char *inputs[CLI_MAX_SEED_PATHS];
    size_t n = cli_seed_paths(&r->plan, inputs, CLI_MAX_SEED_PATHS);
    for (size_t i = 0; i < n && !cli_is_stdout(path); i++)
        if (cli_same_file(path, inputs[i]))
            return cli_fail(err, DLU_E_USAGE, "output-is-input", path,
                            "choose another name for the output",
                            "the output would replace the input \"%s\"", inputs[i]);
    return cli_output_check(path, err);
}

static dlu_status check_outputs(const request *r, dlu_error *err)
{
    dlu_status status = r->json ? check_output(r, r->json, err) : DLU_OK;
    if (!status && r->svg)
        status = check_output(r, r->svg, err);
    if (status || !r->json || !r->svg)
        return status;
    if (cli_is_stdout(r->json) && cli_is_stdout(r->svg))
        return cli_fail(err, DLU_E_USAGE, "two-outputs-to-stdout", "",
                        "write one of them to a file",
                        "expected at most one output on standard output, found two");
    if (!cli_is_stdout(r->json) && !cli_is_stdout(r->svg) && cli_same_file(r->json, r->svg))
        return cli_fail(err, DLU_E_USAGE, "two-outputs-one-file", r->svg,
                        "give each output a name of its own",
                        "two outputs would be written to one file");
    return DLU_OK;
}

typedef dlu_status writer(const dlu_seed *seed, dlu_bytes *out, dlu_error *err);

/* Nothing where no path was given. */
static dlu_status put(cli_outputs *outputs, const char *path, writer *write, const dlu_seed *seed,
                      dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = path ? write(seed, &bytes, err) : DLU_OK;
    if (path && !status)
        status = cli_outputs_bytes(outputs, path, bytes.bytes, bytes.n_bytes, err);
    dlu_bytes_free(&bytes);
    return status;
}

static dlu_status write_all(const request *r, const dlu_seed *seed, const dlu_messages *log,
                            dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    dlu_bytes lines = {0};
    bool to_stdout = (r->json && cli_is_stdout(r->json)) || (r->svg && cli_is_stdout(r->svg));
    dlu_status status = dlu_seed_lines(seed, &lines, err);
    if (!status)
        status = put(&outputs, r->json, dlu_seed_json, seed, err);
    if (!status)
        status = put(&outputs, r->svg, dlu_seed_svg, seed, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    if (!status) {
        cli_say_messages(log);
        fwrite(lines.bytes, 1, lines.n_bytes, to_stdout ? stderr : stdout);
    }
    dlu_bytes_free(&lines);
    cli_outputs_free(&outputs);
    return status;
}

static dlu_status work(const request *r, cli_seed_loaded *loaded, dlu_messages *log, dlu_error *err)
{
    dlu_seed *seed = NULL;
    dlu_status status = check_outputs(r, err);
    if (!status)
        status = cli_seed_load(&r->plan, loaded, err);
    if (!status)
        status = dlu_seed_find(&loaded->request, &seed, log, err);
    if (!status)
        status = write_all(r, seed, log, err);
    else
        cli_seed_hint(&r->plan, err);
    dlu_seed_free(seed);
    return status;
}

int cli_seed(int argc, char **argv)
{
    request r = {.json = NULL};
    cli_seed_loaded loaded = {0};
    dlu_error err = {.status = DLU_OK};
    int code = cli_parse(&argp, argc, argv, &r);
    if (!code) {
        dlu_messages *log = dlu_messages_new();
        dlu_status status =
            log ? work(&r, &loaded, log, &err)
                : cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
        if (status)
            code = cli_say_failure(log, &err);
        dlu_messages_free(log);
    }
    cli_seed_loaded_free(&loaded);
    cli_seed_plan_free(&r.plan);
    return code;
}
