/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics.h"

#include <float.h>

#include <gsl/gsl_errno.h>

#include "base/moments.h"

#define GROUPS(name)                                                                               \
    {                                                                                              \
#name, {name##_a, COUNT(name##_a) },                                                       \
        {                                                                                          \
            name##_b, COUNT(name##_b)                                                              \
        }                                                                                          \
    }

static const struct {
    const char *name;
    dlu_sample a;
    dlu_sample b;
} groups[] = {GROUPS(offset),          GROUPS(n2),   GROUPS(zero_one), GROUPS(zero_both),
              GROUPS(zero_both_equal), GROUPS(ties), GROUPS(n1),       GROUPS(tiny),
              GROUPS(prenorm)};

static const struct {
    const char *name;
    dlu_sample y;
} certified[] = {{"numacc1", VALUES(numacc1)},
                 {"numacc2", VALUES(numacc2)},
                 {"numacc3", VALUES(numacc3)},
                 {"numacc4", VALUES(numacc4)}};

typedef struct paired_data {
    double y[16];
    unsigned cell[16];
    unsigned block[16];
} paired_data;

static dlu_blocked_data pair_up(dlu_sample a, dlu_sample b, paired_data *p)
{
    assert_true(a.n == b.n && a.n <= 8);
    for (size_t i = 0; i < a.n; i++)
        for (unsigned k = 0; k < 2; k++) {
            p->y[2 * i + k] = k ? b.values[i] : a.values[i];
            p->cell[2 * i + k] = k;
            p->block[2 * i + k] = (unsigned)i;
        }
    return (dlu_blocked_data){p->y, p->cell, p->block, 2 * a.n, 2, (unsigned)a.n};
}

static dlu_status paired(dlu_sample a, dlu_sample b, double alpha, dlu_test *out)
{
    static const double c[] = {1, -1};
    paired_data space;
    const dlu_blocked_data data = pair_up(a, b, &space);
    return dlu_stats_per_block(&data, c, alpha, out);
}

/* Degrees of freedom alone, which do not hang on the variance. */
static dlu_status paired_fit(dlu_sample a, dlu_sample b, double alpha, dlu_test *out)
{
    paired_data space;
    dlu_blocked_fit fit;
    const dlu_blocked_data data = pair_up(a, b, &space);
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    (void)alpha;
    out->df = fit.df;
    return status;
}

static bool compute_groups(const pinned *row, dlu_status *status, computed *result)
{
    static const struct {
        const char *name;
        dlu_status (*run)(dlu_sample, dlu_sample, double, dlu_test *);
    } tests[] = {{" welch", dlu_stats_welch},
                 {" student", dlu_stats_student},
                 {" paired", paired},
                 {" paired fit", paired_fit}};
    const char *kind = strchr(row->key, ' ');
    for (size_t g = 0; kind && g < COUNT(groups); g++)
        for (size_t t = 0; t < COUNT(tests); t++)
            if (strcmp(kind, tests[t].name) == 0 &&
                strlen(groups[g].name) == (size_t)(kind - row->key) &&
                strncmp(groups[g].name, row->key, strlen(groups[g].name)) == 0) {
                *status = tests[t].run(groups[g].a, groups[g].b, 0.05, &result->test);
                return true;
            }
    return false;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    double x, df;
    if (compute_groups(row, status, result))
        return true;
    if (strcmp(row->key, "prenorm one-sample") == 0) {
        *status = dlu_stats_one_sample(SAMPLE(prenorm_b), 1, 0.05, &result->test);
        result->test.low += 1; /* ours is the interval of mean - 1, R's that of the mean */
        result->test.high += 1;
    } else if (strcmp(row->key, "prenorm one-sample ln") == 0)
        *status = dlu_stats_one_sample(SAMPLE(prenorm_ln), 0, 0.05, &result->test);
    if (strncmp(row->key, "prenorm one-sample", 18) == 0)
        return true;
    *take = take_other;
    if (sscanf(row->key, "tail %lf %lf", &x, &df) == 2)
        result->other = dlu_stats_t_p(x, df);
    else if (sscanf(row->key, "quantile %lf %lf", &x, &df) == 2)
        result->other = dlu_stats_t_quantile(x, df);
    for (size_t i = 0; i < COUNT(certified); i++)
        if (strcmp(certified[i].name, row->key) == 0)
            result->other = strcmp(row->quantity, "sd_binary64") == 0
                                ? dlu_sd(certified[i].y.values, certified[i].y.n)
                                : dlu_mean(certified[i].y.values, certified[i].y.n);
    return !isnan(result->other);
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(numerics_rows, COUNT(numerics_rows), compute);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const double good[] = {0.1, 0.2, 0.4}, nan_in[] = {0.1, NAN, 0.4},
                        inf_in[] = {0.1, INFINITY, 0.4}, huge[] = {-1e200, 0, 1e200};
    const dlu_sample bad[] = {SAMPLE(nan_in), SAMPLE(inf_in), SAMPLE(huge)};
    dlu_test test = {.p = 7};
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(dlu_stats_welch(bad[i], SAMPLE(good), 0.05, &test), DLU_E_INPUT);
        assert_int_equal(dlu_stats_student(SAMPLE(good), bad[i], 0.05, &test), DLU_E_INPUT);
        assert_int_equal(dlu_stats_one_sample(bad[i], 0, 0.05, &test), DLU_E_INPUT);
    }
    const double alphas[] = {0, 1, -0.1, NAN};
    for (size_t i = 0; i < COUNT(alphas); i++)
        assert_int_equal(dlu_stats_one_sample(SAMPLE(good), 0, alphas[i], &test), DLU_E_USAGE);
    for (size_t n = 0; n < 2; n++) {
        const dlu_sample few = {good, n};
        assert_int_equal(dlu_stats_one_sample(few, 0, 0.05, &test), DLU_E_TOO_FEW);
        assert_int_equal(dlu_stats_welch(few, SAMPLE(good), 0.05, &test), DLU_E_TOO_FEW);
    }
    assert_int_equal(dlu_stats_student((dlu_sample){good, 1}, (dlu_sample){good, 1}, 0.05, &test),
                     DLU_E_TOO_FEW);
    assert_true(test.p == 7);
}

static void p_is_never_zero_nor_made_up(void **state)
{
    (void)state;
    assert_true(dlu_stats_t_p(1e300, 1e3) == DBL_MIN);
    assert_true(dlu_stats_t_p(-INFINITY, 5) == DBL_MIN);
    assert_true(dlu_stats_t_upper(INFINITY, 5) == DBL_MIN);
    assert_true(dlu_stats_t_p(0, 3) == 1);
    const double no_df[] = {0, -1, INFINITY, NAN};
    for (size_t i = 0; i < COUNT(no_df); i++) {
        assert_true(isnan(dlu_stats_t_p(2, no_df[i])));
        assert_true(isnan(dlu_stats_t_upper(2, no_df[i])));
        assert_true(isnan(dlu_stats_t_quantile(0.025, no_df[i])));
    }
    assert_true(isnan(dlu_stats_t_p(NAN, 3)));
    assert_true(isnan(dlu_stats_t_quantile(0, 3)) && isnan(dlu_stats_t_quantile(1, 3)));
}

static unsigned raised;

static void count_raise(const char *reason, const char *file, int line, int gsl_errno)
{
    (void)reason;
    (void)file;
    (void)line;
    (void)gsl_errno;
    raised++;
}

/* The default handler of GSL aborts the process: nothing we pass on may reach it. */
static void gsl_never_raises(void **state)
{
    (void)state;
    static const double tails[] = {1e-12, 1e-6, 1e-3, 0.025, 0.3, 0.5, 0.7, 0.9995};
    gsl_error_handler_t *before = gsl_set_error_handler(count_raise);
    raised = 0;
    for (double df = 1; df < 1e12; df *= 1.37) {
        for (double t = 1e-12; t < 1e300; t *= 7.1) {
            double p = dlu_stats_t_p(t, df), above = dlu_stats_t_upper(t, df);
            if (!(p > 0 && p <= 1) || !(above > 0 && above <= 0.5))
                fail_msg("t = %g, df = %g: p = %g, upper = %g", t, df, p, above);
        }
        for (size_t i = 0; i < COUNT(tails); i++) {
            double q = dlu_stats_t_quantile(tails[i], df);
            if (!is_close(dlu_stats_t_upper(q, df), tails[i], tails[i] < 1e-5 ? 1e-4 : 1e-6))
                fail_msg("quantile(%g, %g) = %g", tails[i], df, q);
        }
    }
    gsl_set_error_handler(before);
    assert_int_equal(raised, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(p_is_never_zero_nor_made_up),
        cmocka_unit_test(gsl_never_raises),
    };
    return cmocka_run_group_tests_name("stats-numerics", tests, NULL, NULL);
}
