/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options_figure.h"

#include <errno.h>
#include <string.h>

enum { KEY_LABELS = 0x380, KEY_FIRST_FIGURE = 0x2000 };

static error_t parse(int key, char *arg, struct argp_state *state)
{
    cli_figure_style *s = state->input;
    dlu_error err;
    if (key == KEY_LABELS) {
        s->given = true;
        s->labels_path = arg;
        return 0;
    }
    if (key < KEY_FIRST_FIGURE || key >= KEY_FIRST_FIGURE + (int)dlu_figure_option_count())
        return ARGP_ERR_UNKNOWN;
    s->given = true;
    const dlu_setting_info *info = dlu_figure_option_get((size_t)(key - KEY_FIRST_FIGURE));
    if (!dlu_figure_option_set(&s->draw, info->name, arg ? arg : "on", &err))
        return 0;
    cli_say_error(&err);
    return EINVAL;
}

/* Adds the default to the help. argp frees what is not `text` itself. */
static char *add_default(int key, const char *text, void *input)
{
    (void)input;
    if (!text || key < KEY_FIRST_FIGURE || key >= KEY_FIRST_FIGURE + (int)dlu_figure_option_count())
        return (char *)text;
    const dlu_setting_info *info = dlu_figure_option_get((size_t)(key - KEY_FIRST_FIGURE));
    return info->arg ? cli_with_default(text, info->initial) : (char *)text;
}

void cli_figure_style_init(cli_figure_style *style, bool all, int group)
{
    struct argp_option *o = style->options;
    *style = (cli_figure_style){
        .argp = {.options = style->options, .parser = parse, .help_filter = add_default}};
    dlu_figure_defaults(&style->draw);
    *o++ = (struct argp_option){.doc = all ? "How it is drawn:" : "How figures are drawn:",
                                .group = group};
    for (size_t i = 0; i < dlu_figure_option_count() && i < CLI_MAX_FIGURE_OPTIONS; i++) {
        const dlu_setting_info *info = dlu_figure_option_get(i);
        if (!all && (!strcmp(info->name, "kind") || !strcmp(info->name, "plate")))
            continue;
        *o++ = (struct argp_option){info->name, KEY_FIRST_FIGURE + (int)i, info->arg, 0, info->help,
                                    group};
    }
    *o++ = (struct argp_option){
        "labels", KEY_LABELS, "FILE", 0, "other names, \"hsa-miR-21-5p = miR-21\" a line", group};
    *o = (struct argp_option){0};
}

static dlu_status find_font(cli_figure_style *s, dlu_error *err)
{
    char stand_in[200];
    const char *hint;
    if (!cli_can_render()) {
        const char *why = cli_no_render(&hint);
        cli_warn(
            "figure-font-not-measured", "", hint,
            "the letters of the font \"%.100s\" are not measured, and texts are laid out by the "
            "widths of Arial: %s",
            s->draw.font, why);
        return DLU_OK;
    }
    dlu_status status = cli_font_find(s->draw.font, &s->font, stand_in, sizeof stand_in, err);
    if (status)
        return status;
    if (s->font) {
        s->draw.font_width = cli_font_width;
        s->draw.font_data = s->font;
    }
    if (*stand_in)
        cli_warn("figure-font-missing", "", "install it, or name another family with --font",
                 "the font \"%.100s\" is not installed here: pictures show %.100s, and texts are "
                 "laid out by the widths of Arial",
                 s->draw.font ? s->draw.font : "Arial", stand_in);
    return DLU_OK;
}

dlu_status cli_figure_style_finish(cli_figure_style *s, bool renders, dlu_error *err)
{
    cli_file file = {.bytes = NULL};
    dlu_status status = s->labels_path ? cli_file_read(s->labels_path, &file, err) : DLU_OK;
    if (!status && s->labels_path)
        status = dlu_figure_labels_read(&file.source, &s->labels, err);
    cli_file_free(&file);
    if (!status && s->labels)
        s->draw.labels = dlu_figure_labels_get(s->labels, &s->draw.n_labels);
    /* an SVG in Arial is laid out by widths that are known; what shows it brings its own font */
    return status || (!renders && !s->draw.font) ? status : find_font(s, err);
}

void cli_figure_style_free(cli_figure_style *style)
{
    dlu_figure_labels_free(style->labels);
    cli_font_free(style->font);
    style->labels = NULL;
    style->font = NULL;
}
