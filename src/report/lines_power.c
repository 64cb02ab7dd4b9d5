/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/power.h>

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "report/bytes.h"
#include "report/lines.h"

/* A plan in words and a table for a person. */

/* Two decimals, rounded down: 0.80 is never less than 0.80. */
static void add_power(dlu_buffer *buffer, double power)
{
    unsigned hundredths = power >= 0 && power <= 1 ? (unsigned)(power * 100) : 0;
    dlu_buffer_printf(buffer, "%u.%02u", hundredths / 100, hundredths % 100);
}

static const char *percent(double fold, char text[DLU_NUMBER_SIZE])
{
    return dlu_text_from_double(round(1000 * (1 - fold)) / 10, text);
}

/* "0.70 (30 % down)", or "1.50". */
static void add_fold(dlu_buffer *buffer, double fold)
{
    char text[DLU_NUMBER_SIZE];
    dlu_buffer_add(buffer, dlu_text_fold(fold, text));
    if (fold < 1)
        dlu_buffer_printf(buffer, " (%s %% down)", percent(fold, text));
}

static const char *repeated(const char *design)
{
    return strcmp(design, dlu_plan_design_name(DLU_PLAN_UNBLOCKED)) != 0
               ? "blocks"
               : "transfections of every arm";
}

/* ---- from numbers ---- */

static void add_head(dlu_buffer *buffer, const dlu_power_options *o)
{
    static const char *const tests[] = {
        "Interaction: wild type against mutant, the effect that goes through the site",
        "Effect on one construct: treatment against control"};
    static const char *const designs[] = {
        "blocked, each block's own difference (as with --error block)",
        "blocked, one error of all four arms (as dualuc analyze does by default)",
        "unblocked, independent transfections"};
    char sd[DLU_NUMBER_SIZE], alpha[DLU_NUMBER_SIZE], power[DLU_NUMBER_SIZE];
    dlu_buffer_printf(buffer, "Test: %s.\nDesign: %s.\nSD: %s, natural logarithms; %s.\n",
                      tests[o->test], designs[o->design], dlu_text_from_double(o->sd, sd),
                      dlu_plan_sd_text(o->design, o->test));
    dlu_buffer_printf(buffer, "Two-sided alpha %s, power %s.\n\n",
                      dlu_text_from_double(o->alpha, alpha), dlu_text_from_double(o->power, power));
}

static void add_answer(dlu_buffer *buffer, const dlu_plan_row *row)
{
    char fold[DLU_NUMBER_SIZE];
    dlu_buffer_add(buffer, "To find a fold of ");
    add_fold(buffer, row->fold);
    if (row->status == DLU_PLAN_OK) {
        dlu_buffer_printf(buffer, ": %zu %s, with power ", row->replicates, repeated(row->design));
        add_power(buffer, row->reached);
        dlu_buffer_add(buffer, ".\n");
    } else {
        dlu_buffer_printf(buffer, ": %s\n", row->reason);
    }
    if (!row->n)
        return;
    dlu_buffer_printf(buffer, "With %zu %s: ", row->n, repeated(row->design));
    if (isfinite(row->detectable_fold))
        dlu_buffer_printf(buffer, "a fold of %s or stronger; ",
                          dlu_text_fold(row->detectable_fold, fold));
    dlu_buffer_add(buffer, "power ");
    add_power(buffer, row->power_at_n);
    dlu_buffer_printf(buffer, " for %s.\n", dlu_text_fold(row->fold, fold));
}

static void add_table(dlu_buffer *buffer, const dlu_power *power)
{
    char fold[DLU_NUMBER_SIZE];
    const dlu_plan_cell *cells = power->table;
    dlu_buffer_printf(buffer, "\nPower with n %s, for folds of\n   n",
                      repeated(power->plans[0].design));
    for (size_t f = 0; f < power->n_folds; f++)
        dlu_buffer_printf(buffer, "  %6s", dlu_text_fold(cells[f].fold, fold));
    for (size_t i = 0; i < power->n_table; i++) {
        if (i % power->n_folds == 0)
            dlu_buffer_printf(buffer, "\n%4zu", cells[i].n);
        dlu_buffer_add(buffer, "    ");
        add_power(buffer, cells[i].power);
    }
    dlu_buffer_add(buffer, "\n");
}

/* ---- from a result ---- */

static const char *percent_or_fold(const dlu_plan_row *row, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    if (row->fold < 1)
        return dlu_arena_printf(arena, "%s %%", percent(row->fold, number));
    return dlu_arena_printf(arena, "fold %s", dlu_text_fold(row->fold, number));
}

static void add_needed(dlu_buffer *buffer, size_t replicates)
{
    if (replicates)
        dlu_buffer_printf(buffer, "%zu", replicates);
    else
        dlu_buffer_printf(buffer, "more than %u", DLU_PLAN_MAX_REPLICATES);
}

static bool add_plan(dlu_buffer *buffer, const dlu_plan_row *row, dlu_arena *arena)
{
    char text[DLU_NUMBER_SIZE];
    const char *target = dlu_lines_name(arena, row->target);
    const char *agent = dlu_lines_agent(arena, row->mirna, row->dose_nM, row->treatment);
    const char *mutant = dlu_lines_name(arena, row->mutant);
    const char *wanted = percent_or_fold(row, arena);
    if (!target || !agent || !mutant || !wanted)
        return false;
    dlu_buffer_printf(buffer, "%s  %s  %s: ", target, agent, mutant);
    if (!row->design) {
        dlu_buffer_printf(buffer, "no plan (%s). %s\n", dlu_plan_status_name(row->status),
                          row->reason);
        return true;
    }
    const char *s = strcmp(row->design, dlu_plan_design_name(DLU_PLAN_BLOCKED)) != 0 ? "s" : "s_D";
    dlu_buffer_printf(buffer, "observed %s = %s (%s), r = %zu, MDE fold = ", s,
                      dlu_text_rounded(row->sd, 2, text), row->design, row->n);
    dlu_buffer_printf(buffer, "%s, r for %s = ", dlu_text_fold(row->detectable_fold, text), wanted);
    add_needed(buffer, row->replicates);
    dlu_buffer_printf(buffer, " (using %s), ", s);
    add_needed(buffer, row->replicates_upper);
    dlu_buffer_printf(buffer, " (using upper bound %s)\n",
                      dlu_text_rounded(row->sd_upper, 2, text));
    return true;
}

/* What the letters of the lines mean, for the designs that they have. */
static void add_legend(dlu_buffer *buffer, const dlu_power *power)
{
    char alpha[DLU_NUMBER_SIZE], wanted[DLU_NUMBER_SIZE];
    const dlu_power_options *o = &power->options;
    dlu_buffer_printf(buffer,
                      "\nTest: %s; two-sided alpha %s, power %s. MDE: the weakest fold that r "
                      "replicates find.\n",
                      dlu_plan_test_name(o->test), dlu_text_from_double(o->alpha, alpha),
                      dlu_text_from_double(o->power, wanted));
    for (unsigned d = 0; d < DLU_PLAN_DESIGN_COUNT; d++) {
        const char *design = dlu_plan_design_name((dlu_plan_design)d);
        bool used = false;
        for (size_t i = 0; i < power->n_plans; i++)
            used = used || (power->plans[i].design && !strcmp(power->plans[i].design, design));
        if (used)
            dlu_buffer_printf(buffer, "%s: SD %s; r counts %s.\n", design,
                              dlu_plan_sd_text((dlu_plan_design)d, o->test), repeated(design));
    }
    dlu_buffer_add(buffer, "Upper bound: 80 %, as an SD from few replicates may well be too "
                           "small. Nothing here comes from the p that was reached.\n");
}

dlu_status dlu_power_lines(const dlu_power *power, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer buffer = {0};
    dlu_arena *arena = dlu_arena_new();
    bool good = arena != NULL;
    if (!power->file) {
        add_head(&buffer, &power->options);
        add_answer(&buffer, &power->plans[0]);
        add_table(&buffer, power);
    } else {
        for (size_t i = 0; good && i < power->n_plans; i++)
            good = add_plan(&buffer, &power->plans[i], arena);
        add_legend(&buffer, power);
    }
    dlu_arena_free(arena);
    if (!good)
        buffer.failed = true;
    return dlu_bytes_take(&buffer, out, err);
}
