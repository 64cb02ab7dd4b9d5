/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/result.h>
#include <dualuc/sha256.h>

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "report/model.h"
#include "report/table.h"
#include "report/variants.h"

/* Everything one run holds until the model is built; the result's arena outlives it. */
typedef struct run {
    const dlu_job *job;
    dlu_arena *arena;
    dlu_import **imports; /* one a plate file */
    dlu_plates *plates;
    dlu_map **maps;
    size_t n_maps;
    const dlu_source *map_sources;
    const char **files;      /* names of the plate files */
    dlu_seed_findings *seed; /* NULL: not asked for */
    dlu_messages *log;
} run;

static dlu_status import_all(run *r, dlu_error *err)
{
    const dlu_job *job = r->job;
    r->imports = dlu_arena_alloc(r->arena, job->n_plates + 1, sizeof(dlu_import *));
    r->files = dlu_arena_alloc(r->arena, job->n_plates + 1, sizeof *r->files);
    if (!r->imports || !r->files)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < job->n_plates; i++) {
        r->files[i] = job->plates[i].name;
        dlu_status status =
            dlu_import_read(&job->plates[i], &job->import, &r->imports[i], r->log, err);
        if (status != DLU_OK)
            return status;
    }
    dlu_channel_choice choice = {job->settings.reporter, job->settings.control, job->channels,
                                 job->time};
    return dlu_plates_assemble((const dlu_import *const *)r->imports, job->channel_of,
                               job->n_plates, &choice, &r->plates, r->log, err);
}

/* The map is given, or stands in the tables of light themselves. */
static dlu_status find_maps(run *r, bool *in_data, dlu_error *err)
{
    const dlu_job *job = r->job;
    *in_data = job->n_maps == 0;
    r->map_sources = *in_data ? job->plates : job->maps;
    r->n_maps = *in_data ? job->n_plates : job->n_maps;
    for (size_t i = 0; *in_data && i < job->n_plates; i++) {
        dlu_place at = {.file = job->plates[i].name};
        if (!r->imports[i]->has_map)
            return dlu_fail(err, DLU_E_USAGE, "no-map", &at,
                            "give it with --map; docs/plate-map.md shows one",
                            "expected a plate map, or columns construct and treatment beside the "
                            "light, found neither");
    }
    if (!*in_data && r->n_maps != 1 && r->n_maps != job->n_plates)
        return dlu_fail(err, DLU_E_USAGE, "map-count", NULL,
                        "give --map once, or once for each plate file in their order",
                        "expected 1 or %zu plate maps, found %zu", job->n_plates, r->n_maps);
    return DLU_OK;
}

static dlu_status read_maps(run *r, dlu_error *err)
{
    bool in_data;
    const char *block = r->job->settings.block;
    bool by_name = *block && !dlu_text_same(block, "none") && !dlu_text_same(block, "plate");
    dlu_status status = find_maps(r, &in_data, err);
    if (status != DLU_OK)
        return status;
    r->maps = dlu_arena_alloc(r->arena, r->n_maps, sizeof(dlu_map *));
    if (!r->maps)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < r->n_maps && status == DLU_OK; i++) {
        dlu_place at = {.file = r->map_sources[i].name};
        if (!in_data && r->n_maps > 1)
            dlu_note(r->log, "map-for-file", &at, NULL, "this map is for %s", r->files[i]);
        status = dlu_map_read(&r->map_sources[i], by_name ? block : NULL, in_data, r->arena,
                              &r->maps[i], r->log, err);
    }
    return status;
}

static const char *const *plates_of(const run *r, const char *file, size_t *n)
{
    const char **names = dlu_arena_alloc(r->arena, r->plates->n_plates + 1, sizeof *names);
    *n = 0;
    for (size_t i = 0; names && i < r->plates->n_plates; i++)
        if (!strcmp(r->plates->plates[i].file, file))
            names[(*n)++] = dlu_arena_copy(r->arena, r->plates->plates[i].name);
    return names;
}

static bool fill_input(const run *r, const dlu_source *source, const char *role, const char *format,
                       dlu_input_row *row)
{
    *row = (dlu_input_row){.path = dlu_arena_copy(r->arena, source->name),
                           .role = role,
                           .format = dlu_arena_copy(r->arena, format)};
    dlu_sha256(source->bytes, source->n_bytes, row->sha256);
    row->plates = plates_of(r, source->name, &row->n_plates);
    return row->path && row->format && row->plates;
}

/* The files of the sites, in the order in which they are named. */
static bool fill_seed_inputs(const run *r, dlu_result *result)
{
    const dlu_seed_request *seed = r->job->seed;
    const dlu_source *const single[] = {seed->mirna_file, seed->mirbase, seed->published};
    bool ok = true;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i])
            ok &= fill_input(r, single[i], "seed",
                             single[i] == seed->published ? "table" : "sequence",
                             &result->inputs[result->n_inputs++]);
    for (size_t i = 0; i < seed->n_files; i++)
        ok &= fill_input(r, &seed->files[i].source, "seed", "sequence",
                         &result->inputs[result->n_inputs++]);
    for (size_t i = 0; i < seed->n_coding; i++)
        ok &= fill_input(r, &seed->coding[i], "seed", "sequence",
                         &result->inputs[result->n_inputs++]);
    return ok;
}

static bool fill_inputs(const run *r, dlu_result *result)
{
    const dlu_job *job = r->job;
    size_t n = job->n_plates + job->n_maps + (job->config != NULL);
    n += job->seed ? 3 + job->seed->n_files + job->seed->n_coding : 0;
    bool ok = true;
    result->inputs = dlu_arena_alloc(r->arena, n, sizeof *result->inputs);
    if (!result->inputs)
        return false;
    for (size_t i = 0; i < job->n_plates; i++)
        ok &= fill_input(r, &job->plates[i], "plate", r->imports[i]->format,
                         &result->inputs[result->n_inputs++]);
    for (size_t i = 0; i < job->n_maps; i++)
        ok &= fill_input(r, &job->maps[i], "map", "map", &result->inputs[result->n_inputs++]);
    if (job->config)
        ok &= fill_input(r, job->config, "config", "ini", &result->inputs[result->n_inputs++]);
    return ok && (!job->seed || fill_seed_inputs(r, result));
}

static const char *export_date(const run *r)
{
    for (size_t i = 0; i < r->job->n_plates; i++)
        if (r->imports[i]->date && *r->imports[i]->date)
            return dlu_arena_copy(r->arena, r->imports[i]->date);
    return "";
}

static bool fill_messages(const run *r, dlu_result *result)
{
    size_t n = dlu_messages_count(r->log);
    result->messages = dlu_arena_alloc(r->arena, n + 1, sizeof *result->messages);
    if (!result->messages || dlu_messages_failed(r->log))
        return false;
    for (size_t i = 0; i < n; i++) {
        const dlu_message *m = dlu_messages_get(r->log, i);
        dlu_message *copy = &result->messages[i];
        *copy = (dlu_message){m->severity,
                              dlu_arena_copy(r->arena, m->code),
                              dlu_arena_copy(r->arena, m->text),
                              dlu_arena_copy(r->arena, m->hint),
                              dlu_arena_copy(r->arena, m->file),
                              dlu_arena_copy(r->arena, m->at)};
        if (!copy->code || !copy->text || !copy->hint || !copy->file || !copy->at)
            return false;
    }
    result->n_messages = n;
    return true;
}

static bool build_model(const run *r, const dlu_experiment *e, const dlu_verdicts *v,
                        const dlu_beside *beside, dlu_result *result)
{
    dlu_arena *arena = r->arena;
    result->date = export_date(r);
    return result->date && fill_inputs(r, result) && dlu_model_wells(e, arena, result) &&
           dlu_model_plates(e, arena, result) && dlu_model_workings(v, arena, result) &&
           dlu_model_units(e, v, arena, result) && dlu_model_groups(e, v, arena, result) &&
           dlu_model_comparisons(e, v, beside, arena, result) &&
           dlu_model_verdicts(e, v, arena, result) && dlu_model_leave_out(v, arena, result) &&
           dlu_model_qc(e, v, beside, arena, result) &&
           dlu_model_diagnostics(e, v, arena, result) && dlu_model_methods(e, v, arena, result) &&
           dlu_model_command(r->job, arena, result) &&
           dlu_model_seed(r->seed, arena, result, r->log) && fill_messages(r, result);
}

static dlu_status find_sites(run *r, dlu_error *err)
{
    if (!r->job->seed)
        return DLU_OK;
    r->seed = dlu_arena_alloc(r->arena, 1, sizeof *r->seed);
    return r->seed ? dlu_seed_search(r->job->seed, r->arena, r->seed, r->log, err)
                   : dlu_fail_memory(err);
}

static dlu_status analyze(run *r, dlu_result *result, dlu_error *err)
{
    dlu_experiment *experiment;
    dlu_verdicts *verdicts;
    dlu_beside *beside;
    dlu_status status = import_all(r, err);
    if (status == DLU_OK)
        status = read_maps(r, err);
    if (status == DLU_OK)
        status = find_sites(r, err);
    if (status != DLU_OK)
        return status;
    dlu_material material = {r->plates, r->maps, r->n_maps, r->files};
    status = dlu_material_judge(&material, &result->settings, (dlu_variation){0}, r->arena,
                                &experiment, &verdicts, r->log, err);
    if (status == DLU_OK)
        status = dlu_beside_find(experiment, verdicts, r->arena, &beside, err);
    if (status == DLU_OK && !build_model(r, experiment, verdicts, beside, result))
        status = dlu_fail_memory(err);
    if (status == DLU_OK)
        status = dlu_sensitivity(&material, &result->settings, r->arena, result, err);
    return status;
}

/* The model borrows texts of imports and plates, so they live as long as the result. */
typedef struct result_memory {
    dlu_arena *arena;
    dlu_import **imports;
    size_t n_imports;
    dlu_plates *plates;
} result_memory;

static void free_memory(result_memory *memory)
{
    if (!memory)
        return;
    for (size_t i = 0; memory->imports && i < memory->n_imports; i++)
        dlu_import_free(memory->imports[i]);
    dlu_plates_free(memory->plates);
    dlu_arena_free(memory->arena);
}

dlu_result *dlu_result_in(dlu_arena *arena)
{
    dlu_result *result = arena ? dlu_arena_alloc(arena, 1, sizeof *result) : NULL;
    result_memory *memory = result ? dlu_arena_alloc(arena, 1, sizeof *memory) : NULL;
    if (!memory)
        return NULL;
    memory->arena = arena;
    dlu_settings_default(&result->settings);
    result->date = "";
    result->memory = memory;
    return result;
}

dlu_status dlu_analyze(const dlu_job *job, dlu_result **out, dlu_messages *log, dlu_error *err)
{
    run r = {.job = job, .log = log};
    dlu_messages *own = NULL;
    *out = NULL;
    if (!job->n_plates)
        return dlu_fail(err, DLU_E_USAGE, "no-plate", NULL, "give the files of the reader",
                        "expected at least one plate file, found none");
    dlu_status status = dlu_settings_check(&job->settings, err);
    if (status != DLU_OK)
        return status;
    r.arena = dlu_arena_new();
    dlu_result *result = dlu_result_in(r.arena);
    if (!result) {
        dlu_arena_free(r.arena);
        return dlu_fail_memory(err);
    }
    result->settings = job->settings;
    if (!log)
        r.log = own = dlu_messages_new();
    status = r.log ? analyze(&r, result, err) : dlu_fail_memory(err);
    /* what seems wrong with the data may only be a part that is missing */
    if (dlu_arena_failed(r.arena) || dlu_messages_failed(r.log))
        status = dlu_fail_memory(err);
    dlu_messages_free(own);
    *(result_memory *)result->memory = (result_memory){r.arena, r.imports, job->n_plates, r.plates};
    if (status != DLU_OK)
        free_memory(result->memory);
    else
        *out = result;
    return status;
}

void dlu_result_free(dlu_result *result)
{
    if (result)
        free_memory(result->memory);
}
