/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_WELLS_TABLE_H
#define DLU_IMPORT_WELLS_TABLE_H

#include "import/import.h"
#include "import/titled.h"

/*
 * Tables of wells against times, cycles or reads:
 *
 *   across   Time  A1  A2  ...      down   Well  0    600  ...      (or Well, Read 1, Read 2, ...)
 *            0     12  15                  A1    12   13
 *            60    13  15                  B1    15   15
 *
 * A line is what holds one value of each well: a row of a table across, a column of one down. Wells
 * stand in any order, with gaps; what is beside them (temperature, content) is the importer's.
 */

#define DLU_MAX_LINES 100000u

typedef struct dlu_wells_table {
    const dlu_sheet *sheet;
    bool across;
    uint32_t header; /**< across: the row of the wells; down: the row above the first well */
    uint32_t first;  /**< across: column of the first well; down: the column of the wells */
    dlu_well *wells;
    uint32_t *at; /**< the column (across) or row (down) of each well */
    size_t n_wells;
    uint32_t *lines; /**< rows (across) or columns (down) that hold a value of some well */
    size_t n_lines;
    uint32_t end; /**< the last row of the table */
} dlu_wells_table;

/**
 * The first table in rows from..to of a sheet (`to` 0: the last) whose wells stand in one row, at
 * least `min_wells` of them in the order of the row. Its lines are the rows below that hold values
 * under the wells, empty rows skipped; it ends before a row with another row of wells or with words
 * under the wells.
 *
 * @return false where there is none, or memory ran out (then dlu_arena_failed of the scan's arena)
 */
bool dlu_wells_across(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                      uint32_t min_wells, dlu_wells_table *out);

/** The same where the wells stand in that very row: false where they do not. */
bool dlu_wells_across_at(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t to,
                         uint32_t min_wells, dlu_wells_table *out);

/** Lines of a table across below the first empty row are none of its lines. */
void dlu_wells_end_at_gap(dlu_wells_table *table);

/**
 * A table across whose wells stand in two rows: the letters in one, the numbers in one below it.
 *
 * @return false where no well is told, or memory ran out
 */
bool dlu_wells_across_parts(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t letters,
                            uint32_t numbers, dlu_wells_table *out);

/**
 * As dlu_wells_across, with the wells in one column, in consecutive rows; its lines are the columns
 * right of it that hold values.
 */
bool dlu_wells_down(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                    uint32_t min_wells, dlu_wells_table *out);

/** The cell of well k (from 0) in line i (from 0), or NULL. */
const dlu_cell *dlu_wells_cell(const dlu_wells_table *table, size_t k, size_t i);

/** The cell that heads line i: in column `col` (across) or in row `row` (down); or NULL. */
const dlu_cell *dlu_wells_head(const dlu_wells_table *table, size_t i, uint32_t row_or_col);

/**
 * One line as a read of the plate, as dlu_take_grid takes a grid (taken->line is not used): left
 * out where it is refused, holds no value, or is calculated and not asked for. Texts become invalid
 * readings, with one warning for the line.
 */
bool dlu_take_wells(dlu_import_job *job, dlu_plate_build *plate, const dlu_wells_table *table,
                    size_t i, const dlu_taken *taken);

/** One line as further readings of a read, whose wells are others. False: memory or a maximum. */
bool dlu_take_wells_on(dlu_import_job *job, dlu_read_build *read, const dlu_wells_table *table,
                       size_t i);

/**
 * Seconds: a number (or number and "s", "sec", "min", "h"), "h:mm:ss", "mm:ss" of two parts as
 * hours and minutes only where `hours` is true, "h:mm:ss.fff", or an Excel time (a day fraction in
 * a cell formatted as time).
 */
bool dlu_cell_seconds(const dlu_cell *cell, const dlu_numbers *numbers, bool hours, double *out);

#endif
