/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_OPTIONS_FIGURE_H
#define DUALUC_CLI_OPTIONS_FIGURE_H

#include "render.h"

/* The options of figures: one for each dlu_figure_option_get(), and --labels. */

#define CLI_MAX_FIGURE_OPTIONS 24u

typedef struct cli_figure_style {
    struct argp argp; /**< the child parser; its input is a pointer to this struct */
    struct argp_option options[CLI_MAX_FIGURE_OPTIONS + 3];
    dlu_figure_options draw;
    const char *labels_path;
    dlu_figure_labels *labels;
    cli_font *font;
    bool given; /**< any of them was */
} cli_figure_style;

/** Makes the child parser; `all` with those that make sense for one figure only. The struct must
 * stay where it is. */
void cli_figure_style_init(cli_figure_style *style, bool all, int group);

/** Reads the labels and looks for the font, whose absence is a warning; `renders`: pictures will be
 * made, too. */
dlu_status cli_figure_style_finish(cli_figure_style *style, bool renders, dlu_error *err);
void cli_figure_style_free(cli_figure_style *style);

#endif
