/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render_module.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NO_DATE INT64_C(946684800)

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

static bool fail(cli_render_why *why, const char *text)
{
    snprintf(why->text, sizeof why->text, "%s", text);
    return false;
}

static bool no_memory(cli_render_why *why)
{
    return fail(why, "");
}

static bool cairo_failed(cli_render_why *why, cairo_status_t status)
{
    return status == CAIRO_STATUS_NO_MEMORY ? no_memory(why)
                                            : fail(why, cairo_status_to_string(status));
}

/* Draws the page into a surface; its units are points, scaled. */
static bool draw(const dlu_figure_page *page, cairo_surface_t *surface, double scale,
                 cli_render_why *why)
{
    GError *error = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)page->svg, page->n_svg, &error);
    RsvgRectangle all = {0, 0, page->width * scale, page->height * scale};
    cairo_t *cr = cairo_create(surface);
    /* a last row or column of pixels that the page covers in part would be dark */
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    bool good = handle && rsvg_handle_render_document(handle, cr, &all, &error);
    if (!good)
        fail(why, error ? error->message : "librsvg does not say why");
    else if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        good = cairo_failed(why, cairo_status(cr));
    cairo_destroy(cr);
    if (handle)
        g_object_unref(handle);
    g_clear_error(&error);
    return good;
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

static bool png(const dlu_figure_page *page, double dpi, cli_bytes *out, cli_render_why *why)
{
    double scale = dpi / 72;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)round(page->width * scale), (int)round(page->height * scale));
    cairo_status_t status = cairo_surface_status(surface);
    bool good = status == CAIRO_STATUS_SUCCESS ? draw(page, surface, scale, why)
                                               : cairo_failed(why, status);
    if (good && !write_png(surface, dpi, out))
        good = no_memory(why);
    cairo_surface_destroy(surface);
    return good;
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

static bool pdf(const dlu_figure *figure, int64_t created, cli_bytes *out, cli_render_why *why)
{
    const dlu_figure_page *page = dlu_figure_page_get(figure, 0);
    bool good = true;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take, out, page->width, page->height);
    date(surface, created);
    for (size_t i = 0; i < dlu_figure_page_count(figure) && good; i++) {
        page = dlu_figure_page_get(figure, i);
        cairo_pdf_surface_set_size(surface, page->width, page->height);
        good = draw(page, surface, 1, why);
        cairo_surface_show_page(surface);
    }
    cairo_surface_finish(surface);
    if (good && out->failed)
        good = no_memory(why);
    if (good && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        good = cairo_failed(why, cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    return good;
}

extern const cli_renderer cli_renderer_table;
__attribute__((visibility("default"))) const cli_renderer cli_renderer_table = {
    DLU_VERSION, png, pdf, cli_render_font_find, cli_render_font_width, cli_render_font_free,
};
