/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unbuilt.h"

#include <string.h>

/* What is promised and not there yet. A row goes when its feature comes. */
static const cli_unbuilt commands[] = {
    {"history", "keep the --json output of each run"},
};

const cli_unbuilt *cli_unbuilt_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}
