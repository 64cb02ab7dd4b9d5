/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

dlu_status dlu_detected(const dlu_scan *scan, dlu_detection *out, dlu_certainty certainty,
                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    out->reason = dlu_arena_vprintf(scan->arena, format, args);
    va_end(args);
    out->certainty = certainty;
    return out->reason ? DLU_OK : DLU_E_NO_MEMORY;
}

/* ---- building ---- */

dlu_plate_build *dlu_job_plate(dlu_import_job *job, const char *name)
{
    for (size_t i = job->plates.n; i > 0; i--)
        if (strcmp(job->plates.items[i - 1]->plate.name, name) == 0)
            return job->plates.items[i - 1];
    if (job->plates.n >= DLU_MAX_PLATES) {
        dlu_place at = {.file = job->scan->book->file};
        dlu_fail(
            &job->full, DLU_E_LIMIT, "too-many-plates", &at,
            "give the plates of one experiment in one file; is the column plate the right one?",
            "expected at most %u plates in a file, found more", DLU_MAX_PLATES);
        return NULL;
    }
    dlu_plate_build *plate = dlu_arena_alloc(job->arena, 1, sizeof *plate);
    dlu_plate_build **slot = plate ? DLU_VEC_ADD(job->arena, &job->plates, DLU_MAX_PLATES) : NULL;
    if (!slot)
        return NULL;
    *slot = plate;
    plate->plate.name = dlu_arena_copy(job->arena, name);
    plate->plate.file = job->scan->book->file;
    return plate->plate.name ? plate : NULL;
}

dlu_read_build *dlu_job_read(dlu_import_job *job, dlu_plate_build *plate, const char *label,
                             dlu_place at)
{
    if (plate->reads.n >= DLU_MAX_READS) {
        dlu_fail(&job->full, DLU_E_LIMIT, "too-many-reads", &at,
                 "give fewer time points, or the plates apart in a column plate",
                 "expected at most %u reads of a plate, found more", DLU_MAX_READS);
        return NULL;
    }
    dlu_read_build *read = dlu_arena_alloc(job->arena, 1, sizeof *read);
    dlu_read_build **slot = read ? DLU_VEC_ADD(job->arena, &plate->reads, DLU_MAX_READS) : NULL;
    if (!slot)
        return NULL;
    *slot = read;
    read->read.label = dlu_arena_copy(job->arena, label);
    read->read.channel_why = "";
    read->read.at = at;
    return read->read.label ? read : NULL;
}

/*
 * Origins outlive the cells. They are shared by the readings that follow each other, numbers and
 * states apart, for a reader writes the same few texts.
 */
static const dlu_origin *origin_of(dlu_import_job *job, const dlu_light *light)
{
    const dlu_origin **last = *light->text ? &job->text_origin : &job->origin;
    if (*last && (*last)->file == light->at.file && (*last)->sheet == light->at.sheet &&
        (!*light->text || !strcmp((*last)->text, light->text)))
        return *last;
    dlu_origin *origin = dlu_arena_alloc(job->arena, 1, sizeof *origin);
    const char *text = *light->text ? dlu_arena_copy(job->arena, light->text) : "";
    if (!origin || !text)
        return NULL;
    *origin = (dlu_origin){light->at.file, light->at.sheet, text};
    *last = origin;
    return origin;
}

bool dlu_job_reserve(dlu_import_job *job, dlu_read_build *read, size_t n)
{
    if (read->readings.cap || !n)
        return true;
    read->readings.items = dlu_arena_grow(job->arena, NULL, 0, n, sizeof(dlu_reading));
    read->readings.cap = read->readings.items ? n : 0;
    return read->readings.items != NULL;
}

bool dlu_job_reading(dlu_import_job *job, dlu_read_build *read, const dlu_light *light)
{
    const dlu_origin *origin = origin_of(job, light);
    dlu_reading *slot = origin ? DLU_VEC_ADD(job->arena, &read->readings, DLU_MAX_CELLS) : NULL;
    if (!slot)
        return false;
    *slot = (dlu_reading){light->well, light->state,  light->value,
                          origin,      light->at.row, light->at.col};
    if (light->well >= DLU_WELL_TABLE_ROW)
        read->off_plate = true;
    return true;
}

bool dlu_job_mark(dlu_import_job *job, dlu_read_build *read, dlu_well well, dlu_read_state state,
                  const char *text)
{
    for (size_t i = 0; i < read->readings.n; i++) {
        dlu_reading *reading = &read->readings.items[i];
        if (reading->well != well)
            continue;
        const dlu_light light = {well, state, 0, text, dlu_reading_place(reading)};
        reading->origin = origin_of(job, &light);
        reading->state = state;
        reading->value = 0;
        return reading->origin != NULL;
    }
    return true;
}

void dlu_job_unsure(dlu_import_job *job, const dlu_cell *cell, dlu_place at)
{
    const dlu_numbers *numbers = &job->scan->numbers;
    if (numbers->unsure && job->told_unsure)
        return;
    job->told_unsure = numbers->unsure;
    if (numbers->unsure)
        dlu_problem(&job->problems, "number-ambiguous", &at,
                    "--decimal point reads the comma as a sign of thousands, --decimal comma as "
                    "the decimal sign",
                    "expected a number, found \"%s\", which is two numbers: nothing in the file "
                    "says whether its comma is a decimal sign",
                    cell->text);
    else
        dlu_problem(&job->problems, "number-unclear", &at,
                    "write numbers without signs of thousands, or tell the decimal sign with "
                    "--decimal point or --decimal comma",
                    "expected a number with a decimal %s, found \"%s\"",
                    numbers->decimal == ',' ? "comma" : "point", cell->text);
}

bool dlu_job_leave_out(dlu_import_job *job, dlu_place at, const char *why, const char *format, ...)
{
    if (job->left_out.n >= DLU_MAX_LEFT_OUT)
        return true;
    dlu_left_out *slot = DLU_VEC_ADD(job->arena, &job->left_out, DLU_MAX_LEFT_OUT);
    if (!slot)
        return false;
    va_list args;
    va_start(args, format);
    slot->what = dlu_arena_vprintf(job->arena, format, args);
    va_end(args);
    slot->why = dlu_arena_copy(job->arena, why);
    slot->at = at;
    return slot->what && slot->why;
}

bool dlu_job_sample(dlu_import_job *job, dlu_plate_build *plate, dlu_well well, const char *name,
                    dlu_place at)
{
    char *text = dlu_text_trimmed(job->arena, name);
    if (!text)
        return false;
    if (!*text || text[strspn(text, "-")] == '\0')
        return true;
    dlu_sample_name *slot = DLU_VEC_ADD(job->arena, &plate->samples, DLU_MAX_CELLS);
    if (slot)
        *slot = (dlu_sample_name){well, text, at};
    return slot != NULL;
}

/* ---- finishing ---- */

static int compare_wells(dlu_well a, const dlu_place *x, dlu_well b, const dlu_place *y)
{
    if (a != b)
        return a < b ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->col != y->col)
        return x->col < y->col ? -1 : 1;
    return dlu_text_compare(x->sheet, y->sheet);
}

static int by_well(const void *a, const void *b)
{
    const dlu_reading *x = a, *y = b;
    const dlu_place first = dlu_reading_place(x), second = dlu_reading_place(y);
    return compare_wells(x->well, &first, y->well, &second);
}

static bool same_reading(const dlu_reading *a, const dlu_reading *b)
{
    return a->state == b->state &&
           (a->state == DLU_READ_OK ? a->value == b->value
                                    : strcmp(a->origin->text, b->origin->text) == 0);
}

static const char *found(const dlu_reading *reading, char *number)
{
    return reading->state == DLU_READ_OK ? dlu_text_from_double(reading->value, number)
                                         : reading->origin->text;
}

static void say_twice(dlu_import_job *job, const dlu_reading *first, const dlu_reading *second,
                      const char *label)
{
    char name[DLU_WELL_NAME_SIZE], at[128], a[DLU_NUMBER_SIZE], b[DLU_NUMBER_SIZE];
    const dlu_place here = dlu_reading_place(second), there = dlu_reading_place(first);
    dlu_problem(&job->problems, "well-twice", &here,
                "give each well one value; several plates in one table need a column \"plate\"",
                "well %s%s%s: expected one value, found %s here and %s at %s",
                dlu_well_name(second->well, name), *label ? ", " : "", label, found(second, a),
                found(first, b), dlu_place_render(&there, at, sizeof at));
}

static bool is_in_order(const dlu_reading *list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (list[i - 1].well >= list[i].well)
            return false;
    return true;
}

/* Wells in order, each once. */
static void settle_read(dlu_import_job *job, dlu_read_build *build)
{
    dlu_reading *list = build->readings.items, twice = {0};
    size_t n = build->readings.n, kept = 0, n_twice = 0;
    char name[DLU_WELL_NAME_SIZE];
    bool in_order = is_in_order(list, n);
    if (!in_order)
        qsort(list, n, sizeof *list, by_well);
    for (size_t i = 0; i < n && !in_order; i++) {
        if (!kept || list[kept - 1].well != list[i].well)
            list[kept++] = list[i];
        else if (!same_reading(&list[kept - 1], &list[i]))
            say_twice(job, &list[kept - 1], &list[i], build->read.label);
        else if (n_twice++ == 0)
            twice = list[i];
    }
    const dlu_place at = n_twice ? dlu_reading_place(&twice) : (dlu_place){0};
    if (n_twice)
        dlu_warn(job->log, "well-repeated", &at, NULL,
                 "%zu well%s stand%s twice in one read with the same value, first %s; taken once",
                 n_twice, n_twice == 1 ? "" : "s", n_twice == 1 ? "s" : "",
                 dlu_well_name(twice.well, name));
    build->read.readings = list;
    build->read.n_readings = in_order ? n : kept;
}

/* The smallest of the usual plates, from 96 wells on, that has all wells of the read. */
static void fit_plate(dlu_plate *plate, const dlu_read_build *build)
{
    static const uint32_t sizes[][2] = {{8, 12}, {16, 24}, {32, 48}};
    uint32_t rows = 0, cols = 0;
    for (size_t i = 0; i < build->read.n_readings; i++) {
        dlu_well well = build->read.readings[i].well;
        if ((well >> 8) + 1 > rows)
            rows = (well >> 8) + 1;
        if ((well & 0xFF) + 1 > cols)
            cols = (well & 0xFF) + 1;
    }
    if (rows <= plate->n_rows && cols <= plate->n_cols)
        return;
    for (size_t i = 0; i < 3; i++) {
        plate->n_rows = sizes[i][0];
        plate->n_cols = sizes[i][1];
        if (rows <= sizes[i][0] && cols <= sizes[i][1])
            return;
    }
}

static int by_named_well(const void *a, const void *b)
{
    const dlu_sample_name *x = a, *y = b;
    return compare_wells(x->well, &x->at, y->well, &y->at);
}

/* Names in the order of wells, the first of each. */
static void settle_samples(dlu_import_job *job, dlu_plate_build *build)
{
    dlu_sample_name *list = build->samples.items;
    size_t n = build->samples.n, kept = 0, n_other = 0;
    const dlu_sample_name *first = NULL;
    dlu_sample_name other = {0};
    char name[DLU_WELL_NAME_SIZE];
    if (n > 1)
        qsort(list, n, sizeof *list, by_named_well);
    for (size_t i = 0; i < n; i++) {
        if (!kept || list[kept - 1].well != list[i].well) {
            list[kept++] = list[i];
        } else if (strcmp(list[kept - 1].name, list[i].name) != 0 && n_other++ == 0) {
            first = &list[kept - 1];
            other = list[i];
        }
    }
    if (n_other)
        dlu_warn(job->log, "sample-twice", &other.at,
                 "the plate map decides what is in a well; give it a column \"sample\" to say "
                 "which name is right",
                 "%zu well%s %s more than one name in the file, first %s: \"%s\" and \"%s\"; "
                 "the first is taken",
                 n_other, n_other == 1 ? "" : "s", n_other == 1 ? "has" : "have",
                 dlu_well_name(other.well, name), first->name, other.name);
    build->plate.samples = list;
    build->plate.n_samples = kept;
}

/*
 * Time points of one read next to each other: a file that goes through all reads at each time names
 * them in turn. Reads keep the place of their first time point.
 */
static bool gather_times(dlu_import_job *job, dlu_plate_build *build)
{
    size_t n = build->reads.n, k = 0;
    dlu_read_build **sorted = dlu_arena_alloc(job->arena, n + 1, sizeof(dlu_read_build *));
    bool *taken = dlu_arena_alloc(job->arena, n + 1, sizeof *taken);
    if (!sorted || !taken)
        return false;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i; j < n && !taken[i]; j++) {
            const dlu_read *a = &build->reads.items[i]->read, *b = &build->reads.items[j]->read;
            bool same = j == i || (a->has_time && b->has_time && !taken[j] &&
                                   a->calculated == b->calculated && !strcmp(a->label, b->label));
            if (!same)
                continue;
            sorted[k++] = build->reads.items[j];
            taken[j] = j > i;
        }
    }
    build->reads.items = sorted;
    return true;
}

static bool settle_plate(dlu_import_job *job, dlu_plate_build *build, dlu_plate *out)
{
    build->plate.reads =
        dlu_arena_alloc(job->arena, build->reads.n ? build->reads.n : 1, sizeof(dlu_read));
    if (!build->plate.reads || !gather_times(job, build))
        return false;
    for (int calculated = 0; calculated < 2; calculated++) { /* raw reads first */
        for (size_t i = 0; i < build->reads.n; i++) {
            dlu_read_build *read = build->reads.items[i];
            if (read->read.calculated != (calculated == 1))
                continue;
            settle_read(job, read);
            if (!read->off_plate)
                fit_plate(&build->plate, read);
            if (read->read.n_readings) /* a read without any well is none */
                build->plate.reads[build->plate.n_reads++] = read->read;
        }
    }
    settle_samples(job, build);
    *out = build->plate;
    return true;
}

dlu_status dlu_job_finish(dlu_import_job *job, dlu_import *import)
{
    const char *file = job->scan->book->file;
    import->plates =
        dlu_arena_alloc(job->arena, job->plates.n ? job->plates.n : 1, sizeof(dlu_plate));
    if (!import->plates)
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < job->plates.n; i++) {
        dlu_plate *plate = &import->plates[import->n_plates];
        if (!settle_plate(job, job->plates.items[i], plate))
            return dlu_fail_memory(job->err);
        import->n_plates += plate->n_reads > 0;
    }
    import->left_out = job->left_out.items;
    import->n_left_out = job->left_out.n;
    import->has_map = job->has_map;
    import->date = job->date;
    return dlu_problems_finish(&job->problems, file, job->log, job->err);
}
