/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics.h"
#include "ranks.h"
#include "stats/diagnostics.h"
#include "unblocked.h"

#define PAIR(key, a, b)                                                                            \
    {                                                                                              \
        key, VALUES(a), VALUES(b)                                                                  \
    }

static const struct {
    const char *key;
    dlu_sample a;
    dlu_sample b;
} pairs[] = {
    PAIR("four WT", four_WT_mir, four_WT_scr),
    PAIR("four MUT", four_MUT_mir, four_MUT_scr),
    PAIR("group n2", n2_a, n2_b),
    PAIR("group zero_one", zero_one_a, zero_one_b),
    PAIR("group zero_both", zero_both_a, zero_both_b),
    PAIR("group zero_both_equal", zero_both_equal_a, zero_both_equal_b),
    PAIR("group ties", ties_a, ties_b),
    PAIR("group n1", n1_a, n1_b),
    PAIR("group tiny", tiny_a, tiny_b),
    PAIR("group prenorm", prenorm_a, prenorm_b),
    PAIR("pair small", pair_small_a, pair_small_b),
    PAIR("pair one", pair_one_a, pair_one_b),
    PAIR("pair large", pair_large_a, pair_large_b),
    PAIR("pair larger", pair_larger_a, pair_larger_b),
    PAIR("pair tied", pair_tied_a, pair_tied_b),
};

static const struct {
    const char *key;
    dlu_sample d;
} differences[] = {
    {"differences three", VALUES(differences_three)},
    {"differences seven", VALUES(differences_seven)},
    {"differences tied", VALUES(differences_tied)},
    {"differences zero", VALUES(differences_zero)},
    {"differences even", VALUES(differences_even)},
    {"differences large", VALUES(differences_large)},
    {"differences larger", VALUES(differences_larger)},
};

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    dlu_rank_test test = {0};
    bool known = false;
    *take = take_other;
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (strcmp(pairs[i].key, row->key) == 0) {
            if (strcmp(row->quantity, "W") == 0) { /* there also where there is no test */
                result->other = dlu_stats_mann_whitney_w(pairs[i].a, pairs[i].b);
                return true;
            }
            *status = dlu_stats_mann_whitney(pairs[i].a, pairs[i].b, &test);
            known = true;
        }
    for (size_t i = 0; i < COUNT(differences); i++)
        if (strcmp(differences[i].key, row->key) == 0) {
            *status = dlu_stats_signed_rank(differences[i].d, &test);
            known = true;
        }
    result->other = strcmp(row->quantity, "V") == 0 ? test.statistic : test.p;
    return known;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(ranks_rows, COUNT(ranks_rows), compute);
}

/* The smallest p stands for what the exact distribution gives at its end. */
static void the_least_p_is_that_of_the_extreme(void **state)
{
    (void)state;
    double below[20], above[20];
    dlu_rank_test test;
    for (size_t i = 0; i < 20; i++) {
        below[i] = -1 - (double)i;
        above[i] = 1 + (double)i;
    }
    for (size_t n = 1; n <= 20; n++) {
        for (size_t m = 1; m <= 20; m++) {
            const dlu_sample a = {below, n}, b = {above, m};
            assert_int_equal(dlu_stats_mann_whitney(a, b, &test), DLU_OK);
            assert_true(test.exact && test.statistic == 0);
            assert_true(is_close(test.p, test.least_p, 1e-12));
            assert_true(is_close(dlu_stats_mann_whitney_least_p(m, n), test.p, 1e-12));
            assert_int_equal(dlu_stats_mann_whitney(b, a, &test), DLU_OK);
            assert_true(test.statistic == (double)(n * m));
            assert_true(is_close(test.p, test.least_p, 1e-12));
        }
        assert_int_equal(dlu_stats_signed_rank((dlu_sample){below, n}, &test), DLU_OK);
        assert_true(test.exact && test.statistic == 0);
        assert_true(is_close(test.p, test.least_p, 1e-12));
    }
    assert_true(is_close(dlu_stats_mann_whitney_least_p(3, 3), 0.1, 1e-15));
    assert_true(is_close(dlu_stats_signed_rank_least_p(3), 0.25, 1e-15));
    assert_true(dlu_stats_mann_whitney_least_p(5000, 5000) > 0);
    assert_true(dlu_stats_signed_rank_least_p(5000) > 0 && dlu_stats_signed_rank_least_p(0) == 1);
}

static void what_cannot_be_ranked_is_refused(void **state)
{
    (void)state;
    static const double good[] = {0.1, 0.2}, bad[] = {0.1, NAN}, zeros[] = {0, 0, 0};
    const dlu_sample none = {good, 0};
    dlu_rank_test test = {.p = 7};
    assert_int_equal(dlu_stats_mann_whitney(none, SAMPLE(good), &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_mann_whitney(SAMPLE(good), none, &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_mann_whitney(SAMPLE(bad), SAMPLE(good), &test), DLU_E_INPUT);
    assert_int_equal(dlu_stats_mann_whitney(SAMPLE(good), SAMPLE(bad), &test), DLU_E_INPUT);
    assert_int_equal(dlu_stats_mann_whitney(SAMPLE(zeros), SAMPLE(zeros), &test),
                     DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_signed_rank(none, &test), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_signed_rank(SAMPLE(bad), &test), DLU_E_INPUT);
    assert_int_equal(dlu_stats_signed_rank(SAMPLE(zeros), &test), DLU_E_NO_VARIANCE);
    assert_true(test.p == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(the_least_p_is_that_of_the_extreme),
        cmocka_unit_test(what_cannot_be_ranked_is_refused),
    };
    return cmocka_run_group_tests_name("stats-ranks", tests, NULL, NULL);
}
