/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>

#include "base/say.h"
#include "stats/diagnostics.h"

#define OUTLIER_LEVEL 0.05

/* Every used well against the other wells of its transfection, by the scatter of all wells. */
dlu_status dlu_wells_mark_outliers(dlu_experiment *e, dlu_arena *arena, dlu_error *err)
{
    size_t n = 0;
    double *y = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *y);
    unsigned *unit = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *unit);
    size_t *index = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *index);
    dlu_well_residual *residuals = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *residuals);
    if (!y || !unit || !index || !residuals)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < e->n_wells; i++) {
        const dlu_assay_well *w = &e->wells[i];
        if (!w->used || w->unit == DLU_NO_UNIT || isnan(w->ln_ratio))
            continue;
        y[n] = w->ln_ratio;
        unit[n] = (unsigned)w->unit;
        index[n++] = i;
    }
    dlu_wells wells = {y, unit, n, (unsigned)e->n_units};
    dlu_status status = dlu_stats_well_residuals(&wells, residuals);
    if (status == DLU_E_NO_MEMORY)
        return dlu_fail_memory(err);
    for (size_t i = 0; status == DLU_OK && i < n; i++)
        if (residuals[i].tested && residuals[i].p_bonferroni < OUTLIER_LEVEL)
            e->wells[index[i]].flags |= DLU_FLAG(OUTLIER_WELL);
    return DLU_OK;
}
