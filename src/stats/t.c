/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/t.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/moments.h"

/*
 * The only calls of GSL. Its error handler is state of the whole process, so it is left alone: the
 * guards here keep every argument where the two functions do not raise (df > 0 and finite, 0 <
 * upper < 1), and where they silently answer 0 or NaN for df = 0 or infinity.
 */

static bool df_is_usable(double df)
{
    return isfinite(df) && df > 0;
}

double dlu_stats_t_upper(double t, double df)
{
    if (isnan(t) || !df_is_usable(df))
        return NAN;
    return fmax(gsl_cdf_tdist_Q(t, df), DBL_MIN);
}

double dlu_stats_t_p(double t, double df)
{
    if (isnan(t) || !df_is_usable(df))
        return NAN;
    return fmin(fmax(2 * gsl_cdf_tdist_Q(fabs(t), df), DBL_MIN), 1);
}

double dlu_stats_t_quantile(double upper, double df)
{
    if (!(upper > 0 && upper < 1) || !df_is_usable(df))
        return NAN;
    return gsl_cdf_tdist_Qinv(upper, df);
}

dlu_status dlu_stats_moments(dlu_sample sample, dlu_moments *out)
{
    if (!sample.n)
        return DLU_E_TOO_FEW;
    for (size_t i = 0; i < sample.n; i++)
        if (!isfinite(sample.values[i]))
            return DLU_E_INPUT;
    double sd = sample.n > 1 ? dlu_sd(sample.values, sample.n) : 0;
    *out = (dlu_moments){dlu_mean(sample.values, sample.n), sd * sd, sample.n};
    return isfinite(out->mean) && isfinite(out->variance) ? DLU_OK : DLU_E_INPUT;
}

dlu_status dlu_stats_test_of(double estimate, double se, double df, double scale, double alpha,
                             size_t n, dlu_test *out)
{
    if (!(alpha > 0 && alpha < 1))
        return DLU_E_USAGE;
    if (!isfinite(estimate) || !isfinite(se))
        return DLU_E_INPUT;
    if (!df_is_usable(df))
        return DLU_E_TOO_FEW;
    if (!(se > 0) || se < 10 * DBL_EPSILON * scale)
        return DLU_E_NO_VARIANCE;
    double half = dlu_stats_t_quantile(alpha / 2, df) * se, t = estimate / se;
    if (!isfinite(half) || !isfinite(t))
        return DLU_E_USAGE; /* only an alpha next to 0 gets here */
    *out = (dlu_test){.estimate = estimate,
                      .se = se,
                      .t = t,
                      .df = df,
                      .p = dlu_stats_t_p(t, df),
                      .low = estimate - half,
                      .high = estimate + half,
                      .n = n};
    return DLU_OK;
}
