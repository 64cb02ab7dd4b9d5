/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>

#include "page/page.h"

/* The values that a verdict's tests saw, and the verdict under other analyses. */

static bool is_same(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

static bool is_same_dose(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Whether a row of another table, which has these members too, is of the verdict `v`. */
#define IS_OF(row, v)                                                                              \
    (is_same((row)->target, (v)->target) && is_same((row)->mirna, (v)->mirna) &&                   \
     is_same((row)->treatment, (v)->treatment) && is_same((row)->mutant, (v)->mutant) &&           \
     is_same_dose((row)->dose_nM, (v)->dose_nM))

static void put_well_link(dlu_page *p, size_t w)
{
    dlu_page_addf(p, "<a href=\"#w%zu\">", w + 1);
    dlu_page_text(p, p->result->wells[w].well);
    dlu_page_add(p, "</a>");
}

void dlu_page_unit_wells(dlu_page *p, size_t unit)
{
    size_t first = p->wells.first[unit];
    for (size_t w = first; w != DLU_NO_ROW; w = p->wells.next[w]) {
        dlu_page_add(p, w == first ? "" : " ");
        put_well_link(p, w);
        dlu_page_add(p, p->result->wells[w].used ? "" : " (left out)");
    }
}

static void put_unit(dlu_page *p, const dlu_working *working, const dlu_working_value *value)
{
    const dlu_unit_row *u = &p->result->units[value->row];
    dlu_page_row(p);
    dlu_page_head_cell(p, u->construct);
    dlu_page_text_cell(p, u->treatment);
    dlu_page_name_cell(p,
                       value->block < working->n_blocks ? working->blocks[value->block] : u->block);
    dlu_page_name_cell(p, u->replicate);
    dlu_page_name_cell(p, u->plate);
    dlu_page_number_cell(p, exp(u->ln_ratio), DLU_FORM_ROUND);
    dlu_page_number_cell(p, u->ln_ratio, DLU_FORM_ROUND);
    dlu_page_number_cell(p, u->cv, DLU_FORM_PERCENT);
    dlu_page_add(p, "<td>");
    dlu_page_unit_wells(p, value->row);
    dlu_page_add(p, "\n");
}

static void put_single(dlu_page *p, const dlu_working_value *value)
{
    const dlu_well_row *w = &p->result->wells[value->row];
    dlu_page_row(p);
    dlu_page_head_cell(p, w->construct);
    dlu_page_text_cell(p, w->treatment);
    dlu_page_name_cell(p, w->block);
    dlu_page_name_cell(p, w->replicate);
    dlu_page_name_cell(p, w->plate);
    dlu_page_number_cell(p, w->ratio, DLU_FORM_ROUND);
    dlu_page_number_cell(p, w->ln_ratio, DLU_FORM_ROUND);
    dlu_page_add(p, "<td><td>");
    put_well_link(p, value->row);
    dlu_page_add(p, "\n");
}

static void put_values(dlu_page *p, size_t verdict)
{
    static const char *const heads[] = {"Construct", "Treatment", "Block", "Replicate", "Plate",
                                        "#Ratio",    "#ln ratio", "#CV",   "Wells"};
    const dlu_working *working = &p->result->workings[verdict];
    if (!working->n)
        return;
    dlu_page_table(p, working->wells ? "Wells, which stand in for transfections" : "Transfections",
                   heads, sizeof heads / sizeof *heads);
    for (unsigned cell = 0; cell < 6; cell++)
        for (size_t i = 0; i < working->n; i++) {
            if (working->values[i].cell != cell)
                continue;
            if (working->wells)
                put_single(p, &working->values[i]);
            else
                put_unit(p, working, &working->values[i]);
        }
    dlu_page_table_end(p);
}

static void put_leave_out(dlu_page *p, const dlu_verdict_row *v)
{
    static const char *const heads[] = {"Without", "#WT / MUT", "#p", "Verdict"};
    bool open = false;
    for (size_t i = 0; i < p->result->n_leave_one_out; i++) {
        const dlu_leave_out_row *row = &p->result->leave_one_out[i];
        if (!IS_OF(row, v))
            continue;
        if (!open)
            dlu_page_table(p, "Without each block", heads, sizeof heads / sizeof *heads);
        open = true;
        dlu_page_add(p, is_same(row->verdict, v->verdict) ? "<tr>" : "<tr class=\"differs\">");
        dlu_page_head_cell(p, row->block);
        dlu_page_number_cell(p, row->interaction_fold, DLU_FORM_FOLD);
        dlu_page_number_cell(p, row->p_interaction, DLU_FORM_P);
        dlu_page_add(p, "<td><code>");
        dlu_page_text(p, row->verdict);
        dlu_page_add(p, "</code>\n");
    }
    if (open)
        dlu_page_table_end(p);
}

static void put_sensitivity(dlu_page *p, size_t verdict)
{
    static const char *const heads[] = {"Analysis",  "Verdict",    "Agrees", "#WT",
                                        "#WT / MUT", "#p, direct", "Why"};
    const dlu_result *result = p->result;
    size_t n = result->n_verdicts ? result->n_sensitivity / result->n_verdicts : 0;
    if (!n)
        return;
    dlu_page_table(p, "Under other analyses", heads, sizeof heads / sizeof *heads);
    for (size_t i = verdict * n; i < (verdict + 1) * n; i++) {
        const dlu_sensitivity_row *row = &result->sensitivity[i];
        dlu_page_add(p, row->agrees ? "<tr>" : "<tr class=\"differs\">");
        dlu_page_head_cell(p, row->analysis);
        dlu_page_add(p, "<td><code>");
        dlu_page_text(p, row->verdict);
        dlu_page_add(p, "</code>");
        dlu_page_text_cell(p, row->agrees ? "yes" : "no");
        dlu_page_number_cell(p, row->wt_fold, DLU_FORM_FOLD);
        dlu_page_number_cell(p, row->interaction_fold, DLU_FORM_FOLD);
        dlu_page_number_cell(p, row->p_direct, DLU_FORM_P);
        dlu_page_add(p, "<td class=\"wrap\">");
        dlu_page_text(p, row->why);
        dlu_page_add(p, "\n");
    }
    dlu_page_table_end(p);
}

static void put_diagnostic(dlu_page *p, const dlu_diagnostic_row *row)
{
    dlu_page_add(p, row->status && is_same(row->status, "flagged") ? "<tr class=\"differs\">"
                                                                   : "<tr>");
    dlu_page_head_cell(p, row->plate ? row->plate : row->group);
    dlu_page_text_cell(p, row->item);
    dlu_page_number_cell(p, (double)row->n, DLU_FORM_COUNT);
    dlu_page_number_cell(p, row->statistic, DLU_FORM_ROUND);
    dlu_page_number_cell(p, row->df1, DLU_FORM_DF);
    dlu_page_number_cell(p, row->df2, DLU_FORM_DF);
    dlu_page_number_cell(p, row->p, DLU_FORM_P);
    dlu_page_number_cell(p, row->limit, DLU_FORM_ROUND);
    dlu_page_text_cell(p, row->status);
    dlu_page_add(p, "<td class=\"wrap\">");
    dlu_page_text(p, row->text);
    dlu_page_add(p, "\n");
}

void dlu_page_diagnostics(dlu_page *p, const dlu_verdict_row *v)
{
    static const char *const heads[] = {"Of what", "Item", "#n",     "#Statistic", "#df 1",
                                        "#df 2",   "#p",   "#Limit", "Status",     "In words"};
    bool open = false;
    for (size_t i = 0; i < p->result->n_diagnostics; i++) {
        const dlu_diagnostic_row *row = &p->result->diagnostics[i];
        if (v ? !IS_OF(row, v) || row->plate : !row->plate)
            continue;
        if (!open) {
            dlu_page_add(p, "<details class=\"more\"><summary>Diagnostics: information, which "
                            "decides nothing</summary>\n");
            dlu_page_table(p, "Diagnostics", heads, sizeof heads / sizeof *heads);
        }
        open = true;
        put_diagnostic(p, row);
    }
    if (!open)
        return;
    dlu_page_table_end(p);
    dlu_page_add(p, "</details>\n");
}

void dlu_page_pair_tables(dlu_page *p, size_t verdict)
{
    const dlu_verdict_row *v = &p->result->verdicts[verdict];
    if (p->result->workings)
        put_values(p, verdict);
    put_leave_out(p, v);
    put_sensitivity(p, verdict);
    dlu_page_diagnostics(p, v);
}
