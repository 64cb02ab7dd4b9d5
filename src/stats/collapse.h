/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_COLLAPSE_H
#define DLU_STATS_COLLAPSE_H

#include "stats/stats.h"

/*
 * The activity of one unit from its wells: one ratio of reporter to control light, not its
 * logarithm. The mean of ln ratios is the default elsewhere; these help where the control light of
 * some wells is weak. Never over several experiments: the brightest would decide.
 */

/** Wells that a robust line takes at most. */
#define DLU_MAX_LINE_WELLS 400u

/** The wells of a unit: control light x and reporter light y, blanks subtracted, in any unit. */
typedef struct dlu_wells_of_unit {
    const double *x;
    const double *y;
    size_t n;
} dlu_wells_of_unit;

/*
 * All return DLU_OK; DLU_E_TOO_FEW without wells (under 2 for a slope); DLU_E_INPUT for light that
 * is not finite; DLU_E_NOT_ESTIMABLE where the result is not finite and positive, as its logarithm
 * is what is analysed. *out is set only with DLU_OK. Equal R 4.2.2 and published values:
 * test/stats/collapse.R.
 */

/** sum y / sum x. Single wells may be at or below the blank. */
dlu_status dlu_stats_ratio_of_sums(const dlu_wells_of_unit *wells, double *out);

/** Least squares through 0: sum xy / sum x^2. Taken down by noise in x. */
dlu_status dlu_stats_slope_least_squares(const dlu_wells_of_unit *wells, double *out);

/** For dlu_stats_slope_deming: (mean y / mean x)^2, equal coefficients of variation. */
#define DLU_DEMING_SCALE_FREE 0.0
/** Errors of x and y alike in light: plain errors-in-variables, depends on the units of both. */
#define DLU_DEMING_EQUAL 1.0

/**
 * Deming's line through 0, that is sums of squares about 0.
 *
 * @param ratio  variance of the errors of y over that of x, > 0, or DLU_DEMING_SCALE_FREE
 * @return as above; DLU_E_USAGE for another ratio
 */
dlu_status dlu_stats_slope_deming(const dlu_wells_of_unit *wells, double ratio, double *out);

/** Units in which the distance of a well from the line is taken. */
typedef enum dlu_line_units {
    DLU_LINE_LIGHT, /**< as given: depends on the units of both channels */
    DLU_LINE_SCALED /**< each channel over its largest value */
} dlu_line_units;

/**
 * Robust errors-in-variables line through 0: the direction with the least M-scale of the distances
 * of the wells from it (bisquare, c = 1.56, mean rho = 0.05), then the local minimum of the mean
 * bisquare rho with c = 4.7 at that scale. For 6 wells or more; it withstands bad wells up to one
 * in nine (0.05 over rho's largest value).
 *
 * @return as above; DLU_E_LIMIT above DLU_MAX_LINE_WELLS; DLU_E_NOT_ESTIMABLE also where the
 *         iteration does not settle
 * @note Zamar 1989, Biometrika 76:149; Repele and Manu 2019, Methods Protoc. 2:62
 */
dlu_status dlu_stats_slope_robust(const dlu_wells_of_unit *wells, dlu_line_units units,
                                  double *out);

#endif
