/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/tails.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

/* As in t.c, every argument that GSL would raise for is caught here. */

static bool is_df(double df)
{
    return isfinite(df) && df > 0;
}

static double floored(double p)
{
    return isnan(p) ? p : fmin(fmax(p, DBL_MIN), 1);
}

double dlu_stats_f_upper(double f, double df1, double df2)
{
    if (!(f >= 0) || !is_df(df1) || !is_df(df2))
        return NAN;
    return isinf(f) ? DBL_MIN : floored(gsl_cdf_fdist_Q(f, df1, df2));
}

double dlu_stats_chi2_upper(double x, double df)
{
    /* From some 2e6 degrees of freedom on, an expansion inside GSL fails now and then. */
    if (!(x >= 0) || !(df > 0 && df <= DLU_CHI2_MAX_DF))
        return NAN;
    return isinf(x) ? DBL_MIN : floored(gsl_cdf_chisq_Q(x, df));
}

double dlu_stats_z_upper(double z)
{
    return isnan(z) ? NAN : floored(gsl_cdf_ugaussian_Q(z));
}

double dlu_stats_z_quantile(double lower)
{
    return lower > 0 && lower < 1 ? gsl_cdf_ugaussian_Pinv(lower) : NAN;
}

/* Not lgamma() of libm, which writes the sign of gamma into a variable of the process. */
double dlu_stats_ln_gamma(double x)
{
    return x > 0 && isfinite(x) ? gsl_sf_lngamma(x) : NAN;
}
