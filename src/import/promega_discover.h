/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_PROMEGA_DISCOVER_H
#define DLU_IMPORT_PROMEGA_DISCOVER_H

#include "import/import.h"

/* Which read each row of the list belongs to. */

#define DLU_DISCOVER_LIGHT 16u
#define DLU_DISCOVER_KEYS  16u
#define DLU_DISCOVER_WELLS (DLU_WELL_MAX_ROWS << 8)

/** A header row and what its columns are; columns of the sheet. */
typedef struct dlu_discover_header {
    const dlu_sheet *sheet;
    uint32_t row;
    uint32_t well;  /**< 0 where there is none */
    uint32_t plate; /**< 0 where there is none */
    uint32_t light[DLU_DISCOVER_LIGHT];
    size_t n_light;
    uint32_t keys[DLU_DISCOVER_KEYS]; /**< columns that may tell reads apart */
    size_t n_keys;
} dlu_discover_header;

/** A row of a well. */
typedef struct dlu_discover_item {
    uint32_t row;
    dlu_well well;
    uint32_t turn; /**< how often the well stood before */
} dlu_discover_item;

/** The rows of one plate under one header. */
typedef struct dlu_discover_group {
    const char *plate;
    DLU_VEC(dlu_discover_item) items;
    uint32_t n_turns;            /**< the most rows of one well */
    uint32_t key;                /**< column that tells the reads of a well apart, or 0 */
    DLU_VEC(const char *) names; /**< values of that column, in order */
} dlu_discover_group;

typedef struct dlu_discover_section {
    dlu_import_job *job;
    dlu_discover_header h;
    size_t number; /**< of the header in the file, from 1 */
    DLU_VEC(dlu_discover_group) groups;
} dlu_discover_section;

/**
 * Finds how the reads of a well are told apart: by a column whose values part them, else by their
 * order, which needs every well equally often; a problem where neither will do.
 *
 * @return false where memory ran out
 */
bool dlu_discover_settle(dlu_discover_section *s, dlu_discover_group *g);

/** "Firefly", "ReadNumber 2", "RLU": what tells the read apart, or the column's name. */
const char *dlu_discover_label(const dlu_discover_section *s, const dlu_discover_group *g,
                               uint32_t turn, uint32_t col);

#endif
