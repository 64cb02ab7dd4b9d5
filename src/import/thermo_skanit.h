/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_THERMO_SKANIT_H
#define DLU_IMPORT_THERMO_SKANIT_H

#include "import/wells_table.h"

/*
 * SkanIt of the Varioskan, Luminoskan and Fluoroskan: steps of a session, each a sheet of a
 * workbook, or all of them below each other in one text or sheet. What the grid or list in hand is
 * of is told by the lines above it, in the first column.
 */

typedef struct dlu_skanit {
    dlu_import_job *job;
    const dlu_sheet *sheet;
    uint32_t end;     /**< the last row of the grid or list before */
    uint32_t began;   /**< the row in which the step in hand began */
    bool results;     /**< the section in hand is one of results */
    bool in_session;  /**< within the session's own lines, which a blank line ends */
    bool step_is_due; /**< the next line names the step */
    const char *step;
    bool computed; /**< from another step */
    const char *wavelength;
    dlu_plate_build *plate; /**< NULL until it is known */
    const char *reading;    /**< of a run over time, "Reading 2", or "" */
    bool has_time;
    double time_s;
    uint32_t *times;        /**< by well, all 0 between uses; NULL before the first */
    const dlu_reading **of; /**< by well, all NULL between uses; NULL before the first */
} dlu_skanit;

#define DLU_SKANIT_WELLS ((size_t)DLU_WELL_MAX_ROWS << 8)

/** True for "SESSION.skax". */
bool dlu_skanit_is_session(const char *text);

/** "RLU", "Abs", ...: what measured values are in. */
bool dlu_skanit_is_unit(const char *text);

/**
 * Takes note of the lines between the grid or list before and the one that begins in row `header`:
 * step, plate, wavelength, reading.
 *
 * @return false where memory or a maximum is exhausted
 */
bool dlu_skanit_enter(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header);

/** Why what stands below `unit` in the step in hand is no measurement, or NULL. */
const char *dlu_skanit_computed(const dlu_skanit *r, const char *unit);

/** What the read below `unit` in the step in hand is called, and what it measures. */
const char *dlu_skanit_label(dlu_skanit *r);
dlu_measures dlu_skanit_measures(const dlu_skanit *r, const char *unit);

/**
 * A read that the plate has already of the same step under that name and at that time, beginning in
 * row `from` or later; else NULL.
 */
dlu_read_build *dlu_skanit_read_before(const dlu_skanit *r, const dlu_taken *taken, uint32_t from);

/** Cells of a second grid or list of a step, compared with the read that the first became. */
typedef struct dlu_skanit_copy {
    size_t n;       /**< readings of the read */
    size_t n_cells; /**< cells that hold something */
    size_t n_known; /**< of them, those of wells that the read has */
    size_t n_same;  /**< of them, those with its value */
} dlu_skanit_copy;

bool dlu_skanit_compare(dlu_skanit *r, const dlu_read_build *read, dlu_skanit_copy *out);
void dlu_skanit_compare_cell(const dlu_skanit *r, dlu_skanit_copy *copy, dlu_well well,
                             const dlu_cell *cell);

/** Ends what dlu_skanit_compare began. */
void dlu_skanit_compared(dlu_skanit *r, const dlu_read_build *read);

/** Every cell repeats a reading of the read. */
bool dlu_skanit_is_copy(const dlu_skanit_copy *copy);

/**
 * Adds what is wrong with a second grid or list of a plate in the same step: values of the same
 * wells under the same name.
 */
void dlu_skanit_say_twice(dlu_skanit *r, const dlu_taken *taken, dlu_place at);

/**
 * The first row in from..to that heads a list ("Well, Sample, RLU") or a table of readings
 * ("Reading, avg. time [s], Un0001 (A01), ..."); 0: none.
 */
uint32_t dlu_skanit_find_list(const dlu_sheet *sheet, uint32_t from, uint32_t to);

/** Takes the list or table with its header in that row; r->end is its last row then. */
bool dlu_skanit_take_list(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header);

/** True where the header is one of a table of readings, with a column a well. */
bool dlu_skanit_heads_readings(const dlu_sheet *sheet, uint32_t header);
bool dlu_skanit_take_readings(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header);

/** "Reading": the number of a point of a run over time. */
bool dlu_skanit_numbers_readings(const char *header);

/** Seconds of a cell below the header "Meas. Time [s]"; false where they are open. */
bool dlu_skanit_seconds(const dlu_skanit *r, const char *header, const dlu_cell *cell, double *out);

#endif
