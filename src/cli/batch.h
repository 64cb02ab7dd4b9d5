/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_BATCH_H
#define DUALUC_CLI_BATCH_H

#include "experiment.h"
#include "workers.h"

/* Many experiments: what batch, merge and verify share. */

/** One experiment of a list. All of malloc. */
typedef struct cli_item {
    char *name; /**< folder of its outputs, seen from that of the run */
    char *user; /**< or NULL */
    char **plates;
    size_t n_plates;
    char **maps;
    size_t n_maps;
    char *config;   /**< or NULL */
    char *manifest; /**< the file that lists it, or NULL; its place there */
    char manifest_at[128];
    dlu_error *problem; /**< why it cannot be run at all, or NULL */
} cli_item;

/** Zero-initialise; freed with cli_items_free. */
typedef struct cli_items {
    cli_item *items;
    size_t n;
    size_t cap;
} cli_items;

/** A new item at the end, or NULL where memory ran out. */
cli_item *cli_items_add(cli_items *list, const char *name);
/** Adds a path to a list of an item: folder/path, or path alone where folder is "" or ".". */
bool cli_item_add_path(char ***list, size_t *n, const char *folder, const char *path);
/** Notes why an item cannot be run; the first reason stays. False where memory ran out. */
bool cli_item_problem(cli_item *item, const dlu_error *err);
/** Names that cannot be folders of their own become problems of their items. */
dlu_status cli_items_check_names(cli_items *list, dlu_error *err);
void cli_items_free(cli_items *list);

/** The experiments of a manifest, paths relative to its folder (batch_manifest.c). */
dlu_status cli_items_from_manifest(const char *path, bool allow_outside, cli_items *list,
                                   dlu_messages *log, dlu_error *err);
/** Those of a folder, without what stands under `out` (batch_folder.c). */
dlu_status cli_items_from_folder(const char *path, const char *out, cli_items *list,
                                 dlu_error *err);

/** How every experiment of a run is done. */
typedef struct cli_batch {
    cli_import_options import; /**< how files are read; no paths */
    cli_settings settings;
    const char *source; /**< manifest or folder */
    const char *out;
    const char *log;
    const char *history;    /**< where the levels of controls are kept, or NULL */
    const char *baseline;   /**< of the history, or NULL */
    cli_figure_style style; /**< of figures, where they are asked for */
    bool csv;               /**< outputs beside workbook and JSON */
    bool html;
    bool figures;
    unsigned jobs;
    bool resume;
    bool fail_fast;
    bool allow_outside;
    int64_t created; /**< of workbooks, or -1 */
    cli_items list;
} cli_batch;

/** The options that results depend on, as the command line takes them; of malloc, also each. */
char **cli_batch_options(const cli_batch *batch, size_t *n);
void cli_texts_free(char **texts, size_t n);

/**
 * The same read back: how files are read, and the settings. `file` names where they come from, for
 * the error.
 */
dlu_status cli_batch_from_options(cli_batch *batch, const char *const *options, size_t n,
                                  const char *file, dlu_error *err);

/** --jobs N, and what it is where it is not given. */
error_t cli_jobs(unsigned *jobs, const char *arg, const struct argp_state *state);
unsigned cli_processors(void);

/** Does all experiments, adds them to the run and writes the files over all. */
dlu_status cli_batch_work(cli_batch *batch, dlu_run *run, dlu_error *err);

/** Names of files in the folder of an experiment. */
#define CLI_REPORT_NAME  "report.xlsx"
#define CLI_RESULT_NAME  "result.json"
#define CLI_RECORD_NAME  ".experiment.json"
#define CLI_TABLES_NAME  "tables"
#define CLI_FIGURES_NAME "figures"
#define CLI_PAGE_NAME    "report.html"

/** What became of an experiment: the first byte of an answer. */
enum { CLI_ITEM_DONE = 'd', CLI_ITEM_UNCHANGED = 'u', CLI_ITEM_FAILED = 'f' };

/**
 * Does one experiment in a worker (batch_one.c). The answer is a byte, the length of the record of
 * a run of one experiment as 8 bytes, the record, and messages to be shown.
 */
void cli_batch_one(const cli_batch *batch, const cli_item *item, cli_answer *answer);

/** Adds an experiment that was not done to a run. */
dlu_status cli_run_add_failed(dlu_run *run, const cli_item *item, const dlu_error *why,
                              dlu_error *err);

/* ---- the folder of a run (batch_place.c) ---- */

typedef struct cli_lock {
    int fd;
    char *path;
} cli_lock;

/** Makes folders down to `path`. DLU_OK or DLU_E_IO. */
dlu_status cli_make_folders(const char *path, dlu_error *err);
/** Holds a folder for one batch at a time; a second one is refused, naming the first's process. */
dlu_status cli_lock_folder(const char *folder, cli_lock *lock, dlu_error *err);
void cli_unlock_folder(cli_lock *lock);
/** Removes what killed processes left half-written in a folder, which nobody else may be writing
 * into: the lock is held. */
void cli_remove_leftovers(const char *folder);
/** Removes the folder of an experiment and those above it, as far as they are empty. */
void cli_remove_empty(const char *folder, const char *name);
/** Removes a folder that holds the outputs of a run of these experiments, and nothing else. */
void cli_remove_run(const char *folder, const cli_items *list, const dlu_run *run);
/** "folder/name", of malloc; NULL where memory ran out. */
char *cli_joined(const char *folder, const char *name);
/** The path without links and "..", of malloc; NULL where it leads nowhere. */
char *cli_real_path(const char *path);
/** A file that lines are added to. */
dlu_status cli_open_log(const char *path, FILE **log, dlu_error *err);
/** The sha256 of a file's bytes. DLU_OK or DLU_E_IO. */
dlu_status cli_hash_file(const char *path, char hex[65], dlu_error *err);

/* ---- the files over all experiments (batch_sum.c) ---- */

/** Writes index.xlsx, summary.csv and run.json into the folder, all or none. */
dlu_status cli_run_write(dlu_run *run, const char *folder, int64_t created, dlu_error *err);
/** One line on standard output: how many are done and failed, and where it stands. */
void cli_run_say(const dlu_run *run, const char *folder);
/** CLI_SOME_FAILED where an experiment failed. */
int cli_run_code(const dlu_run *run);

/* ---- progress (batch_say.c) ---- */

typedef struct cli_progress {
    FILE *log; /**< or NULL */
    size_t n;
    size_t done;
    size_t failed;
    double began;
    bool terminal;
} cli_progress;

void cli_progress_begin(cli_progress *progress, size_t n, FILE *log);
/** Tells of one experiment that was taken. `messages`: rendered, or "". */
void cli_progress_add(cli_progress *progress, const dlu_run_experiment *e, bool unchanged,
                      const char *messages);
void cli_progress_end(cli_progress *progress);

#endif
