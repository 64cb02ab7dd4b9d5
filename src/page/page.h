/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_PAGE_PAGE_H
#define DLU_PAGE_PAGE_H

#include <dualuc/report.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * The report as one HTML page. It shows the model and adds nothing: a number is written for people
 * and carries all its digits in <data value>; the whole JSON is in the page too. Sections are
 * written one after the other into `out`, whose failure is asked for once at the end.
 */

/* Above these, the page keeps to what a browser can hold; it says so where it leaves out. */
#define DLU_PAGE_MAX_REASONS    12u   /* verdicts that tell their reason while they are closed */
#define DLU_PAGE_MIN_FOREST     5u    /* verdicts from which on one figure shows all */
#define DLU_PAGE_MAX_FIGURES    60u   /* verdicts that get a figure each */
#define DLU_PAGE_MAX_PAIRS      200u  /* verdicts that get all their tables */
#define DLU_PAGE_MAX_WELL_LINES 5000u /* wells that get a line each */

/* Rows of one table that belong to a row of another, in order; DLU_NO_ROW ends. */
typedef struct dlu_page_chain {
    size_t *first;
    size_t *next;
} dlu_page_chain;

typedef struct dlu_page {
    const dlu_result *result;
    dlu_buffer out;
    dlu_arena *arena;
    dlu_page_chain wells; /* of each unit */
    dlu_page_chain tests; /* of each verdict; at n_verdicts those of none */
    bool all_tables;      /* of each verdict */
    bool well_lines;
    size_t n_figures; /* so far: their ids begin with their number */
    double low, high; /* log2 folds at the ends of the small drawings */
} dlu_page;

/* ---- html.c: markup is given as it is, texts are escaped ---- */

void dlu_page_add(dlu_page *p, const char *markup);
void dlu_page_addf(dlu_page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Escaped, and what cannot be seen made visible; NULL is nothing. */
void dlu_page_text(dlu_page *p, const char *text);
/** A user's name, which may be written from right to left; a dash for NULL. */
void dlu_page_name(dlu_page *p, const char *name);

typedef enum dlu_page_form {
    DLU_FORM_FOLD,
    DLU_FORM_P,
    DLU_FORM_LIGHT, /* whole, in groups of three digits */
    DLU_FORM_COUNT, /* as it is */
    DLU_FORM_DF,    /* whole where it is */
    DLU_FORM_ROUND, /* three significant digits */
    DLU_FORM_PERCENT
} dlu_page_form;

#define DLU_PAGE_NUMBER_SIZE 64u

/** As people read it; "" where it is not finite. */
void dlu_page_form_number(double value, dlu_page_form form, char buf[DLU_PAGE_NUMBER_SIZE]);
/** The same with all digits beside it; a dash where it is not finite. */
void dlu_page_number(dlu_page *p, double value, dlu_page_form form);
/** "0.52 [0.44 to 0.61]", the interval left out where there is none. */
void dlu_page_interval(dlu_page *p, double value, double low, double high, dlu_page_form form);

/* ---- table.c ---- */

/**
 * Opens a table that scrolls within itself.
 *
 * @param caption  text, escaped
 * @param heads    of columns, escaped; "#" before one whose cells are numbers
 */
void dlu_page_table(dlu_page *p, const char *caption, const char *const *heads, size_t n);
void dlu_page_table_end(dlu_page *p);
void dlu_page_row(dlu_page *p);
void dlu_page_head_cell(dlu_page *p, const char *name);
void dlu_page_name_cell(dlu_page *p, const char *name);
void dlu_page_text_cell(dlu_page *p, const char *text);
void dlu_page_number_cell(dlu_page *p, double value, dlu_page_form form);
void dlu_page_interval_cell(dlu_page *p, double value, double low, double high);

/* ---- the sections ---- */

void dlu_page_head(dlu_page *p);
void dlu_page_header(dlu_page *p);
void dlu_page_verdicts(dlu_page *p);
void dlu_page_plates(dlu_page *p);
void dlu_page_quality(dlu_page *p);
void dlu_page_arms(dlu_page *p);
void dlu_page_constructs(dlu_page *p);
void dlu_page_wells(dlu_page *p);
void dlu_page_methods(dlu_page *p);

/* ---- parts of them ---- */

bool dlu_page_has_plates(const dlu_page *p);
bool dlu_page_has_arms(const dlu_page *p);
bool dlu_page_has_constructs(const dlu_page *p);

/** "direct", "reserved", "plain" or "void": the colour of a call; always words stand beside it. */
const char *dlu_page_tone(const dlu_verdict_row *v);
/** Whether reasons stand in the list, not in what it opens to. */
bool dlu_page_tells_reasons(const dlu_page *p);
/** The folds of a verdict with their intervals, on an axis that all verdicts share. */
void dlu_page_mini(dlu_page *p, const dlu_verdict_row *v);
void dlu_page_mini_axis(dlu_page *p);
/** miRNA, dose, and treatment. */
void dlu_page_agent(dlu_page *p, const char *mirna, double dose_nM, const char *treatment);
/** What stands in the opened verdict: facts, tests, values, other analyses. */
void dlu_page_pair(dlu_page *p, size_t verdict);
/** Its figure; nothing where there are too many verdicts or nothing to draw. */
void dlu_page_pair_figure(dlu_page *p, size_t verdict);
/** All verdicts in one figure, where there are more than a few. */
void dlu_page_forest(dlu_page *p);
/** An SVG as part of the page: its ids, and what refers to them, get the number in front. */
void dlu_page_svg(dlu_page *p, const char *svg, size_t number);
/** Tests of this verdict, or of none (DLU_NO_ROW). */
void dlu_page_comparisons(dlu_page *p, size_t verdict);
void dlu_page_pair_tables(dlu_page *p, size_t verdict);
/** Rows of diagnostics of this verdict's pair, or of plates (NULL). */
void dlu_page_diagnostics(dlu_page *p, const dlu_verdict_row *v);
/** Links to the wells of a unit. */
void dlu_page_unit_wells(dlu_page *p, size_t unit);
/** The well's story in plain lines: who it is, light, ratio, whether it counts and why not. */
void dlu_page_story(dlu_page *p, const dlu_well_row *well);
/** "PTEN WT mimic", or the role. */
void dlu_page_arm_of(dlu_page *p, const dlu_well_row *well);
/** Whether a well counts, in words. */
const char *dlu_page_use_of(const dlu_well_row *well);

#endif
