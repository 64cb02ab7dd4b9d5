/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <dualuc/figure.h>

#include "page/page.h"

/* The figures of a result within the page, as they are drawn for paper. */

#define SCREEN 1.75 /* pixels a point: letters of 7 points are read at 12 pixels */

/* The end of the tag that begins at `at`, behind its ">". */
static const char *tag_end(const char *at)
{
    bool quoted = false;
    for (; *at && (quoted || *at != '>'); at++)
        quoted ^= *at == '"';
    return *at ? at + 1 : at;
}

/* Whether the value that begins at `quote` belongs to that attribute. */
static bool is_attribute(const char *tag, const char *quote, const char *name)
{
    size_t n = strlen(name);
    return (size_t)(quote - tag) > n + 1 && quote[-1] == '=' && !strncmp(quote - 1 - n, name, n) &&
           (quote[-2 - (ptrdiff_t)n] == ' ' || quote[-2 - (ptrdiff_t)n] == ':');
}

static void put_value(dlu_page *p, const char *tag, const char *quote, const char *close,
                      size_t number)
{
    const char *value = quote + 1;
    size_t kept = 0;
    bool prefixed = true;
    if (is_attribute(tag, quote, "href") && *value == '#')
        kept = 1;
    else if (!strncmp(value, "url(#", 5))
        kept = 5;
    else
        prefixed = is_attribute(tag, quote, "id");
    dlu_buffer_add_n(&p->out, quote, 1 + kept);
    if (prefixed)
        dlu_page_addf(p, "f%zu-", number);
    dlu_buffer_add_n(&p->out, value + kept, (size_t)(close - value) - kept);
}

/* A tag with the names in it made those of one figure: ids are one to a page. */
static void put_tag(dlu_page *p, const char *tag, const char *end, size_t number)
{
    const char *from = tag;
    for (;;) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        const char *close = quote ? memchr(quote + 1, '"', (size_t)(end - quote - 1)) : NULL;
        if (!close)
            break;
        dlu_buffer_add_n(&p->out, from, (size_t)(quote - from));
        put_value(p, tag, quote, close, number);
        dlu_page_add(p, "\"");
        from = close + 1;
    }
    dlu_buffer_add_n(&p->out, from, (size_t)(end - from));
}

void dlu_page_svg(dlu_page *p, const char *svg, size_t number)
{
    const char *at = strstr(svg, "<svg"); /* behind the declaration of XML */
    while (at && *at) {
        const char *tag = at + strcspn(at, "<");
        const char *end = tag_end(tag);
        dlu_buffer_add_n(&p->out, at, (size_t)(tag - at));
        put_tag(p, tag, end, number);
        at = end;
    }
}

static void put_figure(dlu_page *p, const dlu_figure *figure)
{
    for (size_t i = 0; i < dlu_figure_page_count(figure); i++) {
        const dlu_figure_page *drawn = dlu_figure_page_get(figure, i);
        dlu_page_addf(p, "<figure class=\"paper\" style=\"width:%ldpx\">\n",
                      lround(drawn->width * SCREEN));
        dlu_page_svg(p, drawn->svg, ++p->n_figures);
        dlu_page_add(p, "</figure>\n");
    }
}

/* What cannot be drawn is not: the page says the same in numbers. */
static void draw(dlu_page *p, const dlu_figure_options *options)
{
    dlu_figure *figure = NULL;
    dlu_error err;
    dlu_status status = dlu_figure_draw(p->result, options, &figure, NULL, &err);
    if (status == DLU_E_NO_MEMORY)
        p->out.failed = true;
    else if (!status)
        put_figure(p, figure);
    dlu_figure_free(figure);
}

void dlu_page_pair_figure(dlu_page *p, size_t verdict)
{
    dlu_figure_options options;
    if (p->result->n_verdicts > DLU_PAGE_MAX_FIGURES)
        return;
    dlu_figure_defaults(&options);
    options.kinds[0] = DLU_FIGURE_BARS;
    options.n_kinds = 1;
    options.verdict = verdict;
    draw(p, &options);
}

void dlu_page_forest(dlu_page *p)
{
    dlu_figure_options options;
    size_t n = p->result->n_verdicts;
    if (n < DLU_PAGE_MIN_FOREST || n > DLU_PAGE_MAX_FIGURES)
        return;
    dlu_figure_defaults(&options);
    options.kinds[0] = DLU_FIGURE_FOREST;
    options.n_kinds = 1;
    dlu_page_add(p, "<details class=\"more\"><summary>All verdicts in one figure</summary>\n");
    draw(p, &options);
    dlu_page_add(p, "</details>\n");
}
