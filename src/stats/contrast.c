/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/t.h"

/* Contrasts of independent cells, each with its own mean. */

/* sum c_i mean_i and what is needed of its error, over the cells with c_i != 0. */
typedef struct terms {
    double estimate;
    double variance; /* sum c_i^2 s_i^2 / n_i */
    double scale;
    size_t n;
    double df_min; /* least and summed n_i - 1 of the cells that vary */
    double df_sum;
} terms;

static dlu_status add_cell(dlu_sample cell, double c, terms *sum)
{
    dlu_moments m;
    dlu_status status = cell.n < 2 ? DLU_E_TOO_FEW : dlu_stats_moments(cell, &m);
    if (status != DLU_OK)
        return status;
    double df = (double)(m.n - 1);
    sum->estimate += c * m.mean;
    sum->variance += c * c * m.variance / (double)m.n;
    sum->scale = fmax(sum->scale, fabs(m.mean));
    sum->n += m.n;
    if (m.variance > 0) {
        sum->df_min = fmin(sum->df_min, df);
        sum->df_sum += df;
    }
    return DLU_OK;
}

/* In shares of the whole variance, so that tiny variances do not underflow when squared. */
static double satterthwaite(const dlu_sample *cells, const double *c, size_t n_cells,
                            const terms *sum)
{
    double squares = 0;
    for (size_t i = 0; i < n_cells; i++) {
        dlu_moments m;
        if (c[i] == 0 || dlu_stats_moments(cells[i], &m) != DLU_OK || !(m.variance > 0))
            continue;
        double share = c[i] * c[i] * m.variance / (double)m.n / sum->variance;
        squares += share * share / (double)(m.n - 1);
    }
    /* The bounds hold for exact arithmetic; rounding may step over them in the last digit. */
    return fmin(fmax(1 / squares, sum->df_min), sum->df_sum);
}

dlu_status dlu_stats_contrast(const dlu_sample *cells, const double *c, size_t n_cells,
                              double alpha, dlu_test *out)
{
    terms sum = {.df_min = INFINITY};
    for (size_t i = 0; i < n_cells; i++) {
        dlu_status status = c[i] != 0 ? add_cell(cells[i], c[i], &sum) : DLU_OK;
        if (status != DLU_OK)
            return status;
    }
    if (!(sum.variance > 0))
        return DLU_E_NO_VARIANCE;
    return dlu_stats_test_of(sum.estimate, sqrt(sum.variance),
                             satterthwaite(cells, c, n_cells, &sum), sum.scale, alpha, sum.n, out);
}

dlu_status dlu_stats_contrast_pooled(const dlu_sample *cells, const double *c, size_t n_cells,
                                     double alpha, dlu_test *out)
{
    double estimate = 0, squares = 0, df = 0, weight = 0, scale = 0;
    size_t n = 0;
    for (size_t i = 0; i < n_cells; i++) {
        dlu_moments m;
        if (c[i] == 0 && !cells[i].n)
            continue;
        dlu_status status = dlu_stats_moments(cells[i], &m);
        if (status != DLU_OK)
            return status;
        estimate += c[i] * m.mean;
        weight += c[i] * c[i] / (double)m.n;
        squares += (double)(m.n - 1) * m.variance;
        df += (double)(m.n - 1);
        scale = fmax(scale, fabs(m.mean));
        n += m.n;
    }
    if (!(df > 0))
        return DLU_E_TOO_FEW;
    return dlu_stats_test_of(estimate, sqrt(squares / df * weight), df, scale, alpha, n, out);
}
