/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_ASSAY_ASSAY_H
#define DLU_ASSAY_ASSAY_H

#include <dualuc/result.h>

#include "assay/map.h"
#include "base/arena.h"

/*
 * From plates and map to units: light paired, blanks subtracted, wells gated, wells of one
 * transfection averaged. Sources of the rules: docs/methods.md.
 */

/** The blank of one channel of one plate. */
typedef struct dlu_blank {
    size_t n;    /**< wells it is the mean of; 0: none, nothing is subtracted */
    double mean; /**< light units; 0 where nothing is subtracted */
    double sd;   /**< of the plate's wells, or pooled over plates; NaN where unknown */
    bool given;  /**< the mean is the user's constant */
} dlu_blank;

enum { DLU_REPORTER, DLU_CONTROL, DLU_CHANNELS };

/** One well with light, joined with its row of the map. */
typedef struct dlu_assay_well {
    size_t plate;
    dlu_well well;
    const dlu_map_row *map;                   /**< NULL where the map does not name the well */
    const dlu_reading *reading[DLU_CHANNELS]; /**< NULL where the channel has no reading */
    double raw[DLU_CHANNELS];                 /**< NaN unless the reading's state is ok */
    double net[DLU_CHANNELS];                 /**< raw minus blank; NaN as raw */
    double ratio;
    double ln_ratio;
    bool dropped; /**< named in the setting drop_wells */
    bool used;
    uint32_t flags;
    size_t arm;  /**< DLU_NO_ARM unless it is a sample */
    size_t unit; /**< the transfection it stands in, used or not; or DLU_NO_UNIT */
} dlu_assay_well;

#define DLU_NO_UNIT ((size_t)-1)
#define DLU_NO_ARM  ((size_t)-1)

typedef struct dlu_assay_plate {
    const dlu_plate *plate;
    const dlu_map *map; /**< the map that describes it, or NULL */
    dlu_blank blank[DLU_CHANNELS];
    bool blank_is_buffer; /**< wells without cells stood in for untransfected ones */
    size_t first_well;
    size_t n_wells;
} dlu_assay_plate;

/** target x construct x treatment x mirna x dose, of sample or of positive-control wells. */
typedef struct dlu_arm {
    bool positive; /**< of positive-control wells, which form pairs of their own */
    const char *target;
    const char *construct;
    const char *treatment;
    const char *mirna;
    double dose_nM;
    size_t n_wells; /**< with light, used or not */
    size_t n_used;
    size_t first_unit;
    size_t n_units;
} dlu_arm;

/** One transfection: its wells are technical. Only those with a used well exist. */
typedef struct dlu_unit {
    size_t arm;
    const char *replicate;
    const char *block;  /**< of the map's block column, or NULL */
    size_t plate;       /**< of its first well */
    const char *plates; /**< names, joined with ";" */
    bool one_plate;
    const size_t *wells; /**< used wells */
    size_t n_wells;
    double ln_ratio;    /**< mean over wells of ln(reporter_net / control_net) */
    double ln_reporter; /**< mean ln net of the channel */
    double ln_control;
    double cv;                  /**< sqrt(exp(s^2) - 1); NaN with one well */
    double collapse_difference; /**< |mean of ln ratios - ln of the ratio of sums| */
    uint32_t flags;
} dlu_unit;

/** Used wells that a unit needs for the setting collapse = slope. */
#define DLU_SLOPE_WELLS 6u

/**
 * The slope through 0 of reporter over control light of one unit's wells. A stage above gives it,
 * as statistics are no part of this one; not DLU_OK where the wells have no such slope.
 */
typedef dlu_status dlu_unit_slope(const double *control, const double *reporter, size_t n,
                                  double *out);

/** What is given beyond settings: the statistic of a unit, and the sensitivity panel's changes. */
typedef struct dlu_variation {
    dlu_unit_slope *slope; /**< needed with the setting collapse = slope */
    bool ignore_blanks;    /**< subtract nothing */
    bool drop_flagged;     /**< leave out wells that a flag of their own marks, also those kept */
    const bool *outliers;  /**< with drop_flagged: which wells an earlier pass found; or NULL */
    bool codes_only; /**< nothing that only caveats need, such as leaving out blocks in turn */
} dlu_variation;

typedef struct dlu_experiment {
    const dlu_settings *settings;
    dlu_variation variation;
    dlu_assay_plate *plates;
    size_t n_plates;
    dlu_assay_well *wells; /**< by plate, then row-major */
    size_t n_wells;
    dlu_arm *arms; /**< in an order that no layout changes */
    size_t n_arms;
    dlu_unit *units; /**< by arm, block, replicate */
    size_t n_units;
    const char *block_column; /**< header of the map's block column in use, or NULL */
    bool has_replicate;
    const char **extra_columns;
    size_t n_extra;
} dlu_experiment;

/**
 * Joins plates and maps and computes everything up to units.
 *
 * @param maps    one for all plates, or one a file of `files`
 * @param files   names of the plate files, as in dlu_plate.file
 * @return DLU_OK; DLU_E_INPUT where plates and map do not fit each other, or no well is in the map;
 *         DLU_E_TOO_FEW where a unit has too few wells for collapse = slope
 */
dlu_status dlu_experiment_new(const dlu_plates *plates, dlu_map *const *maps, size_t n_maps,
                              const char *const *files, const dlu_settings *settings,
                              dlu_variation variation, dlu_arena *arena, dlu_experiment **out,
                              dlu_messages *log, dlu_error *err);

/* The steps, one file each. */

/** Finds each plate's map rows (match.c). `rows_of[i]` are those of plate i, by well. */
typedef struct dlu_plate_rows {
    const dlu_map_row **rows; /**< by well */
    size_t n;
} dlu_plate_rows;

dlu_status dlu_match_plates(const dlu_plates *plates, dlu_map *const *maps, size_t n_maps,
                            const char *const *files, dlu_arena *arena, dlu_plate_rows *rows_of,
                            dlu_messages *log, dlu_error *err);

/** Wells of all plates with their light (wells.c). */
dlu_status dlu_wells_build(dlu_experiment *experiment, const dlu_plate_rows *rows_of,
                           dlu_arena *arena, dlu_messages *log, dlu_error *err);
/** Marks the wells of the setting drop_wells (drop.c); DLU_E_USAGE where one is not there. */
dlu_status dlu_wells_drop(dlu_experiment *experiment, dlu_arena *arena, dlu_error *err);
/** True where the well's light is part of what is subtracted on its plate (blanks.c). */
bool dlu_well_in_blank(const dlu_experiment *experiment, const dlu_assay_well *well);
/** Blanks, net light and ratios (blanks.c). */
dlu_status dlu_wells_subtract(dlu_experiment *experiment, dlu_arena *arena, dlu_messages *log,
                              dlu_error *err);
/** Quality flags and which wells are used (flags.c). */
dlu_status dlu_wells_flag(dlu_experiment *experiment, dlu_arena *arena, dlu_error *err);
/** A well that belongs to an arm: a sample, or a positive control with a treatment. */
bool dlu_row_has_arm(const dlu_map_row *row);
/** Arms and units, and the flags of units (units.c). */
dlu_status dlu_units_build(dlu_experiment *experiment, dlu_arena *arena, dlu_messages *log,
                           dlu_error *err);

#define DLU_FLAG(flag) (1u << (DLU_FLAG_##flag))

#endif
