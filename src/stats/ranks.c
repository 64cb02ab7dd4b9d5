/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "stats/diagnostics.h"
#include "stats/robust.h"
#include "stats/tails.h"

/* Ranks by counting instead of sorting, as in adjust.c; quadratic in the number of values. */

/* Exact below this many values, as in R. */
#define EXACT_BELOW 50u

static size_t count_equal(dlu_sample x, double value)
{
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++)
        n += x.values[i] == value;
    return n;
}

/* Two-sided p of a statistic that is off its mean by `off`, corrected by one half. */
static double normal_p(double off, double variance)
{
    return fmin(2 * dlu_stats_z_upper((fabs(off) - (off != 0 ? 0.5 : 0)) / sqrt(variance)), 1);
}

/* Share of the first `k` + 1 of `n` counts, doubled. */
static double exact_p(const double *counts, size_t n, size_t k)
{
    double below = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        below += i <= k ? counts[i] : 0;
        all += counts[i];
    }
    return fmin(2 * below / all, 1);
}

/* ---- Mann and Whitney ---- */

double dlu_stats_mann_whitney_w(dlu_sample a, dlu_sample b)
{
    double w = 0;
    for (size_t i = 0; i < a.n; i++)
        for (size_t j = 0; j < b.n; j++)
            w += a.values[i] > b.values[j] ? 1 : a.values[i] == b.values[j] ? 0.5 : 0;
    return w;
}

double dlu_stats_mann_whitney_least_p(size_t n_a, size_t n_b)
{
    double p = 2;
    for (size_t i = 1; i <= n_a; i++)
        p *= (double)i / (double)(n_b + i);
    return fmin(fmax(p, DBL_MIN), 1);
}

/*
 * In how many ways of choosing n_a of all ranks W comes out as 0, 1, ... n_a n_b. Row k of `counts`
 * is for k values of a among j of b; the largest value of all is either one of a, above j others,
 * or one of b.
 */
static void count_w(size_t n_a, size_t n_b, double *counts)
{
    size_t width = n_a * n_b + 1;
    for (size_t k = 0; k <= n_a; k++)
        counts[k * width] = 1;
    for (size_t j = 1; j <= n_b; j++)
        for (size_t k = 1; k <= n_a; k++)
            for (size_t w = j; w <= k * j; w++)
                counts[k * width + w] += counts[(k - 1) * width + w - j];
}

static dlu_status exact_w(size_t n_a, size_t n_b, double w, double *p)
{
    dlu_arena *arena;
    size_t width = n_a * n_b + 1;
    double *counts = dlu_stats_room((n_a + 1) * width, &arena);
    if (!counts)
        return DLU_E_NO_MEMORY;
    count_w(n_a, n_b, counts);
    double lower = fmin(w, (double)(n_a * n_b) - w);
    *p = exact_p(counts + n_a * width, width, (size_t)lower);
    dlu_arena_free(arena);
    return DLU_OK;
}

/* Sum over tied sets of t^3 - t, in the values of both. */
static double ties(dlu_sample a, dlu_sample b)
{
    double sum = 0;
    const dlu_sample both[] = {a, b};
    for (size_t g = 0; g < 2; g++)
        for (size_t i = 0; i < both[g].n; i++) {
            double value = both[g].values[i];
            double t = (double)(count_equal(a, value) + count_equal(b, value));
            sum += t * t - 1;
        }
    return sum;
}

dlu_status dlu_stats_mann_whitney(dlu_sample a, dlu_sample b, dlu_rank_test *out)
{
    double scale, tied, p, w, m = (double)a.n, n = (double)b.n, all = m + n;
    if (!a.n || !b.n)
        return DLU_E_TOO_FEW;
    if (dlu_stats_scale(a, &scale) != DLU_OK || dlu_stats_scale(b, &scale) != DLU_OK)
        return DLU_E_INPUT;
    tied = ties(a, b);
    double variance = m * n / 12 * (all + 1 - tied / (all * (all - 1)));
    if (!(variance > 0))
        return DLU_E_NO_VARIANCE;
    w = dlu_stats_mann_whitney_w(a, b);
    bool exact = tied == 0 && a.n < EXACT_BELOW && b.n < EXACT_BELOW;
    dlu_status status = exact ? exact_w(a.n, b.n, w, &p) : DLU_OK;
    if (status != DLU_OK)
        return status;
    if (!exact)
        p = normal_p(w - m * n / 2, variance);
    *out = (dlu_rank_test){w, p, exact, dlu_stats_mann_whitney_least_p(a.n, b.n)};
    return DLU_OK;
}

/* ---- Wilcoxon's signed ranks ---- */

double dlu_stats_signed_rank_least_p(size_t n)
{
    return n < 1 ? 1 : fmax(exp2(1 - (double)n), DBL_MIN);
}

typedef struct signed_ranks {
    double v;
    double ties; /* sum of t^3 - t */
    size_t n;    /* differences that are not 0 */
} signed_ranks;

static signed_ranks rank_by_size(dlu_sample d)
{
    signed_ranks r = {0};
    for (size_t i = 0; i < d.n; i++) {
        double size = fabs(d.values[i]), below = 0, equal = 0;
        if (size == 0)
            continue;
        for (size_t j = 0; j < d.n; j++) {
            double other = fabs(d.values[j]);
            below += other > 0 && other < size;
            equal += other == size;
        }
        r.v += d.values[i] > 0 ? below + (equal + 1) / 2 : 0;
        r.ties += equal * equal - 1;
        r.n++;
    }
    return r;
}

/* In how many ways of signing 1 .. n the positive ones sum to 0, 1, ... n (n + 1) / 2. */
static void count_v(size_t n, double *counts)
{
    size_t most = n * (n + 1) / 2;
    counts[0] = 1;
    for (size_t rank = 1; rank <= n; rank++)
        for (size_t v = most; v >= rank; v--)
            counts[v] += counts[v - rank];
}

static dlu_status exact_v(size_t n, double v, double *p)
{
    dlu_arena *arena;
    size_t most = n * (n + 1) / 2;
    double *counts = dlu_stats_room(most + 1, &arena);
    if (!counts)
        return DLU_E_NO_MEMORY;
    count_v(n, counts);
    *p = exact_p(counts, most + 1, (size_t)fmin(v, (double)most - v));
    dlu_arena_free(arena);
    return DLU_OK;
}

dlu_status dlu_stats_signed_rank(dlu_sample differences, dlu_rank_test *out)
{
    double scale, p;
    if (!differences.n)
        return DLU_E_TOO_FEW;
    if (dlu_stats_scale(differences, &scale) != DLU_OK)
        return DLU_E_INPUT;
    signed_ranks r = rank_by_size(differences);
    if (!r.n)
        return DLU_E_NO_VARIANCE;
    double n = (double)r.n;
    bool exact = r.ties == 0 && r.n == differences.n && r.n < EXACT_BELOW;
    dlu_status status = exact ? exact_v(r.n, r.v, &p) : DLU_OK;
    if (status != DLU_OK)
        return status;
    if (!exact)
        p = normal_p(r.v - n * (n + 1) / 4, n * (n + 1) * (2 * n + 1) / 24 - r.ties / 48);
    *out = (dlu_rank_test){r.v, p, exact, dlu_stats_signed_rank_least_p(r.n)};
    return DLU_OK;
}
