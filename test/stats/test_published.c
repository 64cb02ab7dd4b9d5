/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "published.h"

#include "stats/diagnostics.h"
#include "stats/power.h"
#include "verdict/rules.h"

static const double difference_of_two[] = {1, -1};

static dlu_status liu(const char *what, dlu_test *out)
{
    static const double c[] = {1, -1, -1, 1};
    const dlu_sample cells[] = {SAMPLE(liu_wt_mir), SAMPLE(liu_wt_scr), SAMPLE(liu_mut_mir),
                                SAMPLE(liu_mut_scr)};
    const dlu_sample *pair = strstr(what, "mut") ? cells + 2 : cells;
    if (strcmp(what, "interaction") == 0)
        return dlu_stats_contrast_pooled(cells, c, 4, 0.05, out);
    if (strcmp(what, "arms") == 0)
        return dlu_stats_welch(cells[0], cells[2], 0.05, out);
    if (strncmp(what, "one", 3) == 0)
        return dlu_stats_one_sample(pair[0], 1, 0.05, out);
    return strncmp(what, "welch", 5) == 0 ? dlu_stats_welch(pair[0], pair[1], 0.05, out)
                                          : dlu_stats_student(pair[0], pair[1], 0.05, out);
}

static const struct {
    const char *name;
    dlu_sample alt;
    dlu_sample ref;
} alleles[] = {{"untreated", VALUES(untreated_alt), VALUES(untreated_ref)},
               {"no_tnfa", VALUES(no_tnfa_alt), VALUES(no_tnfa_ref)},
               {"cytokines", VALUES(cytokines_alt), VALUES(cytokines_ref)}};

/* ln values with the batch as block, or raw ones without it. */
static dlu_status alleles_of(size_t k, bool raw, dlu_test *out)
{
    double y[12];
    unsigned cell[12], block[12];
    dlu_blocked_fit fit;
    if (raw)
        return dlu_stats_student(alleles[k].alt, alleles[k].ref, 0.05, out);
    for (unsigned i = 0; i < 12; i++) {
        cell[i] = i / 6;
        block[i] = i % 6 / 3;
        y[i] = log((cell[i] ? alleles[k].ref : alleles[k].alt).values[i % 6]);
    }
    const dlu_blocked_data data = {y, cell, block, 12, 2, 2};
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    return status == DLU_OK ? dlu_stats_blocked_contrast(&fit, difference_of_two, 0.05, out)
                            : status;
}

/* Groups of n with `u` pairs in which the first is larger, and no ties. */
static dlu_status test_u(unsigned n, unsigned u, dlu_rank_test *out)
{
    double a[32], b[32];
    for (unsigned i = 0; i < n; i++) {
        unsigned above = u < n ? u : n; /* of the b's */
        u -= above;
        a[i] = above - 0.5 + i / 100.0;
        b[i] = i;
    }
    return dlu_stats_mann_whitney((dlu_sample){a, n}, (dlu_sample){b, n}, out);
}

/* Differences of 1 to n in size, of which those above 0 add up to v. */
static dlu_status test_v(unsigned n, unsigned v, dlu_rank_test *out)
{
    double d[32];
    for (unsigned i = n; i > 0; i--) {
        bool above = i <= v;
        v -= above ? i : 0;
        d[i - 1] = above ? i : -(double)i;
    }
    return dlu_stats_signed_rank((dlu_sample){d, n}, out);
}

/* What was printed is met to its three digits, once the p is that of R. */
static bool compute_ranks(const pinned *row, dlu_status *status, computed *result)
{
    dlu_rank_test test = {0};
    unsigned n, of;
    char which;
    if (sscanf(row->key, "yan %c %u %u", &which, &n, &of) != 3)
        return false;
    *status = which == 'U' ? test_u(n, of, &test) : test_v(n, of, &test);
    assert_true(test.statistic == of);
    bool printed = strcmp(row->quantity, "printed") == 0;
    double digit = row->value < 0.01 ? 1e-6 : 1e-3;
    result->other = printed ? round(test.p / digit) * digit : test.p;
    return true;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    if (compute_ranks(row, status, result)) {
        *take = take_other;
        return true;
    }
    if (strncmp(row->key, "liu ", 4) == 0) {
        *status = liu(row->key + 4, &result->test);
        return true;
    }
    for (size_t k = 0; k < COUNT(alleles); k++)
        if (strncmp(row->key, alleles[k].name, strlen(alleles[k].name)) == 0) {
            *status = alleles_of(k, strstr(row->key, " raw"), &result->test);
            return true;
        }
    return false;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(published_rows, COUNT(published_rows), compute);
}

/* Within the rounding of the means and SDs that were printed. */
static void equals_print(void **state)
{
    (void)state;
    dlu_test interaction, wt;
    assert_int_equal(liu("interaction", &interaction), DLU_OK);
    assert_int_equal(liu("student wt", &wt), DLU_OK);
    double F = interaction.t * interaction.t;
    assert_true(is_close(F, printed_F[0], 5e-4));
    assert_true(is_close(F / (F + 8), printed_eta[0], 5e-4));
    assert_true(is_close(sqrt(F / 8), printed_f[0], 5e-4));
    assert_true(is_close(fabs(wt.t) * sqrt(2.0 / 3), printed_d[0], 1e-5));
    /* 61 cultures in 4 groups for f: the interaction's t has ncp f sqrt(61) on 57 df */
    double critical = dlu_stats_t_quantile(0.025, 57), ncp = printed_f[0] * sqrt(61);
    double power = dlu_stats_noncentral_t_upper(critical, 57, ncp) +
                   dlu_stats_noncentral_t_lower(-critical, 57, ncp);
    assert_true(fabs(power - printed_power_f[0]) < 1e-4);
    power = dlu_stats_power(DLU_DESIGN_UNBLOCKED_EFFECT, 3, printed_d[0], 1, 0.05);
    assert_true(fabs(power - printed_power_d[0]) < 1e-4);
}

/*
 * Published as a direct target. A control without variance made it significant; with the test that
 * is valid there is neither an effect nor a difference between the constructs.
 */
static void liu_is_no_call(void **state)
{
    (void)state;
    dlu_test wt, mut, difference, wrong;
    assert_int_equal(liu("welch wt", &wt), DLU_OK);
    assert_int_equal(liu("welch mut", &mut), DLU_OK);
    assert_int_equal(liu("arms", &difference), DLU_OK);
    assert_int_equal(liu("student wt", &wrong), DLU_OK);
    assert_true(wrong.p < 0.05 && wt.p > 0.05 && mut.p > 0.05 && difference.p > 0.05);
    const dlu_evidence evidence = {
        .wt = {.estimate = log(0.6708), .p = wt.p},
        .mut = {.estimate = log(0.7803), .p = mut.p},
        .interaction = {.estimate = log(0.6708 / 0.7803), .p = difference.p},
        .control_interaction = {.p = NAN},
        .p_noninferiority = 1,
        .p_tost_wt = 1,
        .p_tost_interaction = 1,
        .p_direct_adjusted = NAN,
        .sign = 1,
        .arms_usable = true,
        .has_mutant = true,
        .n_min = 3,
        .alpha = 0.05,
        .theta = 0.8,
    };
    const dlu_rule *rule = dlu_verdict_decide(&evidence);
    assert_int_equal(rule->code, DLU_INCONCLUSIVE);
    assert_int_equal(dlu_verdict_call(rule->code, false), DLU_CALL_NONE);
}

/* Two batches of different level: the raw values hide what the logarithms within batches show. */
static void batches_are_blocks(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(alleles); k++) {
        dlu_test raw, batch;
        assert_int_equal(alleles_of(k, true, &raw), DLU_OK);
        assert_int_equal(alleles_of(k, false, &batch), DLU_OK);
        assert_true(raw.p > 0.07 && batch.p < 0.001 && batch.df == 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_r),
        cmocka_unit_test(equals_print),
        cmocka_unit_test(liu_is_no_call),
        cmocka_unit_test(batches_are_blocks),
    };
    return cmocka_run_group_tests_name("stats-published", tests, NULL, NULL);
}
