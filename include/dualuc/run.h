/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_RUN_H
#define DUALUC_RUN_H

#include <dualuc/report.h>
#include <dualuc/sha256.h>

/*
 * Many experiments: the list of them, what each came to, and the files that sum them up. No times
 * and no order of work are in it: the same experiments give the same bytes.
 */

/* ---- manifests ---- */

/** One row of a manifest. Texts as they stand in it; NULL where a cell is empty. */
typedef struct dlu_manifest_row {
    const char *name; /**< of the experiment: its label, or the stem of its first plate file */
    const char *const *plates;
    size_t n_plates;
    const char *const *maps;
    size_t n_maps;
    const char *config;
    const char *user;
    dlu_place at;
} dlu_manifest_row;

/** Freed with dlu_manifest_free. */
typedef struct dlu_manifest {
    dlu_manifest_row *rows;
    size_t n_rows;
    void *memory;
} dlu_manifest;

/**
 * Reads a table with a row an experiment: columns `plates` (several files with ";" between them),
 * `map`, `config`, `label`, `user`, in any order. Other columns are named in a note.
 *
 * @return DLU_OK; DLU_E_INPUT where there is no such table or no row in it; DLU_E_LIMIT;
 *         DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_manifest_read(const dlu_source *source, dlu_manifest **out,
                                     dlu_messages *log, dlu_error *err);
DLU_API void dlu_manifest_free(dlu_manifest *manifest);

/* ---- runs ---- */

/** One experiment of a run. */
typedef struct dlu_run_experiment {
    const char *name;
    const char *user;
    const char *status; /**< "done" or "failed" */
    size_t n_verdicts;
    size_t n_direct; /**< of them called direct */
    size_t n_warnings;
    const char *adjust; /**< of its verdicts: "holm", "bh", "none" */
    const char *key;    /**< sha256 of all that the outputs depend on; NULL where not known */
    const char *report; /**< the workbook, seen from the folder of the run; NULL: none */
    const char *result; /**< the JSON */
    const char *code;   /**< of the error of one that failed */
    const char *error;  /**< its place and text in one line */
    const char *hint;
} dlu_run_experiment;

/** An input or output of a run. */
typedef struct dlu_run_file {
    const char *experiment; /**< NULL: of the whole run */
    const char *path;       /**< of an input as it was given, of an output in the run's folder */
    const char *role;       /**< "plate", "map", "config"; "workbook", "json", "index", ... */
    const char *sha256;     /**< NULL where the file could not be read */
} dlu_run_file;

/** One verdict of a run; where an experiment has none, or failed, one row that says so. */
typedef struct dlu_summary_row {
    const char *experiment;
    const char *user;
    const char *status;
    const char *target;
    const char *mirna;
    double dose_nM;
    const char *treatment;
    const char *mutant;
    const char *verdict;
    const char *call;
    const char *caveats; /**< joined by ";" */
    const char *reason;  /**< of the verdict, or the error */
    double wt_fold;
    double wt_fold_low;
    double wt_fold_high;
    double mut_fold;
    double mut_fold_low;
    double mut_fold_high;
    double interaction_fold;
    double interaction_fold_low;
    double interaction_fold_high;
    double p_wt;
    double p_mut;
    double p_interaction;
    double p_direct;
    double p_direct_adjusted;       /**< over the verdicts of the experiment */
    double p_direct_adjusted_batch; /**< over those of the run */
    const char *n;
    const char *report;
    const char *result;
} dlu_summary_row;

/** The level of one control of an experiment; see history.h. */
typedef struct dlu_run_level {
    const char *experiment;
    const char *instrument; /**< format of its first plate file */
    const char *date;       /**< of the export; NULL: not known */
    const char *control;
    double value;
} dlu_run_level;

/** Freed with dlu_run_free. */
typedef struct dlu_run {
    const char *version; /**< of the program that made it */
    const char *adjust;  /**< of the whole run: "holm", "bh", "none" */
    const char *const *options;
    size_t n_options;
    dlu_run_experiment *experiments;
    size_t n_experiments;
    dlu_run_file *inputs;
    size_t n_inputs;
    dlu_run_file *outputs;
    size_t n_outputs;
    dlu_summary_row *summary;
    size_t n_summary;
    dlu_run_level *levels;
    size_t n_levels;
    void *memory;
} dlu_run;

/** What became of one experiment, to be added to a run. All borrowed, and copied. */
typedef struct dlu_run_entry {
    const char *name;
    const char *user;
    const char *key;
    const dlu_result *result; /**< NULL: it failed */
    const dlu_error *error;   /**< of one that failed */
    const dlu_run_file *inputs;
    size_t n_inputs; /**< 0: those of the result */
    const dlu_run_file *outputs;
    size_t n_outputs; /**< roles "workbook" and "json" are linked */
} dlu_run_entry;

DLU_API dlu_status dlu_run_new(dlu_run **out, dlu_error *err);
DLU_API void dlu_run_free(dlu_run *run);

/** The options of the command that made the run, copied. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_run_set_options(dlu_run *run, const char *const *options, size_t n,
                                       dlu_error *err);
DLU_API dlu_status dlu_run_add(dlu_run *run, const dlu_run_entry *entry, dlu_error *err);
/** Adds copies of all experiments of another run. */
DLU_API dlu_status dlu_run_append(dlu_run *run, const dlu_run *from, dlu_error *err);
/** Adds an output of the whole run. */
DLU_API dlu_status dlu_run_add_output(dlu_run *run, const dlu_run_file *output, dlu_error *err);

/**
 * Adjusts p_direct over all rows of the summary, by `adjust` of the run: that of its experiments,
 * or Holm's where they differ.
 */
DLU_API dlu_status dlu_run_adjust(dlu_run *run, dlu_error *err);

/** Everything that is needed to go on with the run later: all tables. */
DLU_API dlu_status dlu_run_record(const dlu_run *run, dlu_bytes *out, dlu_error *err);
/** What was done with which files: options, experiments, inputs, outputs. */
DLU_API dlu_status dlu_run_json(const dlu_run *run, dlu_bytes *out, dlu_error *err);
/** A row a verdict. */
DLU_API dlu_status dlu_run_csv(const dlu_run *run, dlu_bytes *out, dlu_error *err);
/** The same and the experiments as a workbook with links; path and `created` as for
 * dlu_report_xlsx. */
DLU_API dlu_status dlu_run_xlsx(const dlu_run *run, const char *path, int64_t created,
                                dlu_error *err);

/**
 * Reads what dlu_run_record or dlu_run_json wrote.
 *
 * @return DLU_OK; DLU_E_INPUT where it is something else; DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_run_read(const dlu_source *json, dlu_run **out, dlu_error *err);

#endif
