/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plates.h"

enum { KEY_BLOCK = 0x100 };

typedef struct request {
    const char *map;
    cli_import_options import; /* the plates it is for */
    dlu_settings settings;     /* of which --block counts */
} request;

static const struct argp_option options[] = {{"block", KEY_BLOCK, "COLUMN|plate|none", 0,
                                              "what was run together (default: found by structure)",
                                              1},
                                             {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    request *r = state->input;
    dlu_error err;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &r->import;
        return 0;
    case KEY_BLOCK:
        if (dlu_setting_set(&r->settings, "block", arg, &err))
            return cli_bad_usage(state, "%s", err.text);
        return 0;
    case ARGP_KEY_ARG:
        if (r->map)
            return ARGP_ERR_UNKNOWN; /* a plate, for the child */
        r->map = arg;
        return 0;
    case ARGP_KEY_END:
        return r->map ? 0 : cli_bad_usage(state, "expected MAP, found none");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool wants_colour(void)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}

/* The plates the map is for, where some were given; the first file that fails is the error. */
static dlu_status read_plates(request *r, cli_imports *imports, dlu_error *err)
{
    dlu_channel_choice choice = {.channels = r->import.channels, .time = r->import.time};
    dlu_status status = cli_imports_read(&r->import, imports, err);
    for (size_t i = 0; !status && i < imports->n_files; i++) {
        cli_say_messages(imports->logs[i]);
        if (imports->imports[i])
            continue;
        *err = imports->errors[i];
        status = err->status;
    }
    if (!status)
        status = cli_imports_assemble(&r->import, &choice, imports, err);
    cli_say_messages(imports->log);
    return status;
}

static dlu_status check(request *r, cli_imports *imports, dlu_messages *log, dlu_error *err)
{
    cli_file file = {0};
    dlu_map_check *result = NULL;
    dlu_status status = r->import.n_paths ? read_plates(r, imports, err) : DLU_OK;
    if (!status)
        status = cli_file_read(r->map, &file, err);
    if (!status)
        status = dlu_map_check_new(&file.source, imports->plates, &r->settings, &result, log, err);
    cli_say_messages(log);
    if (status)
        cli_say_error(err);
    else
        cli_map_draw(stdout, result, wants_colour());
    dlu_map_check_free(result);
    cli_file_free(&file);
    return status;
}

int cli_map_check(int argc, char **argv)
{
    static const struct argp_child children[] = {{&cli_import_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        options,
        parse,
        "MAP [PLATE...]",
        "Checks a plate map: draws plates and design, counts the wells of each arm, and warns of "
        "what is missing or uneven. With PLATE files, plates and wells are compared with "
        "theirs.\v"
        "The exit code is 0 also with warnings, and 1 where the map cannot be read.\n\n"
        "Example:\n  dualuc map check map.xlsx day1.xlsx day2.xlsx day3.xlsx",
        children,
        NULL,
        NULL};
    request r = {0};
    cli_imports imports = {0};
    dlu_error err;
    dlu_settings_default(&r.settings);
    int code = cli_parse(&argp, argc, argv, &r);
    if (code)
        return code;
    dlu_messages *log = dlu_messages_new();
    dlu_status status = log ? check(&r, &imports, log, &err)
                            : cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "",
                                       "not enough "
                                       "memory");
    dlu_messages_free(log);
    cli_imports_free(&imports);
    return cli_exit_code(status);
}
