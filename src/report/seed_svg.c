/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/report.h>

#include "base/text.h"
#include "report/bytes.h"

/*
 * The inserts as lines with their sites, and each 8mer and 7mer as a duplex. Texts stay texts, so
 * that they can be edited; bases stand on a grid, so that they face each other in any typeface.
 */

#define PAGE_WIDTH 760
#define MARGIN     24
#define NAME_WIDTH 76
#define TRACK      (PAGE_WIDTH - 2 * MARGIN - NAME_WIDTH)
#define CELL       10 /* a base */
#define LINE       16

/* Colours that are told apart without colour vision (Okabe and Ito). */
#define COLOUR_8MER  "#D55E00"
#define COLOUR_M8    "#E69F00"
#define COLOUR_A1    "#F0C808"
#define COLOUR_6MER  "#999999"
#define COLOUR_MUTED "#555555"

typedef struct page {
    dlu_buffer text;
    unsigned y;
} page;

static bool is(const dlu_seed_row *row, const char *kind)
{
    return !strcmp(row->kind, kind);
}

static bool counts(const char *type)
{
    return type && !strstr(type, "6mer");
}

static const char *colour_of(const char *type)
{
    return !strcmp(type, "8mer")      ? COLOUR_8MER
           : !strcmp(type, "7mer-m8") ? COLOUR_M8
           : !strcmp(type, "7mer-A1") ? COLOUR_A1
                                      : COLOUR_6MER;
}

/* Names come from files: what XML would read as its own is written out, controls are dropped. */
static void add_escaped(dlu_buffer *buffer, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            dlu_buffer_add(buffer, "&amp;");
        else if (*p == '<')
            dlu_buffer_add(buffer, "&lt;");
        else if (*p == '>')
            dlu_buffer_add(buffer, "&gt;");
        else if ((unsigned char)*p >= 0x20 && (unsigned char)*p != 0x7F)
            dlu_buffer_add_n(buffer, p, 1);
    }
}

static void add_text(page *p, unsigned x, unsigned y, const char *style, const char *text)
{
    dlu_buffer_printf(&p->text, "<text x=\"%u\" y=\"%u\"%s>", x, y, style);
    add_escaped(&p->text, text);
    dlu_buffer_add(&p->text, "</text>\n");
}

/* ---- tracks ---- */

static unsigned x_of(size_t base, size_t n)
{
    return MARGIN + NAME_WIDTH + (unsigned)((uint64_t)(base - 1) * TRACK / (n ? n : 1));
}

static void add_line(page *p, const char *name, size_t n)
{
    char number[DLU_NUMBER_SIZE];
    add_text(p, MARGIN, p->y + 4, " font-weight=\"bold\"", name);
    dlu_buffer_printf(&p->text,
                      "<path d=\"M%u %uH%u\" stroke=\"#000000\" stroke-width=\"1.5\" "
                      "fill=\"none\"/>\n",
                      MARGIN + NAME_WIDTH, p->y, MARGIN + NAME_WIDTH + TRACK);
    add_text(p, MARGIN + NAME_WIDTH, p->y + 20, " font-size=\"10\" fill=\"" COLOUR_MUTED "\"", "1");
    add_text(p, MARGIN + NAME_WIDTH + TRACK, p->y + 20,
             " font-size=\"10\" text-anchor=\"end\" fill=\"" COLOUR_MUTED "\"",
             dlu_text_from_double((double)n, number));
}

static void add_box(page *p, const char *type, size_t from, size_t to, size_t n)
{
    unsigned x = x_of(from, n), end = x_of(to + 1, n);
    unsigned width = end > x + 5 ? end - x : 5;
    dlu_buffer_printf(&p->text,
                      "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"14\" fill=\"%s\" "
                      "stroke=\"#000000\" stroke-width=\"0.5\"><title>%s at %zu-%zu</title>"
                      "</rect>\n",
                      x, p->y - 7, width, colour_of(type), type, from, to);
}

/* Where the mutant differs, over its line. */
static void add_tick(page *p, size_t from, size_t n)
{
    unsigned x = x_of(from ? from : 1, n);
    dlu_buffer_printf(&p->text,
                      "<path d=\"M%u %uv-6\" stroke=\"#0072B2\" stroke-width=\"2\" "
                      "fill=\"none\"/>\n",
                      x + 2, p->y - 10);
}

static void add_tracks(page *p, const dlu_seed_row *rows, size_t n)
{
    add_line(p, "WT", rows->wt_to);
    for (size_t i = 1; i < n; i++)
        if (is(&rows[i], "site") && rows[i].wt_type)
            add_box(p, rows[i].wt_type, rows[i].wt_from, rows[i].wt_to, rows->wt_to);
    p->y += 44;
    if (!rows->mutant)
        return;
    add_line(p, rows->mutant, rows->mut_to);
    for (size_t i = 1; i < n; i++) {
        if (is(&rows[i], "site") && rows[i].mut_type)
            add_box(p, rows[i].mut_type, rows[i].mut_from, rows[i].mut_to, rows->mut_to);
        if (is(&rows[i], "difference"))
            add_tick(p, rows[i].mut_from, rows->mut_to);
    }
    p->y += 44;
}

static void add_legend(page *p)
{
    static const char *const names[] = {"8mer", "7mer-m8", "7mer-A1", "6mer"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        unsigned x = MARGIN + NAME_WIDTH + i * 84;
        dlu_buffer_printf(&p->text,
                          "<rect x=\"%u\" y=\"%u\" width=\"10\" height=\"10\" fill=\"%s\" "
                          "stroke=\"#000000\" stroke-width=\"0.5\"/>\n",
                          x, p->y - 9, colour_of(names[i]));
        add_text(p, x + 15, p->y, " font-size=\"11\"", names[i]);
    }
    dlu_buffer_printf(&p->text,
                      "<path d=\"M%u %uv-9\" stroke=\"#0072B2\" stroke-width=\"2\" "
                      "fill=\"none\"/>\n",
                      MARGIN + NAME_WIDTH + 4 * 84 + 5, p->y);
    add_text(p, MARGIN + NAME_WIDTH + 4 * 84 + 15, p->y, " font-size=\"11\"", "differs from WT");
    p->y += 28;
}

/* ---- duplexes ---- */

/* One line of a duplex, each letter at its own place; pairs as bars and dots. */
static void add_strand(page *p, const char *line)
{
    unsigned x = MARGIN + NAME_WIDTH;
    for (size_t i = 0; line[i]; i++) {
        if (line[i] == ' ')
            continue;
        unsigned at = x + (unsigned)i * CELL;
        if (line[i] == '|')
            dlu_buffer_printf(&p->text,
                              "<path d=\"M%u %uv10\" stroke=\"#000000\" stroke-width=\"1.2\" "
                              "fill=\"none\"/>\n",
                              at, p->y - 9);
        else
            dlu_buffer_printf(&p->text,
                              "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\">%c</text>\n", at,
                              p->y, line[i]);
    }
    p->y += LINE;
}

static void add_duplex(page *p, const char *name, const char *const *lines, size_t n)
{
    if (!n)
        return;
    add_text(p, MARGIN, p->y, "", name);
    dlu_buffer_add(&p->text, "<g font-family=\"DejaVu Sans Mono, Courier New, monospace\" "
                             "font-size=\"13\">\n");
    for (size_t i = 0; i < n; i++)
        add_strand(p, lines[i]);
    dlu_buffer_add(&p->text, "</g>\n");
    p->y += 6;
}

static void add_site(page *p, const dlu_seed_row *row)
{
    if (!counts(row->wt_type) && !counts(row->mut_type))
        return;
    add_text(p, MARGIN, p->y, " font-weight=\"bold\"", row->text);
    p->y += 20;
    add_duplex(p, "WT", row->wt_duplex, row->n_wt_duplex);
    add_duplex(p, row->mutant ? row->mutant : "", row->mut_duplex, row->n_mut_duplex);
    p->y += 12;
}

static void add_pair(page *p, const dlu_seed_row *rows, size_t n)
{
    add_text(p, MARGIN, p->y, " font-size=\"15\" font-weight=\"bold\"", rows->target);
    add_text(p, MARGIN + NAME_WIDTH, p->y, " font-size=\"15\"", rows->mirna);
    p->y += 36;
    add_tracks(p, rows, n);
    add_legend(p);
    for (size_t i = 1; i < n; i++)
        if (is(&rows[i], "site"))
            add_site(p, &rows[i]);
    p->y += 16;
}

/* The body first: it says how high the page is. */
static void add_page(dlu_buffer *out, const dlu_seed *seed)
{
    page p = {.y = MARGIN + 12};
    for (size_t i = 0; i < seed->n_seed;) {
        size_t n = 1;
        while (i + n < seed->n_seed && !is(&seed->seed[i + n], "insert") &&
               !is(&seed->seed[i + n], "coding"))
            n++;
        if (is(&seed->seed[i], "insert"))
            add_pair(&p, &seed->seed[i], n);
        i += n;
    }
    dlu_buffer_printf(out,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                      "viewBox=\"0 0 %u %u\" font-family=\"Helvetica, Arial, Liberation Sans, "
                      "sans-serif\" font-size=\"12\">\n"
                      "<title>Seed sites</title>\n"
                      "<rect width=\"%u\" height=\"%u\" fill=\"#FFFFFF\"/>\n",
                      PAGE_WIDTH, p.y, PAGE_WIDTH, p.y, PAGE_WIDTH, p.y);
    if (p.text.bytes)
        dlu_buffer_add_n(out, p.text.bytes, p.text.n);
    dlu_buffer_add(out, "</svg>\n");
    out->failed = out->failed || p.text.failed;
    dlu_buffer_free(&p.text);
}

dlu_status dlu_seed_svg(const dlu_seed *seed, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer buffer = {0};
    add_page(&buffer, seed);
    return dlu_bytes_take(&buffer, out, err);
}
