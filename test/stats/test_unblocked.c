/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unblocked.h"

static const dlu_sample four[] = {VALUES(four_WT_mir), VALUES(four_WT_scr), VALUES(four_MUT_mir),
                                  VALUES(four_MUT_scr)};
static const dlu_sample wells[] = {VALUES(wells_WT_mir), VALUES(wells_WT_scr),
                                   VALUES(wells_MUT_mir), VALUES(wells_MUT_scr)};

typedef dlu_status (*contrast_fn)(const dlu_sample *, const double *, size_t, double, dlu_test *);
typedef dlu_status (*two_sample_fn)(dlu_sample, dlu_sample, double, dlu_test *);

static const struct {
    const char *key;
    contrast_fn run;
    const dlu_sample *cells;
    double c[4];
} contrasts[] = {
    {"did satterthwaite", dlu_stats_contrast, four, {1, -1, -1, 1}},
    {"did pooled", dlu_stats_contrast_pooled, four, {1, -1, -1, 1}},
    {"wells did satterthwaite", dlu_stats_contrast, wells, {1, -1, -1, 1}},
    {"mixed satterthwaite", dlu_stats_contrast, four, {1, 0, -0.5, -0.5}},
    {"mixed pooled", dlu_stats_contrast_pooled, four, {1, 0, -0.5, -0.5}},
};

static const struct {
    const char *key;
    two_sample_fn run;
    size_t a;
    size_t b;
} pairs[] = {
    {"welch WT", dlu_stats_welch, 0, 1},
    {"welch MUT", dlu_stats_welch, 2, 3},
    {"student WT", dlu_stats_student, 0, 1},
    {"student MUT", dlu_stats_student, 2, 3},
};

static const struct {
    const char *key;
    size_t cell;
} cells[] = {{"cell WT_mir", 0}, {"cell WT_scr", 1}, {"cell MUT_mir", 2}, {"cell MUT_scr", 3}};

static dlu_status split_blocks(two_sample_fn run, dlu_test *out)
{
    double wt[COUNT(split_mir_WT)], mut[COUNT(split_mir_MUT)];
    for (size_t i = 0; i < COUNT(wt); i++)
        wt[i] = split_mir_WT[i] - split_scr_WT[i];
    for (size_t i = 0; i < COUNT(mut); i++)
        mut[i] = split_mir_MUT[i] - split_scr_MUT[i];
    return run(SAMPLE(wt), SAMPLE(mut), 0.05, out);
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    dlu_test *test = &result->test;
    (void)take;
    for (size_t i = 0; i < COUNT(contrasts); i++)
        if (strcmp(contrasts[i].key, row->key) == 0) {
            *status = contrasts[i].run(contrasts[i].cells, contrasts[i].c, 4, 0.05, test);
            return true;
        }
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (strcmp(pairs[i].key, row->key) == 0) {
            *status = pairs[i].run(four[pairs[i].a], four[pairs[i].b], 0.05, test);
            return true;
        }
    for (size_t i = 0; i < COUNT(cells); i++)
        if (strcmp(cells[i].key, row->key) == 0) {
            *status = dlu_stats_one_sample(four[cells[i].cell], 0, 0.05, test);
            return true;
        }
    bool welch = strcmp(row->key, "split welch") == 0;
    if (!welch && strcmp(row->key, "split student") != 0)
        return false;
    *status = split_blocks(welch ? dlu_stats_welch : dlu_stats_student, test);
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(unblocked_rows, COUNT(unblocked_rows), compute);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_r)};
    return cmocka_run_group_tests_name("stats-unblocked", tests, NULL, NULL);
}
