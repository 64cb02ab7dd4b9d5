/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_FONT_TABLES_H
#define DLU_FIGURE_FONT_TABLES_H

#include <stdint.h>

#define DLU_FONT_RANGES 17
#define DLU_FONT_WIDTHS 465
/** Regular, bold, italic, bold italic of Sans, then of Serif. */
#define DLU_FONT_FACES 8

typedef struct dlu_font_range {
    uint32_t first;
    uint32_t last;
    uint32_t at; /**< of the widths */
} dlu_font_range;

extern const dlu_font_range dlu_font_ranges[DLU_FONT_RANGES];
extern const uint16_t dlu_font_widths[DLU_FONT_FACES][DLU_FONT_WIDTHS];

#endif
