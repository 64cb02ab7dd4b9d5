/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/settings.h>

#include <math.h>
#include <string.h>

#include "base/blank_value.h"
#include "base/say.h"
#include "base/text.h"

#define STRICT_THETA 0.70
#define LEAST_ALPHA  1e-12

typedef dlu_status setter(dlu_settings *settings, const char *value, dlu_error *err);

static dlu_status refuse(dlu_error *err, const char *name, const char *expected, const char *found)
{
    return dlu_fail(err, DLU_E_USAGE, "bad-setting", NULL, NULL,
                    "setting %s: expected %s, found \"%s\"", name, expected, found);
}

static dlu_status set_name(char *to, size_t size, const char *name, const char *value,
                           dlu_error *err)
{
    if (dlu_text_is_blank(value) || strlen(value) >= size)
        return refuse(err, name, "a name of 1 to 30 letters", value);
    memcpy(to, value, strlen(value) + 1);
    return DLU_OK;
}

static void copy_name(char *to, const char *value)
{
    memcpy(to, value, strlen(value) + 1);
}

static dlu_status set_vector(dlu_settings *settings, const char *value, dlu_error *err)
{
    if (dlu_text_alike(value, "pmirglo")) {
        copy_name(settings->vector, "pmirglo");
        copy_name(settings->reporter, "firefly");
        copy_name(settings->control, "renilla");
    } else if (dlu_text_alike(value, "psicheck2")) {
        copy_name(settings->vector, "psicheck2");
        copy_name(settings->reporter, "renilla");
        copy_name(settings->control, "firefly");
    } else {
        return dlu_fail(err, DLU_E_USAGE, "bad-setting", NULL,
                        "for another vector name the channels: --reporter and --control",
                        "setting vector: expected pmirglo or psicheck2, found \"%s\"", value);
    }
    return DLU_OK;
}

static dlu_status set_reporter(dlu_settings *settings, const char *value, dlu_error *err)
{
    settings->vector[0] = '\0';
    return set_name(settings->reporter, sizeof settings->reporter, "reporter", value, err);
}

static dlu_status set_control(dlu_settings *settings, const char *value, dlu_error *err)
{
    settings->vector[0] = '\0';
    return set_name(settings->control, sizeof settings->control, "control", value, err);
}

static dlu_status set_fraction(double *to, const char *name, const char *value, dlu_error *err)
{
    double number;
    if (!dlu_text_number(value, '.', &number) || !(number > 0 && number < 1))
        return refuse(err, name, "a number between 0 and 1, such as 0.05", value);
    *to = number;
    return DLU_OK;
}

static dlu_status set_alpha(dlu_settings *settings, const char *value, dlu_error *err)
{
    double alpha = settings->alpha;
    dlu_status status = set_fraction(&alpha, "alpha", value, err);
    if (status == DLU_OK && alpha < LEAST_ALPHA)
        return dlu_fail(err, DLU_E_USAGE, "bad-setting", NULL,
                        "intervals at so small a level are too wide to be written as folds",
                        "setting alpha: expected 1e-12 or more, found \"%s\"", value);
    if (status == DLU_OK)
        settings->alpha = alpha;
    return status;
}

static dlu_status set_theta(dlu_settings *settings, const char *value, dlu_error *err)
{
    return set_fraction(&settings->theta, "theta", value, err);
}

static dlu_status set_equivalence(dlu_settings *settings, const char *value, dlu_error *err)
{
    return set_fraction(&settings->equivalence, "equivalence", value, err);
}

static bool is_on(const char *value)
{
    return dlu_text_same(value, "1") || dlu_text_same(value, "true") ||
           dlu_text_same(value, "yes") || dlu_text_same(value, "on");
}

static bool is_off(const char *value)
{
    return dlu_text_same(value, "0") || dlu_text_same(value, "false") ||
           dlu_text_same(value, "no") || dlu_text_same(value, "off");
}

static dlu_status set_strict(dlu_settings *settings, const char *value, dlu_error *err)
{
    if (is_on(value))
        settings->theta = STRICT_THETA;
    else if (!is_off(value))
        return refuse(err, "strict", "yes or no", value);
    return DLU_OK;
}

/* The position of a word in a list that ends with NULL, or -1. */
static int word_in(const char *const *words, const char *value)
{
    for (int i = 0; words[i]; i++)
        if (dlu_text_same(words[i], value))
            return i;
    return -1;
}

/* The position of a word, or -1 after the refusal has been said. */
static int choose(const char *name, const char *expected, const char *const *words,
                  const char *value, dlu_error *err)
{
    int i = word_in(words, value);
    if (i < 0)
        refuse(err, name, expected, value);
    return i;
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static dlu_status set_effect_rule(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("effect-rule", "point or interval", WORDS("point", "interval"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->effect_rule = (dlu_effect_rule)i;
    return DLU_OK;
}

static dlu_status set_error(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("error", "pooled or block", WORDS("pooled", "block"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->error = (dlu_error_term)i;
    return DLU_OK;
}

static dlu_status set_block(dlu_settings *settings, const char *value, dlu_error *err)
{
    return set_name(settings->block, sizeof settings->block, "block", value, err);
}

static dlu_status set_adjust(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("adjust", "holm, bh or none", WORDS("holm", "bh", "none"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->adjust = (dlu_adjust)i;
    return DLU_OK;
}

static dlu_status set_ev_correct(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("ev-correct", "off, on or auto", WORDS("off", "on", "auto"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->ev_correct = (dlu_ev_correct)i;
    return DLU_OK;
}

static dlu_status set_collapse(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("collapse", "mean-log, ratio-of-sums or slope",
                   WORDS("mean-log", "ratio-of-sums", "slope"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->collapse = (dlu_collapse)i;
    return DLU_OK;
}

static dlu_status set_blank_stat(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("blank-stat", "mean or median", WORDS("mean", "median"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->blank_stat = (dlu_blank_stat)i;
    return DLU_OK;
}

static dlu_status set_blank_sd(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("blank-sd", "plate or pooled", WORDS("plate", "pooled"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->blank_sd = (dlu_blank_sd)i;
    return DLU_OK;
}

static dlu_status set_loq_action(dlu_settings *settings, const char *value, dlu_error *err)
{
    int i = choose("loq-action", "flag or exclude", WORDS("flag", "exclude"), value, err);
    if (i < 0)
        return DLU_E_USAGE;
    settings->loq_action = (dlu_loq_action)i;
    return DLU_OK;
}

/* Two numbers of light with a comma between. */
bool dlu_blank_value_parse(const char *text, double light[2])
{
    char first[64];
    const char *comma = strchr(text, ',');
    if (!comma || (size_t)(comma - text) >= sizeof first)
        return false;
    memcpy(first, text, (size_t)(comma - text));
    first[comma - text] = '\0';
    return dlu_text_number(first, '.', &light[0]) && dlu_text_number(comma + 1, '.', &light[1]);
}

static dlu_status set_blank_value(dlu_settings *settings, const char *value, dlu_error *err)
{
    double light[2];
    if (strlen(value) >= sizeof settings->blank_value || !dlu_blank_value_parse(value, light))
        return refuse(err, "blank-value", "the light of both channels, such as 350,420", value);
    copy_name(settings->blank_value, value);
    return DLU_OK;
}

static dlu_status set_saturation_limit(dlu_settings *settings, const char *value, dlu_error *err)
{
    double limit;
    if (!dlu_text_number(value, '.', &limit) || !(limit > 0))
        return refuse(err, "saturation-limit", "raw light above 0, such as 1e8", value);
    settings->saturation_limit = limit;
    return DLU_OK;
}

static dlu_status set_drop_wells(dlu_settings *settings, const char *value, dlu_error *err)
{
    if (dlu_text_is_blank(value) || strlen(value) >= sizeof settings->drop_wells)
        return refuse(err, "drop-wells", "wells as PLATE:WELL,... such as day1:B7,day2:C3", value);
    copy_name(settings->drop_wells, value);
    return DLU_OK;
}

static dlu_status set_switch(bool *to, const char *name, const char *value, dlu_error *err)
{
    if (!is_on(value) && !is_off(value))
        return refuse(err, name, "yes or no", value);
    *to = is_on(value);
    return DLU_OK;
}

static dlu_status set_student(dlu_settings *settings, const char *value, dlu_error *err)
{
    return set_switch(&settings->student, "student", value, err);
}

static dlu_status set_require_positive(dlu_settings *settings, const char *value, dlu_error *err)
{
    return set_switch(&settings->require_positive_control, "require-positive-control", value, err);
}

static const struct {
    dlu_setting_info info;
    setter *set;
} table[] = {
    {{"vector", "pmirglo|psicheck2", "pmirglo",
      "which luciferase carries the 3'UTR: firefly in pmirGLO, Renilla in psiCHECK-2"},
     set_vector},
    {{"reporter", "CHANNEL", "firefly", "the channel that carries the 3'UTR, for other vectors"},
     set_reporter},
    {{"control", "CHANNEL", "renilla", "the channel that corrects for transfection"}, set_control},
    {{"alpha", "NUMBER", "0.05", "level of the tests and of the intervals"}, set_alpha},
    {{"theta", "FOLD", "0.80", "fold at or under which the wild type counts as repressed"},
     set_theta},
    {{"strict", NULL, "off", "theta 0.70: at least 30 % repression"}, set_strict},
    {{"equivalence", "FOLD", "0.80", "margin within which a fold counts as unchanged"},
     set_equivalence},
    {{"effect-rule", "point|interval", "point",
      "theta must hold for the fold, or for the upper end of its interval"},
     set_effect_rule},
    {{"error", "pooled|block", "pooled",
      "error term of blocked designs: pooled over the four cells, or each block's own contrast"},
     set_error},
    {{"block", "COLUMN|plate|none", "found by structure",
      "what pairs the arms: a column of the map, the plate, or nothing"},
     set_block},
    {{"adjust", "holm|bh|none", "holm", "correction over all verdicts of the run"}, set_adjust},
    {{"ev-correct", "off|on|auto", "off",
      "take the effects on WT and mutant relative to the empty vector"},
     set_ev_correct},
    {{"student", NULL, "off",
      "compare unblocked arms with one pooled variance, not by Welch's test"},
     set_student},
    {{"collapse", "mean-log|ratio-of-sums|slope", "mean-log",
      "how the wells of one transfection become its value"},
     set_collapse},
    {{"blank-stat", "mean|median", "mean", "what is taken of a plate's blank wells"},
     set_blank_stat},
    {{"blank-sd", "plate|pooled", "plate",
      "scatter of the blanks: the plate's own, or the root mean square over all plates"},
     set_blank_sd},
    {{"blank-value", "FIREFLY,RENILLA", "none", "light to subtract on plates without blank wells"},
     set_blank_value},
    {{"loq-action", "flag|exclude", "flag",
      "what becomes of wells whose control light is under blank + 10 SD"},
     set_loq_action},
    {{"saturation-limit", "LIGHT", "none", "raw light from which a well is left out as saturated"},
     set_saturation_limit},
    {{"drop-wells", "PLATE:WELL,...", "none", "wells to leave out, reported before and after"},
     set_drop_wells},
    {{"require-positive-control", NULL, "off",
      "make no call on plates whose positive control failed, or where there is none"},
     set_require_positive},
};

void dlu_settings_default(dlu_settings *settings)
{
    *settings =
        (dlu_settings){.alpha = 0.05, .theta = 0.80, .equivalence = 0.80, .saturation_limit = NAN};
    set_vector(settings, "pmirglo", NULL);
}

size_t dlu_setting_count(void)
{
    return sizeof table / sizeof *table;
}

const dlu_setting_info *dlu_setting_get(size_t i)
{
    return &table[i].info;
}

dlu_status dlu_setting_set(dlu_settings *settings, const char *name, const char *value,
                           dlu_error *err)
{
    for (size_t i = 0; i < dlu_setting_count(); i++)
        if (dlu_text_alike(table[i].info.name, name))
            return table[i].set(settings, value, err);
    return dlu_fail(err, DLU_E_USAGE, "unknown-setting", NULL,
                    "dualuc analyze --help lists the settings", "unknown setting \"%s\"", name);
}

dlu_status dlu_settings_check(const dlu_settings *settings, dlu_error *err)
{
    char equivalence[DLU_NUMBER_SIZE], theta[DLU_NUMBER_SIZE];
    if (settings->equivalence < settings->theta)
        return dlu_fail(err, DLU_E_USAGE, "equivalence-below-theta", NULL,
                        "give --equivalence the value of --theta or more",
                        "equivalence (%s) is below theta (%s): a mutant could be repressed and "
                        "unchanged at once",
                        dlu_text_from_double(settings->equivalence, equivalence),
                        dlu_text_from_double(settings->theta, theta));
    if (dlu_text_same(settings->reporter, settings->control))
        return dlu_fail(
            err, DLU_E_USAGE, "same-channel", NULL, "--reporter and --control must differ",
            "expected two channels, found \"%s\" as reporter and as control", settings->reporter);
    return DLU_OK;
}
