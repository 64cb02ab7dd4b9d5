/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_CHARTING_H
#define DLU_REPORT_XLSX_CHARTING_H

#include "report/xlsx.h"
#include "report/xlsx_chart.h"

/*
 * The cells that the charts show, each a formula, so that the charts follow when a well is left
 * out. A number that is gone is -1: no fold is, every axis begins above it, and unlike a text or an
 * error it is not drawn.
 */

#define BARS_A_CHART  8u
#define ROWS_A_CHART  40u
#define MOST_PAIRS    200u /* more do not get charts */
#define LABEL_LETTERS 26u

/* A number format of a blank that does not break: room for the names that stand there. */
#define NAMES_BELOW "\"\u00A0\""
#define NAMES_ROOM  8.0 /* of an axis of folds, times its left end */

#define PAIR_PIXELS    150.0
#define BAR_HALF       0.13 /* of a bar's width, on an axis on which a pair is 1 wide */
#define CORNERS        5u   /* rows of an outline, the empty one included */
#define BARS_HEIGHT    380.0
#define LINE_PIXELS    20.0
#define FOREST_PLOT    760u
#define CHARTS_ABREAST 3u

/* Columns of this sheet: folds; outlines of bars, intervals, replicates, the line at 1, names. */
enum {
    DLU_CHART_PAIR,
    DLU_CHART_CONSTRUCT,
    DLU_CHART_FOLD,
    DLU_CHART_BAR_X = 4,
    DLU_CHART_BAR_Y,
    DLU_CHART_INTERVAL_X = 7,
    DLU_CHART_INTERVAL_Y,
    DLU_CHART_POINT_NAME = 10,
    DLU_CHART_POINT_X,
    DLU_CHART_POINT_Y,
    DLU_CHART_LINE_X = 14,
    DLU_CHART_LINE_Y,
    DLU_CHART_NAME_X = 17,
    DLU_CHART_NAME_Y,
    DLU_CHART_COLUMNS
};

/** A chart being made, of some verdicts. */
typedef struct dlu_charting {
    dlu_xlsx_sheet *sheet;
    const dlu_xlsx_plan *plan;
    size_t first, n; /* verdicts of this chart */
    uint32_t row;    /* the first of its cells */
    uint32_t bars, mutants, points, intervals;
    char *names[ROWS_A_CHART];
    double highest, lowest, farthest; /* folds and replicates; ends of intervals */
} dlu_charting;

void dlu_chart_number(dlu_charting *c, uint32_t row, uint32_t col, double value);
/** Names of the pairs; false where memory ran out. */
bool dlu_chart_names(dlu_charting *c);
/** A title and the headers of the columns; c->row is then the first of the values. */
void dlu_chart_head(dlu_charting *c, const char *title, bool forest);
/** The two ends of the line at 1. */
void dlu_chart_line(dlu_charting *c, double x0, double y0, double x1, double y1);
/** A series of `n` rows from the from-th on; none where n is 0. */
void dlu_chart_add(dlu_xlsx_chart *chart, const dlu_charting *c, dlu_xlsx_series s, uint32_t from,
                   uint32_t n);

/** Writes the cells of a chart and makes it; returns the row after them (xlsx_bars.c). */
uint32_t dlu_chart_bars(dlu_charting *c, dlu_xlsx_chart **chart);
/** The same (xlsx_forest.c). */
uint32_t dlu_chart_forest(dlu_charting *c, dlu_xlsx_chart **chart);

#endif
