/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_ASSAY_MAP_READ_H
#define DLU_ASSAY_MAP_READ_H

#include "assay/map.h"
#include "base/say.h"

/*
 * How a plate map is read. A form (map_long.c, map_grid.c) offers the file as items, each a well
 * with one cell a header; columns (map_columns.c), words (map_row.c) and checks (map_check.c,
 * map_slips.c) are the same for both.
 */

#define DLU_MAX_MAP_PLATES 2000u /**< of maps in grid form */
#define DLU_MAX_MAP_EXTRA  200u  /**< columns that are carried through */
#define DLU_NO_COLUMN      (-1)

typedef struct dlu_map_grid dlu_map_grid;

/** A map as items with cells. Items and headers count from 0. */
typedef struct dlu_map_form {
    const dlu_book *book;
    const char *const *headers; /**< names as written, "" for none */
    size_t n_headers;
    size_t n_items;
    dlu_table table;          /**< of the long form */
    const dlu_map_grid *grid; /**< of the grid form; NULL in the long form */
} dlu_map_form;

/** Misspelt words that are named; further ones are read, but not each named. */
#define DLU_MAX_SLIPS 32u

typedef struct dlu_map_reader {
    dlu_arena *arena;
    dlu_map_form form;
    char decimal;
    long column[DLU_COLUMN_COUNT];    /**< the header of each known column, or DLU_NO_COLUMN */
    const size_t *extra;              /**< headers that are carried through */
    bool in_data;                     /**< the table holds the light too */
    bool failed;                      /**< memory ran out */
    const char *slips[DLU_MAX_SLIPS]; /**< misspelt words that were said */
    size_t n_slips;
    size_t n_no_construct;  /**< wells with a treatment and no construct */
    dlu_place no_construct; /**< the first of them */
    dlu_problems problems;
    dlu_messages *log;
    dlu_map *map;
} dlu_map_reader;

/* ---- the long form (map_long.c) ---- */

/** Finds the table in the book and fills reader->form; false where there is none. */
bool dlu_map_long_find(dlu_map_reader *reader, const dlu_book *book);
dlu_place dlu_map_long_place(const dlu_map_form *form, size_t item, long header);
dlu_place dlu_map_long_header_place(const dlu_map_form *form, size_t header);

/* ---- the grid form (map_grid.c) ---- */

/**
 * Finds the blocks in the book and fills reader->form. *found is false where no block names a
 * column of plate maps; then the file is not in this form.
 *
 * @return DLU_OK also where blocks have problems, which are in reader->problems; DLU_E_LIMIT;
 *         DLU_E_NO_MEMORY
 */
dlu_status dlu_map_grid_find(dlu_map_reader *reader, const dlu_book *book, bool *found,
                             dlu_error *err);
const dlu_cell *dlu_map_grid_cell(const dlu_map_form *form, size_t item, size_t header);
dlu_place dlu_map_grid_place(const dlu_map_form *form, size_t item, long header);
dlu_place dlu_map_grid_header_place(const dlu_map_form *form, size_t header);
dlu_well dlu_map_grid_well(const dlu_map_form *form, size_t item);
/** The plate of an item, or NULL where the map serves every plate. */
const char *dlu_map_grid_plate(const dlu_map_form *form, size_t item);
bool dlu_map_grid_has_plates(const dlu_map_form *form);

/* ---- either form (map.c) ---- */

/** The cell of an item under a header, or NULL. `header` may be DLU_NO_COLUMN. */
const dlu_cell *dlu_map_cell(const dlu_map_form *form, size_t item, long header);
/** Where that cell stands or would stand; the item itself where header is DLU_NO_COLUMN. */
dlu_place dlu_map_place(const dlu_map_form *form, size_t item, long header);
dlu_place dlu_map_header_place(const dlu_map_form *form, size_t header);

/* ---- the steps ---- */

/** Says which header is which column, which are carried, and what is missing (map_columns.c). */
void dlu_map_columns_find(dlu_map_reader *reader, const char *block_column);
/** Turns the texts of one item into values (map_row.c). */
void dlu_map_row_read(dlu_map_reader *reader, size_t item, dlu_map_row *row);
/** Wells that stand twice, wells that say too little (map_check.c). */
void dlu_map_check_wells(dlu_map_reader *reader);
/** Replicate numbers that count neighbouring wells (map_replicates.c). */
void dlu_map_check_replicates(dlu_map_reader *reader);
/** Names that look like slips of each other, dates in the place of names (map_slips.c). */
void dlu_map_check_names(dlu_map_reader *reader);

#endif
