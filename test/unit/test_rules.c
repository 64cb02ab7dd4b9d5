/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../stats/verdict_cases.h"

#include "verdict/rules.h"

static dlu_effect effect_of(const double x[3])
{
    const double half = dlu_stats_t_quantile(0.025, x[2]) * x[1];
    return (dlu_effect){x[0], dlu_stats_t_p(x[0] / x[1], x[2]), x[0] - half, x[0] + half};
}

static double tost_of(const double x[3])
{
    const dlu_test test = {.estimate = x[0], .se = x[1], .df = x[2]};
    dlu_tost tost;
    assert_int_equal(dlu_stats_tost(&test, 0.8, 0.05, &tost), DLU_OK);
    return tost.p;
}

static dlu_evidence evidence_of(const verdict_case *c)
{
    const dlu_test mut = {.estimate = c->sign * c->mut[0], .se = c->mut[1], .df = c->mut[2]};
    return (dlu_evidence){
        .wt = effect_of(c->wt),
        .mut = effect_of(c->mut),
        .interaction = effect_of(c->d),
        .control_interaction = {.estimate = c->control_estimate, .p = c->control_p},
        .p_noninferiority = dlu_stats_noninferiority(&mut, 0.8),
        .p_tost_wt = tost_of(c->wt),
        .p_tost_interaction = tost_of(c->d),
        .p_direct_adjusted = c->adjusted,
        .sign = c->sign,
        .arms_usable = c->usable,
        .has_mutant = true,
        .technical_only = c->technical,
        .n_min = c->n_min,
        .alpha = 0.05,
        .theta = c->theta,
    };
}

static dlu_verdict_code code_of(const dlu_evidence *evidence)
{
    return dlu_verdict_decide(evidence)->code;
}

static void cases_get_their_verdicts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(verdict_cases); i++) {
        const verdict_case *c = &verdict_cases[i];
        const dlu_evidence e = evidence_of(c);
        const dlu_verdict_code code = code_of(&e);
        char name[80];
        snprintf(name, sizeof name, "%s%s",
                 dlu_verdict_is_exploratory(&e, code) ? "EXPLORATORY:" : "",
                 dlu_verdict_name(code));
        if (strcmp(name, c->verdict) != 0)
            fail_msg("%s: expected %s, got %s", c->name, c->verdict, name);
        const double pairs[][2] = {
            {e.wt.p, c->p_wt},           {e.mut.p, c->p_mut},
            {e.interaction.p, c->p_d},   {e.p_noninferiority, c->p_noninferiority},
            {e.p_tost_wt, c->p_tost_wt}, {e.p_tost_interaction, c->p_tost_d}};
        for (size_t k = 0; k < COUNT(pairs); k++)
            if (!is_close(pairs[k][0], pairs[k][1], 1e-11))
                fail_msg("%s: p %zu is %.17g", c->name, k, pairs[k][0]);
    }
}

/* A clear direct target, to be changed one thing at a time. */
static dlu_evidence direct(void)
{
    return evidence_of(&verdict_cases[0]);
}

static void early_rows_come_in_order(void **state)
{
    (void)state;
    dlu_evidence e = direct();
    e.interaction.p = NAN;
    assert_int_equal(code_of(&e), DLU_NOT_TESTABLE);
    e.n_min = 1;
    assert_int_equal(code_of(&e), DLU_INSUFFICIENT_REPLICATION);
    e.has_mutant = false;
    assert_int_equal(code_of(&e), DLU_NO_MUTANT);
    e.arms_usable = false;
    assert_int_equal(code_of(&e), DLU_INVALID_QC);
    double *const p[] = {&e.wt.p, &e.mut.p, &e.interaction.p};
    for (size_t i = 0; i < COUNT(p); i++) {
        e = direct();
        *p[i] = NAN;
        assert_int_equal(code_of(&e), DLU_NOT_TESTABLE);
    }
}

static void technical_wells_are_never_a_call(void **state)
{
    (void)state;
    dlu_evidence e = direct();
    e.technical_only = true;
    e.n_min = 1;
    assert_int_equal(code_of(&e), DLU_DIRECT_TARGET);
    for (int code = 0; code < DLU_VERDICT_COUNT; code++) {
        bool prefix = code != DLU_INVALID_QC && code != DLU_NO_MUTANT &&
                      code != DLU_INSUFFICIENT_REPLICATION && code != DLU_NOT_TESTABLE;
        assert_true(dlu_verdict_is_exploratory(&e, (dlu_verdict_code)code) == prefix);
        assert_int_equal(dlu_verdict_call((dlu_verdict_code)code, true), DLU_CALL_NONE);
    }
    e.technical_only = false;
    assert_false(dlu_verdict_is_exploratory(&e, DLU_DIRECT_TARGET));
}

static void thresholds_are_strict_where_they_say_so(void **state)
{
    (void)state;
    dlu_evidence e = direct();
    e.wt.p = e.alpha;
    assert_int_equal(code_of(&e), DLU_INCONCLUSIVE);
    e = direct();
    e.interaction.p = e.alpha;
    assert_int_equal(code_of(&e), DLU_INCONCLUSIVE_INTERACTION);
    e = direct();
    e.p_noninferiority = e.alpha;
    assert_int_equal(code_of(&e), DLU_DIRECT_TARGET_RESCUE_UNPROVEN);
    e = direct();
    e.p_direct_adjusted = e.alpha;
    assert_int_equal(code_of(&e), DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY);
    e.p_direct_adjusted = nextafter(e.alpha, 0);
    assert_int_equal(code_of(&e), DLU_DIRECT_TARGET);
    e.control_interaction = (dlu_effect){.estimate = 0.5 * 0.58, .p = 0.01};
    assert_int_equal(code_of(&e), DLU_NORMALISER_DRIVEN);
    e.control_interaction.p = NAN;
    assert_int_equal(code_of(&e), DLU_DIRECT_TARGET);
    e.control_interaction = (dlu_effect){.estimate = -0.4, .p = 0.01};
    assert_int_equal(code_of(&e), DLU_DIRECT_TARGET);
}

static void theta_is_met_at_the_fold_itself(void **state)
{
    (void)state;
    const double folds[] = {0.8 * (1 - 1e-13), 0.8, 0.8 * (1 + 5e-13), 0.8 * (1 + 5e-12)};
    for (size_t i = 0; i < COUNT(folds); i++) {
        dlu_evidence e = direct();
        e.wt.estimate = log(folds[i]);
        assert_int_equal(code_of(&e), i < 3 ? DLU_DIRECT_TARGET : DLU_WEAK_SITE_DEPENDENT);
    }
    const double up[] = {1.25 * (1 - 5e-13), 1.25, 1.2499};
    for (size_t i = 0; i < COUNT(up); i++) {
        dlu_evidence e = direct();
        e.wt.estimate = log(up[i]);
        assert_int_equal(code_of(&e), i < 2 ? DLU_OPPOSITE_DIRECTION : DLU_SUBTHRESHOLD_OPPOSITE);
    }
}

/* Anti-miRs lift repression: everything mirrored, the same verdict. */
static dlu_evidence mirrored(const dlu_evidence *e)
{
    dlu_evidence m = *e;
    dlu_effect *const effects[] = {&m.wt, &m.mut, &m.interaction, &m.control_interaction};
    for (size_t i = 0; i < COUNT(effects); i++) {
        const dlu_effect held = *effects[i];
        effects[i]->estimate = -held.estimate;
        effects[i]->low = -held.high;
        effects[i]->high = -held.low;
    }
    m.sign = -e->sign;
    return m;
}

static void the_interval_rule_looks_at_the_weaker_end(void **state)
{
    (void)state;
    const struct {
        dlu_effect_rule rule;
        double high;
        dlu_verdict_code code;
    } rows[] = {{DLU_EFFECT_POINT, 0.85, DLU_DIRECT_TARGET},
                {DLU_EFFECT_INTERVAL, 0.85, DLU_WEAK_SITE_DEPENDENT},
                {DLU_EFFECT_INTERVAL, 0.8, DLU_DIRECT_TARGET}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        dlu_evidence e = direct();
        e.effect_rule = rows[i].rule;
        e.wt.low = -1.0;
        e.wt.high = log(rows[i].high);
        const dlu_evidence m = mirrored(&e);
        assert_int_equal(code_of(&e), rows[i].code);
        assert_int_equal(code_of(&m), rows[i].code);
    }
}

/* The table of docs/methods.md again, as nested questions. */
static dlu_verdict_code decide_again(const dlu_evidence *e)
{
    bool wt = e->wt.p < e->alpha, down = wt && e->wt.estimate < 0;
    bool repressed = down && exp(e->wt.estimate) <= e->theta;
    bool mut = e->mut.p < e->alpha && e->mut.estimate < 0;
    bool d = e->interaction.p < e->alpha, less = d && e->interaction.estimate < 0;
    bool flat = e->p_tost_wt < e->alpha;
    if (d && e->interaction.estimate > 0 && mut && exp(e->mut.estimate) <= e->theta)
        return DLU_PARADOXICAL;
    if (repressed && !less) {
        if (!mut)
            return DLU_INCONCLUSIVE_INTERACTION;
        return e->p_tost_interaction < e->alpha ? DLU_REPRESSED_SITE_INDEPENDENT
                                                : DLU_REPRESSED_SITE_UNRESOLVED;
    }
    if (repressed) {
        if (e->control_interaction.p < e->alpha &&
            e->control_interaction.estimate >= fabs(e->interaction.estimate) / 2)
            return DLU_NORMALISER_DRIVEN;
        if (!isnan(e->p_direct_adjusted) && !(e->p_direct_adjusted < e->alpha))
            return DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY;
        if (e->p_noninferiority < e->alpha)
            return DLU_DIRECT_TARGET;
        return mut ? DLU_PARTIAL_RESCUE : DLU_DIRECT_TARGET_RESCUE_UNPROVEN;
    }
    if (down && less)
        return DLU_WEAK_SITE_DEPENDENT;
    if (wt && !down && exp(e->wt.estimate) >= 1 / e->theta)
        return DLU_OPPOSITE_DIRECTION;
    if (flat)
        return DLU_NO_REPRESSION;
    if (wt)
        return down ? DLU_SUBTHRESHOLD : DLU_SUBTHRESHOLD_OPPOSITE;
    return DLU_INCONCLUSIVE;
}

/* Number `*at` in the mixed base of the choices, one digit at a time. */
static double pick(unsigned *at, const double *choices, unsigned n)
{
    double value = choices[*at % n];
    *at /= n;
    return value;
}

static dlu_evidence combination(unsigned at)
{
    static const double effects[] = {-0.6, -0.1, 0.1, 0.6}, p[] = {0.01, 0.2}, d[] = {-0.5, 0.5},
                        control[] = {-0.3, 0, 0.3}, adjusted[] = {NAN, 0.01, 0.2};
    dlu_evidence e = direct();
    e.wt = (dlu_effect){pick(&at, effects, 4), pick(&at, p, 2), NAN, NAN};
    e.mut = (dlu_effect){pick(&at, effects, 4), pick(&at, p, 2), NAN, NAN};
    e.interaction = (dlu_effect){pick(&at, d, 2), pick(&at, p, 2), NAN, NAN};
    e.control_interaction = (dlu_effect){pick(&at, control, 3), pick(&at, p, 2), NAN, NAN};
    e.p_noninferiority = pick(&at, p, 2);
    e.p_tost_wt = pick(&at, p, 2);
    e.p_tost_interaction = pick(&at, p, 2);
    e.p_direct_adjusted = pick(&at, adjusted, 3);
    return e;
}

static void every_combination_has_its_row(void **state)
{
    (void)state;
    const unsigned n = 4 * 2 * 4 * 2 * 2 * 2 * 3 * 2 * 2 * 2 * 2 * 3;
    bool met[DLU_VERDICT_COUNT] = {false};
    for (unsigned i = 0; i < n; i++) {
        const dlu_evidence e = combination(i), m = mirrored(&e);
        const dlu_verdict_code code = code_of(&e), again = decide_again(&e);
        if (code != again)
            fail_msg("%u: %s, expected %s", i, dlu_verdict_name(code), dlu_verdict_name(again));
        if (code_of(&m) != code)
            fail_msg("%u mirrored: %s", i, dlu_verdict_name(code_of(&m)));
        met[code] = true;
    }
    for (int code = DLU_PARADOXICAL; code < DLU_VERDICT_COUNT; code++)
        assert_true(met[code]);
}

static void calls_follow_the_codes(void **state)
{
    (void)state;
    static const char *const expected[DLU_VERDICT_COUNT] = {
        [DLU_DIRECT_TARGET] = "direct",
        [DLU_DIRECT_TARGET_RESCUE_UNPROVEN] = "direct-unproven",
        [DLU_PARTIAL_RESCUE] = "direct-partial",
        [DLU_REPRESSED_SITE_INDEPENDENT] = "no",
        [DLU_NO_REPRESSION] = "no",
        [DLU_OPPOSITE_DIRECTION] = "opposite",
    };
    for (int code = 0; code < DLU_VERDICT_COUNT; code++)
        assert_string_equal(dlu_call_name(dlu_verdict_call((dlu_verdict_code)code, false)),
                            expected[code] ? expected[code] : "none");
}

static void words_are_there_and_differ(void **state)
{
    (void)state;
    size_t n;
    const dlu_rule *rules = dlu_verdict_rules(&n);
    bool used[DLU_VERDICT_COUNT] = {false};
    assert_int_equal(n, 21);
    for (size_t i = 0; i < n; i++) {
        used[rules[i].code] = true;
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(rules[i].rule, rules[k].rule);
    }
    for (int code = 0; code < DLU_VERDICT_COUNT; code++) {
        assert_true(used[code]);
        for (int other = 0; other < code; other++)
            assert_string_not_equal(dlu_verdict_name((dlu_verdict_code)code),
                                    dlu_verdict_name((dlu_verdict_code)other));
    }
    for (int caveat = 0; caveat < DLU_CAVEAT_COUNT; caveat++) {
        const char *text = dlu_caveat_text((dlu_caveat)caveat);
        assert_true(strlen(text) > 20 && text[strlen(text) - 1] == '.');
        assert_true(strlen(dlu_caveat_name((dlu_caveat)caveat)) > 3);
    }
    assert_string_equal(dlu_verdict_name(DLU_INVALID_QC), "INVALID_QC");
    assert_string_equal(dlu_caveat_name(DLU_CAVEAT_LOW_N), "LOW_N");
    assert_string_equal(dlu_caveat_name(DLU_CAVEAT_PRENORMALISED_CONTROL), "PRENORMALISED_CONTROL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_get_their_verdicts),
        cmocka_unit_test(early_rows_come_in_order),
        cmocka_unit_test(technical_wells_are_never_a_call),
        cmocka_unit_test(thresholds_are_strict_where_they_say_so),
        cmocka_unit_test(theta_is_met_at_the_fold_itself),
        cmocka_unit_test(the_interval_rule_looks_at_the_weaker_end),
        cmocka_unit_test(every_combination_has_its_row),
        cmocka_unit_test(calls_follow_the_codes),
        cmocka_unit_test(words_are_there_and_differ),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
