/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/power_options.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/say.h"
#include "base/text.h"
#include "verdict/scatter.h"

#define UPPER_CONFIDENCE 0.80
#define DEFAULT_ALPHA    0.05
#define TABLE_FIRST      2u
#define TABLE_LAST       12u

static const double table_folds[] = {0.50, 0.60, 0.70, 0.80, 0.90};
static const double table_folds_up[] = {1.10, 1.25, 1.50, 1.75, 2.00};
#define N_TABLE_FOLDS (sizeof table_folds / sizeof *table_folds)

/* ---- one plan ---- */

/* An effect as a fold, on the side of the one asked for; NaN where it is beyond all numbers. */
static double fold_of(double asked, double effect)
{
    double fold = exp(asked < 1 ? -effect : effect);
    return fold > 0 && isfinite(fold) ? fold : NAN;
}

static void set_status(dlu_plan_row *row, dlu_plan_status status, const char *reason)
{
    row->status = status;
    row->reason = reason;
}

/* What follows from sd, its df and n, which stand in the row. */
static void fill_plan(dlu_plan_row *row, dlu_power_design error)
{
    double effect = log(row->fold), least;
    row->sd_upper = dlu_stats_sd_upper(row->sd, row->sd_df, UPPER_CONFIDENCE);
    if (row->n && !dlu_stats_detectable(error, row->n, row->sd, row->power, row->alpha, &least))
        row->detectable_fold = fold_of(row->fold, least);
    if (dlu_stats_replicates(error, effect, row->sd, row->power, row->alpha, &row->replicates,
                             &row->reached) != DLU_OK)
        set_status(row, DLU_PLAN_TOO_MANY_REPLICATES,
                   "More than 10000 replicates would be needed: no experiment finds so weak an "
                   "effect in so much scatter.");
    if (isfinite(row->sd_upper))
        dlu_stats_replicates(error, effect, row->sd_upper, row->power, row->alpha,
                             &row->replicates_upper, NULL);
}

static dlu_plan_row empty_row(const dlu_power_options *o)
{
    return (dlu_plan_row){.dose_nM = NAN,
                          .test = o->test,
                          .sd = NAN,
                          .sd_df = NAN,
                          .sd_upper = NAN,
                          .alpha = o->alpha,
                          .power = o->power,
                          .fold = o->fold,
                          .detectable_fold = NAN,
                          .reached = NAN,
                          .power_at_n = NAN};
}

/* An empty answer with its options checked; `options` with alpha filled in. */
static dlu_status begin(const dlu_power_options *options, double alpha, size_t n_plans,
                        dlu_power **out, dlu_arena **arena, dlu_error *err)
{
    dlu_power_options o = *options;
    *out = NULL;
    if (isnan(o.alpha))
        o.alpha = alpha;
    dlu_status status = dlu_plan_check(&o, err);
    if (status)
        return status;
    *arena = dlu_arena_new();
    dlu_power *power = *arena ? dlu_arena_alloc(*arena, 1, sizeof *power) : NULL;
    dlu_plan_row *plans = power ? dlu_arena_alloc(*arena, n_plans + 1, sizeof *plans) : NULL;
    if (!plans) {
        dlu_arena_free(*arena);
        return dlu_fail_memory(err);
    }
    *power = (dlu_power){.options = o, .plans = plans, .n_plans = n_plans, .memory = *arena};
    for (size_t i = 0; i < n_plans; i++)
        plans[i] = empty_row(&o);
    *out = power;
    return DLU_OK;
}

/* DLU_OK, or what was made is freed again. */
static dlu_status end(dlu_power **out, dlu_error *err)
{
    if (!dlu_arena_failed((*out)->memory))
        return DLU_OK;
    dlu_power_free(*out);
    *out = NULL;
    return dlu_fail_memory(err);
}

void dlu_power_free(dlu_power *power)
{
    if (power)
        dlu_arena_free(power->memory);
}

/* ---- from numbers ---- */

/* The folds of the table in order, the one asked for among them. */
static size_t choose_folds(double fold, double folds[N_TABLE_FOLDS + 1])
{
    const double *usual = fold < 1 ? table_folds : table_folds_up;
    size_t n = 0;
    bool placed = false;
    for (size_t i = 0; i < N_TABLE_FOLDS; i++) {
        if (!placed && fold <= usual[i]) {
            placed = true;
            if (fold < usual[i])
                folds[n++] = fold;
        }
        folds[n++] = usual[i];
    }
    if (!placed)
        folds[n++] = fold;
    return n;
}

static void fill_table(dlu_power *power, dlu_arena *arena, dlu_power_design error)
{
    const dlu_power_options *o = &power->options;
    double folds[N_TABLE_FOLDS + 1];
    size_t n_folds = choose_folds(o->fold, folds), rows = TABLE_LAST - TABLE_FIRST + 1;
    bool further = o->n > TABLE_LAST;
    dlu_plan_cell *cell = dlu_arena_alloc(arena, (rows + further) * n_folds, sizeof *cell);
    if (!cell)
        return;
    power->table = cell;
    power->n_folds = n_folds;
    power->n_table = (rows + further) * n_folds;
    for (size_t i = 0; i < rows + further; i++)
        for (size_t f = 0; f < n_folds; f++) {
            size_t n = i < rows ? TABLE_FIRST + i : o->n;
            *cell++ = (dlu_plan_cell){n, folds[f],
                                      dlu_stats_power(error, n, log(folds[f]), o->sd, o->alpha)};
        }
}

dlu_status dlu_power_from_numbers(const dlu_power_options *options, dlu_power **out, dlu_error *err)
{
    dlu_arena *arena;
    *out = NULL;
    if (isnan(options->sd))
        return dlu_fail(err, DLU_E_USAGE, "power-sd", NULL, NULL,
                        "sd: expected a standard deviation above 0, found none");
    dlu_status status = begin(options, DEFAULT_ALPHA, 1, out, &arena, err);
    if (status)
        return status;
    dlu_power *power = *out;
    const dlu_power_options *o = &power->options;
    dlu_power_design error = dlu_plan_error(o->design, o->test);
    dlu_plan_row *row = &power->plans[0];
    row->design = dlu_plan_design_name(o->design);
    row->sd = o->sd;
    row->n = o->n;
    fill_plan(row, error);
    if (o->n)
        row->power_at_n = dlu_stats_power(error, o->n, log(o->fold), o->sd, o->alpha);
    fill_table(power, arena, error);
    return end(out, err);
}

/* ---- from a result ---- */

static bool is_same_row(const dlu_comparison_row *c, const dlu_verdict_row *v)
{
    bool same_dose = isnan(c->dose_nM) ? isnan(v->dose_nM) : c->dose_nM == v->dose_nM;
    return same_dose && !dlu_text_compare(c->target, v->target) &&
           !dlu_text_compare(c->mirna, v->mirna) && !dlu_text_compare(c->treatment, v->treatment) &&
           !dlu_text_compare(c->mutant, v->mutant);
}

static const dlu_comparison_row *find_test(const dlu_result *result, const dlu_verdict_row *v,
                                           dlu_plan_test test)
{
    for (size_t i = 0; i < result->n_comparisons; i++) {
        const dlu_comparison_row *c = &result->comparisons[i];
        if (c->primary && c->kind && c->method && !strcmp(c->kind, dlu_plan_test_name(test)) &&
            is_same_row(c, v))
            return c;
    }
    return NULL;
}

/* Units of the smallest arm from "3, 3, 3, 2"; 0 where the result does not say. */
static size_t fewest_units(const dlu_verdict_row *v)
{
    size_t fewest = 0;
    const char *p = v->n_text ? v->n_text : "";
    for (bool first = true; *p >= '0' && *p <= '9'; first = false) {
        size_t n = 0;
        for (; *p >= '0' && *p <= '9'; p++)
            n = n < DLU_PLAN_MAX_REPLICATES ? n * 10 + (size_t)(*p - '0') : n;
        fewest = first || n < fewest ? n : fewest;
        p += strspn(p, ", ");
    }
    return fewest;
}

/* Why a row cannot be planned from, or true. */
static bool is_usable(dlu_plan_row *row, const dlu_verdict_row *v, const dlu_comparison_row *c)
{
    if (!v->mutant && row->test == DLU_PLAN_INTERACTION)
        set_status(row, DLU_PLAN_NO_MUTANT,
                   "The result has no mutant for this target, so there is no interaction to plan; "
                   "--test wt plans the effect on the wild type.");
    else if (v->exploratory)
        set_status(
            row, DLU_PLAN_TECHNICAL_ONLY,
            "There is one transfection an arm; its wells describe pipetting and tell nothing "
            "of how transfections differ.");
    else if (v->n_text && fewest_units(v) < 2)
        set_status(row, DLU_PLAN_TOO_FEW,
                   "An arm has fewer than two independent transfections, so there is no scatter to "
                   "plan from.");
    else if (!c)
        set_status(row, DLU_PLAN_NOT_TESTED,
                   "The result has no such test, for want of usable arms.");
    else if (!strcmp(c->method, "split-block"))
        set_status(
            row, DLU_PLAN_SPLIT_BLOCK,
            "Wild type and mutant stand in blocks of their own: the scatter of such a design "
            "is of two kinds. Plan with all four arms in each block, from --sd.");
    else
        return true;
    return false;
}

static void fill_row(dlu_plan_row *row, const dlu_verdict_row *v, const dlu_comparison_row *c)
{
    dlu_scatter scatter;
    if (!is_usable(row, v, c))
        return;
    row->method = c->method;
    /* the pooled error of one construct's two cells is that of the blocks' differences */
    const char *method = v->mutant || strcmp(c->method, "rcbd") != 0 ? c->method : "block";
    if (!dlu_scatter_find(method, row->test, c->se, c->df, fewest_units(v), &scatter)) {
        bool constant = isnan(c->se) || c->se <= 0;
        set_status(row, constant ? DLU_PLAN_NO_VARIANCE : DLU_PLAN_NOT_TESTED,
                   constant ? "The test has no standard error: the values do not vary, or are too "
                              "few for their blocks."
                            : "The result does not say how its standard error came about: analyse "
                              "again with this version.");
        return;
    }
    row->design = dlu_plan_design_name(scatter.design);
    row->sd = scatter.sd;
    row->sd_df = scatter.df;
    row->n = scatter.n;
    fill_plan(row, scatter.error);
}

static const char *copy(dlu_arena *arena, const char *text)
{
    return text ? dlu_arena_copy(arena, text) : NULL;
}

dlu_status dlu_power_from_result(const dlu_result *result, const char *file,
                                 const dlu_power_options *options, dlu_power **out, dlu_error *err)
{
    dlu_arena *arena;
    dlu_power_options o = *options;
    o.sd = NAN;
    o.n = 0;
    dlu_status status = begin(&o, result->settings.alpha, result->n_verdicts, out, &arena, err);
    if (status)
        return status;
    (*out)->file = dlu_arena_copy(arena, file);
    for (size_t i = 0; i < result->n_verdicts; i++) {
        const dlu_verdict_row *v = &result->verdicts[i];
        dlu_plan_row *row = &(*out)->plans[i];
        row->target = copy(arena, v->target);
        row->mirna = copy(arena, v->mirna);
        row->dose_nM = v->dose_nM;
        row->treatment = copy(arena, v->treatment);
        row->mutant = copy(arena, v->mutant);
        fill_row(row, v, find_test(result, v, o.test));
        row->method = copy(arena, row->method);
    }
    return end(out, err);
}
