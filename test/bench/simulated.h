/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BENCH_SIMULATED_H
#define DLU_BENCH_SIMULATED_H

#include <stdio.h>
#include <stdlib.h>

#include <dualuc/dualuc.h>

#include "report/variants.h"
#include "simulate/simulation.h"

/* A simulated experiment, read up to the point where plates and map meet. */

#define SIMULATED_MOST_DAYS 8u

typedef struct simulated {
    dlu_arena *arena;
    dlu_plates *plates; /* as tables of well, firefly, renilla */
    dlu_map *maps[1];
    const char *map_name;
    dlu_settings settings;
    dlu_material material; /* of the above */
} simulated;

static inline void give_up(const char *text)
{
    fprintf(stderr, "error: %s\n", text);
    exit(2);
}

static inline void simulated_read_plates(simulated *b, const dlu_simulation *s)
{
    dlu_import *imports[SIMULATED_MOST_DAYS];
    dlu_channel_choice choice = {.reporter = b->settings.reporter, .control = b->settings.control};
    dlu_import_options options = {0};
    dlu_error err;
    unsigned n = dlu_simulation_plate_count(s);
    if (n > SIMULATED_MOST_DAYS)
        give_up("too many days");
    for (unsigned i = 0; i < n; i++) {
        char name[24];
        dlu_bytes bytes;
        snprintf(name, sizeof name, "day%u.csv", i + 1);
        if (dlu_simulation_plate_csv(s, i, &bytes, &err))
            give_up(err.text);
        dlu_source source = {.name = name, .bytes = bytes.bytes, .n_bytes = bytes.n_bytes};
        if (dlu_import_read(&source, &options, &imports[i], NULL, &err))
            give_up(err.text);
        dlu_bytes_free(&bytes);
    }
    if (dlu_plates_assemble((const dlu_import *const *)imports, NULL, n, &choice, &b->plates, NULL,
                            &err))
        give_up(err.text);
    for (unsigned i = 0; i < n; i++)
        dlu_import_free(imports[i]);
}

static inline void simulated_read(simulated *b, const dlu_simulation *s)
{
    dlu_bytes bytes;
    dlu_error err;
    b->map_name = "map.csv";
    dlu_settings_default(&b->settings);
    b->arena = dlu_arena_new();
    if (!b->arena || dlu_simulation_map_csv(s, &bytes, &err))
        give_up("no memory");
    dlu_source source = {.name = b->map_name, .bytes = bytes.bytes, .n_bytes = bytes.n_bytes};
    if (dlu_map_read(&source, NULL, false, b->arena, &b->maps[0], NULL, &err))
        give_up(err.text);
    dlu_bytes_free(&bytes);
    simulated_read_plates(b, s);
    b->material = (dlu_material){b->plates, b->maps, 1, &b->map_name};
}

static inline void simulated_free(simulated *b)
{
    dlu_plates_free(b->plates);
    dlu_arena_free(b->arena);
}

#endif
