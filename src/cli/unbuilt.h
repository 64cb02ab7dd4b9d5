/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_UNBUILT_H
#define DUALUC_CLI_UNBUILT_H

/** A command that is promised, but not built in this version. */
typedef struct cli_unbuilt {
    const char *name;
    const char *instead; /**< what to do meanwhile */
} cli_unbuilt;

/** The row of that command, or NULL. */
const cli_unbuilt *cli_unbuilt_command(const char *name);

#endif
