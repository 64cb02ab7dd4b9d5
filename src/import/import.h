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

/** A cell that begins, after blanks, with a letter or a sign and is longer than a well's name. */
typedef struct dlu_word_cell {
    const dlu_sheet *sheet;
    const dlu_cell *cell;
} dlu_word_cell;

/** A file opened as cells, with its plate grids. */
typedef struct dlu_scan {
    const dlu_book *book;
    dlu_numbers numbers;
    dlu_block *blocks;
    size_t n_blocks;
    const dlu_word_cell *words; /**< by sheet, row, column; see marks.h */
    size_t n_words;
    const dlu_word_cell *firsts; /**< of those, the first of each text */
    size_t n_firsts;
    dlu_arena *arena; /**< of the import: what is made of the file lives there */
} dlu_scan;

/**
 * Opens a file as cells and finds its words and grids. The cells live in `cells`, which may go
 * before the import does; places name file and sheet by texts of `arena`.
 *
 * @return DLU_OK; DLU_E_INPUT where it holds no cells; DLU_E_LIMIT; DLU_E_NO_MEMORY
 */
dlu_status dlu_scan_open(const dlu_source *source, dlu_decimal decimal, dlu_arena *arena,
                         dlu_arena *cells, dlu_scan *scan, dlu_error *err);

#define DLU_MAX_PLATES   1000u
#define DLU_MAX_READS    1000u
#define DLU_MAX_LEFT_OUT 1000u
#define DLU_NEAREST_TOLD 3u /**< formats named where none recognises a file */

typedef struct dlu_read_build {
    dlu_read read;
    DLU_VEC(dlu_reading) readings;
    bool off_plate;  /**< holds rows of a table, not wells */
    const char *key; /**< what tells it apart in a list, or NULL */
} dlu_read_build;

typedef struct dlu_plate_build {
    dlu_plate plate;
    DLU_VEC(dlu_read_build *) reads;
    DLU_VEC(dlu_sample_name) samples;
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
    const dlu_origin *origin;      /**< the last of a reading that is a number */
    const dlu_origin *text_origin; /**< and of one that is none */
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
dlu_status dlu_promega_discover_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_promega_discover_read(dlu_import_job *job);
dlu_status dlu_promega_multi_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_promega_multi_read(dlu_import_job *job);
dlu_status dlu_biotek_gen5_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_biotek_gen5_read(dlu_import_job *job);
dlu_status dlu_bmg_mars_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_bmg_smart_control_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_bmg_read(dlu_import_job *job);
dlu_status dlu_tecan_icontrol_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_tecan_icontrol_read(dlu_import_job *job);
dlu_status dlu_tecan_spark_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_tecan_spark_read(dlu_import_job *job);
dlu_status dlu_tecan_magellan_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_tecan_magellan_read(dlu_import_job *job);
dlu_status dlu_perkinelmer_envision_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_perkinelmer_envision_read(dlu_import_job *job);
dlu_status dlu_revvity_kaleido_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_revvity_kaleido_read(dlu_import_job *job);
dlu_status dlu_thermo_skanit_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_thermo_skanit_read(dlu_import_job *job);
dlu_status dlu_softmax_pro_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_softmax_pro_read(dlu_import_job *job);
dlu_status dlu_spectramax_id_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_spectramax_id_read(dlu_import_job *job);
dlu_status dlu_ljl_analyst_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_ljl_analyst_read(dlu_import_job *job);
dlu_status dlu_berthold_mikrowin_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_berthold_mikrowin_read(dlu_import_job *job);
dlu_status dlu_generic_grid_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_generic_grid_read(dlu_import_job *job);
dlu_status dlu_generic_list_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_generic_list_read(dlu_import_job *job);
dlu_status dlu_generic_wells_detect(const dlu_scan *scan, dlu_detection *out);
dlu_status dlu_generic_wells_read(dlu_import_job *job);

/** Sets certainty and a formatted reason. DLU_OK or DLU_E_NO_MEMORY. */
dlu_status dlu_detected(const dlu_scan *scan, dlu_detection *out, dlu_certainty certainty,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- building (job.c); NULL or false where memory or a maximum is exhausted ---- */

/** The plate of that name, made where there is none yet. */
dlu_plate_build *dlu_job_plate(dlu_import_job *job, const char *name);

/** A new read at the end of the plate. */
dlu_read_build *dlu_job_read(dlu_import_job *job, dlu_plate_build *plate, const char *label,
                             dlu_place at);

/** Room for n readings of a read that has none yet. */
bool dlu_job_reserve(dlu_import_job *job, dlu_read_build *read, size_t n);

/** A reading as an importer finds it. */
typedef struct dlu_light {
    dlu_well well;
    dlu_read_state state;
    double value;     /**< 0 unless the state is ok */
    const char *text; /**< of the cell where the state is not ok, else "" */
    dlu_place at;
} dlu_light;

bool dlu_job_reading(dlu_import_job *job, dlu_read_build *read, const dlu_light *light);

/** What a grid of marks says of a reading: a state and no number. False where memory ran out. */
bool dlu_job_mark(dlu_import_job *job, dlu_read_build *read, dlu_well well, dlu_read_state state,
                  const char *text);

/** A numeric cell that cannot be told apart: adds the problem that asks for --decimal. */
void dlu_job_unsure(dlu_import_job *job, const dlu_cell *cell, dlu_place at);

/**
 * All readings of a grid, and the size of the plate. Texts become invalid reads, with one warning
 * that counts them; the log also hears of formulas among measured values.
 */
bool dlu_job_block(dlu_import_job *job, dlu_plate_build *plate, dlu_read_build *read,
                   const dlu_block *block);

/** One line (from 0) of each letter of a grid; line 0 is dlu_job_block. */
bool dlu_job_block_line(dlu_import_job *job, dlu_plate_build *plate, dlu_read_build *read,
                        const dlu_block *block, uint32_t line);

/** What cells of a grid or a line hold besides numbers, gathered for one warning each. */
typedef struct dlu_oddities {
    size_t n_texts;
    const dlu_cell *text;
    dlu_well text_well;
    size_t n_formulas;
    const dlu_cell *formula;
    size_t n_unsaved;
    const dlu_cell *unsaved;
} dlu_oddities;

/** One cell as a reading of the well; nothing where it is empty or NULL. */
bool dlu_job_cell(dlu_import_job *job, dlu_read_build *read, const dlu_sheet *sheet,
                  const dlu_cell *cell, dlu_well well, dlu_oddities *odd);

/** The warnings; `computed`: formulas are expected. */
void dlu_job_say_oddities(dlu_import_job *job, const dlu_sheet *sheet, const dlu_oddities *odd,
                          bool computed);

/**
 * What the file itself calls a well. Blank names and dashes are none. The first name of a well
 * stays; another one later is told in one warning for the plate.
 */
bool dlu_job_sample(dlu_import_job *job, dlu_plate_build *plate, dlu_well well, const char *name,
                    dlu_place at);

bool dlu_job_leave_out(dlu_import_job *job, dlu_place at, const char *why, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/**
 * Cells with something in them right of the grid's last column, in its rows: one left-out. With
 * `labelled` the first column there is the grid's label.
 */
bool dlu_job_leave_out_beside(dlu_import_job *job, const dlu_block *block, bool labelled);

/** Sorts readings, looks for wells that stand twice, and fills the import. */
dlu_status dlu_job_finish(dlu_import_job *job, dlu_import *import);

#endif
