/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_VERDICT_VERDICT_H
#define DLU_VERDICT_VERDICT_H

#include "assay/assay.h"
#include "stats/stats.h"
#include "verdict/rules.h"

/*
 * From units to verdicts: which arms face which (pairs.c), what design they form (design.c), the
 * tests (compare.c), the decision (judge.c, rules.c) and its words (reasons.c).
 */

/** The cells of a verdict row; a contrast is treated minus control. */
enum {
    DLU_CELL_WT,
    DLU_CELL_WT_CONTROL,
    DLU_CELL_MUT,
    DLU_CELL_MUT_CONTROL,
    DLU_CELL_EV,
    DLU_CELL_EV_CONTROL,
    DLU_CELLS
};

typedef struct dlu_arm_cell {
    const char *construct;
    const char *treatment;
    const size_t *arms; /**< several where several controls serve */
    size_t n_arms;
    size_t n_units;
    size_t n_wells; /**< used */
    size_t n_lost;  /**< wells of the map that are not used */
} dlu_arm_cell;

/** One verdict to be: a pair and one of its mutants (or none). */
typedef struct dlu_pair {
    bool positive; /**< of positive-control wells: shown, and row 0 on request */
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment; /**< "mimic" or "inhibitor" */
    const char *mutant;    /**< NULL where the target has none in the map */
    dlu_arm_cell cells[DLU_CELLS];
    const char *control_note; /**< which controls serve, where that is not plain; or NULL */
} dlu_pair;

/** Every pair and mutant of the experiment, in the order of targets in the map. */
dlu_status dlu_pairs_find(const dlu_experiment *experiment, dlu_arena *arena, dlu_pair **out,
                          size_t *n, dlu_messages *log, dlu_error *err);

/** Fills the cells of a pair from its target, treatment, miRNA, dose and mutant. */
dlu_status dlu_pair_fill(const dlu_experiment *experiment, dlu_pair *pair, dlu_arena *arena,
                         dlu_error *err);

/**
 * The miRNA whose mutant the mimic of an arm matches, or NULL: its name is that of a mimic on WT of
 * the target with mut, mutant, comp or compensatory before or after it, and it stands on a mutant.
 */
const char *dlu_compensated_mirna(const dlu_experiment *experiment, const dlu_arm *arm);

typedef enum dlu_design {
    DLU_DESIGN_NONE, /**< an arm is missing */
    DLU_DESIGN_BLOCKED,
    DLU_DESIGN_SPLIT_BLOCK,
    DLU_DESIGN_UNBLOCKED,
    DLU_DESIGN_TECHNICAL
} dlu_design;

/** What is compared: ln ratio, or the ln net light of one channel alone. */
typedef enum dlu_quantity {
    DLU_OF_RATIO,
    DLU_OF_CONTROL,
    DLU_OF_REPORTER,
    DLU_QUANTITIES
} dlu_quantity;

/** Values of cells: one row a unit (technical-only: a well). */
typedef struct dlu_series {
    double *value[DLU_QUANTITIES];
    unsigned *cell;
    unsigned *block;
    size_t *source; /**< the unit each value is of; technical-only: the well */
    size_t n;
    unsigned n_blocks;
    const char **block_names;
    const char *block_column; /**< header of the map that gives the blocks; NULL: plates */
} dlu_series;

#define DLU_NO_BLOCK ((unsigned)-1)

/**
 * The values of any cells with their blocks, as declared; a value's cell is its index here. Without
 * a block column plates are blocks where each holds the first `n_needed` cells.
 */
dlu_status dlu_series_of_cells(const dlu_experiment *experiment, const dlu_arm_cell *cells,
                               unsigned n_cells, unsigned n_needed, bool technical_only,
                               dlu_arena *arena, dlu_series *out, dlu_error *err);

/** The values of a pair's cells with their blocks, as declared. */
dlu_status dlu_series_build(const dlu_experiment *experiment, const dlu_pair *pair,
                            bool technical_only, dlu_arena *arena, dlu_series *out, dlu_error *err);

/** Each treated and control arm of WT and mutant has exactly one unit and two or more wells. */
bool dlu_pair_is_technical(const dlu_pair *pair);

/** A choice of cells of a series: two (one construct) or four (two constructs). */
typedef struct dlu_cells {
    unsigned cell[4];
    unsigned n;
} dlu_cells;

/**
 * The design that the declared structure gives those cells, with words for it. `why_not` is set
 * where blocks were declared and cannot be used.
 */
dlu_design dlu_design_find(const dlu_series *series, const dlu_cells *cells, dlu_arena *arena,
                           const char **text, const char **why_not);

/** One test that was tried. */
typedef struct dlu_outcome {
    bool tried;
    dlu_status status;
    const char *method;
    dlu_test test; /**< p and se NaN unless the status is DLU_OK; estimate NaN where unknown */
} dlu_outcome;

enum { DLU_EFFECT_WT, DLU_EFFECT_MUT, DLU_EFFECT_INTERACTION, DLU_EFFECTS };

/** The effects of two constructs and their difference, under one error term. */
typedef struct dlu_effects {
    dlu_outcome of[DLU_EFFECTS];
} dlu_effects;

/** By the pooled error of the blocked fit on exactly those cells; METHODS d4. */
dlu_effects dlu_effects_pooled(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                               double alpha, dlu_arena *arena);
/** By each block's own contrast; d3. */
dlu_effects dlu_effects_per_block(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                                  double alpha, dlu_arena *arena);
/** WT and MUT in blocks of their own; d5. */
dlu_effects dlu_effects_split(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                              double alpha, dlu_arena *arena);
/** Without blocks: Welch and Satterthwaite, d1; with `student` one pooled variance, d2. */
dlu_effects dlu_effects_unblocked(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                                  bool student, double alpha, dlu_arena *arena);
/** The control channel's shift, mean over the constructs given as pairs of cells. */
dlu_outcome dlu_channel_shift(const dlu_series *series, const dlu_cells *constructs,
                              size_t n_constructs, bool blocked, double alpha, dlu_arena *arena);

/** What a verdict row would be without one of its blocks. */
typedef struct dlu_left_block {
    const char *block;
    dlu_outcome interaction;
    const dlu_rule *rule;
} dlu_left_block;

/** Everything computed for one verdict row. */
typedef struct dlu_findings {
    dlu_design design;
    const char *design_text;
    bool arms_usable;
    const char *missing; /**< the arm that is missing or unusable, in words; or NULL */
    bool technical_only;
    bool blocks_are_plates;
    bool prenormalised;
    size_t n_min;
    dlu_effects primary;
    dlu_effects secondary; /**< not tried in unblocked designs */
    dlu_effects control;   /**< the control channel alone, by the primary method */
    dlu_effects reporter;  /**< the reporter alone: interaction = reporter - control */
    dlu_outcome channel_shift;
    dlu_effects empty;     /**< WT against EMPTY: of[MUT] is EMPTY, of[INTERACTION] WT corrected */
    dlu_effects mut_empty; /**< MUT against EMPTY: of[INTERACTION] is MUT corrected */
    dlu_rescue rescue;     /**< where WT is significant */
    dlu_effects used;      /**< what the verdict looks at: primary, or corrected for EMPTY */
    bool ev_corrected;
    double p_direct;
    double p_direct_adjusted;
    double p_interaction_adjusted; /**< Holm over the pair's mutants */
    uint32_t unit_flags;           /**< flags of any of its units */
    const dlu_rule *rule;
    uint32_t caveats;
    dlu_left_block *left; /**< one a block, in blocked designs of three blocks and more */
    size_t n_left;
    const char *influential;      /**< the block whose removal changes the call, or NULL */
    DLU_VEC(const char *) beside; /**< sentences of what beside.h finds */
} dlu_findings;

/** "PTEN | miR-21 | mimic | MUT"; NULL where memory ran out. */
const char *dlu_pair_label(const dlu_pair *pair, dlu_arena *arena);

/** The effects of two constructs under the design, and beside it the other error term. */
void dlu_effects_by_design(const dlu_settings *settings, dlu_design design, bool prenormalised,
                           const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                           dlu_arena *arena, dlu_effects *primary, dlu_effects *secondary);

/** Every cell has a usable well. */
bool dlu_cells_usable(const dlu_pair *pair, const dlu_cells *cells);

/** WT and mutant relative to the empty vector, where that can be computed. */
bool dlu_effects_correctable(const dlu_pair *pair, const dlu_findings *findings);
dlu_effects dlu_effects_corrected(const dlu_pair *pair, const dlu_findings *findings);

/** Tests one pair. `series` gets the values it was tested on. */
dlu_status dlu_pair_compare(const dlu_experiment *experiment, const dlu_pair *pair,
                            dlu_arena *arena, dlu_series *series, dlu_findings *out,
                            dlu_messages *log, dlu_error *err);

/** The cells of WT and the mutant, or of WT alone. */
dlu_cells dlu_pair_cells(const dlu_pair *pair);

/** The larger p of WT and interaction; NaN where one is missing. */
double dlu_p_direct(const dlu_effects *effects);

/** 1 - E_MUT / E_WT with Fieller's interval; absent where WT is not told from 0. */
dlu_rescue dlu_rescue_of(const dlu_settings *settings, dlu_design design, bool per_block,
                         const dlu_series *series, const dlu_effects *effects, dlu_arena *arena);

/** The chosen cells, several values of one cell in one block averaged; false: no memory. */
bool dlu_series_average(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                        dlu_arena *arena, dlu_blocked_data *out);
/** The same of all cells 0 .. n_cells - 1. */
bool dlu_series_average_all(const dlu_series *series, unsigned n_cells, dlu_quantity of,
                            dlu_arena *arena, dlu_blocked_data *out);
/** The values of each chosen cell; false: no memory. */
bool dlu_series_samples(const dlu_series *series, const dlu_cells *cells, dlu_quantity of,
                        dlu_arena *arena, dlu_sample samples[4]);

/** The p_direct of all rows of a run. */
typedef struct dlu_family {
    double *p;
    size_t n;
    double *sorted; /**< those that exist, ascending */
    double *others; /**< room for all but one of them */
    size_t n_sorted;
} dlu_family;

/** What row i would be adjusted to if its p were another, the others as they are. */
double dlu_family_adjusted(const dlu_settings *settings, dlu_family *all, size_t i, double p);

/** Leaves out each block in turn: fills `left` and `influential` of row i. */
dlu_status dlu_blocks_leave_out(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_series *series, dlu_family *all, size_t i,
                                dlu_arena *arena, dlu_findings *findings, dlu_error *err);

/** Deming's line through 0 with errors in proportion to the light, for dlu_variation (slope.c). */
dlu_unit_slope dlu_unit_slope_deming;

/** Flags wells far from their transfection; never leaves one out (METHODS h). */
dlu_status dlu_wells_mark_outliers(dlu_experiment *experiment, dlu_arena *arena, dlu_error *err);

/** The verdicts of an experiment: rows for the report model, in the order of pairs. */
typedef struct dlu_verdicts {
    dlu_pair *pairs;
    dlu_series *series; /**< the values each was tested on */
    dlu_findings *findings;
    size_t n;
} dlu_verdicts;

dlu_status dlu_verdicts_new(const dlu_experiment *experiment, dlu_arena *arena, dlu_verdicts **out,
                            dlu_messages *log, dlu_error *err);

/** A positive control passes where its WT is repressed by theta with p < alpha. */
bool dlu_positive_passes(const dlu_settings *settings, const dlu_pair *pair,
                         const dlu_findings *findings);
/** Row 0 of --require-positive-control: pairs on plates whose control failed, or is absent. */
dlu_status dlu_positive_required(const dlu_experiment *experiment, dlu_verdicts *verdicts,
                                 dlu_arena *arena, dlu_messages *log, dlu_error *err);

/** What the decision table sees of one row; `p_adjusted` NaN where no correction is on. */
dlu_evidence dlu_evidence_of(const dlu_settings *settings, const dlu_pair *pair,
                             const dlu_findings *findings, double p_adjusted);

/** +1 for mimics, -1 for inhibitors. */
double dlu_pair_sign(const dlu_pair *pair);

/** How many replicates would settle an open verdict: a sentence, "" where there is none to say. */
const char *dlu_planning_sentence(const dlu_settings *settings, const dlu_pair *pair,
                                  const dlu_findings *findings, dlu_arena *arena);
/** The interaction that these replicates can find: a sentence or "". Both NULL: no memory. */
const char *dlu_detectable_note(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_findings *findings, dlu_arena *arena);

/** The reason as sentences for a person; NULL where memory ran out. */
const char *dlu_verdict_reason(const dlu_settings *settings, const dlu_pair *pair,
                               const dlu_findings *findings, dlu_arena *arena);

#endif
