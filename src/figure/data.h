/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_DATA_H
#define DLU_FIGURE_DATA_H

#include <dualuc/figure.h>

#include "base/arena.h"

/*
 * The rows of a result as figures need them: pairs, their constructs, their replicates over their
 * controls. Found by the names in the rows alone, so that a result that was read back gives the
 * same figure.
 */

/** A replicate or a well over its control. */
typedef struct dlu_fig_point {
    double fold;
    size_t block; /**< number of its block within the pair, or of the replicate */
    size_t unit;  /**< row of units */
} dlu_fig_point;

typedef struct dlu_fig_arm {
    const char *treatment;
    double fold, low, high; /**< of the model; low and high NaN where there is no interval */
    dlu_fig_point *points;
    size_t n; /**< of points */
    dlu_fig_point *wells;
    size_t n_wells;
} dlu_fig_arm;

/** WT or a mutant of a pair. */
typedef struct dlu_fig_site {
    const char *construct;
    size_t hue; /**< 0: WT */
    dlu_fig_arm control, treated;
    const dlu_comparison_row *test;        /**< treatment against control; NULL: not tested */
    const dlu_verdict_row *verdict;        /**< of a mutant: its verdict */
    const dlu_comparison_row *interaction; /**< of a mutant: WT against it */
} dlu_fig_site;

typedef struct dlu_fig_pair {
    const char *target, *mirna, *treatment;
    double dose_nM;
    dlu_fig_site *sites; /**< WT first */
    size_t n_sites;
    const dlu_verdict_row *verdict; /**< the first of it */
    bool technical;                 /**< points are wells: nothing was repeated */
    bool blocked;                   /**< replicates are relative to the control of their block */
    bool failed;                    /**< quality failed: nothing in it is a finding */
    const char **marks;             /**< blocks or replicates that its points have */
    size_t n_blocks;
} dlu_fig_pair;

typedef struct dlu_fig_data {
    const dlu_result *result;
    dlu_fig_pair *pairs;
    size_t n_pairs;
    bool many_mirnas, many_doses, many_treatments;
} dlu_fig_data;

/** False where memory ran out. */
bool dlu_fig_data_of(const dlu_result *result, const dlu_figure_options *options, dlu_arena *arena,
                     dlu_fig_data *out);

/** Sorts pairs as `order` has them. Returns a name of it that no pair has, or NULL. */
const char *dlu_fig_data_sort(dlu_fig_data *data, const char *order, dlu_arena *arena);

#endif
