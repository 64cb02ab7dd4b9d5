/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_POWER_H
#define DLU_STATS_POWER_H

#include "stats/stats.h"

/*
 * Planning. Effects are ln folds, of which only the size matters; alpha is two-sided and power
 * counts both tails. Never of the achieved p: that says nothing beyond p (Hoenig and Heisey 2001,
 * Am. Stat. 55:19).
 */

/**
 * What the standard error of a design with n replicates of each cell is: sd sqrt(squares / n) on df
 * (n - 1) degrees of freedom. What sd stands for follows from it.
 */
typedef struct dlu_power_design {
    double squares;
    double df;
} dlu_power_design;

/** n blocks, tested per block; sd is that of the blocks' own differences. */
#define DLU_DESIGN_PER_BLOCK ((dlu_power_design){1, 1})
/** n blocks of four cells with a pooled error; sd is the root of its mean square. */
#define DLU_DESIGN_POOLED_INTERACTION ((dlu_power_design){4, 3})
/** The same for treatment against control of one construct. */
#define DLU_DESIGN_POOLED_EFFECT ((dlu_power_design){2, 3})
/** Four independent cells of n units; sd is that of a unit. */
#define DLU_DESIGN_UNBLOCKED_INTERACTION ((dlu_power_design){4, 4})
/** Two independent cells of n units. */
#define DLU_DESIGN_UNBLOCKED_EFFECT ((dlu_power_design){2, 2})

/** Most replicates that are tried. */
#define DLU_MAX_REPLICATES 10000u

/**
 * P(T <= t) and P(T > t) of the noncentral t distribution. Relative error below 1e-10, also of tiny
 * tails, for |ncp| up to 100. NaN unless 1 <= df <= 1e12 and t, ncp are finite.
 *
 * @note By quadrature over the estimated SD. Equals integrate() of R 4.2.2 (whose own pt(ncp=) is
 *       exact to about 1e-9 only): test/stats/power.R
 */
double dlu_stats_noncentral_t_lower(double t, double df, double ncp);
double dlu_stats_noncentral_t_upper(double t, double df, double ncp);

/** P(|T| > its critical value at alpha). NaN for n < 2, sd <= 0, alpha outside (0, 1). */
double dlu_stats_power(dlu_power_design design, size_t n, double effect, double sd, double alpha);

/**
 * The fewest replicates, 2 or more, that find `effect` with at least `power`.
 *
 * @param[out] reached  the power with them; may be NULL
 * @return DLU_OK; DLU_E_LIMIT where DLU_MAX_REPLICATES are not enough; DLU_E_USAGE for an effect of
 *         0, sd <= 0, or alpha or power outside (0, 1)
 */
dlu_status dlu_stats_replicates(dlu_power_design design, double effect, double sd, double power,
                                double alpha, size_t *out, double *reached);

/**
 * The least |ln fold| that n replicates find with `power`; repression by it is the fold exp(-out).
 *
 * @return DLU_OK; DLU_E_TOO_FEW for n < 2; DLU_E_USAGE for sd <= 0, alpha or power outside (0, 1),
 *         or power <= alpha
 */
dlu_status dlu_stats_detectable(dlu_power_design design, size_t n, double sd, double power,
                                double alpha, double *out);

/**
 * Upper bound of a standard deviation: s sqrt(df / q), q the quantile of chi square that is
 * exceeded with probability `confidence`. Plan with it where s comes from few blocks.
 *
 * @param confidence  0.5 to 0.999
 * @return NaN for other confidences, negative s, or df outside 1 .. 1e6
 */
double dlu_stats_sd_upper(double s, double df, double confidence);

#endif
