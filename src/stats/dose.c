/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/many.h"
#include "stats/t.h"

/* Slopes over dose scores, taken within each block and then treated as a sample. */

/* Sums of one line: its values, their means and squares about them. */
typedef struct line {
    size_t n;
    double x;
    double y;
    double xx;
    double xy;
    double largest; /* |y| */
} line;

static bool is_of(const dlu_dose_data *data, size_t i, unsigned cell, unsigned block)
{
    return data->cell[i] == cell && data->block[i] == block;
}

static line sum_line(const dlu_dose_data *data, unsigned cell, unsigned block)
{
    line l = {0};
    for (size_t i = 0; i < data->n; i++)
        if (is_of(data, i, cell, block)) {
            l.n++;
            l.x += (data->score[i] - l.x) / (double)l.n;
            l.y += (data->y[i] - l.y) / (double)l.n;
            l.largest = fmax(l.largest, fabs(data->y[i]));
        }
    for (size_t i = 0; i < data->n; i++)
        if (is_of(data, i, cell, block)) {
            double dx = data->score[i] - l.x;
            l.xx += dx * dx;
            l.xy += dx * (data->y[i] - l.y);
        }
    return l;
}

/* Equal scores may leave rounding in their squares, so they are looked at themselves. */
static bool has_two_scores(const dlu_dose_data *data, unsigned cell, unsigned block)
{
    double first = NAN;
    for (size_t i = 0; i < data->n; i++) {
        if (!is_of(data, i, cell, block))
            continue;
        if (isnan(first))
            first = data->score[i];
        if (data->score[i] != first)
            return true;
    }
    return false;
}

/* Adds the size of what rounding could leave in the slope to *scale. */
static bool slope_of(const dlu_dose_data *data, unsigned cell, unsigned block, double *slope,
                     double *scale)
{
    if (!has_two_scores(data, cell, block))
        return false;
    line l = sum_line(data, cell, block);
    if (!(l.xx > 0))
        return false;
    *slope = l.xy / l.xx;
    *scale = fmax(*scale, l.largest * sqrt((double)l.n / l.xx));
    return true;
}

bool dlu_stats_block_slope(const dlu_dose_data *data, unsigned cell, unsigned block, double *out)
{
    double scale = 0;
    return slope_of(data, cell, block, out, &scale);
}

/* sum c_i slope_i of one block. */
static bool block_contrast(const dlu_dose_data *data, const double *c, unsigned block, double *out,
                           double *scale)
{
    double sum = 0;
    for (unsigned cell = 0; cell < data->n_cells; cell++) {
        double slope;
        if (c[cell] == 0)
            continue;
        if (!slope_of(data, cell, block, &slope, scale))
            return false;
        sum += c[cell] * slope;
    }
    *out = sum;
    return true;
}

static dlu_status check(const dlu_dose_data *data, const double *c)
{
    bool any = false;
    for (unsigned cell = 0; cell < data->n_cells; cell++) {
        if (!isfinite(c[cell]))
            return DLU_E_INPUT;
        any = any || c[cell] != 0;
    }
    for (size_t i = 0; i < data->n; i++)
        if (!isfinite(data->y[i]) || !isfinite(data->score[i]) || data->cell[i] >= data->n_cells ||
            data->block[i] >= data->n_blocks)
            return DLU_E_INPUT;
    return any ? DLU_OK : DLU_E_USAGE;
}

dlu_status dlu_stats_slope_per_block(const dlu_dose_data *data, const double *c, double alpha,
                                     dlu_test *out)
{
    double value, mean = 0, squares = 0, scale = 0;
    size_t n = 0;
    dlu_status status = check(data, c);
    if (status != DLU_OK)
        return status;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (block_contrast(data, c, j, &value, &scale)) {
            n++;
            mean += (value - mean) / (double)n;
        }
    if (n < 2)
        return DLU_E_TOO_FEW;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (block_contrast(data, c, j, &value, &scale))
            squares += (value - mean) * (value - mean);
    double df = (double)(n - 1);
    return dlu_stats_test_of(mean, sqrt(squares / df / (double)n), df, scale, alpha, n, out);
}
