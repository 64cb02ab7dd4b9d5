/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_chart.h"

#include <math.h>
#include <stdio.h>

#include "report/xlsx_own.h"

#define MAX_SERIES 16
#define INK        0x404040u
#define GRID       0xD9D9D9u

struct dlu_xlsx_chart {
    dlu_xlsx_sheet *data;
    dlu_xlsx_frame frame;
    lxw_chart *chart;
    int16_t unnamed[MAX_SERIES + 1]; /* not in the legend; ended by -1 */
    int16_t n, n_unnamed;
};

static void set_axis(lxw_chart_axis *axis, const dlu_xlsx_axis *as)
{
    lxw_chart_font font = {.size = 9, .color = INK};
    lxw_chart_line grid = {.color = GRID, .width = 0.5F}, none = {.none = LXW_TRUE};
    chart_axis_set_min(axis, as->min);
    if (!isnan(as->max))
        chart_axis_set_max(axis, as->max);
    if (as->log) {
        chart_axis_set_log_base(axis, 2);
        chart_axis_set_major_unit(axis, 2);
    }
    chart_axis_set_num_font(axis, &font);
    chart_axis_major_gridlines_set_visible(axis, !as->room);
    if (as->room) {
        chart_axis_set_num_format(axis, as->room);
        chart_axis_set_major_unit(axis, as->max - as->min);
        chart_axis_set_major_tick_mark(axis, LXW_CHART_AXIS_TICK_MARK_NONE);
        chart_axis_set_minor_tick_mark(axis, LXW_CHART_AXIS_TICK_MARK_NONE);
        chart_axis_set_line(axis, &none);
        return;
    }
    chart_axis_set_num_format(axis, "General");
    chart_axis_major_gridlines_set_line(axis, &grid);
    chart_axis_set_name(axis, as->title);
    chart_axis_set_name_font(axis, &font);
}

dlu_xlsx_chart *dlu_xlsx_chart_new(dlu_xlsx_sheet *data, const dlu_xlsx_frame *f)
{
    lxw_chart_font title = {.size = 11, .bold = LXW_TRUE, .color = INK}, key = {.size = 9};
    if (!data)
        return NULL;
    dlu_xlsx_chart *chart = dlu_arena_alloc(data->book->arena, 1, sizeof *chart);
    lxw_chart *made = chart ? workbook_add_chart(data->book->workbook, LXW_CHART_SCATTER) : NULL;
    if (!made) {
        data->book->no_memory = true;
        return NULL;
    }
    *chart = (dlu_xlsx_chart){.data = data, .frame = *f, .chart = made};
    chart_title_set_name(made, f->title);
    chart_title_set_name_font(made, &title);
    chart_legend_set_position(made, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(made, &key);
    chart_show_blanks_as(made, LXW_CHART_BLANKS_AS_GAP);
    set_axis(made->x_axis, &f->x);
    set_axis(made->y_axis, &f->y);
    if (f->x.log)
        chart_axis_set_crossing_min(made->y_axis);
    return chart;
}

static void set_points(lxw_chart_series *series, const dlu_xlsx_series *s)
{
    uint32_t colour = s->colour ? s->colour : INK;
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_line edge = {.color = s->mark == DLU_MARK_CIRCLE ? 0xFFFFFF : colour, .width = 0.75F};
    chart_series_set_marker_type(series, s->mark == DLU_MARK_CIRCLE ? LXW_CHART_MARKER_CIRCLE
                                                                    : LXW_CHART_MARKER_SQUARE);
    chart_series_set_marker_size(series, s->mark == DLU_MARK_CIRCLE ? 5 : 7);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &edge);
}

static void set_texts(dlu_xlsx_chart *chart, lxw_chart_series *series, const dlu_xlsx_series *s)
{
    lxw_chart_font font = {.size = 9, .color = INK};
    uint32_t n = s->last - s->first + 1;
    dlu_arena *arena = chart->data->book->scratch;
    lxw_chart_data_label *labels = dlu_arena_alloc(arena, n, sizeof *labels);
    lxw_chart_data_label **list = dlu_arena_alloc(arena, (size_t)n + 1, sizeof *list);
    if (!labels || !list) {
        chart->data->book->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        labels[i].value = s->texts[i];
        labels[i].font = &font;
        list[i] = &labels[i];
    }
    chart_series_set_labels(series);
    dlu_xlsx_keep(chart->data->book, chart_series_set_labels_custom(series, list));
    chart_series_set_labels_position(series, s->mark == DLU_MARK_BELOW
                                                 ? LXW_CHART_LABEL_POSITION_BELOW
                                                 : LXW_CHART_LABEL_POSITION_RIGHT);
    chart_series_set_labels_font(series, &font);
}

/*
 * The numbers that programs draw which do not compute. libxlsxwriter itself keeps those of plain
 * cells only, and 0 for formulas.
 */
static void keep_numbers(dlu_xlsx_chart *chart, lxw_series_range *range, uint32_t col,
                         const dlu_xlsx_series *s)
{
    dlu_xlsx_book *book = chart->data->book;
    uint32_t n = s->last - s->first + 1, row = s->first;
    lxw_series_data_point *point;
    uint8_t *zeros = n <= UINT16_MAX ? dlu_arena_alloc(book->scratch, n, 1) : NULL;
    if (!zeros)
        return;
    lxw_error error = lxw_chart_add_data_cache(range, zeros, (uint16_t)n, 1, 0);
    dlu_xlsx_keep(book, error);
    if (error)
        return;
    STAILQ_FOREACH(point, range->data_cache, list_pointers)
    {
        lxw_row *line = lxw_worksheet_find_row(chart->data->worksheet, row++);
        lxw_cell *cell = line ? lxw_worksheet_find_cell_in_row(line, (lxw_col_t)col) : NULL;
        point->no_data = !cell;
        if (cell)
            point->number = cell->type == NUMBER_CELL ? cell->u.number : cell->formula_result;
    }
}

void dlu_xlsx_chart_add(dlu_xlsx_chart *chart, const dlu_xlsx_series *s)
{
    lxw_chart_line line = {.color = s->colour ? s->colour : INK, .width = 1.25F};
    if (!chart || s->last < s->first || chart->n == MAX_SERIES)
        return;
    lxw_chart_series *series = chart_add_series(chart->chart, NULL, NULL);
    if (!series) {
        chart->data->book->no_memory = true;
        return;
    }
    const char *sheet = chart->data->worksheet->name;
    chart_series_set_categories(series, sheet, s->first, (lxw_col_t)s->x, s->last, (lxw_col_t)s->x);
    chart_series_set_values(series, sheet, s->first, (lxw_col_t)s->y, s->last, (lxw_col_t)s->y);
    keep_numbers(chart, series->categories, s->x, s);
    keep_numbers(chart, series->values, s->y, s);
    line.none = s->mark != DLU_MARK_BROKEN && s->mark != DLU_MARK_LINE && s->mark != DLU_MARK_BAR;
    if (s->mark == DLU_MARK_BROKEN)
        line.dash_type = LXW_CHART_LINE_DASH_DASH;
    if (s->mark == DLU_MARK_BAR)
        line.width = 2.5F;
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
    if (s->mark == DLU_MARK_CIRCLE || s->mark == DLU_MARK_SQUARE)
        set_points(series, s);
    if (s->mark == DLU_MARK_BELOW || s->mark == DLU_MARK_BESIDE)
        set_texts(chart, series, s);
    if (s->name)
        chart_series_set_name(series, s->name);
    else
        chart->unnamed[chart->n_unnamed++] = chart->n;
    chart->n++;
}

void dlu_xlsx_chart_place(dlu_xlsx_chart *chart, dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                          int32_t right)
{
    if (!chart || !sheet)
        return;
    /* the size for which libxlsxwriter takes a scale of 1 */
    lxw_chart_options options = {.x_offset = right,
                                 .x_scale = chart->frame.width / 480,
                                 .y_scale = chart->frame.height / 288,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    chart->unnamed[chart->n_unnamed] = -1;
    dlu_xlsx_keep(sheet->book, chart_legend_delete_series(chart->chart, chart->unnamed));
    dlu_xlsx_keep(sheet->book, worksheet_insert_chart_opt(sheet->worksheet, row, (lxw_col_t)col,
                                                          chart->chart, &options));
}
