/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/error.h>

static const dlu_message_info *find(const char *code)
{
    for (size_t i = 0; i < dlu_message_code_count(); i++)
        if (!strcmp(dlu_message_code_get(i)->code, code))
            return dlu_message_code_get(i);
    return NULL;
}

static void codes_are_sorted_and_fit_an_error(void **state)
{
    (void)state;
    assert_true(dlu_message_code_count() > 100);
    for (size_t i = 0; i < dlu_message_code_count(); i++) {
        const dlu_message_info *info = dlu_message_code_get(i);
        assert_true(strlen(info->code) < sizeof((dlu_error *)0)->code);
        assert_true(*info->when != '\0');
        assert_true(*info->todo != '\0' || info->severity == DLU_NOTE);
        if (i > 0)
            assert_true(strcmp(dlu_message_code_get(i - 1)->code, info->code) < 0);
    }
    assert_null(dlu_message_code_get(dlu_message_code_count()));
}

static void severities_are_those_of_the_calls(void **state)
{
    (void)state;
    assert_int_equal(find("no-blank")->severity, DLU_WARNING);
    assert_int_equal(find("map-doubled-well")->severity, DLU_ERROR);
    assert_int_equal(find("channels-by-order")->severity, DLU_NOTE);
    assert_null(find("never-said"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_sorted_and_fit_an_error),
        cmocka_unit_test(severities_are_those_of_the_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
