/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map.h"

#include <string.h>

static int print_help(void)
{
    printf("Usage: dualuc map new [options] [-o FILE]\n"
           "  or:  dualuc map check [options] MAP [PLATE...]\n\n"
           "A plate map to fill in, or a check of one.\n\n"
           "  new        makes a plate map from the arms that you name\n"
           "  check      draws plates and design, counts wells, names what is missing\n\n"
           "\"dualuc map new --help\" and \"dualuc map check --help\" list the options.\n\n"
           "Examples:\n"
           "  dualuc map new --targets PTEN --mirna miR-21 --plates 3 -o map.xlsx\n"
           "  dualuc map check map.xlsx\n");
    return CLI_DONE;
}

static int refuse(const char *found)
{
    static const char *const names[] = {"new", "check"};
    char hint[160];
    dlu_error err;
    const char *near = found ? cli_nearest(found, names, 2) : NULL;
    snprintf(hint, sizeof hint, "%s%s%s\"dualuc map --help\" tells what they do",
             near ? "did you mean " : "", near ? near : "", near ? "? " : "");
    if (found)
        cli_fail(&err, DLU_E_USAGE, "unknown-map-command", "", hint,
                 "expected map new or map check, found \"map %s\"", found);
    else
        cli_fail(&err, DLU_E_USAGE, "no-map-command", "", hint,
                 "expected map new or map check, found map alone");
    return cli_say_failure(NULL, &err);
}

int cli_map(int argc, char **argv)
{
    char new_name[] = "dualuc map new", check_name[] = "dualuc map check";
    if (argc < 2)
        return refuse(NULL);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-?") || !strcmp(argv[1], "-h") ||
        !strcmp(argv[1], "--usage"))
        return print_help();
    if (!strcmp(argv[1], "new")) {
        argv[1] = new_name;
        return cli_map_new(argc - 1, argv + 1);
    }
    if (!strcmp(argv[1], "check")) {
        argv[1] = check_name;
        return cli_map_check(argc - 1, argv + 1);
    }
    return refuse(argv[1]);
}
