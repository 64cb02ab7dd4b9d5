/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_LEGEND_H
#define DLU_FIGURE_LEGEND_H

#include "figure/axis.h"

/** The paragraph under a figure: what is shown, what n is, what the intervals are, what was tested
 * and how it was corrected. NULL where memory ran out. */
const char *dlu_legend_bars(dlu_draw *d);
const char *dlu_legend_superplot(dlu_draw *d);
const char *dlu_legend_delta(dlu_draw *d);
const char *dlu_legend_forest(dlu_draw *d);
const char *dlu_legend_plate(dlu_draw *d);
const char *dlu_legend_qc(dlu_draw *d);

/** All folds of the pairs, and 1. */
dlu_range dlu_draw_range(const dlu_draw *d);

#endif
