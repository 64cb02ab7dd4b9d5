/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "small_result.h"

/* Plans from a result, and results read back from their JSON. */

static bool same_bytes(const dlu_bytes *a, const dlu_bytes *b)
{
    return a->n_bytes == b->n_bytes && !memcmp(a->bytes, b->bytes, a->n_bytes);
}

static dlu_result *read_back(const dlu_result *result)
{
    dlu_bytes json;
    dlu_result *back;
    assert_int_equal(dlu_report_json(result, &json, NULL), DLU_OK);
    dlu_source source = {.name = "result.json", .bytes = json.bytes, .n_bytes = json.n_bytes};
    assert_int_equal(dlu_result_read(&source, &back, NULL), DLU_OK);
    dlu_bytes_free(&json);
    return back;
}

/* Everything but what the header says is not read back: places and unknown columns of wells. */
static void a_result_is_read_back_as_it_was_written(void **state)
{
    dlu_result result = small_result();
    dlu_bytes first, second;
    (void)state;
    assert_int_equal(dlu_setting_set(&result.settings, "collapse", "slope", NULL), DLU_OK);
    assert_int_equal(dlu_setting_set(&result.settings, "adjust", "none", NULL), DLU_OK);
    assert_int_equal(dlu_setting_set(&result.settings, "ev-correct", "auto", NULL), DLU_OK);
    assert_int_equal(dlu_setting_set(&result.settings, "drop-wells", "p1:B7", NULL), DLU_OK);
    dlu_result *back = read_back(&result);
    for (size_t i = 0; i < dlu_report_table_count(); i++) {
        if (!strcmp(dlu_report_table_name(i), "wells"))
            continue;
        assert_int_equal(dlu_report_csv(&result, i, &first, NULL), DLU_OK);
        assert_int_equal(dlu_report_csv(back, i, &second, NULL), DLU_OK);
        if (!same_bytes(&first, &second))
            fail_msg("%s:\n%.*s\n%.*s", dlu_report_table_name(i), (int)first.n_bytes, first.bytes,
                     (int)second.n_bytes, second.bytes);
        dlu_bytes_free(&first);
        dlu_bytes_free(&second);
    }
    for (size_t i = 0; i < result.n_wells; i++) {
        result.wells[i].at = (dlu_place){NULL, NULL, 0, 0};
        result.wells[i].extra = NULL;
    }
    result.n_extra_columns = 0;
    assert_int_equal(dlu_report_json(&result, &first, NULL), DLU_OK);
    assert_int_equal(dlu_report_json(back, &second, NULL), DLU_OK);
    assert_true(same_bytes(&first, &second));
    dlu_bytes_free(&first);
    dlu_bytes_free(&second);
    dlu_result_free(back);
}

static void verdict_words_are_understood(void **state)
{
    dlu_result result = small_result();
    dlu_result *back = read_back(&result);
    (void)state;
    for (size_t i = 0; i < result.n_verdicts; i++) {
        assert_int_equal(back->verdicts[i].code, result.verdicts[i].code);
        assert_int_equal(back->verdicts[i].exploratory, result.verdicts[i].exploratory);
    }
    dlu_result_free(back);
}

/* Every prefix of a result ends in words, not in a crash. */
static void a_cut_result_is_refused(void **state)
{
    dlu_result result = small_result(), *back;
    dlu_bytes json;
    (void)state;
    assert_int_equal(dlu_report_json(&result, &json, NULL), DLU_OK);
    for (size_t n = 0; n + 2 < json.n_bytes; n += 1 + n / 50) {
        dlu_source source = {.name = "result.json", .bytes = json.bytes, .n_bytes = n};
        dlu_error err;
        assert_int_equal(dlu_result_read(&source, &back, &err), DLU_E_INPUT);
        assert_null(back);
        assert_string_equal(err.code, "result-not-json");
    }
    dlu_bytes_free(&json);
}

/* ---- plans ---- */

static dlu_verdict_row verdicts[] = {{.target = "PTEN",
                                      .mirna = "miR-21",
                                      .dose_nM = NAN,
                                      .treatment = "mimic",
                                      .mutant = "MUT",
                                      .verdict = "INCONCLUSIVE",
                                      .code = DLU_INCONCLUSIVE,
                                      .n_text = "3, 3, 3, 3"}};
static dlu_comparison_row comparisons[] = {{.target = "PTEN",
                                            .mirna = "miR-21",
                                            .dose_nM = NAN,
                                            .treatment = "mimic",
                                            .mutant = "MUT",
                                            .kind = "interaction",
                                            .primary = true,
                                            .n = 12}};

static dlu_plan_row plan(const char *method, const char *n, double se, double df)
{
    dlu_result result = {
        .comparisons = comparisons, .n_comparisons = 1, .verdicts = verdicts, .n_verdicts = 1};
    dlu_power_options o;
    dlu_power *power;
    dlu_settings_default(&result.settings);
    result.settings.alpha = 0.01;
    dlu_power_options_default(&o);
    verdicts[0].n_text = n;
    comparisons[0].method = method;
    comparisons[0].se = se;
    comparisons[0].df = df;
    assert_int_equal(dlu_power_from_result(&result, "r.json", &o, &power, NULL), DLU_OK);
    assert_int_equal(power->n_plans, 1);
    dlu_plan_row row = power->plans[0];
    dlu_power_free(power);
    row.target = row.mirna = row.treatment = row.mutant = row.method = NULL;
    return row;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fabs(b);
}

/* SE of D: s_D / sqrt r, root(MSE) sqrt(4/r), s sqrt(4/n). */
static void the_sd_is_that_behind_the_standard_error(void **state)
{
    (void)state;
    dlu_plan_row row = plan("block", "4, 4, 4, 4", 0.1, 3);
    assert_true(near(row.sd, 0.2) && row.n == 4 && !strcmp(row.design, "blocked"));
    assert_true(near(row.alpha, 0.01)); /* of the result */
    row = plan("one-sample", "4, 4, 4, 4", 0.1, 3);
    assert_true(near(row.sd, 0.2) && row.n == 4 && !strcmp(row.design, "blocked"));
    row = plan("rcbd", "4, 4, 4, 4", 0.1, 9);
    assert_true(near(row.sd, 0.1) && row.n == 4 && !strcmp(row.design, "blocked-pooled"));
    row = plan("satterthwaite", "4, 5, 6, 9", 0.1, 11.5);
    assert_true(near(row.sd, 0.1) && row.n == 4 && !strcmp(row.design, "unblocked"));
    row = plan("student", "4, 4, 4, 4", 0.1, 12);
    assert_true(near(row.sd, 0.1) && row.n == 4 && !strcmp(row.design, "unblocked"));
}

/* Two transfections of each arm on a day are averaged before the test: three blocks are three. */
static void blocks_count_and_not_the_units_in_them(void **state)
{
    (void)state;
    dlu_plan_row row = plan("rcbd", "6, 6, 6, 6", 0.1, 6);
    assert_true(row.n == 3 && near(row.sd, 0.1 * sqrt(3.0 / 4)));
    row = plan("block", NULL, 0.1, 2);
    assert_true(row.n == 3 && near(row.sd, 0.1 * sqrt(3.0)));
}

static void what_cannot_be_planned_has_its_status(void **state)
{
    (void)state;
    assert_int_equal(plan("split-block", "3, 3, 3, 3", 0.1, 4).status, DLU_PLAN_SPLIT_BLOCK);
    assert_int_equal(plan("rcbd", "3, 3, 3, 3", NAN, NAN).status, DLU_PLAN_NO_VARIANCE);
    assert_int_equal(plan("rcbd", "3, 3, 3, 3", 0, 6).status, DLU_PLAN_NO_VARIANCE);
    assert_int_equal(plan("later", "3, 3, 3, 3", 0.1, 6).status, DLU_PLAN_NOT_TESTED);
    assert_int_equal(plan("satterthwaite", NULL, 0.1, 6).status, DLU_PLAN_NOT_TESTED);
    assert_int_equal(plan("rcbd", "3, 3, 1, 3", 0.1, 6).status, DLU_PLAN_TOO_FEW);
    assert_int_equal(plan("rcbd", "3, 3, 3, 3", 300, 6).status, DLU_PLAN_TOO_MANY_REPLICATES);
    comparisons[0].primary = false;
    assert_int_equal(plan("rcbd", "3, 3, 3, 3", 0.1, 6).status, DLU_PLAN_NOT_TESTED);
    comparisons[0].primary = true;
    verdicts[0].exploratory = true;
    assert_int_equal(plan("satterthwaite", "1, 1, 1, 1", 0.1, 6).status, DLU_PLAN_TECHNICAL_ONLY);
    verdicts[0].exploratory = false;
}

static void options_are_checked(void **state)
{
    dlu_power_options o;
    dlu_power *power = NULL;
    dlu_error err;
    (void)state;
    dlu_power_options_default(&o);
    assert_int_equal(dlu_power_from_numbers(&o, &power, &err), DLU_E_USAGE);
    assert_string_equal(err.code, "power-sd");
    assert_null(power);
    static const struct {
        double sd, fold, alpha, power;
        size_t n;
        const char *code;
    } wrong[] = {
        {0, 0.7, 0.05, 0.8, 0, "power-range"},       {-1, 0.7, 0.05, 0.8, 0, "power-range"},
        {0.1, 1, 0.05, 0.8, 0, "power-range"},       {0.1, 0, 0.05, 0.8, 0, "power-range"},
        {0.1, NAN, 0.05, 0.8, 0, "power-range"},     {0.1, 0.7, 1, 0.8, 0, "power-range"},
        {0.1, 0.7, 0, 0.8, 0, "power-range"},        {0.1, 0.7, 0.05, 1, 0, "power-range"},
        {0.1, 0.7, 0.05, NAN, 0, "power-range"},     {0.1, 0.7, 0.5, 0.4, 0, "power-alpha"},
        {0.1, 0.7, 0.05, 0.8, 1, "power-n"},         {0.1, 0.7, 0.05, 0.8, 1001, "power-n"},
        {INFINITY, 0.7, 0.05, 0.8, 0, "power-range"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        o.sd = wrong[i].sd;
        o.fold = wrong[i].fold;
        o.alpha = wrong[i].alpha;
        o.power = wrong[i].power;
        o.n = wrong[i].n;
        assert_int_equal(dlu_power_from_numbers(&o, &power, &err), DLU_E_USAGE);
        if (strcmp(err.code, wrong[i].code) != 0)
            fail_msg("row %zu: %s", i, err.code);
    }
    assert_int_equal(dlu_power_option_set(&o, "sdd", "1", &err), DLU_E_USAGE);
    assert_string_equal(err.code, "power-option");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_is_read_back_as_it_was_written),
        cmocka_unit_test(verdict_words_are_understood),
        cmocka_unit_test(a_cut_result_is_refused),
        cmocka_unit_test(the_sd_is_that_behind_the_standard_error),
        cmocka_unit_test(blocks_count_and_not_the_units_in_them),
        cmocka_unit_test(what_cannot_be_planned_has_its_status),
        cmocka_unit_test(options_are_checked),
    };
    return cmocka_run_group_tests_name("power", tests, NULL, NULL);
}
