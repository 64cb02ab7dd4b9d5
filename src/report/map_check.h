/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_MAP_CHECK_H
#define DLU_REPORT_MAP_CHECK_H

#include <dualuc/map.h>

#include "assay/assay.h"
#include "verdict/verdict.h"

/*
 * A map is checked by analysing it: plates are made up on which every well was read well, and the
 * arms, pairs and designs are those that the analysis finds on them. The light itself says nothing.
 */

typedef struct dlu_map_trial {
    dlu_arena *arena;
    const dlu_map *map;
    const dlu_settings *settings;
    dlu_plates plates; /**< made up */
    dlu_experiment *experiment;
    dlu_verdicts *verdicts;
} dlu_map_trial;

/**
 * Runs the analysis on made-up light (map_trial.c).
 *
 * @param real    the plates whose wells get light, or NULL: the wells of the map
 * @param n_same  where `real` is NULL and the map names no plate: how many plates it is for
 * @param log     gets what plates and map say of each other; may be NULL
 */
dlu_status dlu_map_trial_run(dlu_map_trial *trial, const dlu_plates *real, size_t n_same,
                             dlu_messages *log, dlu_error *err);

/** Warns of what is missing or unbalanced (map_findings.c). */
dlu_status dlu_map_findings(const dlu_map_trial *trial, const dlu_map_check *check,
                            dlu_messages *log, dlu_error *err);

#endif
