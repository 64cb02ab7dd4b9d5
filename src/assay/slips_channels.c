/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Reporter and control exchanged on one plate of several. The levels of light cannot say it: either
 * channel may be the brighter. But the arms keep their order from plate to plate, and exchanging
 * the channels turns it around: every ln ratio changes its sign. One exchanged plate therefore is
 * the mirror image of the others.
 */

#define LEAST_ARMS 4u
#define COMPARED   20u /* further plates that each plate is held against */
/* After the exchange a plate must be several times nearer to the other than as it is read. */
#define NEARER 4
/* Arms must differ by more than the noise of their means, in variance. */
#define SPREAD 4

/* Mean ln ratio of every arm on every plate, and what it is uncertain by. */
typedef struct profiles {
    double *mean;     /* plate by arm; NaN where there is none */
    double *variance; /* of the mean, from the noise between wells */
    int *same;        /* by plate: others that agree, less those that are its mirror image */
    int *mirrored;
    size_t compared;
} profiles;

static bool make_profiles(dlu_slips *s, profiles *out)
{
    size_t arms = s->experiment->n_arms, plates = s->experiment->n_plates;
    if (!arms || plates > SIZE_MAX / sizeof(double) / arms)
        return false;
    out->mean = dlu_arena_alloc(s->arena, plates * arms, sizeof *out->mean);
    out->variance = dlu_arena_alloc(s->arena, plates * arms, sizeof *out->variance);
    out->same = dlu_arena_alloc(s->arena, plates, sizeof *out->same);
    out->mirrored = dlu_arena_alloc(s->arena, plates, sizeof *out->mirrored);
    if (!out->mean || !out->variance || !out->same || !out->mirrored) {
        s->failed = true;
        return false;
    }
    for (size_t i = 0; i < plates * arms; i++)
        out->mean[i] = NAN;
    for (size_t c = 0; c < s->n_cells; c++) {
        const dlu_slip_cell *cell = &s->cells[c];
        size_t i = cell->plate * arms + cell->arm;
        if (!cell->n)
            continue;
        /* of an arm with cells of several blocks, the first stands for it */
        if (isnan(out->mean[i])) {
            out->mean[i] = cell->sum / (double)cell->n;
            out->variance[i] = s->rss / s->df / (double)cell->n;
        }
    }
    return true;
}

/* Two plates over the arms they share. */
typedef struct pair {
    size_t n;
    double xx, zz, xz; /* sums of squares and products about the means */
    double noise;      /* mean variance of a mean, both plates */
} pair;

static pair compare(const profiles *f, size_t arms, size_t p, size_t q)
{
    const double *x = f->mean + p * arms, *z = f->mean + q * arms;
    double mx = 0, mz = 0;
    pair out = {0};
    for (size_t a = 0; a < arms; a++) {
        if (isnan(x[a]) || isnan(z[a]))
            continue;
        mx += x[a];
        mz += z[a];
        out.noise += (f->variance[p * arms + a] + f->variance[q * arms + a]) / 2;
        out.n++;
    }
    for (size_t a = 0; a < arms && out.n; a++) {
        if (isnan(x[a]) || isnan(z[a]))
            continue;
        double dx = x[a] - mx / (double)out.n, dz = z[a] - mz / (double)out.n;
        out.xx += dx * dx;
        out.zz += dz * dz;
        out.xz += dx * dz;
    }
    out.noise /= out.n ? (double)out.n : 1;
    return out;
}

/* +1: the arms stand alike on both; -1: mirrored; 0: cannot be said. */
static int verdict_on(const pair *c, double level)
{
    double df = (double)c->n - 2;
    if (c->n < LEAST_ARMS || c->xx < SPREAD * c->noise * (df + 1) ||
        c->zz < SPREAD * c->noise * (df + 1))
        return 0;
    double r = c->xz / sqrt(c->xx * c->zz), rest = 1 - r * r;
    double t = rest > 0 ? fabs(r) * sqrt(df / rest) : INFINITY;
    if (dlu_slip_t_upper(t, df) >= level)
        return 0;
    double sum = c->xx + c->zz + 2 * c->xz, difference = c->xx + c->zz - 2 * c->xz;
    if (r > 0)
        return difference * NEARER < sum ? 1 : 0;
    return sum * NEARER < difference ? -1 : 0;
}

static size_t plates_after(const dlu_slips *s, size_t p)
{
    size_t rest = s->experiment->n_plates - 1 - p;
    return rest < COMPARED ? rest : COMPARED;
}

static void compare_all(const dlu_slips *s, profiles *f)
{
    size_t arms = s->experiment->n_arms, plates = s->experiment->n_plates;
    for (size_t p = 0; p < plates; p++)
        f->compared += plates_after(s, p);
    for (size_t p = 0; p < plates; p++) {
        for (size_t k = 1; k <= plates_after(s, p); k++) {
            pair c = compare(f, arms, p, p + k);
            int verdict = verdict_on(&c, DLU_SLIP_ALPHA / (double)f->compared);
            f->same[p] += verdict > 0;
            f->same[p + k] += verdict > 0;
            f->mirrored[p] += verdict < 0;
            f->mirrored[p + k] += verdict < 0;
        }
    }
}

static const char *levels(dlu_slips *s, size_t p)
{
    const dlu_slip_plate *plate = &s->plates[p];
    char n[4][DLU_NUMBER_SIZE];
    const char *text = dlu_slip_text(
        s, "blanks %s and %s, samples %s and %s", dlu_text_rounded(plate->background[0], 3, n[0]),
        dlu_text_rounded(plate->background[1], 3, n[1]),
        dlu_text_rounded(plate->bright[0], 3, n[2]), dlu_text_rounded(plate->bright[1], 3, n[3]));
    return text;
}

/* The other plate with which the comparison is told: the first that p mirrors. */
static size_t mirror_of(const dlu_slips *s, const profiles *f, size_t p)
{
    for (size_t q = 0; q < s->experiment->n_plates; q++) {
        size_t apart = q > p ? q - p : p - q;
        if (!apart || apart > COMPARED)
            continue;
        pair c = compare(f, s->experiment->n_arms, p, q);
        if (verdict_on(&c, DLU_SLIP_ALPHA / (double)f->compared) < 0)
            return q;
    }
    return p;
}

static void say_mirrored(dlu_slips *s, const profiles *f, size_t p, bool either)
{
    const dlu_experiment *e = s->experiment;
    size_t q = mirror_of(s, f, p);
    pair c = compare(f, e->n_arms, p, q);
    char r[DLU_NUMBER_SIZE];
    dlu_text_rounded(c.xz / sqrt(c.xx * c.zz), 2, r);
    const char *other = e->plates[q].plate->name;
    dlu_place at = {.file = e->plates[p].plate->file};
    const char *hint = "look which read of the file is firefly and which Renilla; --channels says "
                       "it for files that name none";
    if (either)
        dlu_warn(s->log, "slip-exchanged", &at, hint,
                 "plates %s and %s are mirror images: over their %zu arms the ln ratios correlate "
                 "by %s, as if %s and %s had been exchanged on one of them; which one, the light "
                 "does not say (%s: %s; %s: %s)",
                 e->plates[p].plate->name, other, c.n, r, e->settings->reporter,
                 e->settings->control, e->plates[p].plate->name, levels(s, p), other, levels(s, q));
    else
        dlu_warn(s->log, "slip-exchanged", &at, hint,
                 "plate %s: %s and %s look exchanged: over the %zu arms it shares with plate %s "
                 "the ln ratios correlate by %s; it is the mirror image of %d plates and like %d "
                 "(%s: %s; %s: %s)",
                 e->plates[p].plate->name, e->settings->reporter, e->settings->control, c.n, other,
                 r, f->mirrored[p], f->same[p], e->plates[p].plate->name, levels(s, p), other,
                 levels(s, q));
}

bool dlu_slips_channels(dlu_slips *s)
{
    profiles f = {0};
    size_t plates = s->experiment->n_plates, odd = 0, first = 0;
    if (plates < 2 || s->df < 1 || !(s->rss > 0) || !make_profiles(s, &f))
        return false;
    compare_all(s, &f);
    for (size_t p = plates; p-- > 0;) {
        odd += f.mirrored[p] > f.same[p];
        first = f.mirrored[p] > f.same[p] ? p : first;
    }
    bool either = 2 * odd >= plates;
    for (size_t p = 0; p < plates; p++)
        if (f.mirrored[p] > f.same[p] && (!either || p == first))
            say_mirrored(s, &f, p, either);
    return odd > 0;
}
