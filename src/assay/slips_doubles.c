/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>

#include "base/say.h"
#include "base/text.h"

/*
 * An empty well beside one with about twice the light. Twice is not much where wells differ by a
 * quarter in transfection, so the doubled well is tested against the noise of its plate; the ratio
 * helps where the wells belong to arms that differ.
 */

#define NEAR_BLANK  0.05 /* of the net light of the plate's bright wells, in both channels */
#define LEAST_DF    4
#define LEAST_TIMES 0.4054651081081644 /* ln 1.5 */
#define MAY_BE      0.05
#define MISFIT      0.005 /* one-sided: the double must not be unlike a double */

/* Control light of a plate's samples, on logarithms: noise within and between cells. */
typedef struct levels {
    size_t n, k;
    double mean;
    double within, between; /* variances */
    double df;
} levels;

static bool is_level(const dlu_slips *s, size_t i, size_t without)
{
    const dlu_slip_well *w = &s->wells[i];
    return i != without && !w->claimed && w->cell != DLU_SLIP_NONE && !isnan(w->ln_ratio);
}

/* The mean ln control light of a cell but for one well; n is 0 where there is no other. */
static double cell_level(const dlu_slips *s, size_t p, size_t cell, size_t without, size_t *n)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    double sum = 0;
    *n = 0;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        if (!is_level(s, i, without) || s->wells[i].cell != cell)
            continue;
        sum += s->wells[i].ln[DLU_CONTROL];
        ++*n;
    }
    return *n ? sum / (double)*n : NAN;
}

/* One-way analysis of variance with random cells, by its mean squares (Searle 1971, ch. 9). */
static bool find_levels(const dlu_slips *s, size_t p, size_t without, levels *out)
{
    const dlu_assay_plate *plate = &s->experiment->plates[p];
    double *sums = s->values;
    size_t *counts = s->counts, first = s->n_cells, last = 0;
    double total = 0, squares = 0, between = 0, n_squares = 0;
    *out = (levels){0};
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        size_t cell = s->wells[i].cell;
        if (cell == DLU_SLIP_NONE)
            continue;
        first = cell < first ? cell : first;
        last = cell > last ? cell : last;
    }
    for (size_t c = first; c <= last && c < s->n_cells; c++)
        sums[c] = 0, counts[c] = 0;
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++) {
        if (!is_level(s, i, without))
            continue;
        sums[s->wells[i].cell] += s->wells[i].ln[DLU_CONTROL];
        counts[s->wells[i].cell]++;
        total += s->wells[i].ln[DLU_CONTROL];
        out->n++;
    }
    if (!out->n)
        return false;
    out->mean = total / (double)out->n;
    for (size_t c = first; c <= last; c++) {
        if (!counts[c])
            continue;
        double n = (double)counts[c], d = sums[c] / n - out->mean;
        out->k++;
        between += n * d * d;
        n_squares += n * n;
    }
    for (size_t i = plate->first_well; i < plate->first_well + plate->n_wells; i++)
        if (is_level(s, i, without)) {
            size_t c = s->wells[i].cell;
            double d = s->wells[i].ln[DLU_CONTROL] - sums[c] / (double)counts[c];
            squares += d * d;
        }
    out->df = (double)(out->n - out->k);
    if (out->df < LEAST_DF || out->k < 2 || !(squares > 0))
        return false;
    out->within = squares / out->df;
    double n0 = ((double)out->n - n_squares / (double)out->n) / (double)(out->k - 1);
    out->between = (between / (double)(out->k - 1) - out->within) / n0;
    out->between = out->between > 0 ? out->between : 0;
    return true;
}

/* Best linear prediction of one more well of a cell: between the plate's mean and the cell's. */
static double predict(const dlu_slips *s, size_t p, const levels *l, size_t cell, size_t without,
                      double *variance)
{
    size_t n;
    double own = cell_level(s, p, cell, without, &n);
    double weight = n && l->between > 0 ? l->between / (l->between + l->within / (double)n) : 0;
    *variance = l->within * (1 + 1 / (double)l->n) + l->between * (1 - weight + 1 / (double)l->k);
    return weight > 0 ? l->mean + weight * (own - l->mean) : l->mean;
}

typedef struct doubled {
    size_t empty, full;
    double times; /* control light against what was predicted */
    double p;
} doubled;

/*
 * The ratio of the well against that of a mixture. Returns a one-sided p of a shift towards the
 * mixture, 1 where the ratio does not fit it, NaN where it cannot tell.
 */
static double test_ratio(dlu_slips *s, const doubled *d, double parts)
{
    const dlu_slip_well *full = &s->wells[d->full], *empty = &s->wells[d->empty];
    const dlu_slip_cell *own = &s->cells[full->cell], *other = &s->cells[empty->cell];
    double p = NAN;
    dlu_slip_move(s, d->full, -1);
    if (own->n && other->n && s->df >= LEAST_DF && s->rss > 0) {
        double a = own->sum / (double)own->n, b = other->sum / (double)other->n;
        double mix = log((exp(a) + parts * exp(b)) / (1 + parts));
        double se = sqrt(s->rss / s->df * (1 + 1 / (double)own->n));
        double unlike = dlu_slip_t_upper(fabs(full->ln_ratio - mix) / se, s->df);
        if (unlike < MISFIT)
            p = 1;
        else if (fabs(mix - a) > 2 * se)
            p = dlu_slip_t_upper((full->ln_ratio - a) / (mix > a ? se : -se), s->df);
    }
    dlu_slip_move(s, d->full, 1);
    return p;
}

/* p of a well as bright as this by chance, both channels together (Fisher 1932); 1 if it does not
 * look like a double. */
static void test_double(dlu_slips *s, size_t p, doubled *d)
{
    levels l;
    double variance, unused;
    d->p = 1;
    if (!find_levels(s, p, d->full, &l))
        return;
    const dlu_slip_well *full = &s->wells[d->full];
    double expected = predict(s, p, &l, full->cell, d->full, &variance);
    double lost = predict(s, p, &l, s->wells[d->empty].cell, d->full, &unused);
    double excess = full->ln[DLU_CONTROL] - expected, se = sqrt(variance);
    double parts = exp(lost - expected);
    d->times = exp(excess);
    if (excess < LEAST_TIMES || dlu_slip_t_upper(fabs(excess - log1p(parts)) / se, l.df) < MISFIT)
        return;
    double p_light = dlu_slip_t_upper(excess / se, l.df);
    double p_ratio = test_ratio(s, d, parts);
    double q = p_light * p_ratio;
    d->p = isnan(p_ratio) ? p_light : p_ratio < 1 ? q * (1 - log(q)) : 1;
}

bool dlu_slip_may_be_double(dlu_slips *s, size_t empty, size_t full)
{
    doubled d = {.empty = empty, .full = full};
    if (!is_level(s, full, DLU_SLIP_NONE) || s->wells[empty].cell == DLU_SLIP_NONE ||
        s->wells[empty].seen != DLU_LIGHT_DARK)
        return false;
    test_double(s, s->experiment->wells[full].plate, &d);
    return d.p < MAY_BE;
}

static bool is_empty(const dlu_slips *s, size_t i)
{
    const dlu_assay_well *w = &s->experiment->wells[i];
    const dlu_slip_plate *p = &s->plates[w->plate];
    if (s->wells[i].claimed || s->wells[i].cell == DLU_SLIP_NONE ||
        s->wells[i].seen != DLU_LIGHT_DARK || !p->at)
        return false;
    for (int c = 0; c < DLU_CHANNELS; c++)
        if (!(w->raw[c] - p->background[c] < NEAR_BLANK * (p->bright[c] - p->background[c])))
            return false;
    return true;
}

static size_t beside(const dlu_slips *s, size_t i, int side)
{
    static const int down[] = {0, 0, -1, 1}, right[] = {-1, 1, 0, 0};
    const dlu_assay_well *w = &s->experiment->wells[i];
    size_t j = dlu_slip_at(s, w->plate, (long)(w->well >> 8) + down[side],
                           (long)(w->well & 0xFF) + right[side]);
    return j != DLU_SLIP_NONE && is_level(s, j, DLU_SLIP_NONE) ? j : DLU_SLIP_NONE;
}

static size_t count_pairs(const dlu_slips *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->experiment->n_wells; i++)
        for (int side = 0; side < 4 && is_empty(s, i); side++)
            n += beside(s, i, side) != DLU_SLIP_NONE;
    return n;
}

static void say_double(dlu_slips *s, const doubled *d, size_t pairs)
{
    const dlu_assay_well *empty = &s->experiment->wells[d->empty];
    const dlu_assay_well *full = &s->experiment->wells[d->full];
    const dlu_plate *plate = s->experiment->plates[empty->plate].plate;
    char a[DLU_WELL_NAME_SIZE], b[DLU_WELL_NAME_SIZE], n[5][DLU_NUMBER_SIZE];
    dlu_place at = {.file = plate->file};
    dlu_well_name(empty->well, a);
    dlu_well_name(full->well, b);
    dlu_warn(s->log, "slip-emptied-doubled", &at,
             "look at the record of the plate; if one went into the other, leave both out: use = 0 "
             "in the map, or --drop-wells",
             "plate %s: %s (%s) is as dark as a blank (%s %s, %s %s), and %s beside it (%s) has %s "
             "times "
             "the control light of wells like it (p = %s, %zu pair%s looked at): as if the one had "
             "been pipetted into the other",
             plate->name, a, dlu_slip_content(s, d->empty), s->experiment->settings->reporter,
             dlu_text_rounded(empty->raw[DLU_REPORTER], 3, n[0]), s->experiment->settings->control,
             dlu_text_rounded(empty->raw[DLU_CONTROL], 3, n[1]), b, dlu_slip_content(s, d->full),
             dlu_text_rounded(d->times, 2, n[2]), dlu_text_rounded(d->p, 2, n[3]), pairs,
             pairs == 1 ? "" : "s");
}

void dlu_slips_doubles(dlu_slips *s)
{
    size_t pairs = count_pairs(s);
    for (size_t i = 0; i < s->experiment->n_wells; i++) {
        doubled best = {.p = 1};
        for (int side = 0; side < 4 && is_empty(s, i); side++) {
            doubled d = {.empty = i, .full = beside(s, i, side)};
            if (d.full == DLU_SLIP_NONE)
                continue;
            test_double(s, s->experiment->wells[i].plate, &d);
            if (d.p < best.p)
                best = d;
        }
        if (pairs && best.p < DLU_SLIP_ALPHA / (double)pairs) {
            say_double(s, &best, pairs);
            dlu_slip_claim(s, (const size_t[]){best.empty, best.full}, 2);
        }
    }
}
