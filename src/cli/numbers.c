/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

#define MOST_DIGITS 18u
#define MOST_NUMBER 1000000u

error_t cli_whole_number(uint64_t *to, const char *option, const char *arg,
                         const struct argp_state *state)
{
    uint64_t number = 0;
    size_t n = strspn(arg, "0123456789");
    if (!n || n > MOST_DIGITS || arg[n])
        return cli_bad_usage(state, "--%s: expected a whole number, found \"%s\"", option, arg);
    for (const char *c = arg; *c; c++)
        number = number * 10 + (uint64_t)(*c - '0');
    *to = number;
    return 0;
}

error_t cli_count(unsigned *to, const char *option, const char *arg, const struct argp_state *state)
{
    uint64_t number = 0;
    error_t bad = cli_whole_number(&number, option, arg, state);
    if (bad)
        return bad;
    if (number > MOST_NUMBER)
        return cli_bad_usage(state, "--%s: expected a whole number, found \"%s\"", option, arg);
    *to = (unsigned)number;
    return 0;
}
