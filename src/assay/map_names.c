/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map.h"

#include <stdlib.h>
#include <string.h>

/* The plates of a map, numbered once: maps of whole screens have thousands of them. */

static int by_plate(const void *a, const void *b)
{
    const dlu_map_row *x = *(const dlu_map_row *const *)a, *y = *(const dlu_map_row *const *)b;
    int order = strcmp(x->plate, y->plate);
    return order ? order : x < y ? -1 : x > y;
}

/* Of each row that names a plate, the first row of that plate, as an index of the map. */
static void find_first(const dlu_map *map, const dlu_map_row **named, size_t *first)
{
    size_t n = 0, leader = 0;
    for (size_t i = 0; i < map->n_rows; i++)
        if (map->rows[i].plate)
            named[n++] = &map->rows[i];
    qsort(named, n, sizeof *named, by_plate);
    for (size_t i = 0; i < n; i++) {
        size_t row = (size_t)(named[i] - map->rows);
        if (!i || strcmp(named[i - 1]->plate, named[i]->plate) != 0)
            leader = row;
        first[row] = leader;
    }
}

/* Numbers in the order of the file; `number` holds each row's first row and gets its plate. */
static void number_plates(const dlu_map *map, dlu_map_names *out, size_t *number)
{
    for (size_t i = 0; i < map->n_rows; i++) {
        if (!map->rows[i].plate)
            continue;
        if (number[i] == i) {
            out->names[out->n] = map->rows[i].plate;
            number[i] = out->n++;
        } else {
            number[i] = number[number[i]];
        }
    }
    for (size_t i = 0; i < map->n_rows; i++)
        if (!map->rows[i].plate)
            number[i] = out->n;
}

bool dlu_map_names_find(const dlu_map *map, dlu_arena *arena, dlu_map_names *out)
{
    size_t *number = dlu_arena_alloc(arena, map->n_rows + 1, sizeof *number);
    *out = (dlu_map_names){
        .names = dlu_arena_alloc(arena, map->n_rows + 1, sizeof *out->names),
        .rows = dlu_arena_alloc(arena, map->n_rows + 1, sizeof *out->rows),
        .begin = dlu_arena_alloc(arena, map->n_rows + 3, sizeof *out->begin),
    };
    if (!number || !out->names || !out->rows || !out->begin)
        return false;
    find_first(map, out->rows, number);
    number_plates(map, out, number);
    /* counted one place too far, so that filling moves each begin to where it belongs */
    for (size_t i = 0; i < map->n_rows; i++)
        out->begin[number[i] + 2]++;
    for (size_t k = 2; k < out->n + 3; k++)
        out->begin[k] += out->begin[k - 1];
    for (size_t i = 0; i < map->n_rows; i++)
        out->rows[out->begin[number[i] + 1]++] = &map->rows[i];
    return true;
}

const dlu_map_row **dlu_map_names_rows(const dlu_map_names *names, size_t plate, dlu_arena *arena,
                                       size_t *n)
{
    const dlu_map_row *const *every = names->rows + names->begin[names->n];
    const dlu_map_row *const *own = names->rows + names->begin[plate];
    size_t n_every = names->begin[names->n + 1] - names->begin[names->n];
    size_t n_own = plate < names->n ? names->begin[plate + 1] - names->begin[plate] : 0;
    const dlu_map_row **rows = dlu_arena_alloc(arena, n_every + n_own + 1, sizeof *rows);
    *n = 0;
    while (rows && (n_every || n_own)) {
        bool next_own = n_own && (!n_every || *own < *every);
        rows[(*n)++] = next_own ? *own++ : *every++;
        n_own -= next_own;
        n_every -= !next_own;
    }
    return rows;
}
