/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_ASSAY_MAP_GRID_H
#define DLU_ASSAY_MAP_GRID_H

#include "assay/map_read.h"
#include "import/blocks.h"

/* The blocks of a map in grid form, shared by map_blocks.c and map_grid.c. */

#define DLU_EVERY_PLATE ((size_t)-1)

typedef struct dlu_map_block {
    const dlu_block *block;
    size_t sheet;     /**< index in the book */
    const char *name; /**< the column it says, as written; NULL: it is not read */
    size_t header;
    size_t plate;  /**< index of the plate, or DLU_EVERY_PLATE */
    uint32_t next; /**< 1 + the next block of that plate and header; 0: none */
} dlu_map_block;

typedef struct dlu_map_grid_item {
    uint32_t plate;
    dlu_well well;
} dlu_map_grid_item;

struct dlu_map_grid {
    dlu_map_block *blocks;
    size_t n_blocks;
    const char **headers;
    size_t *header_block; /**< the first block of each header */
    size_t n_headers;
    const char **plates; /**< as first met; none where the map serves every plate */
    size_t n_plates;
    uint32_t *first; /**< [plate * n_headers + header], the last row for DLU_EVERY_PLATE */
    dlu_map_grid_item *items;
    size_t n_items;
};

/** The cell in the block's corner. */
dlu_place dlu_map_block_place(const dlu_book *book, const dlu_map_block *block);

/**
 * Names the blocks; those that are no part of a map get no name. False where no block names a
 * column of plate maps, or memory ran out (reader->failed).
 */
bool dlu_map_blocks_name(dlu_map_reader *reader, const dlu_book *book, dlu_map_grid *grid);

/**
 * Says which block is of which plate, and what stands outside of the blocks (map_plates.c).
 *
 * @return DLU_OK; DLU_E_LIMIT for more than DLU_MAX_MAP_PLATES; DLU_E_NO_MEMORY
 */
dlu_status dlu_map_blocks_plates(dlu_map_reader *reader, const dlu_book *book, dlu_map_grid *grid,
                                 dlu_error *err);

#endif
