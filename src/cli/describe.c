/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "describe.h"

#include <stdlib.h>
#include <string.h>

/* The group of argp's own options, after all others. */
#define LAST_GROUP      (-1)
#define MOST_GROUPS     16
#define FIELDS(...)     ((const char *const[]){__VA_ARGS__})
#define N_FIELDS(...)   (sizeof FIELDS(__VA_ARGS__) / sizeof(const char *))
#define LINE(kind, ...) cli_describe_line(kind, FIELDS(__VA_ARGS__), N_FIELDS(__VA_ARGS__))

bool cli_wants_description(int argc, char **argv)
{
    return argc == 2 && !strcmp(argv[1], "--describe");
}

static void put_field(const char *text)
{
    putchar('\t');
    for (const char *c = text ? text : ""; *c; c++) {
        if (*c == '\t' || *c == '\n' || *c == '\\')
            printf("\\%c", *c == '\t' ? 't' : *c == '\n' ? 'n' : '\\');
        else
            putchar(*c);
    }
}

void cli_describe_line(const char *kind, const char *const *fields, size_t n)
{
    printf("%s", kind);
    for (size_t i = 0; i < n; i++)
        put_field(fields[i]);
    putchar('\n');
}

void cli_describe_formats(void)
{
    for (size_t i = 0; i < dlu_format_count(); i++)
        LINE("format", dlu_format_get(i)->name, dlu_format_get(i)->extensions);
}

static bool is_end(const struct argp_option *o)
{
    return !o->name && !o->key && !o->doc && !o->group;
}

static void put_option(const struct argp *argp, const struct argp_option *o)
{
    char letter[2] = {o->key > ' ' && o->key < 127 ? (char)o->key : '\0', '\0'};
    char *help = (char *)o->doc;
    if (o->flags & OPTION_HIDDEN)
        return;
    if (argp->help_filter)
        help = argp->help_filter(o->key, o->doc, NULL);
    LINE("option", o->name, letter, o->arg, help);
    if (help != o->doc)
        free(help);
}

/* The options of one parser in one group. As for argp, 0 is the group of the row above. */
static void put_group(const struct argp *argp, int group)
{
    int now = 0;
    for (const struct argp_option *o = argp->options; o && !is_end(o); o++) {
        if (o->group)
            now = o->group;
        if (now != group)
            continue;
        if (o->name || o->key)
            put_option(argp, o);
        else
            LINE("group", o->doc);
    }
}

void cli_describe_parser(const char *name, const struct argp *argp,
                         const struct argp_option *further)
{
    const struct argp own = {.options = further};
    size_t n = argp->doc ? strcspn(argp->doc, "\v") : 0;
    char *text = malloc(n + 1);
    if (text) {
        memcpy(text, argp->doc ? argp->doc : "", n);
        text[n] = '\0';
    }
    LINE("parser", name, argp->args_doc, text);
    free(text);
    for (int group = 0; group < MOST_GROUPS; group++) {
        put_group(argp, group);
        for (const struct argp_child *c = argp->children; c && c->argp; c++)
            put_group(c->argp, group);
    }
    put_group(&own, LAST_GROUP);
}
