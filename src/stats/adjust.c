/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/stats.h"

/*
 * Step-wise adjustment by counting instead of sorting: ties need no rule, the order of the input
 * does not matter, and no memory is needed. Quadratic in n, which is a number of verdicts.
 */

static size_t count_present(const double *p, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        m += isnan(p[i]) ? 0 : 1;
    return m;
}

static double count_below(const double *p, size_t n, double limit)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += p[i] < limit;
    return (double)k;
}

static double count_up_to(const double *p, size_t n, double limit)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += p[i] <= limit;
    return (double)k;
}

/*
 * Each value becomes the least one among those of equal or larger p, at most 1. In place: a value
 * already replaced is the least over a part of what the next one looks at.
 */
static void step_up(const double *p, size_t n, double *adjusted)
{
    for (size_t i = 0; i < n; i++) {
        double least = adjusted[i];
        for (size_t j = 0; j < n; j++)
            if (p[j] >= p[i] && adjusted[j] < least)
                least = adjusted[j];
        adjusted[i] = isnan(p[i]) ? NAN : fmin(least, 1);
    }
}

static void step_down(const double *p, size_t n, double *adjusted)
{
    for (size_t i = 0; i < n; i++) {
        double most = adjusted[i];
        for (size_t j = 0; j < n; j++)
            if (p[j] <= p[i] && adjusted[j] > most)
                most = adjusted[j];
        adjusted[i] = isnan(p[i]) ? NAN : fmin(most, 1);
    }
}

static void false_discovery(const double *p, size_t n, double factor, double *adjusted)
{
    for (size_t i = 0; i < n; i++)
        adjusted[i] = factor * p[i] / count_up_to(p, n, p[i]);
    step_up(p, n, adjusted);
}

void dlu_stats_bonferroni(const double *p, size_t n, double *adjusted)
{
    double m = (double)count_present(p, n);
    for (size_t i = 0; i < n; i++)
        adjusted[i] = isnan(p[i]) ? NAN : fmin(m * p[i], 1);
}

void dlu_stats_holm(const double *p, size_t n, double *adjusted)
{
    double m = (double)count_present(p, n);
    for (size_t i = 0; i < n; i++)
        adjusted[i] = (m - count_below(p, n, p[i])) * p[i];
    step_down(p, n, adjusted);
}

void dlu_stats_hochberg(const double *p, size_t n, double *adjusted)
{
    double m = (double)count_present(p, n);
    for (size_t i = 0; i < n; i++)
        adjusted[i] = (m - count_up_to(p, n, p[i]) + 1) * p[i];
    step_up(p, n, adjusted);
}

void dlu_stats_bh(const double *p, size_t n, double *adjusted)
{
    false_discovery(p, n, (double)count_present(p, n), adjusted);
}

void dlu_stats_by(const double *p, size_t n, double *adjusted)
{
    size_t m = count_present(p, n);
    double harmonic = 0;
    for (size_t k = 1; k <= m; k++)
        harmonic += 1 / (double)k;
    false_discovery(p, n, harmonic * (double)m, adjusted);
}

void dlu_stats_holm_sorted(const double *sorted, size_t n, double *adjusted)
{
    double most = 0;
    size_t below = 0; /* values under the one in hand: ties share it */
    for (size_t i = 0; i < n; i++) {
        below = i && sorted[i - 1] == sorted[i] ? below : i;
        most = fmax(most, ((double)n - (double)below) * sorted[i]);
        adjusted[i] = fmin(most, 1);
    }
}

void dlu_stats_bh_sorted(const double *sorted, size_t n, double *adjusted)
{
    double least = INFINITY;
    size_t up_to = n;
    for (size_t i = n; i > 0; i--) {
        up_to = i < n && sorted[i] == sorted[i - 1] ? up_to : i;
        least = fmin(least, (double)n * sorted[i - 1] / (double)up_to);
        adjusted[i - 1] = fmin(least, 1);
    }
}

double dlu_stats_holm_among(const double *others, size_t n, double p)
{
    double m = (double)n + 1, most = 0;
    size_t below = 0; /* values under the one in hand: ties share it */
    if (isnan(p))
        return NAN;
    size_t i = 0;
    for (; i < n && others[i] < p; i++) {
        below = i && others[i - 1] == others[i] ? below : i;
        most = fmax(most, (m - (double)below) * others[i]);
    }
    return fmin(fmax(most, (m - (double)i) * p), 1);
}

double dlu_stats_bh_among(const double *others, size_t n, double p)
{
    double m = (double)n + 1, least;
    size_t i = n, up_to; /* values up to the one in hand, p among them */
    if (isnan(p))
        return NAN;
    for (least = INFINITY, up_to = n; i > 0 && others[i - 1] > p; i--) {
        up_to = i < n && others[i] == others[i - 1] ? up_to : i;
        least = fmin(least, m * others[i - 1] / ((double)up_to + 1));
    }
    return fmin(fmin(least, m * p / ((double)i + 1)), 1);
}
