/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "report/model.h"

/* The sites of the inserts beside the verdicts: a sentence and caveats; never another code. */

/* A bare sequence has no name to compare: it is that of every verdict. */
static bool is_of(const dlu_seed_pair *pair, const dlu_verdict_row *v)
{
    if (!v->target || !dlu_text_alike(pair->target, v->target))
        return false;
    if (pair->mirna->name && v->mirna && !dlu_mirna_same(pair->mirna->name, v->mirna))
        return false;
    return !v->mutant || (pair->mutant && dlu_text_alike(pair->mutant, v->mutant));
}

static bool join(const dlu_seed_pair *pair, dlu_verdict_row *v, dlu_arena *arena)
{
    v->reason = dlu_arena_printf(arena, "%s %s", v->reason, pair->sentence);
    if (v->mutant && pair->mutant_kept)
        v->caveats |= 1u << DLU_CAVEAT_MUT_SITE_KEPT;
    if (v->mutant && pair->mutant_created)
        v->caveats |= 1u << DLU_CAVEAT_MUT_SITE_CREATED;
    if (pair->no_site)
        v->caveats |= 1u << DLU_CAVEAT_WT_NO_SITE;
    return v->reason;
}

static void warn_unmatched(const dlu_seed_pair *pair, dlu_messages *log)
{
    const dlu_place at = {.file = pair->wt->file};
    dlu_warn(log, "seed-no-verdict", &at,
             "write target and mutant as in the plate map, and the microRNA as its column mirna "
             "has it",
             "the inserts of %s%s%s with %s belong to no verdict", pair->target,
             pair->mutant ? " " : "", pair->mutant ? pair->mutant : "",
             dlu_mirna_label(pair->mirna));
}

bool dlu_model_seed(const dlu_seed_findings *findings, dlu_arena *arena, dlu_result *result,
                    dlu_messages *log)
{
    if (!findings)
        return true;
    result->seed = findings->rows.items;
    result->n_seed = findings->rows.n;
    for (size_t i = 0; i < findings->pairs.n; i++) {
        const dlu_seed_pair *pair = &findings->pairs.items[i];
        bool used = false;
        for (size_t k = 0; k < result->n_verdicts; k++) {
            if (!is_of(pair, &result->verdicts[k]))
                continue;
            used = true;
            if (!join(pair, &result->verdicts[k], arena))
                return false;
        }
        if (!used)
            warn_unmatched(pair, log);
    }
    return true;
}
