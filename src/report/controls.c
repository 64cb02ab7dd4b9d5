/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/history.h>

#include <math.h>
#include <string.h>

/* The levels of a result's controls, which a laboratory watches over time. */

static const struct {
    const char *name, *text;
    bool logarithm;
} controls[DLU_CONTROL_COUNT] = {
    [DLU_CONTROL_BLANK_REPORTER] = {"blank_reporter", "light of the blanks, reporter", true},
    [DLU_CONTROL_BLANK_CONTROL] = {"blank_control", "light of the blanks, control channel", true},
    [DLU_CONTROL_LIGHT] = {"control_light", "light of the control channel", true},
    [DLU_CONTROL_SCRAMBLE] = {"scramble_ln_ratio", "ln ratio with scramble", false},
    [DLU_CONTROL_POSITIVE] = {"positive_fold", "fold of the positive control", true},
    [DLU_CONTROL_CV] = {"technical_cv", "CV of technical replicates", false},
    [DLU_CONTROL_ZPRIME] = {"zprime", "Z' of the ratios", false},
};

const char *dlu_control_name(dlu_control control)
{
    return (unsigned)control < DLU_CONTROL_COUNT ? controls[control].name : NULL;
}

const char *dlu_control_text(dlu_control control)
{
    return (unsigned)control < DLU_CONTROL_COUNT ? controls[control].text : NULL;
}

double dlu_control_scaled(dlu_control control, double value)
{
    if ((unsigned)control >= DLU_CONTROL_COUNT || !isfinite(value))
        return NAN;
    if (!controls[control].logarithm)
        return value;
    return value > 0 ? log(value) : NAN;
}

/* A mean that grows; NaN of nothing. */
typedef struct mean {
    double sum;
    size_t n;
} mean;

static void add(mean *m, double value)
{
    if (isfinite(value)) {
        m->sum += value;
        m->n++;
    }
}

static double of(const mean *m)
{
    return m->n ? m->sum / (double)m->n : NAN;
}

static double of_qc(const dlu_result *result, const char *item, bool logarithm)
{
    mean m = {0};
    for (size_t i = 0; i < result->n_qc; i++) {
        const dlu_qc_row *row = &result->qc[i];
        if (!strcmp(row->item, item))
            add(&m, logarithm ? row->value > 0 ? log(row->value) : NAN : row->value);
    }
    return logarithm ? exp(of(&m)) : of(&m);
}

static double of_blanks(const dlu_result *result, bool reporter)
{
    mean m = {0};
    for (size_t i = 0; i < result->n_plates; i++) {
        const dlu_plate_row *row = &result->plates[i];
        if (row->blank_role)
            add(&m, reporter ? row->blank_reporter : row->blank_control);
    }
    return of(&m);
}

static double of_control_light(const dlu_result *result)
{
    mean m = {0};
    for (size_t i = 0; i < result->n_wells; i++) {
        const dlu_well_row *row = &result->wells[i];
        if (row->used && row->control_net > 0)
            add(&m, log(row->control_net));
    }
    return exp(of(&m));
}

static double of_scramble(const dlu_result *result)
{
    mean m = {0};
    for (size_t i = 0; i < result->n_units; i++) {
        const dlu_unit_row *row = &result->units[i];
        if (row->treatment && !strcmp(row->treatment, "scramble"))
            add(&m, row->ln_ratio);
    }
    return of(&m);
}

void dlu_controls_of(const dlu_result *result, double levels[DLU_CONTROL_COUNT])
{
    levels[DLU_CONTROL_BLANK_REPORTER] = of_blanks(result, true);
    levels[DLU_CONTROL_BLANK_CONTROL] = of_blanks(result, false);
    levels[DLU_CONTROL_LIGHT] = of_control_light(result);
    levels[DLU_CONTROL_SCRAMBLE] = of_scramble(result);
    levels[DLU_CONTROL_POSITIVE] = of_qc(result, "positive_control_fold", true);
    levels[DLU_CONTROL_CV] = of_qc(result, "technical_cv_median", false);
    levels[DLU_CONTROL_ZPRIME] = of_qc(result, "zprime", false);
}
