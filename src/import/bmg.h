/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_BMG_H
#define DLU_IMPORT_BMG_H

#include "import/well_list.h"

/* What exports of BMG LABTECH's MARS and SMART Control have in common: all but their name. */

/** What the words of a title say of the values under it. */
typedef enum dlu_bmg_title {
    DLU_BMG_OTHER,      /**< layout, concentrations, temperature: no light */
    DLU_BMG_RAW,        /**< "Raw Data (No filter)", also numbered: "1. Raw Data (580/620)" */
    DLU_BMG_CALCULATED, /**< "Blank corrected based on Raw Data ..." and the like */
    DLU_BMG_SCAN_MEAN,  /**< "Well Scan: Average (No filter)": of the points of each well */
    DLU_BMG_SPECTRUM    /**< raw, but a value a wavelength */
} dlu_bmg_title;

dlu_bmg_title dlu_bmg_title_of(const char *title);

/** As the title of the file's reads: the mean of a well scan is raw where there is nothing rawer.
 */
dlu_bmg_title dlu_bmg_kind_of(const char *title, bool means);

/** The title without its number and blanks: "Raw Data (No filter)". */
const char *dlu_bmg_label(dlu_arena *arena, const char *title);

/** A list or a table of wells, each with a title and perhaps a time a line. */
typedef struct dlu_bmg_table {
    dlu_wells_table wells;
    uint32_t content;  /**< column (list) or row (across) of the names of the wells; 0: none */
    uint32_t time;     /**< row (list) or column (across) of the times; 0: none */
    double unit;       /**< seconds of a bare number there */
    bool spectrum;     /**< wavelengths stand where times would */
    bool means;        /**< means of well scans are the rawest that the file has */
    const char *title; /**< alone above a list whose columns are only numbered ("1 - 1"), or NULL */
} dlu_bmg_table;

/**
 * The first list ("Well Row", "Well Col", "Content", ...; or "Well", "Content") or table across
 * ("Well", A01, A02, ...) in the rows of a sheet from `from` on.
 *
 * @return false where there is none or memory ran out
 */
bool dlu_bmg_find_table(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                        dlu_bmg_table *out);

/** The title of line i, or "". */
const char *dlu_bmg_line_title(const dlu_bmg_table *table, size_t i);

/** Line i is one of several of the same title without times: points of a well scan, or cycles. */
bool dlu_bmg_is_point(const dlu_bmg_table *table, size_t i);

/** All lines of a table as reads of the plate, and its contents as samples. */
bool dlu_bmg_take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_bmg_table *table,
                        dlu_measures measures);

/** Only its contents as samples. */
bool dlu_bmg_take_content(dlu_import_job *job, dlu_plate_build *plate, const dlu_bmg_table *table);

/** Warns where a table that was not read has other values than the plate's reads of its titles. */
void dlu_bmg_compare(dlu_import_job *job, const dlu_plate_build *plate, const dlu_bmg_table *table);

/** "1 h 15 min", "38 s", "0 min  - Inj. only", or a bare number of `unit` seconds (0: none). */
bool dlu_bmg_seconds(const char *text, double unit, double *out);

/** Reads the file, for both formats. */
dlu_status dlu_bmg_read(dlu_import_job *job);

#endif
