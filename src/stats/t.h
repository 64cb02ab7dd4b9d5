/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_T_H
#define DLU_STATS_T_H

#include "stats/stats.h"

/* What the estimators share: the step from an estimate and its error to a test. */

typedef struct dlu_moments {
    double mean;
    double variance; /**< with n - 1; 0 for one value */
    size_t n;
} dlu_moments;

/** DLU_E_TOO_FEW where the sample is empty; DLU_E_INPUT where a value or a moment is not finite. */
dlu_status dlu_stats_moments(dlu_sample sample, dlu_moments *out);

/**
 * Makes the t test of estimate = 0.
 *
 * @param scale  largest magnitude that entered the estimate. An error below 10 DBL_EPSILON scale is
 *               rounding, not variance (the rule of R's t.test).
 * @return DLU_OK; DLU_E_USAGE (alpha); DLU_E_INPUT (overflow); DLU_E_TOO_FEW (df);
 * DLU_E_NO_VARIANCE
 */
dlu_status dlu_stats_test_of(double estimate, double se, double df, double scale, double alpha,
                             size_t n, dlu_test *out);

#endif
