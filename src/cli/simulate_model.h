/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_SIMULATE_MODEL_H
#define DUALUC_CLI_SIMULATE_MODEL_H

#include "cli.h"

#define CLI_MAX_MODEL_OPTIONS 24u

/** The options of simulate's model, one for each dlu_simulate_option_get(). */
typedef struct cli_model {
    struct argp argp; /**< the child parser; its input is a pointer to this struct */
    struct argp_option options[CLI_MAX_MODEL_OPTIONS + 2];
    dlu_simulate_model model;
} cli_model;

/** Makes the child parser, and the usual model. The struct must stay where it is. */
void cli_model_init(cli_model *model);

#endif
