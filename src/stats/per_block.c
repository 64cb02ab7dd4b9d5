/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/t.h"

/* Contrasts taken within each block and then treated as a sample. */

/* Mean of one cell in one block; false where it has no value there. */
static bool cell_mean(const dlu_blocked_data *data, unsigned block, unsigned cell, double *out)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < data->n; i++)
        if (data->block[i] == block && data->cell[i] == cell) {
            sum += data->y[i];
            n++;
        }
    *out = n ? sum / (double)n : 0;
    return n > 0;
}

bool dlu_stats_block_value(const dlu_blocked_data *data, const double *c, unsigned block,
                           double *out)
{
    double sum = 0;
    for (unsigned cell = 0; cell < data->n_cells; cell++) {
        double mean;
        if (c[cell] == 0)
            continue;
        if (!cell_mean(data, block, cell, &mean))
            return false;
        sum += c[cell] * mean;
    }
    *out = sum;
    return true;
}

/* Two passes over the blocks instead of an array of them. */
static size_t mean_of_blocks(const dlu_blocked_data *data, const double *c, double *mean)
{
    double sum = 0, value;
    size_t n = 0;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (dlu_stats_block_value(data, c, j, &value)) {
            sum += value;
            n++;
        }
    *mean = n ? sum / (double)n : 0;
    return n;
}

static double largest(const dlu_blocked_data *data, const double *c)
{
    double scale = 0;
    for (size_t i = 0; i < data->n; i++)
        if (c[data->cell[i]] != 0)
            scale = fmax(scale, fabs(data->y[i]));
    return scale;
}

dlu_status dlu_stats_per_block(const dlu_blocked_data *data, const double *c, double alpha,
                               dlu_test *out)
{
    double mean, value, squares = 0;
    for (size_t i = 0; i < data->n; i++)
        if (!isfinite(data->y[i]) || data->cell[i] >= data->n_cells)
            return DLU_E_INPUT;
    size_t n = mean_of_blocks(data, c, &mean);
    if (n < 2)
        return DLU_E_TOO_FEW;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (dlu_stats_block_value(data, c, j, &value))
            squares += (value - mean) * (value - mean);
    double df = (double)(n - 1);
    return dlu_stats_test_of(mean, sqrt(squares / df / (double)n), df, largest(data, c), alpha, n,
                             out);
}

dlu_status dlu_stats_per_block_ratio(const dlu_blocked_data *data, const double *top,
                                     const double *bottom, double alpha, dlu_ratio *out)
{
    double x, y, mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    size_t n = 0;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (dlu_stats_block_value(data, top, j, &x) && dlu_stats_block_value(data, bottom, j, &y)) {
            mean_x += x;
            mean_y += y;
            n++;
        }
    if (n < 2)
        return DLU_E_TOO_FEW;
    mean_x /= (double)n;
    mean_y /= (double)n;
    for (unsigned j = 0; j < data->n_blocks; j++)
        if (dlu_stats_block_value(data, top, j, &x) && dlu_stats_block_value(data, bottom, j, &y)) {
            xx += (x - mean_x) * (x - mean_x);
            yy += (y - mean_y) * (y - mean_y);
            xy += (x - mean_x) * (y - mean_y);
        }
    double scale = (double)(n - 1) * (double)n;
    const dlu_fieller given = {mean_x, mean_y, xx / scale, yy / scale, xy / scale, (double)(n - 1)};
    return dlu_stats_fieller(&given, alpha, out);
}
