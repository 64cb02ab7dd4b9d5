/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/text.h"
#include "report/model_qc.h"
#include "stats/diagnostics.h"

/* Plate effects and the separation of the positive control: information, never a switch. */

#define GOOD_ZPRIME 0.5

static bool is_edge(const dlu_assay_plate *p, dlu_well well)
{
    uint32_t row = well >> 8, col = well & 0xFF;
    return row == 0 || col == 0 || row + 1 == p->plate->n_rows || col + 1 == p->plate->n_cols;
}

void dlu_qc_edge(dlu_qc_builder *b, const dlu_assay_plate *p)
{
    char text[DLU_NUMBER_SIZE];
    dlu_test test;
    size_t n = 0;
    bool *edge = dlu_arena_alloc(b->arena, p->n_wells + 1, sizeof *edge);
    unsigned *arm = dlu_arena_alloc(b->arena, p->n_wells + 1, sizeof *arm);
    if (!edge || !arm) {
        b->failed = true;
        return;
    }
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        const dlu_assay_well *w = &b->e->wells[i];
        if (!w->used || isnan(w->ln_ratio) || w->well >= DLU_WELL_TABLE_ROW)
            continue;
        b->values[n] = w->ln_ratio;
        edge[n] = is_edge(p, w->well);
        arm[n++] = (unsigned)w->arm;
    }
    dlu_wells wells = {b->values, arm, n, (unsigned)b->e->n_arms};
    dlu_status status =
        n ? dlu_stats_edge(&wells, edge, b->e->settings->alpha, &test) : DLU_E_TOO_FEW;
    b->failed |= status == DLU_E_NO_MEMORY;
    if (status != DLU_OK)
        return;
    dlu_qc_add(b, p->plate->name, "edge_fold", exp(test.estimate), NAN,
               test.p < b->e->settings->alpha ? DLU_QC_WARN : DLU_QC_OK,
               dlu_arena_printf(b->arena,
                                "ratio of edge wells over inner wells, arms taken off (p = %s)",
                                dlu_text_rounded(test.p, 2, text)));
}

static size_t units_of(const dlu_qc_builder *b, const dlu_arm_cell *cell, bool fold, double *values)
{
    size_t n = 0;
    for (size_t i = 0; i < cell->n_arms; i++) {
        const dlu_arm *arm = &b->e->arms[cell->arms[i]];
        for (size_t k = 0; k < arm->n_units; k++) {
            double ln = b->e->units[arm->first_unit + k].ln_ratio;
            values[n++] = fold ? exp(ln) : ln;
        }
    }
    return n;
}

static void add_zprime(dlu_qc_builder *b, const dlu_pair *pair, const char *item, bool fold,
                       dlu_centre centre, const char *text)
{
    double z, *control = b->values + b->e->n_wells + 1;
    size_t n = units_of(b, &pair->cells[DLU_CELL_WT], fold, b->values);
    size_t m = units_of(b, &pair->cells[DLU_CELL_WT_CONTROL], fold, control);
    dlu_status status =
        dlu_stats_zprime((dlu_sample){b->values, n}, (dlu_sample){control, m}, centre, &z);
    b->failed |= status == DLU_E_NO_MEMORY;
    if (status == DLU_OK)
        dlu_qc_add(b, NULL, item, z, GOOD_ZPRIME,
                   z >= GOOD_ZPRIME ? DLU_QC_OK
                   : z >= 0         ? DLU_QC_WARN
                                    : DLU_QC_FAIL,
                   text);
}

void dlu_qc_separation(dlu_qc_builder *b, const dlu_pair *pair)
{
    double ssmd, *control = b->values + b->e->n_wells + 1;
    if (!pair->positive)
        return;
    add_zprime(b, pair, "zprime", true, DLU_CENTRE_MEAN,
               "positive control against its control, ratios: 0.5 and more is excellent");
    add_zprime(b, pair, "zprime_ln", false, DLU_CENTRE_MEAN, "the same on ln ratios");
    add_zprime(b, pair, "zprime_robust", false, DLU_CENTRE_MEDIAN,
               "the same with medians and scaled MAD");
    size_t n = units_of(b, &pair->cells[DLU_CELL_WT], false, b->values);
    size_t m = units_of(b, &pair->cells[DLU_CELL_WT_CONTROL], false, control);
    if (dlu_stats_ssmd((dlu_sample){b->values, n}, (dlu_sample){control, m}, &ssmd) == DLU_OK)
        dlu_qc_add(b, NULL, "ssmd", ssmd, NAN, DLU_QC_OK,
                   "positive control, strictly standardised mean difference of ln ratios: -3 and "
                   "under is strong");
}
