/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_ANOVA_H
#define DLU_STATS_ANOVA_H

#include "stats/diagnostics.h"

/**
 * dlu_stats_anova for values that were computed from others: `scale` is the largest magnitude
 * behind them, whose rounding they carry.
 */
dlu_status dlu_stats_anova_of(const dlu_sample *groups, size_t n_groups, double scale,
                              dlu_f_test *out);

/** Largest |value| of all groups; DLU_E_TOO_FEW under 2 groups or `least` values in one. */
dlu_status dlu_stats_groups_scale(const dlu_sample *groups, size_t n_groups, size_t least,
                                  double *scale);

#endif
