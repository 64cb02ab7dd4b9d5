/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_XLSX_FIGURES_H
#define DLU_REPORT_XLSX_FIGURES_H

#include <dualuc/report.h>

#include "report/xlsx_book.h"

/** Puts pictures under each other, each under its name. */
void dlu_xlsx_figures(dlu_xlsx_sheet *sheet, const dlu_report_picture *pictures, size_t n);

#endif
