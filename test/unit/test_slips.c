/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "assay/slips.h"
#include "simulate/simulation.h"

#define MOST_PLATES 6

/* One experiment made up and analysed; `plant` are bits 1u << dlu_slip. */
typedef struct trial {
    dlu_simulation *simulation;
    dlu_result *result;
    dlu_messages *log;
    dlu_bytes bytes[MOST_PLATES + 1];
} trial;

static dlu_simulation *simulate(unsigned blocks, unsigned pairs, uint64_t seed, unsigned plant)
{
    dlu_simulate_options options = {96, blocks, pairs, seed};
    dlu_simulation *simulation;
    dlu_error err = {.text = ""};
    if (dlu_simulation_new(&options, &simulation, &err) ||
        (plant && dlu_simulation_plant(simulation, plant, &err)))
        fail_msg("%s", err.text);
    return simulation;
}

static trial try(unsigned blocks, unsigned pairs, uint64_t seed, unsigned plant, const char *vector)
{
    static const char *const names[] = {"day1.csv", "day2.csv", "day3.csv",
                                        "day4.csv", "day5.csv", "day6.csv"};
    trial t = {.simulation = simulate(blocks, pairs, seed, plant), .log = dlu_messages_new()};
    dlu_source plates[MOST_PLATES], map;
    dlu_error err = {.text = ""};
    dlu_bytes *bytes = t.bytes;
    for (unsigned i = 0; i < blocks; i++) {
        assert_int_equal(dlu_simulation_plate_csv(t.simulation, i, &bytes[i], &err), DLU_OK);
        plates[i] =
            (dlu_source){.name = names[i], .bytes = bytes[i].bytes, .n_bytes = bytes[i].n_bytes};
    }
    assert_int_equal(dlu_simulation_map_csv(t.simulation, &bytes[MOST_PLATES], &err), DLU_OK);
    map = (dlu_source){.name = "map.csv",
                       .bytes = bytes[MOST_PLATES].bytes,
                       .n_bytes = bytes[MOST_PLATES].n_bytes};
    dlu_job job = {.plates = plates, .n_plates = blocks, .maps = &map, .n_maps = 1};
    dlu_settings_default(&job.settings);
    if (vector)
        assert_int_equal(dlu_setting_set(&job.settings, "vector", vector, &err), DLU_OK);
    if (dlu_analyze(&job, &t.result, t.log, &err))
        fail_msg("%s", err.text);
    return t;
}

static void trial_free(trial *t)
{
    dlu_simulation_free(t->simulation);
    dlu_result_free(t->result);
    dlu_messages_free(t->log);
    for (size_t i = 0; i < MOST_PLATES + 1; i++)
        dlu_bytes_free(&t->bytes[i]);
}

/* How many warnings speak of slips; the first goes to *first. */
static size_t slips_said(const dlu_messages *log, const dlu_message **first)
{
    size_t n = 0;
    for (size_t i = dlu_messages_count(log); i-- > 0;) {
        const dlu_message *m = dlu_messages_get(log, i);
        if (strncmp(m->code, "slip-", 5) != 0)
            continue;
        assert_int_equal(m->severity, DLU_WARNING);
        *first = m;
        n++;
    }
    return n;
}

static void clean_plates_are_left_in_peace(void **state)
{
    (void)state;
    for (unsigned blocks = 1; blocks <= 3; blocks += 2)
        for (unsigned pairs = 1; pairs <= 4; pairs++)
            for (uint64_t seed = 100; seed < 103; seed++) {
                const dlu_message *said;
                trial t = try(blocks, pairs, seed, 0, NULL);
                if (slips_said(t.log, &said))
                    fail_msg("%u blocks, %u pairs, seed %d: %s", blocks, pairs, (int)seed,
                             said->text);
                trial_free(&t);
            }
}

/* A slip that was planted and the one warning that must follow. */
typedef struct expected {
    dlu_slip kind;
    unsigned blocks, pairs;
    uint64_t seed;
    const char *code, *file;
    const char *words[4];
} expected;

static const expected planted[] = {
    {DLU_SLIP_TURNED,
     1,
     2,
     11,
     "slip-turned",
     "day1.csv",
     {"plate day1 looks turned by 180 degrees: 30 wells are dark or bright where the map turned "
      "around says so",
      "A1 is dark (firefly 417, renilla 781) where the map has PTEN WT scramble"}},
    {DLU_SLIP_TURNED,
     3,
     4,
     11,
     "slip-turned",
     NULL,
     {"looks turned by 180 degrees", "shines (firefly ", "where the map has a blank"}},
    {DLU_SLIP_SHIFTED_ROW,
     1,
     2,
     11,
     "slip-shifted-row",
     "day1.csv",
     {"plate day1: the wells of row A (A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12) look "
      "shifted right by one: 3 of them fit the map's neighbouring well better than their own, 0 "
      "worse (odds 3600000 to 1)",
      "A4 has the ratio 0.94; PTEN WT scramble has 1.2, and PTEN WT mimic, as the map says, 0.49",
      "A1 is dark"}},
    {DLU_SLIP_SHIFTED_COLUMN,
     3,
     2,
     11,
     "slip-shifted-column",
     "day2.csv",
     {"plate day2: the wells of column 4 (A4, B4, C4) look shifted down by one",
      "C4 has the ratio 0.59; PDCD4 WT mimic has 0.49, and EMPTY mimic, as the map says, 2.0"}},
    {DLU_SLIP_SWAPPED,
     3,
     2,
     11,
     "slip-swapped",
     "day2.csv",
     {"plate day2: the neighbours B2, C2 look exchanged (odds 1000000 to 1, 94 pairs of neighbours "
      "looked at)",
      "B2 has the ratio 1.8; EMPTY scramble has 1.8, and PDCD4 WT scramble, as the map says, 1.0"}},
    {DLU_SLIP_EMPTIED_DOUBLED,
     1,
     2,
     11,
     "slip-emptied-doubled",
     "day1.csv",
     {"plate day1: B8 (PDCD4 MUT scramble) is as dark as a blank (firefly 435, renilla 688), and "
      "A8 "
      "beside it (PTEN MUT scramble) has 2.7 times the control light of wells like it (p = "
      "0.00041, "
      "6 pairs looked at)"}},
    {DLU_SLIP_EXCHANGED,
     3,
     2,
     11,
     "slip-exchanged",
     "day2.csv",
     {"plate day2: firefly and renilla look exchanged: over the 10 arms it shares with plate day1 "
      "the ln ratios correlate by -0.99; it is the mirror image of 2 plates and like 0"}},
};

static void every_slip_is_found_and_said_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        const expected *e = &planted[i];
        const dlu_message *said = NULL;
        trial t = try(e->blocks, e->pairs, e->seed, 1u << e->kind, NULL);
        size_t n = slips_said(t.log, &said);
        if (n != 1)
            fail_msg("%s: expected one warning, found %zu", e->code, n);
        assert_string_equal(said->code, e->code);
        if (e->file)
            assert_string_equal(said->file, e->file);
        assert_true(said->hint[0] != '\0');
        for (size_t k = 0; k < 4 && e->words[k]; k++)
            if (!strstr(said->text, e->words[k]))
                fail_msg("expected \"%s\" in \"%s\"", e->words[k], said->text);
        trial_free(&t);
    }
}

/* Two plates that contradict each other: the light does not say which one is wrong. */
static void two_mirrored_plates_are_both_named(void **state)
{
    const dlu_message *said = NULL;
    (void)state;
    trial t = try(2, 3, 21, 1u << DLU_SLIP_EXCHANGED, NULL);
    assert_int_equal(slips_said(t.log, &said), 1);
    assert_string_equal(said->code, "slip-exchanged");
    assert_non_null(strstr(said->text, "plates day1 and day2 are mirror images"));
    assert_non_null(strstr(said->text, "which one, the light does not say"));
    trial_free(&t);
}

/* pmirGLO read as psiCHECK-2: on every plate the wrong luciferase answers to the site. */
static void the_wrong_vector_is_suspected(void **state)
{
    const dlu_message *said = NULL;
    (void)state;
    trial t = try(3, 2, 12, 0, "psicheck2");
    assert_int_equal(slips_said(t.log, &said), 1);
    assert_string_equal(said->code, "slip-exchanged");
    assert_non_null(strstr(said->text, "renilla and firefly may be exchanged on all plates: the "
                                       "treatment changes firefly 0.49-fold"));
    assert_non_null(strstr(said->text, "the site is in the 3'UTR of renilla"));
    assert_non_null(strstr(said->hint, "--vector"));
    trial_free(&t);
}

static double light_of(const dlu_result *r, size_t plate, const char *well, double *control)
{
    char name[16];
    snprintf(name, sizeof name, "day%zu", plate + 1);
    for (size_t i = 0; i < r->n_wells; i++)
        if (!strcmp(r->wells[i].plate, name) && !strcmp(r->wells[i].well, well)) {
            *control = r->wells[i].control;
            return r->wells[i].reporter;
        }
    fail_msg("no well %s on plate %s", well, name);
    return NAN;
}

/* Only what slipped differs from the experiment of the same seed, and the words change no number.
 */
static void planting_touches_its_wells_only(void **state)
{
    (void)state;
    trial plain = try(3, 2, 11, 0, NULL), swapped = try(3, 2, 11, 1u << DLU_SLIP_SWAPPED, NULL);
    assert_int_equal(plain.result->n_wells, swapped.result->n_wells);
    size_t differ = 0;
    for (size_t i = 0; i < plain.result->n_wells; i++) {
        const dlu_well_row *a = &plain.result->wells[i], *b = &swapped.result->wells[i];
        assert_string_equal(a->well, b->well);
        assert_int_equal(a->used, b->used);
        if (a->reporter != b->reporter || a->control != b->control) {
            differ++;
            assert_string_equal(a->plate, "day2");
        }
    }
    assert_int_equal(differ, 2);
    double b2, c2, other;
    assert_true(light_of(plain.result, 1, "B2", &b2) == light_of(swapped.result, 1, "C2", &other));
    assert_true(b2 == other);
    assert_true(light_of(plain.result, 1, "C2", &c2) == light_of(swapped.result, 1, "B2", &other));
    assert_true(c2 == other);
    trial_free(&plain);
    trial_free(&swapped);
}

static void slips_are_written_into_the_truth(void **state)
{
    dlu_bytes truth;
    dlu_error err;
    (void)state;
    dlu_simulation *s = simulate(3, 2, 11, 1u << DLU_SLIP_SWAPPED | 1u << DLU_SLIP_SHIFTED_COLUMN);
    assert_int_equal(dlu_simulation_truth_json(s, &truth, &err), DLU_OK);
    assert_non_null(strstr(truth.bytes, "\"kind\": \"shifted-column\""));
    assert_non_null(strstr(truth.bytes, "\"kind\": \"swapped\""));
    assert_int_equal(s->n_slips, 2);
    assert_int_not_equal(s->slips[0].plate, s->slips[1].plate);
    assert_int_equal(dlu_simulation_plant(s, 1u << DLU_SLIP_TURNED, &err), DLU_E_USAGE);
    assert_string_equal(err.code, "simulate-slips");
    dlu_bytes_free(&truth);
    dlu_simulation_free(s);
}

/* All six on one plate: every one is planted, on wells of its own where it takes two wells. */
static void all_slips_fit_on_one_plate(void **state)
{
    (void)state;
    dlu_simulation *s = simulate(1, 4, 3, (1u << DLU_SLIP_COUNT) - 1);
    assert_int_equal(s->n_slips, DLU_SLIP_COUNT);
    const dlu_sim_slip *swap = &s->slips[DLU_SLIP_SWAPPED];
    const dlu_sim_slip *doubled = &s->slips[DLU_SLIP_EMPTIED_DOUBLED];
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++)
            assert_int_not_equal(swap->wells[i], doubled->wells[k]);
    dlu_simulation_free(s);
}

/* A table of light and map; the blank B3 was filled with what belongs into its neighbour B2. */
static const char *const blank_swapped =
    "well,firefly,renilla,role,target,construct,treatment,mirna\n"
    "A1,200000,400000,sample,PTEN,WT,scramble,\nA2,210000,410000,sample,PTEN,WT,scramble,\n"
    "A3,190000,390000,sample,PTEN,WT,scramble,\nA4,110000,420000,sample,PTEN,WT,mimic,miR-21\n"
    "A5,100000,400000,sample,PTEN,WT,mimic,miR-21\nA6,95000,380000,sample,PTEN,WT,mimic,miR-21\n"
    "B1,180000,400000,sample,PTEN,MUT,scramble,\nB2,405,610,sample,PTEN,MUT,scramble,\n"
    "B3,185000,395000,blank,,,,\nB4,410,620,blank,,,,\nB5,395,600,blank,,,,\n"
    "C1,182000,390000,sample,PTEN,MUT,mimic,miR-21\nC2,186000,410000,sample,PTEN,MUT,mimic,miR-21\n"
    "C3,179000,400000,sample,PTEN,MUT,mimic,miR-21\n";

static void a_blank_and_a_sample_exchanged(void **state)
{
    const dlu_message *said = NULL;
    dlu_source source = {
        .name = "p1.csv", .bytes = blank_swapped, .n_bytes = strlen(blank_swapped)};
    dlu_job job = {.plates = &source, .n_plates = 1};
    dlu_messages *log = dlu_messages_new();
    dlu_result *result;
    dlu_error err = {.text = ""};
    (void)state;
    dlu_settings_default(&job.settings);
    assert_int_equal(dlu_analyze(&job, &result, log, &err), DLU_OK);
    assert_int_equal(slips_said(log, &said), 1);
    assert_string_equal(said->code, "slip-swapped");
    assert_non_null(strstr(said->text, "the neighbours B2, B3 look exchanged"));
    assert_non_null(
        strstr(said->text, "B3 shines (firefly 185000, renilla 395000) where the map has a blank"));
    assert_non_null(strstr(said->text, "B2 is dark (firefly 405, renilla 610)"));
    dlu_result_free(result);
    dlu_messages_free(log);
}

/* Against pt(t, df, lower.tail = FALSE) of R 4.2.2: never smaller, larger by at most `above`. */
static void tails_are_close_to_those_of_student(void **state)
{
    static const struct {
        double t, df, p, above;
    } rows[] = {{2.228138852, 10, 0.025, 0.005},
                {4.586893859, 10, 0.0005, 0.025},
                {3.746947388, 4, 0.01, 0.035},
                {8.610301581, 4, 0.0005, 0.16},
                {2.423256779, 40, 0.01, 0.0005}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double p = dlu_slip_t_upper(rows[i].t, rows[i].df);
        if (!(p >= rows[i].p * (1 - 1e-6)) || !(p <= rows[i].p * (1 + rows[i].above)))
            fail_msg("t %g, df %g: expected %g, found %g", rows[i].t, rows[i].df, rows[i].p, p);
        double other = dlu_slip_t_upper(-rows[i].t, rows[i].df);
        assert_true(fabs(other + p - 1) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_plates_are_left_in_peace),
        cmocka_unit_test(every_slip_is_found_and_said_once),
        cmocka_unit_test(two_mirrored_plates_are_both_named),
        cmocka_unit_test(the_wrong_vector_is_suspected),
        cmocka_unit_test(planting_touches_its_wells_only),
        cmocka_unit_test(slips_are_written_into_the_truth),
        cmocka_unit_test(all_slips_fit_on_one_plate),
        cmocka_unit_test(a_blank_and_a_sample_exchanged),
        cmocka_unit_test(tails_are_close_to_those_of_student),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
