/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/power.h>

#include <stddef.h>

#include "base/say.h"
#include "report/csv.h"
#include "report/json_rows.h"

/* The tables of a plan, as JSON and CSV. Order and keys are an interface, as in table_columns.c. */

static const char *test_word(unsigned code)
{
    return code < DLU_PLAN_TEST_COUNT ? dlu_plan_test_name((dlu_plan_test)code) : NULL;
}

static const char *status_word(unsigned code)
{
    return code < DLU_PLAN_STATUS_COUNT ? dlu_plan_status_name((dlu_plan_status)code) : NULL;
}

#define COLUMN(name, of)                                                                           \
    {                                                                                              \
        .key = #name, .kind = DLU_REPORT_##of, .offset = offsetof(ROW, name)                       \
    }
#define CODE(name, words)                                                                          \
    {                                                                                              \
        .key = #name, .kind = DLU_REPORT_WORD, .offset = offsetof(ROW, name), .word = (words)      \
    }

#define ROW dlu_plan_row
static const dlu_report_column plans[] = {
    COLUMN(target, TEXT),
    COLUMN(mirna, TEXT),
    COLUMN(dose_nM, NUMBER),
    COLUMN(treatment, TEXT),
    COLUMN(mutant, TEXT),
    CODE(test, test_word),
    COLUMN(design, TEXT),
    COLUMN(method, TEXT),
    COLUMN(sd, NUMBER),
    COLUMN(sd_df, NUMBER),
    COLUMN(sd_upper, NUMBER),
    COLUMN(n, COUNT_IF),
    COLUMN(alpha, NUMBER),
    COLUMN(power, NUMBER),
    COLUMN(fold, NUMBER),
    COLUMN(detectable_fold, NUMBER),
    COLUMN(replicates, COUNT_IF),
    COLUMN(reached, NUMBER),
    COLUMN(replicates_upper, COUNT_IF),
    COLUMN(power_at_n, NUMBER),
    CODE(status, status_word),
    COLUMN(reason, TEXT),
};
#undef ROW

#define ROW dlu_plan_cell
static const dlu_report_column cells[] = {
    COLUMN(n, COUNT),
    COLUMN(fold, NUMBER),
    COLUMN(power, NUMBER),
};
#undef ROW

static const dlu_report_table plan_table = {"plans",
                                            plans,
                                            sizeof plans / sizeof *plans,
                                            sizeof(dlu_plan_row),
                                            offsetof(dlu_power, plans),
                                            offsetof(dlu_power, n_plans)};
static const dlu_report_table cell_table = {"table",
                                            cells,
                                            sizeof cells / sizeof *cells,
                                            sizeof(dlu_plan_cell),
                                            offsetof(dlu_power, table),
                                            offsetof(dlu_power, n_table)};

dlu_status dlu_power_json(const dlu_power *power, dlu_bytes *out, dlu_error *err)
{
    dlu_json_writer w = {0};
    dlu_json_begin(&w);
    bool good = dlu_json_table(&w, &plan_table, power) && dlu_json_table(&w, &cell_table, power);
    return dlu_json_end(&w, good, out, err);
}

dlu_status dlu_power_csv(const dlu_power *power, dlu_bytes *out, dlu_error *err)
{
    return dlu_csv_table(&plan_table, power, out, err);
}
