/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render.h"

#include "render_module.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A picture of 200 million pixels takes 800 MB. */
#define MOST_PIXELS 200e6
#define PATH_SIZE   4096u

void cli_bytes_free(cli_bytes *bytes)
{
    free(bytes->bytes);
    *bytes = (cli_bytes){0};
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig and Pango keep their tables to the end of the process */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\n";
}
#endif

/* ---- the module ---- */

/* Opened once and never closed: GLib's types stay for the life of a process. */
static struct {
    const cli_renderer *use;
    bool tried;
    char why[400];
    const char *hint;
} renderer;

/* The folder of the program itself, or "". */
static void own_folder(char *path, size_t size)
{
    ssize_t n = readlink("/proc/self/exe", path, size - 1);
    path[n > 0 ? n : 0] = '\0';
    char *end = strrchr(path, '/');
    *(end ? end : path) = '\0';
}

/* Beside the program where it was built, in the folder of libraries where it was installed, also
 * where the whole was moved. False where it is nowhere: then `path` is where it should be. */
static bool find_module(char *path, size_t size)
{
    char own[PATH_SIZE];
    own_folder(own, sizeof own);
    const char *const places[][2] = {
        {own, ""}, {own, "/" CLI_LIBRARIES_FROM_PROGRAM}, {CLI_LIBRARIES, ""}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int n = snprintf(path, size, "%s%s/%s", places[i][0], places[i][1], CLI_RENDER_FILE);
        if (*places[i][0] && n > 0 && (size_t)n < size && !access(path, F_OK))
            return true;
    }
    return false;
}

static void set_why(const char *hint, const char *what, const char *which)
{
    snprintf(renderer.why, sizeof renderer.why, "%s %s%.300s", CLI_RENDER_FILE, what, which);
    renderer.hint = hint;
}

static void open_module(void)
{
    char path[PATH_SIZE];
    if (!find_module(path, sizeof path)) {
        set_why("install dualuc again, built where librsvg2-dev is installed",
                "was not installed: it is not at ", path);
        return;
    }
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const cli_renderer *found = module ? dlsym(module, CLI_RENDERER) : NULL;
    if (!found)
        set_why("install what is named (Debian: librsvg2-2, libcairo2, libfontconfig1, "
                "libpng16-16)",
                "cannot be loaded: ", dlerror());
    else if (strcmp(found->version, dlu_version()) != 0)
        set_why("install dualuc again", "is of another version of dualuc: ", found->version);
    else
        renderer.use = found;
}

bool cli_can_render(void)
{
    if (!renderer.tried)
        open_module();
    renderer.tried = true;
    return renderer.use;
}

const char *cli_no_render(const char **hint)
{
    *hint = renderer.hint;
    return renderer.why;
}

/* ---- pictures ---- */

static dlu_status refuse(dlu_error *err)
{
    char hint[300];
    snprintf(hint, sizeof hint, "%s, or write an SVG: -o figure.svg", renderer.hint);
    return cli_fail(err, DLU_E_USAGE, "figure-not-rendered", "", hint,
                    "PNG and PDF cannot be made here: %s", renderer.why);
}

static dlu_status no_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static dlu_status not_drawn(const cli_render_why *why, cli_bytes *out, dlu_error *err)
{
    cli_bytes_free(out);
    if (!*why->text)
        return no_memory(err);
    return cli_fail(err, DLU_E_IO, "figure-not-drawn", "", "write an SVG: -o figure.svg",
                    "the picture could not be made of the SVG: %s", why->text);
}

dlu_status cli_render_png(const dlu_figure_page *page, double dpi, cli_bytes *out, dlu_error *err)
{
    cli_render_why why = {""};
    double width = round(page->width * dpi / 72), height = round(page->height * dpi / 72);
    *out = (cli_bytes){0};
    if (!cli_can_render())
        return refuse(err);
    if (width < 1 || height < 1 || width > 32000 || height > 32000 || width * height > MOST_PIXELS)
        return cli_fail(err, DLU_E_LIMIT, "figure-too-large", "", "give a smaller --dpi or --width",
                        "expected a picture of at most 32000 pixels a side and 200 million in all, "
                        "found %.0f x %.0f",
                        width, height);
    return renderer.use->png(page, dpi, out, &why) ? DLU_OK : not_drawn(&why, out, err);
}

dlu_status cli_render_pdf(const dlu_figure *figure, int64_t created, cli_bytes *out, dlu_error *err)
{
    cli_render_why why = {""};
    *out = (cli_bytes){0};
    if (!cli_can_render())
        return refuse(err);
    return renderer.use->pdf(figure, created, out, &why) ? DLU_OK : not_drawn(&why, out, err);
}

/* ---- families ---- */

dlu_status cli_font_find(const char *family, cli_font **out, char *stand_in, size_t size,
                         dlu_error *err)
{
    *out = NULL;
    *stand_in = '\0';
    if (!cli_can_render())
        return refuse(err);
    return renderer.use->font_find(family, out, stand_in, size) ? DLU_OK : no_memory(err);
}

double cli_font_width(uint32_t character, bool bold, bool italic, void *font)
{
    return renderer.use->font_width(character, bold, italic, font);
}

void cli_font_free(cli_font *font)
{
    if (font)
        renderer.use->font_free(font);
}
