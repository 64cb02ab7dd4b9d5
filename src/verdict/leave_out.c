/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include "base/say.h"

#define FEWEST_BLOCKS          3u /* so that two are left */
#define BLOCKS_FOR_INFLUENTIAL 4u

/* A copy of the series without one block; its own arrays, the same cells. */
static bool without_block(const dlu_series *s, unsigned block, dlu_arena *arena, dlu_series *out)
{
    *out = *s;
    out->n = 0;
    out->cell = dlu_arena_alloc(arena, s->n, sizeof *out->cell);
    out->block = dlu_arena_alloc(arena, s->n, sizeof *out->block);
    bool ok = out->cell && out->block;
    for (int q = 0; q < DLU_QUANTITIES; q++) {
        out->value[q] = dlu_arena_alloc(arena, s->n, sizeof(double));
        ok = ok && out->value[q];
    }
    if (!ok)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        if (s->block[i] == block)
            continue;
        for (int q = 0; q < DLU_QUANTITIES; q++)
            out->value[q][out->n] = s->value[q][i];
        out->cell[out->n] = s->cell[i];
        out->block[out->n++] = s->block[i];
    }
    return true;
}

static void effects_without(const dlu_settings *settings, const dlu_pair *pair,
                            const dlu_series *rest, dlu_arena *scratch, dlu_findings *f)
{
    dlu_cells cells = dlu_pair_cells(pair);
    dlu_effects unused;
    dlu_effects_by_design(settings, f->design, f->prenormalised, rest, &cells, DLU_OF_RATIO,
                          scratch, &f->primary, &unused);
    dlu_effects_by_design(settings, f->design, f->prenormalised, rest, &cells, DLU_OF_CONTROL,
                          scratch, &f->control, &unused);
    f->used = f->primary;
}

static dlu_status leave_one(const dlu_settings *settings, const dlu_pair *pair, const dlu_series *s,
                            unsigned block, dlu_family *all, size_t i, const dlu_findings *f,
                            dlu_left_block *out, dlu_error *err)
{
    dlu_findings without = *f;
    dlu_series rest;
    dlu_arena *scratch = dlu_arena_new();
    if (!scratch || !without_block(s, block, scratch, &rest)) {
        dlu_arena_free(scratch);
        return dlu_fail_memory(err);
    }
    effects_without(settings, pair, &rest, scratch, &without);
    double p = dlu_p_direct(&without.used);
    dlu_evidence ev =
        dlu_evidence_of(settings, pair, &without, dlu_family_adjusted(settings, all, i, p));
    *out = (dlu_left_block){s->block_names[block], without.used.of[DLU_EFFECT_INTERACTION],
                            dlu_verdict_decide(&ev)};
    bool failed = dlu_arena_failed(scratch);
    dlu_arena_free(scratch);
    return failed ? dlu_fail_memory(err) : DLU_OK;
}

dlu_status dlu_blocks_leave_out(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_series *s, dlu_family *all, size_t i, dlu_arena *arena,
                                dlu_findings *f, dlu_error *err)
{
    dlu_call call = dlu_verdict_call(f->rule->code, false);
    if (f->design != DLU_DESIGN_BLOCKED || s->n_blocks < FEWEST_BLOCKS || !pair->mutant ||
        f->ev_corrected || !f->arms_usable)
        return DLU_OK;
    f->left = dlu_arena_alloc(arena, s->n_blocks, sizeof *f->left);
    if (!f->left)
        return dlu_fail_memory(err);
    for (unsigned b = 0; b < s->n_blocks; b++) {
        dlu_left_block *left = &f->left[f->n_left];
        dlu_status status = leave_one(settings, pair, s, b, all, i, f, left, err);
        if (status != DLU_OK)
            return status;
        f->n_left++;
        if (!f->influential && s->n_blocks >= BLOCKS_FOR_INFLUENTIAL &&
            dlu_verdict_call(left->rule->code, false) != call)
            f->influential = left->block;
    }
    return DLU_OK;
}
