/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "base/moments.h"
#include "stats/diagnostics.h"
#include "stats/robust.h"
#include "stats/tails.h"

/* c[0] + c[1] x + c[2] x^2 ... */
static double polynomial(const double *c, size_t n, double x)
{
    double sum = 0;
    while (n > 0)
        sum = sum * x + c[--n];
    return sum;
}

#define POLYNOMIAL(c, x) polynomial((c), sizeof(c) / sizeof *(c), (x))

/* Expected place of the i-th smallest of n normal values, from 1, by Blom's approximation. */
static double score(size_t i, size_t n)
{
    return dlu_stats_z_quantile(((double)i - 0.375) / ((double)n + 0.25));
}

/*
 * Weights of the largest, second largest, ... n / 2 of them; the smallest values have the same ones
 * with the other sign. The outermost one or two come from polynomials fitted in 1 / sqrt(n), the
 * rest are scores scaled so that the squares of all sum to 1.
 */
static void weights(size_t n, double *a)
{
    static const double outermost[] = {0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056};
    static const double next[] = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
    size_t half = n / 2, fitted = n > 5 ? 2 : 1;
    double squares = 0, u = 1 / sqrt((double)n);
    if (n == 3) {
        a[0] = sqrt(0.5);
        return;
    }
    for (size_t i = 0; i < half; i++) {
        a[i] = -score(i + 1, n);
        squares += 2 * a[i] * a[i];
    }
    double norm = sqrt(squares), left = squares, share = 1;
    for (size_t i = 0; i < fitted; i++) {
        left -= 2 * a[i] * a[i];
        a[i] = a[i] / norm + (i ? POLYNOMIAL(next, u) : POLYNOMIAL(outermost, u));
        share -= 2 * a[i] * a[i];
    }
    for (size_t i = fitted; i < half; i++)
        a[i] *= sqrt(share / left);
}

/* 1 - W of sorted values, without the cancellation of subtracting W from 1. */
static double one_minus_w(const double *x, size_t n, const double *a)
{
    double squares = 0, weighted = 0, norm = 0, mean = dlu_mean(x, n);
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    for (size_t i = 0; i < n / 2; i++) {
        weighted += a[i] * (x[n - 1 - i] - x[i]);
        norm += 2 * a[i] * a[i];
    }
    double root = sqrt(norm * squares);
    return fmax((root - weighted) * (root + weighted) / (norm * squares), 0);
}

static double p_of(double one_minus, size_t n)
{
    static const double bend[] = {-2.273, 0.459};
    static const double mean_small[] = {0.544, -0.39978, 0.025054, -0.0006714};
    static const double ln_sd_small[] = {1.3822, -0.77857, 0.062767, -0.0020322};
    static const double mean_large[] = {-1.5861, -0.31082, -0.083751, 0.0038915};
    static const double ln_sd_large[] = {-0.4803, -0.082676, 0.0030302};
    double size = (double)n, y = log(one_minus);
    if (n == 3) {
        const double pi = 3.14159265358979323846;
        return fmin(fmax(6 / pi * (asin(sqrt(1 - one_minus)) - pi / 3), DBL_MIN), 1);
    }
    if (n > 11) {
        double u = log(size);
        return dlu_stats_z_upper((y - POLYNOMIAL(mean_large, u)) / exp(POLYNOMIAL(ln_sd_large, u)));
    }
    double gamma = POLYNOMIAL(bend, size);
    if (y >= gamma)
        return DBL_MIN;
    return dlu_stats_z_upper((-log(gamma - y) - POLYNOMIAL(mean_small, size)) /
                             exp(POLYNOMIAL(ln_sd_small, size)));
}

dlu_status dlu_stats_shapiro_wilk(dlu_sample x, dlu_shapiro *out)
{
    double scale;
    dlu_arena *arena;
    if (x.n < DLU_SHAPIRO_MIN_N)
        return DLU_E_TOO_FEW;
    if (x.n > DLU_SHAPIRO_MAX_N)
        return DLU_E_LIMIT;
    dlu_status status = dlu_stats_scale(x, &scale);
    if (status != DLU_OK)
        return status;
    double *sorted = dlu_stats_room(x.n + x.n / 2, &arena);
    if (!sorted)
        return DLU_E_NO_MEMORY;
    for (size_t i = 0; i < x.n; i++)
        sorted[i] = x.values[i];
    double median = dlu_median(sorted, x.n), range = sorted[x.n - 1] - sorted[0];
    if (!isfinite(range))
        status = DLU_E_INPUT;
    else if (dlu_stats_is_rounding(range, scale))
        status = DLU_E_NO_VARIANCE;
    if (status == DLU_OK) {
        /* W keeps its value, and neither a high level nor a tiny unit costs digits. */
        for (size_t i = 0; i < x.n; i++)
            sorted[i] = (sorted[i] - median) / range;
        weights(x.n, sorted + x.n);
        double rest = one_minus_w(sorted, x.n, sorted + x.n);
        *out = (dlu_shapiro){1 - rest, p_of(rest, x.n), x.n};
    }
    dlu_arena_free(arena);
    return status;
}
