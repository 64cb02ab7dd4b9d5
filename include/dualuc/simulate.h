/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SIMULATE_H
#define DUALUC_SIMULATE_H

#include <dualuc/report.h>
#include <dualuc/settings.h>

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

/** Pairs that the largest plate could take. */
#define DLU_SIMULATE_MAX_PAIRS 96u

/** Folds of the pairs in their order: none (as docs/simulate.md says), one for all, or one a pair.
 */
typedef struct dlu_simulate_folds {
    double folds[DLU_SIMULATE_MAX_PAIRS];
    size_t n;
} dlu_simulate_folds;

/** The arm that is noisier than the others, of every target. */
typedef enum dlu_simulate_arm {
    DLU_SIMULATE_NO_ARM,
    DLU_SIMULATE_WT_SCRAMBLE,
    DLU_SIMULATE_WT_MIMIC,
    DLU_SIMULATE_MUT_SCRAMBLE,
    DLU_SIMULATE_MUT_MIMIC,
    DLU_SIMULATE_EMPTY_SCRAMBLE,
    DLU_SIMULATE_EMPTY_MIMIC,
    DLU_SIMULATE_ARM_COUNT
} dlu_simulate_arm;

/** What experiments are drawn from. Standard deviations are of natural logarithms. */
typedef struct dlu_simulate_model {
    dlu_simulate_folds wt;  /**< mimic against scramble */
    dlu_simulate_folds mut; /**< none: 1, or the wild type's where the site is another */
    double empty_fold;      /**< of the empty vector */
    double sd_day;          /**< of the ratio, all wells of a plate */
    double sd_unit;         /**< of the ratio, one transfection */
    double sd_well;         /**< of the ratio, a well */
    double sd_transfection; /**< of both channels alike, a well */
    double sd_mimic_day;    /**< of the ratio, all mimic arms of a plate */
    double efficiency;      /**< light of transfected cells as a part of the usual */
    dlu_simulate_arm noisy_arm;
    double noise_factor;   /**< sd_unit and sd_well of that arm, times it */
    unsigned wells_an_arm; /**< on a plate */
    bool empty;            /**< whether the empty vector has its two arms */
    bool dead_well;        /**< whether one well is dead */
} dlu_simulate_model;

/** The model that docs/simulate.md describes. */
DLU_API void dlu_simulate_model_default(dlu_simulate_model *model);
/** What of the model can be set by name: "sd-unit", ..., as the command has it for options. */
DLU_API size_t dlu_simulate_option_count(void);
DLU_API const dlu_setting_info *dlu_simulate_option_get(size_t i);
/**
 * Sets one of them from text.
 *
 * @return DLU_OK; DLU_E_USAGE for an unknown name or a value out of range, saying the range
 */
DLU_API dlu_status dlu_simulate_option_set(dlu_simulate_model *model, const char *name,
                                           const char *value, dlu_error *err);

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
/** The same from a model of one's own; DLU_E_USAGE also where one of its values is out of range. */
DLU_API dlu_status dlu_simulation_from_model(const dlu_simulate_options *options,
                                             const dlu_simulate_model *model, dlu_simulation **out,
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
