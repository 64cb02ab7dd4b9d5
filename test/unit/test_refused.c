/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a program that uses the library can do wrong, or what befalls it: no command of ours
 * does. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "report/xlsx_book.h"

static char point[8] = ".";

/* In place of the C library's: a locale with a comma need not be installed. */
struct lconv *localeconv(void);
struct lconv *localeconv(void)
{
    static struct lconv conventions;
    conventions.decimal_point = point;
    return &conventions;
}

static void assert_refused(dlu_status found, dlu_status expected, const dlu_error *err,
                           const char *rendered)
{
    char text[1400];
    dlu_error_render(err, text, sizeof text);
    assert_string_equal(text, rendered);
    assert_int_equal(found, expected);
    assert_int_equal(err->status, expected);
}

static void no_plate(void **state)
{
    (void)state;
    dlu_job job = {.n_plates = 0};
    dlu_result *result;
    dlu_error err;
    dlu_messages *log = dlu_messages_new();
    dlu_status status = dlu_analyze(&job, &result, log, &err);
    assert_refused(status, DLU_E_USAGE, &err,
                   "dualuc: error: expected at least one plate file, found none\n"
                   "  hint: give the files of the reader");
    assert_null(result);
    dlu_messages_free(log);
}

static void no_such_plate_of_a_simulation(void **state)
{
    (void)state;
    const dlu_simulate_options options = {.wells = 96, .blocks = 3, .pairs = 1};
    dlu_simulation *simulation;
    dlu_bytes bytes = {0};
    dlu_error err;
    assert_int_equal(dlu_simulation_new(&options, &simulation, &err), DLU_OK);
    dlu_status status = dlu_simulation_plate_csv(simulation, 3, &bytes, &err);
    assert_refused(status, DLU_E_USAGE, &err,
                   "dualuc: error: expected a plate from 0 to 2, found 3");
    dlu_simulation_free(simulation);
}

/* ---- workbooks ---- */

typedef struct place {
    char folder[64];
    char path[80];
} place;

static place new_place(void)
{
    place p = {.folder = "/tmp/dualuc-test-XXXXXX"};
    assert_non_null(mkdtemp(p.folder));
    snprintf(p.path, sizeof p.path, "%s/book.xlsx", p.folder);
    return p;
}

static void remove_place(const place *p)
{
    unlink(p->path);
    rmdir(p->folder);
}

static dlu_xlsx_book *open_book(const place *p)
{
    dlu_xlsx_book *book;
    dlu_error err = {.text = ""};
    if (dlu_xlsx_open(p->path, "a test", DLU_XLSX_NO_DATE, &book, &err))
        fail_msg("%s", err.text);
    return book;
}

static void a_locale_with_a_comma(void **state)
{
    (void)state;
    place p = new_place();
    dlu_xlsx_book *book;
    dlu_error err;
    strcpy(point, ",");
    dlu_status status = dlu_xlsx_open(p.path, "a test", DLU_XLSX_NO_DATE, &book, &err);
    strcpy(point, ".");
    assert_refused(
        status, DLU_E_USAGE, &err,
        "dualuc: error: expected a locale with \".\" as decimal sign, found \",\": numbers "
        "in the workbook would be damaged\n"
        "  hint: call setlocale(LC_NUMERIC, \"C\") before writing a workbook");
    assert_null(book);
    assert_int_equal(access(p.path, F_OK), -1);
    remove_place(&p);
}

static void a_row_below_the_last(void **state)
{
    (void)state;
    place p = new_place();
    dlu_error err;
    dlu_xlsx_book *book = open_book(&p);
    dlu_xlsx_sheet *sheet = dlu_xlsx_add_sheet(book, "Wells");
    dlu_xlsx_number(sheet, 1048575, 0, 1, (dlu_xlsx_style)0, (dlu_xlsx_fill)0);
    dlu_xlsx_number(sheet, 1048576, 0, 1, (dlu_xlsx_style)0, (dlu_xlsx_fill)0);
    dlu_status status = dlu_xlsx_close(book, &err);
    assert_refused(
        status, DLU_E_LIMIT, &err,
        "dualuc: error: expected at most 1048576 rows and 16384 columns in a sheet, found "
        "a table with more\n  hint: write the tables with --csv instead");
    remove_place(&p);
}

static void a_folder_that_is_gone(void **state)
{
    (void)state;
    place p = new_place();
    dlu_error err;
    dlu_xlsx_book *book = open_book(&p);
    dlu_xlsx_number(dlu_xlsx_add_sheet(book, "Wells"), 0, 0, 1, (dlu_xlsx_style)0,
                    (dlu_xlsx_fill)0);
    remove_place(&p);
    dlu_status status = dlu_xlsx_close(book, &err);
    assert_int_equal(status, DLU_E_IO);
    assert_string_equal(err.code, "workbook-not-written");
    assert_non_null(strstr(err.text, "the workbook could not be written: "));
    assert_string_equal(err.hint,
                        "check the free space of the disk and of the folder for temporary files");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plate),
        cmocka_unit_test(no_such_plate_of_a_simulation),
        cmocka_unit_test(a_locale_with_a_comma),
        cmocka_unit_test(a_row_below_the_last),
        cmocka_unit_test(a_folder_that_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
