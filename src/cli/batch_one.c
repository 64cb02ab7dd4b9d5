/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* One experiment of a batch, in a worker. Its outputs and its record come into place together. */

typedef struct job {
    const cli_batch *batch;
    const cli_item *item;
    cli_import_options import; /* with the paths of the item */
    cli_loaded files;
    char *folder;
    char *report;
    char *result;
    char *record;
    char *tables;
    char *figures;
    char *page;
    char key[65];
    dlu_bytes bytes; /* of the record */
    dlu_messages *log;
} job;

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

/* ---- what the outputs depend on ---- */

static bool add_line(cli_answer *text, const char *word, const char *value)
{
    return cli_answer_add(text, word, strlen(word)) && cli_answer_add(text, "\t", 1) &&
           cli_answer_add(text, value, strlen(value) + 1) && cli_answer_add(text, "\n", 1);
}

static bool add_files(cli_answer *text, const char *role, const dlu_source *sources, size_t n)
{
    char hex[65];
    for (size_t i = 0; i < n; i++) {
        dlu_sha256(sources[i].bytes, sources[i].n_bytes, hex);
        if (!add_line(text, role, sources[i].name) || !add_line(text, "sha256", hex))
            return false;
    }
    return true;
}

/* Files in which sites are looked for. */
static bool add_seed(cli_answer *text, const cli_seed_plan *seed)
{
    const char *paths[CLI_MAX_SEED_PATHS];
    char hex[65];
    dlu_error err;
    size_t n = seed->asked ? cli_seed_paths(seed, paths, CLI_MAX_SEED_PATHS) : 0;
    for (size_t i = 0; i < n; i++)
        if (!add_line(text, "seed", paths[i]) ||
            !add_line(text, "sha256", cli_hash_file(paths[i], hex, &err) ? "" : hex))
            return false;
    return true;
}

/* The sha256 of a text that names all of it. */
static dlu_status make_key(job *j, const dlu_job *work, dlu_error *err)
{
    char created[32];
    cli_answer text = {0};
    size_t n = 0;
    char **options = cli_batch_options(j->batch, &n);
    snprintf(created, sizeof created, "%lld", (long long)j->batch->created);
    bool good = options && add_line(&text, "dualuc", dlu_version()) &&
                add_line(&text, "created", created) &&
                add_line(&text, "user", j->item->user ? j->item->user : "");
    for (size_t i = 0; good && i < n; i++)
        good = add_line(&text, "option", options[i]);
    good = good && add_files(&text, "plate", work->plates, work->n_plates) &&
           add_files(&text, "map", work->maps, work->n_maps) &&
           add_files(&text, "config", work->config, work->config ? 1 : 0) &&
           add_seed(&text, &j->files.seed);
    if (good)
        dlu_sha256(text.bytes, text.n, j->key);
    cli_texts_free(options, n);
    cli_answer_free(&text);
    return good ? DLU_OK : no_memory(err);
}

/* ---- what is there already ---- */

static bool outputs_are_whole(const job *j, const dlu_run *run)
{
    dlu_error err;
    char hex[65];
    bool whole = run->n_outputs > 0;
    for (size_t i = 0; whole && i < run->n_outputs; i++) {
        char *path = cli_joined(j->batch->out, run->outputs[i].path);
        whole = path && !cli_hash_file(path, hex, &err) && run->outputs[i].sha256 &&
                !strcmp(hex, run->outputs[i].sha256);
        free(path);
    }
    return whole;
}

/* Whether the outputs of this very experiment stand there; its record is then the answer. */
static bool is_unchanged(job *j)
{
    cli_file file;
    dlu_run *run = NULL;
    dlu_error err;
    if (!j->batch->resume || cli_file_bytes(j->record, &file, &err))
        return false;
    bool same = !dlu_run_read(&file.source, &run, &err) && run->n_experiments == 1 &&
                run->experiments[0].key && !strcmp(run->experiments[0].key, j->key) &&
                !strcmp(run->experiments[0].name, j->item->name) && outputs_are_whole(j, run);
    if (same) {
        j->bytes.bytes = malloc(file.source.n_bytes);
        same = j->bytes.bytes != NULL;
    }
    if (same) {
        memcpy(j->bytes.bytes, file.source.bytes, file.source.n_bytes);
        j->bytes.n_bytes = file.source.n_bytes;
    }
    dlu_run_free(run);
    cli_file_free(&file);
    return same;
}

/* ---- writing ---- */

static const char *role_of(const job *j, const char *path)
{
    size_t n = strlen(path);
    if (!strcmp(path, j->report))
        return "workbook";
    if (!strcmp(path, j->result))
        return "json";
    if (!strcmp(path, j->page))
        return "page";
    return n > 4 && !strcmp(path + n - 4, ".csv") ? "table" : "figure";
}

/* An output under its final name, seen from the folder of the run. */
static dlu_status describe_output(const job *j, const cli_output *output, dlu_run_file *file,
                                  char hex[65], dlu_error *err)
{
    const char *seen = output->path + strlen(j->batch->out);
    *file = (dlu_run_file){NULL, seen + strspn(seen, "/"), role_of(j, output->path), hex};
    return cli_hash_file(output->temp, hex, err);
}

static dlu_status make_record(job *j, const dlu_result *result, const cli_outputs *outputs,
                              dlu_bytes *out, dlu_error *err)
{
    size_t n = outputs->n;
    dlu_run_file *files = calloc(n + 1, sizeof *files);
    char(*hex)[65] = calloc(n + 1, sizeof *hex);
    dlu_run *run = NULL;
    dlu_status status = files && hex ? dlu_run_new(&run, err) : no_memory(err);
    for (size_t i = 0; !status && i < n; i++)
        status = describe_output(j, &outputs->items[i], &files[i], hex[i], err);
    if (!status)
        status = dlu_run_add(run,
                             &(dlu_run_entry){.name = j->item->name,
                                              .user = j->item->user,
                                              .key = j->key,
                                              .result = result,
                                              .outputs = files,
                                              .n_outputs = n},
                             err);
    if (!status)
        status = dlu_run_record(run, out, err);
    dlu_run_free(run);
    free(files);
    free(hex);
    return status;
}

static dlu_status write_all(job *j, const cli_targets *targets, const dlu_result *result,
                            dlu_error *err)
{
    cli_outputs outputs = {.n = 0};
    dlu_bytes record = {0};
    dlu_status status = cli_targets_put(&outputs, targets, result, j->batch->created, err);
    if (!status)
        status = make_record(j, result, &outputs, &record, err);
    if (!status)
        status = cli_outputs_bytes(&outputs, j->record, record.bytes, record.n_bytes, err);
    if (!status)
        status = cli_outputs_commit(&outputs, err);
    cli_outputs_free(&outputs);
    if (!status)
        j->bytes = record;
    else
        dlu_bytes_free(&record);
    return status;
}

/* ---- the way of one experiment ---- */

static dlu_status name_files(job *j, dlu_error *err)
{
    j->folder = cli_joined(j->batch->out, j->item->name);
    if (!j->folder)
        return no_memory(err);
    j->report = cli_joined(j->folder, CLI_REPORT_NAME);
    j->result = cli_joined(j->folder, CLI_RESULT_NAME);
    j->record = cli_joined(j->folder, CLI_RECORD_NAME);
    j->tables = cli_joined(j->folder, CLI_TABLES_NAME);
    j->figures = cli_joined(j->folder, CLI_FIGURES_NAME);
    j->page = cli_joined(j->folder, CLI_PAGE_NAME);
    if (!j->report || !j->result || !j->record || !j->tables || !j->figures || !j->page)
        return no_memory(err);
    return cli_make_folders(j->folder, err);
}

static dlu_status do_it(job *j, bool *unchanged, dlu_error *err)
{
    dlu_job work;
    dlu_result *result = NULL;
    const cli_settings *settings = &j->batch->settings;
    cli_experiment e = {.import = &j->import,
                        .maps = (const char *const *)j->item->maps,
                        .n_maps = j->item->n_maps,
                        .config = j->item->config ? j->item->config : settings->config,
                        .settings = settings};
    dlu_status status = name_files(j, err);
    if (status)
        return status;
    cli_remove_leftovers(j->folder);
    e.targets = (cli_targets){.xlsx = j->report,
                              .json = j->result,
                              .csv = j->batch->csv ? j->tables : NULL,
                              .html = j->batch->html ? j->page : NULL,
                              .figures = j->batch->figures ? j->figures : NULL,
                              .style = (cli_figure_style *)&j->batch->style};
    status = cli_experiment_load(&e, &j->files, &work, err);
    if (!status)
        status = make_key(j, &work, err);
    *unchanged = !status && is_unchanged(j);
    if (!status && !*unchanged)
        status = dlu_analyze(&work, &result, j->log, err);
    if (status)
        cli_seed_hint(&j->files.seed, err);
    if (!status && !*unchanged)
        status = write_all(j, &e.targets, result, err);
    dlu_result_free(result);
    return status;
}

/* ---- the answer ---- */

static void add_messages(const dlu_messages *log, const dlu_error *why, cli_answer *answer)
{
    char text[2400];
    for (size_t i = 0; i < dlu_messages_count(log); i++) {
        const dlu_message *m = dlu_messages_get(log, i);
        if (m->severity == DLU_ERROR) {
            dlu_message_render(m, text, sizeof text);
            cli_answer_add(answer, text, strlen(text));
            cli_answer_add(answer, "\n", 1);
        }
    }
    dlu_error_render(why, text, sizeof text);
    cli_answer_add(answer, text, strlen(text));
    cli_answer_add(answer, "\n", 1);
}

/* With memory gone, an answer of another form tells of it as well: see take() in batch.c. */
static void answer_with(char kind, const dlu_bytes *record, cli_answer *answer)
{
    uint64_t n = record->n_bytes;
    answer->n = 0;
    if (!cli_answer_add(answer, &kind, 1) || !cli_answer_add(answer, &n, sizeof n) ||
        !cli_answer_add(answer, record->bytes, record->n_bytes))
        answer->n = 0;
}

dlu_status cli_run_add_failed(dlu_run *run, const cli_item *item, const dlu_error *why,
                              dlu_error *err)
{
    dlu_run_file inputs[2 * CLI_MAX_FILES + 1];
    char hex[2 * CLI_MAX_FILES + 1][65];
    dlu_error unread;
    size_t n = 0;
    for (size_t i = 0; i < item->n_plates && i < CLI_MAX_FILES; i++)
        inputs[n++] = (dlu_run_file){NULL, item->plates[i], "plate", NULL};
    for (size_t i = 0; i < item->n_maps && i < CLI_MAX_FILES; i++)
        inputs[n++] = (dlu_run_file){NULL, item->maps[i], "map", NULL};
    if (item->config)
        inputs[n++] = (dlu_run_file){NULL, item->config, "config", NULL};
    for (size_t i = 0; i < n; i++)
        if (!item->problem && !cli_hash_file(inputs[i].path, hex[i], &unread))
            inputs[i].sha256 = hex[i];
    return dlu_run_add(
        run,
        &(dlu_run_entry){
            .name = item->name, .user = item->user, .error = why, .inputs = inputs, .n_inputs = n},
        err);
}

static void answer_failed(const job *j, const dlu_error *why, cli_answer *answer)
{
    dlu_run *run = NULL;
    dlu_bytes record = {0};
    dlu_error err;
    dlu_status status = dlu_run_new(&run, &err);
    if (!status)
        status = cli_run_add_failed(run, j->item, why, &err);
    if (!status)
        status = dlu_run_record(run, &record, &err);
    if (!status) {
        answer_with(CLI_ITEM_FAILED, &record, answer);
        add_messages(j->log, why, answer);
    }
    dlu_bytes_free(&record);
    dlu_run_free(run);
}

static void free_job(job *j)
{
    dlu_messages_free(j->log);
    cli_loaded_free(&j->files);
    dlu_bytes_free(&j->bytes);
    free(j->folder);
    free(j->report);
    free(j->result);
    free(j->record);
    free(j->tables);
    free(j->figures);
    free(j->page);
    free(j);
}

void cli_batch_one(const cli_batch *batch, const cli_item *item, cli_answer *answer)
{
    job *j = calloc(1, sizeof *j);
    dlu_error err = {.status = DLU_OK};
    bool unchanged = false;
    if (!j)
        return;
    j->batch = batch;
    j->item = item;
    j->import = batch->import;
    for (size_t i = 0; i < item->n_plates && i < CLI_MAX_FILES; i++)
        j->import.paths[j->import.n_paths++] = item->plates[i];
    j->log = dlu_messages_new();
    dlu_status status = item->problem ? item->problem->status : DLU_OK;
    if (status)
        err = *item->problem;
    else
        status = j->log ? do_it(j, &unchanged, &err) : no_memory(&err);
    if (status) {
        answer_failed(j, &err, answer);
    } else {
        answer_with(unchanged ? CLI_ITEM_UNCHANGED : CLI_ITEM_DONE, &j->bytes, answer);
    }
    free_job(j);
}
