/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/figure.h>

#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The options of figures: one table, of which the program makes its own. */

static const char *const kind_names[DLU_FIGURE_KIND_COUNT] = {"bars",   "superplot", "delta",
                                                              "forest", "plate",     "qc"};

enum {
    KIND,
    WIDTH,
    FONT,
    FONT_SIZE,
    PALETTE,
    PRESET,
    AXIS,
    BRACKETS,
    LIGHT,
    WELLS,
    LEGEND,
    TITLE,
    ORDER,
    PLATE,
    OPTIONS
};

static const dlu_setting_info infos[OPTIONS] = {
    [KIND] =
        {"kind", "KIND", "bars",
         "bars, superplot, delta, forest, plate or qc; several with commas are panels A, B, C"},
    [WIDTH] = {"width", "WIDTH", "as needed",
               "width such as 85mm, 114mm or 174mm; a number alone is millimetres"},
    [FONT] = {"font", "FAMILY", "Arial", "family of the letters"},
    [FONT_SIZE] = {"font-size", "POINTS", "7", "size of the letters; 14 on a slide"},
    [PALETTE] = {"palette", "okabe-ito|grey|hatch", "okabe-ito",
                 "colours that all eyes tell apart, greys, or strokes for print"},
    [PRESET] = {"preset", "paper|slide|prism", "paper",
                "sizes and lines of a journal, of a slide, or heavier lines and black outlines"},
    [AXIS] = {"axis", "linear|log2", "linear", "axis of bars, superplot and delta"},
    [BRACKETS] = {"brackets", "numbers|stars|none", "numbers", "how p is written over the bars"},
    [LIGHT] = {"light", "ratio|reporter|control", "ratio", "what the colours of a plate show"},
    [WELLS] = {"technical-wells", NULL, "off", "technical wells as small pale points"},
    [LEGEND] = {"legend", "on|off", "on", "the paragraph under the figure"},
    [TITLE] = {"title", "TEXT", "none", "a line over the figure"},
    [ORDER] = {"order", "NAMES", "as in the map", "targets in this order, with commas between"},
    [PLATE] = {"plate", "NAME", "all", "draw this plate only"},
};

const char *dlu_figure_kind_name(dlu_figure_kind kind)
{
    return (unsigned)kind < DLU_FIGURE_KIND_COUNT ? kind_names[kind] : NULL;
}

void dlu_figure_defaults(dlu_figure_options *options)
{
    *options = (dlu_figure_options){
        .kinds = {DLU_FIGURE_BARS}, .n_kinds = 1, .legend = true, .verdict = DLU_NO_ROW};
}

size_t dlu_figure_option_count(void)
{
    return OPTIONS;
}

const dlu_setting_info *dlu_figure_option_get(size_t i)
{
    return i < OPTIONS ? &infos[i] : NULL;
}

/* Number of the word among "one|two|three". */
static bool word_of(const char *words, const char *value, unsigned *out)
{
    size_t n = strlen(value);
    for (unsigned i = 0; *words; i++) {
        size_t length = strcspn(words, "|");
        if (length == n && !memcmp(words, value, n)) {
            *out = i;
            return true;
        }
        words += length + (words[length] == '|');
    }
    return false;
}

static dlu_status refuse(const char *name, const char *expected, const char *value, dlu_error *err)
{
    return dlu_fail(err, DLU_E_USAGE, "figure-option", NULL, NULL, "%s: expected %s, found \"%s\"",
                    name, expected, value);
}

static dlu_status set_word(const dlu_setting_info *info, const char *value, unsigned *out,
                           dlu_error *err)
{
    return word_of(info->arg, value, out) ? DLU_OK : refuse(info->name, info->arg, value, err);
}

static dlu_status set_kinds(dlu_figure_options *o, const char *value, dlu_error *err)
{
    size_t n = 0;
    for (const char *at = value;; at++) {
        size_t length = strcspn(at, ",");
        unsigned kind = 0;
        while (kind < DLU_FIGURE_KIND_COUNT &&
               (strlen(kind_names[kind]) != length || memcmp(kind_names[kind], at, length) != 0))
            kind++;
        if (kind == DLU_FIGURE_KIND_COUNT)
            return refuse("kind", "bars, superplot, delta, forest, plate or qc", value, err);
        if (n >= DLU_FIGURE_KIND_COUNT)
            return refuse("kind", "each kind once at most", value, err);
        o->kinds[n++] = (dlu_figure_kind)kind;
        at += length;
        if (!*at)
            break;
    }
    o->n_kinds = n;
    return DLU_OK;
}

/* A number that may have a unit behind it. */
static dlu_status set_size(const char *name, const char *unit, const char *expected, double least,
                           double most, const char *value, double *out, dlu_error *err)
{
    char text[40];
    size_t n = strlen(value), u = strlen(unit);
    if (n >= sizeof text)
        return refuse(name, expected, value, err);
    memcpy(text, value, n + 1);
    if (n > u && !strcmp(text + n - u, unit))
        text[n - u] = '\0';
    double number;
    if (!dlu_text_number(text, '.', &number) || number < least || number > most)
        return refuse(name, expected, value, err);
    *out = number;
    return DLU_OK;
}

static dlu_status set_switch(const char *name, const char *value, bool *out, dlu_error *err)
{
    unsigned i;
    if (!word_of("on|off|yes|no|true|false|1|0", value, &i))
        return refuse(name, "on or off", value, err);
    *out = i % 2 == 0;
    return DLU_OK;
}

static dlu_status set_one(dlu_figure_options *o, size_t i, const char *value, dlu_error *err)
{
    unsigned word = 0;
    dlu_status status = DLU_OK;
    switch (i) {
    case KIND:
        return set_kinds(o, value, err);
    case WIDTH:
        return set_size("width", "mm", "a width of 20mm to 1000mm", 20, 1000, value, &o->width_mm,
                        err);
    case FONT_SIZE:
        return set_size("font-size", "pt", "a size of 3 to 72 points", 3, 72, value,
                        &o->font_size_pt, err);
    case WELLS:
        return set_switch("technical-wells", value, &o->technical, err);
    case LEGEND:
        return set_switch("legend", value, &o->legend, err);
    case FONT:
        o->font = value;
        return DLU_OK;
    case TITLE:
        o->title = value;
        return DLU_OK;
    case ORDER:
        o->order = value;
        return DLU_OK;
    case PLATE:
        o->plate = value;
        return DLU_OK;
    default:
        status = set_word(&infos[i], value, &word, err);
    }
    if (status)
        return status;
    if (i == PALETTE)
        o->palette = (dlu_figure_palette)word;
    else if (i == PRESET)
        o->preset = (dlu_figure_preset)word;
    else if (i == AXIS)
        o->axis = (dlu_figure_axis)word;
    else if (i == BRACKETS)
        o->brackets = (dlu_figure_brackets)word;
    else
        o->light = (dlu_figure_light)word;
    return DLU_OK;
}

dlu_status dlu_figure_option_set(dlu_figure_options *options, const char *name, const char *value,
                                 dlu_error *err)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (!strcmp(infos[i].name, name))
            return set_one(options, i, value, err);
    return dlu_fail(err, DLU_E_USAGE, "figure-option", NULL, NULL,
                    "expected an option of figures, found \"%s\"", name);
}
