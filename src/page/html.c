/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "page/page.h"

/* What is smaller is written as "<1e-12": it says more about the model than about the cells. */
#define LEAST_P 1e-12

#define THIN_SPACE "\xE2\x80\xAF" /* does not break a line */
#define DASH       "<span class=\"none\" title=\"no value\">\xE2\x80\x93</span>"

void dlu_page_add(dlu_page *p, const char *markup)
{
    dlu_buffer_add(&p->out, markup);
}

void dlu_page_addf(dlu_page *p, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        p->out.failed = true;
    else
        dlu_buffer_add_n(&p->out, text, (size_t)n);
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return "&#10;";
    default:
        return NULL;
    }
}

static void escape(dlu_page *p, const char *text)
{
    const char *from = text;
    for (; *text; text++) {
        const char *as = entity(*text);
        if (!as)
            continue;
        dlu_buffer_add_n(&p->out, from, (size_t)(text - from));
        dlu_buffer_add(&p->out, as);
        from = text + 1;
    }
    dlu_buffer_add(&p->out, from);
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

void dlu_page_text(dlu_page *p, const char *text)
{
    if (!text)
        return;
    if (is_plain(text)) {
        escape(p, text);
        return;
    }
    size_t n = dlu_visible(text, NULL, 0);
    char *seen = dlu_memory_alloc(n + 1);
    if (!seen) {
        p->out.failed = true;
        return;
    }
    dlu_visible(text, seen, n + 1);
    escape(p, seen);
    dlu_memory_free(seen);
}

void dlu_page_name(dlu_page *p, const char *name)
{
    if (!name || !*name) {
        dlu_page_add(p, DASH);
        return;
    }
    dlu_page_add(p, "<bdi>");
    dlu_page_text(p, name);
    dlu_page_add(p, "</bdi>");
}

/* "1639000" in groups of three. */
static void grouped(double value, char buf[DLU_PAGE_NUMBER_SIZE])
{
    char digits[DLU_NUMBER_SIZE];
    size_t n = 0;
    double whole = nearbyint(value);
    if (!(fabs(whole) < 1e15)) {
        dlu_text_rounded(value, 4, buf);
        return;
    }
    snprintf(digits, sizeof digits, "%.0f", fabs(whole));
    size_t length = strlen(digits);
    if (value < 0 && whole != 0)
        n += (size_t)snprintf(buf, DLU_PAGE_NUMBER_SIZE, "-");
    for (size_t i = 0; i < length; i++) {
        bool gap = i && length > 4 && (length - i) % 3 == 0;
        n += (size_t)snprintf(buf + n, DLU_PAGE_NUMBER_SIZE - n, "%s%c", gap ? THIN_SPACE : "",
                              digits[i]);
    }
}

void dlu_page_form_number(double value, dlu_page_form form, char buf[DLU_PAGE_NUMBER_SIZE])
{
    buf[0] = '\0';
    if (!isfinite(value))
        return;
    switch (form) {
    case DLU_FORM_FOLD:
        dlu_text_fold(value, buf);
        return;
    case DLU_FORM_P:
        if (value < LEAST_P)
            memcpy(buf, "<1e-12", sizeof "<1e-12");
        else
            dlu_text_rounded(value, 2, buf);
        return;
    case DLU_FORM_LIGHT:
        if (fabs(value) < 100)
            dlu_text_rounded(value, 3, buf);
        else
            grouped(value, buf);
        return;
    case DLU_FORM_COUNT:
        dlu_text_from_double(value, buf);
        return;
    case DLU_FORM_DF:
        if (value == nearbyint(value))
            grouped(value, buf);
        else
            dlu_text_rounded(value, 3, buf);
        return;
    case DLU_FORM_PERCENT:
        dlu_text_rounded(100 * value, 2, buf);
        memcpy(buf + strlen(buf), THIN_SPACE "%", sizeof THIN_SPACE "%");
        return;
    case DLU_FORM_ROUND:
        break;
    }
    dlu_text_rounded(value, 3, buf);
}

void dlu_page_number(dlu_page *p, double value, dlu_page_form form)
{
    char shown[DLU_PAGE_NUMBER_SIZE], whole[DLU_NUMBER_SIZE];
    if (!isfinite(value)) {
        dlu_page_add(p, DASH);
        return;
    }
    dlu_page_form_number(value, form, shown);
    dlu_page_addf(p, "<data value=\"%s\">", dlu_text_from_double(value, whole));
    escape(p, shown);
    dlu_page_add(p, "</data>");
}

void dlu_page_interval(dlu_page *p, double value, double low, double high, dlu_page_form form)
{
    dlu_page_number(p, value, form);
    if (!isfinite(value) || (!isfinite(low) && !isfinite(high)))
        return;
    dlu_page_add(p, " <span class=\"ci\">[");
    dlu_page_number(p, low, form);
    dlu_page_add(p, "<span class=\"to\"> to </span>");
    dlu_page_number(p, high, form);
    dlu_page_add(p, "]</span>");
}
