/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <math.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Slopes of ln ratio over dose scores: 0 the control, 1, 2, ... the doses in their order. By block,
 * and then a t test of the slopes of blocks: METHODS f.
 */

enum { WT, MUT, CONSTRUCTS };

/* The doses of one target, microRNA, treatment and mutant. */
typedef struct dose_series {
    size_t *pairs; /* ascending by dose */
    size_t n;
    bool first; /* of the mutants: WT is listed with it */
    unsigned n_constructs;
    dlu_arm_cell *cells; /* WT: control, doses; the mutant: the same */
    bool incomplete;     /* some block lacks a dose */
    dlu_outcome slope[DLU_EFFECTS];
} dose_series;

static const double coefficients[DLU_EFFECTS][CONSTRUCTS] = {
    [DLU_EFFECT_WT] = {1, 0},
    [DLU_EFFECT_MUT] = {0, 1},
    [DLU_EFFECT_INTERACTION] = {1, -1},
};

static const dlu_pair *pair_at(const dlu_beside_job *job, const dose_series *d, size_t i)
{
    return &job->v->pairs[d->pairs[i]];
}

static bool is_of_series(const dlu_pair *a, const dlu_pair *b)
{
    return dlu_pairs_alike(a, b) && !dlu_text_compare(a->mutant, b->mutant) && b->dose_nM > 0;
}

static void gather(const dlu_beside_job *job, size_t first, bool *done, dose_series *d)
{
    const dlu_pair *pairs = job->v->pairs;
    for (size_t i = first; i < job->v->n; i++) {
        if (!is_of_series(&pairs[first], &pairs[i]))
            continue;
        done[i] = true;
        size_t at = d->n++;
        for (; at > 0 && pairs[d->pairs[at - 1]].dose_nM > pairs[i].dose_nM; at--)
            d->pairs[at] = d->pairs[at - 1];
        d->pairs[at] = i;
    }
    d->first = true;
    for (size_t i = 0; i < first; i++)
        if (dlu_pairs_alike(&pairs[i], &pairs[first]))
            d->first = false;
    d->n_constructs = pairs[first].mutant ? CONSTRUCTS : 1;
}

/* Each dose may have a control of its own; then there is no common score 0. */
static bool fill_cells(const dlu_beside_job *job, dose_series *d)
{
    for (unsigned k = 0; k < d->n_constructs; k++) {
        dlu_arm_cell *own = d->cells + k * (d->n + 1);
        own[0] = pair_at(job, d, 0)->cells[2 * k + 1];
        for (size_t i = 0; i < d->n; i++) {
            const dlu_arm_cell *cell = &pair_at(job, d, i)->cells[2 * k];
            if (own[0].n_arms && !dlu_cells_same(&own[0], cell + 1))
                return false;
            own[i + 1] = *cell;
        }
    }
    return true;
}

/* Cells of means in blocks become constructs with scores; blocks that lack a dose are marked. */
static bool score(const dlu_beside_job *job, dose_series *d, const dlu_blocked_data *means,
                  dlu_dose_data *out)
{
    double *scores = dlu_arena_alloc(job->arena, means->n + 1, sizeof *scores);
    unsigned *construct = dlu_arena_alloc(job->arena, means->n + 1, sizeof *construct);
    if (!scores || !construct)
        return false;
    for (size_t i = 0; i < means->n; i++) {
        scores[i] = (double)(means->cell[i] % (d->n + 1));
        construct[i] = means->cell[i] / (unsigned)(d->n + 1);
    }
    d->incomplete = means->n < (size_t)means->n_cells * means->n_blocks;
    *out = (dlu_dose_data){means->y, scores,          construct,      means->block,
                           means->n, d->n_constructs, means->n_blocks};
    return true;
}

static double mean_slope(const dlu_dose_data *data, const double *c)
{
    double sum = 0;
    size_t n = 0;
    for (unsigned b = 0; b < data->n_blocks; b++) {
        double value = 0;
        bool all = true;
        for (unsigned k = 0; k < data->n_cells && all; k++) {
            double slope = 0;
            all = c[k] == 0 || dlu_stats_block_slope(data, k, b, &slope);
            value += c[k] * slope;
        }
        sum += all ? value : 0;
        n += all;
    }
    return n ? sum / (double)n : NAN;
}

static void test_slopes(const dlu_beside_job *job, const dlu_dose_data *data, dose_series *d)
{
    for (int i = 0; i < (d->n_constructs == CONSTRUCTS ? DLU_EFFECTS : 1); i++) {
        dlu_test t = {.estimate = NAN};
        dlu_status status =
            dlu_stats_slope_per_block(data, coefficients[i], job->e->settings->alpha, &t);
        if (status != DLU_OK)
            t = (dlu_test){mean_slope(data, coefficients[i]), NAN, NAN, NAN, NAN, NAN, NAN, 0};
        d->slope[i] = (dlu_outcome){true, status, "block", t};
    }
}

/* Why there is no slope, in words; NULL where there is one. */
static const char *test(const dlu_beside_job *job, dose_series *d, dlu_status *status)
{
    dlu_series series;
    dlu_blocked_data means;
    dlu_dose_data data;
    unsigned n_cells = d->n_constructs * (unsigned)(d->n + 1);
    *status = DLU_OK;
    if (!fill_cells(job, d))
        return "its doses have controls of their own";
    *status = dlu_series_of_cells(job->e, d->cells, n_cells, n_cells, false, job->arena, &series,
                                  job->err);
    if (*status != DLU_OK)
        return NULL;
    if (dlu_series_blocking(&series) != DLU_BLOCKING_WHOLE)
        return "slopes are taken within blocks, and no two blocks hold these arms";
    if (!dlu_series_average_all(&series, n_cells, DLU_OF_RATIO, job->arena, &means) ||
        !score(job, d, &means, &data)) {
        *status = dlu_fail_memory(job->err);
        return NULL;
    }
    test_slopes(job, &data, d);
    return d->slope[DLU_EFFECT_WT].status == DLU_OK || d->slope[DLU_EFFECT_MUT].status == DLU_OK
               ? NULL
               : dlu_status_words(d->slope[DLU_EFFECT_WT].status);
}

static size_t count_units(const dose_series *d, unsigned first, unsigned end)
{
    size_t n = 0;
    for (size_t c = first * (d->n + 1); c < end * (d->n + 1); c++)
        n += d->cells[c].n_units;
    return n;
}

static dlu_status add_rows(const dlu_beside_job *job, const dose_series *d)
{
    const dlu_pair *pair = pair_at(job, d, 0);
    const struct {
        const char *kind;
        unsigned first, end;
    } kinds[DLU_EFFECTS] = {{"dose_slope_wt", WT, WT + 1},
                            {"dose_slope_mut", MUT, MUT + 1},
                            {"dose_slope_interaction", WT, CONSTRUCTS}};
    dlu_status status = DLU_OK;
    for (int i = d->first ? 0 : 1; i < DLU_EFFECTS && status == DLU_OK; i++)
        if (d->slope[i].tried)
            status = dlu_beside_add(
                job,
                &(dlu_beside_row){pair, pair->mirna, NAN, i ? pair->mutant : NULL, kinds[i].kind,
                                  d->slope[i], NAN, count_units(d, kinds[i].first, kinds[i].end)});
    return status;
}

/* "0.80 (p = 0.00014)". */
static const char *slope_words(const dlu_outcome *o, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    if (isnan(o->test.estimate))
        return "unknown";
    dlu_text_fold(exp(o->test.estimate), fold);
    if (isnan(o->test.p))
        return dlu_arena_printf(arena, "%s (no test possible)", fold);
    const char *p = dlu_p_words(o->test.p, arena);
    return p ? dlu_arena_printf(arena, "%s (%s)", fold, p) : NULL;
}

/* "1, 5 and 25". */
static const char *dose_words(const dlu_beside_job *job, const dose_series *d)
{
    const char *text = "";
    char number[DLU_NUMBER_SIZE];
    for (size_t i = 0; i < d->n && text; i++)
        text = dlu_arena_printf(job->arena, "%s%s%s", text,
                                !i              ? ""
                                : i + 1 == d->n ? " and "
                                                : ", ",
                                dlu_text_from_double(pair_at(job, d, i)->dose_nM, number));
    return text;
}

static const char *sentence(const dlu_beside_job *job, const dose_series *d, const char *why_not)
{
    const char *doses = dose_words(job, d), *mutant = "";
    const char *wt = slope_words(&d->slope[DLU_EFFECT_WT], job->arena);
    if (!doses || !wt)
        return NULL;
    if (why_not)
        return dlu_arena_printf(job->arena, "Doses %s nM: no slope was tested: %s.", doses,
                                why_not);
    if (d->n_constructs == CONSTRUCTS) {
        const char *mut = slope_words(&d->slope[DLU_EFFECT_MUT], job->arena);
        const char *both = slope_words(&d->slope[DLU_EFFECT_INTERACTION], job->arena);
        mutant = mut && both ? dlu_arena_printf(job->arena, ", of %s in %s, WT over %s %s", mut,
                                                pair_at(job, d, 0)->mutant,
                                                pair_at(job, d, 0)->mutant, both)
                             : NULL;
    }
    if (!mutant)
        return NULL;
    return dlu_arena_printf(
        job->arena,
        "Doses %s nM (scores 1 to %zu, the control 0): a step has a fold of %s in WT%s%s. The "
        "slope "
        "says nothing of the order of single doses.",
        doses, d->n, wt, mutant,
        d->incomplete ? "; a block that lacks a dose gives the slope of the others" : "");
}

static dlu_status series_of(const dlu_beside_job *job, size_t first, bool *done)
{
    dlu_status status;
    dose_series d = {.pairs = dlu_arena_alloc(job->arena, job->v->n, sizeof *d.pairs)};
    if (!d.pairs)
        return dlu_fail_memory(job->err);
    gather(job, first, done, &d);
    if (d.n < 2)
        return DLU_OK;
    d.cells = dlu_arena_alloc(job->arena, CONSTRUCTS * (d.n + 1), sizeof *d.cells);
    if (!d.cells)
        return dlu_fail_memory(job->err);
    const char *why_not = test(job, &d, &status);
    if (status == DLU_OK)
        status = add_rows(job, &d);
    for (size_t i = 0; i < d.n && status == DLU_OK; i++)
        status = dlu_beside_say(job, d.pairs[i], sentence(job, &d, why_not));
    return status;
}

dlu_status dlu_beside_doses(const dlu_beside_job *job)
{
    bool *done = dlu_arena_alloc(job->arena, job->v->n + 1, sizeof *done);
    dlu_status status = DLU_OK;
    if (!done)
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < job->v->n && status == DLU_OK; i++)
        if (!done[i] && job->v->pairs[i].dose_nM > 0)
            status = series_of(job, i, done);
    return status;
}
