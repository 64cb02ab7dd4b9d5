/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of the module that makes pictures: one of a version that never was, and one that fails.
 */

#include "render_module.h"

#include <stdlib.h>
#include <string.h>

/* What was made up to then is not lost. */
static bool png(const dlu_figure_page *page, double dpi, cli_bytes *out, cli_render_why *why)
{
    (void)page, (void)dpi;
    out->bytes = malloc(1);
    strcpy(why->text, "a made-up reason");
    return false;
}

static bool pdf(const dlu_figure *figure, int64_t created, cli_bytes *out, cli_render_why *why)
{
    (void)figure, (void)created, (void)out, (void)why;
    return false;
}

static bool font_find(const char *family, cli_font **out, char *stand_in, size_t size)
{
    (void)family, (void)stand_in, (void)size;
    *out = NULL;
    return true;
}

extern const cli_renderer cli_renderer_table;
const cli_renderer cli_renderer_table = {STAND_IN_VERSION, png, pdf, font_find, NULL, NULL};
