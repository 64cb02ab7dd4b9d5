/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define MAX_BUFFER_BYTES ((size_t)1 << 31)

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Length of the blank that begins at p: also UTF-8 no-break space and byte order mark. */
static size_t blank_at(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (*u == ' ' || (*u >= '\t' && *u <= '\r'))
        return 1;
    if (u[0] == 0xC2 && u[1] == 0xA0)
        return 2;
    if (u[0] == 0xEF && u[1] == 0xBB && u[2] == 0xBF)
        return 3;
    return 0;
}

static const char *skip_blanks(const char *p)
{
    for (size_t n; (n = blank_at(p)) > 0;)
        p += n;
    return p;
}

bool dlu_text_is_blank(const char *text)
{
    return !text || !*skip_blanks(text);
}

char *dlu_text_trimmed(dlu_arena *arena, const char *text)
{
    const char *begin = skip_blanks(text);
    const char *end = begin;
    for (const char *p = begin; *p;) {
        size_t n = blank_at(p);
        p += n ? n : 1;
        if (!n)
            end = p;
    }
    return dlu_arena_copy_n(arena, begin, (size_t)(end - begin));
}

bool dlu_text_same(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

static const char *skip_punctuation(const char *p)
{
    while (*p == ' ' || *p == '-' || *p == '_' || *p == '.' || blank_at(p))
        p += blank_at(p) ? blank_at(p) : 1;
    return p;
}

bool dlu_text_alike(const char *a, const char *b)
{
    a = skip_punctuation(a);
    b = skip_punctuation(b);
    while (*a && lower(*a) == lower(*b)) {
        a = skip_punctuation(a + 1);
        b = skip_punctuation(b + 1);
    }
    return !*a && !*b;
}

bool dlu_text_starts(const char *text, const char *prefix)
{
    while (*prefix && lower(*text) == lower(*prefix)) {
        text++;
        prefix++;
    }
    return !*prefix;
}

int dlu_text_compare(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares the runs of digits at *a and *b by value and moves behind them. */
static int compare_digits(const char **a, const char **b)
{
    while (**a == '0' && is_digit((*a)[1]))
        (*a)++;
    while (**b == '0' && is_digit((*b)[1]))
        (*b)++;
    size_t n = 0, m = 0;
    while (is_digit((*a)[n]))
        n++;
    while (is_digit((*b)[m]))
        m++;
    int order = n != m ? (n < m ? -1 : 1) : memcmp(*a, *b, n);
    *a += n;
    *b += m;
    return order;
}

int dlu_text_natural(const char *a, const char *b)
{
    const char *x = a, *y = b;
    while (x && y && *x && *y) {
        if (is_digit(*x) && is_digit(*y)) {
            int order = compare_digits(&x, &y);
            if (order)
                return order;
        } else if (*x != *y) {
            break;
        } else {
            x++;
            y++;
        }
    }
    if (x && y && *x != *y)
        return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
    return dlu_text_compare(a, b);
}

static bool make_room(dlu_buffer *buffer, size_t n)
{
    if (buffer->failed || n >= MAX_BUFFER_BYTES - buffer->n - 1) {
        buffer->failed = true;
        return false;
    }
    if (buffer->n + n + 1 <= buffer->cap)
        return true;
    size_t cap = buffer->cap ? buffer->cap : 256;
    while (cap < buffer->n + n + 1)
        cap *= 2;
    char *bytes = dlu_memory_resize(buffer->bytes, cap);
    if (!bytes) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->cap = cap;
    return true;
}

void dlu_buffer_add_n(dlu_buffer *buffer, const char *bytes, size_t n)
{
    if (!make_room(buffer, n))
        return;
    memcpy(buffer->bytes + buffer->n, bytes, n);
    buffer->n += n;
    buffer->bytes[buffer->n] = '\0';
}

void dlu_buffer_add(dlu_buffer *buffer, const char *text)
{
    dlu_buffer_add_n(buffer, text, strlen(text));
}

void dlu_buffer_printf(dlu_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !make_room(buffer, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(buffer->bytes + buffer->n, (size_t)n + 1, format, args);
    va_end(args);
    buffer->n += (size_t)n;
}

void dlu_buffer_free(dlu_buffer *buffer)
{
    dlu_memory_free(buffer->bytes);
    *buffer = (dlu_buffer){0};
}
