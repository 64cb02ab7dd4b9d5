/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/model_diagnostics.h"

#include <math.h>
#include <string.h>

#include "base/moments.h"
#include "base/text.h"

/* Scatter of the wells of a transfection, of control transfections, and B scores of screens. */

static void diagnose_wells(dlu_diagnostic_builder *b)
{
    dlu_technical technical;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, "wells", "technical_cv");
    double *y = dlu_arena_alloc(b->arena, b->e->n_wells + 1, sizeof *y);
    unsigned *unit = dlu_arena_alloc(b->arena, b->e->n_wells + 1, sizeof *unit);
    if (!y || !unit) {
        b->failed = true;
        return;
    }
    for (size_t i = 0; i < b->e->n_wells; i++) {
        const dlu_assay_well *w = &b->e->wells[i];
        if (!w->used || w->unit == DLU_NO_UNIT || isnan(w->ln_ratio))
            continue;
        y[row.n] = w->ln_ratio;
        unit[row.n++] = (unsigned)w->unit;
    }
    const dlu_wells wells = {y, unit, row.n, (unsigned)b->e->n_units};
    dlu_status status = dlu_stats_technical(&wells, &technical);
    if (status == DLU_OK) {
        row.statistic = technical.cv;
        row.df1 = technical.df;
    }
    dlu_diagnostic_add(b, row, status,
                       "CV of wells of one transfection, pooled over all; no measure of repeats");
}

static bool is_control(const dlu_arm *arm)
{
    return !strcmp(arm->treatment, "scramble") || !strcmp(arm->treatment, "inhibitor-control");
}

/* Repeats of a control should give the same ratio but for the day. */
static void diagnose_control(dlu_diagnostic_builder *b, const dlu_arm *arm)
{
    double *y = dlu_arena_alloc(b->arena, arm->n_units + 1, sizeof *y);
    const char *name = dlu_arena_printf(b->arena, "%s %s", arm->construct, arm->treatment);
    if (!y || !name) {
        b->failed = true;
        return;
    }
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, name, "control_cv");
    row.target = arm->target;
    row.n = arm->n_units;
    for (size_t i = 0; i < arm->n_units; i++)
        y[i] = b->e->units[arm->first_unit + i].ln_ratio;
    row.statistic = dlu_stats_cv_of_ln(dlu_sd(y, arm->n_units));
    row.df1 = (double)(arm->n_units - 1);
    dlu_diagnostic_add(b, row, isfinite(row.statistic) ? DLU_OK : DLU_E_INPUT,
                       "CV between the transfections of this control, days and plates included");
}

static bool are_alike(const dlu_arm *a, const dlu_arm *c)
{
    return !strcmp(a->construct, c->construct) && !dlu_text_compare(a->target, c->target);
}

/* The most wells of one construct of one target with one treatment, whatever the miRNA. */
static size_t count_alike(const dlu_experiment *e, const dlu_assay_plate *p, size_t *of_arm,
                          size_t *used)
{
    size_t most = 0;
    *used = 0;
    memset(of_arm, 0, e->n_arms * sizeof *of_arm);
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        if (e->wells[i].used) {
            of_arm[e->wells[i].arm]++;
            (*used)++;
        }
    /* arms of one construct stand together */
    for (size_t i = 0; i < e->n_arms; i++) {
        size_t alike = 0;
        for (size_t k = i; k < e->n_arms && are_alike(&e->arms[i], &e->arms[k]); k++)
            alike += strcmp(e->arms[i].treatment, e->arms[k].treatment) ? 0 : of_arm[k];
        most = alike > most ? alike : most;
    }
    return most;
}

/* The largest B score and its well. */
static dlu_status polish(dlu_diagnostic_builder *b, const dlu_assay_plate *p, double *largest,
                         dlu_well *well)
{
    size_t rows = p->plate->n_rows, cols = p->plate->n_cols;
    double *y = dlu_arena_alloc(b->arena, rows * cols + 1, sizeof *y);
    dlu_polish polish = {.rows = dlu_arena_alloc(b->arena, rows + 1, sizeof(double)),
                         .cols = dlu_arena_alloc(b->arena, cols + 1, sizeof(double)),
                         .residuals = dlu_arena_alloc(b->arena, rows * cols + 1, sizeof(double))};
    if (!y || !polish.rows || !polish.cols || !polish.residuals)
        return DLU_E_NO_MEMORY;
    for (size_t i = 0; i < rows * cols; i++)
        y[i] = NAN;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        const dlu_assay_well *w = &b->e->wells[i];
        if (w->used && w->well >> 8 < rows && (w->well & 0xFF) < cols)
            y[(w->well >> 8) * cols + (w->well & 0xFF)] = w->ln_ratio;
    }
    dlu_status status = dlu_stats_median_polish(y, rows, cols, &polish);
    if (status == DLU_OK)
        status = dlu_stats_b_scores(&polish, rows, cols, polish.residuals);
    *largest = 0;
    for (size_t i = 0; status == DLU_OK && i < rows * cols; i++)
        if (fabs(polish.residuals[i]) > fabs(*largest)) {
            *largest = polish.residuals[i];
            *well = (dlu_well)(i / cols << 8 | i % cols);
        }
    return status;
}

static void diagnose_plate(dlu_diagnostic_builder *b, const dlu_assay_plate *p)
{
    char name[DLU_WELL_NAME_SIZE];
    dlu_well well = 0;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, "wells", "b_score");
    const char *text = "median polish of rows and columns";
    row.plate = p->plate->name;
    size_t *of_arm = dlu_arena_alloc(b->arena, b->e->n_arms + 1, sizeof *of_arm);
    if (!of_arm) {
        b->failed = true;
        return;
    }
    size_t alike = count_alike(b->e, p, of_arm, &row.n);
    if (2 * alike <= row.n || !p->plate->n_rows) {
        row.status = "not-applicable";
        dlu_diagnostic_add(b, row, DLU_OK,
                           "not a screen: no more than half of its wells have one construct and "
                           "treatment, and a median polish would take the treatments away");
        return;
    }
    dlu_status status = polish(b, p, &row.statistic, &well);
    if (status == DLU_OK)
        text = dlu_arena_printf(b->arena,
                                "median polish of rows and columns: the largest B score is that "
                                "of %s",
                                dlu_well_name(well, name));
    dlu_diagnostic_add(b, row, status, text);
}

void dlu_diagnose_plates(dlu_diagnostic_builder *b)
{
    diagnose_wells(b);
    for (size_t i = 0; i < b->e->n_arms && !b->failed; i++)
        if (is_control(&b->e->arms[i]) && b->e->arms[i].n_units >= 2)
            diagnose_control(b, &b->e->arms[i]);
    for (size_t i = 0; i < b->e->n_plates && !b->failed; i++)
        diagnose_plate(b, &b->e->plates[i]);
}
