/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The path without folders and without the last extension. */
static char *stem(dlu_arena *arena, const char *path)
{
    const char *name = path;
    for (const char *p = path; *p; p++)
        if (*p == '/' || *p == '\\')
            name = p + 1;
    const char *dot = strrchr(name, '.');
    return dlu_arena_copy_n(arena, name, dot && dot != name ? (size_t)(dot - name) : strlen(name));
}

static int by_name(const void *a, const void *b)
{
    const dlu_source_plate *x = *(dlu_source_plate *const *)a, *y = *(dlu_source_plate *const *)b;
    int names = strcmp(x->plate.name, y->plate.name);
    if (names)
        return names;
    return x < y ? -1 : x > y;
}

/* Replaces by the file's stem. */
static bool name_by_file(dlu_arena *arena, dlu_source_plate *p)
{
    char *name = stem(arena, p->plate.file);
    if (name && p->n > 1)
        name = dlu_arena_printf(arena, "%s#%zu", name, p->k + 1);
    p->plate.name = name;
    return name != NULL;
}

static bool differ_in_name(const dlu_source_plate *a, const dlu_source_plate *b)
{
    return strcmp(a->plate.name, b->plate.name) != 0;
}

/* Files of one stem in several folders, or one file twice: the later ones get a number. */
static bool number_equals(dlu_arena *arena, dlu_source_plate **sorted, size_t n, dlu_messages *log)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && !differ_in_name(sorted[i], sorted[end]))
            end++;
        for (size_t k = i + 1; k < end; k++) {
            dlu_place at = {.file = sorted[k]->plate.file};
            char *name = dlu_arena_printf(arena, "%s (%zu)", sorted[i]->plate.name, k - i + 1);
            if (!name)
                return false;
            dlu_warn(log, "plate-name-again", &at,
                     "rename one of the files, so that the plate map can tell them apart",
                     "a plate named \"%s\" came before, from %s; this one is called \"%s\"",
                     sorted[i]->plate.name, sorted[i]->plate.file, name);
            sorted[k]->plate.name = name;
        }
        i = end;
    }
    return true;
}

bool dlu_plates_name(dlu_arena *arena, dlu_source_plate *plates, size_t n, dlu_messages *log)
{
    dlu_source_plate **sorted = dlu_arena_alloc(arena, n + 1, sizeof(dlu_source_plate *));
    bool *replace = dlu_arena_alloc(arena, n + 1, sizeof *replace);
    if (!sorted || !replace)
        return false;
    for (size_t i = 0; i < n; i++)
        sorted[i] = &plates[i];
    if (n > 1)
        qsort(sorted, n, sizeof(dlu_source_plate *), by_name);
    for (size_t i = 0; i < n; i++)
        replace[i] = !*sorted[i]->plate.name ||
                     (i > 0 && !differ_in_name(sorted[i - 1], sorted[i])) ||
                     (i + 1 < n && !differ_in_name(sorted[i], sorted[i + 1]));
    for (size_t i = 0; i < n; i++)
        if (replace[i] && !name_by_file(arena, sorted[i]))
            return false;
    if (n > 1)
        qsort(sorted, n, sizeof(dlu_source_plate *), by_name);
    return number_equals(arena, sorted, n, log);
}
