/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/xlsx_live.h"

/* Arms from their transfections, and what Summary repeats from Comparisons. */

static bool copy_comparison(const dlu_xlsx_plan *plan, size_t comparison, const char *key,
                            dlu_xlsx_live *out)
{
    char cell[DLU_XLSX_ADDRESS_SIZE];
    dlu_xlsx_address((uint32_t)comparison + 1, dlu_xlsx_column_of("comparisons", key), cell);
    return dlu_xlsx_formula_set(plan, out, "=Comparisons!%s", cell);
}

static bool live_relative(const dlu_xlsx_plan *plan, size_t group, const char *key,
                          dlu_xlsx_live *out)
{
    static const char *const from[][2] = {
        {"relative", "fold"}, {"relative_low", "fold_low"}, {"relative_high", "fold_high"}};
    const dlu_group_row *g = &plan->result->groups[group];
    size_t c = plan->comparison[group];
    if (c == DLU_NO_ROW || !isfinite(g->relative) || !isfinite(g->relative_low))
        return true;
    const dlu_comparison_row *row = &plan->result->comparisons[c];
    bool same = row->fold == g->relative && row->fold_low == g->relative_low;
    for (size_t i = 0; same && i < sizeof from / sizeof *from; i++)
        if (!strcmp(key, from[i][0]))
            return copy_comparison(plan, c, from[i][1], out);
    return true;
}

bool dlu_xlsx_live_group(const dlu_xlsx_plan *plan, size_t item, const char *key,
                         dlu_xlsx_live *out)
{
    char values[DLU_XLSX_ADDRESS_SIZE], wells[DLU_XLSX_ADDRESS_SIZE], mean[DLU_XLSX_ADDRESS_SIZE];
    uint32_t first = (uint32_t)plan->first_unit[item] + 1, n = (uint32_t)plan->n_units[item];
    if (!strncmp(key, "relative", 8))
        return live_relative(plan, item, key, out);
    if (!n)
        return true;
    dlu_xlsx_range(first, first + n - 1, dlu_xlsx_column_of("units", "ln_ratio"), values);
    dlu_xlsx_range(first, first + n - 1, dlu_xlsx_column_of("units", "n_wells"), wells);
    if (!strcmp(key, "n"))
        return dlu_xlsx_formula_set(plan, out, "=COUNT(Replicates!%s)", values);
    if (!strcmp(key, "n_wells"))
        return dlu_xlsx_formula_set(plan, out, "=SUM(Replicates!%s)", wells);
    if (!strcmp(key, "mean_ln"))
        return dlu_xlsx_formula_set(
            plan, out, "=IF(COUNT(Replicates!%s)=%u,AVERAGE(Replicates!%s)," DLU_XLSX_CHANGED ")",
            values, n, values);
    if (!strcmp(key, "sd_ln") && n > 1)
        return dlu_xlsx_formula_set(
            plan, out, "=IF(COUNT(Replicates!%s)=%u,STDEV(Replicates!%s)," DLU_XLSX_CHANGED ")",
            values, n, values);
    if (!strcmp(key, "geometric_mean")) {
        dlu_xlsx_address((uint32_t)item + 1, dlu_xlsx_column_of("groups", "mean_ln"), mean);
        return dlu_xlsx_formula_set(plan, out, "=IFERROR(EXP(%s)," DLU_XLSX_CHANGED ")", mean);
    }
    return true;
}

/* The sheet of a verdict's number, and the number in it. */
static const struct {
    const char *key;
    unsigned effect;
    const char *from;
} repeated[] = {
    {"wt_fold", DLU_XLSX_WT, "fold"},
    {"wt_fold_low", DLU_XLSX_WT, "fold_low"},
    {"wt_fold_high", DLU_XLSX_WT, "fold_high"},
    {"mut_fold", DLU_XLSX_MUT, "fold"},
    {"mut_fold_low", DLU_XLSX_MUT, "fold_low"},
    {"mut_fold_high", DLU_XLSX_MUT, "fold_high"},
    {"interaction_fold", DLU_XLSX_INTERACTION, "fold"},
    {"interaction_fold_low", DLU_XLSX_INTERACTION, "fold_low"},
    {"interaction_fold_high", DLU_XLSX_INTERACTION, "fold_high"},
    {"p_wt", DLU_XLSX_WT, "p"},
    {"p_mut", DLU_XLSX_MUT, "p"},
    {"p_interaction", DLU_XLSX_INTERACTION, "p"},
};

static bool live_direct(const dlu_xlsx_plan *plan, size_t verdict, dlu_xlsx_live *out)
{
    char wt[DLU_XLSX_ADDRESS_SIZE], interaction[DLU_XLSX_ADDRESS_SIZE];
    size_t a = plan->used[verdict][DLU_XLSX_WT];
    size_t b = plan->used[verdict][DLU_XLSX_INTERACTION];
    uint32_t p = dlu_xlsx_column_of("comparisons", "p");
    if (a == DLU_NO_ROW || b == DLU_NO_ROW)
        return true;
    dlu_xlsx_address((uint32_t)a + 1, p, wt);
    dlu_xlsx_address((uint32_t)b + 1, p, interaction);
    return dlu_xlsx_formula_set(plan, out,
                                "=IF(COUNT(Comparisons!%s,Comparisons!%s)=2,MAX(Comparisons!%s,"
                                "Comparisons!%s)," DLU_XLSX_CHANGED ")",
                                wt, interaction, wt, interaction);
}

/* Nothing was changed by hand, and the sheet still comes to the p of the run. */
static bool live_state(const dlu_xlsx_plan *plan, size_t verdict, dlu_xlsx_live *out)
{
    char p[DLU_XLSX_ADDRESS_SIZE];
    const dlu_verdict_row *v = &plan->result->verdicts[verdict];
    unsigned effect = isfinite(v->p_interaction) ? DLU_XLSX_INTERACTION : DLU_XLSX_WT;
    double stored = isfinite(v->p_interaction) ? v->p_interaction : v->p_wt;
    size_t c = plan->used[verdict][effect];
    out->own = true;
    out->number = NAN;
    out->text = "as computed";
    if (c == DLU_NO_ROW || !isfinite(stored))
        return dlu_xlsx_formula_set(plan, out,
                                    "=IF(" DLU_XLSX_CHANGES "=0,\"as computed\","
                                    "\"changed since: run dualuc again\")");
    dlu_xlsx_address((uint32_t)c + 1, dlu_xlsx_column_of("comparisons", "p"), p);
    return dlu_xlsx_formula_set(plan, out,
                                "=IF(IFERROR(AND(" DLU_XLSX_CHANGES
                                "=0,ABS(Comparisons!%s-%.17g)<=1E-9*%.17g),FALSE),"
                                "\"as computed\",\"changed since: run dualuc again\")",
                                p, stored, stored);
}

bool dlu_xlsx_live_verdict(const dlu_xlsx_plan *plan, size_t item, const char *key,
                           dlu_xlsx_live *out)
{
    const dlu_verdict_row *v = &plan->result->verdicts[item];
    if (!strcmp(key, "state"))
        return live_state(plan, item, out);
    if (!strcmp(key, "p_direct") && isfinite(v->p_direct))
        return live_direct(plan, item, out);
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        if (strcmp(key, repeated[i].key) != 0)
            continue;
        size_t c = plan->used[item][repeated[i].effect];
        return c == DLU_NO_ROW || copy_comparison(plan, c, repeated[i].from, out);
    }
    return true;
}
