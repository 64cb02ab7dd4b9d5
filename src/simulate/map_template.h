/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_SIMULATE_MAP_TEMPLATE_H
#define DLU_SIMULATE_MAP_TEMPLATE_H

#include <dualuc/map.h>

#include "base/arena.h"

/* A plate map that is made from a plan: arms (map_arms.c), wells (map_template.c), files
 * (map_files.c). */

typedef struct dlu_plan_arm {
    const char *target; /**< "" for EMPTY */
    const char *construct;
    const char *treatment;
    const char *mirna; /**< "" for controls */
} dlu_plan_arm;

typedef struct dlu_plan_well {
    dlu_well well;
    const dlu_plan_arm *arm; /**< NULL for a blank */
    unsigned replicate;      /**< 1 .. replicates */
} dlu_plan_well;

typedef struct dlu_plan_plate {
    const char *name;     /**< NULL where there is one */
    dlu_plan_well *wells; /**< row-major, n_wells of the template */
} dlu_plan_plate;

struct dlu_map_template {
    dlu_arena *arena;
    unsigned n_rows, n_cols;
    unsigned replicates;
    dlu_plan_arm *arms;
    size_t n_arms;
    dlu_plan_plate *plates;
    size_t n_plates;
    size_t n_wells; /**< filled on each plate */
};

/** Reads the plan's lists into arms. DLU_OK; DLU_E_USAGE; DLU_E_NO_MEMORY. */
dlu_status dlu_plan_arms(const dlu_map_plan *plan, dlu_map_template *map, dlu_error *err);

#endif
