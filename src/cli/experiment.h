/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_EXPERIMENT_H
#define DUALUC_CLI_EXPERIMENT_H

#include "analyze.h"
#include "seed.h"

/* One experiment, whoever asked for it: its files, how they are read, and where results go. */

typedef struct cli_experiment {
    const cli_import_options *import; /**< the plate files, and how files are read */
    const char *const *maps;
    size_t n_maps;
    const char *config;           /**< its settings as an ini file, or NULL */
    const cli_settings *settings; /**< options, which win over the ini file */
    cli_targets targets;
} cli_experiment;

/** Its files in memory. Zero-initialise; freed with cli_loaded_free. */
typedef struct cli_loaded {
    cli_file *plates;
    cli_file *maps;
    cli_file config;
    cli_seed_plan seed; /**< of the section [seed] of the ini file */
    cli_seed_loaded seed_files;
    size_t n_plates;
    size_t n_maps;
    dlu_source plate_sources[CLI_MAX_FILES];
    dlu_source map_sources[CLI_MAX_FILES];
} cli_loaded;

/**
 * Reads the settings, checks that the outputs can be written, and loads the files; *job borrows
 * from both.
 */
dlu_status cli_experiment_load(const cli_experiment *experiment, cli_loaded *files, dlu_job *job,
                               dlu_error *err);
void cli_loaded_free(cli_loaded *files);

/** SOURCE_DATE_EPOCH, or -1 where it is not set. DLU_OK or DLU_E_USAGE. */
dlu_status cli_source_date(int64_t *created, dlu_error *err);

#endif
