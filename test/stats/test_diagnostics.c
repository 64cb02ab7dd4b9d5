/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagnostics.h"

#include "../unit/analyze_csv.h"

/* The table of diagnostics of whole analyses, from a table of light to its rows. */

/* A unit a row, with ln(firefly / renilla) = y; cells are those of WT and MUT. */
static analysed analyze_units(const double *y, const unsigned *cell, const unsigned *block,
                              size_t n, const char *column)
{
    static const char *const arms[] = {"WT,mimic", "WT,scramble", "MUT,mimic", "MUT,scramble"};
    static char table[16384];
    int used =
        snprintf(table, sizeof table, "sample,construct,treatment,%s,firefly,renilla\n", column);
    for (size_t i = 0; i < n; i++)
        used += snprintf(table + used, sizeof table - (size_t)used, "s%zu,%s,u%u,%.17g,100000\n", i,
                         arms[cell[i]], block[i], 1e5 * exp(y[i]));
    analysed a = analyze_text(table, NULL);
    assert_int_equal(a.status, DLU_OK);
    return a;
}

static const dlu_diagnostic_row *row_of(const analysed *a, const char *key)
{
    for (size_t i = 0; i < a->result->n_diagnostics; i++) {
        const dlu_diagnostic_row *row = &a->result->diagnostics[i];
        size_t group = strlen(row->group);
        if (!strncmp(key, row->group, group) && key[group] == ' ' &&
            !strcmp(key + group + 1, row->item))
            return row;
    }
    fail_msg("no row %s", key);
    return NULL;
}

static double number_of(const dlu_diagnostic_row *row, const char *name)
{
    const struct {
        const char *name;
        double value;
    } all[] = {{"statistic", row->statistic}, {"df1", row->df1}, {"df2", row->df2},  {"p", row->p},
               {"limit", row->limit},         {"low", row->low}, {"high", row->high}};
    for (size_t i = 0; i < COUNT(all); i++)
        if (!strcmp(all[i].name, name))
            return all[i].value;
    fail_msg("no quantity %s", name);
    return NAN;
}

static void check(const analysed *a, const char *id)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT(diagnostic_rows); i++) {
        const pinned *p = &diagnostic_rows[i];
        if (strcmp(p->id, id) != 0)
            continue;
        double got = number_of(row_of(a, p->key), p->quantity);
        if (!is_close(got, p->value, p->tolerance))
            fail_msg("%s, %s: %.17g, R has %.17g", p->key, p->quantity, got, p->value);
        n++;
    }
    assert_true(n > 20);
}

static void plain_units_equal_r(void **state)
{
    (void)state;
    analysed a = analyze_units(plain_y, plain_cell, plain_block, COUNT(plain_y), "replicate");
    check(&a, "plain");
    assert_string_equal(row_of(&a, "WT mimic grubbs")->status, "flagged");
    assert_non_null(strstr(row_of(&a, "WT mimic grubbs")->text, "replicate u8"));
    assert_string_equal(row_of(&a, "WT mimic generalised_esd")->status, "flagged");
    assert_string_equal(row_of(&a, "WT mimic modified_z")->status, "flagged");
    assert_string_equal(row_of(&a, "wells technical_cv")->status, "too-few");
    assert_string_equal(row_of(&a, "wells b_score")->status, "not-applicable");
    assert_int_equal(a.result->groups[1].n, 8); /* flagged, not left out */
    analysed_free(&a);
}

static void days_equal_r(void **state)
{
    (void)state;
    analysed a = analyze_units(days_y, days_cell, days_block, COUNT(days_y), "block");
    check(&a, "days");
    analysed_free(&a);
}

/* Whatever cannot be computed has a word for it and no number. */
static void what_cannot_be_has_no_numbers(void **state)
{
    static const double same[] = {0, 0, 0, 0, 0, 0, 0, 0};
    /* a control that is not told from 0: exp(y) of 1, 1 and 4000 */
    static const double wide[] = {0, 0.1, 0, 0, 8.294, 0, 0.1, 0.2, 0, 0.1};
    static const unsigned cell[] = {0, 0, 1, 1, 2, 2, 3, 3};
    static const unsigned cell_wide[] = {0, 0, 1, 1, 1, 2, 2, 2, 3, 3};
    static const unsigned unit[] = {1, 2, 1, 2, 1, 2, 1, 2};
    static const unsigned unit_wide[] = {1, 2, 1, 2, 3, 1, 2, 3, 1, 2};
    (void)state;
    analysed a = analyze_units(same, cell, unit, COUNT(same), "replicate");
    assert_string_equal(row_of(&a, "four cells levene")->status, "no-variance");
    assert_string_equal(row_of(&a, "residuals shapiro_wilk")->status, "no-variance");
    assert_string_equal(row_of(&a, "wt mann_whitney")->status, "no-variance");
    assert_string_equal(row_of(&a, "wt fold_of_means")->status, "no-variance");
    analysed_free(&a);
    a = analyze_units(wide, cell_wide, unit_wide, COUNT(wide), "replicate");
    const dlu_diagnostic_row *row = row_of(&a, "wt fold_of_means");
    assert_string_equal(row->status, "unbounded");
    assert_true(isnan(row->statistic) && isnan(row->low) && isnan(row->high));
    analysed_free(&a);
}

/* Sixty wells of one construct and treatment with an effect of their rows, and one far off. */
static void a_screen_has_b_scores(void **state)
{
    static char table[16384];
    int used =
        snprintf(table, sizeof table, "well,construct,treatment,mirna,replicate,firefly,renilla\n");
    (void)state;
    for (unsigned i = 0; i < 96; i++) {
        double y = 0.1 * (i / 12) + 0.02 * sin(7 * i) - (i == 40);
        used +=
            snprintf(table + used, sizeof table - (size_t)used, "%c%u,WT,%s,%s%u,%u,%.17g,1e5\n",
                     'A' + i / 12, i % 12 + 1, i % 12 < 8 ? "mimic" : "scramble",
                     i % 12 < 8 ? "miR-" : "nc", i % 12 < 8 ? i : 0, i, 1e5 * exp(y));
    }
    analysed a = analyze_text(table, NULL);
    assert_int_equal(a.status, DLU_OK);
    const dlu_diagnostic_row *row = row_of(&a, "wells b_score");
    assert_string_equal(row->status, "ok");
    assert_true(row->statistic < -10);
    assert_non_null(strstr(row->text, "D5"));
    analysed_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_units_equal_r),
        cmocka_unit_test(days_equal_r),
        cmocka_unit_test(what_cannot_be_has_no_numbers),
        cmocka_unit_test(a_screen_has_b_scores),
    };
    return cmocka_run_group_tests_name("stats-diagnostics", tests, NULL, NULL);
}
