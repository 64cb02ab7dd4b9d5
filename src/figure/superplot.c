/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/legend.h"
#include "figure/pairs.h"

/* The replicates themselves: a shape each, its wells small and pale around it, joined where control
 * and treatment share a block. Lord et al. 2020, J. Cell Biol. 219:e202001064. */

#define MINUS "\xE2\x88\x92"

static double column(const dlu_draw *d, const dlu_slot *slot, size_t site, bool treated)
{
    double aside = 8.5 * d->t.unit;
    return dlu_slot_middle(slot, site) + (treated ? aside : -aside);
}

/* Shapes first, then shades: 18 replicates look each their own. */
static dlu_shape shape_of(size_t block)
{
    return (dlu_shape)(block % DLU_SHAPE_COUNT);
}

static const char *shade_of(const dlu_draw *d, dlu_hue hue, size_t block)
{
    if (d->t.hatched)
        hue = (dlu_hue){"#595959", "#D9D9D9", "#000000"};
    const char *const shades[] = {hue.full, hue.pale, "#FFFFFF"};
    return shades[block % 3];
}

static double offset(const dlu_draw *d, const dlu_fig_pair *p, size_t block)
{
    double step = fmin(4.2 * d->t.unit, 12 * d->t.unit / fmax(1, (double)p->n_blocks - 1));
    return step * ((double)block - (double)(p->n_blocks - 1) / 2);
}

static void draw_joins(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const dlu_slot *slot,
                       size_t site)
{
    const dlu_fig_pair *p = slot->pair;
    const dlu_fig_arm *from = &p->sites[site].control, *to = &p->sites[site].treated;
    for (size_t i = 0; i < from->n; i++)
        for (size_t k = 0; k < to->n; k++)
            if (from->points[i].block == to->points[k].block)
                dlu_canvas_line(c, DLU_FIGURE_LINE,
                                column(d, slot, site, false) + offset(d, p, from->points[i].block),
                                dlu_axis_cut(a, from->points[i].fold),
                                column(d, slot, site, true) + offset(d, p, to->points[k].block),
                                dlu_axis_cut(a, to->points[k].fold),
                                dlu_ink_line("#A6A6A6", d->t.thin));
}

static void draw_wells(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double x,
                       const dlu_fig_pair *p, const dlu_fig_arm *arm, dlu_hue hue)
{
    double radius = (p->technical ? 0.9 : 0.55) * d->t.radius;
    for (size_t i = 0; i < arm->n_wells; i++) {
        const dlu_fig_point *w = &arm->wells[i];
        dlu_item *mark = dlu_canvas_shape(
            c, shape_of(w->block), x + offset(d, p, w->block), dlu_axis_cut(a, w->fold), radius,
            (dlu_ink){"#FFFFFF", p->technical ? hue.edge : "#9A9A9A", 0.6 * d->t.thin, NULL});
        if (mark)
            mark->value = w->fold;
    }
}

static void draw_arm(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const dlu_slot *slot,
                     size_t site, bool treated)
{
    const dlu_fig_pair *p = slot->pair;
    const dlu_fig_site *s = &p->sites[site];
    const dlu_fig_arm *arm = treated ? &s->treated : &s->control;
    double x = column(d, slot, site, treated);
    dlu_hue hue = dlu_theme_hue(d->o, s->hue);
    dlu_canvas_group(c, dlu_arena_printf(d->arena, "%s-%s-%s", p->target ? p->target : "pair",
                                         s->construct, arm->treatment));
    draw_wells(d, c, a, x, p, arm, hue);
    if (treated && !isfinite(arm->fold))
        dlu_draw_not_tested(d, c, x, a->from);
    if (isfinite(arm->fold)) {
        dlu_axis_interval(d, c, a, x, arm->low, arm->high, 2.2 * d->t.unit,
                          dlu_ink_line("#000000", d->t.line), true);
        double half = 6.5 * d->t.unit, y = dlu_axis_cut(a, arm->fold);
        dlu_item *mean = dlu_canvas_line(c, DLU_FIGURE_BAR, x - half, y, x + half, y,
                                         dlu_ink_line("#000000", 1.6 * d->t.line));
        if (mean)
            mean->value = arm->fold;
    }
    for (size_t i = 0; !p->technical && i < arm->n; i++) {
        const dlu_fig_point *point = &arm->points[i];
        dlu_item *mark =
            dlu_canvas_shape(c, shape_of(point->block), x + offset(d, p, point->block),
                             dlu_axis_cut(a, point->fold), 1.45 * d->t.radius,
                             (dlu_ink){shade_of(d, hue, point->block),
                                       d->t.outlined ? "#000000" : hue.edge, d->t.line, NULL});
        if (mark)
            mark->value = point->fold;
    }
    dlu_canvas_end(c);
}

static void draw_slot(dlu_draw *d, dlu_canvas *c, const dlu_slots *slots, const dlu_slot *slot)
{
    const dlu_fig_pair *p = slot->pair;
    size_t from = c->items.n;
    /* below a mark that stands on the axis */
    double baseline = slots->axis.from + 3 * d->t.unit + DLU_ASCENT * d->t.size;
    for (size_t s = 0; s < p->n_sites; s++) {
        if (p->blocked)
            draw_joins(d, c, &slots->axis, slot, s);
        for (unsigned treated = 0; treated < 2; treated++)
            draw_arm(d, c, &slots->axis, slot, s, treated);
    }
    double y =
        dlu_canvas_top(c, from, slot->x, slot->x + slot->width, slots->axis.from) - 4 * d->t.unit;
    for (size_t s = 0; s < p->n_sites; s++)
        for (unsigned treated = 0; treated < 2; treated++)
            dlu_canvas_text(c, column(d, slot, s, treated), baseline, DLU_MIDDLE, d->t.size,
                            treated ? "+" : MINUS);
    if (d->o->brackets == DLU_BRACKETS_NONE)
        return;
    for (size_t s = 0; s < p->n_sites; s++)
        dlu_draw_bracket(d, c, from, column(d, slot, s, false), column(d, slot, s, true), y,
                         dlu_fig_p(d->o, dlu_draw_p_site(p, &p->sites[s]), d->arena));
    for (size_t s = 1; s < p->n_sites; s++)
        dlu_draw_bracket(d, c, from, dlu_slot_middle(slot, 0), dlu_slot_middle(slot, s), NAN,
                         dlu_fig_p(d->o, dlu_draw_p_interaction(p, &p->sites[s]), d->arena));
}

/* The same blocks in every pair, so that a shape has one name. */
static bool marks_agree(const dlu_fig_data *data)
{
    const dlu_fig_pair *first = &data->pairs[0];
    for (size_t i = 0; i < data->n_pairs; i++) {
        const dlu_fig_pair *p = &data->pairs[i];
        if (p->n_blocks != first->n_blocks)
            return false;
        for (size_t b = 0; b < p->n_blocks; b++)
            if (!p->marks[b] || dlu_text_compare(p->marks[b], first->marks[b]) != 0)
                return false;
    }
    return first->n_blocks > 0 && first->n_blocks <= 12;
}

typedef struct key {
    dlu_canvas *c;
    double x, y, width;
} key;

static void put_key(dlu_draw *d, key *k, const char *sign, size_t block, const char *text)
{
    double mark = sign ? dlu_draw_width(d, sign) : 2 * 1.3 * d->t.radius;
    double needs = mark + 3 * d->t.unit + (text ? dlu_draw_width(d, text) : 0);
    if (k->x > 0 && k->x + needs > k->width) {
        k->x = 0;
        k->y += 1.4 * d->t.size;
    }
    if (sign)
        dlu_canvas_text(k->c, k->x, k->y, DLU_START, d->t.size, sign);
    else {
        dlu_item *shape = dlu_canvas_shape(
            k->c, shape_of(block), k->x + mark / 2, k->y - 0.35 * d->t.size, 1.3 * d->t.radius,
            (dlu_ink){shade_of(d, (dlu_hue){"#595959", "#D9D9D9", ""}, block), "#000000", d->t.thin,
                      NULL});
        if (shape)
            shape->mark = DLU_FIGURE_AREA;
    }
    dlu_canvas_text(k->c, k->x + mark + 3 * d->t.unit, k->y, DLU_START, d->t.size, text);
    k->x += needs + 10 * d->t.unit;
}

static dlu_canvas *draw_key(dlu_draw *d, double width)
{
    const dlu_fig_pair *p = &d->data.pairs[0];
    key k = {dlu_canvas_new(d->arena, &d->face), 0, d->t.size, width};
    const char *control = d->data.many_treatments
                              ? "control"
                              : dlu_fig_treatment(d->o, p->sites[0].control.treatment, d->arena);
    const char *treated = d->data.many_treatments ? "treated"
                          : d->data.many_mirnas
                              ? dlu_fig_treatment(d->o, p->treatment, d->arena)
                              : dlu_fig_agent(d->o, p, !d->data.many_doses, d->arena);
    if (!k.c)
        return NULL;
    put_key(d, &k, MINUS, 0, control);
    put_key(d, &k, "+", 0, treated);
    for (size_t b = 0; marks_agree(&d->data) && b < p->n_blocks; b++)
        put_key(d, &k, NULL, b, dlu_fig_name(d->o, p->marks[b], d->arena));
    k.c->width = width;
    k.c->height = k.y + 0.3 * d->t.size;
    return k.c;
}

static dlu_range range_of(const dlu_draw *d)
{
    dlu_range range = dlu_draw_range(d);
    for (size_t i = 0; i < d->data.n_pairs; i++)
        for (size_t s = 0; s < d->data.pairs[i].n_sites; s++) {
            const dlu_fig_site *site = &d->data.pairs[i].sites[s];
            for (size_t w = 0; w < site->control.n_wells; w++)
                dlu_range_mark(&range, site->control.wells[w].fold);
            for (size_t w = 0; w < site->treated.n_wells; w++)
                dlu_range_mark(&range, site->treated.wells[w].fold);
        }
    return range;
}

dlu_status dlu_draw_superplot(dlu_draw *d, double width, dlu_sheets *sheets)
{
    dlu_range range = range_of(d);
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, "superplot", "Replicates and their wells");
    dlu_slots slots = {.title = "Relative luciferase activity",
                       .draw = draw_slot,
                       .zero = true,
                       .site_name = dlu_slot_site_name,
                       .under = 1.3 * d->t.size,
                       .least_site = 32 * d->t.unit};
    if (!sheet)
        return dlu_fail_memory(d->err);
    if (!d->data.n_pairs)
        return dlu_draw_nothing(d, "superplot", "no pair of a target and a microRNA");
    sheet->key = draw_key(d, width);
    sheet->legend = dlu_legend_superplot(d);
    return dlu_slots_draw(d, width, &slots, &range, sheet);
}
