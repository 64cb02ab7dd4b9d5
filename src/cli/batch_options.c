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
    good = good && (!batch->csv || add(&list, n, "csv", NULL));
    good = good && (!batch->html || add(&list, n, "html", NULL));
    good = good && (!batch->figures || add(&list, n, "figures", NULL));
    for (size_t i = 0; good && i < settings->n_choices; i++)
        good = add_setting(&list, n, &settings->choices[i]);
    if (good)
        return list;
    cli_texts_free(list, *n);
    return NULL;
}

/* ---- back ---- */

/* The value of "--name=value" where that is its name, "" without one; else NULL. */
static const char *value_of(const char *option, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(option, "--", 2) != 0 || strncmp(option + 2, name, n) != 0)
        return NULL;
    if (option[2 + n] == '=')
        return option + 3 + n;
    return option[2 + n] ? NULL : "";
}

static bool take_format(cli_batch *batch, const char *value)
{
    for (size_t i = 0; i < dlu_format_count(); i++)
        if (!strcmp(dlu_format_get(i)->name, value))
            batch->import.import.format = dlu_format_get(i)->name;
    return batch->import.import.format != NULL;
}

static bool take_setting(cli_batch *batch, const char *option)
{
    cli_settings *settings = &batch->settings;
    for (size_t i = 0; i < dlu_setting_count(); i++) {
        const char *value = value_of(option, dlu_setting_get(i)->name);
        if (!value || settings->n_choices >= CLI_MAX_CHOICES)
            continue;
        settings->choices[settings->n_choices++] =
            (cli_choice){i, dlu_setting_get(i)->arg ? value : "on"};
        return true;
    }
    return false;
}

static bool *switch_of(cli_batch *batch, const char *option)
{
    if (!strcmp(option, "--csv"))
        return &batch->csv;
    if (!strcmp(option, "--html"))
        return &batch->html;
    return strcmp(option, "--figures") ? NULL : &batch->figures;
}

static bool take_option(cli_batch *batch, const char *option)
{
    const char *value;
    bool *yes = switch_of(batch, option);
    if (yes)
        return *yes = true;
    if ((value = value_of(option, "format")))
        return take_format(batch, value);
    if ((value = value_of(option, "decimal"))) {
        batch->import.import.decimal =
            strcmp(value, "comma") ? DLU_DECIMAL_POINT : DLU_DECIMAL_COMMA;
        return true;
    }
    if ((value = value_of(option, "channels"))) {
        batch->import.channels = value;
        return true;
    }
    if ((value = value_of(option, "time"))) {
        batch->import.time = value;
        return true;
    }
    if ((value = value_of(option, "config"))) {
        batch->settings.config = value;
        return true;
    }
    return take_setting(batch, option);
}

dlu_status cli_batch_from_options(cli_batch *batch, const char *const *options, size_t n,
                                  const char *file, dlu_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!take_option(batch, options[i]))
            return cli_fail(err, DLU_E_INPUT, "run-not-repeatable", file,
                            "give the run.json as dualuc batch wrote it",
                            "options[%zu]: expected an option of dualuc batch, found \"%.200s\"", i,
                            options[i]);
    return DLU_OK;
}
