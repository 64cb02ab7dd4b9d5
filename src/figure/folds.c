/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/folds.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define MAX_WELLS 4000000u

/* Where replicates stand: each over the control of its own block, or over the mean of all controls,
 * as the tests of the pair have it and the charts of the workbook show it. */

static bool same(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

static bool same_dose(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* The name itself where it is not told from others, or what is its own: block, else replicate. */
static const char *mark_of(const dlu_unit_row *u)
{
    return u->block ? u->block : u->replicate ? u->replicate : u->plate;
}

bool dlu_fig_well_of_unit(const dlu_well_row *w, const dlu_unit_row *u)
{
    if (!w->used || !isfinite(w->ln_ratio) || !same(w->construct, u->construct) ||
        !same(w->treatment, u->treatment) || !same(w->target, u->target) ||
        !same(w->mirna, u->mirna) || !same_dose(w->dose_nM, u->dose_nM) ||
        !same(w->replicate, u->replicate))
        return false;
    return w->block && u->block ? same(w->block, u->block) : same(w->plate, u->plate);
}

static bool is_treated(const dlu_fig_pair *p, const char *construct, const dlu_unit_row *u)
{
    return same(u->construct, construct) && same(u->target, p->target) &&
           same(u->treatment, p->treatment) && same(u->mirna, p->mirna) &&
           same_dose(u->dose_nM, p->dose_nM);
}

/* The doses of a treatment restrict its controls only where there are several. */
static bool has_several_doses(const dlu_result *r, const dlu_fig_pair *p)
{
    for (size_t i = 0; i < r->n_groups; i++) {
        const dlu_group_row *g = &r->groups[i];
        if (same(g->target, p->target) && same(g->treatment, p->treatment) &&
            same(g->mirna, p->mirna) && !same_dose(g->dose_nM, p->dose_nM))
            return true;
    }
    return false;
}

static bool may_control(const dlu_result *r, const dlu_fig_pair *p, const dlu_fig_site *site,
                        const dlu_unit_row *u)
{
    return same(u->construct, site->construct) && same(u->target, p->target) &&
           same(u->treatment, site->control.treatment) &&
           (isnan(u->dose_nM) || u->dose_nM == p->dose_nM || !has_several_doses(r, p));
}

/* A control serves every microRNA unless it names one that is tested. */
static bool serves_all(const dlu_result *r, const dlu_fig_pair *p, const dlu_unit_row *u)
{
    if (!u->mirna)
        return true;
    for (size_t i = 0; i < r->n_groups; i++)
        if (same(r->groups[i].treatment, p->treatment) && same(r->groups[i].mirna, u->mirna))
            return false;
    return true;
}

typedef struct rows {
    size_t *of;
    size_t n;
} rows;

static bool find_treated(const dlu_result *r, const dlu_fig_pair *p, const dlu_fig_site *site,
                         dlu_arena *arena, rows *out)
{
    out->of = dlu_arena_alloc(arena, r->n_units + 1, sizeof *out->of);
    for (size_t i = 0; out->of && i < r->n_units; i++)
        if (is_treated(p, site->construct, &r->units[i]))
            out->of[out->n++] = i;
    return out->of != NULL;
}

static bool find_controls(const dlu_result *r, const dlu_fig_pair *p, const dlu_fig_site *site,
                          dlu_arena *arena, rows *out)
{
    out->of = dlu_arena_alloc(arena, r->n_units + 1, sizeof *out->of);
    for (unsigned any = 0; out->of && any < 2 && !out->n; any++)
        for (size_t i = 0; i < r->n_units; i++) {
            const dlu_unit_row *u = &r->units[i];
            if (may_control(r, p, site, u) &&
                (any ? serves_all(r, p, u) : p->mirna && same(u->mirna, p->mirna)))
                out->of[out->n++] = i;
        }
    return out->of != NULL;
}

/* ln of what a unit is relative to. */
static double control_mean(const dlu_result *r, const dlu_fig_pair *p, const rows *controls,
                           const dlu_unit_row *u)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < controls->n; i++) {
        const dlu_unit_row *c = &r->units[controls->of[i]];
        if (p->blocked && !same(c->block, u->block))
            continue;
        sum += c->ln_ratio;
        n++;
    }
    return n ? sum / (double)n : NAN;
}

/* Number of the mark among all of the pair's, so that one day is one shape in every arm. */
static size_t number_of(const char **marks, size_t *n, const char *mark)
{
    for (size_t i = 0; i < *n; i++)
        if (same(marks[i], mark))
            return i;
    marks[*n] = mark;
    return (*n)++;
}

static bool add_well(dlu_fig_arm *arm, dlu_fig_point well, size_t *cap, dlu_arena *arena)
{
    arm->wells = dlu_vec_reserve(arena, arm->wells, arm->n_wells, cap, sizeof well, MAX_WELLS);
    if (!arm->wells || arm->n_wells >= *cap)
        return false;
    arm->wells[arm->n_wells++] = well;
    return true;
}

static bool fill_arm(const dlu_result *r, dlu_fig_pair *p, const rows *units, const rows *controls,
                     bool wells, const char **marks, dlu_arena *arena, dlu_fig_arm *arm)
{
    size_t cap = 0;
    arm->points = dlu_arena_alloc(arena, units->n + 1, sizeof *arm->points);
    if (!arm->points)
        return false;
    for (size_t i = 0; i < units->n; i++) {
        const dlu_unit_row *u = &r->units[units->of[i]];
        double mean = control_mean(r, p, controls, u);
        size_t block = number_of(marks, &p->n_blocks, mark_of(u));
        if (!isfinite(mean) || !isfinite(u->ln_ratio))
            continue;
        arm->points[arm->n++] = (dlu_fig_point){exp(u->ln_ratio - mean), block, units->of[i]};
        for (size_t w = 0; wells && w < r->n_wells; w++)
            if (dlu_fig_well_of_unit(&r->wells[w], u) &&
                !add_well(arm,
                          (dlu_fig_point){exp(r->wells[w].ln_ratio - mean), block, units->of[i]},
                          &cap, arena))
                return false;
    }
    return true;
}

bool dlu_fig_fill_points(const dlu_result *r, dlu_fig_pair *p, bool wells, dlu_arena *arena)
{
    const char **marks = dlu_arena_alloc(arena, r->n_units + 1, sizeof *marks);
    if (!marks)
        return false;
    p->marks = marks;
    for (size_t s = 0; s < p->n_sites; s++) {
        dlu_fig_site *site = &p->sites[s];
        rows treated = {0}, controls = {0};
        if (!find_treated(r, p, site, arena, &treated) ||
            !find_controls(r, p, site, arena, &controls) ||
            !fill_arm(r, p, &controls, &controls, wells, marks, arena, &site->control) ||
            !fill_arm(r, p, &treated, &controls, wells, marks, arena, &site->treated))
            return false;
        /* 1 is what a control is relative to itself; where there is none, nothing is 1 */
        if (!controls.n)
            site->control.fold = NAN;
    }
    return true;
}
