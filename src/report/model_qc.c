/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/moments.h"
#include "base/text.h"
#include "report/model_qc.h"

#define MAX_ROWS            100000u
#define LOW_SIGNAL_TO_BLANK 3.0
#define HIGH_TECHNICAL_CV   0.20
#define SHIFT_FOLD          0.80
#define MANY_LEFT_OUT       0.10

static const char *const status_names[] = {"ok", "warn", "fail"};

const char *dlu_qc_status_name(dlu_qc_status status)
{
    return status_names[status];
}

void dlu_qc_add(dlu_qc_builder *b, const char *plate, const char *item, double value, double limit,
                dlu_qc_status status, const char *text)
{
    dlu_qc_row *row = DLU_VEC_ADD(b->arena, &b->rows, MAX_ROWS);
    if (!row || !text) {
        b->failed = true;
        return;
    }
    *row = (dlu_qc_row){plate, item, value, limit, status, text};
}

static void add_blank(dlu_qc_builder *b, const dlu_assay_plate *p, int channel)
{
    static const char *const items[] = {"blank_reporter", "blank_control"};
    char sd[DLU_NUMBER_SIZE];
    const dlu_blank *blank = &p->blank[channel];
    if (!blank->n) {
        dlu_qc_add(b, p->plate->name, items[channel], NAN, NAN, DLU_QC_WARN,
                   "no blank wells: background was not subtracted");
        return;
    }
    dlu_qc_add(b, p->plate->name, items[channel], blank->mean, NAN,
               blank->n < 2 || p->blank_is_buffer ? DLU_QC_WARN : DLU_QC_OK,
               dlu_arena_printf(b->arena, "mean of %zu %s wells, SD %s", blank->n,
                                p->blank_is_buffer ? "cell-free" : "blank",
                                dlu_text_rounded(blank->sd, 3, sd)));
}

static void add_limits(dlu_qc_builder *b, const dlu_assay_plate *p)
{
    const dlu_blank *blank = &p->blank[DLU_CONTROL];
    if (blank->n < 2)
        return;
    dlu_qc_add(b, p->plate->name, "control_lod", blank->mean + 3 * blank->sd, NAN, DLU_QC_OK,
               "control channel, blank + 3 SD: wells under it are left out");
    dlu_qc_add(b, p->plate->name, "control_loq", blank->mean + 10 * blank->sd, NAN, DLU_QC_OK,
               "control channel, blank + 10 SD: wells under it are flagged");
}

static void add_signal(dlu_qc_builder *b, const dlu_assay_plate *p, int channel)
{
    static const char *const items[] = {"signal_over_background_reporter",
                                        "signal_over_background_control"};
    size_t n = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        if (b->e->wells[i].used)
            b->values[n++] = b->e->wells[i].raw[channel];
    if (!n || !p->blank[channel].n || !(p->blank[channel].mean > 0))
        return;
    double ratio = dlu_median(b->values, n) / p->blank[channel].mean;
    dlu_qc_add(b, p->plate->name, items[channel], ratio, LOW_SIGNAL_TO_BLANK,
               ratio < LOW_SIGNAL_TO_BLANK ? DLU_QC_WARN : DLU_QC_OK,
               dlu_arena_printf(b->arena, "median raw light of %zu used wells over the blank", n));
}

/* "B3 NRM_BELOW_LOD, C5 EXCLUDED_BY_MAP" for the sample wells left out, the first few. */
static const char *list_left_out(dlu_qc_builder *b, const dlu_assay_plate *p, size_t *n,
                                 size_t *samples)
{
    enum { LISTED = 12 };
    char name[DLU_WELL_NAME_SIZE];
    const char *text = "";
    *n = *samples = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells && text; i++) {
        const dlu_assay_well *w = &b->e->wells[i];
        if (!w->map || w->map->role != DLU_ROLE_SAMPLE)
            continue;
        (*samples)++;
        if (w->used || (*n)++ >= LISTED)
            continue;
        text = dlu_arena_printf(b->arena, "%s%s%s", text, *text ? "; " : "",
                                dlu_well_name(w->well, name));
        for (int f = 0; f < DLU_FLAG_COUNT && text; f++)
            if (w->flags >> f & 1)
                text = dlu_arena_printf(b->arena, "%s %s", text, dlu_flag_name((dlu_flag)f));
    }
    if (text && *n > LISTED)
        text = dlu_arena_printf(b->arena, "%s; ...", text);
    return text;
}

static void add_left_out(dlu_qc_builder *b, const dlu_assay_plate *p)
{
    size_t n, samples;
    const char *text = list_left_out(b, p, &n, &samples);
    dlu_qc_add(b, p->plate->name, "wells_left_out", (double)n, MANY_LEFT_OUT * (double)samples,
               (double)n > MANY_LEFT_OUT * (double)samples ? DLU_QC_WARN : DLU_QC_OK,
               text && *text ? text : "none");
}

static void add_technical_cv(dlu_qc_builder *b, size_t plate, const dlu_assay_plate *p)
{
    size_t n = 0;
    for (size_t i = 0; i < b->e->n_units; i++)
        if (b->e->units[i].plate == plate && !isnan(b->e->units[i].cv))
            b->values[n++] = b->e->units[i].cv;
    if (!n)
        return;
    double cv = dlu_median(b->values, n);
    dlu_qc_add(
        b, p->plate->name, "technical_cv_median", cv, HIGH_TECHNICAL_CV,
        cv > HIGH_TECHNICAL_CV ? DLU_QC_WARN : DLU_QC_OK,
        dlu_arena_printf(b->arena, "median over %zu transfections of the CV of their wells", n));
}

static void add_shift(dlu_qc_builder *b, const dlu_pair *pair, const dlu_findings *f)
{
    char p[DLU_NUMBER_SIZE];
    const dlu_outcome *o = &f->channel_shift;
    const char *label = dlu_pair_label(pair, b->arena);
    if (!o->tried || isnan(o->test.estimate))
        return;
    dlu_qc_add(b, NULL, "control_channel_fold", exp(o->test.estimate), SHIFT_FOLD,
               f->caveats >> DLU_CAVEAT_NORM_SHIFT & 1 ? DLU_QC_WARN : DLU_QC_OK,
               label
                   ? dlu_arena_printf(b->arena, "%s: control light, treated over control (p = %s)",
                                      label, dlu_text_rounded(o->test.p, 2, p))
                   : NULL);
}

static void add_positive(dlu_qc_builder *b, const dlu_pair *pair, const dlu_findings *f)
{
    char p[DLU_NUMBER_SIZE];
    const dlu_outcome *o = &f->primary.of[DLU_EFFECT_WT];
    const char *label = dlu_pair_label(pair, b->arena);
    if (!pair->positive || !o->tried || isnan(o->test.estimate))
        return;
    dlu_qc_add(b, NULL, "positive_control_fold", exp(o->test.estimate), b->e->settings->theta,
               dlu_positive_passes(b->e->settings, pair, f) ? DLU_QC_OK : DLU_QC_FAIL,
               label ? dlu_arena_printf(b->arena, "%s: must reach theta with p < alpha (p = %s)",
                                        label, dlu_text_rounded(o->test.p, 2, p))
                     : NULL);
}

bool dlu_model_qc(const dlu_experiment *e, const dlu_verdicts *v, const dlu_beside *beside,
                  dlu_arena *arena, dlu_result *result)
{
    dlu_qc_builder b = {.e = e, .arena = arena};
    b.values = dlu_arena_alloc(arena, 2 * e->n_wells + 2, sizeof *b.values);
    if (!b.values)
        return false;
    for (size_t i = 0; i < e->n_plates; i++) {
        const dlu_assay_plate *p = &e->plates[i];
        for (int c = 0; c < DLU_CHANNELS; c++)
            add_blank(&b, p, c);
        add_limits(&b, p);
        for (int c = 0; c < DLU_CHANNELS; c++)
            add_signal(&b, p, c);
        add_left_out(&b, p);
        add_technical_cv(&b, i, p);
        dlu_qc_edge(&b, p);
    }
    for (size_t i = 0; i < v->n; i++)
        add_shift(&b, &v->pairs[i], &v->findings[i]);
    for (size_t i = 0; i < v->n; i++) {
        add_positive(&b, &v->pairs[i], &v->findings[i]);
        dlu_qc_separation(&b, &v->pairs[i]);
    }
    for (size_t i = 0; i < beside->screens.n; i++)
        dlu_qc_add(&b, NULL, "dunnett_critical", beside->screens.items[i].critical, NAN, DLU_QC_OK,
                   beside->screens.items[i].text);
    result->qc = b.rows.items;
    result->n_qc = b.rows.n;
    return !b.failed;
}
