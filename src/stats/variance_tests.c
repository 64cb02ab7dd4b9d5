/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/moments.h"
#include "stats/anova.h"
#include "stats/robust.h"
#include "stats/t.h"
#include "stats/tails.h"

/* |y - centre|, by differences from one of the values, which are exact where the values are close.
 */
static void deviations(dlu_sample y, dlu_centre centre, double *out)
{
    for (size_t i = 0; i < y.n; i++)
        out[i] = y.values[i] - y.values[0];
    double middle = centre == DLU_CENTRE_MEDIAN ? dlu_median(out, y.n) : dlu_mean(out, y.n);
    for (size_t i = 0; i < y.n; i++)
        out[i] = fabs(out[i] - middle);
}

dlu_status dlu_stats_levene(const dlu_sample *groups, size_t n_groups, dlu_centre centre,
                            dlu_f_test *out)
{
    double scale;
    dlu_arena *arena;
    size_t n = 0;
    dlu_status status = dlu_stats_groups_scale(groups, n_groups, 2, &scale);
    if (status != DLU_OK)
        return status;
    for (size_t g = 0; g < n_groups; g++)
        n += groups[g].n;
    double *room = dlu_stats_room(n, &arena);
    dlu_sample *away = room ? dlu_arena_alloc(arena, n_groups, sizeof *away) : NULL;
    for (size_t g = 0; away && g < n_groups; g++) {
        deviations(groups[g], centre, room);
        away[g] = (dlu_sample){room, groups[g].n};
        room += groups[g].n;
    }
    status = away ? dlu_stats_anova_of(away, n_groups, scale, out) : DLU_E_NO_MEMORY;
    dlu_arena_free(arena);
    return status;
}

dlu_status dlu_stats_bartlett(const dlu_sample *groups, size_t n_groups, dlu_chi2_test *out)
{
    double scale, df = 0, squares = 0, logs = 0, inverses = 0, k = (double)n_groups - 1;
    dlu_status status =
        k > DLU_CHI2_MAX_DF ? DLU_E_LIMIT : dlu_stats_groups_scale(groups, n_groups, 2, &scale);
    for (size_t g = 0; status == DLU_OK && g < n_groups; g++) {
        dlu_moments m;
        double own = (double)groups[g].n - 1;
        status = dlu_stats_moments(groups[g], &m);
        if (status == DLU_OK && dlu_stats_is_rounding(sqrt(m.variance), scale))
            status = DLU_E_NO_VARIANCE;
        if (status != DLU_OK)
            break;
        df += own;
        squares += own * m.variance;
        logs += own * log(m.variance);
        inverses += 1 / own;
    }
    if (status != DLU_OK)
        return status;
    double raw = df * log(squares / df) - logs;
    double statistic = fmax(raw, 0) / (1 + (inverses - 1 / df) / (3 * k));
    if (!isfinite(statistic))
        return DLU_E_INPUT;
    *out = (dlu_chi2_test){statistic, k, dlu_stats_chi2_upper(statistic, k)};
    return DLU_OK;
}
