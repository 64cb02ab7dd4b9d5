/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_TITLED_H
#define DLU_IMPORT_TITLED_H

#include "import/import.h"
#include "import/words.h"

/* Grids with titles, as most software writes them: into reads, names of wells, or what is left out.
 */

/** What an importer knows of one grid. All texts are borrowed; NULL where there is nothing to say.
 */
typedef struct dlu_taken {
    const char *label;   /**< the read's label; NULL or "" for none */
    const char *name;    /**< what to call the grid where it is left out; NULL: its title */
    const char *refused; /**< why it is no read at all ("written by hand below the export") */
    const char
        *calculated; /**< why it is no raw read ("blank corrected"); --calculated brings it */
    dlu_measures measures;
    bool has_time;
    double time_s;
    uint32_t line;   /**< of each letter, from 0; see dlu_block */
    bool labelled;   /**< the column right of it is its label */
    bool neighbours; /**< what stands right of it is grids or labels, which the importer knows of */
} dlu_taken;

/**
 * One grid, or one of its lines, as a read of the plate. It is left out, and said to be, where
 * `refused` is set, where it holds words or nothing, and where it is calculated (`calculated` is
 * set, or its values are formulas) and the user did not ask for such copies.
 *
 * @return false where memory or a maximum is exhausted
 */
bool dlu_take_grid(dlu_import_job *job, dlu_plate_build *plate, const dlu_block *block,
                   const dlu_taken *taken);

/** Why what was found is no read: `why`, or that it is calculated and not asked for; "" where it is
 * one. NULL: no memory. */
const char *dlu_taken_refused(dlu_import_job *job, const char *why, const char *calculated);

/** A new read as `taken` says, without readings; NULL where memory or a maximum is exhausted. */
dlu_read_build *dlu_taken_read(dlu_import_job *job, dlu_plate_build *plate, const dlu_taken *taken,
                               bool calculated, dlu_place at);

/** A grid of names: its texts become the samples of the plate's wells, and inspect names it. */
bool dlu_take_layout(dlu_import_job *job, dlu_plate_build *plate, const dlu_block *block);

/** Why a grid is none of light by its cells alone: words, or nothing at all; NULL where it is. */
const char *dlu_grid_refused(const dlu_block *block);

/**
 * The words nearest to a grid: title, corner or left, whichever first satisfies `is`; "" for none.
 * dlu_grid_says(block, dlu_names_calculated) tells whether a grid calls itself a copy.
 */
const char *dlu_grid_says(const dlu_block *block, bool (*is)(const char *text));

/** What the grid measures by the words around it. */
dlu_measures dlu_grid_measures(const dlu_block *block);

/** The blocks of one sheet: index of the first, and one past the last. */
void dlu_sheet_blocks(const dlu_scan *scan, const dlu_sheet *sheet, size_t *from, size_t *to);

#endif
