/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/rules.h"

#include <math.h>

/* A fold that equals the threshold but for rounding counts as reaching it. */
#define SLACK 1e-12

static bool is_significant(const dlu_evidence *e, const dlu_effect *effect)
{
    return effect->p < e->alpha;
}

static bool goes_down(const dlu_evidence *e, const dlu_effect *effect)
{
    return is_significant(e, effect) && e->sign * effect->estimate < 0;
}

static bool goes_up(const dlu_evidence *e, const dlu_effect *effect)
{
    return is_significant(e, effect) && e->sign * effect->estimate > 0;
}

static bool reaches_theta(const dlu_evidence *e, double ln_fold)
{
    return exp(ln_fold) <= e->theta * (1 + SLACK);
}

/* The end of the interval that lies nearer to no repression, after the flip. */
static double weakest(const dlu_evidence *e, const dlu_effect *effect)
{
    return e->sign < 0 ? -effect->low : effect->high;
}

bool dlu_verdict_is_repressed(const dlu_evidence *e)
{
    double ln_fold =
        e->effect_rule == DLU_EFFECT_INTERVAL ? weakest(e, &e->wt) : e->sign * e->wt.estimate;
    return goes_down(e, &e->wt) && reaches_theta(e, ln_fold);
}

static bool wt_slightly_down(const dlu_evidence *e)
{
    return goes_down(e, &e->wt) && !dlu_verdict_is_repressed(e);
}

static bool site_dependent(const dlu_evidence *e)
{
    return dlu_verdict_is_repressed(e) && goes_down(e, &e->interaction);
}

static bool site_not_shown(const dlu_evidence *e)
{
    return dlu_verdict_is_repressed(e) && !goes_down(e, &e->interaction);
}

static bool row_invalid(const dlu_evidence *e)
{
    return !e->arms_usable;
}

static bool row_no_mutant(const dlu_evidence *e)
{
    return !e->has_mutant;
}

static bool row_too_few_units(const dlu_evidence *e)
{
    return !e->technical_only && e->n_min < 2;
}

static bool row_not_testable(const dlu_evidence *e)
{
    return isnan(e->wt.p) || isnan(e->mut.p) || isnan(e->interaction.p);
}

static bool row_paradoxical(const dlu_evidence *e)
{
    return goes_up(e, &e->interaction) && goes_down(e, &e->mut) &&
           reaches_theta(e, e->sign * e->mut.estimate);
}

static bool row_normaliser(const dlu_evidence *e)
{
    return site_dependent(e) && is_significant(e, &e->control_interaction) &&
           e->sign * e->control_interaction.estimate >= 0.5 * fabs(e->interaction.estimate);
}

static bool row_multiplicity(const dlu_evidence *e)
{
    return site_dependent(e) && e->p_direct_adjusted >= e->alpha;
}

static bool row_direct(const dlu_evidence *e)
{
    return site_dependent(e) && e->p_noninferiority < e->alpha;
}

static bool row_partial(const dlu_evidence *e)
{
    return site_dependent(e) && goes_down(e, &e->mut);
}

static bool row_independent(const dlu_evidence *e)
{
    return site_not_shown(e) && goes_down(e, &e->mut) && e->p_tost_interaction < e->alpha;
}

static bool row_unresolved(const dlu_evidence *e)
{
    return site_not_shown(e) && goes_down(e, &e->mut);
}

static bool row_weak(const dlu_evidence *e)
{
    return wt_slightly_down(e) && goes_down(e, &e->interaction);
}

static bool row_slight_equivalent(const dlu_evidence *e)
{
    return wt_slightly_down(e) && e->p_tost_wt < e->alpha;
}

static bool row_opposite(const dlu_evidence *e)
{
    return goes_up(e, &e->wt) && exp(e->sign * e->wt.estimate) >= (1 - SLACK) / e->theta;
}

static bool row_up_equivalent(const dlu_evidence *e)
{
    return goes_up(e, &e->wt) && e->p_tost_wt < e->alpha;
}

static bool row_up(const dlu_evidence *e)
{
    return goes_up(e, &e->wt);
}

static bool row_equivalent(const dlu_evidence *e)
{
    return !is_significant(e, &e->wt) && e->p_tost_wt < e->alpha;
}

static bool always(const dlu_evidence *e)
{
    (void)e;
    return true;
}

/*
 * Why these rows: a difference of significance is no significant difference (Gelman and Stern 2006;
 * Nieuwenhuis 2011), so no row calls a direct target without a significant interaction; both tests
 * at alpha need no correction (intersection-union, Berger 1982); "not repressed" needs a test of
 * its own (Schuirmann 1987). docs/methods.md has the table.
 */
static const dlu_rule table[] = {
    {"0", DLU_INVALID_QC, row_invalid,
     "an arm that the test needs is missing or has no usable well, or a required positive control "
     "is absent or failed"},
    {"0b", DLU_NO_MUTANT, row_no_mutant,
     "the map holds no mutant of this target, so the site is not tested"},
    {"1", DLU_INSUFFICIENT_REPLICATION, row_too_few_units,
     "fewer than two biological units in at least one of the four cells"},
    {"1b", DLU_NOT_TESTABLE, row_not_testable,
     "the test of WT, of the mutant or of their difference could not be made"},
    {"2", DLU_PARADOXICAL, row_paradoxical,
     "the mutant is repressed by at least the threshold, and more than WT"},
    {"3", DLU_NORMALISER_DRIVEN, row_normaliser,
     "WT is repressed and differs from the mutant, but at least half of the difference is a "
     "significant change of the control channel"},
    {"4", DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY, row_multiplicity,
     "WT is repressed and differs from the mutant, but not after correction for the number of "
     "pairs"},
    {"5", DLU_DIRECT_TARGET, row_direct,
     "WT is repressed, differs from the mutant, and the mutant is shown not to be repressed by the "
     "equivalence margin"},
    {"6", DLU_PARTIAL_RESCUE, row_partial,
     "WT is repressed and differs from the mutant, which is itself repressed"},
    {"7", DLU_DIRECT_TARGET_RESCUE_UNPROVEN, site_dependent,
     "WT is repressed and differs from the mutant, whose own repression is not excluded"},
    {"8", DLU_REPRESSED_SITE_INDEPENDENT, row_independent,
     "WT and mutant are both repressed, and their effects are shown to be equivalent"},
    {"9", DLU_REPRESSED_SITE_UNRESOLVED, row_unresolved,
     "WT and mutant are both repressed, and their difference is not resolved"},
    {"10", DLU_INCONCLUSIVE_INTERACTION, site_not_shown,
     "WT is repressed and the mutant is not significantly so, but their difference is not "
     "significant either"},
    {"11", DLU_WEAK_SITE_DEPENDENT, row_weak,
     "WT is significantly down by less than the threshold, and differs from the mutant"},
    {"12", DLU_NO_REPRESSION, row_slight_equivalent,
     "WT is significantly down, by an amount shown to lie within the equivalence margin"},
    {"13", DLU_SUBTHRESHOLD, wt_slightly_down,
     "WT is significantly down by less than the threshold, and nothing more is shown"},
    {"14", DLU_OPPOSITE_DIRECTION, row_opposite,
     "WT changes significantly in the opposite direction, by at least the threshold"},
    {"15", DLU_NO_REPRESSION, row_up_equivalent,
     "WT changes significantly in the opposite direction, by an amount shown to lie within the "
     "equivalence margin"},
    {"15", DLU_SUBTHRESHOLD_OPPOSITE, row_up,
     "WT changes significantly in the opposite direction by less than the threshold"},
    {"16", DLU_NO_REPRESSION, row_equivalent,
     "WT shows no significant change and is shown to lie within the equivalence margin"},
    {"17", DLU_INCONCLUSIVE, always,
     "neither a change of WT nor its absence is shown; more replicates are needed"},
};

const dlu_rule *dlu_verdict_rules(size_t *n)
{
    *n = sizeof table / sizeof *table;
    return table;
}

const dlu_rule *dlu_verdict_decide(const dlu_evidence *evidence)
{
    const dlu_rule *rule = table;
    while (!rule->holds(evidence))
        rule++;
    return rule;
}

bool dlu_verdict_is_exploratory(const dlu_evidence *evidence, dlu_verdict_code code)
{
    return evidence->technical_only && code > DLU_NOT_TESTABLE;
}

dlu_call dlu_verdict_call(dlu_verdict_code code, bool exploratory)
{
    if (exploratory)
        return DLU_CALL_NONE;
    switch (code) {
    case DLU_DIRECT_TARGET:
        return DLU_CALL_DIRECT;
    case DLU_DIRECT_TARGET_RESCUE_UNPROVEN:
        return DLU_CALL_DIRECT_UNPROVEN;
    case DLU_PARTIAL_RESCUE:
        return DLU_CALL_DIRECT_PARTIAL;
    case DLU_REPRESSED_SITE_INDEPENDENT:
    case DLU_NO_REPRESSION:
        return DLU_CALL_NO;
    case DLU_OPPOSITE_DIRECTION:
        return DLU_CALL_OPPOSITE;
    default:
        return DLU_CALL_NONE;
    }
}
