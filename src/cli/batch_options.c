/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* The options of a run as the command line takes them, to be kept in its record. */

static bool add(char ***list, size_t *n, const char *name, const char *value)
{
    char **longer = realloc(*list, (*n + 1) * sizeof *longer);
    if (!longer)
        return false;
    *list = longer;
    size_t size = strlen(name) + (value ? strlen(value) : 0) + 4;
    longer[*n] = malloc(size);
    if (!longer[*n])
        return false;
    snprintf(longer[(*n)++], size, "--%s%s%s", name, value ? "=" : "", value ? value : "");
    return true;
}

static bool add_setting(char ***list, size_t *n, const cli_choice *choice)
{
    const dlu_setting_info *info = dlu_setting_get(choice->setting);
    return add(list, n, info->name, info->arg ? choice->value : NULL);
}

char **cli_batch_options(const cli_batch *batch, size_t *n)
{
    const cli_import_options *import = &batch->import;
    const cli_settings *settings = &batch->settings;
    static const char *const decimals[] = {NULL, "point", "comma"};
    const char *decimal = decimals[import->import.decimal];
    char **list = calloc(1, sizeof *list);
    *n = 0;
    bool good = list && (!import->import.format || add(&list, n, "format", import->import.format));
    good = good && (!decimal || add(&list, n, "decimal", decimal));
    good = good && (!import->channels || add(&list, n, "channels", import->channels));
    good = good && (!import->time || add(&list, n, "time", import->time));
    good = good && (!settings->config || add(&list, n, "config", settings->config));
    for (size_t i = 0; good && i < settings->n_choices; i++)
        good = add_setting(&list, n, &settings->choices[i]);
    if (good)
        return list;
    cli_texts_free(list, *n);
    return NULL;
}
