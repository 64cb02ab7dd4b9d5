/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "collapse.h"

#include "units.h"

#include "stats/collapse.h"

#define WELLS COUNT(luc)
#define SETS  10u

/* The sets of collapse.R, and the wells with a bubble as the last. */
typedef struct set {
    double x[WELLS];
    double y[WELLS];
    size_t n;
} set;

static bool is_in(unsigned which, size_t i)
{
    if (which == 0)
        return true;
    return which <= 8 ? experiment[i] == which : ren[i] > 8;
}

static dlu_wells_of_unit make_set(unsigned which, set *out)
{
    if (which == SETS)
        return (dlu_wells_of_unit){bubble_x, bubble_y, COUNT(bubble_x)};
    out->n = 0;
    for (size_t i = 0; i < WELLS; i++)
        if (is_in(which, i)) {
            out->x[out->n] = ren[i];
            out->y[out->n++] = luc[i];
        }
    return (dlu_wells_of_unit){out->x, out->y, out->n};
}

static dlu_status slope_of(const char *method, const dlu_wells_of_unit *wells, double *out)
{
    if (strcmp(method, "sums") == 0)
        return dlu_stats_ratio_of_sums(wells, out);
    if (strcmp(method, "squares") == 0)
        return dlu_stats_slope_least_squares(wells, out);
    if (strcmp(method, "equal") == 0)
        return dlu_stats_slope_deming(wells, DLU_DEMING_EQUAL, out);
    if (strcmp(method, "free") == 0)
        return dlu_stats_slope_deming(wells, DLU_DEMING_SCALE_FREE, out);
    if (strcmp(method, "three") == 0)
        return dlu_stats_slope_deming(wells, 3, out);
    return dlu_stats_slope_robust(
        wells, strcmp(method, "robust") == 0 ? DLU_LINE_LIGHT : DLU_LINE_SCALED, out);
}

static const char *const methods[] = {"sums", "squares", "equal", "free", "robust", "scaled"};

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    unsigned which;
    char method[16];
    set s;
    if (sscanf(row->key, "%u %15s", &which, method) != 2 || which > SETS)
        return false;
    const dlu_wells_of_unit wells = make_set(which, &s);
    *take = take_other;
    *status = slope_of(method, &wells, &result->other);
    return true;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(collapse_rows, COUNT(collapse_rows), compute);
}

static void equals_what_was_published(void **state)
{
    (void)state;
    for (unsigned k = 0; k < SETS; k++) {
        set s;
        double light, scaled;
        const dlu_wells_of_unit wells = make_set(k, &s);
        assert_int_equal(dlu_stats_slope_robust(&wells, DLU_LINE_LIGHT, &light), DLU_OK);
        assert_int_equal(dlu_stats_slope_robust(&wells, DLU_LINE_SCALED, &scaled), DLU_OK);
        assert_true(is_close(light, printed[k], 1e-7));
        assert_true(is_close(scaled, printed_scaled[k], 5e-6));
    }
}

/* The published program doubles Sxy where it is to be squared; 11.535 came of it, not 11.622. */
static void the_square_in_the_root_is_a_square(void **state)
{
    (void)state;
    for (unsigned k = 0; k < SETS; k++) {
        set s;
        double right, xx = 0, yy = 0, xy = 0;
        const dlu_wells_of_unit wells = make_set(k, &s);
        for (size_t i = 0; i < wells.n; i++) {
            xx += wells.x[i] * wells.x[i];
            yy += wells.y[i] * wells.y[i];
            xy += wells.x[i] * wells.y[i];
        }
        double wrong = (yy - xx + sqrt((yy - xx) * (yy - xx) + 4 * xy * 2)) / (2 * xy);
        assert_true(is_close(wrong, printed_eiv[k], 1e-12));
        assert_int_equal(dlu_stats_slope_deming(&wells, DLU_DEMING_EQUAL, &right), DLU_OK);
        assert_false(is_close(right, printed_eiv[k], 1e-3));
        assert_true(is_close(right * right * xy - right * (yy - xx) - xy, 0, 1e-9 * yy));
    }
    set first;
    double slope;
    const dlu_wells_of_unit wells = make_set(1, &first);
    assert_int_equal(dlu_stats_slope_deming(&wells, DLU_DEMING_EQUAL, &slope), DLU_OK);
    assert_true(fabs(slope - 11.622) < 5e-4 && fabs(slope - 11.535) > 0.08);
}

/* ln(sum / sum) as the value of each unit of the four days gives the interaction of F7. */
static bool compute_day(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    static const double c[] = {1, -1, -1, 1};
    double y[16];
    unsigned cell[16], block[16];
    (void)take;
    for (unsigned k = 0; k < 16; k++) {
        double f[8], r[8], ratio;
        dlu_wells_of_unit wells = {r, f, 0};
        cell[k] = k % 4;
        block[k] = k / 4;
        for (size_t i = 0; i < COUNT(light_f); i++)
            if (light_arm[i] == cell[k] && light_day[i] == block[k]) {
                f[wells.n] = light_f[i];
                r[wells.n++] = light_r[i];
            }
        *status = dlu_stats_ratio_of_sums(&wells, &ratio);
        if (*status != DLU_OK)
            return true;
        y[k] = log(ratio);
    }
    const dlu_blocked_data data = {y, cell, block, 16, 4, 4};
    *status = dlu_stats_per_block(&data, c, 0.05, &result->test);
    return strcmp(row->id, "F7") == 0;
}

static void ratio_of_sums_is_a_value_of_a_unit(void **state)
{
    (void)state;
    size_t n = 0, from = COUNT(units_rows);
    for (size_t i = 0; i < COUNT(units_rows); i++)
        if (strcmp(units_rows[i].id, "F7") == 0) {
            from = i < from ? i : from;
            n++;
        }
    assert_true(n >= 10);
    check_pinned(units_rows + from, n, compute_day);
}

/* Brighter light, other units of one channel, exchanged channels, another order. */
static void units_and_order_do_what_they_should(void **state)
{
    (void)state;
    for (unsigned k = 0; k <= SETS; k++)
        for (size_t m = 0; m < COUNT(methods); m++) {
            set s, t;
            double slope, other;
            const bool scale_free = m == 0 || m == 3 || m == 5 || m == 1;
            const dlu_wells_of_unit wells = make_set(k, &s), turned = {t.x, t.y, wells.n},
                                    swapped = {wells.y, wells.x, wells.n};
            assert_int_equal(slope_of(methods[m], &wells, &slope), DLU_OK);
            for (size_t i = 0; i < wells.n; i++) {
                t.x[i] = 1000 * wells.x[wells.n - 1 - i];
                t.y[i] = 1000 * wells.y[wells.n - 1 - i];
            }
            assert_int_equal(slope_of(methods[m], &turned, &other), DLU_OK);
            assert_true(is_close(other, slope, 1e-11));
            if (m != 1) {
                assert_int_equal(slope_of(methods[m], &swapped, &other), DLU_OK);
                assert_true(is_close(other, 1 / slope, 1e-10));
            }
            for (size_t i = 0; i < wells.n; i++)
                t.y[i] *= 37;
            assert_int_equal(slope_of(methods[m], &turned, &other), DLU_OK);
            assert_int_equal(is_close(other, 37 * slope, 1e-11), scale_free);
        }
}

/* Wells on a line give that line, however steep, and the robust one also with two that are not. */
static void exact_lines_are_found(void **state)
{
    (void)state;
    for (double slope = 1e-5; slope < 1e6; slope *= 31) {
        double x[20], y[20], found;
        for (size_t i = 0; i < 20; i++) {
            x[i] = 900 + 137 * (double)(i * i % 23);
            y[i] = slope * x[i];
        }
        const dlu_wells_of_unit wells = {x, y, 20};
        for (size_t m = 0; m < COUNT(methods); m++) {
            assert_int_equal(slope_of(methods[m], &wells, &found), DLU_OK);
            assert_true(is_close(found, slope, 1e-11));
        }
        x[3] *= 0.1;
        y[7] *= 0.2;
        assert_int_equal(dlu_stats_slope_robust(&wells, DLU_LINE_SCALED, &found), DLU_OK);
        assert_true(is_close(found, slope, 1e-9));
        assert_int_equal(dlu_stats_slope_deming(&wells, DLU_DEMING_SCALE_FREE, &found), DLU_OK);
        assert_false(is_close(found, slope, 1e-3));
    }
}

static void wells_without_a_ratio_are_refused(void **state)
{
    (void)state;
    static double many[DLU_MAX_LINE_WELLS + 1];
    static const double one[] = {1, 2, 3}, no_light[] = {0, 0, 0}, below[] = {-4, 1, 2},
                        bad[] = {1, NAN, 2}, falling[] = {-1, -2, -3};
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = 1 + (double)(i % 7);
    for (size_t m = 0; m < COUNT(methods); m++) {
        double out = 7;
        const dlu_wells_of_unit none = {one, one, 0}, dark = {no_light, one, 3},
                                off = {one, no_light, 3}, odd = {one, bad, 3},
                                other_odd = {bad, one, 3}, negative = {one, falling, 3};
        assert_int_equal(slope_of(methods[m], &none, &out), DLU_E_TOO_FEW);
        assert_int_equal(slope_of(methods[m], &dark, &out), DLU_E_NOT_ESTIMABLE);
        assert_int_equal(slope_of(methods[m], &off, &out), DLU_E_NOT_ESTIMABLE);
        assert_int_equal(slope_of(methods[m], &odd, &out), DLU_E_INPUT);
        assert_int_equal(slope_of(methods[m], &other_odd, &out), DLU_E_INPUT);
        assert_int_equal(slope_of(methods[m], &negative, &out), DLU_E_NOT_ESTIMABLE);
        assert_true(out == 7);
    }
    const dlu_wells_of_unit single = {one, one, 1}, faint = {below, one, 3},
                            too_many = {many, many, COUNT(many)},
                            most = {many, many, COUNT(many) - 1};
    double out = 7;
    assert_int_equal(dlu_stats_slope_deming(&single, 1, &out), DLU_E_TOO_FEW);
    assert_int_equal(dlu_stats_ratio_of_sums(&faint, &out), DLU_E_NOT_ESTIMABLE);
    assert_int_equal(dlu_stats_slope_deming(&single, -1, &out), DLU_E_USAGE);
    assert_int_equal(dlu_stats_slope_deming(&single, NAN, &out), DLU_E_USAGE);
    assert_int_equal(dlu_stats_slope_robust(&too_many, DLU_LINE_LIGHT, &out), DLU_E_LIMIT);
    assert_true(out == 7);
    assert_int_equal(dlu_stats_slope_robust(&most, DLU_LINE_LIGHT, &out), DLU_OK);
    assert_true(is_close(out, 1, 1e-12));
    assert_int_equal(dlu_stats_ratio_of_sums(&single, &out), DLU_OK);
    /* a well below its blank is one of the wells */
    const dlu_wells_of_unit weak = {one, below, 3};
    assert_int_equal(dlu_stats_ratio_of_sums(&weak, &out), DLU_E_NOT_ESTIMABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(equals_what_was_published),
        cmocka_unit_test(the_square_in_the_root_is_a_square),
        cmocka_unit_test(ratio_of_sums_is_a_value_of_a_unit),
        cmocka_unit_test(units_and_order_do_what_they_should),
        cmocka_unit_test(exact_lines_are_found),
        cmocka_unit_test(wells_without_a_ratio_are_refused),
    };
    return cmocka_run_group_tests_name("stats-collapse", tests, NULL, NULL);
}
