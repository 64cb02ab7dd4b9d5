/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/plate.h>
#include <dualuc/sha256.h>

#include "base/arena.h"
#include "base/moments.h"
#include "base/say.h"
#include "base/text.h"

static void numbers_are_read(void **state)
{
    static const struct {
        const char *text;
        char decimal;
        bool ok;
        double value;
    } rows[] = {
        {"1818", '.', true, 1818},
        {" 1639000 ", '.', true, 1639000},
        {"-16", '.', true, -16},
        {"+4.5", '.', true, 4.5},
        {".5", '.', true, 0.5},
        {"5.", '.', true, 5},
        {"2.3148148148148147E-05", '.', true, 2.3148148148148147e-05},
        {"0,0385", ',', true, 0.0385},
        {"1e22", '.', true, 1e22},
        {"1e23", '.', true, 1e23},
        {"9007199254740993", '.', true, 9007199254740992.0},
        {"123456789012345678901234567890", '.', true, 123456789012345678901234567890.0},
        {"4.9406564584124654e-324", '.', true, 4.9406564584124654e-324},
        {"0.1", '.', true, 0.1},
        {"1e999", '.', false, 0},
        {"0x10", '.', false, 0},
        {"1_000", '.', false, 0},
        {"1,234", '.', false, 0},
        {"1.234", ',', false, 0},
        {"inf", '.', false, 0},
        {"nan", '.', false, 0},
        {"", '.', false, 0},
        {"-", '.', false, 0},
        {"12a", '.', false, 0},
        {"1 2", '.', false, 0},
        {"1e", '.', false, 0},
        {"\xEF\xBC\x91", '.', false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value = -1;
        if (dlu_text_number(rows[i].text, rows[i].decimal, &value) != rows[i].ok)
            fail_msg("row %zu: \"%s\"", i, rows[i].text);
        if (rows[i].ok && memcmp(&value, &rows[i].value, sizeof value) != 0)
            fail_msg("row %zu: \"%s\" gave %.17g", i, rows[i].text, value);
    }
}

static void numbers_are_written_shortest(void **state)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {1639000, "1639000"},   {0.1, "0.1"},
        {-16, "-16"},           {0, "0"},
        {1e21, "1e+21"},        {1e20, "100000000000000000000"},
        {5e-324, "5e-324"},     {1.0 / 3, "0.3333333333333333"},
        {0.000001, "0.000001"}, {0.0000001, "1e-07"},
        {105.4, "105.4"},       {9007199254740993.0, "9007199254740992"},
        {1.5e-10, "1.5e-10"},   {123456.789, "123456.789"},
        {-0.25, "-0.25"},       {0.0625, "0.0625"},
        {0.001, "0.001"},       {9999999999.5, "9999999999.5"},
        {1e10, "10000000000"},  {1234567.8901, "1234567.8901"},
    };
    char buf[DLU_NUMBER_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(dlu_text_from_double(rows[i].value, buf), rows[i].text);
    assert_string_equal(dlu_text_rounded(0.0028713, 3, buf), "0.00287");
    assert_string_equal(dlu_text_rounded(1639000, 3, buf), "1639000");
    assert_string_equal(dlu_text_rounded(0.7, 2, buf), "0.70");
    assert_string_equal(dlu_text_rounded(2.6e-10, 2, buf), "2.6e-10");
    assert_string_equal(dlu_text_rounded(0.0000095, 2, buf), "9.5e-06");
    assert_string_equal(dlu_text_rounded(0.00020, 2, buf), "0.00020");
    assert_string_equal(dlu_text_fold(0.998, buf), "1.00");
    assert_string_equal(dlu_text_fold(0.9949, buf), "0.99");
    assert_string_equal(dlu_text_fold(12.3456, buf), "12.35");
    assert_string_equal(dlu_text_fold(0.0123, buf), "0.012");
    assert_string_equal(dlu_text_fold(1234.6, buf), "1235");
    assert_string_equal(dlu_text_rounded(NAN, 2, buf), "n/a");
}

static void wells_are_read_in_every_spelling(void **state)
{
    static const struct {
        const char *text;
        const char *name; /* NULL: refused */
    } rows[] = {
        {"A1", "A1"},   {"A01", "A1"},    {"a1", "A1"},   {"A:1", "A1"},  {"H12", "H12"},
        {"P24", "P24"}, {"AF48", "AF48"}, {"AE2", "AE2"}, {" B 3", "B3"}, {"r17", "r17"},
        {"R17", "R17"}, {"AF49", NULL},   {"AG1", NULL},  {"A0", NULL},   {"1A", NULL},
        {"", NULL},     {"A", NULL},      {"A1B", NULL},  {"BA1", NULL},  {"A1.0", NULL},
        {"A-1", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_well well;
        char name[DLU_WELL_NAME_SIZE];
        bool ok = dlu_well_parse(rows[i].text, &well);
        if (ok != (rows[i].name != NULL))
            fail_msg("\"%s\"", rows[i].text);
        if (ok)
            assert_string_equal(dlu_well_name(well, name), rows[i].name);
    }
}

static void texts_compare_without_case_and_punctuation(void **state)
{
    (void)state;
    assert_true(dlu_text_alike("Wild-Type", "wildtype"));
    assert_true(dlu_text_alike("dose_nM", "Dose nm"));
    assert_false(dlu_text_alike("SPRY1", "SPRY2"));
    assert_true(dlu_text_same("WT", "wt"));
    assert_false(dlu_text_same("WT", "WT2"));
    assert_true(dlu_text_is_blank(" \xC2\xA0\t"));
    assert_true(dlu_text_compare(NULL, "a") < 0);
    assert_int_equal(dlu_text_compare(NULL, NULL), 0);
    assert_true(dlu_text_natural("day2", "day10") < 0);
    assert_true(dlu_text_natural("day10", "day2") > 0);
    assert_true(dlu_text_natural("day02", "day2") != 0);
    assert_int_equal(dlu_text_natural("day2", "day2"), 0);
    assert_true(dlu_text_natural("a", "ab") < 0);
    assert_true(dlu_text_natural(NULL, "a") < 0);
}

static void places_and_errors_render(void **state)
{
    char buf[256];
    dlu_error err;
    dlu_place cell = {"book.xlsx", "Results", 14, 5}, field = {"p.csv", NULL, 14, 5};
    dlu_place wide = {"b.xlsx", "S", 2, 16384};
    (void)state;
    dlu_fail(&err, DLU_E_INPUT, "x", &cell, "do this", "expected %d, found %s", 3, "n.d.");
    dlu_error_render(&err, buf, sizeof buf);
    assert_string_equal(buf,
                        "book.xlsx:Results!E14: error: expected 3, found n.d.\n  hint: do this");
    dlu_fail(&err, DLU_E_INPUT, "x", &field, NULL, "no");
    dlu_error_render(&err, buf, sizeof buf);
    assert_string_equal(buf, "p.csv:14:5: error: no");
    assert_string_equal(dlu_place_render(&wide, buf, sizeof buf), "S!XFD2");
    dlu_fail(&err, DLU_E_INPUT, "x", NULL, NULL, "no");
    dlu_error_render(&err, buf, sizeof buf);
    assert_string_equal(buf, "dualuc: error: no");
}

static void long_texts_are_cut_at_a_character(void **state)
{
    char text[3000];
    dlu_error err;
    (void)state;
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xC2\xB5", 2);
    text[sizeof text - 2] = '\0';
    dlu_fail(&err, DLU_E_INPUT, "x", NULL, text, "a%s", text);
    assert_true(strlen(err.text) % 2 == 1);
    assert_true(strlen(err.hint) % 2 == 0);
}

static void problems_are_gathered(void **state)
{
    dlu_arena *arena = dlu_arena_new();
    dlu_messages *log = dlu_messages_new();
    dlu_problems problems = {.arena = arena};
    dlu_error err;
    (void)state;
    assert_int_equal(dlu_problems_finish(&problems, "m.csv", log, &err), DLU_OK);
    dlu_problem(&problems, "one", NULL, NULL, "first");
    assert_int_equal(dlu_problems_finish(&problems, "m.csv", log, &err), DLU_E_INPUT);
    assert_string_equal(err.text, "first");
    assert_int_equal(dlu_messages_count(log), 0);
    for (int i = 0; i < 29; i++)
        dlu_problem(&problems, "more", NULL, NULL, "another");
    assert_int_equal(dlu_problems_finish(&problems, "m.csv", log, &err), DLU_E_INPUT);
    assert_int_equal(dlu_messages_count(log), 20);
    assert_string_equal(dlu_messages_get(log, 0)->text, "first");
    assert_non_null(strstr(err.text, "30 problems"));
    dlu_messages_free(log);
    dlu_arena_free(arena);
}

static void arrays_grow_and_stop_at_their_maximum(void **state)
{
    dlu_arena *arena = dlu_arena_new();
    DLU_VEC(long) v = {0};
    (void)state;
    for (long i = 0; i < 100000; i++) {
        long *slot = DLU_VEC_ADD(arena, &v, 100000);
        assert_non_null(slot);
        assert_int_equal(*slot, 0);
        *slot = i;
        if (i % 1000 == 0)
            assert_non_null(dlu_arena_alloc(arena, 100, 7));
    }
    assert_null(DLU_VEC_ADD(arena, &v, 100000));
    for (long i = 0; i < 100000; i++)
        assert_int_equal(v.items[i], i);
    assert_null(dlu_arena_alloc(arena, SIZE_MAX / 2, 4));
    dlu_arena_free(arena);
}

static void cleared_arenas_start_anew(void **state)
{
    dlu_arena *arena = dlu_arena_new();
    (void)state;
    dlu_arena_clear(arena);
    char *first = dlu_arena_copy(arena, "first");
    assert_non_null(dlu_arena_alloc(arena, 1, 1000000));
    for (int i = 0; i < 10000; i++)
        assert_non_null(dlu_arena_copy(arena, "more than one chunk"));
    dlu_arena_clear(arena);
    long *zeros = dlu_arena_alloc(arena, 100, sizeof *zeros);
    for (int i = 0; i < 100; i++)
        assert_int_equal(zeros[i], 0);
    assert_non_null(first);
    assert_false(dlu_arena_failed(arena));
    assert_null(dlu_arena_alloc(arena, SIZE_MAX / 2, 4));
    dlu_arena_clear(arena);
    assert_true(dlu_arena_failed(arena));
    dlu_arena_free(arena);
}

static void printed_texts_have_any_length(void **state)
{
    char most[2000];
    dlu_arena *arena = dlu_arena_new();
    (void)state;
    for (size_t n = 0; n < sizeof most - 1; n++) {
        memset(most, 'x', n);
        most[n] = '\0';
        assert_string_equal(dlu_arena_printf(arena, "%s", most), most);
    }
    dlu_arena_free(arena);
}

static void moments_are_two_pass(void **state)
{
    double x[] = {10000001, 10000003, 10000002};
    double m[] = {5, 1, 4, 2};
    (void)state;
    assert_true(dlu_mean(x, 3) == 10000002);
    assert_true(dlu_sd(x, 3) == 1);
    assert_true(isnan(dlu_sd(x, 1)));
    assert_true(dlu_median(m, 4) == 3);
    assert_true(dlu_median(m, 3) == 2);
}

/* FIPS 180-4, the message "abc". */
static void sha256_is_the_standard_one(void **state)
{
    char hex[65];
    (void)state;
    dlu_sha256("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(numbers_are_written_shortest),
        cmocka_unit_test(wells_are_read_in_every_spelling),
        cmocka_unit_test(texts_compare_without_case_and_punctuation),
        cmocka_unit_test(places_and_errors_render),
        cmocka_unit_test(long_texts_are_cut_at_a_character),
        cmocka_unit_test(problems_are_gathered),
        cmocka_unit_test(arrays_grow_and_stop_at_their_maximum),
        cmocka_unit_test(cleared_arenas_start_anew),
        cmocka_unit_test(printed_texts_have_any_length),
        cmocka_unit_test(moments_are_two_pass),
        cmocka_unit_test(sha256_is_the_standard_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
