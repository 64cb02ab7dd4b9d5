/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>

#include <gsl/gsl_errno.h>

#include "spread.h"
#include "stats/diagnostics.h"
#include "stats/tails.h"
#include "unblocked.h"

static const dlu_sample four[] = {VALUES(four_WT_mir), VALUES(four_WT_scr), VALUES(four_MUT_mir),
                                  VALUES(four_MUT_scr)};

static const struct {
    const char *key;
    dlu_sample x;
} shapes[] = {{"shape n3", VALUES(shape_n3)},      {"shape n4", VALUES(shape_n4)},
              {"shape n5", VALUES(shape_n5)},      {"shape n7", VALUES(shape_n7)},
              {"shape n11", VALUES(shape_n11)},    {"shape n12", VALUES(shape_n12)},
              {"shape n20", VALUES(shape_n20)},    {"shape n50", VALUES(shape_n50)},
              {"shape tied8", VALUES(shape_tied8)}};

static const struct {
    const char *key;
    const double *y;
} certified[] = {{"smls01", smls01}, {"smls04", smls04}, {"smls07", smls07}};

static double quantity_of_f(const dlu_f_test *t, const char *name)
{
    return strcmp(name, "df1") == 0   ? t->df1
           : strcmp(name, "df2") == 0 ? t->df2
           : strcmp(name, "p") == 0   ? t->p
                                      : t->f;
}

/* "four levene": which cells, which test. */
static bool compare_groups(const pinned *row, dlu_status *status, double *value)
{
    size_t n = strncmp(row->key, "two ", 4) == 0 ? 2 : 4;
    const char *test = strchr(row->key, ' ');
    dlu_f_test f = {0};
    dlu_chi2_test chi2 = {0};
    if (!test)
        return false;
    if (strcmp(test, " bartlett") == 0) {
        *status = dlu_stats_bartlett(four, n, &chi2);
        *value = strcmp(row->quantity, "df") == 0  ? chi2.df
                 : strcmp(row->quantity, "p") == 0 ? chi2.p
                                                   : chi2.statistic;
        return true;
    }
    if (strcmp(test, " anova") == 0)
        *status = dlu_stats_anova(four, n, &f);
    else if (strcmp(test, " levene") == 0)
        *status = dlu_stats_levene(four, n, DLU_CENTRE_MEAN, &f);
    else if (strcmp(test, " brown-forsythe") == 0)
        *status = dlu_stats_levene(four, n, DLU_CENTRE_MEDIAN, &f);
    else
        return false;
    *value = quantity_of_f(&f, row->quantity);
    return true;
}

static bool look_at_shape(const pinned *row, dlu_status *status, double *value)
{
    static double made[5000];
    dlu_sample x = {NULL, 0};
    dlu_shapiro s = {0};
    size_t n;
    for (size_t i = 0; i < COUNT(shapes); i++)
        if (strcmp(shapes[i].key, row->key) == 0)
            x = shapes[i].x;
    bool roots = sscanf(row->key, "roots %zu", &n) == 1;
    if (roots || sscanf(row->key, "even %zu", &n) == 1) {
        for (size_t i = 0; i < n; i++)
            made[i] = roots ? sqrt((double)i + 1) : 1000 + ((double)i + 1) / 64;
        x = (dlu_sample){made, n};
    }
    if (!x.n)
        return false;
    *status = dlu_stats_shapiro_wilk(x, &s);
    *value = strcmp(row->quantity, "W") == 0 ? s.w : s.p;
    return true;
}

static bool analyse_certified(const pinned *row, dlu_status *status, double *value)
{
    dlu_sample groups[9];
    dlu_f_test f = {0};
    for (size_t i = 0; i < COUNT(certified); i++)
        if (strcmp(certified[i].key, row->key) == 0) {
            for (size_t g = 0; g < COUNT(groups); g++)
                groups[g] = (dlu_sample){certified[i].y + 21 * g, 21};
            *status = dlu_stats_anova(groups, COUNT(groups), &f);
            *value = f.f;
            return true;
        }
    return false;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    dlu_effect_size size = {0};
    *take = take_other;
    if (strcmp(row->key, "effect size") != 0)
        return look_at_shape(row, status, &result->other) ||
               analyse_certified(row, status, &result->other) ||
               compare_groups(row, status, &result->other);
    *status = dlu_stats_effect_size(four[0], four[1], &size);
    result->other = row->quantity[0] == 'd'   ? size.d
                    : row->quantity[0] == 'J' ? size.correction
                                              : size.g;
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(spread_rows, COUNT(spread_rows), compute);
}

/* What each test says of two groups, or of the first of them. */
static void all_say(dlu_sample a, dlu_sample b, dlu_status anova, dlu_status levene,
                    dlu_status bartlett, dlu_status shapiro)
{
    const dlu_sample groups[] = {a, b};
    dlu_f_test f = {.p = 7};
    dlu_chi2_test chi2 = {.p = 7};
    dlu_shapiro s = {.p = 7};
    assert_int_equal(dlu_stats_anova(groups, 2, &f), anova);
    assert_true(anova == DLU_OK || f.p == 7);
    f.p = 7;
    assert_int_equal(dlu_stats_levene(groups, 2, DLU_CENTRE_MEAN, &f), levene);
    assert_int_equal(dlu_stats_levene(groups, 2, DLU_CENTRE_MEDIAN, &f), levene);
    assert_true(levene == DLU_OK || f.p == 7);
    assert_int_equal(dlu_stats_bartlett(groups, 2, &chi2), bartlett);
    assert_true(bartlett == DLU_OK || chi2.p == 7);
    assert_int_equal(dlu_stats_shapiro_wilk(a, &s), shapiro);
    assert_true(shapiro == DLU_OK || s.p == 7);
}

static void what_cannot_be_tested_is_refused(void **state)
{
    (void)state;
    static const double good[] = {0.1, 0.25, 0.4, 0.9}, same[] = {0.3, 0.3, 0.3, 0.3},
                        nan_in[] = {0.1, NAN, 0.4}, inf_in[] = {0.1, INFINITY, 0.4},
                        huge[] = {-1e308, 0, 1e308}, tiny[] = {1e-300, 2e-300, 4e-300};
    /* One unit in the last place of 1000 is rounding. */
    static const double rounding[] = {1000, 1000.0000000000001, 1000, 1000};
    const dlu_status ok = DLU_OK, few = DLU_E_TOO_FEW, none = DLU_E_NO_VARIANCE, bad = DLU_E_INPUT;
    all_say(SAMPLE(good), SAMPLE(good), ok, ok, ok, ok);
    all_say(SAMPLE(same), SAMPLE(good), ok, ok, none, none);
    all_say(SAMPLE(same), SAMPLE(same), none, none, none, none);
    all_say(SAMPLE(rounding), SAMPLE(rounding), none, none, none, none);
    all_say(SAMPLE(nan_in), SAMPLE(good), bad, bad, bad, bad);
    all_say(SAMPLE(inf_in), SAMPLE(good), bad, bad, bad, bad);
    all_say(SAMPLE(huge), SAMPLE(good), bad, bad, bad, bad);
    /* Their squares vanish; shape has no unit. */
    all_say(SAMPLE(tiny), SAMPLE(tiny), none, none, none, ok);
    all_say((dlu_sample){good, 0}, SAMPLE(good), few, few, few, few);
    all_say((dlu_sample){good, 1}, SAMPLE(good), ok, few, few, few);
    all_say((dlu_sample){good, 1}, (dlu_sample){good, 1}, few, few, few, few);
    /* Two values lie equally far from their middle. */
    all_say((dlu_sample){good, 2}, (dlu_sample){good + 1, 2}, ok, none, ok, few);
    dlu_f_test f;
    const dlu_sample one = SAMPLE(good);
    assert_int_equal(dlu_stats_anova(&one, 1, &f), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_anova(&one, 0, &f), DLU_E_TOO_FEW);
    static double many[DLU_SHAPIRO_MAX_N + 1];
    dlu_shapiro s;
    assert_int_equal(dlu_stats_shapiro_wilk(SAMPLE(many), &s), DLU_E_LIMIT);
}

static void effect_sizes_are_refused_likewise(void **state)
{
    (void)state;
    static const double good[] = {0.1, 0.25, 0.4}, same[] = {0.3, 0.3, 0.3}, bad[] = {0.1, NAN};
    dlu_effect_size e;
    assert_int_equal(dlu_stats_effect_size(SAMPLE(same), SAMPLE(same), &e), DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_effect_size(SAMPLE(bad), SAMPLE(good), &e), DLU_E_INPUT);
    assert_int_equal(dlu_stats_effect_size(SAMPLE(good), (dlu_sample){good, 0}, &e), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_effect_size((dlu_sample){good, 2}, (dlu_sample){good, 1}, &e),
                     DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_effect_size((dlu_sample){good, 2}, (dlu_sample){good, 2}, &e),
                     DLU_OK);
    assert_true(e.d == 0 && is_close(e.correction, sqrt(1 / 3.14159265358979323846), 1e-14));
}

/* A level common to all values and their unit change nothing; nor does the order of groups. */
static void level_unit_and_order_do_not_matter(void **state)
{
    (void)state;
    double moved[4][8];
    dlu_sample groups[4];
    for (size_t g = 0; g < 4; g++) {
        for (size_t i = 0; i < four[3 - g].n; i++)
            moved[g][i] = four[3 - g].values[i] * -1024 + 4096;
        groups[g] = (dlu_sample){moved[g], four[3 - g].n};
    }
    dlu_f_test f, other;
    for (int centre = DLU_CENTRE_MEAN; centre <= DLU_CENTRE_MEDIAN; centre++) {
        assert_int_equal(dlu_stats_levene(four, 4, (dlu_centre)centre, &f), DLU_OK);
        assert_int_equal(dlu_stats_levene(groups, 4, (dlu_centre)centre, &other), DLU_OK);
        assert_true(is_close(other.f, f.f, 1e-11) && is_close(other.p, f.p, 1e-11));
    }
    dlu_chi2_test k, other_k;
    assert_int_equal(dlu_stats_bartlett(four, 4, &k), DLU_OK);
    assert_int_equal(dlu_stats_bartlett(groups, 4, &other_k), DLU_OK);
    assert_true(is_close(other_k.statistic, k.statistic, 1e-11));
    dlu_shapiro s, other_s;
    assert_int_equal(dlu_stats_shapiro_wilk(four[2], &s), DLU_OK);
    assert_int_equal(dlu_stats_shapiro_wilk(groups[1], &other_s), DLU_OK);
    assert_true(is_close(other_s.w, s.w, 1e-11) && is_close(other_s.p, s.p, 1e-10));
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

static void is_tail(double p, const char *what, double x, double df1, double df2)
{
    if (!(p >= DBL_MIN && p <= 1))
        fail_msg("%s, %g and %g degrees of freedom: P(> %g) = %g", what, df1, df2, x, p);
}

/* The default handler of GSL aborts the process: nothing we pass on may reach it. */
static void gsl_never_raises(void **state)
{
    (void)state;
    gsl_error_handler_t *before = gsl_set_error_handler(count_raise);
    raised = 0;
    for (double df = 1; df < 1e6; df *= 3.7)
        for (double x = 1e-300; x < 1e300; x *= 11.3) {
            is_tail(dlu_stats_chi2_upper(x, df), "chi2", x, df, 0);
            is_tail(dlu_stats_chi2_upper(df * (1 + log10(x) / 300), df), "chi2", x, df, 0);
            for (double df2 = 1; df2 < 1e6; df2 *= 5.3)
                is_tail(dlu_stats_f_upper(x, df, df2), "F", x, df, df2);
        }
    for (double z = -1e6; z < 1e6; z += 97.3)
        is_tail(dlu_stats_z_upper(z), "z", z, 0, 0);
    for (double lower = 1e-300; lower < 1; lower *= 3.1)
        assert_true(is_close(dlu_stats_z_upper(-dlu_stats_z_quantile(lower)), lower, 1e-9));
    for (double x = 1e-3; x < 1e9; x *= 1.7)
        assert_true(isfinite(dlu_stats_ln_gamma(x)));
    assert_true(dlu_stats_f_upper(0, 2, 3) == 1 && dlu_stats_chi2_upper(0, 2) == 1);
    is_tail(dlu_stats_f_upper(INFINITY, 2, 3), "F", INFINITY, 2, 3);
    is_tail(dlu_stats_chi2_upper(INFINITY, 2), "chi2", INFINITY, 2, 0);
    const double no_df[] = {0, -1, INFINITY, NAN};
    for (size_t i = 0; i < COUNT(no_df); i++) {
        assert_true(isnan(dlu_stats_f_upper(2, no_df[i], 3)));
        assert_true(isnan(dlu_stats_f_upper(2, 3, no_df[i])));
        assert_true(isnan(dlu_stats_chi2_upper(2, no_df[i])));
        assert_true(isnan(dlu_stats_ln_gamma(no_df[i])));
    }
    assert_true(isnan(dlu_stats_chi2_upper(2, 1.1e6)) && isnan(dlu_stats_chi2_upper(-1, 2)));
    assert_true(isnan(dlu_stats_f_upper(-1, 2, 3)) && isnan(dlu_stats_f_upper(NAN, 2, 3)));
    assert_true(isnan(dlu_stats_z_quantile(0)) && isnan(dlu_stats_z_quantile(1)));
    gsl_set_error_handler(before);
    assert_int_equal(raised, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(what_cannot_be_tested_is_refused),
        cmocka_unit_test(effect_sizes_are_refused_likewise),
        cmocka_unit_test(level_unit_and_order_do_not_matter),
        cmocka_unit_test(gsl_never_raises),
    };
    return cmocka_run_group_tests_name("stats-spread", tests, NULL, NULL);
}
