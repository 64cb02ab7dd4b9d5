/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "simulated.h"

/*
 * How often experiments of 3 days x 3 wells are called direct targets that are none, and how often
 * one that is: error_rates [N]. Every row is N experiments of the simulator, judged from the light
 * of their wells on as `dualuc analyze` does; the tables of light and the map are read once a row.
 * Exits with 1 where a share is above its limit by more than two Monte-Carlo errors.
 */

#define DAYS         3u
#define PRINTED_N    10000
#define MOST_N       1000000
#define SEED         20240304u
#define HIGHEST_SEED 9007199254740991u

typedef enum truth { EQUAL_22, EQUAL_40, NO_EFFECT, DIRECT_35, TRUTHS } truth;

static const struct {
    const char *name;
    double wt, mut;
    double limit, limit_noisy; /* of calls that begin with direct; NaN: power has none */
} truths[TRUTHS] = {
    [EQUAL_22] = {"both 0.78", 0.78, 0.78, 0.04, 0.04},
    [EQUAL_40] = {"both 0.60", 0.60, 0.60, 0.04, 0.04},
    [NO_EFFECT] = {"none", 1.00, 1.00, 0.02, 0.035},
    [DIRECT_35] = {"WT 0.65", 0.65, 1.00, NAN, NAN},
};

/* One row of the table. */
typedef struct row {
    truth truth;
    double sd_unit;
    bool empty, noisy;
} row;

/* Experiments called direct, by the program and by what others do. */
typedef struct tally {
    unsigned n, direct, classical, wells, wells_classical;
} tally;

static dlu_simulation *simulate(const row *r, uint64_t seed)
{
    dlu_simulate_options options = {.wells = 96, .blocks = DAYS, .pairs = 1, .seed = seed};
    dlu_simulate_model model;
    dlu_simulation *s;
    dlu_error err;
    dlu_simulate_model_default(&model);
    model.wt = (dlu_simulate_folds){{truths[r->truth].wt}, 1};
    model.mut = (dlu_simulate_folds){{truths[r->truth].mut}, 1};
    model.sd_unit = r->sd_unit;
    model.empty = r->empty;
    model.noisy_arm = r->noisy ? DLU_SIMULATE_WT_MIMIC : DLU_SIMULATE_NO_ARM;
    if (dlu_simulation_from_model(&options, &model, &s, &err))
        give_up(err.text);
    return s;
}

/* The light of another experiment of the same layout. */
static void exchange_light(const simulated *b, const dlu_simulation *s)
{
    for (size_t p = 0; p < b->plates->n_plates; p++) {
        const dlu_plate *plate = &b->plates->plates[p];
        for (size_t k = 0; k < plate->n_reads; k++) {
            const dlu_read *read = &plate->reads[k];
            bool firefly = !strcmp(read->channel, "firefly");
            if (read->n_readings != s->plates[p].n_wells)
                give_up("expected plates of one layout, found others");
            for (size_t w = 0; w < read->n_readings; w++) {
                const dlu_sim_well *well = &s->plates[p].wells[w];
                if (read->readings[w].well != well->well)
                    give_up("expected wells of one layout, found others");
                read->readings[w].value = firefly ? well->firefly : well->renilla;
            }
        }
    }
}

static bool is_direct(const dlu_findings *f)
{
    dlu_call call = dlu_verdict_call(f->rule->code, false);
    return call == DLU_CALL_DIRECT || call == DLU_CALL_DIRECT_UNPROVEN ||
           call == DLU_CALL_DIRECT_PARTIAL;
}

static bool is_down(const dlu_test *test, double alpha)
{
    return test->p < alpha && test->estimate < 0;
}

/* The wells of each arm as if they were transfections, less the mean of their day's scramble. */
typedef struct wells_as_n {
    double values[4][DAYS * 12];
    dlu_sample arms[4]; /* WT, its scramble, MUT, its scramble */
} wells_as_n;

static int arm_of(const dlu_experiment *e, const dlu_assay_well *w)
{
    if (!w->used || w->arm == DLU_NO_ARM || !e->arms[w->arm].target)
        return -1;
    const dlu_arm *arm = &e->arms[w->arm];
    if (strcmp(arm->construct, "WT") != 0 && strcmp(arm->construct, "MUT") != 0)
        return -1;
    return (strcmp(arm->construct, "WT") ? 2 : 0) + (strcmp(arm->treatment, "mimic") ? 1 : 0);
}

static void take_wells(const dlu_experiment *e, wells_as_n *out)
{
    double scramble[2][DAYS] = {{0}}, n[2][DAYS] = {{0}};
    for (size_t i = 0; i < e->n_wells; i++) {
        int arm = arm_of(e, &e->wells[i]);
        if (arm < 0 || arm % 2 == 0)
            continue;
        scramble[arm / 2][e->wells[i].plate] += e->wells[i].ln_ratio;
        n[arm / 2][e->wells[i].plate]++;
    }
    for (int k = 0; k < 4; k++)
        out->arms[k] = (dlu_sample){out->values[k], 0};
    for (size_t i = 0; i < e->n_wells; i++) {
        const dlu_assay_well *w = &e->wells[i];
        int arm = arm_of(e, w);
        if (arm < 0)
            continue;
        out->values[arm][out->arms[arm].n++] =
            w->ln_ratio - scramble[arm / 2][w->plate] / n[arm / 2][w->plate];
    }
}

static void count_wells_as_n(const dlu_experiment *e, tally *t)
{
    static const double interaction[4] = {1, -1, -1, 1};
    double alpha = e->settings->alpha;
    wells_as_n wells;
    dlu_test wt, mut, d;
    take_wells(e, &wells);
    if (dlu_stats_welch(wells.arms[0], wells.arms[1], alpha, &wt) ||
        dlu_stats_welch(wells.arms[2], wells.arms[3], alpha, &mut) ||
        dlu_stats_contrast(wells.arms, interaction, 4, alpha, &d))
        give_up("expected wells that vary, found others");
    t->wells += is_down(&wt, alpha) && exp(wt.estimate) <= e->settings->theta && is_down(&d, alpha);
    t->wells_classical += is_down(&wt, alpha) && mut.p >= alpha;
}

static void judge(const simulated *b, const dlu_simulation *s, tally *t)
{
    dlu_experiment *e;
    dlu_verdicts *v;
    dlu_error err;
    dlu_arena *arena = dlu_arena_new();
    exchange_light(b, s);
    if (!arena || dlu_material_judge(&b->material, &b->settings, (dlu_variation){0}, arena, &e, &v,
                                     NULL, &err))
        give_up("no verdicts");
    if (v->n != 1 || v->findings[0].design != DLU_DESIGN_BLOCKED)
        give_up("expected one verdict of a blocked design, found another");
    const dlu_outcome *of = v->findings[0].used.of;
    t->n++;
    t->direct += is_direct(&v->findings[0]);
    t->classical += is_down(&of[DLU_EFFECT_WT].test, b->settings.alpha) &&
                    of[DLU_EFFECT_MUT].test.p >= b->settings.alpha;
    count_wells_as_n(e, t);
    dlu_arena_free(arena);
}

static tally run(const row *r, unsigned n)
{
    simulated b;
    tally t = {0};
    uint64_t first = SEED + (uint64_t)(r->sd_unit * 1000) * 4 * MOST_N + r->truth * MOST_N;
    dlu_simulation *pattern = simulate(r, SEED);
    simulated_read(&b, pattern);
    dlu_simulation_free(pattern);
    for (unsigned i = 0; i < n; i++) {
        dlu_simulation *s = simulate(r, (first + i) % HIGHEST_SEED);
        judge(&b, s, &t);
        dlu_simulation_free(s);
    }
    simulated_free(&b);
    return t;
}

/* Prints the row; false where its share is above the limit. */
static bool print_row(const row *r, unsigned n)
{
    tally t = run(r, n);
    double limit = r->noisy ? truths[r->truth].limit_noisy : truths[r->truth].limit;
    double share = (double)t.direct / t.n, error = sqrt(share * (1 - share) / t.n);
    bool holds = isnan(limit) || share <= limit + 2 * error;
    char text[24] = "    - ";
    if (!isnan(limit))
        snprintf(text, sizeof text, "%6.2f", 100 * limit);
    printf("| %-9s | %.2f | %-5s | %-8s | %6.2f | %5.2f | %s | %-5s | %6.2f | %6.2f | %6.2f |\n",
           truths[r->truth].name, r->sd_unit, r->empty ? "yes" : "no",
           r->noisy ? "WT mimic" : "none", 100 * share, 100 * error, text,
           isnan(limit) ? "power"
           : holds      ? "PASS"
                        : "ABOVE",
           100.0 * t.classical / t.n, 100.0 * t.wells / t.n, 100.0 * t.wells_classical / t.n);
    fflush(stdout);
    return holds;
}

int main(int argc, char **argv)
{
    static const double sds[] = {0.05, 0.10, 0.15, 0.20};
    static const struct {
        bool empty, noisy;
    } kinds[] = {{false, false}, {true, false}, {false, true}};
    char *end = NULL;
    long n = argc > 1 ? strtol(argv[1], &end, 10) : PRINTED_N;
    bool holds = true;
    if (argc > 2 || n < 1 || n > MOST_N || (end && *end))
        give_up("expected a number of experiments, 1 to 1000000");
    printf("Calls that begin with direct, in %% of %ld experiments of 3 days x 3 wells.\n\n", n);
    printf(
        "| truth     | SD   | EMPTY | noisy    | direct | error |  limit |       | classic | wells "
        "as n | both |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (int what = 0; what < TRUTHS; what++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            for (size_t i = 0; i < sizeof sds / sizeof *sds; i++) {
                row r = {(truth)what, sds[i], kinds[k].empty, kinds[k].noisy};
                holds = print_row(&r, (unsigned)n) && holds;
            }
    printf("\n%s\n", holds ? "Every limit holds." : "A limit does not hold.");
    return holds ? 0 : 1;
}
