/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/legend.h"

/* Quality: the light of the control channel in every arm, which should not follow the treatment,
 * and the blanks of every plate, which should be alike. */

typedef struct strip {
    const char *name;
    const dlu_group_row *group; /* of an arm */
    const char *plate;          /* of blanks */
    bool reporter;              /* which light of the blanks */
    dlu_lines lines;
} strip;

static bool same(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

static bool is_in(const dlu_well_row *w, const strip *s)
{
    if (s->plate)
        return same(w->plate, s->plate) && w->role && !strncmp(w->role, "blank", 5);
    const dlu_group_row *g = s->group;
    return w->used && same(w->target, g->target) && same(w->construct, g->construct) &&
           same(w->treatment, g->treatment) && same(w->mirna, g->mirna) &&
           (w->dose_nM == g->dose_nM || (isnan(w->dose_nM) && isnan(g->dose_nM)));
}

static double light_of(const dlu_well_row *w, const strip *s)
{
    double light = s->plate ? (s->reporter ? w->reporter : w->control) : w->control_net;
    return light > 0 ? light : NAN;
}

static const char *arm_name(dlu_draw *d, const dlu_group_row *g)
{
    char number[DLU_NUMBER_SIZE];
    const char *target = dlu_fig_name(d->o, g->target, d->arena);
    const char *construct = dlu_fig_name(d->o, g->construct, d->arena);
    const char *mirna = dlu_fig_name(d->o, g->mirna, d->arena);
    const char *how = dlu_fig_treatment(d->o, g->treatment, d->arena);
    if (!target || !construct || !mirna || !how)
        return NULL;
    const char *name = *target ? dlu_arena_printf(d->arena, "\1%s\1 %s, ", target, construct)
                               : dlu_arena_printf(d->arena, "%s, ", construct);
    if (name && *mirna)
        name = dlu_arena_printf(d->arena, "%s%s ", name, mirna);
    if (name)
        name = dlu_arena_printf(d->arena, "%s%s", name, how);
    return name && isfinite(g->dose_nM) ? dlu_arena_printf(d->arena, "%s, %s\xC2\xA0nM", name,
                                                           dlu_text_from_double(g->dose_nM, number))
                                        : name;
}

/* Rows of one axis: arms, or the blanks of plates. */
typedef struct strips {
    strip *items;
    size_t n;
    const char *title;
    double name_width, left, right;
    double low, high;
} strips;

static void measure(const dlu_draw *d, strips *all)
{
    all->low = INFINITY;
    all->high = -INFINITY;
    for (size_t s = 0; s < all->n; s++)
        for (size_t i = 0; i < d->result->n_wells; i++) {
            const dlu_well_row *w = &d->result->wells[i];
            double light = is_in(w, &all->items[s]) ? light_of(w, &all->items[s]) : NAN;
            all->low = isfinite(light) ? fmin(all->low, light) : all->low;
            all->high = isfinite(light) ? fmax(all->high, light) : all->high;
        }
}

static dlu_hue hue_of(const dlu_draw *d, const strip *s)
{
    size_t hue = 2;
    if (s->plate)
        hue = s->reporter ? 5 : 4;
    else if (s->group->construct && same(s->group->construct, "WT"))
        hue = 0;
    else if (s->group->construct && !strncmp(s->group->construct, "MUT", 3))
        hue = 1;
    if (d->t.hatched)
        return (dlu_hue){"#8C8C8C", "#FFFFFF", "#000000"};
    return dlu_theme_hue(d->o, hue);
}

static bool is_control(const strip *s)
{
    return s->group && s->group->treatment && strcmp(s->group->treatment, "mimic") != 0 &&
           strcmp(s->group->treatment, "inhibitor") != 0;
}

/* The blank that was taken off a plate's wells, as its quality check has it. */
static double blank_of(const dlu_result *r, const strip *s)
{
    const char *item = s->reporter ? "blank_reporter" : "blank_control";
    for (size_t i = 0; i < r->n_qc; i++)
        if (same(r->qc[i].plate, s->plate) && same(r->qc[i].item, item))
            return r->qc[i].value;
    return NAN;
}

static void put_strip(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const strip *s, double y)
{
    const dlu_result *r = d->result;
    dlu_hue hue = hue_of(d, s);
    dlu_ink ink = {is_control(s) ? hue.pale : hue.full, hue.edge, 0.8 * d->t.thin, NULL};
    size_t n = 0;
    for (size_t i = 0; i < r->n_wells; i++) {
        double light = is_in(&r->wells[i], s) ? light_of(&r->wells[i], s) : NAN;
        if (!isfinite(light))
            continue;
        /* three lanes, so that equal ones are seen */
        double aside = ((double)(n++ % 3) - 1) * 1.5 * d->t.unit;
        dlu_item *dot = dlu_canvas_shape(c, DLU_SHAPE_CIRCLE, dlu_axis_at(a, light), y + aside,
                                         0.8 * d->t.radius, ink);
        if (dot) {
            dot->value = light;
            dot->title = r->wells[i].well;
        }
    }
    double blank = s->plate ? blank_of(r, s) : NAN, half = 4.2 * d->t.unit;
    if (blank > 0)
        dlu_canvas_line(c, DLU_FIGURE_LINE, dlu_axis_cut(a, blank), y - half,
                        dlu_axis_cut(a, blank), y + half, dlu_ink_line("#000000", 1.6 * d->t.line));
}

static double height_of(const dlu_draw *d, const strip *s)
{
    return fmax(11 * d->t.unit, (1.2 * (double)s->lines.n + 0.4) * d->t.size);
}

static void put_names(dlu_draw *d, dlu_canvas *c, const strip *s, double right, double y)
{
    for (size_t i = 0; i < s->lines.n; i++)
        dlu_canvas_text(c, right,
                        y + 0.35 * d->t.size +
                            1.2 * d->t.size * ((double)i - (double)(s->lines.n - 1) / 2),
                        DLU_END, d->t.size, s->lines.lines[i]);
}

static dlu_status put_rows(dlu_draw *d, dlu_sheet *sheet, const strips *all)
{
    dlu_axis a = dlu_axis_decades(all->low, all->high, all->left, all->right);
    double most = 520 * (d->o->preset == DLU_PRESET_SLIDE ? 0.5 : 1);
    for (size_t at = 0; at < all->n;) {
        dlu_canvas *c = dlu_sheet_row(d, sheet);
        double y = 1.5 * d->t.size;
        if (!c)
            return dlu_fail_memory(d->err);
        dlu_item *title = dlu_canvas_text(c, 0, d->t.size, DLU_START, d->t.size, all->title);
        if (title)
            title->bold = true;
        for (size_t first = at; at < all->n && (at == first || y < most); at++) {
            double height = height_of(d, &all->items[at]);
            dlu_canvas_group(c, all->items[at].plate ? all->items[at].plate
                                                     : all->items[at].group->construct);
            put_names(d, c, &all->items[at], all->left - 4 * d->t.unit, y + height / 2);
            put_strip(d, c, &a, &all->items[at], y + height / 2);
            dlu_canvas_end(c);
            y += height;
        }
        c->height = y + dlu_axis_draw_below(d, c, &a, y, "Light (log scale)");
        c->width = all->right;
    }
    return DLU_OK;
}

static dlu_status put_strips(dlu_draw *d, double width, dlu_sheet *sheet, strips *all)
{
    const double u = d->t.unit;
    double widest = 0, word = 0;
    measure(d, all);
    if (!isfinite(all->low))
        return DLU_OK;
    for (size_t i = 0; i < all->n; i++) {
        if (!all->items[i].name)
            return dlu_fail_memory(d->err);
        widest = fmax(widest, dlu_draw_width(d, all->items[i].name));
        word = fmax(word, dlu_face_widest(&d->face, all->items[i].name, d->t.size, false));
    }
    all->name_width = fmin(widest, fmax(0.4 * width, word)) + 0.01;
    all->left = all->name_width + 6 * u;
    all->right = width - 12 * u;
    if (all->right - all->left < 60 * u)
        return dlu_draw_too_narrow(d, width,
                                   fmax(word + 78 * u, fmin(130 * u, widest + 78 * u)) + 9 * u,
                                   "names and light");
    for (size_t i = 0; i < all->n; i++)
        if (!dlu_face_wrap(&d->face, all->items[i].name, d->t.size, false, all->name_width,
                           d->arena, &all->items[i].lines))
            return dlu_fail_memory(d->err);
    return put_rows(d, sheet, all);
}

static dlu_status draw_arms(dlu_draw *d, double width, dlu_sheet *sheet)
{
    const dlu_result *r = d->result;
    strips all = {.items = dlu_arena_alloc(d->arena, r->n_groups + 1, sizeof(strip))};
    all.title = dlu_arena_printf(d->arena, "Control channel (%s), blank taken off, by arm",
                                 r->settings.control);
    if (!all.items || !all.title)
        return dlu_fail_memory(d->err);
    for (size_t i = 0; i < r->n_groups; i++)
        all.items[all.n++] = (strip){.name = arm_name(d, &r->groups[i]), .group = &r->groups[i]};
    return put_strips(d, width, sheet, &all);
}

static bool has_blanks(const dlu_result *r, const char *plate)
{
    strip s = {.plate = plate};
    for (size_t i = 0; i < r->n_wells; i++)
        if (is_in(&r->wells[i], &s))
            return true;
    return false;
}

static dlu_status draw_blanks(dlu_draw *d, double width, dlu_sheet *sheet)
{
    const dlu_result *r = d->result;
    strips all = {.items = dlu_arena_alloc(d->arena, 2 * r->n_wells + 2, sizeof(strip)),
                  .title = "Blanks by plate"};
    if (!all.items)
        return dlu_fail_memory(d->err);
    for (size_t i = 0; i < r->n_wells; i++) {
        const char *plate = r->wells[i].plate;
        if (!plate || (i && same(r->wells[i - 1].plate, plate)) || !has_blanks(r, plate))
            continue;
        const char *name = dlu_fig_name(d->o, plate, d->arena);
        for (unsigned reporter = 0; name && reporter < 2; reporter++)
            all.items[all.n++] = (strip){
                .name = dlu_arena_printf(d->arena, "%s, %s", name,
                                         reporter ? r->settings.reporter : r->settings.control),
                .plate = plate,
                .reporter = reporter};
        if (!name)
            return dlu_fail_memory(d->err);
    }
    return put_strips(d, width, sheet, &all);
}

dlu_status dlu_draw_qc(dlu_draw *d, double width, dlu_sheets *sheets)
{
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, "qc", "Control channel and blanks");
    if (!sheet)
        return dlu_fail_memory(d->err);
    dlu_status status = draw_arms(d, width, sheet);
    if (!status)
        status = draw_blanks(d, width, sheet);
    if (status)
        return status;
    sheet->legend = dlu_legend_qc(d);
    return sheet->rows.n ? DLU_OK : dlu_draw_nothing(d, "qc", "no well with light");
}
