/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_DRAW_H
#define DLU_FIGURE_DRAW_H

#include "figure/canvas.h"
#include "figure/data.h"
#include "figure/names.h"
#include "figure/theme.h"

/*
 * A kind of figure is drawn as sheets: rows that may go on to a next page, what stands over them on
 * every page, and the paragraph under them. page.c puts them on paper.
 */

/** What every part of a drawing needs. */
typedef struct dlu_draw {
    const dlu_result *result;
    const dlu_figure_options *o;
    dlu_fig_data data;
    dlu_theme t;
    dlu_face face;
    dlu_arena *arena;
    dlu_messages *log;
    dlu_error *err;
} dlu_draw;

typedef struct dlu_sheet {
    const char *name;  /**< of its file, without an ending */
    const char *title; /**< for those who hear it; names a plate */
    dlu_canvas *key;   /**< or NULL */
    DLU_VEC(dlu_canvas *) rows;
    const char *legend;
} dlu_sheet;

typedef DLU_VEC(dlu_sheet) dlu_sheets;

/** Adds the sheets of a kind, so many points wide. */
typedef dlu_status dlu_draw_kind(dlu_draw *d, double width, dlu_sheets *sheets);
dlu_draw_kind dlu_draw_bars;
dlu_draw_kind dlu_draw_superplot;
dlu_draw_kind dlu_draw_delta;
dlu_draw_kind dlu_draw_forest;
dlu_draw_kind dlu_draw_plates;
dlu_draw_kind dlu_draw_qc;

/** A sheet at the end of the list; NULL where memory ran out. */
dlu_sheet *dlu_sheet_add(dlu_draw *d, dlu_sheets *sheets, const char *name, const char *title);
/** A new row of it. */
dlu_canvas *dlu_sheet_row(dlu_draw *d, dlu_sheet *sheet);

/** Width of a text of the theme's size, or of its small one. */
double dlu_draw_width(const dlu_draw *d, const char *text);
double dlu_draw_small_width(const dlu_draw *d, const char *text);

/** A text in the middle of x in lines of at most that width, the first baseline at y. Returns the
 * height of the lines. */
double dlu_draw_lines(dlu_draw *d, dlu_canvas *c, double x, double y, double width, double size,
                      const char *text);

/** "figure-too-narrow", naming a width that does. */
dlu_status dlu_draw_too_narrow(dlu_draw *d, double width, double needed, const char *what);
/** "figure-empty": why there is nothing. */
dlu_status dlu_draw_nothing(dlu_draw *d, const char *kind, const char *why);

/* ---- what the kinds share (groups.c) ---- */

/** A swatch and its text; returns the x where the next may stand. */
double dlu_draw_swatch(dlu_draw *d, dlu_canvas *c, double x, double y, const dlu_hue *hues,
                       size_t n, bool pale, const char *text);
/** Treatments over the colours of the constructs. */
dlu_canvas *dlu_draw_key(dlu_draw *d, double width);

/** The p that the bracket of a site carries, or NaN where it must not look like a finding. */
double dlu_draw_p_site(const dlu_fig_pair *pair, const dlu_fig_site *site);
double dlu_draw_p_interaction(const dlu_fig_pair *pair, const dlu_fig_site *mutant);

/** "not tested" upwards from the axis, where a mark would stand. */
void dlu_draw_not_tested(dlu_draw *d, dlu_canvas *c, double x, double y);

/** A bracket with its label at that height, or over all marks from the item `from` on that stand
 * under it where `y` is NaN. */
void dlu_draw_bracket(dlu_draw *d, dlu_canvas *c, size_t from, double x0, double x1, double y,
                      const char *label);

#endif
