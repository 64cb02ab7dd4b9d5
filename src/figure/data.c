/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/data.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "figure/folds.h"

static bool same_dose(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

static bool is_of_pair(const dlu_fig_pair *p, const char *target, const char *mirna, double dose_nM,
                       const char *treatment)
{
    return same(p->target, target) && same(p->mirna, mirna) && same(p->treatment, treatment) &&
           same_dose(p->dose_nM, dose_nM);
}

static const dlu_comparison_row *comparison(const dlu_result *r, const dlu_verdict_row *v,
                                            const char *kind, bool primary)
{
    for (size_t i = 0; i < r->n_comparisons; i++) {
        const dlu_comparison_row *c = &r->comparisons[i];
        if (same(c->kind, kind) && same(c->target, v->target) && same(c->mirna, v->mirna) &&
            same(c->treatment, v->treatment) && same_dose(c->dose_nM, v->dose_nM) &&
            same(c->mutant, v->mutant) && (c->primary || !primary))
            return c;
    }
    return NULL;
}

static void set_effect(dlu_fig_site *site, const dlu_comparison_row *test)
{
    site->test = test;
    site->control.fold = 1;
    site->control.low = site->control.high = NAN;
    site->treated.fold = test ? test->fold : NAN;
    site->treated.low = test ? test->fold_low : NAN;
    site->treated.high = test ? test->fold_high : NAN;
}

static const char *control_of(const char *treatment)
{
    return same(treatment, "inhibitor") ? "inhibitor-control" : "scramble";
}

static dlu_fig_site site_of(const dlu_result *r, const dlu_verdict_row *v, bool mutant, size_t hue)
{
    dlu_fig_site site = {.construct = mutant ? v->mutant : "WT", .hue = hue};
    set_effect(&site, comparison(r, v, mutant ? "mut" : "wt", false));
    site.control.treatment = control_of(v->treatment);
    site.treated.treatment = v->treatment;
    if (!mutant)
        return site;
    site.verdict = v;
    site.interaction = comparison(r, v, "interaction", false);
    return site;
}

static bool is_blocked(const dlu_fig_site *site)
{
    return site->test && (same(site->test->method, "rcbd") || same(site->test->method, "block") ||
                          same(site->test->method, "split-block"));
}

static bool add_verdict(const dlu_result *r, dlu_fig_data *data, const dlu_verdict_row *v,
                        dlu_arena *arena)
{
    dlu_fig_pair *p = NULL;
    for (size_t i = data->n_pairs; i-- > 0 && !p;)
        if (is_of_pair(&data->pairs[i], v->target, v->mirna, v->dose_nM, v->treatment))
            p = &data->pairs[i];
    if (!p) {
        p = &data->pairs[data->n_pairs++];
        *p = (dlu_fig_pair){v->target, v->mirna, v->treatment, .dose_nM = v->dose_nM, .verdict = v};
    }
    bool begins = !p->n_sites;
    size_t more = (begins ? 1u : 0u) + (v->mutant ? 1u : 0u);
    p->sites = dlu_arena_grow(arena, p->sites, p->n_sites, p->n_sites + more, sizeof *p->sites);
    if (!p->sites)
        return false;
    if (begins)
        p->sites[p->n_sites++] = site_of(r, v, false, 0);
    if (v->mutant)
        p->sites[p->n_sites] = site_of(r, v, true, p->n_sites), p->n_sites++;
    p->technical |= v->exploratory;
    /* an interval over wells is not one of what was repeated */
    for (size_t s = 0; p->technical && s < p->n_sites; s++)
        p->sites[s].treated.low = p->sites[s].treated.high = NAN;
    p->failed |= v->code == DLU_INVALID_QC;
    p->blocked |= is_blocked(&p->sites[p->n_sites - 1]) || is_blocked(&p->sites[0]);
    return true;
}

static void find_what_differs(dlu_fig_data *d)
{
    for (size_t i = 1; i < d->n_pairs; i++) {
        d->many_mirnas |= !same(d->pairs[i].mirna, d->pairs[0].mirna);
        d->many_doses |= !same_dose(d->pairs[i].dose_nM, d->pairs[0].dose_nM);
        d->many_treatments |= !same(d->pairs[i].treatment, d->pairs[0].treatment);
    }
}

bool dlu_fig_data_of(const dlu_result *r, const dlu_figure_options *o, dlu_arena *arena,
                     dlu_fig_data *out)
{
    *out = (dlu_fig_data){.result = r};
    out->pairs = dlu_arena_alloc(arena, r->n_verdicts + 1, sizeof *out->pairs);
    if (!out->pairs)
        return false;
    const dlu_verdict_row *only = o->verdict < r->n_verdicts ? &r->verdicts[o->verdict] : NULL;
    for (size_t i = 0; i < r->n_verdicts; i++) {
        const dlu_verdict_row *v = &r->verdicts[i];
        bool wanted = !only || v == only;
        if (wanted && !add_verdict(r, out, v, arena))
            return false;
    }
    bool wells = o->technical;
    for (size_t i = 0; i < o->n_kinds; i++)
        wells |= o->kinds[i] == DLU_FIGURE_SUPERPLOT;
    for (size_t i = 0; i < out->n_pairs; i++)
        if (!dlu_fig_fill_points(r, &out->pairs[i], wells || out->pairs[i].technical, arena))
            return false;
    find_what_differs(out);
    return true;
}

/* ---- the order that was asked for ---- */

/* The i-th name of a list with commas; its length in *n, or NULL beyond. */
static const char *name_at(const char *list, size_t i, size_t *n)
{
    for (; list && i; i--) {
        list = strchr(list, ',');
        list = list ? list + 1 : NULL;
    }
    if (!list)
        return NULL;
    while (*list == ' ')
        list++;
    *n = strcspn(list, ",");
    while (*n && list[*n - 1] == ' ')
        (*n)--;
    return list;
}

static bool is_named(const dlu_fig_pair *p, const char *name, size_t n)
{
    return (p->target && strlen(p->target) == n && !memcmp(p->target, name, n)) ||
           (p->mirna && strlen(p->mirna) == n && !memcmp(p->mirna, name, n));
}

const char *dlu_fig_data_sort(dlu_fig_data *d, const char *order, dlu_arena *arena)
{
    const char *missed = NULL, *name;
    dlu_fig_pair *sorted = dlu_arena_alloc(arena, d->n_pairs + 1, sizeof *sorted);
    bool *taken = dlu_arena_alloc(arena, d->n_pairs + 1, sizeof *taken);
    size_t n = 0, length = 0;
    if (!sorted || !taken || !order)
        return NULL;
    for (size_t i = 0; (name = name_at(order, i, &length)); i++) {
        size_t before = n;
        for (size_t p = 0; p < d->n_pairs; p++)
            if (!taken[p] && is_named(&d->pairs[p], name, length)) {
                taken[p] = true;
                sorted[n++] = d->pairs[p];
            }
        if (n == before && length && !missed)
            missed = dlu_arena_copy_n(arena, name, length);
    }
    for (size_t p = 0; p < d->n_pairs; p++)
        if (!taken[p])
            sorted[n++] = d->pairs[p];
    d->pairs = sorted;
    return missed;
}
