/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_IMPORT_H
#define DUALUC_IMPORT_H

#include <dualuc/plate.h>

/** A cell that the caller has read from a file of a kind that the library does not read itself. */
typedef struct dlu_source_cell {
    uint32_t row;     /**< from 1 */
    uint32_t col;     /**< from 1 */
    const char *text; /**< UTF-8; of a number its digits, of a date "2019-02-12 02:59:39" */
    double number;    /**< of a number */
    bool is_number;
    bool is_date; /**< text is a date or a time; is_number is false */
} dlu_source_cell;

/** A sheet of such cells, in any order, each at most once. */
typedef struct dlu_source_sheet {
    const char *name;
    const dlu_source_cell *cells;
    size_t n_cells;
} dlu_source_sheet;

/** The bytes of one input file and the name to call it by. Borrowed. */
typedef struct dlu_source {
    const char *name;
    const void *bytes;
    size_t n_bytes;
    const dlu_source_sheet *sheets; /**< read in place of the bytes where n_sheets is not 0 */
    size_t n_sheets;
    /** Where not NULL, called at most once, as soon as the bytes are not looked at any more, so that
     * the caller may free them before what they hold takes its own room. */
    void (*release)(void *owner);
    void *owner;
} dlu_source;

/** Largest file that is read: 64 MiB. */
#define DLU_MAX_FILE_BYTES ((size_t)64 << 20)

/** How sure an importer is that a file is of its format. */
typedef enum dlu_certainty { DLU_DETECT_NO, DLU_DETECT_MAYBE, DLU_DETECT_SURE } dlu_certainty;

/** One row of the table of formats. */
typedef struct dlu_format_info {
    const char *name;       /**< "promega-glomax" */
    const char *instrument; /**< "Promega GloMax Navigator, Explorer" */
    const char *software;
    const char *extensions; /**< "xlsx" or "csv, txt, xlsx" */
    const char *reads;      /**< what it can hold, in words */
} dlu_format_info;

DLU_API size_t dlu_format_count(void);
DLU_API const dlu_format_info *dlu_format_get(size_t i);

/** What one importer said of a file. */
typedef struct dlu_detection {
    const char *format;
    dlu_certainty certainty;
    const char *reason; /**< what was found, or what was missed */
    unsigned score; /**< how near it came, 0 to 100; of those not sure, the highest is nearest */
} dlu_detection;

/** Something in the file that was seen and not taken as a raw read. */
typedef struct dlu_left_out {
    dlu_place at;
    const char *what;
    const char *why;
} dlu_left_out;

typedef enum dlu_decimal { DLU_DECIMAL_AUTO, DLU_DECIMAL_POINT, DLU_DECIMAL_COMMA } dlu_decimal;

typedef struct dlu_import_options {
    const char *format; /**< a format's name, or NULL: found out */
    dlu_decimal decimal;
    bool calculated; /**< bring calculated copies too, after the raw reads */
} dlu_import_options;

/** What one file holds. Freed with dlu_import_free. */
typedef struct dlu_import {
    const char *file;
    const char *format; /**< name of the importer that read it */
    const char *why;    /**< its reason */
    dlu_plate *plates;  /**< in file order; names may repeat from file to file or be "" */
    size_t n_plates;
    bool has_map; /**< the table also holds columns of a plate map (construct, treatment, ...) */
    dlu_left_out *left_out;
    size_t n_left_out;
    dlu_detection *detections; /**< of every importer, in the order of the table */
    size_t n_detections;
    const char *date; /**< the export's own date, "YYYY-MM-DD" where it is unambiguous, or "" */
    void *memory;
} dlu_import;

/**
 * Reads every plate and read of one file. Two importers that are sure, or none that recognises the
 * file, are errors whose text names what each found or missed.
 *
 * @param[out] log  notes and warnings (grid and list disagree, ...); may be NULL
 * @return DLU_OK; DLU_E_UNRECOGNISED; DLU_E_INPUT; DLU_E_LIMIT; DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_import_read(const dlu_source *source, const dlu_import_options *options,
                                   dlu_import **out, dlu_messages *log, dlu_error *err);
DLU_API void dlu_import_free(dlu_import *import);

/**
 * Asks every importer without reading. The answer has no plates; `format` is NULL where nothing or
 * more than one is sure.
 *
 * @return DLU_OK even where nothing is recognised; DLU_E_INPUT where the file cannot be opened as
 *         cells at all
 */
DLU_API dlu_status dlu_import_detect(const dlu_source *source, dlu_import **out, dlu_error *err);

/**
 * The detections by nearness, rank 0 being the nearest: by certainty, then score, then the order of
 * the table. NULL where there is no such rank.
 */
DLU_API const dlu_detection *dlu_import_nearest(const dlu_import *import, size_t rank);

/** Which read is which channel, beyond what the files say. */
typedef struct dlu_channel_choice {
    const char *reporter; /**< channel name that carries the 3'UTR */
    const char *control;  /**< channel name that corrects for transfection */
    const char *channels; /**< "1=firefly,2=renilla" for every plate, or NULL */
    const char *time; /**< of reads with several time points: seconds, "first", "max" or "integral";
                           NULL: such a read cannot be a channel */
} dlu_channel_choice;

/** The plates of all files, named apart, each with its channels found. */
typedef struct dlu_plates {
    dlu_plate *plates;
    size_t n_plates;
    void *memory;
} dlu_plates;

/**
 * Puts the plates of several files together: names apart, channels to reads. `channel_of[i]`, where
 * not NULL, says that every read of file i is that channel (one file a luciferase); such files are
 * merged plate by plate in order.
 *
 * Where channel_of says nothing, two files of one read each whose names differ only by a luciferase
 * (day1_fluc.csv, day1_nluc.csv) are taken so, with a note.
 *
 * Names: a name found in several files, or in none, becomes the file's stem, with "#k" for the k-th
 * plate in it.
 *
 * @return DLU_OK; DLU_E_INPUT where a well stands twice, or the reporter or the control channel
 *         cannot be told (only when choice is not NULL)
 */
DLU_API dlu_status dlu_plates_assemble(const dlu_import *const *imports,
                                       const char *const *channel_of, size_t n_imports,
                                       const dlu_channel_choice *choice, dlu_plates **out,
                                       dlu_messages *log, dlu_error *err);
DLU_API void dlu_plates_free(dlu_plates *plates);

#endif
