/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/xlsx.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The sites of the inserts: what sums a pair up, then its sites as duplexes, then what else
 * differs. */

static const dlu_xlsx_column columns[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 16, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"kind", "What", 16, DLU_STYLE_TEXT},
    {"status", "In the mutant", 13, DLU_STYLE_TEXT},
    {"wt_type", "Site of WT", 11, DLU_STYLE_TEXT},
    {"wt_from", "WT from", 7, DLU_STYLE_COUNT},
    {"wt_to", "WT to", 7, DLU_STYLE_COUNT},
    {"wt_bases", "Bases of WT", 14, DLU_STYLE_MONO},
    {"mut_type", "Site of the mutant", 11, DLU_STYLE_TEXT},
    {"mut_from", "Mutant from", 7, DLU_STYLE_COUNT},
    {"mut_to", "Mutant to", 7, DLU_STYLE_COUNT},
    {"mut_bases", "Bases of the mutant", 14, DLU_STYLE_MONO},
    {"text", "In words", 60, DLU_STYLE_WRAP},
    {"wt_duplex", "WT: target 5'-3' over microRNA 3'-5'", 48, DLU_STYLE_MONO},
    {"mut_duplex", "Mutant: target 5'-3' over microRNA 3'-5'", 48, DLU_STYLE_MONO},
    {"wt_supplementary", "Of m13 to m16 pair, WT", 10, DLU_STYLE_COUNT},
    {"mut_supplementary", "Of m13 to m16 pair, mutant", 10, DLU_STYLE_COUNT},
};

static const char *kind_in_words(const char *kind)
{
    static const char *const words[][2] = {
        {"insert", "In sum"},           {"site", "Site"},
        {"difference", "Difference"},   {"wobble", "Note: G:U wobble"},
        {"mismatch", "Note: mismatch"}, {"unknown", "Unknown"},
        {"coding", "Coding sequence"},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (!strcmp(words[i][0], kind))
            return words[i][1];
    return kind;
}

static bool counts(const char *type)
{
    return type && !strstr(type, "6mer");
}

/* What the mutant should not hold; what sums up stands apart from what it sums up. */
static dlu_xlsx_fill fill_of(const dlu_seed_row *row)
{
    bool site = !strcmp(row->kind, "site") && row->mutant;
    if (!strcmp(row->kind, "insert"))
        return DLU_FILL_GREY;
    return (site && counts(row->mut_type)) || !strcmp(row->kind, "unknown") ? DLU_FILL_AMBER
                                                                            : DLU_FILL_NONE;
}

/* The lines of a duplex under each other in one cell. */
static void put_duplex(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const char *const *lines,
                       size_t n, dlu_xlsx_fill fill)
{
    dlu_report_value list = {.kind = DLU_VALUE_LIST, .items = lines, .n_items = n};
    const char *text = n ? dlu_report_joined(&list, "\n", dlu_xlsx_arena(sheet)) : "";
    if (!text)
        dlu_xlsx_no_memory(sheet);
    else
        dlu_xlsx_text(sheet, row, col, text, DLU_STYLE_MONO, fill);
}

static void put_cell(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const dlu_seed_row *item)
{
    const char *key = columns[col].key;
    dlu_xlsx_fill fill = fill_of(item);
    if (!strcmp(key, "kind"))
        dlu_xlsx_text(sheet, row, col, kind_in_words(item->kind), columns[col].style, fill);
    else if (!strcmp(key, "wt_duplex"))
        put_duplex(sheet, row, col, item->wt_duplex, item->n_wt_duplex, fill);
    else if (!strcmp(key, "mut_duplex"))
        put_duplex(sheet, row, col, item->mut_duplex, item->n_mut_duplex, fill);
    else if ((!strcmp(key, "wt_supplementary") && !item->n_wt_duplex) ||
             (!strcmp(key, "mut_supplementary") && !item->n_mut_duplex))
        dlu_xlsx_text(sheet, row, col, "", columns[col].style, fill);
    else
        dlu_xlsx_put(sheet, row, col, dlu_report_table_named("seed"), key, item, columns[col].style,
                     fill);
}

static void put_header(dlu_xlsx_sheet *sheet)
{
    unsigned most = 1;
    for (uint32_t c = 0; c < COUNT(columns); c++) {
        unsigned lines = dlu_xlsx_lines_of(columns[c].label, columns[c].width);
        most = lines > most ? lines : most;
        dlu_xlsx_width(sheet, c, columns[c].width);
        dlu_xlsx_text(sheet, 0, c, columns[c].label, dlu_xlsx_header(columns[c].style),
                      DLU_FILL_NONE);
    }
    dlu_xlsx_lines(sheet, 0, most);
}

void dlu_xlsx_constructs(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    const dlu_result *result = plan->result;
    if (!sheet)
        return;
    put_header(sheet);
    for (size_t i = 0; i < result->n_seed; i++) {
        const dlu_seed_row *item = &result->seed[i];
        uint32_t row = (uint32_t)i + 1;
        unsigned lines = item->text ? dlu_xlsx_lines_of(item->text, 60) : 1;
        unsigned drawn = item->n_wt_duplex || item->n_mut_duplex ? 3 : 1;
        lines = lines > drawn ? lines : drawn;
        if (lines > 1)
            dlu_xlsx_lines(sheet, row, lines);
        for (uint32_t c = 0; c < COUNT(columns); c++)
            put_cell(sheet, row, c, item);
    }
    dlu_xlsx_freeze(sheet, 1, 5);
    dlu_xlsx_filter(sheet, 0, (uint32_t)result->n_seed, COUNT(columns));
    dlu_xlsx_page(sheet, 0);
}
