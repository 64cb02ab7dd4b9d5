/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_PLATE_H
#define DUALUC_PLATE_H

#include <stdbool.h>

#include <dualuc/error.h>

/**
 * A well, or a row of a table that has no wells. Wells A1..AF48 are (row << 8 | column), both from
 * 0, so that numbers sort row-major; the k-th row of a table, named "rk", is DLU_WELL_TABLE_ROW +
 * k.
 */
typedef uint32_t dlu_well;

#define DLU_WELL_TABLE_ROW 0x10000u
#define DLU_WELL_MAX_ROWS  32u
#define DLU_WELL_MAX_COLS  48u
#define DLU_WELL_NAME_SIZE 16u

/** Writes the name ("A1", "AE2", "r17") into buf of DLU_WELL_NAME_SIZE bytes; returns buf. */
DLU_API char *dlu_well_name(dlu_well well, char *buf);

/**
 * Reads a well in any spelling of the readers: A1, A01, a1, A:1, "A 1", AE2. Rows AA..AF;
 * lower-case single letters are rows A..Z, but "r17", as written here, is the 17th row of a table.
 *
 * @return false where the text is no well or the well lies off a 1536-well plate
 */
DLU_API bool dlu_well_parse(const char *text, dlu_well *out);

/** What a reader says of one light value. A number is a value only where the state is ok. */
typedef enum dlu_read_state {
    DLU_READ_OK,
    DLU_READ_OVERFLOW,
    DLU_READ_UNDERFLOW,
    DLU_READ_MISSED,
    DLU_READ_MASKED,
    DLU_READ_INVALID
} dlu_read_state;

/** "ok", "overflow", "underflow", "missed", "masked", "invalid". */
DLU_API const char *dlu_read_state_name(dlu_read_state state);

/** Where readings come from, and what stood there: one for all cells that have it in common. */
typedef struct dlu_origin {
    const char *file;
    const char *sheet; /**< NULL for a text file */
    const char *text;  /**< what stood in the cell where the state is not ok, else "" */
} dlu_origin;

/** One light value of one well. Small, for there are millions of them. */
typedef struct dlu_reading {
    dlu_well well;
    dlu_read_state state;
    double value; /**< light units of the reader; 0 unless the state is ok */
    const dlu_origin *origin;
    uint32_t row; /**< of its cell; see dlu_place */
    uint32_t col;
} dlu_reading;

/** The cell that the reading was read from. */
DLU_API dlu_place dlu_reading_place(const dlu_reading *reading);

/** What a read measures, as far as the file says. Only luminescence is light of a luciferase. */
typedef enum dlu_measures {
    DLU_MEASURES_UNKNOWN,
    DLU_MEASURES_LUMINESCENCE,
    DLU_MEASURES_ABSORBANCE,
    DLU_MEASURES_FLUORESCENCE
} dlu_measures;

/** "", "luminescence", "absorbance", "fluorescence". */
DLU_API const char *dlu_measures_name(dlu_measures measures);

/** One measurement of a plate. */
typedef struct dlu_read {
    const char *label;   /**< the file's own name of it, or "" */
    const char *channel; /**< "firefly", "renilla", "nanoluc", the user's name, or NULL: unknown */
    const char *channel_why; /**< why that channel, in words, or "" */
    bool has_time;           /**< one time point of a kinetic read */
    double time_s;           /**< seconds since the start, where has_time */
    bool calculated;         /**< computed by software or by hand from raw reads */
    dlu_measures measures;
    dlu_reading *readings; /**< row-major; only wells the file has something for */
    size_t n_readings;
    dlu_place at; /**< the grid's header, or the list's first value */
} dlu_read;

/** Writes the shortest decimal that reads back as the same double, "1639000"; returns buf. */
DLU_API char *dlu_value_text(double value, char *buf);
#define DLU_VALUE_TEXT_SIZE 32u

/**
 * True where `read` is the next time point of the kinetic read that `before` belongs to: both have
 * one number in "dualuc read" and --channels.
 */
DLU_API bool dlu_read_continues(const dlu_read *before, const dlu_read *read);

/** What the file itself calls a well: the reader's layout, its list of samples, its plate map. */
typedef struct dlu_sample_name {
    dlu_well well;
    const char *name;
    dlu_place at;
} dlu_sample_name;

typedef struct dlu_plate {
    const char *name; /**< the file's own name, or the file's stem */
    const char *file; /**< the (first) file it was read from */
    uint32_t n_rows;  /**< 8, 16, 32, or what was seen; 0 for a table without wells */
    uint32_t n_cols;
    dlu_read *reads; /**< in file order */
    size_t n_reads;
    dlu_sample_name *samples; /**< row-major, each well once; none where the file names no well */
    size_t n_samples;
} dlu_plate;

#endif
