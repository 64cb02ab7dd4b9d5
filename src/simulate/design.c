/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include <math.h>

#include "base/text.h"

#define MONDAY    19786 /* 2024-03-04, in days since 1970-01-01 */
#define REPRESSED 0.80  /* folds at or under it count as repressed, as in the decision table */

/* The first four carry real names; more targets are numbered and cycle through the kinds. */
static const struct {
    const char *name;
    dlu_sim_kind kind;
    double wt_fold;
} known[] = {{"PTEN", DLU_SIM_DIRECT, 0.50},
             {"PDCD4", DLU_SIM_DIRECT, 0.60},
             {"SPRY2", DLU_SIM_OTHER_SITE, 0.60},
             {"RHOB", DLU_SIM_UNAFFECTED, 1.00}};

#define N_KNOWN (sizeof known / sizeof *known)

static bool name_target(dlu_simulation *s, unsigned i)
{
    static const dlu_sim_kind kinds[] = {DLU_SIM_DIRECT, DLU_SIM_UNAFFECTED, DLU_SIM_OTHER_SITE};
    static const double folds[] = {0.55, 1.00, 0.60};
    dlu_sim_target *target = &s->targets[i];
    if (i < N_KNOWN) {
        *target = (dlu_sim_target){
            .name = known[i].name, .kind = known[i].kind, .wt_fold = known[i].wt_fold};
    } else {
        *target = (dlu_sim_target){.name = dlu_arena_printf(s->arena, "GENE%u", i + 1),
                                   .kind = kinds[(i - N_KNOWN) % 3],
                                   .wt_fold = folds[(i - N_KNOWN) % 3]};
    }
    return target->name != NULL;
}

static double fold_of(const dlu_simulate_folds *folds, unsigned i, double otherwise)
{
    return folds->n ? folds->folds[folds->n > 1 ? i : 0] : otherwise;
}

static dlu_sim_kind kind_of(double wt_fold, double mut_fold)
{
    if (wt_fold <= REPRESSED && wt_fold < mut_fold)
        return DLU_SIM_DIRECT;
    if (wt_fold == mut_fold && (wt_fold <= REPRESSED || wt_fold == 1))
        return wt_fold == 1 ? DLU_SIM_UNAFFECTED : DLU_SIM_OTHER_SITE;
    return DLU_SIM_OTHER;
}

/* The folds of the table, unless the model has its own. */
static void set_folds(const dlu_simulate_model *model, unsigned i, dlu_sim_target *target)
{
    target->wt_fold = fold_of(&model->wt, i, target->wt_fold);
    target->mut_fold =
        fold_of(&model->mut, i, target->kind == DLU_SIM_OTHER_SITE ? target->wt_fold : 1);
    target->kind = kind_of(target->wt_fold, target->mut_fold);
}

/* A 3'UTR damps its luciferase by itself, and a mutated one differs from the wild type. */
static void draw_target(dlu_sim_target *target, dlu_random *random)
{
    target->ln_ratio[0] = -0.6 + dlu_random_uniform(random);
    target->ln_ratio[1] = target->ln_ratio[0] + dlu_random_normal(random, 0.2);
}

/*
 * The dead well takes one of the wells of a unit. On a single plate every well is a unit of its
 * own: there it stands among the empty vector, whose arms decide no verdict, or nowhere.
 */
static void draw_dead_well(dlu_simulation *s, dlu_random *random)
{
    unsigned n_target_arms = 4 * s->options.pairs;
    s->has_dead = s->model.dead_well && (s->options.blocks > 1 || s->model.empty);
    s->dead_plate = dlu_random_below(random, s->options.blocks);
    s->dead_arm = s->options.blocks > 1 ? dlu_random_below(random, n_target_arms)
                                        : n_target_arms + dlu_random_below(random, 2);
    s->dead_replicate = 1 + dlu_random_below(random, s->model.wells_an_arm);
}

bool dlu_sim_design(dlu_simulation *s, dlu_random *random)
{
    unsigned pairs = s->options.pairs;
    s->targets = dlu_arena_alloc(s->arena, pairs, sizeof *s->targets);
    s->arms = dlu_arena_alloc(s->arena, 4 * (size_t)pairs + 2, sizeof *s->arms);
    if (!s->targets || !s->arms)
        return false;
    for (unsigned i = 0; i < pairs; i++) {
        if (!name_target(s, i))
            return false;
        set_folds(&s->model, i, &s->targets[i]);
        draw_target(&s->targets[i], random);
        for (unsigned k = 0; k < 4; k++)
            s->arms[s->n_arms++] =
                (dlu_sim_arm){&s->targets[i], k < 2 ? DLU_SIM_WT : DLU_SIM_MUT, k % 2 == 1};
    }
    for (unsigned k = 0; s->model.empty && k < 2; k++)
        s->arms[s->n_arms++] = (dlu_sim_arm){NULL, DLU_SIM_EMPTY, k == 1};
    s->empty_ln_ratio = 0.4 + dlu_random_uniform(random) * 0.2;
    draw_dead_well(s, random);
    return true;
}

unsigned dlu_sim_capacity(unsigned wells, const dlu_simulate_model *model)
{
    unsigned beside = DLU_SIM_BLANKS + (model->empty ? 2 * model->wells_an_arm : 0);
    return (wells - beside) / (4 * model->wells_an_arm);
}

/* Plates are filled in the order of the arms, blanks last; the last of several days in reverse. */
static void place_wells(const dlu_simulation *s, dlu_sim_plate *plate, bool reversed)
{
    for (size_t group = 0; group <= s->n_arms; group++) {
        size_t what = reversed ? s->n_arms - group : group;
        const dlu_sim_arm *arm = what < s->n_arms ? &s->arms[what] : NULL;
        for (unsigned k = 0; k < (arm ? s->model.wells_an_arm : DLU_SIM_BLANKS); k++) {
            size_t i = plate->n_wells++;
            plate->wells[i] = (dlu_sim_well){.well = (dlu_well)(i / s->n_cols << 8 | i % s->n_cols),
                                             .arm = arm,
                                             .replicate = k + 1};
        }
    }
}

/* Working days one after the other, the last of several a week after the one before it. */
static int64_t day_of(unsigned i, unsigned blocks)
{
    if (blocks > 1 && i + 1 == blocks)
        return day_of(i - 1, blocks) + 7;
    return MONDAY + (int64_t)(i / 5 * 7 + i % 5);
}

bool dlu_sim_lay_out(dlu_simulation *s)
{
    unsigned blocks = s->options.blocks;
    size_t n = s->n_arms * s->model.wells_an_arm + DLU_SIM_BLANKS;
    s->plates = dlu_arena_alloc(s->arena, blocks, sizeof *s->plates);
    if (!s->plates)
        return false;
    for (unsigned i = 0; i < blocks; i++) {
        dlu_sim_plate *plate = &s->plates[i];
        plate->name = dlu_arena_printf(s->arena, "day%u", i + 1);
        plate->wells = dlu_arena_alloc(s->arena, n, sizeof *plate->wells);
        plate->day = day_of(i, blocks);
        if (!plate->name || !plate->wells)
            return false;
        place_wells(s, plate, blocks > 1 && i + 1 == blocks);
    }
    return true;
}
