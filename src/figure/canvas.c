/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/canvas.h"

#include <math.h>

#define MAX_ITEMS 2000000u

dlu_canvas *dlu_canvas_new(dlu_arena *arena, const dlu_face *face)
{
    dlu_canvas *canvas = dlu_arena_alloc(arena, 1, sizeof *canvas);
    if (canvas)
        *canvas = (dlu_canvas){.arena = arena, .face = face};
    return canvas;
}

static dlu_item *add(dlu_canvas *canvas, dlu_item item)
{
    if (!canvas)
        return NULL;
    dlu_item *to = DLU_VEC_ADD(canvas->arena, &canvas->items, MAX_ITEMS);
    if (to)
        *to = item;
    return to;
}

void dlu_canvas_group(dlu_canvas *canvas, const char *name)
{
    add(canvas, (dlu_item){.kind = DLU_ITEM_GROUP, .mark = DLU_FIGURE_AREA, .text = name});
}

void dlu_canvas_end(dlu_canvas *canvas)
{
    add(canvas, (dlu_item){.kind = DLU_ITEM_END, .mark = DLU_FIGURE_AREA});
}

dlu_item *dlu_canvas_text(dlu_canvas *canvas, double x, double y, dlu_anchor anchor, double size,
                          const char *text)
{
    return !text ? NULL
                 : add(canvas, (dlu_item){.kind = DLU_ITEM_TEXT,
                                          .mark = DLU_FIGURE_TEXT,
                                          .x = x,
                                          .y = y,
                                          .anchor = anchor,
                                          .size = size,
                                          .text = text,
                                          .value = NAN});
}

dlu_item *dlu_canvas_rect(dlu_canvas *canvas, dlu_figure_mark mark, double x, double y, double w,
                          double h, dlu_ink ink)
{
    return add(canvas, (dlu_item){.kind = DLU_ITEM_RECT,
                                  .mark = mark,
                                  .x = x,
                                  .y = y,
                                  .w = w,
                                  .h = h,
                                  .ink = ink,
                                  .value = NAN});
}

void dlu_path_to(dlu_item *path, double x, double y, bool lift)
{
    if (!path || path->n >= DLU_PATH_POINTS)
        return;
    path->px[path->n] = x;
    path->py[path->n] = y;
    path->lift[path->n++] = lift;
}

dlu_item *dlu_canvas_line(dlu_canvas *canvas, dlu_figure_mark mark, double x0, double y0, double x1,
                          double y1, dlu_ink ink)
{
    dlu_item *line =
        add(canvas, (dlu_item){.kind = DLU_ITEM_PATH, .mark = mark, .ink = ink, .value = NAN});
    dlu_path_to(line, x0, y0, true);
    dlu_path_to(line, x1, y1, false);
    return line;
}

dlu_item *dlu_canvas_shape(dlu_canvas *canvas, dlu_shape shape, double x, double y, double radius,
                           dlu_ink ink)
{
    return add(canvas, (dlu_item){.kind = DLU_ITEM_SHAPE,
                                  .mark = DLU_FIGURE_POINT,
                                  .shape = shape,
                                  .x = x,
                                  .y = y,
                                  .w = radius,
                                  .ink = ink,
                                  .value = NAN});
}

static void shift(dlu_item *item, double dx, double dy)
{
    item->x += dx;
    item->y += dy;
    for (unsigned i = 0; i < item->n; i++) {
        item->px[i] += dx;
        item->py[i] += dy;
    }
}

void dlu_canvas_shift(dlu_canvas *canvas, size_t from, double dx, double dy)
{
    for (size_t i = from; i < canvas->items.n; i++)
        shift(&canvas->items.items[i], dx, dy);
}

void dlu_canvas_place(dlu_canvas *canvas, const dlu_canvas *other, double dx, double dy)
{
    for (size_t i = 0; other && i < other->items.n; i++) {
        dlu_item *item = add(canvas, other->items.items[i]);
        if (item)
            shift(item, dx, dy);
    }
}

static dlu_extent extent_of_text(const dlu_face *face, const dlu_item *t)
{
    double width = dlu_face_width(face, t->text, t->size, t->bold);
    double before = t->anchor == DLU_START ? 0 : t->anchor == DLU_MIDDLE ? width / 2 : width;
    double up = DLU_ASCENT * t->size, down = DLU_DESCENT * t->size;
    if (t->turned)
        return (dlu_extent){t->x - up, t->y - width + before, t->x + down, t->y + before};
    return (dlu_extent){t->x - before, t->y - up, t->x - before + width, t->y + down};
}

static dlu_extent extent_of_path(const dlu_item *path)
{
    dlu_extent e = {path->px[0], path->py[0], path->px[0], path->py[0]};
    for (unsigned i = 1; i < path->n; i++) {
        e.left = fmin(e.left, path->px[i]);
        e.right = fmax(e.right, path->px[i]);
        e.top = fmin(e.top, path->py[i]);
        e.bottom = fmax(e.bottom, path->py[i]);
    }
    return e;
}

dlu_extent dlu_item_extent(const dlu_face *face, const dlu_item *i)
{
    switch (i->kind) {
    case DLU_ITEM_TEXT:
        return extent_of_text(face, i);
    case DLU_ITEM_RECT:
        return (dlu_extent){i->x, i->y, i->x + i->w, i->y + i->h};
    case DLU_ITEM_SHAPE:
        return (dlu_extent){i->x - i->w, i->y - i->w, i->x + i->w, i->y + i->w};
    case DLU_ITEM_PATH:
        return extent_of_path(i);
    default:
        return (dlu_extent){0, 0, 0, 0};
    }
}

double dlu_canvas_top(const dlu_canvas *canvas, size_t from, double left, double right, double none)
{
    double top = none;
    for (size_t i = from; i < canvas->items.n; i++) {
        const dlu_item *item = &canvas->items.items[i];
        if (item->mark == DLU_FIGURE_LINE || item->mark == DLU_FIGURE_AREA)
            continue;
        dlu_extent e = dlu_item_extent(canvas->face, item);
        if (e.right > left && e.left < right)
            top = fmin(top, e.top);
    }
    return top;
}
