/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/map_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Plates that were never read: light of one size for samples and of another for blanks. */

#define SAMPLE_LIGHT 100000.0
#define BLANK_LIGHT  100.0

static int by_well(const void *a, const void *b)
{
    const dlu_well *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Sorts and drops doubles; returns how many are left. */
static size_t sort_wells(dlu_well *wells, size_t n)
{
    size_t kept = 0;
    qsort(wells, n, sizeof *wells, by_well);
    for (size_t i = 0; i < n; i++)
        if (!kept || wells[kept - 1] != wells[i])
            wells[kept++] = wells[i];
    return kept;
}

static dlu_well *wells_of_plate(const dlu_plate *plate, dlu_arena *arena, size_t *n)
{
    size_t all = 0;
    for (size_t i = 0; i < plate->n_reads; i++)
        all += plate->reads[i].n_readings;
    dlu_well *wells = dlu_arena_alloc(arena, all + 1, sizeof *wells);
    *n = 0;
    for (size_t i = 0; wells && i < plate->n_reads; i++)
        for (size_t k = 0; k < plate->reads[i].n_readings; k++)
            wells[(*n)++] = plate->reads[i].readings[k].well;
    if (wells)
        *n = sort_wells(wells, *n);
    return wells;
}

static dlu_well *wells_of_map(const dlu_map_names *names, size_t plate, dlu_arena *arena, size_t *n)
{
    const dlu_map_row **rows = dlu_map_names_rows(names, plate, arena, n);
    dlu_well *wells = rows ? dlu_arena_alloc(arena, *n + 1, sizeof *wells) : NULL;
    for (size_t i = 0; wells && i < *n; i++)
        wells[i] = rows[i]->well;
    if (wells)
        *n = sort_wells(wells, *n);
    return wells;
}

static void find_size(const dlu_well *wells, size_t n, dlu_plate *plate)
{
    static const uint32_t sizes[][2] = {{8, 12}, {16, 24}, {32, 48}};
    uint32_t rows = 0, cols = 0;
    for (size_t i = 0; i < n; i++) {
        if (wells[i] >= DLU_WELL_TABLE_ROW)
            return;
        rows = wells[i] >> 8 > rows ? wells[i] >> 8 : rows;
        cols = (wells[i] & 0xFF) > cols ? wells[i] & 0xFF : cols;
    }
    for (size_t i = 0; i < 3 && !plate->n_rows; i++)
        if (rows < sizes[i][0] && cols < sizes[i][1]) {
            plate->n_rows = sizes[i][0];
            plate->n_cols = sizes[i][1];
        }
}

/* Two reads over the wells; the light follows when the map has been matched. */
static bool make_plate(dlu_map_trial *t, const char *name, const char *file, const dlu_well *wells,
                       size_t n, dlu_plate *out)
{
    const char *const channels[] = {t->settings->reporter, t->settings->control};
    out->name = name;
    out->file = file;
    out->reads = dlu_arena_alloc(t->arena, 2, sizeof *out->reads);
    out->n_reads = 2;
    dlu_origin *origin = dlu_arena_alloc(t->arena, 1, sizeof *origin);
    if (!origin)
        return false;
    *origin = (dlu_origin){.file = file, .text = ""};
    for (size_t c = 0; out->reads && c < 2; c++) {
        dlu_reading *readings = dlu_arena_alloc(t->arena, n + 1, sizeof *readings);
        if (!readings)
            return false;
        for (size_t i = 0; i < n; i++)
            readings[i] = (dlu_reading){.well = wells[i], .origin = origin};
        out->reads[c] = (dlu_read){.label = channels[c],
                                   .channel = channels[c],
                                   .channel_why = "",
                                   .readings = readings,
                                   .n_readings = n};
    }
    return out->reads != NULL;
}

static bool copy_plates(dlu_map_trial *t, const dlu_plates *real)
{
    t->plates.plates = dlu_arena_alloc(t->arena, real->n_plates + 1, sizeof *t->plates.plates);
    for (size_t i = 0; t->plates.plates && i < real->n_plates; i++) {
        const dlu_plate *from = &real->plates[i];
        dlu_plate *to = &t->plates.plates[i];
        size_t n;
        dlu_well *wells = wells_of_plate(from, t->arena, &n);
        if (!wells || !make_plate(t, from->name, from->file, wells, n, to))
            return false;
        to->n_rows = from->n_rows;
        to->n_cols = from->n_cols;
        t->plates.n_plates++;
    }
    return t->plates.plates != NULL;
}

/* Made-up names, where the map has none: at least one. */
static const char **number_names(dlu_arena *arena, size_t n)
{
    const char **names = dlu_arena_alloc(arena, n, sizeof *names);
    for (size_t i = 0; names && i < n; i++) {
        names[i] = dlu_arena_printf(arena, "%zu", i + 1);
        if (!names[i])
            return NULL;
    }
    return names;
}

static bool invent_plates(dlu_map_trial *t, size_t n_same)
{
    dlu_map_names found;
    if (!dlu_map_names_find(t->map, t->arena, &found))
        return false;
    size_t n_names = found.n ? found.n : n_same && !t->map->has_plate ? n_same : 1;
    const char **names = found.n ? found.names : number_names(t->arena, n_names);
    t->plates.plates = dlu_arena_alloc(t->arena, n_names + 1, sizeof *t->plates.plates);
    for (size_t i = 0; names && t->plates.plates && i < n_names; i++) {
        size_t n;
        dlu_plate *plate = &t->plates.plates[i];
        dlu_well *wells = wells_of_map(&found, i < found.n ? i : found.n, t->arena, &n);
        if (!wells || !make_plate(t, names[i], t->map->file, wells, n, plate))
            return false;
        find_size(wells, n, plate);
        t->plates.n_plates++;
    }
    return names && t->plates.plates;
}

static const dlu_map_row *row_of(const dlu_plate_rows *rows, dlu_well well)
{
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->rows[middle]->well < well)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows->n && rows->rows[low]->well == well ? rows->rows[low] : NULL;
}

/* Values differ a little from well to well, so that nothing looks saturated or set to one. */
static void light_plate(dlu_plate *plate, const dlu_plate_rows *rows)
{
    for (size_t c = 0; c < 2; c++)
        for (size_t i = 0; i < plate->reads[c].n_readings; i++) {
            dlu_reading *r = &plate->reads[c].readings[i];
            const dlu_map_row *row = row_of(rows, r->well);
            bool blank = row && (row->role == DLU_ROLE_BLANK || row->role == DLU_ROLE_BLANK_BUFFER);
            double step = (double)((i * 37 + c * 11) % 101) / 1000;
            r->value = (blank ? BLANK_LIGHT : SAMPLE_LIGHT) * (1 + step);
        }
}

static dlu_status light(dlu_map_trial *t, dlu_map *const *maps, const char *const *files,
                        dlu_error *err)
{
    dlu_plate_rows *rows = dlu_arena_alloc(t->arena, t->plates.n_plates + 1, sizeof *rows);
    if (!rows)
        return dlu_fail_memory(err);
    dlu_status status = dlu_match_plates(&t->plates, maps, 1, files, t->arena, rows, NULL, err);
    for (size_t i = 0; status == DLU_OK && i < t->plates.n_plates; i++)
        light_plate(&t->plates.plates[i], &rows[i]);
    return status;
}

dlu_status dlu_map_trial_run(dlu_map_trial *t, const dlu_plates *real, size_t n_same,
                             dlu_messages *log, dlu_error *err)
{
    dlu_map *map = dlu_arena_alloc(t->arena, 1, sizeof *map);
    if (!map || !(real ? copy_plates(t, real) : invent_plates(t, n_same)))
        return dlu_fail_memory(err);
    *map = *t->map;
    dlu_map *const maps[] = {map};
    const char *const files[] = {t->map->file};
    const dlu_variation variation = {.slope = dlu_unit_slope_deming};
    dlu_status status = light(t, maps, files, err);
    if (status == DLU_OK)
        status = dlu_experiment_new(&t->plates, maps, 1, files, t->settings, variation, t->arena,
                                    &t->experiment, log, err);
    if (status == DLU_OK)
        status = dlu_verdicts_new(t->experiment, t->arena, &t->verdicts, log, err);
    return status;
}
