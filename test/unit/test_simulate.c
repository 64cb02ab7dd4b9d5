/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <dualuc/dualuc.h>

#include "simulate/random.h"
#include "simulate/simulation.h"
#include "workbook.h"

static const dlu_simulate_options usual = {.wells = 96, .blocks = 3, .pairs = 4, .seed = 5};

static dlu_simulation *simulate(dlu_simulate_options options)
{
    dlu_simulation *simulation;
    dlu_error err = {.text = ""};
    if (dlu_simulation_new(&options, &simulation, &err))
        fail_msg("%s", err.text);
    return simulation;
}

static dlu_bytes plate_csv(const dlu_simulation *simulation, unsigned i)
{
    dlu_bytes bytes;
    assert_int_equal(dlu_simulation_plate_csv(simulation, i, &bytes, NULL), DLU_OK);
    return bytes;
}

static dlu_bytes map_csv(const dlu_simulation *simulation)
{
    dlu_bytes bytes;
    assert_int_equal(dlu_simulation_map_csv(simulation, &bytes, NULL), DLU_OK);
    return bytes;
}

/* Blackman and Vigna's generators, by numbers published with other implementations of them. */
static void the_generator_is_the_published_one(void **state)
{
    static const uint64_t seeded[] = {UINT64_C(0xE220A8397B1DCDAF), UINT64_C(0x6E789E6AA1B965F4),
                                      UINT64_C(0x06C45D188009454F), UINT64_C(0xF88BB8A8724C81EC)};
    static const uint64_t drawn[] = {11520, 0, 1509978240, UINT64_C(1215971899390074240)};
    (void)state;
    dlu_random random;
    dlu_random_seed(&random, 0);
    for (size_t i = 0; i < 4; i++)
        assert_true(random.state[i] == seeded[i]);
    random = (dlu_random){{1, 2, 3, 4}};
    for (size_t i = 0; i < 4; i++)
        assert_true(dlu_random_bits(&random) == drawn[i]);
}

static void normals_have_their_moments(void **state)
{
    enum { N = 40000 };
    double sum = 0, squares = 0, fourth = 0;
    dlu_random random;
    (void)state;
    dlu_random_seed(&random, 7);
    for (unsigned i = 0; i < N; i++) {
        double z = dlu_random_normal(&random, 1);
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
    }
    assert_true(fabs(sum / N) < 4 / sqrt(N));
    assert_true(fabs(squares / N - 1) < 4 * sqrt(2.0 / N));
    assert_true(fabs(fourth / N - 3) < 4 * sqrt(96.0 / N));
}

static void small_numbers_are_drawn_evenly(void **state)
{
    unsigned counts[3] = {0};
    dlu_random random;
    (void)state;
    dlu_random_seed(&random, 11);
    for (unsigned i = 0; i < 30000; i++)
        counts[dlu_random_below(&random, 3)]++;
    for (unsigned k = 0; k < 3; k++)
        assert_true(counts[k] > 9650 && counts[k] < 10350);
}

static void assert_same_bytes(dlu_bytes a, dlu_bytes b, bool same)
{
    assert_int_equal(a.n_bytes == b.n_bytes && !memcmp(a.bytes, b.bytes, a.n_bytes), same);
    dlu_bytes_free(&a);
    dlu_bytes_free(&b);
}

static void a_seed_decides_everything(void **state)
{
    (void)state;
    dlu_simulate_options other = usual;
    other.seed = 6;
    dlu_simulation *a = simulate(usual), *b = simulate(usual), *c = simulate(other);
    dlu_bytes truth_a, truth_b;
    for (unsigned i = 0; i < 3; i++) {
        assert_same_bytes(plate_csv(a, i), plate_csv(b, i), true);
        assert_same_bytes(plate_csv(a, i), plate_csv(c, i), false);
    }
    assert_same_bytes(map_csv(a), map_csv(b), true);
    assert_int_equal(dlu_simulation_truth_json(a, &truth_a, NULL), DLU_OK);
    assert_int_equal(dlu_simulation_truth_json(b, &truth_b, NULL), DLU_OK);
    assert_same_bytes(truth_a, truth_b, true);
    dlu_simulation_free(a);
    dlu_simulation_free(b);
    dlu_simulation_free(c);
}

static void workbooks_do_not_know_the_time_zone(void **state)
{
    static const char *const zones[] = {"UTC", "Asia/Kathmandu"};
    char *bytes[2], path[64];
    size_t n[2];
    (void)state;
    dlu_simulation *s = simulate(usual);
    snprintf(path, sizeof path, "simulate-%ld.xlsx", (long)getpid());
    for (unsigned what = 0; what < 2; what++) {
        for (unsigned i = 0; i < 2; i++) {
            setenv("TZ", zones[i], 1);
            tzset();
            assert_int_equal(what ? dlu_simulation_map_xlsx(s, path, NULL)
                                  : dlu_simulation_plate_xlsx(s, 1, path, NULL),
                             DLU_OK);
            bytes[i] = workbook_bytes(path, &n[i]);
            remove(path);
        }
        assert_true(n[0] > 0);
        assert_int_equal(n[0], n[1]);
        assert_memory_equal(bytes[0], bytes[1], n[0]);
        free(bytes[0]);
        free(bytes[1]);
    }
    dlu_simulation_free(s);
}

static void what_does_not_fit_is_refused(void **state)
{
    static const struct {
        dlu_simulate_options options;
        const char *code;
        const char *word;
    } rows[] = {{{96, 3, 8, 1}, "simulate-pairs-do-not-fit", "expected at most 7"},
                {{384, 3, 32, 1}, "simulate-pairs-do-not-fit", "expected at most 31"},
                {{96, 3, 0, 1}, "simulate-pairs", "1 to 7"},
                {{95, 3, 1, 1}, "simulate-wells", "96 or 384, found 95"},
                {{96, 0, 1, 1}, "simulate-blocks", "1 to 30"},
                {{96, 31, 1, 1}, "simulate-blocks", "found 31"},
                {{96, 3, 1, UINT64_MAX}, "simulate-seed", "found 18446744073709551615"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_error err;
        dlu_simulation *s = NULL;
        assert_int_equal(dlu_simulation_new(&rows[i].options, &s, &err), DLU_E_USAGE);
        assert_null(s);
        assert_string_equal(err.code, rows[i].code);
        if (!strstr(err.text, rows[i].word))
            fail_msg("\"%s\" does not say \"%s\"", err.text, rows[i].word);
    }
}

static void full_plates_can_be_had(void **state)
{
    static const dlu_simulate_options rows[] = {
        {96, 30, 7, 1}, {384, 2, 31, 1}, {96, 1, 7, 1}, {96, 2, 1, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_simulation *s = simulate(rows[i]);
        assert_int_equal(dlu_simulation_plate_count(s), rows[i].blocks);
        for (unsigned p = 0; p < rows[i].blocks; p++) {
            assert_int_equal(s->plates[p].n_wells, 3 * (4 * rows[i].pairs + 2) + 6);
            for (size_t w = 0; w < s->plates[p].n_wells; w++) {
                dlu_well well = s->plates[p].wells[w].well;
                assert_true((well >> 8) < s->n_rows && (well & 0xFF) < s->n_cols);
                assert_true(!w || s->plates[p].wells[w - 1].well < well);
            }
        }
        dlu_simulation_free(s);
    }
}

/* Three wells an arm, six blanks, and one dead well that leaves its unit two others. */
static void plates_hold_what_was_promised(void **state)
{
    unsigned dead = 0;
    (void)state;
    dlu_simulation *s = simulate(usual);
    for (unsigned p = 0; p < 3; p++) {
        unsigned blanks = 0, wells[18] = {0};
        for (size_t w = 0; w < s->plates[p].n_wells; w++) {
            const dlu_sim_well *well = &s->plates[p].wells[w];
            dead += well->dead;
            blanks += !well->arm;
            if (well->arm)
                wells[well->arm - s->arms]++;
            bool lit = well->arm && !well->dead;
            assert_true(lit ? well->renilla > 50000 && well->renilla < 3e6
                            : well->renilla > 200 && well->renilla < 1200);
            assert_true(lit ? well->firefly > 10000 && well->firefly < 9e6
                            : well->firefly > 200 && well->firefly < 1200);
            assert_true(well->firefly == floor(well->firefly));
        }
        assert_int_equal(blanks, 6);
        for (unsigned a = 0; a < 18; a++)
            assert_int_equal(wells[a], 3);
    }
    assert_int_equal(dead, 1);
    dlu_simulation_free(s);
}

static void the_last_plate_has_another_layout(void **state)
{
    (void)state;
    dlu_simulation *s = simulate(usual);
    for (size_t w = 0; w < s->plates[0].n_wells; w++) {
        assert_true(s->plates[0].wells[w].arm == s->plates[1].wells[w].arm);
        assert_true(s->plates[0].wells[w].arm != s->plates[2].wells[w].arm);
    }
    dlu_simulation_free(s);
}

static void the_map_is_written_as_at_the_bench(void **state)
{
    (void)state;
    dlu_simulation *days = simulate(usual);
    dlu_bytes map = map_csv(days);
    assert_non_null(strstr(map.bytes, "well,plate,role,target,construct,treatment,mirna,day\n"
                                      "A1,day1,sample,PTEN,WT,scramble,,2024-03-04\n"));
    assert_non_null(strstr(map.bytes, "\nA4,day2,sample,PTEN,WT,mimic,hsa-miR-21-5p,2024-03-05\n"));
    assert_non_null(strstr(map.bytes, "\nA1,day3,blank,,,,,2024-03-12\n"));
    assert_non_null(strstr(map.bytes, ",sample,,EV,scramble,,"));
    dlu_bytes_free(&map);
    dlu_simulation_free(days);
    dlu_simulation *single = simulate((dlu_simulate_options){96, 1, 1, 1});
    map = map_csv(single);
    assert_non_null(strstr(map.bytes, "mirna,replicate\nA1,day1,sample,PTEN,WT,scramble,,1\n"
                                      "A2,day1,sample,PTEN,WT,scramble,,2\n"));
    dlu_bytes_free(&map);
    dlu_simulation_free(single);
}

static dlu_import *import_bytes(const char *name, const char *bytes, size_t n)
{
    dlu_import *import = NULL;
    dlu_error err = {.text = ""};
    dlu_source source = {.name = name, .bytes = bytes, .n_bytes = n};
    if (dlu_import_read(&source, &(dlu_import_options){0}, &import, NULL, &err))
        fail_msg("%s: %s", name, err.text);
    return import;
}

/* The layout of the instrument and the plain table hold the same light. */
static void both_readers_read_the_same_light(void **state)
{
    size_t n;
    char path[64];
    (void)state;
    dlu_simulation *s = simulate(usual);
    snprintf(path, sizeof path, "glomax-%ld.xlsx", (long)getpid());
    assert_int_equal(dlu_simulation_plate_xlsx(s, 2, path, NULL), DLU_OK);
    char *bytes = workbook_bytes(path, &n);
    remove(path);
    dlu_bytes csv = plate_csv(s, 2);
    dlu_import *a = import_bytes("day3.xlsx", bytes, n);
    dlu_import *b = import_bytes("day3.csv", csv.bytes, csv.n_bytes);
    assert_string_equal(a->format, "promega-glomax");
    assert_string_equal(a->date, "2024-03-12");
    assert_int_equal(a->n_plates, 1);
    assert_int_equal(a->plates[0].n_reads, 2);
    assert_int_equal(b->plates[0].n_reads, 2);
    for (size_t r = 0; r < 2; r++) {
        const dlu_read *x = &a->plates[0].reads[r], *y = &b->plates[0].reads[r];
        assert_int_equal(x->n_readings, s->plates[2].n_wells);
        assert_int_equal(y->n_readings, x->n_readings);
        for (size_t i = 0; i < x->n_readings; i++) {
            const dlu_sim_well *well = &s->plates[2].wells[i];
            assert_int_equal(x->readings[i].well, well->well);
            assert_true(x->readings[i].value == (r ? well->renilla : well->firefly));
            assert_true(y->readings[i].value == x->readings[i].value);
        }
    }
    dlu_import_free(a);
    dlu_import_free(b);
    dlu_bytes_free(&csv);
    free(bytes);
    dlu_simulation_free(s);
}

static dlu_result *analyze(const dlu_simulation *s)
{
    static const char *const names[] = {"day1.csv", "day2.csv", "day3.csv"};
    dlu_bytes plates[3], map = map_csv(s);
    dlu_source sources[3],
        map_source = {.name = "map.csv", .bytes = map.bytes, .n_bytes = map.n_bytes};
    dlu_result *result = NULL;
    dlu_error err = {.text = ""};
    unsigned n = dlu_simulation_plate_count(s);
    for (unsigned i = 0; i < n; i++) {
        plates[i] = plate_csv(s, i);
        sources[i] =
            (dlu_source){.name = names[i], .bytes = plates[i].bytes, .n_bytes = plates[i].n_bytes};
    }
    dlu_job job = {.plates = sources, .n_plates = n, .maps = &map_source, .n_maps = 1};
    dlu_settings_default(&job.settings);
    if (dlu_analyze(&job, &result, NULL, &err))
        fail_msg("%s", err.text);
    for (unsigned i = 0; i < n; i++)
        dlu_bytes_free(&plates[i]);
    dlu_bytes_free(&map);
    return result;
}

static void the_analysis_finds_the_truth(void **state)
{
    dlu_bytes bytes;
    (void)state;
    dlu_simulation *s = simulate(usual);
    dlu_result *result = analyze(s);
    assert_int_equal(dlu_simulation_truth_json(s, &bytes, NULL), DLU_OK);
    json_t *truth = json_loadb(bytes.bytes, bytes.n_bytes, 0, NULL);
    json_t *targets = json_object_get(truth, "targets");
    assert_int_equal(json_array_size(targets), result->n_verdicts);
    for (size_t i = 0; i < result->n_verdicts; i++) {
        json_t *target = json_array_get(targets, i);
        const dlu_verdict_row *verdict = &result->verdicts[i];
        assert_string_equal(verdict->target, json_string_value(json_object_get(target, "target")));
        assert_string_equal(verdict->verdict,
                            json_string_value(json_object_get(target, "verdict")));
        assert_string_equal(dlu_call_name(verdict->call),
                            json_string_value(json_object_get(target, "call")));
        double fold = json_number_value(json_object_get(target, "wt_fold"));
        assert_true(verdict->wt_fold_low < fold && fold < verdict->wt_fold_high);
    }
    json_decref(truth);
    dlu_bytes_free(&bytes);
    dlu_result_free(result);
    dlu_simulation_free(s);
}

static void a_single_plate_is_three_transfections(void **state)
{
    (void)state;
    dlu_simulation *s = simulate((dlu_simulate_options){96, 1, 1, 1});
    dlu_result *result = analyze(s);
    assert_int_equal(result->n_verdicts, 1);
    assert_false(result->verdicts[0].exploratory);
    for (size_t i = 0; i < result->n_groups; i++)
        if (result->groups[i].target)
            assert_int_equal(result->groups[i].n, 3);
    size_t dead = 0;
    for (size_t i = 0; i < result->n_wells; i++)
        if (result->wells[i].flags >> DLU_FLAG_DEAD_WELL & 1u)
            dead += result->wells[i].target == NULL;
    assert_int_equal(dead, 1);
    dlu_result_free(result);
    dlu_simulation_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_is_the_published_one),
        cmocka_unit_test(normals_have_their_moments),
        cmocka_unit_test(small_numbers_are_drawn_evenly),
        cmocka_unit_test(a_seed_decides_everything),
        cmocka_unit_test(workbooks_do_not_know_the_time_zone),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(full_plates_can_be_had),
        cmocka_unit_test(plates_hold_what_was_promised),
        cmocka_unit_test(the_last_plate_has_another_layout),
        cmocka_unit_test(the_map_is_written_as_at_the_bench),
        cmocka_unit_test(both_readers_read_the_same_light),
        cmocka_unit_test(the_analysis_finds_the_truth),
        cmocka_unit_test(a_single_plate_is_three_transfections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
