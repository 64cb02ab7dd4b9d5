/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "analyze_csv.h"
#include "base/text.h"
#include "figure/axis.h"
#include "figure/folds.h"
#include "figure/pairs.h"
#include "figure/svg.h"

/* Figures find replicates by names in the rows; here against what the tests of the verdict saw. */

#define HEADER                                                                                     \
    "plate,well,role,target,construct,treatment,mirna,dose_nM,block,replicate,firefly,renilla\n"

typedef struct table {
    dlu_buffer text;
    unsigned well;
} table;

static void add(table *t, const char *construct, const char *treatment, const char *mirna,
                const char *dose, const char *block, const char *replicate)
{
    unsigned k = t->well++;
    dlu_buffer_printf(&t->text, "p1,%c%u,sample,PTEN,%s,%s,%s,%s,%s,%s,%u,800000\n",
                      'A' + (int)(k / 24), k % 24 + 1, construct, treatment, mirna, dose, block,
                      replicate, 500000 + 7919 * k % 300000);
}

/* Two microRNAs, of which one has a control of its own; two doses of the other. */
static void fill(table *t, bool blocked)
{
    static const char *const names[] = {"1", "2", "3"};
    static const char *const constructs[] = {"WT", "MUT"};
    dlu_buffer_add(&t->text, HEADER);
    for (unsigned r = 0; r < 3; r++)
        for (unsigned c = 0; c < 2; c++) {
            const char *block = blocked ? names[r] : "", *replicate = blocked ? "" : names[r];
            add(t, constructs[c], "scramble", "", "", block, replicate);
            add(t, constructs[c], "scramble", "miR-7", "", block, replicate);
            add(t, constructs[c], "mimic", "miR-7", "", block, replicate);
            add(t, constructs[c], "mimic", "miR-21", "5", block, replicate);
            add(t, constructs[c], "mimic", "miR-21", "50", block, replicate);
            add(t, constructs[c], "inhibitor", "miR-21", "", block, replicate);
            add(t, constructs[c], "inhibitor-control", "", "", block, replicate);
        }
}

static const dlu_fig_pair *pair_of(const dlu_fig_data *d, const dlu_verdict_row *v)
{
    for (size_t i = 0; i < d->n_pairs; i++)
        if (d->pairs[i].verdict == v)
            return &d->pairs[i];
    return NULL;
}

/* The units of a cell of the verdict's tests, in order, are those of the arm. */
static void compare_arm(const dlu_working *w, unsigned cell, const dlu_fig_arm *arm)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        if (w->values[i].cell != cell)
            continue;
        bool found = false;
        for (size_t k = 0; k < arm->n; k++)
            found = found || arm->points[k].unit == w->values[i].row;
        assert_true(found);
        n++;
    }
    assert_int_equal(n, arm->n);
}

static void compare_all(bool blocked)
{
    table t = {.well = 0};
    dlu_figure_options o;
    dlu_fig_data d;
    dlu_arena *arena = dlu_arena_new();
    dlu_figure_defaults(&o);
    fill(&t, blocked);
    analysed a = analyze_text(t.text.bytes, NULL);
    assert_int_equal(a.status, DLU_OK);
    assert_true(dlu_fig_data_of(a.result, &o, arena, &d));
    assert_int_equal(a.result->n_verdicts, 4);
    for (size_t v = 0; v < a.result->n_verdicts; v++) {
        const dlu_fig_pair *p = pair_of(&d, &a.result->verdicts[v]);
        assert_non_null(p);
        assert_int_equal(p->blocked, blocked);
        for (unsigned s = 0; s < 2; s++) {
            compare_arm(&a.result->workings[v], 2 * s, &p->sites[s].treated);
            compare_arm(&a.result->workings[v], 2 * s + 1, &p->sites[s].control);
        }
        double sum = 0;
        const dlu_fig_arm *arm = &p->sites[0].treated;
        for (size_t k = 0; k < arm->n; k++)
            sum += log(arm->points[k].fold);
        /* the mean of the points is the bar */
        assert_true(fabs(exp(sum / (double)arm->n) / arm->fold - 1) < 1e-9);
    }
    analysed_free(&a);
    dlu_arena_free(arena);
    dlu_buffer_free(&t.text);
}

static void replicates_are_those_of_the_tests_in_blocks(void **state)
{
    (void)state;
    compare_all(true);
}

static void replicates_are_those_of_the_tests_without_blocks(void **state)
{
    (void)state;
    compare_all(false);
}

static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    dlu_figure_options o;
    dlu_figure_defaults(&o);
    dlu_face face = dlu_face_of(&o);
    /* W 944, T 611 of 1000 in Arial; two digits of 556 */
    assert_true(fabs(dlu_face_width(&face, "WT", 10, false) - 15.55) < 0.02);
    assert_true(fabs(dlu_face_width(&face, "42", 10, false) - 11.12) < 0.03);
    /* what is italic is as wide; what joins letters takes nothing */
    assert_true(dlu_face_width(&face, "\1PTEN\1", 7, false) > 0);
    assert_true(dlu_face_width(&face, "e\xCC\x81", 7, false) ==
                dlu_face_width(&face, "e", 7, false));
    o.font = "Times New Roman";
    face = dlu_face_of(&o);
    assert_true(fabs(dlu_face_width(&face, "42", 10, false) - 10) < 0.03);
}

static void texts_are_broken_into_lines_that_fit(void **state)
{
    static const char *const texts[] = {"hsa-miR-21-5p mimic", "LLLLLLLLLLLLLLLLLLLL", "a b c d e",
                                        "\1PTEN and more\1 3\xE2\x80\xB2UTR", "x"};
    (void)state;
    dlu_figure_options o;
    dlu_figure_defaults(&o);
    dlu_face face = dlu_face_of(&o);
    dlu_arena *arena = dlu_arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dlu_lines lines;
        assert_true(dlu_face_wrap(&face, texts[i], 7, false, 24, arena, &lines));
        assert_true(lines.n > 0);
        for (size_t k = 0; k < lines.n; k++)
            assert_true(dlu_face_width(&face, lines.lines[k], 7, false) <= 24);
    }
    dlu_arena_free(arena);
}

static void ids_are_valid_and_differ(void **state)
{
    (void)state;
    dlu_svg_ids ids = {0};
    dlu_arena *arena = dlu_arena_new();
    assert_string_equal(dlu_svg_id(&ids, "PTEN", arena), "PTEN");
    assert_string_equal(dlu_svg_id(&ids, "PTEN", arena), "PTEN-2");
    assert_string_equal(dlu_svg_id(&ids, "1 <b>", arena), "_1__b_");
    assert_string_equal(dlu_svg_id(&ids, "\xCE\xB2", arena), "_u03B2");
    assert_string_equal(dlu_svg_id(&ids, "", arena), "g");
    dlu_arena_free(arena);
}

static void axes_end_at_round_numbers(void **state)
{
    (void)state;
    dlu_range range = dlu_range_new();
    dlu_range_mark(&range, 0.35);
    dlu_range_mark(&range, 1.13);
    dlu_axis a = dlu_axis_of(&range, false, true, 100, 0);
    assert_true(a.low == 0 && a.high >= 1.13 && a.high <= 1.4);
    assert_true(fabs(dlu_axis_at(&a, 0) - 100) < 1e-9);
    a = dlu_axis_of(&range, true, true, 100, 0);
    assert_true(a.low == 0.25 && a.high == 2);
    assert_true(fabs(dlu_axis_at(&a, 1) - 100.0 / 3) < 1e-9);
    /* an interval without end is cut, so that the rest is seen */
    dlu_range_interval(&range, 0.1, 1000);
    a = dlu_axis_of(&range, false, true, 100, 0);
    assert_true(a.high < 5);
    a = dlu_axis_decades(230000, 810000, 0, 100);
    assert_true(a.low == 200000 && a.high == 1000000);
}

static void points_do_not_hide_each_other(void **state)
{
    (void)state;
    double y[12], dx[12];
    for (unsigned i = 0; i < 12; i++)
        y[i] = 3.2 * (i / 3);
    dlu_draw_spread(y, 12, 1.5, 12, dx);
    for (unsigned i = 0; i < 12; i++)
        for (unsigned k = 0; k < i; k++)
            assert_true(hypot(dx[i] - dx[k], y[i] - y[k]) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replicates_are_those_of_the_tests_in_blocks),
        cmocka_unit_test(replicates_are_those_of_the_tests_without_blocks),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(texts_are_broken_into_lines_that_fit),
        cmocka_unit_test(ids_are_valid_and_differ),
        cmocka_unit_test(axes_end_at_round_numbers),
        cmocka_unit_test(points_do_not_hide_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
