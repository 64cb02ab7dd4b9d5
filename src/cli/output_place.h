/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_OUTPUT_PLACE_H
#define DUALUC_CLI_OUTPUT_PLACE_H

#include "cli.h"

#define CLI_MAX_FOLDER 3800

/** A path taken apart: "a/b.csv" is "a" and "b.csv"; "b.csv" is "." and "b.csv". */
typedef struct cli_place {
    char folder[CLI_MAX_FOLDER];
    const char *name; /**< points into the path */
} cli_place;

/** False where the folder is too long. */
bool cli_split_path(const char *path, cli_place *out);

#endif
