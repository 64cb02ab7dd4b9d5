/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyze_csv.h"
#include "wells_blocked.h"

static void near(double found, double expected, double tolerance, const char *what)
{
    if (!(fabs(found - expected) <= tolerance * fabs(expected)))
        fail_msg("%s: expected %.17g, found %.17g", what, expected, found);
}

static const dlu_qc_row *qc(const analysed *a, const char *plate, const char *item)
{
    for (size_t i = 0; i < a->result->n_qc; i++) {
        const dlu_qc_row *row = &a->result->qc[i];
        if (row->plate && !strcmp(row->plate, plate) && !strcmp(row->item, item))
            return row;
    }
    fail_msg("no %s of %s", item, plate);
    return NULL;
}

static const dlu_well_row *well(const analysed *a, const char *plate, const char *name)
{
    for (size_t i = 0; i < a->result->n_wells; i++)
        if (!strcmp(a->result->wells[i].plate, plate) && !strcmp(a->result->wells[i].well, name))
            return &a->result->wells[i];
    fail_msg("no well %s of %s", name, plate);
    return NULL;
}

static void the_dead_well_is_left_out(void **state)
{
    analysed a = analyze_text(WELLS_BLOCKED, NULL);
    const dlu_well_row *w = well(&a, "P2", "B5");
    size_t used = 0, samples = 0;
    (void)state;
    assert_true(w->reporter_net == 50);
    assert_true(w->control_net == -2);
    assert_true(isnan(w->ratio));
    assert_false(w->used);
    for (size_t i = 0; i < a.result->n_wells; i++) {
        used += a.result->wells[i].used;
        samples += !strcmp(a.result->wells[i].role, "sample");
    }
    assert_int_equal(samples - used, 1);
    analysed_free(&a);
}

#define PLATE                                                                                      \
    "well,firefly,renilla,construct,treatment,role,use\n"                                          \
    "A1,500,400,,,blank,\nA2,520,420,,,blank,\nA3,480,380,,,blank,\n"                              \
    "B1,90000,80000,WT,scramble,,\nB2,91000,81000,WT,scramble,,\n"                                 \
    "B3,92000,82000,WT,mimic,,\nB4,93000,83000,WT,mimic,,\n"

/* Blank 500/400 with SD 20 in both channels: LOD 460, LOQ 600 of the control channel. */
static void flags_follow_their_rules(void **state)
{
    static const struct {
        const char *row; /* light, roles and use of well C1 */
        dlu_flag flag;
        bool used;
    } rows[] = {
        {"C1,90000,459,WT,mimic,,\n", DLU_FLAG_NRM_BELOW_LOD, false},
        {"C1,90000,599,WT,mimic,,\n", DLU_FLAG_NRM_BELOW_LOQ, false}, /* dead as well */
        {"C1,90000,1199,WT,mimic,,\n", DLU_FLAG_DEAD_WELL, false},
        {"C1,450,80000,WT,mimic,,\n", DLU_FLAG_NONPOSITIVE, false},
        {"C1,559,80000,WT,mimic,,\n", DLU_FLAG_REP_BELOW_LOD, true},
        {"C1,,80000,WT,mimic,,\n", DLU_FLAG_NOT_READ, false},
        {"C1,MISSED,80000,WT,mimic,,\n", DLU_FLAG_NOT_READ, false},
        {"C1,OVRFLW,80000,WT,mimic,,\n", DLU_FLAG_SATURATED, false},
        {"C1,Masked,80000,WT,mimic,,\n", DLU_FLAG_MASKED, false},
        {"C1,90000,80000,WT,mimic,,0\n", DLU_FLAG_EXCLUDED_BY_MAP, false},
        {"C1,90000000,80000,WT,mimic,,\n", DLU_FLAG_CROSSTALK, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char table[2048];
        snprintf(table, sizeof table, "%s%s", PLATE, rows[i].row);
        analysed a = analyze_text(table, NULL);
        if (a.status != DLU_OK)
            fail_msg("row %zu: %s", i, a.err.text);
        const dlu_well_row *w = well(&a, "p1", "C1");
        if (!(w->flags >> rows[i].flag & 1) || w->used != rows[i].used)
            fail_msg("row %zu: %s, flags %x, used %d", i, dlu_flag_name(rows[i].flag),
                     (unsigned)w->flags, w->used);
        for (int f = 0; f < 4; f++) {
            const dlu_well_row *good = well(&a, "p1", (const char *[]){"B1", "B2", "B3", "B4"}[f]);
            assert_int_equal(good->flags &
                                 ~(1u << DLU_FLAG_HIGH_TECH_CV | 1u << DLU_FLAG_COLLAPSE_SENSITIVE),
                             0);
        }
        analysed_free(&a);
    }
}

static void wells_at_a_shared_maximum_are_suspected(void **state)
{
    analysed a = analyze_text(PLATE "C1,99000,80000,WT,mimic,,\nC2,99000,80000,WT,mimic,,\n", NULL);
    (void)state;
    assert_true(well(&a, "p1", "C1")->flags >> DLU_FLAG_POSSIBLE_SATURATION & 1);
    assert_true(well(&a, "p1", "C2")->flags >> DLU_FLAG_POSSIBLE_SATURATION & 1);
    assert_true(well(&a, "p1", "C1")->used);
    assert_int_equal(well(&a, "p1", "B1")->flags, 0);
    analysed_free(&a);
}

static void without_blanks_nothing_is_subtracted_and_it_is_said(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment\n"
                              "B1,90000,80000,WT,scramble\nB2,91000,81000,WT,scramble\n"
                              "B3,92000,82000,WT,mimic\nB4,93000,83000,WT,mimic\n"
                              "C1,362,326,WT,mimic\n",
                              NULL);
    (void)state;
    assert_int_equal(a.status, DLU_OK);
    assert_true(was_said(&a, "no-blank"));
    assert_true(well(&a, "p1", "B1")->reporter_net == 90000);
    assert_true(well(&a, "p1", "B1")->flags >> DLU_FLAG_BACKGROUND_NOT_SUBTRACTED & 1);
    /* An empty well gives a plausible ratio of 1.11: the control channel gives it away. */
    assert_false(well(&a, "p1", "C1")->used);
    assert_true(well(&a, "p1", "C1")->flags >> DLU_FLAG_DEAD_WELL & 1);
    analysed_free(&a);
}

static void one_blank_gives_a_mean_but_no_limits(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment,role\n"
                              "A1,500,400,,,blank\n"
                              "B1,90000,80000,WT,scramble,\nB2,91000,1199,WT,mimic,\n",
                              NULL);
    (void)state;
    assert_true(well(&a, "p1", "B1")->control_net == 79600);
    assert_int_equal(well(&a, "p1", "B1")->flags, 0);
    assert_true(well(&a, "p1", "B2")->flags >> DLU_FLAG_NRM_LOW_SB & 1);
    analysed_free(&a);
}

static void cell_free_blanks_serve_only_where_there_are_no_others(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment,role\n"
                              "A1,500,400,,,blank-buffer\nA2,510,410,,,blank-buffer\n"
                              "B1,90000,80000,WT,scramble,\nB2,91000,81000,WT,mimic,\n",
                              NULL);
    (void)state;
    assert_true(was_said(&a, "buffer-blank"));
    assert_true(well(&a, "p1", "B1")->control_net == 80000 - 405);
    analysed_free(&a);
    a = analyze_text("well,firefly,renilla,construct,treatment,role\n"
                     "A1,500,400,,,blank\nA2,100,100,,,blank-buffer\n"
                     "B1,90000,80000,WT,scramble,\nB2,91000,81000,WT,mimic,\n",
                     NULL);
    assert_false(was_said(&a, "buffer-blank"));
    assert_true(well(&a, "p1", "B1")->control_net == 79600);
    analysed_free(&a);
}

static void a_plate_is_never_given_another_plates_blank(void **state)
{
    analysed a = analyze_text("plate,well,firefly,renilla,construct,treatment,role\n"
                              "P1,A1,500,400,,,blank\nP1,A2,510,410,,,blank\n"
                              "P1,B1,90000,80000,WT,scramble,\nP2,B1,91000,81000,WT,mimic,\n",
                              NULL);
    (void)state;
    assert_true(well(&a, "P1", "B1")->control_net == 80000 - 405);
    assert_true(well(&a, "P2", "B1")->control_net == 81000);
    assert_true(was_said(&a, "no-blank"));
    analysed_free(&a);
}

/* Three wells an arm: transfections are told apart by replicate, or by plate, or are one. */
static void units_follow_replicate_and_plate(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment\n"
                              "A1,10,10,WT,scr\nA2,11,10,WT,scr\nB1,9,10,WT,mir\nB2,8,10,WT,mir\n",
                              NULL);
    (void)state;
    assert_int_equal(a.result->n_units, 2);
    assert_int_equal(a.result->units[0].n_wells, 2);
    analysed_free(&a);
    a = analyze_text("well,firefly,renilla,construct,treatment,replicate\n"
                     "A1,10,10,WT,scr,1\nA2,11,10,WT,scr,2\nB1,9,10,WT,mir,1\nB2,8,10,WT,mir,1\n",
                     NULL);
    assert_int_equal(a.result->n_units, 3);
    analysed_free(&a);
    a = analyze_text("plate,well,firefly,renilla,construct,treatment\n"
                     "P1,A1,10,10,WT,scr\nP2,A1,11,10,WT,scr\nP1,B1,9,10,WT,mir\n"
                     "P2,B1,8,10,WT,mir\n",
                     NULL);
    assert_int_equal(a.result->n_units, 4);
    analysed_free(&a);
    a = analyze_text("plate,day,well,firefly,renilla,construct,treatment\n"
                     "P1,mon,A1,10,10,WT,scr\nP2,mon,A1,11,10,WT,scr\nP1,mon,B1,9,10,WT,mir\n"
                     "P2,mon,B1,8,10,WT,mir\n",
                     NULL);
    assert_int_equal(a.result->n_units, 2);
    assert_string_equal(a.result->units[0].plate, "P1;P2");
    analysed_free(&a);
}

static void technical_cv_and_collapse_are_flagged(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment\n"
                              "A1,1000,1000,WT,scr\nA2,2000,1000,WT,scr\n"
                              "B1,1000,1000,WT,mir\nB2,1010,1000,WT,mir\n",
                              NULL);
    double s = log(2.0) / sqrt(2.0);
    (void)state;
    near(a.result->units[0].cv, sqrt(exp(s * s) - 1), 1e-12, "cv");
    assert_true(well(&a, "p1", "A1")->flags >> DLU_FLAG_HIGH_TECH_CV & 1);
    assert_false(well(&a, "p1", "B1")->flags >> DLU_FLAG_HIGH_TECH_CV & 1);
    analysed_free(&a);
    a = analyze_text("well,firefly,renilla,construct,treatment\n"
                     "A1,1000,1000,WT,scr\nA2,20000,10000,WT,scr\n"
                     "B1,1000,1000,WT,mir\nB2,1010,1000,WT,mir\n",
                     NULL);
    assert_true(well(&a, "p1", "A1")->flags >> DLU_FLAG_COLLAPSE_SENSITIVE & 1);
    assert_false(well(&a, "p1", "B1")->flags >> DLU_FLAG_COLLAPSE_SENSITIVE & 1);
    analysed_free(&a);
}

static void an_uncertain_blank_limits_dim_units(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment,role\n"
                              "A1,300,300,,,blank\nA2,500,500,,,blank\n"
                              "B1,90000,2300,WT,scr,\nC1,90000,2500,WT,mir,\n",
                              NULL);
    (void)state;
    /* SD 141.4 over sqrt 2 is 100, of nets 1900 and 2100: 5.3 % and 4.8 %. */
    assert_true(well(&a, "p1", "B1")->flags >> DLU_FLAG_BLANK_LIMITED & 1);
    assert_false(well(&a, "p1", "C1")->flags >> DLU_FLAG_BLANK_LIMITED & 1);
    analysed_free(&a);
}

static analysed analyze_with(const char *table, const char *name, const char *value)
{
    dlu_settings settings;
    dlu_settings_default(&settings);
    assert_int_equal(dlu_setting_set(&settings, name, value, NULL), DLU_OK);
    return analyze_text(table, &settings);
}

/* Blank values 500, 520, 480 and 400, 420, 380: the median of four others differs from the mean. */
static void blanks_follow_their_settings(void **state)
{
    const char *skewed = "well,firefly,renilla,construct,treatment,role\n"
                         "A1,500,400,,,blank\nA2,510,410,,,blank\nA3,900,800,,,blank\n"
                         "B1,90000,80000,WT,scr,\nB2,91000,81000,WT,mir,\n";
    const char *none = "well,firefly,renilla,construct,treatment\n"
                       "B1,90000,80000,WT,scr\nB2,91000,81000,WT,mir\n";
    (void)state;
    analysed a = analyze_with(skewed, "blank-stat", "median");
    assert_true(well(&a, "p1", "B1")->control_net == 80000 - 410);
    assert_true(well(&a, "p1", "B1")->reporter_net == 90000 - 510);
    analysed_free(&a);
    a = analyze_with(none, "blank-value", "350,420");
    assert_true(was_said(&a, "blank-constant"));
    assert_false(was_said(&a, "no-blank"));
    assert_true(well(&a, "p1", "B1")->reporter_net == 90000 - 350);
    assert_true(well(&a, "p1", "B1")->control_net == 80000 - 420);
    assert_int_equal(well(&a, "p1", "B1")->flags, 0);
    analysed_free(&a);
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "vector", "psicheck2", NULL);
    dlu_setting_set(&settings, "blank-value", "350,420", NULL);
    a = analyze_text(none, &settings);
    assert_true(well(&a, "p1", "B1")->reporter_net == 80000 - 420);
    assert_true(well(&a, "p1", "B1")->control_net == 90000 - 350);
    analysed_free(&a);
    assert_int_equal(dlu_setting_set(&settings, "blank-value", "350", NULL), DLU_E_USAGE);
    assert_int_equal(dlu_setting_set(&settings, "blank-value", "350,x", NULL), DLU_E_USAGE);
}

/* SDs 20 and 0 of two plates pool to sqrt(200): LOD 400 + 3 x 14.142 on both. */
static void blank_sds_are_pooled_on_request(void **state)
{
    const char *table = "plate,well,firefly,renilla,construct,treatment,role\n"
                        "P1,A1,500,380,,,blank\nP1,A2,500,400,,,blank\nP1,A3,500,420,,,blank\n"
                        "P2,A1,500,400,,,blank\nP2,A2,500,400,,,blank\nP2,A3,500,400,,,blank\n"
                        "P1,B1,90000,80000,WT,scr,\nP2,B1,91000,81000,WT,scr,\n"
                        "P1,B2,90000,80000,WT,mir,\nP2,B2,91000,81000,WT,mir,\n";
    analysed a = analyze_with(table, "blank-sd", "pooled");
    (void)state;
    near(qc(&a, "P1", "control_lod")->value, 400 + 3 * sqrt(200), 1e-12, "LOD");
    near(qc(&a, "P2", "control_lod")->value, 400 + 3 * sqrt(200), 1e-12, "LOD");
    analysed_free(&a);
}

static void wells_are_left_out_as_settings_say(void **state)
{
    (void)state;
    analysed a = analyze_with(PLATE, "saturation-limit", "92500");
    assert_false(well(&a, "p1", "B4")->used);
    assert_true(well(&a, "p1", "B4")->flags >> DLU_FLAG_SATURATED & 1);
    assert_true(well(&a, "p1", "B3")->used);
    analysed_free(&a);
    a = analyze_with(PLATE, "drop-wells", "p1:B3, B4");
    assert_false(well(&a, "p1", "B3")->used);
    assert_false(well(&a, "p1", "B4")->used);
    assert_true(well(&a, "p1", "B3")->flags >> DLU_FLAG_DROPPED & 1);
    assert_true(well(&a, "p1", "B1")->used);
    analysed_free(&a);
    static const char *const wrong[] = {"p1:H12", "p2:B3", "p1:nowhere", "x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        a = analyze_with(PLATE, "drop-wells", wrong[i]);
        assert_int_equal(a.status, DLU_E_USAGE);
        assert_string_equal(a.err.code, "drop-no-such-well");
        assert_non_null(strstr(a.err.text, wrong[i]));
        analysed_free(&a);
    }
    /* Blank 400 with SD 100: LOD 700, LOQ 1400; a control light of 1000 on a dim plate. */
    const char *faint = "well,firefly,renilla,construct,treatment,role\n"
                        "A1,500,300,,,blank\nA2,520,400,,,blank\nA3,480,500,,,blank\n"
                        "B1,90000,1000,WT,scr,\nB2,90000,5000,WT,scr,\nB3,90000,6000,WT,mir,\n";
    a = analyze_with(faint, "loq-action", "flag");
    assert_true(well(&a, "p1", "B1")->used);
    assert_true(well(&a, "p1", "B1")->flags >> DLU_FLAG_NRM_BELOW_LOQ & 1);
    analysed_free(&a);
    a = analyze_with(faint, "loq-action", "exclude");
    assert_false(well(&a, "p1", "B1")->used);
    assert_true(well(&a, "p1", "B2")->used);
    analysed_free(&a);
}

static void units_may_be_ratios_of_sums(void **state)
{
    const char *table = "well,firefly,renilla,construct,treatment,role\n"
                        "A1,100,100,,,blank\n"
                        "B1,1100,1100,WT,scr,\nB2,2600,5100,WT,scr,\nB3,100,600,WT,scr,\n"
                        "C1,1100,1100,WT,mir,\n";
    analysed a = analyze_with(table, "collapse", "ratio-of-sums");
    (void)state;
    assert_true(well(&a, "p1", "B3")->used);
    assert_true(well(&a, "p1", "B3")->flags >> DLU_FLAG_NONPOSITIVE & 1);
    near(a.result->units[0].ln_ratio, log(3500.0 / 6500.0), 1e-12, "ratio of sums");
    assert_int_equal(a.result->units[0].n_wells, 3);
    analysed_free(&a);
    a = analyze_with(table, "collapse", "mean-log");
    near(a.result->units[0].ln_ratio, log(0.5) / 2, 1e-12, "mean of logs");
    assert_int_equal(a.result->units[0].n_wells, 2);
    analysed_free(&a);
}

/* In R: L <- (mean(y) / mean(x))^2; a <- sum(y^2) - L * sum(x^2);
 * log((a + sqrt(a^2 + 4 * L * sum(x * y)^2)) / (2 * sum(x * y))), y and x less their blank of 100.
 */
static void units_may_be_slopes(void **state)
{
    const char *table = "well,firefly,renilla,construct,treatment,role\n"
                        "A1,100,100,,,blank\n"
                        "B1,1100,1100,WT,scr,\nB2,2600,5100,WT,scr,\nB3,130,600,WT,scr,\n"
                        "B4,900,2000,WT,scr,\nB5,300,130,WT,scr,\nB6,1500,3300,WT,scr,\n";
    const double slope = -0.70042398701112252;
    analysed a = analyze_with(table, "collapse", "slope");
    (void)state;
    assert_true(well(&a, "p1", "B3")->used);
    assert_int_equal(a.result->units[0].n_wells, 6);
    near(a.result->units[0].ln_ratio, slope, 1e-12, "Deming's slope");
    analysed_free(&a);
    /* the channels exchanged: the same line, seen from the other side */
    const char *turned = "well,renilla,firefly,construct,treatment,role\n"
                         "A1,100,100,,,blank\n"
                         "B1,1100,1100,WT,scr,\nB2,2600,5100,WT,scr,\nB3,130,600,WT,scr,\n"
                         "B4,900,2000,WT,scr,\nB5,300,130,WT,scr,\nB6,1500,3300,WT,scr,\n";
    a = analyze_with(turned, "collapse", "slope");
    near(a.result->units[0].ln_ratio, -slope, 1e-12, "the other slope");
    analysed_free(&a);
}

static void plates_match_by_name_or_by_order_never_mixed(void **state)
{
    static const char *const two[] = {"well,firefly,renilla\nA1,10,10\nA2,11,10\n",
                                      "well,firefly,renilla\nA1,20,10\nA2,21,10\n"};
    static const struct {
        const char *map;
        dlu_status status;
        double second; /* reporter light of the plate whose A1 is mimic */
    } rows[] = {
        {"plate,well,construct,treatment\np1,A1,WT,scr\np2,A1,WT,mimic\n", DLU_OK, 20},
        {"plate,well,construct,treatment\np2,A1,WT,scr\np1,A1,WT,mimic\n", DLU_OK, 10},
        {"plate,well,construct,treatment\nP2.csv,A1,WT,scr\np1.csv,A1,WT,mimic\n", DLU_OK, 10},
        {"plate,well,construct,treatment\nmon,A1,WT,scr\ntue,A1,WT,mimic\n", DLU_OK, 20},
        {"plate,well,construct,treatment\np2,A1,WT,scr\ntue,A1,WT,mimic\n", DLU_E_INPUT, 0},
        {"plate,well,construct,treatment\nmon,A1,WT,scr\n", DLU_E_INPUT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        analysed a = analyze_texts(two, 2, rows[i].map, NULL);
        if (a.status != rows[i].status)
            fail_msg("row %zu: status %d: %s", i, a.status, a.err.text);
        for (size_t k = 0; a.result && k < a.result->n_wells; k++)
            if (a.result->wells[k].treatment && !strcmp(a.result->wells[k].treatment, "mimic"))
                assert_true(a.result->wells[k].reporter == rows[i].second);
        if (a.result)
            assert_true(was_said(&a, "map-plates-matched"));
        analysed_free(&a);
    }
}

static void strays_on_either_side_are_counted(void **state)
{
    static const char *const one[] = {"well,firefly,renilla\nA1,10,10\nA2,11,10\n"};
    analysed a = analyze_texts(one, 1, "well,construct,treatment\nA1,WT,scr\nA3,WT,mimic\n", NULL);
    (void)state;
    assert_int_equal(a.status, DLU_OK);
    assert_true(was_said(&a, "well-not-in-map"));
    assert_true(was_said(&a, "well-not-read"));
    assert_null(well(&a, "p1", "A2")->role);
    assert_false(well(&a, "p1", "A2")->used);
    analysed_free(&a);
}

static void maps_are_refused_with_the_cell(void **state)
{
    static const char *const one[] = {"well,firefly,renilla\nA1,10,10\nA2,11,10\n"};
    static const struct {
        const char *map, *code, *at;
    } rows[] = {
        {"well,construct,treatment\nA1,WTT,scr\n", "map-unknown-word", "2:2"},
        {"well,construct,treatment\nA1,WT,mock\n", "map-unknown-word", "2:3"},
        {"well,construct,treatment\nA1,WT,scr\nA1,WT,mimic\n", "map-doubled-well", "3:1"},
        {"well,construct,treatment\nA99,WT,scr\n", "map-bad-well", "2:1"},
        {"well,construct,treatment\n,WT,scr\n", "map-no-well", "2:1"},
        {"well,construct,treatment\nA1,WT,\n", "map-empty-cell", "2:3"},
        {"well,construct,treatment,role\nA1,WT,scr,smapel\n", "map-unknown-word", "2:4"},
        {"well,construct,treatment,use\nA1,WT,scr,maybe\n", "map-bad-use", "2:4"},
        {"well,construct,treatment,dose\nA1,WT,scr,much\n", "map-bad-dose", "2:4"},
        {"well,construct,mirna\nA1,WT,miR-21\n", "map-no-column", "1"},
        {"well,construct,treatment,plasmid\nA1,WT,scr,WT\n", "map-doubled-column", "1:4"},
        {"well,construct,treatment\nH12,WT,scr\n", "map-fits-no-well", ""},
        {"a,b\n1,2\n", "map-no-header", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        analysed a = analyze_texts(one, 1, rows[i].map, NULL);
        assert_int_equal(a.status, DLU_E_INPUT);
        assert_null(a.result);
        if (strcmp(a.err.code, rows[i].code) || strcmp(a.err.at, rows[i].at) ||
            strcmp(a.err.file, "map.csv"))
            fail_msg("row %zu: %s at %s of %s: %s", i, a.err.code, a.err.at, a.err.file,
                     a.err.text);
        analysed_free(&a);
    }
}

static void words_of_the_bench_are_understood(void **state)
{
    analysed a = analyze_text("Well,Firefly,Renilla,Plasmid,Transfected with,MicroRNA,Dose (nM),"
                              "Gene,note\n"
                              "a1,10,10,Wild-Type,NC,,50,PTEN,x\nA02,11,10,wt,pre-miR,miR-21,50 nM,"
                              "PTEN,y\nB1,11,10,mutant 2,scrambled,,,PTEN,\n"
                              "B2,12,10,untransfected,,,,,\nB3,12,10,EV,mimic,miR-21,,,\n",
                              NULL);
    (void)state;
    if (a.status != DLU_OK)
        fail_msg("%s", a.err.text);
    assert_string_equal(well(&a, "p1", "A1")->treatment, "scramble");
    assert_string_equal(well(&a, "p1", "A2")->treatment, "mimic");
    assert_true(well(&a, "p1", "A2")->dose_nM == 50);
    assert_string_equal(well(&a, "p1", "B1")->construct, "MUT2");
    assert_string_equal(well(&a, "p1", "B2")->role, "blank");
    assert_string_equal(well(&a, "p1", "B3")->construct, "EMPTY");
    assert_string_equal(well(&a, "p1", "A1")->target, "PTEN");
    assert_int_equal(a.result->n_extra_columns, 1);
    assert_string_equal(a.result->extra_columns[0], "note");
    assert_string_equal(well(&a, "p1", "A2")->extra[0], "y");
    analysed_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dead_well_is_left_out),
        cmocka_unit_test(flags_follow_their_rules),
        cmocka_unit_test(wells_at_a_shared_maximum_are_suspected),
        cmocka_unit_test(without_blanks_nothing_is_subtracted_and_it_is_said),
        cmocka_unit_test(one_blank_gives_a_mean_but_no_limits),
        cmocka_unit_test(cell_free_blanks_serve_only_where_there_are_no_others),
        cmocka_unit_test(a_plate_is_never_given_another_plates_blank),
        cmocka_unit_test(units_follow_replicate_and_plate),
        cmocka_unit_test(technical_cv_and_collapse_are_flagged),
        cmocka_unit_test(an_uncertain_blank_limits_dim_units),
        cmocka_unit_test(blanks_follow_their_settings),
        cmocka_unit_test(blank_sds_are_pooled_on_request),
        cmocka_unit_test(wells_are_left_out_as_settings_say),
        cmocka_unit_test(units_may_be_ratios_of_sums),
        cmocka_unit_test(units_may_be_slopes),
        cmocka_unit_test(plates_match_by_name_or_by_order_never_mixed),
        cmocka_unit_test(strays_on_either_side_are_counted),
        cmocka_unit_test(maps_are_refused_with_the_cell),
        cmocka_unit_test(words_of_the_bench_are_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
