/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <math.h>

#include "base/moments.h"
#include "base/say.h"
#include "base/text.h"

/* The limits of docs/methods.md, section on wells. */
#define LOD_SD               3.0
#define LOQ_SD               10.0
#define LOW_SIGNAL_TO_BLANK  3.0
#define DEAD_FRACTION        0.01
#define CROSSTALK_FRACTION   1e-3
#define SATURATION_SUSPECTED 1e4

static const struct {
    const char *name;
    bool excludes;
    const char *text;
} flags[DLU_FLAG_COUNT] = {
    [DLU_FLAG_NONPOSITIVE] = {"NONPOSITIVE", true,
                              "net light of a channel is zero or negative: no ratio; left out"},
    [DLU_FLAG_NRM_BELOW_LOD] =
        {"NRM_BELOW_LOD", true,
         "control channel under blank + 3 SD: transfection failed; left out"},
    [DLU_FLAG_NRM_BELOW_LOQ] = {"NRM_BELOW_LOQ", false,
                                "control channel under blank + 10 SD: imprecise; kept"},
    [DLU_FLAG_DEAD_WELL] = {"DEAD_WELL", true,
                            "control channel under 1 % of the plate's median well; left out"},
    [DLU_FLAG_NOT_READ] = {"NOT_READ", true, "a channel was not read; left out"},
    [DLU_FLAG_MASKED] = {"MASKED", true, "masked in the reader's software; left out"},
    [DLU_FLAG_INVALID_READ] = {"INVALID_READ", true,
                               "the reader gave something that is no number; left out"},
    [DLU_FLAG_UNDERFLOW] = {"UNDERFLOW", true, "below the reader's range; left out"},
    [DLU_FLAG_EXCLUDED_BY_MAP] = {"EXCLUDED_BY_MAP", true, "use = 0 in the plate map; left out"},
    [DLU_FLAG_NRM_LOW_SB] = {"NRM_LOW_SB", false,
                             "control channel under 3 times the blank (fewer than two blank "
                             "wells, so no SD); kept"},
    [DLU_FLAG_REP_BELOW_LOD] = {"REP_BELOW_LOD", false,
                                "reporter under blank + 3 SD; kept, as leaving it out would hide "
                                "strong repression"},
    [DLU_FLAG_SATURATED] = {"SATURATED", true, "above the reader's range; left out"},
    [DLU_FLAG_POSSIBLE_SATURATION] = {"POSSIBLE_SATURATION", false,
                                      "two or more wells exactly at the plate's maximum; kept"},
    [DLU_FLAG_CROSSTALK] = {"CROSSTALK", false,
                            "second light under 1/1000 of firefly: the quench may leak; kept"},
    [DLU_FLAG_HIGH_TECH_CV] = {"HIGH_TECH_CV", false,
                               "wells of this transfection differ by a CV over 20 %; kept"},
    [DLU_FLAG_COLLAPSE_SENSITIVE] = {"COLLAPSE_SENSITIVE", false,
                                     "mean of log ratios and ratio of sums differ by over 10 %; "
                                     "kept"},
    [DLU_FLAG_BLANK_LIMITED] = {"BLANK_LIMITED", false,
                                "the blank's own error is over 5 % of the net light; kept"},
    [DLU_FLAG_BACKGROUND_NOT_SUBTRACTED] = {"BACKGROUND_NOT_SUBTRACTED", false,
                                            "the plate has no blank wells; kept"},
    [DLU_FLAG_DROPPED] = {"DROPPED", true, "named in the setting drop-wells; left out"},
    [DLU_FLAG_OUTLIER_WELL] = {"OUTLIER_WELL", false,
                               "far from the other wells of its transfection, by the technical "
                               "scatter of all wells (Bonferroni); kept"},
};

const char *dlu_flag_name(dlu_flag flag)
{
    return flags[flag].name;
}

const char *dlu_flag_text(dlu_flag flag)
{
    return flags[flag].text;
}

/* Flags that a well earns by itself, whether or not it is then left out. */
#define OWN_FLAGS                                                                                  \
    (DLU_FLAG(NRM_BELOW_LOQ) | DLU_FLAG(NRM_LOW_SB) | DLU_FLAG(REP_BELOW_LOD) |                    \
     DLU_FLAG(POSSIBLE_SATURATION) | DLU_FLAG(CROSSTALK) | DLU_FLAG(OUTLIER_WELL))

static bool excludes(const dlu_experiment *e, uint32_t set)
{
    const dlu_settings *settings = e->settings;
    if (e->variation.drop_flagged && set & OWN_FLAGS)
        return true;
    if (settings->loq_action == DLU_LOQ_EXCLUDE && set & DLU_FLAG(NRM_BELOW_LOQ))
        return true;
    if (settings->collapse != DLU_COLLAPSE_MEAN_LOG)
        set &= ~DLU_FLAG(NONPOSITIVE); /* sums need only their totals to be positive */
    for (int f = 0; f < DLU_FLAG_COUNT; f++)
        if (set >> f & 1 && flags[f].excludes)
            return true;
    return false;
}

/* What the reader itself says of the two values. */
static uint32_t state_flags(const dlu_assay_well *w)
{
    static const uint32_t of_state[] = {
        [DLU_READ_OK] = 0,
        [DLU_READ_OVERFLOW] = DLU_FLAG(SATURATED),
        [DLU_READ_UNDERFLOW] = DLU_FLAG(UNDERFLOW),
        [DLU_READ_MISSED] = DLU_FLAG(NOT_READ),
        [DLU_READ_MASKED] = DLU_FLAG(MASKED),
        [DLU_READ_INVALID] = DLU_FLAG(INVALID_READ),
    };
    uint32_t set = 0;
    for (int c = 0; c < DLU_CHANNELS; c++)
        set |= w->reading[c] ? of_state[w->reading[c]->state] : DLU_FLAG(NOT_READ);
    return set;
}

static uint32_t blank_flags(const dlu_assay_plate *p, const dlu_assay_well *w)
{
    const dlu_blank *control = &p->blank[DLU_CONTROL], *reporter = &p->blank[DLU_REPORTER];
    uint32_t set = 0;
    if (!control->n && !control->given)
        return DLU_FLAG(BACKGROUND_NOT_SUBTRACTED);
    if (isnan(control->sd)) {
        if (w->raw[DLU_CONTROL] / control->mean < LOW_SIGNAL_TO_BLANK)
            set |= DLU_FLAG(NRM_LOW_SB);
    } else if (w->raw[DLU_CONTROL] < control->mean + LOD_SD * control->sd) {
        set |= DLU_FLAG(NRM_BELOW_LOD) | DLU_FLAG(NRM_BELOW_LOQ);
    } else if (w->raw[DLU_CONTROL] < control->mean + LOQ_SD * control->sd) {
        set |= DLU_FLAG(NRM_BELOW_LOQ);
    }
    if (!isnan(reporter->sd) && w->raw[DLU_REPORTER] < reporter->mean + LOD_SD * reporter->sd)
        set |= DLU_FLAG(REP_BELOW_LOD);
    return set;
}

/* Firefly is read first; light that its quench leaves behind is counted as the second. */
static bool leaks(const dlu_experiment *e, const dlu_assay_well *w)
{
    int firefly = dlu_text_same(e->settings->reporter, "firefly")  ? DLU_REPORTER
                  : dlu_text_same(e->settings->control, "firefly") ? DLU_CONTROL
                                                                   : -1;
    return firefly >= 0 && w->net[!firefly] < CROSSTALK_FRACTION * w->net[firefly];
}

static bool is_sample(const dlu_assay_well *w)
{
    return w->map && (w->map->role == DLU_ROLE_SAMPLE || w->map->role == DLU_ROLE_POSITIVE ||
                      w->map->role == DLU_ROLE_NEGATIVE);
}

/* Median net control light of the plate's sample wells; NaN where there are none. */
static double median_control(const dlu_experiment *e, const dlu_assay_plate *p, double *values)
{
    size_t n = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        const dlu_assay_well *w = &e->wells[i];
        if (is_sample(w) && w->map->use && !isnan(w->net[DLU_CONTROL]))
            values[n++] = w->net[DLU_CONTROL];
    }
    return n ? dlu_median(values, n) : NAN;
}

/* The plate's largest raw light of a channel, where two wells or more share it and it is bright. */
static double shared_maximum(const dlu_experiment *e, const dlu_assay_plate *p, int channel)
{
    double maximum = SATURATION_SUSPECTED;
    size_t n = 0;
    if (!isnan(e->settings->saturation_limit))
        return NAN;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        double raw = e->wells[i].raw[channel];
        if (raw > maximum) {
            maximum = raw;
            n = 1;
        } else if (raw == maximum) {
            n++;
        }
    }
    return n >= 2 && maximum > SATURATION_SUSPECTED ? maximum : NAN;
}

static void flag_well(const dlu_experiment *e, const dlu_assay_plate *p, dlu_assay_well *w,
                      double median, const double maximum[2])
{
    w->flags = state_flags(w);
    if (w->map && !w->map->use)
        w->flags |= DLU_FLAG(EXCLUDED_BY_MAP);
    if (w->dropped)
        w->flags |= DLU_FLAG(DROPPED);
    for (int c = 0; c < DLU_CHANNELS; c++) {
        if (w->raw[c] == maximum[c])
            w->flags |= DLU_FLAG(POSSIBLE_SATURATION);
        if (w->raw[c] >= e->settings->saturation_limit)
            w->flags |= DLU_FLAG(SATURATED);
    }
    if (!is_sample(w))
        return;
    w->flags |= blank_flags(p, w);
    if (w->net[DLU_REPORTER] <= 0 || w->net[DLU_CONTROL] <= 0)
        w->flags |= DLU_FLAG(NONPOSITIVE);
    if (w->net[DLU_CONTROL] < DEAD_FRACTION * median)
        w->flags |= DLU_FLAG(DEAD_WELL);
    if (leaks(e, w))
        w->flags |= DLU_FLAG(CROSSTALK);
    bool light = !isnan(w->ln_ratio) || (e->settings->collapse != DLU_COLLAPSE_MEAN_LOG &&
                                         !isnan(w->net[DLU_REPORTER] + w->net[DLU_CONTROL]));
    w->used = !excludes(e, w->flags) && dlu_row_has_arm(w->map) && light;
}

dlu_status dlu_wells_flag(dlu_experiment *e, dlu_arena *arena, dlu_error *err)
{
    double *values = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *values);
    if (!values)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < e->n_plates; i++) {
        const dlu_assay_plate *p = &e->plates[i];
        double median = median_control(e, p, values);
        double maximum[2] = {shared_maximum(e, p, DLU_REPORTER), shared_maximum(e, p, DLU_CONTROL)};
        for (size_t k = p->first_well; k < p->first_well + p->n_wells; k++) {
            flag_well(e, p, &e->wells[k], median, maximum);
            if (e->variation.outliers && e->variation.outliers[k]) {
                e->wells[k].flags |= DLU_FLAG(OUTLIER_WELL);
                e->wells[k].used = false;
            }
        }
    }
    return DLU_OK;
}
