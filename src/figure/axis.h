/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_AXIS_H
#define DLU_FIGURE_AXIS_H

#include "figure/draw.h"

#define DLU_AXIS_TICKS 24u

/** From numbers to places: `low` stands at `from`, `high` at `to`. */
typedef struct dlu_axis {
    bool log2;
    double low, high;
    double from, to;
    double ticks[DLU_AXIS_TICKS];
    size_t n_ticks;
    int decimals;
} dlu_axis;

/** What an axis must show. */
typedef struct dlu_range {
    double low, high;                   /**< of marks */
    double interval_low, interval_high; /**< of intervals, which may be cut */
} dlu_range;

dlu_range dlu_range_new(void);
void dlu_range_mark(dlu_range *range, double value);
void dlu_range_interval(dlu_range *range, double low, double high);

/** Ends at round numbers. An interval that would make all else flat is cut. `zero`: a linear axis
 * begins at 0. */
dlu_axis dlu_axis_of(const dlu_range *range, bool octaves, bool zero, double from, double to);

/** Powers of ten around two numbers above 0. */
dlu_axis dlu_axis_decades(double low, double high, double from, double to);

double dlu_axis_at(const dlu_axis *axis, double value);
/** The same, at the end of the axis where the value is beyond. */
double dlu_axis_cut(const dlu_axis *axis, double value);

const char *dlu_axis_label(const dlu_axis *axis, double tick, dlu_arena *arena);

/** Room for the labels of an axis at the left. */
double dlu_axis_room(dlu_draw *d, const dlu_axis *axis, const char *title);

/** Draws an axis at the left of x, from top to bottom, with a title turned upwards. */
void dlu_axis_draw_left(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, double x,
                        const char *title);
/** Draws an axis under y, the title in the middle under it. Returns the height. */
double dlu_axis_draw_below(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, double y,
                           const char *title);

/** A vertical interval, cut at the ends of the axis with a tip that says so. */
void dlu_axis_interval(dlu_draw *d, dlu_canvas *c, const dlu_axis *axis, double across, double low,
                       double high, double cap, dlu_ink ink, bool upright);

#endif
