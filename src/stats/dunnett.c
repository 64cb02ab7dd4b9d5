/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "stats/many.h"
#include "stats/quadrature.h"
#include "stats/t.h"

/*
 * Given the error s of the common variance and the control's own deviation z, the comparisons are
 * independent: t_i = (l_i z + e_i sqrt(1 - l_i^2)) / s. So the chance that any of them leaves its
 * limits is a double integral, however many there are. That chance is summed itself rather than its
 * complement, which keeps small p exact.
 *
 * The inner integral depends on t and s by their product alone, which all p and the critical value
 * of a screen share. So its logarithm is kept as Chebyshev series, a piece for each unit of t s,
 * made when it is first asked for.
 */

#define Z_LIMIT 8.5  /* P(|Z| > 8.5) is 2e-17 */
#define DEPTH   45.0 /* of the density of s that is left out: exp(-45) */
#define STEPS   100
#define SETTLED 1e-13
#define TWO_PI  6.28318530717958647693

/* With many more values than the control has, what is integrated is steep, in z and in t s. */
#define MAX_Z_PANELS 32u /* of which one resolves n / n_control = 1 */
#define MAX_FINE     8u  /* pieces a unit, of which one resolves n / n_control = 4 */

/* Beyond, P is under 1e-29 for any number of treatments, far below DLU_DUNNETT_P_FLOOR. */
#define END   12
#define TERMS 32 /* the series are exact to 1e-12 with 512 independent treatments, their worst */

/* Treatments with as many values as each other. */
typedef struct alike {
    size_t n;
    double count;
    double of_z; /* l / sqrt(1 - l^2) */
    double of_t; /* 1 / sqrt(1 - l^2) */
} alike;

typedef struct limits {
    alike groups[DLU_MAX_TREATMENTS];
    size_t n_groups;
    bool two_sided;
    size_t n_z;
    double z[MAX_Z_PANELS * DLU_PANEL_NODES];
    double z_weight[MAX_Z_PANELS * DLU_PANEL_NODES]; /* of z and of -z together */
    dlu_chi chi;
    size_t fine; /* pieces a unit of t s */
    bool made[2 * END * MAX_FINE];
    double series[2 * END * MAX_FINE][TERMS]; /* from t s = -END on */
    double cosine[4 * TERMS];                 /* of a whole turn */
} limits;

static void add_treatment(limits *l, size_t n, size_t n_control)
{
    for (size_t i = 0; i < l->n_groups; i++)
        if (l->groups[i].n == n) {
            l->groups[i].count++;
            return;
        }
    double ratio = (double)n / (double)n_control;
    l->groups[l->n_groups++] = (alike){n, 1, sqrt(ratio), sqrt(1 + ratio)};
}

static size_t count_for(double steepness, size_t most)
{
    return (size_t)fmin(fmax(ceil(steepness), 1), (double)most);
}

/* z from 0 on. */
static void set_z(limits *l, double steepest)
{
    const dlu_legendre *rule = &dlu_legendre_64;
    double sum = 0;
    size_t panels = count_for(steepest, MAX_Z_PANELS);
    double width = Z_LIMIT / (double)panels;
    l->n_z = panels * DLU_PANEL_NODES;
    for (size_t i = 0; i < l->n_z; i++) {
        size_t node = i % DLU_PANEL_NODES;
        double x = node % 2 ? rule->x[node / 2] : -rule->x[node / 2];
        double z = width * ((double)(i / DLU_PANEL_NODES) + (x + 1) / 2);
        l->z[i] = z;
        l->z_weight[i] = rule->w[node / 2] * exp(-z * z / 2);
        sum += l->z_weight[i];
    }
    for (size_t i = 0; i < l->n_z; i++)
        l->z_weight[i] /= sum;
}

static void set_series(limits *l, double steepest)
{
    l->fine = count_for(steepest / 2, MAX_FINE);
    for (size_t i = 0; i < 4 * TERMS; i++)
        l->cosine[i] = cos(TWO_PI * (double)i / (4 * TERMS));
    for (size_t i = 0; i < 2 * END * MAX_FINE; i++)
        l->made[i] = false;
}

/* Once all treatments are known. */
static void set_nodes(limits *l)
{
    double steepest = 0;
    for (size_t i = 0; i < l->n_groups; i++)
        steepest = fmax(steepest, l->groups[i].of_z);
    set_z(l, steepest);
    set_series(l, steepest);
}

/* P(any treatment is outside | z, s), with ts = limit x s. */
static double outside(const limits *l, double z, double ts)
{
    double any = 0;
    for (size_t i = 0; i < l->n_groups; i++) {
        const alike *g = &l->groups[i];
        double a = g->of_t * ts, b = g->of_z * z, one = dlu_stats_normal_upper(a + b);
        if (l->two_sided)
            one = fmin(one + dlu_stats_normal_upper(a - b), 1);
        if (g->count > 1)
            one = -expm1(g->count * log1p(-one));
        any += one * (1 - any);
    }
    return any;
}

/* The mean of that over z. */
static double outside_of(const limits *l, double ts)
{
    double sum = 0;
    for (size_t j = 0; j < l->n_z; j++) {
        double at = outside(l, l->z[j], ts);
        if (!l->two_sided) /* else the same on both sides */
            at = (at + outside(l, -l->z[j], ts)) / 2;
        sum += l->z_weight[j] * at;
    }
    return sum;
}

static void make_series(limits *l, size_t piece)
{
    double value[TERMS], half = 0.5 / (double)l->fine;
    double middle = (double)(2 * piece + 1) * half - END;
    for (size_t i = 0; i < TERMS; i++)
        value[i] = log(outside_of(l, middle + half * l->cosine[2 * i + 1]));
    for (size_t k = 0; k < TERMS; k++) {
        double sum = 0;
        for (size_t i = 0; i < TERMS; i++)
            sum += value[i] * l->cosine[k * (2 * i + 1) % (4 * TERMS)];
        l->series[piece][k] = (k ? 2 : 1) * sum / TERMS;
    }
    l->made[piece] = true;
}

/* The same from the series, by Clenshaw's recurrence. */
static double outside_at(limits *l, double ts)
{
    if (!(ts < END))
        return 0;
    if (ts < -END)
        return 1;
    double at = (ts + END) * (double)l->fine;
    size_t piece = (size_t)at;
    if (!l->made[piece])
        make_series(l, piece);
    double x = 2 * (at - (double)piece) - 1, now = 0, before = 0;
    for (size_t k = TERMS; k-- > 1;) {
        double next = 2 * x * now - before + l->series[piece][k];
        before = now;
        now = next;
    }
    return exp(x * now - before + l->series[piece][0]);
}

/* P(any t above the limit, or any |t|), under no effect. */
static double chance(limits *l, double limit)
{
    double sum = 0, weights = 0;
    for (size_t p = 0; p < l->chi.panels; p++) {
        dlu_chi_panel panel;
        dlu_stats_chi_panel(&l->chi, p, &panel);
        for (size_t i = 0; i < DLU_PANEL_NODES; i++) {
            weights += panel.w[i];
            sum += panel.w[i] * outside_at(l, limit * panel.s[i]);
        }
    }
    return fmin(sum / weights, 1);
}

/*
 * Between the value of a single test and Bonferroni's, which is never below. False position on ln
 * P, halving the weight of an end that stays (Illinois); each chance is costly.
 */
static double critical_value(limits *l, double k, double df, double alpha)
{
    double tail = l->two_sided ? alpha / 2 : alpha, target = log(alpha), at = 0;
    double low = dlu_stats_t_quantile(tail, df), high = dlu_stats_t_quantile(tail / k, df);
    low -= 1e-3 * (1 + fabs(low));
    high += 1e-3 * (1 + fabs(high));
    if (l->two_sided)
        low = fmax(low, 0);
    double above = log(chance(l, low)) - target, below = log(chance(l, high)) - target;
    for (int i = 0, side = 0; i < STEPS; i++) {
        double before = at;
        at = (low * below - high * above) / (below - above);
        double over = log(chance(l, at)) - target;
        if (over == 0 || (i && fabs(at - before) <= SETTLED * fabs(at)))
            break;
        if (over > 0) {
            low = at;
            above = over;
            below = side > 0 ? below / 2 : below;
            side = 1;
        } else {
            high = at;
            below = over;
            above = side < 0 ? above / 2 : above;
            side = -1;
        }
    }
    return at;
}

static dlu_status prepare(limits *l, dlu_side side, double alpha, size_t k, size_t n_control,
                          double df)
{
    if (!(alpha >= DLU_DUNNETT_P_FLOOR && alpha < 1) || !k)
        return DLU_E_USAGE;
    if (k > DLU_MAX_TREATMENTS)
        return DLU_E_LIMIT;
    l->n_groups = 0;
    l->two_sided = side == DLU_TWO_SIDED;
    if (!n_control || !dlu_stats_chi(df, DEPTH, 1, &l->chi))
        return DLU_E_TOO_FEW;
    return DLU_OK;
}

static void finish_row(limits *l, dlu_side side, double critical, dlu_versus *row)
{
    double inward = side == DLU_TWO_SIDED ? fabs(row->t) : side == DLU_LESS ? -row->t : row->t;
    double p = chance(l, inward), half = critical * row->se;
    row->p_is_bound = p < DLU_DUNNETT_P_FLOOR;
    row->p = fmax(p, DLU_DUNNETT_P_FLOOR);
    row->low = side == DLU_LESS ? -INFINITY : row->estimate - half;
    row->high = side == DLU_GREATER ? INFINITY : row->estimate + half;
}

/* Completes rows that hold their estimate and n. */
static dlu_status finish(dlu_arm_mean control, double mse, double df, dlu_side side, double alpha,
                         dlu_versus *rows, size_t k, double *critical)
{
    limits l;
    double scale = fabs(control.mean);
    dlu_status status = prepare(&l, side, alpha, k, control.n, df);
    if (status != DLU_OK)
        return status;
    for (size_t i = 0; i < k; i++) {
        if (!rows[i].n)
            return DLU_E_TOO_FEW;
        scale = fmax(scale, fabs(rows[i].estimate + control.mean));
        add_treatment(&l, rows[i].n, control.n);
    }
    if (!isfinite(scale) || !isfinite(mse))
        return DLU_E_INPUT;
    for (size_t i = 0; i < k; i++) {
        rows[i].se = sqrt(mse * (1 / (double)rows[i].n + 1 / (double)control.n));
        rows[i].t = rows[i].estimate / rows[i].se;
        if (!(rows[i].se > 0) || rows[i].se < 10 * DBL_EPSILON * scale)
            return DLU_E_NO_VARIANCE;
    }
    set_nodes(&l);
    double limit = critical_value(&l, (double)k, df, alpha);
    for (size_t i = 0; i < k; i++)
        finish_row(&l, side, limit, &rows[i]);
    if (critical)
        *critical = limit;
    return DLU_OK;
}

dlu_status dlu_stats_dunnett_critical(const size_t *n, size_t k, size_t n_control, double df,
                                      dlu_side side, double alpha, double *out)
{
    limits l;
    dlu_status status = prepare(&l, side, alpha, k, n_control, df);
    for (size_t i = 0; status == DLU_OK && i < k; i++) {
        if (!n[i])
            return DLU_E_TOO_FEW;
        add_treatment(&l, n[i], n_control);
    }
    if (status != DLU_OK)
        return status;
    set_nodes(&l);
    *out = critical_value(&l, (double)k, df, alpha);
    return DLU_OK;
}

dlu_status dlu_stats_dunnett_means(const dlu_screen *screen, dlu_side side, double alpha,
                                   dlu_versus *out, double *critical)
{
    if (screen->k > DLU_MAX_TREATMENTS)
        return DLU_E_LIMIT;
    for (size_t i = 0; i < screen->k; i++)
        out[i] = (dlu_versus){.estimate = screen->treatments[i].mean - screen->control.mean,
                              .n = screen->treatments[i].n};
    return finish(screen->control, screen->mse, screen->df, side, alpha, out, screen->k, critical);
}

dlu_status dlu_stats_dunnett(dlu_sample control, const dlu_sample *treatments, size_t k,
                             dlu_side side, double alpha, dlu_versus *out, dlu_screen_fit *fit)
{
    dlu_moments own, m;
    if (k > DLU_MAX_TREATMENTS)
        return DLU_E_LIMIT;
    dlu_status status = dlu_stats_moments(control, &own);
    if (status != DLU_OK)
        return status;
    double df = (double)(own.n - 1), squares = df * own.variance;
    for (size_t i = 0; i < k; i++) {
        status = dlu_stats_moments(treatments[i], &m);
        if (status != DLU_OK)
            return status;
        df += (double)(m.n - 1);
        squares += (double)(m.n - 1) * m.variance;
        out[i] = (dlu_versus){.estimate = m.mean - own.mean, .n = m.n};
    }
    if (!(df > 0))
        return DLU_E_TOO_FEW;
    *fit = (dlu_screen_fit){.mse = squares / df, .df = df};
    const dlu_arm_mean base = {own.mean, own.n};
    return finish(base, fit->mse, df, side, alpha, out, k, &fit->critical);
}

/* ---- blocks ---- */

/* The values of one block by cell; false where a cell is missing. */
static bool block_values(const dlu_blocked_data *data, unsigned block, double *values)
{
    double c[DLU_MAX_TREATMENTS + 1] = {0};
    for (unsigned cell = 0; cell < data->n_cells; cell++) {
        c[cell] = 1;
        if (!dlu_stats_block_value(data, c, block, &values[cell]))
            return false;
        c[cell] = 0;
    }
    return true;
}

static dlu_status check(const dlu_blocked_data *data, unsigned control)
{
    if (data->n_cells < 2)
        return DLU_E_USAGE;
    if (data->n_cells > DLU_MAX_TREATMENTS + 1)
        return DLU_E_LIMIT;
    if (control >= data->n_cells)
        return DLU_E_INPUT;
    for (size_t i = 0; i < data->n; i++)
        if (!isfinite(data->y[i]) || data->cell[i] >= data->n_cells ||
            data->block[i] >= data->n_blocks)
            return DLU_E_INPUT;
    return DLU_OK;
}

static double mean_of(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i] / (double)n;
    return sum;
}

/* Means of the cells over complete blocks; returns their number. */
static size_t cell_means(const dlu_blocked_data *data, double *means)
{
    double values[DLU_MAX_TREATMENTS + 1];
    size_t n = 0;
    for (unsigned j = 0; j < data->n_blocks; j++) {
        if (!block_values(data, j, values))
            continue;
        n++;
        for (unsigned c = 0; c < data->n_cells; c++)
            means[c] += (values[c] - means[c]) / (double)n;
    }
    return n;
}

/* Squared residuals of block + cell, summed. */
static double residual_squares(const dlu_blocked_data *data, const double *means)
{
    double values[DLU_MAX_TREATMENTS + 1], squares = 0;
    for (unsigned j = 0; j < data->n_blocks; j++) {
        if (!block_values(data, j, values))
            continue;
        for (unsigned c = 0; c < data->n_cells; c++)
            values[c] -= means[c];
        double shift = mean_of(values, data->n_cells);
        for (unsigned c = 0; c < data->n_cells; c++)
            squares += (values[c] - shift) * (values[c] - shift);
    }
    return squares;
}

dlu_status dlu_stats_dunnett_blocked(const dlu_blocked_data *data, unsigned control, dlu_side side,
                                     double alpha, dlu_versus *out, dlu_screen_fit *fit)
{
    double means[DLU_MAX_TREATMENTS + 1] = {0};
    dlu_status status = check(data, control);
    if (status != DLU_OK)
        return status;
    size_t n = cell_means(data, means), k = 0;
    if (n < 2)
        return DLU_E_TOO_FEW;
    for (unsigned c = 0; c < data->n_cells; c++)
        if (c != control)
            out[k++] = (dlu_versus){.estimate = means[c] - means[control], .n = n};
    double df = (double)(n - 1) * (double)k;
    *fit = (dlu_screen_fit){.mse = residual_squares(data, means) / df, .df = df, .n_blocks = n};
    const dlu_arm_mean base = {means[control], n};
    return finish(base, fit->mse, df, side, alpha, out, k, &fit->critical);
}
