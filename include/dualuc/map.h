/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_MAP_H
#define DUALUC_MAP_H

#include <dualuc/report.h>

/* Plate maps: templates to fill in, and checks of finished ones. docs/plate-map.md shows both
 * forms. */

typedef enum dlu_map_shape {
    DLU_MAP_LONG, /**< a row a well */
    DLU_MAP_GRID  /**< the plate drawn once for each column */
} dlu_map_shape;

/* ---- templates ---- */

/** What is to stand on the plates. Lists are separated by commas; every text is borrowed. */
typedef struct dlu_map_plan {
    unsigned wells;      /**< of a plate: 96, 384 or 1536 */
    unsigned plates;     /**< 1..100; each holds every arm, so that plates are blocks */
    const char *design;  /**< constructs, " x ", treatments: "wt,mut,empty x scramble,mimic" */
    const char *targets; /**< "PTEN,PDCD4"; arms of EMPTY serve all of them */
    const char *mirna;   /**< "miR-21,miR-155"; controls serve all of them */
    unsigned replicates; /**< transfections of each arm on a plate, 1..100 */
    unsigned wells_each; /**< wells of each transfection, 1..100 */
    unsigned blanks;     /**< of each plate, 0..100 */
    bool randomise;      /**< the wells of each plate in an order of its own */
    uint64_t seed;       /**< the same seed gives the same order */
} dlu_map_plan;

/** A plate of 96 wells, WT, MUT and EMPTY with mimic and scramble, 3 wells an arm, 3 blanks. */
DLU_API void dlu_map_plan_default(dlu_map_plan *plan);

/** A plate map made from a plan. Freed with dlu_map_template_free. */
typedef struct dlu_map_template dlu_map_template;

/**
 * Lays the arms out: wells of one transfection side by side, blanks last; the outermost wells stay
 * free where everything fits inside.
 *
 * @return DLU_OK; DLU_E_USAGE for an unknown word, a number out of range, or arms that do not fit
 *         the plate, saying how many wells they need
 */
DLU_API dlu_status dlu_map_template_new(const dlu_map_plan *plan, dlu_map_template **out,
                                        dlu_error *err);
DLU_API void dlu_map_template_free(dlu_map_template *map);

DLU_API dlu_status dlu_map_template_csv(const dlu_map_template *map, dlu_map_shape shape,
                                        dlu_bytes *out, dlu_error *err);
/** A workbook at `path`, made anew; in grid form a sheet a plate. */
DLU_API dlu_status dlu_map_template_xlsx(const dlu_map_template *map, dlu_map_shape shape,
                                         const char *path, dlu_error *err);

/* ---- checks ---- */

typedef enum dlu_check_kind {
    DLU_CHECK_SAMPLE,
    DLU_CHECK_BLANK,
    DLU_CHECK_BUFFER,
    DLU_CHECK_CONTROL,  /**< role positive or negative; positive ones may have an arm */
    DLU_CHECK_UNUSED,   /**< named in the map and of no interest */
    DLU_CHECK_LEFT_OUT, /**< use = 0 */
    DLU_CHECK_UNMAPPED  /**< light, but not in the map */
} dlu_check_kind;

typedef struct dlu_check_well {
    dlu_well well;
    dlu_check_kind kind;
    size_t arm; /**< of samples and positive controls, also left out; else SIZE_MAX */
} dlu_check_well;

typedef struct dlu_check_plate {
    const char *name; /**< NULL: the map names no plate and serves every plate */
    uint32_t n_rows;  /**< 0 for a table without wells */
    uint32_t n_cols;
    dlu_check_well *wells; /**< row-major */
    size_t n_wells;
    size_t n_blanks; /**< in use, with cells */
} dlu_check_plate;

typedef struct dlu_check_arm {
    const char *target; /**< texts are NULL where not given */
    const char *construct;
    const char *treatment;
    const char *mirna;
    double dose_nM;  /**< NaN where not given */
    size_t n_wells;  /**< in use, on all plates */
    size_t n_units;  /**< transfections */
    size_t n_plates; /**< plates that hold a well of it in use */
    bool positive;   /**< of positive controls, which form pairs of their own */
} dlu_check_arm;

/** What a plate map says, as far as it alone can tell. Freed with dlu_map_check_free. */
typedef struct dlu_map_check {
    const char *file;
    dlu_map_shape shape;
    dlu_check_plate *plates;
    size_t n_plates;
    dlu_check_arm *arms;
    size_t n_arms;
    dlu_design_row *design; /**< a row a pair and mutant: the design the analysis would use */
    size_t n_design;
    dlu_design_row *design_of_three; /**< for a map that serves every plate: with three plates */
    size_t n_design_of_three;
    void *memory;
} dlu_map_check;

/**
 * Checks a plate map: which wells are what, how many wells each arm has, which design the analysis
 * would use if every well were read well; warns of what is missing or unbalanced.
 *
 * @param map       the map, or a table that holds the light too
 * @param plates    the plates it is for (names and wells are compared), or NULL
 * @param settings  of which `block` counts
 * @param log       gets the warnings; may be NULL
 * @return DLU_OK also with warnings; DLU_E_INPUT and others where the map cannot be read
 */
DLU_API dlu_status dlu_map_check_new(const dlu_source *map, const dlu_plates *plates,
                                     const dlu_settings *settings, dlu_map_check **out,
                                     dlu_messages *log, dlu_error *err);
DLU_API void dlu_map_check_free(dlu_map_check *check);

#endif
