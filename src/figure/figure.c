/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/figure.h>

#include <math.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/page.h"
#include "figure/svg.h"

struct dlu_figure {
    dlu_arena *arena;
    dlu_figure_page *pages;
    size_t n_pages;
    DLU_VEC(dlu_figure_box) boxes;
};

#define MAX_BOXES 4000000u

static dlu_draw_kind *const kinds[DLU_FIGURE_KIND_COUNT] = {
    [DLU_FIGURE_BARS] = dlu_draw_bars,    [DLU_FIGURE_SUPERPLOT] = dlu_draw_superplot,
    [DLU_FIGURE_DELTA] = dlu_draw_delta,  [DLU_FIGURE_FOREST] = dlu_draw_forest,
    [DLU_FIGURE_PLATE] = dlu_draw_plates, [DLU_FIGURE_QC] = dlu_draw_qc};

/* Widths that journals print: a column, one and a half, two. */
static const double columns_mm[] = {85, 114, 174};

static double points_of(double mm)
{
    return mm * 72 / 25.4;
}

static dlu_status draw_kinds(dlu_draw *d, double width_mm, dlu_sheets *sheets)
{
    double width = points_of(width_mm) - 2 * dlu_page_margin(d);
    dlu_status status = DLU_OK;
    *sheets = (dlu_sheets){0};
    for (size_t i = 0; i < d->o->n_kinds && !status; i++)
        status = kinds[d->o->kinds[i]](d, width, sheets);
    return status;
}

static bool one_row_each(const dlu_sheets *sheets)
{
    for (size_t i = 0; i < sheets->n; i++)
        if (sheets->items[i].rows.n > 1)
            return false;
    return true;
}

/* The width asked for; else the first column in which all stands in one row, or the widest. */
static dlu_status draw_sheets(dlu_draw *d, double *width_mm, dlu_sheets *sheets)
{
    dlu_status status = DLU_E_USAGE;
    *width_mm = d->o->width_mm > 0 ? d->o->width_mm : d->o->preset == DLU_PRESET_SLIDE ? 250 : 0;
    if (*width_mm > 0)
        return draw_kinds(d, *width_mm, sheets);
    for (unsigned i = d->o->n_kinds > 1 ? 2 : 0; i < 3; i++) {
        *width_mm = columns_mm[i];
        status = draw_kinds(d, *width_mm, sheets);
        if (status ? status != DLU_E_USAGE : one_row_each(sheets))
            break;
    }
    return status;
}

/* Without the marks of what is italic. */
static const char *plain(dlu_arena *arena, const char *text)
{
    char *copy = dlu_arena_copy(arena, text), *to = copy;
    for (const char *c = copy; c && *c; c++)
        if (*c != '\1')
            *to++ = *c;
    if (to)
        *to = '\0';
    return copy;
}

static bool add_boxes(dlu_figure *f, size_t page, const dlu_canvas *c)
{
    const char *groups[16] = {NULL};
    size_t depth = 0;
    for (size_t i = 0; i < c->items.n; i++) {
        const dlu_item *item = &c->items.items[i];
        if (item->kind == DLU_ITEM_GROUP)
            groups[++depth % 16] = item->text;
        if (item->kind == DLU_ITEM_END)
            depth--;
        if (item->kind == DLU_ITEM_GROUP || item->kind == DLU_ITEM_END)
            continue;
        dlu_extent e = dlu_item_extent(c->face, item);
        dlu_figure_box *box = DLU_VEC_ADD(f->arena, &f->boxes, MAX_BOXES);
        if (!box)
            return false;
        *box = (dlu_figure_box){item->mark,
                                page,
                                e.left,
                                e.top,
                                e.right - e.left,
                                e.bottom - e.top,
                                item->kind == DLU_ITEM_TEXT ? plain(f->arena, item->text) : NULL,
                                groups[depth % 16],
                                item->value};
    }
    return true;
}

static bool add_page(dlu_figure *f, const dlu_draw *d, const dlu_sheet_page *page)
{
    dlu_buffer svg = {0};
    dlu_figure_page *to = &f->pages[f->n_pages];
    dlu_svg_write(&svg, page->canvas, &d->t, page->title, page->legend);
    if (!svg.failed && !dlu_arena_failed(f->arena))
        *to = (dlu_figure_page){dlu_arena_copy_n(f->arena, svg.bytes, svg.n), svg.n, page->name,
                                page->canvas->width, page->canvas->height};
    dlu_buffer_free(&svg);
    return to->svg && add_boxes(f, f->n_pages++, page->canvas);
}

static dlu_status draw(dlu_draw *d, dlu_figure *f)
{
    double width_mm = 0;
    dlu_sheets sheets = {0};
    dlu_sheet_pages pages = {0};
    dlu_status status = draw_sheets(d, &width_mm, &sheets);
    if (status)
        return dlu_arena_failed(f->arena) ? dlu_fail_memory(d->err) : status;
    /* a text that could not be made is asked for once, here, before anything is written */
    if (dlu_arena_failed(f->arena) ||
        !dlu_pages_make(d, points_of(width_mm), &sheets, d->o->n_kinds > 1, &pages) ||
        dlu_arena_failed(f->arena))
        return dlu_fail_memory(d->err);
    f->pages = dlu_arena_alloc(f->arena, pages.n + 1, sizeof *f->pages);
    for (size_t i = 0; f->pages && i < pages.n; i++)
        if (!add_page(f, d, &pages.items[i]))
            return dlu_fail_memory(d->err);
    return dlu_arena_failed(f->arena) ? dlu_fail_memory(d->err) : DLU_OK;
}

static dlu_status prepare(dlu_draw *d)
{
    if (!dlu_theme_of(d->o, d->arena, &d->t) ||
        !dlu_fig_data_of(d->result, d->o, d->arena, &d->data))
        return dlu_fail_memory(d->err);
    const char *missed = d->o->order ? dlu_fig_data_sort(&d->data, d->o->order, d->arena) : NULL;
    if (missed)
        dlu_warn(d->log, "figure-order-unknown", NULL, "write the names as the plate map has them",
                 "order: expected names of targets or microRNAs of the result, found \"%s\"",
                 missed);
    return DLU_OK;
}

dlu_status dlu_figure_draw(const dlu_result *result, const dlu_figure_options *options,
                           dlu_figure **out, dlu_messages *log, dlu_error *err)
{
    *out = NULL;
    dlu_arena *arena = dlu_arena_new();
    dlu_figure *f = arena ? dlu_arena_alloc(arena, 1, sizeof *f) : NULL;
    if (!f) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    f->arena = arena;
    dlu_draw d = {.result = result,
                  .o = options,
                  .face = dlu_face_of(options),
                  .arena = arena,
                  .log = log,
                  .err = err};
    dlu_status status = prepare(&d);
    if (!status)
        status = draw(&d, f);
    if (status) {
        dlu_arena_free(arena);
        return status;
    }
    *out = f;
    return DLU_OK;
}

void dlu_figure_free(dlu_figure *figure)
{
    if (figure)
        dlu_arena_free(figure->arena);
}

size_t dlu_figure_page_count(const dlu_figure *figure)
{
    return figure->n_pages;
}

const dlu_figure_page *dlu_figure_page_get(const dlu_figure *figure, size_t i)
{
    return i < figure->n_pages ? &figure->pages[i] : NULL;
}

size_t dlu_figure_box_count(const dlu_figure *figure)
{
    return figure->boxes.n;
}

const dlu_figure_box *dlu_figure_box_get(const dlu_figure *figure, size_t i)
{
    return i < figure->boxes.n ? &figure->boxes.items[i] : NULL;
}
