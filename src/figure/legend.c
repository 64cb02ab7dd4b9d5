/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/legend.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Least and most of a count. */
typedef struct span {
    size_t least, most;
} span;

static void widen(span *s, size_t n)
{
    s->least = s->most || s->least ? (n < s->least ? n : s->least) : n;
    s->most = n > s->most ? n : s->most;
}

static const char *span_text(dlu_draw *d, span s)
{
    return s.least == s.most ? dlu_arena_printf(d->arena, "%zu", s.most)
                             : dlu_arena_printf(d->arena, "%zu to %zu", s.least, s.most);
}

static void count_arm(const dlu_draw *d, const dlu_fig_arm *arm, span *units, span *wells)
{
    size_t n = 0;
    if (!arm->n)
        return;
    for (size_t i = 0; i < arm->n; i++)
        n += d->result->units[arm->points[i].unit].n_wells;
    widen(units, arm->n);
    widen(wells, n);
}

/* "n = 3 biological replicates of each arm (9 technical wells)." */
static const char *counts(dlu_draw *d)
{
    span units = {0}, wells = {0};
    for (size_t i = 0; i < d->data.n_pairs; i++)
        for (size_t s = 0; s < d->data.pairs[i].n_sites; s++) {
            count_arm(d, &d->data.pairs[i].sites[s].control, &units, &wells);
            count_arm(d, &d->data.pairs[i].sites[s].treated, &units, &wells);
        }
    if (!units.most)
        return "";
    const char *n = span_text(d, units), *w = span_text(d, wells);
    return n && w ? dlu_arena_printf(d->arena,
                                     " \1n\1 = %s biological replicate%s of each arm "
                                     "(%s technical well%s in all).",
                                     n, units.most == 1 ? "" : "s", w, wells.most == 1 ? "" : "s")
                  : NULL;
}

/* What the model says of the pairs: blocks, want of replicates, failed quality. */
typedef struct traits {
    size_t technical, failed, blocked, unblocked, without_interval, infinite;
    bool tested, interaction;
    const char *method;
} traits;

static const char *method_words(const char *method)
{
    static const char *const words[][2] = {{"rcbd", "analysis of variance with blocks"},
                                           {"block", "each block's own difference"},
                                           {"split-block", "each construct by its own blocks"},
                                           {"welch", "Welch's t test"},
                                           {"student", "Student's t test"},
                                           {"satterthwaite", "contrast with unequal variances"},
                                           {"one-sample", "one-sample t test"}};
    for (size_t i = 0; method && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], method))
            return words[i][1];
    return method;
}

static void add_traits(traits *t, const dlu_draw *d, const dlu_fig_pair *p)
{
    (void)d;
    t->technical += p->technical;
    t->failed += p->failed;
    t->blocked += p->blocked;
    t->unblocked += !p->blocked;
    for (size_t s = 0; s < p->n_sites; s++) {
        const dlu_fig_site *site = &p->sites[s];
        t->without_interval += isfinite(site->treated.fold) && !isfinite(site->treated.low);
        t->tested |= isfinite(dlu_draw_p_site(p, site));
        t->interaction |= isfinite(dlu_draw_p_interaction(p, site));
        if (site->test && !t->method)
            t->method = site->test->method;
    }
}

static traits traits_of(const dlu_draw *d)
{
    traits t = {0};
    for (size_t i = 0; i < d->data.n_pairs; i++)
        add_traits(&t, d, &d->data.pairs[i]);
    return t;
}

static const char *correction(const dlu_draw *d)
{
    switch (d->result->settings.adjust) {
    case DLU_ADJUST_BH:
        return "Benjamini and Hochberg";
    case DLU_ADJUST_NONE:
        return NULL;
    default:
        return "Holm";
    }
}

/* Verdicts whose p were adjusted together. */
static size_t family(const dlu_draw *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->result->n_verdicts; i++)
        n += isfinite(d->result->verdicts[i].p_direct_adjusted);
    return n;
}

static const char *interaction_words(dlu_draw *d)
{
    const char *how = correction(d);
    size_t n = family(d);
    if (!n)
        return "the interaction, adjusted by Holm over the mutants of a pair";
    if (!how)
        return "the interaction, WT against mutant (the larger of its \1p\1 and that of WT; not "
               "corrected for the number of pairs)";
    if (n == 1)
        return "the interaction, WT against mutant (the larger of its \1p\1 and that of WT)";
    return dlu_arena_printf(d->arena,
                            "the interaction, WT against mutant (the larger of its \1p\1 and that "
                            "of WT, corrected by %s over %zu verdict%s)",
                            how, n, n == 1 ? "" : "s");
}

/* What stands over the marks. */
static const char *brackets(dlu_draw *d, const traits *t)
{
    if (d->o->brackets == DLU_BRACKETS_NONE || (!t->tested && !t->interaction))
        return "";
    const char *with = interaction_words(d), *stars = "";
    if (d->o->brackets == DLU_BRACKETS_STARS)
        stars = " * \1p\1 < 0.05, ** < 0.01, *** < 0.001, **** < 0.0001; n.s.: not below 0.05.";
    if (!with)
        return NULL;
    return dlu_arena_printf(d->arena,
                            " Brackets: two-sided \1p\1 (%s) of treatment against control in each "
                            "construct, not corrected%s%s.%s",
                            method_words(t->method ? t->method : "t test"),
                            t->interaction ? "; the taller ones: " : "", t->interaction ? with : "",
                            stars);
}

static const char *warnings(dlu_draw *d, const traits *t)
{
    const char *text = "";
    if (t->technical)
        text = dlu_arena_printf(d->arena,
                                " EXPLORATORY%s: one transfection an arm. The small points are "
                                "technical wells, which do not show whether the effect repeats; no "
                                "test is shown.",
                                t->technical < d->data.n_pairs ? " where points are small" : "");
    if (text && t->failed)
        text = dlu_arena_printf(d->arena,
                                "%s Quality control failed for %zu of %zu pairs: no "
                                "test is shown for them.",
                                text, t->failed, d->data.n_pairs);
    if (text && t->without_interval > 0 && t->technical < d->data.n_pairs)
        text =
            dlu_arena_printf(d->arena, "%s No interval where there is no second replicate.", text);
    return text;
}

static const char *channel(const char *name)
{
    return !strcmp(name, "renilla") ? "\1Renilla\1" : name;
}

static const char *relative_to(dlu_draw *d, const traits *t)
{
    const dlu_settings *s = &d->result->settings;
    const char *where = !t->unblocked ? " in the same block"
                        : t->blocked  ? " (in the same block where there are blocks)"
                                      : "";
    return dlu_arena_printf(d->arena,
                            "Ratio of %s to %s, relative to the control of the same "
                            "construct%s.",
                            channel(s->reporter), channel(s->control), where);
}

static const char *all(dlu_draw *d, const char *shown, bool with_brackets)
{
    traits t = traits_of(d);
    const char *relative = relative_to(d, &t), *n = counts(d), *warned = warnings(d, &t);
    const char *over = with_brackets ? brackets(d, &t) : "";
    return relative && n && warned && over && shown
               ? dlu_arena_printf(d->arena, "%s%s%s%s%s", relative, shown, n, over, warned)
               : NULL;
}

const char *dlu_legend_bars(dlu_draw *d)
{
    const char *level = dlu_fig_level(d->result->settings.alpha, d->arena);
    traits t = traits_of(d);
    bool repeated = t.technical < d->data.n_pairs;
    if (!level)
        return NULL;
    return all(d,
               dlu_arena_printf(d->arena, " Bars: geometric means; lines: %s%% intervals%s%s.",
                                level, repeated ? "; circles: biological replicates" : "",
                                d->o->technical ? "; small points: technical wells" : ""),
               true);
}

const char *dlu_legend_superplot(dlu_draw *d)
{
    const char *level = dlu_fig_level(d->result->settings.alpha, d->arena);
    traits t = traits_of(d);
    if (!level)
        return NULL;
    return all(
        d,
        dlu_arena_printf(d->arena,
                         " Each shape is one replicate%s; short lines: geometric means, with "
                         "%s%% intervals%s.",
                         t.blocked ? ", joined where control and treatment share its block" : "",
                         level, d->o->technical ? "; small points: technical wells" : ""),
        true);
}

const char *dlu_legend_delta(dlu_draw *d)
{
    const char *level = dlu_fig_level(d->result->settings.alpha, d->arena);
    if (!level)
        return NULL;
    bool mutant = false;
    for (size_t i = 0; i < d->data.n_pairs; i++)
        mutant |= d->data.pairs[i].n_sites > 1;
    return all(
        d,
        dlu_arena_printf(d->arena,
                         " Large marks: folds of treatment over control with %s%% intervals; "
                         "small marks: biological replicates.%s",
                         level,
                         mutant ? " Below, on an axis of its own, the interaction: the fold "
                                  "of WT over that of the mutant, 1 where the site makes no "
                                  "difference."
                                : ""),
        false);
}

const char *dlu_legend_forest(dlu_draw *d)
{
    const char *level = dlu_fig_level(d->result->settings.alpha, d->arena);
    const char *how = correction(d);
    if (!level)
        return NULL;
    const char *corrected =
        !family(d) ? ""
        : how      ? dlu_arena_printf(d->arena,
                                      " \1p\1: that of the verdict (the larger of WT and interaction), "
                                           "corrected by %s over %zu verdict%s.",
                                      how, family(d), family(d) == 1 ? "" : "s")
              : " \1p\1: that of the verdict (the larger of WT and interaction), not corrected for "
                "the number of pairs.";
    if (!corrected)
        return NULL;
    return all(d,
               dlu_arena_printf(d->arena,
                                " Folds with %s%% intervals, sorted by the interaction (WT over "
                                "mutant).%s",
                                level, corrected),
               false);
}

const char *dlu_legend_plate(dlu_draw *d)
{
    bool ratio = d->o->light == DLU_LIGHT_RATIO;
    return dlu_arena_printf(
        d->arena,
        "%s of each well%s; colours on a log scale. Outlined: wells with a flag; "
        "crossed out: wells that were left out. The sheet Wells says why.",
        ratio ? "Ratio" : "Raw light", ratio ? ", blanks taken off" : "");
}

const char *dlu_legend_qc(dlu_draw *d)
{
    (void)d;
    return "Points: wells; lines: the blank that was taken off. The control channel should not "
           "follow the treatment; the blanks of a plate should lie close together.";
}
