/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/history.h>

/* The rules on series made up for each. */

#define R(rule) (UINT32_C(1) << DLU_WESTGARD_##rule)
#define MOST    12

static const struct {
    const char *what;
    size_t n;
    double z[MOST];
    uint32_t rules[MOST];
} cases[] = {
    {"at 2 SD is not beyond", 3, {2, -2, 2}, {0, 0, 0}},
    {"one beyond 2 SD", 3, {0, 2.1, 0}, {0, R(1_2S), 0}},
    {"one beyond 3 SD", 2, {-3.1, 0}, {R(1_2S) | R(1_3S), 0}},
    {"two beyond 2 SD on one side", 2, {2.1, 2.5}, {R(1_2S), R(1_2S) | R(2_2S)}},
    {"two beyond 2 SD on both sides", 2, {-2.1, 2.5}, {R(1_2S), R(1_2S) | R(R_4S)}},
    {"four apart are no four in a row", 5, {1.1, 1.1, 1.1, 0.9, 1.1}, {0}},
    {"four beyond 1 SD", 5, {0, -1.1, -1.5, -1.1, -1.2}, {0, 0, 0, 0, R(4_1S)}},
    {"four on both sides", 4, {1.1, -1.1, 1.1, 1.1}, {0}},
    {"ten on one side",
     11,
     {0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.1},
     {0, 0, 0, 0, 0, 0, 0, 0, 0, R(10_X), R(10_X)}},
    {"the mean is on no side", 10, {0.1, 0.2, 0.3, 0.1, 0, 0.3, 0.1, 0.2, 0.3, 0.1}, {0}},
    {"a run without a value stands between neighbours",
     3,
     {2.1, NAN, 2.2},
     {R(1_2S), 0, R(1_2S) | R(2_2S)}},
};

static void rules_are_broken_where_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t rules[MOST];
        dlu_westgard(cases[i].z, cases[i].n, rules);
        for (size_t k = 0; k < cases[i].n; k++) {
            if (rules[k] != cases[i].rules[k])
                print_error("%s, value %zu\n", cases[i].what, k);
            assert_int_equal(rules[k], cases[i].rules[k]);
        }
    }
}

static void the_other_side_is_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t rules[MOST];
        double z[MOST];
        for (size_t k = 0; k < cases[i].n; k++)
            z[k] = -cases[i].z[k];
        dlu_westgard(z, cases[i].n, rules);
        assert_memory_equal(rules, cases[i].rules, cases[i].n * sizeof *rules);
    }
}

static void names_are_the_usual_ones(void **state)
{
    (void)state;
    assert_string_equal(dlu_westgard_name(DLU_WESTGARD_1_2S), "1-2s");
    assert_string_equal(dlu_westgard_name(DLU_WESTGARD_R_4S), "R-4s");
    assert_string_equal(dlu_westgard_name(DLU_WESTGARD_10_X), "10-x");
    assert_null(dlu_westgard_name(DLU_WESTGARD_COUNT));
}

static void a_baseline_is_the_first_eight_or_those_named(void **state)
{
    const double values[] = {1, 2, NAN, 3, 4, 5, 6, 7, 8, 100, 1000};
    const bool chosen[] = {false, true, true, true, true, false, false, false, false, false, false};
    const bool few[] = {true, true, true, false, false, false, false, false, false, false, false};
    const double same[] = {5, 5, 5, 5, 5, 5, 5, 5};
    dlu_baseline b;
    (void)state;
    assert_true(dlu_baseline_of(values, NULL, 11, &b));
    assert_int_equal(b.n, 8);
    assert_true(fabs(b.mean - 4.5) < 1e-12 && fabs(b.sd - 2.449489742783178) < 1e-12);
    assert_false(dlu_baseline_of(values, NULL, 8, &b));
    assert_true(dlu_baseline_of(values, chosen, 11, &b));
    assert_true(b.n == 3 && fabs(b.mean - 3) < 1e-12 && fabs(b.sd - 1) < 1e-12);
    assert_false(dlu_baseline_of(values, few, 11, &b));
    assert_false(dlu_baseline_of(same, NULL, 8, &b));
}

static void light_and_folds_are_judged_as_logarithms(void **state)
{
    (void)state;
    assert_true(dlu_control_scaled(DLU_CONTROL_LIGHT, 1) == 0);
    assert_true(isnan(dlu_control_scaled(DLU_CONTROL_BLANK_REPORTER, 0)));
    assert_true(dlu_control_scaled(DLU_CONTROL_CV, 0.1) == 0.1);
    assert_true(isnan(dlu_control_scaled(DLU_CONTROL_COUNT, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_broken_where_they_are),
        cmocka_unit_test(the_other_side_is_the_same),
        cmocka_unit_test(names_are_the_usual_ones),
        cmocka_unit_test(a_baseline_is_the_first_eight_or_those_named),
        cmocka_unit_test(light_and_folds_are_judged_as_logarithms),
    };
    return cmocka_run_group_tests_name("stats-westgard", tests, NULL, NULL);
}
