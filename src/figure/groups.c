/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/draw.h"

/* What the kinds of figures share. */

dlu_sheet *dlu_sheet_add(dlu_draw *d, dlu_sheets *sheets, const char *name, const char *title)
{
    dlu_sheet *sheet = DLU_VEC_ADD(d->arena, sheets, 100000);
    if (sheet)
        *sheet = (dlu_sheet){.name = name, .title = title};
    return sheet;
}

dlu_canvas *dlu_sheet_row(dlu_draw *d, dlu_sheet *sheet)
{
    dlu_canvas **row = sheet ? DLU_VEC_ADD(d->arena, &sheet->rows, 100000) : NULL;
    return row ? *row = dlu_canvas_new(d->arena, &d->face) : NULL;
}

double dlu_draw_width(const dlu_draw *d, const char *text)
{
    return dlu_face_width(&d->face, text, d->t.size, false);
}

double dlu_draw_small_width(const dlu_draw *d, const char *text)
{
    return dlu_face_width(&d->face, text, d->t.small, false);
}

double dlu_draw_lines(dlu_draw *d, dlu_canvas *c, double x, double y, double width, double size,
                      const char *text)
{
    dlu_lines lines;
    if (!text || !dlu_face_wrap(&d->face, text, size, false, width, d->arena, &lines))
        return 0;
    for (size_t i = 0; i < lines.n; i++)
        dlu_canvas_text(c, x, y + 1.2 * size * (double)i, DLU_MIDDLE, size, lines.lines[i]);
    return 1.2 * size * (double)lines.n;
}

dlu_status dlu_draw_too_narrow(dlu_draw *d, double width, double needed, const char *what)
{
    char hint[120];
    /* the width of what stands between the margins */
    width += 8 * d->t.unit;
    snprintf(hint, sizeof hint,
             "--width %.0fmm, a smaller --font-size, or shorter names by --labels",
             ceil(needed * 25.4 / 72));
    return dlu_fail(d->err, DLU_E_USAGE, "figure-too-narrow", NULL, hint,
                    "expected a width of at least %.0f mm for %s, found %.0f mm",
                    ceil(needed * 25.4 / 72), what, round(width * 25.4 / 72));
}

dlu_status dlu_draw_nothing(dlu_draw *d, const char *kind, const char *why)
{
    return dlu_fail(d->err, DLU_E_INPUT, "figure-empty", NULL,
                    "the sheets Messages and QC of the workbook say what could not be tested",
                    "%s: expected something to draw, found %s", kind, why);
}

double dlu_draw_swatch(dlu_draw *d, dlu_canvas *c, double x, double y, const dlu_hue *hues,
                       size_t n, bool pale, const char *text)
{
    double side = 0.8 * d->t.size;
    for (size_t i = 0; i < n; i++) {
        dlu_ink ink = {pale ? hues[i].pale : hues[i].full, d->t.outlined ? "#000000" : hues[i].edge,
                       d->t.thin, NULL};
        dlu_canvas_rect(c, DLU_FIGURE_AREA, x, y - side + 0.5 * d->t.unit, side, side, ink);
        x += side + d->t.unit;
    }
    x += 1.5 * d->t.unit;
    dlu_canvas_text(c, x, y, DLU_START, d->t.size, text);
    return x + (text ? dlu_draw_width(d, text) : 0) + 10 * d->t.unit;
}

/* The name of a treatment, or "control" where the pairs have several. */
static const char *word_of(dlu_draw *d, bool control)
{
    const dlu_fig_pair *p = &d->data.pairs[0];
    if (control)
        return d->data.many_treatments
                   ? "control"
                   : dlu_fig_treatment(d->o, p->sites[0].control.treatment, d->arena);
    if (d->data.many_treatments)
        return "treated";
    if (d->data.many_mirnas)
        return dlu_fig_treatment(d->o, p->treatment, d->arena);
    return dlu_fig_agent(d->o, p, !d->data.many_doses, d->arena);
}

dlu_canvas *dlu_draw_key(dlu_draw *d, double width)
{
    dlu_canvas *c = dlu_canvas_new(d->arena, &d->face);
    dlu_hue hues[2] = {dlu_theme_hue(d->o, 0), dlu_theme_hue(d->o, 1)};
    const char *words[2] = {word_of(d, true), word_of(d, false)};
    size_t n = 1;
    for (size_t i = 0; i < d->data.n_pairs; i++)
        n = d->data.pairs[i].n_sites > 1 ? 2 : n;
    double side = 0.8 * d->t.size, y = d->t.size, x = 0;
    for (unsigned k = 0; k < 2 && c && words[k]; k++) {
        double needs =
            (double)n * (side + d->t.unit) + 1.5 * d->t.unit + dlu_draw_width(d, words[k]);
        if (x > 0 && x + needs > width) {
            x = 0;
            y += 1.4 * d->t.size;
        }
        x = dlu_draw_swatch(d, c, x, y, hues, n, k == 0, words[k]);
    }
    if (c) {
        c->width = width;
        c->height = y + 0.3 * d->t.size;
    }
    return c;
}

double dlu_draw_p_site(const dlu_fig_pair *p, const dlu_fig_site *site)
{
    return p->technical || p->failed || !site->test ? NAN : site->test->p;
}

double dlu_draw_p_interaction(const dlu_fig_pair *p, const dlu_fig_site *mutant)
{
    if (p->technical || p->failed || !mutant->verdict || mutant->verdict->code == DLU_INVALID_QC)
        return NAN;
    return isfinite(mutant->verdict->p_direct_adjusted) ? mutant->verdict->p_direct_adjusted
           : mutant->interaction                        ? mutant->interaction->p_adjusted
                                                        : NAN;
}

void dlu_draw_not_tested(dlu_draw *d, dlu_canvas *c, double x, double y)
{
    dlu_item *text = dlu_canvas_text(c, x + 0.35 * d->t.small, y - 3 * d->t.unit, DLU_START,
                                     d->t.small, "not tested");
    if (text) {
        text->turned = true;
        text->ink.fill = d->t.grey;
    }
}

void dlu_draw_bracket(dlu_draw *d, dlu_canvas *c, size_t from, double x0, double x1, double y,
                      const char *label)
{
    const dlu_theme *t = &d->t;
    if (!label || !*label || !c)
        return;
    double middle = (x0 + x1) / 2, half = dlu_draw_small_width(d, label) / 2 + t->unit;
    if (isnan(y))
        y = dlu_canvas_top(c, from, fmin(x0, middle - half), fmax(x1, middle + half), 0) -
            4 * t->unit;
    dlu_item *path = dlu_canvas_line(c, DLU_FIGURE_BRACKET, x0, y + 2 * t->unit, x0, y,
                                     dlu_ink_line(t->text, t->thin));
    dlu_path_to(path, x1, y, false);
    dlu_path_to(path, x1, y + 2 * t->unit, false);
    dlu_canvas_text(c, middle, y - DLU_DESCENT * t->small - 0.6 * t->unit, DLU_MIDDLE, t->small,
                    label);
}
