/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli.h"

#define N_COLUMNS 5u

static error_t parse(int key, char *arg, struct argp_state *state)
{
    if (key == ARGP_KEY_ARG)
        return cli_bad_usage(state, "expected no arguments, found \"%s\"", arg);
    return key == ARGP_KEY_INIT ? 0 : ARGP_ERR_UNKNOWN;
}

static const char *field(const dlu_format_info *info, unsigned column)
{
    const char *fields[N_COLUMNS] = {info->name, info->instrument, info->software, info->extensions,
                                     info->reads};
    return fields[column];
}

static void put_row(const dlu_format_info *info, const size_t widths[N_COLUMNS])
{
    for (unsigned c = 0; c + 1 < N_COLUMNS; c++)
        printf("%-*s  ", (int)widths[c], field(info, c));
    printf("%s\n", field(info, N_COLUMNS - 1));
}

int cli_formats(int argc, char **argv)
{
    static const dlu_format_info header = {"NAME", "INSTRUMENT", "SOFTWARE", "FILES", "READS"};
    static const struct argp argp = {NULL, parse, "",  "Lists the formats that can be read.",
                                     NULL, NULL,  NULL};
    size_t widths[N_COLUMNS];
    int code = cli_parse(&argp, argc, argv, NULL);
    if (code != CLI_DONE)
        return code;
    for (unsigned c = 0; c < N_COLUMNS; c++) {
        widths[c] = strlen(field(&header, c));
        for (size_t i = 0; i < dlu_format_count(); i++)
            if (strlen(field(dlu_format_get(i), c)) > widths[c])
                widths[c] = strlen(field(dlu_format_get(i), c));
    }
    put_row(&header, widths);
    for (size_t i = 0; i < dlu_format_count(); i++)
        put_row(dlu_format_get(i), widths);
    return CLI_DONE;
}
