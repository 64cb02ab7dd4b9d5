/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Two sites, alone and together: I = E_WT - E_M1 - E_M2 + E_M12. */

#define MAX_MUTANTS 64u

enum { M1 = 1, M2, M12, CONSTRUCTS };

static const double weights[2 * CONSTRUCTS] = DLU_NONADDITIVITY;

typedef struct sites {
    size_t pairs[CONSTRUCTS]; /* WT's place holds the double mutant's pair */
    dlu_arm_cell cells[2 * CONSTRUCTS];
    dlu_outcome outcome;
} sites;

static const char *mutant_of(const dlu_beside_job *job, size_t pair)
{
    return job->v->pairs[pair].mutant;
}

static void fill_cells(const dlu_beside_job *job, sites *s)
{
    for (unsigned k = 0; k < CONSTRUCTS; k++) {
        const dlu_arm_cell *from =
            &job->v->pairs[s->pairs[k]].cells[k ? DLU_CELL_MUT : DLU_CELL_WT];
        s->cells[2 * k] = from[0];
        s->cells[2 * k + 1] = from[1];
    }
}

static double sum_of_means(const dlu_sample *samples)
{
    double sum = 0;
    for (unsigned c = 0; c < 2 * CONSTRUCTS; c++) {
        double mean = 0;
        for (size_t i = 0; i < samples[c].n; i++)
            mean += samples[c].values[i] / (double)samples[c].n;
        sum += weights[c] * (samples[c].n ? mean : NAN);
    }
    return sum;
}

static dlu_status test_unblocked(const dlu_beside_job *job, const dlu_series *series, sites *s)
{
    dlu_sample samples[2 * CONSTRUCTS];
    for (unsigned k = 0; k < 2; k++) {
        const unsigned first = 4 * k;
        const dlu_cells half = {{first, first + 1, first + 2, first + 3}, 4};
        if (!dlu_series_samples(series, &half, DLU_OF_RATIO, job->arena, samples + first))
            return dlu_fail_memory(job->err);
    }
    s->outcome.method = "satterthwaite";
    s->outcome.status = dlu_stats_contrast(samples, weights, 2 * CONSTRUCTS,
                                           job->e->settings->alpha, &s->outcome.test);
    if (s->outcome.status != DLU_OK)
        s->outcome.test.estimate = sum_of_means(samples);
    return DLU_OK;
}

static dlu_status test_blocked(const dlu_beside_job *job, const dlu_series *series, sites *s)
{
    dlu_blocked_data data;
    if (!dlu_series_average_all(series, 2 * CONSTRUCTS, DLU_OF_RATIO, job->arena, &data))
        return dlu_fail_memory(job->err);
    s->outcome.method = "block";
    s->outcome.status =
        dlu_stats_per_block(&data, weights, job->e->settings->alpha, &s->outcome.test);
    return DLU_OK;
}

static dlu_status test(const dlu_beside_job *job, sites *s)
{
    static const dlu_test unknown = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0};
    dlu_series series;
    s->outcome = (dlu_outcome){true, DLU_E_TOO_FEW, "", unknown};
    dlu_status status = dlu_series_of_cells(job->e, s->cells, 2 * CONSTRUCTS, 2 * CONSTRUCTS, false,
                                            job->arena, &series, job->err);
    if (status != DLU_OK)
        return status;
    switch (dlu_series_blocking(&series)) {
    case DLU_BLOCKING_WHOLE:
        return test_blocked(job, &series, s);
    case DLU_BLOCKING_NONE:
        return test_unblocked(job, &series, s);
    default:
        return DLU_OK;
    }
}

static const char *conclusion(const dlu_beside_job *job, const sites *s)
{
    const dlu_test *t = &s->outcome.test;
    if (!(t->p < job->e->settings->alpha))
        return "that they do not simply add up is not shown";
    return dlu_pair_sign(&job->v->pairs[s->pairs[0]]) * t->estimate < 0
               ? "the two sites act more together than the sum of their separate contributions"
               : "the two sites act less together than the sum of their separate contributions";
}

static const char *sentence(const dlu_beside_job *job, const sites *s)
{
    char fold[DLU_NUMBER_SIZE];
    const char *whole = mutant_of(job, s->pairs[M12]), *first = mutant_of(job, s->pairs[M1]),
               *second = mutant_of(job, s->pairs[M2]);
    const char *p = dlu_p_words(s->outcome.test.p, job->arena);
    if (!p)
        return NULL;
    if (s->outcome.status != DLU_OK)
        return dlu_arena_printf(job->arena,
                                "%s is taken for the double mutant of %s and %s; whether their "
                                "sites add up was not tested: %s.",
                                whole, first, second, dlu_status_words(s->outcome.status));
    return dlu_arena_printf(job->arena,
                            "%s is taken for the double mutant of %s and %s: their sites together "
                            "over the sum of both alone have a fold of %s (%s); %s.",
                            whole, first, second,
                            dlu_text_fold(exp(s->outcome.test.estimate), fold), p,
                            conclusion(job, s));
}

static dlu_status report(const dlu_beside_job *job, const sites *s)
{
    const dlu_pair *pair = &job->v->pairs[s->pairs[M12]];
    size_t n = 0;
    for (unsigned c = 0; c < 2 * CONSTRUCTS; c++)
        n += s->cells[c].n_units;
    dlu_status status =
        dlu_beside_add(job, &(dlu_beside_row){pair, pair->mirna, pair->dose_nM, pair->mutant,
                                              "nonadditivity", s->outcome, NAN, n});
    for (unsigned k = M1; k < CONSTRUCTS && status == DLU_OK; k++)
        status = dlu_beside_say(job, s->pairs[k], sentence(job, s));
    return status;
}

/* The rows of one pair are neighbours, one a mutant. */
static dlu_status mutants_of(const dlu_beside_job *job, size_t first, size_t end)
{
    const char *mutants[MAX_MUTANTS];
    size_t n = end - first, a, b;
    dlu_status status = DLU_OK;
    if (n < 3 || n > MAX_MUTANTS)
        return DLU_OK;
    for (size_t i = 0; i < n; i++)
        mutants[i] = mutant_of(job, first + i);
    for (size_t i = 0; i < n && status == DLU_OK; i++) {
        if (!dlu_double_mutant(mutants, n, i, &a, &b))
            continue;
        sites s = {.pairs = {first + i, first + a, first + b, first + i}};
        fill_cells(job, &s);
        status = test(job, &s);
        if (status == DLU_OK)
            status = report(job, &s);
    }
    return status;
}

dlu_status dlu_beside_double_mutants(const dlu_beside_job *job)
{
    const dlu_pair *pairs = job->v->pairs;
    dlu_status status = DLU_OK;
    for (size_t i = 0, end; i < job->v->n && status == DLU_OK; i = end) {
        for (end = i + 1; end < job->v->n && dlu_pairs_alike(&pairs[i], &pairs[end]) &&
                          (pairs[i].dose_nM == pairs[end].dose_nM ||
                           (isnan(pairs[i].dose_nM) && isnan(pairs[end].dose_nM)));
             end++)
            continue;
        status = mutants_of(job, i, end);
    }
    return status;
}
