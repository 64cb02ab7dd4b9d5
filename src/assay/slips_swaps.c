/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>

#include "base/say.h"

#define MOST_SWAPS 12u

/* The neighbour to the right (0) or below (1). */
static size_t neighbour(const dlu_slips *s, size_t i, int side)
{
    const dlu_assay_well *w = &s->experiment->wells[i];
    long row = (long)(w->well >> 8), col = (long)(w->well & 0xFF);
    return dlu_slip_at(s, w->plate, row + side, col + !side);
}

/* Two wells whose exchange would show: samples of two arms, or a sample and a blank. */
static bool could_show(const dlu_slips *s, size_t i, size_t j)
{
    const dlu_slip_well *a = &s->wells[i], *b = &s->wells[j];
    if (a->claimed || b->claimed || a->expected == DLU_LIGHT_UNKNOWN ||
        b->expected == DLU_LIGHT_UNKNOWN)
        return false;
    if (a->expected != b->expected)
        return a->seen != DLU_LIGHT_UNKNOWN && b->seen != DLU_LIGHT_UNKNOWN;
    return a->cell != DLU_SLIP_NONE && b->cell != DLU_SLIP_NONE &&
           s->cells[a->cell].arm != s->cells[b->cell].arm && !isnan(a->ln_ratio) &&
           !isnan(b->ln_ratio);
}

/* The likeliest exchange; both wells must say so. `looked` counts the pairs that were weighed. */
static bool best_swap(dlu_slips *s, size_t best[2], double *best_odds, size_t *looked)
{
    *looked = 0;
    *best_odds = 0;
    for (size_t i = 0; i < s->experiment->n_wells; i++) {
        for (int side = 0; side < 2; side++) {
            size_t j =
                s->plates[s->experiment->wells[i].plate].at ? neighbour(s, i, side) : DLU_SLIP_NONE;
            if (j == DLU_SLIP_NONE || !could_show(s, i, j))
                continue;
            size_t wells[2] = {i, j}, sources[2] = {j, i};
            dlu_rearrangement r = {s->experiment->wells[i].plate, wells, sources, 2};
            double odds = dlu_slip_weigh(s, &r);
            ++*looked;
            if (odds > *best_odds && s->wells[i].evidence >= DLU_SLIP_COUNTS &&
                s->wells[j].evidence >= DLU_SLIP_COUNTS) {
                best[0] = i;
                best[1] = j;
                *best_odds = odds;
            }
        }
    }
    return *best_odds > 0;
}

static void say_swap(dlu_slips *s, const dlu_rearrangement *r, double odds, size_t looked)
{
    const dlu_plate *plate = s->experiment->plates[r->plate].plate;
    dlu_place at = {.file = plate->file};
    dlu_warn(s->log, "slip-swapped", &at,
             "look at the record of the plate; if they were exchanged, correct both wells in the "
             "map, or leave them out: use = 0, or --drop-wells",
             "plate %s: the neighbours %s look exchanged (odds %s to 1, %zu pairs of neighbours "
             "looked at): %s",
             plate->name, dlu_slip_names(s, r->wells, r->n), dlu_slip_odds(s, odds), looked,
             dlu_slip_evidence(s, r));
}

void dlu_slips_swaps(dlu_slips *s)
{
    size_t pair[2], looked, all = 0;
    double odds;
    for (unsigned k = 0; k < MOST_SWAPS && best_swap(s, pair, &odds, &looked); k++) {
        all = looked > all ? looked : all;
        if (odds < log((double)all / DLU_SLIP_ALPHA))
            return;
        size_t sources[2] = {pair[1], pair[0]};
        dlu_rearrangement r = {s->experiment->wells[pair[0]].plate, pair, sources, 2};
        dlu_slip_weigh(s, &r);
        say_swap(s, &r, odds, all);
        dlu_slip_claim(s, pair, 2);
    }
}
