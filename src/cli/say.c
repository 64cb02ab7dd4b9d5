/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RENDERED_SIZE 2048u

static bool wants_colour(void)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}

static const char *colour_of(dlu_severity severity)
{
    switch (severity) {
    case DLU_ERROR:
        return "\033[1;31m";
    case DLU_WARNING:
        return "\033[1;33m";
    default:
        return "\033[1;36m";
    }
}

/* Colours the severity word, which stands after the place. */
static void print_coloured(const dlu_message *m, const char *text)
{
    size_t file = dlu_visible(*m->file ? m->file : "dualuc", NULL, 0);
    size_t place = file + (*m->at ? 1 + dlu_visible(m->at, NULL, 0) : 0) + 2;
    size_t word = strlen(dlu_severity_name(m->severity)) + 1;
    if (strlen(text) < place + word) {
        fprintf(stderr, "%s\n", text);
        return;
    }
    fprintf(stderr, "%.*s%s%.*s\033[0m%s\n", (int)place, text, colour_of(m->severity), (int)word,
            text + place, text + place + word);
}

static void say(const dlu_message *m)
{
    char text[RENDERED_SIZE];
    size_t n = dlu_message_render(m, text, sizeof text);
    char *longer = n < sizeof text ? NULL : malloc(n + 1);
    if (longer)
        dlu_message_render(m, longer, n + 1);
    if (wants_colour())
        print_coloured(m, longer ? longer : text);
    else
        fprintf(stderr, "%s\n", longer ? longer : text);
    free(longer);
}

void cli_say_error(const dlu_error *err)
{
    if (!strcmp(err->code, CLI_PIPE_CLOSED))
        return;
    dlu_message m = {DLU_ERROR, err->code, err->text, err->hint, err->file, err->at};
    say(&m);
}

void cli_say_messages(const dlu_messages *log)
{
    for (size_t i = 0; i < dlu_messages_count(log); i++)
        say(dlu_messages_get(log, i));
}

/* Also where an earlier write met the closed pipe, whose errno is gone. */
static bool reader_is_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return errno == EPIPE || (poll(&out, 1, 0) > 0 && out.revents & POLLERR);
}

dlu_status cli_flush_stdout(dlu_error *err)
{
    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return DLU_OK;
    const char *why = errno ? strerror(errno) : "an earlier write failed";
    const char *hint = errno == ENOSPC ? "make room on the disk" : "";
    if (reader_is_gone())
        return cli_fail(err, DLU_E_IO, CLI_PIPE_CLOSED, "", "", "nobody reads standard output");
    return cli_fail(err, DLU_E_IO, "cannot-write", "", hint,
                    "writing to standard output failed: %s", why);
}

void cli_warn(const char *code, const char *file, const char *hint, const char *format, ...)
{
    char text[640];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const dlu_message m = {DLU_WARNING, code, text, hint, file, ""};
    say(&m);
}

int cli_exit_code(dlu_status status)
{
    switch (status) {
    case DLU_OK:
        return CLI_DONE;
    case DLU_E_USAGE:
        return CLI_USAGE;
    default:
        return CLI_FAILED;
    }
}

int cli_say_failure(const dlu_messages *log, const dlu_error *err)
{
    cli_say_messages(log);
    cli_say_error(err);
    return cli_exit_code(err->status);
}

dlu_status cli_fail(dlu_error *err, dlu_status status, const char *code, const char *file,
                    const char *hint, const char *format, ...)
{
    va_list args;
    *err = (dlu_error){.status = status};
    snprintf(err->code, sizeof err->code, "%s", code);
    snprintf(err->file, sizeof err->file, "%s", file);
    snprintf(err->hint, sizeof err->hint, "%s", hint);
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return status;
}
