/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratio.h"

/* a / b of a table of pairs, one block each. */
static dlu_status of_pairs(const double *a, const double *b, size_t n, dlu_ratio *out)
{
    double y[16];
    unsigned cell[16], block[16];
    static const double top[] = {1, 0}, bottom[] = {0, 1};
    assert_true(n <= 8);
    for (size_t i = 0; i < n; i++)
        for (unsigned k = 0; k < 2; k++) {
            y[2 * i + k] = k ? b[i] : a[i];
            cell[2 * i + k] = k;
            block[2 * i + k] = (unsigned)i;
        }
    const dlu_blocked_data data = {y, cell, block, 2 * n, 2, (unsigned)n};
    return dlu_stats_per_block_ratio(&data, top, bottom, 0.05, out);
}

/* One variance for both: half of the squared error of Student's test is that of each mean. */
static dlu_status of_pooled(dlu_ratio *out)
{
    dlu_test a, difference;
    dlu_status status = dlu_stats_student(SAMPLE(num), SAMPLE(den), 0.05, &difference);
    if (status == DLU_OK)
        status = dlu_stats_one_sample(SAMPLE(num), 0, 0.05, &a);
    if (status != DLU_OK)
        return status;
    double variance = difference.se * difference.se / 2;
    const dlu_fieller given = {
        a.estimate, a.estimate - difference.estimate, variance, variance, 0, difference.df};
    return dlu_stats_fieller(&given, 0.05, out);
}

static dlu_status of_delta(bool paired, dlu_test *out)
{
    dlu_test a, b, both;
    double d[COUNT(num)];
    for (size_t i = 0; i < COUNT(num); i++)
        d[i] = num[i] - den[i];
    dlu_status status = dlu_stats_one_sample(SAMPLE(num), 0, 0.05, &a);
    if (status == DLU_OK)
        status = dlu_stats_one_sample(SAMPLE(den), 0, 0.05, &b);
    if (status == DLU_OK)
        status = dlu_stats_one_sample(SAMPLE(d), 0, 0.05, &both);
    if (status != DLU_OK)
        return status;
    double vaa = a.se * a.se, vbb = b.se * b.se, vab = (vaa + vbb - both.se * both.se) / 2;
    const dlu_fieller given = {a.estimate, b.estimate, vaa, vbb, paired ? vab : 0, a.df + b.df};
    return dlu_stats_delta_ratio(&given, 0.05, out);
}

static double take_rescue(const computed *result, const char *quantity)
{
    const dlu_ratio *r = &result->ratio;
    if (strcmp(quantity, "rho") == 0)
        return 1 - r->ratio;
    if (strcmp(quantity, "lo") == 0)
        return 1 - r->high;
    return strcmp(quantity, "hi") == 0 ? 1 - r->low : take_ratio(result, quantity);
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    static const double top[] = {1, 0}, bottom[] = {0, 1};
    const dlu_sample cells[] = {SAMPLE(num), SAMPLE(den)};
    *take = take_ratio;
    if (strcmp(row->key, "paired") == 0) {
        *status = of_pairs(num, den, COUNT(num), &result->ratio);
    } else if (strcmp(row->key, "pooled") == 0) {
        *status = of_pooled(&result->ratio);
    } else if (strcmp(row->key, "separate") == 0) {
        *status = dlu_stats_contrast_ratio(cells, top, bottom, 2, 0.05, &result->ratio);
    } else if (strcmp(row->key, "rescue") == 0) {
        *take = take_rescue;
        *status = of_pairs(e_mut, e_wt, COUNT(e_wt), &result->ratio);
    } else {
        double d[COUNT(ln_num)];
        for (size_t i = 0; i < COUNT(d); i++)
            d[i] = ln_num[i] - ln_den[i];
        *take = take_test;
        if (strncmp(row->key, "delta", 5) == 0) {
            *status = of_delta(strcmp(row->key, "delta paired") == 0, &result->test);
            return true;
        }
        if (strcmp(row->key, "welch") == 0)
            *status = dlu_stats_welch(SAMPLE(ln_num), SAMPLE(ln_den), 0.05, &result->test);
        else
            *status = dlu_stats_one_sample(SAMPLE(d), 0, 0.05, &result->test);
        return strcmp(row->key, "welch") == 0 || strcmp(row->key, "paired ln") == 0;
    }
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(ratio_rows, COUNT(ratio_rows), compute);
}

/* The definition: the bounds are where top - bound x bottom just reaches significance. */
static void bounds_of_a_fit_are_on_the_edge(void **state)
{
    (void)state;
    static const double y[] = {0.1, 0.72, 0.55, 0.7, 0.02, 0.6, 0.51, 0.57, 0.3, 0.81, 0.6};
    static const unsigned cell[] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2};
    static const unsigned block[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2};
    static const double top[] = {0, 0, 1, -1}, bottom[] = {1, -1, 0, 0};
    const dlu_blocked_data data = {y, cell, block, COUNT(y), 4, 3};
    dlu_blocked_fit fit;
    dlu_ratio ratio;
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_OK);
    assert_int_equal(dlu_stats_blocked_ratio(&fit, top, bottom, 0.05, &ratio), DLU_OK);
    assert_true(ratio.bounded && ratio.low < ratio.ratio && ratio.ratio < ratio.high);
    const double bounds[] = {ratio.low, ratio.high};
    for (size_t k = 0; k < 2; k++) {
        double c[4];
        dlu_test test;
        for (size_t i = 0; i < 4; i++)
            c[i] = top[i] - bounds[k] * bottom[i];
        assert_int_equal(dlu_stats_blocked_contrast(&fit, c, 0.05, &test), DLU_OK);
        assert_true(is_close(test.p, 0.05, 1e-10));
    }
}

static void no_denominator_no_interval(void **state)
{
    (void)state;
    dlu_ratio ratio;
    const dlu_fieller weak = {0.3, 0.1, 0.01, 0.01, 0, 5}, none = {0.3, 0, 0.01, 0.01, 0, 5},
                      still = {0.3, 0.1, 0, 0, 0, 5}, no_df = {0.3, 0.9, 0.01, 0.01, 0, 0},
                      no_number = {NAN, 0.9, 0.01, 0.01, 0, 5};
    assert_int_equal(dlu_stats_fieller(&weak, 0.05, &ratio), DLU_OK);
    assert_false(ratio.bounded);
    assert_true(ratio.g > 1 && ratio.low == 0 && ratio.high == 0);
    assert_int_equal(dlu_stats_fieller(&none, 0.05, &ratio), DLU_E_NOT_ESTIMABLE);
    assert_int_equal(dlu_stats_fieller(&still, 0.05, &ratio), DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_fieller(&no_df, 0.05, &ratio), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_fieller(&no_number, 0.05, &ratio), DLU_E_INPUT);
    assert_int_equal(dlu_stats_fieller(&weak, 0, &ratio), DLU_E_USAGE);
    const dlu_fieller below = {0.3, -0.9, 0.01, 0.01, 0, 5};
    dlu_test test;
    assert_int_equal(dlu_stats_delta_ratio(&below, 0.05, &test), DLU_E_NOT_ESTIMABLE);
    assert_int_equal(dlu_stats_delta_ratio(&none, 0.05, &test), DLU_E_NOT_ESTIMABLE);
    assert_int_equal(dlu_stats_delta_ratio(&still, 0.05, &test), DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_delta_ratio(&no_df, 0.05, &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_delta_ratio(&no_number, 0.05, &test), DLU_E_INPUT);
    assert_int_equal(dlu_stats_delta_ratio(&weak, 0, &test), DLU_E_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(bounds_of_a_fit_are_on_the_edge),
        cmocka_unit_test(no_denominator_no_interval),
    };
    return cmocka_run_group_tests_name("stats-ratio", tests, NULL, NULL);
}
