/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_VERDICT_BESIDE_H
#define DLU_VERDICT_BESIDE_H

#include "stats/many.h"
#include "verdict/verdict.h"

/*
 * What designs beyond four cells tell beside the verdicts: several treatments and one control
 * (screens.c), doses (doses.c), double mutants (double_mutants.c), compensatory mimics
 * (compensatory.c). It is reported, and never changes a verdict.
 */

/** A comparison of its own. */
typedef struct dlu_beside_row {
    const dlu_pair *pair; /**< whose target and treatment it has */
    const char *mirna;
    double dose_nM;     /**< NaN where it is over several */
    const char *mutant; /**< NULL where it is about WT alone */
    const char *kind;
    dlu_outcome outcome;
    double p_adjusted; /**< Dunnett's, else NaN */
    size_t n;          /**< units that entered */
} dlu_beside_row;

/** What the comparisons of one control share. */
typedef struct dlu_screen_found {
    double critical; /**< of |t|, at alpha for all of them together */
    const char *text;
} dlu_screen_found;

typedef struct dlu_beside {
    DLU_VEC(dlu_beside_row) rows;
    DLU_VEC(dlu_screen_found) screens;
} dlu_beside;

/** Fills rows, screens, and the sentences of the findings they concern. */
dlu_status dlu_beside_find(const dlu_experiment *experiment, dlu_verdicts *verdicts,
                           dlu_arena *arena, dlu_beside **out, dlu_error *err);

/* The steps, one file each. */

/** What each step reads and fills. */
typedef struct dlu_beside_job {
    const dlu_experiment *e;
    dlu_verdicts *v;
    dlu_arena *arena;
    dlu_beside *out;
    dlu_error *err;
} dlu_beside_job;

dlu_status dlu_beside_screens(const dlu_beside_job *job);
dlu_status dlu_beside_doses(const dlu_beside_job *job);
dlu_status dlu_beside_double_mutants(const dlu_beside_job *job);
dlu_status dlu_beside_compensatory(const dlu_beside_job *job);

/**
 * Whether a mutant of a target is the double mutant of two others: MUT1+2 or MUT1&2 always; MUT12,
 * MUT1-2 and MUT1_2 unless the target's mutants are counted (one has two digits that are not two
 * mutants). Each half may begin with MUT again.
 *
 * @param[out] a, b  indices of the single mutants
 */
bool dlu_double_mutant(const char *const *mutants, size_t n, size_t which, size_t *a, size_t *b);

/** Adds a row unless it was not tested; DLU_E_NO_MEMORY. */
dlu_status dlu_beside_add(const dlu_beside_job *job, const dlu_beside_row *row);
/** Adds a sentence to the verdict of a pair; NULL: it could not be written for want of memory. */
dlu_status dlu_beside_say(const dlu_beside_job *job, size_t pair, const char *sentence);

/** Cells of independent units, cells that share blocks, or blocks that cannot be used. */
typedef enum dlu_blocking {
    DLU_BLOCKING_NONE,
    DLU_BLOCKING_WHOLE,  /**< two blocks or more, and every unit has one */
    DLU_BLOCKING_PARTIAL /**< some units have no block */
} dlu_blocking;
dlu_blocking dlu_series_blocking(const dlu_series *series);

/** The same target, microRNA and treatment of the same kind of wells, at whatever dose. */
bool dlu_pairs_alike(const dlu_pair *a, const dlu_pair *b);
/** The same arms in two cells, and at least one. */
bool dlu_cells_same(const dlu_arm_cell *a, const dlu_arm_cell *b);
/** Why a test was not made, in words. */
const char *dlu_status_words(dlu_status status);
/** "p = 0.0021", "p < 1e-12" from Dunnett's floor on; NULL: no memory. */
const char *dlu_p_words(double p, dlu_arena *arena);

#endif
