/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_TAILS_H
#define DLU_STATS_TAILS_H

/*
 * Tails of the distributions beside Student's. Upper tails are floored at the smallest normal
 * double; NaN for arguments outside their range.
 */

/** P(F > f), f >= 0, degrees of freedom finite and positive. */
double dlu_stats_f_upper(double f, double df1, double df2);
#define DLU_CHI2_MAX_DF 1e6
/** P(X > x), x >= 0, chi-squared of 0 < df <= DLU_CHI2_MAX_DF. */
double dlu_stats_chi2_upper(double x, double df);
/** P(Z > z), standard normal. */
double dlu_stats_z_upper(double z);
/** P(Z <= q) = lower, 0 < lower < 1. */
double dlu_stats_z_quantile(double lower);
/** ln Gamma(x), x > 0. */
double dlu_stats_ln_gamma(double x);

#endif
