/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <dualuc/version.h>

#include "base/text.h"
#include "report/model.h"

/* Paragraphs fit for the Methods of a paper, with the numbers of this run filled in. */

enum { READING, UNITS, TESTS, DECISION, CORRECTION, SOFTWARE, LEGEND, PARAGRAPHS };

static size_t count_designs(const dlu_verdicts *v, dlu_design design)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        n += v->findings[i].design == design;
    return n;
}

static const char *reading(const dlu_experiment *e, dlu_arena *arena)
{
    size_t used = 0, samples = 0, subtracted = 0;
    for (size_t i = 0; i < e->n_wells; i++) {
        used += e->wells[i].used;
        samples += e->wells[i].map && e->wells[i].map->role == DLU_ROLE_SAMPLE;
    }
    for (size_t i = 0; i < e->n_plates; i++)
        subtracted += e->plates[i].blank[DLU_CONTROL].n > 0;
    return dlu_arena_printf(
        arena,
        "Light of %zu plate%s was read. The reporter (behind the 3'UTR) is %s, the control for "
        "transfection is %s%s%s. On %zu of %zu plate%s the %s of the plate's own blank wells was "
        "subtracted from each channel. Of %zu sample wells %zu were used; each well left out is "
        "listed with its reason. A well is left out when a channel was not read or is out of "
        "range, when net light is not positive, when control light is below blank + 3 SD or below "
        "1 %% of the plate's median, or when the plate map says so.",
        e->n_plates, e->n_plates == 1 ? "" : "s", e->settings->reporter, e->settings->control,
        *e->settings->vector ? ", as in " : "",
        !strcmp(e->settings->vector, "pmirglo")     ? "pmirGLO"
        : !strcmp(e->settings->vector, "psicheck2") ? "psiCHECK-2"
                                                    : "",
        subtracted, e->n_plates, e->n_plates == 1 ? "" : "s",
        e->settings->blank_stat == DLU_BLANK_MEDIAN ? "median" : "mean", samples, used);
}

static const char *units(const dlu_experiment *e, dlu_arena *arena)
{
    static const char *const collapsed[] = {
        "The value of a well is ln(reporter / control). Wells of one transfection are technical "
        "replicates and were averaged",
        "Wells of one transfection are technical replicates; its value is ln(sum of reporter / sum "
        "of control) over its wells",
        "Wells of one transfection are technical replicates; its value is the logarithm of the "
        "slope of reporter over control, by Deming's line through 0 with equal coefficients of "
        "variation",
    };
    return dlu_arena_printf(
        arena,
        "%s; the %zu transfections (arm, %s%s) are the units of all tests. Folds are ratios of "
        "geometric means.",
        collapsed[e->settings->collapse], e->n_units, e->block_column ? "block" : "plate",
        e->has_replicate ? ", replicate" : "");
}

static const char *tests(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena)
{
    char alpha[DLU_NUMBER_SIZE], level[DLU_NUMBER_SIZE];
    const char *blocked =
        e->settings->error == DLU_ERROR_POOLED
            ? "with the error pooled over the four cells (t tests with the residual degrees of "
              "freedom); the per-block contrasts are given beside it"
            : "with each block's own contrast (one-sample t tests); the pooled error is given "
              "beside it";
    return dlu_arena_printf(
        arena,
        "The effect of the treatment on WT, on the mutant, and their difference (the interaction, "
        "WT minus mutant) were estimated on the log scale. Of %zu comparisons %zu were blocked, "
        "%zu "
        "split-block, %zu unblocked and %zu had technical replicates only. Blocked designs: "
        "analysis of variance with fixed blocks on exactly the four cells of the comparison, %s. "
        "Unblocked designs: %s of the four cells for the interaction. All tests are two-sided at "
        "alpha = %s; intervals "
        "are at %s %%.",
        v->n, count_designs(v, DLU_DESIGN_BLOCKED), count_designs(v, DLU_DESIGN_SPLIT_BLOCK),
        count_designs(v, DLU_DESIGN_UNBLOCKED), count_designs(v, DLU_DESIGN_TECHNICAL), blocked,
        e->settings->student ? "Student's t test for each construct and the pooled contrast"
                             : "Welch's t test for each construct and the Welch-Satterthwaite "
                               "contrast",
        dlu_text_from_double(e->settings->alpha, alpha),
        dlu_text_from_double(round(1e6 * (1 - e->settings->alpha)) / 1e4, level));
}

static const char *decision(const dlu_experiment *e, dlu_arena *arena)
{
    const dlu_settings *s = e->settings;
    char theta[DLU_NUMBER_SIZE], margin[DLU_NUMBER_SIZE], upper[DLU_NUMBER_SIZE];
    dlu_text_from_double(s->equivalence, margin);
    return dlu_arena_printf(
        arena,
        "WT counts as repressed with %s at or under %s and p < alpha. A target is called direct "
        "when WT is repressed, the interaction is significant in the same direction (both tests "
        "are required: intersection-union, p_direct is the larger p), and the mutant is shown not "
        "to be repressed beyond a fold of %s (one-sided non-inferiority at alpha). \"Not "
        "repressed\" and \"equal\" are claimed only from two one-sided tests within %s to %s.%s",
        s->effect_rule == DLU_EFFECT_POINT ? "a fold" : "the upper end of its fold's interval",
        dlu_text_from_double(s->theta, theta), margin, margin,
        dlu_text_rounded(1 / s->equivalence, 3, upper),
        s->ev_correct == DLU_EV_OFF ? ""
                                    : " Effects on WT and mutant were taken relative to the empty "
                                      "vector where it stands beside them.");
}

static const char *correction(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena)
{
    static const char *const names[] = {"Holm's correction", "the Benjamini-Hochberg correction",
                                        NULL};
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        n += !isnan(v->findings[i].p_direct) && !v->findings[i].technical_only;
    if (!names[e->settings->adjust])
        return "p_direct was not corrected for the number of comparisons.";
    return dlu_arena_printf(arena,
                            "p_direct was adjusted over the %zu comparison%s of this run by "
                            "%s.",
                            n, n == 1 ? "" : "s", names[e->settings->adjust]);
}

/* What stands under a figure of relative activity. */
static const char *legend(const dlu_experiment *e, dlu_arena *arena)
{
    char level[DLU_NUMBER_SIZE];
    size_t least = 0, most = 0;
    for (size_t i = 0; i < e->n_arms; i++) {
        size_t n = e->arms[i].n_units;
        if (!n)
            continue;
        least = !least || n < least ? n : least;
        most = n > most ? n : most;
    }
    const char *range = least == most ? dlu_arena_printf(arena, "%zu", most)
                                      : dlu_arena_printf(arena, "%zu to %zu", least, most);
    if (!range)
        return NULL;
    return dlu_arena_printf(
        arena,
        "Figure legend: Relative luciferase activity (%s / %s, relative to the control arm of the "
        "same construct). Bars, ratios of geometric means; lines, their %s %% confidence "
        "intervals; points, biological replicates, each over its control; n = %s transfections an "
        "arm.",
        e->settings->reporter, e->settings->control,
        dlu_text_from_double(round(1e6 * (1 - e->settings->alpha)) / 1e4, level), range);
}

bool dlu_model_methods(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena,
                       dlu_result *result)
{
    const char **list = dlu_arena_alloc(arena, PARAGRAPHS, sizeof *list);
    if (!list)
        return false;
    list[READING] = reading(e, arena);
    list[UNITS] = units(e, arena);
    list[TESTS] = tests(e, v, arena);
    list[DECISION] = decision(e, arena);
    list[CORRECTION] = correction(e, v, arena);
    list[SOFTWARE] = dlu_arena_printf(
        arena, "Computed with dualuc %s; distribution functions of the GNU Scientific Library.",
        dlu_version());
    list[LEGEND] = legend(e, arena);
    result->methods = list;
    result->n_methods = PARAGRAPHS;
    for (size_t i = 0; i < PARAGRAPHS; i++)
        if (!list[i])
            return false;
    return true;
}
