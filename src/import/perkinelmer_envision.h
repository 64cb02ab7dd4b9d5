/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_PERKINELMER_ENVISION_H
#define DLU_IMPORT_PERKINELMER_ENVISION_H

#include "import/import.h"
#include "import/words.h"

/* What an EnVision export says of its grids: "Plate information" before or after each of them. */

/** One "Plate information": two rows, of names and of values. */
typedef struct dlu_envision_info {
    uint32_t row;
    long plate; /**< 1, 2, ...; 0 where it is not told */
    long repeat;
    long kinetics;       /**< of a run over time: from 0 */
    const char *barcode; /**< "" for none, or one the reader made of the time */
    const char *label;   /**< "" where the grid is calculated */
    const char *optics;  /**< "De=USLum Ex=N/A ...", or "" */
    bool calculated;
} dlu_envision_info;

typedef struct dlu_envision_infos {
    const dlu_sheet *sheet;
    DLU_VEC(dlu_envision_info) items;
    bool after;    /**< they stand below their grids */
    bool formulas; /**< some name the formula of a calculated result */
    size_t n_plates;
} dlu_envision_infos;

/** All of a sheet; grids begin at first_grid. False where memory ran out. */
bool dlu_envision_infos_read(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t first_grid,
                             dlu_envision_infos *out);

/** That of the grid at `row`, or NULL where none stands before (or below) it. */
const dlu_envision_info *dlu_envision_info_at(const dlu_envision_infos *infos, uint32_t row);

/** A name for the plate of that number, "" where the file has but one. NULL: no memory. */
const char *dlu_envision_plate_name(const dlu_envision_infos *infos, const dlu_envision_info *info,
                                    dlu_arena *arena);

/**
 * Grids without letters and column numbers, which some exports are made of: runs of rows of
 * numbers, as many as "Plate type:" says. What does not fit is a problem, never a guess.
 *
 * @return false where memory ran out
 */
bool dlu_envision_bare_grids(dlu_import_job *job, const dlu_sheet *sheet, dlu_block **out,
                             size_t *n_out);

/** What the words of a title and of the optics say of a measurement. */
dlu_measures dlu_envision_measures(const char *title, const char *optics);

/** "MeasA:Result": the header of a column in a list of an EnSpire. */
bool dlu_envision_heads_result(const char *text);

/**
 * The lists of a sheet: a row a well, "PlateNumber, Well, Sample, MeasA:Result, MeasB:Result".
 *
 * @param grids  grids of the sheet are read: lists are left out then
 * @return false where memory or a maximum is exhausted
 */
bool dlu_envision_take_lists(dlu_import_job *job, const dlu_sheet *sheet,
                             const dlu_envision_infos *infos, bool grids);

#endif
