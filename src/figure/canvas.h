/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_CANVAS_H
#define DLU_FIGURE_CANVAS_H

#include <dualuc/figure.h>

#include "base/arena.h"
#include "figure/face.h"

/*
 * Marks on paper, in points, y downwards. What was put can still be moved; svg.c writes it.
 * Colours are "#RRGGBB", "none", or "url(#ID)" of a pattern.
 */

typedef enum dlu_item_kind {
    DLU_ITEM_GROUP, /**< begins; text is what it is called */
    DLU_ITEM_END,
    DLU_ITEM_TEXT,
    DLU_ITEM_RECT,
    DLU_ITEM_PATH,
    DLU_ITEM_SHAPE
} dlu_item_kind;

typedef enum dlu_shape {
    DLU_SHAPE_CIRCLE,
    DLU_SHAPE_SQUARE,
    DLU_SHAPE_TRIANGLE,
    DLU_SHAPE_DIAMOND,
    DLU_SHAPE_INVERTED,
    DLU_SHAPE_HEXAGON,
    DLU_SHAPE_COUNT
} dlu_shape;

typedef enum dlu_anchor { DLU_START, DLU_MIDDLE, DLU_END } dlu_anchor;

typedef struct dlu_ink {
    const char *fill;   /**< NULL: none */
    const char *stroke; /**< NULL: none */
    double line;        /**< width of the stroke */
    const char *dash;   /**< "2 2" or NULL */
} dlu_ink;

#define DLU_PATH_POINTS 8u

typedef struct dlu_item {
    dlu_item_kind kind;
    dlu_figure_mark mark;
    double x, y; /**< top left of a rectangle, baseline of a text, middle of a shape */
    double w, h; /**< of a rectangle; w is the radius of a shape */
    double size; /**< of a text */
    const char *text;
    bool bold, turned; /**< turned: written upwards */
    dlu_anchor anchor;
    dlu_shape shape;
    dlu_ink ink;
    unsigned n; /**< points of a path; even where pen[i] lifts before it */
    bool lift[DLU_PATH_POINTS];
    double px[DLU_PATH_POINTS], py[DLU_PATH_POINTS];
    double value;
    const char *title; /**< what is said where a pointer rests, or NULL */
} dlu_item;

typedef struct dlu_canvas {
    dlu_arena *arena;
    const dlu_face *face;
    DLU_VEC(dlu_item) items;
    double width, height;
} dlu_canvas;

dlu_canvas *dlu_canvas_new(dlu_arena *arena, const dlu_face *face);

void dlu_canvas_group(dlu_canvas *canvas, const char *name);
void dlu_canvas_end(dlu_canvas *canvas);
dlu_item *dlu_canvas_text(dlu_canvas *canvas, double x, double y, dlu_anchor anchor, double size,
                          const char *text);
dlu_item *dlu_canvas_rect(dlu_canvas *canvas, dlu_figure_mark mark, double x, double y, double w,
                          double h, dlu_ink ink);
dlu_item *dlu_canvas_line(dlu_canvas *canvas, dlu_figure_mark mark, double x0, double y0, double x1,
                          double y1, dlu_ink ink);
dlu_item *dlu_canvas_shape(dlu_canvas *canvas, dlu_shape shape, double x, double y, double radius,
                           dlu_ink ink);
/** Adds a point to a path; after a lift the pen goes there without a line. NULL is accepted. */
void dlu_path_to(dlu_item *path, double x, double y, bool lift);

/** Moves the items from the i-th on. */
void dlu_canvas_shift(dlu_canvas *canvas, size_t from, double dx, double dy);
/** Copies all items of another canvas to that place. */
void dlu_canvas_place(dlu_canvas *canvas, const dlu_canvas *other, double dx, double dy);

/** What an item covers, in points. */
typedef struct dlu_extent {
    double left, top, right, bottom;
} dlu_extent;
dlu_extent dlu_item_extent(const dlu_face *face, const dlu_item *item);

/** The highest top of the marks from the i-th on that stand between left and right; `none` if there
 * are none. Lines and areas do not count. */
double dlu_canvas_top(const dlu_canvas *canvas, size_t from, double left, double right,
                      double none);

#endif
