/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/stats.h"

dlu_status dlu_stats_tost(const dlu_test *test, double margin, double alpha, dlu_tost *out)
{
    if (!(margin > 0 && margin < 1) || !(alpha > 0 && alpha < 1))
        return DLU_E_USAGE;
    double delta = -log(margin);
    double lower = dlu_stats_t_upper((test->estimate + delta) / test->se, test->df);
    double upper = dlu_stats_t_upper((delta - test->estimate) / test->se, test->df);
    double p = fmax(lower, upper);
    *out = (dlu_tost){lower, upper, p, p < alpha};
    return DLU_OK;
}

double dlu_stats_noninferiority(const dlu_test *test, double margin)
{
    return dlu_stats_t_upper((test->estimate - log(margin)) / test->se, test->df);
}
