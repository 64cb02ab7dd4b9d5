/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page.h"

/* Checks of each plate: the light, in colour and word, and the rule beside it. */

static void put_check(dlu_page *p, const dlu_qc_row *row)
{
    const char *status = dlu_qc_status_name(row->status);
    dlu_page_row(p);
    dlu_page_head_cell(p, row->plate);
    dlu_page_text_cell(p, dlu_qc_item_words(row->item));
    dlu_page_addf(p, "<td><span class=\"light %s\">%s</span>", status, status);
    dlu_page_number_cell(p, row->value, DLU_FORM_LIGHT);
    dlu_page_number_cell(p, row->limit, DLU_FORM_LIGHT);
    dlu_page_add(p, "<td class=\"wrap\">");
    dlu_page_text(p, dlu_qc_item_rule(row->item));
    dlu_page_add(p, "<td class=\"wrap\">");
    dlu_page_text(p, row->text);
    dlu_page_add(p, "\n");
}

static void put_checks(dlu_page *p)
{
    static const char *const heads[] = {"Plate",  "Check", "Status", "#Value",
                                        "#Limit", "Rule",  "Found"};
    dlu_page_table(p, "Checks", heads, sizeof heads / sizeof *heads);
    /* what needs a look comes first */
    int last = p->all_tables ? DLU_QC_OK : DLU_QC_WARN;
    for (int status = DLU_QC_FAIL; status >= last; status--)
        for (size_t i = 0; i < p->result->n_qc; i++)
            if ((int)p->result->qc[i].status == status)
                put_check(p, &p->result->qc[i]);
    dlu_page_table_end(p);
}

void dlu_page_quality(dlu_page *p)
{
    const dlu_result *result = p->result;
    size_t counts[DLU_QC_FAIL + 1] = {0};
    if (!result->n_qc)
        return;
    for (size_t i = 0; i < result->n_qc; i++)
        counts[result->qc[i].status]++;
    dlu_page_addf(p,
                  "<section id=\"quality\" aria-labelledby=\"h-quality\">\n"
                  "<h2 id=\"h-quality\">Quality</h2>\n"
                  "<p>%zu checks: %zu ok, %zu that warn, %zu that fail.%s</p>\n",
                  result->n_qc, counts[DLU_QC_OK], counts[DLU_QC_WARN], counts[DLU_QC_FAIL],
                  p->all_tables ? "" : " Those that are ok are in the JSON of this page.");
    put_checks(p);
    if (p->all_tables)
        dlu_page_diagnostics(p, NULL);
    dlu_page_add(p, "</section>\n");
}
