/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate_model.h"

enum { KEY_FIRST_OPTION = 0x1000 };

#define MODEL_GROUP 2

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_model *m = state->input;
    dlu_error err;
    size_t i = (size_t)(key - KEY_FIRST_OPTION);
    if (key < KEY_FIRST_OPTION || i >= dlu_simulate_option_count())
        return ARGP_ERR_UNKNOWN;
    if (dlu_simulate_option_set(&m->model, dlu_simulate_option_get(i)->name, arg, &err))
        return cli_bad_usage(state, "--%s", err.text);
    return 0;
}

void cli_model_init(cli_model *m)
{
    struct argp_option *o = m->options;
    *m = (cli_model){.argp = {.options = m->options, .parser = parse}};
    dlu_simulate_model_default(&m->model);
    *o++ = (struct argp_option){.doc = "What is made up:", .group = MODEL_GROUP};
    for (size_t i = 0; i < dlu_simulate_option_count() && i < CLI_MAX_MODEL_OPTIONS; i++) {
        const dlu_setting_info *info = dlu_simulate_option_get(i);
        *o++ = (struct argp_option){info->name, KEY_FIRST_OPTION + (int)i, info->arg, 0, info->help,
                                    MODEL_GROUP};
    }
    *o = (struct argp_option){0};
}
