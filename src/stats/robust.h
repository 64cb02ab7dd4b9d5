/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_ROBUST_H
#define DLU_STATS_ROBUST_H

#include "stats/stats.h"

#include "base/arena.h"

/* What the diagnostics share. */

/** 1 / the third quartile of the standard normal, in the four decimals that R's mad() has. */
#define DLU_MAD_TO_SD 1.4826

/** Room for n numbers in a new arena, which the caller frees; NULL (and no arena) without memory.
 */
double *dlu_stats_room(size_t n, dlu_arena **arena);

typedef struct dlu_middle {
    double median;
    double mad; /**< median of |x - median|, unscaled */
} dlu_middle;

/** Of n >= 1 finite values; `room` has n numbers and is overwritten. */
dlu_middle dlu_stats_middle(const double *x, size_t n, double *room);

/** DLU_OK or DLU_E_INPUT; *scale gets the largest |x|, 0 without values. */
dlu_status dlu_stats_scale(dlu_sample x, double *scale);

/** True where a spread is no more than the rounding of values as large as `scale`. */
bool dlu_stats_is_rounding(double spread, double scale);

#endif
