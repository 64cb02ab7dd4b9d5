/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_MODEL_DIAGNOSTICS_H
#define DLU_REPORT_MODEL_DIAGNOSTICS_H

#include "report/model.h"
#include "stats/diagnostics.h"

/* What the steps of the table of diagnostics share. */
typedef struct dlu_diagnostic_builder {
    const dlu_experiment *e;
    dlu_arena *arena;
    DLU_VEC(dlu_diagnostic_row) rows;
    dlu_diagnostic_row head; /**< the pair's names, for its rows */
    bool failed;
} dlu_diagnostic_builder;

/** A pair with the values that its tests saw. */
typedef struct dlu_diagnosed {
    const dlu_pair *pair;
    const dlu_findings *findings;
    dlu_series series;
    dlu_cells cells;        /**< of WT and mutant, or of WT */
    bool blocked;           /**< treatment and control are compared within blocks */
    dlu_blocked_data data;  /**< where blocked: a value a cell and block */
    const double *residual; /**< where blocked: of `data`, after cells and blocks */
} dlu_diagnosed;

/** A row without numbers; the caller sets what there is. */
dlu_diagnostic_row dlu_diagnostic_blank(const dlu_diagnostic_builder *builder, const char *group,
                                        const char *item);
/** Adds it; with another status than DLU_OK its numbers go. A NULL text: memory ran out. */
void dlu_diagnostic_add(dlu_diagnostic_builder *builder, dlu_diagnostic_row row, dlu_status status,
                        const char *text);

/** Values that stand out, in cells of DLU_OUTLIER_MIN_N and more (model_diagnostics_groups.c). */
void dlu_diagnose_groups(dlu_diagnostic_builder *builder, const dlu_diagnosed *diagnosed);
/** Scatter of wells, of controls, and B scores (model_diagnostics_plates.c). */
void dlu_diagnose_plates(dlu_diagnostic_builder *builder);

#endif
