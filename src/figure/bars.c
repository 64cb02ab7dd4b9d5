/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/say.h"
#include "figure/legend.h"
#include "figure/pairs.h"

/* Relative activity: a bar an arm, its interval, its replicates, and what was tested over them. */

static double between_bars(const dlu_draw *d)
{
    return 2.5 * d->t.unit;
}

/* Where the bar of an arm stands. */
static double bar_middle(const dlu_draw *d, const dlu_slot *slot, size_t site, bool treated)
{
    double aside = (d->t.bar + between_bars(d)) / 2;
    return dlu_slot_middle(slot, site) + (treated ? aside : -aside);
}

static void draw_bar(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, double x,
                     const dlu_fig_arm *arm, dlu_hue hue, bool treated)
{
    if (!isfinite(arm->fold))
        return;
    double base = dlu_axis_at(axis, axis->log2 ? 1 : 0), end = dlu_axis_cut(axis, arm->fold);
    dlu_ink ink = {treated ? hue.full : hue.pale, d->t.outlined ? "#000000" : hue.edge, d->t.thin,
                   NULL};
    dlu_item *bar = dlu_canvas_rect(c, DLU_FIGURE_BAR, x - d->t.bar / 2, fmin(base, end), d->t.bar,
                                    fabs(base - end), ink);
    if (bar)
        bar->value = arm->fold;
}

static void draw_dots(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, double x,
                      const dlu_fig_point *points, size_t n, double radius, dlu_ink ink)
{
    double *y = dlu_arena_alloc(d->arena, n + 1, sizeof *y);
    double *dx = dlu_arena_alloc(d->arena, n + 1, sizeof *dx);
    if (!y || !dx)
        return;
    for (size_t i = 0; i < n; i++)
        y[i] = dlu_axis_cut(axis, points[i].fold);
    dlu_draw_spread(y, n, radius, d->t.bar, dx);
    for (size_t i = 0; i < n; i++) {
        dlu_item *dot = dlu_canvas_shape(c, DLU_SHAPE_CIRCLE, x + dx[i], y[i], radius, ink);
        if (dot)
            dot->value = points[i].fold;
    }
}

static void draw_arm(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, const dlu_fig_pair *p,
                     double x, const dlu_fig_site *site, bool treated)
{
    const dlu_theme *t = &d->t;
    const dlu_fig_arm *arm = treated ? &site->treated : &site->control;
    dlu_hue hue = dlu_theme_hue(d->o, site->hue);
    dlu_canvas_group(c, dlu_arena_printf(d->arena, "%s-%s-%s", p->target ? p->target : "pair",
                                         site->construct, arm->treatment));
    draw_bar(d, c, axis, x, arm, hue, treated);
    if (treated && !isfinite(arm->fold))
        dlu_draw_not_tested(d, c, x, axis->from);
    dlu_ink pale = {"#FFFFFF", t->grey, 0.6 * t->thin, NULL};
    if (d->o->technical || p->technical)
        draw_dots(d, c, axis, x, arm->wells, arm->n_wells, 0.6 * t->radius, pale);
    if (isfinite(arm->fold))
        dlu_axis_interval(d, c, axis, x, arm->low, arm->high, 2.2 * t->unit,
                          dlu_ink_line("#000000", t->line), true);
    if (!p->technical)
        draw_dots(d, c, axis, x, arm->points, arm->n, t->radius,
                  (dlu_ink){"#FFFFFF", "#000000", t->thin, NULL});
    dlu_canvas_end(c);
}

static void draw_slot(dlu_draw *d, dlu_canvas *c, const dlu_slots *slots, const dlu_slot *slot)
{
    const dlu_fig_pair *p = slot->pair;
    size_t from = c->items.n;
    for (size_t s = 0; s < p->n_sites; s++)
        for (unsigned treated = 0; treated < 2; treated++)
            draw_arm(d, c, &slots->axis, p, bar_middle(d, slot, s, treated), &p->sites[s], treated);
    if (d->o->brackets == DLU_BRACKETS_NONE)
        return;
    double y =
        dlu_canvas_top(c, from, slot->x, slot->x + slot->width, slots->axis.from) - 4 * d->t.unit;
    for (size_t s = 0; s < p->n_sites; s++)
        dlu_draw_bracket(d, c, from, bar_middle(d, slot, s, false), bar_middle(d, slot, s, true), y,
                         dlu_fig_p(d->o, dlu_draw_p_site(p, &p->sites[s]), d->arena));
    for (size_t s = 1; s < p->n_sites; s++)
        dlu_draw_bracket(d, c, from, dlu_slot_middle(slot, 0), dlu_slot_middle(slot, s), NAN,
                         dlu_fig_p(d->o, dlu_draw_p_interaction(p, &p->sites[s]), d->arena));
}

static void add_arm(dlu_range *range, const dlu_draw *d, const dlu_fig_pair *p,
                    const dlu_fig_arm *arm)
{
    dlu_range_mark(range, arm->fold);
    dlu_range_interval(range, arm->low, arm->high);
    for (size_t i = 0; i < arm->n; i++)
        dlu_range_mark(range, arm->points[i].fold);
    for (size_t i = 0; (d->o->technical || p->technical) && i < arm->n_wells; i++)
        dlu_range_mark(range, arm->wells[i].fold);
}

dlu_range dlu_draw_range(const dlu_draw *d)
{
    dlu_range range = dlu_range_new();
    dlu_range_mark(&range, 1);
    for (size_t i = 0; i < d->data.n_pairs; i++)
        for (size_t s = 0; s < d->data.pairs[i].n_sites; s++) {
            const dlu_fig_pair *p = &d->data.pairs[i];
            add_arm(&range, d, p, &p->sites[s].control);
            add_arm(&range, d, p, &p->sites[s].treated);
        }
    return range;
}

dlu_status dlu_draw_bars(dlu_draw *d, double width, dlu_sheets *sheets)
{
    dlu_range range = dlu_draw_range(d);
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, "bars", "Relative luciferase activity");
    dlu_slots slots = {.title = "Relative luciferase activity",
                       .draw = draw_slot,
                       .zero = true,
                       .site_name = dlu_slot_site_name,
                       .least_site = 2 * d->t.bar + between_bars(d)};
    if (!sheet)
        return dlu_fail_memory(d->err);
    if (!d->data.n_pairs)
        return dlu_draw_nothing(d, "bars", "no pair of a target and a microRNA");
    sheet->key = dlu_draw_key(d, width);
    sheet->legend = dlu_legend_bars(d);
    return dlu_slots_draw(d, width, &slots, &range, sheet);
}
