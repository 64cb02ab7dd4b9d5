/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/xlsx.h"

/* What cells of QC, wells and other analyses say to a person, and their colours. */

const char *dlu_xlsx_words_of_qc(const void *item, const char *key)
{
    const dlu_qc_row *row = item;
    if (!strcmp(key, "check") || !strcmp(key, "rule"))
        return *key == 'r' ? dlu_qc_item_rule(row->item) : dlu_qc_item_words(row->item);
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
