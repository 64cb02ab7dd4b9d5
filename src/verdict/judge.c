/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define CAVEAT(name) (1u << DLU_CAVEAT_##name)
#define LOW_N        2u
#define SHIFT_FOLD   0.80 /* folds from here to its reciprocal are no shift */

static dlu_effect effect_of(const dlu_outcome *o)
{
    if (!o->tried)
        return (dlu_effect){NAN, NAN, NAN, NAN};
    return (dlu_effect){o->test.estimate, o->test.p, o->test.low, o->test.high};
}

static double tost_p(const dlu_outcome *o, double margin, double alpha)
{
    dlu_tost tost;
    if (!o->tried || o->status != DLU_OK ||
        dlu_stats_tost(&o->test, margin, alpha, &tost) != DLU_OK)
        return NAN;
    return tost.p;
}

static double noninferiority_p(const dlu_outcome *o, double margin, double sign)
{
    if (!o->tried || o->status != DLU_OK)
        return NAN;
    dlu_test flipped = o->test;
    flipped.estimate *= sign;
    return dlu_stats_noninferiority(&flipped, margin);
}

static dlu_evidence evidence(const dlu_settings *settings, const dlu_pair *pair,
                             const dlu_findings *f, const dlu_effects *effects, double p_adjusted)
{
    const dlu_outcome *mut = &effects->of[DLU_EFFECT_MUT];
    return (dlu_evidence){
        .wt = effect_of(&effects->of[DLU_EFFECT_WT]),
        .mut = effect_of(mut),
        .interaction = effect_of(&effects->of[DLU_EFFECT_INTERACTION]),
        .control_interaction = effect_of(&f->control.of[DLU_EFFECT_INTERACTION]),
        .p_noninferiority = noninferiority_p(mut, settings->equivalence, dlu_pair_sign(pair)),
        .p_tost_wt = tost_p(&effects->of[DLU_EFFECT_WT], settings->equivalence, settings->alpha),
        .p_tost_interaction =
            tost_p(&effects->of[DLU_EFFECT_INTERACTION], settings->equivalence, settings->alpha),
        .p_direct_adjusted = p_adjusted,
        .sign = dlu_pair_sign(pair),
        .arms_usable = f->arms_usable,
        .has_mutant = pair->mutant != NULL,
        .technical_only = f->technical_only,
        .n_min = f->n_min,
        .alpha = settings->alpha,
        .theta = settings->theta,
        .effect_rule = settings->effect_rule,
    };
}

dlu_evidence dlu_evidence_of(const dlu_settings *settings, const dlu_pair *pair,
                             const dlu_findings *f, double p_adjusted)
{
    return evidence(settings, pair, f, &f->used, p_adjusted);
}

static void adjust(const dlu_settings *settings, const double *p, size_t n, double *adjusted)
{
    switch (settings->adjust) {
    case DLU_ADJUST_HOLM:
        dlu_stats_holm(p, n, adjusted);
        break;
    case DLU_ADJUST_BH:
        dlu_stats_bh(p, n, adjusted);
        break;
    case DLU_ADJUST_NONE:
        for (size_t i = 0; i < n; i++)
            adjusted[i] = NAN;
        break;
    }
}

double dlu_family_adjusted(const dlu_settings *settings, dlu_family *all, size_t i, double p)
{
    size_t n = 0;
    bool left = false;
    if (isnan(all->p[i]) || settings->adjust == DLU_ADJUST_NONE)
        return NAN;
    for (size_t k = 0; k < all->n_sorted; k++) {
        if (!left && all->sorted[k] == all->p[i])
            left = true;
        else
            all->others[n++] = all->sorted[k];
    }
    return settings->adjust == DLU_ADJUST_HOLM ? dlu_stats_holm_among(all->others, n, p)
                                               : dlu_stats_bh_among(all->others, n, p);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sort_family(dlu_family *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (!isnan(all->p[i]))
            all->sorted[all->n_sorted++] = all->p[i];
    qsort(all->sorted, all->n_sorted, sizeof *all->sorted, by_size);
}

static dlu_status adjust_all(const dlu_settings *settings, dlu_verdicts *v, dlu_arena *arena,
                             dlu_family *all, dlu_error *err)
{
    *all = (dlu_family){.p = dlu_arena_alloc(arena, v->n + 1, sizeof(double)),
                        .n = v->n,
                        .sorted = dlu_arena_alloc(arena, v->n + 1, sizeof(double)),
                        .others = dlu_arena_alloc(arena, v->n + 1, sizeof(double))};
    double *adjusted = dlu_arena_alloc(arena, v->n + 1, sizeof *adjusted);
    if (!all->p || !adjusted || !all->sorted || !all->others)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < v->n; i++)
        all->p[i] =
            v->findings[i].technical_only || v->pairs[i].positive ? NAN : v->findings[i].p_direct;
    sort_family(all);
    adjust(settings, all->p, all->n, adjusted);
    for (size_t i = 0; i < v->n; i++)
        v->findings[i].p_direct_adjusted = adjusted[i];
    return DLU_OK;
}

static bool same_pair(const dlu_pair *a, const dlu_pair *b)
{
    return dlu_text_compare(a->target, b->target) == 0 &&
           dlu_text_compare(a->mirna, b->mirna) == 0 && !strcmp(a->treatment, b->treatment) &&
           (a->dose_nM == b->dose_nM || (isnan(a->dose_nM) && isnan(b->dose_nM)));
}

/* Several mutants of a pair are a family: Holm over their interactions. */
static dlu_status adjust_mutants(dlu_verdicts *v, dlu_arena *arena, dlu_error *err)
{
    double *p = dlu_arena_alloc(arena, v->n + 1, sizeof *p);
    double *adjusted = dlu_arena_alloc(arena, v->n + 1, sizeof *adjusted);
    if (!p || !adjusted)
        return dlu_fail_memory(err);
    for (size_t i = 0, end; i < v->n; i = end) {
        for (end = i; end < v->n && same_pair(&v->pairs[i], &v->pairs[end]); end++)
            p[end - i] = v->findings[end].primary.of[DLU_EFFECT_INTERACTION].tried
                             ? v->findings[end].primary.of[DLU_EFFECT_INTERACTION].test.p
                             : NAN;
        dlu_stats_holm(p, end - i, adjusted);
        for (size_t k = i; k < end; k++)
            v->findings[k].p_interaction_adjusted = adjusted[k - i];
    }
    return DLU_OK;
}

static bool is_shifted(const dlu_outcome *o, const dlu_settings *settings)
{
    if (!o->tried || isnan(o->test.p))
        return false;
    return o->test.p < settings->alpha && fabs(o->test.estimate) > -log(SHIFT_FOLD);
}

/* The code would be another one with (or, where it is on, without) the empty vector's correction.
 */
static bool is_ev_sensitive(const dlu_settings *settings, const dlu_pair *pair,
                            const dlu_findings *f, dlu_family *all, size_t i)
{
    if (!pair->mutant || !dlu_effects_correctable(pair, f))
        return false;
    dlu_effects other = f->ev_corrected ? f->primary : dlu_effects_corrected(pair, f);
    double p = dlu_p_direct(&other);
    if (isnan(p))
        return false;
    dlu_evidence ev = evidence(settings, pair, f, &other, dlu_family_adjusted(settings, all, i, p));
    return dlu_verdict_decide(&ev)->code != f->rule->code;
}

static bool has_flag(const dlu_findings *f, dlu_flag flag)
{
    return f->unit_flags >> flag & 1;
}

static uint32_t find_caveats(const dlu_settings *settings, const dlu_pair *pair,
                             const dlu_findings *f, dlu_family *all, size_t i)
{
    uint32_t c = 0;
    const dlu_outcome *d = &f->primary.of[DLU_EFFECT_INTERACTION];
    const dlu_outcome *other = &f->secondary.of[DLU_EFFECT_INTERACTION];
    const dlu_outcome *mut = &f->used.of[DLU_EFFECT_MUT];
    if (f->n_min == LOW_N && f->arms_usable)
        c |= CAVEAT(LOW_N);
    if (d->tried && other->tried && !isnan(d->test.p) && !isnan(other->test.p) &&
        !f->prenormalised && (d->test.p < settings->alpha) != (other->test.p < settings->alpha))
        c |= CAVEAT(ERROR_TERM_SENSITIVE);
    if (f->influential)
        c |= CAVEAT(INFLUENTIAL_BLOCK);
    if (is_shifted(&f->channel_shift, settings))
        c |= CAVEAT(NORM_SHIFT);
    if (is_shifted(&f->empty.of[DLU_EFFECT_MUT], settings))
        c |= CAVEAT(EV_SHIFT);
    if (is_shifted(mut, settings) && mut->test.estimate * dlu_pair_sign(pair) > 0)
        c |= CAVEAT(MUT_UP);
    if (is_ev_sensitive(settings, pair, f, all, i))
        c |= CAVEAT(EV_SENSITIVE);
    if (has_flag(f, DLU_FLAG_BLANK_LIMITED))
        c |= CAVEAT(BLANK_LIMITED);
    if (has_flag(f, DLU_FLAG_COLLAPSE_SENSITIVE))
        c |= CAVEAT(COLLAPSE_SENSITIVE);
    if (has_flag(f, DLU_FLAG_BACKGROUND_NOT_SUBTRACTED))
        c |= CAVEAT(BACKGROUND_NOT_SUBTRACTED);
    if (f->prenormalised)
        c |= CAVEAT(PRENORMALISED_CONTROL);
    return c;
}

static dlu_status decide_all(const dlu_experiment *e, dlu_verdicts *v, const dlu_series *series,
                             dlu_family *all, dlu_arena *arena, dlu_error *err)
{
    const dlu_settings *settings = e->settings;
    for (size_t i = 0; i < v->n; i++) {
        dlu_findings *f = &v->findings[i];
        dlu_evidence ev = dlu_evidence_of(settings, &v->pairs[i], f, f->p_direct_adjusted);
        f->rule = dlu_verdict_decide(&ev);
        if (e->variation.codes_only)
            continue;
        dlu_status status =
            dlu_blocks_leave_out(settings, &v->pairs[i], &series[i], all, i, arena, f, err);
        if (status != DLU_OK)
            return status;
        f->caveats = find_caveats(settings, &v->pairs[i], f, all, i);
    }
    return DLU_OK;
}

dlu_status dlu_verdicts_new(const dlu_experiment *e, dlu_arena *arena, dlu_verdicts **out,
                            dlu_messages *log, dlu_error *err)
{
    dlu_family all;
    dlu_verdicts *v = dlu_arena_alloc(arena, 1, sizeof *v);
    if (!v)
        return dlu_fail_memory(err);
    dlu_status status = dlu_pairs_find(e, arena, &v->pairs, &v->n, log, err);
    if (status != DLU_OK)
        return status;
    v->series = dlu_arena_alloc(arena, v->n + 1, sizeof *v->series);
    v->findings = dlu_arena_alloc(arena, v->n + 1, sizeof *v->findings);
    if (!v->findings || !v->series)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < v->n && status == DLU_OK; i++)
        status = dlu_pair_compare(e, &v->pairs[i], arena, &v->series[i], &v->findings[i], log, err);
    if (status == DLU_OK && e->settings->require_positive_control)
        status = dlu_positive_required(e, v, arena, log, err);
    if (status == DLU_OK)
        status = adjust_all(e->settings, v, arena, &all, err);
    if (status == DLU_OK)
        status = adjust_mutants(v, arena, err);
    if (status == DLU_OK)
        status = decide_all(e, v, v->series, &all, arena, err);
    *out = v;
    return status;
}
