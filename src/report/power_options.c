/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/power_options.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

static const char *const designs[] = {"blocked", "blocked-pooled", "unblocked"};
static const char *const tests[] = {"interaction", "wt"};
static const char *const statuses[] = {
    "ok",          "too-many-replicates", "no-mutant",      "not-tested",
    "no-variance", "split-block",         "technical-only", "too-few"};

const char *dlu_plan_design_name(dlu_plan_design design)
{
    return designs[design];
}

const char *dlu_plan_test_name(dlu_plan_test test)
{
    return tests[test];
}

const char *dlu_plan_status_name(dlu_plan_status status)
{
    return statuses[status];
}

const char *dlu_plan_sd_text(dlu_plan_design design, dlu_plan_test test)
{
    static const char *const texts[DLU_PLAN_DESIGN_COUNT][DLU_PLAN_TEST_COUNT] = {
        {"of D, the difference of differences of ln ratios within a block, over blocks",
         "of the difference of ln ratios, treatment minus control within a block, over blocks"},
        {"of what is left of ln ratios after blocks and arms: the root of the pooled mean square",
         "of what is left of ln ratios after blocks and arms: the root of the pooled mean square"},
        {"of the ln ratios of the transfections of an arm",
         "of the ln ratios of the transfections of an arm"}};
    return texts[design][test];
}

void dlu_power_options_default(dlu_power_options *options)
{
    *options = (dlu_power_options){.sd = NAN, .fold = 0.70, .alpha = NAN, .power = 0.80};
}

/* ---- from text ---- */

static dlu_status set_word(unsigned *to, const char *name, const char *const *words, size_t n,
                           const char *value, dlu_error *err)
{
    char list[80] = "";
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(words[i], value)) {
            *to = (unsigned)i;
            return DLU_OK;
        }
        size_t used = strlen(list);
        const char *between = !i ? "" : i + 1 < n ? ", " : " or ";
        snprintf(list + used, sizeof list - used, "%s%s", between, words[i]);
    }
    return dlu_fail(err, DLU_E_USAGE, "power-word", NULL, NULL, "%s: expected %s, found \"%s\"",
                    name, list, value);
}

static dlu_status read_number(double *to, const char *name, const char *expected, const char *value,
                              dlu_error *err)
{
    char number[DLU_NUMBER_SIZE], hint[DLU_NUMBER_SIZE + 16];
    if (dlu_text_number(value, '.', to))
        return DLU_OK;
    if (!dlu_text_number(value, ',', to))
        return dlu_fail(err, DLU_E_USAGE, "power-number", NULL, NULL,
                        "%s: expected %s, found \"%s\"", name, expected, value);
    snprintf(hint, sizeof hint, "write %s", dlu_text_from_double(*to, number));
    return dlu_fail(err, DLU_E_USAGE, "power-comma", NULL, hint,
                    "%s: expected a number with a decimal point, found \"%s\" with a comma", name,
                    value);
}

/* The options that are numbers, and what they must be. */
typedef struct number_option {
    const char *name;
    const char *expected;
    size_t offset;
    double above, below;
} number_option;

#define LARGEST_FOLD 1e6
#define LARGEST_SD   10.0
#define AT(member)   offsetof(dlu_power_options, member)

static const number_option numbers[] = {
    {"sd", "a standard deviation of ln ratios, above 0 and below 10", AT(sd), 0, LARGEST_SD},
    {"fold", "a fold above 0 that is not 1, such as 0.7", AT(fold), 1 / LARGEST_FOLD, LARGEST_FOLD},
    {"alpha", "a number between 0 and 1", AT(alpha), 0, 1},
    {"power", "a number between 0 and 1", AT(power), 0, 1},
};

static dlu_status check_number(const number_option *option, double value, dlu_error *err)
{
    char found[DLU_NUMBER_SIZE];
    bool none = option->offset == AT(fold) && !(value < 1) && !(value > 1);
    if (value > option->above && value < option->below && !none)
        return DLU_OK;
    const char *hint = option->offset == AT(sd) && value >= option->below
                           ? "a CV of 15 % is an SD of about 0.15"
                           : NULL;
    return dlu_fail(err, DLU_E_USAGE, "power-range", NULL, hint, "%s: expected %s, found %s",
                    option->name, option->expected,
                    isfinite(value) ? dlu_text_from_double(value, found) : "no number");
}

static dlu_status set_count(size_t *to, const char *value, dlu_error *err)
{
    long n;
    if (!dlu_text_integer(value, 2, (long)DLU_PLAN_MAX_N, &n))
        return dlu_fail(err, DLU_E_USAGE, "power-n", NULL,
                        !strcmp(value, "1") ? "one replicate has no scatter" : NULL,
                        "n: expected a whole number from 2 to %u, found \"%s\"", DLU_PLAN_MAX_N,
                        value);
    *to = (size_t)n;
    return DLU_OK;
}

dlu_status dlu_power_option_set(dlu_power_options *options, const char *name, const char *value,
                                dlu_error *err)
{
    unsigned word = 0;
    dlu_status status;
    if (!strcmp(name, "design")) {
        status = set_word(&word, name, designs, DLU_PLAN_DESIGN_COUNT, value, err);
        options->design = status ? options->design : (dlu_plan_design)word;
        return status;
    }
    if (!strcmp(name, "test")) {
        status = set_word(&word, name, tests, DLU_PLAN_TEST_COUNT, value, err);
        options->test = status ? options->test : (dlu_plan_test)word;
        return status;
    }
    if (!strcmp(name, "n"))
        return set_count(&options->n, value, err);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(numbers[i].name, name) != 0)
            continue;
        double *to = (double *)((char *)options + numbers[i].offset);
        status = read_number(to, name, numbers[i].expected, value, err);
        return status ? status : check_number(&numbers[i], *to, err);
    }
    return dlu_fail(err, DLU_E_USAGE, "power-option", NULL, "dualuc power --help lists the options",
                    "expected an option of power, found \"%s\"", name);
}

dlu_status dlu_plan_check(const dlu_power_options *o, dlu_error *err)
{
    char power[DLU_NUMBER_SIZE], alpha[DLU_NUMBER_SIZE];
    const double values[] = {o->sd, o->fold, o->alpha, o->power};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        dlu_status status =
            isnan(values[i]) && i == 0 ? DLU_OK : check_number(&numbers[i], values[i], err);
        if (status)
            return status;
    }
    if (o->n == 1 || o->n > DLU_PLAN_MAX_N)
        return dlu_fail(err, DLU_E_USAGE, "power-n", NULL,
                        o->n == 1 ? "one replicate has no scatter" : NULL,
                        "n: expected a whole number from 2 to %u, found %zu", DLU_PLAN_MAX_N, o->n);
    if (o->power <= o->alpha)
        return dlu_fail(
            err, DLU_E_USAGE, "power-alpha", NULL, "chance alone finds that much; 0.8 is usual",
            "power: expected more than alpha (%s), found %s", dlu_text_from_double(o->alpha, alpha),
            dlu_text_from_double(o->power, power));
    return DLU_OK;
}
