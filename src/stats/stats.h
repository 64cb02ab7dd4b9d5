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
    size_t n; /**< values (blocks in a per-block test) that entered */
} dlu_test;

/** A borrowed array. */
typedef struct dlu_sample {
    const double *values;
    size_t n;
} dlu_sample;

/*
 * All tests: alpha in (0, 1) sets the interval. They return DLU_OK; DLU_E_TOO_FEW;
 * DLU_E_NO_VARIANCE where the standard error is 0 or only rounding (below 10 DBL_EPSILON times the
 * largest mean); DLU_E_INPUT for values or moments that are not finite; DLU_E_USAGE for alpha. *out
 * is set only with DLU_OK.
 */

/**
 * Welch's test of mean(a) - mean(b), df by Welch-Satterthwaite; at least 2 values a group. A group
 * without variance leaves the df of the other.
 *
 * @note Welch 1947, Biometrika 34:28; Satterthwaite 1946, Biometrics Bull. 2:110. Equals t.test(a,
 *       b) of R 4.2.2: test/stats/unblocked.R
 */
dlu_status dlu_stats_welch(dlu_sample a, dlu_sample b, double alpha, dlu_test *out);

/**
 * Student's test with pooled variance, df = n_a + n_b - 2 >= 1. One group may be a single value, as
 * in R; whether that is enough biology is not decided here.
 */
dlu_status dlu_stats_student(dlu_sample a, dlu_sample b, double alpha, dlu_test *out);

/** One-sample test of mean(x) - mu, at least 2 values. */
dlu_status dlu_stats_one_sample(dlu_sample x, double mu, double alpha, dlu_test *out);

/**
 * sum c_i mean_i with separate variances, df by Welch-Satterthwaite: min(n_i - 1) <= df <= sum(n_i
 * - 1) over the cells that vary. Cells with c_i = 0 do not enter; the others have at least 2
 * values.
 */
dlu_status dlu_stats_contrast(const dlu_sample *cells, const double *c, size_t n_cells,
                              double alpha, dlu_test *out);

/**
 * The same with one variance pooled over all cells, also those with c_i = 0; df = sum(n_i - 1)
 * >= 1. With c = (1, -1, -1, 1) its t squared is the F of the interaction in a two-way analysis of
 * variance.
 */
dlu_status dlu_stats_contrast_pooled(const dlu_sample *cells, const double *c, size_t n_cells,
                                     double alpha, dlu_test *out);

#define DLU_MAX_CELLS_OF_FIT 8u

/** Values that carry a cell and a block each. */
typedef struct dlu_blocked_data {
    const double *y;
    const unsigned *cell;  /**< 0 .. n_cells - 1 */
    const unsigned *block; /**< 0 .. n_blocks - 1 */
    size_t n;
    unsigned n_cells; /**< at most DLU_MAX_CELLS_OF_FIT */
    unsigned n_blocks;
} dlu_blocked_data;

/** Least squares of y = cell + block + e with fixed blocks; cells may be missing. */
typedef struct dlu_blocked_fit {
    unsigned n_cells;
    unsigned n_blocks; /**< with at least 2 values; the others tell nothing and are left out */
    size_t n;          /**< values in those blocks */
    double df;         /**< n - n_blocks - (cells - connected sets) */
    double mse;
    double cell[DLU_MAX_CELLS_OF_FIT]; /**< effects relative to the first cell of the same set */
    double covariance[DLU_MAX_CELLS_OF_FIT][DLU_MAX_CELLS_OF_FIT]; /**< of them, without mse */
    unsigned connected[DLU_MAX_CELLS_OF_FIT]; /**< first cell of the set that blocks tie it to */
    double scale;                             /**< largest |y|, for the test of zero variance */
    bool estimable;                           /**< every difference of cells is determined */
} dlu_blocked_fit;

/**
 * Fits. A block with one value does not change anything. Equals lm(y ~ block + cell) of R 4.2.2:
 * test/stats/blocked.R.
 *
 * @return DLU_OK; DLU_E_TOO_FEW where no degree of freedom is left (*out is set but for df and
 * mse); DLU_E_INPUT for values that are not finite or indices out of range
 */
dlu_status dlu_stats_blocked_fit(const dlu_blocked_data *data, dlu_blocked_fit *out);

/** True where the coefficients sum to 0 over each set of connected cells. */
bool dlu_stats_blocked_estimable(const dlu_blocked_fit *fit, const double *c);

/**
 * sum c_i cell_i with the pooled error; sum c_i = 0. The fit as a whole need not be estimable.
 *
 * @return as the tests above, or DLU_E_NOT_ESTIMABLE
 */
dlu_status dlu_stats_blocked_contrast(const dlu_blocked_fit *fit, const double *c, double alpha,
                                      dlu_test *out);

/** sum c_i cell_i; meaningful where estimable. */
double dlu_stats_blocked_estimate(const dlu_blocked_fit *fit, const double *c);
/** Covariance of two contrasts, without mse. */
double dlu_stats_blocked_product(const dlu_blocked_fit *fit, const double *c, const double *d);

/**
 * One-sample t test of sum c_i y_i taken within each block that has every cell with c_i != 0 (the
 * mean of several values of a cell); df = blocks - 1. Valid under any covariance of the cells.
 */
dlu_status dlu_stats_per_block(const dlu_blocked_data *data, const double *c, double alpha,
                               dlu_test *out);
/** sum c_i y_i of one block; false where a cell is missing there. */
bool dlu_stats_block_value(const dlu_blocked_data *data, const double *c, unsigned block,
                           double *out);

typedef struct dlu_tost {
    double p_lower;
    double p_upper;
    double p; /**< the larger of both */
    bool equivalent;
} dlu_tost;

/**
 * Two one-sided tests of -delta < estimate < delta, delta = -ln(margin), each at alpha.
 *
 * @param margin  a fold, 0 < margin < 1
 * @return DLU_OK; DLU_E_USAGE
 * @note Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657
 */
dlu_status dlu_stats_tost(const dlu_test *test, double margin, double alpha, dlu_tost *out);

/**
 * One-sided p of estimate > ln(margin): the lower half of the test above. For inhibitors the caller
 * passes the test with its estimate negated. NaN unless margin > 0.
 */
double dlu_stats_noninferiority(const dlu_test *test, double margin);

/* Ratios of two estimates with Fieller's interval. */

/** Estimates a and b, their variances and covariance, and the degrees of freedom of these. */
typedef struct dlu_fieller {
    double a;
    double b;
    double vaa;
    double vbb;
    double vab;
    double df;
} dlu_fieller;

typedef struct dlu_ratio {
    double ratio;
    double low;
    double high;
    double df;
    double g;     /**< (t / (b / se_b))^2: from 1 on, b is not told from 0 */
    bool bounded; /**< g < 1; else there is no interval, and low = high = 0 */
} dlu_ratio;

/**
 * a / b with its interval at 1 - alpha.
 *
 * @return DLU_OK, also where unbounded; DLU_E_NOT_ESTIMABLE where b is 0; DLU_E_NO_VARIANCE;
 *         DLU_E_TOO_FEW; DLU_E_INPUT; DLU_E_USAGE
 * @note Fieller 1954, J. R. Stat. Soc. B 16:175
 */
dlu_status dlu_stats_fieller(const dlu_fieller *given, double alpha, dlu_ratio *out);

/**
 * Test of ln(a / b) = 0 and its interval by the delta method, to stand beside Fieller's: always
 * positive and bounded as a ratio, but only right where a and b are well above their errors.
 *
 * @return as the tests above, scaled by the larger of |ln a|, |ln b|; DLU_E_NOT_ESTIMABLE unless a
 * / b is finite and positive
 */
dlu_status dlu_stats_delta_ratio(const dlu_fieller *given, double alpha, dlu_test *out);

/* sum top_i cell_i / sum bottom_i cell_i: from the pooled fit, ... */
dlu_status dlu_stats_blocked_ratio(const dlu_blocked_fit *fit, const double *top,
                                   const double *bottom, double alpha, dlu_ratio *out);
/* ... within blocks that have all cells of both, with their covariance and df = blocks - 1, ... */
dlu_status dlu_stats_per_block_ratio(const dlu_blocked_data *data, const double *top,
                                     const double *bottom, double alpha, dlu_ratio *out);
/* ... and of independent cells, df by Welch-Satterthwaite for top - ratio x bottom. */
dlu_status dlu_stats_contrast_ratio(const dlu_sample *cells, const double *top,
                                    const double *bottom, size_t n_cells, double alpha,
                                    dlu_ratio *out);

/*
 * Adjusted p of n tests, in the order given; `adjusted` is another array. NaN means absent: it
 * stays NaN and is not counted. Equal p stay equal. Equal p.adjust of R 4.2.2: test/stats/adjust.R.
 */

/** Bonferroni: m p. */
void dlu_stats_bonferroni(const double *p, size_t n, double *adjusted);
/** Holm 1979, Scand. J. Stat. 6:65. */
void dlu_stats_holm(const double *p, size_t n, double *adjusted);
/**
 * One p alone among others: what the functions above and below would give it.
 *
 * @param others  of the rest of the family, ascending, none of them NaN
 */
double dlu_stats_holm_among(const double *others, size_t n, double p);
double dlu_stats_bh_among(const double *others, size_t n, double p);
/** The same as dlu_stats_holm and _bh of many p that ascend, none of them NaN, in one pass. */
void dlu_stats_holm_sorted(const double *sorted, size_t n, double *adjusted);
void dlu_stats_bh_sorted(const double *sorted, size_t n, double *adjusted);
/** Hochberg 1988, Biometrika 75:800. */
void dlu_stats_hochberg(const double *p, size_t n, double *adjusted);
/** Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57:289. */
void dlu_stats_bh(const double *p, size_t n, double *adjusted);
/** Benjamini and Yekutieli 2001, Ann. Stat. 29:1165. */
void dlu_stats_by(const double *p, size_t n, double *adjusted);

/* Student's t. NaN for df that is not finite and positive, where a plain tail would say 0. */

/** Two-sided p, 2 P(T > |t|), floored at the smallest normal double; df need not be whole. */
double dlu_stats_t_p(double t, double df);
/** P(T > t), with the same floor. */
double dlu_stats_t_upper(double t, double df);
/** P(T > q) = upper; NaN unless 0 < upper < 1. */
double dlu_stats_t_quantile(double upper, double df);

#endif
