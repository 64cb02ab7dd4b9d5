/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <dualuc/history.h>
#include <dualuc/version.h>

#include "base/say.h"
#include "base/text.h"
#include "stats/stats.h"

/* The tables of many experiments: one is added after the other, then p are adjusted over all. */

#define MAX_ROWS ((size_t)1 << 24)

/* What a run's `memory` is: its tables grow, and live in the arena. */
typedef struct run_memory {
    dlu_arena *arena;
    size_t cap_experiments, cap_inputs, cap_outputs, cap_summary, cap_levels;
} run_memory;

static run_memory *memory_of(const dlu_run *run)
{
    return run->memory;
}

dlu_arena *dlu_run_arena(const dlu_run *run)
{
    return memory_of(run)->arena;
}

dlu_status dlu_run_new(dlu_run **out, dlu_error *err)
{
    dlu_arena *arena = dlu_arena_new();
    dlu_run *run = arena ? dlu_arena_alloc(arena, 1, sizeof *run) : NULL;
    run_memory *memory = run ? dlu_arena_alloc(arena, 1, sizeof *memory) : NULL;
    *out = NULL;
    if (!memory) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    memory->arena = arena;
    run->memory = memory;
    run->version = dlu_version();
    run->adjust = "holm";
    *out = run;
    return DLU_OK;
}

void dlu_run_free(dlu_run *run)
{
    if (run)
        dlu_arena_free(memory_of(run)->arena);
}

/* A new row of a table, or NULL where memory ran out. */
#define ADD_ROW(run, table)                                                                        \
    ((run)->table = dlu_vec_reserve(memory_of(run)->arena, (run)->table, (run)->n_##table,         \
                                    &memory_of(run)->cap_##table, sizeof *(run)->table, MAX_ROWS), \
     (run)->n_##table < memory_of(run)->cap_##table ? &(run)->table[(run)->n_##table++] : NULL)

/* A copy; NULL stays NULL. What failed is asked of the arena at the end. */
static const char *copy(const dlu_run *run, const char *text)
{
    return text ? dlu_arena_copy(memory_of(run)->arena, text) : NULL;
}

static dlu_status finish(const dlu_run *run, dlu_error *err)
{
    return dlu_arena_failed(memory_of(run)->arena) ? dlu_fail_memory(err) : DLU_OK;
}

dlu_status dlu_run_set_options(dlu_run *run, const char *const *options, size_t n, dlu_error *err)
{
    const char **list = dlu_arena_alloc(memory_of(run)->arena, n + 1, sizeof *list);
    for (size_t i = 0; list && i < n; i++)
        list[i] = copy(run, options[i]);
    run->options = list;
    run->n_options = list ? n : 0;
    return finish(run, err);
}

/* ---- adding ---- */

static void add_file(dlu_run *run, bool output, const char *experiment, const dlu_run_file *from)
{
    dlu_run_file *row = output ? ADD_ROW(run, outputs) : ADD_ROW(run, inputs);
    if (row)
        *row = (dlu_run_file){experiment, copy(run, from->path), copy(run, from->role),
                              copy(run, from->sha256)};
}

static void add_inputs(dlu_run *run, const char *experiment, const dlu_run_entry *entry)
{
    for (size_t i = 0; i < entry->n_inputs; i++)
        add_file(run, false, experiment, &entry->inputs[i]);
    for (size_t i = 0; !entry->n_inputs && entry->result && i < entry->result->n_inputs; i++) {
        const dlu_input_row *from = &entry->result->inputs[i];
        add_file(run, false, experiment,
                 &(dlu_run_file){NULL, from->path, from->role, from->sha256});
    }
}

static const char *output_named(const dlu_run_entry *entry, const char *role)
{
    for (size_t i = 0; i < entry->n_outputs; i++)
        if (!strcmp(entry->outputs[i].role, role))
            return entry->outputs[i].path;
    return NULL;
}

/* Codes of caveats, joined as in the CSV tables. */
static const char *caveats_of(const dlu_run *run, uint32_t caveats)
{
    const char *text = NULL;
    for (unsigned i = 0; i < DLU_CAVEAT_COUNT; i++) {
        const char *name = dlu_caveat_name((dlu_caveat)i);
        if (caveats & (UINT32_C(1) << i))
            text = text ? dlu_arena_printf(memory_of(run)->arena, "%s;%s", text, name) : name;
    }
    return text;
}

/* The row that an experiment has in any case, without a verdict. */
static dlu_summary_row empty_row(const dlu_run_experiment *e)
{
    return (dlu_summary_row){.experiment = e->name,
                             .user = e->user,
                             .status = e->status,
                             .reason = e->error,
                             .report = e->report,
                             .result = e->result,
                             .dose_nM = NAN,
                             .wt_fold = NAN,
                             .wt_fold_low = NAN,
                             .wt_fold_high = NAN,
                             .mut_fold = NAN,
                             .mut_fold_low = NAN,
                             .mut_fold_high = NAN,
                             .interaction_fold = NAN,
                             .interaction_fold_low = NAN,
                             .interaction_fold_high = NAN,
                             .p_wt = NAN,
                             .p_mut = NAN,
                             .p_interaction = NAN,
                             .p_direct = NAN,
                             .p_direct_adjusted = NAN,
                             .p_direct_adjusted_batch = NAN};
}

static void fill_verdict(const dlu_run *run, const dlu_verdict_row *v, dlu_summary_row *row)
{
    row->target = copy(run, v->target);
    row->mirna = copy(run, v->mirna);
    row->dose_nM = v->dose_nM;
    row->treatment = copy(run, v->treatment);
    row->mutant = copy(run, v->mutant);
    row->verdict = copy(run, v->verdict);
    row->call = dlu_call_name(v->call);
    row->caveats = caveats_of(run, v->caveats);
    row->reason = copy(run, v->reason);
    row->wt_fold = v->wt_fold;
    row->wt_fold_low = v->wt_fold_low;
    row->wt_fold_high = v->wt_fold_high;
    row->mut_fold = v->mut_fold;
    row->mut_fold_low = v->mut_fold_low;
    row->mut_fold_high = v->mut_fold_high;
    row->interaction_fold = v->interaction_fold;
    row->interaction_fold_low = v->interaction_fold_low;
    row->interaction_fold_high = v->interaction_fold_high;
    row->p_wt = v->p_wt;
    row->p_mut = v->p_mut;
    row->p_interaction = v->p_interaction;
    row->p_direct = v->p_direct;
    row->p_direct_adjusted = v->p_direct_adjusted;
    row->n = copy(run, v->n_text);
}

static void add_summary(dlu_run *run, const dlu_run_experiment *e, const dlu_result *result)
{
    size_t n = result ? result->n_verdicts : 0;
    for (size_t i = 0; i < (n ? n : 1); i++) {
        dlu_summary_row *row = ADD_ROW(run, summary);
        if (!row)
            return;
        *row = empty_row(e);
        if (n)
            fill_verdict(run, &result->verdicts[i], row);
        else if (result)
            row->reason = "no pair of arms to be judged";
    }
}

/* What the controls were, for a history. */
static void add_levels(dlu_run *run, const dlu_run_experiment *e, const dlu_result *result)
{
    double levels[DLU_CONTROL_COUNT];
    const char *instrument = "";
    dlu_controls_of(result, levels);
    for (size_t i = result->n_inputs; i > 0; i--)
        if (result->inputs[i - 1].role && !strcmp(result->inputs[i - 1].role, "plate"))
            instrument = result->inputs[i - 1].format;
    const char *date = result->date && *result->date ? copy(run, result->date) : NULL;
    instrument = copy(run, instrument ? instrument : "");
    for (unsigned c = 0; c < DLU_CONTROL_COUNT; c++) {
        dlu_run_level *row = isfinite(levels[c]) ? ADD_ROW(run, levels) : NULL;
        if (row)
            *row = (dlu_run_level){e->name, instrument, date, dlu_control_name((dlu_control)c),
                                   levels[c]};
    }
}

/* A list in a message has lines of its own: "missed:\n    this\n    that" is "missed: this; that".
 */
static void join_lines(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        if (*from != '\n') {
            *to++ = *from++;
            continue;
        }
        from += 1 + strspn(from + 1, " ");
        if (to > text && to[-1] != ':')
            *to++ = ';';
        *to++ = ' ';
    }
    *to = '\0';
}

/* The error in one line, without the word "error". */
static const char *error_line(const dlu_run *run, const dlu_error *error)
{
    dlu_arena *arena = memory_of(run)->arena;
    char *text = dlu_arena_copy(arena, error->text);
    if (!text)
        return NULL;
    join_lines(text);
    return *error->file ? dlu_arena_printf(arena, "%s%s%s: %s", error->file, *error->at ? ":" : "",
                                           error->at, text)
                        : text;
}

static void count_result(const dlu_result *result, dlu_run_experiment *e)
{
    static const char *const adjusts[] = {"holm", "bh", "none"};
    e->adjust = adjusts[result->settings.adjust];
    e->n_verdicts = result->n_verdicts;
    for (size_t i = 0; i < result->n_verdicts; i++)
        e->n_direct += result->verdicts[i].call == DLU_CALL_DIRECT;
    for (size_t i = 0; i < result->n_messages; i++)
        e->n_warnings += result->messages[i].severity == DLU_WARNING;
}

dlu_status dlu_run_add(dlu_run *run, const dlu_run_entry *entry, dlu_error *err)
{
    dlu_run_experiment *e = ADD_ROW(run, experiments);
    if (!e)
        return dlu_fail_memory(err);
    *e = (dlu_run_experiment){.name = copy(run, entry->name),
                              .user = copy(run, entry->user),
                              .status = entry->result ? "done" : "failed",
                              .key = copy(run, entry->key),
                              .report = copy(run, output_named(entry, "workbook")),
                              .result = copy(run, output_named(entry, "json"))};
    if (entry->result) {
        count_result(entry->result, e);
    } else if (entry->error) {
        e->code = copy(run, entry->error->code);
        e->error = error_line(run, entry->error);
        e->hint = *entry->error->hint ? copy(run, entry->error->hint) : NULL;
    }
    add_inputs(run, e->name, entry);
    for (size_t i = 0; i < entry->n_outputs; i++)
        add_file(run, true, e->name, &entry->outputs[i]);
    add_summary(run, e, entry->result);
    if (entry->result)
        add_levels(run, e, entry->result);
    return finish(run, err);
}

dlu_status dlu_run_add_output(dlu_run *run, const dlu_run_file *output, dlu_error *err)
{
    add_file(run, true, NULL, output);
    return finish(run, err);
}

/* ---- the experiments of another run ---- */

static void append_experiment(dlu_run *run, const dlu_run_experiment *from)
{
    dlu_run_experiment *e = ADD_ROW(run, experiments);
    if (!e)
        return;
    *e = *from;
    e->name = copy(run, from->name);
    e->user = copy(run, from->user);
    e->status = copy(run, from->status);
    e->adjust = copy(run, from->adjust);
    e->key = copy(run, from->key);
    e->report = copy(run, from->report);
    e->result = copy(run, from->result);
    e->code = copy(run, from->code);
    e->error = copy(run, from->error);
    e->hint = copy(run, from->hint);
}

static void append_summary(dlu_run *run, const dlu_summary_row *from)
{
    dlu_summary_row *row = ADD_ROW(run, summary);
    if (!row)
        return;
    *row = *from;
    const char **const texts[] = {&row->experiment, &row->user,      &row->status, &row->target,
                                  &row->mirna,      &row->treatment, &row->mutant, &row->verdict,
                                  &row->call,       &row->caveats,   &row->reason, &row->n,
                                  &row->report,     &row->result};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = copy(run, *texts[i]);
}

static void append_level(dlu_run *run, const dlu_run_level *from)
{
    dlu_run_level *row = ADD_ROW(run, levels);
    if (row)
        *row = (dlu_run_level){copy(run, from->experiment), copy(run, from->instrument),
                               copy(run, from->date), copy(run, from->control), from->value};
}

dlu_status dlu_run_append(dlu_run *run, const dlu_run *from, dlu_error *err)
{
    for (size_t i = 0; i < from->n_experiments; i++)
        append_experiment(run, &from->experiments[i]);
    for (size_t i = 0; i < from->n_inputs; i++)
        add_file(run, false, copy(run, from->inputs[i].experiment), &from->inputs[i]);
    for (size_t i = 0; i < from->n_outputs; i++)
        add_file(run, true, copy(run, from->outputs[i].experiment), &from->outputs[i]);
    for (size_t i = 0; i < from->n_summary; i++)
        append_summary(run, &from->summary[i]);
    for (size_t i = 0; i < from->n_levels; i++)
        append_level(run, &from->levels[i]);
    return finish(run, err);
}

/* ---- p over the whole run ---- */

typedef struct ranked {
    double p;
    size_t row;
} ranked;

static int by_p(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* What all experiments were adjusted by, or Holm. */
static const char *common_adjust(const dlu_run *run)
{
    const char *common = NULL;
    for (size_t i = 0; i < run->n_experiments; i++) {
        const char *adjust = run->experiments[i].adjust;
        if (adjust && common && strcmp(adjust, common) != 0)
            return "holm";
        common = adjust ? adjust : common;
    }
    return common ? common : "holm";
}

dlu_status dlu_run_adjust(dlu_run *run, dlu_error *err)
{
    dlu_arena *scratch = dlu_arena_new();
    size_t n = 0, most = run->n_summary + 1;
    ranked *order = scratch ? dlu_arena_alloc(scratch, most, sizeof *order) : NULL;
    double *p = scratch ? dlu_arena_alloc(scratch, most, sizeof *p) : NULL;
    double *adjusted = scratch ? dlu_arena_alloc(scratch, most, sizeof *adjusted) : NULL;
    if (!order || !p || !adjusted) {
        dlu_arena_free(scratch);
        return dlu_fail_memory(err);
    }
    run->adjust = common_adjust(run);
    for (size_t i = 0; i < run->n_summary; i++)
        if (isfinite(run->summary[i].p_direct))
            order[n++] = (ranked){run->summary[i].p_direct, i};
    qsort(order, n, sizeof *order, by_p);
    for (size_t i = 0; i < n; i++)
        adjusted[i] = p[i] = order[i].p;
    if (!strcmp(run->adjust, "holm"))
        dlu_stats_holm_sorted(p, n, adjusted);
    else if (!strcmp(run->adjust, "bh"))
        dlu_stats_bh_sorted(p, n, adjusted);
    for (size_t i = 0; i < n; i++)
        run->summary[order[i].row].p_direct_adjusted_batch = adjusted[i];
    dlu_arena_free(scratch);
    return DLU_OK;
}
