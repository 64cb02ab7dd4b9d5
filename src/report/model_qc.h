/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_MODEL_QC_H
#define DLU_REPORT_MODEL_QC_H

#include "report/model.h"

/* What the steps of the QC table share. */
typedef struct dlu_qc_builder {
    const dlu_experiment *e;
    dlu_arena *arena;
    DLU_VEC(dlu_qc_row) rows;
    double *values; /**< room for twice as many numbers as there are wells */
    bool failed;
} dlu_qc_builder;

/** Adds a row; a NULL text means that memory ran out. */
void dlu_qc_add(dlu_qc_builder *builder, const char *plate, const char *item, double value,
                double limit, dlu_qc_status status, const char *text);

/** Edge wells against inner wells of one plate (model_quality.c). */
void dlu_qc_edge(dlu_qc_builder *builder, const dlu_assay_plate *plate);
/** Z' and SSMD of a positive control (model_quality.c). */
void dlu_qc_separation(dlu_qc_builder *builder, const dlu_pair *pair);

#endif
