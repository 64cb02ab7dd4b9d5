/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_BIOTEK_GEN5_H
#define DLU_IMPORT_BIOTEK_GEN5_H

#include "import/import.h"
#include "import/wells_table.h"

/* What the header of Gen5 says of a plate, and its labels: which are reads of the procedure, and
 * which were calculated from them. */

#define DLU_GEN5_STEPS 64u

/** One "Read" of the procedure. */
typedef struct dlu_gen5_step {
    const char *name; /**< "" where it has none */
    dlu_measures measures;
} dlu_gen5_step;

typedef struct dlu_gen5_steps {
    dlu_gen5_step items[DLU_GEN5_STEPS];
    size_t n;
} dlu_gen5_steps;

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

/** Rows and columns of the "Plate Type" of the protocol, of which a grid may be a part; else 0. */
void dlu_gen5_plate_size(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                         dlu_plate *plate);

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

#endif
