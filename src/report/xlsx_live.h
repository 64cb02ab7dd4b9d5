/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_LIVE_H
#define DLU_REPORT_XLSX_LIVE_H

#include "report/xlsx_book.h"

/*
 * The formulas of the workbook: light -> net -> ratio -> transfections -> arms -> tests, each cell
 * from the cells before it, so that a reader can leave a well out and see what follows. They use
 * only functions that Excel 2010 and LibreOffice 7 have, and none of those that cut degrees of
 * freedom to whole numbers (TDIST, TINV): p and quantiles of t come from BETADIST and BETAINV.
 */

/** What a cell says once that which it depends on is gone; within a formula. */
#define DLU_XLSX_CHANGED "\"design changed: run dualuc again\""

/** What a verdict looks at. */
enum { DLU_XLSX_WT, DLU_XLSX_MUT, DLU_XLSX_INTERACTION, DLU_XLSX_EFFECTS };

/** What a section of the sheet Workings can compute. */
typedef enum dlu_section_kind {
    DLU_SECTION_VALUES, /**< shows what was tested; too irregular for formulas */
    DLU_SECTION_BLOCKED,
    DLU_SECTION_UNBLOCKED
} dlu_section_kind;

/** One verdict's section: a title, a header, the values, and rows of what they come to. */
typedef struct dlu_section {
    dlu_section_kind kind;
    unsigned n_cells; /**< 2, or 4 with a mutant */
    uint32_t title;   /**< row (from 0) */
    uint32_t first;   /**< row of the first value */
    uint32_t n;       /**< rows of values */
    uint32_t mean, sd, count;
    uint32_t mean_square, df; /**< of blocked ones, in the column of the first cell */
} dlu_section;

/** Where things stand; made once a workbook. */
typedef struct dlu_xlsx_plan {
    const dlu_result *result;
    dlu_arena *arena;   /**< for formulas, until the next row */
    size_t *first_well; /**< of each unit, and its last, in the order of the table of wells */
    size_t *last_well;
    size_t *first_unit; /**< of each group */
    size_t *n_units;
    size_t *comparison;                /**< in which each group is the treated arm; or DLU_NO_ROW */
    size_t (*used)[DLU_XLSX_EFFECTS];  /**< comparisons that each verdict used; or DLU_NO_ROW */
    size_t (*shown)[DLU_XLSX_EFFECTS]; /**< effects on WT, on the mutant and on EMPTY of each */
    size_t *first_comparison;          /**< of each verdict, or DLU_NO_ROW */
    dlu_section *sections;             /**< of each verdict, on Workings */
} dlu_xlsx_plan;

/** Lives in the arena; formulas are then made in `scratch`. NULL where memory ran out. */
const dlu_xlsx_plan *dlu_xlsx_plan_new(const dlu_result *result, dlu_arena *arena,
                                       dlu_arena *scratch);

/** What stands in a cell instead of the plain value of the model. */
typedef struct dlu_xlsx_live {
    const char *formula; /**< begins with "="; NULL: none */
    bool array;          /**< to be entered as an array */
    bool own;            /**< `number` or `text` is the cell's value, not the model's */
    double number;
    const char *text;
} dlu_xlsx_live;

/** The formula of one cell of a table; all fields empty where it has none. False: no memory. */
typedef bool dlu_xlsx_liven(const dlu_xlsx_plan *plan, size_t item, const char *key,
                            dlu_xlsx_live *out);

dlu_xlsx_liven dlu_xlsx_live_well; /* xlsx_live_wells.c */
dlu_xlsx_liven dlu_xlsx_live_unit;
dlu_xlsx_liven dlu_xlsx_live_group;      /* xlsx_live_arms.c */
dlu_xlsx_liven dlu_xlsx_live_comparison; /* xlsx_live_tests.c */
dlu_xlsx_liven dlu_xlsx_live_verdict;    /* xlsx_live_arms.c */

/** Formats a formula into `out`; false where memory ran out. */
bool dlu_xlsx_formula_set(const dlu_xlsx_plan *plan, dlu_xlsx_live *out, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** True where the well is a sample or a blank, so that `use` says something of it. */
bool dlu_xlsx_has_use(const dlu_well_row *well);

#define DLU_XLSX_ADDRESS_SIZE 32u

/** "$AB$12" of rows and columns from 0; returns buf. */
char *dlu_xlsx_address(uint32_t row, uint32_t col, char buf[DLU_XLSX_ADDRESS_SIZE]);

/** "$AB$12:$AB$20" of one column; returns buf. */
char *dlu_xlsx_range(uint32_t first, uint32_t last, uint32_t col, char buf[DLU_XLSX_ADDRESS_SIZE]);

/** The column (from 0) in which a sheet shows that key (xlsx_tables.c, xlsx_summary.c). */
uint32_t dlu_xlsx_column_of(const char *table, const char *key);

/* ---- the sheet Workings (xlsx_workings.c) ---- */

/** Columns of a section: four cells, then differences of WT, of the mutant, and of both. */
enum {
    DLU_SECTION_CELL = 1,
    DLU_SECTION_DIFFERENCE = 5,
    DLU_SECTION_RESIDUAL = 8,
    DLU_SECTION_COLUMNS = 12
};

/** The section of a verdict that begins in that row. */
dlu_section dlu_xlsx_section(const dlu_result *result, size_t verdict, uint32_t row);
/** The row after the empty one that follows it. */
uint32_t dlu_xlsx_section_end(const dlu_section *section);

/** Formula of a value that the tests saw, without "=", and the value. NULL: no memory. */
const char *dlu_xlsx_working_value(const dlu_xlsx_plan *plan, const dlu_working *working, size_t i,
                                   double *out);

/** Columns and rows (from 0) of the blanks on the same sheet, and the row of the first section. */
enum { DLU_BLANKS_REPORTER = 2, DLU_BLANKS_CONTROL = 3, DLU_BLANKS_FIRST_ROW = 4 };

/** The cell that counts what was changed since the run. */
#define DLU_XLSX_CHANGES "Workings!$C$1"

#endif
