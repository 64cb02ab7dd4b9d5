/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page.h"

/* The sites of the inserts, where inserts were given. */

static void put_site(dlu_page *p, const char *type, size_t from, size_t to)
{
    dlu_page_add(p, "<td>");
    if (!type && !from)
        return;
    dlu_page_text(p, type);
    dlu_page_addf(p, type ? " at %zu to %zu" : "%zu to %zu", from, to);
}

static void put_duplex(dlu_page *p, const char *const *lines, size_t n)
{
    dlu_page_add(p, "<td>");
    if (!n)
        return;
    dlu_page_add(p, "<pre class=\"duplex\">");
    for (size_t i = 0; i < n; i++) {
        dlu_page_text(p, lines[i]);
        dlu_page_add(p, "\n");
    }
    dlu_page_add(p, "</pre>");
}

static void put_row(dlu_page *p, const dlu_seed_row *row)
{
    dlu_page_row(p);
    dlu_page_head_cell(p, row->target);
    dlu_page_name_cell(p, row->mirna);
    dlu_page_name_cell(p, row->mutant);
    dlu_page_text_cell(p, row->kind);
    dlu_page_text_cell(p, row->status);
    put_site(p, row->wt_type, row->wt_from, row->wt_to);
    put_site(p, row->mut_type, row->mut_from, row->mut_to);
    dlu_page_add(p, "<td class=\"wrap\">");
    dlu_page_text(p, row->text);
    put_duplex(p, row->wt_duplex, row->n_wt_duplex);
    put_duplex(p, row->mut_duplex, row->n_mut_duplex);
    dlu_page_add(p, "\n");
}

bool dlu_page_has_constructs(const dlu_page *p)
{
    return p->result->n_seed > 0 && p->all_tables;
}

void dlu_page_constructs(dlu_page *p)
{
    static const char *const heads[] = {"Target",     "miRNA",      "Mutant", "What",
                                        "Status",     "In WT",      "In MUT", "In words",
                                        "Duplex, WT", "Duplex, MUT"};
    if (!dlu_page_has_constructs(p))
        return;
    dlu_page_add(p,
                 "<section id=\"constructs\" aria-labelledby=\"h-constructs\">\n"
                 "<h2 id=\"h-constructs\">Constructs</h2>\n<p>The sites of the inserts, what the "
                 "mutation does to them, and what else differs.</p>\n");
    dlu_page_table(p, "Sites", heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < p->result->n_seed; i++)
        put_row(p, &p->result->seed[i]);
    dlu_page_table_end(p);
    dlu_page_add(p, "</section>\n");
}
