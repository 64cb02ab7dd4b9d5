/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "many.h"

#include "stats/many.h"

#define MAX_ARMS 8u

/* A table of values and how many of them each arm has; the first arm is the control. */
typedef struct table {
    const char *name;
    const double *y;
    const size_t *n;
    size_t arms;
} table;

static const table tables[] = {{"screen", screen_y, screen_n, COUNT(screen_n)},
                               {"blood", blood_y, blood_n, COUNT(blood_n)},
                               {"uneven", uneven_y, uneven_n, COUNT(uneven_n)}};

typedef struct answer {
    dlu_versus rows[MAX_ARMS];
    dlu_screen_fit fit;
} answer;

static dlu_status of_table(const table *t, dlu_side side, answer *out)
{
    dlu_sample arms[MAX_ARMS];
    const double *y = t->y;
    for (size_t i = 0; i < t->arms; y += t->n[i], i++)
        arms[i] = (dlu_sample){y, t->n[i]};
    return dlu_stats_dunnett(arms[0], arms + 1, t->arms - 1, side, 0.05, out->rows, &out->fit);
}

static const dlu_blocked_data days = {days_y, days_cell, days_block, COUNT(days_y), 5, 4};

/* Every quantity of a screen asks again, so answers are kept. */
static const answer *of_name(const char *name, dlu_side side, dlu_status *status)
{
    static struct {
        bool done;
        dlu_status status;
        answer answer;
    } kept[COUNT(tables) + 1][3];
    size_t i = 0;
    while (i < COUNT(tables) && strcmp(tables[i].name, name) != 0)
        i++;
    if (!kept[i][side].done)
        kept[i][side].status =
            i < COUNT(tables)
                ? of_table(&tables[i], side, &kept[i][side].answer)
                : dlu_stats_dunnett_blocked(&days, 0, side, 0.05, kept[i][side].answer.rows,
                                            &kept[i][side].answer.fit);
    kept[i][side].done = true;
    *status = kept[i][side].status;
    return &kept[i][side].answer;
}

static double quantity_of_row(const answer *a, size_t i, const char *quantity)
{
    const dlu_versus *row = &a->rows[i];
    double share = row->se * row->se / a->fit.mse, n = (double)row->n; /* 1 / n + 1 / n_control */
    const struct {
        const char *name;
        double value;
    } known[] = {{"est", row->estimate},     {"t", row->t},
                 {"p_adj", row->p},          {"p_adj_less", row->p},
                 {"p_adj_greater", row->p},  {"lambda", sqrt(1 - 1 / (n * share))},
                 {"lo", row->low},           {"hi", row->high},
                 {"mse", a->fit.mse},        {"df", a->fit.df},
                 {"d_crit", a->fit.critical}};
    for (size_t k = 0; k < COUNT(known); k++)
        if (strcmp(known[k].name, quantity) == 0)
            return known[k].value;
    return NAN;
}

static bool compute_screen(const pinned *row, dlu_status *status, computed *result)
{
    char name[16];
    unsigned i = 0;
    if (sscanf(row->key, "%15s %u", name, &i) < 1)
        return false;
    const dlu_side side = strcmp(row->quantity, "p_adj_less") == 0      ? DLU_LESS
                          : strcmp(row->quantity, "p_adj_greater") == 0 ? DLU_GREATER
                                                                        : DLU_TWO_SIDED;
    const answer *a = of_name(name, side, status);
    result->other = *status == DLU_OK ? quantity_of_row(a, i, row->quantity) : NAN;
    return true;
}

static bool compute_critical(const pinned *row, dlu_status *status, computed *result)
{
    char side[8];
    unsigned n, n_control, k;
    double df;
    size_t sizes[32];
    if (sscanf(row->key, "critical %7s %u %u %u %lf", side, &n, &n_control, &k, &df) != 5 ||
        k > COUNT(sizes))
        return false;
    for (size_t i = 0; i < k; i++)
        sizes[i] = n;
    *status = dlu_stats_dunnett_critical(sizes, k, n_control, df,
                                         strcmp(side, "two") == 0 ? DLU_TWO_SIDED : DLU_LESS, 0.05,
                                         &result->other);
    return true;
}

/* A difference made so that the last of three treatments has the wanted t. */
static bool compute_chance(const pinned *row, dlu_status *status, computed *result)
{
    double t, df;
    dlu_arm_mean arms[] = {{0, 2}, {0, 3}, {0, 3}};
    dlu_versus rows[3];
    const dlu_screen screen = {{0, 4}, arms, 3, 1, 0};
    if (sscanf(row->key, "chance %lf %lf", &t, &df) != 2)
        return false;
    arms[2].mean = t * sqrt(1.0 / 3 + 1.0 / 4);
    dlu_screen given = screen;
    given.df = df;
    *status = dlu_stats_dunnett_means(&given, DLU_TWO_SIDED, 0.05, rows, NULL);
    result->other = rows[2].p;
    return true;
}

static dlu_status slope(const char *which, dlu_test *out)
{
    double score[COUNT(dose_y)];
    unsigned cell[COUNT(dose_y)], block[COUNT(dose_y)];
    const double c[] = {strcmp(which, "MUT") != 0, strcmp(which, "WT-MUT") == 0 ? -1
                                                   : strcmp(which, "MUT") == 0  ? 1
                                                                                : 0};
    for (unsigned i = 0; i < COUNT(dose_y); i++) {
        score[i] = i % 4;
        block[i] = i / 4 % 4;
        cell[i] = i / 16;
    }
    const dlu_dose_data data = {dose_y, score, cell, block, COUNT(dose_y), 2, 4};
    return dlu_stats_slope_per_block(&data, c, 0.05, out);
}

/* The double mutant by each of the errors there are. */
static dlu_status sites(const char *error, dlu_test *out)
{
    static const double c[] = DLU_NONADDITIVITY;
    double by_cell[8][5];
    unsigned cell[COUNT(sites_y)], block[COUNT(sites_y)];
    dlu_sample cells[8];
    for (unsigned i = 0; i < COUNT(sites_y); i++) {
        cell[i] = i % 8;
        block[i] = i / 8;
        by_cell[i % 8][i / 8] = sites_y[i];
    }
    for (size_t i = 0; i < 8; i++)
        cells[i] = (dlu_sample){by_cell[i], 5};
    const dlu_blocked_data data = {sites_y, cell, block, COUNT(sites_y), 8, 5};
    dlu_blocked_fit fit;
    if (strcmp(error, "block") == 0)
        return dlu_stats_per_block(&data, c, 0.05, out);
    if (strcmp(error, "welch") == 0)
        return dlu_stats_contrast(cells, c, 8, 0.05, out);
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    return status == DLU_OK ? dlu_stats_blocked_contrast(&fit, c, 0.05, out) : status;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    if (strncmp(row->key, "slope ", 6) == 0) {
        *status = slope(row->key + 6, &result->test);
        return true;
    }
    if (strncmp(row->key, "sites ", 6) == 0) {
        *status = sites(row->key + 6, &result->test);
        return true;
    }
    *take = take_other;
    if (strncmp(row->key, "critical ", 9) == 0)
        return compute_critical(row, status, result);
    if (strncmp(row->key, "chance ", 7) == 0)
        return compute_chance(row, status, result);
    return compute_screen(row, status, result);
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(many_rows, COUNT(many_rows), compute);
}

/* One treatment: nothing to adjust for, so everything is that of the t test. */
static void one_treatment_is_the_t_test(void **state)
{
    (void)state;
    static const double t[] = {0.01, 1.7, 5, 40};
    static const double df[] = {1, 1.5, 3, 17, 1e6};
    for (size_t i = 0; i < COUNT(t); i++)
        for (size_t j = 0; j < COUNT(df); j++) {
            const dlu_arm_mean arm = {-t[i] * sqrt(0.5), 3};
            const dlu_screen screen = {{0, 6}, &arm, 1, 1, df[j]};
            dlu_versus row, less;
            double limit;
            assert_int_equal(dlu_stats_dunnett_means(&screen, DLU_TWO_SIDED, 0.05, &row, &limit),
                             DLU_OK);
            assert_int_equal(dlu_stats_dunnett_means(&screen, DLU_LESS, 0.05, &less, NULL), DLU_OK);
            double p = dlu_stats_t_p(t[i], df[j]), upper = dlu_stats_t_upper(t[i], df[j]);
            assert_int_equal(row.p_is_bound, p < DLU_DUNNETT_P_FLOOR);
            assert_true(is_close(row.p, fmax(p, DLU_DUNNETT_P_FLOOR), 1e-7));
            assert_true(is_close(less.p, fmax(upper, DLU_DUNNETT_P_FLOOR), 1e-7));
            if (t[i] < 6)
                assert_true(is_close(row.p, p, df[j] < 2 ? 1e-8 : 1e-10));
            assert_true(is_close(limit, dlu_stats_t_quantile(0.025, df[j]), 1e-9));
        }
}

/* p = alpha exactly at the critical value; the sides mirror; more treatments, larger p. */
static void p_and_limit_agree(void **state)
{
    (void)state;
    double before = 0;
    for (size_t k = 1; k <= 6; k++) {
        dlu_arm_mean arms[6], mirrored[6];
        size_t n[6];
        dlu_versus rows[6], other[6];
        double limit, again;
        for (size_t i = 0; i < k; i++)
            n[i] = 2 + i % 3;
        assert_int_equal(dlu_stats_dunnett_critical(n, k, 5, 9, DLU_GREATER, 0.01, &limit), DLU_OK);
        assert_true(limit > before);
        before = limit;
        for (size_t i = 0; i < k; i++) {
            arms[i] = (dlu_arm_mean){1 + limit * sqrt(0.3 * (1 / (double)n[i] + 0.2)), n[i]};
            mirrored[i] = (dlu_arm_mean){-arms[i].mean, n[i]};
        }
        const dlu_screen screen = {{1, 5}, arms, k, 0.3, 9},
                         mirror = {{-1, 5}, mirrored, k, 0.3, 9};
        assert_int_equal(dlu_stats_dunnett_means(&screen, DLU_GREATER, 0.01, rows, &again), DLU_OK);
        assert_int_equal(dlu_stats_dunnett_means(&mirror, DLU_LESS, 0.01, other, NULL), DLU_OK);
        assert_true(again == limit);
        for (size_t i = 0; i < k; i++) {
            assert_true(is_close(rows[i].p, 0.01, 1e-9));
            assert_true(fabs(rows[i].low) < 1e-9 && rows[i].high == INFINITY);
            assert_true(is_close(other[i].p, rows[i].p, 1e-12));
            assert_true(is_close(other[i].high, -rows[i].low, 1) && other[i].low == -INFINITY);
        }
    }
}

/* A day that lacks an arm is left out, and the order of the values is nothing. */
static void incomplete_days_are_left_out(void **state)
{
    (void)state;
    double y[COUNT(days_y)];
    unsigned cell[COUNT(days_y)], block[COUNT(days_y)];
    answer b;
    dlu_status status;
    const answer *a = of_name("days", DLU_TWO_SIDED, &status);
    assert_int_equal(status, DLU_OK);
    for (size_t i = 0; i < COUNT(y); i++) {
        size_t from = COUNT(y) - 1 - i;
        y[i] = days_y[from] + 3 * days_block[from];
        cell[i] = (days_cell[from] + 1) % 5; /* the control is now cell 1 */
        block[i] = 3 - days_block[from];
    }
    const dlu_blocked_data turned = {y, cell, block, COUNT(y), 5, 4};
    assert_int_equal(dlu_stats_dunnett_blocked(&turned, 1, DLU_TWO_SIDED, 0.05, b.rows, &b.fit),
                     DLU_OK);
    assert_int_equal(a->fit.n_blocks, 3);
    assert_true(a->fit.df == 8 && is_close(a->fit.mse, b.fit.mse, 1e-11));
    for (size_t i = 0; i < 4; i++) /* cell 4 became 0 and stands first */
        assert_true(is_close(b.rows[(i + 1) % 4].p, a->rows[i].p, 1e-9));
}

static void screens_that_are_none_are_refused(void **state)
{
    (void)state;
    static const double good[] = {0.1, 0.3, 0.2}, still[] = {0.1, 0.1, 0.1}, bad[] = {0.1, NAN, 0};
    static dlu_sample many[DLU_MAX_TREATMENTS + 1];
    static dlu_versus rows[DLU_MAX_TREATMENTS + 1];
    const dlu_sample arms[] = {SAMPLE(good), {good, 1}, {good, 0}, SAMPLE(bad), SAMPLE(still)};
    dlu_screen_fit fit;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = SAMPLE(good);
    const struct {
        dlu_sample control;
        const dlu_sample *arms;
        size_t k;
        double alpha;
        dlu_status status;
    } cases[] = {{SAMPLE(good), arms, 2, 0.05, DLU_OK},
                 {SAMPLE(good), arms, 0, 0.05, DLU_E_USAGE},
                 {SAMPLE(good), arms, 1, 1, DLU_E_USAGE},
                 {SAMPLE(good), arms, 1, NAN, DLU_E_USAGE},
                 {SAMPLE(good), arms, 1, 1e-13, DLU_E_USAGE},
                 {SAMPLE(good), arms, 3, 0.05, DLU_E_TOO_FEW},
                 {{good, 1}, arms + 1, 1, 0.05, DLU_E_TOO_FEW},
                 {SAMPLE(good), arms + 3, 1, 0.05, DLU_E_INPUT},
                 {SAMPLE(still), arms + 4, 1, 0.05, DLU_E_NO_VARIANCE},
                 {SAMPLE(good), many, DLU_MAX_TREATMENTS, 0.05, DLU_OK},
                 {SAMPLE(good), many, DLU_MAX_TREATMENTS + 1, 0.05, DLU_E_LIMIT}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        dlu_status status = dlu_stats_dunnett(cases[i].control, cases[i].arms, cases[i].k, DLU_LESS,
                                              cases[i].alpha, rows, &fit);
        if (status != cases[i].status)
            fail_msg("case %zu: status %d", i, (int)status);
    }
    dlu_blocked_data few = days;
    few.n = 9;
    assert_int_equal(dlu_stats_dunnett_blocked(&few, 0, DLU_LESS, 0.05, rows, &fit), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_dunnett_blocked(&days, 5, DLU_LESS, 0.05, rows, &fit), DLU_E_INPUT);
    few = days;
    few.n_cells = 1;
    assert_int_equal(dlu_stats_dunnett_blocked(&few, 0, DLU_LESS, 0.05, rows, &fit), DLU_E_USAGE);
}

static void slopes_need_two_scores_and_two_blocks(void **state)
{
    (void)state;
    static const double y[] = {0.1, 0.4, 0.2, 0.3, 0.7, 0.1}, score[] = {0, 1, 0, 1, 2, 2};
    static const unsigned cell[] = {0, 0, 0, 0, 0, 0}, block[] = {0, 0, 1, 1, 2, 2};
    static const double c[] = {1}, none[] = {0};
    dlu_dose_data data = {y, score, cell, block, 6, 1, 3};
    dlu_test test;
    double value;
    assert_false(dlu_stats_block_slope(&data, 0, 2, &value));
    assert_true(dlu_stats_block_slope(&data, 0, 1, &value) && is_close(value, 0.1, 1e-14));
    assert_int_equal(dlu_stats_slope_per_block(&data, c, 0.05, &test), DLU_OK);
    assert_int_equal(test.n, 2);
    assert_true(is_close(test.estimate, 0.2, 1e-14));
    assert_int_equal(dlu_stats_slope_per_block(&data, none, 0.05, &test), DLU_E_USAGE);
    data.n = 3;
    assert_int_equal(dlu_stats_slope_per_block(&data, c, 0.05, &test), DLU_E_TOO_FEW);
    data.n = 6;
    data.n_blocks = 2;
    assert_int_equal(dlu_stats_slope_per_block(&data, c, 0.05, &test), DLU_E_INPUT);
}

/* Slopes that are equal but for rounding are no variance. */
static void equal_slopes_are_no_variance(void **state)
{
    (void)state;
    static const unsigned cell[] = {0, 0, 0, 0, 0, 0, 0, 0, 0},
                          block[] = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    static const double score[] = {0, 1, 2, 0, 1, 2, 0, 1, 2}, c[] = {1};
    double y[9];
    dlu_test test;
    for (size_t i = 0; i < 9; i++)
        y[i] = 0.1 * score[i] + 0.7 * block[i];
    const dlu_dose_data data = {y, score, cell, block, 9, 1, 3};
    assert_int_equal(dlu_stats_slope_per_block(&data, c, 0.05, &test), DLU_E_NO_VARIANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(one_treatment_is_the_t_test),
        cmocka_unit_test(p_and_limit_agree),
        cmocka_unit_test(incomplete_days_are_left_out),
        cmocka_unit_test(screens_that_are_none_are_refused),
        cmocka_unit_test(slopes_need_two_scores_and_two_blocks),
        cmocka_unit_test(equal_slopes_are_no_variance),
    };
    return cmocka_run_group_tests_name("stats-many", tests, NULL, NULL);
}
