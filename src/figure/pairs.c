/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/pairs.h"

#include <math.h>

#include "base/say.h"

double dlu_slot_middle(const dlu_slot *s, size_t site)
{
    return s->x + s->site * ((double)site + 0.5) + s->gap * (double)site;
}

const char *dlu_slot_site_name(dlu_draw *d, const dlu_fig_pair *pair, size_t site)
{
    return dlu_fig_name(d->o, pair->sites[site].construct, d->arena);
}

/* The widest of what stands over a construct. */
static double labels_width(dlu_draw *d, const dlu_fig_pair *p)
{
    double widest = 0;
    for (size_t s = 0; s < p->n_sites && d->o->brackets != DLU_BRACKETS_NONE; s++) {
        const char *own = dlu_fig_p(d->o, dlu_draw_p_site(p, &p->sites[s]), d->arena);
        const char *with = dlu_fig_p(d->o, dlu_draw_p_interaction(p, &p->sites[s]), d->arena);
        widest = fmax(widest, own ? dlu_draw_small_width(d, own) : 0);
        widest = fmax(widest, with ? dlu_draw_small_width(d, with) : 0);
    }
    return widest;
}

/* Width that a construct of this pair needs: what stands over it and under it. */
static double site_width(dlu_draw *d, const dlu_slots *slots, const dlu_fig_pair *p)
{
    double width = fmax(slots->least_site, labels_width(d, p) + d->t.unit);
    for (size_t s = 0; s < p->n_sites; s++) {
        const char *name = slots->site_name(d, p, s);
        /* a name up to this width widens its construct; a longer one is broken */
        double needs = name ? dlu_face_widest(&d->face, name, d->t.size, false) : 0;
        width = fmax(width, fmin(needs, 36 * d->t.unit));
    }
    return width;
}

static bool fill_slot(dlu_draw *d, const dlu_fig_pair *p, double site, dlu_slot *slot)
{
    size_t n = p->n_sites;
    *slot = (dlu_slot){.pair = p, .gap = 5 * d->t.unit, .site = site};
    slot->name = dlu_fig_pair_name(d->o, &d->data, p, d->arena);
    if (!slot->name)
        return false;
    slot->width = slot->site * (double)n + slot->gap * (double)(n - 1);
    double word = fmin(dlu_face_widest(&d->face, slot->name, d->t.size, false), 60 * d->t.unit);
    if (word > slot->width) {
        slot->site += (word - slot->width) / (double)n;
        slot->width = word;
    }
    return true;
}

/* Constructs are as wide in every pair, so that rows stand under each other. */
static bool fill_slots(dlu_draw *d, dlu_slots *slots)
{
    double site = 0;
    slots->n = d->data.n_pairs;
    slots->items = dlu_arena_alloc(d->arena, slots->n + 1, sizeof *slots->items);
    if (!slots->items)
        return false;
    for (size_t i = 0; i < slots->n; i++)
        site = fmax(site, site_width(d, slots, &d->data.pairs[i]));
    for (size_t i = 0; i < slots->n; i++)
        if (!fill_slot(d, &d->data.pairs[i], site, &slots->items[i]))
            return false;
    return true;
}

/* Names of constructs, the line that holds a pair together, and its name. Returns the height. */
static double draw_names(dlu_draw *d, dlu_canvas *c, const dlu_slots *slots, const dlu_slot *s,
                         double y, double sites_height)
{
    const dlu_theme *t = &d->t;
    double first = y + 2.5 * t->unit + DLU_ASCENT * t->size;
    for (size_t k = 0; k < s->pair->n_sites; k++)
        dlu_draw_lines(d, c, dlu_slot_middle(s, k), first, s->site + s->gap * 0.6, t->size,
                       slots->site_name(d, s->pair, k));
    double line = y + 2.5 * t->unit + sites_height + 2 * t->unit;
    dlu_canvas_line(c, DLU_FIGURE_LINE, s->x, line, s->x + s->width, line,
                    dlu_ink_line(t->text, t->thin));
    return line - y + 1.5 * t->unit +
           dlu_draw_lines(d, c, s->x + s->width / 2, line + 1.5 * t->unit + DLU_ASCENT * t->size,
                          s->width + slots->between * 0.7, t->size, s->name);
}

/* Height of the highest stack of names of constructs in a row. */
static double names_height(dlu_draw *d, const dlu_slots *slots, size_t first, size_t n)
{
    double height = 0;
    for (size_t i = first; i < first + n; i++) {
        const dlu_slot *s = &slots->items[i];
        for (size_t k = 0; k < s->pair->n_sites; k++) {
            dlu_lines lines;
            const char *name = slots->site_name(d, s->pair, k);
            if (name && dlu_face_wrap(&d->face, name, d->t.size, false, s->site + s->gap * 0.6,
                                      d->arena, &lines))
                height = fmax(height, 1.2 * d->t.size * (double)lines.n);
        }
    }
    return height;
}

/* Where bars stand on; where nothing stands on it, 1 as a broken line. */
static void draw_base(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, bool zero, double left,
                      double right)
{
    zero = zero && !a->log2;
    double y = dlu_axis_at(a, zero ? 0 : 1);
    dlu_ink ink = dlu_ink_line(zero ? d->t.text : d->t.grey, zero ? d->t.line : d->t.thin);
    ink.dash = zero ? NULL : "2 2";
    dlu_canvas_line(c, DLU_FIGURE_LINE, left - (zero ? d->t.line / 2 : 0), y, right, y, ink);
}

static void draw_row(dlu_draw *d, dlu_slots *slots, size_t first, size_t n, dlu_canvas *c)
{
    double x = slots->left + slots->between / 2, below = 0;
    double axis_end = slots->lower.n_ticks ? slots->lower.from : slots->axis.from;
    double bottom = axis_end + slots->under, height = names_height(d, slots, first, n);
    dlu_axis_draw_left(d, c, &slots->axis, slots->left, slots->title);
    if (slots->lower.n_ticks)
        dlu_axis_draw_left(d, c, &slots->lower, slots->left, slots->lower_title);
    double right = slots->left;
    for (size_t i = first; i < first + n; i++)
        right += slots->items[i].width + slots->between;
    draw_base(d, c, &slots->axis, slots->zero, slots->left, right);
    if (slots->lower.n_ticks)
        draw_base(d, c, &slots->lower, false, slots->left, right);
    for (size_t i = first; i < first + n; i++) {
        dlu_slot *s = &slots->items[i];
        s->x = x;
        dlu_canvas_group(c, s->pair->target ? s->pair->target : "pair");
        slots->draw(d, c, slots, s);
        below = fmax(below, draw_names(d, c, slots, s, bottom, height));
        dlu_canvas_end(c);
        x += s->width + slots->between;
    }
    double top = fmin(dlu_canvas_top(c, 0, -INFINITY, INFINITY, 0), 0);
    dlu_canvas_shift(c, 0, 0, -top + d->t.unit);
    c->width = right;
    c->height = bottom + below - top + d->t.unit;
}

/* How many of the pairs from the first on fit beside each other. */
static size_t fit(const dlu_slots *slots, size_t first, size_t most)
{
    double x = slots->left;
    size_t n = 0;
    for (; first + n < slots->n && n < most; n++) {
        x += slots->items[first + n].width + slots->between;
        if (x > slots->right + 0.01)
            break;
    }
    return n;
}

static size_t count_rows(const dlu_slots *slots, size_t most)
{
    size_t rows = 0;
    for (size_t at = 0; at < slots->n; rows++) {
        size_t n = fit(slots, at, most);
        at += n ? n : 1;
    }
    return rows;
}

/* Rows of about the same number of pairs. */
static size_t most_a_row(const dlu_slots *slots)
{
    size_t rows = count_rows(slots, slots->n), most = slots->n;
    while (most > 1 && count_rows(slots, most - 1) == rows)
        most--;
    return most;
}

/* The rows take some of the width that the fullest of them leaves. */
static void spread(const dlu_draw *d, dlu_slots *slots, size_t most)
{
    double fullest = 0;
    for (size_t at = 0, n; at < slots->n; at += n) {
        double used = slots->left;
        n = fit(slots, at, most);
        for (size_t i = at; i < at + n; i++)
            used += slots->items[i].width + slots->between;
        fullest = fmax(fullest, used);
    }
    slots->between += fmin((slots->right - fullest) / (double)most, 16 * d->t.unit);
}

static void add_lower(dlu_draw *d, dlu_slots *slots, bool octaves, bool alone)
{
    double gap = 20 * d->t.unit, height = (alone ? 0.5 : 0.4) * d->t.plot;
    slots->lower = dlu_axis_of(slots->lower_range, octaves, false, slots->axis.from + gap + height,
                               slots->axis.from + gap);
    slots->left = fmax(slots->left, dlu_axis_room(d, &slots->lower, slots->lower_title));
}

dlu_status dlu_slots_draw(dlu_draw *d, double width, dlu_slots *slots, const dlu_range *range,
                          dlu_sheet *sheet)
{
    bool octaves = d->o->axis == DLU_AXIS_LOG2;
    slots->between = 14 * d->t.unit;
    if (!sheet || !fill_slots(d, slots))
        return dlu_fail_memory(d->err);
    bool alone = true;
    for (unsigned pass = 0; pass < 2; pass++) {
        double height = alone ? d->t.plot : 0.72 * d->t.plot;
        slots->axis = dlu_axis_of(range, octaves, slots->zero, height, 0);
        slots->left = dlu_axis_room(d, &slots->axis, slots->title);
        if (slots->lower_range)
            add_lower(d, slots, octaves, alone);
        slots->right = width;
        alone = count_rows(slots, slots->n) < 2;
    }
    for (size_t i = 0; i < slots->n; i++)
        if (!fit(slots, i, 1))
            return dlu_draw_too_narrow(
                d, width, slots->left + slots->items[i].width + slots->between + 8 * d->t.unit,
                "the labels");
    size_t most = most_a_row(slots);
    spread(d, slots, most);
    for (size_t at = 0, n; at < slots->n; at += n) {
        n = fit(slots, at, most);
        dlu_canvas *row = dlu_sheet_row(d, sheet);
        if (!row)
            return dlu_fail_memory(d->err);
        draw_row(d, slots, at, n, row);
    }
    return DLU_OK;
}

void dlu_draw_spread(const double *y, size_t n, double radius, double width, double *dx)
{
    double step = 2.3 * radius;
    if (step * (double)n <= width + 0.3 * radius) {
        for (size_t i = 0; i < n; i++)
            dx[i] = step * ((double)i - (double)(n - 1) / 2);
        return;
    }
    /* nearest to the middle where none stands yet; at the edge they may cover each other */
    double half = fmax(width / 2 - radius, 0), fine = radius / 2;
    for (size_t i = 0; i < n; i++) {
        dx[i] = 0;
        for (unsigned k = 0; (double)((k + 1) / 2) * fine <= half; k++) {
            double at = (k % 2 ? 1 : -1) * (double)((k + 1) / 2) * fine;
            bool free = true;
            for (size_t j = 0; j < i && free; j++)
                free = hypot(dx[j] - at, y[j] - y[i]) >= 2.1 * radius;
            if (free) {
                dx[i] = at;
                break;
            }
        }
    }
}
