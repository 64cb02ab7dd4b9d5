/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_SMALL_RESULT_H
#define DLU_TEST_SMALL_RESULT_H

#include <math.h>

#include <dualuc/result.h>

/*
 * A report model written by hand: a row or two of everything, with names that spreadsheets like to
 * change, texts that need quoting, and numbers that do not exist.
 */

static const char *const small_plates[] = {"p1", "p2"};
static const char *const small_notes[] = {"first note; with a semicolon", "second \"note\""};
static const char *const small_extra[] = {"passage", "by, whom"};
static const char *const small_extra_of_a1[] = {"12", "A. \"Lab\" Hand"};
static const char *const small_methods[] = {"Blanks were subtracted.", "Folds are ratios."};

static dlu_input_row small_inputs[] = {{.path = "bad\xFFname.csv",
                                        .role = "plate",
                                        .sha256 = "00ff",
                                        .format = "generic-list",
                                        .plates = small_plates,
                                        .n_plates = 2}};

static dlu_design_row small_design[] = {{"Z | m | mimic | MUT", "blocked: 3 blocks"},
                                        {"A | m | mimic | MUT", "unblocked"}};

static dlu_well_row small_wells[] = {
    {.plate = "p1",
     .well = "A1",
     .role = "sample",
     .target = "SEPT2",
     .construct = "WT",
     .treatment = "mimic",
     .mirna = "=1+1",
     .dose_nM = 50,
     .replicate = "1",
     .block = "day 1",
     .reporter = 1639000,
     .control = 500,
     .reporter_net = 1638000.5,
     .control_net = 0.1 + 0.2,
     .ratio = 2,
     .ln_ratio = 0.25,
     .used = true,
     .sample = "a,b",
     .reporter_state = "ok",
     .control_state = "ok",
     .at = {"p1.xlsx", "Results", 14, 5},
     .extra = small_extra_of_a1},
    {.plate = "p1",
     .well = "A2",
     .role = "sample",
     .target = "SEPT2",
     .construct = "WT",
     .treatment = "mimic",
     .dose_nM = NAN,
     .reporter = NAN,
     .control = 480,
     .reporter_net = NAN,
     .control_net = -20,
     .ratio = NAN,
     .ln_ratio = NAN,
     .flags = 1u << DLU_FLAG_NONPOSITIVE | 1u << DLU_FLAG_DEAD_WELL,
     .reporter_state = "overflow",
     .control_state = "ok",
     .at = {"p1.csv", NULL, 3, 2}}};

static dlu_unit_row small_units[] = {{.target = "SEPT2",
                                      .mirna = "m",
                                      .dose_nM = NAN,
                                      .construct = "WT",
                                      .treatment = "mimic",
                                      .block = "day 1",
                                      .plate = "p1",
                                      .n_wells = 3,
                                      .ln_ratio = -0.5,
                                      .cv = 0.07}};

static dlu_group_row small_groups[] = {{.target = "SEPT2",
                                        .mirna = "m",
                                        .dose_nM = NAN,
                                        .construct = "WT",
                                        .treatment = "scramble",
                                        .n = 3,
                                        .n_wells = 9,
                                        .mean_ln = 0.1,
                                        .sd_ln = 0.2,
                                        .geometric_mean = 1.1,
                                        .relative = 1,
                                        .relative_low = NAN,
                                        .relative_high = NAN}};

static dlu_comparison_row small_comparisons[] = {{.target = "SEPT2",
                                                  .mirna = "m",
                                                  .dose_nM = NAN,
                                                  .treatment = "mimic",
                                                  .mutant = "MUT",
                                                  .kind = "wt",
                                                  .method = "rcbd",
                                                  .primary = true,
                                                  .n = 6,
                                                  .estimate_ln = -0.7,
                                                  .se = 0.04,
                                                  .fold = 0.5,
                                                  .fold_low = 0.45,
                                                  .fold_high = 0.54,
                                                  .t = -18,
                                                  .df = 6,
                                                  .p = 1.6e-6,
                                                  .p_adjusted = NAN,
                                                  .equivalence = {true, 0.8, 0.999, 1.5e-7, false},
                                                  .noninferiority_p = 0.999},
                                                 {.target = "SEPT2",
                                                  .mirna = "m",
                                                  .dose_nM = NAN,
                                                  .treatment = "mimic",
                                                  .mutant = "MUT",
                                                  .kind = "mut",
                                                  .method = "welch",
                                                  .n = 6,
                                                  .estimate_ln = 0,
                                                  .se = NAN,
                                                  .fold = 1,
                                                  .fold_low = NAN,
                                                  .fold_high = NAN,
                                                  .t = NAN,
                                                  .df = NAN,
                                                  .p = NAN,
                                                  .p_adjusted = NAN,
                                                  .noninferiority_p = NAN}};

static dlu_verdict_row small_verdicts[] = {
    {.target = "SEPT2",
     .mirna = "miR-21",
     .dose_nM = 50,
     .treatment = "mimic",
     .mutant = "MUT",
     .verdict = "DIRECT_TARGET",
     .code = DLU_DIRECT_TARGET,
     .call = DLU_CALL_DIRECT,
     .caveats = 1u << DLU_CAVEAT_LOW_N | 1u << DLU_CAVEAT_EV_SHIFT,
     .reason = "The effect depends on the mutated site.",
     .wt_fold = 0.5,
     .wt_fold_low = 0.45,
     .wt_fold_high = 0.55,
     .mut_fold = 1,
     .mut_fold_low = 0.9,
     .mut_fold_high = 1.11,
     .interaction_fold = 0.5,
     .interaction_fold_low = 0.4,
     .interaction_fold_high = 0.6,
     .p_wt = 1e-6,
     .p_mut = 0.9,
     .p_interaction = 0.00123,
     .p_direct = 0.00123,
     .p_direct_adjusted = 0.00246,
     .rescue = {true, 1, 0.9, 1.1},
     .classical = DLU_CLASSICAL_DIRECT,
     .notes = small_notes,
     .n_notes = 2,
     .n_text = "2, 2, 2, 2"},
    {.target = "BCL2",
     .mirna = "miR-16",
     .dose_nM = NAN,
     .treatment = "inhibitor",
     .verdict = "NO_MUTANT",
     .code = DLU_NO_MUTANT,
     .call = DLU_CALL_NONE,
     .reason = "No mutant.",
     .wt_fold = 1.5,
     .wt_fold_low = NAN,
     .wt_fold_high = NAN,
     .mut_fold = NAN,
     .mut_fold_low = NAN,
     .mut_fold_high = NAN,
     .interaction_fold = NAN,
     .interaction_fold_low = NAN,
     .interaction_fold_high = NAN,
     .p_wt = 0.2,
     .p_mut = NAN,
     .p_interaction = NAN,
     .p_direct = NAN,
     .p_direct_adjusted = NAN,
     .n_text = NULL}};

static dlu_qc_row small_qc[] = {{"p1", "blank_reporter", 451, NAN, DLU_QC_WARN, "six blanks"}};

static dlu_message small_messages[] = {
    {DLU_WARNING, "odd-thing", "two\nlines", "", "p1.csv", "3:2"},
    {DLU_NOTE, "other-thing", "no place", "do this", "", ""}};

static dlu_plate_row small_plate_rows[] = {
    {.name = "p1", .n_rows = 8, .n_cols = 12, .n_wells = sizeof small_wells / sizeof *small_wells}};

static const dlu_working_value small_values[] = {{.row = 0, .cell = 0, .block = 0}};
static const char *const small_blocks[] = {"day 1"};
static dlu_working small_workings[] = {
    {.values = small_values, .n = 1, .blocks = small_blocks, .n_blocks = 1}, {.n = 0}};

#define SMALL_ROWS(name)                                                                           \
    .name = small_##name, .n_##name = sizeof small_##name / sizeof *small_##name

static inline dlu_result small_result(void)
{
    dlu_result result = {SMALL_ROWS(inputs),   SMALL_ROWS(design),
                         SMALL_ROWS(wells),    SMALL_ROWS(units),
                         SMALL_ROWS(groups),   SMALL_ROWS(comparisons),
                         SMALL_ROWS(verdicts), SMALL_ROWS(qc),
                         SMALL_ROWS(messages), SMALL_ROWS(methods),
                         .date = "2024-03-12", .plates = small_plate_rows,
                         .n_plates = 1,        .workings = small_workings};
    result.extra_columns = small_extra;
    result.n_extra_columns = 2;
    dlu_settings_default(&result.settings);
    return result;
}

#endif
