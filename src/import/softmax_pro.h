/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_SOFTMAX_PRO_H
#define DLU_IMPORT_SOFTMAX_PRO_H

#include "import/titled.h"

/* A plate section of SoftMax Pro: the line "Plate: ..." and what stands below it, to "~End". */

typedef struct dlu_softmax_section {
    const dlu_sheet *sheet;
    uint32_t row;       /**< of the line "Plate:" */
    uint32_t end;       /**< the last row */
    const char *label;  /**< of its reads, "" where the section's name is the plate's */
    const char *kind;   /**< "Endpoint", "Kinetic", "Spectrum", "Well Scan" */
    const char *lights; /**< "480 515 578", one a read; "" where it is not told */
    dlu_measures measures;
    dlu_plate_build *plate;
} dlu_softmax_section;

/**
 * The label of read k (from 0): that of the section, its wavelength, or both, with "(2)" where an
 * earlier read has the same; `light` is a wavelength that the line itself has, else NULL. NULL: no
 * memory.
 */
const char *dlu_softmax_label(const dlu_scan *scan, const dlu_softmax_section *section, size_t k,
                              const char *light);

/** The number of wavelengths that the line "Plate:" tells; 1 where it tells none. */
size_t dlu_softmax_lights(const dlu_softmax_section *section);

/**
 * PlateFormat: grids without row letters, those of several wavelengths side by side, one set of
 * rows a time; below them the reduced copy. False where memory ran out.
 */
bool dlu_softmax_plate_format(dlu_import_job *job, const dlu_softmax_section *section);

/** TimeFormat: a column a well, a line a read; the reduced line below a second header. */
bool dlu_softmax_time_format(dlu_import_job *job, const dlu_softmax_section *section);

/** "Group: ..." from that row: names of the wells. `plate` has those that name no plate, or NULL.
 */
bool dlu_softmax_group(dlu_import_job *job, const dlu_sheet *sheet, uint32_t row, uint32_t end,
                       dlu_plate_build *plate);

#endif
