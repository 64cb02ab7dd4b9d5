/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unbuilt.h"

#include <stdbool.h>
#include <string.h>

/* What is promised and not there yet. A row goes when its feature comes. */
static const cli_unbuilt commands[] = {
    {"figure", "draw from the tables that dualuc analyze --csv writes"},
    {"verify", "compare the sha256 sums that every result lists for its inputs"},
    {"diff", "compare the --json or --csv outputs of the two runs"},
    {"history", "keep the --json output of each run"},
    {"merge", "give all plates and maps to one run of dualuc analyze"},
};

static const cli_unbuilt options[] = {
    {"figures", "draw from the tables that --csv writes"},
    {"html", "write the workbook with -o, or tables with --csv"},
};

static const cli_unbuilt *find(const cli_unbuilt *table, size_t n, const char *name, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(table[i].name) == length && !strncmp(table[i].name, name, length))
            return &table[i];
    return NULL;
}

const cli_unbuilt *cli_unbuilt_command(const char *name)
{
    return find(commands, sizeof commands / sizeof *commands, name, strlen(name));
}

const cli_unbuilt *cli_unbuilt_option(const char *name, size_t length)
{
    return find(options, sizeof options / sizeof *options, name, length);
}
