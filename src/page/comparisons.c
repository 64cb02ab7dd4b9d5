/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page/page.h"

/* Tests, each with what it asks in words. */

static const char *kind_words(const char *kind)
{
    static const char *const words[][2] = {
        {"wt", "Wild type"},
        {"mut", "Mutant"},
        {"interaction", "WT / MUT"},
        {"control_channel", "Control luciferase alone"},
        {"control_channel_interaction", "WT / MUT, control luciferase alone"},
        {"reporter_interaction", "WT / MUT, reporter alone"},
        {"empty", "Empty vector"},
        {"wt_ev_corrected", "Wild type over empty vector"},
        {"mut_ev_corrected", "Mutant over empty vector"},
        {"dunnett_wt", "Wild type, Dunnett's test over treatments"},
        {"dunnett_mut", "Mutant, Dunnett's test over treatments"},
        {"dose_slope_wt", "Wild type, a step of the dose"},
        {"dose_slope_mut", "Mutant, a step of the dose"},
        {"dose_slope_interaction", "WT / MUT, a step of the dose"},
        {"nonadditivity", "Both sites over the sum of each"},
        {"compensatory", "Mimic that matches the mutant, on the mutant"},
        {"compensatory_wt", "Mimic that matches the mutant, on WT"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], kind))
            return words[i][1];
    return kind;
}

static void put_equivalence(dlu_page *p, const dlu_equivalence *e)
{
    dlu_page_add(p, "<td>");
    if (!e->present)
        return;
    dlu_page_add(p, e->equivalent ? "yes" : "no");
    dlu_page_add(p, " <span class=\"ci\">(p ");
    dlu_page_number(p, e->p_lower > e->p_upper ? e->p_lower : e->p_upper, DLU_FORM_P);
    dlu_page_add(p, ")</span>");
}

static void put_estimate(dlu_page *p, const dlu_comparison_row *c)
{
    dlu_page_number_cell(p, c->estimate_ln, DLU_FORM_ROUND);
    if (!isfinite(c->se))
        return;
    dlu_page_add(p, " <span class=\"ci\">\xC2\xB1 ");
    dlu_page_number(p, c->se, DLU_FORM_ROUND);
    dlu_page_add(p, "</span>");
}

static void put_row(dlu_page *p, const dlu_comparison_row *c, bool names)
{
    dlu_page_add(p, c->primary ? "<tr class=\"primary\">" : "<tr>");
    dlu_page_add(p, "<th scope=\"row\">");
    dlu_page_text(p, kind_words(c->kind));
    if (names) {
        dlu_page_name_cell(p, c->target);
        dlu_page_add(p, "<td>");
        dlu_page_agent(p, c->mirna, c->dose_nM, c->treatment);
        dlu_page_name_cell(p, c->mutant);
    }
    dlu_page_text_cell(p, c->method);
    dlu_page_text_cell(p, c->primary ? "yes" : "");
    dlu_page_number_cell(p, (double)c->n, DLU_FORM_COUNT);
    dlu_page_interval_cell(p, c->fold, c->fold_low, c->fold_high);
    dlu_page_number_cell(p, c->p, DLU_FORM_P);
    dlu_page_number_cell(p, c->p_adjusted, DLU_FORM_P);
    put_estimate(p, c);
    dlu_page_number_cell(p, c->t, DLU_FORM_ROUND);
    dlu_page_number_cell(p, c->df, DLU_FORM_DF);
    put_equivalence(p, &c->equivalence);
    dlu_page_number_cell(p, c->noninferiority_p, DLU_FORM_P);
    dlu_page_add(p, "\n");
}

void dlu_page_comparisons(dlu_page *p, size_t verdict)
{
    static const char *const heads[] = {"Comparison",  "Target",          "Treated with",
                                        "Mutant",      "Method",          "Used",
                                        "#n",          "#Fold",           "#p",
                                        "#p adjusted", "#Estimate, ln",   "#t",
                                        "#df",         "Shown unchanged", "#p, not repressed"};
    static const char *const own[] = {
        "Comparison",  "Method",        "Used", "#n",  "#Fold",           "#p",
        "#p adjusted", "#Estimate, ln", "#t",   "#df", "Shown unchanged", "#p, not repressed"};
    bool names = verdict == DLU_NO_ROW;
    size_t i = p->tests.first[names ? p->result->n_verdicts : verdict];
    if (i == DLU_NO_ROW)
        return;
    if (names)
        dlu_page_table(p, "Tests that no verdict rests on", heads, sizeof heads / sizeof *heads);
    else
        dlu_page_table(p, "Tests", own, sizeof own / sizeof *own);
    for (; i != DLU_NO_ROW; i = p->tests.next[i])
        put_row(p, &p->result->comparisons[i], names);
    dlu_page_table_end(p);
}
