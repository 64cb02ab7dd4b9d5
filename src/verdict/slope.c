/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include "stats/collapse.h"

/*
 * Scale-free Deming, not the robust line: that one withstands a bad well only from nine wells on,
 * weighs wells down by the look of their ratios, which nothing else here does, and is no better
 * where no well is bad. The closed form exists wherever both sums of light are positive.
 */
dlu_status dlu_unit_slope_deming(const double *control, const double *reporter, size_t n,
                                 double *out)
{
    const dlu_wells_of_unit wells = {control, reporter, n};
    return dlu_stats_slope_deming(&wells, DLU_DEMING_SCALE_FREE, out);
}
