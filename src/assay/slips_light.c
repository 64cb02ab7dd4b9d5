/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>
#include <stdlib.h>

#include "base/moments.h"
#include "base/say.h"
#include "base/text.h"

/* ln 10: with less between bright and dark, which is which cannot be told. */
#define LEAST_GAP 2.302585092994046
/* Without blanks a well counts as dark under 5 % of the plate's usual light. */
#define LN_DARK_FRACTION (-2.995732273553991)
#define LEAST_LIGHT      1e-7 /* of the plate's brightest, so that 0 has a logarithm */

#define GRID ((size_t)DLU_WELL_MAX_ROWS * DLU_WELL_MAX_COLS)

static dlu_slip_light expected_of(const dlu_assay_well *w)
{
    const dlu_map_row *map = w->map;
    if (!map || !map->use || w->dropped)
        return DLU_LIGHT_UNKNOWN;
    if (map->role == DLU_ROLE_SAMPLE)
        return DLU_LIGHT_BRIGHT;
    return map->role == DLU_ROLE_BLANK || map->role == DLU_ROLE_BLANK_BUFFER ? DLU_LIGHT_DARK
                                                                             : DLU_LIGHT_UNKNOWN;
}

/* The smallest kind of plate that holds all wells; rotation is about its centre. */
static bool size_plate(const dlu_slips *s, size_t p)
{
    static const unsigned rows[] = {8, 16, 32}, cols[] = {12, 24, 48};
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    unsigned r = plate->plate->n_rows, c = plate->plate->n_cols, k = 0;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        dlu_well well = s->experiment->wells[i].well;
        if (well >= DLU_WELL_TABLE_ROW)
            return false;
        r = (well >> 8) + 1 > r ? (well >> 8) + 1 : r;
        c = (well & 0xFF) + 1 > c ? (well & 0xFF) + 1 : c;
    }
    while (k < 2 && (r > rows[k] || c > cols[k]))
        k++;
    s->plates[p].n_rows = rows[k];
    s->plates[p].n_cols = cols[k];
    return r <= rows[k] && c <= cols[k] && plate->n_wells > 0;
}

static bool place_wells(const dlu_slips *s, size_t p)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    if (!size_plate(s, p))
        return true;
    size_t *at = dlu_arena_alloc(s->arena, GRID, sizeof *at);
    if (!at)
        return false;
    for (size_t i = 0; i < GRID; i++)
        at[i] = DLU_SLIP_NONE;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        dlu_well well = s->experiment->wells[i].well;
        at[(well >> 8) * DLU_WELL_MAX_COLS + (well & 0xFF)] = i;
    }
    s->plates[p].at = at;
    return true;
}

size_t dlu_slip_at(const dlu_slips *s, size_t plate, long row, long col)
{
    const dlu_slip_plate *p = &s->plates[plate];
    if (!p->at || row < 0 || col < 0 || row >= (long)p->n_rows || col >= (long)p->n_cols)
        return DLU_SLIP_NONE;
    return p->at[(size_t)row * DLU_WELL_MAX_COLS + (size_t)col];
}

static double brightest(const dlu_experiment *e, const dlu_assay_plate *p)
{
    double most = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        for (int c = 0; c < DLU_CHANNELS; c++)
            most = e->wells[i].raw[c] > most ? e->wells[i].raw[c] : most;
    return most;
}

/* Mean ln light of both channels: bright in either is bright. NaN where a channel has no value. */
static double light_of(const dlu_assay_well *w, double least)
{
    double a = w->raw[DLU_REPORTER], b = w->raw[DLU_CONTROL];
    return (log(a > least ? a : least) + log(b > least ? b : least)) / 2 + (a + b) * 0;
}

static bool overflowed(const dlu_assay_well *w)
{
    for (int c = 0; c < DLU_CHANNELS; c++)
        if (w->reading[c] && w->reading[c]->state == DLU_READ_OVERFLOW)
            return true;
    return false;
}

/*
 * The light between dark and bright, or NaN where they cannot be told apart. It does not ask where
 * the map has its blanks, only how many there are: as many wells are dark, whichever they are.
 */
static double threshold_of(const dlu_slips *s, const dlu_assay_plate *p, double least)
{
    size_t n = 0, blanks = 0, samples = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        double light = light_of(&s->experiment->wells[i], least);
        blanks += s->wells[i].expected == DLU_LIGHT_DARK;
        samples += s->wells[i].expected == DLU_LIGHT_BRIGHT;
        if (!isnan(light))
            s->values[n++] = light;
    }
    if (samples == 0 || samples > n || blanks > n)
        return NAN;
    dlu_median(s->values, n); /* sorts */
    double bright = dlu_median(s->values + (n - samples), samples);
    double dark = blanks ? dlu_median(s->values, blanks) : bright + 2 * LN_DARK_FRACTION;
    return bright - dark < LEAST_GAP ? NAN : (bright + dark) / 2;
}

static double median_of(const dlu_slips *s, const dlu_assay_plate *p, int channel,
                        dlu_slip_light expected, dlu_slip_light seen)
{
    size_t n = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        if (s->wells[i].expected == expected && s->wells[i].seen == seen &&
            !isnan(s->experiment->wells[i].raw[channel]))
            s->values[n++] = s->experiment->wells[i].raw[channel];
    return n ? dlu_median(s->values, n) : NAN;
}

/* Blanks that are dark give the background, not the plate's blank: that may hold a bright well. */
static void set_background(dlu_slips *s, size_t p)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    dlu_slip_plate *to = &s->plates[p];
    for (int c = 0; c < DLU_CHANNELS; c++) {
        double b = median_of(s, plate, c, DLU_LIGHT_DARK, DLU_LIGHT_DARK);
        if (isnan(b))
            b = median_of(s, plate, c, DLU_LIGHT_BRIGHT, DLU_LIGHT_DARK);
        if (isnan(b))
            b = median_of(s, plate, c, DLU_LIGHT_DARK, DLU_LIGHT_UNKNOWN);
        to->background[c] = isnan(b) ? 0 : b;
        to->bright[c] = median_of(s, plate, c, DLU_LIGHT_BRIGHT, DLU_LIGHT_BRIGHT);
    }
}

static void see_plate(dlu_slips *s, size_t p)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    double least = LEAST_LIGHT * brightest(s->experiment, plate);
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++)
        s->wells[i].expected = expected_of(&s->experiment->wells[i]);
    double threshold = least > 0 ? threshold_of(s, plate, least) : NAN;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        const dlu_assay_well *w = &s->experiment->wells[i];
        double light = light_of(w, least);
        if (!isnan(threshold) && overflowed(w))
            s->wells[i].seen = DLU_LIGHT_BRIGHT;
        else if (!isnan(threshold) && !isnan(light))
            s->wells[i].seen = light > threshold ? DLU_LIGHT_BRIGHT : DLU_LIGHT_DARK;
    }
    set_background(s, p);
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        dlu_slip_well *w = &s->wells[i];
        for (int c = 0; c < DLU_CHANNELS; c++) {
            double net = s->experiment->wells[i].raw[c] - s->plates[p].background[c];
            w->ln[c] = net > 0 && w->seen != DLU_LIGHT_DARK ? log(net) : NAN;
        }
        w->ln_ratio = w->ln[DLU_REPORTER] - w->ln[DLU_CONTROL];
        if (isnan(w->ln_ratio))
            w->ln[DLU_REPORTER] = w->ln[DLU_CONTROL] = NAN;
    }
}

typedef struct keyed {
    const dlu_assay_well *well;
    const char *block;
    size_t index;
} keyed;

static int by_cell(const keyed *a, const keyed *b)
{
    const dlu_assay_well *x = a->well, *y = b->well;
    int order = (x->plate > y->plate) - (x->plate < y->plate);
    if (!order)
        order = (x->arm > y->arm) - (x->arm < y->arm);
    return order ? order : dlu_text_compare(a->block, b->block);
}

static int by_cell_and_index(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = by_cell(x, y);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Replicates of an arm on a plate stand together: their spread belongs to the noise as well. */
static dlu_status make_cells(dlu_slips *s, dlu_error *err)
{
    const dlu_experiment *e = s->experiment;
    keyed *list = dlu_arena_alloc(s->arena, e->n_wells + 1, sizeof *list);
    s->cells = dlu_arena_alloc(s->arena, e->n_wells + 1, sizeof *s->cells);
    size_t n = 0;
    if (!list || !s->cells)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < e->n_wells; i++) {
        s->wells[i].cell = DLU_SLIP_NONE;
        if (s->wells[i].expected == DLU_LIGHT_BRIGHT && e->wells[i].arm != DLU_NO_ARM)
            list[n++] = (keyed){&e->wells[i], e->block_column ? e->wells[i].map->block : NULL, i};
    }
    qsort(list, n, sizeof *list, by_cell_and_index);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || by_cell(&list[i - 1], &list[i]) != 0)
            s->cells[s->n_cells++] =
                (dlu_slip_cell){.arm = list[i].well->arm, .plate = list[i].well->plate};
        s->wells[list[i].index].cell = s->n_cells - 1;
        dlu_slip_move(s, list[i].index, 1);
    }
    return DLU_OK;
}

static double rss_of(const dlu_slip_cell *c)
{
    double rss = c->n ? c->squares - c->sum * c->sum / (double)c->n : 0;
    return rss > 0 ? rss : 0;
}

void dlu_slip_move(dlu_slips *s, size_t well, int sign)
{
    const dlu_slip_well *w = &s->wells[well];
    if (w->cell == DLU_SLIP_NONE || w->claimed || isnan(w->ln_ratio))
        return;
    dlu_slip_cell *c = &s->cells[w->cell];
    s->rss -= rss_of(c);
    s->df -= c->n ? (double)(c->n - 1) : 0;
    c->n = sign > 0 ? c->n + 1 : c->n - 1;
    c->sum += sign * w->ln_ratio;
    c->squares += sign * w->ln_ratio * w->ln_ratio;
    s->rss += rss_of(c);
    s->df += c->n ? (double)(c->n - 1) : 0;
}

void dlu_slip_claim(dlu_slips *s, const size_t *wells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dlu_slip_move(s, wells[i], -1);
        s->wells[wells[i]].claimed = true;
    }
}

dlu_status dlu_slips_light(dlu_slips *s, dlu_error *err)
{
    for (size_t p = 0; p < s->experiment->n_plates; p++) {
        if (!place_wells(s, p))
            return dlu_fail_memory(err);
        see_plate(s, p);
    }
    return make_cells(s, err);
}
