/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>

/* Cells WT, WT control, MUT, MUT control. */
static const double mut[4] = {0, 0, 1, -1};
static const double wt[4] = {1, -1, 0, 0};

static dlu_status ratio_of(const dlu_settings *settings, dlu_design design, bool per_block,
                           const dlu_series *s, dlu_arena *arena, dlu_ratio *out)
{
    static const dlu_cells cells = {
        {DLU_CELL_WT, DLU_CELL_WT_CONTROL, DLU_CELL_MUT, DLU_CELL_MUT_CONTROL}, 4};
    dlu_blocked_data data;
    dlu_blocked_fit fit;
    dlu_sample samples[4];
    if (design == DLU_DESIGN_BLOCKED) {
        if (!dlu_series_average(s, &cells, DLU_OF_RATIO, arena, &data))
            return DLU_E_NO_MEMORY;
        if (per_block)
            return dlu_stats_per_block_ratio(&data, mut, wt, settings->alpha, out);
        dlu_status status = dlu_stats_blocked_fit(&data, &fit);
        return status == DLU_OK ? dlu_stats_blocked_ratio(&fit, mut, wt, settings->alpha, out)
                                : status;
    }
    if (design != DLU_DESIGN_UNBLOCKED && design != DLU_DESIGN_TECHNICAL)
        return DLU_E_NOT_ESTIMABLE;
    if (!dlu_series_samples(s, &cells, DLU_OF_RATIO, arena, samples))
        return DLU_E_NO_MEMORY;
    return dlu_stats_contrast_ratio(samples, mut, wt, 4, settings->alpha, out);
}

dlu_rescue dlu_rescue_of(const dlu_settings *settings, dlu_design design, bool per_block,
                         const dlu_series *s, const dlu_effects *effects, dlu_arena *arena)
{
    dlu_rescue rescue = {false, NAN, NAN, NAN};
    dlu_ratio ratio;
    const dlu_outcome *own = &effects->of[DLU_EFFECT_WT];
    if (!own->tried || !effects->of[DLU_EFFECT_MUT].tried || own->status != DLU_OK ||
        !(own->test.p < settings->alpha))
        return rescue;
    if (ratio_of(settings, design, per_block, s, arena, &ratio) != DLU_OK || !ratio.bounded)
        return rescue;
    return (dlu_rescue){true, 1 - ratio.ratio, 1 - ratio.high, 1 - ratio.low};
}
