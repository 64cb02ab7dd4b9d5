/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_LIST_COLUMNS_H
#define DLU_IMPORT_LIST_COLUMNS_H

#include "import/import.h"

/* Which column of a long table is which: with a header by its words, without one by its cells. */

#define DLU_LIST_MAX_LIGHT 64u
#define DLU_NO_COLUMN      (-1L)

typedef struct dlu_list {
    const dlu_sheet *sheet;
    dlu_table table; /**< first_col, headers and rows; made up where there is no header */
    bool has_header;
    long well;
    long row; /**< row letter and column number in columns of their own */
    long column;
    long plate;
    long sample;      /**< names of wells and tubes */
    long read;        /**< number of the read, where one column holds the values of all reads */
    long repeat;      /**< of a VICTOR: how often the plate was measured before, from 1 */
    long label;       /**< its name; or the luciferase, in a column that holds nothing else */
    long time;        /**< of a kinetic table */
    double time_unit; /**< seconds of a bare number there; 0: it must be told */
    long state;       /**< written by "dualuc read" */
    long light[DLU_LIST_MAX_LIGHT]; /**< columns of values, each a read; calculated ones last */
    size_t n_light;
    size_t n_raw;  /**< of them, those measured */
    size_t n_over; /**< columns of light beyond DLU_LIST_MAX_LIGHT */
    bool by_value; /**< one column holds the values of all reads */
    long remark;   /**< of tubes: may hold a state ("Overflow") */
    bool tubes;    /**< "Sample, Read 1, Read 2" of a reader of tubes */
    bool has_map;  /**< channels beside columns of a plate map */
    bool turned;   /**< no list, but one with samples across and luciferases down */
} dlu_list;

/** True where rows have wells; else they are named by their number. */
bool dlu_list_has_wells(const dlu_list *list);

/** True where cells of a row say of which read its light is; else each column of light is a read.
 */
bool dlu_list_is_keyed(const dlu_list *list);

/** True for the columns of a VICTOR: Plate, Repeat, Well, Type, Time, ... */
bool dlu_list_is_victor(const dlu_table *table);

/** Finds the column of repeats (list_times.c); none where the plate was measured once. */
void dlu_list_find_repeat(dlu_list *list);

/**
 * Finds the table of one sheet.
 *
 * @param[out] miss  where the result is false: what was missed, living in the arena or static
 * @param[out] sure  wells and values, or both channels; else only a single column of light
 * @return false where there is none, or memory ran out (then *miss is NULL)
 */
bool dlu_list_find(const dlu_scan *scan, const dlu_sheet *sheet, dlu_list *out, bool *sure,
                   const char **miss);

/** A list of that sheet without any columns. */
void dlu_list_clear(dlu_list *list, const dlu_sheet *sheet);

/** The table of a sheet that has no header; false where there is none, or memory ran out. */
bool dlu_list_find_bare(const dlu_scan *scan, const dlu_sheet *sheet, dlu_list *out);

/**
 * What stands beside columns of light and may be light as well: columns without a name right of
 * each of them, as under one heading for several replicates, are a problem; of a single luciferase,
 * other columns of numbers are left out by name.
 *
 * @return false where memory or a maximum is exhausted
 */
bool dlu_list_check_beside(dlu_import_job *job, const dlu_list *list);

/**
 * Two tables beside each other that cannot be told apart, and more columns than are read, are
 * problems.
 *
 * @param second_wells  of dlu_list_count_beside, where it found no lists; else 0
 */
void dlu_list_check_one(dlu_import_job *job, const dlu_list *list, uint32_t second_wells);

/** The well of an item (from 0) by its column, or its row and column; false where it is none. */
bool dlu_list_parse_well(const dlu_list *list, size_t item, dlu_well *out);

/**
 * What to do with a sheet in which luciferases name rows and samples stand across; NULL where it is
 * not so, or memory ran out.
 */
const char *dlu_list_turned(const dlu_scan *scan, const dlu_sheet *sheet);

/** Finds the column of times (list_times.c). */
void dlu_list_find_time(dlu_list *list);

/** Seconds of a cell of that column; false where they cannot be told. */
bool dlu_list_seconds(const dlu_list *list, const dlu_cell *cell, const dlu_numbers *numbers,
                      double *out);

/** The well of an item (from 0); false where it has none. */
typedef bool (*dlu_list_well)(void *of, size_t item, dlu_well *out);

/** Tables below each other under the same header. */
typedef struct dlu_list_parts {
    bool *seen;      /**< wells of the plate in hand */
    size_t n_plates; /**< so far */
    const char *name;
} dlu_list_parts;

/**
 * Called at an item before which the header stands once more (dlu_table_begins_again): where one of
 * the wells below it was there before, the next plate begins, and parts->name is its name.
 *
 * @return false where memory ran out
 */
bool dlu_list_next_plate(dlu_arena *arena, const dlu_list *list, size_t k, dlu_list_well well_of,
                         void *of, dlu_list_parts *parts);

/**
 * How many lists stand beside each other under the same headers ("Well, RLU, , Well, RLU"), with
 * other wells in a row, and how many columns each has. 1 for a single list; 0 where a second column
 * of other wells stands there, but its headers are not those of the first: nobody knows whose the
 * light is. *second is its column then.
 */
size_t dlu_list_count_beside(const dlu_list *list, uint32_t *width, uint32_t *second);

/** Without wells: a second column of the same name with other samples in the same rows, or 0. */
uint32_t dlu_list_second_samples(const dlu_list *list);

/** What the header of a column says is measured there; unknown where it names a luciferase. */
dlu_measures dlu_list_measures(const char *header);

/** One of them, from 0, as a list of its own. */
void dlu_list_beside(const dlu_list *list, size_t k, uint32_t width, dlu_list *out);

/** "Mean", "CV %", also "SD" below a mean: rows that are calculated from those above. */
bool dlu_list_is_summary(const char *sample, bool *after_mean);

#endif
