/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_RESULT_H
#define DUALUC_RESULT_H

#include <dualuc/import.h>
#include <dualuc/seed.h>
#include <dualuc/settings.h>

/*
 * The report model: every table that any output shows, as numbers and text, computed once. Writers
 * (workbook, JSON, CSV, terminal) add nothing to it. A number that does not exist is NaN here, and
 * null or an empty cell in the outputs. Estimates are natural logarithms of folds, treatment minus
 * its control, never sign-flipped; texts that do not exist are NULL.
 */

/** Flags of a well, one bit each; METHODS in docs/methods.md gives the rules. */
typedef enum dlu_flag {
    DLU_FLAG_NONPOSITIVE,
    DLU_FLAG_NRM_BELOW_LOD,
    DLU_FLAG_NRM_BELOW_LOQ,
    DLU_FLAG_DEAD_WELL,
    DLU_FLAG_NOT_READ,
    DLU_FLAG_MASKED,
    DLU_FLAG_INVALID_READ,
    DLU_FLAG_UNDERFLOW,
    DLU_FLAG_EXCLUDED_BY_MAP,
    DLU_FLAG_NRM_LOW_SB,
    DLU_FLAG_REP_BELOW_LOD,
    DLU_FLAG_SATURATED,
    DLU_FLAG_POSSIBLE_SATURATION,
    DLU_FLAG_CROSSTALK,
    DLU_FLAG_HIGH_TECH_CV,
    DLU_FLAG_COLLAPSE_SENSITIVE,
    DLU_FLAG_BLANK_LIMITED,
    DLU_FLAG_BACKGROUND_NOT_SUBTRACTED,
    DLU_FLAG_DROPPED,
    DLU_FLAG_OUTLIER_WELL,
    DLU_FLAG_COUNT
} dlu_flag;

/** What must be known beside a verdict, one bit each. */
typedef enum dlu_caveat {
    DLU_CAVEAT_LOW_N,
    DLU_CAVEAT_ERROR_TERM_SENSITIVE,
    DLU_CAVEAT_INFLUENTIAL_BLOCK,
    DLU_CAVEAT_NORM_SHIFT,
    DLU_CAVEAT_EV_SHIFT,
    DLU_CAVEAT_MUT_UP,
    DLU_CAVEAT_EV_SENSITIVE,
    DLU_CAVEAT_BLANK_LIMITED,
    DLU_CAVEAT_COLLAPSE_SENSITIVE,
    DLU_CAVEAT_BACKGROUND_NOT_SUBTRACTED,
    DLU_CAVEAT_PRENORMALISED_CONTROL,
    DLU_CAVEAT_MUT_SITE_KEPT,
    DLU_CAVEAT_MUT_SITE_CREATED,
    DLU_CAVEAT_WT_NO_SITE,
    DLU_CAVEAT_COUNT
} dlu_caveat;

/** The verdict codes, in the order of the decision table. */
typedef enum dlu_verdict_code {
    DLU_INVALID_QC,
    DLU_NO_MUTANT,
    DLU_INSUFFICIENT_REPLICATION,
    DLU_NOT_TESTABLE,
    DLU_PARADOXICAL,
    DLU_NORMALISER_DRIVEN,
    DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY,
    DLU_DIRECT_TARGET,
    DLU_PARTIAL_RESCUE,
    DLU_DIRECT_TARGET_RESCUE_UNPROVEN,
    DLU_REPRESSED_SITE_INDEPENDENT,
    DLU_REPRESSED_SITE_UNRESOLVED,
    DLU_INCONCLUSIVE_INTERACTION,
    DLU_WEAK_SITE_DEPENDENT,
    DLU_NO_REPRESSION,
    DLU_SUBTHRESHOLD,
    DLU_OPPOSITE_DIRECTION,
    DLU_SUBTHRESHOLD_OPPOSITE,
    DLU_INCONCLUSIVE,
    DLU_VERDICT_COUNT
} dlu_verdict_code;

typedef enum dlu_call {
    DLU_CALL_DIRECT,
    DLU_CALL_DIRECT_UNPROVEN,
    DLU_CALL_DIRECT_PARTIAL,
    DLU_CALL_NO,
    DLU_CALL_OPPOSITE,
    DLU_CALL_NONE
} dlu_call;

/** The code as it is written in every output, such as "NORM_SHIFT"; borrowed. */
DLU_API const char *dlu_flag_name(dlu_flag flag);
/** One sentence for a person: the rule of the flag and what the program does with the well. */
DLU_API const char *dlu_flag_text(dlu_flag flag);
DLU_API const char *dlu_caveat_name(dlu_caveat caveat);
DLU_API const char *dlu_caveat_text(dlu_caveat caveat);
DLU_API const char *dlu_verdict_name(dlu_verdict_code code);
/** "direct", "direct-unproven", "direct-partial", "no", "opposite", "none". */
DLU_API const char *dlu_call_name(dlu_call call);

typedef struct dlu_input_row {
    const char *path;
    const char *role; /**< "plate", "map", "config", "seed" */
    char sha256[65];
    const char *format; /**< importer of a plate file; "map", "ini" or "sequence" otherwise */
    const char *const *plates; /**< names after assembly */
    size_t n_plates;
} dlu_input_row;

typedef struct dlu_design_row {
    const char *pair; /**< "PTEN | miR-21 | mimic | MUT" */
    const char *text; /**< begins with blocked, unblocked, split-block, technical-only or none */
} dlu_design_row;

typedef struct dlu_well_row {
    const char *plate;
    const char *well;
    const char *role; /**< NULL where the map does not name the well */
    const char *target;
    const char *construct;
    const char *treatment;
    const char *mirna;
    double dose_nM;
    const char *replicate;
    const char *block;
    double reporter; /**< raw light */
    double control;
    double reporter_net; /**< raw minus the plate's blank */
    double control_net;
    double ratio;
    double ln_ratio;
    bool used;
    uint32_t flags; /**< bits 1u << dlu_flag */
    const char *sample;
    const char *reporter_state; /**< name of the read's state */
    const char *control_state;
    dlu_place at;             /**< the reporter's cell */
    const char *const *extra; /**< the map's unknown columns, as many as result->extra_columns */
    size_t unit;              /**< row of units, used or not; or DLU_NO_ROW */
    bool in_blank;            /**< its light is part of the plate's blank */
} dlu_well_row;

typedef struct dlu_unit_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *construct;
    const char *treatment;
    const char *replicate;
    const char *block;
    const char *plate;
    size_t n_wells;
    double ln_ratio;
    double cv;    /**< technical, a fraction; NaN with one well */
    size_t group; /**< row of groups */
} dlu_unit_row;

typedef struct dlu_group_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *construct;
    const char *treatment;
    size_t n;
    size_t n_wells;
    double mean_ln;
    double sd_ln;
    double geometric_mean;
    double relative;
    double relative_low;
    double relative_high;
} dlu_group_row;

typedef struct dlu_equivalence {
    bool present;
    double margin; /**< as a fold, such as 0.8 */
    double p_lower;
    double p_upper;
    bool equivalent;
} dlu_equivalence;

typedef struct dlu_comparison_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *kind;
    const char *method;
    bool primary;
    size_t n;
    double estimate_ln;
    double se;
    double fold;
    double fold_low;
    double fold_high;
    double t;
    double df;
    double p;
    double p_adjusted;
    dlu_equivalence equivalence;
    double noninferiority_p;
    size_t verdict; /**< row of verdicts it belongs to, or DLU_NO_ROW: it stands beside them */
} dlu_comparison_row;

typedef struct dlu_rescue {
    bool present;
    double fraction;
    double low;
    double high;
} dlu_rescue;

typedef enum dlu_classical {
    DLU_CLASSICAL_NONE,
    DLU_CLASSICAL_DIRECT,
    DLU_CLASSICAL_NOT
} dlu_classical;

typedef struct dlu_verdict_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *verdict; /**< the code, "EXPLORATORY:" in front where due */
    dlu_verdict_code code;
    bool exploratory;
    dlu_call call;
    uint32_t caveats; /**< bits 1u << dlu_caveat */
    const char *reason;
    double wt_fold;
    double wt_fold_low;
    double wt_fold_high;
    double mut_fold;
    double mut_fold_low;
    double mut_fold_high;
    double interaction_fold;
    double interaction_fold_low;
    double interaction_fold_high;
    double p_wt;
    double p_mut;
    double p_interaction;
    double p_direct;
    double p_direct_adjusted;
    dlu_rescue rescue;
    dlu_classical classical;
    const char *const *notes;
    size_t n_notes;
    const char
        *n_text; /**< units an arm, such as "3, 3, 3, 3" (WT, WT control, MUT, MUT control) */
} dlu_verdict_row;

/** The call in words for a person, and why there is none where there is none. */
DLU_API const char *dlu_verdict_in_words(const dlu_verdict_row *verdict);

typedef enum dlu_qc_status { DLU_QC_OK, DLU_QC_WARN, DLU_QC_FAIL } dlu_qc_status;
/** "ok", "warn", "fail". */
DLU_API const char *dlu_qc_status_name(dlu_qc_status status);

typedef struct dlu_qc_row {
    const char *plate;
    const char *item;
    double value;
    double limit;
    dlu_qc_status status;
    const char *text;
} dlu_qc_row;

/** What an item of QC is, in words, and the rule that gives its status; the item and "" where it is
 * not known. */
DLU_API const char *dlu_qc_item_words(const char *item);
DLU_API const char *dlu_qc_item_rule(const char *item);

/** What a verdict would be without one of its blocks. */
typedef struct dlu_leave_out_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *block; /**< the one left out */
    double interaction_fold;
    double p_interaction;
    const char *verdict;
} dlu_leave_out_row;

/** One verdict under one analysis of the sensitivity panel. */
typedef struct dlu_sensitivity_row {
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *analysis; /**< "as run", "theta 0.70", ... */
    const char *verdict;
    bool agrees; /**< with the verdict of the run */
    double wt_fold;
    double interaction_fold;
    double p_direct;
    const char *why; /**< the reason under that analysis; NULL where it agrees */
} dlu_sensitivity_row;

/** One thing looked at beside the tests: information, which decides nothing. */
typedef struct dlu_diagnostic_row {
    const char *target; /**< of a pair's rows; NULL with mirna, treatment, mutant for plates */
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *plate; /**< of a plate's rows */
    const char
        *group;       /**< "four cells", "residuals", "wt", "mut", "interaction", "WT mimic", ... */
    const char *item; /**< "levene", "shapiro_wilk", "fold_of_means", ... */
    size_t n;         /**< values that entered */
    double statistic;
    double df1;
    double df2;
    double p;
    double limit; /**< critical value; of rank tests the smallest p that n allows */
    double low;   /**< of an interval at 1 - alpha */
    double high;
    const char *status; /**< "ok", "flagged", or why there are no numbers, such as "too-few" */
    const char *text;
} dlu_diagnostic_row;

/** A plate and the blanks that were subtracted on it; its wells stand together in the table. */
typedef struct dlu_plate_row {
    const char *name;
    uint32_t n_rows; /**< of wells; 0 for a table without wells */
    uint32_t n_cols;
    size_t first_well; /**< row of the table of wells */
    size_t n_wells;
    const char *blank_role; /**< role of the wells that were the blank; NULL: no wells were */
    double blank_reporter;  /**< light that was subtracted; 0 where nothing was */
    double blank_control;
} dlu_plate_row;

/** No row: a well that stands in no transfection. */
#define DLU_NO_ROW ((size_t)-1)

/** One value that a verdict's tests saw. */
typedef struct dlu_working_value {
    size_t row;     /**< of units, or of wells where `wells` */
    unsigned cell;  /**< treated and control of WT, of the mutant, of EMPTY: 0 to 5 */
    unsigned block; /**< of the block names, or UINT_MAX */
} dlu_working_value;

/** What a verdict was computed from, so that it can be computed again; one a verdict. */
typedef struct dlu_working {
    const dlu_working_value *values;
    size_t n;
    bool wells; /**< technical-only: wells stand in for units */
    const char *const *blocks;
    unsigned n_blocks;
} dlu_working;

/** One analysed experiment. Freed with dlu_result_free. */
typedef struct dlu_result {
    dlu_settings settings;
    dlu_input_row *inputs;
    size_t n_inputs;
    dlu_design_row *design;
    size_t n_design;
    dlu_well_row *wells;
    size_t n_wells;
    dlu_unit_row *units;
    size_t n_units;
    dlu_group_row *groups;
    size_t n_groups;
    dlu_comparison_row *comparisons;
    size_t n_comparisons;
    dlu_verdict_row *verdicts;
    size_t n_verdicts;
    dlu_qc_row *qc;
    size_t n_qc;
    dlu_leave_out_row *leave_one_out;
    size_t n_leave_one_out;
    dlu_sensitivity_row *sensitivity; /**< eleven a verdict */
    size_t n_sensitivity;
    dlu_diagnostic_row *diagnostics;
    size_t n_diagnostics;
    dlu_seed_row *seed; /**< none unless the job asked for it */
    size_t n_seed;
    dlu_plate_row *plates;
    size_t n_plates;
    dlu_working *workings; /**< as many as verdicts */
    dlu_message *messages; /**< those of the whole run, as they stood when the model was built */
    size_t n_messages;
    const char *const *extra_columns; /**< unknown columns of the map */
    size_t n_extra_columns;
    const char *const *methods; /**< paragraphs: what was done, with numbers filled in */
    size_t n_methods;
    const char *date;    /**< "YYYY-MM-DD" of the export, or "" */
    const char *command; /**< line that makes it again, outputs aside; NULL of a result read back */
    void *memory;
} dlu_result;

/** What to analyse: files as bytes, what they are, and the settings. All borrowed. */
typedef struct dlu_job {
    const dlu_source *plates;
    const char *const *channel_of; /**< NULL, or for each plate file a channel or NULL */
    size_t n_plates;
    const dlu_source
        *maps; /**< none: the map is in the data; one: for all; else one a plate file */
    size_t n_maps;
    const dlu_source *config;     /**< NULL, or the ini that the settings came from, to be listed */
    const dlu_seed_request *seed; /**< NULL, or the inserts to look for sites in */
    const char *channels;         /**< "1=firefly,2=renilla" or NULL */
    const char *time;             /**< of dlu_channel_choice, or NULL */
    dlu_import_options import;
    dlu_settings settings;
} dlu_job;

/**
 * The main job: reads the files, pairs reporter and control of each well, subtracts blanks, gates
 * wells, forms units, tests and judges. Methods and sources: docs/methods.md.
 *
 * @param log  gets notes and warnings; the result keeps a copy of what was said
 * @return DLU_OK also where no pair can be called; else DLU_E_INPUT, DLU_E_UNRECOGNISED,
 *         DLU_E_LIMIT, DLU_E_USAGE, DLU_E_NO_MEMORY, and *out is NULL
 */
DLU_API dlu_status dlu_analyze(const dlu_job *job, dlu_result **out, dlu_messages *log,
                               dlu_error *err);
DLU_API void dlu_result_free(dlu_result *result);

#endif
