/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures.h"

#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096u
/* Twice what a screen shows. */
#define SHEET_DPI 192.0
/* A workbook with more pictures than this is slow to open. */
#define MOST_PICTURES 60u

bool cli_figure_path(const char *folder, const char *name, char *path, size_t size)
{
    size_t n = strlen(folder);
    int made =
        snprintf(path, size, "%s%s%s.svg", folder, n && folder[n - 1] == '/' ? "" : "/", name);
    return made > 0 && (size_t)made < size;
}

dlu_status cli_figures_draw(const dlu_result *result, const cli_figure_style *style,
                            cli_figures *out, dlu_error *err)
{
    dlu_figure_options options = style->draw;
    dlu_messages *log = dlu_messages_new();
    dlu_status status = DLU_OK;
    *out = (cli_figures){.n = DLU_FIGURE_KIND_COUNT};
    for (unsigned i = 0; i < DLU_FIGURE_KIND_COUNT && !status; i++) {
        options.kinds[0] = (dlu_figure_kind)i;
        options.n_kinds = 1;
        status = dlu_figure_draw(result, &options, &out->of[i], i ? NULL : log, err);
        if (status == DLU_E_INPUT && !strcmp(err->code, "figure-empty")) {
            cli_warn("figure-left-out", "", err->hint, "no figure %s: %s",
                     dlu_figure_kind_name((dlu_figure_kind)i), err->text);
            status = DLU_OK;
        }
    }
    if (log && !status)
        cli_say_messages(log);
    dlu_messages_free(log);
    return status;
}

void cli_figures_free(cli_figures *figures)
{
    for (size_t i = 0; i < figures->n; i++)
        dlu_figure_free(figures->of[i]);
    figures->n = 0;
}

dlu_status cli_figures_write(cli_outputs *outputs, const char *folder, const cli_figures *figures,
                             dlu_error *err)
{
    dlu_status status = cli_outputs_folder(outputs, folder, err);
    for (size_t i = 0; i < figures->n; i++)
        for (size_t p = 0; figures->of[i] && p < dlu_figure_page_count(figures->of[i]); p++) {
            const dlu_figure_page *page = dlu_figure_page_get(figures->of[i], p);
            char path[PATH_SIZE];
            if (status)
                return status;
            if (!cli_figure_path(folder, page->name, path, sizeof path))
                return cli_fail(err, DLU_E_USAGE, "path-too-long", "", "choose shorter names",
                                "expected paths of at most %u bytes, found a longer one",
                                PATH_SIZE - 1);
            status = cli_outputs_bytes(outputs, path, page->svg, page->n_svg, err);
        }
    return status;
}

static size_t count_pages(const cli_figures *figures)
{
    size_t n = 0;
    for (size_t i = 0; i < figures->n; i++)
        n += figures->of[i] ? dlu_figure_page_count(figures->of[i]) : 0;
    return n < MOST_PICTURES ? n : MOST_PICTURES;
}

static dlu_status add_picture(cli_pictures *pictures, const dlu_figure_page *page, dlu_error *err)
{
    cli_bytes png;
    dlu_status status = cli_render_png(page, SHEET_DPI, &png, err);
    if (!status)
        pictures->items[pictures->n++] =
            (dlu_report_picture){page->name, (unsigned char *)png.bytes, png.n, SHEET_DPI};
    return status;
}

dlu_status cli_figures_render(const cli_figures *figures, cli_pictures *out, dlu_error *err)
{
    size_t most = count_pages(figures);
    dlu_status status = DLU_OK;
    if (most && !cli_can_render()) {
        const char *hint, *why = cli_no_render(&hint);
        cli_warn("workbook-no-figures", "", hint, "the workbook has no sheet Figures: %s", why);
        most = 0;
    }
    *out = (cli_pictures){.items = most ? calloc(most, sizeof *out->items) : NULL};
    if (most && !out->items)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    for (size_t i = 0; i < figures->n; i++)
        for (size_t p = 0; figures->of[i] && p < dlu_figure_page_count(figures->of[i]); p++)
            if (!status && out->n < most)
                status = add_picture(out, dlu_figure_page_get(figures->of[i], p), err);
    return status;
}

void cli_pictures_free(cli_pictures *pictures)
{
    for (size_t i = 0; i < pictures->n; i++)
        free((void *)(uintptr_t)pictures->items[i].png);
    free(pictures->items);
    *pictures = (cli_pictures){0};
}
