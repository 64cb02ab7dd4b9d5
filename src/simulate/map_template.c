/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/map_template.h"

#include <stdlib.h>

#include "base/say.h"
#include "simulate/random.h"

/* Where on the plate each arm goes. */

#define MAX_COUNT  100u
#define MAX_PLATES 100u

/* A part of the plate that is filled row by row. */
typedef struct area {
    unsigned row, col; /* of its first well, from 0 */
    unsigned n_rows, n_cols;
} area;

void dlu_map_plan_default(dlu_map_plan *plan)
{
    *plan = (dlu_map_plan){.wells = 96,
                           .plates = 1,
                           .design = "WT,MUT,EMPTY x scramble,mimic",
                           .targets = "TARGET",
                           .mirna = "miRNA",
                           .replicates = 1,
                           .wells_each = 3,
                           .blanks = 3,
                           .seed = 1};
}

static dlu_status check_number(const char *what, unsigned number, unsigned min, unsigned max,
                               dlu_error *err)
{
    if (number >= min && number <= max)
        return DLU_OK;
    return dlu_fail(err, DLU_E_USAGE, "plan-number", NULL, NULL, "%s: expected %u to %u, found %u",
                    what, min, max, number);
}

static dlu_status check_plan(const dlu_map_plan *plan, dlu_error *err)
{
    if (plan->wells != 96 && plan->wells != 384 && plan->wells != 1536)
        return dlu_fail(err, DLU_E_USAGE, "plan-size", NULL, NULL,
                        "size: expected 96, 384 or 1536, found %u", plan->wells);
    dlu_status status = check_number("plates", plan->plates, 1, MAX_PLATES, err);
    if (status == DLU_OK)
        status = check_number("replicates", plan->replicates, 1, MAX_COUNT, err);
    if (status == DLU_OK)
        status = check_number("wells", plan->wells_each, 1, MAX_COUNT, err);
    if (status == DLU_OK)
        status = check_number("blanks", plan->blanks, 0, MAX_COUNT, err);
    return status;
}

static dlu_well well_at(const area *a, unsigned row, unsigned col)
{
    return (dlu_well)((a->row + row) << 8 | (a->col + col));
}

/*
 * The wells of the groups, then of the blanks, or false where they do not fit. A group stays within
 * a row where `neat`; blanks stand at the end of the area.
 */
static bool place(const area *a, size_t n_groups, unsigned group, unsigned n_blanks, bool neat,
                  dlu_well *out)
{
    size_t wells = (size_t)a->n_rows * a->n_cols, taken = n_groups * group;
    unsigned usable = neat ? a->n_cols / group * group : a->n_cols;
    if (!usable)
        return false;
    size_t last_row = taken ? (taken - 1) / usable : 0; /* of the groups */
    size_t last_col = taken ? (taken - 1) % usable : 0;
    if (taken && last_row >= a->n_rows)
        return false;
    size_t end = taken ? last_row * a->n_cols + last_col + 1 : 0;
    if (wells - end < n_blanks)
        return false;
    for (size_t i = 0; i < taken; i++)
        out[i] = well_at(a, (unsigned)(i / usable), (unsigned)(i % usable));
    for (size_t i = 0; i < n_blanks; i++) {
        size_t at = wells - n_blanks + i;
        out[taken + i] = well_at(a, (unsigned)(at / a->n_cols), (unsigned)(at % a->n_cols));
    }
    return true;
}

static dlu_status does_not_fit(const dlu_map_plan *plan, const dlu_map_template *map,
                               dlu_error *err)
{
    return dlu_fail(err, DLU_E_USAGE, "plan-does-not-fit", NULL,
                    "ask for fewer wells, or for a larger plate with --size",
                    "%zu arms of %u x %u wells and %u blanks need %zu wells; the plate has %u",
                    map->n_arms, plan->replicates, plan->wells_each, plan->blanks, map->n_wells,
                    plan->wells);
}

/* The outermost wells dry out first, so they stay free where the rest is enough. */
static dlu_status lay_out(const dlu_map_plan *plan, const dlu_map_template *map, dlu_well *out,
                          dlu_error *err)
{
    const area whole = {0, 0, map->n_rows, map->n_cols};
    const area inside = {1, 1, map->n_rows - 2, map->n_cols - 2};
    size_t n_groups = map->n_arms * plan->replicates;
    for (int attempt = 0; attempt < 4; attempt++)
        if (place(attempt < 2 ? &inside : &whole, n_groups, plan->wells_each, plan->blanks,
                  attempt % 2 == 0, out))
            return DLU_OK;
    return does_not_fit(plan, map, err);
}

static int by_well(const void *a, const void *b)
{
    const dlu_plan_well *x = a, *y = b;
    return (x->well > y->well) - (x->well < y->well);
}

/* Every order of the wells is equally likely (Durstenfeld 1964, Commun ACM 7:420). */
static void shuffle(dlu_well *wells, size_t n, dlu_random *random)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = dlu_random_below(random, (unsigned)i);
        dlu_well other = wells[i - 1];
        wells[i - 1] = wells[k];
        wells[k] = other;
    }
}

static void fill_plate(const dlu_map_plan *plan, const dlu_map_template *map, const dlu_well *at,
                       dlu_plan_plate *plate)
{
    size_t n_samples = map->n_wells - plan->blanks;
    for (size_t i = 0; i < map->n_wells; i++) {
        size_t group = i / plan->wells_each;
        bool blank = i >= n_samples;
        plate->wells[i] =
            (dlu_plan_well){at[i], blank ? NULL : &map->arms[group / plan->replicates],
                            blank ? 0 : (unsigned)(group % plan->replicates) + 1};
    }
    qsort(plate->wells, map->n_wells, sizeof *plate->wells, by_well);
}

static dlu_status make(const dlu_map_plan *plan, dlu_map_template *map, dlu_error *err)
{
    dlu_random random;
    dlu_status status = dlu_plan_arms(plan, map, err);
    if (status != DLU_OK)
        return status;
    map->n_wells = map->n_arms * plan->replicates * plan->wells_each + plan->blanks;
    if (map->n_wells > plan->wells)
        return does_not_fit(plan, map, err);
    dlu_well *at = dlu_arena_alloc(map->arena, map->n_wells + 1, sizeof *at);
    map->plates = dlu_arena_alloc(map->arena, plan->plates, sizeof *map->plates);
    if (!at || !map->plates)
        return dlu_fail_memory(err);
    status = lay_out(plan, map, at, err);
    if (status != DLU_OK)
        return status;
    dlu_random_seed(&random, plan->seed);
    for (; map->n_plates < plan->plates; map->n_plates++) {
        dlu_plan_plate *plate = &map->plates[map->n_plates];
        plate->wells = dlu_arena_alloc(map->arena, map->n_wells + 1, sizeof *plate->wells);
        if (plan->plates > 1)
            plate->name = dlu_arena_printf(map->arena, "plate%zu", map->n_plates + 1);
        if (!plate->wells || (plan->plates > 1 && !plate->name))
            return dlu_fail_memory(err);
        if (plan->randomise)
            shuffle(at, map->n_wells, &random);
        fill_plate(plan, map, at, plate);
    }
    return DLU_OK;
}

dlu_status dlu_map_template_new(const dlu_map_plan *plan, dlu_map_template **out, dlu_error *err)
{
    *out = NULL;
    dlu_status status = check_plan(plan, err);
    if (status != DLU_OK)
        return status;
    dlu_arena *arena = dlu_arena_new();
    dlu_map_template *map = arena ? dlu_arena_alloc(arena, 1, sizeof *map) : NULL;
    if (!map) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    map->arena = arena;
    map->n_rows = plan->wells == 96 ? 8 : plan->wells == 384 ? 16 : 32;
    map->n_cols = map->n_rows / 2 * 3;
    map->replicates = plan->replicates;
    status = make(plan, map, err);
    if (dlu_arena_failed(arena))
        status = dlu_fail_memory(err);
    if (status == DLU_OK)
        *out = map;
    else
        dlu_arena_free(arena);
    return status;
}

void dlu_map_template_free(dlu_map_template *map)
{
    if (map)
        dlu_arena_free(map->arena);
}
