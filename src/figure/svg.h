/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_SVG_H
#define DLU_FIGURE_SVG_H

#include "base/text.h"
#include "figure/theme.h"

/** The ids of one SVG, each given once. */
typedef DLU_VEC(const char *) dlu_svg_ids;

/** "PTEN", or "PTEN-2" where that is taken: letters, digits, "-", "_" and "."; other characters as
 * "u03B2". NULL where memory ran out. */
const char *dlu_svg_id(dlu_svg_ids *ids, const char *name, dlu_arena *arena);

/** Writes a page; group items get their ids as text. */
void dlu_svg_write(dlu_buffer *out, dlu_canvas *canvas, const dlu_theme *theme, const char *title,
                   const char *description);

#endif
