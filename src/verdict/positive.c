/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>

#include "base/say.h"
#include "base/text.h"

bool dlu_positive_passes(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f)
{
    const dlu_outcome *wt = &f->primary.of[DLU_EFFECT_WT];
    return wt->tried && wt->status == DLU_OK && wt->test.p < settings->alpha &&
           dlu_pair_sign(pair) * wt->test.estimate <= log(settings->theta);
}

/* A control without both its treatments is only shown. */
static bool is_complete(const dlu_pair *pair)
{
    return pair->positive && pair->cells[DLU_CELL_WT].n_wells &&
           pair->cells[DLU_CELL_WT_CONTROL].n_wells;
}

/* Marks the plates on which any well of a pair's WT and mutant stands. */
static void mark_plates(const dlu_experiment *e, const dlu_pair *pair, bool *on)
{
    for (size_t i = 0; i < e->n_wells; i++)
        for (unsigned c = 0; c < DLU_CELL_EV; c++)
            for (size_t k = 0; k < pair->cells[c].n_arms; k++)
                if (e->wells[i].arm == pair->cells[c].arms[k])
                    on[e->wells[i].plate] = true;
}

static bool share_plate(const bool *a, const bool *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] && b[i])
            return true;
    return false;
}

static dlu_status void_row(dlu_findings *f, const char *why, dlu_arena *arena, dlu_error *err)
{
    f->missing = f->missing ? dlu_arena_printf(arena, "%s; %s", f->missing, why) : why;
    f->arms_usable = false;
    f->p_direct = NAN;
    return f->missing ? DLU_OK : dlu_fail_memory(err);
}

static const char *failure_words(const dlu_pair *pair, const dlu_findings *f, dlu_arena *arena)
{
    char fold[DLU_NUMBER_SIZE], p[DLU_NUMBER_SIZE];
    const dlu_outcome *wt = &f->primary.of[DLU_EFFECT_WT];
    const char *label = dlu_pair_label(pair, arena);
    if (!label)
        return NULL;
    return dlu_arena_printf(arena, "the positive control %s failed (fold %s, p = %s)", label,
                            dlu_text_fold(exp(wt->test.estimate), fold),
                            dlu_text_rounded(wt->test.p, 2, p));
}

static dlu_status void_plates_of(const dlu_experiment *e, dlu_verdicts *v, size_t control,
                                 dlu_arena *arena, dlu_error *err)
{
    bool *bad = dlu_arena_alloc(arena, e->n_plates + 1, sizeof *bad);
    bool *own = dlu_arena_alloc(arena, (e->n_plates + 1) * (v->n + 1), sizeof *own);
    const char *why = failure_words(&v->pairs[control], &v->findings[control], arena);
    dlu_status status = DLU_OK;
    if (!bad || !own || !why)
        return dlu_fail_memory(err);
    mark_plates(e, &v->pairs[control], bad);
    for (size_t i = 0; i < v->n && status == DLU_OK; i++) {
        bool *on = own + i * (e->n_plates + 1);
        mark_plates(e, &v->pairs[i], on);
        if (!v->pairs[i].positive && share_plate(bad, on, e->n_plates))
            status = void_row(&v->findings[i], why, arena, err);
    }
    return status;
}

dlu_status dlu_positive_required(const dlu_experiment *e, dlu_verdicts *v, dlu_arena *arena,
                                 dlu_messages *log, dlu_error *err)
{
    size_t complete = 0;
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < v->n && status == DLU_OK; i++) {
        if (!is_complete(&v->pairs[i]))
            continue;
        complete++;
        if (!dlu_positive_passes(e->settings, &v->pairs[i], &v->findings[i]))
            status = void_plates_of(e, v, i, arena, err);
    }
    if (complete || status != DLU_OK)
        return status;
    dlu_warn(log, "positive-control-absent", NULL,
             "mark its wells with role positive, with mimic and scramble, or leave out "
             "--require-positive-control",
             "a positive control is required, and the map has none with both treatments: no call "
             "is made");
    for (size_t i = 0; i < v->n && status == DLU_OK; i++)
        status = void_row(&v->findings[i], "the required positive control is absent", arena, err);
    return status;
}
