/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* All experiments of a list by several workers, and what they came to in the order of the list. */

typedef struct running {
    cli_batch *batch;
    dlu_run **runs; /* of each experiment, once it is taken */
    cli_progress progress;
    bool no_memory;
} running;

static void work(void *context, size_t job, cli_answer *answer)
{
    const running *r = context;
    cli_batch_one(r->batch, &r->batch->list.items[job], answer);
}

/* The record and the messages of an answer. False where it is none. */
static bool open_answer(const cli_answer *answer, dlu_run **run, const char **messages)
{
    dlu_error err;
    uint64_t n;
    size_t head = 1 + sizeof n;
    if (answer->n < head)
        return false;
    memcpy(&n, answer->bytes + 1, sizeof n);
    if (n > answer->n - head)
        return false;
    const dlu_source record = {.name = "", .bytes = answer->bytes + head, .n_bytes = (size_t)n};
    *messages = answer->bytes + head + n;
    return !dlu_run_read(&record, run, &err) && (*run)->n_experiments == 1;
}

/* As a line of the terminal, of malloc; NULL where memory ran out. */
static char *line_of(const dlu_error *err)
{
    size_t n = dlu_error_render(err, NULL, 0);
    char *line = malloc(n + 2);
    if (!line)
        return NULL;
    dlu_error_render(err, line, n + 1);
    memcpy(line + n, "\n", 2);
    return line;
}

/* A worker that ended over an experiment, or had no memory to say what became of it. */
static bool take_death(running *r, size_t job, const char *death, char **text)
{
    dlu_error why, err;
    const cli_item *item = &r->batch->list.items[job];
    if (death)
        cli_fail(&why, DLU_E_IO, "worker-died", "",
                 "try it alone with dualuc analyze; if it ends so again, please report it",
                 "the process that worked on it ended: %s", death);
    else
        cli_fail(&why, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    *text = line_of(&why);
    return !dlu_run_new(&r->runs[job], &err) && !cli_run_add_failed(r->runs[job], item, &why, &err);
}

static bool take(void *context, size_t job, const cli_answer *answer, const char *death)
{
    running *r = context;
    const char *messages = "";
    char *text = NULL;
    bool unchanged = false;
    if (!death && open_answer(answer, &r->runs[job], &messages)) {
        unchanged = *answer->bytes == CLI_ITEM_UNCHANGED;
        size_t n = answer->n - (size_t)(messages - answer->bytes);
        text = malloc(n + 1);
        if (text) {
            memcpy(text, messages, n);
            text[n] = '\0';
        }
    } else {
        dlu_run_free(r->runs[job]);
        r->runs[job] = NULL;
        r->no_memory = !take_death(r, job, death, &text);
    }
    bool failed = true;
    if (!r->no_memory) {
        const dlu_run_experiment *e = &r->runs[job]->experiments[0];
        failed = !strcmp(e->status, "failed");
        cli_progress_add(&r->progress, e, unchanged, text ? text : "");
    }
    free(text);
    return !r->no_memory && !(failed && r->batch->fail_fast);
}

/* Every experiment in the order of the list; those that were not begun are failed ones. */
static dlu_status sum_up(running *r, dlu_run *run, dlu_error *err)
{
    dlu_error why;
    dlu_status status = DLU_OK;
    cli_fail(&why, DLU_E_IO, "experiment-not-begun", "", "run it again with --resume",
             "not begun, because another one failed before (--fail-fast)");
    for (size_t i = 0; !status && i < r->batch->list.n; i++) {
        status = r->runs[i] ? dlu_run_append(run, r->runs[i], err)
                            : cli_run_add_failed(run, &r->batch->list.items[i], &why, err);
        if (!r->runs[i] || !strcmp(r->runs[i]->experiments[0].status, "failed"))
            cli_remove_empty(r->batch->out, r->batch->list.items[i].name);
        dlu_run_free(r->runs[i]);
        r->runs[i] = NULL;
    }
    return status;
}

static dlu_status run_all(running *r, dlu_run *run, dlu_error *err)
{
    const cli_pool pool = {r->batch->list.n, r->batch->jobs, r, work, take};
    size_t n = 0;
    char **kept = cli_batch_options(r->batch, &n);
    r->runs = calloc(r->batch->list.n + 1, sizeof *r->runs);
    dlu_status status = DLU_OK;
    if (!kept || !r->runs)
        status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    if (!status)
        status = dlu_run_set_options(run, (const char *const *)kept, n, err);
    if (!status)
        status = cli_pool_run(&pool, err);
    if (!status && r->no_memory)
        status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    if (!status)
        status = sum_up(r, run, err);
    for (size_t i = 0; r->runs && i < r->batch->list.n; i++)
        dlu_run_free(r->runs[i]);
    free(r->runs);
    cli_texts_free(kept, n);
    return status;
}

dlu_status cli_batch_work(cli_batch *batch, dlu_run *run, dlu_error *err)
{
    running r = {.batch = batch};
    FILE *log = NULL;
    dlu_status status = DLU_OK;
    cli_figure_style_init(&batch->style, false, 0);
    if (batch->figures)
        status = cli_figure_style_finish(&batch->style, cli_can_render(), err);
    if (!status && batch->log)
        status = cli_open_log(batch->log, &log, err);
    if (status)
        return status;
    cli_remove_leftovers(batch->out);
    cli_progress_begin(&r.progress, batch->list.n, log);
    status = run_all(&r, run, err);
    cli_progress_end(&r.progress);
    if (!status)
        status = cli_run_write(run, batch->out, batch->created, err);
    cli_figure_style_free(&batch->style);
    return status;
}
