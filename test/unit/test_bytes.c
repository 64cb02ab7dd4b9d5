/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bytes/bytes.h"

/* A literal with its length, so that it may hold NULs. */
#define BYTES(literal) literal, sizeof(literal) - 1

static void kinds_are_told_by_first_bytes(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        dlu_bytes_kind kind;
    } rows[] = {
        {BYTES(""), DLU_BYTES_EMPTY},
        {BYTES("well,firefly\nA1,1\n"), DLU_BYTES_TEXT},
        {BYTES("B"), DLU_BYTES_TEXT},
        {BYTES("BM,is no bitmap,1,2,3,4,5,6"), DLU_BYTES_TEXT},
        {BYTES("BMG LABTECH\r\nUser: USER"), DLU_BYTES_TEXT},
        {BYTES("MM 96\tII*"), DLU_BYTES_TEXT},
        {BYTES("PK is no archive"), DLU_BYTES_TEXT},
        {BYTES("\xEF\xBB\xBFwell"), DLU_BYTES_TEXT},
        {BYTES("\xFF\xFEw\0e\0l\0l\0"), DLU_BYTES_TEXT},
        {BYTES("\xFE\xFF\0w\0e\0l\0l"), DLU_BYTES_TEXT},
        {BYTES("w\0e\0l\0l\0"), DLU_BYTES_TEXT},
        {BYTES("\0w\0e\0l\0l"), DLU_BYTES_TEXT},
        {BYTES("a stray \0 in a line of text"), DLU_BYTES_TEXT},
        {BYTES("Temp \xA1"
               "C 21\n"),
         DLU_BYTES_TEXT},
        {BYTES("PK\003\004\024"), DLU_BYTES_ZIP},
        {BYTES("PK\005\006"), DLU_BYTES_ZIP},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), DLU_BYTES_OLD_XLS},
        {BYTES("%PDF-1.7\n"), DLU_BYTES_PDF},
        {BYTES("\x89PNG\r\n\x1A\n\0\0"), DLU_BYTES_IMAGE},
        {BYTES("\xFF\xD8\xFF\xE0"), DLU_BYTES_IMAGE},
        {BYTES("GIF89a\x01"), DLU_BYTES_IMAGE},
        {BYTES("BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"), DLU_BYTES_IMAGE},
        {BYTES("II*\0\x08\0\0\0"), DLU_BYTES_IMAGE},
        {BYTES("MM\0*\0\0\0\x08"), DLU_BYTES_IMAGE},
        {BYTES("RIFF\x10\0\0\0WEBPVP8 "), DLU_BYTES_IMAGE},
        {BYTES("\x7F"
               "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
         DLU_BYTES_OTHER},
        {BYTES("\x1F\x8B\x08\0\0\0\0\0\x02\x03"), DLU_BYTES_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (dlu_bytes_sniff(rows[i].bytes, rows[i].n) != rows[i].kind)
            fail_msg("row %zu: kind %d", i, (int)dlu_bytes_sniff(rows[i].bytes, rows[i].n));
}

static void texts_decode_to_utf8_with_lf(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *text;
        const char *encoding;
    } rows[] = {
        {BYTES(""), "", "UTF-8"},
        {BYTES("a,b\nc"), "a,b\nc", "UTF-8"},
        {BYTES("a\r\nb\rc\n\r\r\n"), "a\nb\nc\n\n\n", "UTF-8"},
        {BYTES("\xEF\xBB\xBFwell"), "well", "UTF-8"},
        {BYTES("\xC2\xB5L"), "\xC2\xB5L", "UTF-8"},
        {BYTES("\xFF\xFEw\0\xB5\0\r\0\n\0"), "w\xC2\xB5\n", "UTF-16LE"},
        {BYTES("\xFE\xFF\0w\0\xB5\0\r"), "w\xC2\xB5\n", "UTF-16BE"},
        {BYTES("\xFF\xFE\x3D\xD8\x00\xDE"), "\xF0\x9F\x98\x80", "UTF-16LE"},
        {BYTES("w\0e\0l\0l\0"), "well", "UTF-16LE"},
        {BYTES("\0w\0e\0l\0l"), "well", "UTF-16BE"},
        {BYTES("\xB5L \x80 \x9F \x81 \xB0"
               "C"),
         "\xC2\xB5L \xE2\x82\xAC \xC5\xB8 \xC2\x81 \xC2\xB0"
         "C",
         "Windows-1252"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_source source = {.name = "a.txt", .bytes = rows[i].bytes, .n_bytes = rows[i].n};
        dlu_arena *arena = dlu_arena_new();
        dlu_decoded out;
        dlu_error err = {0};
        if (dlu_bytes_decode(&source, arena, &out, &err))
            fail_msg("row %zu: %s", i, err.text);
        if (strcmp(out.text, rows[i].text) || out.n != strlen(rows[i].text) ||
            strcmp(out.encoding, rows[i].encoding))
            fail_msg("row %zu: \"%s\" as %s", i, out.text, out.encoding);
        dlu_arena_free(arena);
    }
}

static void what_is_no_text_is_named_with_its_offset(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *code;
        const char *text;
    } rows[] = {
        {BYTES("a,b\nc\0d"), "text-nul", "expected text in UTF-8, found a NUL byte at byte 5"},
        {BYTES("\xB5\0"), "text-nul", "expected text in Windows-1252, found a NUL byte at byte 1"},
        {BYTES("\xEF\xBB\xBFok \xB5"), "text-broken-utf8",
         "expected text in UTF-8, found a byte that is not part of a character at byte 6"},
        {BYTES("\xFF\xFEw\0\x3D\xD8x\0"), "text-broken-utf16",
         "expected text in UTF-16LE, found half of a surrogate pair at byte 4"},
        {BYTES("\xFE\xFF\0w\0"), "text-broken-utf16",
         "expected text in UTF-16BE, found half of a character at byte 4"},
        {BYTES("\xFF\xFEw\0\0\0"), "text-nul",
         "expected text in UTF-16LE, found a NUL character at byte 4"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_source source = {.name = "a.txt", .bytes = rows[i].bytes, .n_bytes = rows[i].n};
        dlu_arena *arena = dlu_arena_new();
        dlu_decoded out;
        dlu_error err = {0};
        if (dlu_bytes_decode(&source, arena, &out, &err) != DLU_E_INPUT)
            fail_msg("row %zu was read", i);
        assert_string_equal(err.code, rows[i].code);
        assert_string_equal(err.text, rows[i].text);
        assert_string_equal(err.file, "a.txt");
        assert_string_not_equal(err.hint, "");
        dlu_arena_free(arena);
    }
}

static void too_large_files_are_refused_unread(void **state)
{
    dlu_source source = {.name = "a.txt", .bytes = "", .n_bytes = DLU_MAX_FILE_BYTES + 1};
    dlu_arena *arena = dlu_arena_new();
    dlu_decoded out;
    dlu_error err = {0};
    (void)state;
    assert_int_equal(dlu_bytes_decode(&source, arena, &out, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "file-too-large");
    dlu_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_first_bytes),
        cmocka_unit_test(texts_decode_to_utf8_with_lf),
        cmocka_unit_test(what_is_no_text_is_named_with_its_offset),
        cmocka_unit_test(too_large_files_are_refused_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
