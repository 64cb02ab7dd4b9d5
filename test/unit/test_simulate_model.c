/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include <dualuc/dualuc.h>

#include "simulate/simulation.h"

/* Experiments from a model of one's own. */

static const dlu_simulate_options usual = {.wells = 96, .blocks = 3, .pairs = 4, .seed = 5};

/* With NULL, from the model that is used where none is given. */
static dlu_simulation *simulate_as(dlu_simulate_options options, const dlu_simulate_model *model)
{
    dlu_simulation *simulation;
    dlu_error err = {.text = ""};
    if (model ? dlu_simulation_from_model(&options, model, &simulation, &err)
              : dlu_simulation_new(&options, &simulation, &err))
        fail_msg("%s", err.text);
    return simulation;
}

/* Mean ln ratio of an arm's wells on a plate; blanks are under a thousandth of the light. */
static double unit_of(const dlu_simulation *s, unsigned plate, size_t arm)
{
    double sum = 0, n = 0;
    for (size_t w = 0; w < s->plates[plate].n_wells; w++) {
        const dlu_sim_well *well = &s->plates[plate].wells[w];
        if (well->arm != &s->arms[arm] || well->dead)
            continue;
        sum += log((well->firefly - 425) / (well->renilla - 625));
        n++;
    }
    return sum / n;
}

/* Variance over days and targets of arm a less arm b of the same target. */
static double variance_between(const dlu_simulation *s, size_t a, size_t b)
{
    double squares = 0, n = 0;
    for (unsigned t = 0; t < s->options.pairs; t++) {
        double mean = 0, days = s->options.blocks;
        for (unsigned p = 0; p < s->options.blocks; p++)
            mean += (unit_of(s, p, 4 * t + a) - unit_of(s, p, 4 * t + b)) / days;
        for (unsigned p = 0; p < s->options.blocks; p++) {
            double d = unit_of(s, p, 4 * t + a) - unit_of(s, p, 4 * t + b) - mean;
            squares += d * d;
        }
        n += days - 1;
    }
    return squares / n;
}

/* 30 days of 20 targets: 580 degrees of freedom, so 4 standard errors are 4 sqrt(2 / 580). */
static void assert_variance(double found, double expected, double df)
{
    if (fabs(found / expected - 1) > 4 * sqrt(2 / df))
        fail_msg("expected a variance of %g, found %g", expected, found);
}

static void noise_is_as_asked_for(void **state)
{
    static const dlu_simulate_options many = {.wells = 384, .blocks = 30, .pairs = 20, .seed = 3};
    enum { WT_SCRAMBLE, WT_MIMIC, MUT_SCRAMBLE, MUT_MIMIC };
    dlu_simulate_model m;
    (void)state;
    dlu_simulate_model_default(&m);
    m.sd_unit = 0.10;
    m.sd_well = 0.12;
    m.sd_mimic_day = 0.3;
    m.noisy_arm = DLU_SIMULATE_WT_SCRAMBLE;
    dlu_simulation *s = simulate_as(many, &m);
    double unit = 0.10 * 0.10 + 0.12 * 0.12 / 3;
    assert_variance(variance_between(s, MUT_MIMIC, WT_MIMIC), 2 * unit, 580);
    assert_variance(variance_between(s, MUT_SCRAMBLE, WT_SCRAMBLE), 10 * unit, 580);
    /* the shift of the mimics is one a day for all targets: 29 degrees of freedom */
    assert_variance(variance_between(s, MUT_MIMIC, MUT_SCRAMBLE), 2 * unit + 0.09, 29);
    dlu_simulation_free(s);
}

static void one_more_source_of_noise_leaves_the_others(void **state)
{
    dlu_simulate_model m;
    (void)state;
    dlu_simulate_model_default(&m);
    m.sd_mimic_day = 0.2;
    m.noisy_arm = DLU_SIMULATE_MUT_MIMIC;
    dlu_simulation *a = simulate_as(usual, NULL), *b = simulate_as(usual, &m);
    for (size_t w = 0; w < a->plates[0].n_wells; w++) {
        const dlu_sim_well *x = &a->plates[0].wells[w], *y = &b->plates[0].wells[w];
        bool mimic = x->arm && x->arm->mimic && !x->dead;
        assert_int_equal(x->firefly == y->firefly, !mimic);
        assert_int_equal(x->renilla == y->renilla, !mimic || x->arm->construct != DLU_SIM_MUT);
    }
    dlu_simulation_free(a);
    dlu_simulation_free(b);
}

static void poor_transfection_is_dim(void **state)
{
    dlu_simulate_model m;
    (void)state;
    dlu_simulate_model_default(&m);
    m.efficiency = 0.001;
    dlu_simulation *s = simulate_as(usual, &m);
    for (size_t w = 0; w < s->plates[0].n_wells; w++)
        assert_true(s->plates[0].wells[w].renilla < 2500);
    dlu_simulation_free(s);
}

static void every_number_of_wells_fits_where_it_should(void **state)
{
    dlu_simulate_model m;
    (void)state;
    dlu_simulate_model_default(&m);
    for (unsigned k = 0; k < 24; k++) {
        dlu_simulate_options full = {.wells = 96, .blocks = 2, .seed = 1};
        m.empty = k % 2;
        m.wells_an_arm = 1 + k / 2;
        full.pairs = dlu_sim_capacity(full.wells, &m);
        dlu_simulation *s = simulate_as(full, &m);
        for (unsigned p = 0; p < 2; p++) {
            assert_int_equal(s->plates[p].n_wells,
                             m.wells_an_arm * (4 * full.pairs + 2 * m.empty) + 6);
            for (size_t w = 0; w < s->plates[p].n_wells; w++)
                assert_int_equal(s->plates[p].wells[w].well, w / 12 << 8 | w % 12);
        }
        dlu_simulation_free(s);
        full.pairs++;
        assert_int_equal(dlu_simulation_from_model(&full, &m, &s, NULL), DLU_E_USAGE);
    }
}

/* What data without error get, for folds on either side of every threshold. */
static void truths_follow_the_decision_table(void **state)
{
    static const struct {
        double wt, mut;
        const char *kind, *call, *verdict;
    } rows[] = {
        {0.5, 1, "direct", "direct", "DIRECT_TARGET"},
        {0.8, 1, "direct", "direct", "DIRECT_TARGET"},
        {0.5, 0.81, "direct", "direct", "DIRECT_TARGET"},
        {0.5, 0.8, "direct", "direct-partial", "PARTIAL_RESCUE"},
        {0.78, 0.78, "other-site", "no", "REPRESSED_SITE_INDEPENDENT"},
        {0.9, 0.9, "other", "no", "NO_REPRESSION"},
        {0.9, 1, "other", "none", "WEAK_SITE_DEPENDENT"},
        {1, 1, "unaffected", "no", "NO_REPRESSION"},
        {1, 0.7, "other", "none", "PARADOXICAL"},
        {1.3, 1.3, "other", "opposite", "OPPOSITE_DIRECTION"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_simulate_options one = {.wells = 96, .blocks = 2, .pairs = 1, .seed = 1};
        dlu_simulate_model m;
        dlu_bytes bytes;
        const char *kind, *call, *verdict;
        dlu_simulate_model_default(&m);
        m.wt = (dlu_simulate_folds){{rows[i].wt}, 1};
        m.mut = (dlu_simulate_folds){{rows[i].mut}, 1};
        dlu_simulation *s = simulate_as(one, &m);
        assert_int_equal(dlu_simulation_truth_json(s, &bytes, NULL), DLU_OK);
        json_t *truth = json_loads(bytes.bytes, 0, NULL);
        json_t *target = json_array_get(json_object_get(truth, "targets"), 0);
        assert_int_equal(json_unpack(target, "{s:s, s:s, s:s}", "kind", &kind, "call", &call,
                                     "verdict", &verdict),
                         0);
        assert_string_equal(kind, rows[i].kind);
        assert_string_equal(call, rows[i].call);
        assert_string_equal(verdict, rows[i].verdict);
        json_decref(truth);
        dlu_bytes_free(&bytes);
        dlu_simulation_free(s);
    }
}

static void models_out_of_range_are_refused(void **state)
{
    dlu_simulate_model m;
    dlu_simulation *s;
    dlu_error err;
    (void)state;
    dlu_simulate_model_default(&m);
    m.sd_unit = NAN;
    assert_int_equal(dlu_simulation_from_model(&usual, &m, &s, &err), DLU_E_USAGE);
    assert_string_equal(err.code, "simulate-option");
    dlu_simulate_model_default(&m);
    m.wt = (dlu_simulate_folds){{0.5, -1, 1, 1}, 4};
    assert_int_equal(dlu_simulation_from_model(&usual, &m, &s, &err), DLU_E_USAGE);
    assert_string_equal(err.code, "simulate-option");
    m.wt.n = 3;
    assert_int_equal(dlu_simulation_from_model(&usual, &m, &s, &err), DLU_E_USAGE);
    assert_string_equal(err.code, "simulate-folds");
    assert_int_equal(dlu_simulate_option_set(&m, "sd", "1", &err), DLU_E_USAGE);
    assert_string_equal(err.code, "simulate-unknown-option");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_is_as_asked_for),
        cmocka_unit_test(one_more_source_of_noise_leaves_the_others),
        cmocka_unit_test(poor_transfection_is_dim),
        cmocka_unit_test(every_number_of_wells_fits_where_it_should),
        cmocka_unit_test(truths_follow_the_decision_table),
        cmocka_unit_test(models_out_of_range_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
