/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_POWER_H
#define DUALUC_POWER_H

#include <dualuc/report.h>

/*
 * Planning: how many replicates find a fold, and which fold so many replicates find. From a
 * standard deviation alone, or from the scatter of an earlier result; never from the p that was
 * reached, which says nothing beyond itself (Hoenig and Heisey 2001, Am. Stat. 55:19). By the
 * noncentral t distribution, two-sided, both tails counted; docs/power.md.
 */

/** What is repeated, and which error the effect is tested against. */
typedef enum dlu_plan_design {
    DLU_PLAN_BLOCKED,        /**< days with all arms; each day's own difference (--error block) */
    DLU_PLAN_BLOCKED_POOLED, /**< the same days; one error of all four arms (--error pooled) */
    DLU_PLAN_UNBLOCKED,      /**< independent transfections */
    DLU_PLAN_DESIGN_COUNT
} dlu_plan_design;

typedef enum dlu_plan_test {
    DLU_PLAN_INTERACTION, /**< WT against mutant: the effect that goes through the site */
    DLU_PLAN_WT,          /**< treatment against control of one construct */
    DLU_PLAN_TEST_COUNT
} dlu_plan_test;

/** "blocked", "blocked-pooled", "unblocked"; borrowed. */
DLU_API const char *dlu_plan_design_name(dlu_plan_design design);
/** "interaction", "wt". */
DLU_API const char *dlu_plan_test_name(dlu_plan_test test);
/** What the standard deviation of that design and test is of: a phrase for a person. */
DLU_API const char *dlu_plan_sd_text(dlu_plan_design design, dlu_plan_test test);

/** Most replicates of an arm that are tried. */
#define DLU_PLAN_MAX_REPLICATES 10000u
/** Most replicates that can be asked about with `n`. */
#define DLU_PLAN_MAX_N 1000u

/** What to plan. dlu_power_options_default gives the defaults. */
typedef struct dlu_power_options {
    dlu_plan_design design; /**< of a result: its own */
    dlu_plan_test test;
    double sd;    /**< of ln ratios, natural logarithm; NaN: not given */
    double fold;  /**< to be found: > 0 and not 1 */
    double alpha; /**< two-sided, 0 < alpha < 1; NaN: that of the result, or 0.05 */
    double power; /**< wanted, alpha < power < 1 */
    size_t n;     /**< replicates to ask about, 2 to DLU_PLAN_MAX_N; 0: none */
} dlu_power_options;

DLU_API void dlu_power_options_default(dlu_power_options *options);

/**
 * Sets one option from text: design, test, sd, fold, alpha, power, n.
 *
 * @return DLU_OK; DLU_E_USAGE with what was expected and found
 */
DLU_API dlu_status dlu_power_option_set(dlu_power_options *options, const char *name,
                                        const char *value, dlu_error *err);

/** What became of a plan. */
typedef enum dlu_plan_status {
    DLU_PLAN_OK,
    DLU_PLAN_TOO_MANY_REPLICATES, /**< more than DLU_PLAN_MAX_REPLICATES */
    DLU_PLAN_NO_MUTANT,
    DLU_PLAN_NOT_TESTED,     /**< the result has no such test, or it has no standard error */
    DLU_PLAN_NO_VARIANCE,    /**< the values do not vary */
    DLU_PLAN_SPLIT_BLOCK,    /**< WT and mutant in blocks of their own */
    DLU_PLAN_TECHNICAL_ONLY, /**< one transfection an arm: wells tell nothing of the next one */
    DLU_PLAN_TOO_FEW,        /**< an arm has fewer than two transfections */
    DLU_PLAN_STATUS_COUNT
} dlu_plan_status;

/** "ok", "too-many-replicates", "no-mutant", ...; borrowed. */
DLU_API const char *dlu_plan_status_name(dlu_plan_status status);

/** One plan: that of the numbers given, or of one verdict row. Texts that do not exist are NULL,
 * numbers NaN, counts 0. */
typedef struct dlu_plan_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    dlu_plan_test test;
    const char *design; /**< name of the design; NULL where there is none to plan from */
    const char *method; /**< of the result's test */
    double sd;
    double sd_df;    /**< degrees of freedom of sd; NaN where it was given as a number */
    double sd_upper; /**< its upper 80 % bound */
    size_t n;        /**< replicates observed, or asked about */
    double alpha;
    double power;
    double fold;
    double detectable_fold; /**< weakest that n replicates find with `power`, on the side of fold */
    size_t replicates;      /**< that find `fold` with `power` */
    double reached;         /**< the power that they have */
    size_t replicates_upper; /**< the same if the scatter is sd_upper; 0: none, or too many */
    double power_at_n;       /**< of finding `fold` with n; only where n was asked about */
    dlu_plan_status status;
    const char *reason; /**< a sentence where the status is not DLU_PLAN_OK */
} dlu_plan_row;

/** Power of n replicates for a fold; only where the plan is from numbers. */
typedef struct dlu_plan_cell {
    size_t n;
    double fold;
    double power;
} dlu_plan_cell;

/** Freed with dlu_power_free. */
typedef struct dlu_power {
    const char *file; /**< the result it was made from; NULL: numbers */
    dlu_power_options options;
    dlu_plan_row *plans;
    size_t n_plans;
    dlu_plan_cell *table; /**< n 2 to 12 (and the n asked about), for each of n_folds folds */
    size_t n_table;
    size_t n_folds;
    void *memory;
} dlu_power;

/**
 * Plans from numbers.
 *
 * @return DLU_OK, also where DLU_PLAN_MAX_REPLICATES are not enough (a status of the plan);
 *         DLU_E_USAGE for options outside their ranges; DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_power_from_numbers(const dlu_power_options *options, dlu_power **out,
                                          dlu_error *err);

/**
 * Plans from an earlier result: a row a verdict, from the primary test of the interaction (or of
 * the wild type). What cannot be planned from has a status and a reason. Of the options, `sd`,
 * `design` and `n` are not used.
 *
 * @param file  the name to call the result by; copied
 */
DLU_API dlu_status dlu_power_from_result(const dlu_result *result, const char *file,
                                         const dlu_power_options *options, dlu_power **out,
                                         dlu_error *err);
DLU_API void dlu_power_free(dlu_power *power);

/** The plans for a person, with a final newline. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_power_lines(const dlu_power *power, dlu_bytes *out, dlu_error *err);
/** The plans as JSON, with the table. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_power_json(const dlu_power *power, dlu_bytes *out, dlu_error *err);
/** The plans as CSV, a row each. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_power_csv(const dlu_power *power, dlu_bytes *out, dlu_error *err);

#endif
