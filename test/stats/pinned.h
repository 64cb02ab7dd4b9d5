/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_PINNED_H
#define DLU_TEST_PINNED_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stats/stats.h"

/* A value that R gave: what must be computed (key), what of it (quantity), how close. */
typedef struct pinned {
    const char *id; /* "X..." are of this folder alone */
    const char *key;
    const char *quantity; /* "status" where only the status counts */
    double value;
    double tolerance; /* relative; an expected 0 is met to that much absolutely */
    dlu_status status;
} pinned;

/* An experiment as summaries, and the verdict it must get. */
typedef struct verdict_case {
    const char *name;
    double wt[3]; /* estimate, standard error, degrees of freedom */
    double mut[3];
    double d[3];
    double sign;
    size_t n_min;
    bool usable;
    bool technical;
    double control_estimate;
    double control_p;
    double adjusted;
    double theta;
    double p_wt;
    double p_mut;
    double p_noninferiority;
    double p_tost_wt;
    double p_d;
    double p_tost_d;
    const char *verdict;
} verdict_case;

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define VALUES(array)                                                                              \
    {                                                                                              \
        (array), COUNT(array)                                                                      \
    }
#define SAMPLE(array) ((dlu_sample)VALUES(array))

/* Everything a key may give; what does not belong to it stays as it was. */
typedef struct computed {
    dlu_test test;
    dlu_ratio ratio;
    double mse;
    double other; /* the quantity of a key that is neither test nor ratio */
} computed;

static inline bool is_close(double value, double expected, double tolerance)
{
    if (isnan(value) || isnan(expected))
        return isnan(value) && isnan(expected);
    return fabs(value - expected) <= tolerance * (expected == 0 ? 1 : fabs(expected));
}

/* What the quantities of R's rows are in terms of a test. NaN for one that is not known. */
static inline double quantity_of(const dlu_test *t, const char *name)
{
    const double delta = -log(0.8), half = dlu_stats_t_quantile(0.05, t->df) * t->se;
    dlu_tost tost = {NAN, NAN, NAN, false};
    dlu_stats_tost(t, 0.8, 0.05, &tost);
    const double root_n = sqrt((double)t->n);
    const struct {
        const char *name;
        double value;
    } known[] = {
        {"n", (double)t->n},
        {"r", (double)t->n},
        {"est", t->estimate},
        {"mean", t->estimate},
        {"lnratio", t->estimate},
        {"geomean", exp(t->estimate)},
        {"fold", exp(t->estimate)},
        {"ratio", exp(t->estimate)},
        {"se", t->se},
        {"stderr", t->se},
        {"sd", t->se * root_n},
        {"sdD", t->se * root_n},
        {"t", t->t},
        {"F", t->t * t->t},
        {"df", t->df},
        {"df1", 1}, /* of the F that is t squared */
        {"df2", t->df},
        {"p", t->p},
        {"p_two_sided", t->p},
        {"p_less", dlu_stats_t_upper(-t->t, t->df)},
        {"ci95_lo", t->low},
        {"ci95_hi", t->high},
        {"fold_lo", exp(t->low)},
        {"fold_hi", exp(t->high)},
        {"fold_low", exp(t->low)},
        {"fold_high", exp(t->high)},
        {"lo", exp(t->low)},
        {"hi", exp(t->high)},
        {"delta", delta},
        {"t_lower", (t->estimate + delta) / t->se},
        {"t_upper", (t->estimate - delta) / t->se},
        {"p_lower", tost.p_lower},
        {"p_upper", tost.p_upper},
        {"tost_p_lower", tost.p_lower},
        {"tost_p_upper", tost.p_upper},
        {"p_tost", tost.p},
        {"ci90_lo", t->estimate - half},
        {"ci90_hi", t->estimate + half},
        {"p_ni", dlu_stats_noninferiority(t, 0.8)},
        {"ni_p", dlu_stats_noninferiority(t, 0.8)},
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].value;
    return NAN;
}

typedef double (*take_fn)(const computed *result, const char *quantity);

static inline double take_test(const computed *result, const char *quantity)
{
    if (strcmp(quantity, "mse") == 0)
        return result->mse;
    return quantity_of(&result->test, quantity);
}

static inline double take_ratio(const computed *result, const char *quantity)
{
    const dlu_ratio *r = &result->ratio;
    const struct {
        const char *name;
        double value;
    } known[] = {{"ratio", r->ratio}, {"g", r->g}, {"df", r->df}, {"lo", r->low}, {"hi", r->high}};
    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(known[i].name, quantity) == 0)
            return known[i].value;
    return NAN;
}

static inline double take_other(const computed *result, const char *quantity)
{
    (void)quantity;
    return result->other;
}

/* Computes what a row's key names. Returns false where it does not know the key. */
typedef bool (*compute_fn)(const pinned *row, dlu_status *status, computed *result, take_fn *take);

/* Checks every row and fails once, with all that differ. */
static inline void check_pinned(const pinned *rows, size_t n, compute_fn compute)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const pinned *row = &rows[i];
        computed result = {.mse = NAN, .other = NAN};
        dlu_status status = DLU_OK;
        take_fn take = take_test;
        bool known = compute(row, &status, &result, &take), same = known && status == row->status;
        double value = same && status == DLU_OK ? take(&result, row->quantity) : NAN;
        if (same && (status != DLU_OK || is_close(value, row->value, row->tolerance)))
            continue;
        print_error("%s %s %s: expected %.17g (status %d), got %.17g (status %d)%s\n", row->id,
                    row->key, row->quantity, row->value, (int)row->status, value, (int)status,
                    known ? "" : ": no such key");
        wrong++;
    }
    if (wrong)
        fail_msg("%zu of %zu pinned values differ", wrong, n);
}

#endif
