/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>

#include "base/say.h"

/* Below so many degrees of freedom the noise is not known and ratios are not asked. */
#define LEAST_DF 4

double dlu_slip_t_upper(double t, double df)
{
    double z = (8 * df + 1) / (8 * df + 3) * sqrt(df * log1p(t * t / df));
    double p = erfc(z * 0.70710678118654752440) / 2;
    return t < 0 ? 1 - p : p;
}

/* What it costs to see this where the map has that. */
static double cost(dlu_slip_light expected, dlu_slip_light seen)
{
    if (expected == DLU_LIGHT_BRIGHT && seen == DLU_LIGHT_DARK)
        return DLU_SLIP_DEAD;
    return expected == DLU_LIGHT_DARK && seen == DLU_LIGHT_BRIGHT ? DLU_SLIP_SHINES : 0;
}

/*
 * Light and dark. A place whose content went elsewhere, and to which nothing came, should be dark;
 * where it shines all the same, that speaks against the rearrangement.
 */
static double weigh_light(const dlu_slip_well *w, const dlu_slip_well *source)
{
    if (w->seen == DLU_LIGHT_UNKNOWN || (source && source->expected == DLU_LIGHT_UNKNOWN))
        source = NULL;
    if (w->seen == DLU_LIGHT_UNKNOWN || (!source && w->expected == DLU_LIGHT_UNKNOWN))
        return 0;
    double there = source                        ? cost(source->expected, w->seen)
                   : w->seen == DLU_LIGHT_BRIGHT ? DLU_SLIP_DEAD
                                                 : 0;
    return cost(w->expected, w->seen) - there;
}

/* -ln of the predictive density of y in a cell, but for what all cells share. */
static double surprise(const dlu_slip_cell *c, double y, double ms, double df)
{
    double widening = 1 + 1 / (double)c->n;
    double e = y - c->sum / (double)c->n;
    return (df + 1) / 2 * log1p(e * e / (ms * widening * df)) + log(widening) / 2;
}

/* Ratios: only cells that still have wells which no explanation moves can say what is theirs. */
static double weigh_ratio(const dlu_slips *s, dlu_slip_well *w, const dlu_slip_well *source)
{
    w->own = w->other = NAN;
    if (!source || isnan(w->ln_ratio) || w->cell == DLU_SLIP_NONE ||
        source->cell == DLU_SLIP_NONE || s->df < LEAST_DF || !(s->rss > 0))
        return 0;
    const dlu_slip_cell *own = &s->cells[w->cell], *other = &s->cells[source->cell];
    if (w->cell == source->cell || !own->n || !other->n)
        return 0;
    double ms = s->rss / s->df;
    w->own = own->sum / (double)own->n;
    w->other = other->sum / (double)other->n;
    double odds = surprise(own, w->ln_ratio, ms, s->df) - surprise(other, w->ln_ratio, ms, s->df);
    return fmax(-DLU_SLIP_SHINES, fmin(DLU_SLIP_SHINES, odds));
}

static bool moves(const dlu_slips *s, const dlu_rearrangement *r, size_t i)
{
    size_t own = s->wells[r->wells[i]].cell;
    return r->sources[i] == DLU_SLIP_NONE || s->wells[r->sources[i]].cell != own;
}

double dlu_slip_weigh(dlu_slips *s, const dlu_rearrangement *r)
{
    double sum = 0, rss = s->rss, df = s->df;
    for (size_t i = 0; i < r->n; i++)
        if (moves(s, r, i))
            dlu_slip_move(s, r->wells[i], -1);
    for (size_t i = 0; i < r->n; i++) {
        dlu_slip_well *w = &s->wells[r->wells[i]];
        const dlu_slip_well *source =
            r->sources[i] == DLU_SLIP_NONE ? NULL : &s->wells[r->sources[i]];
        w->evidence = weigh_light(w, source) + weigh_ratio(s, w, source);
        sum += w->evidence;
    }
    for (size_t i = 0; i < r->n; i++)
        if (moves(s, r, i))
            dlu_slip_move(s, r->wells[i], 1);
    s->rss = rss;
    s->df = df;
    return sum;
}

/*
 * Precedence: what explains most wells at once is asked first, and the wells it explains are told
 * of no more: a turned plate before a shifted line, a line before two wells, a swap before a
 * doubled well. Exchanged channels are a fault of a whole plate that moves no well, so they are
 * asked last, from the wells that are where they belong.
 */
dlu_status dlu_slips_find(const dlu_experiment *e, dlu_arena *arena, dlu_messages *log,
                          dlu_error *err)
{
    size_t n = e->n_wells + 1;
    if (!log) /* an analysis of variants: nobody listens */
        return DLU_OK;
    dlu_slips s = {.experiment = e, .arena = arena, .log = log};
    s.wells = dlu_arena_alloc(arena, n, sizeof *s.wells);
    s.plates = dlu_arena_alloc(arena, e->n_plates + 1, sizeof *s.plates);
    s.list = dlu_arena_alloc(arena, n, sizeof *s.list);
    s.sources = dlu_arena_alloc(arena, n, sizeof *s.sources);
    s.counts = dlu_arena_alloc(arena, n, sizeof *s.counts);
    s.values = dlu_arena_alloc(arena, n, sizeof *s.values);
    if (!s.wells || !s.plates || !s.list || !s.sources || !s.counts || !s.values)
        return dlu_fail_memory(err);
    dlu_status status = dlu_slips_light(&s, err);
    if (status != DLU_OK)
        return status;
    dlu_slips_plates(&s);
    dlu_slips_lines(&s);
    dlu_slips_swaps(&s);
    dlu_slips_doubles(&s);
    if (!dlu_slips_channels(&s))
        dlu_slips_site(&s);
    return s.failed ? dlu_fail_memory(err) : DLU_OK;
}
