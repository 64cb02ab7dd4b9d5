/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_PROMEGA_GLOMAX_H
#define DLU_IMPORT_PROMEGA_GLOMAX_H

#include "import/import.h"

/* The sheet "Results By Well": each well once more, with its luminescence readings in order. */

#define DLU_GLOMAX_MAX_READS 64u

/** One luminescence value of the list. */
typedef struct dlu_glomax_entry {
    dlu_well well;
    uint32_t read; /**< from 0, by order within the well */
    const dlu_cell *cell;
    const dlu_cell *time; /**< seconds, or NULL */
} dlu_glomax_entry;

typedef struct dlu_glomax_list {
    const dlu_sheet *sheet; /**< NULL where there is no such sheet */
    const char *name;       /**< what messages call it */
    dlu_glomax_entry *entries;
    size_t n_entries;
    uint32_t n_reads; /**< the most readings a well has */
    bool light_only;  /**< reads of light are compared, not those of absorbance */
} dlu_glomax_list;

/** Reads the list. DLU_OK also where there is none; DLU_E_NO_MEMORY. */
dlu_status dlu_glomax_list_read(const dlu_scan *scan, dlu_glomax_list *out);

/**
 * Compares the reads of a plate, in order, with the list. Values that differ, wells missing from
 * the grids and wells missing from the list are one warning each. Readings need not be sorted.
 *
 * @return false where memory ran out
 */
bool dlu_glomax_compare(dlu_import_job *job, const dlu_plate_build *plate,
                        const dlu_glomax_list *list);

/** Adds the reads of the list to the plate, for a workbook that has lost its grids. */
bool dlu_glomax_list_to_reads(dlu_import_job *job, dlu_plate_build *plate,
                              const dlu_glomax_list *list);

#endif
