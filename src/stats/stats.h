/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_STATS_H
#define DLU_STATS_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include <dualuc/error.h>

/*
 * Statistics over arrays: values in, structs out. Values are natural logarithms (dimensionless)
 * unless said otherwise. Nothing here knows of plates. p is never 0 or NaN where DLU_OK is
 * returned; a test that cannot be made returns a status instead.
 */

/** One estimate with its t test, two-sided, and interval at 1 - alpha. */
typedef struct dlu_test {
    double estimate;
    double se;
    double t;
    double df;
    double p;
    double low;
    double high;
    size_t n; /**< values that entered */
} dlu_test;

/** A borrowed array. */
typedef struct dlu_sample {
    const double *values;
    size_t n;
} dlu_sample;

dlu_status dlu_stats_welch(dlu_sample a, dlu_sample b, double alpha, dlu_test *out);
dlu_status dlu_stats_student(dlu_sample a, dlu_sample b, double alpha, dlu_test *out);
dlu_status dlu_stats_one_sample(dlu_sample x, double mu, double alpha, dlu_test *out);
/** sum c_i mean_i with separate variances, df by Welch-Satterthwaite. */
dlu_status dlu_stats_contrast(const dlu_sample *cells, const double *c, size_t n_cells,
                              double alpha, dlu_test *out);
/** The same with one pooled variance. */
dlu_status dlu_stats_contrast_pooled(const dlu_sample *cells, const double *c, size_t n_cells,
                                     double alpha, dlu_test *out);

/* Blocked analysis of variance: y = cell + block + e, by least squares, cells may be missing. */

#define DLU_MAX_CELLS_OF_FIT 8u

typedef struct dlu_blocked_data {
    const double *y;
    const unsigned *cell;  /**< 0 .. n_cells - 1 */
    const unsigned *block; /**< 0 .. n_blocks - 1 */
    size_t n;
    unsigned n_cells; /**< at most DLU_MAX_CELLS_OF_FIT */
    unsigned n_blocks;
} dlu_blocked_data;

typedef struct dlu_blocked_fit {
    unsigned n_cells;
    unsigned n_blocks;
    size_t n;
    double df;
    double mse;
    double cell[DLU_MAX_CELLS_OF_FIT]; /**< effects relative to cell 0 */
    double covariance[DLU_MAX_CELLS_OF_FIT][DLU_MAX_CELLS_OF_FIT]; /**< of them, without mse */
    double scale;   /**< largest |y|, for the test of zero variance */
    bool estimable; /**< every difference of cells is determined */
} dlu_blocked_fit;

dlu_status dlu_stats_blocked_fit(const dlu_blocked_data *data, dlu_blocked_fit *out);
/** sum c_i cell_i, with sum c_i = 0. */
dlu_status dlu_stats_blocked_contrast(const dlu_blocked_fit *fit, const double *c, double alpha,
                                      dlu_test *out);

typedef struct dlu_tost {
    double p_lower;
    double p_upper;
    double p; /**< the larger of both */
    bool equivalent;
} dlu_tost;

/** Two one-sided tests of |estimate| < -ln(margin), margin a fold below 1. */
dlu_status dlu_stats_tost(const dlu_test *test, double margin, double alpha, dlu_tost *out);
/** p of the test that estimate > ln(margin). */
double dlu_stats_noninferiority(const dlu_test *test, double margin);

/* Adjusted p; NaN means absent: it stays NaN and is not counted. */
void dlu_stats_holm(const double *p, size_t n, double *adjusted);
void dlu_stats_bh(const double *p, size_t n, double *adjusted);

/** 2 Q(|t|), floored at the smallest normal double; df > 0 need not be whole. */
double dlu_stats_t_p(double t, double df);
/** Upper quantile: P(T > q) = upper. */
double dlu_stats_t_quantile(double upper, double df);

#endif
