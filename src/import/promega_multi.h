/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_PROMEGA_MULTI_H
#define DLU_IMPORT_PROMEGA_MULTI_H

#include "import/import.h"

/* The parts of an export of the GloMax Multi+, and its list of wells. */

typedef enum dlu_multi_part {
    DLU_MULTI_PLATE = 1, /**< "PlateResults": the grids */
    DLU_MULTI_STEP,      /**< "Step 2 ...": grids of one step among them */
    DLU_MULTI_PROTOCOL,
    DLU_MULTI_STEPS,
    DLU_MULTI_RESULTS, /**< "Results": the list */
    DLU_MULTI_NOTES
} dlu_multi_part;

/** A title of a part: it stands in column A, or in B where a column was put before it. */
typedef struct dlu_multi_title {
    const dlu_sheet *sheet;
    const dlu_cell *cell;
    dlu_multi_part part;
} dlu_multi_title;

typedef struct dlu_multi_titles {
    DLU_VEC(dlu_multi_title) list; /* by sheet and row */
} dlu_multi_titles;

/** A grid titled "Read n" of one plate. */
typedef struct dlu_multi_grid {
    const dlu_block *block;
    const dlu_multi_title *step; /**< NULL where the plate was read in one step */
    const char *title;
    long number; /**< 0 for a calculated copy */
} dlu_multi_grid;

/** One plate: from its "PlateResults" to the next. */
typedef struct dlu_multi_plate {
    const dlu_sheet *sheet;
    uint32_t from, to;
    const char *name;
    dlu_measures measures; /**< by the protocol's label */
    DLU_VEC(dlu_multi_grid) grids;
    bool stepped;
    dlu_plate_build *build;
} dlu_multi_plate;

/**
 * The reads that only the list has, and the comparison of the list with the grids. To be called
 * with the plate's grids in order of their numbers; `take` adds the grids of one number.
 *
 * @return false where memory or a maximum is exhausted
 */
bool dlu_multi_take_reads(dlu_import_job *job, dlu_multi_plate *plate, uint32_t results,
                          bool (*take)(dlu_import_job *job, dlu_multi_plate *plate, long number));

#endif
