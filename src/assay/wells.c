/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define LISTED 6u

static const dlu_read *find_read(const dlu_plate *plate, const char *channel)
{
    for (size_t i = 0; i < plate->n_reads; i++)
        if (plate->reads[i].channel && dlu_text_same(plate->reads[i].channel, channel))
            return &plate->reads[i];
    return NULL;
}

/* Adds readings of one channel; both lists are sorted by well, so wells come out sorted. */
static void merge(dlu_assay_well *wells, size_t *n, size_t plate, const dlu_read *reads[2])
{
    size_t i[2] = {0, 0};
    for (;;) {
        const dlu_reading *next[2];
        for (int c = 0; c < 2; c++)
            next[c] = i[c] < reads[c]->n_readings ? &reads[c]->readings[i[c]] : NULL;
        if (!next[0] && !next[1])
            return;
        dlu_well well =
            !next[1] || (next[0] && next[0]->well <= next[1]->well) ? next[0]->well : next[1]->well;
        dlu_assay_well *w = &wells[(*n)++];
        *w = (dlu_assay_well){.plate = plate, .well = well, .arm = DLU_NO_ARM, .unit = DLU_NO_UNIT};
        for (int c = 0; c < 2; c++) {
            bool here = next[c] && next[c]->well == well;
            w->reading[c] = here ? next[c] : NULL;
            w->raw[c] = here && next[c]->state == DLU_READ_OK ? next[c]->value : NAN;
            i[c] += here;
        }
    }
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

/* Counts wells that only one side knows and keeps the first names for a message. */
typedef struct strays {
    size_t n;
    char names[LISTED * (DLU_WELL_NAME_SIZE + 2)];
} strays;

static void add_stray(strays *s, dlu_well well)
{
    char name[DLU_WELL_NAME_SIZE];
    size_t n = strlen(s->names);
    if (s->n < LISTED)
        snprintf(s->names + n, sizeof s->names - n, "%s%s", s->n ? ", " : "",
                 dlu_well_name(well, name));
    else if (s->n == LISTED)
        snprintf(s->names + n, sizeof s->names - n, ", ...");
    s->n++;
}

static void warn_strays(const dlu_assay_plate *p, const strays *unmapped, const strays *unread,
                        const strays *unwanted, dlu_messages *log)
{
    dlu_place file = {.file = p->plate->file};
    dlu_place map = {.file = p->map ? p->map->file : NULL};
    if (unwanted->n)
        dlu_note(log, "well-left-out-by-map", &map, NULL,
                 "plate %s: %zu well%s left out, as the map says use = 0: %s", p->plate->name,
                 unwanted->n, unwanted->n == 1 ? "" : "s", unwanted->names);
    if (unmapped->n)
        dlu_warn(log, "well-not-in-map", &file,
                 "add them to the map, with role unused if they are of no interest",
                 "plate %s: %zu well%s with light %s not in the map and left out: %s",
                 p->plate->name, unmapped->n, unmapped->n == 1 ? "" : "s",
                 unmapped->n == 1 ? "is" : "are", unmapped->names);
    if (unread->n)
        dlu_warn(log, "well-not-read", &map,
                 "check that the map belongs to this plate; set role unused for wells not read",
                 "plate %s: %zu well%s of the map %s no light in the file: %s", p->plate->name,
                 unread->n, unread->n == 1 ? "" : "s", unread->n == 1 ? "has" : "have",
                 unread->names);
}

static bool has_light(const dlu_experiment *e, const dlu_assay_plate *p, dlu_well well)
{
    size_t low = p->first_well, high = p->first_well + p->n_wells;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->wells[middle].well < well)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->first_well + p->n_wells && e->wells[low].well == well;
}

/* Joins one plate's wells with the map; returns how many were found in it. */
static size_t join(dlu_experiment *e, dlu_assay_plate *p, const dlu_plate_rows *rows,
                   dlu_messages *log)
{
    strays unmapped = {0}, unread = {0}, unwanted = {0};
    size_t joined = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        dlu_assay_well *w = &e->wells[i];
        w->map = row_of(rows, w->well);
        if (w->map && !w->map->use)
            add_stray(&unwanted, w->well);
        if (w->map)
            joined++;
        else
            add_stray(&unmapped, w->well);
    }
    for (size_t i = 0; i < rows->n; i++)
        if (rows->rows[i]->role != DLU_ROLE_UNUSED && !has_light(e, p, rows->rows[i]->well))
            add_stray(&unread, rows->rows[i]->well);
    if (joined || !rows->n)
        warn_strays(p, &unmapped, &unread, &unwanted, log);
    return joined;
}

static dlu_status no_well_fits(const dlu_experiment *e, dlu_error *err)
{
    char name[DLU_WELL_NAME_SIZE] = "none";
    const dlu_map *map = NULL;
    for (size_t p = 0; p < e->n_plates && !map; p++)
        map = e->plates[p].map;
    if (e->n_wells)
        dlu_well_name(e->wells[0].well, name);
    dlu_place at = {.file = map ? map->file : NULL};
    return dlu_fail(err, DLU_E_INPUT, "map-fits-no-well", &at,
                    "check that the map belongs to these plates",
                    "expected wells of the map among the %zu wells with light (first: %s), found "
                    "none",
                    e->n_wells, name);
}

static size_t count_readings(const dlu_read *const reads[2])
{
    return reads[0]->n_readings + reads[1]->n_readings;
}

dlu_status dlu_wells_build(dlu_experiment *e, const dlu_plate_rows *rows_of, dlu_arena *arena,
                           dlu_messages *log, dlu_error *err)
{
    size_t most = 0, joined = 0;
    for (size_t p = 0; p < e->n_plates; p++)
        for (size_t r = 0; r < e->plates[p].plate->n_reads; r++)
            most += e->plates[p].plate->reads[r].n_readings;
    e->wells = dlu_arena_alloc(arena, most + 1, sizeof *e->wells);
    if (!e->wells)
        return dlu_fail_memory(err);
    for (size_t p = 0; p < e->n_plates; p++) {
        dlu_assay_plate *plate = &e->plates[p];
        const dlu_read *reads[2] = {find_read(plate->plate, e->settings->reporter),
                                    find_read(plate->plate, e->settings->control)};
        plate->first_well = e->n_wells;
        if (reads[0] && reads[1] && count_readings(reads) <= most)
            merge(e->wells, &e->n_wells, p, reads);
        plate->n_wells = e->n_wells - plate->first_well;
        plate->map = rows_of[p].n ? plate->map : NULL;
        joined += join(e, plate, &rows_of[p], log);
    }
    return joined ? DLU_OK : no_well_fits(e, err);
}
