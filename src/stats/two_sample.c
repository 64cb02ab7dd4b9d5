/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/t.h"

static const double difference[2] = {1, -1};

dlu_status dlu_stats_welch(dlu_sample a, dlu_sample b, double alpha, dlu_test *out)
{
    const dlu_sample cells[2] = {a, b};
    return dlu_stats_contrast(cells, difference, 2, alpha, out);
}

dlu_status dlu_stats_student(dlu_sample a, dlu_sample b, double alpha, dlu_test *out)
{
    const dlu_sample cells[2] = {a, b};
    return dlu_stats_contrast_pooled(cells, difference, 2, alpha, out);
}

dlu_status dlu_stats_one_sample(dlu_sample x, double mu, double alpha, dlu_test *out)
{
    dlu_moments m;
    dlu_status status = x.n < 2 ? DLU_E_TOO_FEW : dlu_stats_moments(x, &m);
    if (status != DLU_OK)
        return status;
    return dlu_stats_test_of(m.mean - mu, sqrt(m.variance / (double)m.n), (double)(m.n - 1),
                             fmax(fabs(m.mean), fabs(mu)), alpha, m.n, out);
}
