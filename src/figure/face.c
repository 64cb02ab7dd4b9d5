/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/face.h"

#include <string.h>

#include "figure/font_tables.h"

#define ITALIC '\1'

static bool names(const char *family, const char *word)
{
    return family && strstr(family, word) != NULL;
}

dlu_face dlu_face_of(const dlu_figure_options *o)
{
    return (dlu_face){.serif = !names(o->font, "Sans") &&
                               (names(o->font, "Times") || names(o->font, "Serif") ||
                                names(o->font, "serif") || names(o->font, "Roman")),
                      .width = o->font_width,
                      .data = o->font_data};
}

uint32_t dlu_face_next(const char **at)
{
    const unsigned char *c = (const unsigned char *)*at;
    if (!*c)
        return 0;
    unsigned more = *c >= 0xF0 ? 3 : *c >= 0xE0 ? 2 : *c >= 0xC0 ? 1 : 0;
    uint32_t code = more ? *c & (0x3Fu >> more) : *c;
    c++;
    for (; more && (*c & 0xC0) == 0x80; more--)
        code = code << 6 | (*c++ & 0x3Fu);
    *at = (const char *)c;
    return code;
}

/* What stands over or joins other letters, and isolates of the direction of writing. */
static bool takes_no_room(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5BD) || (c >= 0x64B && c <= 0x65F) ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xFE00 && c <= 0xFE0F);
}

static double width_of(const dlu_face *face, uint32_t c, bool bold, bool italic)
{
    if (takes_no_room(c))
        return 0;
    double own = face->width ? face->width(c, bold, italic, face->data) : -1;
    if (own >= 0)
        return own;
    unsigned row = (face->serif ? 4u : 0u) + (italic ? 2u : 0u) + (bold ? 1u : 0u);
    for (unsigned i = 0; i < DLU_FONT_RANGES; i++) {
        const dlu_font_range *range = &dlu_font_ranges[i];
        if (c >= range->first && c <= range->last)
            return dlu_font_widths[row][range->at + (c - range->first)];
    }
    /* other scripts come from other fonts: whole squares from the East and pictures, else an M */
    return c >= 0x1F000 ? 1400 : c >= 0x2E80 ? 1050 : 850;
}

double dlu_face_width(const dlu_face *face, const char *text, double size, bool bold)
{
    double sum = 0;
    bool italic = false;
    for (uint32_t c; (c = dlu_face_next(&text));) {
        if (c == ITALIC)
            italic = !italic;
        else
            sum += width_of(face, c, bold, italic);
    }
    return sum * size / 1000;
}

/* Where a line may end after this character. */
static bool may_break(char c)
{
    return c == ' ' || c == '-' || c == '/' || c == '_' || c == ';' || c == ',';
}

/* Length of the next piece: up to and with a place to break. */
static size_t piece(const char *text)
{
    size_t n = 0;
    while (text[n] && !may_break(text[n]))
        n++;
    if (text[n] == ',' && text[n + 1] && text[n + 1] != ' ')
        return n + 1;
    while (text[n] && may_break(text[n]))
        n++;
    return n;
}

typedef struct wrapping {
    const dlu_face *face;
    double size, width;
    bool bold, italic; /* italic: at the begin of the line */
    dlu_arena *arena;
    dlu_lines *out;
    size_t cap;
} wrapping;

static char *line_of(const wrapping *w, const char *text, size_t n)
{
    bool italic = w->italic;
    while (n && text[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < n; i++)
        italic ^= text[i] == ITALIC;
    return dlu_arena_printf(w->arena, "%s%.*s%s", w->italic ? "\1" : "", (int)n, text,
                            italic ? "\1" : "");
}

static double measure(const wrapping *w, const char *text, size_t n)
{
    const char *line = line_of(w, text, n);
    return line ? dlu_face_width(w->face, line, w->size, w->bold) : 0;
}

static bool add_line(wrapping *w, const char *text, size_t n)
{
    const char *line = line_of(w, text, n);
    w->out->lines =
        dlu_vec_reserve(w->arena, w->out->lines, w->out->n, &w->cap, sizeof *w->out->lines, 1000);
    if (!line || !w->out->lines || w->out->n >= w->cap)
        return false;
    w->out->lines[w->out->n++] = line;
    double width = dlu_face_width(w->face, line, w->size, w->bold);
    w->out->width = width > w->out->width ? width : w->out->width;
    for (size_t i = 0; i < n; i++)
        w->italic ^= text[i] == ITALIC;
    return true;
}

/* As many whole characters as fit, at least one. */
static size_t fitting(const wrapping *w, const char *text, size_t n)
{
    const char *at = text;
    size_t kept = 0;
    while ((size_t)(at - text) < n) {
        dlu_face_next(&at);
        if (kept && measure(w, text, (size_t)(at - text)) > w->width)
            break;
        kept = (size_t)(at - text);
    }
    return kept;
}

bool dlu_face_wrap(const dlu_face *face, const char *text, double size, bool bold, double width,
                   dlu_arena *arena, dlu_lines *out)
{
    wrapping w = {face, size, width, bold, false, arena, out, 0};
    *out = (dlu_lines){0};
    while (*text) {
        size_t n = piece(text);
        for (size_t more; text[n] && (more = piece(text + n)) > 0;) {
            if (measure(&w, text, n + more) > width)
                break;
            n += more;
        }
        if (measure(&w, text, n) > width)
            n = fitting(&w, text, n);
        if (!add_line(&w, text, n))
            return false;
        text += n;
        while (*text == ' ')
            text++;
    }
    return true;
}

double dlu_face_widest(const dlu_face *face, const char *text, double size, bool bold)
{
    double widest = 0;
    while (*text) {
        size_t n = piece(text), shown = n;
        char buf[256];
        while (shown && text[shown - 1] == ' ')
            shown--;
        shown = shown < sizeof buf ? shown : sizeof buf - 1;
        memcpy(buf, text, shown);
        buf[shown] = '\0';
        double width = dlu_face_width(face, buf, size, bold);
        widest = width > widest ? width : widest;
        text += n;
    }
    return widest;
}
