/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "seed.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_CONFIG = 0x300, KEY_FIRST_SETTING = 0x1000 };

#define ANALYSIS_GROUP 4

static error_t add_choice(cli_settings *s, size_t setting, const char *value,
                          const struct argp_state *state)
{
    if (s->n_choices >= CLI_MAX_CHOICES)
        return cli_bad_usage(state, "expected at most %u settings, found more", CLI_MAX_CHOICES);
    s->choices[s->n_choices++] = (cli_choice){setting, value};
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_settings *s = state->input;
    if (key == KEY_CONFIG) {
        s->config = arg;
        return 0;
    }
    if (key >= KEY_FIRST_SETTING && key < KEY_FIRST_SETTING + (int)dlu_setting_count())
        return add_choice(s, (size_t)(key - KEY_FIRST_SETTING), arg ? arg : "on", state);
    return ARGP_ERR_UNKNOWN;
}

/* Adds the default to the help of a setting. argp frees what is not `text` itself. */
static char *add_default(int key, const char *text, void *input)
{
    size_t i = key >= KEY_FIRST_SETTING ? (size_t)(key - KEY_FIRST_SETTING) : SIZE_MAX;
    (void)input;
    if (!text || i >= dlu_setting_count() || !dlu_setting_get(i)->arg)
        return (char *)text;
    return cli_with_default(text, dlu_setting_get(i)->initial);
}

void cli_settings_init(cli_settings *settings)
{
    struct argp_option *o = settings->options;
    *settings = (cli_settings){
        .argp = {.options = settings->options, .parser = parse, .help_filter = add_default}};
    *o++ = (struct argp_option){.doc = "Analysis:", .group = ANALYSIS_GROUP};
    *o++ = (struct argp_option){"config",
                                KEY_CONFIG,
                                "FILE",
                                0,
                                "settings as an ini file, \"alpha = 0.05\" a line; options win",
                                ANALYSIS_GROUP};
    for (size_t i = 0; i < dlu_setting_count() && i + 3 < CLI_MAX_SETTINGS; i++) {
        const dlu_setting_info *info = dlu_setting_get(i);
        *o++ = (struct argp_option){
            info->name, KEY_FIRST_SETTING + (int)i, info->arg, 0, info->help, ANALYSIS_GROUP};
    }
    *o = (struct argp_option){0};
}

/* What the handler and the reader of lines share; inih hands it on as a void pointer. */
typedef struct ini_run {
    dlu_settings *settings;
    cli_seed_plan *seed;
    const char *file;
    const char *at;
    size_t left;
    int line;      /**< the one being read */
    int bad_line;  /**< the first with a bad setting, or 0 */
    dlu_error err; /**< of that line */
} ini_run;

/* Returns 0 for a bad line, as inih wants it; it goes on, so only the first error is kept. */
static int set_from_ini(void *user, const char *section, const char *name, const char *value)
{
    ini_run *run = user;
    dlu_error err;
    /* other sections only set lines apart for the reader */
    if (!(strcmp(section, "seed") ? dlu_setting_set(run->settings, name, value, &err)
                                  : cli_seed_set(run->seed, run->file, name, value, &err)))
        return 1;
    if (!run->bad_line) {
        run->bad_line = run->line;
        run->err = err;
    }
    return 0;
}

/* One line from the bytes in memory; what does not fit is dropped, so that lines stay counted. */
static char *next_line(char *to, int size, void *stream)
{
    ini_run *run = stream;
    size_t n = 0;
    if (size < 2 || !run->left)
        return NULL;
    run->line++;
    for (bool end = false; run->left && !end; run->left--) {
        char c = *run->at++;
        end = c == '\n';
        if (n + 1 < (size_t)size)
            to[n++] = c;
    }
    to[n] = '\0';
    return to;
}

static dlu_status refuse_line(const ini_run *run, int line, const char *file, dlu_error *err)
{
    if (line == run->bad_line)
        *err = run->err;
    else
        cli_fail(err, DLU_E_USAGE, "config-bad-line", file,
                 "one setting a line, such as \"theta = 0.70\"; \";\" begins a comment",
                 "expected \"name = value\", found a line of another form");
    snprintf(err->file, sizeof err->file, "%s", file);
    snprintf(err->at, sizeof err->at, "%d", line);
    return err->status;
}

static dlu_status read_ini(const dlu_source *ini, dlu_settings *settings, cli_seed_plan *seed,
                           dlu_error *err)
{
    ini_run run = {.settings = settings,
                   .seed = seed,
                   .file = ini->name,
                   .at = ini->bytes,
                   .left = ini->n_bytes};
    if (ini->n_bytes && memchr(ini->bytes, 0, ini->n_bytes))
        return cli_fail(err, DLU_E_INPUT, "config-not-text", ini->name,
                        "write the settings with a text editor, one \"name = value\" a line",
                        "expected settings as plain text, found bytes that are no text");
    int line = ini_parse_stream(next_line, &run, set_from_ini, &run);
    return line ? refuse_line(&run, line, ini->name, err) : DLU_OK;
}

dlu_status cli_settings_finish(const cli_settings *settings, const dlu_source *ini,
                               dlu_settings *out, cli_seed_plan *seed, dlu_error *err)
{
    dlu_settings_default(out);
    if (ini) {
        dlu_status status = read_ini(ini, out, seed, err);
        if (status)
            return status;
    }
    for (size_t i = 0; i < settings->n_choices; i++) {
        const cli_choice *choice = &settings->choices[i];
        const char *name = dlu_setting_get(choice->setting)->name;
        if (dlu_setting_set(out, name, choice->value, err))
            return err->status;
    }
    return dlu_settings_check(out, err);
}
