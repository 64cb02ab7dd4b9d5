/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/diagnostics.h"
#include "stats/robust.h"
#include "stats/t.h"

/* Where a group of controls lies and how far it spreads. */
typedef struct control {
    double centre;
    double spread;
    double scale;
} control;

static dlu_status control_of(dlu_sample x, dlu_centre centre, control *out)
{
    dlu_moments m;
    dlu_arena *arena;
    if (x.n < 2)
        return DLU_E_TOO_FEW;
    dlu_status status = dlu_stats_moments(x, &m);
    if (status == DLU_OK)
        status = dlu_stats_scale(x, &out->scale);
    if (status != DLU_OK)
        return status;
    out->centre = m.mean;
    out->spread = sqrt(m.variance);
    if (centre == DLU_CENTRE_MEAN)
        return DLU_OK;
    double *room = dlu_stats_room(x.n, &arena);
    if (!room)
        return DLU_E_NO_MEMORY;
    dlu_middle middle = dlu_stats_middle(x.values, x.n, room);
    dlu_arena_free(arena);
    out->centre = middle.median;
    out->spread = DLU_MAD_TO_SD * middle.mad;
    return DLU_OK;
}

static dlu_status controls_of(dlu_sample a, dlu_sample b, dlu_centre centre, control out[2])
{
    dlu_status status = control_of(a, centre, &out[0]);
    if (status == DLU_OK)
        status = control_of(b, centre, &out[1]);
    if (status == DLU_OK &&
        dlu_stats_is_rounding(fmax(out[0].spread, out[1].spread), fmax(out[0].scale, out[1].scale)))
        status = DLU_E_NO_VARIANCE;
    return status;
}

dlu_status dlu_stats_zprime(dlu_sample a, dlu_sample b, dlu_centre centre, double *out)
{
    control c[2];
    dlu_status status = controls_of(a, b, centre, c);
    if (status != DLU_OK)
        return status;
    double z = 1 - 3 * (c[0].spread + c[1].spread) / fabs(c[0].centre - c[1].centre);
    if (!isfinite(z))
        return DLU_E_NOT_ESTIMABLE;
    *out = z;
    return DLU_OK;
}

dlu_status dlu_stats_ssmd(dlu_sample a, dlu_sample b, double *out)
{
    control c[2];
    dlu_status status = controls_of(a, b, DLU_CENTRE_MEAN, c);
    if (status == DLU_OK)
        *out = (c[0].centre - c[1].centre) / hypot(c[0].spread, c[1].spread);
    return status;
}

dlu_status dlu_stats_cv(dlu_sample x, double *out)
{
    control c;
    dlu_status status = control_of(x, DLU_CENTRE_MEAN, &c);
    if (status != DLU_OK)
        return status;
    if (!isfinite(c.spread / c.centre))
        return DLU_E_NOT_ESTIMABLE;
    *out = c.spread / fabs(c.centre);
    return DLU_OK;
}

double dlu_stats_cv_of_ln(double sd)
{
    return sqrt(expm1(sd * sd));
}
