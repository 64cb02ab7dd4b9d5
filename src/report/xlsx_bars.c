/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/xlsx_charting.h"

/* Relative activity: bars, their intervals, and replicates over them. */

/* The fold of a comparison, as far as there is one; returns whether there is. */
static bool put_fold(dlu_charting *c, uint32_t row, uint32_t col, size_t comparison,
                     const char *key, double value)
{
    char cell[DLU_XLSX_ADDRESS_SIZE];
    if (!isfinite(value))
        return false;
    dlu_xlsx_address((uint32_t)comparison + 1, dlu_xlsx_column_of("comparisons", key), cell);
    dlu_xlsx_formula(c->sheet, row, col,
                     dlu_arena_printf(c->plan->arena,
                                      "=IF(ISNUMBER(Comparisons!%s),Comparisons!%s,-1)", cell,
                                      cell),
                     false, value, DLU_STYLE_CHARTED, DLU_FILL_NONE);
    return true;
}

/* Where a construct's bar stands: the two of a pair beside each other, one alone in the middle. */
static double place_of(const dlu_charting *c, size_t i, unsigned effect)
{
    bool pair = c->plan->result->verdicts[c->first + i].mutant != NULL;
    return (double)i + (!pair ? 0.5 : effect == DLU_XLSX_WT ? 0.33 : 0.67);
}

static const dlu_comparison_row *shown(const dlu_charting *c, size_t i, unsigned effect)
{
    size_t at = c->plan->shown[c->first + i][effect];
    return at == DLU_NO_ROW ? NULL : &c->plan->result->comparisons[at];
}

static void put_interval(dlu_charting *c, double x, size_t comparison,
                         const dlu_comparison_row *row)
{
    uint32_t at = c->row + 3 * c->intervals;
    if (!isfinite(row->fold_low) || !isfinite(row->fold_high))
        return;
    put_fold(c, at, DLU_CHART_INTERVAL_Y, comparison, "fold_low", row->fold_low);
    put_fold(c, at + 1, DLU_CHART_INTERVAL_Y, comparison, "fold_high", row->fold_high);
    for (uint32_t k = 0; k < 3; k++)
        dlu_chart_number(c, at + k, DLU_CHART_INTERVAL_X, x);
    c->farthest = fmax(c->farthest, row->fold_high);
    c->intervals++;
}

/* Up, across and down again; nothing where the fold is gone. */
static void put_outline(dlu_charting *c, double x, uint32_t fold, double value)
{
    char cell[DLU_XLSX_ADDRESS_SIZE];
    uint32_t at = c->row + CORNERS * c->bars;
    dlu_xlsx_address(fold, DLU_CHART_FOLD, cell);
    for (uint32_t k = 0; k < 4; k++) {
        bool top = k == 1 || k == 2;
        dlu_chart_number(c, at + k, DLU_CHART_BAR_X, k < 2 ? x - BAR_HALF : x + BAR_HALF);
        dlu_xlsx_formula(c->sheet, at + k, DLU_CHART_BAR_Y,
                         top ? dlu_arena_printf(c->plan->arena, "=%s", cell)
                             : dlu_arena_printf(c->plan->arena, "=IF(%s<0,-1,0)", cell),
                         false, top ? value : 0, DLU_STYLE_CHARTED, DLU_FILL_NONE);
    }
}

static void put_bar(dlu_charting *c, size_t i, unsigned effect)
{
    const dlu_comparison_row *row = shown(c, i, effect);
    uint32_t at = c->row + c->bars;
    size_t comparison = c->plan->shown[c->first + i][effect];
    double x = place_of(c, i, effect);
    if (!row || !put_fold(c, at, DLU_CHART_FOLD, comparison, "fold", row->fold))
        return;
    dlu_xlsx_text(c->sheet, at, DLU_CHART_PAIR, c->names[i], DLU_STYLE_TEXT, DLU_FILL_NONE);
    dlu_xlsx_text(c->sheet, at, DLU_CHART_CONSTRUCT, effect == DLU_XLSX_WT ? "WT" : "mutant",
                  DLU_STYLE_TEXT, DLU_FILL_NONE);
    put_outline(c, x, at, row->fold);
    c->highest = fmax(c->highest, row->fold);
    c->bars++;
    put_interval(c, x, comparison, row);
}

/* What a replicate is relative to: the control of its own block, or the mean of all controls. */
static const char *control_of(const dlu_charting *c, size_t verdict,
                              const dlu_working_value *treated, double *mean)
{
    const dlu_working *w = &c->plan->result->workings[verdict];
    dlu_section section = c->plan->sections[verdict];
    char cell[DLU_XLSX_ADDRESS_SIZE];
    const char *list = NULL;
    double sum = 0, value;
    size_t n = 0;
    for (unsigned any = 0; any < 2 && !n; any++)
        for (size_t i = 0; i < w->n; i++) {
            if (w->values[i].cell != treated->cell + 1 ||
                (!any && section.kind != DLU_SECTION_UNBLOCKED &&
                 w->values[i].block != treated->block))
                continue;
            const char *ref = dlu_xlsx_working_value(c->plan, w, i, &value);
            list = !ref ? NULL : n ? dlu_arena_printf(c->plan->arena, "%s,%s", list, ref) : ref;
            if (!list)
                return NULL;
            sum += value;
            n++;
        }
    *mean = sum / (double)n;
    if (section.kind != DLU_SECTION_UNBLOCKED)
        return n ? dlu_arena_printf(c->plan->arena, "AVERAGE(%s)", list) : "";
    dlu_xlsx_address(section.mean, DLU_SECTION_CELL + treated->cell + 1, cell);
    return dlu_arena_printf(c->plan->arena, "Workings!%s", cell);
}

static const char *replicate_name(const dlu_charting *c, const dlu_working *w,
                                  const dlu_working_value *value)
{
    if (w->wells)
        return c->plan->result->wells[value->row].well;
    const dlu_unit_row *unit = &c->plan->result->units[value->row];
    return unit->block ? unit->block : unit->replicate;
}

static void put_point(dlu_charting *c, size_t i, size_t value, double x)
{
    size_t verdict = c->first + i;
    const dlu_working *w = &c->plan->result->workings[verdict];
    double own, mean;
    const char *control = control_of(c, verdict, &w->values[value], &mean);
    const char *ref = dlu_xlsx_working_value(c->plan, w, value, &own);
    if (!control || !ref) {
        dlu_xlsx_no_memory(c->sheet);
        return;
    }
    double relative = exp(own - mean);
    if (!*control || !isfinite(relative))
        return;
    uint32_t at = c->row + c->points++;
    dlu_xlsx_text(c->sheet, at, DLU_CHART_POINT_NAME, replicate_name(c, w, &w->values[value]),
                  DLU_STYLE_TEXT, DLU_FILL_NONE);
    dlu_chart_number(c, at, DLU_CHART_POINT_X, x);
    dlu_xlsx_formula(c->sheet, at, DLU_CHART_POINT_Y,
                     dlu_arena_printf(c->plan->arena, "=IFERROR(EXP(%s-%s),-1)", ref, control),
                     false, relative, DLU_STYLE_CHARTED, DLU_FILL_NONE);
    c->highest = fmax(c->highest, relative);
}

/* Side by side, so that equal ones are all seen. */
static void put_points(dlu_charting *c, size_t i, unsigned effect)
{
    const dlu_working *w = &c->plan->result->workings[c->first + i];
    size_t n = 0, k = 0;
    for (size_t v = 0; v < w->n; v++)
        n += w->values[v].cell == 2 * effect;
    for (size_t v = 0; v < w->n && shown(c, i, effect); v++)
        if (w->values[v].cell == 2 * effect) {
            double aside = n > 1 ? (double)k++ / (double)(n - 1) - 0.5 : 0.0;
            put_point(c, i, v, place_of(c, i, effect) + 0.2 * aside);
        }
}

static dlu_xlsx_chart *draw_bars(dlu_charting *c)
{
    char *title = dlu_arena_printf(c->plan->arena, "Relative activity, pairs %zu to %zu",
                                   c->first + 1, c->first + c->n);
    dlu_xlsx_frame frame = {
        .title = c->plan->result->n_verdicts > BARS_A_CHART && title ? title : "Relative activity",
        .x = {.min = 0, .max = (double)c->n, .room = NAMES_BELOW},
        /* an interval without end must not make all else flat */
        .y = {.title = "fold (control = 1)",
              .min = 0,
              .max = c->farthest > 3 * c->highest ? ceil(2 * c->highest) : NAN},
        .width = PAIR_PIXELS * (double)c->n + 100,
        .height = BARS_HEIGHT};
    dlu_xlsx_chart *chart = dlu_xlsx_chart_new(c->sheet, &frame);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_BROKEN,
                                    .colour = 0x595959,
                                    .x = DLU_CHART_LINE_X,
                                    .y = DLU_CHART_LINE_Y},
                  0, 2);
    dlu_xlsx_series bars = {.mark = DLU_MARK_BAR, .x = DLU_CHART_BAR_X, .y = DLU_CHART_BAR_Y};
    bars.colour = DLU_XLSX_BLUE;
    bars.name = "wild type";
    dlu_chart_add(chart, c, bars, 0, CORNERS * c->mutants);
    bars.colour = DLU_XLSX_ORANGE;
    bars.name = "mutant";
    dlu_chart_add(chart, c, bars, CORNERS * c->mutants, CORNERS * (c->bars - c->mutants));
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_LINE,
                                    .name = "interval",
                                    .x = DLU_CHART_INTERVAL_X,
                                    .y = DLU_CHART_INTERVAL_Y},
                  0, 3 * c->intervals);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_CIRCLE,
                                    .name = "biological replicate",
                                    .x = DLU_CHART_POINT_X,
                                    .y = DLU_CHART_POINT_Y},
                  0, c->points);
    dlu_chart_add(chart, c,
                  (dlu_xlsx_series){.mark = DLU_MARK_BELOW,
                                    .x = DLU_CHART_NAME_X,
                                    .y = DLU_CHART_NAME_Y,
                                    .texts = c->names},
                  0, (uint32_t)c->n);
    return chart;
}

uint32_t dlu_chart_bars(dlu_charting *c, dlu_xlsx_chart **chart)
{
    *chart = NULL;
    if (!dlu_chart_names(c))
        return c->row;
    dlu_chart_head(
        c, "Relative activity: folds, their intervals, and each replicate over its control", false);
    for (size_t i = 0; i < c->n; i++) {
        dlu_chart_number(c, c->row + (uint32_t)i, DLU_CHART_NAME_X, (double)i + 0.5);
        dlu_chart_number(c, c->row + (uint32_t)i, DLU_CHART_NAME_Y, 0);
    }
    c->highest = 1;
    for (unsigned effect = DLU_XLSX_WT; effect <= DLU_XLSX_MUT; effect++) {
        c->mutants = c->bars;
        for (size_t i = 0; i < c->n; i++) {
            put_bar(c, i, effect);
            put_points(c, i, effect);
        }
    }
    dlu_chart_line(c, 0, 1, (double)c->n, 1);
    *chart = draw_bars(c);
    uint32_t height = CORNERS * c->bars > c->points ? CORNERS * c->bars : c->points;
    return c->row + (height > c->n ? height : (uint32_t)c->n) + 2;
}
