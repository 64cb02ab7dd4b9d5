/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate_quality.h"

#include "base/moments.h"
#include "stats/diagnostics.h"

#define MAX_WELLS 96u

static const struct {
    const char *key;
    const double *y;
    size_t n_rows;
    size_t n_cols;
} tables[] = {{"plate", plate, 8, 12}, {"holes", holes, 8, 12}, {"tall", tall, 4, 3}};

/* A polished table with its B scores. */
typedef struct polished {
    dlu_polish polish;
    double rows[8];
    double cols[12];
    double residuals[MAX_WELLS];
    double scores[MAX_WELLS];
} polished;

static dlu_status polish_table(const double *y, size_t n_rows, size_t n_cols, polished *out)
{
    *out = (polished){.polish = {0}};
    out->polish.rows = out->rows;
    out->polish.cols = out->cols;
    out->polish.residuals = out->residuals;
    dlu_status status = dlu_stats_median_polish(y, n_rows, n_cols, &out->polish);
    if (status != DLU_OK)
        return status;
    assert_true(out->polish.converged);
    return dlu_stats_b_scores(&out->polish, n_rows, n_cols, out->scores);
}

static bool look_at_table(const pinned *row, dlu_status *status, double *value)
{
    size_t i, j;
    for (size_t t = 0; t < COUNT(tables); t++) {
        polished p;
        if (strcmp(tables[t].key, row->key) != 0)
            continue;
        *status = polish_table(tables[t].y, tables[t].n_rows, tables[t].n_cols, &p);
        if (sscanf(row->quantity, "row[%zu]", &i) == 1)
            *value = p.rows[i - 1];
        else if (sscanf(row->quantity, "col[%zu]", &j) == 1)
            *value = p.cols[j - 1];
        else if (sscanf(row->quantity, "B[%zu,%zu]", &i, &j) == 2)
            *value = p.scores[(i - 1) * tables[t].n_cols + j - 1];
        else if (strcmp(row->quantity, "overall") == 0)
            *value = p.polish.overall;
        else /* the divisor of the scores */
            *value = p.residuals[1] / p.scores[1];
        if (strcmp(row->quantity, "mad") == 0 && isnan(*value))
            *value = p.residuals[2] / p.scores[2];
        return true;
    }
    return false;
}

static void logs(const double *x, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = log(x[i]);
}

static bool look_at_controls(const pinned *row, dlu_status *status, double *value)
{
    double p[COUNT(positive)], n[COUNT(negative)];
    const char *what = row->quantity;
    if (strcmp(row->key, "controls") != 0)
        return false;
    logs(positive, COUNT(positive), p);
    logs(negative, COUNT(negative), n);
    if (strcmp(what, "zprime_raw") == 0)
        *status = dlu_stats_zprime(SAMPLE(positive), SAMPLE(negative), DLU_CENTRE_MEAN, value);
    else if (strcmp(what, "zprime_log") == 0)
        *status = dlu_stats_zprime(SAMPLE(p), SAMPLE(n), DLU_CENTRE_MEAN, value);
    else if (strcmp(what, "zprime_robust_log") == 0)
        *status = dlu_stats_zprime(SAMPLE(p), SAMPLE(n), DLU_CENTRE_MEDIAN, value);
    else if (strcmp(what, "ssmd_log") == 0)
        *status = dlu_stats_ssmd(SAMPLE(p), SAMPLE(n), value);
    else if (strcmp(what, "cv_neg") == 0)
        *status = dlu_stats_cv(SAMPLE(negative), value);
    else if (strcmp(what, "cv_neg_log") == 0)
        *value = dlu_stats_cv_of_ln(dlu_sd(n, COUNT(n)));
    else if (strcmp(what, "SB") == 0)
        *value = dlu_mean(negative, COUNT(negative)) / dlu_mean(positive, COUNT(positive));
    return true;
}

static bool is_edge(size_t well)
{
    size_t row = well / 12, col = well % 12;
    return row == 0 || row == 7 || col == 0 || col == 11;
}

static bool look_at_edge(const pinned *row, dlu_status *status, dlu_test *test)
{
    unsigned arm[MAX_WELLS];
    bool edge[MAX_WELLS];
    double outer[MAX_WELLS], inner[MAX_WELLS];
    size_t n_outer = 0, n_inner = 0;
    bool of_arms = strcmp(row->key, "edge of arms") == 0;
    if (strncmp(row->key, "edge", 4) != 0)
        return false;
    for (size_t i = 0; i < MAX_WELLS; i++) {
        edge[i] = is_edge(i);
        arm[i] = of_arms ? (unsigned)(i % 12 / 3) : 0;
        if (edge[i])
            outer[n_outer++] = plate[i];
        else
            inner[n_inner++] = plate[i];
    }
    const dlu_wells wells = {plate, arm, MAX_WELLS, 4};
    if (strcmp(row->key, "edge bare") == 0)
        *status =
            dlu_stats_welch((dlu_sample){outer, n_outer}, (dlu_sample){inner, n_inner}, 0.05, test);
    else
        *status = dlu_stats_edge(&wells, edge, 0.05, test);
    return true;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    if (look_at_edge(row, status, &result->test))
        return true;
    *take = take_other;
    return look_at_table(row, status, &result->other) ||
           look_at_controls(row, status, &result->other);
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(plate_rows, COUNT(plate_rows), compute);
}

static void the_parts_sum_to_the_table(void **state)
{
    (void)state;
    for (size_t t = 0; t < COUNT(tables); t++) {
        polished p;
        size_t n_cols = tables[t].n_cols;
        assert_int_equal(polish_table(tables[t].y, tables[t].n_rows, n_cols, &p), DLU_OK);
        for (size_t i = 0; i < tables[t].n_rows * n_cols; i++) {
            double sum =
                p.polish.overall + p.rows[i / n_cols] + p.cols[i % n_cols] + p.residuals[i];
            assert_true(isnan(tables[t].y[i]) == isnan(sum));
            assert_true(isnan(sum) || fabs(sum - tables[t].y[i]) < 1e-13);
        }
    }
}

static void tables_without_noise_have_no_scores(void **state)
{
    (void)state;
    double y[MAX_WELLS];
    polished p;
    for (size_t i = 0; i < MAX_WELLS; i++)
        y[i] = 100.1 + 0.3 * (double)(i / 12) - 0.7 * (double)(i % 12);
    assert_int_equal(polish_table(y, 8, 12, &p), DLU_E_NO_VARIANCE);
    assert_true(fabs(p.residuals[17]) < 1e-12);
    y[17] += 5; /* one well does not move a median */
    assert_int_equal(polish_table(y, 8, 12, &p), DLU_E_NO_VARIANCE);
    assert_true(is_close(p.residuals[17], 5, 1e-12));
    y[0] = INFINITY;
    assert_int_equal(polish_table(y, 8, 12, &p), DLU_E_INPUT);
    for (size_t i = 0; i < MAX_WELLS; i++)
        y[i] = i < 3 ? (double)i : NAN;
    assert_int_equal(polish_table(y, 8, 12, &p), DLU_E_TOO_FEW);
    assert_int_equal(polish_table(plate, 1, 12, &p), DLU_E_TOO_FEW);
    assert_int_equal(polish_table(plate, 8, 1, &p), DLU_E_TOO_FEW);
    assert_int_equal(polish_table(plate, 0, 0, &p), DLU_E_TOO_FEW);
    assert_int_equal(polish_table(plate, SIZE_MAX / 4, 5, &p), DLU_E_LIMIT);
}

/* What the two Z', SSMD and CV say. */
static void controls_say(dlu_sample a, dlu_sample b, dlu_status mean, dlu_status median,
                         dlu_status ssmd, dlu_status cv)
{
    double z = 7;
    assert_int_equal(dlu_stats_zprime(a, b, DLU_CENTRE_MEAN, &z), mean);
    assert_true(mean == DLU_OK || z == 7);
    assert_int_equal(dlu_stats_zprime(a, b, DLU_CENTRE_MEDIAN, &z), median);
    assert_int_equal(dlu_stats_ssmd(a, b, &z), ssmd);
    assert_int_equal(dlu_stats_cv(a, &z), cv);
}

static void controls_that_tell_nothing_are_refused(void **state)
{
    (void)state;
    static const double same[] = {2, 2, 2}, bad[] = {1, NAN, 3}, about_0[] = {-1, -1, 1, 1},
                        mostly[] = {2, 2, 3};
    const dlu_status ok = DLU_OK, none = DLU_E_NO_VARIANCE, few = DLU_E_TOO_FEW;
    const dlu_sample p = SAMPLE(positive), n = SAMPLE(negative);
    controls_say(p, n, ok, ok, ok, ok);
    controls_say((dlu_sample){positive, 1}, n, few, few, few, few);
    controls_say(SAMPLE(bad), n, DLU_E_INPUT, DLU_E_INPUT, DLU_E_INPUT, DLU_E_INPUT);
    controls_say(SAMPLE(same), SAMPLE(same), none, none, none, ok);
    controls_say(SAMPLE(same), n, ok, ok, ok, ok);
    controls_say(SAMPLE(mostly), SAMPLE(same), ok, none, ok, ok);
    controls_say(p, p, DLU_E_NOT_ESTIMABLE, DLU_E_NOT_ESTIMABLE, ok, ok);
    controls_say(SAMPLE(about_0), n, ok, ok, ok, DLU_E_NOT_ESTIMABLE);
}

static void edges_that_tell_nothing_are_refused(void **state)
{
    (void)state;
    static const double y[] = {0.1, 0.4, 0.2, 0.6, 0.3, 0.9}, apart[] = {3.1, 3.1, 5, 5, 9, 9};
    static const unsigned arm[] = {0, 0, 1, 1, 2, 2};
    static const bool half[] = {true, false, true, false, true, false}, all[6] = {0},
                      one[] = {true, false, false, false, false, false};
    const dlu_wells wells = {y, arm, 6, 3}, flat = {apart, arm, 6, 3}, short_of = {y, arm, 6, 2};
    dlu_test test;
    assert_int_equal(dlu_stats_edge(&wells, half, 0.05, &test), DLU_OK);
    assert_true(test.estimate < 0 && test.n == 6);
    assert_int_equal(dlu_stats_edge(&wells, all, 0.05, &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_edge(&wells, one, 0.05, &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_edge(&flat, half, 0.05, &test), DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_edge(&short_of, half, 0.05, &test), DLU_E_INPUT);
    assert_int_equal(dlu_stats_edge(&wells, half, 1, &test), DLU_E_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(the_parts_sum_to_the_table),
        cmocka_unit_test(tables_without_noise_have_no_scores),
        cmocka_unit_test(controls_that_tell_nothing_are_refused),
        cmocka_unit_test(edges_that_tell_nothing_are_refused),
    };
    return cmocka_run_group_tests_name("stats-plate-quality", tests, NULL, NULL);
}
