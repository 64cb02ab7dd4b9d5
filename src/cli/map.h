/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_MAP_H
#define DUALUC_CLI_MAP_H

#include "cli.h"

/* The two halves of "dualuc map"; argv[0] is "dualuc map new" or "dualuc map check". */
dlu_cli_command cli_map_new;
dlu_cli_command cli_map_check;

/** Draws plates, arms and design (map_draw.c). `colour` for terminals. */
void cli_map_draw(FILE *out, const dlu_map_check *check, bool colour);

#endif
