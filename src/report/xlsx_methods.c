/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/version.h>

#include "report/xlsx.h"

#define TEXT_WIDTH 100.0

/* What was done, in sentences; every setting; the files by their sums; the version. */

static uint32_t put_paragraphs(dlu_xlsx_sheet *sheet, const dlu_result *result, uint32_t row)
{
    dlu_xlsx_lines(sheet, row, 2);
    dlu_xlsx_text(sheet, row++, 0, "Methods", DLU_STYLE_TITLE, DLU_FILL_NONE);
    for (size_t i = 0; i < result->n_methods; i++) {
        dlu_xlsx_lines(sheet, row, dlu_xlsx_lines_of(result->methods[i], TEXT_WIDTH));
        dlu_xlsx_text(sheet, row++, 1, result->methods[i], DLU_STYLE_WRAP, DLU_FILL_NONE);
    }
    return row + 1;
}

static uint32_t put_settings(dlu_xlsx_sheet *sheet, const dlu_result *result, uint32_t row)
{
    size_t n;
    dlu_report_value value;
    const dlu_report_column *columns = dlu_report_settings(&n);
    dlu_xlsx_text(sheet, row, 0, "Setting", DLU_STYLE_HEADER, DLU_FILL_NONE);
    dlu_xlsx_text(sheet, row++, 1, "Value", DLU_STYLE_HEADER, DLU_FILL_NONE);
    for (size_t i = 0; i < n; i++, row++) {
        if (!strcmp(columns[i].key, "alpha") || !strcmp(columns[i].key, "theta") ||
            !strcmp(columns[i].key, "equivalence"))
            dlu_xlsx_define(sheet, columns[i].key, row, 1);
        dlu_xlsx_text(sheet, row, 0, columns[i].key, DLU_STYLE_TEXT, DLU_FILL_NONE);
        if (!sheet ||
            !dlu_report_cell(&columns[i], &result->settings, dlu_xlsx_arena(sheet), &value)) {
            dlu_xlsx_no_memory(sheet);
            continue;
        }
        if (value.kind == DLU_VALUE_NULL)
            dlu_xlsx_text(sheet, row, 1,
                          strcmp(columns[i].key, "block") ? "not set" : "found by structure",
                          DLU_STYLE_FAINT, DLU_FILL_NONE);
        else
            dlu_xlsx_value(sheet, row, 1, &value, DLU_STYLE_LEFT, DLU_FILL_NONE);
    }
    return row + 1;
}

static uint32_t put_inputs(dlu_xlsx_sheet *sheet, const dlu_result *result, uint32_t row)
{
    static const char *const keys[] = {"role", "path", "format", "plates", "sha256"};
    static const char *const labels[] = {"Input", "File", "Format", "Plates", "SHA-256"};
    const dlu_report_table *table = dlu_report_inputs();
    for (uint32_t c = 0; c < sizeof keys / sizeof *keys; c++)
        dlu_xlsx_text(sheet, row, c, labels[c], DLU_STYLE_HEADER, DLU_FILL_NONE);
    row++;
    for (size_t i = 0; i < result->n_inputs; i++, row++)
        for (uint32_t c = 0; c < sizeof keys / sizeof *keys; c++)
            dlu_xlsx_put(sheet, row, c, table, keys[c], &result->inputs[i], DLU_STYLE_TEXT,
                         DLU_FILL_NONE);
    return row + 1;
}

void dlu_xlsx_methods(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    const dlu_result *result = plan->result;
    static const double widths[] = {25, TEXT_WIDTH, 18, 16, 68};
    for (uint32_t c = 0; c < sizeof widths / sizeof *widths; c++)
        dlu_xlsx_width(sheet, c, widths[c]);
    uint32_t row = put_paragraphs(sheet, result, 0);
    row = put_settings(sheet, result, row);
    row = put_inputs(sheet, result, row);
    dlu_xlsx_text(sheet, row, 0, "Version", DLU_STYLE_HEADER, DLU_FILL_NONE);
    dlu_xlsx_text(sheet, row++, 1, "", DLU_STYLE_HEADER, DLU_FILL_NONE);
    dlu_xlsx_text(sheet, row, 0, "dualuc", DLU_STYLE_TEXT, DLU_FILL_NONE);
    dlu_xlsx_text(sheet, row, 1, dlu_version(), DLU_STYLE_TEXT, DLU_FILL_NONE);
    if (result->command) {
        dlu_xlsx_text(sheet, ++row, 0, "Again", DLU_STYLE_HEADER, DLU_FILL_NONE);
        dlu_xlsx_text(sheet, row++, 1, "", DLU_STYLE_HEADER, DLU_FILL_NONE);
        dlu_xlsx_lines(sheet, row, dlu_xlsx_lines_of(result->command, TEXT_WIDTH));
        dlu_xlsx_text(sheet, row, 1, result->command, DLU_STYLE_WRAP, DLU_FILL_NONE);
    }
    dlu_xlsx_page(sheet, 0);
}
