/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_MODEL_H
#define DLU_REPORT_MODEL_H

#include <dualuc/result.h>

#include "assay/assay.h"
#include "seed/seed.h"
#include "verdict/beside.h"
#include "verdict/verdict.h"

/*
 * Fills the report model from what the earlier stages found. Each step copies or words; none
 * decides. All memory comes from the arena of the result; false: it ran out.
 */

bool dlu_model_wells(const dlu_experiment *experiment, dlu_arena *arena, dlu_result *result);
bool dlu_model_plates(const dlu_experiment *experiment, dlu_arena *arena, dlu_result *result);
bool dlu_model_units(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                     dlu_arena *arena, dlu_result *result);
bool dlu_model_groups(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                      dlu_arena *arena, dlu_result *result);
bool dlu_model_comparisons(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                           const dlu_beside *beside, dlu_arena *arena, dlu_result *result);
bool dlu_model_verdicts(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                        dlu_arena *arena, dlu_result *result);
bool dlu_model_workings(const dlu_verdicts *verdicts, dlu_arena *arena, dlu_result *result);
bool dlu_model_leave_out(const dlu_verdicts *verdicts, dlu_arena *arena, dlu_result *result);
bool dlu_model_qc(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                  const dlu_beside *beside, dlu_arena *arena, dlu_result *result);
bool dlu_model_diagnostics(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                           dlu_arena *arena, dlu_result *result);
/** The rows of the sites, and what the verdicts say of them; `findings` may be NULL. */
bool dlu_model_seed(const dlu_seed_findings *findings, dlu_arena *arena, dlu_result *result,
                    dlu_messages *log);
bool dlu_model_command(const dlu_job *job, dlu_arena *arena, dlu_result *result);
bool dlu_model_methods(const dlu_experiment *experiment, const dlu_verdicts *verdicts,
                       dlu_arena *arena, dlu_result *result);

#endif
