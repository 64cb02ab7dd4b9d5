/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_SIMULATE_SIMULATION_H
#define DLU_SIMULATE_SIMULATION_H

#include <dualuc/simulate.h>

#include "base/arena.h"
#include "simulate/random.h"

/* What an experiment made up by the program consists of. */

#define DLU_SIM_MIRNA     "hsa-miR-21-5p"
#define DLU_SIM_BLANKS    6u
#define DLU_SIM_MAX_BLOCK 30u

typedef enum dlu_sim_kind {
    DLU_SIM_DIRECT,
    DLU_SIM_OTHER_SITE,
    DLU_SIM_UNAFFECTED,
    DLU_SIM_OTHER
} dlu_sim_kind;

typedef struct dlu_sim_target {
    const char *name;
    dlu_sim_kind kind;
    double wt_fold;
    double mut_fold;
    double ln_ratio[2]; /**< of firefly to renilla without miRNA: wild type, mutant */
} dlu_sim_target;

typedef enum dlu_sim_construct { DLU_SIM_WT, DLU_SIM_MUT, DLU_SIM_EMPTY } dlu_sim_construct;

/** All that was transfected alike; `target` is NULL for the empty vector. */
typedef struct dlu_sim_arm {
    const dlu_sim_target *target;
    dlu_sim_construct construct;
    bool mimic; /**< else scramble */
} dlu_sim_arm;

typedef struct dlu_sim_well {
    dlu_well well;
    const dlu_sim_arm *arm; /**< NULL for a blank */
    unsigned replicate;     /**< from 1 within the arm */
    bool dead;              /**< light of untransfected cells */
    bool unmapped;          /**< read, but not in the map: the plate was turned */
    bool slipped;           /**< touched by a planted slip */
    double firefly;         /**< whole light units, four significant digits */
    double renilla;
    double seconds; /**< between the two reads */
} dlu_sim_well;

typedef struct dlu_sim_plate {
    const char *name;    /**< "day1" */
    int64_t day;         /**< days since 1970-01-01 */
    dlu_sim_well *wells; /**< row-major */
    size_t n_wells;
} dlu_sim_plate;

/** A slip that was planted. */
typedef struct dlu_sim_slip {
    dlu_slip kind;
    unsigned plate;
    dlu_well *wells; /**< none: the whole plate */
    size_t n_wells;
} dlu_sim_slip;

struct dlu_simulation {
    dlu_simulate_options options;
    dlu_simulate_model model;
    unsigned n_rows, n_cols;
    dlu_sim_target *targets;
    dlu_sim_arm *arms; /**< four a target, then those of the empty vector */
    size_t n_arms;
    dlu_sim_plate *plates;
    double empty_ln_ratio;
    bool has_dead;       /**< one well is dead, */
    unsigned dead_plate; /**< and stands here */
    size_t dead_arm;
    unsigned dead_replicate;
    dlu_sim_slip slips[DLU_SLIP_COUNT];
    size_t n_slips;
    dlu_arena *arena;
};

/** Targets, arms and which well is dead. False where memory ran out. */
bool dlu_sim_design(dlu_simulation *simulation, dlu_random *random);
/** Plates with their layouts; no light yet. */
bool dlu_sim_lay_out(dlu_simulation *simulation);
/** Draws the light of every well. */
void dlu_sim_light(dlu_simulation *simulation, dlu_random *random);
/** Whole light units with four significant digits, as a GloMax shows them. */
double dlu_sim_as_shown(double light);

/** Pairs that fit on a plate of so many wells, beside the empty vector and the blanks. */
unsigned dlu_sim_capacity(unsigned wells, const dlu_simulate_model *model);
/** Whether every value of the model is in its range, and the folds are as many as the pairs. */
dlu_status dlu_sim_check_model(const dlu_simulate_model *model, unsigned pairs, dlu_error *err);
/** "wt-mimic", ...; "none". */
const char *dlu_sim_arm_name(dlu_simulate_arm arm);

/** Borrowed plate i, or NULL with *err filled. */
const dlu_sim_plate *dlu_sim_plate_at(const dlu_simulation *simulation, unsigned i, dlu_error *err);
/** "2024-03-04"; lives in the arena. NULL where memory ran out. */
char *dlu_sim_date(int64_t day, dlu_arena *arena);

#endif
