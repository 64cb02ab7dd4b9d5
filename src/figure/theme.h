/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_THEME_H
#define DLU_FIGURE_THEME_H

#include "figure/canvas.h"

/** Mixtures of one construct: what was treated is full, its control pale. */
typedef struct dlu_hue {
    const char *full;
    const char *pale;
    const char *edge;
} dlu_hue;

/** Sizes in points and colours, of preset, palette and size of letters. */
typedef struct dlu_theme {
    double size;   /**< of letters */
    double small;  /**< of p, counts and the legend */
    double unit;   /**< 1 at 7 points */
    double line;   /**< axes */
    double thin;   /**< what is less than an axis */
    double bar;    /**< width of a bar */
    double radius; /**< of a point */
    double tick;
    double plot; /**< height of a plot that stands alone */
    bool bold;   /**< titles of axes */
    bool hatched;
    bool outlined; /**< bars have a black outline */
    const char *family;
    const char *text;
    const char *grey; /**< what recedes */
} dlu_theme;

bool dlu_theme_of(const dlu_figure_options *options, dlu_arena *arena, dlu_theme *out);

/** The colours of a construct: 0 is WT, then mutants in order. */
dlu_hue dlu_theme_hue(const dlu_figure_options *options, size_t construct);

/** Of the call of a verdict; grey where there is none. */
const char *dlu_theme_call(const dlu_figure_options *options, const dlu_verdict_row *verdict);

dlu_ink dlu_ink_line(const char *colour, double width);
dlu_ink dlu_ink_fill(const char *colour);

#endif
