/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_OWN_H
#define DLU_REPORT_XLSX_OWN_H

#include <xlsxwriter.h>

#include "report/xlsx_book.h"

/* What the files that call libxlsxwriter share. */

struct dlu_xlsx_book {
    const char *path;
    lxw_workbook *workbook;
    dlu_arena *arena;
    dlu_arena *scratch;
    lxw_format *formats[DLU_STYLE_COUNT_OF][DLU_FILL_COUNT_OF];
    bool row_by_row;   /* rows above the one in hand are not in memory any more */
    size_t cells;      /* written so far, where row_by_row */
    lxw_error failure; /* the first */
    bool no_memory;
};

struct dlu_xlsx_sheet {
    dlu_xlsx_book *book;
    lxw_worksheet *worksheet;
};

/** The format of a style on a fill, made when it is first asked for. */
lxw_format *dlu_xlsx_format_of(dlu_xlsx_book *book, dlu_xlsx_style style, dlu_xlsx_fill fill);
/** Whether cells of that style are coloured, also empty ones. */
bool dlu_xlsx_has_paper(dlu_xlsx_style style);
/** Keeps the first failure for dlu_xlsx_close. */
void dlu_xlsx_keep(dlu_xlsx_book *book, lxw_error error);

#endif
