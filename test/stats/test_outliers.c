/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outliers.h"
#include "stats/diagnostics.h"

#define N_UNITS 24u

static double quantity_of_well(const dlu_well_residual *r, const char *name)
{
    const struct {
        const char *name;
        double value;
    } known[] = {{"e", r->residual},          {"r_internal", r->internal},
                 {"t_external", r->external}, {"df", r->df},
                 {"p_bonf", r->p_bonferroni}, {"tested", r->tested},
                 {"n_wells", COUNT(wells_y)}};
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].value;
    return NAN;
}

static bool look_at_wells(const pinned *row, dlu_status *status, double *value)
{
    dlu_well_residual residuals[COUNT(wells_y)];
    double y[COUNT(wells_y)];
    unsigned unit[COUNT(wells_y)];
    size_t k, n = 0;
    bool lone = sscanf(row->key, "lone %zu", &k) == 1;
    if (strcmp(row->key, "technical") == 0) {
        const dlu_wells wells = {wells_y, wells_unit, COUNT(wells_y), N_UNITS};
        dlu_technical t = {0};
        *status = dlu_stats_technical(&wells, &t);
        *value = row->quantity[0] == 's' ? t.sd : row->quantity[0] == 'c' ? t.cv : t.df;
        return true;
    }
    if (!lone && sscanf(row->key, "well %zu", &k) != 1)
        return false;
    for (size_t i = 0; i < COUNT(wells_y); i++)
        if (!lone || (i != 1 && i != 2)) {
            y[n] = wells_y[i];
            unit[n++] = wells_unit[i];
        }
    const dlu_wells wells = {y, unit, n, N_UNITS};
    *status = dlu_stats_well_residuals(&wells, residuals);
    *value = quantity_of_well(&residuals[k], row->quantity);
    return true;
}

static bool test_uranium(const pinned *row, dlu_status *status, double *value)
{
    dlu_extreme extreme = strcmp(row->key, "uranium low") == 0 ? DLU_EXTREME_LOW
                          : strstr(row->quantity, "one_sided") ? DLU_EXTREME_HIGH
                                                               : DLU_EXTREME_EITHER;
    double z[COUNT(uranium)];
    size_t i;
    dlu_grubbs g = {0};
    if (strncmp(row->key, "uranium", 7) != 0)
        return false;
    if (sscanf(row->quantity, "Mz[%zu]", &i) == 1) {
        *status = dlu_stats_modified_z(SAMPLE(uranium), z);
        *value = z[i - 1];
        return true;
    }
    *status = dlu_stats_grubbs(SAMPLE(uranium), 0.05, extreme, &g);
    assert_int_equal(g.index, extreme == DLU_EXTREME_LOW ? 0 : 7);
    *value = row->quantity[0] == 'G' ? g.g : row->quantity[0] == 'p' ? g.p : g.critical;
    return true;
}

static bool step_through(const pinned *row, dlu_status *status, double *value)
{
    dlu_esd_step steps[10];
    size_t i = 1, n_outliers = 0;
    if (strcmp(row->key, "steps") != 0 && sscanf(row->key, "step %zu", &i) != 1)
        return false;
    *status = dlu_stats_esd(SAMPLE(rosner), COUNT(steps), 0.05, steps, &n_outliers);
    *value = strcmp(row->quantity, "n_outliers") == 0 ? (double)n_outliers
             : strcmp(row->quantity, "R") == 0        ? steps[i - 1].r
             : strcmp(row->quantity, "lambda") == 0   ? steps[i - 1].lambda
                                                      : rosner[steps[i - 1].index];
    return true;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    size_t n;
    double alpha;
    int tails;
    *take = take_other;
    if (sscanf(row->key, "critical %zu %lf %d", &n, &alpha, &tails) == 3) {
        result->other =
            dlu_stats_grubbs_critical(n, alpha, tails == 2 ? DLU_EXTREME_EITHER : DLU_EXTREME_HIGH);
        return true;
    }
    return test_uranium(row, status, &result->other) || step_through(row, status, &result->other) ||
           look_at_wells(row, status, &result->other);
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(outliers_rows, COUNT(outliers_rows), compute);
}

/* What Grubbs' test, Rosner's and the modified z say of a group. */
static void all_say(dlu_sample x, dlu_status means, dlu_status medians)
{
    dlu_grubbs g = {.p = 7};
    dlu_esd_step steps[3] = {{.r = 7}};
    size_t n = 7;
    double z[16] = {7};
    assert_true(x.n <= COUNT(z));
    assert_int_equal(dlu_stats_grubbs(x, 0.05, DLU_EXTREME_EITHER, &g), means);
    assert_int_equal(dlu_stats_esd(x, COUNT(steps), 0.05, steps, &n), means);
    assert_int_equal(dlu_stats_modified_z(x, z), medians);
    assert_true((means == DLU_OK) == (g.p != 7) && (means == DLU_OK) == (n != 7));
    assert_true((means == DLU_OK) == (steps[0].r != 7) && (medians == DLU_OK) == (z[0] != 7));
}

static void what_cannot_be_tested_is_refused(void **state)
{
    (void)state;
    static const double nan_in[] = {1, 2, 3, NAN, 5, 6, 7}, inf_in[] = {1, 2, 3, INFINITY, 5, 6, 7},
                        same[] = {2, 2, 2, 2, 2, 2, 2}, half[] = {2, 2, 2, 2, 5, 6, 7},
                        rounding[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000.0000000000001};
    dlu_grubbs g;
    dlu_esd_step steps[8];
    size_t n;
    all_say(SAMPLE(uranium), DLU_OK, DLU_OK);
    all_say((dlu_sample){uranium, 6}, DLU_E_TOO_FEW, DLU_E_TOO_FEW);
    all_say((dlu_sample){uranium, 0}, DLU_E_TOO_FEW, DLU_E_TOO_FEW);
    all_say(SAMPLE(nan_in), DLU_E_INPUT, DLU_E_INPUT);
    all_say(SAMPLE(inf_in), DLU_E_INPUT, DLU_E_INPUT);
    all_say(SAMPLE(same), DLU_E_NO_VARIANCE, DLU_E_NO_VARIANCE);
    all_say(SAMPLE(rounding), DLU_E_NO_VARIANCE, DLU_E_NO_VARIANCE);
    all_say(SAMPLE(half), DLU_OK, DLU_E_NO_VARIANCE);
    const double alphas[] = {0, 1, -0.1, NAN};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        assert_int_equal(dlu_stats_grubbs(SAMPLE(uranium), alphas[i], DLU_EXTREME_LOW, &g),
                         DLU_E_USAGE);
        assert_int_equal(dlu_stats_esd(SAMPLE(uranium), 1, alphas[i], steps, &n), DLU_E_USAGE);
        assert_true(isnan(dlu_stats_grubbs_critical(8, alphas[i], DLU_EXTREME_EITHER)));
    }
    assert_true(isnan(dlu_stats_grubbs_critical(2, 0.05, DLU_EXTREME_EITHER)));
    assert_int_equal(dlu_stats_esd(SAMPLE(uranium), 0, 0.05, steps, &n), DLU_E_USAGE);
    assert_int_equal(dlu_stats_esd(SAMPLE(uranium), 7, 0.05, steps, &n), DLU_E_USAGE);
    assert_int_equal(dlu_stats_esd(SAMPLE(uranium), 6, 0.05, steps, &n), DLU_OK);
}

/* Once the one that differs is out, nothing deviates any more. */
static void equal_values_hide_nothing(void **state)
{
    (void)state;
    static const double x[] = {2, 2, 2, 2, 9, 2, 2, 2, 2};
    dlu_esd_step steps[3];
    dlu_grubbs g;
    size_t n;
    assert_int_equal(dlu_stats_esd(SAMPLE(x), 3, 0.05, steps, &n), DLU_OK);
    assert_true(n == 1 && steps[0].index == 4 && steps[1].r == 0 && steps[2].r == 0);
    assert_int_equal(dlu_stats_grubbs(SAMPLE(x), 0.05, DLU_EXTREME_HIGH, &g), DLU_OK);
    assert_true(g.index == 4 && is_close(g.g, 8. / 3, 1e-14) && g.p > 0 && g.p < 1e-12);
    /* Two alike on both sides of the mean: the first is named. */
    static const double even[] = {-3, 0, 0, 0, 0, 0, 3};
    assert_int_equal(dlu_stats_grubbs(SAMPLE(even), 0.05, DLU_EXTREME_EITHER, &g), DLU_OK);
    assert_int_equal(g.index, 0);
}

static void wells_that_cannot_be_compared_are_refused(void **state)
{
    (void)state;
    static const double y[] = {0.1, 0.2, 0.5, 0.5, 0.7, 0.7}, bad[] = {0.1, NAN, 0.5, 0.5, 1, 1};
    static const unsigned unit[] = {0, 0, 1, 1, 2, 2}, alone[] = {0, 1, 2, 3, 4, 5},
                          off[] = {0, 0, 1, 1, 2, 6};
    const struct {
        dlu_wells wells;
        dlu_status technical;
        dlu_status residuals;
    } cases[] = {{{y, unit, 6, 6}, DLU_OK, DLU_OK},
                 {{y, unit, 2, 6}, DLU_OK, DLU_E_TOO_FEW},
                 {{y, unit, 0, 6}, DLU_E_TOO_FEW, DLU_E_TOO_FEW},
                 {{y, unit, 0, 0}, DLU_E_TOO_FEW, DLU_E_TOO_FEW},
                 {{y, alone, 6, 6}, DLU_E_TOO_FEW, DLU_E_TOO_FEW},
                 {{y, off, 6, 6}, DLU_E_INPUT, DLU_E_INPUT},
                 {{bad, unit, 6, 6}, DLU_E_INPUT, DLU_E_INPUT},
                 {{y + 2, unit + 2, 4, 6}, DLU_E_NO_VARIANCE, DLU_E_NO_VARIANCE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        dlu_technical t;
        dlu_well_residual r[6];
        assert_int_equal(dlu_stats_technical(&cases[i].wells, &t), cases[i].technical);
        assert_int_equal(dlu_stats_well_residuals(&cases[i].wells, r), cases[i].residuals);
    }
    /* All others agree to the last digit: nothing to measure the first two wells by. */
    dlu_well_residual r[6];
    assert_int_equal(dlu_stats_well_residuals(&cases[0].wells, r), DLU_OK);
    assert_false(r[0].tested || r[1].tested);
    assert_true(r[0].p_bonferroni == 1 && is_close(r[0].residual, -0.05, 1e-14));
    assert_true(r[2].tested && fabs(r[2].external) < 1e-14 && r[2].p > 1 - 1e-14);
}

/* In 1/1024, so that the levels of units, some large, are added without rounding. */
static void order_and_level_do_not_matter(void **state)
{
    (void)state;
    double y[COUNT(wells_y)], moved[COUNT(wells_y)];
    unsigned unit[COUNT(wells_y)];
    dlu_well_residual first[COUNT(wells_y)], other[COUNT(wells_y)];
    const size_t n = COUNT(wells_y);
    for (size_t i = 0; i < n; i++)
        y[i] = round(wells_y[i] * 1024) / 1024;
    for (size_t i = 0; i < n; i++) {
        unit[i] = N_UNITS - 1 - wells_unit[n - 1 - i];
        moved[i] = y[n - 1 - i] + 65536.0 * unit[i];
    }
    const dlu_wells wells = {y, wells_unit, n, N_UNITS}, turned = {moved, unit, n, N_UNITS};
    assert_int_equal(dlu_stats_well_residuals(&wells, first), DLU_OK);
    assert_int_equal(dlu_stats_well_residuals(&turned, other), DLU_OK);
    for (size_t i = 0; i < n; i++) {
        assert_true(fabs(other[n - 1 - i].residual - first[i].residual) < 1e-12);
        assert_true(fabs(other[n - 1 - i].external - first[i].external) < 1e-10);
        assert_true(is_close(other[n - 1 - i].p, first[i].p, 1e-9));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(what_cannot_be_tested_is_refused),
        cmocka_unit_test(equal_values_hide_nothing),
        cmocka_unit_test(wells_that_cannot_be_compared_are_refused),
        cmocka_unit_test(order_and_level_do_not_matter),
    };
    return cmocka_run_group_tests_name("stats-outliers", tests, NULL, NULL);
}
