/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/collapse.h"

#include <math.h>

/* Ratios and plain lines through 0. */

static dlu_status check(const dlu_wells_of_unit *wells, size_t least)
{
    if (wells->n < least)
        return DLU_E_TOO_FEW;
    for (size_t i = 0; i < wells->n; i++)
        if (!isfinite(wells->x[i]) || !isfinite(wells->y[i]))
            return DLU_E_INPUT;
    return DLU_OK;
}

static dlu_status give(double value, double *out)
{
    if (!(value > 0) || !isfinite(value))
        return DLU_E_NOT_ESTIMABLE;
    *out = value;
    return DLU_OK;
}

dlu_status dlu_stats_ratio_of_sums(const dlu_wells_of_unit *wells, double *out)
{
    double x = 0, y = 0;
    dlu_status status = check(wells, 1);
    if (status != DLU_OK)
        return status;
    for (size_t i = 0; i < wells->n; i++) {
        x += wells->x[i];
        y += wells->y[i];
    }
    return x > 0 ? give(y / x, out) : DLU_E_NOT_ESTIMABLE;
}

/* Sums about 0. */
typedef struct squares {
    double xx;
    double yy;
    double xy;
} squares;

static squares sum_squares(const dlu_wells_of_unit *wells)
{
    squares s = {0};
    for (size_t i = 0; i < wells->n; i++) {
        s.xx += wells->x[i] * wells->x[i];
        s.yy += wells->y[i] * wells->y[i];
        s.xy += wells->x[i] * wells->y[i];
    }
    return s;
}

dlu_status dlu_stats_slope_least_squares(const dlu_wells_of_unit *wells, double *out)
{
    dlu_status status = check(wells, 2);
    if (status != DLU_OK)
        return status;
    squares s = sum_squares(wells);
    return s.xx > 0 ? give(s.xy / s.xx, out) : DLU_E_NOT_ESTIMABLE;
}

/* The root of xy b^2 - (yy - ratio xx) b - ratio xy = 0 on the side of xy, without cancellation. */
static double deming(const squares *s, double ratio)
{
    double middle = s->yy - ratio * s->xx;
    double root = sqrt(middle * middle + 4 * ratio * s->xy * s->xy);
    if (middle > 0)
        return (middle + root) / (2 * s->xy);
    return 2 * ratio * s->xy / (root - middle);
}

dlu_status dlu_stats_slope_deming(const dlu_wells_of_unit *wells, double ratio, double *out)
{
    if (!(ratio >= 0) || !isfinite(ratio))
        return DLU_E_USAGE;
    dlu_status status = check(wells, 2);
    if (status != DLU_OK)
        return status;
    if (ratio == DLU_DEMING_SCALE_FREE) {
        status = dlu_stats_ratio_of_sums(wells, &ratio);
        ratio *= ratio;
    }
    squares s = sum_squares(wells);
    if (status != DLU_OK || !(s.xy > 0))
        return DLU_E_NOT_ESTIMABLE;
    return give(deming(&s, ratio), out);
}
