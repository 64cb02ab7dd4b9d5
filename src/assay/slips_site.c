/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/*
 * Reporter and control exchanged on every plate, or on the only one. No other plate contradicts, so
 * the levels of light say nothing; what does is the site. A mutation of the 3'UTR can change
 * nothing but the luciferase behind it: where the treatment acts on the wild type and not on the
 * mutant, and does so in the light of the "control" while the "reporter" stays put, the names are
 * exchanged. An effect of the treatment on the control by itself is the same for both constructs
 * and cancels.
 */

/* One-sided, for the fall of the control and the rise of the ratio; both must hold. */
#define LEVEL 0.001
/* The reporter may not be seen to move: |t| below this. */
#define AT_REST 2.0

enum { RATIO = DLU_CHANNELS, QUANTITIES };

/* Wild type less mutant, treated less control, over all plates and targets; weighted by 1 / v. */
typedef struct site {
    double sum[QUANTITIES];
    double weight;
    double squares[QUANTITIES]; /* within cells */
    double df;
    size_t n;
} site;

static double value_of(const dlu_slip_well *w, int quantity)
{
    return quantity == RATIO ? w->ln_ratio : w->ln[quantity];
}

static bool counts(const dlu_slips *s, size_t i)
{
    const dlu_slip_well *w = &s->wells[i];
    return !w->claimed && w->cell != DLU_SLIP_NONE && !isnan(w->ln_ratio);
}

/* Adds the mean of an arm on a plate; false where it has no well there. */
static bool add_arm(const dlu_slips *s, size_t plate, size_t arm, double sign, double d[QUANTITIES],
                    double *v)
{
    const dlu_assay_plate *p = &s->experiment->plates[plate];
    double sum[QUANTITIES] = {0}, n = 0;
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++) {
        if (!counts(s, i) || s->cells[s->wells[i].cell].arm != arm)
            continue;
        for (int q = 0; q < QUANTITIES; q++)
            sum[q] += value_of(&s->wells[i], q);
        n++;
    }
    for (int q = 0; q < QUANTITIES && n > 0; q++)
        d[q] += sign * sum[q] / n;
    *v += n > 0 ? 1 / n : 0;
    return n > 0;
}

/* The first arm of a construct and a treatment of the target, or DLU_NO_ARM. */
static size_t find_arm(const dlu_experiment *e, const dlu_arm *like, bool mutant,
                       const char *treatment, bool same_mirna)
{
    for (size_t a = 0; a < e->n_arms; a++) {
        const dlu_arm *arm = &e->arms[a];
        bool construct = mutant ? dlu_text_starts(arm->construct, "MUT")
                                : !strcmp(arm->construct, like->construct);
        if (construct && !strcmp(arm->treatment, treatment) &&
            !dlu_text_compare(arm->target, like->target) &&
            (!same_mirna || !dlu_text_compare(arm->mirna, like->mirna)))
            return a;
    }
    return DLU_NO_ARM;
}

/* The contrast of one target on one plate: site-specific fall of each quantity is negative. */
static void add_contrast(const dlu_slips *s, site *to, const size_t arms[4], double sign)
{
    static const double signs[] = {1, -1, -1, 1};
    for (size_t p = 0; p < s->experiment->n_plates; p++) {
        double d[QUANTITIES] = {0}, v = 0;
        bool all = true;
        for (int k = 0; k < 4 && all; k++)
            all = add_arm(s, p, arms[k], signs[k], d, &v);
        if (!all)
            continue;
        for (int q = 0; q < QUANTITIES; q++)
            to->sum[q] += sign * d[q] / v;
        to->weight += 1 / v;
        to->n++;
    }
}

/* One treated arm a target, so that no well is counted twice. */
static void add_targets(const dlu_slips *s, site *to)
{
    const dlu_experiment *e = s->experiment;
    const dlu_arm *last = NULL;
    for (size_t a = 0; a < e->n_arms; a++) {
        const dlu_arm *arm = &e->arms[a];
        bool mimic = !strcmp(arm->treatment, "mimic");
        if (strcmp(arm->construct, "WT") != 0 ||
            (!mimic && strcmp(arm->treatment, "inhibitor") != 0) ||
            (last && !dlu_text_compare(last->target, arm->target)))
            continue;
        const char *control = mimic ? "scramble" : "inhibitor-control";
        size_t arms[4] = {a, find_arm(e, arm, false, control, false),
                          find_arm(e, arm, true, arm->treatment, true), DLU_NO_ARM};
        if (arms[2] != DLU_NO_ARM)
            arms[3] = find_arm(e, &e->arms[arms[2]], false, control, false);
        if (arms[1] == DLU_NO_ARM || arms[3] == DLU_NO_ARM)
            continue;
        last = arm;
        add_contrast(s, to, arms, mimic ? 1 : -1);
    }
}

static void add_noise(const dlu_slips *s, site *to)
{
    for (int q = 0; q < QUANTITIES; q++) {
        for (size_t c = 0; c < s->n_cells; c++)
            s->values[c] = 0;
        for (size_t i = 0; i < s->experiment->n_wells; i++)
            if (counts(s, i))
                s->values[s->wells[i].cell] +=
                    value_of(&s->wells[i], q) / (double)s->cells[s->wells[i].cell].n;
        for (size_t i = 0; i < s->experiment->n_wells; i++)
            if (counts(s, i)) {
                double d = value_of(&s->wells[i], q) - s->values[s->wells[i].cell];
                to->squares[q] += d * d;
            }
    }
    to->df = s->df;
}

static double t_of(const site *f, int q)
{
    return f->sum[q] / sqrt(f->weight * f->squares[q] / f->df);
}

void dlu_slips_site(dlu_slips *s)
{
    const dlu_experiment *e = s->experiment;
    site f = {0};
    char n[5][DLU_NUMBER_SIZE];
    if (s->df < 4)
        return;
    add_noise(s, &f);
    add_targets(s, &f);
    if (!f.n || !(f.squares[DLU_REPORTER] > 0) || !(f.squares[DLU_CONTROL] > 0) ||
        !(f.squares[RATIO] > 0))
        return;
    double control = t_of(&f, DLU_CONTROL), ratio = t_of(&f, RATIO);
    if (dlu_slip_t_upper(-control, f.df) >= LEVEL || dlu_slip_t_upper(ratio, f.df) >= LEVEL ||
        fabs(t_of(&f, DLU_REPORTER)) >= AT_REST)
        return;
    dlu_place at = {.file = e->plates[0].plate->file};
    dlu_warn(s->log, "slip-exchanged", &at,
             "look which luciferase is behind the 3'UTR: --vector says it, and --channels which "
             "read is which",
             "%s and %s may be exchanged%s%s: the treatment changes %s %s-fold in the wild type "
             "against the mutant (t = %s) and %s %s-fold (t = %s), but the site is in the 3'UTR of "
             "%s; from %zu comparison%s of target and plate",
             e->settings->reporter, e->settings->control,
             e->n_plates == 1 ? " on plate " : " on all plates",
             e->n_plates == 1 ? e->plates[0].plate->name : "", e->settings->control,
             dlu_text_rounded(exp(f.sum[DLU_CONTROL] / f.weight), 2, n[0]),
             dlu_text_rounded(control, 2, n[1]), e->settings->reporter,
             dlu_text_rounded(exp(f.sum[DLU_REPORTER] / f.weight), 2, n[2]),
             dlu_text_rounded(t_of(&f, DLU_REPORTER), 2, n[3]), e->settings->reporter, f.n,
             f.n == 1 ? "" : "s");
}
