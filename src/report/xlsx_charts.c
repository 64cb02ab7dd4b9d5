/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/xlsx_charting.h"

/* The sheet of the charts' cells, and where the charts stand. */

void dlu_chart_number(dlu_charting *c, uint32_t row, uint32_t col, double value)
{
    dlu_xlsx_number(c->sheet, row, col, value, DLU_STYLE_GENERAL, DLU_FILL_NONE);
}

static bool same_text(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

/* At most so many letters, the last "..." where it was cut. */
static char *shortened(const char *text, dlu_arena *arena)
{
    size_t letters = 0, kept = 0;
    for (size_t i = 0; text[i]; i++) {
        if (((unsigned char)text[i] & 0xC0) == 0x80)
            continue;
        if (++letters <= LABEL_LETTERS - 2)
            kept = i;
    }
    if (letters <= LABEL_LETTERS)
        return dlu_arena_copy(arena, text);
    return dlu_arena_printf(arena, "%.*s...", (int)kept, text);
}

/* The target, and what else tells this pair from the others. */
static char *name_of(const dlu_xlsx_plan *plan, size_t verdict)
{
    const dlu_verdict_row *v = &plan->result->verdicts[verdict], *all = plan->result->verdicts;
    bool mirna = false, dose = false, mutant = false;
    for (size_t i = 0; i < plan->result->n_verdicts; i++) {
        mirna |= !same_text(all[i].mirna, v->mirna);
        dose |= isfinite(all[i].dose_nM) && all[i].dose_nM != v->dose_nM;
        mutant |= !same_text(all[i].mutant, v->mutant);
    }
    const char *name = dlu_xlsx_cell_text(v->target ? v->target : "", plan->arena);
    if (name && mirna && v->mirna)
        name = dlu_arena_printf(plan->arena, "%s %s", name, v->mirna);
    if (name && dose && isfinite(v->dose_nM))
        name = dlu_arena_printf(plan->arena, "%s %g nM", name, v->dose_nM);
    if (name && mutant && v->mutant)
        name = dlu_arena_printf(plan->arena, "%s %s", name, v->mutant);
    if (name)
        name = dlu_xlsx_cell_text(name, plan->arena);
    /* libxlsxwriter takes a text of a chart that begins with "=" for a cell to be looked up */
    if (name && *name == '=')
        name = dlu_arena_printf(plan->arena, " %s", name);
    char *cut = name ? shortened(name, plan->arena) : NULL;
    return cut && v->exploratory ? dlu_arena_printf(plan->arena, "%s (exploratory)", cut) : cut;
}

void dlu_chart_head(dlu_charting *c, const char *title, bool forest)
{
    static const char *const bars[DLU_CHART_COLUMNS] = {
        "Pair",      "Construct", "Fold",       NULL, "x", "Bar",  NULL, "x", "Interval", NULL,
        "Replicate", "x",         "Of control", NULL, "x", "Line", NULL, "x", "Name at"};
    static const char *const folds[DLU_CHART_COLUMNS] = {
        "Pair", NULL, NULL, NULL, "Fold", "y", NULL, "Interval", "y", NULL,
        NULL,   NULL, NULL, NULL, "Line", "y", NULL, "Name at",  "y"};
    dlu_xlsx_text(c->sheet, c->row++, 0, title, DLU_STYLE_STRONG, DLU_FILL_NONE);
    for (uint32_t col = 0; col < DLU_CHART_COLUMNS; col++) {
        const char *label = forest ? folds[col] : bars[col];
        bool text =
            col == DLU_CHART_PAIR || col == DLU_CHART_CONSTRUCT || col == DLU_CHART_POINT_NAME;
        if (label)
            dlu_xlsx_text(c->sheet, c->row, col, label,
                          text ? DLU_STYLE_HEADER : DLU_STYLE_HEADER_NUMBER, DLU_FILL_NONE);
    }
    c->row++;
}

void dlu_chart_add(dlu_xlsx_chart *chart, const dlu_charting *c, dlu_xlsx_series s, uint32_t from,
                   uint32_t n)
{
    s.first = c->row + from;
    s.last = c->row + from + n - 1;
    if (n)
        dlu_xlsx_chart_add(chart, &s);
}

void dlu_chart_line(dlu_charting *c, double x0, double y0, double x1, double y1)
{
    dlu_chart_number(c, c->row, DLU_CHART_LINE_X, x0);
    dlu_chart_number(c, c->row, DLU_CHART_LINE_Y, y0);
    dlu_chart_number(c, c->row + 1, DLU_CHART_LINE_X, x1);
    dlu_chart_number(c, c->row + 1, DLU_CHART_LINE_Y, y1);
}

bool dlu_chart_names(dlu_charting *c)
{
    for (size_t i = 0; i < c->n; i++) {
        c->names[i] = name_of(c->plan, c->first + i);
        if (!c->names[i]) {
            dlu_xlsx_no_memory(c->sheet);
            return false;
        }
    }
    return true;
}

static size_t charted(const dlu_result *result)
{
    return result->n_verdicts < MOST_PAIRS ? result->n_verdicts : MOST_PAIRS;
}

static uint32_t rows_of(double pixels)
{
    return (uint32_t)ceil(pixels / 20) + 1;
}

/* Of the tallest of them. */
static uint32_t forest_rows(size_t n)
{
    return rows_of(LINE_PIXELS * (double)((n < ROWS_A_CHART ? n : ROWS_A_CHART) + 1) + 105);
}

uint32_t dlu_xlsx_chart_rows(const dlu_result *result)
{
    size_t n = charted(result);
    if (!n)
        return 0;
    if (n <= BARS_A_CHART)
        return rows_of(BARS_HEIGHT);
    size_t charts = (n + ROWS_A_CHART - 1) / ROWS_A_CHART;
    return (uint32_t)((charts + CHARTS_ABREAST - 1) / CHARTS_ABREAST) * forest_rows(n);
}

/* Bars of eight pairs a chart: on Summary where one shows all, else beside its cells. */
static uint32_t put_all_bars(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan,
                             dlu_xlsx_sheet *summary, uint32_t row)
{
    dlu_xlsx_chart *chart;
    size_t n = charted(plan->result);
    for (size_t first = 0; first < n; first += BARS_A_CHART) {
        dlu_charting c = {.sheet = sheet, .plan = plan, .first = first, .row = row};
        c.n = n - first < BARS_A_CHART ? n - first : BARS_A_CHART;
        uint32_t begin = row;
        row = dlu_chart_bars(&c, &chart);
        if (plan->result->n_verdicts <= BARS_A_CHART) {
            dlu_xlsx_chart_place(chart, summary, dlu_xlsx_summary_chart_row(plan->result), 0, 0);
        } else {
            dlu_xlsx_chart_place(chart, sheet, begin, DLU_CHART_COLUMNS + 1, 0);
            row = row > begin + rows_of(BARS_HEIGHT) ? row : begin + rows_of(BARS_HEIGHT);
        }
        dlu_xlsx_rest(sheet);
    }
    return row;
}

/* Charts of forty pairs under the table of Summary, as many side by side as it is wide. */
static void put_all_folds(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, dlu_xlsx_sheet *summary,
                          uint32_t row)
{
    dlu_xlsx_chart *chart;
    size_t n = charted(plan->result);
    uint32_t top = dlu_xlsx_summary_chart_row(plan->result), k = 0;
    for (size_t first = 0; first < n; first += ROWS_A_CHART, k++) {
        dlu_charting c = {.sheet = sheet, .plan = plan, .first = first, .row = row};
        c.n = n - first < ROWS_A_CHART ? n - first : ROWS_A_CHART;
        row = dlu_chart_forest(&c, &chart);
        dlu_xlsx_chart_place(chart, summary, top + k / CHARTS_ABREAST * forest_rows(n), 0,
                             (int32_t)(k % CHARTS_ABREAST * (FOREST_PLOT + 20)));
        dlu_xlsx_rest(sheet);
    }
}

void dlu_xlsx_charts(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    static const double widths[DLU_CHART_COLUMNS] = {28, 11, 9,  3, 8, 9, 3, 9, 9, 3,
                                                     14, 8,  11, 3, 8, 8, 3, 9, 8};
    dlu_xlsx_sheet *summary = dlu_xlsx_sheet_named(sheet, "Summary");
    if (!sheet)
        return;
    for (uint32_t col = 0; col < DLU_CHART_COLUMNS; col++)
        dlu_xlsx_width(sheet, col, widths[col]);
    dlu_xlsx_text(
        sheet, 0, 0,
        "What the charts are drawn from. In blocks a replicate is relative to the control "
        "of its own block, else to the mean of the controls.",
        DLU_STYLE_FAINT, DLU_FILL_NONE);
    uint32_t row = put_all_bars(sheet, plan, summary, 2);
    if (plan->result->n_verdicts > BARS_A_CHART)
        put_all_folds(sheet, plan, summary, row);
    dlu_xlsx_page(sheet, 0);
}
