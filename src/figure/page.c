/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/page.h"

#include <math.h>

/* Heights of pages: what a journal leaves beside the printed legend, and a slide of 16 to 9. */
#define PAPER_MM 235.0
#define SLIDE_MM 141.0

typedef struct flow {
    dlu_draw *d;
    double width, margin;
    const char *name;
    const char *title;
    bool panels;
    dlu_sheet_pages *pages;
    dlu_canvas *c; /* of the page begun, or NULL */
    size_t number;
    double y, x, line; /* where the next goes; height of what stands beside it */
    const char *legend;
    bool failed;
} flow;

double dlu_page_margin(const dlu_draw *d)
{
    return 4 * d->t.unit;
}

static double most_height(const dlu_draw *d)
{
    return (d->o->preset == DLU_PRESET_SLIDE ? SLIDE_MM : PAPER_MM) * 72 / 25.4;
}

static double lines_height(const flow *f, const char *text, double size, bool bold)
{
    dlu_lines lines;
    if (!text || !*text)
        return 0;
    if (!dlu_face_wrap(&f->d->face, text, size, bold, f->width - 2 * f->margin, f->d->arena,
                       &lines))
        return 0;
    return 1.25 * size * (double)lines.n;
}

static void put_lines(flow *f, const char *text, double size, bool bold)
{
    dlu_lines lines;
    if (!text || !*text || !f->c ||
        !dlu_face_wrap(&f->d->face, text, size, bold, f->width - 2 * f->margin, f->d->arena,
                       &lines))
        return;
    for (size_t i = 0; i < lines.n; i++) {
        dlu_item *t = dlu_canvas_text(f->c, f->margin, f->y + DLU_ASCENT * size, DLU_START, size,
                                      lines.lines[i]);
        if (t)
            t->bold = bold;
        f->y += 1.25 * size;
    }
}

static void begin_page(flow *f)
{
    const dlu_theme *t = &f->d->t;
    f->c = dlu_canvas_new(f->d->arena, &f->d->face);
    f->number++;
    f->y = f->margin;
    f->x = f->margin;
    f->line = 0;
    f->legend = NULL;
    if (!f->c)
        f->failed = true;
    if (f->d->o->title && *f->d->o->title) {
        put_lines(f, dlu_fig_name(f->d->o, f->d->o->title, f->d->arena), 8 * t->unit, true);
        f->y += 3 * t->unit;
    }
}

static void end_page(flow *f)
{
    dlu_sheet_page *page = f->c ? DLU_VEC_ADD(f->d->arena, f->pages, 10000) : NULL;
    if (!f->c)
        return;
    f->y += f->line;
    if (f->d->o->legend && f->legend) {
        f->y += 5 * f->d->t.unit;
        put_lines(f, f->legend, f->d->t.small, false);
    }
    f->c->width = f->width;
    f->c->height = f->y + f->margin;
    if (page)
        *page = (dlu_sheet_page){
            f->number > 1 ? dlu_arena_printf(f->d->arena, "%s-%zu", f->name, f->number) : f->name,
            f->title, f->legend ? f->legend : "", f->c};
    if (!page || !page->name)
        f->failed = true;
    f->c = NULL;
}

/* What the marks of a key or a row really take. */
static double width_of(const dlu_canvas *c)
{
    double right = 0;
    for (size_t i = 0; c && i < c->items.n; i++)
        if (c->items.items[i].kind != DLU_ITEM_GROUP && c->items.items[i].kind != DLU_ITEM_END)
            right = fmax(right, dlu_item_extent(c->face, &c->items.items[i]).right);
    return right;
}

static void put_canvas(flow *f, const dlu_canvas *c)
{
    dlu_canvas_place(f->c, c, f->x, f->y);
    f->y += c->height;
}

/* A sheet over as many pages as it needs. */
static void put_sheet(flow *f, const dlu_sheet *s)
{
    double gap = 9 * f->d->t.unit, legend = 0;
    if (f->d->o->legend)
        legend = lines_height(f, s->legend, f->d->t.small, false) + gap;
    for (size_t i = 0; i < s->rows.n; i++) {
        const dlu_canvas *row = s->rows.items[i];
        if (f->c && f->y + gap + row->height + legend + f->margin > most_height(f->d))
            end_page(f);
        bool begins = !f->c;
        if (begins) {
            begin_page(f);
            f->legend = s->legend;
            if (s->key && f->c)
                put_canvas(f, s->key);
            f->y += s->key ? 4 * f->d->t.unit : 0;
        } else {
            f->y += gap;
        }
        if (f->failed || !row)
            return;
        put_canvas(f, row);
    }
    end_page(f);
}

/* ---- panels ---- */

static dlu_canvas *panel_of(flow *f, const dlu_sheet *s, size_t row, char letter)
{
    const dlu_theme *t = &f->d->t;
    dlu_canvas *c = dlu_canvas_new(f->d->arena, &f->d->face);
    double size = 9 * t->unit, y = 0;
    if (!c)
        return NULL;
    if (letter) {
        dlu_item *text = dlu_canvas_text(c, 0, DLU_ASCENT * size, DLU_START, size,
                                         dlu_arena_printf(f->d->arena, "%c", letter));
        if (text)
            text->bold = true;
        y += 1.15 * size;
    }
    if (s->key && !row) {
        dlu_canvas_place(c, s->key, 0, y);
        y += s->key->height + 4 * t->unit;
    }
    dlu_canvas_place(c, s->rows.items[row], 0, y);
    c->height = y + s->rows.items[row]->height;
    c->width = width_of(c);
    return c;
}

static void put_panel(flow *f, const dlu_canvas *panel)
{
    double gap = 12 * f->d->t.unit;
    if (f->c && f->x > f->margin && f->x + panel->width > f->width - f->margin) {
        f->y += f->line + gap;
        f->x = f->margin;
        f->line = 0;
    }
    if (f->c && f->x <= f->margin && f->y + panel->height + f->margin > most_height(f->d))
        end_page(f);
    if (!f->c)
        begin_page(f);
    dlu_canvas_place(f->c, panel, f->x, f->y);
    f->x += panel->width + 2 * gap;
    f->line = fmax(f->line, panel->height);
}

static void add_legend(flow *f, const dlu_sheet *s, char letter)
{
    f->legend = f->legend ? dlu_arena_printf(f->d->arena, "%s %c, %s", f->legend, letter, s->legend)
                          : dlu_arena_printf(f->d->arena, "%c, %s", letter, s->legend);
}

static void put_panels(flow *f, const dlu_sheets *sheets)
{
    for (size_t i = 0; i < sheets->n && !f->failed; i++) {
        const dlu_sheet *s = &sheets->items[i];
        char letter = (char)('A' + i % 26);
        for (size_t r = 0; r < s->rows.n; r++) {
            const dlu_canvas *panel = panel_of(f, s, r, r ? '\0' : letter);
            if (!panel) {
                f->failed = true;
                return;
            }
            put_panel(f, panel);
            if (!r && s->legend)
                add_legend(f, s, letter);
        }
    }
    end_page(f);
}

bool dlu_pages_make(dlu_draw *d, double width, const dlu_sheets *sheets, bool panels,
                    dlu_sheet_pages *out)
{
    flow f = {.d = d, .width = width, .margin = dlu_page_margin(d), .panels = panels, .pages = out};
    if (panels) {
        f.name = "panels";
        f.title = "Panels";
        put_panels(&f, sheets);
        return !f.failed;
    }
    for (size_t i = 0; i < sheets->n && !f.failed; i++) {
        f.name = sheets->items[i].name;
        f.title = sheets->items[i].title;
        f.number = 0;
        put_sheet(&f, &sheets->items[i]);
    }
    return !f.failed;
}
