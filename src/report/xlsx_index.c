/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/table_run.h"
#include "report/xlsx.h"

/* The workbook over many experiments: what became of each, and every verdict. */

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const dlu_xlsx_column experiments[] = {
    {"name", "Experiment", 28, DLU_STYLE_LINK},     {"user", "User", 14, DLU_STYLE_TEXT},
    {"status", "Status", 10, DLU_STYLE_MIDDLE},     {"verdicts", "Verdicts", 9, DLU_STYLE_COUNT},
    {"direct", "Direct", 8, DLU_STYLE_COUNT},       {"warnings", "Warnings", 9, DLU_STYLE_COUNT},
    {"error", "Why it failed", 70, DLU_STYLE_WRAP}, {"hint", "What to do", 50, DLU_STYLE_WRAP},
};

static const dlu_xlsx_column verdicts[] = {
    {"experiment", "Experiment", 28, DLU_STYLE_LINK},
    {"status", "Status", 10, DLU_STYLE_MIDDLE},
    {"target", "Target", 12, DLU_STYLE_TEXT},
    {"mirna", "miRNA", 17, DLU_STYLE_TEXT},
    {"dose_nM", "Dose (nM)", 8, DLU_STYLE_MIDDLE},
    {"treatment", "Treatment", 11, DLU_STYLE_TEXT},
    {"mutant", "Mutant", 9, DLU_STYLE_TEXT},
    {"verdict", "Verdict", 40, DLU_STYLE_TEXT},
    {"caveats", "Caveats", 24, DLU_STYLE_TEXT},
    {"wt_fold", "WT fold", 8, DLU_STYLE_FOLD},
    {"mut_fold", "MUT fold", 8, DLU_STYLE_FOLD},
    {"interaction_fold", "WT fold / MUT fold", 10, DLU_STYLE_FOLD},
    {"p_direct", "p direct", 10, DLU_STYLE_P},
    {"p_direct_adjusted", "p adjusted, experiment", 11, DLU_STYLE_P},
    {"p_direct_adjusted_batch", "p adjusted, whole batch", 11, DLU_STYLE_P},
    {"n", "n", 12, DLU_STYLE_TEXT},
    {"reason", "In words", 80, DLU_STYLE_WRAP},
};

/* A link takes the library 2 kB, and Excel no more than 65,530 of them in a sheet. */
#define MAX_LINKED_VERDICTS 10000u

static dlu_xlsx_fill fill_of(const dlu_summary_row *row, const char *key)
{
    if (!strcmp(key, "status"))
        return !strcmp(row->status, "failed") ? DLU_FILL_RED : DLU_FILL_NONE;
    if (strcmp(key, "verdict") != 0 || !row->call)
        return DLU_FILL_NONE;
    if (!strcmp(row->call, "direct"))
        return DLU_FILL_GREEN;
    return !strncmp(row->call, "direct", 6) ? DLU_FILL_AMBER : DLU_FILL_NONE;
}

static void put_header(dlu_xlsx_sheet *sheet, const dlu_xlsx_column *columns, size_t n)
{
    unsigned most = 1;
    for (uint32_t c = 0; c < n; c++) {
        unsigned lines = dlu_xlsx_lines_of(columns[c].label, columns[c].width);
        most = lines > most ? lines : most;
        dlu_xlsx_width(sheet, c, columns[c].width);
        dlu_xlsx_text(sheet, 0, c, columns[c].label, dlu_xlsx_header(columns[c].style),
                      DLU_FILL_NONE);
    }
    dlu_xlsx_lines(sheet, 0, most);
}

static void finish(dlu_xlsx_sheet *sheet, size_t n_rows, size_t n_columns)
{
    dlu_xlsx_freeze(sheet, 1, 1);
    dlu_xlsx_filter(sheet, 0, (uint32_t)n_rows, (uint32_t)n_columns);
    dlu_xlsx_page(sheet, 0);
}

static unsigned lines_of(const char *text, double width)
{
    return text ? dlu_xlsx_lines_of(text, width) : 1;
}

static void put_experiments(dlu_xlsx_sheet *sheet, const dlu_run *run)
{
    const dlu_report_table *table = dlu_run_table(DLU_RUN_EXPERIMENTS);
    if (!sheet)
        return;
    put_header(sheet, experiments, COUNT(experiments));
    for (size_t i = 0; i < run->n_experiments; i++) {
        const dlu_run_experiment *e = &run->experiments[i];
        uint32_t row = (uint32_t)i + 1;
        bool failed = !strcmp(e->status, "failed");
        unsigned error = lines_of(e->error, 70), hint = lines_of(e->hint, 50);
        if (error > 1 || hint > 1)
            dlu_xlsx_lines(sheet, row, error > hint ? error : hint);
        if (e->report)
            dlu_xlsx_link_file(sheet, row, 0, e->report);
        for (uint32_t c = 0; c < COUNT(experiments); c++) {
            const dlu_xlsx_column *column = &experiments[c];
            bool linked = column->style != DLU_STYLE_LINK || e->report;
            dlu_xlsx_put(sheet, row, c, table, column->key, e,
                         linked ? column->style : DLU_STYLE_TEXT,
                         failed && !strcmp(column->key, "status") ? DLU_FILL_RED : DLU_FILL_NONE);
        }
        dlu_xlsx_rest(sheet);
    }
    finish(sheet, run->n_experiments, COUNT(experiments));
}

/* Every verdict leads to its report; in a long list the first one of each experiment. */
static bool is_linked(const dlu_run *run, size_t i)
{
    const dlu_summary_row *item = &run->summary[i];
    return item->report && (run->n_summary <= MAX_LINKED_VERDICTS || !i ||
                            strcmp(run->summary[i - 1].experiment, item->experiment) != 0);
}

static void put_verdicts(dlu_xlsx_sheet *sheet, const dlu_run *run)
{
    const dlu_report_table *table = dlu_run_table(DLU_RUN_SUMMARY);
    if (!sheet)
        return;
    put_header(sheet, verdicts, COUNT(verdicts));
    for (size_t i = 0; i < run->n_summary; i++) {
        const dlu_summary_row *item = &run->summary[i];
        uint32_t row = (uint32_t)i + 1;
        unsigned lines = lines_of(item->reason, 80);
        if (lines > 1)
            dlu_xlsx_lines(sheet, row, lines);
        bool linked = is_linked(run, i);
        if (linked)
            dlu_xlsx_link_file(sheet, row, 0, item->report);
        for (uint32_t c = 0; c < COUNT(verdicts); c++) {
            const dlu_xlsx_column *column = &verdicts[c];
            bool plain = column->style == DLU_STYLE_LINK && !linked;
            dlu_xlsx_put(sheet, row, c, table, column->key, item,
                         plain ? DLU_STYLE_TEXT : column->style, fill_of(item, column->key));
        }
        dlu_xlsx_rest(sheet);
    }
    finish(sheet, run->n_summary, COUNT(verdicts));
}

dlu_status dlu_run_xlsx(const dlu_run *run, const char *path, int64_t created, dlu_error *err)
{
    dlu_xlsx_book *book;
    dlu_status status = dlu_xlsx_open_long(path, "Dual-luciferase reports",
                                           created < 0 ? DLU_XLSX_NO_DATE : created, &book, err);
    if (status != DLU_OK)
        return status;
    put_experiments(dlu_xlsx_add_sheet(book, "Experiments"), run);
    put_verdicts(dlu_xlsx_add_sheet(book, "Verdicts"), run);
    return dlu_xlsx_close(book, err);
}
