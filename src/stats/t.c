/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/t.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

#include "base/moments.h"

/*
 * GSL's t. Its error handler is state of the whole process, so it is left alone: the
 * guards here keep every argument where the functions do not raise (df > 0 and finite, 0 <
 * upper < 1), and where they silently answer 0 or NaN for df = 0 or infinity.
 */

static bool df_is_usable(double df)
{
    return isfinite(df) && df > 0;
}

/*
 * P(T > t), t >= 0. From 30 degrees of freedom on GSL takes an expansion whose relative error grows
 * to 1e-6 far out; the incomplete beta function is exact, where it is not about to underflow.
 */
static double upper_tail(double t, double df)
{
    double square = t * t;
    if (df > 30 && df < 2000 && df / 2 * log1p(square / df) < 600)
        return gsl_sf_beta_inc(df / 2, 0.5, df / (df + square)) / 2;
    return gsl_cdf_tdist_Q(t, df);
}

double dlu_stats_t_upper(double t, double df)
{
    if (isnan(t) || !df_is_usable(df))
        return NAN;
    return fmax(t < 0 ? gsl_cdf_tdist_Q(t, df) : upper_tail(t, df), DBL_MIN);
}

double dlu_stats_t_p(double t, double df)
{
    if (isnan(t) || !df_is_usable(df))
        return NAN;
    return fmin(fmax(2 * upper_tail(fabs(t), df), DBL_MIN), 1);
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
