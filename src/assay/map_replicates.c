/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

/*
 * Replicate numbers 1, 2, 3 on neighbouring wells: often wells of one transfection that were
 * counted, which would be tested as if they were independent.
 */

#define MAX_REPLICATE 1000000L

static int compare_doses(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(b) - isnan(a);
    return (a > b) - (a < b);
}

static int compare_arms(const dlu_map_row *a, const dlu_map_row *b)
{
    const char *const x[] = {a->plate, a->block, a->target, a->construct, a->treatment, a->mirna};
    const char *const y[] = {b->plate, b->block, b->target, b->construct, b->treatment, b->mirna};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        int order = dlu_text_compare(x[i], y[i]);
        if (order)
            return order;
    }
    return compare_doses(a->dose_nM, b->dose_nM);
}

/* By arm, then well. */
static int by_arm(const void *a, const void *b)
{
    const dlu_map_row *x = *(const dlu_map_row *const *)a, *y = *(const dlu_map_row *const *)b;
    int arms = compare_arms(x, y);
    if (arms)
        return arms;
    if (x->well != y->well)
        return x->well < y->well ? -1 : 1;
    return x < y ? -1 : x > y;
}

static bool counts(const dlu_map_row *row)
{
    return row->construct && row->treatment && row->use && row->well < DLU_WELL_TABLE_ROW;
}

/* One step right or one step down. */
static bool are_neighbours(dlu_well a, dlu_well b)
{
    return b == a + 1 || b == a + (1u << 8);
}

/* The wells of an arm, by well, are numbered 1 to n and each stands next to the one before. */
static bool is_counted_through(const dlu_map_row *const *rows, size_t n)
{
    long number;
    for (size_t i = 0; i < n; i++) {
        if (!rows[i]->replicate ||
            !dlu_text_integer(rows[i]->replicate, 1, MAX_REPLICATE, &number) ||
            (size_t)number != i + 1)
            return false;
        if (i > 0 && !are_neighbours(rows[i - 1]->well, rows[i]->well))
            return false;
    }
    return n >= 2;
}

static void warn(dlu_map_reader *r, const dlu_map_row *const *rows, size_t k, size_t n_arms)
{
    char first[DLU_WELL_NAME_SIZE], last[DLU_WELL_NAME_SIZE];
    const char *others =
        n_arms > 1 ? dlu_arena_printf(r->arena, "; %zu arms are numbered so", n_arms) : "";
    dlu_warn(
        r->log, "map-replicates-neighbours", &rows[0]->at, NULL,
        "replicate numbers 1 to %zu on the neighbouring wells %s to %s%s: read as %zu separate "
        "transfections; if these are wells of one, drop the column",
        k, dlu_well_name(rows[0]->well, first), dlu_well_name(rows[k - 1]->well, last),
        others ? others : "", k);
}

void dlu_map_check_replicates(dlu_map_reader *r)
{
    size_t n = 0, n_arms = 0, first = 0, k = 0;
    if (!r->map->has_replicate)
        return;
    const dlu_map_row **rows = dlu_arena_alloc(r->arena, r->map->n_rows + 1, sizeof *rows);
    if (!rows) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < r->map->n_rows; i++)
        if (counts(&r->map->rows[i]))
            rows[n++] = &r->map->rows[i];
    qsort(rows, n, sizeof *rows, by_arm);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && !compare_arms(rows[i], rows[end]); end++)
            ;
        if (!is_counted_through(&rows[i], end - i))
            continue;
        if (!n_arms++ || rows[i] < rows[first]) {
            first = i;
            k = end - i;
        }
    }
    if (n_arms)
        warn(r, &rows[first], k, n_arms);
}
