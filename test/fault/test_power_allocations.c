/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "sweep.h"

/* Results read back and plans made of them, with each allocation of the library failing once. */

static dlu_status say(dlu_status status, dlu_bytes *bytes, FILE *said)
{
    if (status == DLU_OK)
        fwrite(bytes->bytes, 1, bytes->n_bytes, said);
    dlu_bytes_free(bytes);
    return status;
}

static dlu_status say_power(const dlu_power *power, FILE *said, dlu_error *err)
{
    dlu_bytes bytes = {0};
    dlu_status status = say(dlu_power_lines(power, &bytes, err), &bytes, said);
    if (status == DLU_OK)
        status = say(dlu_power_json(power, &bytes, err), &bytes, said);
    if (status == DLU_OK)
        status = say(dlu_power_csv(power, &bytes, err), &bytes, said);
    return status;
}

static dlu_status plan_from_result(const void *input, FILE *said, dlu_error *err)
{
    const char *text = input;
    dlu_source source = {.name = "result.json", .bytes = text, .n_bytes = strlen(text)};
    dlu_result *result = NULL;
    dlu_power *power = NULL;
    dlu_power_options options;
    dlu_power_options_default(&options);
    dlu_status status = dlu_result_read(&source, &result, err);
    if (status == DLU_OK)
        status = dlu_power_from_result(result, source.name, &options, &power, err);
    if (status == DLU_OK)
        status = say_power(power, said, err);
    dlu_power_free(power);
    dlu_result_free(result);
    return status;
}

static dlu_status plan_from_numbers(const void *input, FILE *said, dlu_error *err)
{
    dlu_power *power = NULL;
    dlu_power_options options;
    dlu_power_options_default(&options);
    dlu_status status = dlu_power_option_set(&options, "sd", input, err);
    if (status == DLU_OK)
        status = dlu_power_from_numbers(&options, &power, err);
    if (status == DLU_OK)
        status = say_power(power, said, err);
    dlu_power_free(power);
    return status;
}

static void plans_are_made_of_results(void **state)
{
    static const char result[] =
        "{\"dualuc\": \"0.1.0\", \"schema\": 1, \"design\": {\"a\": \"b\"},"
        "\"inputs\": [{\"path\": \"p\", \"plates\": [\"p1\", \"p2\"]}],"
        "\"comparisons\": [{\"target\": \"PTEN\", \"mirna\": \"m\", \"dose_nM\": 5,"
        " \"treatment\": \"inhibitor\", \"mutant\": \"MUT\", \"kind\": \"interaction\","
        " \"method\": \"rcbd\", \"primary\": true, \"se\": 0.1, \"df\": 6}],"
        "\"verdicts\": [{\"target\": \"PTEN\", \"mirna\": \"m\", \"dose_nM\": 5,"
        " \"treatment\": \"inhibitor\", \"mutant\": \"MUT\", \"verdict\": \"INCONCLUSIVE\","
        " \"n\": \"3, 3\", \"notes\": [\"x\"], \"caveats\": [\"LOW_N\"]},"
        "{\"target\": \"PTEN\", \"verdict\": \"NO_MUTANT\"}]}";
    (void)state;
    sweep("plan of a result", plan_from_result, result);
}

static void results_are_refused(void **state)
{
    (void)state;

    sweep("wrong key", plan_from_result,
          "{\"dualuc\": \"0.1.0\", \"schema\": 1, \"comparisons\": [{\"n\": -1}], "
          "\"verdicts\": []}");
}

static void plans_are_made_of_numbers(void **state)
{
    (void)state;
    sweep("plan of numbers", plan_from_numbers, "0.15");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_are_made_of_results),
        cmocka_unit_test(results_are_refused),
        cmocka_unit_test(plans_are_made_of_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
