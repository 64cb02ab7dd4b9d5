/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_H
#define DLU_REPORT_XLSX_H

#include "report/xlsx_live.h"

/* One function a sheet; xlsx.c lists them in the order of the workbook. */
typedef void dlu_xlsx_filler(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan);

dlu_xlsx_filler dlu_xlsx_summary;     /* xlsx_summary.c */
dlu_xlsx_filler dlu_xlsx_comparisons; /* xlsx_tables.c */
dlu_xlsx_filler dlu_xlsx_groups;
dlu_xlsx_filler dlu_xlsx_replicates;
dlu_xlsx_filler dlu_xlsx_wells;
dlu_xlsx_filler dlu_xlsx_plates; /* xlsx_plates.c */
dlu_xlsx_filler dlu_xlsx_qc;
dlu_xlsx_filler dlu_xlsx_sensitivity;
dlu_xlsx_filler dlu_xlsx_leave_one_out;
dlu_xlsx_filler dlu_xlsx_messages;
dlu_xlsx_filler dlu_xlsx_diagnostics;
dlu_xlsx_filler dlu_xlsx_methods;    /* xlsx_methods.c */
dlu_xlsx_filler dlu_xlsx_workings;   /* xlsx_workings.c */
dlu_xlsx_filler dlu_xlsx_charts;     /* xlsx_charts.c */
dlu_xlsx_filler dlu_xlsx_constructs; /* xlsx_constructs.c */

/** Rows of Summary that its charts cover, and the first of them. */
uint32_t dlu_xlsx_chart_rows(const dlu_result *result);
uint32_t dlu_xlsx_summary_chart_row(const dlu_result *result);

/** The colour of one cell of an item, in the column of that key. */
typedef dlu_xlsx_fill dlu_xlsx_fill_of(const void *item, const char *key);
/** A cell in words; NULL where it shows the model's value. */
typedef const char *dlu_xlsx_words_of(const void *item, const char *key);
/** Links a cell where it should be. */
typedef void dlu_xlsx_link_of(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, size_t item,
                              uint32_t row, uint32_t col, const char *key);

dlu_xlsx_fill_of dlu_xlsx_fill_of_qc; /* xlsx_words.c */
dlu_xlsx_fill_of dlu_xlsx_fill_of_well;
dlu_xlsx_fill_of dlu_xlsx_fill_of_sensitivity;
dlu_xlsx_words_of dlu_xlsx_words_of_qc;

/** A column of a sheet that shows a table of the model. */
typedef struct dlu_xlsx_column {
    const char *key;   /**< of the table; an inner one as "equivalence_margin" */
    const char *label; /**< header for a person */
    double width;      /**< in characters */
    dlu_xlsx_style style;
} dlu_xlsx_column;

/** Its width, or what shows the longest name or code of the verdicts whole (xlsx_summary.c). */
double dlu_xlsx_width_of(const dlu_xlsx_column *shown, const dlu_result *result,
                         dlu_arena *scratch);

/** The cell's formula with the model's value in it, or that value alone. */
void dlu_xlsx_put_live(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col,
                       const dlu_report_column *column, const void *item, const dlu_xlsx_live *live,
                       dlu_xlsx_style style, dlu_xlsx_fill fill);

/** One cell of a table; dose and other numbers that a row lacks stay empty. */
void dlu_xlsx_put(dlu_xlsx_sheet *sheet, uint32_t row, uint32_t col, const dlu_report_table *table,
                  const char *key, const void *item, dlu_xlsx_style style, dlu_xlsx_fill fill);

#endif
