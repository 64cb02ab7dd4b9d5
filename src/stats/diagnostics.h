/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_DIAGNOSTICS_H
#define DLU_STATS_DIAGNOSTICS_H

#include <stdint.h>

#include "stats/stats.h"

/*
 * What is looked at beside the tests: spread, shape, single values that stand out, quality of a
 * plate. Nothing here decides which test is made and nothing removes a value.
 *
 * As in stats/stats.h: values in, structs out; *out and arrays of results are set only with DLU_OK;
 * DLU_E_INPUT for values or moments that are not finite; p is never 0 or NaN. DLU_E_NO_VARIANCE
 * also where the spread is only rounding (below 10 DBL_EPSILON times the largest value). Functions
 * that sort or count return DLU_E_NO_MEMORY where they find no room.
 */

/* ---- spread and shape of groups ---- */

typedef struct dlu_f_test {
    double f;
    double df1;
    double df2;
    double p; /**< upper tail */
} dlu_f_test;

/**
 * One-way analysis of variance: mean square between the groups over that within them. Sums are
 * taken about a value of the data, so that a large common level costs no digits.
 *
 * @return DLU_OK; DLU_E_TOO_FEW with fewer than 2 groups, an empty one, or one value in each;
 *         DLU_E_NO_VARIANCE within the groups; DLU_E_INPUT
 * @note Equals aov() of R 4.2.2, and NIST StRD SmLs01, 04 and 07 as far as the stored doubles tell:
 *       test/stats/spread.R
 */
dlu_status dlu_stats_anova(const dlu_sample *groups, size_t n_groups, dlu_f_test *out);

typedef enum dlu_centre { DLU_CENTRE_MEAN, DLU_CENTRE_MEDIAN } dlu_centre;

/**
 * Are the groups spread alike? One-way analysis of variance of |y - centre of its group|: Levene's
 * test about the mean, that of Brown and Forsythe about the median.
 *
 * @param groups  at least 2 values each. With 2 both lie equally far from the centre, so that only
 *                larger groups give this test an error.
 * @return as dlu_stats_anova; DLU_E_NO_MEMORY
 * @note Levene 1960 (Contributions to Probability and Statistics, 278); Brown and Forsythe 1974, J.
 *       Am. Stat. Assoc. 69:364. Equals car::leveneTest of R 4.2.2: test/stats/spread.R
 */
dlu_status dlu_stats_levene(const dlu_sample *groups, size_t n_groups, dlu_centre centre,
                            dlu_f_test *out);

typedef struct dlu_chi2_test {
    double statistic;
    double df;
    double p; /**< upper tail */
} dlu_chi2_test;

/**
 * Bartlett's test of equal variances; far more touched by non-normal values than Levene's.
 *
 * @return DLU_OK; DLU_E_TOO_FEW with fewer than 2 groups or 2 values in one; DLU_E_NO_VARIANCE
 *         where any group does not vary; DLU_E_LIMIT above a million groups; DLU_E_INPUT
 * @note Bartlett 1937, Proc. R. Soc. A 160:268. Equals bartlett.test of R 4.2.2:
 *       test/stats/spread.R
 */
dlu_status dlu_stats_bartlett(const dlu_sample *groups, size_t n_groups, dlu_chi2_test *out);

#define DLU_SHAPIRO_MIN_N 3u
#define DLU_SHAPIRO_MAX_N 5000u

typedef struct dlu_shapiro {
    double w;
    double p;
    size_t n;
} dlu_shapiro;

/**
 * Shapiro and Wilk's test of normality by Royston's approximation; exact for n = 3. Ties enter as
 * they are. With a handful of values it finds next to nothing.
 *
 * @return DLU_OK; DLU_E_TOO_FEW below 3 values; DLU_E_LIMIT above 5000; DLU_E_NO_VARIANCE;
 *         DLU_E_INPUT; DLU_E_NO_MEMORY
 * @note Royston 1995, Appl. Stat. 44:547 (AS R94). Equals shapiro.test of R 4.2.2:
 *       test/stats/spread.R
 */
dlu_status dlu_stats_shapiro_wilk(dlu_sample x, dlu_shapiro *out);

/** Difference of two means in standard deviations. */
typedef struct dlu_effect_size {
    double d;          /**< Cohen's, by the pooled standard deviation */
    double correction; /**< exact factor that makes it unbiased, J(df) */
    double g;          /**< Hedges', correction x d */
    double df;         /**< n_a + n_b - 2 */
} dlu_effect_size;

/**
 * (mean(a) - mean(b)) / pooled standard deviation.
 *
 * @return DLU_OK; DLU_E_TOO_FEW where a group is empty or df < 2 (J does not exist);
 *         DLU_E_NO_VARIANCE; DLU_E_INPUT
 * @note Hedges 1981, J. Educ. Stat. 6:107. test/stats/spread.R
 */
dlu_status dlu_stats_effect_size(dlu_sample a, dlu_sample b, dlu_effect_size *out);

/* ---- ranks, for information: small designs cannot reach p < 0.05 with them ---- */

typedef struct dlu_rank_test {
    double statistic;
    double p;       /**< two-sided */
    bool exact;     /**< else by the normal approximation with correction for continuity */
    double least_p; /**< the smallest p that so many values can give without ties */
} dlu_rank_test;

/** Pairs of a value of a above one of b, ties counting one half; 0 <= W <= n_a n_b. No NaN. */
double dlu_stats_mann_whitney_w(dlu_sample a, dlu_sample b);

/**
 * Mann and Whitney's test; exact where both groups have under 50 values and none is tied.
 *
 * @return DLU_OK; DLU_E_TOO_FEW where a group is empty; DLU_E_NO_VARIANCE where all values are
 *         equal; DLU_E_INPUT; DLU_E_NO_MEMORY
 * @note Mann and Whitney 1947, Ann. Math. Stat. 18:50. Equals wilcox.test(a, b) of R 4.2.2:
 *       test/stats/ranks.R
 */
dlu_status dlu_stats_mann_whitney(dlu_sample a, dlu_sample b, dlu_rank_test *out);
/** 2 / (n_a + n_b over n_a), at most 1: 0.10 for 3 against 3. */
double dlu_stats_mann_whitney_least_p(size_t n_a, size_t n_b);

/**
 * Wilcoxon's signed-rank test of differences about 0; the statistic sums the ranks of positive
 * ones. Zeros are dropped. Exact where there are under 50 differences, none zero, none tied.
 *
 * @return DLU_OK; DLU_E_TOO_FEW without differences; DLU_E_NO_VARIANCE where all are 0;
 *         DLU_E_INPUT; DLU_E_NO_MEMORY
 * @note Wilcoxon 1945, Biometrics Bull. 1:80. Equals wilcox.test(d) of R 4.2.2: test/stats/ranks.R
 */
dlu_status dlu_stats_signed_rank(dlu_sample differences, dlu_rank_test *out);
/** 2^(1 - n), at most 1: 0.25 for 3 pairs. */
double dlu_stats_signed_rank_least_p(size_t n);

/* ---- wells within their units ---- */

/** Wells and the unit (transfection) that each belongs to. Every well needs a value. */
typedef struct dlu_wells {
    const double *y;      /**< ln(reporter/control) */
    const unsigned *unit; /**< 0 .. n_units - 1 */
    size_t n;
    unsigned n_units;
} dlu_wells;

/** Spread of wells about the mean of their unit, pooled over all units. */
typedef struct dlu_technical {
    double sd; /**< of ln ratios */
    double cv; /**< sqrt(exp(sd^2) - 1), a fraction */
    double df; /**< sum over units of wells - 1 */
} dlu_technical;

/**
 * @return DLU_OK; DLU_E_TOO_FEW where no unit has 2 wells; DLU_E_NO_VARIANCE; DLU_E_INPUT also for
 *         a unit out of range; DLU_E_NO_MEMORY
 */
dlu_status dlu_stats_technical(const dlu_wells *wells, dlu_technical *out);

/** How far one well lies from its unit, measured by all the others. */
typedef struct dlu_well_residual {
    bool tested;         /**< the unit has 2 or more wells, and the other wells vary */
    double residual;     /**< y - mean of the unit */
    double internal;     /**< residual / (sd sqrt(1 - 1/k)), k wells in the unit */
    double external;     /**< the same by the standard deviation without this well: t with df */
    double df;           /**< pooled df - 1 */
    double p;            /**< two-sided */
    double p_bonferroni; /**< times the number of all wells, at most 1 */
} dlu_well_residual;

/**
 * Externally studentised residuals of all wells. Of a well that is not tested, `internal` and
 * `external` are 0 and both p are 1.
 *
 * @param[out] out  wells->n residuals
 * @return as dlu_stats_technical; DLU_E_TOO_FEW also where the pooled df is 1
 * @note Equals rstudent(lm(y ~ unit)) of R 4.2.2: test/stats/outliers.R
 */
dlu_status dlu_stats_well_residuals(const dlu_wells *wells, dlu_well_residual *out);

/**
 * Welch's test of wells on the edge against those inside, on what remains after the mean of their
 * cell (construct and treatment) is taken off: layouts put arms in columns, so raw values would
 * compare arms.
 *
 * @param wells  `unit` is the cell here
 * @param edge   wells->n, true for a well of the outermost rows and columns
 * @return as dlu_stats_welch; DLU_E_NO_MEMORY
 */
dlu_status dlu_stats_edge(const dlu_wells *wells, const bool *edge, double alpha, dlu_test *out);

/* ---- single values of one group ---- */

/** Below this the tests of single values say DLU_E_TOO_FEW: with 3, G cannot exceed 1.1547. */
#define DLU_OUTLIER_MIN_N 7u

typedef enum dlu_extreme { DLU_EXTREME_EITHER, DLU_EXTREME_HIGH, DLU_EXTREME_LOW } dlu_extreme;

/** Critical value of Grubbs' G, n >= 3; NaN otherwise, or unless 0 < alpha < 1. */
double dlu_stats_grubbs_critical(size_t n, double alpha, dlu_extreme extreme);

typedef struct dlu_grubbs {
    double g; /**< |value - mean| / sd of the value farthest out that way */
    double critical;
    double p;     /**< Bonferroni's bound, exact where it is small; at most 1 */
    size_t index; /**< which value; the first one of equals */
} dlu_grubbs;

/**
 * Grubbs' test of one outlier.
 *
 * @return DLU_OK; DLU_E_TOO_FEW below DLU_OUTLIER_MIN_N values; DLU_E_NO_VARIANCE; DLU_E_INPUT;
 *         DLU_E_USAGE for alpha
 * @note Grubbs 1969, Technometrics 11:1. NIST/SEMATECH e-Handbook 1.3.5.17.1; test/stats/outliers.R
 */
dlu_status dlu_stats_grubbs(dlu_sample x, double alpha, dlu_extreme extreme, dlu_grubbs *out);

/** One step of the generalised test: the value farthest from the mean, then taken out. */
typedef struct dlu_esd_step {
    double r;      /**< |value - mean| / sd; 0 where what is left does not vary */
    double lambda; /**< critical value */
    size_t index;
} dlu_esd_step;

/**
 * Rosner's generalised extreme studentised deviate test of up to k outliers. Their number is the
 * largest i with r_i > lambda_i, also where an earlier step does not pass: outliers hide each
 * other. The critical values are good from 15 values on.
 *
 * @param k  1 .. n - 2
 * @param[out] steps  k of them
 * @param[out] n_outliers  the first so many steps name them
 * @return DLU_OK; DLU_E_TOO_FEW below DLU_OUTLIER_MIN_N values; DLU_E_NO_VARIANCE; DLU_E_INPUT;
 *         DLU_E_USAGE for alpha or k; DLU_E_NO_MEMORY
 * @note Rosner 1983, Technometrics 25:165; test/stats/outliers.R
 */
dlu_status dlu_stats_esd(dlu_sample x, size_t k, double alpha, dlu_esd_step *steps,
                         size_t *n_outliers);

/** Beyond this a modified z is called an outlier. */
#define DLU_MODIFIED_Z_LIMIT 3.5

/**
 * 0.67449 (x - median) / MAD, where MAD is the median of |x - median|.
 *
 * @param[out] z  x.n numbers
 * @return DLU_OK; DLU_E_TOO_FEW below DLU_OUTLIER_MIN_N values; DLU_E_NO_VARIANCE where MAD is 0,
 *         that is, half of the values are one value; DLU_E_INPUT; DLU_E_NO_MEMORY
 * @note Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers; test/stats/outliers.R
 */
dlu_status dlu_stats_modified_z(dlu_sample x, double *z);

/* ---- quality of a plate ---- */

/**
 * Z' = 1 - 3 (spread of a + spread of b) / |centre of a - centre of b|. By mean and standard
 * deviation, or robust by median and 1.4826 MAD; whether values are ratios or ln ratios is the
 * caller's.
 *
 * @return DLU_OK; DLU_E_TOO_FEW below 2 values a group; DLU_E_NO_VARIANCE where neither group
 *         varies; DLU_E_NOT_ESTIMABLE where the centres are equal; DLU_E_INPUT; DLU_E_NO_MEMORY
 * @note Zhang JH 1999, J. Biomol. Screen. 4:67; test/stats/plate_quality.R
 */
dlu_status dlu_stats_zprime(dlu_sample a, dlu_sample b, dlu_centre centre, double *out);

/**
 * Strictly standardised mean difference, (mean(a) - mean(b)) / sqrt(var(a) + var(b)).
 *
 * @return DLU_OK; DLU_E_TOO_FEW below 2 values a group; DLU_E_NO_VARIANCE; DLU_E_INPUT
 * @note Zhang XD 2007, Genomics 89:552; test/stats/plate_quality.R
 */
dlu_status dlu_stats_ssmd(dlu_sample a, dlu_sample b, double *out);

/**
 * Coefficient of variation of raw values, standard deviation / |mean|; a fraction.
 *
 * @return DLU_OK; DLU_E_TOO_FEW below 2 values; DLU_E_NOT_ESTIMABLE where the mean is 0;
 *         DLU_E_INPUT
 */
dlu_status dlu_stats_cv(dlu_sample x, double *out);

/** Coefficient of variation of a log-normal variable whose logarithm has this sd; a fraction. */
double dlu_stats_cv_of_ln(double sd);

#define DLU_POLISH_MAX_ITERATIONS 200u
#define DLU_POLISH_EPSILON        1e-12

/** Where the parts of a table go: y = overall + rows[i] + cols[j] + residuals[i n_cols + j]. */
typedef struct dlu_polish {
    double overall;
    double *rows;      /**< n_rows numbers of the caller */
    double *cols;      /**< n_cols */
    double *residuals; /**< n_rows x n_cols, row-major */
    double scale;      /**< largest |y| */
    unsigned iterations;
    bool converged; /**< the sum of |residuals| came to rest within DLU_POLISH_MAX_ITERATIONS */
} dlu_polish;

/**
 * Tukey's median polish, rows first; medians of even counts are averaged. Stops where the sum of
 * |residuals| changes by less than DLU_POLISH_EPSILON of itself. Takes treatments away where they
 * are laid out in rows or columns: for screens, where most wells are alike.
 *
 * @param y  row-major; NaN is an absent well and stays NaN, as does the effect of a row or column
 *           without wells
 * @param[in,out] out  rows, cols and residuals point to room; they are written even without DLU_OK
 * @return DLU_OK, also where not converged; DLU_E_TOO_FEW below 2 rows, 2 columns or 4 wells;
 *         DLU_E_LIMIT; DLU_E_INPUT for infinite values; DLU_E_NO_MEMORY
 * @note Tukey 1977, Exploratory Data Analysis. Equals medpolish(na.rm = TRUE) of R 4.2.2:
 *       test/stats/plate_quality.R
 */
dlu_status dlu_stats_median_polish(const double *y, size_t n_rows, size_t n_cols, dlu_polish *out);

/**
 * B scores: residuals of the polish / (1.4826 MAD of them all). NaN for absent wells.
 *
 * @param[out] scores  n_rows x n_cols numbers, may be polish->residuals
 * @return DLU_OK; DLU_E_NO_VARIANCE where MAD is 0 or rounding; DLU_E_TOO_FEW; DLU_E_NO_MEMORY
 * @note Brideau 2003, J. Biomol. Screen. 8:634; test/stats/plate_quality.R
 */
dlu_status dlu_stats_b_scores(const dlu_polish *polish, size_t n_rows, size_t n_cols,
                              double *scores);

#endif
