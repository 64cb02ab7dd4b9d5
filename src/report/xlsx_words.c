/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/xlsx.h"

/* What the items of QC mean to a person, and the rule that colours them. */

static const struct {
    const char *item, *words, *rule;
} items[] = {
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
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (!strcmp(items[i].item, item))
            return rule ? items[i].rule : items[i].words;
    return rule ? "" : item;
}

const char *dlu_xlsx_words_of_qc(const void *item, const char *key)
{
    const dlu_qc_row *row = item;
    if (!strcmp(key, "check") || !strcmp(key, "rule"))
        return item_words(row->item, *key == 'r');
    return NULL;
}

dlu_xlsx_fill dlu_xlsx_fill_of_qc(const void *item, const char *key)
{
    static const dlu_xlsx_fill lights[] = {DLU_FILL_GREEN, DLU_FILL_AMBER, DLU_FILL_RED};
    const dlu_qc_row *row = item;
    return strcmp(key, "status") ? DLU_FILL_NONE : lights[row->status];
}

dlu_xlsx_fill dlu_xlsx_fill_of_well(const void *item, const char *key)
{
    const dlu_well_row *well = item;
    (void)key;
    return well->treatment && !well->used ? DLU_FILL_GREY : DLU_FILL_NONE;
}

dlu_xlsx_fill dlu_xlsx_fill_of_sensitivity(const void *item, const char *key)
{
    const dlu_sensitivity_row *row = item;
    bool shown = !strcmp(key, "agrees") || !strcmp(key, "verdict");
    return shown && !row->agrees ? DLU_FILL_AMBER : DLU_FILL_NONE;
}
