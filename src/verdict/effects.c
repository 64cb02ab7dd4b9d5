/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

/* Contrasts of WT, WT control, MUT, MUT control. */
static const double contrasts[DLU_EFFECTS][4] = {
    [DLU_EFFECT_WT] = {1, -1, 0, 0},
    [DLU_EFFECT_MUT] = {0, 0, 1, -1},
    [DLU_EFFECT_INTERACTION] = {1, -1, -1, 1},
};

static const double *values_of(const dlu_series *s, dlu_quantity of)
{
    return s->value[of];
}

/* With one construct there is one effect; with two there are all. */
static unsigned count_effects(const dlu_cells *cells)
{
    return cells->n == 4 ? DLU_EFFECTS : 1;
}

static dlu_outcome outcome(dlu_status status, const char *method, dlu_test test, double estimate)
{
    if (status != DLU_OK)
        test = (dlu_test){estimate, NAN, NAN, NAN, NAN, NAN, NAN, test.n};
    return (dlu_outcome){true, status, method, test};
}

static int position(const dlu_cells *cells, unsigned cell)
{
    for (unsigned c = 0; c < cells->n; c++)
        if (cells->cell[c] == cell)
            return (int)c;
    return -1;
}

/* All cells of the series where none are chosen. */
static bool average(const dlu_series *s, const dlu_cells *cells, unsigned n_cells, dlu_quantity of,
                    dlu_arena *arena, dlu_blocked_data *out)
{
    size_t n = (size_t)s->n_blocks * n_cells, kept = 0;
    double *sum = dlu_arena_alloc(arena, n + 1, sizeof *sum);
    unsigned *count = dlu_arena_alloc(arena, n + 1, sizeof *count);
    unsigned *cell = dlu_arena_alloc(arena, n + 1, sizeof *cell);
    unsigned *block = dlu_arena_alloc(arena, n + 1, sizeof *block);
    if (!sum || !count || !cell || !block)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        int c = cells ? position(cells, s->cell[i]) : (int)s->cell[i];
        if (c < 0 || s->block[i] == DLU_NO_BLOCK)
            continue;
        size_t at = (size_t)s->block[i] * n_cells + (unsigned)c;
        sum[at] += values_of(s, of)[i];
        count[at]++;
    }
    for (size_t at = 0; at < n; at++) {
        if (!count[at])
            continue;
        sum[kept] = sum[at] / count[at];
        cell[kept] = (unsigned)(at % n_cells);
        block[kept++] = (unsigned)(at / n_cells);
    }
    *out = (dlu_blocked_data){sum, cell, block, kept, n_cells, s->n_blocks};
    return true;
}

bool dlu_series_average(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                        dlu_arena *arena, dlu_blocked_data *out)
{
    return average(s, cells, cells->n, of, arena, out);
}

bool dlu_series_average_all(const dlu_series *s, unsigned n_cells, dlu_quantity of,
                            dlu_arena *arena, dlu_blocked_data *out)
{
    return average(s, NULL, n_cells, of, arena, out);
}

static dlu_effects no_memory(void)
{
    dlu_effects e = {0};
    for (int i = 0; i < DLU_EFFECTS; i++)
        e.of[i] = outcome(DLU_E_NO_MEMORY, "", (dlu_test){0}, NAN);
    return e;
}

dlu_effects dlu_effects_pooled(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                               double alpha, dlu_arena *arena)
{
    dlu_effects e = {0};
    dlu_blocked_data data;
    dlu_blocked_fit fit;
    if (!dlu_series_average(s, cells, of, arena, &data))
        return no_memory();
    dlu_status fitted = dlu_stats_blocked_fit(&data, &fit);
    for (unsigned i = 0; i < count_effects(cells); i++) {
        dlu_test test = {0};
        dlu_status status = fitted;
        if (status == DLU_OK)
            status = dlu_stats_blocked_contrast(&fit, contrasts[i], alpha, &test);
        bool known = (fitted == DLU_OK || fitted == DLU_E_TOO_FEW) &&
                     dlu_stats_blocked_estimable(&fit, contrasts[i]);
        e.of[i] = outcome(status, "rcbd", test,
                          known ? dlu_stats_blocked_estimate(&fit, contrasts[i]) : NAN);
    }
    return e;
}

/* Mean of a contrast over the blocks that hold it; NaN where none does. */
static double mean_of_blocks(const dlu_blocked_data *data, const double *c)
{
    double sum = 0, value;
    unsigned n = 0;
    for (unsigned b = 0; b < data->n_blocks; b++)
        if (dlu_stats_block_value(data, c, b, &value)) {
            sum += value;
            n++;
        }
    return n ? sum / n : NAN;
}

dlu_effects dlu_effects_per_block(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                                  double alpha, dlu_arena *arena)
{
    dlu_effects e = {0};
    dlu_blocked_data data;
    if (!dlu_series_average(s, cells, of, arena, &data))
        return no_memory();
    for (unsigned i = 0; i < count_effects(cells); i++) {
        dlu_test test = {0};
        dlu_status status = dlu_stats_per_block(&data, contrasts[i], alpha, &test);
        e.of[i] = outcome(status, "block", test, mean_of_blocks(&data, contrasts[i]));
    }
    return e;
}

/* The contrast of one construct in every block that holds both its cells. */
static dlu_sample block_values(const dlu_blocked_data *data, const double *c, double *values)
{
    size_t n = 0;
    for (unsigned b = 0; b < data->n_blocks; b++)
        n += dlu_stats_block_value(data, c, b, &values[n]);
    return (dlu_sample){values, n};
}

dlu_effects dlu_effects_split(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                              double alpha, dlu_arena *arena)
{
    dlu_effects e = dlu_effects_per_block(s, cells, of, alpha, arena);
    dlu_blocked_data data;
    double *wt = dlu_arena_alloc(arena, s->n_blocks + 1, sizeof *wt);
    double *mut = dlu_arena_alloc(arena, s->n_blocks + 1, sizeof *mut);
    if (!wt || !mut || !dlu_series_average(s, cells, of, arena, &data))
        return no_memory();
    dlu_sample a = block_values(&data, contrasts[DLU_EFFECT_WT], wt);
    dlu_sample b = block_values(&data, contrasts[DLU_EFFECT_MUT], mut);
    dlu_test test = {0};
    dlu_status status = dlu_stats_welch(a, b, alpha, &test);
    e.of[DLU_EFFECT_INTERACTION] =
        outcome(status, "split-block", test,
                e.of[DLU_EFFECT_WT].test.estimate - e.of[DLU_EFFECT_MUT].test.estimate);
    return e;
}

bool dlu_series_samples(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                        dlu_arena *arena, dlu_sample samples[4])
{
    for (unsigned c = 0; c < cells->n; c++) {
        double *values = dlu_arena_alloc(arena, s->n + 1, sizeof *values);
        size_t n = 0;
        if (!values)
            return false;
        for (size_t i = 0; i < s->n; i++)
            if (s->cell[i] == cells->cell[c])
                values[n++] = values_of(s, of)[i];
        samples[c] = (dlu_sample){values, n};
    }
    return true;
}

static double plain_estimate(const dlu_sample *samples, const double *c, unsigned n)
{
    double estimate = 0;
    for (unsigned i = 0; i < n; i++) {
        double sum = 0;
        if (c[i] == 0)
            continue;
        for (size_t k = 0; k < samples[i].n; k++)
            sum += samples[i].values[k];
        estimate += c[i] * (samples[i].n ? sum / (double)samples[i].n : NAN);
    }
    return estimate;
}

static dlu_outcome unblocked_effect(const dlu_sample *samples, unsigned n, unsigned effect,
                                    bool student, double alpha)
{
    dlu_test test = {0};
    dlu_status status;
    bool whole = effect == DLU_EFFECT_INTERACTION;
    if (whole && student)
        status = dlu_stats_contrast_pooled(samples, contrasts[effect], n, alpha, &test);
    else if (whole)
        status = dlu_stats_contrast(samples, contrasts[effect], n, alpha, &test);
    else if (student)
        status = dlu_stats_student(samples[2 * effect], samples[2 * effect + 1], alpha, &test);
    else
        status = dlu_stats_welch(samples[2 * effect], samples[2 * effect + 1], alpha, &test);
    return outcome(status,
                   student ? "student"
                   : whole ? "satterthwaite"
                           : "welch",
                   test, plain_estimate(samples, contrasts[effect], n));
}

dlu_effects dlu_effects_unblocked(const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                                  bool student, double alpha, dlu_arena *arena)
{
    dlu_effects e = {0};
    dlu_sample samples[4];
    if (!dlu_series_samples(s, cells, of, arena, samples))
        return no_memory();
    for (unsigned i = 0; i < count_effects(cells); i++)
        e.of[i] = unblocked_effect(samples, cells->n, i, student, alpha);
    return e;
}

/* Per block the mean over the constructs that are complete in it. */
static dlu_outcome shift_in_blocks(const dlu_series *s, const dlu_cells *constructs, size_t n,
                                   double alpha, dlu_arena *arena)
{
    double *mean = dlu_arena_alloc(arena, s->n_blocks + 1, sizeof *mean);
    unsigned *count = dlu_arena_alloc(arena, s->n_blocks + 1, sizeof *count);
    dlu_test test = {0};
    size_t kept = 0;
    if (!mean || !count)
        return outcome(DLU_E_NO_MEMORY, "", test, NAN);
    for (size_t k = 0; k < n; k++) {
        dlu_blocked_data data;
        if (!dlu_series_average(s, &constructs[k], DLU_OF_CONTROL, arena, &data))
            return outcome(DLU_E_NO_MEMORY, "", test, NAN);
        for (unsigned b = 0; b < s->n_blocks; b++) {
            double value;
            if (!dlu_stats_block_value(&data, contrasts[DLU_EFFECT_WT], b, &value))
                continue;
            mean[b] += value;
            count[b]++;
        }
    }
    double estimate = 0;
    for (unsigned b = 0; b < s->n_blocks; b++)
        if (count[b])
            mean[kept++] = mean[b] / count[b];
    for (size_t b = 0; b < kept; b++)
        estimate += mean[b] / (double)kept;
    dlu_status status = dlu_stats_one_sample((dlu_sample){mean, kept}, 0, alpha, &test);
    return outcome(status, "one-sample", test, kept ? estimate : NAN);
}

dlu_outcome dlu_channel_shift(const dlu_series *s, const dlu_cells *constructs, size_t n,
                              bool blocked, double alpha, dlu_arena *arena)
{
    dlu_sample samples[DLU_CELLS] = {{0}};
    double c[DLU_CELLS] = {0};
    dlu_test test = {0};
    if (blocked)
        return shift_in_blocks(s, constructs, n, alpha, arena);
    for (size_t k = 0; k < n; k++) {
        if (!dlu_series_samples(s, &constructs[k], DLU_OF_CONTROL, arena, &samples[2 * k]))
            return outcome(DLU_E_NO_MEMORY, "", test, NAN);
        c[2 * k] = 1 / (double)n;
        c[2 * k + 1] = -1 / (double)n;
    }
    dlu_status status = dlu_stats_contrast(samples, c, 2 * n, alpha, &test);
    return outcome(status, "satterthwaite", test, plain_estimate(samples, c, (unsigned)(2 * n)));
}
