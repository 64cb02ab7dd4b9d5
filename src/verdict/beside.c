/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MAX_ROWS      1000000u
#define MAX_SENTENCES 1000u

dlu_status dlu_beside_add(const dlu_beside_job *job, const dlu_beside_row *row)
{
    if (isnan(row->outcome.test.estimate))
        return DLU_OK;
    dlu_beside_row *added = DLU_VEC_ADD(job->arena, &job->out->rows, MAX_ROWS);
    if (!added)
        return dlu_fail_memory(job->err);
    *added = *row;
    return DLU_OK;
}

dlu_status dlu_beside_say(const dlu_beside_job *job, size_t pair, const char *sentence)
{
    dlu_findings *f = &job->v->findings[pair];
    if (!sentence)
        return dlu_fail_memory(job->err);
    const char **added = DLU_VEC_ADD(job->arena, &f->beside, MAX_SENTENCES);
    if (!added)
        return dlu_fail_memory(job->err);
    *added = sentence;
    return DLU_OK;
}

dlu_blocking dlu_series_blocking(const dlu_series *s)
{
    if (s->n_blocks < 2)
        return DLU_BLOCKING_NONE;
    for (size_t i = 0; i < s->n; i++)
        if (s->block[i] == DLU_NO_BLOCK)
            return DLU_BLOCKING_PARTIAL;
    return DLU_BLOCKING_WHOLE;
}

bool dlu_pairs_alike(const dlu_pair *a, const dlu_pair *b)
{
    return a->positive == b->positive && !dlu_text_compare(a->target, b->target) &&
           !dlu_text_compare(a->mirna, b->mirna) && !strcmp(a->treatment, b->treatment);
}

bool dlu_cells_same(const dlu_arm_cell *a, const dlu_arm_cell *b)
{
    return a->n_arms && a->n_arms == b->n_arms &&
           !memcmp(a->arms, b->arms, a->n_arms * sizeof *a->arms);
}

const char *dlu_p_words(double p, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    if (p <= DLU_DUNNETT_P_FLOOR)
        return "p < 1e-12";
    return dlu_arena_printf(arena, "p = %s", dlu_text_rounded(p, 2, number));
}

dlu_status dlu_beside_find(const dlu_experiment *e, dlu_verdicts *v, dlu_arena *arena,
                           dlu_beside **out, dlu_error *err)
{
    dlu_beside_job job = {e, v, arena, dlu_arena_alloc(arena, 1, sizeof **out), err};
    *out = job.out;
    if (!job.out)
        return dlu_fail_memory(err);
    dlu_status status = dlu_beside_screens(&job);
    if (status == DLU_OK)
        status = dlu_beside_doses(&job);
    if (status == DLU_OK)
        status = dlu_beside_double_mutants(&job);
    if (status == DLU_OK)
        status = dlu_beside_compensatory(&job);
    return status;
}
