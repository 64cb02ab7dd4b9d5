/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SIMULATE_H
#define DUALUC_SIMULATE_H

#include <dualuc/report.h>

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
