/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "adjust.h"
#include "blocked.h"
#include "many.h"
#include "numerics.h"
#include "outliers.h"
#include "plate_quality.h"
#include "power.h"
#include "ranks.h"
#include "ratio.h"
#include "spread.h"
#include "unblocked.h"
#include "units.h"
#include "verdict_cases.h"
#include "wells.h"

#include "base/text.h"

/*
 * Compares the values pinned here with a second set that somebody else made: $DUALUC_SHARED, or
 * ../shared beside the sources, with reference/reference.csv, pooled.csv and verdict_cases.csv.
 * Skipped where that is not there. Both directions: each pinned value stands there, and each row
 * there is met by a value here, but for those of `not_ours`.
 *
 * The R program of each value, by the first letters of its id; it prints NAME.h, and test_NAME.c
 * computes the same:
 *   A, E, G  unblocked.R, but A5 ranks.R and A10 to A13 spread.R
 *   B, C, D, RB, RC, RD  blocked.R
 *   F0 to F6, RF, RFev  wells.R; F7, F8, F9, F12, F13 units.R; F11 outliers.R
 *   H, P  many.R; I  adjust.R; J  outliers.R; K, Q  spread.R; L  ratio.R; M  power.R
 *   N  plate_quality.R; O  numerics.R, but Mann-Whitney ranks.R
 *   verdict cases  verdict_cases.R
 */

#define MAX_LINE   4096u
#define MAX_FIELDS 32u

static const struct {
    const pinned *rows;
    size_t n;
} tables[] = {{unblocked_rows, COUNT(unblocked_rows)}, {blocked_rows, COUNT(blocked_rows)},
              {adjust_rows, COUNT(adjust_rows)},       {numerics_rows, COUNT(numerics_rows)},
              {wells_rows, COUNT(wells_rows)},         {ratio_rows, COUNT(ratio_rows)},
              {units_rows, COUNT(units_rows)},         {spread_rows, COUNT(spread_rows)},
              {ranks_rows, COUNT(ranks_rows)},         {outliers_rows, COUNT(outliers_rows)},
              {plate_rows, COUNT(plate_rows)},         {many_rows, COUNT(many_rows)},
              {power_rows, COUNT(power_rows)}};

static FILE *open_shared(const char *name)
{
    char path[1024];
    const char *root = getenv("DUALUC_SHARED");
    snprintf(path, sizeof path, "%s/reference/%s", root ? root : DLU_SOURCE_ROOT "/../shared",
             name);
    return fopen(path, "rb");
}

/* Splits a line of CSV in place; quotes may enclose commas. */
static size_t split(char *line, char *fields[MAX_FIELDS])
{
    size_t n = 0;
    char *to = line;
    bool quoted = false;
    fields[n++] = to;
    for (char *p = line; *p && *p != '\n' && *p != '\r'; p++) {
        if (*p == '"') {
            quoted = !quoted;
        } else if (*p == ',' && !quoted && n < MAX_FIELDS) {
            *to++ = '\0';
            fields[n++] = to;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return n;
}

/* To the tolerance of the row there, to which ours must have been computed too. */
static bool same_value(const pinned *row, char *const *fields)
{
    double value, tolerance;
    const char *text = fields[4];
    if (row->status != DLU_OK)
        return strncmp(text, "ERROR", 5) == 0 || strcmp(text, "NaN") == 0;
    if (strcmp(text, "NA") == 0)
        return isnan(row->value);
    if (!dlu_text_number(text, '.', &value) || !dlu_text_number(fields[5], '.', &tolerance))
        return false;
    if (strstr(fields[2], "multcomp")) /* random quadrature, which states its absolute error */
        return fabs(row->value - value) <= tolerance;
    return row->tolerance <= tolerance && is_close(row->value, value, tolerance);
}

/* A refusal of ours stands for all quantities of R's test that came out as NaN. */
static bool same_quantity(const pinned *row, const char *quantity, const char *text)
{
    return strcmp(row->quantity, quantity) == 0 ||
           (row->status != DLU_OK && strcmp(text, "NaN") == 0);
}

typedef struct seen {
    bool row[COUNT(tables)][1024];
    size_t compared;
    size_t left; /* rows that are not ours */
    size_t wrong;
} seen;

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, const char *with)
{
    size_t n = strlen(text), k = strlen(with);
    return n >= k && strcmp(text + n - k, with) == 0;
}

/* What these programs are not meant to give. */
static bool is_not_ours(char *const *fields)
{
    const char *id = fields[0], *quantity = fields[3];
    return strcmp(id, "D8") == 0 || strcmp(id, "D9") == 0 || /* REML on incomplete blocks */
           strcmp(id, "A7chk") == 0 ||                       /* generalised least squares */
           (begins(id, "M") && ends(id, "_R")) ||            /* less exact than the rows beside */
           (strcmp(id, "M6") == 0 && strstr(fields[2], " t=0 df=3 ncp=10")) || /* see power.R */
           (strcmp(id, "O1") == 0 && ends(quantity, "_decimal")) || /* no doubles hold those data */
           (strcmp(id, "Q1") == 0 &&
            (strcmp(quantity, "F_certified") == 0 || strcmp(quantity, "F_R") == 0));
}

static void compare(char *const *fields, seen *s)
{
    bool carried = false, met = false;
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            const pinned *row = &tables[t].rows[i];
            if (strcmp(row->id, fields[0]) != 0)
                continue;
            carried = true;
            if (!same_quantity(row, fields[3], fields[4]) || !same_value(row, fields))
                continue;
            met = true;
            s->row[t][i] = true;
        }
    if (is_not_ours(fields)) {
        s->left++;
        return;
    }
    s->compared++;
    if (met)
        return;
    print_error("%s, %s, %s = %s: %s\n", fields[0], fields[2], fields[3], fields[4],
                carried ? "not met by any pinned value" : "no value of this id is pinned");
    s->wrong++;
}

static void read_rows(const char *name, seen *s)
{
    char line[MAX_LINE], *fields[MAX_FIELDS];
    FILE *file = open_shared(name);
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (split(line, fields) >= 7 && strcmp(fields[0], "id") != 0)
            compare(fields, s);
    fclose(file);
}

static void pinned_values_stand_in_the_reference(void **state)
{
    (void)state;
    static seen s;
    read_rows("reference.csv", &s);
    read_rows("pooled.csv", &s);
    for (size_t t = 0; t < COUNT(tables); t++) {
        assert_true(tables[t].n <= COUNT(s.row[t]));
        for (size_t i = 0; i < tables[t].n; i++) {
            const pinned *row = &tables[t].rows[i];
            if (s.row[t][i] || row->id[0] == 'X')
                continue;
            print_error("%s %s %s = %.17g: not in the reference\n", row->id, row->key,
                        row->quantity, row->value);
            s.wrong++;
        }
    }
    if (s.wrong || s.compared < 1200)
        fail_msg("%zu values differ; %zu compared", s.wrong, s.compared);
}

static bool same_number(const char *text, double value)
{
    double read;
    if (strcmp(text, "NA") == 0)
        return isnan(value);
    return dlu_text_number(text, '.', &read) && is_close(read, value, 1e-12);
}

static bool same_case(char *const *f, const verdict_case *c)
{
    const double numbers[] = {c->wt[0],  c->wt[1], c->wt[2], c->mut[0], c->mut[1],
                              c->mut[2], c->d[0],  c->d[1],  c->d[2]};
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (!same_number(f[1 + i], numbers[i]))
            return false;
    const double p[] = {c->p_wt, c->p_mut, c->p_noninferiority, c->p_tost_wt, c->p_d, c->p_tost_d};
    for (size_t i = 0; i < COUNT(p); i++)
        if (!same_number(f[19 + i], p[i]))
            return false;
    return same_number(f[11], (double)c->n_min) && same_number(f[14], c->control_estimate) &&
           same_number(f[15], c->control_p) && same_number(f[16], c->adjusted) &&
           same_number(f[18], c->theta) && strcmp(f[25], c->verdict) == 0 &&
           (strcmp(f[10], "mimic") == 0) == (c->sign > 0) &&
           (strcmp(f[12], "TRUE") == 0) == c->usable &&
           (strcmp(f[13], "TRUE") == 0) == !c->technical;
}

static void verdict_cases_stand_in_the_reference(void **state)
{
    (void)state;
    char line[MAX_LINE], *fields[MAX_FIELDS];
    FILE *file = open_shared("verdict_cases.csv");
    size_t n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (split(line, fields) < 26 || strcmp(fields[0], "case") == 0)
            continue;
        bool met = n < COUNT(verdict_cases) && strcmp(verdict_cases[n].name, fields[0]) == 0 &&
                   same_case(fields, &verdict_cases[n]);
        if (!met) {
            print_error("%s\n", fields[0]);
            fail_msg("case %zu differs", n);
        }
        n++;
    }
    fclose(file);
    assert_int_equal(n, COUNT(verdict_cases));
}

int main(void)
{
    FILE *file = open_shared("reference.csv");
    if (!file) {
        puts("1..0 # SKIP no second reference (DUALUC_SHARED)");
        return 0;
    }
    fclose(file);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pinned_values_stand_in_the_reference),
        cmocka_unit_test(verdict_cases_stand_in_the_reference),
    };
    return cmocka_run_group_tests_name("stats-reference", tests, NULL, NULL);
}
