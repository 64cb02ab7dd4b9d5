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

static size_t fewest_units(const dlu_pair *pair)
{
    size_t n = pair->cells[0].n_units;
    for (unsigned c = 1; c < (pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT); c++)
        if (pair->cells[c].n_units < n)
            n = pair->cells[c].n_units;
    return n;
}

static bool find_scatter(const dlu_pair *pair, const dlu_outcome *o, dlu_plan_test test,
                         dlu_scatter *out)
{
    return o->tried && o->status == DLU_OK && fewest_units(pair) >= 2 &&
           dlu_scatter_find(o->method, test, o->test.se, o->test.df, fewest_units(pair), out);
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
    if (f->technical_only || !find_scatter(pair, o, DLU_PLAN_INTERACTION, &s) ||
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

static const char *for_interaction(const dlu_settings *settings, const dlu_pair *pair,
                                   const dlu_findings *f, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    if (!find_scatter(pair, &f->primary.of[DLU_EFFECT_INTERACTION], DLU_PLAN_INTERACTION, &s))
        return "";
    const char *n = needed(&s, log(WANTED_FOLD), settings->alpha, arena);
    return n ? dlu_arena_printf(arena,
                                " To find an interaction of %s in 80 %% of experiments, plan %s "
                                "replicates an arm.",
                                dlu_text_fold(WANTED_FOLD, fold), n)
             : NULL;
}

/* One-sided non-inferiority at alpha has the power of a two-sided test at twice alpha. */
static const char *for_rescue(const dlu_settings *settings, const dlu_pair *pair,
                              const dlu_findings *f, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_scatter s;
    if (!find_scatter(pair, &f->primary.of[DLU_EFFECT_MUT], DLU_PLAN_WT, &s) ||
        settings->alpha >= 0.5)
        return "";
    const char *n = needed(&s, log(settings->equivalence), 2 * settings->alpha, arena);
    return n ? dlu_arena_printf(arena,
                                " To show in 80 %% of experiments that a mutant without any effect "
                                "stays above %s, plan %s replicates an arm.",
                                dlu_text_fold(settings->equivalence, fold), n)
             : NULL;
}

const char *dlu_planning_sentence(const dlu_settings *settings, const dlu_pair *pair,
                                  const dlu_findings *f, dlu_arena *arena)
{
    if (f->technical_only)
        return "";
    switch (f->rule->code) {
    case DLU_INCONCLUSIVE:
    case DLU_INCONCLUSIVE_INTERACTION:
    case DLU_REPRESSED_SITE_UNRESOLVED:
        return for_interaction(settings, pair, f, arena);
    case DLU_DIRECT_TARGET_RESCUE_UNPROVEN:
        return for_rescue(settings, pair, f, arena);
    default:
        return "";
    }
}
