/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <string.h>

#include "base/say.h"

/* The code unit written as _xHHHH_ at p, or -1. */
static long escape_at(const char *p, size_t n)
{
    long unit = 0;
    if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        char c = p[i];
        int digit = -1;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static size_t put_utf8(char *to, unsigned long c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The result is never longer than what it replaces: 7 bytes give up to 3, 14 give 4. */
size_t dlu_xlsx_unescape(char *text, size_t n)
{
    size_t used = 0;
    for (size_t i = 0; i < n;) {
        long unit = escape_at(text + i, n - i);
        if (unit < 0) {
            text[used++] = text[i++];
            continue;
        }
        i += 7;
        unsigned long c = (unsigned long)unit;
        long low = c >= 0xD800 && c < 0xDC00 ? escape_at(text + i, n - i) : -1;
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + ((unsigned long)low - 0xDC00);
            i += 7;
        } else if (c == 0 || (c >= 0xD800 && c < 0xE000)) {
            c = 0xFFFD;
        }
        used += put_utf8(text + used, c);
    }
    return used;
}

void dlu_rich_text_open(dlu_rich_text *rich, const char *name)
{
    if (!strcmp(name, "rPh")) {
        rich->phonetic++;
    } else if (!strcmp(name, "t") && !rich->phonetic) {
        rich->in_t = true;
        rich->t_begins = rich->text.n;
    }
}

void dlu_rich_text_close(dlu_rich_text *rich, const char *name)
{
    if (!strcmp(name, "rPh") && rich->phonetic) {
        rich->phonetic--;
    } else if (!strcmp(name, "t") && rich->in_t) {
        rich->in_t = false;
        if (rich->text.n > rich->t_begins) {
            size_t begins = rich->t_begins;
            rich->text.n =
                begins + dlu_xlsx_unescape(rich->text.bytes + begins, rich->text.n - begins);
            rich->text.bytes[rich->text.n] = '\0';
        }
    }
}

void dlu_rich_text_add(dlu_rich_text *rich, const char *text, size_t n)
{
    if (rich->in_t)
        dlu_buffer_add_n(&rich->text, text, n);
}

typedef struct reader {
    dlu_arena *arena;
    dlu_usage *usage;
    dlu_shared_strings *out;
    dlu_place place;
    dlu_rich_text rich;
    bool in_item;
} reader;

static dlu_status on_open(void *who, const char *name, const char *const *attributes,
                          dlu_error *err)
{
    reader *r = who;
    (void)attributes;
    (void)err;
    if (!strcmp(name, "si")) {
        r->in_item = true;
        r->rich.text.n = 0;
        r->rich.phonetic = 0;
        r->rich.in_t = false;
    } else if (r->in_item) {
        dlu_rich_text_open(&r->rich, name);
    }
    return DLU_OK;
}

static dlu_status keep(reader *r, dlu_error *err)
{
    if (r->rich.text.failed)
        return dlu_fail_memory(err);
    dlu_status status = dlu_usage_text(r->usage, r->rich.text.n, &r->place, err);
    if (status)
        return status;
    if (r->out->list.n >= DLU_MAX_CELLS)
        return dlu_fail(err, DLU_E_LIMIT, "too-many-texts", &r->place,
                        "give a file that holds the plates alone",
                        "expected at most %u different texts in the workbook, found more",
                        DLU_MAX_CELLS);
    const char *text = dlu_arena_copy_n(r->arena, r->rich.text.bytes, r->rich.text.n);
    const char **slot = text ? DLU_VEC_ADD(r->arena, &r->out->list, DLU_MAX_CELLS) : NULL;
    if (!slot)
        return dlu_fail_memory(err);
    *slot = text;
    return DLU_OK;
}

static dlu_status on_close(void *who, const char *name, dlu_error *err)
{
    reader *r = who;
    if (!r->in_item)
        return DLU_OK;
    if (strcmp(name, "si")) {
        dlu_rich_text_close(&r->rich, name);
        return DLU_OK;
    }
    r->in_item = false;
    return keep(r, err);
}

static void on_text(void *who, const char *text, size_t n)
{
    reader *r = who;
    dlu_rich_text_add(&r->rich, text, n);
}

dlu_status dlu_xlsx_read_strings(dlu_package *package, const char *part, dlu_arena *arena,
                                 dlu_usage *usage, dlu_shared_strings *out, dlu_error *err)
{
    static const dlu_xml_events events = {on_open, on_close, on_text};
    reader r = {
        .arena = arena, .usage = usage, .out = out, .place = {.file = dlu_package_file(package)}};
    dlu_status status = dlu_xml_read(package, part, &events, &r, err);
    dlu_buffer_free(&r.rich.text);
    return status;
}
