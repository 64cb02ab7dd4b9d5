/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_CHART_H
#define DLU_REPORT_XLSX_CHART_H

#include "report/xlsx_book.h"

/*
 * Charts of points, of which bars, intervals and names are made too: a scatter chart is the one
 * kind that shows all of them at once, in Excel and in LibreOffice alike. Bars are outlines: thick
 * lines and error bars end elsewhere in either program, and the latter hide what stands in front.
 */

/** Colours of Okabe and Ito, which colour-blind readers tell apart; also apart in grey. */
#define DLU_XLSX_BLUE   0x0072B2u
#define DLU_XLSX_ORANGE 0xE69F00u

typedef enum dlu_xlsx_mark {
    DLU_MARK_BAR,    /**< the outline of bars: lines that empty rows part */
    DLU_MARK_LINE,   /**< the same, thin */
    DLU_MARK_BROKEN, /**< a broken line */
    DLU_MARK_CIRCLE,
    DLU_MARK_SQUARE,
    DLU_MARK_BELOW, /**< nothing but a text under each point */
    DLU_MARK_BESIDE /**< the same at the right of each point */
} dlu_xlsx_mark;

/** Cells of a sheet: x and y of each point, rows `first` to `last`. */
typedef struct dlu_xlsx_series {
    dlu_xlsx_mark mark;
    const char *name; /**< in the legend; NULL: not there */
    uint32_t colour;  /**< 0: that of the writing */
    uint32_t first, last, x, y;
    char *const *texts; /**< of BELOW and BESIDE, one a point */
} dlu_xlsx_series;

typedef struct dlu_xlsx_axis {
    const char *title;
    double min, max;  /**< max NaN: as the program likes */
    const char *room; /**< in place of numbers: blanks that make room for names; NULL: numbers */
    bool log;         /**< powers of 2 */
} dlu_xlsx_axis;

/** A chart and its size in pixels. */
typedef struct dlu_xlsx_frame {
    const char *title;
    dlu_xlsx_axis x, y;
    double width, height;
} dlu_xlsx_frame;

typedef struct dlu_xlsx_chart dlu_xlsx_chart;

/** A chart of the cells of that sheet; NULL where memory ran out, which is then kept. */
dlu_xlsx_chart *dlu_xlsx_chart_new(dlu_xlsx_sheet *data, const dlu_xlsx_frame *frame);
/** Points in front of those that were added before. */
void dlu_xlsx_chart_add(dlu_xlsx_chart *chart, const dlu_xlsx_series *series);
/** Puts the chart on a sheet, its upper left corner so many pixels right of that cell's. */
void dlu_xlsx_chart_place(dlu_xlsx_chart *chart, dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                          int32_t right);

#endif
