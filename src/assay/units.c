/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/moments.h"
#include "base/say.h"
#include "base/text.h"

#define HIGH_TECHNICAL_CV   0.20
#define COLLAPSE_DIFFERENCE 0.10
#define BLANK_ERROR         0.05

/* A sample well with everything it is sorted by. */
typedef struct keyed {
    const dlu_map_row *map;
    size_t target_rank;
    size_t plate;
    size_t well;
    bool by_plate; /* no block column: each plate is a transfection of its own */
} keyed;

/* Where a target first stands in the map: results keep the user's order of targets. */
typedef struct target {
    const char *name;
    size_t first;
} target;

static int by_name(const void *a, const void *b)
{
    const target *x = a, *y = b;
    int names = dlu_text_compare(x->name, y->name);
    return names ? names : (x->first > y->first) - (x->first < y->first);
}

/* The distinct targets by name. */
static target *list_targets(const dlu_experiment *e, dlu_arena *arena, size_t *n)
{
    size_t rows = 0, kept = 0;
    for (size_t p = 0; p < e->n_plates; p++)
        rows += e->plates[p].map && (p == 0 || e->plates[p].map != e->plates[p - 1].map)
                    ? e->plates[p].map->n_rows
                    : 0;
    target *list = dlu_arena_alloc(arena, rows + 1, sizeof *list);
    if (!list)
        return NULL;
    rows = 0;
    for (size_t p = 0; p < e->n_plates; p++) {
        const dlu_map *map = e->plates[p].map;
        if (!map || (p > 0 && map == e->plates[p - 1].map))
            continue;
        for (size_t i = 0; i < map->n_rows; i++, rows++)
            list[rows] = (target){map->rows[i].target, rows};
    }
    qsort(list, rows, sizeof *list, by_name);
    for (size_t i = 0; i < rows; i++)
        if (!kept || dlu_text_compare(list[kept - 1].name, list[i].name) != 0)
            list[kept++] = list[i];
    *n = kept;
    return list;
}

static size_t rank_of(const target *list, size_t n, const char *name)
{
    target key = {name, 0};
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dlu_text_compare(list[middle].name, key.name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n ? list[low].first : 0;
}

static int construct_rank(const char *construct)
{
    return !strcmp(construct, "WT") ? 0 : !strcmp(construct, "EMPTY") ? 2 : 1;
}

static int treatment_rank(const char *treatment)
{
    static const char *const order[] = {"scramble", "mimic", "inhibitor-control", "inhibitor"};
    int i = 0;
    while (i < 4 && strcmp(order[i], treatment) != 0)
        i++;
    return i;
}

static int compare_doses(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(b) - isnan(a);
    return (a > b) - (a < b);
}

bool dlu_row_has_arm(const dlu_map_row *row)
{
    return row->role == DLU_ROLE_SAMPLE || (row->role == DLU_ROLE_POSITIVE && row->treatment);
}

/* A positive control that names no construct is a wild type: its sites are intact. */
static const char *construct_of(const dlu_map_row *row)
{
    return row->construct ? row->construct : "WT";
}

static int compare_arms(const keyed *x, const keyed *y)
{
    const dlu_map_row *a = x->map, *b = y->map;
    int order = (a->role == DLU_ROLE_POSITIVE) - (b->role == DLU_ROLE_POSITIVE);
    if (!order)
        order = (x->target_rank > y->target_rank) - (x->target_rank < y->target_rank);
    if (!order)
        order = construct_rank(construct_of(a)) - construct_rank(construct_of(b));
    if (!order)
        order = dlu_text_natural(construct_of(a), construct_of(b));
    if (!order)
        order = dlu_text_natural(a->mirna, b->mirna);
    if (!order)
        order = compare_doses(a->dose_nM, b->dose_nM);
    return order ? order : treatment_rank(a->treatment) - treatment_rank(b->treatment);
}

static int compare_units(const keyed *x, const keyed *y)
{
    int order = compare_arms(x, y);
    if (!order && x->by_plate)
        order = (x->plate > y->plate) - (x->plate < y->plate);
    else if (!order)
        order = dlu_text_natural(x->map->block, y->map->block);
    return order ? order : dlu_text_natural(x->map->replicate, y->map->replicate);
}

static int compare_keyed(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = compare_units(x, y);
    return order ? order : (x->well > y->well) - (x->well < y->well);
}

static keyed *sort_wells(const dlu_experiment *e, dlu_arena *arena, size_t *n)
{
    size_t n_targets;
    target *targets = list_targets(e, arena, &n_targets);
    keyed *list = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *list);
    *n = 0;
    if (!targets || !list)
        return NULL;
    for (size_t i = 0; i < e->n_wells; i++) {
        const dlu_map_row *map = e->wells[i].map;
        if (map && dlu_row_has_arm(map))
            list[(*n)++] = (keyed){map, rank_of(targets, n_targets, map->target), e->wells[i].plate,
                                   i, !e->block_column};
    }
    qsort(list, *n, sizeof *list, compare_keyed);
    return list;
}

/* The error of the blank is common to all wells of a plate: replicates do not average it out. */
static bool is_blank_limited(const dlu_experiment *e, const dlu_unit *u)
{
    for (int c = 0; c < DLU_CHANNELS; c++) {
        double net = 0, error = 0;
        for (size_t i = 0; i < u->n_wells; i++) {
            const dlu_assay_well *w = &e->wells[u->wells[i]];
            const dlu_blank *b = &e->plates[w->plate].blank[c];
            double own = b->n && !isnan(b->sd) ? b->sd / sqrt((double)b->n) : 0;
            net += w->net[c] / (double)u->n_wells;
            error = own > error ? own : error;
        }
        if (error / net > BLANK_ERROR)
            return true;
    }
    return false;
}

/* Mean of ln net light of a channel over the wells that have any. */
static double mean_ln_net(const dlu_experiment *e, const dlu_unit *u, int channel, double *values)
{
    size_t n = 0;
    for (size_t i = 0; i < u->n_wells; i++) {
        double net = e->wells[u->wells[i]].net[channel];
        if (net > 0)
            values[n++] = log(net);
    }
    return n ? dlu_mean(values, n) : NAN;
}

static double ratio_of_sums(const dlu_experiment *e, const dlu_unit *u)
{
    double sum[2] = {0, 0};
    for (size_t i = 0; i < u->n_wells; i++)
        for (int c = 0; c < DLU_CHANNELS; c++)
            sum[c] += e->wells[u->wells[i]].net[c];
    return sum[0] > 0 && sum[1] > 0 ? log(sum[DLU_REPORTER] / sum[DLU_CONTROL]) : NAN;
}

/* ln of the slope through 0; `values` has room for two numbers a well. NaN where there is none. */
static double slope_of(const dlu_experiment *e, const dlu_unit *u, double *values)
{
    double slope, *reporter = values + u->n_wells;
    for (size_t i = 0; i < u->n_wells; i++) {
        values[i] = e->wells[u->wells[i]].net[DLU_CONTROL];
        reporter[i] = e->wells[u->wells[i]].net[DLU_REPORTER];
    }
    return e->variation.slope(values, reporter, u->n_wells, &slope) == DLU_OK ? log(slope) : NAN;
}

/* The unit's value by the setting collapse; false where its wells give none. */
static bool average(const dlu_experiment *e, dlu_unit *u, double *values)
{
    size_t n = 0;
    u->ln_reporter = mean_ln_net(e, u, DLU_REPORTER, values);
    u->ln_control = mean_ln_net(e, u, DLU_CONTROL, values);
    for (size_t i = 0; i < u->n_wells; i++)
        if (!isnan(e->wells[u->wells[i]].ln_ratio))
            values[n++] = e->wells[u->wells[i]].ln_ratio;
    double sd = dlu_sd(values, n);
    u->cv = sqrt(expm1(sd * sd));
    double mean = n ? dlu_mean(values, n) : NAN;
    u->collapse_difference = fabs(mean - ratio_of_sums(e, u));
    u->ln_ratio = e->settings->collapse == DLU_COLLAPSE_RATIO_OF_SUMS ? ratio_of_sums(e, u)
                  : e->settings->collapse == DLU_COLLAPSE_SLOPE       ? slope_of(e, u, values)
                                                                      : mean;
    return !isnan(u->ln_ratio) && !isnan(u->ln_control);
}

static void flag_unit(dlu_experiment *e, dlu_unit *u)
{
    if (u->cv > HIGH_TECHNICAL_CV)
        u->flags |= DLU_FLAG(HIGH_TECH_CV);
    if (u->collapse_difference > COLLAPSE_DIFFERENCE)
        u->flags |= DLU_FLAG(COLLAPSE_SENSITIVE);
    if (is_blank_limited(e, u))
        u->flags |= DLU_FLAG(BLANK_LIMITED);
    for (size_t i = 0; i < u->n_wells; i++) {
        u->flags |= e->wells[u->wells[i]].flags & DLU_FLAG(BACKGROUND_NOT_SUBTRACTED);
        e->wells[u->wells[i]].flags |= u->flags;
    }
}

static bool name_plates(const dlu_experiment *e, dlu_unit *u, dlu_arena *arena)
{
    size_t last = u->plate;
    u->one_plate = true;
    u->plates = e->plates[last].plate->name;
    for (size_t i = 0; i < u->n_wells && u->plates; i++) {
        size_t plate = e->wells[u->wells[i]].plate;
        if (plate == last)
            continue;
        u->plates = dlu_arena_printf(arena, "%s;%s", u->plates, e->plates[plate].plate->name);
        u->one_plate = false;
        last = plate;
    }
    return u->plates != NULL;
}

/* Wells whose sums are not positive give no value: none of them is used. */
static void drop_unit(dlu_experiment *e, size_t arm, const dlu_unit *u)
{
    for (size_t i = 0; i < u->n_wells; i++) {
        e->wells[u->wells[i]].used = false;
        e->wells[u->wells[i]].flags |= DLU_FLAG(NONPOSITIVE);
    }
    e->arms[arm].n_used -= u->n_wells;
}

/* A line through a few wells is mostly noise, and other statistics for some units would mix. */
static dlu_status refuse_few_wells(const dlu_experiment *e, const dlu_unit *u,
                                   const dlu_map_row *map, dlu_error *err)
{
    bool by_block = e->block_column && map->block;
    return dlu_fail(err, DLU_E_TOO_FEW, "slope-few-wells", NULL,
                    "take --collapse ratio-of-sums, which any number of wells allows",
                    "setting collapse: expected %u or more used wells in every transfection for a "
                    "slope, found %zu: %s%s%s with %s, %s %s%s%s",
                    DLU_SLOPE_WELLS, u->n_wells, map->target ? map->target : "",
                    map->target ? " " : "", construct_of(map), map->treatment,
                    by_block ? "block" : "plate",
                    by_block ? map->block : e->plates[e->wells[u->wells[0]].plate].plate->name,
                    map->replicate ? ", replicate " : "", map->replicate ? map->replicate : "");
}

/* One run of wells that share arm, block and replicate: a unit where any of them is used. */
static dlu_status add_unit(dlu_experiment *e, size_t arm, const keyed *run, size_t n,
                           dlu_arena *arena, double *values, dlu_error *err)
{
    dlu_unit *u = &e->units[e->n_units];
    size_t *wells = dlu_arena_alloc(arena, n, sizeof *wells);
    if (!wells)
        return dlu_fail_memory(err);
    *u = (dlu_unit){.arm = arm, .wells = wells};
    for (size_t i = 0; i < n; i++) {
        e->wells[run[i].well].arm = arm;
        if (e->wells[run[i].well].used)
            wells[u->n_wells++] = run[i].well;
    }
    e->arms[arm].n_wells += n;
    e->arms[arm].n_used += u->n_wells;
    if (!u->n_wells)
        return DLU_OK;
    if (e->settings->collapse == DLU_COLLAPSE_SLOPE && u->n_wells < DLU_SLOPE_WELLS)
        return refuse_few_wells(e, u, run[0].map, err);
    if (!average(e, u, values)) {
        drop_unit(e, arm, u);
        return DLU_OK;
    }
    for (size_t i = 0; i < n; i++)
        e->wells[run[i].well].unit = e->n_units;
    u->replicate = run[0].map->replicate;
    u->block = e->block_column ? run[0].map->block : NULL;
    u->plate = e->wells[wells[0]].plate;
    if (!name_plates(e, u, arena))
        return dlu_fail_memory(err);
    flag_unit(e, u);
    e->arms[arm].n_units++;
    e->n_units++;
    return DLU_OK;
}

static void add_arm(dlu_experiment *e, const dlu_map_row *map)
{
    e->arms[e->n_arms++] = (dlu_arm){.positive = map->role == DLU_ROLE_POSITIVE,
                                     .target = map->target,
                                     .construct = construct_of(map),
                                     .treatment = map->treatment,
                                     .mirna = map->mirna,
                                     .dose_nM = map->dose_nM,
                                     .first_unit = e->n_units};
}

dlu_status dlu_units_build(dlu_experiment *e, dlu_arena *arena, dlu_messages *log, dlu_error *err)
{
    size_t n;
    keyed *list = sort_wells(e, arena, &n);
    double *values = dlu_arena_alloc(arena, 2 * n + 1, sizeof *values);
    e->arms = dlu_arena_alloc(arena, n + 1, sizeof *e->arms);
    e->units = dlu_arena_alloc(arena, n + 1, sizeof *e->units);
    if (!list || !values || !e->arms || !e->units)
        return dlu_fail_memory(err);
    for (size_t i = 0, end; i < n; i = end) {
        if (i == 0 || compare_arms(&list[i - 1], &list[i]) != 0)
            add_arm(e, list[i].map);
        for (end = i + 1; end < n && compare_units(&list[i], &list[end]) == 0; end++)
            ;
        dlu_status status = add_unit(e, e->n_arms - 1, &list[i], end - i, arena, values, err);
        if (status != DLU_OK)
            return status;
    }
    if (!e->n_arms)
        dlu_warn(log, "no-sample", NULL, "name construct and treatment of the wells in the map",
                 "no well of the map is a sample: nothing to test");
    return DLU_OK;
}
