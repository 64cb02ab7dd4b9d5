/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "base/text.h"
#include "simulate/random.h"

/*
 * Experiments drawn at random, each analysed again after a change that must not matter: only signs
 * and names may differ. The numbers are synthetic, from the seed of each experiment's number.
 */

#define EXPERIMENTS 200u
#define MOST_WELLS  1536u
#define MOST_PLATES 4u
#define TOLERANCE   1e-9
#define NONE        (-1)

enum { MOST_TARGETS = 3, MOST_MIRNAS = 2, MOST_MUTANTS = 2, EMPTY = 1 + MOST_MUTANTS };

/* How things are called. Constructs: WT, the mutants, EMPTY. */
typedef struct spelling {
    const char *targets[MOST_TARGETS], *mirnas[MOST_MIRNAS], *constructs[EMPTY + 1];
    const char *treatments[2][2]; /* of mimics, of inhibitors: control, treated */
    const char *reporter, *control;
} spelling;

static const spelling usual = {{"PTEN", "KRAS", "MYCN"},
                               {"miR-21", "let-7a"},
                               {"WT", "MUT1", "MUT2", "EMPTY"},
                               {{"scramble", "mimic"}, {"inhibitor-control", "inhibitor"}},
                               "firefly",
                               "renilla"};
static const spelling renamed = {{"ZEB1", "LIN28B", "ABCA2"},
                                 {"let-7f", "hsa-miR-155-5p"},
                                 {"wild-type", "MUTz", "MUTb", "ev"},
                                 {{"NC", "pre-mir"}, {"inhibitor-control", "antagomir"}},
                                 "firefly",
                                 "renilla"};
static const spelling exchanged = {{"PTEN", "KRAS", "MYCN"},
                                   {"miR-21", "let-7a"},
                                   {"WT", "MUT1", "MUT2", "EMPTY"},
                                   {{"scramble", "mimic"}, {"inhibitor-control", "inhibitor"}},
                                   "renilla",
                                   "firefly"};

/* One well. */
typedef struct line {
    unsigned plate, well;
    int target, construct, mirna; /* indices of the spelling, or NONE; a blank has no construct */
    bool treated;
    unsigned replicate;
    double reporter, control;
} line;

typedef struct experiment {
    line lines[MOST_WELLS];
    size_t n;
    unsigned plates, targets, mutants, mirnas, replicates, wells;
    bool has_replicate, has_block, inhibitor, has_empty, dim;
    dlu_random random;
} experiment;

/* ---- making one up ---- */

static void add_well(experiment *x, unsigned plate, int target, int construct, int mirna,
                     unsigned replicate, double ln_ratio)
{
    dlu_random *random = &x->random;
    double transfection = dlu_random_normal(random, 0.25), noise = dlu_random_normal(random, 0.08);
    double light = construct == NONE ? 0 : 400000 * exp(transfection);
    if (x->dim && dlu_random_below(random, 25) == 0)
        light = 0;
    if (x->n == MOST_WELLS || dlu_random_below(random, 40) == 0)
        return; /* a well that nobody filled */
    x->lines[x->n] = (line){.plate = plate,
                            .well = (unsigned)x->n,
                            .target = target,
                            .construct = construct,
                            .mirna = mirna,
                            .treated = mirna != NONE,
                            .replicate = replicate};
    x->lines[x->n].reporter =
        400 * exp(dlu_random_normal(random, 0.1)) + light * exp(ln_ratio + noise);
    x->lines[x->n].control = 600 * exp(dlu_random_normal(random, 0.1)) + light;
    x->n++;
}

static void add_arm(experiment *x, unsigned plate, int target, int construct, int mirna, double day)
{
    static const double folds[] = {1.0, 0.8, 0.6, 0.4, 1.5};
    double fold = mirna == NONE ? 1 : folds[(unsigned)(target + 2 * construct + mirna + 2) % 5];
    for (unsigned r = 0; r < x->replicates; r++) {
        double unit = dlu_random_normal(&x->random, 0.1);
        for (unsigned w = 0; w < x->wells; w++)
            add_well(x, plate, target, construct, mirna, r, day + log(fold) + unit);
    }
}

static void add_plate(experiment *x, unsigned plate)
{
    double day = dlu_random_normal(&x->random, 0.25);
    unsigned blanks = dlu_random_below(&x->random, 5);
    for (int t = 0; t < (int)x->targets; t++)
        for (int c = 0; c <= (int)x->mutants; c++)
            for (int m = NONE; m < (int)x->mirnas; m++)
                add_arm(x, plate, t, c, m, day);
    for (int m = NONE; x->has_empty && m < (int)x->mirnas; m++)
        add_arm(x, plate, NONE, EMPTY, m, day);
    for (unsigned b = 0; b < blanks; b++)
        add_well(x, plate, NONE, NONE, NONE, 0, 0);
}

/* Blocked by a column or by plates, unblocked, or of technical wells only. */
static experiment *draw(unsigned seed)
{
    experiment *x = calloc(1, sizeof *x);
    assert_non_null(x);
    dlu_random_seed(&x->random, seed);
    unsigned kind = dlu_random_below(&x->random, 4);
    x->plates = kind < 2 ? 2 + dlu_random_below(&x->random, MOST_PLATES - 1) : 1;
    x->has_block = kind == 0;
    x->has_replicate = kind == 2 || dlu_random_below(&x->random, 4) == 0;
    x->replicates = kind == 2 ? 2 + dlu_random_below(&x->random, 3) : 1;
    if (kind != 2 && x->has_replicate)
        x->replicates += dlu_random_below(&x->random, 2);
    x->wells = kind == 3 ? 3 : 1 + dlu_random_below(&x->random, 2);
    unsigned size = dlu_random_below(&x->random, 8);
    x->targets = size == 0 ? MOST_TARGETS : size == 1 ? 2 : 1;
    x->mirnas = dlu_random_below(&x->random, 5) ? 1 : MOST_MIRNAS;
    x->mutants = size < 6 ? 1 : size == 6 ? 0 : MOST_MUTANTS;
    x->has_empty = dlu_random_below(&x->random, 2);
    x->inhibitor = dlu_random_below(&x->random, 3) == 0;
    x->dim = dlu_random_below(&x->random, 2);
    for (unsigned p = 0; p < x->plates; p++)
        add_plate(x, p);
    return x;
}

/* ---- writing and analysing it ---- */

static void write_line(dlu_buffer *out, const experiment *x, const line *l, const spelling *s)
{
    char name[DLU_WELL_NAME_SIZE], reporter[DLU_NUMBER_SIZE], control[DLU_NUMBER_SIZE];
    dlu_buffer_printf(out, "day%u,%s,%s,%s,%s,%s,%s", l->plate + 1,
                      dlu_well_name(l->well / 48 << 8 | l->well % 48, name),
                      l->construct == NONE ? "blank" : "sample",
                      l->target == NONE ? "" : s->targets[l->target],
                      l->construct == NONE ? "" : s->constructs[l->construct],
                      l->construct == NONE ? "" : s->treatments[x->inhibitor][l->treated],
                      l->mirna == NONE ? "" : s->mirnas[l->mirna]);
    if (x->has_block)
        dlu_buffer_printf(out, ",passage %u", l->plate + 7);
    if (x->has_replicate && l->construct == NONE)
        dlu_buffer_add(out, ",");
    else if (x->has_replicate)
        dlu_buffer_printf(out, ",%u", l->replicate + 1);
    dlu_buffer_printf(out, ",%s,%s\n", dlu_text_from_double(l->reporter, reporter),
                      dlu_text_from_double(l->control, control));
}

/* One table, or, with `order`, one a plate in that order. */
static dlu_result *analyze(const experiment *x, const spelling *s, const unsigned *order)
{
    static const char *const names[] = {"1.csv", "2.csv", "3.csv", "4.csv"};
    dlu_buffer tables[MOST_PLATES] = {{0}};
    dlu_source sources[MOST_PLATES];
    dlu_result *result = NULL;
    dlu_error err = {.text = ""};
    dlu_job job = {.plates = sources, .n_plates = order ? x->plates : 1};
    dlu_settings_default(&job.settings);
    dlu_setting_set(&job.settings, "vector",
                    strcmp(s->reporter, "renilla") ? "pmirglo" : "psicheck2", &err);
    for (size_t f = 0; f < job.n_plates; f++) {
        dlu_buffer_printf(&tables[f],
                          "plate,well,role,target,construct,treatment,mirna%s%s,%s,%s\n",
                          x->has_block ? ",block" : "", x->has_replicate ? ",replicate" : "",
                          s->reporter, s->control);
        for (size_t i = 0; i < x->n; i++)
            if (!order || x->lines[i].plate == order[f])
                write_line(&tables[f], x, &x->lines[i], s);
        assert_false(tables[f].failed);
        sources[f] =
            (dlu_source){.name = names[f], .bytes = tables[f].bytes, .n_bytes = tables[f].n};
    }
    if (dlu_analyze(&job, &result, NULL, &err))
        fail_msg("%s", err.text);
    for (size_t f = 0; f < job.n_plates; f++)
        dlu_buffer_free(&tables[f]);
    return result;
}

/* ---- comparing ---- */

/* What is compared: the change, and how near the numbers must be. */
typedef struct change {
    const char *name;
    unsigned seed;
    double tolerance; /* 0: to the last bit */
} change;

static const char *other_name(const char *name, const char *const *from, const char *const *to,
                              int n)
{
    for (int i = 0; name && i < n; i++)
        if (!strcmp(name, from[i]))
            return to[i];
    return name;
}

static void assert_near(const change *c, const char *what, double a, double b)
{
    if ((isnan(a) && isnan(b)) || a == b || fabs(a - b) <= c->tolerance * fmax(1, fabs(a)))
        return;
    fail_msg("experiment %u, %s: expected %s %.17g, found %.17g", c->seed, c->name, what, a, b);
}

static void assert_verdict(const change *c, const dlu_verdict_row *a, const dlu_verdict_row *b)
{
    if (strcmp(a->verdict, b->verdict) != 0 || a->call != b->call || a->caveats != b->caveats ||
        strcmp(a->n_text, b->n_text) != 0 || a->classical != b->classical)
        fail_msg("experiment %u, %s: expected %s (caveats %x, n %s), found %s (%x, %s)", c->seed,
                 c->name, a->verdict, a->caveats, a->n_text, b->verdict, b->caveats, b->n_text);
    assert_near(c, "p_wt", a->p_wt, b->p_wt);
    assert_near(c, "p_mut", a->p_mut, b->p_mut);
    assert_near(c, "p_interaction", a->p_interaction, b->p_interaction);
    assert_near(c, "p_direct_adjusted", a->p_direct_adjusted, b->p_direct_adjusted);
    assert_near(c, "wt_fold", a->wt_fold, b->wt_fold);
    assert_near(c, "wt_fold_low", a->wt_fold_low, b->wt_fold_low);
    assert_near(c, "wt_fold_high", a->wt_fold_high, b->wt_fold_high);
    assert_near(c, "mut_fold_low", a->mut_fold_low, b->mut_fold_low);
    assert_near(c, "mut_fold_high", a->mut_fold_high, b->mut_fold_high);
    assert_near(c, "interaction_fold_low", a->interaction_fold_low, b->interaction_fold_low);
    assert_near(c, "interaction_fold_high", a->interaction_fold_high, b->interaction_fold_high);
    assert_int_equal(a->rescue.present, b->rescue.present);
    if (a->rescue.present)
        assert_near(c, "rescue", a->rescue.fraction, b->rescue.fraction);
}

static bool same_text(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

/* Each verdict of a, under the names that it has in b, is there once and the same. */
static void assert_verdicts(const change *c, const dlu_result *a, const dlu_result *b,
                            const spelling *names)
{
    assert_int_equal(a->n_verdicts, b->n_verdicts);
    for (size_t i = 0; i < a->n_verdicts; i++) {
        const dlu_verdict_row *row = &a->verdicts[i];
        const char *target = other_name(row->target, usual.targets, names->targets, MOST_TARGETS);
        const char *mirna = other_name(row->mirna, usual.mirnas, names->mirnas, MOST_MIRNAS);
        const char *mutant =
            other_name(row->mutant, usual.constructs, names->constructs, EMPTY + 1);
        size_t found = 0;
        for (size_t k = 0; k < b->n_verdicts; k++) {
            const dlu_verdict_row *other = &b->verdicts[k];
            if (!same_text(other->target, target) || !same_text(other->mirna, mirna) ||
                !same_text(other->mutant, mutant))
                continue;
            assert_verdict(c, row, other);
            found++;
        }
        if (found != 1)
            fail_msg("experiment %u, %s: expected one verdict of %s, found %zu", c->seed, c->name,
                     target, found);
    }
}

/* ---- changes that must not matter ---- */

static void shuffle(experiment *x)
{
    for (size_t i = x->n; i > 1; i--) {
        size_t k = dlu_random_below(&x->random, (unsigned)i);
        line other = x->lines[k];
        x->lines[k] = x->lines[i - 1];
        x->lines[i - 1] = other;
    }
}

static void scale(experiment *x, double reporter, double control)
{
    for (size_t i = 0; i < x->n; i++) {
        x->lines[i].reporter *= reporter;
        x->lines[i].control *= control;
    }
}

static void exchange(experiment *x)
{
    for (size_t i = 0; i < x->n; i++) {
        double reporter = x->lines[i].reporter;
        x->lines[i].reporter = x->lines[i].control;
        x->lines[i].control = reporter;
    }
}

/* Replicates numbered from the other end. */
static void turn_replicates(experiment *x)
{
    for (size_t i = 0; i < x->n; i++)
        x->lines[i].replicate = x->replicates - 1 - x->lines[i].replicate;
}

/* The wells stand elsewhere on their plates. */
static void turn_plates(experiment *x)
{
    for (size_t i = 0; i < x->n; i++)
        x->lines[i].well = MOST_WELLS - 1 - x->lines[i].well;
}

static void check(const experiment *x, const spelling *s, const unsigned *order, change c,
                  const dlu_result *before)
{
    dlu_result *after = analyze(x, s, order);
    assert_verdicts(&c, before, after, s);
    dlu_result_free(after);
}

/* With the vector left as it is every effect turns round: folds become their reciprocals. */
static void assert_turned(experiment *x, unsigned seed, const dlu_result *a)
{
    exchange(x);
    change c = {"channels exchanged", seed, TOLERANCE};
    dlu_result *b = analyze(x, &usual, NULL);
    exchange(x);
    assert_int_equal(a->n_verdicts, b->n_verdicts);
    for (size_t i = 0; i < a->n_verdicts; i++) {
        const dlu_verdict_row *v = &a->verdicts[i], *w = &b->verdicts[i];
        assert_near(&c, "p_wt", v->p_wt, w->p_wt);
        assert_near(&c, "p_interaction", v->p_interaction, w->p_interaction);
        assert_near(&c, "wt_fold", v->wt_fold, 1 / w->wt_fold);
        assert_near(&c, "wt_fold_low", v->wt_fold_low, 1 / w->wt_fold_high);
        assert_near(&c, "interaction_fold", v->interaction_fold, 1 / w->interaction_fold);
    }
    dlu_result_free(b);
}

/* The experiment as it is left by each change goes into the next. */
static void check_all(experiment *x, unsigned seed, const dlu_result *before)
{
    unsigned backwards[MOST_PLATES];
    for (unsigned p = 0; p < x->plates; p++)
        backwards[p] = x->plates - 1 - p;
    check(x, &renamed, NULL, (change){"renamed", seed, TOLERANCE}, before);
    check(x, &exchanged, NULL, (change){"channels with the vector", seed, 0}, before);
    if (!x->dim) /* dim wells are left out by their control channel */
        assert_turned(x, seed, before);
    if (x->plates > 1)
        check(x, &usual, backwards, (change){"plates in files, backwards", seed, TOLERANCE},
              before);
    shuffle(x);
    turn_replicates(x);
    turn_plates(x);
    check(x, &usual, NULL, (change){"another layout", seed, TOLERANCE}, before);
    scale(x, 37.3, 0.023);
    check(x, &usual, NULL, (change){"scaled", seed, TOLERANCE}, before);
}

static void what_must_not_matter_does_not(void **state)
{
    size_t by_code[DLU_VERDICT_COUNT] = {0}, codes = 0;
    (void)state;
    for (unsigned seed = 1; seed <= EXPERIMENTS; seed++) {
        experiment *x = draw(seed);
        dlu_result *before = analyze(x, &usual, NULL);
        for (size_t i = 0; i < before->n_verdicts; i++)
            by_code[before->verdicts[i].code]++;
        check_all(x, seed, before);
        dlu_result_free(before);
        free(x);
    }
    for (size_t i = 0; i < DLU_VERDICT_COUNT; i++)
        codes += by_code[i] > 0;
    assert_true(codes >= 12); /* the experiments differ enough to mean something */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_must_not_matter_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
