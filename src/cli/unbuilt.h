/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_UNBUILT_H
#define DUALUC_CLI_UNBUILT_H

#include <stddef.h>

/** A command or option that is promised, but not built in this version. */
typedef struct cli_unbuilt {
    const char *name;    /**< without dashes in front */
    const char *instead; /**< what to do meanwhile */
} cli_unbuilt;

/** The row of that command, or NULL. */
const cli_unbuilt *cli_unbuilt_command(const char *name);

/** The row of the option whose long name is the first `length` bytes, or NULL. */
const cli_unbuilt *cli_unbuilt_option(const char *name, size_t length);

#endif
