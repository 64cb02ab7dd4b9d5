/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_ANALYZE_CSV_H
#define DLU_TEST_ANALYZE_CSV_H

#include <stdio.h>
#include <string.h>

#include <dualuc/dualuc.h>

/* Runs an analysis of tables written in the test, with the map in the data or beside it. */

typedef struct analysed {
    dlu_status status;
    dlu_result *result;
    dlu_messages *log;
    dlu_error err;
} analysed;

static analysed analyze_texts(const char *const *plates, size_t n_plates, const char *map,
                              const dlu_settings *settings)
{
    static const char *const names[] = {"p1.csv", "p2.csv", "p3.csv", "p4.csv"};
    dlu_source sources[4],
        map_source = {.name = "map.csv", .bytes = map, .n_bytes = map ? strlen(map) : 0};
    analysed a = {.log = dlu_messages_new()};
    dlu_job job = {.plates = sources, .n_plates = n_plates, .maps = &map_source};
    for (size_t i = 0; i < n_plates; i++)
        sources[i] =
            (dlu_source){.name = names[i], .bytes = plates[i], .n_bytes = strlen(plates[i])};
    job.n_maps = map != NULL;
    if (settings)
        job.settings = *settings;
    else
        dlu_settings_default(&job.settings);
    a.status = dlu_analyze(&job, &a.result, a.log, &a.err);
    return a;
}

static inline analysed analyze_text(const char *table, const dlu_settings *settings)
{
    return analyze_texts(&table, 1, NULL, settings);
}

static inline void analysed_free(analysed *a)
{
    dlu_result_free(a->result);
    dlu_messages_free(a->log);
}

static inline bool was_said(const analysed *a, const char *code)
{
    for (size_t i = 0; i < dlu_messages_count(a->log); i++)
        if (!strcmp(dlu_messages_get(a->log, i)->code, code))
            return true;
    return false;
}

/* The first comparison of a kind (and method, unless NULL), or NULL. */
static inline const dlu_comparison_row *comparison(const analysed *a, const char *kind,
                                                   const char *method)
{
    for (size_t i = 0; i < a->result->n_comparisons; i++) {
        const dlu_comparison_row *row = &a->result->comparisons[i];
        if (!strcmp(row->kind, kind) && (!method || !strcmp(row->method, method)))
            return row;
    }
    return NULL;
}

#endif
