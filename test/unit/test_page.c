/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/report.h>

#include "page/page.h"
#include "small_result.h"

/* The page of a model written by hand, as text; a browser looks at it in test/page. */

static dlu_bytes page_of(const dlu_result *result)
{
    dlu_bytes page;
    dlu_error err;
    assert_int_equal(dlu_report_html(result, &page, &err), DLU_OK);
    assert_non_null(page.bytes);
    assert_int_equal(strlen(page.bytes), page.n_bytes);
    return page;
}

static void assert_has(const dlu_bytes *page, const char *text)
{
    if (!strstr(page->bytes, text))
        fail_msg("the page does not have: %s", text);
}

static void assert_lacks(const dlu_bytes *page, const char *text)
{
    if (strstr(page->bytes, text))
        fail_msg("the page has: %s", text);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        n++;
    return n;
}

/* ---- numbers ---- */

static void test_numbers(void **state)
{
    static const struct {
        double value;
        dlu_page_form form;
        const char *shown;
    } rows[] = {
        {0.519839586, DLU_FORM_FOLD, "0.52"},
        {12.3456, DLU_FORM_FOLD, "12.35"},
        {0.001234, DLU_FORM_FOLD, "0.0012"},
        {0.0031049, DLU_FORM_P, "0.0031"},
        {7.0649e-05, DLU_FORM_P, "7.1e-05"},
        {1e-12, DLU_FORM_P, "1.0e-12"},
        {9.9e-13, DLU_FORM_P, "<1e-12"},
        {0, DLU_FORM_P, "<1e-12"},
        {1, DLU_FORM_P, "1.0"},
        {1639000, DLU_FORM_LIGHT,
         "1\xE2\x80\xAF"
         "639\xE2\x80\xAF"
         "000"},
        {9999.4, DLU_FORM_LIGHT, "9999"},
        {10000, DLU_FORM_LIGHT,
         "10\xE2\x80\xAF"
         "000"},
        {-12345.6, DLU_FORM_LIGHT,
         "-12\xE2\x80\xAF"
         "346"},
        {-3.25, DLU_FORM_LIGHT, "-3.25"},
        {99.96, DLU_FORM_LIGHT, "100"},
        {3, DLU_FORM_COUNT, "3"},
        {0.0643651, DLU_FORM_PERCENT, "6.4\xE2\x80\xAF%"},
        {NAN, DLU_FORM_FOLD, ""},
        {INFINITY, DLU_FORM_P, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char shown[DLU_PAGE_NUMBER_SIZE];
        dlu_page_form_number(rows[i].value, rows[i].form, shown);
        assert_string_equal(shown, rows[i].shown);
    }
}

static void test_all_digits(void **state)
{
    dlu_page p = {.result = NULL};
    (void)state;
    dlu_page_number(&p, 0.1 + 0.2, DLU_FORM_P);
    assert_string_equal(p.out.bytes, "<data value=\"0.30000000000000004\">0.30</data>");
    dlu_page_number(&p, 1e-300, DLU_FORM_P);
    assert_non_null(strstr(p.out.bytes, "<data value=\"1e-300\">&lt;1e-12</data>"));
    dlu_buffer_free(&p.out);
}

/* ---- texts ---- */

static void test_texts(void **state)
{
    static const char *const rows[][2] = {
        {"PTEN", "PTEN"},
        {"a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;"},
        {"&lt;", "&amp;lt;"},
        {"x\ty", "x&lt;U+0009&gt;y"},
        {"a\x1B[31m", "a&lt;U+001B&gt;[31m"},
        {"\xFF<", "&lt;0xFF&gt;&lt;"},
        {"\xE2\x80\xAE", "&lt;U+202E&gt;"},
        {"\xCE\xB2-actin", "\xCE\xB2-actin"},
        {"list:\n    item", "list:&#10;    item"},
        {NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_page p = {.result = NULL};
        dlu_page_add(&p, "");
        dlu_page_text(&p, rows[i][0]);
        assert_false(p.out.failed);
        assert_string_equal(p.out.bytes, rows[i][1]);
        dlu_buffer_free(&p.out);
    }
}

/* ---- figures ---- */

static void test_svg(void **state)
{
    static const char *const rows[][2] = {
        {"<?xml version=\"1.0\"?>\n<svg width=\"1\"><g id=\"PTEN\"/></svg>",
         "<svg width=\"1\"><g id=\"f7-PTEN\"/></svg>"},
        {"<svg><use href=\"#a\"/><use xlink:href=\"#b\"/></svg>",
         "<svg><use href=\"#f7-a\"/><use xlink:href=\"#f7-b\"/></svg>"},
        {"<svg><rect fill=\"#0072B2\" stroke=\"url(#h)\"/></svg>",
         "<svg><rect fill=\"#0072B2\" stroke=\"url(#f7-h)\"/></svg>"},
        {"<svg><text gid=\"x\">id=\"y\" url(#z)</text></svg>",
         "<svg><text gid=\"x\">id=\"y\" url(#z)</text></svg>"},
        {"<svg><text aria-label=\"a > id=\">t</text></svg>",
         "<svg><text aria-label=\"a > id=\">t</text></svg>"},
        {"no drawing", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_page p = {.result = NULL};
        dlu_page_add(&p, "");
        dlu_page_svg(&p, rows[i][0], 7);
        assert_string_equal(p.out.bytes, rows[i][1]);
        dlu_buffer_free(&p.out);
    }
}

/* ---- the whole ---- */

static void test_small(void **state)
{
    dlu_result result = small_result();
    dlu_bytes page = page_of(&result), again = page_of(&result);
    (void)state;
    assert_string_equal(page.bytes, again.bytes);
    assert_int_equal(strncmp(page.bytes, "<!doctype html>\n", 16), 0);
    assert_has(&page, "</body>\n</html>\n");
    assert_has(&page, "bad&lt;0xFF&gt;name.csv");
    assert_has(&page, "<bdi>SEPT2</bdi>");
    assert_has(&page, "<p>Blanks were subtracted.</p>");
    assert_int_equal(count(page.bytes, "<details class=\"verdict "), result.n_verdicts);
    assert_int_equal(count(page.bytes, "<tr id=\"w"), result.n_wells);
    /* the name of SVG, which nobody fetches, is the only address */
    assert_int_equal(count(page.bytes, "://"),
                     count(page.bytes, " xmlns=\"http://www.w3.org/2000/svg\""));
    assert_lacks(&page, "nan");
    dlu_bytes_free(&page);
    dlu_bytes_free(&again);
}

/* Nothing at all: a result whose map has no pairs. */
static void test_empty(void **state)
{
    dlu_result result = {.n_verdicts = 0};
    (void)state;
    dlu_settings_default(&result.settings);
    dlu_bytes page = page_of(&result);
    assert_has(&page, "there is nothing to judge");
    assert_has(&page, "<h1>no pairs</h1>");
    dlu_bytes_free(&page);
}

/* The JSON ends where the element ends, whatever the texts are. */
static void test_json(void **state)
{
    dlu_result result = small_result();
    dlu_message message = {.severity = DLU_NOTE,
                           .code = "x",
                           .text = "</script><script>hacked",
                           .hint = "<!-- <script>",
                           .file = "",
                           .at = ""};
    (void)state;
    result.messages = &message;
    result.n_messages = 1;
    dlu_bytes page = page_of(&result);
    const char *json = strstr(page.bytes, "id=\"result\">");
    assert_non_null(json);
    const char *end = strstr(json, "</script>");
    assert_non_null(end);
    assert_int_equal(strncmp(end, "</script>\n<script>// What the page gains", 40), 0);
    assert_has(&page, "\"\\u003c/script>\\u003cscript>hacked\"");
    dlu_bytes_free(&page);
}

/* ---- colours ---- */

static void test_tones(void **state)
{
    static const struct {
        dlu_verdict_row v;
        const char *tone;
    } rows[] = {
        {{.code = DLU_DIRECT_TARGET, .call = DLU_CALL_DIRECT}, "direct"},
        {{.code = DLU_PARTIAL_RESCUE, .call = DLU_CALL_DIRECT_PARTIAL}, "reserved"},
        {{.code = DLU_DIRECT_TARGET_RESCUE_UNPROVEN, .call = DLU_CALL_DIRECT_UNPROVEN}, "reserved"},
        {{.code = DLU_NO_REPRESSION, .call = DLU_CALL_NO}, "plain"},
        {{.code = DLU_OPPOSITE_DIRECTION, .call = DLU_CALL_OPPOSITE}, "plain"},
        {{.code = DLU_INCONCLUSIVE, .call = DLU_CALL_NONE}, "plain"},
        {{.code = DLU_INVALID_QC, .call = DLU_CALL_NONE}, "void"},
        {{.code = DLU_DIRECT_TARGET, .call = DLU_CALL_DIRECT, .exploratory = true}, "void"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(dlu_page_tone(&rows[i].v), rows[i].tone);
}

/* ---- large runs ---- */

static void test_many_verdicts(void **state)
{
    static const size_t sizes[] = {DLU_PAGE_MAX_REASONS, DLU_PAGE_MAX_REASONS + 1,
                                   DLU_PAGE_MAX_PAIRS, DLU_PAGE_MAX_PAIRS + 1};
    dlu_verdict_row *verdicts = calloc(DLU_PAGE_MAX_PAIRS + 1, sizeof *verdicts);
    dlu_working *workings = calloc(DLU_PAGE_MAX_PAIRS + 1, sizeof *workings);
    (void)state;
    assert_non_null(verdicts);
    assert_non_null(workings);
    for (size_t i = 0; i <= DLU_PAGE_MAX_PAIRS; i++) {
        verdicts[i] = small_verdicts[0];
        verdicts[i].reason = "told once";
    }
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        dlu_result result = small_result();
        result.verdicts = verdicts;
        result.workings = workings;
        result.n_verdicts = sizes[k];
        result.n_sensitivity = result.n_design = 0;
        dlu_bytes page = page_of(&result);
        assert_int_equal(count(page.bytes, "told once</"), sizes[k]);
        assert_int_equal(count(page.bytes, "<dt>Why</dt>"),
                         sizes[k] > DLU_PAGE_MAX_REASONS ? sizes[k] : 0);
        bool all = sizes[k] <= DLU_PAGE_MAX_PAIRS;
        assert_int_equal(count(page.bytes, "More than 200 verdicts"), !all);
        assert_int_equal(count(page.bytes, "href=\"#arms\""), all);
        assert_int_equal(count(page.bytes, "<section id=\"arms\""), all);
        assert_int_equal(count(page.bytes, "<caption>Tests<") > 0, all);
        dlu_bytes_free(&page);
    }
    free(verdicts);
    free(workings);
}

static void test_many_wells(void **state)
{
    const size_t most = DLU_PAGE_MAX_WELL_LINES;
    dlu_well_row *wells = calloc(most + 1, sizeof *wells);
    (void)state;
    assert_non_null(wells);
    for (size_t i = 0; i <= most; i++) {
        wells[i] = small_wells[0];
        wells[i].unit = DLU_NO_ROW;
    }
    dlu_plate_row plate = {.name = "p1", .n_rows = 1, .n_cols = 1, .n_wells = 1};
    for (size_t n = most; n <= most + 1; n++) {
        dlu_result result = small_result();
        result.wells = wells;
        result.n_wells = n;
        result.workings = NULL;
        result.plates = &plate;
        result.n_plates = 1;
        dlu_bytes page = page_of(&result);
        assert_int_equal(count(page.bytes, "<tr id=\"w"), n > most ? 0 : n);
        assert_int_equal(count(page.bytes, "More than 5000 wells"), n > most);
        assert_int_equal(count(page.bytes, " id=\"w1\""), 1);
        assert_int_equal(count(page.bytes, "href=\"#w1\""), n > most ? 1 : 3);
        assert_int_equal(count(page.bytes, "<table class=\"plate "), n > most ? 1 : 3);
        dlu_bytes_free(&page);
    }
    free(wells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_all_digits),
        cmocka_unit_test(test_texts),         cmocka_unit_test(test_svg),
        cmocka_unit_test(test_small),         cmocka_unit_test(test_empty),
        cmocka_unit_test(test_json),          cmocka_unit_test(test_tones),
        cmocka_unit_test(test_many_verdicts), cmocka_unit_test(test_many_wells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
