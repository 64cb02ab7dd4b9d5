/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

#include <stdlib.h>

#include "base/text.h"

/* What must hold between the wells of a map. */

/* Rows by plate and well, so that doubled wells are neighbours; file order among equals. */
static int by_plate_and_well(const void *a, const void *b)
{
    const dlu_map_row *x = *(const dlu_map_row *const *)a, *y = *(const dlu_map_row *const *)b;
    int plates = dlu_text_compare(x->plate, y->plate);
    if (plates)
        return plates;
    if (x->well != y->well)
        return x->well < y->well ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void check_doubled_wells(dlu_map_reader *r)
{
    char name[DLU_WELL_NAME_SIZE], first[160];
    const dlu_map_row **sorted = dlu_arena_alloc(r->arena, r->map->n_rows, sizeof *sorted);
    if (!sorted) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < r->map->n_rows; i++)
        sorted[i] = &r->map->rows[i];
    qsort(sorted, r->map->n_rows, sizeof *sorted, by_plate_and_well);
    for (size_t i = 1; i < r->map->n_rows; i++) {
        const dlu_map_row *a = sorted[i - 1], *b = sorted[i];
        if (a->well != b->well || dlu_text_compare(a->plate, b->plate))
            continue;
        dlu_problem(&r->problems, "map-doubled-well", &b->at,
                    "one row a well; with several plates, add a column plate",
                    "expected each well once in the map, found %s%s%s twice; it was first at %s",
                    dlu_well_name(b->well, name), b->plate ? " of plate " : "",
                    b->plate ? b->plate : "", dlu_place_render(&a->at, first, sizeof first));
    }
}

void dlu_map_check_wells(dlu_map_reader *r)
{
    check_doubled_wells(r);
    if (r->n_no_construct)
        dlu_warn(r->log, "map-no-construct", &r->no_construct,
                 "fill the construct in (of merged cells only the first is filled), or set role to "
                 "unused",
                 "%zu well%s a treatment and no construct, and %s left unused", r->n_no_construct,
                 r->n_no_construct == 1 ? " has" : "s have", r->n_no_construct == 1 ? "is" : "are");
}
