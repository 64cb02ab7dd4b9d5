/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_FACE_H
#define DLU_FIGURE_FACE_H

#include <dualuc/figure.h>

#include "base/arena.h"

/*
 * Widths of texts. Within a text '\1' begins and ends what is italic; names hold no such character,
 * because dlu_visible has been over them.
 */
typedef struct dlu_face {
    bool serif;
    double (*width)(uint32_t character, bool bold, bool italic, void *data);
    void *data;
} dlu_face;

/** Of the em, in parts of the size: Liberation Sans, which stands for all. */
#define DLU_ASCENT  0.74
#define DLU_DESCENT 0.22
#define DLU_CAPITAL 0.69

dlu_face dlu_face_of(const dlu_figure_options *options);
double dlu_face_width(const dlu_face *face, const char *text, double size, bool bold);

/** The character at *at, which moves on; 0 at the end. */
uint32_t dlu_face_next(const char **at);

/** A text broken into lines. */
typedef struct dlu_lines {
    const char **lines;
    size_t n;
    double width; /**< of the widest */
} dlu_lines;

/** Broken at blanks and after hyphens, strokes and underscores; where a word is wider, within it.
 * False where memory ran out. */
bool dlu_face_wrap(const dlu_face *face, const char *text, double size, bool bold, double width,
                   dlu_arena *arena, dlu_lines *out);

/** Width of the widest piece that is only broken in need. */
double dlu_face_widest(const dlu_face *face, const char *text, double size, bool bold);

#endif
