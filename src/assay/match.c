/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Plates of the files against plates of a map: all by name, or else all by order. A map without
 * plates serves every plate.
 */

#define LISTED 6u

/* One map, the plates it is for, and the names of plates it speaks of. */
typedef struct group {
    const dlu_map *map;
    const dlu_plate **plates;
    size_t *index; /* of each plate among all */
    size_t n_plates;
    dlu_map_names names;
    size_t *name_of; /* the map plate of each plate, or NO_NAME */
} group;

#define NO_NAME ((size_t)-1)

/* "day1.xlsx" in a map means the plate day1. */
static bool same_plate(const char *of_map, const char *of_file)
{
    size_t n = strlen(of_file);
    if (dlu_text_same(of_map, of_file))
        return true;
    return dlu_text_starts(of_map, of_file) && of_map[n] == '.' && !strchr(of_map + n + 1, '.');
}

static dlu_status collect(group *g, const dlu_plates *plates, const dlu_map *map, const char *file,
                          dlu_arena *arena, dlu_error *err)
{
    size_t n = plates->n_plates;
    *g = (group){.map = map,
                 .plates = dlu_arena_alloc(arena, n, sizeof *g->plates),
                 .index = dlu_arena_alloc(arena, n, sizeof *g->index),
                 .name_of = dlu_arena_alloc(arena, n, sizeof *g->name_of)};
    if (!g->plates || !g->index || !g->name_of || !dlu_map_names_find(map, arena, &g->names))
        return dlu_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (file && strcmp(plates->plates[i].file, file) != 0)
            continue;
        g->index[g->n_plates] = i;
        g->name_of[g->n_plates] = NO_NAME;
        g->plates[g->n_plates++] = &plates->plates[i];
    }
    return DLU_OK;
}

/* "day1, day2, ..." for messages. */
static const char *list_names(dlu_arena *arena, const char *const *names, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n && i < LISTED && text; i++)
        text = dlu_arena_printf(arena, "%s%s%s", text, i ? ", " : "", names[i]);
    if (text && n > LISTED)
        text = dlu_arena_printf(arena, "%s, ... (%zu)", text, n);
    return text ? text : "";
}

static const char *list_plates(dlu_arena *arena, const group *g)
{
    const char **names = dlu_arena_alloc(arena, g->n_plates, sizeof *names);
    for (size_t i = 0; names && i < g->n_plates; i++)
        names[i] = g->plates[i]->name;
    return names ? list_names(arena, names, g->n_plates) : "";
}

static dlu_status no_match(const group *g, size_t found, dlu_arena *arena, dlu_error *err)
{
    dlu_place at = {.file = g->map->file};
    return dlu_fail(err, DLU_E_INPUT, "map-plates-differ", &at,
                    "give every plate of the map the name of its file, or give as many files as "
                    "the map has plates, in the map's order",
                    "expected the map's plates and the files' to match all by name or all by "
                    "order, found %zu of %zu by name; the map has %s; the files have %s",
                    found, g->n_plates, list_names(arena, g->names.names, g->names.n),
                    list_plates(arena, g));
}

static size_t match_by_name(group *g)
{
    size_t found = 0;
    for (size_t p = 0; p < g->n_plates; p++)
        for (size_t n = 0; n < g->names.n && g->name_of[p] == NO_NAME; n++)
            if (same_plate(g->names.names[n], g->plates[p]->name)) {
                g->name_of[p] = n;
                found++;
            }
    return found;
}

static void say_match(const group *g, const char *how, dlu_arena *arena, dlu_messages *log)
{
    const char *text = "";
    for (size_t p = 0; p < g->n_plates && p < LISTED && text; p++)
        if (g->name_of[p] != NO_NAME)
            text = dlu_arena_printf(arena, "%s%s%s = %s", text, *text ? ", " : "",
                                    g->names.names[g->name_of[p]], g->plates[p]->name);
    dlu_place at = {.file = g->map->file};
    dlu_note(log, "map-plates-matched", &at, NULL, "plates of the map matched by %s: %s%s", how,
             text ? text : "", g->n_plates > LISTED ? ", ..." : "");
}

static void warn_lacking(const group *g, dlu_arena *arena, dlu_messages *log)
{
    const char **lacking = dlu_arena_alloc(arena, g->names.n + 1, sizeof *lacking);
    size_t n = 0;
    for (size_t i = 0; lacking && i < g->names.n; i++) {
        bool found = false;
        for (size_t p = 0; p < g->n_plates; p++)
            found |= g->name_of[p] == i;
        if (!found)
            lacking[n++] = g->names.names[i];
    }
    dlu_place at = {.file = g->map->file};
    if (n)
        dlu_warn(log, "map-plate-not-read", &at, "give its file too, or delete its rows",
                 "%zu plate%s of the map %s in no file: %s", n, n == 1 ? "" : "s",
                 n == 1 ? "is" : "are", list_names(arena, lacking, n));
}

static dlu_status match_group(group *g, dlu_arena *arena, dlu_messages *log, dlu_error *err)
{
    if (!g->names.n)
        return DLU_OK;
    size_t found = match_by_name(g);
    if (found == g->n_plates || found == g->names.n) {
        say_match(g, "name", arena, log);
    } else if (!found && g->names.n == g->n_plates) {
        for (size_t p = 0; p < g->n_plates; p++)
            g->name_of[p] = p;
        say_match(g, "order", arena, log);
    } else {
        return no_match(g, found, arena, err);
    }
    warn_lacking(g, arena, log);
    return DLU_OK;
}

static int by_well(const void *a, const void *b)
{
    const dlu_map_row *x = *(const dlu_map_row *const *)a, *y = *(const dlu_map_row *const *)b;
    if (x->well != y->well)
        return x->well < y->well ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void check_on_plate(const dlu_plate *plate, const dlu_map_row *row, dlu_problems *problems)
{
    char name[DLU_WELL_NAME_SIZE];
    uint32_t r = row->well >> 8, c = row->well & 0xFF;
    if (row->well >= DLU_WELL_TABLE_ROW || !plate->n_rows ||
        (r < plate->n_rows && c < plate->n_cols))
        return;
    dlu_problem(problems, "map-well-off-plate", &row->at,
                "correct the well, or give the map of the plate that was read",
                "expected a well of plate %s, which has %u rows and %u columns, found %s",
                plate->name, plate->n_rows, plate->n_cols, dlu_well_name(row->well, name));
}

/* A row without a plate speaks of every plate, and so may collide with one that names it. */
static void check_said_once(const dlu_plate *plate, const dlu_map_row *a, const dlu_map_row *b,
                            dlu_problems *problems)
{
    char name[DLU_WELL_NAME_SIZE], first[160];
    if (a->well != b->well)
        return;
    dlu_problem(problems, "map-well-said-twice", &b->at, "fill in the column plate in both rows",
                "expected each well once in the map, found %s of plate %s twice: a row without a "
                "plate speaks of every plate; the other is at %s",
                dlu_well_name(b->well, name), plate->name,
                dlu_place_render(&a->at, first, sizeof first));
}

static dlu_status take_rows(const group *g, size_t p, dlu_arena *arena, dlu_plate_rows *out,
                            dlu_problems *problems, dlu_error *err)
{
    size_t plate = g->name_of[p] == NO_NAME ? g->names.n : g->name_of[p];
    out->rows = dlu_map_names_rows(&g->names, plate, arena, &out->n);
    if (!out->rows)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < out->n; i++)
        check_on_plate(g->plates[p], out->rows[i], problems);
    qsort(out->rows, out->n, sizeof *out->rows, by_well);
    for (size_t i = 1; i < out->n; i++)
        check_said_once(g->plates[p], out->rows[i - 1], out->rows[i], problems);
    return DLU_OK;
}

dlu_status dlu_match_plates(const dlu_plates *plates, dlu_map *const *maps, size_t n_maps,
                            const char *const *files, dlu_arena *arena, dlu_plate_rows *rows_of,
                            dlu_messages *log, dlu_error *err)
{
    dlu_problems problems = {.arena = arena};
    const char *file = n_maps ? maps[0]->file : NULL;
    for (size_t m = 0; m < n_maps; m++) {
        group g;
        dlu_status status = collect(&g, plates, maps[m], n_maps > 1 ? files[m] : NULL, arena, err);
        if (status == DLU_OK)
            status = match_group(&g, arena, log, err);
        for (size_t p = 0; p < g.n_plates && status == DLU_OK; p++)
            status = take_rows(&g, p, arena, &rows_of[g.index[p]], &problems, err);
        if (status != DLU_OK)
            return status;
    }
    return dlu_problems_finish(&problems, file, log, err);
}
