/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <dualuc/dualuc.h>

#include "simulated.h"

/*
 * How long the statistics of one 384-well plate with 40 pairs take, apart from reading it:
 * stats_time. Two transfections an arm, the empty vector and blanks fill 330 wells. Prints only.
 */

#define PAIRS    40u
#define REPEATS  100
#define SETTLING 10

enum { READING, UNITS, VERDICTS, PANEL, STEPS };
static const char *const steps[STEPS] = {"reading plate and map", "wells to units",
                                         "units to verdicts", "sensitivity panel"};

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* others' work does not count */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The rows of verdicts that the panel compares itself with. */
static dlu_result *analyze(const dlu_simulation *s)
{
    dlu_bytes plate, map;
    dlu_result *result;
    dlu_error err;
    if (dlu_simulation_plate_csv(s, 0, &plate, &err) || dlu_simulation_map_csv(s, &map, &err))
        give_up("no memory");
    dlu_source plate_source = {.name = "day1.csv", .bytes = plate.bytes, .n_bytes = plate.n_bytes};
    dlu_source map_source = {.name = "map.csv", .bytes = map.bytes, .n_bytes = map.n_bytes};
    dlu_job job = {.plates = &plate_source, .n_plates = 1, .maps = &map_source, .n_maps = 1};
    dlu_settings_default(&job.settings);
    if (dlu_analyze(&job, &result, NULL, &err))
        give_up(err.text);
    dlu_bytes_free(&plate);
    dlu_bytes_free(&map);
    return result;
}

static void measure(const dlu_simulation *s, const dlu_result *result, double times[STEPS])
{
    simulated b;
    dlu_experiment *e;
    dlu_verdicts *v;
    dlu_error err;
    double begin[STEPS + 1];
    begin[READING] = milliseconds();
    simulated_read(&b, s);
    begin[UNITS] = milliseconds();
    if (dlu_experiment_new(b.plates, b.maps, 1, &b.map_name, &b.settings, (dlu_variation){0},
                           b.arena, &e, NULL, &err))
        give_up(err.text);
    begin[VERDICTS] = milliseconds();
    if (dlu_wells_mark_outliers(e, b.arena, &err) || dlu_verdicts_new(e, b.arena, &v, NULL, &err))
        give_up(err.text);
    dlu_result copy = *result;
    copy.verdicts = dlu_arena_alloc(b.arena, result->n_verdicts, sizeof *copy.verdicts);
    if (!copy.verdicts || v->n != PAIRS)
        give_up("expected a verdict a pair");
    for (size_t i = 0; i < result->n_verdicts; i++)
        copy.verdicts[i] = result->verdicts[i];
    begin[PANEL] = milliseconds();
    if (dlu_sensitivity(&b.material, &b.settings, b.arena, &copy, &err))
        give_up(err.text);
    begin[STEPS] = milliseconds();
    for (int k = 0; k < STEPS; k++)
        times[k] = begin[k + 1] - begin[k];
    simulated_free(&b);
}

int main(void)
{
    static double times[STEPS][REPEATS];
    dlu_simulate_options options = {.wells = 384, .blocks = 1, .pairs = PAIRS, .seed = 1};
    dlu_simulate_model model;
    dlu_simulation *s;
    dlu_error err;
    double sum = 0;
    dlu_simulate_model_default(&model);
    model.wells_an_arm = 2;
    if (dlu_simulation_from_model(&options, &model, &s, &err))
        give_up(err.text);
    dlu_result *result = analyze(s);
    for (int i = -SETTLING; i < REPEATS; i++) {
        double once[STEPS];
        measure(s, result, once);
        for (int k = 0; i >= 0 && k < STEPS; k++)
            times[k][i] = once[k];
    }
    for (int k = 0; k < STEPS; k++) {
        qsort(times[k], REPEATS, sizeof *times[k], ascending);
        printf("%-22s %7.2f ms median, %7.2f ms least\n", steps[k], times[k][REPEATS / 2],
               times[k][0]);
        sum += k >= VERDICTS ? times[k][REPEATS / 2] : 0;
    }
    printf("%-22s %7.2f ms, from units to verdicts with the panel\n", "statistics", sum);
    dlu_result_free(result);
    dlu_simulation_free(s);
    return 0;
}
