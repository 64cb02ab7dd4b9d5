/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "verdict/scatter.h"

/*
 * What this experiment could have found, and how many replicates would settle an open question.
 * From the scatter alone, never from the p that was reached (Hoenig and Heisey 2001).
 */

#define WANTED_POWER     0.80
#define WANTED_FOLD      0.70 /* 30 % repression, the size that planning tables name */
#define UPPER_CONFIDENCE 0.80

static size_t fewest_units(const dlu_pair *pair, bool with_empty)
{
    size_t n = pair->cells[0].n_units;
    unsigned last = with_empty ? DLU_CELLS : pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT;
    for (unsigned c = 1; c < last; c++)
        if (pair->cells[c].n_units < n)
            n = pair->cells[c].n_units;
    return n;
}

static bool find_scatter(const dlu_pair *pair, const dlu_outcome *o, dlu_plan_test test,
                         bool with_empty, dlu_scatter *out)
{
    size_t n = fewest_units(pair, with_empty);
    return o->tried && o->status == DLU_OK && n >= 2 &&
           dlu_scatter_find(o->method, test, o->test.se, o->test.df, n, out);
}

/* Of one construct; relative to the empty vector it is a contrast of four arms, as D is. */
static bool find_scatter_of(const dlu_pair *pair, const dlu_findings *f, int effect,
                            dlu_scatter *out)
{
    return find_scatter(pair, &f->used.of[effect],
                        f->ev_corrected ? DLU_PLAN_INTERACTION : DLU_PLAN_WT, f->ev_corrected, out);
}

/* "5 (9 if the scatter is at its upper 80 % bound)". */
static const char *needed(const dlu_scatter *s, double effect, double alpha, dlu_arena *arena)
{
    size_t n, cautious;
    double upper = dlu_stats_sd_upper(s->sd, s->df, UPPER_CONFIDENCE);
    if (dlu_stats_replicates(s->error, effect, s->sd, WANTED_POWER, alpha, &n, NULL) != DLU_OK)
        return "very many";
    if (isnan(upper) || dlu_stats_replicates(s->error, effect, upper, WANTED_POWER, alpha,
                                             &cautious, NULL) != DLU_OK)
        return dlu_arena_printf(arena, "%zu", n);
    return dlu_arena_printf(arena, "%zu (%zu if the scatter is at its upper 80 %% bound)", n,
                            cautious);
}

const char *dlu_detectable_note(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_findings *f, dlu_arena *arena)
{
    char sd[DLU_NUMBER_SIZE], fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    double least;
    const dlu_outcome *o = &f->primary.of[DLU_EFFECT_INTERACTION];
    if (f->technical_only || !find_scatter(pair, o, DLU_PLAN_INTERACTION, false, &s) ||
        dlu_stats_detectable(s.error, s.n, s.sd, WANTED_POWER, settings->alpha, &least) != DLU_OK)
        return "";
    return dlu_arena_printf(arena,
                            "Scatter (SD of ln ratio%s) %s with %zu replicates: an interaction of "
                            "%s or stronger is found in 80 %% of such experiments.",
                            !strcmp(o->method, "rcbd") || !strcmp(o->method, "satterthwaite")
                                ? ""
                                : ", difference within a block",
                            dlu_text_rounded(s.sd, 2, sd), s.n, dlu_text_fold(exp(-least), fold));
}

/* A fold of theta on WT, in the direction that is looked for. */
static const char *for_wt(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                          dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    double wanted = log(settings->theta);
    if (!find_scatter_of(pair, f, DLU_EFFECT_WT, &s))
        return "";
    const char *n = needed(&s, wanted, settings->alpha, arena);
    return n ? dlu_arena_printf(arena,
                                " To find a fold of %s on WT in 80 %% of experiments, plan %s "
                                "replicates an arm.",
                                dlu_text_fold(exp(dlu_pair_sign(pair) * wanted), fold), n)
             : NULL;
}

static const char *for_interaction(const dlu_settings *settings, const dlu_pair *pair,
                                   const dlu_findings *f, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    const dlu_outcome *o = &f->primary.of[DLU_EFFECT_INTERACTION];
    if (f->design == DLU_DESIGN_SPLIT_BLOCK)
        return " How many replicates would settle it is not told: wild type and mutant stand in "
               "blocks of their own, so the scatter is of two kinds. Plan with all four arms in "
               "each block.";
    if (!find_scatter(pair, o, DLU_PLAN_INTERACTION, false, &s))
        return "";
    const char *n = needed(&s, log(WANTED_FOLD), settings->alpha, arena);
    return n ? dlu_arena_printf(arena,
                                " To find an interaction of %s in 80 %% of experiments, plan %s "
                                "replicates an arm.",
                                dlu_text_fold(exp(dlu_pair_sign(pair) * log(WANTED_FOLD)), fold), n)
             : NULL;
}

/* One-sided non-inferiority at alpha has the power of a two-sided test at twice alpha. */
static const char *for_rescue(const dlu_settings *settings, const dlu_pair *pair,
                              const dlu_findings *f, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    double sign = dlu_pair_sign(pair), margin = log(settings->equivalence);
    if (settings->alpha >= 0.5 || !find_scatter_of(pair, f, DLU_EFFECT_MUT, &s))
        return "";
    const char *n = needed(&s, margin, 2 * settings->alpha, arena);
    return n ? dlu_arena_printf(arena,
                                " To show in 80 %% of experiments that a mutant without any effect "
                                "stays %s %s, plan %s replicates an arm.",
                                sign < 0 ? "below" : "above",
                                dlu_text_fold(exp(sign * margin), fold), n)
             : NULL;
}

const char *dlu_planning_sentence(const dlu_settings *settings, const dlu_pair *pair,
                                  const dlu_findings *f, dlu_arena *arena)
{
    if (f->technical_only)
        return "";
    switch (f->rule->code) {
    case DLU_INCONCLUSIVE:
        return for_wt(settings, pair, f, arena);
    case DLU_INCONCLUSIVE_INTERACTION:
    case DLU_REPRESSED_SITE_UNRESOLVED:
        return for_interaction(settings, pair, f, arena);
    case DLU_DIRECT_TARGET_RESCUE_UNPROVEN:
        return for_rescue(settings, pair, f, arena);
    default:
        return "";
    }
}
