/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "stats/t.h"

/*
 * y = cell + block + e. Blocks are eliminated by centring within each, which leaves a system of at
 * most DLU_MAX_CELLS_OF_FIT cells: A tau = q with A = sum over blocks of diag(n_cj) - n_cj n_dj /
 * n_j. Cells hang together where a block holds both; A is regular once one cell of each connected
 * set is fixed at 0, so that rank and estimability are counted, not judged by a tolerance.
 */

#define CELLS DLU_MAX_CELLS_OF_FIT

typedef double square[CELLS][CELLS];

/* One block: its values by cell. */
typedef struct block_sum {
    size_t n;
    double mean;
    size_t count[CELLS];
    double cell_mean[CELLS];
} block_sum;

static block_sum sum_block(const dlu_blocked_data *data, unsigned block)
{
    block_sum b = {0};
    double rest = 0;
    for (size_t i = 0; i < data->n; i++) {
        if (data->block[i] != block)
            continue;
        b.n++;
        b.mean += data->y[i];
        b.count[data->cell[i]]++;
        b.cell_mean[data->cell[i]] += data->y[i];
    }
    if (!b.n)
        return b;
    b.mean /= (double)b.n;
    for (unsigned c = 0; c < data->n_cells; c++)
        if (b.count[c])
            b.cell_mean[c] /= (double)b.count[c];
    for (size_t i = 0; i < data->n; i++)
        if (data->block[i] == block)
            rest += data->y[i] - b.mean;
    b.mean += rest / (double)b.n;
    return b;
}

static dlu_status check(const dlu_blocked_data *data)
{
    if (!data->n_cells || data->n_cells > CELLS)
        return DLU_E_INPUT;
    for (size_t i = 0; i < data->n; i++)
        if (!isfinite(data->y[i]) || data->cell[i] >= data->n_cells ||
            data->block[i] >= data->n_blocks)
            return DLU_E_INPUT;
    return DLU_OK;
}

/* Cells of one block get the smallest of their sets' numbers. */
static void connect(dlu_blocked_fit *fit, const block_sum *b)
{
    for (unsigned c = 0; c < fit->n_cells; c++)
        for (unsigned d = c + 1; d < fit->n_cells; d++) {
            unsigned keep = fit->connected[c], drop = fit->connected[d];
            if (!b->count[c] || !b->count[d] || keep == drop)
                continue;
            for (unsigned e = 0; e < fit->n_cells; e++)
                if (fit->connected[e] == (keep < drop ? drop : keep))
                    fit->connected[e] = keep < drop ? keep : drop;
        }
}

static void add_block(dlu_blocked_fit *fit, const block_sum *b, square a, double *q)
{
    fit->n += b->n;
    fit->n_blocks++;
    connect(fit, b);
    for (unsigned c = 0; c < fit->n_cells; c++) {
        double n_c = (double)b->count[c];
        a[c][c] += n_c;
        q[c] += n_c * (b->cell_mean[c] - b->mean);
        for (unsigned d = 0; d < fit->n_cells; d++)
            a[c][d] -= n_c * (double)b->count[d] / (double)b->n;
    }
}

/* The inverse of a positive definite k x k matrix, by Cholesky; false where it is not one. */
static bool invert(square a, unsigned k, square inverse)
{
    for (unsigned j = 0; j < k; j++) {
        for (unsigned i = 0; i < j; i++)
            a[j][j] -= a[j][i] * a[j][i];
        if (!(a[j][j] > 0))
            return false;
        a[j][j] = sqrt(a[j][j]);
        for (unsigned r = j + 1; r < k; r++) {
            for (unsigned i = 0; i < j; i++)
                a[r][j] -= a[r][i] * a[j][i];
            a[r][j] /= a[j][j];
        }
    }
    for (unsigned col = 0; col < k; col++) {
        double x[CELLS] = {0};
        x[col] = 1;
        for (unsigned i = 0; i < k; i++) {
            for (unsigned j = 0; j < i; j++)
                x[i] -= a[i][j] * x[j];
            x[i] /= a[i][i];
        }
        for (unsigned i = k; i-- > 0;) {
            for (unsigned j = i + 1; j < k; j++)
                x[i] -= a[j][i] * x[j];
            x[i] /= a[i][i];
        }
        for (unsigned i = 0; i < k; i++)
            inverse[i][col] = x[i];
    }
    return true;
}

/* Solves for all cells but the first of each connected set; *rank is their number. */
static bool solve(dlu_blocked_fit *fit, square a, const double *q, unsigned *rank)
{
    unsigned free_cell[CELLS], k = 0;
    square small, inverse;
    for (unsigned c = 0; c < fit->n_cells; c++)
        if (fit->connected[c] != c)
            free_cell[k++] = c;
    for (unsigned i = 0; i < k; i++)
        for (unsigned j = 0; j < k; j++)
            small[i][j] = a[free_cell[i]][free_cell[j]];
    if (!invert(small, k, inverse))
        return false;
    for (unsigned i = 0; i < k; i++)
        for (unsigned j = 0; j < k; j++) {
            fit->covariance[free_cell[i]][free_cell[j]] = inverse[i][j];
            fit->cell[free_cell[i]] += inverse[i][j] * q[free_cell[j]];
        }
    *rank = k;
    return true;
}

/* Residuals of one block, squared and summed. */
static double residual_squares(const dlu_blocked_data *data, const dlu_blocked_fit *fit,
                               unsigned block, const block_sum *b)
{
    double effect = 0, squares = 0;
    for (unsigned c = 0; c < fit->n_cells; c++)
        effect += (double)b->count[c] * fit->cell[c] / (double)b->n;
    for (size_t i = 0; i < data->n; i++) {
        if (data->block[i] != block)
            continue;
        double r = (data->y[i] - b->mean) - (fit->cell[data->cell[i]] - effect);
        squares += r * r;
    }
    return squares;
}

dlu_status dlu_stats_blocked_fit(const dlu_blocked_data *data, dlu_blocked_fit *out)
{
    dlu_status status = check(data);
    if (status != DLU_OK)
        return status;
    square a = {{0}};
    double q[CELLS] = {0}, squares = 0;
    unsigned rank = 0;
    *out = (dlu_blocked_fit){.n_cells = data->n_cells, .estimable = true};
    for (unsigned c = 0; c < data->n_cells; c++)
        out->connected[c] = c;
    for (unsigned j = 0; j < data->n_blocks; j++) {
        block_sum b = sum_block(data, j);
        if (b.n > 1)
            add_block(out, &b, a, q);
    }
    if (!solve(out, a, q, &rank))
        return DLU_E_NOT_ESTIMABLE;
    for (unsigned j = 0; j < data->n_blocks; j++) {
        block_sum b = sum_block(data, j);
        if (b.n > 1)
            squares += residual_squares(data, out, j, &b);
    }
    for (size_t i = 0; i < data->n; i++)
        out->scale = fmax(out->scale, fabs(data->y[i]));
    for (unsigned c = 0; c < data->n_cells; c++)
        out->estimable = out->estimable && out->connected[c] == 0;
    if (out->n <= (size_t)out->n_blocks + rank)
        return DLU_E_TOO_FEW;
    out->df = (double)(out->n - out->n_blocks - rank);
    out->mse = squares / out->df;
    return DLU_OK;
}

bool dlu_stats_blocked_estimable(const dlu_blocked_fit *fit, const double *c)
{
    for (unsigned set = 0; set < fit->n_cells; set++) {
        double sum = 0, size = 0;
        for (unsigned i = 0; i < fit->n_cells; i++)
            if (fit->connected[i] == set) {
                sum += c[i];
                size += fabs(c[i]);
            }
        if (!(fabs(sum) <= 1e-12 * size))
            return false;
    }
    return true;
}

double dlu_stats_blocked_product(const dlu_blocked_fit *fit, const double *c, const double *d)
{
    double sum = 0;
    for (unsigned i = 0; i < fit->n_cells; i++)
        for (unsigned j = 0; j < fit->n_cells; j++)
            sum += c[i] * d[j] * fit->covariance[i][j];
    return sum;
}

double dlu_stats_blocked_estimate(const dlu_blocked_fit *fit, const double *c)
{
    double sum = 0;
    for (unsigned i = 0; i < fit->n_cells; i++)
        sum += c[i] * fit->cell[i];
    return sum;
}

dlu_status dlu_stats_blocked_contrast(const dlu_blocked_fit *fit, const double *c, double alpha,
                                      dlu_test *out)
{
    if (!dlu_stats_blocked_estimable(fit, c))
        return DLU_E_NOT_ESTIMABLE;
    double variance = fit->mse * dlu_stats_blocked_product(fit, c, c);
    return dlu_stats_test_of(dlu_stats_blocked_estimate(fit, c), sqrt(fmax(variance, 0)), fit->df,
                             fit->scale, alpha, fit->n, out);
}
