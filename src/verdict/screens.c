/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <math.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Dunnett's comparisons of all treatments that share the control of one construct. A screen is its
 * control and the treated cells of WT, or of one mutant.
 */

typedef struct screen {
    unsigned construct;  /* its treated cell in a pair; the control follows it */
    size_t *pairs;       /* of each treatment the first pair that holds it */
    dlu_arm_cell *cells; /* the control, then the treatments */
    size_t k;
    bool prenormalised;
    bool blocked;
    bool incomplete; /* some blocks lack a treatment */
    dlu_versus *rows;
    dlu_screen_fit fit;
} screen;

static const dlu_arm_cell *treated(const dlu_beside_job *job, const screen *s, size_t pair)
{
    return &job->v->pairs[pair].cells[s->construct];
}

/* Pairs of several mutants have one WT, which counts once. */
static bool is_member(const dlu_beside_job *job, const screen *s, size_t pair)
{
    for (size_t i = s->k; i-- > 0;)
        if (dlu_cells_same(treated(job, s, s->pairs[i]), treated(job, s, pair)))
            return true;
    return false;
}

static void gather(const dlu_beside_job *job, size_t first, bool *done, screen *s)
{
    const dlu_arm_cell *control = &job->v->pairs[first].cells[s->construct + 1];
    s->cells[0] = *control;
    for (size_t i = first; i < job->v->n; i++) {
        const dlu_arm_cell *own = treated(job, s, i);
        if (!dlu_cells_same(control, own + 1))
            continue;
        done[i] = true;
        s->prenormalised = s->prenormalised || job->v->findings[i].prenormalised;
        if (!own->n_units || is_member(job, s, i))
            continue;
        s->pairs[s->k++] = i;
        s->cells[s->k] = *own;
    }
}

/* Some block lacks a cell: Dunnett's test uses the complete ones. */
static bool lacks_cells(const dlu_blocked_data *data)
{
    return data->n < (size_t)data->n_cells * data->n_blocks;
}

static dlu_status test_blocked(const dlu_beside_job *job, const dlu_series *series, screen *s)
{
    dlu_blocked_data data;
    if (!dlu_series_average_all(series, (unsigned)s->k + 1, DLU_OF_RATIO, job->arena, &data))
        return DLU_E_NO_MEMORY;
    s->blocked = true;
    s->incomplete = lacks_cells(&data);
    return dlu_stats_dunnett_blocked(&data, 0, DLU_TWO_SIDED, job->e->settings->alpha, s->rows,
                                     &s->fit);
}

static dlu_status test_unblocked(const dlu_beside_job *job, const dlu_series *series, screen *s)
{
    dlu_sample *samples = dlu_arena_alloc(job->arena, s->k + 1, sizeof *samples);
    double *values = dlu_arena_alloc(job->arena, series->n + 1, sizeof *values);
    if (!samples || !values)
        return DLU_E_NO_MEMORY;
    for (size_t c = 0, i = 0; c <= s->k; c++) {
        samples[c].values = values + i;
        for (; i < series->n && series->cell[i] == c; i++) {
            values[i] = series->value[DLU_OF_RATIO][i];
            samples[c].n++;
        }
    }
    return dlu_stats_dunnett(samples[0], samples + 1, s->k, DLU_TWO_SIDED, job->e->settings->alpha,
                             s->rows, &s->fit);
}

/* Why the screen has no test, in words; NULL where it has one. */
static const char *test(const dlu_beside_job *job, screen *s, dlu_status *status)
{
    dlu_series series;
    *status = DLU_OK;
    if (s->prenormalised)
        return "a control was set to 1 (or 100) beforehand, so its variance is gone";
    if (s->k > DLU_MAX_TREATMENTS)
        return "there are more than 512 treatments";
    s->rows = dlu_arena_alloc(job->arena, s->k, sizeof *s->rows);
    *status = s->rows
                  ? dlu_series_of_cells(job->e, s->cells, (unsigned)s->k + 1, (unsigned)s->k + 1,
                                        false, job->arena, &series, job->err)
                  : dlu_fail_memory(job->err);
    if (*status != DLU_OK)
        return NULL;
    dlu_blocking blocking = dlu_series_blocking(&series);
    if (blocking == DLU_BLOCKING_PARTIAL)
        return "some units have no block";
    dlu_status tested = blocking == DLU_BLOCKING_WHOLE ? test_blocked(job, &series, s)
                                                       : test_unblocked(job, &series, s);
    if (tested == DLU_E_NO_MEMORY)
        *status = dlu_fail_memory(job->err);
    return tested == DLU_OK || tested == DLU_E_NO_MEMORY ? NULL : dlu_status_words(tested);
}

/* Dunnett's interval is simultaneous, so it is no interval of the t test that p is of. */
static dlu_status add_row(const dlu_beside_job *job, const screen *s, size_t i)
{
    const dlu_pair *pair = &job->v->pairs[s->pairs[i]];
    const dlu_versus *v = &s->rows[i];
    bool wt = s->construct == DLU_CELL_WT;
    size_t n = s->cells[0].n_units + s->cells[i + 1].n_units;
    dlu_test t = {v->estimate, v->se,   v->t, s->fit.df, dlu_stats_t_p(v->t, s->fit.df),
                  v->low,      v->high, n};
    return dlu_beside_add(job, &(dlu_beside_row){pair,
                                                 pair->mirna,
                                                 pair->dose_nM,
                                                 wt ? NULL : pair->mutant,
                                                 wt ? "dunnett_wt" : "dunnett_mut",
                                                 {true, DLU_OK, "dunnett", t},
                                                 v->p,
                                                 n});
}

static const char *construct_of(const dlu_beside_job *job, const screen *s)
{
    return s->construct == DLU_CELL_WT ? "WT" : job->v->pairs[s->pairs[0]].mutant;
}

/* Every verdict that a treatment of the screen stands in is told. */
static dlu_status say(const dlu_beside_job *job, const screen *s, const char *why_not)
{
    char critical[DLU_NUMBER_SIZE];
    const char *blocks =
        s->incomplete
            ? dlu_arena_printf(job->arena, "; blocks that hold all of them: %zu", s->fit.n_blocks)
            : "";
    dlu_status status = blocks ? DLU_OK : dlu_fail_memory(job->err);
    for (size_t i = 0; i < s->k && status == DLU_OK; i++) {
        const char *p = why_not ? "" : dlu_p_words(s->rows[i].p, job->arena);
        const char *text =
            why_not ? dlu_arena_printf(job->arena,
                                       "Dunnett's test of the %zu treatments that share the "
                                       "control of %s was not made: %s.",
                                       s->k, construct_of(job, s), why_not)
            : p     ? dlu_arena_printf(job->arena,
                                       "Among the %zu treatments that share the control of %s, its "
                                           "effect has an adjusted %s by Dunnett's test (critical |t| "
                                           "%s%s).",
                                       s->k, construct_of(job, s), p,
                                       dlu_text_rounded(s->fit.critical, 4, critical), blocks)
                    : NULL;
        for (size_t k = s->pairs[i]; k < job->v->n && status == DLU_OK; k++)
            if (dlu_cells_same(treated(job, s, k), treated(job, s, s->pairs[i])))
                status = dlu_beside_say(job, k, text);
    }
    return status;
}

static dlu_status add_screen(const dlu_beside_job *job, const screen *s)
{
    char mse[DLU_NUMBER_SIZE], df[DLU_NUMBER_SIZE];
    const char *target = job->v->pairs[s->pairs[0]].target;
    dlu_screen_found *found = DLU_VEC_ADD(job->arena, &job->out->screens, SIZE_MAX);
    if (!found)
        return dlu_fail_memory(job->err);
    found->critical = s->fit.critical;
    found->text = dlu_arena_printf(
        job->arena,
        "%s %s: of |t|, for %zu treatments against one control together; mean square %s with %s "
        "degrees of freedom%s",
        target ? target : "target", construct_of(job, s), s->k,
        dlu_text_rounded(s->fit.mse, 4, mse), dlu_text_from_double(s->fit.df, df),
        s->blocked ? ", of complete blocks" : "");
    return found->text ? DLU_OK : dlu_fail_memory(job->err);
}

static dlu_status screen_of(const dlu_beside_job *job, unsigned construct, size_t first, bool *done)
{
    dlu_status status;
    screen s = {.construct = construct,
                .pairs = dlu_arena_alloc(job->arena, job->v->n, sizeof *s.pairs),
                .cells = dlu_arena_alloc(job->arena, job->v->n + 1, sizeof *s.cells)};
    if (!s.pairs || !s.cells)
        return dlu_fail_memory(job->err);
    gather(job, first, done, &s);
    if (s.k < 2)
        return DLU_OK;
    const char *why_not = test(job, &s, &status);
    if (status == DLU_OK)
        status = say(job, &s, why_not);
    if (why_not)
        return status;
    if (status == DLU_OK)
        status = add_screen(job, &s);
    for (size_t i = 0; i < s.k && status == DLU_OK; i++)
        status = add_row(job, &s, i);
    return status;
}

dlu_status dlu_beside_screens(const dlu_beside_job *job)
{
    static const unsigned constructs[] = {DLU_CELL_WT, DLU_CELL_MUT};
    dlu_status status = DLU_OK;
    for (unsigned c = 0; c < 2; c++) {
        bool *done = dlu_arena_alloc(job->arena, job->v->n + 1, sizeof *done);
        if (!done)
            return dlu_fail_memory(job->err);
        for (size_t i = 0; i < job->v->n && status == DLU_OK; i++)
            if (!done[i])
                status = screen_of(job, constructs[c], i, done);
    }
    return status;
}
