/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_FIGURES_H
#define DUALUC_CLI_FIGURES_H

#include "analyze.h"

/* Every figure of a result, for a folder and for the workbook. */

typedef struct cli_figures {
    dlu_figure *of[DLU_FIGURE_KIND_COUNT]; /**< NULL where there is nothing to draw */
    size_t n;
} cli_figures;

/** Pictures for the workbook. */
typedef struct cli_pictures {
    dlu_report_picture *items;
    size_t n;
} cli_pictures;

/** "FOLDER/NAME.svg"; false where it is longer than `size`. */
bool cli_figure_path(const char *folder, const char *name, char *path, size_t size);

/** Draws every kind; one that the result has nothing for is left out, which a warning says. */
dlu_status cli_figures_draw(const dlu_result *result, const cli_figure_style *style,
                            cli_figures *out, dlu_error *err);
void cli_figures_free(cli_figures *figures);

/** Writes every page into the folder, which is made if it is not there. */
dlu_status cli_figures_write(cli_outputs *outputs, const char *folder, const cli_figures *figures,
                             dlu_error *err);

/** Renders every page with 192 pixels an inch; none where the program cannot. */
dlu_status cli_figures_render(const cli_figures *figures, cli_pictures *out, dlu_error *err);
void cli_pictures_free(cli_pictures *pictures);

#endif
