/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/xlsx_live.h"

/* Where things stand, found once, so that no formula has to look for them. */

static void find_wells(dlu_xlsx_plan *plan)
{
    const dlu_result *r = plan->result;
    for (size_t u = 0; u < r->n_units; u++)
        plan->first_well[u] = DLU_NO_ROW;
    for (size_t w = 0; w < r->n_wells; w++) {
        size_t u = r->wells[w].unit;
        if (u == DLU_NO_ROW)
            continue;
        if (plan->first_well[u] == DLU_NO_ROW)
            plan->first_well[u] = w;
        plan->last_well[u] = w;
    }
}

/* Units of a group follow each other. */
static void find_units(dlu_xlsx_plan *plan)
{
    const dlu_result *r = plan->result;
    for (size_t u = r->n_units; u-- > 0;) {
        plan->first_unit[r->units[u].group] = u;
        plan->n_units[r->units[u].group]++;
    }
}

/* "wt" and "wt_ev_corrected" are effects on WT. */
static bool is_effect(const char *kind, const char *effect)
{
    size_t n = strlen(effect);
    return !strncmp(kind, effect, n) && (!kind[n] || !strcmp(kind + n, "_ev_corrected"));
}

static void find_comparisons(dlu_xlsx_plan *plan)
{
    static const char *const effects[] = {"wt", "mut", "interaction"};
    static const char *const arms[] = {"wt", "mut", "empty"};
    const dlu_result *r = plan->result;
    for (size_t v = 0; v < r->n_verdicts; v++) {
        plan->first_comparison[v] = DLU_NO_ROW;
        for (unsigned e = 0; e < DLU_XLSX_EFFECTS; e++)
            plan->used[v][e] = plan->shown[v][e] = DLU_NO_ROW;
    }
    for (size_t c = r->n_comparisons; c-- > 0;) {
        const dlu_comparison_row *row = &r->comparisons[c];
        if (row->verdict != DLU_NO_ROW)
            plan->first_comparison[row->verdict] = c;
        for (unsigned e = 0; e < DLU_XLSX_EFFECTS && row->verdict != DLU_NO_ROW; e++) {
            if (row->primary && is_effect(row->kind, effects[e]))
                plan->used[row->verdict][e] = c;
            if (!strcmp(row->kind, arms[e]))
                plan->shown[row->verdict][e] = c;
        }
    }
}

/* The comparison in which each arm is the treated one: what its bar shows. */
static void find_arms(dlu_xlsx_plan *plan)
{
    const dlu_result *r = plan->result;
    for (size_t g = 0; g < r->n_groups; g++)
        plan->comparison[g] = DLU_NO_ROW;
    for (size_t v = r->n_verdicts; v-- > 0;) {
        const dlu_working *w = &r->workings[v];
        for (size_t i = 0; i < w->n; i++) {
            size_t unit = w->wells ? r->wells[w->values[i].row].unit : w->values[i].row;
            size_t found = plan->shown[v][w->values[i].cell / 2];
            if (w->values[i].cell % 2 == 0 && found != DLU_NO_ROW)
                plan->comparison[r->units[unit].group] = found;
        }
    }
}

static void place_sections(dlu_xlsx_plan *plan)
{
    uint32_t row = DLU_BLANKS_FIRST_ROW + (uint32_t)plan->result->n_plates + 1;
    for (size_t v = 0; v < plan->result->n_verdicts; v++) {
        plan->sections[v] = dlu_xlsx_section(plan->result, v, row);
        row = dlu_xlsx_section_end(&plan->sections[v]);
    }
}

const dlu_xlsx_plan *dlu_xlsx_plan_new(const dlu_result *r, dlu_arena *arena, dlu_arena *scratch)
{
    dlu_xlsx_plan *plan = dlu_arena_alloc(arena, 1, sizeof *plan);
    if (!plan)
        return NULL;
    *plan = (dlu_xlsx_plan){
        .result = r,
        .arena = scratch,
        .first_well = dlu_arena_alloc(arena, r->n_units + 1, sizeof(size_t)),
        .last_well = dlu_arena_alloc(arena, r->n_units + 1, sizeof(size_t)),
        .first_unit = dlu_arena_alloc(arena, r->n_groups + 1, sizeof(size_t)),
        .n_units = dlu_arena_alloc(arena, r->n_groups + 1, sizeof(size_t)),
        .comparison = dlu_arena_alloc(arena, r->n_groups + 1, sizeof(size_t)),
        .used = dlu_arena_alloc(arena, r->n_verdicts + 1, sizeof *plan->used),
        .shown = dlu_arena_alloc(arena, r->n_verdicts + 1, sizeof *plan->shown),
        .first_comparison = dlu_arena_alloc(arena, r->n_verdicts + 1, sizeof(size_t)),
        .sections = dlu_arena_alloc(arena, r->n_verdicts + 1, sizeof *plan->sections),
    };
    if (!plan->first_well || !plan->last_well || !plan->first_unit || !plan->n_units ||
        !plan->comparison || !plan->used || !plan->shown || !plan->first_comparison ||
        !plan->sections)
        return NULL;
    find_wells(plan);
    find_units(plan);
    find_comparisons(plan);
    find_arms(plan);
    place_sections(plan);
    return plan;
}
