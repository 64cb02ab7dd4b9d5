/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/theme.h"

#include <string.h>

#include "base/text.h"

#define SANS "Arial, Helvetica, 'Liberation Sans', sans-serif"

/* The family as CSS, in quotes, with what stands in where it is missing. */
static const char *family_of(const dlu_figure_options *o, dlu_arena *arena)
{
    if (!o->font || !*o->font)
        return SANS;
    char *name = dlu_arena_copy(arena, o->font);
    for (char *c = name; c && *c; c++)
        if (*c == '\'' || *c == '"' || *c == '\\' || (unsigned char)*c < ' ')
            *c = ' ';
    return name ? dlu_arena_printf(arena, "'%s', %s", name, SANS) : NULL;
}

bool dlu_theme_of(const dlu_figure_options *o, dlu_arena *arena, dlu_theme *out)
{
    bool prism = o->preset == DLU_PRESET_PRISM, slide = o->preset == DLU_PRESET_SLIDE;
    double size = o->font_size_pt > 0 ? o->font_size_pt : slide ? 14 : prism ? 8 : 7;
    double u = size / 7;
    *out = (dlu_theme){.size = size,
                       .small = 6 * u,
                       .unit = u,
                       .line = (prism ? 1 : 0.6) * u,
                       .thin = (prism ? 0.8 : 0.5) * u,
                       .bar = 12 * u,
                       .radius = 1.5 * u,
                       .tick = (prism ? 3.5 : 2.5) * u,
                       .plot = 105 * u,
                       .bold = prism,
                       .hatched = o->palette == DLU_PALETTE_HATCH,
                       .outlined = prism || o->palette == DLU_PALETTE_HATCH,
                       .family = family_of(o, arena),
                       .text = "#1A1A1A",
                       .grey = "#6B6B6B"};
    return out->family != NULL;
}

/* Okabe and Ito, Color Universal Design (2008); the pale ones are mixed 3 : 7 with white. */
static const dlu_hue okabe_ito[] = {
    {"#0072B2", "#B3D5E8", "#0072B2"}, {"#E69F00", "#F8E2B3", "#B57D00"},
    {"#009E73", "#B3E2D5", "#009E73"}, {"#CC79A7", "#F0D7E5", "#A85587"},
    {"#56B4E9", "#CCE9F8", "#2F8DC2"}, {"#D55E00", "#F2CFB3", "#D55E00"}};
static const dlu_hue greys[] = {{"#4D4D4D", "#D4D4D4", "#333333"},
                                {"#A0A0A0", "#F2F2F2", "#333333"},
                                {"#737373", "#E0E0E0", "#333333"},
                                {"#BDBDBD", "#FAFAFA", "#333333"}};
static const dlu_hue hatches[] = {{"url(#hatch-1)", "#FFFFFF", "#000000"},
                                  {"url(#hatch-2)", "#FFFFFF", "#000000"},
                                  {"url(#hatch-3)", "#FFFFFF", "#000000"},
                                  {"url(#hatch-4)", "#FFFFFF", "#000000"}};

dlu_hue dlu_theme_hue(const dlu_figure_options *o, size_t construct)
{
    switch (o->palette) {
    case DLU_PALETTE_GREY:
        return greys[construct % (sizeof greys / sizeof *greys)];
    case DLU_PALETTE_HATCH:
        return hatches[construct % (sizeof hatches / sizeof *hatches)];
    default:
        return okabe_ito[construct % (sizeof okabe_ito / sizeof *okabe_ito)];
    }
}

const char *dlu_theme_call(const dlu_figure_options *o, const dlu_verdict_row *v)
{
    static const char *const colours[] = {
        [DLU_CALL_DIRECT] = "#00805D",         [DLU_CALL_DIRECT_UNPROVEN] = "#B57D00",
        [DLU_CALL_DIRECT_PARTIAL] = "#B57D00", [DLU_CALL_NO] = "#0072B2",
        [DLU_CALL_OPPOSITE] = "#A85587",       [DLU_CALL_NONE] = "#6B6B6B"};
    if (o->palette != DLU_PALETTE_OKABE_ITO)
        return v->call == DLU_CALL_NONE ? "#8C8C8C" : "#1A1A1A";
    return colours[v->exploratory ? DLU_CALL_NONE : v->call];
}

dlu_ink dlu_ink_line(const char *colour, double width)
{
    return (dlu_ink){.stroke = colour, .line = width};
}

dlu_ink dlu_ink_fill(const char *colour)
{
    return (dlu_ink){.fill = colour};
}
