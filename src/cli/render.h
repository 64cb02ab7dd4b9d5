/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_RENDER_H
#define DUALUC_CLI_RENDER_H

#include "cli.h"

/*
 * Pictures of the very SVG of a figure, by librsvg and cairo: by a module that is loaded by the
 * first call that needs it, and is missing where the program was built without them.
 */

/** Whether pictures can be made here. */
bool cli_can_render(void);
/** Where they cannot: why not; `hint` is what to do. */
const char *cli_no_render(const char **hint);

/** Bytes of malloc. */
typedef struct cli_bytes {
    char *bytes;
    size_t n, cap;
    bool failed;
} cli_bytes;
void cli_bytes_free(cli_bytes *bytes);

/** A page as PNG with so many pixels an inch. DLU_OK; DLU_E_LIMIT; DLU_E_USAGE where none can
 * be made here; DLU_E_IO; DLU_E_NO_MEMORY. */
dlu_status cli_render_png(const dlu_figure_page *page, double dpi, cli_bytes *out, dlu_error *err);

/** All pages as one PDF, dated `created` (seconds since 1970, or a negative number: 2000-01-01). */
dlu_status cli_render_pdf(const dlu_figure *figure, int64_t created, cli_bytes *out,
                          dlu_error *err);

/** What measures letters of a family that is installed. Freed with cli_font_free. */
typedef struct cli_font cli_font;

/**
 * Looks for a family, or for Arial or its equals where it is NULL. *out is NULL where it is Arial
 * (the library knows its widths) or not installed; then `stand_in` (of `size` bytes) names what
 * will be seen instead, else it is "". DLU_E_USAGE where no pictures can be made here.
 */
dlu_status cli_font_find(const char *family, cli_font **out, char *stand_in, size_t size,
                         dlu_error *err);
double cli_font_width(uint32_t character, bool bold, bool italic, void *font);
void cli_font_free(cli_font *font);

#endif
