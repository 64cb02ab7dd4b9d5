/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/say.h"
#include "figure/legend.h"
#include "figure/pairs.h"

/* Estimates: the folds of WT and mutants over one axis, and under them, on another, what the site
 * makes of it. */

static void draw_mark(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double x, double fold,
                      double low, double high, dlu_shape shape, dlu_ink ink)
{
    if (!isfinite(fold))
        return;
    dlu_axis_interval(d, c, a, x, low, high, 0, dlu_ink_line(ink.stroke, 1.8 * d->t.line), true);
    dlu_item *mark = dlu_canvas_shape(c, shape, x, dlu_axis_cut(a, fold), 1.9 * d->t.radius, ink);
    if (mark) {
        mark->value = fold;
        mark->mark = DLU_FIGURE_BAR;
    }
}

static void draw_site(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const dlu_fig_pair *p,
                      double x, const dlu_fig_site *site)
{
    dlu_hue hue = dlu_theme_hue(d->o, site->hue);
    const dlu_fig_arm *arm = &site->treated;
    const dlu_fig_point *points = p->technical ? arm->wells : arm->points;
    size_t n = p->technical ? arm->n_wells : arm->n;
    double *y = dlu_arena_alloc(d->arena, n + 1, sizeof *y);
    double *dx = dlu_arena_alloc(d->arena, n + 1, sizeof *dx);
    double radius = (p->technical ? 0.6 : 0.85) * d->t.radius;
    if (!y || !dx)
        return;
    dlu_canvas_group(
        c, dlu_arena_printf(d->arena, "%s-%s", p->target ? p->target : "pair", site->construct));
    for (size_t i = 0; i < n; i++)
        y[i] = dlu_axis_cut(a, points[i].fold);
    dlu_draw_spread(y, n, radius, 9 * d->t.unit, dx);
    for (size_t i = 0; i < n; i++) {
        dlu_item *dot = dlu_canvas_shape(c, DLU_SHAPE_CIRCLE, x - 8.5 * d->t.unit + dx[i], y[i],
                                         radius, (dlu_ink){"#FFFFFF", hue.edge, d->t.thin, NULL});
        if (dot)
            dot->value = points[i].fold;
    }
    if (!isfinite(arm->fold))
        dlu_draw_not_tested(d, c, x, a->from);
    if (d->t.hatched)
        hue = (dlu_hue){site->hue ? "#FFFFFF" : "#000000", "#FFFFFF", "#000000"};
    draw_mark(d, c, a, x + 3 * d->t.unit, arm->fold, arm->low, arm->high, DLU_SHAPE_CIRCLE,
              (dlu_ink){hue.full, hue.edge, d->t.line, NULL});
    dlu_canvas_end(c);
}

static void draw_interaction(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const dlu_fig_pair *p,
                             double x, const dlu_fig_site *site)
{
    const dlu_verdict_row *v = site->verdict;
    size_t from = c->items.n;
    if (!v || !isfinite(v->interaction_fold))
        return;
    dlu_canvas_group(
        c, dlu_arena_printf(d->arena, "%s-WT-%s", p->target ? p->target : "pair", site->construct));
    draw_mark(
        d, c, a, x, v->interaction_fold, v->interaction_fold_low, v->interaction_fold_high,
        DLU_SHAPE_DIAMOND,
        (dlu_ink){p->technical || p->failed ? "#FFFFFF" : "#1A1A1A", "#1A1A1A", d->t.line, NULL});
    const char *label = d->o->brackets == DLU_BRACKETS_NONE
                            ? ""
                            : dlu_fig_p(d->o, dlu_draw_p_interaction(p, site), d->arena);
    if (label && *label)
        dlu_canvas_text(c, x,
                        dlu_canvas_top(c, from, -INFINITY, INFINITY, a->to) -
                            DLU_DESCENT * d->t.small - d->t.unit,
                        DLU_MIDDLE, d->t.small, label);
    dlu_canvas_end(c);
}

static void draw_slot(dlu_draw *d, dlu_canvas *c, const dlu_slots *slots, const dlu_slot *slot)
{
    const dlu_fig_pair *p = slot->pair;
    for (size_t s = 0; s < p->n_sites; s++)
        draw_site(d, c, &slots->axis, p, dlu_slot_middle(slot, s), &p->sites[s]);
    for (size_t s = 1; s < p->n_sites && slots->lower.n_ticks; s++) {
        /* between the two that are compared; of several mutants, under each */
        double x = p->n_sites == 2 ? (dlu_slot_middle(slot, 0) + dlu_slot_middle(slot, 1)) / 2
                                   : dlu_slot_middle(slot, s);
        draw_interaction(d, c, &slots->lower, p, x, &p->sites[s]);
    }
}

static dlu_range range_of(const dlu_draw *d, dlu_range *lower)
{
    dlu_range range = dlu_range_new();
    *lower = dlu_range_new();
    dlu_range_mark(&range, 1);
    for (size_t i = 0; i < d->data.n_pairs; i++)
        for (size_t s = 0; s < d->data.pairs[i].n_sites; s++) {
            const dlu_fig_pair *p = &d->data.pairs[i];
            const dlu_fig_arm *arm = &p->sites[s].treated;
            const dlu_verdict_row *v = p->sites[s].verdict;
            dlu_range_mark(&range, arm->fold);
            dlu_range_interval(&range, arm->low, arm->high);
            for (size_t k = 0; k < (p->technical ? arm->n_wells : arm->n); k++)
                dlu_range_mark(&range, (p->technical ? arm->wells : arm->points)[k].fold);
            if (!v)
                continue;
            dlu_range_mark(lower, v->interaction_fold);
            dlu_range_interval(lower, v->interaction_fold_low, v->interaction_fold_high);
        }
    return range;
}

dlu_status dlu_draw_delta(dlu_draw *d, double width, dlu_sheets *sheets)
{
    dlu_range lower, range = range_of(d, &lower);
    bool has_lower = isfinite(lower.low);
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, "delta", "Folds and their interaction");
    dlu_slots slots = {.title = "Fold of control",
                       .lower_title = "WT / mutant",
                       .lower_range = has_lower ? &lower : NULL,
                       .draw = draw_slot,
                       .site_name = dlu_slot_site_name,
                       .least_site = 28 * d->t.unit};
    if (!sheet)
        return dlu_fail_memory(d->err);
    if (!d->data.n_pairs)
        return dlu_draw_nothing(d, "delta", "no pair of a target and a microRNA");
    dlu_range_mark(&lower, 1);
    sheet->legend = dlu_legend_delta(d);
    return dlu_slots_draw(d, width, &slots, &range, sheet);
}
