/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_ASSAY_MAP_H
#define DLU_ASSAY_MAP_H

#include <dualuc/import.h>

#include "base/arena.h"
#include "grid/grid.h"

/** What a well is for. */
typedef enum dlu_role {
    DLU_ROLE_SAMPLE,
    DLU_ROLE_BLANK,
    DLU_ROLE_BLANK_BUFFER,
    DLU_ROLE_POSITIVE,
    DLU_ROLE_NEGATIVE,
    DLU_ROLE_UNUSED,
    DLU_ROLE_NONE /**< a cell that says nothing */
} dlu_role;

/** "sample", "blank", ...; NULL for DLU_ROLE_NONE. */
const char *dlu_role_name(dlu_role role);

/** One well of the plate map. Texts that were not given are NULL. */
typedef struct dlu_map_row {
    dlu_well well;
    const char *plate;
    dlu_role role;
    const char *target;
    const char *construct; /**< "WT", "MUT...", "EMPTY" */
    const char
        *treatment; /**< "mimic", "scramble", "inhibitor", "inhibitor-control", "untreated" */
    const char *mirna;
    double dose_nM; /**< NaN where not given */
    const char *replicate;
    const char *block;
    const char *sample;
    bool use;
    const char **extra; /**< values of the unknown columns */
    dlu_place at;
} dlu_map_row;

typedef struct dlu_map {
    const char *file;
    dlu_map_row *rows; /**< in the order of the file */
    size_t n_rows;
    bool grid; /**< drawn as the plate; else a row a well */
    bool has_plate;
    bool has_replicate;
    const char *block_column; /**< header of the column that gives blocks, or NULL */
    const char **extra_columns;
    size_t n_extra;
} dlu_map;

/**
 * Reads a plate map, CSV, TSV or XLSX, in either form: long, with a header row, then a row a well;
 * or grid, with the plate drawn once for each column. Which one is found out.
 *
 * @param block_column  a header to take blocks from instead of block/experiment/day/date, or NULL
 * @param in_data       the file is a table that also holds the light: rows without a well are r1,
 * ...
 * @return DLU_OK; DLU_E_INPUT with every problem found (unknown words, doubled wells, ...)
 */
dlu_status dlu_map_read(const dlu_source *source, const char *block_column, bool in_data,
                        dlu_arena *arena, dlu_map **out, dlu_messages *log, dlu_error *err);

/** The plates that a map names, and the rows of each. */
typedef struct dlu_map_names {
    const char **names; /**< as first met */
    size_t n;
    const dlu_map_row **rows; /**< by plate, in the order of the file; last those without one */
    size_t
        *begin; /**< begin[k] is the first row of plate k; n + 2 of them, the last being n_rows */
} dlu_map_names;

/** Numbers the plates of a map; false where memory ran out. */
bool dlu_map_names_find(const dlu_map *map, dlu_arena *arena, dlu_map_names *out);

/**
 * The rows of a plate together with those that speak of every plate, in the order of the file;
 * plate names->n: only the latter. NULL where memory ran out.
 */
const dlu_map_row **dlu_map_names_rows(const dlu_map_names *names, size_t plate, dlu_arena *arena,
                                       size_t *n);

/* The map's vocabulary; case, blanks, hyphens and underscores do not count. */

/** The column's name in messages, "dose_nM". */
const char *dlu_map_column_name(dlu_map_column column);

/** The role a word names; false where unknown. */
bool dlu_map_role(const char *word, dlu_role *out);
/** "WT", "MUT", "MUT1", "EMPTY" in the arena, or NULL where unknown. */
const char *dlu_map_construct(dlu_arena *arena, const char *word);
/** One of the treatments' names, or NULL where unknown. */
const char *dlu_map_treatment(const char *word);
/** Begins with "mut" and is one letter off "mutant": a slip rather than a mutant's name. */
bool dlu_map_is_mutant_slip(const char *word);
/** Words for "no miRNA in particular": nc, scramble, control, ... */
bool dlu_map_is_control_word(const char *mirna);
/**
 * The known word that a slip of typing missed by one letter (or two that changed places), or NULL
 * where the text is known, short, has a digit, or could be two words.
 */
const char *dlu_map_slip(const char *text, dlu_map_column column);
/** The known word nearest to a misspelt one (at most two letters off), or NULL. */
const char *dlu_map_nearest(const char *word, dlu_map_column column);

#endif
