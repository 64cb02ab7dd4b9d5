/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/xlsx.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST_COLUMNS 32u

/* Sheets that show one table of the model as it is: a header row, then a row an item. */

static const dlu_xlsx_column comparisons[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"treatment", "Treatment", 11, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"kind", "Comparison", 26, DLU_STYLE_LINK},
    {"method", "Method", 14, DLU_STYLE_TEXT},
    {"primary", "Used for the verdict", 11, DLU_STYLE_MIDDLE},
    {"n", "n", 6, DLU_STYLE_COUNT},
    {"fold", "Fold", 9, DLU_STYLE_FOLD},
    {"fold_low", "Interval low", 9, DLU_STYLE_FOLD},
    {"fold_high", "Interval high", 9, DLU_STYLE_FOLD},
    {"p", "p", 10, DLU_STYLE_P},
    {"p_adjusted", "p adjusted (mutants; Dunnett)", 11, DLU_STYLE_P_ADJUSTED},
    {"estimate_ln", "Estimate (ln)", 10, DLU_STYLE_LN},
    {"se", "Standard error (ln)", 10, DLU_STYLE_LN},
    {"t", "t", 9, DLU_STYLE_LN},
    {"df", "df", 7, DLU_STYLE_FOLD},
    {"equivalence_margin", "Equivalence margin", 12, DLU_STYLE_FOLD},
    {"equivalence_p_lower", "p above margin", 10, DLU_STYLE_P},
    {"equivalence_p_upper", "p below 1/margin", 10, DLU_STYLE_P},
    {"equivalence_equivalent", "Shown unchanged", 12, DLU_STYLE_MIDDLE},
    {"noninferiority_p", "p not repressed", 10, DLU_STYLE_P},
    {"computed", "This row is", 15, DLU_STYLE_TEXT},
};

static const dlu_xlsx_column groups[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"construct", "Construct", 11, DLU_STYLE_TEXT},
    {"treatment", "Treatment", 17, DLU_STYLE_TEXT},
    {"n", "n (units)", 8, DLU_STYLE_COUNT},
    {"n_wells", "Wells", 8, DLU_STYLE_COUNT},
    {"geometric_mean", "Ratio (geometric mean)", 12, DLU_STYLE_RATIO},
    {"relative", "Relative to control", 11, DLU_STYLE_FOLD},
    {"relative_low", "Interval low", 9, DLU_STYLE_FOLD},
    {"relative_high", "Interval high", 9, DLU_STYLE_FOLD},
    {"mean_ln", "Mean of ln ratio", 10, DLU_STYLE_LN},
    {"sd_ln", "SD of ln ratio", 10, DLU_STYLE_LN},
};

static const dlu_xlsx_column replicates[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},       {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},  {"construct", "Construct", 11, DLU_STYLE_TEXT},
    {"treatment", "Treatment", 17, DLU_STYLE_TEXT}, {"replicate", "Replicate", 10, DLU_STYLE_TEXT},
    {"block", "Block", 12, DLU_STYLE_TEXT},         {"plate", "Plate", 12, DLU_STYLE_TEXT},
    {"n_wells", "Wells", 8, DLU_STYLE_COUNT},       {"ln_ratio", "ln ratio", 10, DLU_STYLE_LN},
    {"cv", "Technical CV", 10, DLU_STYLE_PERCENT},  {"unit", "Number", 8, DLU_STYLE_LINK_COUNT},
};

static const dlu_xlsx_column wells[] = {
    {"plate", "Plate", 12, DLU_STYLE_TEXT},
    {"well", "Well", 7, DLU_STYLE_TEXT},
    {"role", "Role", 10, DLU_STYLE_TEXT},
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"construct", "Construct", 11, DLU_STYLE_TEXT},
    {"treatment", "Treatment", 17, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"replicate", "Replicate", 10, DLU_STYLE_TEXT},
    {"block", "Block", 12, DLU_STYLE_TEXT},
    {"reporter", "Reporter (raw)", 12, DLU_STYLE_LIGHT},
    {"control", "Control (raw)", 12, DLU_STYLE_LIGHT},
    {"reporter_net", "Reporter (net)", 12, DLU_STYLE_LIGHT},
    {"control_net", "Control (net)", 12, DLU_STYLE_LIGHT},
    {"ratio", "Ratio", 10, DLU_STYLE_RATIO},
    {"ln_ratio", "ln ratio", 9, DLU_STYLE_LN},
    {"use", "Use", 7, DLU_STYLE_MIDDLE},
    {"flags", "Flags", 26, DLU_STYLE_TEXT},
    {"sample", "Sample", 12, DLU_STYLE_TEXT},
    {"reporter_state", "Reporter state", 11, DLU_STYLE_TEXT},
    {"control_state", "Control state", 11, DLU_STYLE_TEXT},
    {"at", "Read from", 14, DLU_STYLE_TEXT},
    {"unit", "Row of Replicates", 10, DLU_STYLE_COUNT},
    {"use_of_run", "Use in the run", 10, DLU_STYLE_COUNT},
};

static const dlu_xlsx_column qc[] = {
    {"plate", "Plate", 14, DLU_STYLE_TEXT},    {"check", "Checked", 34, DLU_STYLE_WRAP},
    {"value", "Value", 10, DLU_STYLE_MEASURE}, {"limit", "Limit", 10, DLU_STYLE_MEASURE},
    {"status", "Status", 9, DLU_STYLE_MIDDLE}, {"rule", "Rule", 46, DLU_STYLE_WRAP},
    {"text", "In words", 70, DLU_STYLE_WRAP},  {"item", "Item of the JSON", 32, DLU_STYLE_TEXT},
};

static const dlu_xlsx_column sensitivity[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"treatment", "Treatment", 11, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"analysis", "Analysis", 26, DLU_STYLE_TEXT},
    {"verdict", "Verdict", 50, DLU_STYLE_TEXT},
    {"agrees", "Agrees with the run", 10, DLU_STYLE_MIDDLE},
    {"wt_fold", "WT fold", 8, DLU_STYLE_FOLD},
    {"interaction_fold", "WT fold / MUT fold", 10, DLU_STYLE_FOLD},
    {"p_direct", "p direct", 9, DLU_STYLE_P},
    {"why", "Why it does not agree", 80, DLU_STYLE_WRAP},
};

static const dlu_xlsx_column leave_one_out[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"treatment", "Treatment", 11, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"block", "Block left out", 16, DLU_STYLE_TEXT},
    {"verdict", "Verdict", 50, DLU_STYLE_TEXT},
    {"interaction_fold", "WT fold / MUT fold", 10, DLU_STYLE_FOLD},
    {"p_interaction", "p WT against MUT", 10, DLU_STYLE_P},
};

static const dlu_xlsx_column messages[] = {
    {"severity", "Kind", 10, DLU_STYLE_TEXT},   {"text", "Message", 80, DLU_STYLE_WRAP},
    {"hint", "What to do", 50, DLU_STYLE_WRAP}, {"file", "File", 26, DLU_STYLE_TEXT},
    {"at", "Place", 16, DLU_STYLE_TEXT},        {"code", "Code", 24, DLU_STYLE_TEXT},
};

static const dlu_xlsx_column diagnostics[] = {
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"treatment", "Treatment", 11, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"plate", "Plate", 12, DLU_STYLE_TEXT},
    {"group", "Of what", 16, DLU_STYLE_TEXT},
    {"item", "Item", 18, DLU_STYLE_TEXT},
    {"n", "n", 6, DLU_STYLE_COUNT},
    {"statistic", "Statistic", 10, DLU_STYLE_MEASURE},
    {"df1", "df 1", 7, DLU_STYLE_MEASURE},
    {"df2", "df 2", 7, DLU_STYLE_MEASURE},
    {"p", "p", 10, DLU_STYLE_P},
    {"limit", "Limit", 9, DLU_STYLE_MEASURE},
    {"low", "Interval low", 9, DLU_STYLE_FOLD},
    {"high", "Interval high", 9, DLU_STYLE_FOLD},
    {"status", "Status", 14, DLU_STYLE_TEXT},
    {"text", "In words", 80, DLU_STYLE_WRAP},
};

void dlu_xlsx_put(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const dlu_report_table *table,
                  const char *key, const void *item, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    dlu_report_value value;
    const dlu_report_column *column = dlu_report_column_named(table, key);
    if (!sheet || !column)
        return;
    if (dlu_report_cell(column, item, dlu_xlsx_arena(sheet), &value))
        dlu_xlsx_value(sheet, row, col, &value, style, fill);
    else
        dlu_xlsx_no_memory(sheet);
}

void dlu_xlsx_put_live(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                       const dlu_report_column *column, const void *item, const dlu_xlsx_live *live,
                       dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    dlu_report_value value = {.kind = DLU_VALUE_NULL};
    if (!sheet || (!column && !live->own))
        return;
    if (live->own)
        value = live->text ? (dlu_report_value){.kind = DLU_VALUE_TEXT, .text = live->text}
                           : (dlu_report_value){.kind = DLU_VALUE_NUMBER, .number = live->number};
    else if (!dlu_report_cell(column, item, dlu_xlsx_arena(sheet), &value))
        dlu_xlsx_no_memory(sheet);
    bool number = value.kind == DLU_VALUE_NUMBER || value.kind == DLU_VALUE_COUNT;
    if (!live->formula)
        dlu_xlsx_value(sheet, row, col, &value, style, fill);
    else if (value.kind == DLU_VALUE_BOOL)
        dlu_xlsx_formula_text(sheet, row, col, live->formula, value.yes ? "yes" : "no", style,
                              fill);
    else if (value.kind == DLU_VALUE_TEXT)
        dlu_xlsx_formula_text(sheet, row, col, live->formula, value.text, style, fill);
    else
        dlu_xlsx_formula(sheet, row, col, live->formula, live->array, number ? value.number : NAN,
                         style, fill);
}

/* A sheet that shows one table of the model. */
typedef struct shape {
    const char *table;
    const dlu_xlsx_column *columns;
    size_t n_columns;
    uint32_t frozen;          /* columns */
    dlu_xlsx_liven *liven;    /* NULL: no formulas */
    dlu_xlsx_fill_of *fill;   /* NULL: none */
    dlu_xlsx_words_of *words; /* NULL, or a text of a cell that no column of the table holds */
    dlu_xlsx_link_of *link;   /* NULL: none */
} shape;

/* A shape on its sheet. */
typedef struct shaped {
    const shape *s;
    const dlu_report_table *table;
    const dlu_report_column *columns[MOST_COLUMNS]; /* of the table; NULL: none of that key */
} shaped;

/* Lines of the tallest cell of a row, so that wrapped texts are seen whole. */
static unsigned lines_of(const shaped *on, const void *item, dlu_arena *scratch)
{
    const shape *s = on->s;
    unsigned most = 1;
    dlu_report_value value;
    for (size_t c = 0; c < s->n_columns; c++) {
        if (s->columns[c].style != DLU_STYLE_WRAP)
            continue;
        const char *text = s->words ? s->words(item, s->columns[c].key) : NULL;
        if (!text && on->columns[c] && dlu_report_cell(on->columns[c], item, scratch, &value) &&
            value.kind == DLU_VALUE_TEXT)
            text = value.text;
        unsigned lines = text ? dlu_xlsx_lines_of(text, s->columns[c].width) : 1;
        most = lines > most ? lines : most;
    }
    return most;
}

static void put_header(dlu_xlsx_sheet *sheet, const dlu_result *result,
                       const dlu_xlsx_column *columns, size_t n_columns)
{
    unsigned most = 1;
    for (uint32_t c = 0; c < n_columns; c++) {
        unsigned lines = dlu_xlsx_lines_of(columns[c].label, columns[c].width);
        most = lines > most ? lines : most;
        dlu_xlsx_width(sheet, c, dlu_xlsx_width_of(&columns[c], result, dlu_xlsx_arena(sheet)));
        dlu_xlsx_text(sheet, 0, c, columns[c].label, dlu_xlsx_header(columns[c].style),
                      DLU_FILL_NONE);
    }
    dlu_xlsx_lines(sheet, 0, most);
}

static void put_row(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, const shaped *on, size_t r)
{
    const shape *s = on->s;
    const void *item = dlu_report_row(on->table, plan->result, r);
    uint32_t row = (uint32_t)r + 1;
    unsigned lines = lines_of(on, item, dlu_xlsx_arena(sheet));
    if (lines > 1)
        dlu_xlsx_lines(sheet, row, lines);
    for (uint32_t c = 0; c < s->n_columns; c++) {
        const char *key = s->columns[c].key;
        const char *words = s->words ? s->words(item, key) : NULL;
        dlu_xlsx_fill fill = s->fill ? s->fill(item, key) : DLU_FILL_NONE;
        dlu_xlsx_live live = {0};
        if (s->link)
            s->link(sheet, plan, r, row, c, key);
        if (s->liven && !s->liven(plan, r, key, &live))
            dlu_xlsx_no_memory(sheet);
        if (words)
            dlu_xlsx_text(sheet, row, c, words, s->columns[c].style, fill);
        else
            dlu_xlsx_put_live(sheet, row, c, on->columns[c], item, &live, s->columns[c].style,
                              fill);
    }
}

/* The header stands in the first row; long tables stay readable while they scroll. */
static void put_table(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, const shape *s)
{
    shaped on = {.s = s, .table = dlu_report_table_named(s->table)};
    if (!sheet)
        return;
    size_t n = dlu_report_rows(on.table, plan->result);
    for (size_t c = 0; c < s->n_columns; c++)
        on.columns[c] = dlu_report_column_named(on.table, s->columns[c].key);
    put_header(sheet, plan->result, s->columns, s->n_columns);
    for (size_t r = 0; r < n; r++) {
        put_row(sheet, plan, &on, r);
        dlu_xlsx_rest(sheet);
    }
    dlu_xlsx_freeze(sheet, 1, s->frozen);
    dlu_xlsx_filter(sheet, 0, (uint32_t)n, (uint32_t)s->n_columns);
    dlu_xlsx_page(sheet, 0);
}

/* From a comparison to the values of its units. */
static void link_comparison(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, size_t item,
                            uint32_t row, uint32_t col, const char *key)
{
    size_t verdict = plan->result->comparisons[item].verdict;
    if (!strcmp(key, "kind") && verdict != DLU_NO_ROW)
        dlu_xlsx_link(sheet, row, col, "Workings", plan->sections[verdict].title);
}

/* From a unit to its first well. */
static void link_unit(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, size_t item, uint32_t row,
                      uint32_t col, const char *key)
{
    if (!strcmp(key, "unit") && plan->first_well[item] != DLU_NO_ROW)
        dlu_xlsx_link(sheet, row, col, "Wells", (uint32_t)plan->first_well[item] + 1);
}

uint32_t dlu_xlsx_column_of(const char *table, const char *key)
{
    static const struct {
        const char *table;
        const dlu_xlsx_column *columns;
        uint32_t n;
    } shown[] = {{"comparisons", comparisons, COUNT(comparisons)},
                 {"groups", groups, COUNT(groups)},
                 {"units", replicates, COUNT(replicates)},
                 {"wells", wells, COUNT(wells)}};
    for (size_t t = 0; t < COUNT(shown); t++) {
        if (strcmp(shown[t].table, table) != 0)
            continue;
        for (uint32_t c = 0; c < shown[t].n; c++)
            if (!strcmp(shown[t].columns[c].key, key))
                return c;
    }
    return UINT32_MAX;
}

void dlu_xlsx_comparisons(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"comparisons", comparisons, COUNT(comparisons), .frozen = 6,
                       .liven = dlu_xlsx_live_comparison, .link = link_comparison});
}

void dlu_xlsx_groups(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"groups", groups, COUNT(groups), .frozen = 1, .liven = dlu_xlsx_live_group});
}

void dlu_xlsx_replicates(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"units", replicates, COUNT(replicates), .frozen = 1,
                       .liven = dlu_xlsx_live_unit, .link = link_unit});
}

void dlu_xlsx_wells(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    const dlu_result *result = plan->result;
    uint32_t first = COUNT(wells);
    put_table(sheet, plan,
              &(shape){"wells", wells, COUNT(wells), .frozen = 2, .liven = dlu_xlsx_live_well,
                       .fill = dlu_xlsx_fill_of_well});
    dlu_xlsx_choose(sheet, 1, (uint32_t)result->n_wells, dlu_xlsx_column_of("wells", "use"));
    dlu_xlsx_hide(sheet, dlu_xlsx_column_of("wells", "use_of_run"));
    for (size_t i = 0; i < result->n_extra_columns; i++) {
        uint32_t col = first + (uint32_t)i;
        dlu_xlsx_width(sheet, col, 14);
        dlu_xlsx_text(sheet, 0, col, result->extra_columns[i], DLU_STYLE_HEADER, DLU_FILL_NONE);
        for (size_t r = 0; r < result->n_wells; r++)
            if (result->wells[r].extra)
                dlu_xlsx_text(sheet, (uint32_t)r + 1, col, result->wells[r].extra[i],
                              DLU_STYLE_TEXT, dlu_xlsx_fill_of_well(&result->wells[r], ""));
    }
    dlu_xlsx_filter(sheet, 0, (uint32_t)result->n_wells, first + (uint32_t)result->n_extra_columns);
}

void dlu_xlsx_qc(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"qc", qc, COUNT(qc), .frozen = 2, .fill = dlu_xlsx_fill_of_qc,
                       .words = dlu_xlsx_words_of_qc});
}

void dlu_xlsx_diagnostics(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan, &(shape){"diagnostics", diagnostics, COUNT(diagnostics), .frozen = 8});
}

void dlu_xlsx_messages(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan, &(shape){"messages", messages, COUNT(messages), .frozen = 0});
}

void dlu_xlsx_sensitivity(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"sensitivity", sensitivity, COUNT(sensitivity), .frozen = 6,
                       .fill = dlu_xlsx_fill_of_sensitivity});
}

void dlu_xlsx_leave_one_out(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    put_table(sheet, plan,
              &(shape){"leave_one_out", leave_one_out, COUNT(leave_one_out), .frozen = 6});
}
