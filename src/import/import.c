/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MAX_TOLD 4u /* of what was left out, where nothing else is told */

size_t dlu_format_count(void)
{
    return dlu_importer_count;
}

const dlu_format_info *dlu_format_get(size_t i)
{
    return &dlu_importers[i].info;
}

void dlu_import_free(dlu_import *import)
{
    if (import)
        dlu_arena_free(import->memory);
}

/* ---- opening and asking ---- */

static dlu_status ask_all(const dlu_scan *scan, dlu_import *import, dlu_error *err)
{
    bool vendor = false;
    import->n_detections = dlu_importer_count;
    import->detections = dlu_arena_alloc(scan->arena, dlu_importer_count, sizeof(dlu_detection));
    if (!import->detections)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < dlu_importer_count; i++) {
        dlu_detection *d = &import->detections[i];
        d->format = dlu_importers[i].info.name;
        d->reason = "";
        if (dlu_importers[i].detect(scan, d))
            return dlu_fail_memory(err);
        /* of those that found nothing, these say what anyone can paste */
        if (dlu_importers[i].generic && d->certainty == DLU_DETECT_NO && !d->score)
            d->score = 1;
        vendor = vendor || (!dlu_importers[i].generic && d->certainty == DLU_DETECT_SURE);
    }
    for (size_t i = 0; vendor && i < dlu_importer_count; i++) {
        dlu_detection *d = &import->detections[i];
        if (!dlu_importers[i].generic || d->certainty != DLU_DETECT_SURE)
            continue;
        d->certainty = DLU_DETECT_MAYBE;
        d->reason =
            dlu_arena_printf(scan->arena, "%s; gives way to the format of the reader", d->reason);
        if (!d->reason)
            return dlu_fail_memory(err);
    }
    return DLU_OK;
}

/* How many are sure, and the first of them. */
static size_t count_sure(const dlu_import *import, size_t *first)
{
    size_t n = 0;
    for (size_t i = 0; i < import->n_detections; i++)
        if (import->detections[i].certainty == DLU_DETECT_SURE && n++ == 0)
            *first = i;
    return n;
}

static dlu_status fail_many(const dlu_import *import, dlu_error *err)
{
    dlu_buffer text = {0};
    dlu_place place = {.file = import->file};
    dlu_buffer_add(&text, "expected one format to be sure of this file, found several:");
    for (size_t i = 0; i < import->n_detections; i++)
        if (import->detections[i].certainty == DLU_DETECT_SURE)
            dlu_buffer_printf(&text, "\n    %s: %s", import->detections[i].format,
                              import->detections[i].reason);
    dlu_status status = text.failed ? dlu_fail_memory(err)
                                    : dlu_fail(err, DLU_E_INPUT, "format-ambiguous", &place,
                                               "choose one with --format NAME", "%s", text.bytes);
    dlu_buffer_free(&text);
    return status;
}

/* Before, in the order of nearness. */
static bool is_nearer(const dlu_detection *a, const dlu_detection *b)
{
    if (a->certainty != b->certainty)
        return a->certainty > b->certainty;
    return a->score != b->score ? a->score > b->score : a < b;
}

const dlu_detection *dlu_import_nearest(const dlu_import *import, size_t rank)
{
    for (size_t i = 0; i < import->n_detections; i++) {
        size_t nearer = 0;
        for (size_t k = 0; k < import->n_detections; k++)
            nearer += is_nearer(&import->detections[k], &import->detections[i]);
        if (nearer == rank)
            return &import->detections[i];
    }
    return NULL;
}

static dlu_status fail_none(const dlu_import *import, dlu_error *err)
{
    dlu_buffer text = {0};
    dlu_place place = {.file = import->file};
    dlu_buffer_add(&text, "no format recognises this file; what the nearest missed:");
    for (size_t rank = 0; rank < DLU_NEAREST_TOLD && rank < import->n_detections; rank++) {
        const dlu_detection *d = dlu_import_nearest(import, rank);
        dlu_buffer_printf(&text, "\n    %s: %s", d->format, d->reason);
    }
    dlu_status status =
        text.failed
            ? dlu_fail_memory(err)
            : dlu_fail(err, DLU_E_UNRECOGNISED, "format-unknown", &place,
                       "\"dualuc formats\" lists what can be read; --format NAME insists on one. "
                       "Any reader's values can be pasted as a plate grid, or as a table with the "
                       "columns well, firefly, renilla",
                       "%s", text.bytes);
    dlu_buffer_free(&text);
    return status;
}

static dlu_status fail_format(const dlu_import *import, const char *name, dlu_error *err)
{
    dlu_buffer names = {0};
    dlu_place place = {.file = import->file};
    for (size_t i = 0; i < dlu_importer_count; i++)
        dlu_buffer_printf(&names, "%s%s", i ? ", " : "", dlu_importers[i].info.name);
    dlu_status status =
        names.failed ? dlu_fail_memory(err)
                     : dlu_fail(err, DLU_E_USAGE, "format-name", &place, NULL,
                                "expected one of the formats %s, found \"%s\"", names.bytes, name);
    dlu_buffer_free(&names);
    return status;
}

static dlu_status choose(const dlu_import *import, const char *name, size_t *out, dlu_error *err)
{
    if (!name) {
        size_t n = count_sure(import, out);
        return n == 1 ? DLU_OK : n ? fail_many(import, err) : fail_none(import, err);
    }
    for (*out = 0; *out < dlu_importer_count; ++*out)
        if (dlu_text_same(dlu_importers[*out].info.name, name))
            return DLU_OK;
    return fail_format(import, name, err);
}

/* ---- reading ---- */

static bool reading_is_sound(const dlu_reading *r, const dlu_reading *before)
{
    bool ok = r->state == DLU_READ_OK;
    return (!before || before->well < r->well) && r->origin && r->origin->file &&
           (ok ? !*r->origin->text : r->value == 0);
}

/* What every importer promises of a plate; a breach is a bug of the importer, not of the file. */
static bool plate_is_sound(const dlu_plate *plate)
{
    if (!plate->name || !plate->file || !plate->n_reads)
        return false;
    for (size_t i = 0; i < plate->n_reads; i++) {
        const dlu_read *read = &plate->reads[i];
        if (!read->label || !read->channel_why || !read->n_readings)
            return false;
        for (size_t k = 0; k < read->n_readings; k++)
            if (!reading_is_sound(&read->readings[k], k ? &read->readings[k - 1] : NULL))
                return false;
    }
    return true;
}

/* What was left out is the answer to "why none?"; the import that has it is not handed out. */
static dlu_status fail_no_reads(const dlu_import *import, dlu_error *err)
{
    dlu_buffer text = {0};
    char at[128];
    dlu_place place = {.file = import->file};
    dlu_buffer_printf(&text, "expected luminescence readings, found none (read as %s)%s",
                      import->format, import->n_left_out ? "; left out:" : "");
    for (size_t i = 0; i < import->n_left_out && i < MAX_TOLD; i++) {
        dlu_place where = import->left_out[i].at;
        where.file = NULL;
        dlu_place_render(&where, at, sizeof at);
        dlu_buffer_printf(&text, "\n    %s%s%s: %s", at, *at ? ": " : "", import->left_out[i].what,
                          import->left_out[i].why);
    }
    if (import->n_left_out > MAX_TOLD)
        dlu_buffer_printf(&text, "\n    and %zu more", import->n_left_out - MAX_TOLD);
    dlu_status status = text.failed
                            ? dlu_fail_memory(err)
                            : dlu_fail(err, DLU_E_INPUT, "no-reads", &place,
                                       "export the raw data of the luminescence read, or choose "
                                       "another format with --format NAME",
                                       "%s", text.bytes);
    dlu_buffer_free(&text);
    return status;
}

static dlu_status check_contract(const dlu_import *import, dlu_error *err)
{
    dlu_place place = {.file = import->file};
    if (!import->n_plates)
        return fail_no_reads(import, err);
    for (size_t i = 0; i < import->n_plates; i++)
        if (!plate_is_sound(&import->plates[i]))
            return dlu_fail(
                err, DLU_E_INPUT, "importer-contract", &place,
                "this is a fault of the program: please report it with the file",
                "expected sound plates from the format %s, found a contradiction in plate %zu",
                import->format, i + 1);
    return DLU_OK;
}

static dlu_status read_scan(const dlu_scan *scan, const dlu_import_options *options,
                            dlu_import *import, dlu_messages *log, dlu_error *err)
{
    size_t chosen = 0;
    dlu_status status = ask_all(scan, import, err);
    if (!status)
        status = choose(import, options->format, &chosen, err);
    if (status)
        return status;
    import->format = dlu_importers[chosen].info.name;
    import->why = options->format ? "chosen with --format" : import->detections[chosen].reason;
    dlu_import_job job = {.scan = scan,
                          .options = options,
                          .arena = scan->arena,
                          .problems = {.arena = scan->arena},
                          .date = "",
                          .log = log,
                          .err = err};
    status = dlu_importers[chosen].read(&job);
    if (status == DLU_E_NO_MEMORY && job.full.status) {
        if (err)
            *err = job.full;
        return job.full.status;
    }
    if (!status)
        status = dlu_job_finish(&job, import);
    if (!status)
        status = check_contract(import, err);
    return status;
}

/* An import in an arena of its own, which it owns. */
static dlu_import *import_new(const dlu_source *source)
{
    dlu_arena *arena = dlu_arena_new();
    dlu_import *import = arena ? dlu_arena_alloc(arena, 1, sizeof *import) : NULL;
    char *file = import ? dlu_arena_copy(arena, source->name ? source->name : "") : NULL;
    if (!file) {
        dlu_arena_free(arena);
        return NULL;
    }
    *import = (dlu_import){.file = file, .why = "", .date = "", .memory = arena};
    return import;
}

dlu_status dlu_import_read(const dlu_source *source, const dlu_import_options *options,
                           dlu_import **out, dlu_messages *log, dlu_error *err)
{
    static const dlu_import_options defaults = {0};
    dlu_scan scan;
    *out = NULL;
    dlu_arena *cells = dlu_arena_new();
    dlu_import *import = cells ? import_new(source) : NULL;
    if (!import) {
        dlu_arena_free(cells);
        return dlu_fail_memory(err);
    }
    options = options ? options : &defaults;
    dlu_status status = dlu_scan_open(source, options->decimal, import->memory, cells, &scan, err);
    if (!status)
        status = read_scan(&scan, options, import, log, err);
    if (!status)
        dlu_book_note(source, log);
    /* a file that seems strange may only have been read in part */
    if (dlu_arena_failed(import->memory) || dlu_arena_failed(cells) || dlu_messages_failed(log))
        status = dlu_fail_memory(err);
    dlu_arena_free(cells);
    if (status) {
        dlu_import_free(import);
        return status;
    }
    *out = import;
    return DLU_OK;
}

dlu_status dlu_import_detect(const dlu_source *source, dlu_import **out, dlu_error *err)
{
    dlu_scan scan;
    size_t first = 0;
    *out = NULL;
    dlu_arena *cells = dlu_arena_new();
    dlu_import *import = cells ? import_new(source) : NULL;
    if (!import) {
        dlu_arena_free(cells);
        return dlu_fail_memory(err);
    }
    dlu_status status = dlu_scan_open(source, DLU_DECIMAL_AUTO, import->memory, cells, &scan, err);
    if (!status)
        status = ask_all(&scan, import, err);
    if (dlu_arena_failed(import->memory) || dlu_arena_failed(cells))
        status = dlu_fail_memory(err);
    dlu_arena_free(cells);
    if (status) {
        dlu_import_free(import);
        return status;
    }
    if (count_sure(import, &first) == 1) {
        import->format = import->detections[first].format;
        import->why = import->detections[first].reason;
    }
    *out = import;
    return DLU_OK;
}
