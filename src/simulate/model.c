/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "simulate/simulation.h"

/* The model's values by name: what each takes, its range, and where it is kept. */

#define LEAST_FOLD  0.01
#define MOST_FOLD   100.0
#define MOST_SD     2.0
#define LEAST_LIGHT 1e-4
#define MOST_FACTOR 100.0
#define MOST_WELLS  12.0
#define FOLD_TEXT   32u
#define AT(member)  offsetof(dlu_simulate_model, member)

#define ARMS "none, wt-scramble, wt-mimic, mut-scramble, mut-mimic, empty-scramble or empty-mimic"

static const char *const arm_names[DLU_SIMULATE_ARM_COUNT] = {
    [DLU_SIMULATE_NO_ARM] = "none",
    [DLU_SIMULATE_WT_SCRAMBLE] = "wt-scramble",
    [DLU_SIMULATE_WT_MIMIC] = "wt-mimic",
    [DLU_SIMULATE_MUT_SCRAMBLE] = "mut-scramble",
    [DLU_SIMULATE_MUT_MIMIC] = "mut-mimic",
    [DLU_SIMULATE_EMPTY_SCRAMBLE] = "empty-scramble",
    [DLU_SIMULATE_EMPTY_MIMIC] = "empty-mimic",
};

const char *dlu_sim_arm_name(dlu_simulate_arm arm)
{
    return arm_names[arm];
}

typedef enum kind { NUMBER, WHOLE, FOLDS, SWITCH, ARM } kind;

typedef struct row {
    dlu_setting_info info;
    kind kind;
    size_t at; /* offset in the model */
    double low, high;
} row;

static const row table[] = {
    {{"wt-fold", "FOLD,...", "0.5, 0.6, 0.6, 1, ...",
      "folds of the wild type, one for all pairs or one a pair (default 0.5, 0.6, 0.6, 1, ...)"},
     FOLDS,
     AT(wt),
     LEAST_FOLD,
     MOST_FOLD},
    {{"mut-fold", "FOLD,...", "1, 1, 0.6, 1, ...",
      "folds of the mutant (default 1; the wild type's where another site acts)"},
     FOLDS,
     AT(mut),
     LEAST_FOLD,
     MOST_FOLD},
    {{"empty", "on|off", "on", "whether the empty vector is transfected (default on)"},
     SWITCH,
     AT(empty),
     0,
     0},
    {{"empty-fold", "FOLD", "1", "fold of the empty vector (default 1)"},
     NUMBER,
     AT(empty_fold),
     LEAST_FOLD,
     MOST_FOLD},
    {{"wells-an-arm", "N", "3", "wells of an arm on a plate (default 3)"},
     WHOLE,
     AT(wells_an_arm),
     1,
     MOST_WELLS},
    {{"dead-well", "on|off", "on", "whether one well is dead (default on)"},
     SWITCH,
     AT(dead_well),
     0,
     0},
    {{"sd-day", "SD", "0.25",
      "of a day's ratios, as all that follow of the logarithm (default 0.25)"},
     NUMBER,
     AT(sd_day),
     0,
     MOST_SD},
    {{"sd-unit", "SD", "0.06", "of a transfection's ratio (default 0.06)"},
     NUMBER,
     AT(sd_unit),
     0,
     MOST_SD},
    {{"sd-well", "SD", "0.08", "of a well's ratio (default 0.08)"},
     NUMBER,
     AT(sd_well),
     0,
     MOST_SD},
    {{"sd-transfection", "SD", "0.25", "of a well's light, both channels alike (default 0.25)"},
     NUMBER,
     AT(sd_transfection),
     0,
     MOST_SD},
    {{"sd-mimic-day", "SD", "0", "of a shift that all mimic arms of a day share (default 0)"},
     NUMBER,
     AT(sd_mimic_day),
     0,
     MOST_SD},
    {{"efficiency", "PART", "1", "light of transfected cells as a part of the usual (default 1)"},
     NUMBER,
     AT(efficiency),
     LEAST_LIGHT,
     1},
    {{"noisy-arm", "ARM", "none",
      "the arm that is noisier than the others: " ARMS " (default none)"},
     ARM,
     AT(noisy_arm),
     0,
     0},
    {{"noise-factor", "N", "3", "how many times noisier, its transfections and wells (default 3)"},
     NUMBER,
     AT(noise_factor),
     0,
     MOST_FACTOR},
};

#define N_ROWS (sizeof table / sizeof *table)

void dlu_simulate_model_default(dlu_simulate_model *model)
{
    *model = (dlu_simulate_model){.empty_fold = 1,
                                  .sd_day = 0.25,
                                  .sd_unit = 0.06,
                                  .sd_well = 0.08,
                                  .sd_transfection = 0.25,
                                  .efficiency = 1,
                                  .noise_factor = 3,
                                  .wells_an_arm = 3,
                                  .empty = true,
                                  .dead_well = true};
}

size_t dlu_simulate_option_count(void)
{
    return N_ROWS;
}

const dlu_setting_info *dlu_simulate_option_get(size_t i)
{
    return &table[i].info;
}

static bool is_within(const row *r, double value)
{
    return value >= r->low && value <= r->high;
}

static dlu_status refuse(const row *r, const char *found, dlu_error *err)
{
    char low[DLU_NUMBER_SIZE], high[DLU_NUMBER_SIZE];
    const char *what = r->kind == WHOLE ? "a whole number" : "a number";
    if (r->kind == SWITCH || r->kind == ARM)
        return dlu_fail(err, DLU_E_USAGE, "simulate-option", NULL, NULL,
                        "%s: expected %s, found \"%s\"", r->info.name,
                        r->kind == ARM ? ARMS : "on or off", found);
    if (r->kind == FOLDS)
        what = "folds with commas between, each";
    return dlu_fail(err, DLU_E_USAGE, "simulate-option", NULL, NULL,
                    "%s: expected %s from %s to %s, found \"%s\"", r->info.name, what,
                    dlu_text_from_double(r->low, low), dlu_text_from_double(r->high, high), found);
}

static bool set_folds(const row *r, dlu_simulate_folds *to, const char *text)
{
    dlu_simulate_folds folds = {.n = 0};
    for (const char *at = text;; at++) {
        char word[FOLD_TEXT];
        size_t n = strcspn(at, ",");
        if (n >= sizeof word || folds.n == DLU_SIMULATE_MAX_PAIRS)
            return false;
        memcpy(word, at, n);
        word[n] = '\0';
        double *fold = &folds.folds[folds.n++];
        if (!dlu_text_number(word, '.', fold) || !is_within(r, *fold))
            return false;
        at += n;
        if (!*at)
            break;
    }
    *to = folds;
    return true;
}

static bool set_arm(dlu_simulate_arm *to, const char *text)
{
    for (int arm = 0; arm < DLU_SIMULATE_ARM_COUNT; arm++) {
        if (dlu_text_same(arm_names[arm], text)) {
            *to = (dlu_simulate_arm)arm;
            return true;
        }
    }
    return false;
}

static bool set_switch(bool *to, const char *text)
{
    *to = dlu_text_same(text, "on");
    return *to || dlu_text_same(text, "off");
}

static bool set_value(const row *r, void *to, const char *text)
{
    double number;
    switch (r->kind) {
    case FOLDS:
        return set_folds(r, to, text);
    case ARM:
        return set_arm(to, text);
    case SWITCH:
        return set_switch(to, text);
    default:
        break;
    }
    if (!dlu_text_number(text, '.', &number) || !is_within(r, number))
        return false;
    if (r->kind == NUMBER) {
        *(double *)to = number;
        return true;
    }
    *(unsigned *)to = (unsigned)number;
    return *(unsigned *)to == number;
}

dlu_status dlu_simulate_option_set(dlu_simulate_model *model, const char *name, const char *value,
                                   dlu_error *err)
{
    dlu_simulate_model changed = *model;
    for (size_t i = 0; i < N_ROWS; i++) {
        if (!dlu_text_same(table[i].info.name, name))
            continue;
        if (!set_value(&table[i], (char *)&changed + table[i].at, value))
            return refuse(&table[i], value, err);
        *model = changed;
        return DLU_OK;
    }
    return dlu_fail(err, DLU_E_USAGE, "simulate-unknown-option", NULL, NULL,
                    "expected an option of dlu_simulate_option_get, found \"%s\"", name);
}

static dlu_status check_number(const row *r, double value, dlu_error *err)
{
    char found[DLU_NUMBER_SIZE];
    return is_within(r, value) ? DLU_OK : refuse(r, dlu_text_from_double(value, found), err);
}

static dlu_status check_folds(const row *r, const dlu_simulate_folds *folds, unsigned pairs,
                              dlu_error *err)
{
    dlu_status status = DLU_OK;
    if (folds->n > 1 && folds->n != pairs)
        return dlu_fail(err, DLU_E_USAGE, "simulate-folds", NULL,
                        "give as many folds as --pairs, or one",
                        "%s: expected one fold for all pairs or one a pair (%u), found %zu",
                        r->info.name, pairs, folds->n);
    for (size_t i = 0; i < folds->n && status == DLU_OK; i++)
        status = check_number(r, folds->folds[i], err);
    return status;
}

static dlu_status check_empty(const dlu_simulate_model *model, dlu_error *err)
{
    bool noisy = model->noisy_arm == DLU_SIMULATE_EMPTY_SCRAMBLE ||
                 model->noisy_arm == DLU_SIMULATE_EMPTY_MIMIC;
    if (model->empty || !(noisy || model->empty_fold != 1))
        return DLU_OK;
    return dlu_fail(err, DLU_E_USAGE, "simulate-no-empty", NULL, "turn empty on, or leave it out",
                    "%s: expected an experiment with the empty vector, found one without",
                    noisy ? "noisy-arm" : "empty-fold");
}

dlu_status dlu_sim_check_model(const dlu_simulate_model *model, unsigned pairs, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < N_ROWS && status == DLU_OK; i++) {
        const void *from = (const char *)model + table[i].at;
        if (table[i].kind == FOLDS)
            status = check_folds(&table[i], from, pairs, err);
        else if (table[i].kind == NUMBER)
            status = check_number(&table[i], *(const double *)from, err);
        else if (table[i].kind == WHOLE)
            status = check_number(&table[i], *(const unsigned *)from, err);
    }
    return status == DLU_OK ? check_empty(model, err) : status;
}
