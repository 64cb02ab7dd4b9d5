/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/diagnostics.h"
#include "stats/robust.h"
#include "stats/t.h"
#include "stats/tails.h"

dlu_status dlu_stats_effect_size(dlu_sample a, dlu_sample b, dlu_effect_size *out)
{
    dlu_moments first, second;
    dlu_status status = dlu_stats_moments(a, &first);
    if (status == DLU_OK)
        status = dlu_stats_moments(b, &second);
    if (status != DLU_OK)
        return status;
    double df = (double)(a.n + b.n) - 2;
    if (df < 2)
        return DLU_E_TOO_FEW;
    double squares = (double)(a.n - 1) * first.variance + (double)(b.n - 1) * second.variance;
    double sd = sqrt(squares / df), difference = first.mean - second.mean;
    if (!isfinite(sd) || !isfinite(difference))
        return DLU_E_INPUT;
    if (dlu_stats_is_rounding(sd, fmax(fabs(first.mean), fabs(second.mean))) ||
        !isfinite(difference / sd))
        return DLU_E_NO_VARIANCE;
    double j = exp(dlu_stats_ln_gamma(df / 2) - dlu_stats_ln_gamma((df - 1) / 2) - log(df / 2) / 2);
    *out = (dlu_effect_size){difference / sd, j, j * difference / sd, df};
    return DLU_OK;
}
