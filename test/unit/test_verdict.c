/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyze_csv.h"
#include "base/text.h"
#include "wells_blocked.h"

/* From a table of light to comparisons and verdicts, through the public interface. */

/* One unit (or well): its light is made so that ln(firefly/renilla) is y. */
typedef struct value {
    const char *construct, *treatment, *replicate, *block;
    double y;
} value;

typedef struct expected {
    const char *kind, *method;
    double estimate, se, t, p, fold_low, fold_high;
} expected;

/* Synthetic, drawn in R and rounded: the data behind the committed values of test/stats. */
static const value unblocked[] = {
    {"WT", "scr", "1", NULL, -0.0336},  {"WT", "scr", "2", NULL, 0.1619},
    {"WT", "scr", "3", NULL, -0.0642},  {"WT", "scr", "4", NULL, 0.1013},
    {"WT", "mir", "1", NULL, -0.5835},  {"WT", "mir", "2", NULL, -0.4289},
    {"WT", "mir", "3", NULL, -0.5922},  {"WT", "mir", "4", NULL, -0.4457},
    {"WT", "mir", "5", NULL, -0.5462},  {"MUT", "scr", "1", NULL, -0.0915},
    {"MUT", "scr", "2", NULL, 0.1281},  {"MUT", "scr", "3", NULL, 0.1922},
    {"MUT", "mir", "1", NULL, -0.0577}, {"MUT", "mir", "2", NULL, -0.1441},
    {"MUT", "mir", "3", NULL, -0.0078}, {"MUT", "mir", "4", NULL, 0.0225},
    {"MUT", "mir", "5", NULL, -0.0395}, {"MUT", "mir", "6", NULL, -0.0029},
};

static const value missing_cells[] = {
    {"WT", "scr", NULL, "b1", -0.1754},  {"MUT", "scr", NULL, "b1", -0.1315},
    {"WT", "mir", NULL, "b1", -0.7399},  {"MUT", "mir", NULL, "b1", -0.3344},
    {"WT", "scr", NULL, "b2", 0.5213},   {"MUT", "scr", NULL, "b2", 0.3236},
    {"WT", "mir", NULL, "b2", -0.1872},  {"WT", "scr", NULL, "b3", -0.3828},
    {"MUT", "scr", NULL, "b3", -0.3488}, {"WT", "mir", NULL, "b3", -0.8045},
    {"MUT", "mir", NULL, "b3", -0.668},  {"MUT", "scr", NULL, "b4", -0.0191},
    {"WT", "mir", NULL, "b4", -0.7172},  {"MUT", "mir", NULL, "b4", -0.0419},
    {"WT", "scr", NULL, "b5", 0.133},    {"MUT", "scr", NULL, "b5", 0.1303},
    {"WT", "mir", NULL, "b5", -0.3597},  {"MUT", "mir", NULL, "b5", 0.1475},
    {"WT", "scr", NULL, "b6", 0.6097},   {"MUT", "scr", NULL, "b6", 0.4961},
    {"WT", "mir", NULL, "b6", -0.127},   {"MUT", "mir", NULL, "b6", 0.3261},
};

static const value split[] = {
    {"WT", "scr", NULL, "a1", 0.1665},   {"WT", "mir", NULL, "a1", -0.2214},
    {"WT", "scr", NULL, "a2", 0.0946},   {"WT", "mir", NULL, "a2", -0.574},
    {"WT", "scr", NULL, "a3", -0.2286},  {"WT", "mir", NULL, "a3", -0.573},
    {"WT", "scr", NULL, "a4", -0.3368},  {"WT", "mir", NULL, "a4", -0.903},
    {"WT", "scr", NULL, "a5", 0.4176},   {"WT", "mir", NULL, "a5", -0.2061},
    {"MUT", "scr", NULL, "b1", -0.2143}, {"MUT", "mir", NULL, "b1", -0.3424},
    {"MUT", "scr", NULL, "b2", 0.6996},  {"MUT", "mir", NULL, "b2", 0.4966},
    {"MUT", "scr", NULL, "b3", 0.0018},  {"MUT", "mir", NULL, "b3", -0.0599},
    {"MUT", "scr", NULL, "b4", 0.5045},  {"MUT", "mir", NULL, "b4", 0.489},
};

static const value wells_of_one[] = {
    {"WT", "scr", NULL, NULL, 0.1777},  {"WT", "scr", NULL, NULL, 0.146},
    {"WT", "scr", NULL, NULL, 0.0907},  {"WT", "scr", NULL, NULL, 0.1189},
    {"MUT", "scr", NULL, NULL, 0.1738}, {"MUT", "scr", NULL, NULL, 0.1336},
    {"MUT", "scr", NULL, NULL, 0.182},  {"MUT", "scr", NULL, NULL, 0.1522},
    {"WT", "mir", NULL, NULL, -0.3053}, {"WT", "mir", NULL, NULL, -0.2341},
    {"WT", "mir", NULL, NULL, -0.3054}, {"WT", "mir", NULL, NULL, -0.2816},
    {"MUT", "mir", NULL, NULL, 0.1107}, {"MUT", "mir", NULL, NULL, 0.082},
    {"MUT", "mir", NULL, NULL, 0.0861}, {"MUT", "mir", NULL, NULL, 0.0702},
};

#define N(a) (sizeof(a) / sizeof *(a))

/* A table with the map in the data; columns replicate and block only where values have them. */
static char *table_of(const value *values, size_t n, const char *treated, char *buf, size_t size)
{
    size_t at = 0;
    bool replicates = values[0].replicate, blocks = values[0].block;
    char number[DLU_NUMBER_SIZE];
    at += (size_t)snprintf(buf, size, "target,mirna,construct,treatment%s%s,firefly,renilla\n",
                           replicates ? ",replicate" : "", blocks ? ",block" : "");
    for (size_t i = 0; i < n; i++) {
        bool control = !strcmp(values[i].treatment, "scr");
        const char *treatment = !control                        ? treated
                                : !strcmp(treated, "inhibitor") ? "inhibitor-control"
                                                                : "scramble";
        at += (size_t)snprintf(buf + at, size - at, "PTEN,%s,%s,%s%s%s%s%s,%s,1000000\n",
                               control ? "" : "miR-21", values[i].construct, treatment,
                               replicates ? "," : "", replicates ? values[i].replicate : "",
                               blocks ? "," : "", blocks ? values[i].block : "",
                               dlu_text_from_double(exp(values[i].y) * 1e6, number));
    }
    return buf;
}

static analysed analyze_values(const value *values, size_t n, const dlu_settings *settings)
{
    char table[16384];
    return analyze_text(table_of(values, n, "mimic", table, sizeof table), settings);
}

static void near(double found, double wanted, double tolerance, const char *kind, const char *what)
{
    if (!(fabs(found - wanted) <= tolerance * fabs(wanted) + 1e-14))
        fail_msg("%s %s: expected %.17g, found %.17g", kind, what, wanted, found);
}

static void check(const analysed *a, const expected *rows, size_t n)
{
    if (a->status != DLU_OK)
        fail_msg("%s", a->err.text);
    for (size_t i = 0; i < n; i++) {
        const dlu_comparison_row *c = comparison(a, rows[i].kind, rows[i].method);
        if (!c)
            fail_msg("no %s by %s", rows[i].kind, rows[i].method);
        near(c->estimate_ln, rows[i].estimate, 1e-10, rows[i].kind, "estimate");
        near(c->se, rows[i].se, 1e-10, rows[i].kind, "se");
        near(c->t, rows[i].t, 1e-10, rows[i].kind, "t");
        near(c->p, rows[i].p, 1e-10, rows[i].kind, "p");
        near(c->fold, exp(rows[i].estimate), 1e-10, rows[i].kind, "fold");
        near(c->fold_low, rows[i].fold_low, 1e-10, rows[i].kind, "low");
        near(c->fold_high, rows[i].fold_high, 1e-10, rows[i].kind, "high");
    }
}

static void expect_verdict(const analysed *a, const char *verdict, const char *call)
{
    if (a->status != DLU_OK)
        fail_msg("%s", a->err.text);
    assert_int_equal(a->result->n_verdicts, 1);
    assert_string_equal(a->result->verdicts[0].verdict, verdict);
    assert_string_equal(dlu_call_name(a->result->verdicts[0].call), call);
}

/* Expected values in these tests are of R 4.2.2 from the same numbers: test/stats. */
static void wells_to_blocked_effects_equal_r(void **state)
{
    static const expected rows[] = {
        {"wt", "rcbd", -0.57212384197342481, 0.054852861667681441, -10.430154864837478,
         2.5174247102753445e-06, 0.49847111459902871, 0.63888037541578957},
        {"mut", "rcbd", -0.055532957599526034, 0.054852861667681441, -1.0123985497049335,
         0.33778981148997789, 0.83558871762003017, 1.0709572088960584},
        {"interaction", "rcbd", -0.51659088437389877, 0.07757366090541036, -6.6593593539926541,
         9.2740002715878327e-05, 0.50053652942025118, 0.71098277798736975},
        {"empty", "rcbd", -0.019332316291571949, 0.046051704457176823, -0.41979589071559648,
         0.68447837086655827, 0.88381412049441943, 1.0885471059795682},
        {"wt_ev_corrected", "rcbd", -0.55279152568185286, 0.065126945013736975, -8.4879081241298007,
         1.3751558873539618e-05, 0.4965262579285345, 0.66666731172051308},
        {"wt", "block", -0.5721238419734247, 0.04150729338755358, -13.783694268655502,
         0.00082642858185210223, 0.49449483421413853, 0.64401767378432428},
        {"mut", "block", -0.055532957599526311, 0.07140014156564442, -0.77777097330360312,
         0.49340711000804427, 0.75370059829548852, 1.1873146483247794},
        {"interaction", "block", -0.51659088437389844, 0.066190565900715023, -7.8045999055028172,
         0.0043785348752483199, 0.48324147294748754, 0.73642862232157569},
        {"control_channel", "one-sample", -0.034615466090268075, 0.047942395384294283,
         -0.7220220394245872, 0.52247097189236114, 0.82928651766326711, 1.1251975643197387},
    };
    analysed a = analyze_text(WELLS_BLOCKED, NULL);
    (void)state;
    check(&a, rows, N(rows));
    expect_verdict(&a, "DIRECT_TARGET", "direct");
    assert_true(comparison(&a, "wt", "rcbd")->primary);
    assert_false(comparison(&a, "wt", "block")->primary);
    assert_int_equal(strncmp(a.result->design[0].text, "blocked: 4", 10), 0);
    assert_true(a.result->verdicts[0].classical == DLU_CLASSICAL_DIRECT);
    analysed_free(&a);
}

static void per_block_error_is_primary_on_request(void **state)
{
    dlu_settings settings;
    dlu_settings_default(&settings);
    (void)state;
    assert_int_equal(dlu_setting_set(&settings, "error", "block", NULL), DLU_OK);
    analysed a = analyze_text(WELLS_BLOCKED, &settings);
    assert_true(comparison(&a, "interaction", "block")->primary);
    assert_false(comparison(&a, "interaction", "rcbd")->primary);
    assert_true(a.result->verdicts[0].p_interaction == comparison(&a, "interaction", "block")->p);
    analysed_free(&a);
}

static bool has_note(const dlu_verdict_row *row, const char *words)
{
    for (size_t i = 0; i < row->n_notes; i++)
        if (strstr(row->notes[i], words))
            return true;
    return false;
}

/* Expected: R 4.2.2, the per-block contrast of each channel, and of the ratio without each day. */
static void decomposition_and_left_out_blocks_equal_r(void **state)
{
    static const struct {
        const char *block;
        double fold, p;
    } rows[] = {
        {"D1", 0.62605102761871079, 0.01819763936648815},
        {"D2", 0.56388612336518262, 0.0072934406985897355},
        {"D3", 0.60643953688409868, 0.031330958623730185},
        {"D4", 0.59156309259728623, 0.029885797760118099},
    };
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "error", "block", NULL);
    analysed a = analyze_text(WELLS_BLOCKED, &settings);
    const dlu_comparison_row *reporter = comparison(&a, "reporter_interaction", "block");
    const dlu_comparison_row *control = comparison(&a, "control_channel_interaction", "block");
    (void)state;
    near(reporter->estimate_ln, -0.44337661010555651, 1e-10, "reporter", "estimate");
    near(reporter->p, 0.018794941475755611, 1e-10, "reporter", "p");
    near(control->estimate_ln, 0.073214274268342372, 1e-10, "control", "estimate");
    near(control->p, 0.45058400478954569, 1e-10, "control", "p");
    near(reporter->estimate_ln - control->estimate_ln,
         comparison(&a, "interaction", NULL)->estimate_ln, 1e-12, "decomposition", "estimate");
    assert_true(has_note(&a.result->verdicts[0], "is D = D_reporter - D_control: D -0.517, "
                                                 "D_reporter -0.443, D_control 0.0732."));
    assert_int_equal(a.result->n_leave_one_out, N(rows));
    for (size_t i = 0; i < N(rows); i++) {
        const dlu_leave_out_row *row = &a.result->leave_one_out[i];
        assert_string_equal(row->block, rows[i].block);
        near(row->interaction_fold, rows[i].fold, 1e-10, rows[i].block, "fold");
        near(row->p_interaction, rows[i].p, 1e-10, rows[i].block, "p");
    }
    analysed_free(&a);
}

static void unblocked_effects_equal_r(void **state)
{
    static const expected rows[] = {
        {"wt", "welch", -0.56064999999999998, 0.063988200735239725, -8.761771600982641,
         0.00024052171359830802, 0.48555337544365185, 0.6711021340944985},
        {"mut", "welch", -0.11451666666666666, 0.089221803824949528, -1.283505396184826,
         0.31244539202662525, 0.6365802042441931, 1.2493351469200609},
        {"interaction", "satterthwaite", -0.44613333333333333, 0.10979535559900114,
         -4.0633169854899762, 0.010685653469257208, 0.48070690622549395, 0.8523405465414795},
    };
    analysed a = analyze_values(unblocked, N(unblocked), NULL);
    (void)state;
    check(&a, rows, N(rows));
    assert_int_equal(strncmp(a.result->design[0].text, "unblocked", 9), 0);
    assert_int_equal(comparison(&a, "interaction", NULL)->n, N(unblocked));
    analysed_free(&a);
}

static void missing_cells_equal_r(void **state)
{
    static const expected rows[] = {
        {"wt", "rcbd", -0.60952008928571444, 0.05995056606332827, -10.167044772218716,
         1.4841056123074748e-07, 0.4775743553631529, 0.61878044304713753},
        {"mut", "rcbd", -0.12580133928571416, 0.059950566063328263, -2.0984178723654585,
         0.055973087709735296, 0.77467114931333569, 1.0037208899615997},
        {"interaction", "rcbd", -0.48371875000000031, 0.084448452971149585, -5.7279764516853238,
         6.9603473096311588e-05, 0.51367806579846598, 0.73987135009974514},
        {"interaction", "block", -0.38517499999999999, 0.10366958228750933, -3.7154099736968647,
         0.033914466517955204, 0.48914423244556876, 0.94624654936530739},
    };
    analysed a = analyze_values(missing_cells, N(missing_cells), NULL);
    (void)state;
    check(&a, rows, N(rows));
    analysed_free(&a);
}

static void split_blocks_equal_r(void **state)
{
    static const expected rows[] = {
        {"interaction", "split-block", -0.41608499999999993, 0.076339093687310705,
         -5.4504838858096472, 0.0012454105602011101, 0.5489829293804301, 0.7925639614610546},
    };
    analysed a = analyze_values(split, N(split), NULL);
    (void)state;
    check(&a, rows, N(rows));
    assert_int_equal(strncmp(a.result->design[0].text, "split-block", 11), 0);
    analysed_free(&a);
}

static void wells_of_one_transfection_are_exploratory(void **state)
{
    static const expected rows[] = {
        {"interaction", "satterthwaite", -0.34177500000000005, 0.028635987701957594,
         -11.935156683163259, 6.5210837751476444e-07, 0.6660944427910106, 0.75788305405090373},
    };
    analysed a = analyze_values(wells_of_one, N(wells_of_one), NULL);
    (void)state;
    check(&a, rows, N(rows));
    assert_int_equal(strncmp(a.result->verdicts[0].verdict, "EXPLORATORY:", 12), 0);
    assert_true(a.result->verdicts[0].call == DLU_CALL_NONE);
    assert_true(isnan(a.result->verdicts[0].p_direct_adjusted));
    assert_int_equal(strncmp(a.result->design[0].text, "technical-only", 14), 0);
    analysed_free(&a);
}

/* Four arms of three units in three blocks, with folds as wanted and a little fixed noise. */
static size_t make(double wt, double mut, double noise, bool blocks, value *out)
{
    static const char *const names[] = {"1", "2", "3"};
    static const double wobble[4][3] = {
        {.9, -.4, -.5}, {-.3, .8, -.5}, {.2, -.9, .7}, {-.6, .1, .5}};
    size_t n = 0;
    for (int b = 0; b < 3; b++)
        for (int c = 0; c < 4; c++) {
            double y = c == 0 ? log(wt) : c == 2 ? log(mut) : 0;
            out[n++] = (value){c < 2 ? "WT" : "MUT", c % 2 ? "scr" : "mir",
                               blocks ? NULL : names[b], blocks ? names[b] : NULL,
                               y + noise * wobble[c][b] + (blocks ? 0.3 * b : 0)};
        }
    return n;
}

static void verdicts_follow_the_effects(void **state)
{
    static const struct {
        double wt, mut, noise;
        const char *verdict, *call;
    } rows[] = {
        {0.5, 1.0, 0.05, "DIRECT_TARGET", "direct"},
        {0.5, 0.86, 0.10, "DIRECT_TARGET_RESCUE_UNPROVEN", "direct-unproven"},
        {0.4, 0.7, 0.05, "PARTIAL_RESCUE", "direct-partial"},
        {0.6, 0.6, 0.05, "REPRESSED_SITE_INDEPENDENT", "no"},
        {0.6, 0.6, 0.15, "REPRESSED_SITE_UNRESOLVED", "none"},
        {1.0, 1.0, 0.05, "NO_REPRESSION", "no"},
        {1.0, 1.0, 0.40, "INCONCLUSIVE", "none"},
        {1.6, 1.0, 0.05, "OPPOSITE_DIRECTION", "opposite"},
        {1.0, 0.5, 0.05, "PARADOXICAL", "none"},
    };
    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        value values[12];
        size_t n = make(rows[i].wt, rows[i].mut, rows[i].noise, true, values);
        analysed a = analyze_values(values, n, NULL);
        if (a.status != DLU_OK || strcmp(a.result->verdicts[0].verdict, rows[i].verdict))
            fail_msg("row %zu: expected %s, found %s", i, rows[i].verdict,
                     a.result ? a.result->verdicts[0].verdict : a.err.text);
        expect_verdict(&a, rows[i].verdict, rows[i].call);
        analysed_free(&a);
    }
}

static void inhibitors_are_judged_with_the_sign_flipped(void **state)
{
    value values[12];
    char table[8192];
    size_t n = make(2.0, 1.0, 0.05, true, values);
    analysed a = analyze_text(table_of(values, n, "inhibitor", table, sizeof table), NULL);
    (void)state;
    expect_verdict(&a, "DIRECT_TARGET", "direct");
    assert_true(comparison(&a, "wt", NULL)->estimate_ln > 0);
    assert_true(a.result->verdicts[0].classical == DLU_CLASSICAL_DIRECT);
    analysed_free(&a);
}

/* The same light with the other luciferase behind the 3'UTR: every fold is its reciprocal. */
static void orientation_flips_every_sign(void **state)
{
    dlu_settings settings;
    value values[12];
    size_t n = make(0.5, 1.0, 0.05, true, values);
    (void)state;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "vector", "psicheck2", NULL);
    analysed a = analyze_values(values, n, NULL), b = analyze_values(values, n, &settings);
    expect_verdict(&b, "OPPOSITE_DIRECTION", "opposite");
    for (size_t i = 0; i < a.result->n_comparisons; i++) {
        const dlu_comparison_row *x = &a.result->comparisons[i], *y = &b.result->comparisons[i];
        assert_string_equal(x->kind, y->kind);
        if (!strncmp(x->kind, "control_channel", 15) || !strcmp(x->kind, "reporter_interaction"))
            continue;
        near(y->estimate_ln, -x->estimate_ln, 1e-9, x->kind, "estimate");
        near(y->p, x->p, 1e-9, x->kind, "p");
    }
    analysed_free(&a);
    analysed_free(&b);
}

/* A replicate number never pairs: the same values without the block column lose the pairing. */
static void replicate_numbers_do_not_pair(void **state)
{
    value blocked[12], numbered[12];
    size_t n = make(0.5, 1.0, 0.05, true, blocked);
    (void)state;
    memcpy(numbered, blocked, sizeof blocked);
    for (size_t i = 0; i < n; i++) {
        numbered[i].replicate = blocked[i].block;
        numbered[i].block = NULL;
    }
    analysed a = analyze_values(numbered, n, NULL);
    assert_int_equal(strncmp(a.result->design[0].text, "unblocked", 9), 0);
    assert_string_equal(comparison(&a, "interaction", NULL)->method, "satterthwaite");
    analysed_free(&a);
}

static void declared_blocks_that_cannot_be_used_are_said(void **state)
{
    value values[12];
    size_t n = make(0.5, 1.0, 0.05, true, values);
    static const char *const lonely[] = {"a", "b", "c", "d", "e", "f",
                                         "g", "h", "i", "j", "k", "l"};
    (void)state;
    for (size_t i = 0; i < n; i++)
        values[i].block = lonely[i];
    analysed a = analyze_values(values, n, NULL);
    assert_true(was_said(&a, "blocks-not-used"));
    assert_int_equal(strncmp(a.result->design[0].text, "unblocked", 9), 0);
    analysed_free(&a);
}

static void plates_that_hold_every_arm_are_blocks(void **state)
{
    value values[12];
    char table[8192];
    size_t n = make(0.5, 1.0, 0.05, true, values);
    (void)state;
    table_of(values, n, "mimic", table, sizeof table);
    memcpy(strstr(table, "block"), "plate", 5);
    analysed a = analyze_text(table, NULL);
    expect_verdict(&a, "DIRECT_TARGET", "direct");
    assert_string_equal(comparison(&a, "interaction", NULL)->method, "rcbd");
    assert_string_equal(a.result->units[0].block, "1");
    analysed_free(&a);
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "block", "none", NULL);
    a = analyze_text(table, &settings);
    assert_string_equal(comparison(&a, "interaction", NULL)->method, "satterthwaite");
    analysed_free(&a);
}

static void zero_variance_is_not_testable(void **state)
{
    value values[12];
    size_t n = make(0.5, 1.0, 0, false, values);
    analysed a = analyze_values(values, n, NULL);
    (void)state;
    expect_verdict(&a, "NOT_TESTABLE", "none");
    assert_true(isnan(a.result->verdicts[0].p_wt));
    assert_true(isnan(a.result->verdicts[0].p_direct));
    near(a.result->verdicts[0].wt_fold, 0.5, 1e-12, "wt", "fold");
    assert_non_null(strstr(a.result->verdicts[0].reason, "zero variance"));
    analysed_free(&a);
}

/* Controls set to 1 have no variance left: only the one-sample test is valid then. */
static void controls_set_to_one_are_found(void **state)
{
    value values[12];
    size_t n = make(0.5, 1.0, 0.05, true, values);
    (void)state;
    for (size_t i = 0; i < n; i++)
        values[i].y = strcmp(values[i].treatment, "scr") ? values[i].y - 0.3 * (double)(i / 4) : 0;
    analysed a = analyze_values(values, n, NULL);
    assert_true(a.result->verdicts[0].caveats >> DLU_CAVEAT_PRENORMALISED_CONTROL & 1);
    assert_string_equal(comparison(&a, "wt", NULL)->method, "one-sample");
    assert_true(comparison(&a, "wt", NULL)->df == 2);
    analysed_free(&a);
}

#define HEAD "target,mirna,construct,treatment,replicate,firefly,renilla\n"
#define UNITS(construct, mirna, treatment, a, b, c)                                                \
    "T," mirna "," construct "," treatment ",1," #a ",1000\n"                                      \
    "T," mirna "," construct "," treatment ",2," #b ",1000\n"                                      \
    "T," mirna "," construct "," treatment ",3," #c ",1000\n"
#define WT_ARMS UNITS("WT", "m1", "mimic", 500, 510, 505) UNITS("WT", "", "scr", 1000, 1010, 990)
#define MUT_ARMS                                                                                   \
    UNITS("MUT", "m1", "mimic", 990, 1000, 1015) UNITS("MUT", "", "scr", 1000, 1020, 995)

static void a_missing_arm_is_named(void **state)
{
    analysed a = analyze_text(HEAD WT_ARMS UNITS("MUT", "m1", "mimic", 990, 1000, 1015), NULL);
    (void)state;
    expect_verdict(&a, "INVALID_QC", "none");
    assert_non_null(strstr(a.result->verdicts[0].reason, "MUT with scramble"));
    near(a.result->verdicts[0].wt_fold, 0.505, 0.01, "wt", "fold");
    analysed_free(&a);
}

static void no_mutant_is_not_an_error(void **state)
{
    analysed a = analyze_text(HEAD WT_ARMS UNITS("EV", "m1", "mimic", 900, 910, 905)
                                  UNITS("EV", "", "scr", 1000, 1010, 990),
                              NULL);
    (void)state;
    expect_verdict(&a, "NO_MUTANT", "none");
    assert_null(a.result->verdicts[0].mutant);
    assert_non_null(comparison(&a, "wt_ev_corrected", NULL));
    assert_non_null(strstr(a.result->verdicts[0].reason, "empty vector"));
    analysed_free(&a);
}

/* WT 0.5 against EMPTY 0.8 is 0.625 relative to it; the interaction stays what it was. */
static void effects_are_corrected_for_the_empty_vector_on_request(void **state)
{
    dlu_settings settings;
    const char *table = HEAD WT_ARMS MUT_ARMS UNITS("EV", "m1", "mimic", 800, 806, 809)
        UNITS("EV", "", "scr", 1000, 1010, 990);
    (void)state;
    dlu_settings_default(&settings);
    analysed off = analyze_text(table, &settings);
    dlu_setting_set(&settings, "ev-correct", "on", NULL);
    analysed on = analyze_text(table, &settings);
    dlu_setting_set(&settings, "ev_correct", "auto", NULL);
    analysed automatic = analyze_text(table, &settings);
    const dlu_verdict_row *a = off.result->verdicts, *b = on.result->verdicts;
    near(b->wt_fold, comparison(&off, "wt_ev_corrected", NULL)->fold, 1e-12, "wt", "corrected");
    near(b->mut_fold, comparison(&off, "mut_ev_corrected", NULL)->fold, 1e-12, "mut", "corrected");
    near(b->wt_fold, 0.505 / 0.805, 0.005, "wt", "corrected");
    near(b->interaction_fold, a->interaction_fold, 1e-12, "interaction", "fold");
    near(b->wt_fold / b->mut_fold, a->wt_fold / a->mut_fold, 1e-12, "identity", "fold");
    assert_true(automatic.result->verdicts[0].wt_fold == b->wt_fold);
    assert_true(b->p_direct >= b->p_wt && b->p_direct >= b->p_interaction);
    analysed_free(&off);
    analysed_free(&on);
    analysed_free(&automatic);
    dlu_setting_set(&settings, "ev-correct", "on", NULL);
    analysed without = analyze_text(HEAD WT_ARMS MUT_ARMS, &settings);
    assert_true(was_said(&without, "ev-not-corrected"));
    analysed_free(&without);
}

static void student_pools_the_variances(void **state)
{
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "student", "on", NULL);
    analysed a = analyze_values(unblocked, N(unblocked), &settings);
    (void)state;
    assert_string_equal(comparison(&a, "wt", NULL)->method, "student");
    near(comparison(&a, "wt", NULL)->t, -9.1319197722461762, 1e-10, "wt", "t");
    near(comparison(&a, "wt", NULL)->p, 3.8801171057676565e-05, 1e-10, "wt", "p");
    near(comparison(&a, "interaction", NULL)->se, 0.090372192342609042, 1e-10, "interaction", "se");
    near(comparison(&a, "interaction", NULL)->p, 0.0002188303091281656, 1e-10, "interaction", "p");
    analysed_free(&a);
}

#define POSITIVE(a, b)                                                                             \
    "S,m1,,mimic,1," #a ",1000,positive\nS,m1,,mimic,2," #b ",1000,positive\n"                     \
    "S,,,scr,1,1000,1000,positive\nS,,,scr,2,1020,1000,positive\n"

/* Target T stands beside the positive control; without the setting it is only shown. */
static void positive_controls_void_their_plates_on_request(void **state)
{
    const char *good =
        "target,mirna,construct,treatment,replicate,firefly,renilla,role\n" WT_ARMS MUT_ARMS
            POSITIVE(200, 205);
    const char *bad =
        "target,mirna,construct,treatment,replicate,firefly,renilla,role\n" WT_ARMS MUT_ARMS
            POSITIVE(990, 1015);
    dlu_settings settings;
    (void)state;
    dlu_settings_default(&settings);
    analysed a = analyze_text(bad, &settings);
    assert_int_equal(a.result->n_verdicts, 2);
    assert_string_equal(a.result->verdicts[0].target, "T");
    assert_true(a.result->verdicts[0].code != DLU_INVALID_QC);
    near(a.result->verdicts[0].p_direct_adjusted, a.result->verdicts[0].p_direct, 1e-12, "T", "p");
    analysed_free(&a);
    dlu_setting_set(&settings, "require-positive-control", "on", NULL);
    a = analyze_text(bad, &settings);
    assert_string_equal(a.result->verdicts[0].verdict, "INVALID_QC");
    assert_non_null(strstr(a.result->verdicts[0].reason, "positive control"));
    analysed_free(&a);
    a = analyze_text(good, &settings);
    assert_true(a.result->verdicts[0].code != DLU_INVALID_QC);
    analysed_free(&a);
    a = analyze_text(HEAD WT_ARMS MUT_ARMS, &settings);
    assert_string_equal(a.result->verdicts[0].verdict, "INVALID_QC");
    assert_true(was_said(&a, "positive-control-absent"));
    analysed_free(&a);
}

static const dlu_sensitivity_row *under(const analysed *a, const char *analysis)
{
    for (size_t i = 0; i < a->result->n_sensitivity; i++)
        if (!strcmp(a->result->sensitivity[i].analysis, analysis))
            return &a->result->sensitivity[i];
    fail_msg("no analysis %s", analysis);
    return NULL;
}

/* WT 0.75 passes theta 0.80 and not 0.70; each analysis is the one a run with it would give. */
static void the_panel_is_what_other_settings_would_give(void **state)
{
    static const struct {
        const char *analysis, *setting, *value;
    } rows[] = {{"per-block error", "error", "block"},
                {"theta 0.70", "theta", "0.70"},
                {"interval rule", "effect-rule", "interval"},
                {"ratio of sums", "collapse", "ratio-of-sums"},
                {"LOQ excluded", "loq-action", "exclude"},
                {"unadjusted", "adjust", "none"},
                {"alpha 0.01", "alpha", "0.01"}};
    value values[12];
    size_t n = make(0.75, 1.0, 0.05, true, values);
    analysed a = analyze_values(values, n, NULL);
    (void)state;
    expect_verdict(&a, "DIRECT_TARGET", "direct");
    assert_int_equal(a.result->n_sensitivity, 11);
    assert_true(under(&a, "as run")->agrees);
    assert_false(under(&a, "theta 0.70")->agrees);
    assert_non_null(under(&a, "theta 0.70")->why);
    assert_true(has_note(&a.result->verdicts[0], "of 11 analyses agree; not"));
    for (size_t i = 0; i < N(rows); i++) {
        dlu_settings settings;
        dlu_settings_default(&settings);
        dlu_setting_set(&settings, rows[i].setting, rows[i].value, NULL);
        analysed b = analyze_values(values, n, &settings);
        const dlu_sensitivity_row *row = under(&a, rows[i].analysis);
        assert_string_equal(row->verdict, b.result->verdicts[0].verdict);
        assert_true(row->p_direct == b.result->verdicts[0].p_direct);
        analysed_free(&b);
    }
    analysed_free(&a);
}

static void dropped_wells_are_shown_before_and_after(void **state)
{
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_setting_set(&settings, "drop-wells", "P1:A1", NULL);
    analysed before = analyze_text(WELLS_BLOCKED, NULL);
    analysed after = analyze_text(WELLS_BLOCKED, &settings);
    (void)state;
    assert_true(has_note(&after.result->verdicts[0], "With the dropped wells: DIRECT_TARGET, "
                                                     "interaction 0.60, p = 9.3e-05"));
    assert_true(before.result->verdicts[0].p_interaction !=
                after.result->verdicts[0].p_interaction);
    analysed_free(&before);
    analysed_free(&after);
}

/* Four wells a transfection within 2 %, one of them 40 % off: flagged, kept, out in the panel. */
static void a_well_far_from_its_transfection_is_flagged_and_kept(void **state)
{
    analysed a = analyze_text("well,firefly,renilla,construct,treatment,replicate\n"
                              "A1,1000,1000,WT,scr,1\nA2,1010,1000,WT,scr,1\nA3,990,1000,WT,scr,1\n"
                              "B1,1005,1000,WT,scr,2\nB2,1015,1000,WT,scr,2\nB3,995,1000,WT,scr,2\n"
                              "C1,500,1000,WT,mir,1\nC2,505,1000,WT,mir,1\nC3,700,1000,WT,mir,1\n"
                              "D1,500,1000,WT,mir,2\nD2,507,1000,WT,mir,2\nD3,495,1000,WT,mir,2\n",
                              NULL);
    size_t flagged = 0;
    (void)state;
    for (size_t i = 0; i < a.result->n_wells; i++) {
        const dlu_well_row *w = &a.result->wells[i];
        assert_true(w->used);
        if (!(w->flags >> DLU_FLAG_OUTLIER_WELL & 1))
            continue;
        flagged++;
        assert_string_equal(w->well, "C3");
    }
    assert_int_equal(flagged, 1);
    near(under(&a, "flagged wells out")->wt_fold,
         exp((log(500) + log(505)) / 4 + (log(500) + log(507) + log(495)) / 6 -
             (log(1000) + log(1010) + log(990)) / 6 - (log(1005) + log(1015) + log(995)) / 6),
         1e-12, "panel", "fold");
    analysed_free(&a);
}

/* Replicates of R 4.2.2: test/stats/power.R's `fewest` with the scatter of lm, or of the arms. */
static void open_verdicts_say_what_would_settle_them(void **state)
{
    static const struct {
        double wt, mut, noise;
        bool blocks;
        const char *treatment, *verdict, *words;
    } rows[] = {
        {1, 1, 0.40, true, "mimic", "INCONCLUSIVE",
         " To find a fold of 0.80 on WT in 80 % of experiments, plan 36 (69 if the scatter is at "
         "its upper 80 % bound) replicates an arm."},
        {1, 1, 0.40, true, "inhibitor", "INCONCLUSIVE",
         " To find a fold of 1.25 on WT in 80 % of experiments, plan 36 (69 if"},
        {1, 1, 0.40, false, "mimic", "INCONCLUSIVE", " on WT in 80 % of experiments, plan 29 (69 "},
        {0.6, 0.6, 0.15, true, "mimic", "REPRESSED_SITE_UNRESOLVED",
         " To find an interaction of 0.70 in 80 % of experiments, plan 5 (9 if"},
        {0.6, 0.85, 0.20, true, "mimic", "INCONCLUSIVE_INTERACTION",
         " To find an interaction of 0.70 in 80 % of experiments, plan 8 (14 if"},
        {0.6, 0.85, 0.20, false, "mimic", "INCONCLUSIVE_INTERACTION",
         "0.70 in 80 % of experiments, plan 6 (10 "},
        {0.5, 0.86, 0.10, true, "mimic", "DIRECT_TARGET_RESCUE_UNPROVEN",
         " that a mutant without any effect stays above 0.80, plan 3 (4 if"},
        {2, 1 / 0.86, 0.10, true, "inhibitor", "DIRECT_TARGET_RESCUE_UNPROVEN",
         " that a mutant without any effect stays below 1.25, plan 3 (4 if"},
    };
    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        value values[12];
        char table[8192];
        size_t n = make(rows[i].wt, rows[i].mut, rows[i].noise, rows[i].blocks, values);
        analysed a =
            analyze_text(table_of(values, n, rows[i].treatment, table, sizeof table), NULL);
        assert_string_equal(a.result->verdicts[0].verdict, rows[i].verdict);
        if (!strstr(a.result->verdicts[0].reason, rows[i].words))
            fail_msg("row %zu: %s", i, a.result->verdicts[0].reason);
        assert_true(has_note(&a.result->verdicts[0], "Scatter (SD of ln ratio)"));
        analysed_free(&a);
    }
}

static void settled_verdicts_ask_for_no_more(void **state)
{
    value values[12];
    size_t n = make(0.5, 1.0, 0.05, true, values);
    analysed a = analyze_values(values, n, NULL);
    (void)state;
    assert_null(strstr(a.result->verdicts[0].reason, "plan"));
    analysed_free(&a);
}

/* Of WT in blocks of its own the scatter is of one kind; of the interaction there are two. */
static void split_blocks_say_why_no_number_is_given(void **state)
{
    value values[N(split)];
    (void)state;
    for (size_t i = 0; i < N(split); i++) {
        values[i] = split[i];
        if (!strcmp(values[i].construct, "MUT") && !strcmp(values[i].treatment, "mir"))
            values[i].y -= 0.25;
    }
    analysed a = analyze_values(values, N(split), NULL);
    assert_int_equal(strncmp(a.result->design[0].text, "split-block", 11), 0);
    expect_verdict(&a, "REPRESSED_SITE_UNRESOLVED", "none");
    assert_non_null(strstr(a.result->verdicts[0].reason, "is not told: wild type and mutant stand "
                                                         "in blocks of their own"));
    analysed_free(&a);
    for (size_t i = 0; i < N(split); i++)
        if (!strcmp(values[i].treatment, "mir"))
            values[i].y += strcmp(values[i].construct, "WT") ? 0.25 : 0.36;
    a = analyze_values(values, N(split), NULL);
    expect_verdict(&a, "INCONCLUSIVE", "none");
    assert_non_null(strstr(a.result->verdicts[0].reason, "To find a fold of 0.80 on WT"));
    analysed_free(&a);
}

static const dlu_qc_row *qc_item(const analysed *a, const char *item)
{
    for (size_t i = 0; i < a->result->n_qc; i++)
        if (!strcmp(a->result->qc[i].item, item))
            return &a->result->qc[i];
    return NULL;
}

/* Z' = 1 - 3 (s1 + s2) / |m1 - m2| and SSMD = (m1 - m2) / sqrt(s1^2 + s2^2), of two units each. */
static void positive_controls_give_zprime_and_ssmd(void **state)
{
    analysed a = analyze_text(
        "target,mirna,construct,treatment,replicate,firefly,renilla,role\n" WT_ARMS MUT_ARMS
            POSITIVE(200, 205),
        NULL);
    double s1 = (log(205) - log(200)) / sqrt(2), m1 = (log(205) + log(200)) / 2;
    double s2 = (log(1020) - log(1000)) / sqrt(2), m2 = (log(1020) + log(1000)) / 2;
    (void)state;
    near(qc_item(&a, "zprime_ln")->value, 1 - 3 * (s1 + s2) / fabs(m1 - m2), 1e-10, "Z'", "ln");
    near(qc_item(&a, "ssmd")->value, (m1 - m2) / sqrt(s1 * s1 + s2 * s2), 1e-10, "SSMD", "ln");
    assert_non_null(qc_item(&a, "zprime"));
    assert_true(qc_item(&a, "positive_control_fold")->status == DLU_QC_OK);
    analysed_free(&a);
}

/* WELLS_BLOCKED has wells in A to H of columns 1 to 6 on plates as large as what was read. */
static void edges_are_compared_once_arms_are_taken_off(void **state)
{
    analysed a = analyze_text(WELLS_BLOCKED, NULL);
    const dlu_qc_row *row = qc_item(&a, "edge_fold");
    (void)state;
    assert_non_null(row);
    assert_true(row->value > 0.8 && row->value < 1.25);
    analysed_free(&a);
}

static void one_unit_in_an_arm_is_not_enough(void **state)
{
    analysed a =
        analyze_text(HEAD WT_ARMS UNITS("MUT", "m1", "mimic", 990, 1000,
                                        1015) "T,,MUT,scr,1,1000,1000\nT,,MUT,scr,1,1010,1000\n",
                     NULL);
    (void)state;
    expect_verdict(&a, "INSUFFICIENT_REPLICATION", "none");
    assert_true(isnan(a.result->verdicts[0].p_direct));
    analysed_free(&a);
}

static void two_units_carry_a_caveat(void **state)
{
    analysed a =
        analyze_text(HEAD WT_ARMS UNITS("MUT", "m1", "mimic", 990, 1000,
                                        1015) "T,,MUT,scr,1,1000,1000\nT,,MUT,scr,2,1010,1000\n",
                     NULL);
    (void)state;
    assert_true(a.result->verdicts[0].caveats >> DLU_CAVEAT_LOW_N & 1);
    analysed_free(&a);
}

static void controls_serve_as_their_mirna_says(void **state)
{
    /* nc serves both; a scramble that names a tested miRNA serves that one alone. */
    analysed a = analyze_text(HEAD WT_ARMS MUT_ARMS UNITS("WT", "m2", "mimic", 800, 810, 805)
                                  UNITS("MUT", "m2", "mimic", 800, 810, 805)
                                      UNITS("WT", "m2", "scr", 2000, 2020, 1990)
                                          UNITS("MUT", "m2", "scr", 2000, 2010, 1980),
                              NULL);
    (void)state;
    assert_int_equal(a.result->n_verdicts, 2);
    near(a.result->verdicts[0].wt_fold, 0.505, 0.01, "m1", "fold");
    near(a.result->verdicts[1].wt_fold, 0.402, 0.01, "m2", "fold");
    analysed_free(&a);
    /* cel-miR-39 is tested nowhere, so it serves every miRNA; that is stated. */
    a = analyze_text(HEAD UNITS("WT", "m1", "mimic", 500, 510, 505)
                         UNITS("WT", "cel-miR-39", "scr", 1000, 1010, 990),
                     NULL);
    assert_string_equal(a.result->verdicts[0].verdict, "NO_MUTANT");
    assert_non_null(strstr(a.result->verdicts[0].notes[0], "cel-miR-39"));
    analysed_free(&a);
}

#define DOSED "target,mirna,dose_nM,construct,treatment,replicate,firefly,renilla\n"
#define DOSE(nM, mirna, treatment, a, b)                                                           \
    "T," mirna "," nM ",WT," treatment ",1," #a ",1000\nT," mirna "," nM ",WT," treatment ",2," #b \
    ",1000\n"

/* A control's dose restricts it only where the mimic has several doses. */
static void doses_of_controls_restrict_only_several_doses(void **state)
{
    analysed a =
        analyze_text(DOSED DOSE("10", "m1", "mimic", 800, 808) DOSE("50", "m1", "mimic", 400, 404)
                         DOSE("10", "", "scr", 1000, 1010) DOSE("50", "", "scr", 2000, 2020),
                     NULL);
    (void)state;
    assert_int_equal(a.result->n_verdicts, 2);
    near(a.result->verdicts[0].wt_fold, 0.8, 1e-3, "10 nM", "fold");
    near(a.result->verdicts[1].wt_fold, 0.2, 1e-3, "50 nM", "fold");
    analysed_free(&a);
    a = analyze_text(DOSED DOSE("50", "m1", "mimic", 400, 404) DOSE("25", "", "scr", 1000, 1010),
                     NULL);
    assert_int_equal(a.result->n_verdicts, 1);
    near(a.result->verdicts[0].wt_fold, 0.4, 1e-3, "other dose", "fold");
    analysed_free(&a);
}

static void what_serves_nobody_or_twice_is_said(void **state)
{
    analysed a = analyze_text(HEAD WT_ARMS MUT_ARMS "V,m1,EV,mimic,1,1000,1000\n"
                                                    "V,,EV,scr,1,1000,1000\n",
                              NULL);
    (void)state;
    assert_true(was_said(&a, "empty-serves-no-target"));
    analysed_free(&a);
    a = analyze_text(HEAD WT_ARMS MUT_ARMS UNITS("WT", "cel-miR-39", "scr", 1000, 1005, 1010),
                     NULL);
    assert_true(was_said(&a, "several-controls"));
    analysed_free(&a);
    a = analyze_text(HEAD WT_ARMS MUT_ARMS "W,,WT,scr,1,1000,1000\nW,,WT,scr,2,1010,1000\n", NULL);
    assert_true(was_said(&a, "nothing-to-test"));
    assert_int_equal(a.result->n_verdicts, 1);
    analysed_free(&a);
}

static void several_mutants_are_a_family(void **state)
{
    analysed a = analyze_text(HEAD WT_ARMS UNITS("MUT1", "m1", "mimic", 990, 1000, 1015)
                                  UNITS("MUT1", "", "scr", 1000, 1020, 995)
                                      UNITS("MUT2", "m1", "mimic", 700, 720, 715)
                                          UNITS("MUT2", "", "scr", 1000, 1020, 995),
                              NULL);
    (void)state;
    assert_int_equal(a.result->n_verdicts, 2);
    double p[2], adjusted[2];
    size_t n = 0;
    for (size_t i = 0; i < a.result->n_comparisons && n < 2; i++)
        if (!strcmp(a.result->comparisons[i].kind, "interaction")) {
            p[n] = a.result->comparisons[i].p;
            adjusted[n++] = a.result->comparisons[i].p_adjusted;
        }
    double small = p[0] < p[1] ? p[0] : p[1], large = p[0] < p[1] ? p[1] : p[0];
    double first = 2 * small, second = large > first ? large : first;
    near(p[0] < p[1] ? adjusted[0] : adjusted[1], first, 1e-12, "mutants", "Holm");
    near(p[0] < p[1] ? adjusted[1] : adjusted[0], second, 1e-12, "mutants", "Holm");
    analysed_free(&a);
}

static void holm_runs_over_all_verdicts(void **state)
{
    char table[8192];
    analysed a;
    (void)state;
    snprintf(table, sizeof table, "%s%s%s", HEAD WT_ARMS, MUT_ARMS,
             "U,m1,WT,mimic,1,600,1000\nU,m1,WT,mimic,2,640,1000\nU,,WT,scr,1,1000,1000\n"
             "U,,WT,scr,2,1040,1000\nU,m1,MUT,mimic,1,990,1000\nU,m1,MUT,mimic,2,1005,1000\n"
             "U,,MUT,scr,1,1000,1000\nU,,MUT,scr,2,1030,1000\n");
    a = analyze_text(table, NULL);
    assert_int_equal(a.result->n_verdicts, 2);
    near(a.result->verdicts[0].p_direct_adjusted, 2 * a.result->verdicts[0].p_direct, 1e-12, "T",
         "Holm");
    near(a.result->verdicts[1].p_direct_adjusted, a.result->verdicts[1].p_direct, 1e-12, "U",
         "Holm");
    analysed_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wells_to_blocked_effects_equal_r),
        cmocka_unit_test(decomposition_and_left_out_blocks_equal_r),
        cmocka_unit_test(per_block_error_is_primary_on_request),
        cmocka_unit_test(unblocked_effects_equal_r),
        cmocka_unit_test(missing_cells_equal_r),
        cmocka_unit_test(split_blocks_equal_r),
        cmocka_unit_test(wells_of_one_transfection_are_exploratory),
        cmocka_unit_test(verdicts_follow_the_effects),
        cmocka_unit_test(inhibitors_are_judged_with_the_sign_flipped),
        cmocka_unit_test(orientation_flips_every_sign),
        cmocka_unit_test(replicate_numbers_do_not_pair),
        cmocka_unit_test(declared_blocks_that_cannot_be_used_are_said),
        cmocka_unit_test(plates_that_hold_every_arm_are_blocks),
        cmocka_unit_test(zero_variance_is_not_testable),
        cmocka_unit_test(controls_set_to_one_are_found),
        cmocka_unit_test(a_missing_arm_is_named),
        cmocka_unit_test(no_mutant_is_not_an_error),
        cmocka_unit_test(effects_are_corrected_for_the_empty_vector_on_request),
        cmocka_unit_test(student_pools_the_variances),
        cmocka_unit_test(positive_controls_void_their_plates_on_request),
        cmocka_unit_test(the_panel_is_what_other_settings_would_give),
        cmocka_unit_test(dropped_wells_are_shown_before_and_after),
        cmocka_unit_test(a_well_far_from_its_transfection_is_flagged_and_kept),
        cmocka_unit_test(open_verdicts_say_what_would_settle_them),
        cmocka_unit_test(settled_verdicts_ask_for_no_more),
        cmocka_unit_test(split_blocks_say_why_no_number_is_given),
        cmocka_unit_test(positive_controls_give_zprime_and_ssmd),
        cmocka_unit_test(edges_are_compared_once_arms_are_taken_off),
        cmocka_unit_test(one_unit_in_an_arm_is_not_enough),
        cmocka_unit_test(two_units_carry_a_caveat),
        cmocka_unit_test(controls_serve_as_their_mirna_says),
        cmocka_unit_test(doses_of_controls_restrict_only_several_doses),
        cmocka_unit_test(what_serves_nobody_or_twice_is_said),
        cmocka_unit_test(several_mutants_are_a_family),
        cmocka_unit_test(holm_runs_over_all_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
