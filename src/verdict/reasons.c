/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "verdict/beside.h"

/* The reason of a verdict in sentences: what was seen in WT, in the mutant, between them; so. */

#define P_FLOOR 1e-15

/* What follows from the effects, after they have been told; NULL where a function below says it. */
static const char *const conclusions[DLU_VERDICT_COUNT] = {
    [DLU_PARADOXICAL] = "The mutant responds more than the wild type: were the plasmids swapped, "
                        "or did the mutation create a site?",
    [DLU_NORMALISER_DRIVEN] = "At least half of the difference between wild type and mutant comes "
                              "from the control channel, not from the reporter: no call.",
    [DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY] =
        "Taken alone this would be a direct target, but not after correction for the number of "
        "verdicts in this run.",
    [DLU_DIRECT_TARGET] = "The effect depends on the mutated site, and the mutant is shown not to "
                          "respond by the margin or more: a direct target.",
    [DLU_PARTIAL_RESCUE] = "The effect depends on the mutated site, but the mutant still responds: "
                           "there may be a further site, or the mutation is incomplete.",
    [DLU_DIRECT_TARGET_RESCUE_UNPROVEN] =
        "The effect depends on the mutated site; a remaining effect on the mutant is not excluded "
        "with this many replicates.",
    [DLU_REPRESSED_SITE_INDEPENDENT] = "Wild type and mutant respond alike: the effect is indirect "
                                       "or goes through another site.",
    [DLU_REPRESSED_SITE_UNRESOLVED] = "Both respond, and the data neither show nor exclude that "
                                      "the wild type responds more.",
    [DLU_INCONCLUSIVE_INTERACTION] =
        "The wild type responds and the mutant does not reach significance, but that is not a "
        "difference between them: the interaction is not significant.",
    [DLU_WEAK_SITE_DEPENDENT] = "The effect depends on the mutated site, but is smaller than the "
                                "threshold for a target.",
    [DLU_NO_REPRESSION] = "The wild type is shown to be unchanged within the margin.",
    [DLU_SUBTHRESHOLD] = "The wild type responds by less than the threshold for a target.",
    [DLU_OPPOSITE_DIRECTION] = "The wild type responds in the opposite direction: check the "
                               "control channel and the empty vector.",
    [DLU_SUBTHRESHOLD_OPPOSITE] = "The wild type responds slightly in the opposite direction.",
    [DLU_INCONCLUSIVE] = "The effect on the wild type is not significant, and its absence is not "
                         "shown either.",
};

static const char *p_text(double p, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    if (p < P_FLOOR)
        return "p < 1e-15";
    return dlu_arena_printf(arena, "p = %s", dlu_text_rounded(p, 2, number));
}

/* "0.55 (95 % interval 0.48 to 0.63, p = 0.0021)", or the fold alone where it was not tested. */
static const char *fold_text(const dlu_settings *settings, const dlu_outcome *o, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE], low[DLU_NUMBER_SIZE], high[DLU_NUMBER_SIZE];
    char level[DLU_NUMBER_SIZE];
    if (!o->tried || isnan(o->test.estimate))
        return "unknown";
    dlu_text_fold(exp(o->test.estimate), fold);
    if (isnan(o->test.p))
        return dlu_arena_printf(arena, "%s (no test possible)", fold);
    return dlu_arena_printf(arena, "%s (%s %% interval %s to %s, %s)", fold,
                            dlu_text_from_double(round(1e6 * (1 - settings->alpha)) / 1e4, level),
                            dlu_text_fold(exp(o->test.low), low),
                            dlu_text_fold(exp(o->test.high), high), p_text(o->test.p, arena));
}

static const char *effects_text(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_findings *f, dlu_arena *arena)
{
    const dlu_outcome *of = f->used.of;
    const char *agent = pair->mirna ? pair->mirna : pair->treatment;
    const char *what = dlu_pair_sign(pair) < 0 && pair->mirna ? " inhibitor" : "";
    const char *wt = fold_text(settings, &of[DLU_EFFECT_WT], arena);
    const char *mut = fold_text(settings, &of[DLU_EFFECT_MUT], arena);
    const char *both = fold_text(settings, &of[DLU_EFFECT_INTERACTION], arena);
    if (!wt || !mut || !both)
        return NULL;
    const char *relative = f->ev_corrected ? " (relative to the empty vector)" : "";
    if (!pair->mutant)
        return dlu_arena_printf(arena, "With %s%s%s, %s WT has a fold of %s.", agent, what,
                                relative, pair->target ? pair->target : "the", wt);
    return dlu_arena_printf(
        arena,
        "With %s%s%s, %s WT has a fold of %s and %s of %s; WT relative to %s is "
        "%s.",
        agent, what, relative, pair->target ? pair->target : "the", wt, pair->mutant, mut,
        pair->mutant, both);
}

const char *dlu_status_words(dlu_status status)
{
    switch (status) {
    case DLU_E_NO_VARIANCE:
        return "its units do not vary at all (zero variance)";
    case DLU_E_TOO_FEW:
        return "there are too few units or complete blocks";
    case DLU_E_NOT_ESTIMABLE:
        return "the blocks do not tie its arms together";
    default:
        return "its values are not usable";
    }
}

static const char *not_testable(const dlu_findings *f, dlu_arena *arena)
{
    static const char *const names[] = {"WT", "the mutant", "the interaction"};
    for (int i = 0; i < DLU_EFFECTS; i++)
        if (f->used.of[i].tried && f->used.of[i].status != DLU_OK)
            return dlu_arena_printf(arena, "No call: %s cannot be tested, as %s.", names[i],
                                    dlu_status_words(f->used.of[i].status));
    return "No call: an effect cannot be tested.";
}

static const char *too_few(const dlu_pair *pair, dlu_arena *arena)
{
    const dlu_arm_cell *c = pair->cells;
    return dlu_arena_printf(arena,
                            "No call: every arm needs two or more independent transfections; there "
                            "are %zu for WT with %s, %zu with %s, %zu for %s with %s, %zu with %s. "
                            "Wells of one transfection are not replicates.",
                            c[0].n_units, c[0].treatment, c[1].n_units, c[1].treatment,
                            c[2].n_units, pair->mutant, c[2].treatment, c[3].n_units,
                            c[3].treatment);
}

static const char *no_mutant(const dlu_settings *settings, const dlu_pair *pair,
                             const dlu_findings *f, dlu_arena *arena)
{
    const char *effects = effects_text(settings, pair, f, arena);
    const char *corrected = "";
    if (f->empty.of[DLU_EFFECT_INTERACTION].tried && !f->ev_corrected) {
        const char *fold = fold_text(settings, &f->empty.of[DLU_EFFECT_INTERACTION], arena);
        corrected =
            fold ? dlu_arena_printf(arena, " Relative to the empty vector it is %s.", fold) : NULL;
    }
    if (!effects || !corrected)
        return NULL;
    return dlu_arena_printf(arena,
                            "%s%s No mutant of %s is in the map, so whether the effect goes "
                            "through the site was not tested: no call.",
                            effects, corrected, pair->target ? pair->target : "the target");
}

static const char *called(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                          dlu_arena *arena)
{
    char adjusted[DLU_NUMBER_SIZE];
    const char *effects = effects_text(settings, pair, f, arena);
    const char *extra = "";
    if (!effects)
        return NULL;
    if (f->technical_only)
        return dlu_arena_printf(arena,
                                "%s The wells show the pattern of %s, but there is one "
                                "transfection an arm: p describes pipetting, not biology, and no "
                                "call is made. Repeat the transfection on other days.",
                                effects, dlu_verdict_name(f->rule->code));
    if (f->rule->code == DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY)
        extra = dlu_arena_printf(arena, " Adjusted p = %s.",
                                 dlu_text_rounded(f->p_direct_adjusted, 2, adjusted));
    const char *plan = dlu_planning_sentence(settings, pair, f, arena);
    return extra && plan ? dlu_arena_printf(arena, "%s %s%s%s", effects, conclusions[f->rule->code],
                                            extra, plan)
                         : NULL;
}

const char *dlu_verdict_reason(const dlu_settings *settings, const dlu_pair *pair,
                               const dlu_findings *f, dlu_arena *arena)
{
    switch (f->rule->code) {
    case DLU_INVALID_QC:
        return dlu_arena_printf(arena, "No call: %s.", f->missing);
    case DLU_NO_MUTANT:
        return no_mutant(settings, pair, f, arena);
    case DLU_INSUFFICIENT_REPLICATION:
        return too_few(pair, arena);
    case DLU_NOT_TESTABLE:
        return not_testable(f, arena);
    default:
        return called(settings, pair, f, arena);
    }
}
