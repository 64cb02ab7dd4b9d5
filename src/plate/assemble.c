/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MAX_CHANNELS 16u

typedef struct assembly {
    const dlu_import *const *imports;
    const char *const *channel_of; /* or NULL */
    size_t n_imports;
    dlu_arena *arena;
    dlu_source_plate *plates;
    size_t n_plates;
    dlu_messages *log;
    dlu_error *err;
} assembly;

static const char *channel_of(const assembly *a, size_t i)
{
    return a->channel_of ? a->channel_of[i] : NULL;
}

static dlu_status add_copy(assembly *a, size_t file, size_t k, dlu_source_plate **out)
{
    dlu_source_plate *p = &a->plates[a->n_plates];
    *p = (dlu_source_plate){.file = file, .k = k, .n = a->imports[file]->n_plates};
    if (!dlu_plate_copy(a->arena, &a->imports[file]->plates[k], &p->plate))
        return dlu_fail_memory(a->err);
    a->n_plates++;
    *out = p;
    return DLU_OK;
}

/* ---- one file a luciferase ---- */

/* The one read of a file that was given for one channel. */
static dlu_status name_single_read(assembly *a, dlu_plate *plate, const char *channel)
{
    dlu_place at = {.file = plate->file};
    if (plate->n_reads != 1)
        return dlu_fail(a->err, DLU_E_INPUT, "channel-file-reads", &at,
                        "give the file without --firefly and --renilla, and say which read is "
                        "which with --channels",
                        "expected one read, as the file was given for %s alone, found %zu in plate "
                        "\"%s\"",
                        channel, plate->n_reads, plate->name);
    plate->reads[0].channel = dlu_arena_copy(a->arena, channel);
    plate->reads[0].channel_why = dlu_arena_printf(a->arena, "the file was given for %s", channel);
    return plate->reads[0].channel && plate->reads[0].channel_why ? DLU_OK
                                                                  : dlu_fail_memory(a->err);
}

/* Wells of `a` that `b` has not, and the first of them. */
static size_t count_lacking(const dlu_read *a, const dlu_read *b, dlu_well *first)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < a->n_readings; i++) {
        while (k < b->n_readings && b->readings[k].well < a->readings[i].well)
            k++;
        if (k < b->n_readings && b->readings[k].well == a->readings[i].well)
            continue;
        if (n++ == 0)
            *first = a->readings[i].well;
    }
    return n;
}

static dlu_status check_same_wells(assembly *a, const dlu_plate *first, const dlu_plate *other)
{
    const dlu_read *x = &first->reads[0], *y = &other->reads[0];
    char name[DLU_WELL_NAME_SIZE];
    dlu_well well = 0;
    dlu_place at = {.file = other->file};
    size_t lacking = count_lacking(x, y, &well);
    if (lacking == x->n_readings)
        return dlu_fail(
            a->err, DLU_E_INPUT, "channel-files-apart", &at,
            "the files of both luciferases must be of the same plates in the same order",
            "expected the wells of %s, found none of them", first->file);
    if (!lacking)
        lacking = count_lacking(y, x, &well);
    if (lacking)
        dlu_warn(a->log, "channel-files-wells", &at, NULL,
                 "%zu well%s %s only in one of %s and %s, first %s", lacking,
                 lacking == 1 ? "" : "s", lacking == 1 ? "is" : "are", first->file, other->file,
                 dlu_well_name(well, name));
    return DLU_OK;
}

static dlu_status merge_read(assembly *a, dlu_source_plate *into, const dlu_source_plate *from)
{
    dlu_plate *plate = &into->plate;
    dlu_status status = check_same_wells(a, plate, &from->plate);
    if (status)
        return status;
    plate->reads = dlu_arena_grow(a->arena, plate->reads, plate->n_reads, plate->n_reads + 1,
                                  sizeof(dlu_read));
    if (!plate->reads)
        return dlu_fail_memory(a->err);
    plate->reads[plate->n_reads++] = from->plate.reads[0];
    if (!*plate->name)
        plate->name = from->plate.name;
    if (from->plate.n_rows > plate->n_rows)
        plate->n_rows = from->plate.n_rows;
    if (from->plate.n_cols > plate->n_cols)
        plate->n_cols = from->plate.n_cols;
    return DLU_OK;
}

static size_t plates_of_channel(const assembly *a, const char *channel)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_imports; i++)
        if (channel_of(a, i) && dlu_text_same(channel_of(a, i), channel))
            n += a->imports[i]->n_plates;
    return n;
}

/* All plates of one channel's files: the first channel begins the plates, later ones join them. */
static dlu_status add_channel(assembly *a, const char *channel, size_t begin, bool is_first)
{
    size_t k = begin;
    for (size_t i = 0; i < a->n_imports; i++) {
        if (!channel_of(a, i) || !dlu_text_same(channel_of(a, i), channel))
            continue;
        for (size_t p = 0; p < a->imports[i]->n_plates; p++, k++) {
            dlu_source_plate *plate = NULL;
            dlu_status status = add_copy(a, i, p, &plate);
            if (!status)
                status = name_single_read(a, &plate->plate, channel);
            if (!status && !is_first) {
                status = merge_read(a, &a->plates[k], plate);
                a->n_plates--;
            }
            if (status)
                return status;
        }
    }
    return DLU_OK;
}

/* Each channel once, in the order in which files were given. */
static size_t list_channels(const assembly *a, const char *channels[MAX_CHANNELS])
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_imports; i++) {
        const char *channel = channel_of(a, i);
        bool known = !channel;
        for (size_t k = 0; k < n; k++)
            known = known || dlu_text_same(channels[k], channel);
        if (!known && n < MAX_CHANNELS)
            channels[n++] = channel;
    }
    return n;
}

static dlu_status add_channel_files(assembly *a)
{
    const char *channels[MAX_CHANNELS];
    size_t n = list_channels(a, channels), begin = a->n_plates;
    for (size_t c = 0; c < n; c++) {
        size_t first = plates_of_channel(a, channels[0]), here = plates_of_channel(a, channels[c]);
        if (here != first)
            return dlu_fail(a->err, DLU_E_INPUT, "channel-files-count", NULL,
                            "give the files of both luciferases in the same order, plate by plate",
                            "expected as many plates of %s as of %s, found %zu and %zu",
                            channels[c], channels[0], here, first);
        dlu_status status = add_channel(a, channels[c], begin, c == 0);
        if (status)
            return status;
    }
    return DLU_OK;
}

/* ---- all ---- */

static dlu_status add_all(assembly *a)
{
    size_t n = 1; /* room for one plate more than stays: the one being merged */
    for (size_t i = 0; i < a->n_imports; i++)
        n += a->imports[i]->n_plates;
    a->plates = dlu_arena_alloc(a->arena, n, sizeof *a->plates);
    if (!a->plates)
        return dlu_fail_memory(a->err);
    for (size_t i = 0; i < a->n_imports; i++) {
        for (size_t k = 0; !channel_of(a, i) && k < a->imports[i]->n_plates; k++) {
            dlu_source_plate *plate;
            dlu_status status = add_copy(a, i, k, &plate);
            if (status)
                return status;
        }
    }
    return add_channel_files(a);
}

/* First and second read of a plate that was told apart by order. */
static void say_by_order(const assembly *a, const dlu_by_order *told)
{
    const char *channels[2] = {"", ""};
    size_t n = 0;
    for (size_t i = 0; i < told->first->n_reads && n < 2; i++)
        if (told->first->reads[i].channel)
            channels[n++] = told->first->reads[i].channel;
    dlu_place at = {.file = told->first->file};
    const char *hint =
        dlu_arena_printf(a->arena, "if it is the other way round, say --channels 1=%s,2=%s",
                         channels[1], channels[0]);
    dlu_note(
        a->log, "channels-by-order", &at, hint,
        "%zu plate%s, first %s: the reads are not named; the first is taken for %s, the second "
        "for %s",
        told->n, told->n == 1 ? "" : "s", told->first->name, channels[0], channels[1]);
}

static dlu_status finish(assembly *a, const dlu_channel_choice *choice, dlu_plates *out)
{
    if (!dlu_plates_name(a->arena, a->plates, a->n_plates, a->log))
        return dlu_fail_memory(a->err);
    out->plates = dlu_arena_alloc(a->arena, a->n_plates + 1, sizeof *out->plates);
    dlu_by_order told = {0};
    if (!out->plates)
        return dlu_fail_memory(a->err);
    for (size_t i = 0; i < a->n_plates; i++) {
        out->plates[i] = a->plates[i].plate;
        dlu_status status =
            dlu_plate_channels(a->arena, &out->plates[i], choice, &told, a->log, a->err);
        if (status)
            return status;
        out->n_plates++;
    }
    if (told.n)
        say_by_order(a, &told);
    return DLU_OK;
}

dlu_status dlu_plates_assemble(const dlu_import *const *imports, const char *const *channel_of_file,
                               size_t n_imports, const dlu_channel_choice *choice, dlu_plates **out,
                               dlu_messages *log, dlu_error *err)
{
    *out = NULL;
    assembly a = {.imports = imports,
                  .channel_of = channel_of_file,
                  .n_imports = n_imports,
                  .arena = dlu_arena_new(),
                  .log = log,
                  .err = err};
    dlu_plates *plates = a.arena ? dlu_arena_alloc(a.arena, 1, sizeof *plates) : NULL;
    dlu_status status = plates ? add_all(&a) : dlu_fail_memory(err);
    if (!status)
        status = finish(&a, choice, plates);
    if (dlu_arena_failed(a.arena) || dlu_messages_failed(log))
        status = dlu_fail_memory(err);
    if (status) {
        dlu_arena_free(a.arena);
        return status;
    }
    plates->memory = a.arena;
    *out = plates;
    return DLU_OK;
}

void dlu_plates_free(dlu_plates *plates)
{
    if (plates)
        dlu_arena_free(plates->memory);
}
