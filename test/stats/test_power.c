/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power.h"

#include <gsl/gsl_errno.h>

#include <dualuc/power.h>

#include "stats/power.h"
#include "stats/quadrature.h"

static const struct {
    const char *name;
    dlu_power_design design;
} designs[] = {{"block", {1, 1}},
               {"interaction", {4, 3}},
               {"effect", {2, 3}},
               {"four", {4, 4}},
               {"two", {2, 2}}};

static bool find_design(const char *name, dlu_power_design *out)
{
    for (size_t i = 0; i < COUNT(designs); i++)
        if (strcmp(designs[i].name, name) == 0) {
            *out = designs[i].design;
            return true;
        }
    return false;
}

static bool compute_design(const pinned *row, dlu_status *status, computed *result)
{
    char what[16], name[16];
    double a, b, c, d;
    dlu_power_design design;
    if (sscanf(row->key, "%15s %15s %lf %lf %lf %lf", what, name, &a, &b, &c, &d) != 6 ||
        !find_design(name, &design))
        return false;
    if (strcmp(what, "power") == 0) {
        result->other = dlu_stats_power(design, (size_t)a, log(c), b, d);
    } else if (strcmp(what, "mde") == 0) {
        double effect = NAN;
        *status = dlu_stats_detectable(design, (size_t)a, b, c, d, &effect);
        result->other = strcmp(row->quantity, "mde_ln") == 0 ? effect
                        : strcmp(row->quantity, "mde_fold") == 0
                            ? exp(-effect)
                            : effect / (b * sqrt(design.squares / a));
    } else {
        size_t n = 0;
        double power = NAN;
        *status = dlu_stats_replicates(design, log(b), a, c, d, &n, &power);
        result->other = strcmp(row->quantity, "power") == 0 ? power : (double)n;
    }
    return true;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    double a, b, c;
    *take = take_other;
    if (sscanf(row->key, "lower %lf %lf %lf", &a, &b, &c) == 3)
        result->other = dlu_stats_noncentral_t_lower(a, b, c);
    else if (sscanf(row->key, "upper %lf %lf %lf", &a, &b, &c) == 3)
        result->other = dlu_stats_noncentral_t_upper(a, b, c);
    else if (sscanf(row->key, "sd %lf %lf %lf", &a, &b, &c) == 3)
        result->other = dlu_stats_sd_upper(a, b, c);
    else
        return compute_design(row, status, result);
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(power_rows, COUNT(power_rows), compute);
}

/* The names in the header are the designs that the rows above prove. */
static void designs_are_those_proven(void **state)
{
    (void)state;
    const dlu_power_design named[] = {DLU_DESIGN_PER_BLOCK, DLU_DESIGN_POOLED_INTERACTION,
                                      DLU_DESIGN_POOLED_EFFECT, DLU_DESIGN_UNBLOCKED_INTERACTION,
                                      DLU_DESIGN_UNBLOCKED_EFFECT};
    for (size_t i = 0; i < COUNT(named); i++)
        assert_true(named[i].squares == designs[i].design.squares &&
                    named[i].df == designs[i].design.df);
}

/* Without an effect the power is alpha, and without ncp the distribution is Student's. */
static void without_effect_it_is_the_central_t(void **state)
{
    (void)state;
    static const double alpha[] = {1e-6, 0.001, 0.05, 0.5}, df[] = {1, 1.7, 4, 30, 1e5, 1e9};
    for (size_t i = 0; i < COUNT(alpha); i++)
        for (size_t n = 2; n < 40; n += 7)
            assert_true(
                is_close(dlu_stats_power(DLU_DESIGN_POOLED_INTERACTION, n, 0, 0.2, alpha[i]),
                         alpha[i], 1e-8));
    for (size_t i = 0; i < COUNT(df); i++)
        for (double t = -6; t <= 6; t += 0.75) {
            assert_true(is_close(dlu_stats_noncentral_t_upper(t, df[i], 0),
                                 dlu_stats_t_upper(t, df[i]), 1e-9));
            assert_true(is_close(dlu_stats_noncentral_t_lower(0, df[i], t * 3),
                                 erfc(t * 3 / sqrt(2)) / 2, 1e-12));
            assert_true(is_close(dlu_stats_noncentral_t_lower(t, df[i], 2),
                                 dlu_stats_noncentral_t_upper(-t, df[i], -2), 1e-12));
        }
}

/* Also where the critical value and the noncentrality are in the thousands. */
static void power_rises_with_all_that_helps(void **state)
{
    (void)state;
    static const double alpha[] = {0.0001, 0.05};
    for (size_t a = 0; a < COUNT(alpha); a++)
        for (size_t n = 2; n < 30; n += 9) {
            double before = alpha[a] * (1 - 1e-9);
            for (double effect = 0.01; effect < 2000; effect *= 2.3) {
                double power = dlu_stats_power(DLU_DESIGN_PER_BLOCK, n, -effect, 0.3, alpha[a]);
                if (!(power >= before - 1e-12 && power <= 1))
                    fail_msg("n = %zu, effect = %g: %.17g after %.17g", n, effect, power, before);
                before = power;
                assert_true(dlu_stats_power(DLU_DESIGN_PER_BLOCK, n + 1, effect, 0.3, alpha[a]) >=
                            power - 1e-12);
            }
        }
}

/* One replicate less is not enough, and the detectable effect has the wanted power. */
static void plans_are_tight(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(designs); i++)
        for (double sd = 0.06; sd < 1; sd *= 2.3) {
            size_t n;
            double power, effect;
            assert_int_equal(
                dlu_stats_replicates(designs[i].design, -0.3, sd, 0.9, 0.05, &n, &power), DLU_OK);
            assert_true(n >= 2 && power >= 0.9);
            assert_true(n == 2 || dlu_stats_power(designs[i].design, n - 1, 0.3, sd, 0.05) < 0.9);
            assert_int_equal(dlu_stats_detectable(designs[i].design, n, sd, 0.9, 0.05, &effect),
                             DLU_OK);
            assert_true(effect <= 0.3);
            assert_true(
                is_close(dlu_stats_power(designs[i].design, n, effect, sd, 0.05), 0.9, 1e-10));
        }
}

static void plans_that_are_none_are_refused(void **state)
{
    (void)state;
    const dlu_power_design d = DLU_DESIGN_PER_BLOCK;
    size_t n = 77;
    double x = 7;
    assert_int_equal(dlu_stats_replicates(d, 0, 0.1, 0.8, 0.05, &n, NULL), DLU_E_USAGE);
    assert_int_equal(dlu_stats_replicates(d, NAN, 0.1, 0.8, 0.05, &n, NULL), DLU_E_USAGE);
    assert_int_equal(dlu_stats_replicates(d, 0.3, 0, 0.8, 0.05, &n, NULL), DLU_E_USAGE);
    assert_int_equal(dlu_stats_replicates(d, 0.3, 0.1, 1, 0.05, &n, NULL), DLU_E_USAGE);
    assert_int_equal(dlu_stats_replicates(d, 0.3, 0.1, 0.8, 0, &n, NULL), DLU_E_USAGE);
    assert_int_equal(dlu_stats_replicates(d, 1e-4, 1, 0.8, 0.05, &n, NULL), DLU_E_LIMIT);
    assert_int_equal(dlu_stats_detectable(d, 1, 0.1, 0.8, 0.05, &x), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_detectable(d, 3, -1, 0.8, 0.05, &x), DLU_E_USAGE);
    assert_int_equal(dlu_stats_detectable(d, 3, 0.1, 0.04, 0.05, &x), DLU_E_USAGE);
    assert_true(n == 77 && x == 7);
    assert_true(isnan(dlu_stats_power(d, 1, 0.3, 0.1, 0.05)));
    assert_true(isnan(dlu_stats_power(d, 3, NAN, 0.1, 0.05)));
    assert_true(isnan(dlu_stats_power(d, 3, 0.3, 0, 0.05)));
    assert_true(isnan(dlu_stats_noncentral_t_upper(1, 0.5, 1)));
    assert_true(isnan(dlu_stats_noncentral_t_upper(INFINITY, 5, 1)));
    assert_true(isnan(dlu_stats_noncentral_t_lower(1, NAN, 1)));
    assert_true(isnan(dlu_stats_sd_upper(-1, 5, 0.8)));
    assert_true(isnan(dlu_stats_sd_upper(1, 0.5, 0.8)));
    assert_true(isnan(dlu_stats_sd_upper(1, 5, 1)));
}

/* ---- the same values through dlu_power_from_numbers ---- */

static bool public_design(const char *name, dlu_power_options *o)
{
    static const struct {
        const char *name;
        dlu_plan_design design;
        dlu_plan_test test;
    } of[] = {{"block", DLU_PLAN_BLOCKED, DLU_PLAN_INTERACTION},
              {"interaction", DLU_PLAN_BLOCKED_POOLED, DLU_PLAN_INTERACTION},
              {"effect", DLU_PLAN_BLOCKED_POOLED, DLU_PLAN_WT},
              {"four", DLU_PLAN_UNBLOCKED, DLU_PLAN_INTERACTION},
              {"two", DLU_PLAN_UNBLOCKED, DLU_PLAN_WT}};
    for (size_t i = 0; i < COUNT(of); i++)
        if (strcmp(of[i].name, name) == 0) {
            o->design = of[i].design;
            o->test = of[i].test;
            return true;
        }
    return false;
}

/* The options of a row of R; false where it is of the distribution or the bound alone. */
static bool public_options(const pinned *row, dlu_power_options *o)
{
    char what[16], name[16];
    double a, b, c, d;
    dlu_power_options_default(o);
    if (sscanf(row->key, "%15s %15s %lf %lf %lf %lf", what, name, &a, &b, &c, &d) != 6 ||
        row->status != DLU_OK || !public_design(name, o))
        return false;
    o->alpha = d;
    if (strcmp(what, "power") == 0) {
        o->n = (size_t)a;
        o->sd = b;
        o->fold = c;
    } else if (strcmp(what, "mde") == 0) {
        o->n = (size_t)a;
        o->sd = b;
        o->power = c;
    } else {
        o->sd = a;
        o->fold = b;
        o->power = c;
    }
    return o->fold > 0 && (o->fold < 1 || o->fold > 1) && o->n <= DLU_PLAN_MAX_N && o->sd < 10;
}

static double public_value(const pinned *row, const dlu_plan_row *plan)
{
    if (strncmp(row->key, "power", 5) == 0)
        return plan->power_at_n;
    if (strcmp(row->quantity, "mde_fold") == 0)
        return plan->detectable_fold;
    if (strcmp(row->quantity, "mde_ln") == 0)
        return -log(plan->detectable_fold);
    if (strcmp(row->quantity, "ncp") == 0)
        return row->value; /* not said in public */
    return strcmp(row->quantity, "power") == 0 ? plan->reached : (double)plan->replicates;
}

static void public_plans_equal_r(void **state)
{
    size_t checked = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(power_rows); i++) {
        const pinned *row = &power_rows[i];
        dlu_power_options o;
        dlu_power *power;
        if (!public_options(row, &o))
            continue;
        assert_int_equal(dlu_power_from_numbers(&o, &power, NULL), DLU_OK);
        double value = public_value(row, &power->plans[0]);
        if (!is_close(value, row->value, row->tolerance))
            fail_msg("%s %s: %.17g instead of %.17g", row->key, row->quantity, value, row->value);
        dlu_power_free(power);
        checked++;
    }
    assert_true(checked > 100);
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
    gsl_error_handler_t *before = gsl_set_error_handler(count_raise);
    raised = 0;
    for (double df = 1; df <= 1e6; df *= 1.19)
        for (double confidence = 0.5; confidence <= 0.999; confidence += 0.0499) {
            double bound = dlu_stats_sd_upper(1, df, confidence);
            if (!(bound > 0.999 && isfinite(bound)))
                fail_msg("df = %g, confidence = %g: %g", df, confidence, bound);
        }
    gsl_set_error_handler(before);
    assert_int_equal(raised, 0);
}

/* The nodes that are kept are those that Newton's iteration gives. */
static void kept_nodes_are_the_rule(void **state)
{
    dlu_legendre rule;
    double weights = 0;
    (void)state;
    dlu_stats_legendre(DLU_PANEL_NODES / 2, &rule);
    assert_int_equal(dlu_legendre_64.half, rule.half);
    for (size_t i = 0; i < rule.half; i++) {
        assert_true(fabs(dlu_legendre_64.x[i] - rule.x[i]) < 1e-15);
        assert_true(fabs(dlu_legendre_64.w[i] / rule.w[i] - 1) < 1e-12);
        weights += 2 * dlu_legendre_64.w[i];
    }
    assert_true(fabs(weights - 2) < 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_nodes_are_the_rule),
        cmocka_unit_test(equals_r),
        cmocka_unit_test(designs_are_those_proven),
        cmocka_unit_test(without_effect_it_is_the_central_t),
        cmocka_unit_test(power_rises_with_all_that_helps),
        cmocka_unit_test(plans_are_tight),
        cmocka_unit_test(plans_that_are_none_are_refused),
        cmocka_unit_test(public_plans_equal_r),
        cmocka_unit_test(gsl_never_raises),
    };
    return cmocka_run_group_tests_name("stats-power", tests, NULL, NULL);
}
