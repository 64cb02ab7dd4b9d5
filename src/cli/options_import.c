/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <string.h>

enum { KEY_FORMAT = 0x200, KEY_DECIMAL, KEY_CHANNELS, KEY_TIME, KEY_FIREFLY, KEY_RENILLA };

#define IMPORT_GROUP 3

/* How files are read. */
#define READING                                                                                     \
    {NULL, 0, NULL, 0, "Reading the files:", IMPORT_GROUP},                                         \
        {"format",                                                                                  \
         KEY_FORMAT,                                                                                \
         "NAME",                                                                                    \
         0,                                                                                         \
         "the format, where it is not found out (\"dualuc formats\")",                              \
         IMPORT_GROUP},                                                                             \
        {"decimal", KEY_DECIMAL, "point|comma", 0, "the decimal sign of text files", IMPORT_GROUP}, \
        {"channels",                                                                                \
         KEY_CHANNELS,                                                                              \
         "1=firefly,2=renilla",                                                                     \
         0,                                                                                         \
         "which read of a plate is which channel",                                                  \
         IMPORT_GROUP},                                                                             \
    {                                                                                               \
        "time", KEY_TIME, "SECONDS|first|max|integral", 0,                                          \
            "which of several time points counts: the one at SECONDS, the first, of each well "     \
            "the highest "                                                                          \
            "or the area under all",                                                                \
            IMPORT_GROUP                                                                            \
    }

static const struct argp_option reading_options[] = {READING, {0}};

static const struct argp_option options[] = {
    READING,
    {"firefly", KEY_FIREFLY, "FILE", 0, "a file with firefly light only; give --renilla beside it",
     IMPORT_GROUP},
    {"renilla", KEY_RENILLA, "FILE", 0, "a file with Renilla light only", IMPORT_GROUP},
    {0}};

static error_t set_format(cli_import_options *o, const char *name, const struct argp_state *state)
{
    const char *names[64];
    size_t n = dlu_format_count() < 64 ? dlu_format_count() : 64;
    for (size_t i = 0; i < n; i++) {
        names[i] = dlu_format_get(i)->name;
        if (!strcmp(names[i], name)) {
            o->import.format = names[i];
            return 0;
        }
    }
    const char *near = cli_nearest(name, names, n);
    return cli_bad_usage(state,
                         "--format: expected a name that \"dualuc formats\" lists%s%s, found "
                         "\"%s\"",
                         near ? ", such as " : "", near ? near : "", name);
}

static error_t set_decimal(cli_import_options *o, const char *word, const struct argp_state *state)
{
    if (!strcmp(word, "point"))
        o->import.decimal = DLU_DECIMAL_POINT;
    else if (!strcmp(word, "comma"))
        o->import.decimal = DLU_DECIMAL_COMMA;
    else
        return cli_bad_usage(state, "--decimal: expected point or comma, found \"%s\"", word);
    return 0;
}

static error_t add_path(cli_import_options *o, const char *path, const char *channel,
                        const struct argp_state *state)
{
    if (o->n_paths >= CLI_MAX_FILES)
        return cli_bad_usage(state, "expected at most %u plate files, found more", CLI_MAX_FILES);
    o->paths[o->n_paths] = path;
    o->channel_of[o->n_paths++] = channel;
    return 0;
}

static size_t count(const cli_import_options *o, const char *channel)
{
    size_t n = 0;
    for (size_t i = 0; i < o->n_paths; i++)
        n += channel ? o->channel_of[i] && !strcmp(o->channel_of[i], channel) : !o->channel_of[i];
    return n;
}

/* A firefly file without its Renilla file cannot be paired, nor can a mixture with whole plates. */
static error_t check_paths(const cli_import_options *o, const struct argp_state *state)
{
    size_t firefly = count(o, "firefly");
    size_t renilla = count(o, "renilla");
    if (firefly != renilla)
        return cli_bad_usage(state,
                             "expected as many --firefly as --renilla files, found %zu and %zu",
                             firefly, renilla);
    if (firefly && count(o, NULL))
        return cli_bad_usage(state, "expected PLATE files, or --firefly with --renilla files, "
                                    "found both");
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_import_options *o = state->input;
    switch (key) {
    case KEY_FORMAT:
        return set_format(o, arg, state);
    case KEY_DECIMAL:
        return set_decimal(o, arg, state);
    case KEY_CHANNELS:
        o->channels = arg;
        return 0;
    case KEY_TIME:
        o->time = arg;
        return 0;
    case KEY_FIREFLY:
        return add_path(o, arg, "firefly", state);
    case KEY_RENILLA:
        return add_path(o, arg, "renilla", state);
    case ARGP_KEY_ARG:
        return add_path(o, arg, NULL, state);
    case ARGP_KEY_END:
        return check_paths(o, state);
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp cli_import_argp = {options, parse, NULL, NULL, NULL, NULL, NULL};
const struct argp cli_reading_argp = {reading_options, parse, NULL, NULL, NULL, NULL, NULL};
