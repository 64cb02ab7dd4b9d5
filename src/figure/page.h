/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_PAGE_H
#define DLU_FIGURE_PAGE_H

#include "figure/draw.h"

/** A page on paper, before it is SVG. */
typedef struct dlu_sheet_page {
    const char *name;
    const char *title;
    const char *legend; /**< in words, also where it is not drawn */
    dlu_canvas *canvas;
} dlu_sheet_page;

typedef DLU_VEC(dlu_sheet_page) dlu_sheet_pages;

/** Points at each side. */
double dlu_page_margin(const dlu_draw *d);

/** Puts sheets on pages `width` points wide: each on its own, or all together as panels with
 * letters. False where memory ran out. */
bool dlu_pages_make(dlu_draw *d, double width, const dlu_sheets *sheets, bool panels,
                    dlu_sheet_pages *out);

#endif
