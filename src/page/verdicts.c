/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page/page.h"

/* The section that is read first: a verdict each, in colour and words, which opens to its numbers.
 */

const char *dlu_page_tone(const dlu_verdict_row *v)
{
    if (v->exploratory || v->code == DLU_INVALID_QC)
        return "void";
    switch (v->call) {
    case DLU_CALL_DIRECT:
        return "direct";
    case DLU_CALL_DIRECT_UNPROVEN:
    case DLU_CALL_DIRECT_PARTIAL:
        return "reserved";
    case DLU_CALL_NO:
    case DLU_CALL_OPPOSITE:
    case DLU_CALL_NONE:
        break;
    }
    return "plain";
}

void dlu_page_agent(dlu_page *p, const char *mirna, double dose_nM, const char *treatment)
{
    char dose[DLU_NUMBER_SIZE];
    if (mirna && *mirna)
        dlu_page_name(p, mirna);
    if (treatment) {
        dlu_page_add(p, mirna && *mirna ? " " : "");
        dlu_page_text(p, treatment);
    }
    if (isfinite(dose_nM)) {
        dlu_page_add(p, ", ");
        dlu_page_text(p, dlu_text_from_double(dose_nM, dose));
        dlu_page_add(p, " nM");
    }
}

bool dlu_page_tells_reasons(const dlu_page *p)
{
    return p->result->n_verdicts <= DLU_PAGE_MAX_REASONS;
}

static void put_fold(dlu_page *p, const char *name, const char *label, double fold, double low,
                     double high)
{
    dlu_page_addf(p, "<span class=\"num\"><span class=\"k %s\">%s</span> ", name, label);
    dlu_page_interval(p, fold, low, high, DLU_FORM_FOLD);
    dlu_page_add(p, "</span>\n");
}

static void put_summary(dlu_page *p, const dlu_verdict_row *v)
{
    dlu_page_addf(p, "<summary><span class=\"says\"><span class=\"call %s\">", dlu_page_tone(v));
    dlu_page_text(p, dlu_verdict_in_words(v));
    dlu_page_add(p, "</span> <code>");
    dlu_page_text(p, v->verdict);
    dlu_page_add(p, "</code></span>\n<h3>");
    dlu_page_name(p, v->target);
    dlu_page_add(p, " <span class=\"agent\">");
    dlu_page_agent(p, v->mirna, v->dose_nM, v->treatment);
    if (v->mutant) {
        dlu_page_add(p, ", against ");
        dlu_page_name(p, v->mutant);
    }
    dlu_page_add(p, "</span></h3>\n");
    dlu_page_mini(p, v);
    put_fold(p, "kw", "WT", v->wt_fold, v->wt_fold_low, v->wt_fold_high);
    put_fold(p, "km", "MUT", v->mut_fold, v->mut_fold_low, v->mut_fold_high);
    put_fold(p, "kd", "WT / MUT", v->interaction_fold, v->interaction_fold_low,
             v->interaction_fold_high);
    dlu_page_add(p, "<span class=\"num\"><span class=\"k\">p of WT / MUT</span> ");
    dlu_page_number(p, v->p_interaction, DLU_FORM_P);
    dlu_page_add(p, "</span>\n");
    if (dlu_page_tells_reasons(p)) {
        dlu_page_add(p, "<span class=\"reason\">");
        dlu_page_text(p, v->reason);
        dlu_page_add(p, "</span>");
    }
    dlu_page_add(p, "</summary>\n");
}

static void put_verdict(dlu_page *p, size_t i)
{
    const dlu_verdict_row *v = &p->result->verdicts[i];
    dlu_page_addf(p, "<details class=\"verdict %s\" id=\"v%zu\">\n", dlu_page_tone(v), i + 1);
    put_summary(p, v);
    dlu_page_pair(p, i);
    dlu_page_add(p, "</details>\n");
}

static void put_setting(dlu_page *p, double value)
{
    char text[DLU_NUMBER_SIZE];
    double rounded;
    if (dlu_text_number(dlu_text_rounded(value, 4, text), '.', &rounded))
        dlu_page_text(p, dlu_text_from_double(rounded, text));
}

static void put_thresholds(dlu_page *p)
{
    static const char *const adjusted[] = {
        "corrected by Holm's method over all verdicts",
        "corrected by the method of Benjamini and Hochberg over all "
        "verdicts",
        "not corrected over the verdicts"};
    const dlu_settings *s = &p->result->settings;
    dlu_page_add(p, "<p>A <em>fold</em> is the ratio with the miRNA or inhibitor over the ratio "
                    "with its control, in brackets its ");
    put_setting(p, 100 * (1 - s->alpha));
    dlu_page_add(p, " % interval. Repressed: a fold of ");
    put_setting(p, s->theta);
    dlu_page_add(p, " or less (inhibitors: ");
    put_setting(p, 1 / s->theta);
    dlu_page_add(p, " or more) with p &lt; ");
    put_setting(p, s->alpha);
    dlu_page_add(p, ". Unchanged: shown to lie within ");
    put_setting(p, s->equivalence);
    dlu_page_add(p, " and ");
    put_setting(p, 1 / s->equivalence);
    dlu_page_add(p, ". <em>WT / MUT</em> is the part of the effect that goes through the site. A "
                    "target is direct where WT and WT / MUT both change: the larger of their p "
                    "decides, ");
    dlu_page_add(p, adjusted[s->adjust]);
    dlu_page_add(p, ".</p>\n");
}

static void put_key(dlu_page *p)
{
    char low[DLU_NUMBER_SIZE], high[DLU_NUMBER_SIZE];
    dlu_page_add(p, "<p class=\"key\">In the small drawings, from above: <span class=\"k kw\">WT"
                    "</span>, <span class=\"k km\">mutant</span>, <span class=\"k kd\">WT / MUT"
                    "</span>, each with its interval, from ");
    dlu_page_text(p, dlu_text_fold(exp2(p->low), low));
    dlu_page_add(p, " to ");
    dlu_page_text(p, dlu_text_fold(exp2(p->high), high));
    dlu_page_add(p, " on a logarithmic axis. The line is at 1, the dashed line where repression "
                    "begins.</p>\n");
}

void dlu_page_verdicts(dlu_page *p)
{
    size_t n = p->result->n_verdicts;
    dlu_page_add(p, "<section id=\"verdicts\" aria-labelledby=\"h-verdicts\">\n"
                    "<h2 id=\"h-verdicts\">Verdicts</h2>\n");
    if (n)
        put_key(p);
    else
        dlu_page_add(p, "<p>The map has no pair of a treated arm and its control, so there is "
                        "nothing to judge.</p>\n");
    if (!p->all_tables)
        dlu_page_addf(
            p,
            "<p class=\"note\">More than %u verdicts: each opens to its facts; tests, arms, "
            "transfections, diagnostics and other analyses are in the numbers at the end "
            "of the page, and in the workbook.</p>\n",
            DLU_PAGE_MAX_PAIRS);
    dlu_page_add(p, "<div id=\"list\">\n");
    for (size_t i = 0; i < n; i++)
        put_verdict(p, i);
    dlu_page_add(p, "</div>\n");
    dlu_page_forest(p);
    put_thresholds(p);
    dlu_page_add(p, "</section>\n");
}
