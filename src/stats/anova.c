/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/anova.h"

#include <math.h>

#include "stats/robust.h"
#include "stats/tails.h"

/* Mean of x - origin in two passes; the differences are exact where the values are close. */
static double mean_about(dlu_sample x, double origin)
{
    double sum = 0, rest = 0;
    for (size_t i = 0; i < x.n; i++)
        sum += x.values[i] - origin;
    double mean = sum / (double)x.n;
    for (size_t i = 0; i < x.n; i++)
        rest += x.values[i] - origin - mean;
    return mean + rest / (double)x.n;
}

static double squares_about(dlu_sample x, double origin, double mean)
{
    double squares = 0;
    for (size_t i = 0; i < x.n; i++) {
        double e = x.values[i] - origin - mean;
        squares += e * e;
    }
    return squares;
}

dlu_status dlu_stats_groups_scale(const dlu_sample *groups, size_t n_groups, size_t least,
                                  double *scale)
{
    *scale = 0;
    if (n_groups < 2)
        return DLU_E_TOO_FEW;
    for (size_t g = 0; g < n_groups; g++) {
        double own = 0;
        dlu_status status = groups[g].n < least ? DLU_E_TOO_FEW : dlu_stats_scale(groups[g], &own);
        if (status != DLU_OK)
            return status;
        *scale = fmax(*scale, own);
    }
    return DLU_OK;
}

dlu_status dlu_stats_anova_of(const dlu_sample *groups, size_t n_groups, double scale,
                              dlu_f_test *out)
{
    double origin = groups[0].values[0], grand = 0, between = 0, within = 0, n = 0;
    for (size_t g = 0; g < n_groups; g++) {
        grand += (double)groups[g].n * mean_about(groups[g], origin);
        n += (double)groups[g].n;
    }
    grand /= n;
    for (size_t g = 0; g < n_groups; g++) {
        double mean = mean_about(groups[g], origin);
        between += (double)groups[g].n * (mean - grand) * (mean - grand);
        within += squares_about(groups[g], origin, mean);
    }
    double df1 = (double)n_groups - 1, df2 = n - (double)n_groups;
    if (!(df2 > 0))
        return DLU_E_TOO_FEW;
    if (!isfinite(between) || !isfinite(within))
        return DLU_E_INPUT;
    double f = between / df1 / (within / df2);
    if (dlu_stats_is_rounding(sqrt(within / df2), scale) || !isfinite(f))
        return DLU_E_NO_VARIANCE;
    *out = (dlu_f_test){f, df1, df2, dlu_stats_f_upper(f, df1, df2)};
    return DLU_OK;
}

dlu_status dlu_stats_anova(const dlu_sample *groups, size_t n_groups, dlu_f_test *out)
{
    double scale;
    dlu_status status = dlu_stats_groups_scale(groups, n_groups, 1, &scale);
    return status == DLU_OK ? dlu_stats_anova_of(groups, n_groups, scale, out) : status;
}
