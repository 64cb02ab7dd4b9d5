/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_TECAN_H
#define DLU_IMPORT_TECAN_H

#include "import/well_list.h"

/*
 * What exports of Tecan i-control and SparkControl have in common. A sheet is a row of sections,
 * one a label: settings with their keys in the first column ("Label:", "Mode", "Name", "Start
 * Time"), then the values as a plate grid, a table over cycles or a list, then "End Time". Some
 * versions write all settings first and then the values of each label below its name.
 */

/** The settings of one label. */
typedef struct dlu_tecan_section {
    uint32_t row;
    const char *label; /**< "" where the settings have none */
    dlu_measures measures;
    bool labelled; /**< begun by "Label:", whose "Mode" is still to come */
} dlu_tecan_section;

/** How the values of a label are laid out. */
typedef enum dlu_tecan_layout {
    DLU_TECAN_NONE,
    DLU_TECAN_CYCLES_ACROSS, /**< a row a cycle, a column a well */
    DLU_TECAN_CYCLES_DOWN,   /**< a row a well, a column a cycle */
    DLU_TECAN_MANY,          /**< a block a well: several reads of each, and their mean */
    DLU_TECAN_LIST,          /**< a row a well with its values, or the mean of several reads */
    DLU_TECAN_LIST_ACROSS    /**< the same with a column a well */
} dlu_tecan_layout;

/** Whether a table of wells begins in this row, and which. */
dlu_tecan_layout dlu_tecan_layout_of(const dlu_sheet *sheet, uint32_t row);

/**
 * The table that begins in this row as reads of the plate. `*end` is its last row.
 *
 * @return false where memory or a maximum is exhausted
 */
bool dlu_tecan_take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                          uint32_t row, const dlu_taken *taken, uint32_t *end);

/** All values of a sheet as reads of a plate of that name. */
bool dlu_tecan_take_sheet(dlu_import_job *job, const dlu_sheet *sheet, const char *plate);

/** Detection by the texts that only one software writes (NULL ends them). */
dlu_status dlu_tecan_detect(const dlu_scan *scan, const char *const *texts, const char *missed,
                            dlu_detection *out);

/**
 * The sheets that hold one of the texts, in the order of the workbook; the others are left out.
 * Where none does and the user insists, all. `sheets` has room for all of the book.
 */
bool dlu_tecan_sheets(dlu_import_job *job, const char *const *texts, const dlu_sheet **sheets,
                      size_t *n);

/** The date of the first "Date:" of the book, or "". */
const char *dlu_tecan_date(const dlu_import_job *job);

#endif
