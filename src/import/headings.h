/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_HEADINGS_H
#define DLU_IMPORT_HEADINGS_H

#include "import/import.h"

/* Exports of several parts in any order: under which heading a row stands, and small tables. */

/** A text that a heading begins with, letters in any case, and the importer's word for it. */
typedef struct dlu_heading {
    const char *starts;
    int is;
} dlu_heading;

/** Where the search stands. Set scan, list and n_list; the rest begins as 0. */
typedef struct dlu_headings {
    const dlu_scan *scan;
    const dlu_heading *list;
    size_t n_list;
    size_t next; /**< of the scan's words */
    const dlu_sheet *sheet;
    uint32_t row;
    int is;               /**< of the heading found; 0 for none */
    const dlu_cell *cell; /**< NULL for none */
    const char *text;     /**< its text without blanks in front, or "" */
} dlu_headings;

/** The nearest heading above a row of a sheet, kept in `h`. Quick where rows are asked in order. */
void dlu_heading_above(dlu_headings *h, const dlu_sheet *sheet, uint32_t row);

/** A cell of the row that is this text, but for case, blanks and punctuation; or NULL. */
const dlu_cell *dlu_row_cell(const dlu_sheet *sheet, uint32_t row, const char *text);

/**
 * A table of one row: the text below the name that stands in `row`, without blanks around it and
 * without the ="..." that keeps a spreadsheet from taking it for a number; "" where there is no
 * such name. NULL where memory ran out.
 */
const char *dlu_text_below(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                           const char *name);

#endif
