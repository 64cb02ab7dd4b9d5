/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_SEED_H
#define DUALUC_CLI_SEED_H

#include "cli.h"

/*
 * Which files are looked through for sites: named by the options of dualuc seed, or by the section
 * [seed] of an ini file.
 */

#define CLI_MAX_SEED_FILES 256u
#define CLI_MAX_CODING     32u

typedef struct cli_seed_insert {
    char *target; /**< NULL: named by the records */
    char *construct;
    char *path;
    char *part; /**< or NULL: that of the plan */
} cli_seed_insert;

/** Zero-initialise; all texts are its own, freed with cli_seed_plan_free. */
typedef struct cli_seed_plan {
    char *mirna; /**< names, sequences or a file */
    bool mirna_is_file;
    char *mirbase;
    char *published;
    char *part; /**< of every insert that names none itself */
    cli_seed_insert inserts[CLI_MAX_SEED_FILES];
    size_t n_inserts;
    char *coding[CLI_MAX_CODING];
    size_t n_coding;
    bool asked; /**< something was set */
} cli_seed_plan;

void cli_seed_plan_free(cli_seed_plan *plan);

/** Whether text names a file rather than a microRNA: by its form, or as `path` is there. */
bool cli_seed_is_path(const char *text, const char *path);

/** Each adds one; DLU_OK, DLU_E_USAGE above the maximum, DLU_E_NO_MEMORY. */
dlu_status cli_seed_add_insert(cli_seed_plan *plan, const char *target, const char *construct,
                               const char *path, dlu_error *err);
dlu_status cli_seed_add_coding(cli_seed_plan *plan, const char *path, dlu_error *err);

/** A copy that replaces *to. */
dlu_status cli_seed_copy(char **to, const char *text, dlu_error *err);

/**
 * One line of the section [seed]; paths are relative to the folder of `ini`.
 *
 * @return DLU_OK; DLU_E_USAGE for an unknown key or a wrong value; DLU_E_NO_MEMORY
 */
dlu_status cli_seed_set(cli_seed_plan *plan, const char *ini, const char *key, const char *value,
                        dlu_error *err);

/** Every path of the plan, at most `max`; returns how many. */
size_t cli_seed_paths(const cli_seed_plan *plan, const char **paths, size_t max);

#define CLI_MAX_SEED_PATHS (CLI_MAX_SEED_FILES + CLI_MAX_CODING + 3u)

/** The files in memory, and the request that they make. Zero-initialise. */
typedef struct cli_seed_loaded {
    cli_file *files;
    size_t n_files;
    dlu_source single[3]; /**< microRNAs, miRBase, published targets */
    dlu_seed_file inserts[CLI_MAX_SEED_FILES];
    dlu_source coding[CLI_MAX_CODING];
    dlu_seed_request request;
} cli_seed_loaded;

dlu_status cli_seed_load(const cli_seed_plan *plan, cli_seed_loaded *out, dlu_error *err);
void cli_seed_loaded_free(cli_seed_loaded *loaded);

/** Adds "did you mean ...?" where a microRNA's name was not known. */
void cli_seed_hint(const cli_seed_plan *plan, dlu_error *err);

#endif
