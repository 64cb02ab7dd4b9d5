/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "page/page.h"

/* The arms, every well, and what the flags mean. */

bool dlu_page_has_arms(const dlu_page *p)
{
    return p->result->n_groups > 0 && p->all_tables;
}

void dlu_page_arms(dlu_page *p)
{
    static const char *const heads[] = {"Target",          "Construct", "Treated with",
                                        "#Transfections",  "#Wells",    "#Fold",
                                        "#Geometric mean", "#Mean, ln", "#SD, ln"};
    const dlu_result *result = p->result;
    if (!dlu_page_has_arms(p))
        return;
    dlu_page_add(p, "<section id=\"arms\" aria-labelledby=\"h-arms\">\n<h2 id=\"h-arms\">Arms</h2>"
                    "\n<p>The fold of a treated arm is over its control, which is 1. The geometric "
                    "mean is of the ratios of its transfections.</p>\n");
    dlu_page_table(p, "Arms", heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < result->n_groups; i++) {
        const dlu_group_row *g = &result->groups[i];
        dlu_page_row(p);
        dlu_page_head_cell(p, g->target);
        dlu_page_name_cell(p, g->construct);
        dlu_page_add(p, "<td>");
        dlu_page_agent(p, g->mirna, g->dose_nM, g->treatment);
        dlu_page_number_cell(p, (double)g->n, DLU_FORM_COUNT);
        dlu_page_number_cell(p, (double)g->n_wells, DLU_FORM_COUNT);
        dlu_page_interval_cell(p, g->relative, g->relative_low, g->relative_high);
        dlu_page_number_cell(p, g->geometric_mean, DLU_FORM_ROUND);
        dlu_page_number_cell(p, g->mean_ln, DLU_FORM_ROUND);
        dlu_page_number_cell(p, g->sd_ln, DLU_FORM_ROUND);
        dlu_page_add(p, "\n");
    }
    dlu_page_table_end(p);
    dlu_page_comparisons(p, DLU_NO_ROW);
    dlu_page_add(p, "</section>\n");
}

static void put_flags(dlu_page *p)
{
    static const char *const heads[] = {"Flag", "#Wells", "Rule"};
    size_t counts[DLU_FLAG_COUNT] = {0}, all = 0;
    for (size_t i = 0; i < p->result->n_wells; i++)
        for (unsigned f = 0; f < DLU_FLAG_COUNT; f++)
            counts[f] += p->result->wells[i].flags >> f & 1u;
    for (unsigned f = 0; f < DLU_FLAG_COUNT; f++)
        all += counts[f];
    if (!all)
        return;
    dlu_page_table(p, "Flags of wells", heads, sizeof heads / sizeof *heads);
    for (unsigned f = 0; f < DLU_FLAG_COUNT; f++) {
        if (!counts[f])
            continue;
        dlu_page_addf(p, "<tr><th scope=\"row\"><code>%s</code>", dlu_flag_name((dlu_flag)f));
        dlu_page_number_cell(p, (double)counts[f], DLU_FORM_COUNT);
        dlu_page_add(p, "<td class=\"wrap\">");
        dlu_page_text(p, dlu_flag_text((dlu_flag)f));
        dlu_page_add(p, "\n");
    }
    dlu_page_table_end(p);
}

static void put_light(dlu_page *p, double value, const char *state)
{
    if (isfinite(value) || !state) {
        dlu_page_number_cell(p, value, DLU_FORM_LIGHT);
        return;
    }
    dlu_page_add(p, "<td class=\"n\">");
    dlu_page_text(p, state);
}

static void put_well(dlu_page *p, size_t i)
{
    const dlu_well_row *w = &p->result->wells[i];
    char at[sizeof((dlu_error *)0)->at];
    dlu_page_addf(p, "<tr id=\"w%zu\"%s>", i + 1,
                  w->used || w->in_blank ? "" : " class=\"unused\"");
    dlu_page_head_cell(p, w->well);
    dlu_page_name_cell(p, w->plate);
    dlu_page_add(p, "<td>");
    dlu_page_arm_of(p, w);
    dlu_page_name_cell(p, w->mirna);
    dlu_page_number_cell(p, w->dose_nM, DLU_FORM_ROUND);
    dlu_page_name_cell(p, w->replicate);
    dlu_page_name_cell(p, w->block);
    put_light(p, w->reporter, w->reporter_state);
    put_light(p, w->control, w->control_state);
    dlu_page_number_cell(p, w->reporter_net, DLU_FORM_LIGHT);
    dlu_page_number_cell(p, w->control_net, DLU_FORM_LIGHT);
    dlu_page_number_cell(p, w->ratio, DLU_FORM_ROUND);
    dlu_page_text_cell(p, dlu_page_use_of(w));
    dlu_page_add(p, "<td>");
    for (unsigned f = 0; f < DLU_FLAG_COUNT; f++)
        if (w->flags >> f & 1u)
            dlu_page_addf(p, "<code>%s</code> ", dlu_flag_name((dlu_flag)f));
    dlu_page_text_cell(p, dlu_place_render(&w->at, at, sizeof at));
    dlu_page_add(p, "\n");
}

static void put_lines(dlu_page *p)
{
    static const char *const heads[] = {"Well",      "Plate",          "What",          "miRNA",
                                        "#Dose, nM", "Replicate",      "Block",         "#Reporter",
                                        "#Control",  "#Reporter, net", "#Control, net", "#Ratio",
                                        "Use",       "Flags",          "Read from"};
    dlu_page_addf(p, "<details class=\"more\"><summary>All %zu wells</summary>\n",
                  p->result->n_wells);
    dlu_page_table(p, "Wells", heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < p->result->n_wells; i++)
        put_well(p, i);
    dlu_page_table_end(p);
    dlu_page_add(p, "</details>\n");
}

void dlu_page_wells(dlu_page *p)
{
    dlu_page_add(p, "<section id=\"wells\" aria-labelledby=\"h-wells\">\n"
                    "<h2 id=\"h-wells\">Wells</h2>\n");
    put_flags(p);
    if (p->well_lines)
        put_lines(p);
    else
        dlu_page_addf(p,
                      "<p class=\"note\">More than %u wells: there is no line for each. Their "
                      "stories stand at the ratios in <a href=\"#plates\">Plates"
                      "</a>, and all their numbers in the JSON of this page, which <code>--csv"
                      "</code> writes as a table.</p>\n",
                      DLU_PAGE_MAX_WELL_LINES);
    dlu_page_add(p, "</section>\n");
}
