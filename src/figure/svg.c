/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/svg.h"

#include <math.h>
#include <string.h>

/* Two decimals of a point are 1/7200 inch; what lies beyond, and whatever a machine's libm says
 * there, is not written. */
static void put_number(dlu_buffer *out, double value)
{
    long hundredths = lround(value * 100);
    unsigned long size = (unsigned long)(hundredths < 0 ? -hundredths : hundredths);
    dlu_buffer_printf(out, "%s%lu", hundredths < 0 ? "-" : "", size / 100);
    if (size % 10)
        dlu_buffer_printf(out, ".%02lu", size % 100);
    else if (size % 100)
        dlu_buffer_printf(out, ".%lu", size % 100 / 10);
}

static void put_attribute(dlu_buffer *out, const char *name, double value)
{
    dlu_buffer_printf(out, " %s=\"", name);
    put_number(out, value);
    dlu_buffer_add(out, "\"");
}

static void put_escaped(dlu_buffer *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *entity = text[i] == '<'    ? "&lt;"
                             : text[i] == '>'  ? "&gt;"
                             : text[i] == '&'  ? "&amp;"
                             : text[i] == '"'  ? "&quot;"
                             : text[i] == '\'' ? "&#39;"
                                               : NULL;
        if (entity)
            dlu_buffer_add(out, entity);
        else if (text[i] != '\1')
            dlu_buffer_add_n(out, text + i, 1);
    }
}

static void put_ink(dlu_buffer *out, const dlu_ink *ink)
{
    dlu_buffer_printf(out, " fill=\"%s\"", ink->fill ? ink->fill : "none");
    if (!ink->stroke)
        return;
    dlu_buffer_printf(out, " stroke=\"%s\"", ink->stroke);
    put_attribute(out, "stroke-width", ink->line);
    if (ink->dash)
        dlu_buffer_printf(out, " stroke-dasharray=\"%s\"", ink->dash);
}

static void put_text(dlu_buffer *out, const dlu_item *t)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    dlu_buffer_add(out, "<text");
    put_attribute(out, "x", t->x);
    put_attribute(out, "y", t->y);
    put_attribute(out, "font-size", t->size);
    if (t->anchor != DLU_START)
        dlu_buffer_printf(out, " text-anchor=\"%s\"", anchors[t->anchor]);
    if (t->bold)
        dlu_buffer_add(out, " font-weight=\"bold\"");
    if (t->ink.fill)
        dlu_buffer_printf(out, " fill=\"%s\"", t->ink.fill);
    if (t->turned) {
        dlu_buffer_add(out, " transform=\"rotate(-90 ");
        put_number(out, t->x);
        dlu_buffer_add(out, " ");
        put_number(out, t->y);
        dlu_buffer_add(out, ")\"");
    }
    dlu_buffer_add(out, ">");
    bool italic = false;
    for (const char *at = t->text; *at;) {
        size_t n = strcspn(at, "\1");
        if (n && italic)
            dlu_buffer_add(out, "<tspan font-style=\"italic\">");
        put_escaped(out, at, n);
        if (n && italic)
            dlu_buffer_add(out, "</tspan>");
        italic ^= at[n] == '\1';
        at += n + (at[n] == '\1');
    }
    dlu_buffer_add(out, "</text>\n");
}

static void put_point(dlu_buffer *out, char letter, double x, double y)
{
    dlu_buffer_printf(out, "%c", letter);
    put_number(out, x);
    dlu_buffer_add(out, " ");
    put_number(out, y);
}

/* Ends a mark, with what is said where a pointer rests on it. */
static void put_end(dlu_buffer *out, const dlu_item *item, const char *element)
{
    if (!item->title) {
        dlu_buffer_add(out, "/>\n");
        return;
    }
    dlu_buffer_add(out, "><title>");
    put_escaped(out, item->title, strlen(item->title));
    dlu_buffer_printf(out, "</title></%s>\n", element);
}

static void put_class(dlu_buffer *out, const dlu_item *item)
{
    static const char *const classes[] = {"text",    "bar",  "point", "interval",
                                          "bracket", "well", "line",  "area"};
    dlu_buffer_printf(out, " class=\"%s\"", classes[item->mark]);
}

static void put_path(dlu_buffer *out, const dlu_item *path)
{
    dlu_buffer_add(out, "<path");
    put_class(out, path);
    dlu_buffer_add(out, " d=\"");
    for (unsigned i = 0; i < path->n; i++)
        put_point(out, path->lift[i] ? 'M' : 'L', path->px[i], path->py[i]);
    dlu_buffer_add(out, "\"");
    put_ink(out, &path->ink);
    put_end(out, path, "path");
}

static void put_rect(dlu_buffer *out, const dlu_item *r)
{
    dlu_buffer_add(out, "<rect");
    put_class(out, r);
    put_attribute(out, "x", r->x);
    put_attribute(out, "y", r->y);
    put_attribute(out, "width", r->w);
    put_attribute(out, "height", r->h);
    put_ink(out, &r->ink);
    put_end(out, r, "rect");
}

/* Corners around the middle for a radius of 1; triangles have the area of their neighbours. */
static void put_corners(dlu_buffer *out, const dlu_item *s)
{
    static const struct {
        unsigned n;
        double at[6][2];
    } corners[DLU_SHAPE_COUNT] = {
        [DLU_SHAPE_SQUARE] = {4, {{-0.86, -0.86}, {0.86, -0.86}, {0.86, 0.86}, {-0.86, 0.86}}},
        [DLU_SHAPE_TRIANGLE] = {3, {{0, -1}, {1, 0.8}, {-1, 0.8}}},
        [DLU_SHAPE_DIAMOND] = {4, {{0, -1}, {1, 0}, {0, 1}, {-1, 0}}},
        [DLU_SHAPE_INVERTED] = {3, {{0, 1}, {1, -0.8}, {-1, -0.8}}},
        [DLU_SHAPE_HEXAGON] =
            {6, {{-1, 0}, {-0.5, -0.87}, {0.5, -0.87}, {1, 0}, {0.5, 0.87}, {-0.5, 0.87}}},
    };
    dlu_buffer_add(out, " d=\"");
    for (unsigned i = 0; i < corners[s->shape].n; i++)
        put_point(out, i ? 'L' : 'M', s->x + s->w * corners[s->shape].at[i][0],
                  s->y + s->w * corners[s->shape].at[i][1]);
    dlu_buffer_add(out, "Z\"");
}

static void put_shape(dlu_buffer *out, const dlu_item *s)
{
    bool circle = s->shape == DLU_SHAPE_CIRCLE;
    dlu_buffer_add(out, circle ? "<circle" : "<path");
    put_class(out, s);
    if (circle) {
        put_attribute(out, "cx", s->x);
        put_attribute(out, "cy", s->y);
        put_attribute(out, "r", s->w);
    } else {
        put_corners(out, s);
    }
    put_ink(out, &s->ink);
    put_end(out, s, circle ? "circle" : "path");
}

/* Strokes for printing without colours: at most so dense that they stay apart in print. */
static void put_patterns(dlu_buffer *out)
{
    static const char *const strokes[] = {"M0 4L4 0M-1 1L1 -1M3 5L5 3",
                                          "M0 0L4 4M-1 3L1 5M3 -1L5 1", "M0 2L4 2", "M2 0L2 4"};
    dlu_buffer_add(out, "<defs>\n");
    for (unsigned i = 0; i < 4; i++)
        dlu_buffer_printf(out,
                          "<pattern id=\"hatch-%u\" width=\"4\" height=\"4\" "
                          "patternUnits=\"userSpaceOnUse\"><rect width=\"4\" height=\"4\" "
                          "fill=\"#FFFFFF\"/><path d=\"%s\" stroke=\"#000000\" "
                          "stroke-width=\"0.8\"/></pattern>\n",
                          i + 1, strokes[i]);
    dlu_buffer_add(out, "</defs>\n");
}

static void put_item(dlu_buffer *out, const dlu_item *item)
{
    switch (item->kind) {
    case DLU_ITEM_GROUP:
        dlu_buffer_printf(out, "<g id=\"%s\">\n", item->text ? item->text : "g");
        break;
    case DLU_ITEM_END:
        dlu_buffer_add(out, "</g>\n");
        break;
    case DLU_ITEM_TEXT:
        put_text(out, item);
        break;
    case DLU_ITEM_RECT:
        put_rect(out, item);
        break;
    case DLU_ITEM_PATH:
        put_path(out, item);
        break;
    case DLU_ITEM_SHAPE:
        put_shape(out, item);
        break;
    }
}

void dlu_svg_write(dlu_buffer *out, dlu_canvas *canvas, const dlu_theme *theme, const char *title,
                   const char *description)
{
    dlu_svg_ids ids = {0};
    dlu_buffer_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"");
    dlu_buffer_add(out, " width=\"");
    put_number(out, canvas->width);
    dlu_buffer_add(out, "pt\" height=\"");
    put_number(out, canvas->height);
    dlu_buffer_add(out, "pt\" viewBox=\"0 0 ");
    put_number(out, canvas->width);
    dlu_buffer_add(out, " ");
    put_number(out, canvas->height);
    dlu_buffer_add(out, "\" font-family=\"");
    put_escaped(out, theme->family, strlen(theme->family));
    dlu_buffer_printf(out, "\" fill=\"%s\" role=\"img\">\n<title>", theme->text);
    put_escaped(out, title, strlen(title));
    dlu_buffer_add(out, "</title>\n<desc>");
    put_escaped(out, description, strlen(description));
    dlu_buffer_add(out, "</desc>\n");
    if (theme->hatched)
        put_patterns(out);
    dlu_buffer_add(out, "<rect class=\"area\" x=\"0\" y=\"0\" width=\"100%\" height=\"100%\" "
                        "fill=\"#FFFFFF\"/>\n");
    for (size_t i = 0; i < canvas->items.n; i++) {
        dlu_item *item = &canvas->items.items[i];
        if (item->kind == DLU_ITEM_GROUP)
            item->text = dlu_svg_id(&ids, item->text ? item->text : "", canvas->arena);
        put_item(out, item);
    }
    dlu_buffer_add(out, "</svg>\n");
}

static bool plain(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
}

static const char *spelled(const char *name, dlu_arena *arena)
{
    char *text = dlu_arena_alloc(arena, 7 * strlen(name) + 4, 1);
    size_t n = 0;
    if (!text)
        return NULL;
    for (uint32_t c; (c = dlu_face_next(&name));) {
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!n && !letter)
            text[n++] = '_';
        if (plain(c)) {
            text[n++] = (char)c;
        } else if (c < 0x80) {
            text[n++] = '_';
        } else {
            static const char digits[] = "0123456789ABCDEF";
            text[n++] = 'u';
            for (int shift = c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
                text[n++] = digits[c >> shift & 0xF];
        }
    }
    if (!n)
        text[n++] = 'g';
    return text;
}

static bool taken(const dlu_svg_ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (!strcmp(ids->items[i], id))
            return true;
    return false;
}

const char *dlu_svg_id(dlu_svg_ids *ids, const char *name, dlu_arena *arena)
{
    const char *base = spelled(name, arena), *id = base;
    for (unsigned k = 2; id && taken(ids, id); k++)
        id = dlu_arena_printf(arena, "%s-%u", base, k);
    const char **to = id ? DLU_VEC_ADD(arena, ids, 1000000) : NULL;
    if (!to)
        return NULL;
    return *to = id;
}
