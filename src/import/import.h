/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_IMPORT_H
#define DLU_IMPORT_IMPORT_H

#include "base/say.h"
#include "import/blocks.h"

/*
 * What importers are made of. A format is one row of the table in formats.c: what it is, how it is
 * recognised, how it is read. Detection and reading see the same scan of the file; reading adds
 * plates, reads and readings to a job (job.c), which sorts, checks and hands them out.
 */

/** A file opened as cells, with its plate grids. */
typedef struct dlu_scan {
    const dlu_book *book;
    dlu_numbers numbers;
    dlu_block *blocks;
    size_t n_blocks;
    dlu_arena *arena; /**< of the import: all texts live there */
} dlu_scan;

#define DLU_MAX_PLATES   10000u
#define DLU_MAX_READS    10000u
#define DLU_MAX_LEFT_OUT 1000u

typedef struct dlu_read_build {
    dlu_read read;
    DLU_VEC(dlu_reading) readings;
    bool off_plate;  /**< holds rows of a table, not wells */
    const char *key; /**< what tells it apart in a list, or NULL */
} dlu_read_build;

typedef struct dlu_plate_build {
    dlu_plate plate;
    DLU_VEC(dlu_read_build *) reads;
    const dlu_sheet *list; /**< the list in hand, and its first read here */
    size_t first_read;
} dlu_plate_build;

/** One file being read. */
typedef struct dlu_import_job {
    const dlu_scan *scan;
    const dlu_import_options *options;
    dlu_arena *arena;
    DLU_VEC(dlu_plate_build *) plates;
    DLU_VEC(dlu_left_out) left_out;
    dlu_problems problems; /**< gathered; read() returns DLU_OK and the dispatcher gives up */
    dlu_error full;        /**< a maximum that was met; its status is DLU_OK where none was */
    bool told_unsure;      /**< the problem of the comma is told: once a file is enough */
    bool has_map;
    const char *date;
    dlu_messages *log;
    dlu_error *err;
} dlu_import_job;

typedef struct dlu_importer {
    dlu_format_info info;
    bool generic; /**< gives way where a format of a reader is sure */
    /** Fills certainty and reason. DLU_OK or DLU_E_NO_MEMORY. */
    dlu_status (*detect)(const dlu_scan *scan, dlu_detection *out);
    /** Also called where detection said no and the user insists: must say what it misses. */
    dlu_status (*read)(dlu_import_job *job);
} dlu_importer;

/** The table of formats (formats.c). */
extern const dlu_importer dlu_importers[];
extern const size_t dlu_importer_count;

dlu_status dlu_promega_glomax_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_promega_glomax_read(dlu_import_job *job);
dlu_status dlu_generic_grid_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_generic_grid_read(dlu_import_job *job);
dlu_status dlu_generic_list_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_generic_list_read(dlu_import_job *job);

/** Sets certainty and a formatted reason. DLU_OK or DLU_E_NO_MEMORY. */
dlu_status dlu_detected(const dlu_scan *scan, dlu_detection *out, dlu_certainty certainty,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- building (job.c); NULL or false where memory or a maximum is exhausted ---- */

/** The plate of that name, made where there is none yet. */
dlu_plate_build *dlu_job_plate(dlu_import_job *job, const char *name);

/** A new read at the end of the plate. */
dlu_read_build *dlu_job_read(dlu_import_job *job, dlu_plate_build *plate, const char *label,
                             dlu_place at);

bool dlu_job_reading(dlu_import_job *job, dlu_read_build *read, const dlu_reading *reading);

/** A numeric cell that cannot be told apart: adds the problem that asks for --decimal. */
void dlu_job_unsure(dlu_import_job *job, const dlu_cell *cell, dlu_place at);

/**
 * All readings of a grid, and the size of the plate. Texts become invalid reads, with one warning
 * that counts them; the log also hears of formulas among measured values.
 */
bool dlu_job_block(dlu_import_job *job, dlu_plate_build *plate, dlu_read_build *read,
                   const dlu_block *block);

bool dlu_job_leave_out(dlu_import_job *job, dlu_place at, const char *why, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Cells with something in them right of the grid's last column, in its rows: one left-out. */
bool dlu_job_leave_out_beside(dlu_import_job *job, const dlu_block *block);

/** Sorts readings, looks for wells that stand twice, and fills the import. */
dlu_status dlu_job_finish(dlu_import_job *job, dlu_import *import);

#endif
