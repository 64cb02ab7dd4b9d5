/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SIMULATE_H
#define DUALUC_SIMULATE_H

#include <dualuc/report.h>

/** Slips of the pipette that can be planted, in the order in which they are made. */
typedef enum dlu_slip {
    DLU_SLIP_TURNED,          /**< a plate, by 180 degrees */
    DLU_SLIP_SHIFTED_ROW,     /**< the content of a row, by one well */
    DLU_SLIP_SHIFTED_COLUMN,  /**< the content of a column, by one well */
    DLU_SLIP_SWAPPED,         /**< two neighbours of different arms */
    DLU_SLIP_EMPTIED_DOUBLED, /**< one well emptied into its neighbour */
    DLU_SLIP_EXCHANGED,       /**< the channels of a plate */
    DLU_SLIP_COUNT
} dlu_slip;

/** "turned", "shifted-row", ...; borrowed. */
DLU_API const char *dlu_slip_name(dlu_slip slip);

typedef struct dlu_simulate_options {
    unsigned wells;  /**< 96 or 384 */
    unsigned blocks; /**< plates (days), 1..30 */
    unsigned pairs;  /**< targets, each against miR-21 */
    uint64_t seed;
} dlu_simulate_options;

/** An experiment made up with known truth. Freed with dlu_simulation_free. */
typedef struct dlu_simulation dlu_simulation;

/**
 * Draws an experiment. Model: light of a channel = blank + transfection x day x fold x noise, all
 * log-normal; docs/simulate.md gives the numbers.
 *
 * @return DLU_OK; DLU_E_USAGE where the arms do not fit the plate, saying how many would
 */
DLU_API dlu_status dlu_simulation_new(const dlu_simulate_options *options, dlu_simulation **out,
                                      dlu_error *err);
/**
 * Plants one slip of each kind asked for, on a plate each as long as there are enough. But for the
 * wells that slip, the experiment stays as it was drawn. Once an experiment.
 *
 * @param slips  bits 1u << dlu_slip
 * @return DLU_OK; DLU_E_USAGE where no wells are left for one, or slips were planted before
 */
DLU_API dlu_status dlu_simulation_plant(dlu_simulation *simulation, unsigned slips, dlu_error *err);
DLU_API void dlu_simulation_free(dlu_simulation *simulation);
DLU_API unsigned dlu_simulation_plate_count(const dlu_simulation *simulation);

/** Plate i as a long table: well, firefly, renilla. */
DLU_API dlu_status dlu_simulation_plate_csv(const dlu_simulation *simulation, unsigned i,
                                            dlu_bytes *out, dlu_error *err);
/** Plate i as a workbook in the layout of a Promega GloMax Navigator, at `path`. */
DLU_API dlu_status dlu_simulation_plate_xlsx(const dlu_simulation *simulation, unsigned i,
                                             const char *path, dlu_error *err);
DLU_API dlu_status dlu_simulation_map_csv(const dlu_simulation *simulation, dlu_bytes *out,
                                          dlu_error *err);
DLU_API dlu_status dlu_simulation_map_xlsx(const dlu_simulation *simulation, const char *path,
                                           dlu_error *err);
/** What was put in: folds and the call that is right, as JSON. */
DLU_API dlu_status dlu_simulation_truth_json(const dlu_simulation *simulation, dlu_bytes *out,
                                             dlu_error *err);

#endif
