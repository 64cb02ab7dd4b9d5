/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/robust.h"

#include <float.h>
#include <math.h>

#include "base/moments.h"

double *dlu_stats_room(size_t n, dlu_arena **arena)
{
    *arena = dlu_arena_new();
    double *room = *arena ? dlu_arena_alloc(*arena, n, sizeof *room) : NULL;
    if (!room) {
        dlu_arena_free(*arena);
        *arena = NULL;
    }
    return room;
}

dlu_middle dlu_stats_middle(const double *x, size_t n, double *room)
{
    dlu_middle middle;
    for (size_t i = 0; i < n; i++)
        room[i] = x[i];
    middle.median = dlu_median(room, n);
    for (size_t i = 0; i < n; i++)
        room[i] = fabs(x[i] - middle.median);
    middle.mad = dlu_median(room, n);
    return middle;
}

dlu_status dlu_stats_scale(dlu_sample x, double *scale)
{
    *scale = 0;
    for (size_t i = 0; i < x.n; i++) {
        if (!isfinite(x.values[i]))
            return DLU_E_INPUT;
        *scale = fmax(*scale, fabs(x.values[i]));
    }
    return DLU_OK;
}

bool dlu_stats_is_rounding(double spread, double scale)
{
    return !(spread > 0) || spread < 10 * DBL_EPSILON * scale;
}
