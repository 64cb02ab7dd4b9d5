/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"

#define N_ARMS 6u
#define N_DAYS 4u

static const double did[N_ARMS] = {1, -1, -1, 1, 0, 0};

/* What a well adds to its unit, and what the unit makes of the means of that. */
typedef enum unit_value {
    MEAN_OF_LOGS,
    RATIO_OF_SUMS,
    MEAN_OF_RATIOS,
    REPORTER_ALONE,
    CONTROL_ALONE
} unit_value;

static double value_of_unit(unit_value kind, unsigned arm, unsigned day)
{
    double f = 0, r = 0, ratio = 0, ln_f = 0, ln_r = 0, n = 0;
    for (size_t i = 0; i < COUNT(light_f); i++) {
        if (light_arm[i] != arm || light_day[i] != day)
            continue;
        f += light_f[i];
        r += light_r[i];
        ratio += light_f[i] / light_r[i];
        ln_f += log(light_f[i]);
        ln_r += log(light_r[i]);
        n++;
    }
    switch (kind) {
    case RATIO_OF_SUMS:
        return log(f / r);
    case MEAN_OF_RATIOS:
        return log(ratio / n);
    case REPORTER_ALONE:
        return ln_f / n;
    case CONTROL_ALONE:
        return ln_r / n;
    default:
        return (ln_f - ln_r) / n;
    }
}

/* The interaction within days, all but `without`. */
static dlu_status interaction(unit_value kind, unsigned without, dlu_test *out)
{
    double y[N_ARMS * N_DAYS];
    unsigned cell[N_ARMS * N_DAYS], block[N_ARMS * N_DAYS];
    size_t n = 0;
    for (unsigned day = 0; day < N_DAYS; day++)
        for (unsigned arm = 0; arm < N_ARMS; arm++)
            if (day != without) {
                y[n] = value_of_unit(kind, arm, day);
                cell[n] = arm;
                block[n++] = day;
            }
    const dlu_blocked_data data = {y, cell, block, n, N_ARMS, N_DAYS};
    return dlu_stats_per_block(&data, did, 0.05, out);
}

static dlu_status wells_as_repeats(dlu_test *out)
{
    double y[4][COUNT(light_f)];
    dlu_sample cells[4];
    for (unsigned arm = 0; arm < 4; arm++) {
        size_t n = 0;
        for (size_t i = 0; i < COUNT(light_f); i++)
            if (light_arm[i] == arm)
                y[arm][n++] = log(light_f[i] / light_r[i]);
        cells[arm] = (dlu_sample){y[arm], n};
    }
    return dlu_stats_contrast(cells, did, 4, 0.05, out);
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    static const struct {
        const char *key;
        unit_value kind;
    } kinds[] = {{"ratio of sums", RATIO_OF_SUMS},
                 {"mean of ratios", MEAN_OF_RATIOS},
                 {"reporter alone", REPORTER_ALONE},
                 {"control alone", CONTROL_ALONE}};
    unsigned without;
    (void)take;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i].key, row->key) == 0) {
            *status = interaction(kinds[i].kind, N_DAYS, &result->test);
            return true;
        }
    if (sscanf(row->key, "without day %u", &without) == 1)
        *status = interaction(MEAN_OF_LOGS, without, &result->test);
    else if (strcmp(row->key, "wells") == 0)
        *status = wells_as_repeats(&result->test);
    else
        return false;
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(units_rows, COUNT(units_rows), compute);
}

/* The interaction is that of the reporter less that of the control. */
static void channels_add_up(void **state)
{
    (void)state;
    dlu_test both, reporter, control;
    for (unsigned without = 0; without <= N_DAYS; without++) {
        assert_int_equal(interaction(MEAN_OF_LOGS, without, &both), DLU_OK);
        assert_int_equal(interaction(REPORTER_ALONE, without, &reporter), DLU_OK);
        assert_int_equal(interaction(CONTROL_ALONE, without, &control), DLU_OK);
        assert_true(is_close(reporter.estimate - control.estimate, both.estimate, 1e-12));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_r),
                                       cmocka_unit_test(channels_add_up)};
    return cmocka_run_group_tests_name("stats-units", tests, NULL, NULL);
}
