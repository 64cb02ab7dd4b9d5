/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define MAX_MESSAGES 100000u
#define TEXT_SIZE    sizeof((dlu_error *)0)->text

struct dlu_messages {
    dlu_arena *arena;
    DLU_VEC(dlu_message) list;
    bool failed;
};

/* Cuts at a whole UTF-8 character. */
static void copy_text(char *to, size_t size, const char *from)
{
    size_t n = from ? strlen(from) : 0;
    if (n >= size) {
        n = size - 1;
        while (n > 0 && ((unsigned char)from[n] & 0xC0) == 0x80)
            n--;
    }
    if (n)
        memcpy(to, from, n);
    to[n] = '\0';
}

static void column_name(uint32_t col, char buf[8])
{
    char reversed[8];
    size_t n = 0;
    for (; col > 0 && n < 7; col = (col - 1) / 26)
        reversed[n++] = (char)('A' + (col - 1) % 26);
    for (size_t i = 0; i < n; i++)
        buf[i] = reversed[n - 1 - i];
    buf[n] = '\0';
}

static size_t append(char *buf, size_t size, size_t n, const char *text)
{
    while (*text && n + 1 < size)
        buf[n++] = *text++;
    buf[n] = '\0';
    return n;
}

static size_t append_number(char *buf, size_t size, size_t n, uint32_t number)
{
    char digits[16], *p = digits + sizeof digits;
    *--p = '\0';
    do
        *--p = (char)('0' + number % 10);
    while (number /= 10);
    return append(buf, size, n, p);
}

/* Not by snprintf: each value of "dualuc read" has its place. */
char *dlu_place_render(const dlu_place *place, char *buf, size_t size)
{
    char col[8];
    size_t n = 0;
    buf[0] = '\0';
    if (place && place->sheet) {
        n = append(buf, size, n, place->sheet);
        if (place->row)
            n = append(buf, size, n, "!");
        if (place->row && place->col) {
            column_name(place->col, col);
            n = append(buf, size, n, col);
        }
    }
    if (place && place->row)
        n = append_number(buf, size, n, place->row);
    if (place && place->row && place->col && !place->sheet) {
        n = append(buf, size, n, ":");
        append_number(buf, size, n, place->col);
    }
    return buf;
}

static void fill(dlu_error *err, dlu_status status, const char *code, const dlu_place *place,
                 const char *hint, const char *format, va_list args)
    __attribute__((format(printf, 6, 0)));

static void fill(dlu_error *err, dlu_status status, const char *code, const dlu_place *place,
                 const char *hint, const char *format, va_list args)
{
    char text[TEXT_SIZE * 2];
    err->status = status;
    copy_text(err->code, sizeof err->code, code);
    copy_text(err->file, sizeof err->file, place ? place->file : NULL);
    dlu_place_render(place, err->at, sizeof err->at);
    copy_text(err->hint, sizeof err->hint, hint);
    vsnprintf(text, sizeof text, format, args);
    copy_text(err->text, sizeof err->text, text);
}

dlu_status dlu_fail(dlu_error *err, dlu_status status, const char *code, const dlu_place *place,
                    const char *hint, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        fill(err, status, code, place, hint, format, args);
        va_end(args);
    }
    return status;
}

dlu_status dlu_fail_memory(dlu_error *err)
{
    return dlu_fail(err, DLU_E_NO_MEMORY, "no-memory", NULL, NULL, "not enough memory");
}

dlu_messages *dlu_messages_new(void)
{
    dlu_messages *messages = dlu_memory_alloc(sizeof *messages);
    if (!messages)
        return NULL;
    *messages = (dlu_messages){.arena = dlu_arena_new()};
    if (!messages->arena) {
        dlu_memory_free(messages);
        return NULL;
    }
    return messages;
}

void dlu_messages_free(dlu_messages *messages)
{
    if (!messages)
        return;
    dlu_arena_free(messages->arena);
    dlu_memory_free(messages);
}

size_t dlu_messages_count(const dlu_messages *messages)
{
    return messages ? messages->list.n : 0;
}

const dlu_message *dlu_messages_get(const dlu_messages *messages, size_t i)
{
    return &messages->list.items[i];
}

bool dlu_messages_failed(const dlu_messages *log)
{
    return log && log->failed;
}

void dlu_messages_add_error(dlu_messages *log, dlu_severity severity, const dlu_error *err)
{
    if (!log)
        return;
    dlu_message m = {severity,
                     dlu_arena_copy(log->arena, err->code),
                     dlu_arena_copy(log->arena, err->text),
                     dlu_arena_copy(log->arena, err->hint),
                     dlu_arena_copy(log->arena, err->file),
                     dlu_arena_copy(log->arena, err->at)};
    dlu_message *slot = m.code && m.text && m.hint && m.file && m.at
                            ? DLU_VEC_ADD(log->arena, &log->list, MAX_MESSAGES)
                            : NULL;
    if (slot)
        *slot = m;
    else
        log->failed = true;
}

void dlu_warn(dlu_messages *log, const char *code, const dlu_place *place, const char *hint,
              const char *format, ...)
{
    dlu_error err;
    va_list args;
    va_start(args, format);
    fill(&err, DLU_OK, code, place, hint, format, args);
    va_end(args);
    dlu_messages_add_error(log, DLU_WARNING, &err);
}

void dlu_note(dlu_messages *log, const char *code, const dlu_place *place, const char *hint,
              const char *format, ...)
{
    dlu_error err;
    va_list args;
    va_start(args, format);
    fill(&err, DLU_OK, code, place, hint, format, args);
    va_end(args);
    dlu_messages_add_error(log, DLU_NOTE, &err);
}

void dlu_problem(dlu_problems *problems, const char *code, const dlu_place *place, const char *hint,
                 const char *format, ...)
{
    if (!problems->list)
        problems->list = dlu_arena_alloc(problems->arena, DLU_MAX_PROBLEMS, sizeof(dlu_error));
    if (problems->list && problems->n < DLU_MAX_PROBLEMS) {
        va_list args;
        va_start(args, format);
        fill(&problems->list[problems->n], DLU_E_INPUT, code, place, hint, format, args);
        va_end(args);
    }
    problems->n++;
}

dlu_status dlu_problems_finish(const dlu_problems *problems, const char *file, dlu_messages *log,
                               dlu_error *err)
{
    if (!problems->n)
        return DLU_OK;
    if (!problems->list)
        return dlu_fail_memory(err);
    if (problems->n == 1) {
        if (err)
            *err = problems->list[0];
        return DLU_E_INPUT;
    }
    size_t shown = problems->n < DLU_MAX_PROBLEMS ? problems->n : DLU_MAX_PROBLEMS;
    for (size_t i = 0; i < shown; i++)
        dlu_messages_add_error(log, DLU_ERROR, &problems->list[i]);
    dlu_place place = {.file = file};
    if (shown < problems->n)
        return dlu_fail(err, DLU_E_INPUT, "problems", &place, NULL,
                        "%zu problems, of which the first %zu are shown; nothing was written",
                        problems->n, shown);
    return dlu_fail(err, DLU_E_INPUT, "problems", &place, NULL, "%zu problems; nothing was written",
                    problems->n);
}

const char *dlu_severity_name(dlu_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

size_t dlu_message_render(const dlu_message *m, char *buf, size_t size)
{
    const char *const pieces[] = {*m->file ? m->file : "dualuc",
                                  *m->at ? ":" : "",
                                  m->at,
                                  ": ",
                                  dlu_severity_name(m->severity),
                                  ": ",
                                  m->text};
    size_t n = 0;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        n += dlu_visible(pieces[i], n < size ? buf + n : NULL, n < size ? size - n : 0);
    if (!*m->hint)
        return n;
    n += (size_t)snprintf(n < size ? buf + n : NULL, n < size ? size - n : 0, "\n  hint: ");
    return n + dlu_visible(m->hint, n < size ? buf + n : NULL, n < size ? size - n : 0);
}

size_t dlu_error_render(const dlu_error *err, char *buf, size_t size)
{
    dlu_message m = {DLU_ERROR, err->code, err->text, err->hint, err->file, err->at};
    return dlu_message_render(&m, buf, size);
}
