/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_MOMENTS_H
#define DLU_BASE_MOMENTS_H

#include <stddef.h>

/** Arithmetic mean of n >= 1 finite values, in two passes. */
double dlu_mean(const double *x, size_t n);
/** Standard deviation with n - 1, in two passes about the mean; NaN for n < 2. */
double dlu_sd(const double *x, size_t n);
/** Median; an even count averages the middle two. Sorts x in place. n >= 1. */
double dlu_median(double *x, size_t n);

#endif
