/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>

#include "base/moments.h"
#include "stats/diagnostics.h"
#include "stats/robust.h"

/* Median of the numbers at x[0], x[step], ... that are not NaN; NaN where there is none. */
static double present_median(const double *x, size_t n, size_t step, double *room)
{
    size_t present = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i * step]))
            room[present++] = x[i * step];
    return present ? dlu_median(room, present) : NAN;
}

/* Lines of the table in one direction: rows, or columns. */
typedef struct lines {
    double *effects;
    size_t n;
    size_t step; /* from one line to the next */
    size_t length;
    size_t stride; /* from one well of a line to the next */
} lines;

/* Moves the medians of all lines into their effects. */
static void sweep(const lines *l, double *residuals, double *room)
{
    for (size_t i = 0; i < l->n; i++) {
        double *line = residuals + i * l->step;
        double median = present_median(line, l->length, l->stride, room);
        for (size_t j = 0; j < l->length; j++)
            line[j * l->stride] -= median;
        l->effects[i] += median;
    }
}

/* Moves the median of the effects into the overall level. */
static void centre_effects(const lines *l, double *overall, double *room)
{
    double median = present_median(l->effects, l->n, 1, room);
    for (size_t i = 0; i < l->n; i++)
        l->effects[i] -= median;
    *overall += median;
}

static double sum_of_sizes(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += isnan(x[i]) ? 0 : fabs(x[i]);
    return sum;
}

static void polish(size_t n_rows, size_t n_cols, double *room, dlu_polish *out)
{
    const lines rows = {out->rows, n_rows, n_cols, n_cols, 1};
    const lines cols = {out->cols, n_cols, 1, n_rows, n_cols};
    double before = 0;
    while (!out->converged && out->iterations < DLU_POLISH_MAX_ITERATIONS) {
        sweep(&rows, out->residuals, room);
        centre_effects(&cols, &out->overall, room);
        sweep(&cols, out->residuals, room);
        centre_effects(&rows, &out->overall, room);
        double now = sum_of_sizes(out->residuals, n_rows * n_cols);
        out->converged = now == 0 || fabs(now - before) < DLU_POLISH_EPSILON * now;
        out->iterations++;
        before = now;
    }
}

/* Copies the table, counts its wells and finds the largest. */
static dlu_status start(const double *y, size_t n_rows, size_t n_cols, dlu_polish *out)
{
    size_t present = 0;
    out->overall = out->scale = 0;
    out->iterations = 0;
    out->converged = false;
    for (size_t i = 0; i < n_rows; i++)
        out->rows[i] = 0;
    for (size_t j = 0; j < n_cols; j++)
        out->cols[j] = 0;
    for (size_t i = 0; i < n_rows * n_cols; i++) {
        if (isinf(y[i]))
            return DLU_E_INPUT;
        out->residuals[i] = y[i];
        out->scale = fmax(out->scale, fabs(y[i])); /* fmax passes NaN over */
        present += !isnan(y[i]);
    }
    return present < 4 ? DLU_E_TOO_FEW : DLU_OK;
}

dlu_status dlu_stats_median_polish(const double *y, size_t n_rows, size_t n_cols, dlu_polish *out)
{
    dlu_arena *arena;
    if (n_rows < 2 || n_cols < 2)
        return DLU_E_TOO_FEW;
    if (n_rows > SIZE_MAX / sizeof *y / n_cols)
        return DLU_E_LIMIT;
    dlu_status status = start(y, n_rows, n_cols, out);
    if (status != DLU_OK)
        return status;
    double *room = dlu_stats_room(n_rows > n_cols ? n_rows : n_cols, &arena);
    if (!room)
        return DLU_E_NO_MEMORY;
    polish(n_rows, n_cols, room, out);
    dlu_arena_free(arena);
    return isfinite(out->overall) ? DLU_OK : DLU_E_INPUT;
}

dlu_status dlu_stats_b_scores(const dlu_polish *polish, size_t n_rows, size_t n_cols,
                              double *scores)
{
    dlu_arena *arena;
    size_t present = 0;
    if (n_rows < 1 || n_cols > SIZE_MAX / 2 / sizeof *scores / n_rows)
        return n_rows < 1 ? DLU_E_TOO_FEW : DLU_E_LIMIT;
    size_t n = n_rows * n_cols;
    double *room = dlu_stats_room(2 * n, &arena);
    if (!room)
        return DLU_E_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (!isnan(polish->residuals[i]))
            room[present++] = polish->residuals[i];
    double mad = present ? dlu_stats_middle(room, present, room + n).mad : 0;
    dlu_arena_free(arena);
    if (!present)
        return DLU_E_TOO_FEW;
    if (dlu_stats_is_rounding(mad, polish->scale))
        return DLU_E_NO_VARIANCE;
    for (size_t i = 0; i < n; i++)
        scores[i] = polish->residuals[i] / (DLU_MAD_TO_SD * mad);
    return DLU_OK;
}
