/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_RENDER_MODULE_H
#define DUALUC_CLI_RENDER_MODULE_H

#include "render.h"

/*
 * The part of the program that stands on librsvg and its libraries. It is a file of its own, since
 * loading them takes longer than most commands do; render.c opens it where a picture is made.
 */

#define CLI_RENDER_FILE "dualuc-render.so"
/** The one name that it exports: a cli_renderer. */
#define CLI_RENDERER "cli_renderer_table"

/** Why a picture was not made; "" where memory ran out. */
typedef struct cli_render_why {
    char text[400];
} cli_render_why;

typedef struct cli_renderer {
    const char *version; /* another than the program's may mean another struct by the same name */
    bool (*png)(const dlu_figure_page *page, double dpi, cli_bytes *out, cli_render_why *why);
    bool (*pdf)(const dlu_figure *figure, int64_t created, cli_bytes *out, cli_render_why *why);
    bool (*font_find)(const char *family, cli_font **out, char *stand_in, size_t size);
    double (*font_width)(uint32_t character, bool bold, bool italic, cli_font *font);
    void (*font_free)(cli_font *font);
} cli_renderer;

/** As cli_font_find and its kind; false where memory ran out. */
bool cli_render_font_find(const char *family, cli_font **out, char *stand_in, size_t size);
double cli_render_font_width(uint32_t character, bool bold, bool italic, cli_font *font);
void cli_render_font_free(cli_font *font);

#endif
