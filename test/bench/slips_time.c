/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <dualuc/dualuc.h>

#include "assay/slips.h"
#include "base/text.h"
#include "simulate/random.h"

/* How long the search for slips takes on a full plate of 1536 wells with 40 pairs: slips_time. */

#define WELLS    1536u
#define AN_ARM   9u
#define ARMS     162u
#define DEAD     31u /* every so manieth well is empty */
#define REPEATS  200
#define SETTLING 20

static void give_up(const char *text)
{
    fprintf(stderr, "slips_time: %s\n", text);
    exit(1);
}

static void add_well(dlu_buffer *table, unsigned i, dlu_random *random)
{
    static const char *const constructs[] = {"WT", "WT", "MUT", "MUT"};
    char name[DLU_WELL_NAME_SIZE];
    unsigned arm = i / AN_ARM;
    bool blank = arm >= ARMS, dark = blank || i % DEAD == 7;
    double transfection = dlu_random_normal(random, 0.25);
    double ratio = dlu_random_normal(random, 0.08) + (arm % 4 == 1 ? -0.6 : 0) + 0.01 * arm;
    double light = dark ? 0 : 400000 * exp(transfection);
    dlu_well_name((i / 48) << 8 | i % 48, name);
    dlu_buffer_printf(table, "%s,%.0f,%.0f,", name, 400 + light * exp(ratio), 600 + light);
    if (blank)
        dlu_buffer_add(table, "blank,,,,\n");
    else
        dlu_buffer_printf(table, "sample,G%u,%s,%s,%s\n", arm / 4,
                          arm / 4 == 40 ? "EV" : constructs[arm % 4],
                          arm % 2 ? "mimic" : "scramble", arm % 2 ? "miR-21" : "");
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const dlu_experiment *e)
{
    double times[REPEATS];
    dlu_error err;
    size_t said = 0;
    for (int i = -SETTLING; i < REPEATS; i++) {
        dlu_arena *arena = dlu_arena_new();
        dlu_messages *log = dlu_messages_new();
        double begin = milliseconds();
        if (!arena || !log || dlu_slips_find(e, arena, log, &err))
            give_up("no memory");
        if (i >= 0)
            times[i] = milliseconds() - begin;
        said = dlu_messages_count(log);
        dlu_messages_free(log);
        dlu_arena_free(arena);
    }
    qsort(times, REPEATS, sizeof *times, ascending);
    printf("%zu wells, %zu arms: %.2f ms median, %.2f ms least, %zu warnings\n", e->n_wells,
           e->n_arms, times[REPEATS / 2], times[0], said);
}

int main(void)
{
    dlu_buffer table = {0};
    dlu_random random;
    dlu_error err;
    dlu_random_seed(&random, 1);
    dlu_buffer_add(&table, "well,firefly,renilla,role,target,construct,treatment,mirna\n");
    for (unsigned i = 0; i < WELLS; i++)
        add_well(&table, i, &random);
    dlu_source source = {.name = "plate.csv", .bytes = table.bytes, .n_bytes = table.n};
    dlu_import_options options = {0};
    dlu_settings settings;
    dlu_settings_default(&settings);
    dlu_import *import = NULL;
    dlu_plates *plates;
    dlu_map *map;
    dlu_experiment *experiment;
    dlu_arena *arena = dlu_arena_new();
    if (table.failed || !arena || dlu_import_read(&source, &options, &import, NULL, &err))
        give_up(err.text);
    const dlu_import *imports[] = {import};
    dlu_channel_choice choice = {.reporter = settings.reporter, .control = settings.control};
    if (dlu_plates_assemble(imports, NULL, 1, &choice, &plates, NULL, &err) ||
        dlu_map_read(&source, NULL, true, arena, &map, NULL, &err) ||
        dlu_experiment_new(plates, &map, 1, &source.name, &settings, (dlu_variation){0}, arena,
                           &experiment, NULL, &err))
        give_up(err.text);
    measure(experiment);
    dlu_plates_free(plates);
    dlu_import_free(import);
    dlu_arena_free(arena);
    dlu_buffer_free(&table);
    return 0;
}
