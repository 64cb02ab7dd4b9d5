/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Results that were made one by one, summed up as batch does at its end. */

typedef struct request {
    const char *out;
    const char **paths; /* as many as there are arguments at most */
    size_t n;
    int64_t created;
} request;

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0, "where index.xlsx, summary.csv and run.json go", 1}, {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    switch (key) {
    case 'o':
        r->out = arg;
        return 0;
    case ARGP_KEY_ARG:
        r->paths[r->n++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (!r->n)
            return cli_bad_usage(state, "expected RESULT.json files, found none");
        if (!r->out || !*r->out || cli_is_stdout(r->out))
            return cli_bad_usage(state, "expected -o FOLDER for the outputs, found none");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "RESULT.json...",
    "Sums up results that dualuc analyze --json wrote: index.xlsx, summary.csv and run.json, as "
    "dualuc batch writes them.\v"
    "Example:\n  dualuc merge results/*/result.json -o results",
    NULL,
    NULL,
    NULL};

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

/* ---- names ---- */

/* The path as seen from the folder of the run, or the path itself where it lies elsewhere. */
static const char *seen_from(const char *out, const char *path)
{
    size_t n = strlen(out);
    while (n > 1 && out[n - 1] == '/')
        n--;
    if (!strcmp(out, "."))
        return path + (!strncmp(path, "./", 2) ? 2 : 0);
    bool inside = !strncmp(path, out, n) && path[n] == '/';
    return inside ? path + n + strspn(path + n, "/") : path;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

/* "a/b/result.json" is a/b, "c.json" is c; without what leads out of the folder. */
static char *name_of(const char *out, const char *path)
{
    const char *seen = seen_from(out, path);
    while (!strncmp(seen, "./", 2) || !strncmp(seen, "../", 3) || *seen == '/')
        seen += *seen == '/' ? 1 : seen[1] == '/' ? 2 : 3;
    char *name = strdup(seen);
    if (!name)
        return NULL;
    if (ends_with(name, "/" CLI_RESULT_NAME))
        name[strlen(name) - strlen("/" CLI_RESULT_NAME)] = '\0';
    else if (ends_with(name, ".json"))
        name[strlen(name) - strlen(".json")] = '\0';
    return name;
}

static dlu_status list_results(const request *r, cli_items *list, dlu_error *err)
{
    for (size_t i = 0; i < r->n; i++) {
        char *name = name_of(r->out, r->paths[i]);
        cli_item *item = name ? cli_items_add(list, name) : NULL;
        free(name);
        if (!item || !cli_item_add_path(&item->plates, &item->n_plates, "", r->paths[i]))
            return no_memory(err);
    }
    return cli_items_check_names(list, err);
}

/* ---- results ---- */

/* The workbook that batch, or whoever made the JSON, may have put beside it. */
static char *report_beside(const char *path)
{
    struct stat info;
    size_t n = strlen(path);
    char *report = NULL;
    if (ends_with(path, CLI_RESULT_NAME)) {
        size_t stem = n - strlen(CLI_RESULT_NAME);
        report = malloc(stem + sizeof CLI_REPORT_NAME);
        if (report) {
            memcpy(report, path, stem);
            memcpy(report + stem, CLI_REPORT_NAME, sizeof CLI_REPORT_NAME);
        }
    } else if (ends_with(path, ".json")) {
        report = malloc(n + 1);
        if (report)
            snprintf(report, n + 1, "%.*s.xlsx", (int)(n - 5), path);
    }
    if (report && !stat(report, &info) && S_ISREG(info.st_mode))
        return report;
    free(report);
    return NULL;
}

static dlu_status add_result(const request *r, dlu_run *run, const cli_item *item, dlu_error *err)
{
    const char *path = item->plates[0];
    char hex[2][65];
    dlu_run_file outputs[2];
    size_t n = 0;
    cli_file file = {.bytes = NULL};
    dlu_result *result = NULL;
    char *report = report_beside(path);
    dlu_status status = cli_file_bytes(path, &file, err);
    if (!status)
        status = dlu_result_read(&file.source, &result, err);
    if (!status && report) {
        status = cli_hash_file(report, hex[0], err);
        outputs[n++] = (dlu_run_file){NULL, seen_from(r->out, report), "workbook", hex[0]};
    }
    if (!status) {
        dlu_sha256(file.source.bytes, file.source.n_bytes, hex[1]);
        outputs[n++] = (dlu_run_file){NULL, seen_from(r->out, path), "json", hex[1]};
        status = dlu_run_add(
            run,
            &(dlu_run_entry){
                .name = item->name, .result = result, .outputs = outputs, .n_outputs = n},
            err);
    }
    dlu_result_free(result);
    cli_file_free(&file);
    free(report);
    return status;
}

static dlu_status add_all(const request *r, dlu_run *run, const cli_items *list, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t i = 0; !status && i < list->n; i++) {
        const cli_item *item = &list->items[i];
        dlu_error why;
        bool failed = item->problem || add_result(r, run, item, &why);
        if (!failed)
            continue;
        if (item->problem)
            why = *item->problem;
        if (why.status == DLU_E_NO_MEMORY)
            return no_memory(err);
        cli_say_error(&why);
        status = dlu_run_add(run, &(dlu_run_entry){.name = item->name, .error = &why}, err);
    }
    return status;
}

static dlu_status merge(request *r, dlu_run *run, dlu_error *err)
{
    cli_items list = {0};
    cli_lock lock = {.fd = -1};
    dlu_status status = cli_source_date(&r->created, err);
    if (!status)
        status = list_results(r, &list, err);
    if (!status)
        status = cli_make_folders(r->out, err);
    if (!status)
        status = cli_lock_folder(r->out, &lock, err);
    if (!status)
        status = add_all(r, run, &list, err);
    if (!status)
        status = cli_run_write(run, r->out, r->created, err);
    cli_unlock_folder(&lock);
    cli_items_free(&list);
    return status;
}

int cli_merge(int argc, char **argv)
{
    request r = {.paths = calloc((size_t)argc + 1, sizeof *r.paths)};
    dlu_run *run = NULL;
    dlu_error err;
    int code = CLI_FAILED;
    dlu_status status = r.paths ? dlu_run_new(&run, &err) : no_memory(&err);
    if (!status)
        code = cli_parse(&argp, argc, argv, &r);
    if (!status && !code) {
        status = merge(&r, run, &err);
        if (!status) {
            cli_run_say(run, r.out);
            code = cli_run_code(run);
        }
    }
    if (status)
        code = cli_say_failure(NULL, &err);
    dlu_run_free(run);
    free(r.paths);
    return code;
}
