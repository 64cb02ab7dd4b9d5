/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef CLI_RENDER
#include <cairo-pdf.h>
#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <librsvg/rsvg.h>
#include <png.h>
#include <setjmp.h>
#endif

/* A picture of 200 million pixels takes 800 MB. */
#define MOST_PIXELS 200e6
#define NO_DATE     INT64_C(946684800)

void cli_bytes_free(cli_bytes *bytes)
{
    free(bytes->bytes);
    *bytes = (cli_bytes){0};
}

#ifndef CLI_RENDER

bool cli_can_render(void)
{
    return false;
}

static dlu_status refuse(dlu_error *err)
{
    return cli_fail(err, DLU_E_USAGE, "figure-not-rendered", "", "write an SVG: -o figure.svg",
                    "this program was built without librsvg, which makes PNG and PDF");
}

dlu_status cli_render_png(const dlu_figure_page *page, double dpi, cli_bytes *out, dlu_error *err)
{
    (void)page, (void)dpi, (void)out;
    return refuse(err);
}

dlu_status cli_render_pdf(const dlu_figure *figure, int64_t created, cli_bytes *out, dlu_error *err)
{
    (void)figure, (void)created, (void)out;
    return refuse(err);
}

dlu_status cli_font_find(const char *family, cli_font **out, char *stand_in, size_t size,
                         dlu_error *err)
{
    (void)family, (void)size, (void)err;
    *out = NULL;
    *stand_in = '\0';
    return DLU_OK;
}

double cli_font_width(uint32_t character, bool bold, bool italic, void *font)
{
    (void)character, (void)bold, (void)italic, (void)font;
    return -1;
}

void cli_font_free(cli_font *font)
{
    (void)font;
}

#else

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

bool cli_can_render(void)
{
    return true;
}

static dlu_status refuse(const char *why, dlu_error *err)
{
    if (!strcmp(why, "out of memory"))
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    return cli_fail(err, DLU_E_IO, "figure-not-drawn", "", "write an SVG: -o figure.svg",
                    "the picture could not be made of the SVG: %s", why);
}

static cairo_status_t take(void *to, const unsigned char *bytes, unsigned n)
{
    cli_bytes *out = to;
    if (out->n + n > out->cap) {
        size_t cap = 2 * out->cap + n;
        char *longer = realloc(out->bytes, cap);
        if (!longer) {
            out->failed = true;
            return CAIRO_STATUS_NO_MEMORY;
        }
        out->bytes = longer;
        out->cap = cap;
    }
    memcpy(out->bytes + out->n, bytes, n);
    out->n += n;
    return CAIRO_STATUS_SUCCESS;
}

/* Draws the page into a surface; its units are points, scaled. */
static dlu_status draw(const dlu_figure_page *page, cairo_surface_t *surface, double scale,
                       dlu_error *err)
{
    GError *why = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)page->svg, page->n_svg, &why);
    RsvgRectangle all = {0, 0, page->width * scale, page->height * scale};
    cairo_t *cr = cairo_create(surface);
    /* a last row or column of pixels that the page covers in part would be dark */
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    bool good = handle && rsvg_handle_render_document(handle, cr, &all, &why);
    if (good && cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        good = false;
    dlu_status status =
        good ? DLU_OK : refuse(why ? why->message : cairo_status_to_string(cairo_status(cr)), err);
    cairo_destroy(cr);
    if (handle)
        g_object_unref(handle);
    g_clear_error(&why);
    return status;
}

static void take_png(png_structp png, png_bytep bytes, png_size_t n)
{
    if (take(png_get_io_ptr(png), bytes, (unsigned)n) != CAIRO_STATUS_SUCCESS)
        png_error(png, "no memory");
}

static void flush_png(png_structp png)
{
    (void)png;
}

/* Plain areas pack well without filters and with little effort: a third of cairo's time. The file
 * says how many pixels an inch has, which cairo's does not. */
static bool write_rows(png_structp png, png_infop info, cairo_surface_t *surface, double dpi,
                       cli_bytes *out)
{
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    unsigned char *bytes = cairo_image_surface_get_data(surface);
    png_uint_32 metre = (png_uint_32)lround(dpi / 0.0254);
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_write_fn(png, out, take_png, flush_png);
    png_set_compression_level(png, 3);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, metre, metre, PNG_RESOLUTION_METER);
    png_write_info(png, info);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
    png_set_bgr(png);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
#else
    png_set_filler(png, 0, PNG_FILLER_BEFORE);
#endif
    for (int y = 0; y < height; y++)
        png_write_row(png, bytes + (size_t)y * (size_t)cairo_image_surface_get_stride(surface));
    png_write_end(png, info);
    return true;
}

static bool write_png(cairo_surface_t *surface, double dpi, cli_bytes *out)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    cairo_surface_flush(surface);
    bool good = info && write_rows(png, info, surface, dpi, out);
    png_destroy_write_struct(&png, &info);
    return good;
}

dlu_status cli_render_png(const dlu_figure_page *page, double dpi, cli_bytes *out, dlu_error *err)
{
    double scale = dpi / 72;
    double width = round(page->width * scale), height = round(page->height * scale);
    *out = (cli_bytes){0};
    if (width < 1 || height < 1 || width > 32000 || height > 32000 || width * height > MOST_PIXELS)
        return cli_fail(err, DLU_E_LIMIT, "figure-too-large", "", "give a smaller --dpi or --width",
                        "expected a picture of at most 32000 pixels a side, found %.0f x %.0f",
                        width, height);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    dlu_status status = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
                            ? draw(page, surface, scale, err)
                            : refuse("out of memory", err);
    if (!status && !write_png(surface, dpi, out))
        status = refuse("out of memory", err);
    cairo_surface_destroy(surface);
    if (status)
        cli_bytes_free(out);
    return status;
}

/* A PDF names the second in which it was made: the one that is given. */
static void date(cairo_surface_t *surface, int64_t created)
{
    char text[40];
    struct tm utc;
    time_t seconds = (time_t)(created < 0 ? NO_DATE : created);
    if (!gmtime_r(&seconds, &utc) || !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc))
        return;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "dualuc");
}

dlu_status cli_render_pdf(const dlu_figure *figure, int64_t created, cli_bytes *out, dlu_error *err)
{
    const dlu_figure_page *page = dlu_figure_page_get(figure, 0);
    dlu_status status = DLU_OK;
    *out = (cli_bytes){0};
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take, out, page->width, page->height);
    date(surface, created);
    for (size_t i = 0; i < dlu_figure_page_count(figure) && !status; i++) {
        page = dlu_figure_page_get(figure, i);
        cairo_pdf_surface_set_size(surface, page->width, page->height);
        status = draw(page, surface, 1, err);
        cairo_surface_show_page(surface);
    }
    cairo_surface_finish(surface);
    if (!status && (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS || out->failed))
        status = refuse("out of memory", err);
    cairo_surface_destroy(surface);
    if (status)
        cli_bytes_free(out);
    return status;
}

/* ---- families ---- */

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

dlu_status cli_font_find(const char *family, cli_font **out, char *stand_in, size_t size,
                         dlu_error *err)
{
    char found[200];
    *out = NULL;
    *stand_in = '\0';
    if (!match(family && *family ? family : "Arial", found, sizeof found)) {
        snprintf(stand_in, size, "no family");
        return DLU_OK;
    }
    bool equal = has_widths_of_arial(found);
    if (family && *family) {
        if (FcStrCmpIgnoreCase((const FcChar8 *)family, (const FcChar8 *)found) != 0 &&
            !(equal && has_widths_of_arial(family))) {
            snprintf(stand_in, size, "%s", found);
            return DLU_OK;
        }
    } else if (!equal) {
        snprintf(stand_in, size, "%s", found);
        return DLU_OK;
    }
    if (equal)
        return DLU_OK;
    *out = open_font(family);
    return *out ? DLU_OK : refuse("out of memory", err);
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

double cli_font_width(uint32_t character, bool bold, bool italic, void *data)
{
    cli_font *font = data;
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

void cli_font_free(cli_font *font)
{
    if (!font)
        return;
    for (unsigned i = 0; i < 4; i++)
        cairo_destroy(font->faces[i]);
    cairo_surface_destroy(font->surface);
    free(font);
}

#endif
