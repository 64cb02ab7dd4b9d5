/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/map_check.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Fills the model of a check from a trial. */

#define PLATES_TO_SHOW 3u /* what a map for every plate is tried with beside one plate */

typedef struct check_memory {
    dlu_arena *arena;
    dlu_import *import; /* of a table that holds the light too */
    dlu_plates *plates;
} check_memory;

static dlu_check_kind kind_of(const dlu_map_row *row)
{
    if (!row)
        return DLU_CHECK_UNMAPPED;
    if (!row->use)
        return DLU_CHECK_LEFT_OUT;
    switch (row->role) {
    case DLU_ROLE_SAMPLE:
        return DLU_CHECK_SAMPLE;
    case DLU_ROLE_BLANK:
        return DLU_CHECK_BLANK;
    case DLU_ROLE_BLANK_BUFFER:
        return DLU_CHECK_BUFFER;
    case DLU_ROLE_POSITIVE:
    case DLU_ROLE_NEGATIVE:
        return DLU_CHECK_CONTROL;
    default:
        return DLU_CHECK_UNUSED;
    }
}

static bool fill_plate(const dlu_map_trial *t, size_t p, bool named, dlu_check_plate *out)
{
    const dlu_assay_plate *plate = &t->experiment->plates[p];
    out->name = named ? plate->plate->name : NULL;
    out->n_rows = plate->plate->n_rows;
    out->n_cols = plate->plate->n_cols;
    out->wells = dlu_arena_alloc(t->arena, plate->n_wells + 1, sizeof *out->wells);
    for (size_t i = 0; out->wells && i < plate->n_wells; i++) {
        const dlu_assay_well *w = &t->experiment->wells[plate->first_well + i];
        dlu_check_kind kind = kind_of(w->map);
        out->wells[out->n_wells++] =
            (dlu_check_well){w->well, kind, w->arm == DLU_NO_ARM ? SIZE_MAX : w->arm};
        out->n_blanks += kind == DLU_CHECK_BLANK;
    }
    return out->wells != NULL;
}

static size_t count_plates(const dlu_experiment *e, size_t arm)
{
    size_t n = 0;
    for (size_t p = 0; p < e->n_plates; p++) {
        bool here = false;
        for (size_t i = 0; i < e->plates[p].n_wells; i++) {
            const dlu_assay_well *w = &e->wells[e->plates[p].first_well + i];
            here |= w->used && w->arm == arm;
        }
        n += here;
    }
    return n;
}

static bool fill_arms(const dlu_map_trial *t, dlu_map_check *out)
{
    const dlu_experiment *e = t->experiment;
    out->arms = dlu_arena_alloc(t->arena, e->n_arms + 1, sizeof *out->arms);
    for (size_t i = 0; out->arms && i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        out->arms[out->n_arms++] =
            (dlu_check_arm){a->target, a->construct, a->treatment,       a->mirna,   a->dose_nM,
                            a->n_used, a->n_units,   count_plates(e, i), a->positive};
    }
    return out->arms != NULL;
}

static dlu_design_row *designs_of(const dlu_map_trial *t, size_t *n)
{
    const dlu_verdicts *v = t->verdicts;
    dlu_design_row *rows = dlu_arena_alloc(t->arena, v->n + 1, sizeof *rows);
    *n = 0;
    for (size_t i = 0; rows && i < v->n; i++) {
        const char *pair = dlu_pair_label(&v->pairs[i], t->arena);
        if (pair && v->pairs[i].positive)
            pair = dlu_arena_printf(t->arena, "positive control: %s", pair);
        if (!pair)
            return NULL;
        rows[(*n)++] = (dlu_design_row){pair, v->findings[i].design_text};
    }
    return rows;
}

/* A map that serves every plate is most often used for several. */
static dlu_status try_three(const dlu_map_trial *one, dlu_map_check *out, dlu_error *err)
{
    dlu_map_trial three = {.arena = one->arena, .map = one->map, .settings = one->settings};
    dlu_status status = dlu_map_trial_run(&three, NULL, PLATES_TO_SHOW, NULL, err);
    if (status != DLU_OK)
        return status;
    out->design_of_three = designs_of(&three, &out->n_design_of_three);
    return out->design_of_three ? DLU_OK : dlu_fail_memory(err);
}

static dlu_status fill(const dlu_map_trial *t, bool real, dlu_map_check *out, dlu_error *err)
{
    bool named = real || t->map->has_plate;
    out->file = t->map->file;
    out->shape = t->map->grid ? DLU_MAP_GRID : DLU_MAP_LONG;
    out->plates = dlu_arena_alloc(t->arena, t->experiment->n_plates + 1, sizeof *out->plates);
    if (!out->plates)
        return dlu_fail_memory(err);
    for (size_t p = 0; p < t->experiment->n_plates; p++)
        if (!fill_plate(t, p, named, &out->plates[out->n_plates++]))
            return dlu_fail_memory(err);
    out->design = designs_of(t, &out->n_design);
    if (!fill_arms(t, out) || !out->design)
        return dlu_fail_memory(err);
    return named ? DLU_OK : try_three(t, out, err);
}

/* What the analysis says of plates, map and design; its words on light mean nothing here. */
static bool is_of_map(const char *code, bool real)
{
    static const char *const always[] = {"several-controls", "nothing-to-test",
                                         "empty-serves-no-target", "blocks-not-used", "no-sample"};
    static const char *const with_plates[] = {"map-plates-matched", "map-plate-not-read",
                                              "well-not-in-map", "well-not-read"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (!strcmp(code, always[i]))
            return true;
    for (size_t i = 0; real && i < sizeof with_plates / sizeof *with_plates; i++)
        if (!strcmp(code, with_plates[i]))
            return true;
    return false;
}

static void pass_on(const dlu_messages *from, bool real, dlu_messages *log)
{
    for (size_t i = 0; i < dlu_messages_count(from); i++) {
        const dlu_message *m = dlu_messages_get(from, i);
        dlu_place at = {.file = *m->file ? m->file : NULL};
        const char *hint = *m->hint ? m->hint : NULL;
        if (!is_of_map(m->code, real))
            continue;
        if (m->severity == DLU_NOTE)
            dlu_note(log, m->code, &at, hint, "%s", m->text);
        else
            dlu_warn(log, m->code, &at, hint, "%s", m->text);
    }
}

static dlu_status run(dlu_map_trial *t, const dlu_plates *real, dlu_map_check *out,
                      dlu_messages *log, dlu_error *err)
{
    dlu_messages *said = dlu_messages_new();
    if (!said)
        return dlu_fail_memory(err);
    dlu_status status = dlu_map_trial_run(t, real, 1, said, err);
    if (dlu_messages_failed(said))
        status = dlu_fail_memory(err);
    pass_on(said, real != NULL, log);
    dlu_messages_free(said);
    if (status == DLU_OK)
        status = fill(t, real != NULL, out, err);
    if (status == DLU_OK)
        status = dlu_map_findings(t, out, log, err);
    return status;
}

/* A table with light and map columns is its own plate. */
static dlu_status open_table(const dlu_source *source, const dlu_settings *settings,
                             check_memory *memory, dlu_error *err)
{
    dlu_error ignored;
    dlu_import_options options = {0};
    dlu_channel_choice choice = {.reporter = settings->reporter, .control = settings->control};
    if (dlu_import_read(source, &options, &memory->import, NULL, &ignored) != DLU_OK)
        return DLU_OK;
    if (!memory->import->has_map)
        return DLU_OK;
    const dlu_import *const imports[] = {memory->import};
    return dlu_plates_assemble(imports, NULL, 1, &choice, &memory->plates, NULL, err);
}

static dlu_status check(const dlu_source *source, const dlu_plates *real,
                        const dlu_settings *settings, check_memory *memory, dlu_map_check *out,
                        dlu_messages *log, dlu_error *err)
{
    const char *block = settings->block;
    bool by_name = *block && !dlu_text_same(block, "none") && !dlu_text_same(block, "plate");
    dlu_map *map;
    dlu_status status = open_table(source, settings, memory, err);
    if (status == DLU_OK)
        status = dlu_map_read(source, by_name ? block : NULL, memory->plates != NULL, memory->arena,
                              &map, log, err);
    if (status != DLU_OK)
        return status;
    dlu_map_trial trial = {.arena = memory->arena, .map = map, .settings = settings};
    return run(&trial, real ? real : memory->plates, out, log, err);
}

static void free_memory(check_memory *memory)
{
    if (!memory)
        return;
    dlu_import_free(memory->import);
    dlu_plates_free(memory->plates);
    dlu_arena_free(memory->arena);
}

dlu_status dlu_map_check_new(const dlu_source *map, const dlu_plates *plates,
                             const dlu_settings *settings, dlu_map_check **out, dlu_messages *log,
                             dlu_error *err)
{
    *out = NULL;
    dlu_arena *arena = dlu_arena_new();
    dlu_map_check *result = arena ? dlu_arena_alloc(arena, 1, sizeof *result) : NULL;
    check_memory *memory = result ? dlu_arena_alloc(arena, 1, sizeof *memory) : NULL;
    dlu_settings *own = memory ? dlu_arena_alloc(arena, 1, sizeof *own) : NULL;
    if (!own) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    memory->arena = arena;
    result->memory = memory;
    *own = *settings;
    dlu_status status = check(map, plates, own, memory, result, log, err);
    /* what was said for want of memory is no word on the map */
    if (dlu_arena_failed(arena) || dlu_messages_failed(log))
        status = dlu_fail_memory(err);
    if (status == DLU_OK)
        *out = result;
    else
        free_memory(memory);
    return status;
}

void dlu_map_check_free(dlu_map_check *check)
{
    if (check)
        free_memory(check->memory);
}
