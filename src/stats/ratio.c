/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/t.h"

dlu_status dlu_stats_fieller(const dlu_fieller *given, double alpha, dlu_ratio *out)
{
    double a = given->a, b = given->b, vaa = given->vaa, vbb = given->vbb, vab = given->vab;
    if (!(alpha > 0 && alpha < 1))
        return DLU_E_USAGE;
    if (!isfinite(a) || !isfinite(b) || !isfinite(vaa) || !isfinite(vbb) || !isfinite(vab))
        return DLU_E_INPUT;
    if (b == 0 || !isfinite(a / b))
        return DLU_E_NOT_ESTIMABLE;
    if (!(vaa > 0) || !(vbb > 0))
        return DLU_E_NO_VARIANCE;
    double t = dlu_stats_t_quantile(alpha / 2, given->df), r = a / b, g = t * t * vbb / (b * b);
    if (isnan(t))
        return DLU_E_TOO_FEW;
    *out = (dlu_ratio){.ratio = r, .df = given->df, .g = g, .bounded = g < 1};
    if (!out->bounded)
        return DLU_OK;
    double inner = vaa - 2 * r * vab + r * r * vbb - g * (vaa - vab * vab / vbb);
    double half = t / fabs(b) * sqrt(fmax(inner, 0)), middle = r - g * vab / vbb;
    out->low = (middle - half) / (1 - g);
    out->high = (middle + half) / (1 - g);
    return DLU_OK;
}

dlu_status dlu_stats_delta_ratio(const dlu_fieller *given, double alpha, dlu_test *out)
{
    double a = given->a, b = given->b, ratio = a / b;
    if (!isfinite(a) || !isfinite(b) || !isfinite(given->vaa) || !isfinite(given->vbb) ||
        !isfinite(given->vab))
        return DLU_E_INPUT;
    if (!(ratio > 0) || !isfinite(ratio))
        return DLU_E_NOT_ESTIMABLE;
    double variance = given->vaa / (a * a) + given->vbb / (b * b) - 2 * given->vab / (a * b);
    double scale = fmax(fabs(log(fabs(a))), fabs(log(fabs(b))));
    return dlu_stats_test_of(log(ratio), sqrt(fmax(variance, 0)), given->df, scale, alpha, 0, out);
}

dlu_status dlu_stats_blocked_ratio(const dlu_blocked_fit *fit, const double *top,
                                   const double *bottom, double alpha, dlu_ratio *out)
{
    if (!dlu_stats_blocked_estimable(fit, top) || !dlu_stats_blocked_estimable(fit, bottom))
        return DLU_E_NOT_ESTIMABLE;
    const dlu_fieller given = {dlu_stats_blocked_estimate(fit, top),
                               dlu_stats_blocked_estimate(fit, bottom),
                               fit->mse * dlu_stats_blocked_product(fit, top, top),
                               fit->mse * dlu_stats_blocked_product(fit, bottom, bottom),
                               fit->mse * dlu_stats_blocked_product(fit, top, bottom),
                               fit->df};
    return dlu_stats_fieller(&given, alpha, out);
}

static dlu_status add_moments(dlu_sample cell, double top, double bottom, dlu_fieller *given)
{
    dlu_moments m;
    if (top == 0 && bottom == 0)
        return DLU_OK;
    dlu_status status = cell.n < 2 ? DLU_E_TOO_FEW : dlu_stats_moments(cell, &m);
    if (status != DLU_OK)
        return status;
    double variance = m.variance / (double)m.n;
    given->a += top * m.mean;
    given->b += bottom * m.mean;
    given->vaa += top * top * variance;
    given->vbb += bottom * bottom * variance;
    given->vab += top * bottom * variance;
    return DLU_OK;
}

/* Degrees of freedom of top - ratio x bottom, whose variance decides the bounds. */
static double df_at(double ratio, const dlu_sample *cells, const double *top, const double *bottom,
                    size_t n_cells)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n_cells; i++) {
        dlu_moments m;
        double c = top[i] - ratio * bottom[i];
        if (c == 0 || dlu_stats_moments(cells[i], &m) != DLU_OK)
            continue;
        double term = c * c * m.variance / (double)m.n;
        sum += term;
        squares += term * term / (double)(m.n - 1);
    }
    return sum * sum / squares;
}

dlu_status dlu_stats_contrast_ratio(const dlu_sample *cells, const double *top,
                                    const double *bottom, size_t n_cells, double alpha,
                                    dlu_ratio *out)
{
    dlu_fieller given = {0};
    for (size_t i = 0; i < n_cells; i++) {
        dlu_status status = add_moments(cells[i], top[i], bottom[i], &given);
        if (status != DLU_OK)
            return status;
    }
    if (given.b == 0)
        return DLU_E_NOT_ESTIMABLE;
    given.df = df_at(given.a / given.b, cells, top, bottom, n_cells);
    return dlu_stats_fieller(&given, alpha, out);
}
