/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_PAIRS_H
#define DLU_FIGURE_PAIRS_H

#include "figure/axis.h"

/*
 * Figures whose rows are pairs side by side on one axis, each with its constructs: widths, rows,
 * and names under them. Bars, superplots and deltas are such.
 */

/** Where one pair stands. */
typedef struct dlu_slot {
    const dlu_fig_pair *pair;
    const char *name;
    double site;  /**< width of a construct */
    double gap;   /**< between constructs */
    double width; /**< of all */
    double x;     /**< left */
} dlu_slot;

typedef struct dlu_slots dlu_slots;

/** How a kind draws a pair: the marks of one slot, the axis standing at its place. */
typedef void dlu_draw_slot(dlu_draw *d, dlu_canvas *c, const dlu_slots *slots,
                           const dlu_slot *slot);

struct dlu_slots {
    dlu_slot *items;
    size_t n;
    dlu_axis axis;
    const char *title;            /**< of the axis */
    dlu_axis lower;               /**< a second axis under the first; without ticks: none */
    const dlu_range *lower_range; /**< of it, or NULL */
    const char *lower_title;
    double under; /**< room between the axis and the names, for marks of the kind */
    bool zero;    /**< bars stand on 0 where the axis is linear */
    double left;  /**< of the plot */
    double right;
    double between;    /**< pairs */
    double least_site; /**< width that a construct needs at least */
    dlu_draw_slot *draw;
    const char *(*site_name)(dlu_draw *d, const dlu_fig_pair *pair, size_t site);
};

/** Middle of a construct's place. */
double dlu_slot_middle(const dlu_slot *slot, size_t site);

/** Lays all pairs out in rows and adds them to the sheet. */
dlu_status dlu_slots_draw(dlu_draw *d, double width, dlu_slots *slots, const dlu_range *range,
                          dlu_sheet *sheet);

/** The name of a construct as it is written. */
const char *dlu_slot_site_name(dlu_draw *d, const dlu_fig_pair *pair, size_t site);

/** Places side by side, or in a swarm where there are many: offsets of n points, in points. */
void dlu_draw_spread(const double *y, size_t n, double radius, double width, double *dx);

#endif
