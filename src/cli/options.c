/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "describe.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OPTIONS 96u

/*
 * The options of a parser and its children in one list. argp itself would end the program with
 * getopt's words; so each option is looked up here first, and argp only meets good ones.
 */
typedef struct known {
    struct argp_option items[MAX_OPTIONS];
    size_t n;
} known;

static void add(known *list, const struct argp_option *option)
{
    if (list->n < MAX_OPTIONS)
        list->items[list->n++] = *option;
}

static void add_all(known *list, const struct argp *argp)
{
    for (const struct argp_option *o = argp->options; o && (o->name || o->key || o->doc); o++)
        if (o->name || o->key)
            add(list, o);
    for (const struct argp_child *c = argp->children; c && c->argp; c++)
        for (const struct argp_option *o = c->argp->options; o && (o->name || o->key || o->doc);
             o++)
            if (o->name || o->key)
                add(list, o);
}

static error_t refuse(const char *command, const char *code, const char *hint, const char *text)
{
    char help[160];
    dlu_error err;
    snprintf(help, sizeof help, "\"%s --help\" lists the options", command);
    cli_fail(&err, DLU_E_USAGE, code, "", hint ? hint : help, "%s", text);
    cli_say_error(&err);
    return EINVAL;
}

static error_t refuse_unknown(const known *list, const char *command, const char *name,
                              size_t length)
{
    const char *names[MAX_OPTIONS];
    char word[64];
    char text[160];
    char hint[200];
    snprintf(word, sizeof word, "%.*s", (int)length, name);
    for (size_t i = 0; i < list->n; i++)
        names[i] = list->items[i].flags & OPTION_HIDDEN ? NULL : list->items[i].name;
    const char *near = cli_nearest(word, names, list->n);
    snprintf(text, sizeof text, "unknown option --%s", word);
    if (near)
        snprintf(hint, sizeof hint, "did you mean --%s? \"%s --help\" lists the options", near,
                 command);
    return refuse(command, "unknown-option", near ? hint : NULL, text);
}

/* The option of that long name or the only one that begins with it; NULL after saying why not. */
static const struct argp_option *find_long(const known *list, const char *command, const char *name,
                                           size_t length)
{
    const struct argp_option *found = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const struct argp_option *o = &list->items[i];
        if (!o->name || strncmp(o->name, name, length))
            continue;
        if (strlen(o->name) == length)
            return o;
        if (found) {
            char text[200];
            snprintf(text, sizeof text, "--%.*s may mean --%s or --%s", (int)length, name,
                     found->name, o->name);
            refuse(command, "ambiguous-option", "write it out", text);
            return NULL;
        }
        found = o;
    }
    if (!found)
        refuse_unknown(list, command, name, length);
    return found;
}

/* Checks "--name", "--name=value"; *next says that the value is the next argument. */
static error_t check_long(const known *list, const char *command, const char *arg, bool *next)
{
    char text[160];
    size_t length = strcspn(arg + 2, "=");
    const struct argp_option *o = find_long(list, command, arg + 2, length);
    if (!o)
        return EINVAL;
    *next = o->arg && !arg[2 + length];
    if (o->arg || !arg[2 + length])
        return 0;
    snprintf(text, sizeof text, "--%s takes no value, found \"%s\"", o->name, arg + 2 + length + 1);
    return refuse(command, "option-takes-no-value", NULL, text);
}

/* Checks "-o", "-oVALUE" and letters together. */
static error_t check_short(const known *list, const char *command, const char *arg, bool *next)
{
    char text[80];
    for (const char *c = arg + 1; *c; c++) {
        const struct argp_option *o = NULL;
        for (size_t i = 0; i < list->n && !o; i++)
            if (list->items[i].key == *c)
                o = &list->items[i];
        if (!o) {
            snprintf(text, sizeof text, "unknown option -%c", *c);
            return refuse(command, "unknown-option", NULL, text);
        }
        *next = o->arg && !c[1];
        if (o->arg)
            break;
    }
    return 0;
}

static error_t check(const known *list, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool next = false;
        error_t error = 0;
        if (!strncmp(argv[i], "--", 2))
            error = check_long(list, argv[0], argv[i], &next);
        else if (argv[i][0] == '-' && argv[i][1])
            error = check_short(list, argv[0], argv[i], &next);
        if (error)
            return error;
        if (next && i + 1 >= argc) {
            char text[80];
            snprintf(text, sizeof text, "%s needs a value, found none", argv[i]);
            return refuse(argv[0], "option-needs-value", NULL, text);
        }
        i += next;
    }
    return 0;
}

int cli_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    static const struct argp_option own[] = {{NULL, 0, NULL, 0, "Help:", -1},
                                             {"help", '?', NULL, 0, "list the options", 0},
                                             {"usage", 0, NULL, 0, "list the options in short", 0},
                                             {"version", 'V', NULL, 0, "print the version", 0},
                                             {0}};
    const struct argp help = {.options = own};
    known list = {.n = 0};
    if (cli_wants_description(argc, argv)) {
        cli_describe_parser(argv[0], argp, own);
        return CLI_DESCRIBED;
    }
    add_all(&list, argp);
    add_all(&list, &help);
    if (check(&list, argc, argv))
        return CLI_USAGE;
    error_t error = argp_parse(argp, argc, argv, 0, NULL, input);
    if (error != ENOMEM)
        return error ? CLI_USAGE : CLI_DONE;
    dlu_error err;
    cli_fail(&err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    return cli_say_failure(NULL, &err);
}

char *cli_with_default(const char *help, const char *initial)
{
    size_t size = strlen(help) + strlen(initial) + sizeof " (default: )";
    char *longer = malloc(size);
    if (!longer)
        return (char *)help;
    snprintf(longer, size, "%s (default: %s)", help, initial);
    return longer;
}

error_t cli_bad_usage(const struct argp_state *state, const char *format, ...)
{
    char text[400];
    char help[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    snprintf(help, sizeof help, "\"%s --help\" says how", state->name);
    return refuse(state->name, "bad-usage", help, text);
}
