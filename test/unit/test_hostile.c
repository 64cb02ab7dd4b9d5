/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/say.h"
#include "base/text.h"
#include "grid/xlsx.h"
#include "zip_writer.h"

/* What test/cases cannot reach with small files: caps at their edge, forged archives, all bytes. */

static void hidden_characters_become_visible(void **state)
{
    static const struct {
        const char *text;
        const char *seen;
    } rows[] = {
        {"", ""},
        {"PTEN 3'UTR, \xCE\xA9 \xF0\x9F\x98\x80", "PTEN 3'UTR, \xCE\xA9 \xF0\x9F\x98\x80"},
        {"a\x1B[31mb", "a<U+001B>[31mb"},
        {"a\tb\rc\x7F", "a<U+0009>b<U+000D>c<U+007F>"},
        {"\xC2\x9B"
         "31m",
         "<U+009B>31m"},
        {"\xE2\x80\xAE"
         "abc\xE2\x81\xA9",
         "<U+202E>abc<U+2069>"},
        {"WT\xE2\x80\x8B", "WT<U+200B>"},
        {"\xEF\xBB\xBFwell", "<U+FEFF>well"},
        {"\xF3\xA0\x81\x81", "<U+E0041>"},
        {"e\xCC\x81 \xD7\xA9", "e\xCC\x81 \xD7\xA9"},
        {"list:\n    one\n    two", "list:\n    one\n    two"},
        {"name\nfile.csv:1: error:", "name<U+000A>file.csv:1: error:"},
        {"name\n  hint:", "name<U+000A>  hint:"},
        {"\x9B\xFF", "<0x9B><0xFF>"},
        {"\xC0\x9B", "<0xC0><0x9B>"},
        {"\xED\xA0\x80", "<0xED><0xA0><0x80>"},
        {"\xF4\x90\x80\x80", "<0xF4><0x90><0x80><0x80>"},
        {"\xE2\x80", "<0xE2><0x80>"},
    };
    char buf[128];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t n = dlu_visible(rows[i].text, buf, sizeof buf);
        if (strcmp(buf, rows[i].seen) || n != strlen(rows[i].seen))
            fail_msg("row %zu: %s", i, buf);
        assert_int_equal(dlu_visible(rows[i].text, NULL, 0), n);
        for (size_t size = 1; size <= n; size++) {
            memset(buf, 'x', sizeof buf);
            assert_int_equal(dlu_visible(rows[i].text, buf, size), n);
            assert_true(strlen(buf) < size);
            assert_memory_equal(buf, rows[i].seen, strlen(buf));
        }
    }
}

/* Whatever the bytes, nothing below a blank gets through but the newlines of lists. */
static void no_byte_steers_a_terminal(void **state)
{
    char buf[64];
    (void)state;
    for (int a = 1; a < 256; a++)
        for (int b = 1; b < 256; b++) {
            const char text[] = {(char)a, (char)b, 'x', '\0'};
            dlu_visible(text, buf, sizeof buf);
            for (const unsigned char *p = (const unsigned char *)buf; *p; p++)
                if (*p < 0x20 || *p == 0x7F || (*p == 0xC2 && p[1] < 0xA0))
                    fail_msg("%02x %02x", (unsigned)a, (unsigned)b);
        }
}

static void messages_are_rendered_visibly(void **state)
{
    static const dlu_message m = {DLU_WARNING, "code",      "found \"\x1B[2J\"",
                                  "say \x07",  "a\x1B.csv", "S\x1B!A1"};
    static const char seen[] = "a<U+001B>.csv:S<U+001B>!A1: warning: found \"<U+001B>[2J\"\n"
                               "  hint: say <U+0007>";
    char buf[256];
    (void)state;
    for (size_t size = 0; size <= sizeof seen; size++) {
        assert_int_equal(dlu_message_render(&m, buf, size), sizeof seen - 1);
        assert_true(size == 0 || strlen(buf) < size);
    }
    assert_string_equal(buf, seen);
}

static void caps_of_text_and_rows_hold_at_their_edge(void **state)
{
    dlu_usage usage = {.text_bytes = DLU_MAX_TEXT_BYTES - 10, .rows = DLU_MAX_BOOK_ROWS - 1};
    dlu_place place = {.file = "book.xlsx", .sheet = "One"};
    dlu_error err = {0};
    (void)state;
    assert_int_equal(dlu_usage_text(&usage, 10, &place, &err), DLU_OK);
    assert_int_equal(dlu_usage_text(&usage, 1, &place, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-much-text");
    assert_string_equal(err.at, "One");
    assert_non_null(strstr(err.text, "268435456 bytes"));
    assert_true(*err.hint);
    assert_int_equal(dlu_usage_rows(&usage, 1, &place, &err), DLU_OK);
    assert_int_equal(dlu_usage_rows(&usage, 1, &place, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-many-rows");
    assert_int_equal(dlu_check_cell_text(DLU_MAX_CELL_BYTES, &place, &err), DLU_OK);
    assert_int_equal(dlu_check_cell_text(DLU_MAX_CELL_BYTES + 1, &place, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "cell-too-long");
}

static dlu_status read_text(const char *text, size_t n, dlu_error *err)
{
    dlu_arena *arena = dlu_arena_new();
    dlu_source source = {.name = "plate.csv", .bytes = text, .n_bytes = n};
    dlu_book *book;
    dlu_status status = dlu_book_read(&source, arena, &book, err);
    dlu_arena_free(arena);
    return status;
}

static void the_longest_cell_is_read(void **state)
{
    size_t n = DLU_MAX_CELL_BYTES + 4;
    char *text = dlu_memory_alloc(n + 1);
    dlu_error err = {0};
    (void)state;
    assert_non_null(text);
    memset(text, 'x', n + 1);
    memcpy(text, "a,b\n", 4);
    assert_int_equal(read_text(text, n, &err), DLU_OK);
    assert_int_equal(read_text(text, n + 1, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "cell-too-long");
    assert_string_equal(err.at, "2:1");
    dlu_memory_free(text);
}

static void the_last_column_is_read(void **state)
{
    dlu_buffer text = {0};
    dlu_error err = {0};
    (void)state;
    for (uint32_t col = 1; col <= DLU_MAX_SHEET_COLS; col++)
        dlu_buffer_add(&text, col == 1 ? "1" : ",1");
    assert_int_equal(read_text(text.bytes, text.n, &err), DLU_OK);
    dlu_buffer_add(&text, ",,,");
    assert_int_equal(read_text(text.bytes, text.n, &err), DLU_OK);
    dlu_buffer_add(&text, "1");
    assert_int_equal(read_text(text.bytes, text.n, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-many-columns");
    assert_string_equal(err.at, "1");
    dlu_buffer_free(&text);
}

static dlu_status check(const archive *a, dlu_error *err)
{
    dlu_source source = {.name = "book.xlsx", .bytes = a->bytes.bytes, .n_bytes = a->bytes.n};
    *err = (dlu_error){0};
    return dlu_package_check(&source, err);
}

static archive two_entries(const char *first, const char *second)
{
    archive a = {.n = 0};
    add_entry(&a, first, "one", 3);
    add_entry(&a, second, "two", 3);
    end_archive(&a);
    return a;
}

static void archives_are_looked_over(void **state)
{
    dlu_error err;
    archive a = two_entries("a.xml", "b.xml");
    (void)state;
    assert_int_equal(check(&a, &err), DLU_OK);
    /* a comment behind the end, and an end record inside the comment */
    size_t end = a.bytes.n;
    a.bytes.bytes[end - 2] = 30;
    dlu_buffer_add(&a.bytes, "a comment of thirty letters, ..");
    assert_int_equal(check(&a, &err), DLU_OK);
    /* the directory claims one entry more than the cap */
    a.bytes.bytes[end - 12] = (char)((DLU_MAX_ZIP_ENTRIES + 1) & 0xFF);
    a.bytes.bytes[end - 11] = (char)((DLU_MAX_ZIP_ENTRIES + 1) >> 8);
    assert_int_equal(check(&a, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "zip-too-many-entries");
    assert_non_null(strstr(err.text, "found 10001"));
    dlu_buffer_free(&a.bytes);
    a = two_entries("a.xml", "a.xml");
    assert_int_equal(check(&a, &err), DLU_E_INPUT);
    assert_string_equal(err.code, "zip-doubled-name");
    assert_true(*err.hint);
    dlu_buffer_free(&a.bytes);
}

static void entries_that_share_bytes_are_refused(void **state)
{
    dlu_error err;
    archive a = {.n = 0};
    (void)state;
    add_entry(&a, "first.xml", "one", 3);
    size_t second = a.directory.n;
    add_entry(&a, "second.xml", "two", 3);
    memset(a.directory.bytes + second + 42, 0, 4);
    end_archive(&a);
    assert_int_equal(check(&a, &err), DLU_E_INPUT);
    assert_string_equal(err.code, "zip-overlap");
    assert_non_null(strstr(err.text, "first.xml"));
    assert_non_null(strstr(err.text, "second.xml"));
    dlu_buffer_free(&a.bytes);
}

/* Every byte of the directory takes every value that may matter; nothing is read behind the end. */
static void forged_directories_never_crash(void **state)
{
    static const unsigned char values[] = {0, 1, 0x50, 0x7F, 0x80, 0xFF};
    dlu_error err;
    archive a = two_entries("a.xml", "b.xml");
    (void)state;
    for (size_t n = 0; n <= a.bytes.n; n++) {
        char *cut = dlu_memory_alloc(n ? n : 1);
        assert_non_null(cut);
        memcpy(cut, a.bytes.bytes, n);
        dlu_source source = {.name = "book.xlsx", .bytes = cut, .n_bytes = n};
        dlu_status status = dlu_package_check(&source, &err);
        assert_true(status == DLU_OK || *err.text);
        dlu_memory_free(cut);
    }
    for (size_t i = 0; i < a.bytes.n; i++) {
        char was = a.bytes.bytes[i];
        for (size_t v = 0; v < sizeof values; v++) {
            a.bytes.bytes[i] = (char)values[v];
            dlu_status status = check(&a, &err);
            assert_true(status == DLU_OK || *err.text);
        }
        a.bytes.bytes[i] = was;
    }
    dlu_buffer_free(&a.bytes);
}

static void long_texts_are_no_headers(void **state)
{
    char text[1100];
    (void)state;
    memset(text, ' ', sizeof text);
    memcpy(text, "well", 4);
    text[999] = '\0';
    assert_true(dlu_word_is_well(text));
    text[999] = ' ';
    text[1099] = '\0';
    assert_false(dlu_word_is_well(text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_characters_become_visible),
        cmocka_unit_test(no_byte_steers_a_terminal),
        cmocka_unit_test(messages_are_rendered_visibly),
        cmocka_unit_test(caps_of_text_and_rows_hold_at_their_edge),
        cmocka_unit_test(the_longest_cell_is_read),
        cmocka_unit_test(the_last_column_is_read),
        cmocka_unit_test(archives_are_looked_over),
        cmocka_unit_test(entries_that_share_bytes_are_refused),
        cmocka_unit_test(forged_directories_never_crash),
        cmocka_unit_test(long_texts_are_no_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
