/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_FOLDS_H
#define DLU_FIGURE_FOLDS_H

#include "figure/data.h"

/** Fills the points of a pair's arms, and their wells if asked. False where memory ran out. */
bool dlu_fig_fill_points(const dlu_result *result, dlu_fig_pair *pair, bool wells,
                         dlu_arena *arena);

/** Whether a well's light went into that unit. */
bool dlu_fig_well_of_unit(const dlu_well_row *well, const dlu_unit_row *unit);

#endif
