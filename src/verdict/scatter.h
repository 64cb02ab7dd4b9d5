/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_VERDICT_SCATTER_H
#define DLU_VERDICT_SCATTER_H

#include <dualuc/power.h>

#include "stats/power.h"

/** Replicates of a cell, and the scatter that the standard error of an effect came from. */
typedef struct dlu_scatter {
    dlu_plan_design design;
    dlu_power_design error; /**< how the standard error follows from it */
    size_t n;               /**< blocks; without blocks, units of the smallest arm */
    double sd;              /**< what it is of: stats/power.h */
    double df;
} dlu_scatter;

/** The standard error of that design and test. */
dlu_power_design dlu_plan_error(dlu_plan_design design, dlu_plan_test test);

/**
 * se = sd sqrt(squares / n), read backwards; with unequal n or missing cells about right, for
 * planning only. Of blocks, n comes from df: an arm may have several units in a block.
 *
 * @param method   of the test, as comparisons name it
 * @param n_units  of the smallest arm; used where there are no blocks
 * @return false where there is nothing to plan from: another method (split-block), se or df not
 *         above 0 or not finite, n below 2
 */
bool dlu_scatter_find(const char *method, dlu_plan_test test, double se, double df, size_t n_units,
                      dlu_scatter *out);

#endif
