/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pinned.h"

/* What must hold for any data, tried on many that a fixed generator makes. */

#define TRIALS 400

static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* In multiples of 1/1024 from -2 to 2, so that shifts by whole numbers are exact. */
static double value(uint32_t *seed)
{
    return ((double)(next(seed) % 4096) - 2048) / 1024;
}

static size_t fill(double *x, uint32_t *seed)
{
    size_t n = 2 + next(seed) % 5;
    for (size_t i = 0; i < n; i++)
        x[i] = value(seed);
    return n;
}

static void reverse(double *x, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        double held = x[i];
        x[i] = x[n - 1 - i];
        x[n - 1 - i] = held;
    }
}

static void same_test(const dlu_test *a, const dlu_test *b, double sign)
{
    assert_true(is_close(a->estimate, sign * b->estimate, 1e-11));
    assert_true(is_close(a->se, b->se, 1e-11));
    assert_true(is_close(a->df, b->df, 1e-10));
    assert_true(is_close(a->t, sign * b->t, 1e-10));
    assert_true(is_close(a->p, b->p, 1e-9));
}

/* For inputs that pass, estimate 0 or not; returns false where there is no test. */
static bool two(dlu_status (*run)(dlu_sample, dlu_sample, double, dlu_test *), const double *a,
                size_t n_a, const double *b, size_t n_b, dlu_test *out)
{
    dlu_status status = run((dlu_sample){a, n_a}, (dlu_sample){b, n_b}, 0.05, out);
    assert_true(status == DLU_OK || status == DLU_E_NO_VARIANCE);
    return status == DLU_OK && fabs(out->estimate) > 1e-3;
}

static void two_samples(void **state)
{
    (void)state;
    uint32_t seed = 20240611;
    size_t tried = 0;
    for (int i = 0; i < TRIALS; i++) {
        double a[8], b[8];
        size_t n_a = fill(a, &seed), n_b = fill(b, &seed);
        for (int k = 0; k < 2; k++) {
            dlu_status (*run)(dlu_sample, dlu_sample, double, dlu_test *) =
                k ? dlu_stats_student : dlu_stats_welch;
            dlu_test first, other;
            if (!two(run, a, n_a, b, n_b, &first))
                continue;
            tried++;
            assert_true(two(run, b, n_b, a, n_a, &other));
            same_test(&other, &first, -1);
            assert_true(is_close(other.low, -first.high, 1e-9));
            reverse(a, n_a);
            assert_true(two(run, a, n_a, b, n_b, &other));
            same_test(&other, &first, 1);
            for (size_t j = 0; j < n_a; j++)
                a[j] += 3;
            for (size_t j = 0; j < n_b; j++)
                b[j] += 3;
            assert_true(two(run, a, n_a, b, n_b, &other));
            same_test(&other, &first, 1);
        }
    }
    assert_true(tried > TRIALS);
}

static void satterthwaite_stays_in_its_bounds(void **state)
{
    (void)state;
    static const double c[] = {1, -1, -1, 1};
    uint32_t seed = 77;
    for (int i = 0; i < TRIALS; i++) {
        double x[4][8];
        dlu_sample cells[4];
        double least = INFINITY, sum = 0;
        for (size_t k = 0; k < 4; k++) {
            cells[k] = (dlu_sample){x[k], fill(x[k], &seed)};
            if (k == 3 && i % 3 == 0)
                for (size_t j = 0; j < cells[k].n; j++)
                    x[k][j] = 0.25;
            dlu_test own;
            if (dlu_stats_one_sample(cells[k], -9, 0.05, &own) != DLU_OK)
                continue;
            least = fmin(least, own.df);
            sum += own.df;
        }
        dlu_test test;
        assert_int_equal(dlu_stats_contrast(cells, c, 4, 0.05, &test), DLU_OK);
        assert_true(test.df >= least && test.df <= sum);
        assert_true(test.p > 0 && test.p <= 1 && test.low < test.high);
    }
}

/* Values of 6 blocks x 4 cells, a few of them missing. */
typedef struct grid {
    double y[24];
    unsigned cell[24];
    unsigned block[24];
    size_t n;
} grid;

static grid make_grid(uint32_t *seed)
{
    grid g = {.n = 0};
    for (unsigned j = 0; j < 6; j++)
        for (unsigned c = 0; c < 4; c++) {
            double y = value(seed);
            if (next(seed) % 8 == 0)
                continue;
            g.y[g.n] = y;
            g.cell[g.n] = c;
            g.block[g.n++] = j;
        }
    return g;
}

static dlu_status fit_test(const grid *g, const double *c, dlu_test *out)
{
    const dlu_blocked_data data = {g->y, g->cell, g->block, g->n, 4, 6};
    dlu_blocked_fit fit;
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    return status == DLU_OK ? dlu_stats_blocked_contrast(&fit, c, 0.05, out) : status;
}

/* Light in another unit, or another level on another day, adds a number to every ln value. */
static void blocks_take_up_what_is_common_to_them(void **state)
{
    (void)state;
    static const double c[] = {1, -1, -1, 1}, swapped[] = {-1, 1, 1, -1};
    uint32_t seed = 31;
    size_t tried = 0;
    for (int i = 0; i < TRIALS; i++) {
        grid g = make_grid(&seed), turned = g;
        dlu_test first, other;
        if (fit_test(&g, c, &first) != DLU_OK || fabs(first.estimate) < 1e-3)
            continue;
        tried++;
        assert_int_equal(fit_test(&g, swapped, &other), DLU_OK);
        same_test(&other, &first, -1);
        for (size_t k = 0; k < g.n; k++) {
            turned.y[k] = g.y[g.n - 1 - k];
            turned.cell[k] = g.cell[g.n - 1 - k];
            turned.block[k] = 5 - g.block[g.n - 1 - k];
        }
        assert_int_equal(fit_test(&turned, c, &other), DLU_OK);
        same_test(&other, &first, 1);
        for (size_t k = 0; k < g.n; k++)
            g.y[k] += (double)g.block[k] * 2 - 7;
        assert_int_equal(fit_test(&g, c, &other), DLU_OK);
        same_test(&other, &first, 1);
    }
    assert_true(tried > TRIALS / 2);
}

/* The numbers of cells are names: giving them in another order changes nothing. */
static void cells_may_be_numbered_anyhow(void **state)
{
    (void)state;
    static const double c[] = {1, -1, -1, 1};
    static const unsigned to[] = {2, 0, 3, 1};
    uint32_t seed = 5;
    for (int i = 0; i < TRIALS; i++) {
        grid g = make_grid(&seed);
        double moved[4];
        dlu_test first, other;
        dlu_status status = fit_test(&g, c, &first);
        for (size_t k = 0; k < g.n; k++)
            g.cell[k] = to[g.cell[k]];
        for (size_t k = 0; k < 4; k++)
            moved[to[k]] = c[k];
        assert_int_equal(fit_test(&g, moved, &other), status);
        if (status == DLU_OK && fabs(first.estimate) > 1e-3)
            same_test(&other, &first, 1);
    }
}

static void equivalence_mirrors_and_bounds(void **state)
{
    (void)state;
    uint32_t seed = 9;
    for (int i = 0; i < TRIALS; i++) {
        dlu_test test = {
            .estimate = value(&seed) / 4, .se = 0.05 + fabs(value(&seed)) / 10, .df = 4};
        dlu_test mirror = test;
        mirror.estimate = -test.estimate;
        dlu_tost a, b;
        assert_int_equal(dlu_stats_tost(&test, 0.8, 0.05, &a), DLU_OK);
        assert_int_equal(dlu_stats_tost(&mirror, 0.8, 0.05, &b), DLU_OK);
        assert_true(a.p_lower == b.p_upper && a.p_upper == b.p_lower && a.p == b.p);
        assert_true(a.p == fmax(a.p_lower, a.p_upper));
        assert_true(is_close(dlu_stats_noninferiority(&test, 0.8), a.p_lower, 1e-14));
        /* Equivalent where the interval at 1 - 2 alpha lies inside the margins. */
        double half = dlu_stats_t_quantile(0.05, test.df) * test.se, delta = -log(0.8);
        bool inside = test.estimate - half > -delta && test.estimate + half < delta;
        assert_true(a.equivalent == inside);
    }
    const dlu_test test = {.estimate = 0, .se = 0.1, .df = 3};
    const double margins[] = {0, 1, 1.25, -0.8, NAN};
    dlu_tost tost;
    for (size_t i = 0; i < COUNT(margins); i++)
        assert_int_equal(dlu_stats_tost(&test, margins[i], 0.05, &tost), DLU_E_USAGE);
    assert_int_equal(dlu_stats_tost(&test, 0.8, 1, &tost), DLU_E_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_samples),
        cmocka_unit_test(satterthwaite_stays_in_its_bounds),
        cmocka_unit_test(blocks_take_up_what_is_common_to_them),
        cmocka_unit_test(cells_may_be_numbered_anyhow),
        cmocka_unit_test(equivalence_mirrors_and_bounds),
    };
    return cmocka_run_group_tests_name("stats-properties", tests, NULL, NULL);
}
