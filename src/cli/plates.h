/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_PLATES_H
#define DUALUC_CLI_PLATES_H

#include "cli.h"

/* What read and inspect share: the files of a request, each imported, and their plates. */

typedef struct cli_imports {
    const char *const *paths; /**< as given; borrowed */
    size_t n_files;
    dlu_import *imports[CLI_MAX_FILES]; /**< NULL where a file could not be read */
    dlu_messages *logs[CLI_MAX_FILES];
    dlu_error errors[CLI_MAX_FILES]; /**< why, for those */
    dlu_messages *log;               /**< of putting them together */
    dlu_plates *plates;              /**< NULL where that failed, or no file was read */
} cli_imports;

/**
 * Loads and imports every file; goes on after one that cannot be imported (see errors).
 *
 * @return DLU_OK; otherwise a file could not be loaded at all
 */
dlu_status cli_imports_read(const cli_import_options *options, cli_imports *out, dlu_error *err);

/** Puts together what was imported. */
dlu_status cli_imports_assemble(const cli_import_options *options, const dlu_channel_choice *choice,
                                cli_imports *out, dlu_error *err);
void cli_imports_free(cli_imports *imports);

/** Read number, as --channels counts, of every read of a plate: out[n_reads]. */
void cli_read_numbers(const dlu_plate *plate, size_t *out);

#endif
