/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/model_diagnostics.h"

#include <math.h>

#include "base/text.h"
#include "stats/robust.h"

/* Spread, shape, ranks and folds of means, for each verdict. Information, never a switch. */

#define MAX_ROWS 1000000u

static void clear(dlu_diagnostic_row *row)
{
    row->statistic = row->df1 = row->df2 = row->p = row->limit = row->low = row->high = NAN;
}

dlu_diagnostic_row dlu_diagnostic_blank(const dlu_diagnostic_builder *b, const char *group,
                                        const char *item)
{
    dlu_diagnostic_row row = b->head;
    row.group = group;
    row.item = item;
    clear(&row);
    return row;
}

static const char *status_word(dlu_status status)
{
    switch (status) {
    case DLU_OK:
        return "ok";
    case DLU_E_TOO_FEW:
        return "too-few";
    case DLU_E_NO_VARIANCE:
        return "no-variance";
    case DLU_E_LIMIT:
        return "too-many";
    case DLU_E_INPUT:
        return "not-finite";
    default:
        return "not-estimable";
    }
}

void dlu_diagnostic_add(dlu_diagnostic_builder *b, dlu_diagnostic_row row, dlu_status status,
                        const char *text)
{
    dlu_diagnostic_row *to = DLU_VEC_ADD(b->arena, &b->rows, MAX_ROWS);
    if (!to || !text || status == DLU_E_NO_MEMORY) {
        b->failed = true;
        return;
    }
    if (status != DLU_OK)
        clear(&row);
    if (!row.status)
        row.status = status_word(status);
    row.text = text;
    *to = row;
}

static void add_f(dlu_diagnostic_builder *b, const char *group, const char *item, size_t n,
                  dlu_status status, const dlu_f_test *test, const char *text)
{
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, group, item);
    row.n = n;
    if (status == DLU_E_NO_VARIANCE)
        text = "these distances do not vary within a cell, as with two values in each";
    if (status == DLU_OK) {
        row.statistic = test->f;
        row.df1 = test->df1;
        row.df2 = test->df2;
        row.p = test->p;
    }
    dlu_diagnostic_add(b, row, status, text);
}

static void diagnose_spread(dlu_diagnostic_builder *b, const dlu_diagnosed *d,
                            const dlu_sample *samples)
{
    const char *group = d->cells.n == 4 ? "four cells" : "two cells";
    dlu_f_test f;
    dlu_chi2_test chi2;
    size_t n = 0;
    for (unsigned c = 0; c < d->cells.n; c++)
        n += samples[c].n;
    dlu_status status = dlu_stats_levene(samples, d->cells.n, DLU_CENTRE_MEAN, &f);
    add_f(b, group, "levene", n, status, &f, "do the cells vary alike? distances from the means");
    status = dlu_stats_levene(samples, d->cells.n, DLU_CENTRE_MEDIAN, &f);
    add_f(b, group, "brown_forsythe", n, status, &f, "the same from the medians");
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, group, "bartlett");
    row.n = n;
    status = dlu_stats_bartlett(samples, d->cells.n, &chi2);
    if (status == DLU_OK) {
        row.statistic = chi2.statistic;
        row.df1 = chi2.df;
        row.p = chi2.p;
    }
    dlu_diagnostic_add(b, row, status, "the same by chi-squared; misled by values far out");
}

/* What is left of values by rounding alone is nothing: a logarithm has its error from 1 up. */
static void drop_rounding(double *left, size_t n, const double *y, size_t n_y)
{
    double scale = 1;
    for (size_t i = 0; i < n_y; i++)
        scale = fmax(scale, fabs(y[i]));
    for (size_t i = 0; i < n; i++)
        if (!isnan(left[i]) && dlu_stats_is_rounding(fabs(left[i]), scale))
            left[i] = 0;
}

/* Distances from the means of the cells, or in blocks what cells and blocks leave. */
static void diagnose_shape(dlu_diagnostic_builder *b, const dlu_diagnosed *d,
                           const dlu_sample *samples)
{
    dlu_shapiro shapiro;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, "residuals", "shapiro_wilk");
    double *values = dlu_arena_alloc(b->arena, d->series.n + 1, sizeof *values);
    if (!values) {
        b->failed = true;
        return;
    }
    for (size_t i = 0; d->residual && i < d->data.n; i++)
        if (!isnan(d->residual[i]))
            values[row.n++] = d->residual[i];
    for (unsigned c = 0; !d->blocked && c < d->cells.n; c++) {
        double sum = 0;
        for (size_t i = 0; i < samples[c].n; i++)
            sum += samples[c].values[i];
        for (size_t i = 0; i < samples[c].n && samples[c].n > 1; i++)
            values[row.n++] = samples[c].values[i] - sum / (double)samples[c].n;
    }
    drop_rounding(values, row.n, d->series.value[DLU_OF_RATIO], d->series.n);
    dlu_status status = dlu_stats_shapiro_wilk((dlu_sample){values, row.n}, &shapiro);
    if (status == DLU_OK) {
        row.statistic = shapiro.w;
        row.p = shapiro.p;
    }
    dlu_diagnostic_add(b, row, status,
                       d->blocked ? "normal? what cells and blocks leave of the values; finds "
                                    "little with few, and they are not independent"
                                  : "normal? distances from the means of the cells; finds little "
                                    "with few, and they are not independent");
}

static const char *const names[DLU_EFFECTS] = {"wt", "mut", "interaction"};

static void add_ranks(dlu_diagnostic_builder *b, const char *group, const char *item, size_t n,
                      dlu_status status, const dlu_rank_test *test, double least)
{
    char number[DLU_NUMBER_SIZE];
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, group, item);
    row.n = n;
    if (status == DLU_OK) {
        row.statistic = test->statistic;
        row.p = test->p;
        row.limit = least;
    }
    dlu_diagnostic_add(
        b, row, status,
        dlu_arena_printf(b->arena, "by ranks; with so many values p cannot be under %s%s",
                         dlu_text_rounded(least, 3, number),
                         least > b->e->settings->alpha ? ", and so not reach alpha" : ""));
}

static const double contrasts[DLU_EFFECTS][4] = {{1, -1, 0, 0}, {0, 0, 1, -1}, {1, -1, -1, 1}};

static void diagnose_signs(dlu_diagnostic_builder *b, const dlu_diagnosed *d, unsigned effect)
{
    dlu_rank_test test;
    size_t n = 0;
    double *values = dlu_arena_alloc(b->arena, d->series.n_blocks + 1, sizeof *values);
    for (unsigned j = 0; values && j < d->series.n_blocks; j++)
        n += dlu_stats_block_value(&d->data, contrasts[effect], j, &values[n]);
    if (values)
        drop_rounding(values, n, d->data.y, d->data.n);
    dlu_status status =
        values ? dlu_stats_signed_rank((dlu_sample){values, n}, &test) : DLU_E_NO_MEMORY;
    add_ranks(b, names[effect], "signed_rank", n, status, &test, dlu_stats_signed_rank_least_p(n));
}

static void diagnose_two(dlu_diagnostic_builder *b, const dlu_sample *pair, unsigned effect)
{
    char number[DLU_NUMBER_SIZE];
    dlu_rank_test test;
    dlu_effect_size size;
    dlu_status status = dlu_stats_mann_whitney(pair[0], pair[1], &test);
    add_ranks(b, names[effect], "mann_whitney", pair[0].n + pair[1].n, status, &test,
              dlu_stats_mann_whitney_least_p(pair[0].n, pair[1].n));
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, names[effect], "hedges_g");
    row.n = pair[0].n + pair[1].n;
    const char *text = "difference in standard deviations";
    status = dlu_stats_effect_size(pair[0], pair[1], &size);
    if (status == DLU_OK) {
        row.statistic = size.g;
        row.df1 = size.df;
        text = dlu_arena_printf(b->arena, "difference in standard deviations; Cohen's d is %s",
                                dlu_text_rounded(size.d, 3, number));
    }
    dlu_diagnostic_add(b, row, status, text);
}

/* The fold as a ratio of arithmetic means of ratios, to stand beside the one of geometric means. */
static void diagnose_means(dlu_diagnostic_builder *b, const dlu_diagnosed *d, unsigned effect)
{
    static const double top[2] = {1, 0}, bottom[2] = {0, 1};
    const dlu_cells two = {{d->cells.cell[2 * effect], d->cells.cell[2 * effect + 1]}, 2};
    dlu_blocked_data data;
    dlu_sample samples[4];
    dlu_ratio ratio = {0};
    dlu_series raw = d->series;
    dlu_status status = DLU_E_NO_MEMORY;
    double most = -INFINITY, *values = dlu_arena_alloc(b->arena, raw.n + 1, sizeof *values);
    for (size_t i = 0; i < raw.n; i++)
        if (raw.cell[i] == two.cell[0] || raw.cell[i] == two.cell[1])
            most = fmax(most, raw.value[DLU_OF_RATIO][i]);
    /* a common factor leaves the fold; without it very large and small ratios would be lost */
    for (size_t i = 0; values && i < raw.n; i++)
        values[i] = exp(raw.value[DLU_OF_RATIO][i] - most);
    raw.value[DLU_OF_RATIO] = values;
    if (values && d->blocked && dlu_series_average(&raw, &two, DLU_OF_RATIO, b->arena, &data))
        status = dlu_stats_per_block_ratio(&data, top, bottom, b->e->settings->alpha, &ratio);
    else if (values && !d->blocked &&
             dlu_series_samples(&raw, &two, DLU_OF_RATIO, b->arena, samples))
        status = dlu_stats_contrast_ratio(samples, top, bottom, 2, b->e->settings->alpha, &ratio);
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, names[effect], "fold_of_means");
    for (size_t i = 0; i < raw.n; i++)
        row.n += raw.cell[i] == two.cell[0] || raw.cell[i] == two.cell[1];
    if (status == DLU_OK && ratio.bounded) {
        row.statistic = ratio.ratio;
        row.df2 = ratio.df;
        row.low = ratio.low;
        row.high = ratio.high;
    } else if (status == DLU_OK) {
        row.status = "unbounded";
    }
    dlu_diagnostic_add(b, row, status,
                       status == DLU_OK && !ratio.bounded
                           ? "ratio of arithmetic means: the control's mean is not told from 0"
                       : d->blocked ? "ratio of arithmetic means, Fieller's interval, paired by "
                                      "block; the verdict's fold is of geometric means"
                                    : "ratio of arithmetic means, Fieller's interval; the "
                                      "verdict's fold is of geometric means");
}

/* y less its cell less its block; NaN in blocks of one value, which the fit leaves out. */
static const double *residuals_of(const dlu_blocked_data *data, dlu_arena *arena)
{
    dlu_blocked_fit fit;
    dlu_status status = dlu_stats_blocked_fit(data, &fit);
    double *residual = dlu_arena_alloc(arena, data->n + 1, sizeof *residual);
    if (!residual || (status != DLU_OK && status != DLU_E_TOO_FEW))
        return NULL;
    for (size_t i = 0; i < data->n; i++) {
        double sum = 0;
        size_t n = 0;
        for (size_t k = 0; k < data->n; k++)
            if (data->block[k] == data->block[i]) {
                sum += data->y[k] - fit.cell[data->cell[k]];
                n++;
            }
        residual[i] = n > 1 ? data->y[i] - fit.cell[data->cell[i]] - sum / (double)n : NAN;
    }
    drop_rounding(residual, data->n, data->y, data->n);
    return residual;
}

static bool prepare(dlu_diagnostic_builder *b, const dlu_pair *pair, const dlu_findings *f,
                    dlu_diagnosed *d)
{
    *d = (dlu_diagnosed){.pair = pair, .findings = f, .cells = dlu_pair_cells(pair)};
    d->blocked = f->design == DLU_DESIGN_BLOCKED || f->design == DLU_DESIGN_SPLIT_BLOCK;
    if (dlu_series_build(b->e, pair, f->technical_only, b->arena, &d->series, NULL) != DLU_OK)
        return false;
    if (!d->blocked)
        return true;
    if (!dlu_series_average(&d->series, &d->cells, DLU_OF_RATIO, b->arena, &d->data))
        return false;
    d->residual = residuals_of(&d->data, b->arena);
    return true;
}

static void diagnose_pair(dlu_diagnostic_builder *b, const dlu_pair *pair, const dlu_findings *f)
{
    dlu_diagnosed d;
    dlu_sample samples[4];
    b->head = (dlu_diagnostic_row){.target = pair->target,
                                   .mirna = pair->mirna,
                                   .dose_nM = pair->dose_nM,
                                   .treatment = pair->treatment,
                                   .mutant = pair->mutant};
    if (!prepare(b, pair, f, &d) ||
        !dlu_series_samples(&d.series, &d.cells, DLU_OF_RATIO, b->arena, samples)) {
        b->failed = true;
        return;
    }
    diagnose_spread(b, &d, samples);
    diagnose_shape(b, &d, samples);
    unsigned constructs = d.cells.n / 2;
    for (unsigned i = 0; i < constructs; i++) {
        if (d.blocked)
            diagnose_signs(b, &d, i);
        else
            diagnose_two(b, &samples[2 * i], i);
        diagnose_means(b, &d, i);
    }
    if (d.blocked && constructs == 2)
        diagnose_signs(b, &d, DLU_EFFECT_INTERACTION);
    dlu_diagnose_groups(b, &d);
}

bool dlu_model_diagnostics(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena,
                           dlu_result *result)
{
    dlu_diagnostic_builder b = {.e = e, .arena = arena};
    for (size_t i = 0; i < v->n && !b.failed; i++)
        if (v->findings[i].arms_usable)
            diagnose_pair(&b, &v->pairs[i], &v->findings[i]);
    b.head = (dlu_diagnostic_row){.dose_nM = NAN};
    if (!b.failed)
        dlu_diagnose_plates(&b);
    result->diagnostics = b.rows.items;
    result->n_diagnostics = b.rows.n;
    return !b.failed;
}
