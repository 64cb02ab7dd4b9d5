/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjust.h"

#include <stdlib.h>

static const struct {
    const char *name;
    const double *p;
    size_t n;
} vectors[] = {{"published", published, COUNT(published)},
               {"awkward", awkward, COUNT(awkward)},
               {"awkward_too", awkward_too, COUNT(awkward_too)},
               {"shuffled", shuffled, COUNT(shuffled)}};

static const struct {
    const char *name;
    void (*adjust)(const double *, size_t, double *);
} methods[] = {{"bonferroni", dlu_stats_bonferroni},
               {"holm", dlu_stats_holm},
               {"hochberg", dlu_stats_hochberg},
               {"BH", dlu_stats_bh},
               {"BY", dlu_stats_by}};

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    double adjusted[COUNT(published)];
    char key[64];
    size_t i = 0;
    (void)status;
    if (sscanf(row->quantity, "padj[%zu]", &i) != 1 || i == 0)
        return false;
    for (size_t v = 0; v < COUNT(vectors); v++)
        for (size_t m = 0; m < COUNT(methods); m++) {
            snprintf(key, sizeof key, "%s %s", vectors[v].name, methods[m].name);
            if (strcmp(key, row->key) != 0 || i > vectors[v].n)
                continue;
            methods[m].adjust(vectors[v].p, vectors[v].n, adjusted);
            result->other = adjusted[i - 1];
            *take = take_other;
            return true;
        }
    return false;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(adjust_rows, COUNT(adjust_rows), compute);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void nothing_and_one_stay_as_they_are(void **state)
{
    (void)state;
    static const double one[] = {NAN, 0.03};
    for (size_t m = 0; m < COUNT(methods); m++) {
        double adjusted[2] = {7, 7};
        methods[m].adjust(one, 0, adjusted);
        assert_true(adjusted[0] == 7);
        methods[m].adjust(one, 1, adjusted);
        assert_true(isnan(adjusted[0]) && adjusted[1] == 7);
        methods[m].adjust(one, 2, adjusted);
        assert_true(isnan(adjusted[0]));
        assert_true(is_close(adjusted[1], 0.03, 1e-15));
    }
}

/* Synthetic: p of a small generator, rounded so that many are equal. */
static void one_among_others_is_as_in_the_whole(void **state)
{
    enum { N = 40 };
    double p[N], holm[N], bh[N], others[N];
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < N; i++) {
            seed = seed * 1664525u + 1013904223u;
            p[i] = (double)(seed >> 24) / 256 * (i % 3 ? 1 : 0.01);
        }
        dlu_stats_holm(p, N, holm);
        dlu_stats_bh(p, N, bh);
        for (int i = 0; i < N; i++) {
            size_t n = 0;
            for (int k = 0; k < N; k++)
                if (k != i)
                    others[n++] = p[k];
            qsort(others, n, sizeof *others, by_size);
            assert_true(dlu_stats_holm_among(others, n, p[i]) == holm[i]);
            assert_true(dlu_stats_bh_among(others, n, p[i]) == bh[i]);
        }
    }
    assert_true(isnan(dlu_stats_holm_among(others, 3, NAN)));
    assert_true(dlu_stats_bh_among(others, 0, 0.25) == 0.25);
}

/* The same p in order, many of them equal. */
static void one_pass_over_sorted_p_is_the_same(void **state)
{
    enum { N = 40 };
    double p[N], expected[N], adjusted[N];
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < N; i++) {
            seed = seed * 1664525u + 1013904223u;
            p[i] = (double)(seed >> 26) / 64 * (i % 3 ? 1 : 0.01);
        }
        qsort(p, N, sizeof *p, by_size);
        dlu_stats_holm(p, N, expected);
        dlu_stats_holm_sorted(p, N, adjusted);
        assert_memory_equal(adjusted, expected, sizeof expected);
        dlu_stats_bh(p, N, expected);
        dlu_stats_bh_sorted(p, N, adjusted);
        assert_memory_equal(adjusted, expected, sizeof expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_r),
                                       cmocka_unit_test(nothing_and_one_stay_as_they_are),
                                       cmocka_unit_test(one_among_others_is_as_in_the_whole),
                                       cmocka_unit_test(one_pass_over_sorted_p_is_the_same)};
    return cmocka_run_group_tests_name("stats-adjust", tests, NULL, NULL);
}
