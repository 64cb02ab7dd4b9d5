/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_HISTORY_H
#define DUALUC_HISTORY_H

#include <dualuc/report.h>

/* Levels of controls over many runs, and the rules that tell when one has left its place. */

typedef enum dlu_control {
    DLU_CONTROL_BLANK_REPORTER, /**< mean light of the blanks, over plates */
    DLU_CONTROL_BLANK_CONTROL,
    DLU_CONTROL_LIGHT,    /**< geometric mean of the control channel, net, over used wells */
    DLU_CONTROL_SCRAMBLE, /**< mean ln ratio of the units with scramble */
    DLU_CONTROL_POSITIVE, /**< fold of the positive control, over plates */
    DLU_CONTROL_CV,       /**< median CV of technical replicates, over plates */
    DLU_CONTROL_ZPRIME,   /**< Z' of the ratios, over plates */
    DLU_CONTROL_COUNT
} dlu_control;

/** "blank_reporter", "blank_control", "control_light", "scramble_ln_ratio", "positive_fold",
 * "technical_cv", "zprime"; borrowed. */
DLU_API const char *dlu_control_name(dlu_control control);
/** What it is, in words. */
DLU_API const char *dlu_control_text(dlu_control control);
/** Light and folds are judged as natural logarithms: they vary by factors. NaN where that does not
 * exist. */
DLU_API double dlu_control_scaled(dlu_control control, double value);

/** The level of each control in a result; NaN where it has none. */
DLU_API void dlu_controls_of(const dlu_result *result, double levels[DLU_CONTROL_COUNT]);

/** What later values are held against. */
typedef struct dlu_baseline {
    double mean;
    double sd;
    size_t n;
} dlu_baseline;

/** Runs of a baseline where none are named, and the fewest that may be named. */
#define DLU_BASELINE_RUNS   8u
#define DLU_BASELINE_FEWEST 3u

/**
 * Mean and standard deviation of the baseline.
 *
 * @param chosen  n flags, or NULL: the first DLU_BASELINE_RUNS values that are finite
 * @return false where there are not enough values, or they do not vary
 */
DLU_API bool dlu_baseline_of(const double *values, const bool *chosen, size_t n, dlu_baseline *out);

/**
 * Westgard, Barry, Hunt and Groth 1981, Clin. Chem. 27:493, on one control: z against the baseline.
 * R-4s, which compares two controls of a run there, compares neighbouring runs here.
 */
typedef enum dlu_westgard_rule {
    DLU_WESTGARD_1_2S, /**< beyond 2 SD: a warning */
    DLU_WESTGARD_1_3S, /**< beyond 3 SD */
    DLU_WESTGARD_2_2S, /**< two in a row beyond 2 SD on one side */
    DLU_WESTGARD_R_4S, /**< two in a row, one beyond +2 SD and one beyond -2 SD */
    DLU_WESTGARD_4_1S, /**< four in a row beyond 1 SD on one side */
    DLU_WESTGARD_10_X, /**< ten in a row on one side of the mean */
    DLU_WESTGARD_COUNT
} dlu_westgard_rule;

/** "1-2s", "1-3s", "2-2s", "R-4s", "4-1s", "10-x"; borrowed. */
DLU_API const char *dlu_westgard_name(dlu_westgard_rule rule);

/**
 * The rules that each value breaks.
 *
 * @param z  (value - mean) / SD in the order of the runs; NaN where a run has none: it breaks no
 *           rule, and the values around it are neighbours
 * @param[out] rules  bits 1u << dlu_westgard_rule, n of them
 */
DLU_API void dlu_westgard(const double *z, size_t n, uint32_t *rules);

/** A series to be drawn. All borrowed. */
typedef struct dlu_levey_jennings {
    const char *title;
    const double *z;       /**< of each run, NaN where it has none */
    const uint32_t *rules; /**< of dlu_westgard */
    const char *const *names;
    size_t n;
    const double *marks; /**< what stands beside the lines of -3 to +3 SD, 7 values */
} dlu_levey_jennings;

/** The chart of Levey and Jennings 1950 as SVG. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_levey_jennings_svg(const dlu_levey_jennings *chart, dlu_bytes *out,
                                          dlu_error *err);

#endif
