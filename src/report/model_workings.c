/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>

#include "report/model.h"

/* What each verdict was computed from: rows of the tables of units and wells. */

static bool fill_working(const dlu_series *s, bool wells, dlu_arena *arena, dlu_working *out)
{
    dlu_working_value *values = dlu_arena_alloc(arena, s->n + 1, sizeof *values);
    if (!values)
        return false;
    for (size_t i = 0; i < s->n; i++)
        values[i] = (dlu_working_value){s->source[i], s->cell[i],
                                        s->block[i] == DLU_NO_BLOCK ? UINT_MAX : s->block[i]};
    *out = (dlu_working){.values = values,
                         .n = s->n,
                         .wells = wells,
                         .blocks = s->block_names,
                         .n_blocks = s->n_blocks};
    return true;
}

bool dlu_model_workings(const dlu_verdicts *v, dlu_arena *arena, dlu_result *result)
{
    result->workings = dlu_arena_alloc(arena, v->n + 1, sizeof *result->workings);
    if (!result->workings)
        return false;
    for (size_t i = 0; i < v->n; i++)
        if (!fill_working(&v->series[i], v->findings[i].technical_only, arena,
                          &result->workings[i]))
            return false;
    return true;
}
