/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/version.h>

#include "base/say.h"
#include "page/assets.h"
#include "page/page.h"

#define NAMED_TARGETS 4u

/* ---- the head ---- */

/* The first targets, each once. */
static void put_targets(dlu_page *p)
{
    const dlu_verdict_row *v = p->result->verdicts;
    size_t named = 0, others = 0;
    for (size_t i = 0; i < p->result->n_verdicts; i++) {
        if (!v[i].target || (i && dlu_text_compare(v[i].target, v[i - 1].target) == 0))
            continue;
        if (named++ >= NAMED_TARGETS) {
            others++;
            continue;
        }
        dlu_page_add(p, named > 1 ? ", " : "");
        dlu_page_text(p, v[i].target);
    }
    if (others)
        dlu_page_addf(p, " and %zu more", others);
    if (!named)
        dlu_page_add(p, "no pairs");
}

void dlu_page_head(dlu_page *p)
{
    dlu_page_add(p, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src '");
    dlu_page_add(p, dlu_page_js_sum);
    dlu_page_add(p, "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                    "\n<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"generator\" content=\"dualuc ");
    dlu_page_text(p, dlu_version());
    dlu_page_add(p, "\">\n<title>");
    put_targets(p);
    dlu_page_add(p, ": dual-luciferase report</title>\n<style>\n");
    dlu_page_add(p, dlu_page_css);
    dlu_page_add(p, "</style>\n</head>\n<body>\n");
}

/* ---- the header ---- */

/* How many verdicts have each call, in the order in which the calls are met. */
static void put_tally(dlu_page *p)
{
    const dlu_result *result = p->result;
    bool *counted = dlu_arena_alloc(p->arena, result->n_verdicts + 1, sizeof *counted);
    if (!counted || !result->n_verdicts)
        return;
    dlu_page_add(p, "<ul class=\"tally\" aria-label=\"Calls\">\n");
    for (size_t i = 0; i < result->n_verdicts; i++) {
        const char *words = dlu_verdict_in_words(&result->verdicts[i]);
        size_t n = 0;
        if (counted[i])
            continue;
        for (size_t k = i; k < result->n_verdicts; k++)
            if (!strcmp(words, dlu_verdict_in_words(&result->verdicts[k]))) {
                counted[k] = true;
                n++;
            }
        dlu_page_addf(p, "<li class=\"call %s\"><strong>%zu</strong> ",
                      dlu_page_tone(&result->verdicts[i]), n);
        dlu_page_text(p, words);
        dlu_page_add(p, "</li>\n");
    }
    dlu_page_add(p, "</ul>\n");
}

static void put_orientation(dlu_page *p)
{
    const dlu_result *result = p->result;
    const dlu_settings *s = &result->settings;
    dlu_page_add(p, "<p>Reporter, behind the 3\xE2\x80\xB2UTR: <strong>");
    dlu_page_text(p, s->reporter);
    dlu_page_add(p, "</strong>. Control for transfection: <strong>");
    dlu_page_text(p, s->control);
    dlu_page_add(p, "</strong>");
    if (*s->vector)
        dlu_page_add(p,
                     !strcmp(s->vector, "pmirglo") ? " (vector pmirGLO)" : " (vector psiCHECK-2)");
    dlu_page_addf(p, ". %zu plate%s, %zu wells", result->n_plates, result->n_plates == 1 ? "" : "s",
                  result->n_wells);
    if (result->date && *result->date) {
        dlu_page_add(p, ", exported ");
        dlu_page_text(p, result->date);
    }
    dlu_page_add(p, ".</p>\n");
}

/* Sections that have nothing to show are not there. */
static bool is_shown(const dlu_page *p, const char *section)
{
    if (!strcmp(section, "plates"))
        return dlu_page_has_plates(p);
    if (!strcmp(section, "quality"))
        return p->result->n_qc > 0;
    if (!strcmp(section, "constructs"))
        return dlu_page_has_constructs(p);
    if (!strcmp(section, "arms"))
        return dlu_page_has_arms(p);
    return true;
}

void dlu_page_header(dlu_page *p)
{
    static const char *const sections[][2] = {
        {"verdicts", "Verdicts"}, {"plates", "Plates"},         {"quality", "Quality"},
        {"arms", "Arms"},         {"constructs", "Constructs"}, {"wells", "Wells"},
        {"methods", "Methods"},   {"again", "Settings"},        {"messages", "Messages"}};
    dlu_page_add(p, "<a class=\"skip\" href=\"#verdicts\">Skip to the verdicts</a>\n<header>\n"
                    "<p class=\"brand\">Dual-luciferase report</p>\n<h1>");
    put_targets(p);
    dlu_page_add(p, "</h1>\n");
    put_orientation(p);
    put_tally(p);
    dlu_page_add(p, "<nav aria-label=\"Sections\"><ul>\n");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (is_shown(p, sections[i][0]))
            dlu_page_addf(p, "<li><a href=\"#%s\">%s</a></li>\n", sections[i][0], sections[i][1]);
    dlu_page_add(p, "</ul></nav>\n</header>\n");
}

/* ---- the whole ---- */

/* "<" stands in texts only, and is escaped so that none of them ends the element. */
static void put_json(dlu_page *p, const dlu_bytes *json)
{
    const char *from = json->bytes;
    dlu_page_add(p, "<script type=\"application/json\" id=\"result\">\n");
    for (const char *at; (at = strchr(from, '<')) != NULL; from = at + 1) {
        dlu_buffer_add_n(&p->out, from, (size_t)(at - from));
        dlu_page_add(p, "\\u003c");
    }
    dlu_page_add(p, from);
    dlu_page_add(p, "</script>\n");
}

static bool chain(dlu_page *p, dlu_page_chain *c, size_t heads, size_t rows)
{
    c->first = dlu_arena_alloc(p->arena, heads + 1, sizeof *c->first);
    c->next = dlu_arena_alloc(p->arena, rows + 1, sizeof *c->next);
    for (size_t i = 0; c->first && i < heads + 1; i++)
        c->first[i] = DLU_NO_ROW;
    return c->first && c->next;
}

/* From the last, so that each chain runs in order. */
static void link_row(dlu_page_chain *c, size_t head, size_t row)
{
    c->next[row] = c->first[head];
    c->first[head] = row;
}

static bool prepare(dlu_page *p)
{
    const dlu_result *result = p->result;
    p->arena = dlu_arena_new();
    if (!p->arena || !chain(p, &p->wells, result->n_units, result->n_wells) ||
        !chain(p, &p->tests, result->n_verdicts, result->n_comparisons))
        return false;
    for (size_t i = result->n_wells; i-- > 0;)
        if (result->wells[i].unit < result->n_units)
            link_row(&p->wells, result->wells[i].unit, i);
    for (size_t i = result->n_comparisons; i-- > 0;) {
        size_t verdict = result->comparisons[i].verdict;
        link_row(&p->tests, verdict < result->n_verdicts ? verdict : result->n_verdicts, i);
    }
    p->all_tables = result->n_verdicts <= DLU_PAGE_MAX_PAIRS;
    p->well_lines = result->n_wells <= DLU_PAGE_MAX_WELL_LINES;
    dlu_page_mini_axis(p);
    return true;
}

static void put_page(dlu_page *p, const dlu_bytes *json)
{
    dlu_page_head(p);
    dlu_page_header(p);
    dlu_page_add(p, "<main>\n");
    dlu_page_verdicts(p);
    dlu_page_plates(p);
    dlu_page_quality(p);
    dlu_page_arms(p);
    dlu_page_constructs(p);
    dlu_page_wells(p);
    dlu_page_methods(p);
    dlu_page_add(p, "</main>\n<footer><p>Made by dualuc ");
    dlu_page_text(p, dlu_version());
    dlu_page_add(p, ". The page holds everything in itself and asks the network for nothing; its "
                    "numbers, with all digits, are in it as JSON.</p></footer>\n");
    put_json(p, json);
    dlu_page_add(p, "<script>");
    dlu_page_add(p, dlu_page_js);
    dlu_page_add(p, "</script>\n</body>\n</html>\n");
}

dlu_status dlu_report_html(const dlu_result *result, dlu_bytes *out, dlu_error *err)
{
    dlu_page p = {.result = result};
    dlu_bytes json;
    *out = (dlu_bytes){0};
    dlu_status status = dlu_report_json(result, &json, err);
    if (status)
        return status;
    if (prepare(&p))
        put_page(&p, &json);
    else
        p.out.failed = true;
    bool failed = p.out.failed || dlu_arena_failed(p.arena);
    dlu_bytes_free(&json);
    dlu_arena_free(p.arena);
    if (failed) {
        dlu_buffer_free(&p.out);
        return dlu_fail_memory(err);
    }
    *out = (dlu_bytes){p.out.bytes, p.out.n};
    return DLU_OK;
}
