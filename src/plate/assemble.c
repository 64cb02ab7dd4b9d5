/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MAX_CHANNELS 16u

typedef struct assembly {
    const dlu_import *const *imports;
    dlu_file_pair *pairs; /* one a file */
    size_t n_imports;
    dlu_arena *arena;
    dlu_source_plate *plates;
    size_t n_plates;
    dlu_messages *log;
    dlu_error *err;
} assembly;

/* NULL where memory ran out. */
static dlu_source_plate *add_copy(assembly *a, size_t file, size_t k)
{
    dlu_source_plate *p = &a->plates[a->n_plates];
    *p = (dlu_source_plate){.file = file, .k = k, .n = a->imports[file]->n_plates};
    if (!dlu_plate_copy(a->arena, &a->imports[file]->plates[k], &p->plate))
        return NULL;
    a->n_plates++;
    return p;
}

/* ---- one file a luciferase ---- */

size_t dlu_plate_raw_reads(const dlu_plate *plate, size_t *first)
{
    size_t n = 0;
    *first = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i))
        if (!plate->reads[i].calculated && n++ == 0)
            *first = i;
    return n;
}

/* The one read of a file that is of one channel; its time points alone stay in the plate. */
static dlu_status name_single_read(assembly *a, dlu_plate *plate, const dlu_file_pair *pair)
{
    dlu_place at = {.file = plate->file};
    size_t first, n = dlu_plate_raw_reads(plate, &first);
    if (n != 1)
        return dlu_fail(a->err, DLU_E_INPUT, "channel-file-reads", &at,
                        "give the file without --firefly and --renilla, and say which read is "
                        "which with --channels",
                        "expected one read, as the file was given for %s alone, found %zu in plate "
                        "\"%s\"",
                        pair->channel, n, plate->name);
    const char *channel = dlu_arena_copy(a->arena, pair->channel);
    const char *why = pair->by_name
                          ? dlu_arena_printf(a->arena, "the file's name says %s", channel)
                          : dlu_arena_printf(a->arena, "the file was given for %s", channel);
    plate->n_reads = dlu_read_points(plate, first);
    plate->reads += first;
    for (size_t i = 0; i < plate->n_reads; i++) {
        plate->reads[i].channel = channel;
        plate->reads[i].channel_why = why;
    }
    return channel && why ? DLU_OK : dlu_fail_memory(a->err);
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
    size_t n = plate->n_reads + from->plate.n_reads;
    dlu_read *reads = dlu_arena_alloc(a->arena, n, sizeof *reads);
    if (!reads)
        return dlu_fail_memory(a->err);
    memcpy(reads, plate->reads, plate->n_reads * sizeof *reads);
    memcpy(reads + plate->n_reads, from->plate.reads, from->plate.n_reads * sizeof *reads);
    plate->reads = reads;
    plate->n_reads = n;
    if (!plate->n_samples) {
        plate->samples = from->plate.samples;
        plate->n_samples = from->plate.n_samples;
    }
    if (!*plate->name)
        plate->name = from->plate.name;
    if (from->plate.n_rows > plate->n_rows)
        plate->n_rows = from->plate.n_rows;
    if (from->plate.n_cols > plate->n_cols)
        plate->n_cols = from->plate.n_cols;
    return DLU_OK;
}

/* A file of that channel in the group of paired files. */
static bool is_of(const assembly *a, size_t file, size_t group, const char *channel)
{
    const dlu_file_pair *p = &a->pairs[file];
    return p->channel && p->group == group && dlu_text_same(p->channel, channel);
}

static size_t plates_of_channel(const assembly *a, size_t group, const char *channel)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_imports; i++)
        if (is_of(a, i, group, channel))
            n += a->imports[i]->n_plates;
    return n;
}

/* All plates of one channel's files: the first channel begins the plates, later ones join them. */
static dlu_status add_channel(assembly *a, size_t group, const char *channel, size_t begin,
                              bool is_first)
{
    size_t k = begin;
    for (size_t i = 0; i < a->n_imports; i++) {
        if (!is_of(a, i, group, channel))
            continue;
        for (size_t p = 0; p < a->imports[i]->n_plates; p++, k++) {
            dlu_source_plate *plate = add_copy(a, i, p);
            if (!plate)
                return dlu_fail_memory(a->err);
            dlu_status status = name_single_read(a, &plate->plate, &a->pairs[i]);
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

/* Each channel of the group once, in the order in which files were given. */
static size_t list_channels(const assembly *a, size_t group, const char *channels[MAX_CHANNELS])
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_imports; i++) {
        bool known = !a->pairs[i].channel || a->pairs[i].group != group;
        for (size_t k = 0; k < n && !known; k++)
            known = is_of(a, i, group, channels[k]);
        if (!known && n < MAX_CHANNELS)
            channels[n++] = a->pairs[i].channel;
    }
    return n;
}

static dlu_status add_group(assembly *a, size_t group)
{
    const char *channels[MAX_CHANNELS];
    size_t n = list_channels(a, group, channels), begin = a->n_plates;
    for (size_t c = 0; c < n; c++) {
        size_t first = plates_of_channel(a, group, channels[0]);
        size_t here = plates_of_channel(a, group, channels[c]);
        if (here != first)
            return dlu_fail(a->err, DLU_E_INPUT, "channel-files-count", NULL,
                            "give the files of both luciferases in the same order, plate by plate",
                            "expected as many plates of %s as of %s, found %zu and %zu",
                            channels[c], channels[0], here, first);
        dlu_status status = add_channel(a, group, channels[c], begin, c == 0);
        if (status)
            return status;
    }
    return DLU_OK;
}

/* ---- all ---- */

static bool find_pairs(assembly *a, const char *const *channel_of)
{
    a->pairs = dlu_arena_alloc(a->arena, a->n_imports + 1, sizeof *a->pairs);
    for (size_t i = 0; a->pairs && i < a->n_imports; i++)
        a->pairs[i].channel = channel_of ? channel_of[i] : NULL;
    return a->pairs && dlu_files_pair(a->arena, a->imports, a->n_imports, a->pairs, a->log);
}

/* A file of whole plates, or the first one of its group. */
static dlu_status add_file(assembly *a, size_t file)
{
    const dlu_file_pair *pair = &a->pairs[file];
    for (size_t i = 0; pair->channel && i < file; i++)
        if (a->pairs[i].channel && a->pairs[i].group == pair->group)
            return DLU_OK;
    if (pair->channel)
        return add_group(a, pair->group);
    for (size_t k = 0; k < a->imports[file]->n_plates; k++)
        if (!add_copy(a, file, k))
            return dlu_fail_memory(a->err);
    return DLU_OK;
}

static dlu_status add_all(assembly *a, const char *const *channel_of)
{
    size_t n = 1; /* room for one plate more than stays: the one being merged */
    if (!find_pairs(a, channel_of))
        return dlu_fail_memory(a->err);
    for (size_t i = 0; i < a->n_imports; i++)
        n += a->imports[i]->n_plates;
    a->plates = dlu_arena_alloc(a->arena, n, sizeof *a->plates);
    if (!a->plates)
        return dlu_fail_memory(a->err);
    for (size_t i = 0; i < a->n_imports; i++) {
        dlu_status status = add_file(a, i);
        if (status)
            return status;
    }
    return DLU_OK;
}

/* First and second read of a plate that was told apart by order. */
static void say_by_order(const assembly *a, const dlu_by_order *told)
{
    const char *channels[2] = {"", ""};
    size_t n = 0;
    for (size_t i = 0; i < told->first->n_reads && n < 2; i += dlu_read_points(told->first, i))
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
    dlu_status known = dlu_time_check(choice ? choice->time : NULL, a->err);
    if (known)
        return known;
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
    if (choice && choice->time && !told.n_times)
        dlu_warn(a->log, "time-unused", NULL, "leave --time out",
                 "--time %s: expected reads of several time points, found none", choice->time);
    return DLU_OK;
}

dlu_status dlu_plates_assemble(const dlu_import *const *imports, const char *const *channel_of_file,
                               size_t n_imports, const dlu_channel_choice *choice, dlu_plates **out,
                               dlu_messages *log, dlu_error *err)
{
    *out = NULL;
    assembly a = {.imports = imports,
                  .n_imports = n_imports,
                  .arena = dlu_arena_new(),
                  .log = log,
                  .err = err};
    dlu_plates *plates = a.arena ? dlu_arena_alloc(a.arena, 1, sizeof *plates) : NULL;
    bool kept = plates != NULL;
    for (size_t i = 0; kept && i < n_imports; i++)
        kept = dlu_arena_keep(a.arena, imports[i]->memory);
    dlu_status status = kept ? add_all(&a, channel_of_file) : dlu_fail_memory(err);
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
