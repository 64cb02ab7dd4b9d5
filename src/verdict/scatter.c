/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/scatter.h"

#include <math.h>
#include <string.h>

#define ROUNDING 1e-9 /* of a df that was computed or written */

dlu_power_design dlu_plan_error(dlu_plan_design design, dlu_plan_test test)
{
    bool interaction = test == DLU_PLAN_INTERACTION;
    switch (design) {
    case DLU_PLAN_BLOCKED_POOLED:
        return interaction ? DLU_DESIGN_POOLED_INTERACTION : DLU_DESIGN_POOLED_EFFECT;
    case DLU_PLAN_UNBLOCKED:
        return interaction ? DLU_DESIGN_UNBLOCKED_INTERACTION : DLU_DESIGN_UNBLOCKED_EFFECT;
    default:
        return DLU_DESIGN_PER_BLOCK;
    }
}

static bool design_of(const char *method, dlu_plan_design *out)
{
    static const struct {
        const char *method;
        dlu_plan_design design;
    } known[] = {{"rcbd", DLU_PLAN_BLOCKED_POOLED},     {"block", DLU_PLAN_BLOCKED},
                 {"one-sample", DLU_PLAN_BLOCKED},      {"welch", DLU_PLAN_UNBLOCKED},
                 {"satterthwaite", DLU_PLAN_UNBLOCKED}, {"student", DLU_PLAN_UNBLOCKED}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].method, method)) {
            *out = known[i].design;
            return true;
        }
    return false;
}

bool dlu_scatter_find(const char *method, dlu_plan_test test, double se, double df, size_t n_units,
                      dlu_scatter *out)
{
    if (!design_of(method, &out->design) || !(se > 0) || !isfinite(se) || !(df >= 1 - ROUNDING) ||
        !(df <= 1e6))
        return false;
    out->error = dlu_plan_error(out->design, test);
    out->n =
        out->design == DLU_PLAN_UNBLOCKED ? n_units : (size_t)(df / out->error.df + 1 + ROUNDING);
    out->sd = se * sqrt((double)out->n / out->error.squares);
    out->df = fmax(df, 1);
    return out->n >= 2;
}
