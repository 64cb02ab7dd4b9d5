/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/moments.h"
#include "stats/diagnostics.h"
#include "stats/robust.h"
#include "stats/t.h"

/* DLU_OK, or why single values of x cannot be tested. */
static dlu_status check(dlu_sample x, dlu_moments *m)
{
    double scale;
    if (x.n < DLU_OUTLIER_MIN_N)
        return DLU_E_TOO_FEW;
    dlu_status status = dlu_stats_scale(x, &scale);
    if (status == DLU_OK)
        status = dlu_stats_moments(x, m);
    if (status == DLU_OK && dlu_stats_is_rounding(sqrt(m->variance), scale))
        status = DLU_E_NO_VARIANCE;
    return status;
}

/* (n - 1) / sqrt(n) sqrt(t^2 / (n - 2 + t^2)), t exceeded with probability `upper`. */
static double limit_of(double n, double upper)
{
    double t = dlu_stats_t_quantile(upper, n - 2);
    return (n - 1) / sqrt(n) * sqrt(t * t / (n - 2 + t * t));
}

static double tails(dlu_extreme extreme)
{
    return extreme == DLU_EXTREME_EITHER ? 2 : 1;
}

double dlu_stats_grubbs_critical(size_t n, double alpha, dlu_extreme extreme)
{
    if (n < 3 || !(alpha > 0 && alpha < 1))
        return NAN;
    return limit_of((double)n, alpha / (tails(extreme) * (double)n));
}

/* The t of one value against the others that G amounts to, and its p times the values. */
static double grubbs_p(double g, double n, dlu_extreme extreme)
{
    double rest = (n - 1) * (n - 1) - n * g * g;
    double t = rest > 0 ? sqrt(n * (n - 2) * g * g / rest) : INFINITY;
    return fmin(tails(extreme) * n * dlu_stats_t_upper(t, n - 2), 1);
}

static double distance(double value, double mean, dlu_extreme extreme)
{
    double away = value - mean;
    return extreme == DLU_EXTREME_HIGH ? away : extreme == DLU_EXTREME_LOW ? -away : fabs(away);
}

/* The first of the values that lie farthest out. */
static size_t farthest(const double *x, size_t n, double mean, dlu_extreme extreme)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (distance(x[i], mean, extreme) > distance(x[at], mean, extreme))
            at = i;
    return at;
}

dlu_status dlu_stats_grubbs(dlu_sample x, double alpha, dlu_extreme extreme, dlu_grubbs *out)
{
    dlu_moments m;
    if (!(alpha > 0 && alpha < 1))
        return DLU_E_USAGE;
    dlu_status status = check(x, &m);
    if (status != DLU_OK)
        return status;
    size_t at = farthest(x.values, x.n, m.mean, extreme);
    double g = distance(x.values[at], m.mean, extreme) / sqrt(m.variance);
    double critical = dlu_stats_grubbs_critical(x.n, alpha, extreme);
    if (!isfinite(critical))
        return DLU_E_USAGE; /* only an alpha next to 0 gets here */
    *out = (dlu_grubbs){g, critical, grubbs_p(g, (double)x.n, extreme), at};
    return DLU_OK;
}

/* Takes the value at `at` out of both arrays. */
static void take_out(double *values, size_t *indices, size_t n, size_t at)
{
    memmove(values + at, values + at + 1, (n - at - 1) * sizeof *values);
    memmove(indices + at, indices + at + 1, (n - at - 1) * sizeof *indices);
}

static size_t count_outliers(const dlu_esd_step *steps, size_t k)
{
    while (k > 0 && !(steps[k - 1].r > steps[k - 1].lambda))
        k--;
    return k;
}

/* With m values left, Rosner's lambda is Grubbs' critical value of m values, either way. */
static void step_through(double *values, size_t *indices, size_t n, size_t k, double scale,
                         double alpha, dlu_esd_step *steps)
{
    for (size_t i = 0; i < k; i++) {
        size_t m = n - i;
        double mean = dlu_mean(values, m), sd = dlu_sd(values, m);
        size_t at = farthest(values, m, mean, DLU_EXTREME_EITHER);
        bool varies = !dlu_stats_is_rounding(sd, scale);
        steps[i] =
            (dlu_esd_step){varies ? fabs(values[at] - mean) / sd : 0,
                           dlu_stats_grubbs_critical(m, alpha, DLU_EXTREME_EITHER), indices[at]};
        take_out(values, indices, m, at);
    }
}

dlu_status dlu_stats_esd(dlu_sample x, size_t k, double alpha, dlu_esd_step *steps,
                         size_t *n_outliers)
{
    dlu_moments m;
    dlu_arena *arena;
    double scale;
    dlu_status status = check(x, &m);
    if (status != DLU_OK)
        return status;
    if (k < 1 || k > x.n - 2 ||
        !isfinite(dlu_stats_grubbs_critical(x.n, alpha, DLU_EXTREME_EITHER)))
        return DLU_E_USAGE;
    double *values = dlu_stats_room(x.n, &arena);
    size_t *indices = values ? dlu_arena_alloc(arena, x.n, sizeof *indices) : NULL;
    if (!indices) {
        dlu_arena_free(arena);
        return DLU_E_NO_MEMORY;
    }
    for (size_t i = 0; i < x.n; i++) {
        values[i] = x.values[i];
        indices[i] = i;
    }
    (void)dlu_stats_scale(x, &scale); /* finite, as checked */
    step_through(values, indices, x.n, k, scale, alpha, steps);
    *n_outliers = count_outliers(steps, k);
    dlu_arena_free(arena);
    return DLU_OK;
}

dlu_status dlu_stats_modified_z(dlu_sample x, double *z)
{
    static const double third_quartile = 0.6744897501960817;
    double scale;
    dlu_arena *arena;
    if (x.n < DLU_OUTLIER_MIN_N)
        return DLU_E_TOO_FEW;
    dlu_status status = dlu_stats_scale(x, &scale);
    if (status != DLU_OK)
        return status;
    double *room = dlu_stats_room(x.n, &arena);
    if (!room)
        return DLU_E_NO_MEMORY;
    dlu_middle middle = dlu_stats_middle(x.values, x.n, room);
    dlu_arena_free(arena);
    if (!isfinite(middle.mad))
        return DLU_E_INPUT;
    if (dlu_stats_is_rounding(middle.mad, scale))
        return DLU_E_NO_VARIANCE;
    for (size_t i = 0; i < x.n; i++)
        z[i] = third_quartile * (x.values[i] - middle.median) / middle.mad;
    return DLU_OK;
}
