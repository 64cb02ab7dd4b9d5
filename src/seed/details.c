/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/compare.h"

#include "base/say.h"

/* What stands beside the sites: differences of the inserts, seeds that just miss, open letters. */

/* ---- differences ---- */

static bool same_base(const dlu_seed_both *b, size_t i, size_t j)
{
    return i < b->pair->wt->n && j < b->pair->mut->n && b->alignment.other[i] == j &&
           b->pair->wt->sets[i] == b->pair->mut->sets[j];
}

static void skip_difference(const dlu_seed_both *b, size_t *i, size_t *j)
{
    const size_t n = b->pair->wt->n, m = b->pair->mut->n;
    while ((*i < n || *j < m) && !same_base(b, *i, *j)) {
        bool alone_i = *i < n && b->alignment.other[*i] == DLU_NO_BASE;
        bool alone_j = *j < m && b->alignment.back[*j] == DLU_NO_BASE;
        *i += alone_i || !alone_j;
        *j += !alone_i;
    }
}

/* Bases i .. i + n - 1; of none, those around the place. */
static void put_place(size_t i, size_t n, size_t *from, size_t *to)
{
    *from = n ? i + 1 : i;
    *to = n ? i + n : i + 1;
}

static bool add_difference(dlu_seed_both *b, size_t i, size_t n, size_t j, size_t m)
{
    dlu_seed_row *row = dlu_seed_add_row(b, "difference");
    if (!row)
        return false;
    row->status = n == m ? "substitution" : !m ? "deletion" : !n ? "insertion" : "replacement";
    put_place(i, n, &row->wt_from, &row->wt_to);
    put_place(j, m, &row->mut_from, &row->mut_to);
    row->wt_bases = n ? dlu_sequence_text(b->pair->wt, i, n, b->arena) : NULL;
    row->mut_bases = m ? dlu_sequence_text(b->pair->mut, j, m, b->arena) : NULL;
    b->changed_bases += n > m ? n : m;
    if ((n && !row->wt_bases) || (m && !row->mut_bases))
        return false;
    if (!n)
        row->text = dlu_arena_printf(b->arena, "%zu base%s inserted after base %zu of WT.", m,
                                     m == 1 ? "" : "s", i);
    else if (!m)
        row->text = dlu_arena_printf(b->arena, "%zu base%s of WT deleted: %zu-%zu.", n,
                                     n == 1 ? "" : "s", row->wt_from, row->wt_to);
    else
        row->text = dlu_arena_printf(b->arena, "%.60s%s at %zu-%zu of WT is %.60s%s in %s.",
                                     row->wt_bases, n > 60 ? "..." : "", row->wt_from, row->wt_to,
                                     row->mut_bases, m > 60 ? "..." : "", row->mutant);
    return row->text;
}

static bool add_differences(dlu_seed_both *b)
{
    size_t i = 0, j = 0;
    while (i < b->pair->wt->n || j < b->pair->mut->n) {
        size_t i0 = i, j0 = j;
        if (same_base(b, i, j)) {
            i++;
            j++;
            continue;
        }
        skip_difference(b, &i, &j);
        if (!add_difference(b, i0, i - i0, j0, j - j0))
            return false;
    }
    return true;
}

/* ---- notes ---- */

static bool add_note(dlu_seed_both *b, const dlu_sequence *of, const dlu_near_site *near,
                     const char *whose)
{
    dlu_seed_row *row = dlu_seed_add_row(b, near->wobble ? "wobble" : "mismatch");
    if (!row)
        return false;
    bool wt = of == b->pair->wt;
    const char *bases = dlu_sequence_text(of, near->from - 1, near->to - near->from + 1, b->arena);
    row->status = whose;
    *(wt ? &row->wt_from : &row->mut_from) = near->from;
    *(wt ? &row->wt_to : &row->mut_to) = near->to;
    *(wt ? &row->wt_bases : &row->mut_bases) = bases;
    row->text = dlu_arena_printf(b->arena, "All of m2 to m8 pair at %zu-%zu but m%u, which is %s.",
                                 near->from, near->to, near->m,
                                 near->wobble ? "a G:U wobble" : "a mismatch");
    return bases && row->text;
}

static bool is_in(const dlu_near_list *list, size_t anchor, unsigned m)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].anchor == anchor && list->items[i].m == m)
            return true;
    return false;
}

static bool add_notes(dlu_seed_both *b)
{
    dlu_near_list wt = {0}, mut = {0}, matched = {0};
    const dlu_seed_pair *p = b->pair;
    if (!dlu_sites_near(p->mirna, p->wt, b->arena, &wt) ||
        (p->mut && !dlu_sites_near(p->mirna, p->mut, b->arena, &mut)))
        return false;
    for (size_t i = 0; i < wt.n; i++) {
        size_t anchor = p->mut ? dlu_seed_mutant_anchor(b, wt.items[i].anchor) : DLU_NO_BASE;
        bool in_both = p->mut && is_in(&mut, anchor, wt.items[i].m);
        dlu_near_site *seen = in_both ? DLU_VEC_ADD(b->arena, &matched, DLU_MAX_SEED_ROWS) : NULL;
        if (in_both && !seen)
            return false;
        if (seen)
            *seen = (dlu_near_site){.anchor = anchor, .m = wt.items[i].m};
        if (!add_note(b, p->wt, &wt.items[i], in_both ? "both" : "WT"))
            return false;
    }
    for (size_t i = 0; i < mut.n; i++)
        if (!is_in(&matched, mut.items[i].anchor, mut.items[i].m) &&
            !add_note(b, p->mut, &mut.items[i], "MUT"))
            return false;
    return true;
}

static bool add_unknown(dlu_seed_both *b, const dlu_sequence *of, const char *name,
                        dlu_messages *log)
{
    dlu_site_list list = {0};
    bool wt = of == b->pair->wt;
    const dlu_place at = {.file = of->file};
    if (!dlu_sites_unknown(b->pair->mirna, of, b->arena, &list))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        const dlu_site *s = &list.items[i];
        dlu_seed_row *row = dlu_seed_add_row(b, "unknown");
        if (!row)
            return false;
        row->status = wt ? "WT" : "MUT";
        b->pair->no_site = b->pair->no_site && !(wt && dlu_site_counts(s->type));
        *(wt ? &row->wt_type : &row->mut_type) = dlu_site_type_name(s->type);
        *(wt ? &row->wt_from : &row->mut_from) = s->from;
        *(wt ? &row->wt_to : &row->mut_to) = s->to;
        row->text = dlu_arena_printf(b->arena,
                                     "%zu-%zu of %s hold letters such as N: a site up to %s may "
                                     "stand there or not.",
                                     s->from, s->to, name, dlu_site_type_name(s->type));
        if (!row->text)
            return false;
        dlu_warn(
            log, "seed-unknown-bases", &at, "sequence that stretch, and give its bases",
            "%s %s, bases %zu to %zu: whether a site of %s stands there is unknown, as letters "
            "such as N leave it open",
            b->pair->target, name, s->from, s->to, dlu_mirna_label(b->pair->mirna));
    }
    return true;
}

bool dlu_seed_add_details(dlu_seed_both *b, dlu_messages *log)
{
    const dlu_seed_pair *p = b->pair;
    return (!p->mut || add_differences(b)) && add_notes(b) &&
           add_unknown(b, p->wt, "WT", p->wt_told ? NULL : log) &&
           (!p->mut || add_unknown(b, p->mut, p->mutant, log));
}
