/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "report/model.h"
#include "report/table.h"

/* The command line that makes a result again: files as they were named, and what was set. */

typedef struct command {
    dlu_arena *arena;
    const char *text; /* NULL: memory ran out */
} command;

/* A word as a shell takes it: in quotes where it holds more than plain characters. */
static void add_word(command *c, const char *between, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_./,:=+-@%";
    bool quoted = !*word || word[strspn(word, plain)] != '\0';
    const char *safe = quoted ? "'" : word;
    for (const char *p = word; quoted && *p && safe; p++)
        safe = *p == '\'' ? dlu_arena_printf(c->arena, "%s'\\''", safe)
                          : dlu_arena_printf(c->arena, "%s%c", safe, *p);
    if (c->text && safe)
        c->text = dlu_arena_printf(c->arena, "%s%s%s%s", c->text, between, safe, quoted ? "'" : "");
    else
        c->text = NULL;
}

static void add_option(command *c, const char *name, const char *value)
{
    if (!value)
        return;
    if (c->text)
        c->text = dlu_arena_printf(c->arena, "%s --%s", c->text, name);
    if (*value)
        add_word(c, " ", value);
}

/* A setting as text; NULL where it has no value. */
static const char *text_of(const dlu_report_value *value, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    switch (value->kind) {
    case DLU_VALUE_TEXT:
        return value->text;
    case DLU_VALUE_NUMBER:
    case DLU_VALUE_COUNT:
        return dlu_arena_copy(arena, dlu_text_from_double(value->number, number));
    case DLU_VALUE_BOOL:
        return value->yes ? "yes" : "no";
    default:
        return NULL;
    }
}

static bool same_value(const dlu_report_value *a, const dlu_report_value *b, dlu_arena *arena)
{
    const char *left = text_of(a, arena), *right = text_of(b, arena);
    return left && right ? !strcmp(left, right) : left == right;
}

/* "drop_wells" is --drop-wells. A switch stands alone. */
static void add_setting(command *c, const char *key, const dlu_report_value *value)
{
    char *name = dlu_arena_copy(c->arena, key);
    if (!name) {
        c->text = NULL;
        return;
    }
    for (char *p = name; (p = strchr(p, '_'));)
        *p = '-';
    if (value->kind != DLU_VALUE_BOOL)
        add_option(c, name, text_of(value, c->arena));
    else if (value->yes)
        add_option(c, name, "");
}

/* Settings that are not those of the program, whether an ini file or the command line set them. */
static void add_settings(command *c, const dlu_settings *settings)
{
    size_t n;
    dlu_settings initial;
    dlu_report_value now, before;
    const dlu_report_column *columns = dlu_report_settings(&n);
    dlu_settings_default(&initial);
    bool vector = *settings->vector != '\0';
    for (size_t i = 0; i < n; i++) {
        bool channel = !strcmp(columns[i].key, "reporter") || !strcmp(columns[i].key, "control");
        if (!dlu_report_cell(&columns[i], settings, c->arena, &now) ||
            !dlu_report_cell(&columns[i], &initial, c->arena, &before)) {
            c->text = NULL;
            return;
        }
        if (channel ? !vector : !same_value(&now, &before, c->arena))
            add_setting(c, columns[i].key, &now);
    }
}

bool dlu_model_command(const dlu_job *job, dlu_arena *arena, dlu_result *result)
{
    static const char *const decimals[] = {NULL, "point", "comma"};
    command c = {arena, "dualuc analyze"};
    for (size_t i = 0; i < job->n_plates; i++) {
        const char *channel = job->channel_of ? job->channel_of[i] : NULL;
        if (channel)
            add_option(&c, channel, job->plates[i].name);
        else
            add_word(&c, " ", job->plates[i].name);
    }
    for (size_t i = 0; i < job->n_maps; i++)
        add_option(&c, "map", job->maps[i].name);
    if (job->seed && job->config) /* only there the inserts are named */
        add_option(&c, "config", job->config->name);
    add_option(&c, "format", job->import.format);
    add_option(&c, "decimal", decimals[job->import.decimal]);
    add_option(&c, "channels", job->channels);
    add_option(&c, "time", job->time);
    add_settings(&c, &result->settings);
    result->command = c.text;
    return c.text != NULL;
}
