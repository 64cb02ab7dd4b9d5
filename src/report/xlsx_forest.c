/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/xlsx_charting.h"

/* The folds of WT relative to the mutant, a line a pair. */

static dlu_xlsx_chart *draw_forest(dlu_charting *c)
{
    double far = fmax(fmax(c->highest, 1 / c->lowest), 2), end = 2;
    while (end < far && end < 64)
        end *= 2;
    for (uint32_t i = 0; i < c->n; i++) {
        dlu_chart_number(c, c->row + i, DLU_CHART_NAME_X, 1.02 / end / NAMES_ROOM);
        dlu_chart_number(c, c->row + i, DLU_CHART_NAME_Y, (double)(c->n - i));
    }
    dlu_chart_line(c, 1, 0, 1, (double)c->n + 1);
    char *title = dlu_arena_printf(c->plan->arena, "WT fold / MUT fold, pairs %zu to %zu",
                                   c->first + 1, c->first + c->n);
    double height = LINE_PIXELS * (double)(c->n + 1);
    dlu_xlsx_frame frame = {.title = title ? title : "",
                            .x = {.title = "WT fold / MUT fold, and its interval",
                                  .min = 1 / end / NAMES_ROOM,
                                  .max = end,
                                  .log = true},
                            .y = {.min = 0, .max = (double)c->n + 1, .room = NAMES_BELOW},
                            .width = FOREST_PLOT,
                            .height = height + 105};
    dlu_xlsx_chart *chart = dlu_xlsx_chart_new(c->sheet, &frame);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_BROKEN,
                                    .colour = 0x595959,
                                    .x = DLU_CHART_LINE_X,
                                    .y = DLU_CHART_LINE_Y},
                  0, 2);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){
                      .mark = DLU_MARK_LINE, .x = DLU_CHART_INTERVAL_X, .y = DLU_CHART_INTERVAL_Y},
                  0, 3 * c->intervals);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_SQUARE,
                                    .colour = DLU_XLSX_BLUE,
                                    .x = DLU_CHART_BAR_X,
                                    .y = DLU_CHART_BAR_Y},
                  0, c->bars);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_BESIDE,
                                    .x = DLU_CHART_NAME_X,
                                    .y = DLU_CHART_NAME_Y,
                                    .texts = c->names},
                  0, (uint32_t)c->n);
    return chart;
}

/* A fold that is gone stands at 1, under the axis: a logarithmic axis takes no -1. */
static void put_forest_cell(dlu_charting *c, uint32_t row, uint32_t col, size_t comparison,
                            const char *key, double value, double y)
{
    char cell[DLU_XLSX_ADDRESS_SIZE];
    dlu_xlsx_address((uint32_t)comparison + 1, dlu_xlsx_column_of("comparisons", key), cell);
    dlu_xlsx_formula(c->sheet, row, col,
                     dlu_arena_printf(c->plan->arena,
                                      "=IF(ISNUMBER(Comparisons!%s),Comparisons!%s,1)", cell, cell),
                     false, value, DLU_STYLE_FOLD, DLU_FILL_NONE);
    dlu_xlsx_formula(
        c->sheet, row, col + 1,
        dlu_arena_printf(c->plan->arena, "=IF(ISNUMBER(Comparisons!%s),%g,-1)", cell, y), false, y,
        DLU_STYLE_CHARTED, DLU_FILL_NONE);
}

static void put_forest_row(dlu_charting *c, size_t i)
{
    size_t at = c->plan->used[c->first + i][DLU_XLSX_INTERACTION];
    double y = (double)(c->n - i);
    if (at == DLU_NO_ROW || !isfinite(c->plan->result->comparisons[at].fold))
        return;
    const dlu_comparison_row *row = &c->plan->result->comparisons[at];
    uint32_t line = c->row + c->bars++;
    dlu_xlsx_text(c->sheet, line, DLU_CHART_PAIR, c->names[i], DLU_STYLE_TEXT, DLU_FILL_NONE);
    put_forest_cell(c, line, DLU_CHART_BAR_X, at, "fold", row->fold, y);
    c->highest = fmax(c->highest, row->fold);
    c->lowest = fmin(c->lowest, row->fold);
    if (!isfinite(row->fold_low) || !isfinite(row->fold_high))
        return;
    line = c->row + 3 * c->intervals++;
    put_forest_cell(c, line, DLU_CHART_INTERVAL_X, at, "fold_low", row->fold_low, y);
    put_forest_cell(c, line + 1, DLU_CHART_INTERVAL_X, at, "fold_high", row->fold_high, y);
    c->highest = fmax(c->highest, fmin(row->fold_high, 8));
    c->lowest = fmin(c->lowest, fmax(row->fold_low, 0.125));
}

uint32_t dlu_chart_forest(dlu_charting *c, dlu_xlsx_chart **chart)
{
    *chart = NULL;
    if (!dlu_chart_names(c))
        return c->row;
    dlu_chart_head(c, "WT fold / MUT fold: folds and their intervals", true);
    c->highest = c->lowest = 1;
    for (size_t i = 0; i < c->n; i++)
        put_forest_row(c, i);
    *chart = draw_forest(c);
    return c->row + 3 * (uint32_t)c->n + 2;
}
