/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_BIOTEK_GEN5_H
#define DLU_IMPORT_BIOTEK_GEN5_H

#include "import/import.h"
#include "import/wells_table.h"

/* What the header of Gen5 says of a plate, and its labels: which are reads of the procedure, and
 * which were calculated from them. */

#define DLU_GEN5_STEPS   64u
#define DLU_GEN5_DEGREES "T\xc2\xb0 " /**< heads the temperatures of a read, before its label */

/** One "Read" of the procedure. */
typedef struct dlu_gen5_step {
    const char *name; /**< "" where it has none */
    dlu_measures measures;
} dlu_gen5_step;

typedef struct dlu_gen5_steps {
    dlu_gen5_step items[DLU_GEN5_STEPS];
    size_t n;
} dlu_gen5_steps;

/** What stands below one "Software Version". */
typedef struct dlu_gen5_section {
    dlu_import_job *job;
    const dlu_sheet *sheet;
    uint32_t from, to;
    uint32_t end; /* the last row of its grids and tables, or 0 */
    dlu_plate_build *plate;
    dlu_gen5_steps steps;
    const char *page; /* title of the table in hand, or NULL */
    size_t page_read; /* the first read of that title */
    bool bare;        /* without the header of Gen5 */
    size_t n_before;  /* reads that a header which came before gave the plate */
} dlu_gen5_section;

/** The reads of the procedure in rows from..to of a sheet; false where memory ran out. */
bool dlu_gen5_steps_read(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                         dlu_gen5_steps *out);

/**
 * True where a label is that of a read: "LUM:Lum" of a step, or without its name "Lum", "460/40",
 * "620", "485/20,528/20"; false for "[Concentration]", "Blank LUM:Lum", "NormLum", "Luc/NLuc
 * ratio".
 *
 * @param[out] measures  what it measures, where the result is true
 */
bool dlu_gen5_is_read(const char *label, const dlu_gen5_steps *steps, dlu_measures *measures);

/**
 * True where a grid of several lines a letter looks like one of Gen5, by a line "Lum" or "Luc:Lum",
 * and line `line` of it is no read: calculated. Whoever cut the header off left the labels.
 */
bool dlu_gen5_line_calculated(const dlu_block *block, uint32_t line);

/** Rows and columns of the "Plate Type" of the protocol, of which a grid may be a part; else 0. */
void dlu_gen5_plate_size(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                         dlu_plate *plate);

/** Whether a cell names a well of a plate. */
bool dlu_gen5_is_well(const dlu_sheet *sheet, uint32_t row, uint32_t col);

/**
 * The first table of wells against times, wavelengths or places in rows from..to: its header row,
 * or 0 where there is none (or memory ran out).
 */
uint32_t dlu_gen5_table(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                        dlu_wells_table *out);

/** The time or the wavelength of a line of a table; NULL where there is none. */
const dlu_cell *dlu_gen5_head(const dlu_wells_table *table, size_t i);

/**
 * Gen5 writes times as 0:10:00. Where the first n lines of a table have numbers instead, and they
 * are not whole, they are what a spreadsheet saves of times without their format: fractions of a
 * day.
 */
bool dlu_gen5_in_days(const dlu_scan *scan, const dlu_wells_table *table, size_t n);

/** A time that the run did not come to: Gen5 fills in "?????" and the time 0:00:00. */
bool dlu_gen5_unread(const dlu_wells_table *table, size_t i);

/** The same of a line of a grid. */
bool dlu_gen5_unread_grid(const dlu_block *block, uint32_t line);

/** The tables of times, wavelengths or places in rows from..to. */
bool dlu_gen5_take_tables(dlu_gen5_section *s, uint32_t from, uint32_t to);

/**
 * The first list of wells in rows from..to, with a row or (`across`) a column a well: its header
 * row, or 0 where there is none (or memory ran out).
 */
uint32_t dlu_gen5_list(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                       dlu_wells_table *out);

/** What stands above a column of a list or left of a row of one across, or "". */
const char *dlu_gen5_list_label(const dlu_wells_table *table, size_t i);

/** The reads of a list that do not stand in a grid, and "Well ID" as the names of the wells. */
bool dlu_gen5_take_list(dlu_gen5_section *s, const dlu_wells_table *table);

/** What tells that Gen5 wrote a sheet without its header, in words; NULL where nothing does. */
const char *dlu_gen5_bare(const dlu_scan *scan, const dlu_sheet *sheet);

/**
 * Adds the problem, and is true, where a section without a header, or with one that came before,
 * has a read of that label with that well already: it may be of another plate.
 */
bool dlu_gen5_again(const dlu_gen5_section *s, const char *label, const dlu_well *well,
                    dlu_place at);

#endif
