/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bytes/bytes.h"

#include <string.h>

#include <unistr.h>

#include "base/say.h"

#define LOOKED_AT 1024u

static const char no_text_hint[] =
    "export the file again as text (CSV) or as a workbook (.xlsx), and do not edit it in between";

typedef enum encoding { UTF8, UTF16LE, UTF16BE, WINDOWS_1252 } encoding;

static const char *const encoding_names[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252"};

/* What is decoded: the bytes after the byte order mark, which was `skipped` bytes long. */
typedef struct input {
    const dlu_source *source;
    const unsigned char *bytes;
    size_t n;
    size_t skipped;
    encoding encoding;
} input;

static dlu_status fail_at(const input *in, const char *code, size_t offset, const char *found,
                          dlu_error *err)
{
    dlu_place place = {.file = in->source->name};
    return dlu_fail(err, DLU_E_INPUT, code, &place, no_text_hint,
                    "expected text in %s, found %s at byte %zu", encoding_names[in->encoding],
                    found, offset + in->skipped);
}

/* Without a mark: UTF-16 of western text has a 0 in nearly every high byte, and none in the low. */
static bool has_zeros_at(const unsigned char *u, size_t n, size_t side)
{
    size_t zeros = 0, units = (n < LOOKED_AT ? n : LOOKED_AT) / 2;
    for (size_t i = 0; i < units; i++) {
        zeros += u[2 * i + side] == 0;
        if (u[2 * i + !side] == 0)
            return false;
    }
    return units >= 2 && zeros * 10 >= units * 9;
}

/* The first byte that is not UTF-8, or NULL. Exports are ASCII as a rule, which is seen faster. */
static const unsigned char *not_utf8(const unsigned char *u, size_t n)
{
    unsigned char all = 0;
    for (size_t i = 0; i < n; i++)
        all |= u[i];
    return all & 0x80 ? u8_check(u, n) : NULL;
}

static input look(const dlu_source *source)
{
    const unsigned char *u = source->bytes;
    size_t n = source->n_bytes;
    input in = {source, u, n, 0, UTF8};
    if (n >= 3 && !memcmp(u, "\xEF\xBB\xBF", 3)) {
        in.skipped = 3;
    } else if (n >= 2 && !memcmp(u, "\xFF\xFE", 2)) {
        in.skipped = 2;
        in.encoding = UTF16LE;
    } else if (n >= 2 && !memcmp(u, "\xFE\xFF", 2)) {
        in.skipped = 2;
        in.encoding = UTF16BE;
    } else if (has_zeros_at(u, n, 1)) {
        in.encoding = UTF16LE;
    } else if (has_zeros_at(u, n, 0)) {
        in.encoding = UTF16BE;
    } else if (not_utf8(u, n)) {
        in.encoding = WINDOWS_1252;
    }
    if (in.skipped) {
        in.bytes += in.skipped;
        in.n -= in.skipped;
    }
    return in;
}

static dlu_status copy_8bit(const input *in, dlu_arena *arena, char **text, size_t *n,
                            dlu_error *err)
{
    const unsigned char *bad = in->n ? memchr(in->bytes, 0, in->n) : NULL;
    if (bad)
        return fail_at(in, "text-nul", (size_t)(bad - in->bytes), "a NUL byte", err);
    bad = not_utf8(in->bytes, in->n);
    if (bad)
        return fail_at(in, "text-broken-utf8", (size_t)(bad - in->bytes),
                       "a byte that is not part of a character", err);
    *text = dlu_arena_copy_n(arena, (const char *)in->bytes, in->n);
    *n = in->n;
    return *text ? DLU_OK : dlu_fail_memory(err);
}

/* 0x80 to 0x9F; the five that Windows leaves undefined are C1 controls, as browsers read them. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static dlu_status copy_windows(const input *in, dlu_arena *arena, char **text, size_t *n,
                               dlu_error *err)
{
    const unsigned char *nul = memchr(in->bytes, 0, in->n);
    if (nul)
        return fail_at(in, "text-nul", (size_t)(nul - in->bytes), "a NUL byte", err);
    uint8_t *to = dlu_arena_grow(arena, NULL, 0, in->n * 3 + 1, 1);
    if (!to)
        return dlu_fail_memory(err);
    size_t used = 0;
    for (size_t i = 0; i < in->n; i++) {
        ucs4_t c = in->bytes[i];
        if (c >= 0x80 && c < 0xA0)
            c = windows_1252[c - 0x80];
        int length = u8_uctomb(to + used, c, 4);
        used += length > 0 ? (size_t)length : 0;
    }
    *text = (char *)to;
    *n = used;
    return DLU_OK;
}

/* The bytes as numbers of this machine, without its rules of alignment. */
static void to_units(const input *in, uint16_t *units, size_t n)
{
    size_t low = in->encoding == UTF16BE;
    for (size_t i = 0; i < n; i++)
        units[i] = (uint16_t)(in->bytes[2 * i + low] | in->bytes[2 * i + !low] << 8);
}

static dlu_status check_units(const input *in, const uint16_t *units, size_t n, dlu_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (units[i] == 0)
            return fail_at(in, "text-nul", 2 * i, "a NUL character", err);
    const uint16_t *bad = n ? u16_check(units, n) : NULL;
    if (bad)
        return fail_at(in, "text-broken-utf16", 2 * (size_t)(bad - units),
                       "half of a surrogate pair", err);
    if (in->n % 2)
        return fail_at(in, "text-broken-utf16", in->n - 1, "half of a character", err);
    return DLU_OK;
}

static dlu_status copy_units(const input *in, dlu_arena *scratch, dlu_arena *arena, char **text,
                             size_t *n, dlu_error *err)
{
    size_t n_units = in->n / 2;
    size_t length = n_units * 3 + 1;
    uint16_t *units = dlu_arena_alloc(scratch, n_units + 1, sizeof *units);
    uint8_t *to = dlu_arena_grow(arena, NULL, 0, length, 1);
    if (!units || !to)
        return dlu_fail_memory(err);
    to_units(in, units, n_units);
    dlu_status status = check_units(in, units, n_units, err);
    if (status)
        return status;
    /* A unit takes at most three bytes, so the result always fits and nothing is allocated. */
    if (!u16_to_u8(units, n_units, to, &length))
        return dlu_fail_memory(err);
    to[length] = 0;
    *text = (char *)to;
    *n = length;
    return DLU_OK;
}

static dlu_status copy_utf16(const input *in, dlu_arena *arena, char **text, size_t *n,
                             dlu_error *err)
{
    dlu_arena *scratch = dlu_arena_new();
    if (!scratch)
        return dlu_fail_memory(err);
    dlu_status status = copy_units(in, scratch, arena, text, n, err);
    dlu_arena_free(scratch);
    return status;
}

/* CRLF and CR become LF, in place; returns the new length. */
static size_t unify_newlines(char *text, size_t n)
{
    size_t used = 0;
    for (size_t i = 0; i < n;) {
        const char *end = memchr(text + i, '\r', n - i);
        size_t length = end ? (size_t)(end - (text + i)) : n - i;
        memmove(text + used, text + i, length);
        used += length;
        i += length;
        if (!end)
            break;
        text[used++] = '\n';
        i += i + 1 < n && text[i + 1] == '\n' ? 2 : 1;
    }
    text[used] = '\0';
    return used;
}

dlu_status dlu_bytes_decode(const dlu_source *source, dlu_arena *arena, dlu_decoded *out,
                            dlu_error *err)
{
    *out = (dlu_decoded){0};
    if (source->n_bytes > DLU_MAX_FILE_BYTES)
        return dlu_fail(err, DLU_E_LIMIT, "file-too-large", &(dlu_place){.file = source->name},
                        "give a file that holds the plates alone",
                        "expected at most %zu bytes, found %zu", DLU_MAX_FILE_BYTES,
                        source->n_bytes);
    input in = look(source);
    char *text = NULL;
    size_t n = 0;
    dlu_status status;
    if (in.encoding == UTF8)
        status = copy_8bit(&in, arena, &text, &n, err);
    else if (in.encoding == WINDOWS_1252)
        status = copy_windows(&in, arena, &text, &n, err);
    else
        status = copy_utf16(&in, arena, &text, &n, err);
    if (status)
        return status;
    n = unify_newlines(text, n);
    *out = (dlu_decoded){text, n, encoding_names[in.encoding]};
    return DLU_OK;
}
