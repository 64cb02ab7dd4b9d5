/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "stats/diagnostics.h"
#include "stats/robust.h"

/* Wells less the mean of their unit; in `arena` but for what the caller owns. */
typedef struct within {
    dlu_arena *arena;
    double *residuals; /* one a well */
    double *counts;    /* wells of each unit */
    double squares;
    double df;
    double scale;
} within;

static void subtract_means(const dlu_wells *wells, within *w, double *means)
{
    /* Twice: what the first pass leaves is the rounding of its means. */
    for (int pass = 0; pass < 2; pass++) {
        for (unsigned u = 0; u < wells->n_units; u++)
            means[u] = 0;
        for (size_t i = 0; i < wells->n; i++)
            means[wells->unit[i]] += w->residuals[i] / w->counts[wells->unit[i]];
        for (size_t i = 0; i < wells->n; i++)
            w->residuals[i] -= means[wells->unit[i]];
    }
}

static dlu_status check(const dlu_wells *wells, double *scale)
{
    for (size_t i = 0; i < wells->n; i++)
        if (wells->unit[i] >= wells->n_units)
            return DLU_E_INPUT;
    return dlu_stats_scale((dlu_sample){wells->y, wells->n}, scale);
}

/* On DLU_OK the caller frees out->arena. */
static dlu_status centre_within(const dlu_wells *wells, within *out)
{
    *out = (within){0};
    dlu_status status = check(wells, &out->scale);
    if (status != DLU_OK)
        return status;
    out->residuals = dlu_stats_room(wells->n, &out->arena);
    if (!out->residuals)
        return DLU_E_NO_MEMORY;
    out->counts = dlu_arena_alloc(out->arena, wells->n_units, sizeof *out->counts);
    double *means = dlu_arena_alloc(out->arena, wells->n_units, sizeof *means);
    if (!out->counts || !means) {
        dlu_arena_free(out->arena);
        return DLU_E_NO_MEMORY;
    }
    for (size_t i = 0; i < wells->n; i++) {
        out->residuals[i] = wells->y[i];
        out->counts[wells->unit[i]] += 1;
    }
    subtract_means(wells, out, means);
    for (size_t i = 0; i < wells->n; i++)
        out->squares += out->residuals[i] * out->residuals[i];
    for (unsigned u = 0; u < wells->n_units; u++)
        out->df += fmax(out->counts[u] - 1, 0);
    return DLU_OK;
}

static dlu_status pool(const within *w, dlu_technical *out)
{
    double variance = w->squares / w->df, sd = sqrt(variance);
    if (!(w->df > 0))
        return DLU_E_TOO_FEW;
    if (!isfinite(variance))
        return DLU_E_INPUT;
    if (dlu_stats_is_rounding(sd, w->scale))
        return DLU_E_NO_VARIANCE;
    *out = (dlu_technical){sd, dlu_stats_cv_of_ln(sd), w->df};
    return DLU_OK;
}

dlu_status dlu_stats_technical(const dlu_wells *wells, dlu_technical *out)
{
    within w;
    dlu_status status = centre_within(wells, &w);
    if (status != DLU_OK)
        return status;
    status = pool(&w, out);
    dlu_arena_free(w.arena);
    return status;
}

/*
 * Without this well the pooled sum of squares is less by internal^2 sd^2. Where that leaves only
 * rounding, there is nothing to measure the well by.
 */
static dlu_well_residual residual_of(double residual, double count, double n_wells,
                                     const dlu_technical *pooled, double scale)
{
    dlu_well_residual r = {.residual = residual, .df = pooled->df - 1, .p = 1, .p_bonferroni = 1};
    if (count < 2)
        return r;
    double internal = residual / (pooled->sd * sqrt(1 - 1 / count));
    double left = (pooled->df - internal * internal) / r.df;
    if (left < 1e-10 || dlu_stats_is_rounding(pooled->sd * sqrt(left), scale))
        return r;
    r.tested = true;
    r.internal = internal;
    r.external = internal / sqrt(left);
    r.p = dlu_stats_t_p(r.external, r.df);
    r.p_bonferroni = fmin(n_wells * r.p, 1);
    return r;
}

dlu_status dlu_stats_well_residuals(const dlu_wells *wells, dlu_well_residual *out)
{
    within w;
    dlu_technical pooled;
    dlu_status status = centre_within(wells, &w);
    if (status != DLU_OK)
        return status;
    status = pool(&w, &pooled);
    if (status == DLU_OK && pooled.df < 2)
        status = DLU_E_TOO_FEW;
    for (size_t i = 0; status == DLU_OK && i < wells->n; i++)
        out[i] = residual_of(w.residuals[i], w.counts[wells->unit[i]], (double)wells->n, &pooled,
                             w.scale);
    dlu_arena_free(w.arena);
    return status;
}

dlu_status dlu_stats_edge(const dlu_wells *wells, const bool *edge, double alpha, dlu_test *out)
{
    within w;
    dlu_status status = centre_within(wells, &w);
    if (status != DLU_OK)
        return status;
    double *sorted = dlu_arena_alloc(w.arena, wells->n, sizeof *sorted);
    if (sorted) {
        /* The edge from the front, the inside from the back. */
        size_t front = 0, back = wells->n;
        for (size_t i = 0; i < wells->n; i++)
            sorted[edge[i] ? front++ : --back] = w.residuals[i];
        const dlu_sample outer = {sorted, front}, inner = {sorted + back, wells->n - back};
        if (dlu_stats_is_rounding(sqrt(w.squares), w.scale) && front > 1 && inner.n > 1)
            status = DLU_E_NO_VARIANCE;
        else
            status = dlu_stats_welch(outer, inner, alpha, out);
    }
    dlu_arena_free(w.arena);
    return sorted ? status : DLU_E_NO_MEMORY;
}
