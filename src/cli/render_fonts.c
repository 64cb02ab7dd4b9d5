/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render_module.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KNOWN_CHARACTERS 0x250u

struct cli_font {
    cairo_surface_t *surface;
    cairo_t *faces[4];                  /* bold is 1, italic 2 */
    double widths[4][KNOWN_CHARACTERS]; /* negative: not measured yet */
};

/* The family that will be seen where this one is asked for. */
static bool match(const char *family, char *found, size_t size)
{
    FcPattern *pattern = FcPatternCreate();
    FcResult result = FcResultNoMatch;
    FcChar8 *name = NULL;
    *found = '\0';
    if (!pattern)
        return false;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcPattern *best = FcFontMatch(NULL, pattern, &result);
    if (best && FcPatternGetString(best, FC_FAMILY, 0, &name) == FcResultMatch)
        snprintf(found, size, "%s", (const char *)name);
    if (best)
        FcPatternDestroy(best);
    FcPatternDestroy(pattern);
    return *found;
}

static bool has_widths_of_arial(const char *family)
{
    static const char *const equals[] = {"Arial",          "Helvetica",   "Liberation Sans",
                                         "Arimo",          "Nimbus Sans", "Nimbus Sans L",
                                         "TeX Gyre Heros", "FreeSans"};
    for (size_t i = 0; i < sizeof equals / sizeof *equals; i++)
        if (!FcStrCmpIgnoreCase((const FcChar8 *)equals[i], (const FcChar8 *)family))
            return true;
    return false;
}

static cli_font *open_font(const char *family)
{
    cli_font *font = calloc(1, sizeof *font);
    if (!font)
        return NULL;
    font->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    for (unsigned i = 0; i < 4; i++) {
        font->faces[i] = cairo_create(font->surface);
        cairo_select_font_face(font->faces[i], family,
                               i & 2 ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                               i & 1 ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size(font->faces[i], 1000);
        for (unsigned c = 0; c < KNOWN_CHARACTERS; c++)
            font->widths[i][c] = -1;
    }
    return font;
}

bool cli_render_font_find(const char *family, cli_font **out, char *stand_in, size_t size)
{
    char found[200];
    *out = NULL;
    *stand_in = '\0';
    if (!match(family && *family ? family : "Arial", found, sizeof found)) {
        snprintf(stand_in, size, "no family");
        return true;
    }
    bool equal = has_widths_of_arial(found);
    if (family && *family) {
        if (FcStrCmpIgnoreCase((const FcChar8 *)family, (const FcChar8 *)found) != 0 &&
            !(equal && has_widths_of_arial(family))) {
            snprintf(stand_in, size, "%s", found);
            return true;
        }
    } else if (!equal) {
        snprintf(stand_in, size, "%s", found);
        return true;
    }
    if (!equal)
        *out = open_font(family);
    return equal || *out;
}

static size_t encode(uint32_t c, char text[5])
{
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; c >>= 6)
        text[i] = (char)(0x80 | (c & 0x3F));
    text[0] = (char)(n == 1 ? c : first[n] | c);
    text[n] = '\0';
    return n;
}

double cli_render_font_width(uint32_t character, bool bold, bool italic, cli_font *font)
{
    unsigned face = (bold ? 1u : 0u) + (italic ? 2u : 0u);
    char text[5];
    cairo_text_extents_t extents;
    if (character < KNOWN_CHARACTERS && font->widths[face][character] >= 0)
        return font->widths[face][character];
    encode(character, text);
    cairo_text_extents(font->faces[face], text, &extents);
    if (cairo_status(font->faces[face]) != CAIRO_STATUS_SUCCESS)
        return -1;
    if (character < KNOWN_CHARACTERS)
        font->widths[face][character] = extents.x_advance;
    return extents.x_advance;
}

void cli_render_font_free(cli_font *font)
{
    for (unsigned i = 0; i < 4; i++)
        cairo_destroy(font->faces[i]);
    cairo_surface_destroy(font->surface);
    free(font);
}
