/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/*
 * A mimic changed to match the mutated site: if it represses the mutant, the site is what the
 * microRNA acts through. Tested like the pair's own effects, with it in the mimic's place.
 */

static const dlu_cells both = {
    {DLU_CELL_WT, DLU_CELL_WT_CONTROL, DLU_CELL_MUT, DLU_CELL_MUT_CONTROL}, 4};
static const dlu_cells mut_alone = {{DLU_CELL_MUT, DLU_CELL_MUT_CONTROL}, 2};

/* The effect on the mutant, or with `on_wt` on WT, in the fit of the four cells. */
static dlu_status effect_of(const dlu_beside_job *job, const dlu_pair *pair, bool prenormalised,
                            bool on_wt, dlu_outcome *out)
{
    dlu_series series;
    dlu_effects primary, secondary;
    const char *text, *why;
    *out = (dlu_outcome){0};
    bool whole = dlu_cells_usable(pair, &both), technical = dlu_pair_is_technical(pair);
    const dlu_cells *cells = whole ? &both : &mut_alone;
    if (!dlu_cells_usable(pair, cells))
        return DLU_OK;
    dlu_status status = dlu_series_build(job->e, pair, technical, job->arena, &series, job->err);
    if (status != DLU_OK)
        return status;
    dlu_design design =
        technical ? DLU_DESIGN_TECHNICAL : dlu_design_find(&series, cells, job->arena, &text, &why);
    if (design == DLU_DESIGN_NONE)
        return dlu_fail_memory(job->err);
    dlu_effects_by_design(job->e->settings, design, prenormalised, &series, cells, DLU_OF_RATIO,
                          job->arena, &primary, &secondary);
    *out = primary.of[whole && !on_wt ? DLU_EFFECT_MUT : DLU_EFFECT_WT];
    return DLU_OK;
}

static bool represses(const dlu_settings *settings, const dlu_outcome *o)
{
    const dlu_evidence evidence = {.wt = {o->test.estimate, o->test.p, o->test.low, o->test.high},
                                   .sign = 1,
                                   .alpha = settings->alpha,
                                   .theta = settings->theta,
                                   .effect_rule = settings->effect_rule};
    return o->status == DLU_OK && dlu_verdict_is_repressed(&evidence);
}

static const char *sentence(const dlu_beside_job *job, const char *mirna, const char *mutant,
                            const dlu_outcome *o, bool technical)
{
    char fold[DLU_NUMBER_SIZE];
    if (!o->tried)
        return dlu_arena_printf(job->arena,
                                "Whether the compensatory mimic %s rescues %s was not tested: it "
                                "or its control has no usable well.",
                                mirna, mutant);
    dlu_text_fold(exp(o->test.estimate), fold);
    if (o->status != DLU_OK)
        return dlu_arena_printf(job->arena,
                                "Whether the compensatory mimic %s rescues %s was not tested: %s.",
                                mirna, mutant, dlu_status_words(o->status));
    const char *p = dlu_p_words(o->test.p, job->arena);
    if (!p)
        return NULL;
    if (technical)
        return dlu_arena_printf(job->arena,
                                "The compensatory mimic %s gives %s a fold of %s, in technical "
                                "wells of one transfection: no claim.",
                                mirna, mutant, fold);
    return represses(job->e->settings, o)
               ? dlu_arena_printf(job->arena,
                                  "%s is rescued by compensatory mimic %s (fold %s, %s): the "
                                  "mutated site responds again to a microRNA that matches it.",
                                  mutant, mirna, fold, p)
               : dlu_arena_printf(job->arena,
                                  "%s is not rescued by compensatory mimic %s (fold %s, %s).",
                                  mutant, mirna, fold, p);
}

static size_t count_units(const dlu_pair *pair, unsigned first)
{
    return pair->cells[first].n_units + pair->cells[first + 1].n_units;
}

/* A control that names the tested microRNA serves its compensatory mimic too. */
static dlu_status rescue_pair(const dlu_beside_job *job, const dlu_arm *arm, size_t i)
{
    const dlu_pair *rescued = &job->v->pairs[i];
    bool prenormalised = job->v->findings[i].prenormalised;
    dlu_outcome outcome;
    dlu_pair own = {.positive = arm->positive,
                    .target = arm->target,
                    .mirna = arm->mirna,
                    .dose_nM = arm->dose_nM,
                    .treatment = arm->treatment,
                    .mutant = rescued->mutant};
    dlu_status status = dlu_pair_fill(job->e, &own, job->arena, job->err);
    if (status != DLU_OK || !own.cells[DLU_CELL_MUT].n_arms)
        return status;
    for (unsigned c = DLU_CELL_WT_CONTROL; c < DLU_CELL_EV; c += 2)
        if (!own.cells[c].n_arms)
            own.cells[c] = rescued->cells[c];
    dlu_pair pair = *rescued;
    pair.cells[DLU_CELL_MUT] = own.cells[DLU_CELL_MUT];
    pair.cells[DLU_CELL_MUT_CONTROL] = own.cells[DLU_CELL_MUT_CONTROL];
    status = effect_of(job, &pair, prenormalised, false, &outcome);
    if (status == DLU_OK)
        status = dlu_beside_say(
            job, i,
            sentence(job, arm->mirna, rescued->mutant, &outcome, dlu_pair_is_technical(&pair)));
    if (status == DLU_OK && outcome.tried)
        status = dlu_beside_add(job, &(dlu_beside_row){rescued, arm->mirna, arm->dose_nM,
                                                       rescued->mutant, "compensatory", outcome,
                                                       NAN, count_units(&pair, DLU_CELL_MUT)});
    if (status != DLU_OK || !dlu_cells_usable(&own, &both))
        return status;
    status = effect_of(job, &own, prenormalised, true, &outcome);
    if (status == DLU_OK && outcome.tried)
        status = dlu_beside_add(job, &(dlu_beside_row){rescued, arm->mirna, arm->dose_nM,
                                                       rescued->mutant, "compensatory_wt", outcome,
                                                       NAN, count_units(&own, DLU_CELL_WT)});
    return status;
}

/* The doses of the compensatory mimic stand beside equal doses of the tested one, else beside all.
 */
static bool has_dose(const dlu_beside_job *job, const dlu_arm *arm, const char *mirna)
{
    for (size_t i = 0; i < job->v->n; i++) {
        const dlu_pair *p = &job->v->pairs[i];
        if (!dlu_text_compare(p->target, arm->target) && !dlu_text_compare(p->mirna, mirna) &&
            p->dose_nM == arm->dose_nM)
            return true;
    }
    return false;
}

static bool is_repeated(const dlu_experiment *e, const dlu_arm *arm)
{
    for (const dlu_arm *a = e->arms; a < arm; a++)
        if (a->positive == arm->positive && !dlu_text_compare(a->target, arm->target) &&
            !dlu_text_compare(a->mirna, arm->mirna) && !strcmp(a->treatment, arm->treatment) &&
            strcmp(a->construct, "EMPTY") != 0 &&
            (a->dose_nM == arm->dose_nM || (isnan(a->dose_nM) && isnan(arm->dose_nM))))
            return true;
    return false;
}

dlu_status dlu_beside_compensatory(const dlu_beside_job *job)
{
    dlu_status status = DLU_OK;
    for (size_t k = 0; k < job->e->n_arms && status == DLU_OK; k++) {
        const dlu_arm *arm = &job->e->arms[k];
        const char *mirna = dlu_compensated_mirna(job->e, arm);
        if (!mirna || !strcmp(arm->construct, "EMPTY") || is_repeated(job->e, arm))
            continue;
        bool by_dose = has_dose(job, arm, mirna);
        for (size_t i = 0; i < job->v->n && status == DLU_OK; i++) {
            const dlu_pair *p = &job->v->pairs[i];
            if (p->mutant && p->positive == arm->positive && !strcmp(p->treatment, "mimic") &&
                !dlu_text_compare(p->target, arm->target) && !dlu_text_compare(p->mirna, mirna) &&
                (!by_dose || p->dose_nM == arm->dose_nM))
                status = rescue_pair(job, arm, i);
        }
    }
    return status;
}
