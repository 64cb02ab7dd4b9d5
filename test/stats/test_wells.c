/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wells.h"

#include "../unit/analyze_csv.h"
#include "../unit/wells_blocked.h"
#include "base/moments.h"

/* Cells: WT, mutant and empty vector, each with mimic and scramble, in four blocks. */
static const struct {
    const char *key;
    const double *y;
    double c[6];
} per_block[] = {
    {"block WT", units_y, {1, -1, 0, 0, 0, 0}},
    {"block MUT", units_y, {0, 0, 1, -1, 0, 0}},
    {"block EV", units_y, {0, 0, 0, 0, 1, -1}},
    {"block did", units_y, {1, -1, -1, 1, 0, 0}},
    {"block WT-EV", units_y, {1, -1, 0, 0, -1, 1}},
    {"block MUT-EV", units_y, {0, 0, 1, -1, -1, 1}},
    {"control", units_control, {1. / 3, -1. / 3, 1. / 3, -1. / 3, 1. / 3, -1. / 3}},
};

static const struct {
    const char *key;
    unsigned other; /* the first cell of what stands beside WT */
    double c[4];
} pooled[] = {
    {"RF WT", 2, {1, -1, 0, 0}},   {"RF MUT", 2, {0, 0, 1, -1}},   {"RF did", 2, {1, -1, -1, 1}},
    {"RFev WT", 4, {1, -1, 0, 0}}, {"RFev MUT", 4, {0, 0, 1, -1}}, {"RFev did", 4, {1, -1, -1, 1}},
};

static dlu_status fit_four(unsigned other, const double *c, computed *result)
{
    double y[COUNT(units_y)];
    unsigned cell[COUNT(units_y)], block[COUNT(units_y)];
    dlu_blocked_fit fit;
    size_t n = 0;
    for (size_t i = 0; i < COUNT(units_y); i++) {
        if (units_cell[i] > 1 && units_cell[i] != other && units_cell[i] != other + 1)
            continue;
        y[n] = units_y[i];
        cell[n] = units_cell[i] > 1 ? units_cell[i] - other + 2 : units_cell[i];
        block[n++] = units_block[i];
    }
    const dlu_blocked_data data = {y, cell, block, n, 4, 4};
    dlu_status status = dlu_stats_blocked_fit(&data, &fit);
    result->mse = fit.mse;
    return status == DLU_OK ? dlu_stats_blocked_contrast(&fit, c, 0.05, &result->test) : status;
}

/* The same wells as a file, through the installed interface. */
static analysed by_default, by_loq;

static int analyse(void **state)
{
    dlu_settings settings;
    (void)state;
    dlu_settings_default(&settings);
    by_default = analyze_text(WELLS_BLOCKED, &settings);
    settings.loq_action = DLU_LOQ_EXCLUDE;
    by_loq = analyze_text(WELLS_BLOCKED, &settings);
    return by_default.status != DLU_OK || by_loq.status != DLU_OK;
}

static int forget(void **state)
{
    (void)state;
    analysed_free(&by_default);
    analysed_free(&by_loq);
    return 0;
}

static double count_left_out(const analysed *a)
{
    double n = 0;
    for (size_t i = 0; i < a->result->n_wells; i++)
        n += !strcmp(a->result->wells[i].role, "sample") && !a->result->wells[i].used;
    return n;
}

static double qc_value(const char *plate, const char *item)
{
    for (size_t i = 0; i < by_default.result->n_qc; i++) {
        const dlu_qc_row *row = &by_default.result->qc[i];
        if (row->plate && !strcmp(row->plate, plate) && !strcmp(row->item, item))
            return row->value;
    }
    return NAN;
}

static double blank_sd(const char *plate, bool control)
{
    double light[8];
    size_t n = 0;
    for (size_t i = 0; i < by_default.result->n_wells; i++) {
        const dlu_well_row *w = &by_default.result->wells[i];
        if (w->in_blank && !strcmp(w->plate, plate) && n < COUNT(light))
            light[n++] = control ? w->control : w->reporter;
    }
    return dlu_sd(light, n);
}

static double of_blank(const char *plate, const char *quantity)
{
    if (!strcmp(quantity + 1, "_sd"))
        return blank_sd(plate, quantity[0] == 'R');
    return qc_value(plate, !strcmp(quantity, "F_mean")   ? "blank_reporter"
                           : !strcmp(quantity, "R_mean") ? "blank_control"
                           : !strcmp(quantity, "R_LOD3") ? "control_lod"
                                                         : "control_loq");
}

static double of_dead_well(const char *quantity)
{
    for (size_t i = 0; i < by_default.result->n_wells; i++) {
        const dlu_well_row *w = &by_default.result->wells[i];
        if (!strcmp(w->plate, "P2") && !strcmp(w->well, "B5") && !w->used && isnan(w->ratio))
            return quantity[0] == 'R' ? w->control_net : w->reporter_net;
    }
    return NAN;
}

/* "D1 WT mir"; NaN unless there is one such unit. */
static double of_unit(const char *name, const char *quantity)
{
    double value = NAN;
    for (size_t i = 0, found = 0; i < by_default.result->n_units; i++) {
        const dlu_unit_row *u = &by_default.result->units[i];
        char own[64];
        snprintf(own, sizeof own, "%s %s %s", u->block,
                 strcmp(u->construct, "EMPTY") ? u->construct : "EV",
                 strcmp(u->treatment, "mimic") ? "scr" : "mir");
        if (!strcmp(own, name))
            value = found++ ? NAN : quantity[0] == 'y' ? u->ln_ratio : (double)u->n_wells;
    }
    return value;
}

static bool compute_from_wells(const pinned *row, computed *result)
{
    if (strncmp(row->key, "blank ", 6) == 0)
        result->other = of_blank(row->key + 6, row->quantity);
    else if (strncmp(row->key, "unit ", 5) == 0)
        result->other = of_unit(row->key + 5, row->quantity);
    else if (strcmp(row->key, "dead well") == 0)
        result->other = of_dead_well(row->quantity);
    else if (strcmp(row->key, "wells under the LOQ") == 0)
        result->other = count_left_out(&by_loq);
    else if (strcmp(row->key, "wells left out") == 0)
        result->other = count_left_out(&by_default);
    else
        return false;
    return true;
}

static bool compute(const pinned *row, dlu_status *status, computed *result, take_fn *take)
{
    if (compute_from_wells(row, result)) {
        *take = take_other;
        return true;
    }
    for (size_t i = 0; i < COUNT(pooled); i++)
        if (strcmp(pooled[i].key, row->key) == 0) {
            *status = fit_four(pooled[i].other, pooled[i].c, result);
            return true;
        }
    for (size_t i = 0; i < COUNT(per_block); i++)
        if (strcmp(per_block[i].key, row->key) == 0) {
            const dlu_blocked_data data = {per_block[i].y, units_cell, units_block,
                                           COUNT(units_y), 6,          4};
            *status = dlu_stats_per_block(&data, per_block[i].c, 0.05, &result->test);
            return true;
        }
    return false;
}

static void equals_r(void **state)
{
    (void)state;
    check_pinned(wells_rows, COUNT(wells_rows), compute);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_r)};
    return cmocka_run_group_tests_name("stats-wells", tests, analyse, forget);
}
