/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_MANY_H
#define DLU_STATS_MANY_H

#include "stats/stats.h"

/*
 * Designs beyond four cells: many treatments against one control, doses, double mutants. Values are
 * natural logarithms, as in stats.h.
 */

/* ---- Dunnett: several treatments, one control ---- */

/** Treatments that are compared at most. */
#define DLU_MAX_TREATMENTS 512u
/** The smallest adjusted p that is told apart: below it p is this, and p_is_bound says so. */
#define DLU_DUNNETT_P_FLOOR 1e-12

/** What is looked for: a difference, or treatment below or above control. */
typedef enum dlu_side { DLU_TWO_SIDED, DLU_LESS, DLU_GREATER } dlu_side;

typedef struct dlu_arm_mean {
    double mean;
    size_t n; /**< values in it */
} dlu_arm_mean;

/** Means with the error they share, of whatever model it comes. */
typedef struct dlu_screen {
    dlu_arm_mean control;
    const dlu_arm_mean *treatments;
    size_t k; /**< 1 .. DLU_MAX_TREATMENTS */
    double mse;
    double df; /**< of mse, 1 or more */
} dlu_screen;

/** One treatment against the control. */
typedef struct dlu_versus {
    double estimate; /**< treatment - control */
    double se;
    double t;
    double p;        /**< adjusted for all comparisons */
    bool p_is_bound; /**< p < DLU_DUNNETT_P_FLOOR, and p is that floor */
    double low;      /**< simultaneous interval; one-sided: -INFINITY for DLU_LESS ... */
    double high;     /**< ... and INFINITY for DLU_GREATER */
    size_t n;        /**< values of the treatment */
} dlu_versus;

/** What all comparisons of a screen share. */
typedef struct dlu_screen_fit {
    double mse;
    double df;
    double critical; /**< of |t|, t or -t, for all comparisons together at alpha */
    size_t n_blocks; /**< complete blocks used; 0 where there are none */
} dlu_screen_fit;

/**
 * Dunnett's test from means and a given error; corr(t_i, t_j) = l_i l_j with l = sqrt(n / (n +
 * n_control)). Adjusted p, critical value and intervals by quadrature, relative error below 1e-8;
 * with one treatment they are those of the t test.
 *
 * @param[out] out  k rows in the order of the treatments; undefined unless DLU_OK
 * @param[out] critical  may be NULL
 * @return DLU_OK; DLU_E_TOO_FEW for an arm without values or df < 1; DLU_E_NO_VARIANCE; DLU_E_INPUT
 *         for what is not finite; DLU_E_LIMIT above DLU_MAX_TREATMENTS; DLU_E_USAGE for k = 0 or
 *         alpha outside DLU_DUNNETT_P_FLOOR .. 1
 * @note Dunnett 1955, J. Am. Stat. Assoc. 50:1096; 1964, Biometrics 20:482. Equals nested
 *       integrate() of R 4.2.2: test/stats/many.R
 */
dlu_status dlu_stats_dunnett_means(const dlu_screen *screen, dlu_side side, double alpha,
                                   dlu_versus *out, double *critical);

/**
 * The same for independent values, with the variance within groups, df = sum(n_i - 1) over all
 * arms. Arms of one value are compared too, as long as others leave degrees of freedom.
 */
dlu_status dlu_stats_dunnett(dlu_sample control, const dlu_sample *treatments, size_t k,
                             dlu_side side, double alpha, dlu_versus *out, dlu_screen_fit *fit);

/**
 * The same for blocks, with the error of y = block + cell + e over the blocks that hold every cell;
 * df = (blocks - 1) k. Several values of a cell in a block count as their mean. Other blocks are
 * left out; fit->n_blocks says how many stayed.
 *
 * @param data  n_cells up to DLU_MAX_TREATMENTS + 1 here
 * @param control  the cell all others are compared with
 * @param[out] out  n_cells - 1 rows: the other cells in their order
 * @return as above; DLU_E_TOO_FEW with less than 2 complete blocks
 */
dlu_status dlu_stats_dunnett_blocked(const dlu_blocked_data *data, unsigned control, dlu_side side,
                                     double alpha, dlu_versus *out, dlu_screen_fit *fit);

/**
 * The critical value alone: P(any |t| > it) = alpha under no effect, or of t one-sided.
 *
 * @param n  values of each of the k treatments
 */
dlu_status dlu_stats_dunnett_critical(const size_t *n, size_t k, size_t n_control, double df,
                                      dlu_side side, double alpha, double *out);

/* ---- doses ---- */

/** Values that carry a cell (a construct), a block and a dose score each. */
typedef struct dlu_dose_data {
    const double *y;
    const double *score; /**< 0, 1, 2, ... in the order of doses, or their logarithm */
    const unsigned *cell;
    const unsigned *block;
    size_t n;
    unsigned n_cells;
    unsigned n_blocks;
} dlu_dose_data;

/** Least-squares slope of y over score, of one cell in one block; false without two scores. */
bool dlu_stats_block_slope(const dlu_dose_data *data, unsigned cell, unsigned block, double *out);

/**
 * One-sample t test of sum c_i slope_i, taken within each block that determines all its slopes; df
 * = blocks - 1. c = (1, 0) tests the first construct, (1, -1) the difference of two. The estimate
 * is ln fold per step of the score. A slope says nothing of the order of single doses.
 *
 * @param c  n_cells coefficients, not all 0
 * @return as the tests of stats.h; DLU_E_INPUT also for indices out of range
 * @note test/stats/many.R
 */
dlu_status dlu_stats_slope_per_block(const dlu_dose_data *data, const double *c, double alpha,
                                     dlu_test *out);

/* ---- double mutants ---- */

/**
 * Coefficients of I = E_WT - E_M1 - E_M2 + E_M12 for dlu_stats_per_block, _blocked_contrast,
 * _contrast and _contrast_pooled. Cells: treatment and control of WT, of mutant 1, of mutant 2, of
 * the double mutant. I < 0: the sites repress more together than both alone; 0: additive in ln.
 */
#define DLU_NONADDITIVITY                                                                          \
    {                                                                                              \
        1, -1, -1, 1, -1, 1, 1, -1                                                                 \
    }

#endif
