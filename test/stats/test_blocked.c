/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blocked.h"

#define DATA(name)                                                                                 \
    {                                                                                              \
#name, name##_y, name##_cell, name##_block, COUNT(name##_y)                                \
    }

static const struct set {
    const char *name;
    const double *y;
    const unsigned *cell;
    const unsigned *block;
    size_t n;
} sets[] = {DATA(blocked5), DATA(blocked3), DATA(incomplete), DATA(lone),
            DATA(repeats),  DATA(apart),    DATA(alone),      DATA(far)};

static const struct {
    const char *name;
    double c[4];
} contrasts[] = {{"WT", {1, -1, 0, 0}}, {"MUT", {0, 0, 1, -1}}, {"did", {1, -1, -1, 1}}};

static bool data_of(const char *key, dlu_blocked_data *data)
{
    size_t length = strcspn(key, " ");
    for (size_t i = 0; i < COUNT(sets); i++) {
        const struct set *set = &sets[i];
        if (strlen(set->name) != length || strncmp(set->name, key, length) != 0)
            continue;
        *data = (dlu_blocked_data){set->y, set->cell, set->block, set->n, 0, 0};
        for (size_t k = 0; k < set->n; k++) {
            data->n_cells = set->cell[k] >= data->n_cells ? set->cell[k] + 1 : data->n_cells;
            data->n_blocks = set->block[k] >= data->n_blocks ? set->block[k] + 1 : data->n_blocks;
        }
        return true;
    }
    return false;
}

static const double *contrast_of(const char *key)
{
    for (size_t i = 0; i < COUNT(contrasts); i++)
        if (strcmp(strrchr(key, ' ') + 1, contrasts[i].name) == 0)
            return contrasts[i].c;
    return NULL;
}

/* "D[block 4]" of the key "incomplete block". */
static bool block_value(const pinned *row, const dlu_blocked_data *data, computed *result)
{
    unsigned block = 0;
    if (sscanf(row->quantity, "D[block %u]", &block) != 1 || block == 0)
        return false;
    return dlu_stats_block_value(data, contrasts[2].c, block - 1, &result->other);
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    dlu_blocked_data data;
    dlu_blocked_fit fit;
    if (!data_of(row->key, &data))
        return false;
    if (strcmp(strrchr(row->key, ' '), " block") == 0) {
        *take = take_other;
        return block_value(row, &data, result);
    }
    const double *c = contrast_of(row->key);
    if (!c)
        return false;
    if (strstr(row->key, "per-block")) {
        *status = dlu_stats_per_block(&data, c, 0.05, &result->test);
        return true;
    }
    *status = dlu_stats_blocked_fit(&data, &fit);
    if (*status == DLU_OK)
        *status = dlu_stats_blocked_contrast(&fit, c, 0.05, &result->test);
    result->mse = fit.mse;
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(blocked_rows, COUNT(blocked_rows), compute);
}

static dlu_blocked_fit fit_of(const char *name)
{
    dlu_blocked_data data;
    dlu_blocked_fit fit;
    assert_true(data_of(name, &data));
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_OK);
    return fit;
}

static void estimability_is_told_per_contrast(void **state)
{
    (void)state;
    static const double across[4] = {1, 0, -1, 0};
    dlu_test test;
    dlu_blocked_fit apart = fit_of("apart"), whole = fit_of("incomplete");
    assert_false(apart.estimable);
    assert_true(whole.estimable);
    assert_int_equal(dlu_stats_blocked_contrast(&apart, across, 0.05, &test), DLU_E_NOT_ESTIMABLE);
    assert_int_equal(dlu_stats_blocked_contrast(&whole, across, 0.05, &test), DLU_OK);
    for (size_t i = 0; i < COUNT(contrasts); i++)
        assert_true(dlu_stats_blocked_estimable(&apart, contrasts[i].c));
}

/* WT's scramble stands in no block with another cell: only the mutant is determined. */
static void a_cell_without_company_is_not_estimable(void **state)
{
    (void)state;
    static const double y[] = {0.1, 0.7, 0.4, 0.9, 0.45, 0.85, 0.3};
    static const unsigned cell[] = {1, 0, 2, 3, 2, 3, 1};
    static const unsigned block[] = {0, 1, 1, 1, 2, 2, 3};
    const dlu_blocked_data data = {y, cell, block, COUNT(y), 4, 4};
    dlu_blocked_fit fit;
    dlu_test test;
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_OK);
    assert_int_equal(fit.n, 5);
    assert_int_equal(fit.n_blocks, 2);
    assert_true(fit.df == 1);
    const dlu_status expected[] = {DLU_E_NOT_ESTIMABLE, DLU_OK, DLU_E_NOT_ESTIMABLE};
    for (size_t i = 0; i < COUNT(contrasts); i++)
        assert_int_equal(dlu_stats_blocked_contrast(&fit, contrasts[i].c, 0.05, &test),
                         expected[i]);
}

static void fits_without_an_error_are_refused(void **state)
{
    (void)state;
    static const unsigned cell[] = {0, 1, 0, 1, 0, 1}, block[] = {0, 0, 1, 1, 2, 2};
    static const double additive[] = {0.1, 0.4, 0.2, 0.5, 0.7, 1.0};
    static const double wrong[] = {0.1, 0.4, INFINITY, 0.5, 0.7, 1.0};
    static const double c[] = {1, -1};
    dlu_blocked_data data = {additive, cell, block, 6, 2, 3};
    dlu_blocked_fit fit;
    dlu_test test;
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_OK);
    assert_int_equal(dlu_stats_blocked_contrast(&fit, c, 0.05, &test), DLU_E_NO_VARIANCE);
    assert_int_equal(dlu_stats_per_block(&data, c, 0.05, &test), DLU_E_NO_VARIANCE);
    data.n = 2;
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_per_block(&data, c, 0.05, &test), DLU_E_TOO_FEW);
    data.n = 0;
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_E_TOO_FEW);
    data = (dlu_blocked_data){wrong, cell, block, 6, 2, 3};
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_E_INPUT);
    assert_int_equal(dlu_stats_per_block(&data, c, 0.05, &test), DLU_E_INPUT);
    data = (dlu_blocked_data){additive, cell, block, 6, 1, 3};
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_E_INPUT);
    data = (dlu_blocked_data){additive, cell, block, 6, DLU_MAX_CELLS_OF_FIT + 1, 3};
    assert_int_equal(dlu_stats_blocked_fit(&data, &fit), DLU_E_INPUT);
}

/* Complete blocks: the pooled error has 3 (r - 1) degrees of freedom and the per-block estimate. */
static void complete_blocks_agree_with_the_per_block_estimate(void **state)
{
    (void)state;
    dlu_blocked_data data;
    dlu_test pooled, per_block;
    assert_true(data_of("blocked5", &data));
    dlu_blocked_fit fit = fit_of("blocked5");
    assert_true(fit.df == 12);
    for (size_t i = 0; i < COUNT(contrasts); i++) {
        assert_int_equal(dlu_stats_blocked_contrast(&fit, contrasts[i].c, 0.05, &pooled), DLU_OK);
        assert_int_equal(dlu_stats_per_block(&data, contrasts[i].c, 0.05, &per_block), DLU_OK);
        assert_true(is_close(pooled.estimate, per_block.estimate, 1e-13));
        assert_int_equal(per_block.n, 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(estimability_is_told_per_contrast),
        cmocka_unit_test(a_cell_without_company_is_not_estimable),
        cmocka_unit_test(fits_without_an_error_are_refused),
        cmocka_unit_test(complete_blocks_agree_with_the_per_block_estimate),
    };
    return cmocka_run_group_tests_name("stats-blocked", tests, NULL, NULL);
}
