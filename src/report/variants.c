/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/variants.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define STRICT_THETA 0.70
#define STRICT_ALPHA 0.01

static dlu_status build(const dlu_material *m, const dlu_settings *settings,
                        dlu_variation variation, dlu_arena *arena, dlu_experiment **e,
                        dlu_messages *log, dlu_error *err)
{
    variation.slope = dlu_unit_slope_deming;
    dlu_status status = dlu_experiment_new(m->plates, m->maps, m->n_maps, m->files, settings,
                                           variation, arena, e, log, err);
    return status == DLU_OK ? dlu_wells_mark_outliers(*e, arena, err) : status;
}

/* Outliers are known only once units stand: leaving them out takes a second pass. */
static dlu_status build_without_outliers(const dlu_material *m, const dlu_settings *settings,
                                         dlu_variation variation, dlu_arena *arena,
                                         dlu_experiment **e, dlu_messages *log, dlu_error *err)
{
    bool *outliers = dlu_arena_alloc(arena, (*e)->n_wells + 1, sizeof *outliers);
    if (!outliers)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < (*e)->n_wells; i++)
        outliers[i] = (*e)->wells[i].flags >> DLU_FLAG_OUTLIER_WELL & 1;
    variation.outliers = outliers;
    return build(m, settings, variation, arena, e, log, err);
}

dlu_status dlu_material_judge(const dlu_material *m, const dlu_settings *settings,
                              dlu_variation variation, dlu_arena *arena,
                              dlu_experiment **experiment, dlu_verdicts **verdicts,
                              dlu_messages *log, dlu_error *err)
{
    dlu_status status = build(m, settings, variation, arena, experiment, log, err);
    if (status == DLU_OK && variation.drop_flagged)
        status = build_without_outliers(m, settings, variation, arena, experiment, log, err);
    if (status == DLU_OK)
        status = dlu_verdicts_new(*experiment, arena, verdicts, log, err);
    return status == DLU_OK && dlu_arena_failed(arena) ? dlu_fail_memory(err) : status;
}

static void as_run(dlu_settings *s, dlu_variation *v)
{
    (void)s, (void)v;
}

static void per_block(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->error = DLU_ERROR_BLOCK;
}

static void strict_theta(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->theta = STRICT_THETA;
}

static void interval_rule(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->effect_rule = DLU_EFFECT_INTERVAL;
}

static void no_blanks(dlu_settings *s, dlu_variation *v)
{
    (void)s;
    v->ignore_blanks = true;
}

static void of_sums(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->collapse = DLU_COLLAPSE_RATIO_OF_SUMS;
}

static void flagged_out(dlu_settings *s, dlu_variation *v)
{
    (void)s;
    v->drop_flagged = true;
}

static void loq_excluded(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->loq_action = DLU_LOQ_EXCLUDE;
}

static void corrected(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->ev_correct = DLU_EV_ON;
}

static void unadjusted(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->adjust = DLU_ADJUST_NONE;
}

static void strict_alpha(dlu_settings *s, dlu_variation *v)
{
    (void)v;
    s->alpha = STRICT_ALPHA;
}

/* The eleven analyses: each changes one thing of the run. */
static const struct {
    const char *name;
    void (*change)(dlu_settings *settings, dlu_variation *variation);
} panel[] = {
    {"as run", as_run},
    {"per-block error", per_block},
    {"theta 0.70", strict_theta},
    {"interval rule", interval_rule},
    {"blanks off", no_blanks},
    {"ratio of sums", of_sums},
    {"flagged wells out", flagged_out},
    {"LOQ excluded", loq_excluded},
    {"empty-vector correction", corrected},
    {"unadjusted", unadjusted},
    {"alpha 0.01", strict_alpha},
};

#define N_PANEL (sizeof panel / sizeof *panel)

static bool fill_row(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                     const dlu_verdict_row *own, const char *analysis, dlu_arena *arena,
                     dlu_sensitivity_row *row)
{
    dlu_evidence evidence = dlu_evidence_of(settings, pair, f, f->p_direct_adjusted);
    bool exploratory = dlu_verdict_is_exploratory(&evidence, f->rule->code);
    const dlu_outcome *of = f->used.of;
    *row = (dlu_sensitivity_row){
        .target = own->target,
        .mirna = own->mirna,
        .dose_nM = own->dose_nM,
        .treatment = own->treatment,
        .mutant = own->mutant,
        .analysis = analysis,
        .verdict = dlu_arena_printf(arena, "%s%s", exploratory ? "EXPLORATORY:" : "",
                                    dlu_verdict_name(f->rule->code)),
        .wt_fold = of[DLU_EFFECT_WT].tried ? exp(of[DLU_EFFECT_WT].test.estimate) : NAN,
        .interaction_fold =
            of[DLU_EFFECT_INTERACTION].tried ? exp(of[DLU_EFFECT_INTERACTION].test.estimate) : NAN,
        .p_direct = f->p_direct,
    };
    row->agrees = row->verdict && !strcmp(row->verdict, own->verdict);
    row->why = row->agrees ? NULL : dlu_verdict_reason(settings, pair, f, arena);
    return row->verdict && (row->agrees || row->why);
}

/* One analysis of the same material. Leaving out wells may leave too few for a slope. */
typedef struct variant {
    dlu_verdicts *v;
    bool made;
    dlu_error why; /* where it could not be made */
} variant;

static dlu_status try_variant(const dlu_material *m, const dlu_settings *settings,
                              dlu_variation variation, dlu_arena *arena, variant *t, dlu_error *err)
{
    dlu_experiment *e;
    variation.codes_only = true;
    dlu_status status = dlu_material_judge(m, settings, variation, arena, &e, &t->v, NULL, &t->why);
    t->made = status == DLU_OK;
    if (status == DLU_OK || status == DLU_E_TOO_FEW)
        return DLU_OK;
    if (err)
        *err = t->why;
    return status;
}

static size_t count_rows(const variant *t, const dlu_result *result)
{
    return t->made && t->v->n < result->n_verdicts ? t->v->n : result->n_verdicts;
}

/* That analysis has no verdict. */
static bool fill_unmade(const dlu_verdict_row *own, const char *analysis, const char *why,
                        dlu_arena *arena, dlu_sensitivity_row *row)
{
    *row = (dlu_sensitivity_row){.target = own->target,
                                 .mirna = own->mirna,
                                 .dose_nM = own->dose_nM,
                                 .treatment = own->treatment,
                                 .mutant = own->mutant,
                                 .analysis = analysis,
                                 .wt_fold = NAN,
                                 .interaction_fold = NAN,
                                 .p_direct = NAN,
                                 .why = dlu_arena_printf(arena, "Not possible: %s.", why)};
    return row->why;
}

/* One analysis of the panel, in an arena of its own; its rows go to the result's. */
static dlu_status add_analysis(const dlu_material *m, const dlu_settings *settings, size_t analysis,
                               dlu_arena *arena, dlu_result *result, dlu_error *err)
{
    dlu_settings changed = *settings;
    dlu_variation variation = {0};
    variant t;
    dlu_arena *scratch = dlu_arena_new();
    if (!scratch)
        return dlu_fail_memory(err);
    panel[analysis].change(&changed, &variation);
    dlu_status status = try_variant(m, &changed, variation, scratch, &t, err);
    for (size_t i = 0; status == DLU_OK && i < count_rows(&t, result); i++) {
        const dlu_verdict_row *own = &result->verdicts[i];
        dlu_sensitivity_row *row = &result->sensitivity[i * N_PANEL + analysis];
        if (!(t.made ? fill_row(&changed, &t.v->pairs[i], &t.v->findings[i], own,
                                panel[analysis].name, arena, row)
                     : fill_unmade(own, panel[analysis].name, t.why.text, arena, row)))
            status = dlu_fail_memory(err);
    }
    dlu_arena_free(scratch);
    return status;
}

static bool add_note(dlu_verdict_row *row, const char *text, dlu_arena *arena)
{
    const char **notes = dlu_arena_alloc(arena, row->n_notes + 1, sizeof *notes);
    if (!notes || !text)
        return false;
    for (size_t i = 0; i < row->n_notes; i++)
        notes[i] = row->notes[i];
    notes[row->n_notes++] = text;
    row->notes = notes;
    return true;
}

/* "9 of 11 analyses agree; not theta 0.70 (SUBTHRESHOLD)". */
static const char *summarise(const dlu_sensitivity_row *rows, dlu_arena *arena)
{
    size_t agree = 0;
    const char *others = "";
    for (size_t k = 0; k < N_PANEL && others; k++) {
        agree += rows[k].agrees;
        if (!rows[k].agrees)
            others = dlu_arena_printf(arena, "%s%s %s (%s)", others, *others ? "," : "; not",
                                      rows[k].analysis,
                                      rows[k].verdict ? rows[k].verdict : "not possible");
    }
    return others ? dlu_arena_printf(arena, "%zu of %zu analyses agree%s.", agree, N_PANEL, others)
                  : NULL;
}

static const char *before_text(const variant *t, size_t i, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE], p[DLU_NUMBER_SIZE];
    if (!t->made)
        return dlu_arena_printf(arena, "With the dropped wells: not possible; %s.", t->why.text);
    const char *mutant = t->v->pairs[i].mutant;
    const dlu_findings *f = &t->v->findings[i];
    const dlu_outcome *o = &f->used.of[mutant ? DLU_EFFECT_INTERACTION : DLU_EFFECT_WT];
    if (!o->tried || isnan(o->test.estimate))
        return dlu_arena_printf(arena, "With the dropped wells: %s.",
                                dlu_verdict_name(f->rule->code));
    return dlu_arena_printf(arena, "With the dropped wells: %s, %s %s%s%s.",
                            dlu_verdict_name(f->rule->code), mutant ? "interaction" : "fold",
                            dlu_text_fold(exp(o->test.estimate), fold),
                            isnan(o->test.p) ? "" : ", p = ",
                            isnan(o->test.p) ? "" : dlu_text_rounded(o->test.p, 2, p));
}

/* What each verdict was before wells were dropped on the user's word. */
static dlu_status note_before(const dlu_material *m, const dlu_settings *settings, dlu_arena *arena,
                              dlu_result *result, dlu_error *err)
{
    dlu_settings before = *settings;
    variant t;
    dlu_arena *scratch = dlu_arena_new();
    if (!scratch)
        return dlu_fail_memory(err);
    before.drop_wells[0] = '\0';
    dlu_status status = try_variant(m, &before, (dlu_variation){0}, scratch, &t, err);
    for (size_t i = 0; status == DLU_OK && i < count_rows(&t, result); i++)
        if (!add_note(&result->verdicts[i], before_text(&t, i, arena), arena))
            status = dlu_fail_memory(err);
    dlu_arena_free(scratch);
    return status;
}

dlu_status dlu_sensitivity(const dlu_material *m, const dlu_settings *settings, dlu_arena *arena,
                           dlu_result *result, dlu_error *err)
{
    dlu_status status = DLU_OK;
    size_t n = result->n_verdicts;
    result->sensitivity = dlu_arena_alloc(arena, n * N_PANEL + 1, sizeof *result->sensitivity);
    if (!result->sensitivity)
        return dlu_fail_memory(err);
    for (size_t k = 0; k < N_PANEL && n && status == DLU_OK; k++)
        status = add_analysis(m, settings, k, arena, result, err);
    if (status != DLU_OK)
        return status;
    result->n_sensitivity = n * N_PANEL;
    for (size_t i = 0; i < n; i++)
        if (!add_note(&result->verdicts[i], summarise(&result->sensitivity[i * N_PANEL], arena),
                      arena))
            return dlu_fail_memory(err);
    return *settings->drop_wells ? note_before(m, settings, arena, result, err) : DLU_OK;
}
