/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page/page.h"

/* What a verdict opens to: the facts beside it, then tests and values as tables. */

static void put_fact(dlu_page *p, const char *name)
{
    dlu_page_addf(p, "<dt>%s</dt><dd>", name);
}

static void put_caveats(dlu_page *p, const dlu_verdict_row *v)
{
    if (!v->caveats)
        return;
    put_fact(p, "To keep in mind");
    dlu_page_add(p, "<ul>");
    for (unsigned i = 0; i < DLU_CAVEAT_COUNT; i++) {
        if (!(v->caveats >> i & 1u))
            continue;
        dlu_page_addf(p, "<li><code>%s</code> ", dlu_caveat_name((dlu_caveat)i));
        dlu_page_text(p, dlu_caveat_text((dlu_caveat)i));
    }
    dlu_page_add(p, "</ul></dd>\n");
}

static void put_classical(dlu_page *p, const dlu_verdict_row *v)
{
    static const char *const words[] = {"does not apply: a p is missing",
                                        "would have said <strong>direct</strong>",
                                        "would have said <strong>not direct</strong>"};
    put_fact(p, "By the classical rule");
    dlu_page_addf(p,
                  "\xE2\x80\x9CWT significant, mutant not\xE2\x80\x9D %s. It is not used: one "
                  "significant and one not do not differ significantly.</dd>\n",
                  words[v->classical]);
}

static void put_tests(dlu_page *p, const dlu_verdict_row *v)
{
    put_fact(p, "p of WT, mutant");
    dlu_page_number(p, v->p_wt, DLU_FORM_P);
    dlu_page_add(p, ", ");
    dlu_page_number(p, v->p_mut, DLU_FORM_P);
    dlu_page_add(p, "</dd>\n");
    put_fact(p, "p of a direct target");
    dlu_page_number(p, v->p_direct, DLU_FORM_P);
    dlu_page_add(p, " (the larger of WT and WT / MUT); adjusted ");
    dlu_page_number(p, v->p_direct_adjusted, DLU_FORM_P);
    dlu_page_add(p, "</dd>\n");
    if (!v->rescue.present)
        return;
    put_fact(p, "Rescue by the mutant");
    dlu_page_interval(p, v->rescue.fraction, v->rescue.low, v->rescue.high, DLU_FORM_FOLD);
    dlu_page_add(p, " of the effect (1 is all of it)</dd>\n");
}

static void put_panel(dlu_page *p, size_t verdict)
{
    const dlu_result *result = p->result;
    size_t n = result->n_verdicts ? result->n_sensitivity / result->n_verdicts : 0, agree = 0;
    const dlu_sensitivity_row *rows = result->sensitivity + verdict * n;
    bool any = false;
    if (!n)
        return;
    for (size_t i = 0; i < n; i++)
        agree += rows[i].agrees;
    put_fact(p, "Other analyses");
    dlu_page_addf(p, "%zu of %zu agree", agree, n);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].agrees)
            continue;
        dlu_page_add(p, any ? ", " : "; not ");
        dlu_page_text(p, rows[i].analysis);
        any = true;
    }
    dlu_page_add(p, "</dd>\n");
}

static void put_notes(dlu_page *p, const dlu_verdict_row *v)
{
    if (!v->n_notes)
        return;
    put_fact(p, "Notes");
    dlu_page_add(p, "<ul>");
    for (size_t i = 0; i < v->n_notes; i++) {
        dlu_page_add(p, "<li>");
        dlu_page_text(p, v->notes[i]);
    }
    dlu_page_add(p, "</ul></dd>\n");
}

static void put_facts(dlu_page *p, size_t verdict)
{
    const dlu_result *result = p->result;
    const dlu_verdict_row *v = &result->verdicts[verdict];
    dlu_page_add(p, "<dl class=\"facts\">\n");
    put_fact(p, "Verdict");
    dlu_page_add(p, "<code>");
    dlu_page_text(p, v->verdict);
    dlu_page_add(p, "</code>: ");
    dlu_page_text(p, dlu_verdict_in_words(v));
    dlu_page_add(p, "</dd>\n");
    if (!dlu_page_tells_reasons(p)) {
        put_fact(p, "Why");
        dlu_page_text(p, v->reason);
        dlu_page_add(p, "</dd>\n");
    }
    put_caveats(p, v);
    put_classical(p, v);
    put_tests(p, v);
    if (verdict < result->n_design) {
        put_fact(p, "Design");
        dlu_page_text(p, result->design[verdict].text);
        dlu_page_add(p, "</dd>\n");
    }
    if (v->n_text) {
        put_fact(p, "Transfections");
        dlu_page_text(p, v->n_text);
        dlu_page_add(p, v->mutant ? " (WT, its control, MUT, its control)</dd>\n"
                                  : " (WT, its control)</dd>\n");
    }
    put_panel(p, verdict);
    put_notes(p, v);
    dlu_page_add(p, "</dl>\n");
}

void dlu_page_pair(dlu_page *p, size_t verdict)
{
    dlu_page_add(p, "<div class=\"inside\">\n<div class=\"beside\">\n");
    dlu_page_pair_figure(p, verdict);
    put_facts(p, verdict);
    dlu_page_add(p, "</div>\n");
    if (p->all_tables) {
        dlu_page_comparisons(p, verdict);
        dlu_page_pair_tables(p, verdict);
    }
    dlu_page_add(p, "</div>\n");
}
