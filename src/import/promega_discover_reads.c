/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_discover.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Counts the turns of each well; *uneven is a well that stands less often than another. */
static bool count_turns(dlu_discover_section *s, dlu_discover_group *g,
                        const dlu_discover_item **uneven, uint32_t *stands)
{
    uint32_t *turns = dlu_arena_alloc(s->job->arena, DLU_DISCOVER_WELLS, sizeof *turns);
    *uneven = NULL;
    for (size_t i = 0; turns && i < g->items.n; i++) {
        dlu_discover_item *it = &g->items.items[i];
        it->turn = turns[it->well]++;
        if (turns[it->well] > g->n_turns)
            g->n_turns = turns[it->well];
    }
    for (size_t i = 0; turns && i < g->items.n && !*uneven; i++) {
        *stands = turns[g->items.items[i].well];
        if (*stands < g->n_turns)
            *uneven = &g->items.items[i];
    }
    return turns != NULL;
}

/* The index of the row's name in the column; n_turns where there are too many names. */
static size_t name_of(const dlu_discover_section *s, dlu_discover_group *g, uint32_t row,
                      uint32_t col)
{
    const char *text = dlu_sheet_text(s->h.sheet, row, col);
    for (size_t i = 0; i < g->names.n; i++)
        if (strcmp(g->names.items[i], text) == 0)
            return i;
    const char **slot = DLU_VEC_ADD(s->job->arena, &g->names, g->n_turns);
    if (slot)
        *slot = text;
    return slot ? g->names.n - 1 : g->n_turns;
}

/* True where no well has a value of the column twice, and there are as many values as turns. */
static bool separates(const dlu_discover_section *s, dlu_discover_group *g, uint32_t col)
{
    bool *seen =
        dlu_arena_alloc(s->job->arena, (size_t)g->n_turns * DLU_DISCOVER_WELLS, sizeof *seen);
    g->names.n = 0;
    for (size_t i = 0; seen && i < g->items.n; i++) {
        const dlu_discover_item *it = &g->items.items[i];
        size_t name = name_of(s, g, it->row, col);
        if (name >= g->n_turns || seen[name * DLU_DISCOVER_WELLS + it->well])
            return false;
        seen[name * DLU_DISCOVER_WELLS + it->well] = true;
    }
    return seen && g->names.n == g->n_turns;
}

/* Numbers in their order, names as they come. */
static int by_number(const void *a, const void *b)
{
    return dlu_text_natural(*(const char *const *)a, *(const char *const *)b);
}

static void sort_numbers(dlu_discover_group *g)
{
    double number;
    for (size_t i = 0; i < g->names.n; i++)
        if (!dlu_text_number(g->names.items[i], '.', &number))
            return;
    qsort(g->names.items, g->names.n, sizeof *g->names.items, by_number);
}

bool dlu_discover_settle(dlu_discover_section *s, dlu_discover_group *g)
{
    char name[DLU_WELL_NAME_SIZE];
    const dlu_discover_item *uneven;
    uint32_t stands = 0;
    if (!count_turns(s, g, &uneven, &stands))
        return false;
    for (size_t i = 0; g->n_turns > 1 && !g->key && i < s->h.n_keys; i++)
        if (separates(s, g, s->h.keys[i]))
            g->key = s->h.keys[i];
    if (g->key)
        sort_numbers(g);
    for (size_t i = 0; g->key && i < g->items.n; i++)
        g->items.items[i].turn = (uint32_t)name_of(s, g, g->items.items[i].row, g->key);
    if (g->key || !uneven)
        return true;
    dlu_place at = dlu_book_place(s->job->scan->book, s->h.sheet, uneven->row, s->h.well);
    dlu_problem(&s->job->problems, "discover-uneven", &at,
                "was the file cut short or edited? Export it again",
                "expected every well once a read, found %s in %u row%s and another well in %u, and "
                "no column that says which read a row is of",
                dlu_well_name(uneven->well, name), stands, stands == 1 ? "" : "s", g->n_turns);
    return true;
}

const char *dlu_discover_label(const dlu_discover_section *s, const dlu_discover_group *g,
                               uint32_t turn, uint32_t col)
{
    const char *light = dlu_sheet_text(s->h.sheet, s->h.row, col);
    const char *name = g->key ? g->names.items[turn] : "";
    double number;
    if (g->key && dlu_text_number(name, '.', &number))
        name = dlu_arena_printf(s->job->arena, "%s %s",
                                dlu_sheet_text(s->h.sheet, s->h.row, g->key), name);
    if (!name || !*name || s->h.n_light < 2)
        return name && !*name ? light : name;
    return dlu_arena_printf(s->job->arena, "%s %s", name, light);
}
