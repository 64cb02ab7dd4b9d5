/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/result.h>

/* Codes in words for people, the same in every output that is read by eye. */

const char *dlu_verdict_in_words(const dlu_verdict_row *v)
{
    if (v->code == DLU_INVALID_QC)
        return "no call: an arm is missing or fails its checks";
    if (v->exploratory)
        return "no call: technical replicates only";
    switch (v->call) {
    case DLU_CALL_DIRECT:
        return "direct target";
    case DLU_CALL_DIRECT_UNPROVEN:
        return "direct target, rescue by the mutant not proven";
    case DLU_CALL_DIRECT_PARTIAL:
        return "direct target, the mutant rescues in part";
    case DLU_CALL_NO:
        return "not a direct target through this site";
    case DLU_CALL_OPPOSITE:
        return "changed in the opposite direction";
    case DLU_CALL_NONE:
        break;
    }
    return "no call";
}

/* What the items of QC mean, and the rule that gives their status. */
static const struct {
    const char *item, *words, *rule;
} qc_items[] = {
    {"blank_reporter", "Blank, reporter", "at least 2 blank wells of untransfected cells"},
    {"blank_control", "Blank, control", "at least 2 blank wells of untransfected cells"},
    {"control_lod", "Limit of detection, control", "information"},
    {"control_loq", "Limit of quantification, control", "information"},
    {"signal_over_background_reporter", "Signal over background, reporter",
     "warns under the limit"},
    {"signal_over_background_control", "Signal over background, control", "warns under the limit"},
    {"wells_left_out", "Sample wells left out", "warns over the limit, 10 % of the sample wells"},
    {"technical_cv_median", "CV of technical replicates", "warns over the limit"},
    {"edge_fold", "Edge effect", "warns where p < alpha"},
    {"control_channel_fold", "Shift of the control luciferase",
     "warns where the treatment moves it beyond the limit or its reciprocal with p < alpha"},
    {"positive_control_fold", "Positive control", "fails unless it reaches theta with p < alpha"},
    {"zprime", "Z', ratios", "ok from the limit on, fails under 0"},
    {"zprime_ln", "Z', ln ratios", "ok from the limit on, fails under 0"},
    {"zprime_robust", "Z', medians", "ok from the limit on, fails under 0"},
    {"ssmd", "SSMD of the positive control", "information"},
    {"dunnett_critical", "Dunnett's critical |t|", "information"},
};

static const char *item_words(const char *item, bool rule)
{
    for (size_t i = 0; i < sizeof qc_items / sizeof *qc_items; i++)
        if (!strcmp(qc_items[i].item, item))
            return rule ? qc_items[i].rule : qc_items[i].words;
    return rule ? "" : item;
}

const char *dlu_qc_item_words(const char *item)
{
    return item_words(item, false);
}

const char *dlu_qc_item_rule(const char *item)
{
    return item_words(item, true);
}
