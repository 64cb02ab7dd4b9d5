/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>
#include <stdlib.h>

#include "base/say.h"

/* Rearrangements of many wells: a plate turned, a row or a column shifted. */

#define MOST_LINES       12u
#define WELLS_FOR_A_TURN 3u
/* The wells that speak against may be a tenth of those that speak for. */
#define AGAINST 0.1

static void count_sides(const dlu_slips *s, const dlu_rearrangement *r, size_t *with,
                        size_t *against)
{
    *with = *against = 0;
    for (size_t i = 0; i < r->n; i++) {
        *with += s->wells[r->wells[i]].evidence >= DLU_SLIP_COUNTS;
        *against += s->wells[r->wells[i]].evidence <= -DLU_SLIP_COUNTS;
    }
}

static dlu_rearrangement turned(const dlu_slips *s, size_t p)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    size_t n = 0;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++, n++) {
        long row = (long)(s->experiment->wells[i].well >> 8);
        long col = (long)(s->experiment->wells[i].well & 0xFF);
        s->list[n] = i;
        s->sources[n] = dlu_slip_at(s, p, (long)s->plates[p].n_rows - 1 - row,
                                    (long)s->plates[p].n_cols - 1 - col);
    }
    return (dlu_rearrangement){p, s->list, s->sources, n};
}

static void say_turned(dlu_slips *s, const dlu_rearrangement *r, double odds)
{
    const dlu_plate *plate = s->experiment->plates[r->plate].plate;
    size_t with, against;
    count_sides(s, r, &with, &against);
    dlu_place at = {.file = plate->file};
    dlu_warn(s->log, "slip-turned", &at,
             "look where well A1 is in the reader; if the plate was turned, give the map of the "
             "turned plate, or read the plate again",
             "plate %s looks turned by 180 degrees: %zu wells are dark or bright where the map "
             "turned around says so and the map as given does not, %zu the other way (odds %s to "
             "1); %s",
             plate->name, with, against, dlu_slip_odds(s, odds), dlu_slip_evidence(s, r));
}

void dlu_slips_plates(dlu_slips *s)
{
    size_t n_plates = s->experiment->n_plates;
    for (size_t p = 0; p < n_plates; p++) {
        if (!s->plates[p].at)
            continue;
        dlu_rearrangement r = turned(s, p);
        double odds = dlu_slip_weigh(s, &r);
        size_t with, against;
        count_sides(s, &r, &with, &against);
        if (with < WELLS_FOR_A_TURN || (double)against > AGAINST * (double)with ||
            odds < log((double)n_plates / DLU_SLIP_ALPHA))
            continue;
        say_turned(s, &r, odds);
        dlu_slip_claim(s, r.wells, r.n);
    }
}

/* A row or a column, and the way its content went. */
typedef struct line {
    size_t plate;
    bool column;
    long number; /* from 0 */
    int step;    /* content stands so many places further right or down than in the map */
} line;

static dlu_rearrangement wells_of(const dlu_slips *s, const line *l)
{
    const dlu_slip_plate *p = &s->plates[l->plate];
    long length = (long)(l->column ? p->n_rows : p->n_cols);
    size_t n = 0;
    for (long k = 0; k < length; k++) {
        size_t well = l->column ? dlu_slip_at(s, l->plate, k, l->number)
                                : dlu_slip_at(s, l->plate, l->number, k);
        if (well == DLU_SLIP_NONE || s->wells[well].claimed)
            continue;
        s->list[n] = well;
        s->sources[n++] = l->column ? dlu_slip_at(s, l->plate, k - l->step, l->number)
                                    : dlu_slip_at(s, l->plate, l->number, k - l->step);
    }
    return (dlu_rearrangement){l->plate, s->list, s->sources, n};
}

/* Whether a slip of the only two wells that speak for the shift explains them as well. */
static bool is_of_two(dlu_slips *s, const dlu_rearrangement *r, double odds)
{
    size_t two[2], n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (s->wells[r->wells[i]].evidence >= DLU_SLIP_COUNTS && n++ < 2)
            two[n - 1] = r->wells[i];
    if (n != 2)
        return false;
    size_t sources[2] = {two[1], two[0]};
    dlu_well a = s->experiment->wells[two[0]].well, b = s->experiment->wells[two[1]].well;
    dlu_rearrangement swap = {r->plate, two, sources, 2};
    if (b - a != 1 && b - a != 0x100)
        return false;
    return dlu_slip_weigh(s, &swap) > odds - DLU_SLIP_COUNTS ||
           dlu_slip_may_be_double(s, two[0], two[1]) || dlu_slip_may_be_double(s, two[1], two[0]);
}

static bool is_shifted(dlu_slips *s, const line *l, double *odds)
{
    dlu_rearrangement r = wells_of(s, l);
    size_t with, against;
    if (r.n < 2)
        return false;
    *odds = dlu_slip_weigh(s, &r);
    count_sides(s, &r, &with, &against);
    return with >= 2 && (double)against <= AGAINST * (double)with && !is_of_two(s, &r, *odds);
}

/* The likeliest shift of the experiment; `looked` counts those that were weighed. */
static bool best_line(dlu_slips *s, line *best, double *best_odds, size_t *looked)
{
    *looked = 0;
    *best_odds = 0;
    for (size_t p = 0; p < s->experiment->n_plates; p++) {
        const dlu_slip_plate *plate = &s->plates[p];
        unsigned lines = plate->at ? plate->n_rows + plate->n_cols : 0;
        for (unsigned k = 0; k < 2 * lines; k++) {
            bool column = k / 2 >= plate->n_rows;
            line l = {p, column, (long)(column ? k / 2 - plate->n_rows : k / 2), k % 2 ? -1 : 1};
            double odds = 0;
            bool shifted = is_shifted(s, &l, &odds);
            *looked += odds != 0;
            if (shifted && odds > *best_odds) {
                *best = l;
                *best_odds = odds;
            }
        }
    }
    return *best_odds > 0;
}

static void say_line(dlu_slips *s, const line *l, const dlu_rearrangement *r, double odds)
{
    static const char *const ways[2][2] = {{"left", "right"}, {"up", "down"}};
    const dlu_plate *plate = s->experiment->plates[l->plate].plate;
    const char *number = l->column        ? dlu_slip_text(s, "column %ld", l->number + 1)
                         : l->number < 26 ? dlu_slip_text(s, "row %c", 'A' + (int)l->number)
                                          : dlu_slip_text(s, "row A%c", 'A' + (int)l->number - 26);
    size_t with, against;
    count_sides(s, r, &with, &against);
    dlu_place at = {.file = plate->file};
    dlu_warn(s->log, l->column ? "slip-shifted-column" : "slip-shifted-row", &at,
             "look at the record of the plate; if it was shifted, correct these wells in the map, "
             "or leave them out: use = 0, or --drop-wells",
             "plate %s: the wells of %s (%s) look shifted %s by one: %zu of them fit the "
             "map's neighbouring well better than their own, %zu worse (odds %s to 1); %s",
             plate->name, number, dlu_slip_names(s, r->wells, r->n), ways[l->column][l->step > 0],
             with, against, dlu_slip_odds(s, odds), dlu_slip_evidence(s, r));
}

void dlu_slips_lines(dlu_slips *s)
{
    line l;
    double odds;
    size_t looked, all = 0;
    for (unsigned k = 0; k < MOST_LINES && best_line(s, &l, &odds, &looked); k++) {
        all = looked > all ? looked : all;
        if (odds < log((double)all / DLU_SLIP_ALPHA))
            return;
        dlu_rearrangement r = wells_of(s, &l);
        dlu_slip_weigh(s, &r);
        say_line(s, &l, &r, odds);
        dlu_slip_claim(s, r.wells, r.n);
    }
}
