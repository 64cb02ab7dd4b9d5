/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "many.h"

#include "../unit/analyze_csv.h"
#include "base/text.h"
#include "verdict/beside.h"

/* From wells to the comparisons beside the verdicts; expected values are those of many.R. */

static double pinned_value(const char *key, const char *quantity)
{
    for (size_t i = 0; i < COUNT(many_rows); i++)
        if (!strcmp(many_rows[i].key, key) && !strcmp(many_rows[i].quantity, quantity))
            return many_rows[i].value;
    fail_msg("%s %s is not pinned", key, quantity);
    return NAN;
}

static void is_near(double found, const char *key, const char *quantity)
{
    double wanted = pinned_value(key, quantity);
    if (!(fabs(found - wanted) <= 1e-8 * fabs(wanted) + 1e-13))
        fail_msg("%s %s: expected %.17g, found %.17g", key, quantity, wanted, found);
}

static void equals_slope(const analysed *a, const char *kind, const char *key)
{
    const dlu_comparison_row *row = comparison(a, kind, "block");
    if (!row)
        fail_msg("no %s", kind);
    is_near(row->estimate_ln, key, "est");
    is_near(row->se, key, "se");
    is_near(row->t, key, "t");
    is_near(row->df, key, "df");
    is_near(row->p, key, "p_two_sided");
    is_near(row->fold, key, "fold");
    is_near(row->fold_low, key, "fold_lo");
    is_near(row->fold_high, key, "fold_hi");
    assert_false(row->primary || row->equivalence.present);
    assert_true(isnan(row->p_adjusted) && isnan(row->noninferiority_p));
}

/* A table of light that grows; the ratio of each line has the logarithm y. */
typedef struct table {
    char text[16384];
    size_t n;
} table;

static void begin(table *t)
{
    t->n = (size_t)snprintf(t->text, sizeof t->text,
                            "target,construct,treatment,mirna,dose_nM,replicate,day,firefly,"
                            "renilla\n");
}

static void add(table *t, const char *construct, const char *treatment, const char *mirna,
                const char *dose, const char *replicate, const char *day, double y)
{
    char number[DLU_NUMBER_SIZE];
    t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n,
                             "PTEN,%s,%s,%s,%s,%s,%s,%s,1e6\n", construct, treatment, mirna, dose,
                             replicate, day, dlu_text_from_double(1e6 * exp(y), number));
}

static const char *const labels[] = {"1", "2", "3", "4", "5", "6"};
static const char *const mirnas[] = {"", "miR-1", "miR-2", "miR-3", "miR-4"};
static const char *const doses[] = {"", "1", "5", "25"};

static void needs_ok(const analysed *a)
{
    if (a->status != DLU_OK)
        fail_msg("%s", a->err.text);
}

static const dlu_comparison_row *dunnett(const analysed *a, const char *kind, const char *mirna)
{
    for (size_t i = 0; i < a->result->n_comparisons; i++) {
        const dlu_comparison_row *row = &a->result->comparisons[i];
        if (!strcmp(row->kind, kind) && !strcmp(row->mirna, mirna))
            return row;
    }
    fail_msg("no %s of %s", kind, mirna);
    return NULL;
}

static double critical_of(const analysed *a, size_t which)
{
    for (size_t i = 0; i < a->result->n_qc; i++)
        if (!strcmp(a->result->qc[i].item, "dunnett_critical") && !which--)
            return a->result->qc[i].value;
    return NAN;
}

static bool is_noted(const analysed *a, size_t verdict, const char *words)
{
    const dlu_verdict_row *v = &a->result->verdicts[verdict];
    for (size_t i = 0; i < v->n_notes; i++)
        if (strstr(v->notes[i], words))
            return true;
    return false;
}

static void equals_dunnett(const analysed *a, const char *mirna, const char *key,
                           const char *common)
{
    const dlu_comparison_row *row = dunnett(a, "dunnett_wt", mirna);
    assert_string_equal(row->method, "dunnett");
    assert_false(row->primary);
    assert_null(row->mutant);
    is_near(row->estimate_ln, key, "est");
    is_near(row->t, key, "t");
    is_near(row->df, common, "df");
    is_near(row->p_adjusted, key, "p_adj");
    is_near(log(row->fold_low), key, "lo");
    is_near(log(row->fold_high), key, "hi");
    assert_true(row->p < row->p_adjusted && is_close(row->se * row->t, row->estimate_ln, 1e-12));
}

/* Reference H1. */
static void screens_without_blocks_equal_r(void **state)
{
    table t;
    (void)state;
    begin(&t);
    for (size_t g = 0, i = 0; g < COUNT(screen_n); g++)
        for (size_t k = 0; k < screen_n[g]; k++)
            add(&t, "WT", g ? "mimic" : "scramble", mirnas[g], "", labels[k], "", screen_y[i++]);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    equals_dunnett(&a, "miR-1", "screen 0", "screen common");
    equals_dunnett(&a, "miR-2", "screen 1", "screen common");
    equals_dunnett(&a, "miR-3", "screen 2", "screen common");
    equals_dunnett(&a, "miR-4", "screen 3", "screen common");
    is_near(critical_of(&a, 0), "screen common", "d_crit");
    assert_true(is_noted(&a, 2, "Among the 4 treatments that share the control of WT"));
    assert_true(is_noted(&a, 2, "p = 0.0046 by Dunnett's test (critical |t| 2.720)"));
    analysed_free(&a);
}

/* The last day lacks a treatment, and is left out for all of them. */
static void screens_in_blocks_equal_r(void **state)
{
    static const char *const keys[] = {NULL, "days 0", "days 1", "days 2", "days 3"};
    table t;
    (void)state;
    begin(&t);
    for (size_t i = 0; i < COUNT(days_y); i++)
        add(&t, "WT", days_cell[i] ? "mimic" : "scramble", mirnas[days_cell[i]], "", "",
            labels[days_block[i]], days_y[i]);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    for (size_t i = 1; i < COUNT(keys); i++)
        equals_dunnett(&a, mirnas[i], keys[i], "days common");
    is_near(critical_of(&a, 0), "days common", "d_crit");
    assert_true(is_noted(&a, 0, "blocks that hold all of them: 3"));
    analysed_free(&a);
}

/* Equal values on WT and mutant: the same rows twice, and no verdict hangs on them. */
static void mutants_have_screens_of_their_own(void **state)
{
    table t;
    (void)state;
    begin(&t);
    for (size_t m = 0; m < 2; m++)
        for (size_t i = 0; i < 15; i++)
            add(&t, m ? "MUT" : "WT", days_cell[i] ? "inhibitor" : "inhibitor-control",
                mirnas[days_cell[i]], "", "", labels[days_block[i]], m ? days_y[i] : -days_y[i]);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    for (size_t i = 1; i < 5; i++) {
        const dlu_comparison_row *wt = dunnett(&a, "dunnett_wt", mirnas[i]);
        const dlu_comparison_row *mut = dunnett(&a, "dunnett_mut", mirnas[i]);
        assert_string_equal(mut->mutant, "MUT");
        assert_true(is_close(wt->estimate_ln, -mut->estimate_ln, 1e-12));
        assert_true(is_close(wt->p_adjusted, mut->p_adjusted, 1e-9));
    }
    is_near(critical_of(&a, 1), "days common", "d_crit");
    is_near(dunnett(&a, "dunnett_mut", "miR-3")->p_adjusted, "days 2", "p_adj");
    analysed_free(&a);
}

static void count_kind(const analysed *a, const char *kind, size_t wanted)
{
    size_t n = 0;
    for (size_t i = 0; i < a->result->n_comparisons; i++)
        n += !strcmp(a->result->comparisons[i].kind, kind);
    if (n != wanted)
        fail_msg("%s: expected %zu rows, found %zu", kind, wanted, n);
}

/* One treatment; a control for each treatment; one transfection an arm; a control set to 1. */
static void screens_that_are_none_say_so(void **state)
{
    static const struct {
        size_t treatments, days;
        bool own_control, still;
        const char *words;
    } cases[] = {
        {1, 3, false, false, NULL},
        {3, 3, true, false, NULL},
        {3, 1, false, false,
         "Dunnett's test of the 3 treatments that share the control of WT was "
         "not made: there are too few units or complete blocks."},
        {3, 3, false, true, "was not made: a control was set to 1"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        table t;
        begin(&t);
        for (size_t k = 0; k < 5 * cases[i].days; k++) {
            unsigned cell = days_cell[k];
            if (cell > cases[i].treatments)
                continue;
            for (size_t c = 1; c <= (cell || !cases[i].own_control ? 1 : cases[i].treatments); c++)
                add(&t, "WT", cell ? "mimic" : "scramble",
                    cell                   ? mirnas[cell]
                    : cases[i].own_control ? mirnas[c]
                                           : "",
                    "", "", labels[days_block[k]], !cell && cases[i].still ? 0 : days_y[k]);
        }
        analysed a = analyze_text(t.text, NULL);
        needs_ok(&a);
        count_kind(&a, "dunnett_wt", 0);
        assert_int_equal(is_noted(&a, 0, cases[i].words ? cases[i].words : "Dunnett"),
                         cases[i].words != NULL);
        analysed_free(&a);
    }
}

/* Treatments far away: the adjusted p is at its floor, and is said as a bound. */
static void small_p_is_a_bound(void **state)
{
    table t;
    (void)state;
    begin(&t);
    for (size_t i = 0; i < 15; i++)
        add(&t, "WT", days_cell[i] ? "mimic" : "scramble", mirnas[days_cell[i]], "", "",
            labels[days_block[i]], 1e-6 * days_y[i] - days_cell[i]);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    assert_true(dunnett(&a, "dunnett_wt", "miR-4")->p_adjusted == 1e-12);
    assert_true(dunnett(&a, "dunnett_wt", "miR-4")->p < 1e-12);
    assert_true(is_noted(&a, 3, "an adjusted p < 1e-12 by"));
    analysed_free(&a);
}

static void add_doses(table *t, const char *treatment, const char *control, double sign,
                      size_t left_out)
{
    begin(t);
    for (size_t i = 0; i < COUNT(dose_y); i++) {
        size_t dose = i % 4;
        if (i != left_out)
            add(t, i < 16 ? "WT" : "MUT", dose ? treatment : control, dose ? "miR-21" : "",
                doses[dose], "", labels[i / 4 % 4], sign * dose_y[i]);
    }
}

/* References P1 and P2; an inhibitor's estimates are not turned. */
static void dose_slopes_equal_r(void **state)
{
    table t;
    (void)state;
    add_doses(&t, "mimic", "scramble", 1, SIZE_MAX);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    equals_slope(&a, "dose_slope_wt", "slope WT");
    equals_slope(&a, "dose_slope_mut", "slope MUT");
    equals_slope(&a, "dose_slope_interaction", "slope WT-MUT");
    assert_null(comparison(&a, "dose_slope_wt", NULL)->mutant);
    assert_true(isnan(comparison(&a, "dose_slope_wt", NULL)->dose_nM));
    count_kind(&a, "dose_slope_wt", 1);
    count_kind(&a, "dunnett_wt", 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(is_noted(&a, i,
                             "Doses 1, 5 and 25 nM (scores 1 to 3, the control 0): a step has "
                             "a fold of 0.80 (p = 0.00014) in WT, of 1.00 (p = 0.97) in MUT, "
                             "WT over MUT 0.80 (p = 0.0016)."));
    analysed_free(&a);
    add_doses(&t, "inhibitor", "inhibitor-control", -1, SIZE_MAX);
    a = analyze_text(t.text, NULL);
    needs_ok(&a);
    const dlu_comparison_row *row = comparison(&a, "dose_slope_wt", NULL);
    assert_true(is_close(row->estimate_ln, -pinned_value("slope WT", "est"), 1e-9));
    assert_true(is_close(row->p, pinned_value("slope WT", "p_two_sided"), 1e-8));
    analysed_free(&a);
}

/* Day 2 without 25 nM of the mutant: its slope is that of 0, 1 and 5 nM, (y2 - y0) / 2. */
static void a_missing_dose_leaves_the_others(void **state)
{
    double slopes[4], mean = 0;
    table t;
    (void)state;
    add_doses(&t, "mimic", "scramble", 1, 16 + 4 + 3);
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    for (size_t j = 0; j < 4; j++) {
        const double *y = dose_y + 16 + 4 * j;
        slopes[j] = j == 1 ? (y[2] - y[0]) / 2 : (3 * (y[3] - y[0]) + y[2] - y[1]) / 10;
        mean += slopes[j] / 4;
    }
    equals_slope(&a, "dose_slope_wt", "slope WT");
    assert_true(is_close(comparison(&a, "dose_slope_mut", NULL)->estimate_ln, mean, 1e-9));
    assert_true(is_noted(&a, 0, "a block that lacks a dose gives the slope of the others"));
    analysed_free(&a);
}

/* One dose is no series; without blocks, or with a control for each dose, the reason is said. */
static void doses_without_slope_say_so(void **state)
{
    static const struct {
        size_t n_doses;
        bool own_control, blocks;
        const char *words;
    } cases[] = {{1, false, true, NULL},
                 {3, true, true, "no slope was tested: its doses have controls of their own"},
                 {3, false, false, "no slope was tested: slopes are taken within blocks"}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        table t;
        begin(&t);
        for (size_t k = 0; k < COUNT(dose_y); k++) {
            size_t dose = k % 4;
            if (dose > cases[i].n_doses)
                continue;
            for (size_t c = 1; c <= (!dose && cases[i].own_control ? 3 : 1); c++)
                add(&t, k < 16 ? "WT" : "MUT", dose ? "mimic" : "scramble", dose ? "miR-21" : "",
                    dose                   ? doses[dose]
                    : cases[i].own_control ? doses[c]
                                           : "",
                    cases[i].blocks ? "" : labels[k / 4 % 4],
                    cases[i].blocks ? labels[k / 4 % 4] : "", dose_y[k]);
        }
        analysed a = analyze_text(t.text, NULL);
        needs_ok(&a);
        count_kind(&a, "dose_slope_wt", 0);
        assert_int_equal(is_noted(&a, 0, cases[i].words ? cases[i].words : "Doses"),
                         cases[i].words != NULL);
        analysed_free(&a);
    }
}

/* The columns of `sites`: WT, M1, M2, M12, each treated and control, on five days. */
static void add_sites(table *t, const char *const mutants[3], bool inhibitor, bool blocks)
{
    begin(t);
    for (size_t i = 0; i < COUNT(sites_y); i++) {
        size_t cell = i % 8, day = i / 8;
        const char *treatment = cell % 2    ? inhibitor ? "inhibitor-control" : "scramble"
                                : inhibitor ? "inhibitor"
                                            : "mimic";
        add(t, cell < 2 ? "WT" : mutants[cell / 2 - 1], treatment, cell % 2 ? "" : "miR-21", "",
            blocks ? "" : labels[day], blocks ? labels[day] : "",
            inhibitor ? -sites_y[i] : sites_y[i]);
    }
}

static void double_mutants_equal_r(void **state)
{
    static const char *const mutants[] = {"MUT1", "MUT2", "MUT12"};
    static const char *const keys[] = {"sites block", "sites welch"};
    static const char *const methods[] = {"block", "satterthwaite"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        table t;
        add_sites(&t, mutants, false, i == 0);
        analysed a = analyze_text(t.text, NULL);
        needs_ok(&a);
        const dlu_comparison_row *row = comparison(&a, "nonadditivity", methods[i]);
        assert_non_null(row);
        assert_string_equal(row->mutant, "MUT12");
        assert_int_equal(row->n, 40);
        is_near(row->estimate_ln, keys[i], "est");
        is_near(row->se, keys[i], "se");
        is_near(row->df, keys[i], "df");
        is_near(row->p, keys[i], "p_two_sided");
        is_near(row->fold_low, keys[i], "fold_lo");
        is_near(row->fold_high, keys[i], "fold_hi");
        count_kind(&a, "nonadditivity", 1);
        for (size_t v = 0; v < 3; v++)
            assert_true(is_noted(&a, v, "MUT12 is taken for the double mutant of MUT1 and MUT2"));
        assert_true(is_noted(&a, 0, "that they do not simply add up is not shown"));
        analysed_free(&a);
    }
}

/* A level of alpha that the same data reach: words for both directions, by the sign of the drug. */
static void sites_together_are_told(void **state)
{
    static const char *const mutants[] = {"MUT1", "MUT2", "MUT1+2"};
    dlu_settings settings;
    (void)state;
    dlu_settings_default(&settings);
    settings.alpha = 0.2;
    for (int inhibitor = 0; inhibitor < 2; inhibitor++) {
        table t;
        add_sites(&t, mutants, inhibitor, true);
        analysed a = analyze_text(t.text, &settings);
        needs_ok(&a);
        const dlu_comparison_row *row = comparison(&a, "nonadditivity", NULL);
        assert_true(is_close(row->estimate_ln, inhibitor ? 0.04 : -0.04, 1e-9));
        assert_true(is_noted(&a, 0, "the two sites act more together than the sum"));
        analysed_free(&a);
    }
}

/* Which names are double mutants; the fourth is another mutant of the target, or none. */
static void names_of_double_mutants(void **state)
{
    static const struct {
        const char *names[4];
        bool is_double;
    } cases[] = {
        {{"MUT1", "MUT2", "MUT12", NULL}, true},
        {{"MUT1", "MUT2", "MUT21", NULL}, true},
        {{"MUT1", "MUT2", "MUT1-2", NULL}, true},
        {{"MUT1", "MUT2", "MUT1+MUT2", NULL}, true},
        {{"MUTA", "MUTB", "MUTab", NULL}, true},
        {{"MUTseed1", "MUTseed2", "MUTseed1+seed2", NULL}, true},
        {{"MUT1", "MUT2", "MUT12", "MUT3"}, true},
        {{"MUT1", "MUT2", "MUT12", "MUT11"}, false}, /* the twelfth */
        {{"MUT1", "MUT2", "MUT1-2", "MUT1-1"}, false},
        {{"MUT1", "MUT2", "MUT1+2", "MUT11"}, true},
        {{"MUT1", "MUT2", "MUT3", NULL}, false},
        {{"MUT1", "MUT2", "MUT13", NULL}, false},
        {{"MUT1", "MUT2", "MUT1.2", NULL}, false},
        {{"MUTseed1", "MUTseed2", "MUTseed1seed2", NULL}, false},
        {{"MUT", "MUT2", "MUT+2", NULL}, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t a, b, n = cases[i].names[3] ? 4 : 3;
        if (dlu_double_mutant(cases[i].names, n, 2, &a, &b) != cases[i].is_double)
            fail_msg("%s", cases[i].names[2]);
        if (cases[i].is_double)
            assert_true(a + b == 1);
    }
}

/* The arms of a pair, and a mimic on MUT and perhaps on WT, named `changed`. */
static void add_rescue(table *t, const char *changed, bool on_wt, const char *without)
{
    static const struct {
        const char *construct, *treatment;
        size_t column;
        bool changed;
    } arms[] = {{"WT", "mimic", 0, false},  {"WT", "scramble", 1, false},
                {"MUT", "mimic", 6, false}, {"MUT", "scramble", 7, false},
                {"MUT", "mimic", 2, true},  {"WT", "mimic", 3, true}};
    begin(t);
    for (size_t i = 0; i < (on_wt ? 6 : 5); i++)
        for (size_t day = 0; day < 5; day++) {
            bool control = arms[i].treatment[0] == 's';
            if (arms[i].changed && !changed)
                continue;
            if (without && control && !strcmp(arms[i].construct, without))
                continue;
            add(t, arms[i].construct, arms[i].treatment,
                control           ? ""
                : arms[i].changed ? changed
                                  : "miR-21",
                "", "", labels[day], sites_y[8 * day + arms[i].column]);
        }
}

/* Its row is what the mutant's would be with it in the mimic's place, and the verdict stays. */
static void compensatory_mimics_are_tested_like_the_mutant(void **state)
{
    static const char *const names[] = {"miR-21-mut", "miR-21 mutant",       "mut-miR-21",
                                        "MIR21-comp", "miR-21-compensatory", "mutant miR21"};
    table t;
    (void)state;
    add_rescue(&t, NULL, false, NULL);
    analysed plain = analyze_text(t.text, NULL);
    needs_ok(&plain);
    begin(&t);
    static const size_t columns[] = {0, 1, 2, 7};
    for (size_t i = 0; i < 20; i++)
        add(&t, i % 4 < 2 ? "WT" : "MUT", i % 2 ? "scramble" : "mimic", i % 2 ? "" : "miR-21", "",
            "", labels[i / 4], sites_y[8 * (i / 4) + columns[i % 4]]);
    analysed instead = analyze_text(t.text, NULL);
    needs_ok(&instead);
    const dlu_comparison_row *mut = comparison(&instead, "mut", "rcbd");
    for (size_t i = 0; i < COUNT(names); i++) {
        add_rescue(&t, names[i], i % 2, NULL);
        analysed a = analyze_text(t.text, NULL);
        needs_ok(&a);
        assert_int_equal(a.result->n_verdicts, 1);
        assert_string_equal(a.result->verdicts[0].verdict, plain.result->verdicts[0].verdict);
        assert_true(a.result->verdicts[0].p_direct == plain.result->verdicts[0].p_direct);
        const dlu_comparison_row *row = comparison(&a, "compensatory", "rcbd");
        assert_non_null(row);
        assert_string_equal(row->mirna, names[i]);
        assert_string_equal(row->mutant, "MUT");
        assert_false(row->primary);
        assert_true(is_close(row->estimate_ln, mut->estimate_ln, 1e-12));
        assert_true(is_close(row->p, mut->p, 1e-9) && is_close(row->df, 12, 1e-12));
        count_kind(&a, "compensatory_wt", i % 2);
        assert_true(is_noted(&a, 0, "MUT is rescued by compensatory mimic"));
        assert_true(was_said(&a, "compensatory-mimic"));
        analysed_free(&a);
    }
    analysed_free(&plain);
    analysed_free(&instead);
}

/* Another microRNA, or a name that says more, is a pair of its own. */
static void other_mimics_are_pairs(void **state)
{
    static const char *const names[] = {"miR-211", "miR-21-mut2", "miR-22-mut", "commut",
                                        "miR-21b"};
    table t;
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        add_rescue(&t, names[i], true, NULL);
        analysed a = analyze_text(t.text, NULL);
        needs_ok(&a);
        assert_int_equal(a.result->n_verdicts, 2);
        count_kind(&a, "compensatory", 0);
        assert_false(was_said(&a, "compensatory-mimic"));
        analysed_free(&a);
    }
}

/* A change of 2 % is no rescue; without control, or with one transfection, nothing is claimed. */
static void rescues_that_are_none(void **state)
{
    table t;
    (void)state;
    add_rescue(&t, "miR-21-mut", false, "MUT");
    analysed a = analyze_text(t.text, NULL);
    needs_ok(&a);
    assert_string_equal(a.result->verdicts[0].verdict, "INVALID_QC");
    assert_true(is_noted(&a, 0, "compensatory mimic miR-21-mut rescues MUT was not tested"));
    analysed_free(&a);
    begin(&t);
    static const size_t columns[] = {0, 1, 6, 7, 6};
    for (size_t i = 0; i < 25; i++)
        add(&t, i % 5 < 2 ? "WT" : "MUT", i % 5 % 2 ? "scramble" : "mimic",
            i % 5 == 4  ? "miR-21-mut"
            : i % 5 % 2 ? ""
                        : "miR-21",
            "", "", labels[i / 5], sites_y[8 * (i / 5) + columns[i % 5]]);
    a = analyze_text(t.text, NULL);
    needs_ok(&a);
    assert_true(is_noted(&a, 0, "MUT is not rescued by compensatory mimic miR-21-mut"));
    analysed_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_without_blocks_equal_r),
        cmocka_unit_test(screens_in_blocks_equal_r),
        cmocka_unit_test(mutants_have_screens_of_their_own),
        cmocka_unit_test(screens_that_are_none_say_so),
        cmocka_unit_test(small_p_is_a_bound),
        cmocka_unit_test(dose_slopes_equal_r),
        cmocka_unit_test(a_missing_dose_leaves_the_others),
        cmocka_unit_test(doses_without_slope_say_so),
        cmocka_unit_test(double_mutants_equal_r),
        cmocka_unit_test(sites_together_are_told),
        cmocka_unit_test(names_of_double_mutants),
        cmocka_unit_test(compensatory_mimics_are_tested_like_the_mutant),
        cmocka_unit_test(other_mimics_are_pairs),
        cmocka_unit_test(rescues_that_are_none),
    };
    return cmocka_run_group_tests_name("stats-beside", tests, NULL, NULL);
}
