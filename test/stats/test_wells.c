/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wells.h"

/* Cells: WT, mutant and empty vector, each with mimic and scramble, in four blocks. */
static const struct {
    const char *key;
    const double *y;
    double c[6];
} per_block[] = {
    {"block WT", units_y, {1, -1, 0, 0, 0, 0}},
    {"block MUT", units_y, {0, 0, 1, -1, 0, 0}},
    {"block EV", units_y, {0, 0, 0, 0, 1, -1}},
    {"block did", units_y, {1, -1, -1, 1, 0, 0}},
    {"block WT-EV", units_y, {1, -1, 0, 0, -1, 1}},
    {"block MUT-EV", units_y, {0, 0, 1, -1, -1, 1}},
    {"control", units_control, {1. / 3, -1. / 3, 1. / 3, -1. / 3, 1. / 3, -1. / 3}},
};

static const struct {
    const char *key;
    unsigned other; /* the first cell of what stands beside WT */
    double c[4];
} pooled[] = {
    {"RF WT", 2, {1, -1, 0, 0}},   {"RF MUT", 2, {0, 0, 1, -1}},   {"RF did", 2, {1, -1, -1, 1}},
    {"RFev WT", 4, {1, -1, 0, 0}}, {"RFev MUT", 4, {0, 0, 1, -1}}, {"RFev did", 4, {1, -1, -1, 1}},
};

static dlu_status fit_four(unsigned other, const double *c, computed *result)
{
    double y[COUNT(units_y)];
    unsigned cell[COUNT(units_y)], block[COUNT(units_y)];
    dlu_blocked_fit fit;
    size_t n = 0;
    for (size_t i = 0; i < COUNT(units_y); i++) {
        if (units_cell[i] > 1 && units_cell[i] != other && units_cell[i] != other + 1)
            continue;
        y[n] = units_y[i];
        cell[n] = units_cell[i] > 1 ? units_cell[i] - other + 2 : units_cell[i];
        block[n++] = units_block[i];
    }
    const dlu_blocked_data data = {y, cell, block, n, 4, 4};
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    result->mse = fit.mse;
    return status == DLU_OK ? dlu_stats_blocked_contrast(&fit, c, 0.05, &result->test) : status;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    (void)take;
    for (size_t i = 0; i < COUNT(pooled); i++)
        if (strcmp(pooled[i].key, row->key) == 0) {
            *status = fit_four(pooled[i].other, pooled[i].c, result);
            return true;
        }
    for (size_t i = 0; i < COUNT(per_block); i++)
        if (strcmp(per_block[i].key, row->key) == 0) {
            const dlu_blocked_data data = {per_block[i].y, units_cell, units_block,
                                           COUNT(units_y), 6,          4};
            *status = dlu_stats_per_block(&data, per_block[i].c, 0.05, &result->test);
            return true;
        }
    return false;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(wells_rows, COUNT(wells_rows), compute);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_r)};
    return cmocka_run_group_tests_name("stats-wells", tests, NULL, NULL);
}
