/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pinned.h"

#include "base/memory.h"
#include "stats/diagnostics.h"

/* Every allocation of every diagnostic fails once: no leak, and the right status. */

#ifdef DLU_FAULT_INJECTION

static const double y[] = {0.3, 1.2, -0.4, 2.1, 1.9, 3.3, 0.7, 5.5};
static const double z[] = {1.3, 0.2, -0.9, 1.1, 1.6, 2.3, 0.8, 2.5};
static const unsigned unit[] = {0, 0, 1, 1, 2, 2, 3, 3};
static const bool edge[] = {true, false, true, false, true, false, true, false};
static const dlu_sample groups[] = {VALUES(y), VALUES(z)};
static const dlu_wells wells = {y, unit, COUNT(y), 4};

static dlu_status levene(void)
{
    dlu_f_test out;
    return dlu_stats_levene(groups, 2, DLU_CENTRE_MEDIAN, &out);
}

static dlu_status shapiro(void)
{
    dlu_shapiro out;
    return dlu_stats_shapiro_wilk(groups[0], &out);
}

static dlu_status mann_whitney(void)
{
    dlu_rank_test out;
    return dlu_stats_mann_whitney(groups[0], groups[1], &out);
}

static dlu_status signed_rank(void)
{
    dlu_rank_test out;
    return dlu_stats_signed_rank(groups[0], &out);
}

static dlu_status technical(void)
{
    dlu_technical out;
    return dlu_stats_technical(&wells, &out);
}

static dlu_status well_residuals(void)
{
    dlu_well_residual out[COUNT(y)];
    return dlu_stats_well_residuals(&wells, out);
}

static dlu_status edge_of(void)
{
    dlu_test out;
    return dlu_stats_edge(&wells, edge, 0.05, &out);
}

static dlu_status esd(void)
{
    dlu_esd_step steps[2];
    size_t n;
    return dlu_stats_esd(groups[0], 2, 0.05, steps, &n);
}

static dlu_status modified_z(void)
{
    double out[COUNT(y)];
    return dlu_stats_modified_z(groups[0], out);
}

static dlu_status zprime(void)
{
    double out;
    return dlu_stats_zprime(groups[0], groups[1], DLU_CENTRE_MEDIAN, &out);
}

static dlu_status polish(void)
{
    double rows[2], cols[4], residuals[COUNT(y)];
    dlu_polish out = {.rows = rows, .cols = cols, .residuals = residuals};
    dlu_status status = dlu_stats_median_polish(y, 2, 4, &out);
    return status == DLU_OK ? dlu_stats_b_scores(&out, 2, 4, residuals) : status;
}

typedef struct plan {
    long fails; /* which of the allocations and pieces, from 0; -1: none */
    long met;
} plan;

static bool ask(bool piece, void *data)
{
    plan *p = data;
    (void)piece;
    return p->met++ == p->fails;
}

static void every_allocation_fails_once(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        dlu_status (*run)(void);
    } all[] = {{"levene", levene},
               {"shapiro", shapiro},
               {"mann_whitney", mann_whitney},
               {"signed_rank", signed_rank},
               {"technical", technical},
               {"well_residuals", well_residuals},
               {"edge", edge_of},
               {"esd", esd},
               {"modified_z", modified_z},
               {"zprime", zprime},
               {"polish", polish}};
    for (size_t i = 0; i < COUNT(all); i++) {
        long live = dlu_memory_live(), n;
        plan p = {.fails = -1};
        dlu_memory_ask(ask, &p);
        dlu_status status = all[i].run();
        n = p.met;
        if (status != DLU_OK || n < 3 || dlu_memory_live() != live)
            fail_msg("%s: status %d, %ld allocations, %ld left", all[i].name, (int)status, n,
                     dlu_memory_live() - live);
        for (long k = 0; k < n; k++) {
            p = (plan){.fails = k};
            status = all[i].run();
            if (status != DLU_E_NO_MEMORY || dlu_memory_live() != live)
                fail_msg("%s without allocation %ld: status %d, %ld left", all[i].name, k,
                         (int)status, dlu_memory_live() - live);
        }
        dlu_memory_ask(NULL, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_fails_once)};
    return cmocka_run_group_tests_name("stats-no-memory", tests, NULL, NULL);
}

#else

int main(void)
{
    puts("1..0 # SKIP needs -Dfault_injection=true");
    return 0;
}

#endif
