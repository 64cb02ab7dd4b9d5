/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_DESCRIBE_H
#define DUALUC_CLI_DESCRIBE_H

#include "cli.h"

/*
 * The tables of commands and options as lines for tools/tables.py, from which man pages and
 * completions are made: "dualuc help --describe" and "dualuc COMMAND --describe". It is no promise
 * to users, and no help lists it. A line is a kind and its fields, separated by tabs; in a field
 * tab, newline and backslash are written "\t", "\n" and "\\".
 *
 *   command NAME SUMMARY
 *   format  NAME EXTENSIONS
 *   parser  "dualuc COMMAND" ARGUMENTS TEXT
 *   group   HEADER
 *   option  LONG SHORT ARGUMENT HELP
 */

/** What cli_parse returns after describing: there is nothing to do, and nothing went wrong. */
#define CLI_DESCRIBED (-1)

/** True for the arguments "--describe" alone. */
bool cli_wants_description(int argc, char **argv);

/** Prints a line: kind, then n fields (NULL is empty). */
void cli_describe_line(const char *kind, const char *const *fields, size_t n);

/** Prints the lines of the formats. */
void cli_describe_formats(void);

/** Prints a parser, its children's options and its own n further ones, by group as in the help. */
void cli_describe_parser(const char *name, const struct argp *argp,
                         const struct argp_option *further);

#endif
