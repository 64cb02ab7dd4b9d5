/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"
#include "assay/slips.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

static const dlu_map *map_of(const dlu_plate *plate, dlu_map *const *maps, size_t n_maps,
                             const char *const *files)
{
    for (size_t i = 0; n_maps > 1 && i < n_maps; i++)
        if (!strcmp(files[i], plate->file))
            return maps[i];
    return n_maps == 1 ? maps[0] : NULL;
}

/* All maps must agree on their columns, or the tables of the result would not. */
static dlu_status check_maps(dlu_map *const *maps, size_t n_maps, dlu_error *err)
{
    for (size_t m = 1; m < n_maps; m++) {
        const dlu_map *a = maps[0], *b = maps[m];
        bool same = a->n_extra == b->n_extra && !a->block_column == !b->block_column;
        for (size_t i = 0; same && i < a->n_extra; i++)
            same = !strcmp(a->extra_columns[i], b->extra_columns[i]);
        if (!same) {
            dlu_place at = {.file = b->file};
            return dlu_fail(err, DLU_E_INPUT, "maps-differ", &at,
                            "give all maps the same columns in the same order",
                            "expected the columns of %s, found others", a->file);
        }
    }
    return DLU_OK;
}

dlu_status dlu_experiment_new(const dlu_plates *plates, dlu_map *const *maps, size_t n_maps,
                              const char *const *files, const dlu_settings *settings,
                              dlu_variation variation, dlu_arena *arena, dlu_experiment **out,
                              dlu_messages *log, dlu_error *err)
{
    dlu_experiment *e = dlu_arena_alloc(arena, 1, sizeof *e);
    dlu_plate_rows *rows_of = dlu_arena_alloc(arena, plates->n_plates + 1, sizeof *rows_of);
    if (e)
        e->plates = dlu_arena_alloc(arena, plates->n_plates + 1, sizeof *e->plates);
    if (!e || !rows_of || !e->plates)
        return dlu_fail_memory(err);
    dlu_status status = check_maps(maps, n_maps, err);
    if (status != DLU_OK)
        return status;
    e->settings = settings;
    e->variation = variation;
    e->n_plates = plates->n_plates;
    for (size_t i = 0; i < e->n_plates; i++) {
        e->plates[i].plate = &plates->plates[i];
        e->plates[i].map = map_of(&plates->plates[i], maps, n_maps, files);
    }
    e->block_column = dlu_text_same(settings->block, "plate") ? NULL : maps[0]->block_column;
    e->has_replicate = maps[0]->has_replicate;
    e->extra_columns = maps[0]->extra_columns;
    e->n_extra = maps[0]->n_extra;
    status = dlu_match_plates(plates, maps, n_maps, files, arena, rows_of, log, err);
    if (status == DLU_OK)
        status = dlu_wells_build(e, rows_of, arena, log, err);
    if (status == DLU_OK)
        status = dlu_wells_drop(e, arena, err);
    if (status == DLU_OK)
        status = dlu_wells_subtract(e, arena, log, err);
    if (status == DLU_OK)
        status = dlu_wells_flag(e, arena, err);
    if (status == DLU_OK)
        status = dlu_units_build(e, arena, log, err);
    if (status == DLU_OK)
        status = dlu_slips_find(e, arena, log, err);
    *out = e;
    return status;
}
