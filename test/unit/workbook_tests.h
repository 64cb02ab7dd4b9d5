/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_WORKBOOK_TESTS_H
#define DLU_TEST_WORKBOOK_TESTS_H

#include <locale.h>
#include <time.h>
#include <unistd.h>

#include "grid/grid.h"
#include "report/xlsx_book.h"
#include "small_result.h"
#include "workbook.h"

/* The tests of the workbook, run by test_report.c. */

/* A file of this process beside the test program. */
static const char *temporary(const char *name)
{
    static char path[64];
    snprintf(path, sizeof path, "report-%ld-%s.xlsx", (long)getpid(), name);
    return path;
}

typedef struct opened {
    char path[64];
    char *bytes;
    dlu_arena *arena;
    dlu_book *book;
} opened;

/* Writes the workbook and reads it back with the reader for plates. */
static opened write_and_open(const dlu_result *result, int64_t created)
{
    size_t n;
    dlu_error err = {.text = ""};
    opened o = {.arena = dlu_arena_new()};
    snprintf(o.path, sizeof o.path, "%s", temporary("report"));
    if (dlu_report_xlsx(result, o.path, created, &err))
        fail_msg("%s", err.text);
    o.bytes = workbook_bytes(o.path, &n);
    dlu_source source = {.name = o.path, .bytes = o.bytes, .n_bytes = n};
    if (dlu_book_read(&source, o.arena, &o.book, &err))
        fail_msg("%s", err.text);
    return o;
}

static void close_opened(opened *o)
{
    remove(o->path);
    free(o->bytes);
    dlu_arena_free(o->arena);
}

static const dlu_sheet *sheet_of(const opened *o, const char *name)
{
    for (size_t i = 0; i < o->book->n_sheets; i++)
        if (!strcmp(o->book->sheets[i].name, name))
            return &o->book->sheets[i];
    fail_msg("no sheet %s", name);
    return NULL;
}

/* The cell in a row under the header of that name, or NULL. */
static const dlu_cell *under(const dlu_sheet *sheet, uint32_t header, const char *name,
                             uint32_t row)
{
    for (uint32_t col = 1; col <= sheet->n_cols; col++)
        if (!strcmp(dlu_sheet_text(sheet, header, col), name))
            return dlu_sheet_at(sheet, row, col);
    fail_msg("no column \"%s\" on %s", name, sheet->name);
    return NULL;
}

static double number_of(const dlu_cell *cell)
{
    double number = 0;
    assert_true(dlu_cell_number(cell, '.', &number));
    return number;
}

/* The first row with that text in its first column. */
static uint32_t row_with(const dlu_sheet *sheet, const char *text)
{
    for (uint32_t row = 1; row <= sheet->n_rows; row++)
        if (!strcmp(dlu_sheet_text(sheet, row, 1), text))
            return row;
    fail_msg("no row \"%s\" on %s", text, sheet->name);
    return 0;
}

static void the_workbook_has_its_sheets_in_order(void **state)
{
    static const char *const names[] = {"Summary", "Comparisons", "Groups",   "Replicates", "Wells",
                                        "QC",      "Methods",     "Messages", "Workings"};
    (void)state;
    dlu_result result = small_result();
    opened o = write_and_open(&result, -1);
    size_t next = 0;
    for (size_t i = 0; i < o.book->n_sheets && next < sizeof names / sizeof *names; i++)
        next += !strcmp(o.book->sheets[i].name, names[next]);
    assert_int_equal(next, sizeof names / sizeof *names);
    close_opened(&o);
}

static void names_are_text_and_numbers_are_numbers(void **state)
{
    (void)state;
    dlu_result result = small_result();
    opened o = write_and_open(&result, -1);
    const dlu_sheet *wells = sheet_of(&o, "Wells");
    const dlu_cell *name = under(wells, 1, "Target", 2), *formula = under(wells, 1, "miRNA", 2);
    assert_int_equal(name->kind, DLU_CELL_TEXT);
    assert_string_equal(name->text, "SEPT2");
    assert_int_equal(formula->kind, DLU_CELL_TEXT);
    assert_false(formula->formula);
    assert_string_equal(formula->text, "=1+1");
    const dlu_cell *light = under(wells, 1, "Reporter (raw)", 2);
    assert_int_equal(light->kind, DLU_CELL_NUMBER);
    assert_true(number_of(light) == 1639000);
    assert_null(under(wells, 1, "Reporter (raw)", 3));
    assert_null(under(wells, 1, "ln ratio", 3));
    assert_string_equal(under(wells, 1, "Flags", 3)->text, "NONPOSITIVE; DEAD_WELL");
    assert_string_equal(under(wells, 1, "by, whom", 2)->text, "A. \"Lab\" Hand");
    const dlu_sheet *comparisons = sheet_of(&o, "Comparisons");
    assert_true(number_of(under(comparisons, 1, "p", 2)) == 1.6e-6);
    assert_null(under(comparisons, 1, "p", 3));
    close_opened(&o);
}

static void the_summary_says_it_in_words(void **state)
{
    (void)state;
    dlu_result result = small_result();
    opened o = write_and_open(&result, -1);
    const dlu_sheet *summary = sheet_of(&o, "Summary");
    uint32_t header = row_with(summary, "Target");
    assert_non_null(strstr(dlu_sheet_text(summary, 2, 1), "behind the 3'UTR: firefly"));
    assert_string_equal(under(summary, header, "Verdict", header + 1)->text, "DIRECT_TARGET");
    assert_string_equal(under(summary, header, "In words", header + 1)->text, "direct target");
    assert_true(number_of(under(summary, header, "direct", header + 1)) == 0.00123);
    const char *caveats = under(summary, header, "To keep in mind", header + 1)->text;
    assert_non_null(strstr(caveats, dlu_caveat_text(DLU_CAVEAT_LOW_N)));
    assert_non_null(strstr(caveats, dlu_caveat_text(DLU_CAVEAT_EV_SHIFT)));
    assert_string_equal(under(summary, header, "In words", header + 2)->text, "no call");
    assert_null(under(summary, header, "Dose (nM)", header + 2));
    const dlu_sheet *methods = sheet_of(&o, "Methods");
    assert_string_equal(dlu_sheet_text(methods, 2, 2), "Blanks were subtracted.");
    assert_string_equal(dlu_sheet_text(methods, row_with(methods, "theta"), 2), "0.8");
    close_opened(&o);
}

/* Fill of the verdict's cell, in the row under the header; `header` counts from 1. */
static void fill_of_first_verdict(const dlu_result *result, char argb[9])
{
    char cell[16];
    opened o = write_and_open(result, -1);
    const dlu_sheet *summary = sheet_of(&o, "Summary");
    uint32_t row = row_with(summary, "Target") + 1;
    for (uint32_t col = 1; col <= summary->n_cols; col++)
        if (!strcmp(dlu_sheet_text(summary, row - 1, col), "Verdict"))
            snprintf(cell, sizeof cell, "%c%u", (char)('A' + col - 1), (unsigned)row);
    workbook_fill(o.path, cell, argb);
    close_opened(&o);
}

static void only_calls_of_direct_targets_are_coloured(void **state)
{
    static const struct {
        dlu_call call;
        bool exploratory;
        const char *argb;
    } rows[] = {{DLU_CALL_DIRECT, false, "FFC6EFCE"},
                {DLU_CALL_DIRECT_UNPROVEN, false, "FFFFEB9C"},
                {DLU_CALL_DIRECT_PARTIAL, false, "FFFFEB9C"},
                {DLU_CALL_NO, false, "FFEDEDED"},
                {DLU_CALL_OPPOSITE, false, "FFEDEDED"},
                {DLU_CALL_NONE, false, "FFEDEDED"},
                {DLU_CALL_NONE, true, ""},
                {DLU_CALL_DIRECT, true, ""}};
    (void)state;
    dlu_result result = small_result();
    dlu_verdict_row verdict = small_verdicts[0];
    result.verdicts = &verdict;
    result.n_verdicts = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char argb[9];
        verdict.call = rows[i].call;
        verdict.exploratory = rows[i].exploratory;
        fill_of_first_verdict(&result, argb);
        assert_string_equal(argb, rows[i].argb);
    }
}

static void exploratory_results_carry_a_banner(void **state)
{
    (void)state;
    dlu_result result = small_result();
    dlu_verdict_row verdict = small_verdicts[0];
    result.verdicts = &verdict;
    result.n_verdicts = 1;
    verdict.exploratory = true;
    opened o = write_and_open(&result, -1);
    const dlu_sheet *summary = sheet_of(&o, "Summary");
    const char *banner = dlu_sheet_text(summary, row_with(summary, "Target") - 2, 1);
    assert_int_equal(strncmp(banner, "EXPLORATORY: n = 1", 18), 0);
    close_opened(&o);
}

static void the_same_model_gives_the_same_bytes_anywhere(void **state)
{
    static const char *const zones[] = {"UTC", "Pacific/Auckland", "America/St_Johns"};
    size_t n = 0, again;
    char *first = NULL;
    (void)state;
    dlu_result result = small_result();
    for (size_t i = 0; i < 3; i++) {
        const char *path = temporary("zone");
        setenv("TZ", zones[i], 1);
        tzset();
        setlocale(LC_ALL, i ? "C.UTF-8" : "C");
        assert_int_equal(dlu_report_xlsx(&result, path, -1, NULL), DLU_OK);
        char *bytes = workbook_bytes(path, i ? &again : &n);
        if (!i)
            first = bytes;
        else {
            assert_int_equal(again, n);
            assert_memory_equal(bytes, first, n);
            free(bytes);
        }
        char *core = workbook_part(path, "docProps/core.xml");
        assert_non_null(core);
        assert_non_null(strstr(core, ">2024-03-12T00:00:00Z<"));
        free(core);
        remove(path);
    }
    free(first);
    setlocale(LC_ALL, "C");
}

static void the_date_comes_from_whoever_calls(void **state)
{
    static const struct {
        int64_t created;
        const char *date;
        const char *expected;
    } rows[] = {
        {-1, "2024-02-29", "2024-02-29T00:00:00Z"}, {-1, "", "2000-01-01T00:00:00Z"},
        {-1, "12/3/24", "2000-01-01T00:00:00Z"},    {86400, "", "1970-01-02T00:00:00Z"},
        {0, "2024-02-29", "1970-01-01T00:00:01Z"},  {INT64_MAX, "", "9999-12-31T23:59:59Z"}};
    (void)state;
    dlu_result result = small_result();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = temporary("date");
        result.date = rows[i].date;
        assert_int_equal(dlu_report_xlsx(&result, path, rows[i].created, NULL), DLU_OK);
        char *core = workbook_part(path, "docProps/core.xml");
        assert_non_null(strstr(core, rows[i].expected));
        free(core);
        remove(path);
    }
}

static void a_workbook_that_cannot_be_written_is_an_error(void **state)
{
    dlu_error err;
    (void)state;
    dlu_result result = small_result();
    assert_int_equal(dlu_report_xlsx(&result, "no/such/folder/r.xlsx", -1, &err), DLU_E_IO);
    assert_string_equal(err.code, "workbook-not-writable");
    assert_string_equal(err.file, "no/such/folder/r.xlsx");
}

static void wrapped_texts_get_their_lines(void **state)
{
    static const struct {
        const char *text;
        double width;
        unsigned lines;
    } rows[] = {{"", 10, 1},
                {"one", 10, 1},
                {"one two", 7, 1},
                {"one two", 6, 2},
                {"a\nb", 10, 2},
                {"0123456789", 10, 1},
                {"01234567890", 10, 2},
                {"a b c d", 3, 2},
                {"\xCE\xBC\xCE\xBC", 2, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (dlu_xlsx_lines_of(rows[i].text, rows[i].width) != rows[i].lines)
            fail_msg("\"%s\": %u lines", rows[i].text,
                     dlu_xlsx_lines_of(rows[i].text, rows[i].width));
}

static void texts_are_what_a_cell_can_hold(void **state)
{
    static const char *const rows[][2] = {{"plain", "plain"},
                                          {"_x0041_", "_x005F_x0041_"},
                                          {"_x00_ _xgggg_", "_x00_ _xgggg_"},
                                          {"a\xEF\xBF\xBF"
                                           "b",
                                           "a\xEF\xBF\xBD"
                                           "b"},
                                          {"\xFF", "\xEF\xBF\xBD"}};
    (void)state;
    dlu_arena *arena = dlu_arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(dlu_xlsx_cell_text(rows[i][0], arena), rows[i][1]);
    char *lengthy = dlu_arena_alloc(arena, 80001, 1);
    for (size_t i = 0; i < 80000; i += 2)
        memcpy(lengthy + i, "\xCE\xBC", 2);
    assert_int_equal(strlen(dlu_xlsx_cell_text(lengthy, arena)), 2 * 32767);
    dlu_arena_free(arena);
}

static void days_are_counted_by_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(dlu_xlsx_days(1970, 1, 1), 0);
    assert_int_equal(dlu_xlsx_days(2000, 2, 29), 11016);
    assert_int_equal(dlu_xlsx_days(2024, 3, 4), 19786);
    assert_true(dlu_xlsx_day(dlu_xlsx_days(2019, 2, 12)) == 43508);
}

#endif
