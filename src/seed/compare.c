/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/compare.h"

#include <string.h>

#include "base/say.h"

/* What becomes of the wild type's sites in the mutant. */

dlu_seed_row *dlu_seed_add_row(dlu_seed_both *b, const char *kind)
{
    dlu_seed_row *row = DLU_VEC_ADD(b->arena, b->rows, DLU_MAX_SEED_ROWS);
    if (row)
        *row = (dlu_seed_row){.target = b->pair->target,
                              .mirna = dlu_mirna_label(b->pair->mirna),
                              .mutant = b->pair->mutant,
                              .kind = kind};
    return row;
}

/* The mutant's anchor by one base of the seed; DLU_NO_BASE where that base has no partner. */
static size_t anchor_by(const dlu_seed_both *b, size_t anchor, unsigned k)
{
    size_t back = k - 1;
    if (anchor < back || anchor - back >= b->pair->wt->n)
        return DLU_NO_BASE;
    size_t other = b->alignment.other[anchor - back];
    return other == DLU_NO_BASE ? DLU_NO_BASE : other + back;
}

/* The middle of the seed first: its edges may have moved. */
static const unsigned by_base[] = {4, 5, 3, 6, 2, 7};
#define N_BY_BASE (sizeof by_base / sizeof *by_base)

size_t dlu_seed_mutant_anchor(const dlu_seed_both *b, size_t anchor)
{
    size_t found = DLU_NO_BASE;
    for (size_t i = 0; i < N_BY_BASE && found == DLU_NO_BASE; i++)
        found = anchor_by(b, anchor, by_base[i]);
    return found;
}

static size_t site_with_anchor(const dlu_site_list *list, size_t anchor)
{
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].anchor < anchor)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->n && list->items[low].anchor == anchor ? low : DLU_NO_BASE;
}

static void find_mates(dlu_seed_both *b)
{
    for (size_t i = 0; i < b->wt.n; i++) {
        b->mate[i] = DLU_NO_BASE;
        for (size_t k = 0; k < N_BY_BASE && b->mate[i] == DLU_NO_BASE; k++) {
            size_t anchor = anchor_by(b, b->wt.items[i].anchor, by_base[k]);
            size_t mate = anchor == DLU_NO_BASE ? DLU_NO_BASE : site_with_anchor(&b->mut, anchor);
            if (mate != DLU_NO_BASE && !b->mated[mate])
                b->mate[i] = mate;
        }
        if (b->mate[i] != DLU_NO_BASE)
            b->mated[b->mate[i]] = true;
    }
}

size_t dlu_seed_count(const dlu_site_list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += dlu_site_counts(list->items[i].type);
    return n;
}

/* ---- rows of sites ---- */

static bool put_wt(dlu_seed_both *b, dlu_seed_row *row, const dlu_site *site)
{
    dlu_duplex duplex;
    row->wt_type = dlu_site_type_name(site->type);
    row->wt_from = site->from;
    row->wt_to = site->to;
    row->wt_bases =
        dlu_sequence_text(b->pair->wt, site->from - 1, site->to - site->from + 1, b->arena);
    if (!row->wt_bases ||
        !dlu_duplex_draw(b->pair->mirna, b->pair->wt, site->anchor, b->arena, &duplex))
        return false;
    row->wt_supplementary = duplex.supplementary;
    row->wt_duplex = duplex.lines;
    row->n_wt_duplex = DLU_DUPLEX_LINES;
    return true;
}

static bool put_mut(dlu_seed_both *b, dlu_seed_row *row, const dlu_site *site)
{
    dlu_duplex duplex;
    if (site->type != DLU_SITE_NONE) {
        row->mut_type = dlu_site_type_name(site->type);
        row->mut_from = site->from;
        row->mut_to = site->to;
        row->mut_bases =
            dlu_sequence_text(b->pair->mut, site->from - 1, site->to - site->from + 1, b->arena);
        if (!row->mut_bases)
            return false;
    }
    if (!dlu_duplex_draw(b->pair->mirna, b->pair->mut, site->anchor, b->arena, &duplex))
        return false;
    row->mut_supplementary = duplex.supplementary;
    row->mut_duplex = duplex.lines;
    row->n_mut_duplex = DLU_DUPLEX_LINES;
    return true;
}

static const char *site_text(const dlu_seed_row *row, dlu_arena *arena)
{
    if (!row->mutant)
        return dlu_arena_printf(arena, "%s at %zu-%zu of WT.", row->wt_type, row->wt_from,
                                row->wt_to);
    if (!strcmp(row->status, "created"))
        return dlu_arena_printf(arena, "%s at %zu-%zu of %s, which WT does not have.",
                                row->mut_type, row->mut_from, row->mut_to, row->mutant);
    if (!strcmp(row->status, "lost"))
        return dlu_arena_printf(arena, "%s at %zu-%zu of WT is destroyed in %s.", row->wt_type,
                                row->wt_from, row->wt_to, row->mutant);
    if (!strcmp(row->status, "kept"))
        return dlu_arena_printf(arena, "%s at %zu-%zu of WT is untouched in %s (%zu-%zu).",
                                row->wt_type, row->wt_from, row->wt_to, row->mutant, row->mut_from,
                                row->mut_to);
    return dlu_arena_printf(arena, "%s at %zu-%zu of WT is a %s in %s (%zu-%zu).", row->wt_type,
                            row->wt_from, row->wt_to, row->mut_type, row->mutant, row->mut_from,
                            row->mut_to);
}

static bool add_wt_site(dlu_seed_both *b, size_t i)
{
    const dlu_site *site = &b->wt.items[i];
    dlu_seed_row *row = dlu_seed_add_row(b, "site");
    if (!row || !put_wt(b, row, site))
        return false;
    if (b->pair->mut) {
        const dlu_site *mate = b->mate[i] == DLU_NO_BASE ? NULL : &b->mut.items[b->mate[i]];
        size_t anchor = dlu_seed_mutant_anchor(b, site->anchor);
        const dlu_site broken = {.anchor = anchor};
        row->status = !mate ? "lost" : mate->type == site->type ? "kept" : "changed";
        if ((mate || anchor != DLU_NO_BASE) && !put_mut(b, row, mate ? mate : &broken))
            return false;
        if (mate && dlu_site_counts(mate->type)) {
            bool kept = dlu_site_counts(site->type);
            b->pair->mutant_kept = b->pair->mutant_kept || kept;
            b->pair->mutant_created = b->pair->mutant_created || !kept;
        }
    }
    row->text = site_text(row, b->arena);
    return row->text;
}

static bool add_sites(dlu_seed_both *b)
{
    for (size_t i = 0; i < b->wt.n; i++)
        if (!add_wt_site(b, i))
            return false;
    for (size_t i = 0; i < b->mut.n; i++) {
        if (b->mated[i])
            continue;
        dlu_seed_row *row = dlu_seed_add_row(b, "site");
        if (!row || !put_mut(b, row, &b->mut.items[i]))
            return false;
        row->status = "created";
        row->text = site_text(row, b->arena);
        if (!row->text)
            return false;
        b->pair->mutant_created = b->pair->mutant_created || dlu_site_counts(b->mut.items[i].type);
    }
    return true;
}

/* ---- the pair ---- */

static dlu_status check_identical(const dlu_seed_pair *p, dlu_error *err)
{
    const dlu_place at = {.file = p->mut->file};
    if (p->wt->n != p->mut->n || memcmp(p->wt->sets, p->mut->sets, p->wt->n) != 0)
        return DLU_OK;
    return dlu_fail(err, DLU_E_INPUT, "seed-identical", &at,
                    "give the mutant's own sequence; was one file copied, or named twice?",
                    "%s: expected a mutant that differs from its wild type, found the same %zu "
                    "bases in both (%s)",
                    p->target, p->wt->n, p->wt->file ? p->wt->file : "");
}

static dlu_status find_both(dlu_seed_both *b, dlu_error *err)
{
    const dlu_seed_pair *p = b->pair;
    dlu_status status = p->mut ? dlu_align(p->wt, p->mut, b->arena, &b->alignment, err) : DLU_OK;
    if (status != DLU_OK)
        return status;
    if (!dlu_sites_find(p->mirna, p->wt, b->arena, &b->wt) ||
        (p->mut && !dlu_sites_find(p->mirna, p->mut, b->arena, &b->mut)))
        return dlu_fail_memory(err);
    b->mate = dlu_arena_alloc(b->arena, b->wt.n + 1, sizeof *b->mate);
    b->mated = dlu_arena_alloc(b->arena, b->mut.n + 1, sizeof *b->mated);
    if (!b->mate || !b->mated)
        return dlu_fail_memory(err);
    if (p->mut)
        find_mates(b);
    return DLU_OK;
}

/* The row that sums up; its text comes when the others are there. */
static bool add_insert(dlu_seed_both *b, const dlu_published_list *published)
{
    const dlu_seed_pair *p = b->pair;
    dlu_seed_row *row = dlu_seed_add_row(b, "insert");
    if (!row)
        return false;
    row->wt_from = 1;
    row->wt_to = p->wt->n;
    row->mut_from = p->mut ? 1 : 0;
    row->mut_to = p->mut ? p->mut->n : 0;
    row->published = dlu_published_effect(published, p->mirna->name, p->target);
    return true;
}

dlu_status dlu_seed_compare(dlu_seed_pair *pair, const dlu_published_list *published,
                            dlu_arena *arena, dlu_seed_rows *rows, dlu_messages *log,
                            dlu_error *err)
{
    dlu_seed_both b = {.pair = pair, .arena = arena, .rows = rows};
    size_t first = rows->n;
    dlu_status status = pair->mut ? check_identical(pair, err) : DLU_OK;
    if (status == DLU_OK)
        status = find_both(&b, err);
    if (status != DLU_OK)
        return status;
    pair->no_site = !dlu_seed_count(&b.wt);
    if (!add_insert(&b, published) || !add_sites(&b) || !dlu_seed_add_details(&b, log))
        return dlu_fail_memory(err);
    dlu_seed_row *insert = &rows->items[first];
    pair->sentence = dlu_seed_sentence(pair, rows, first, insert->published, arena);
    insert->text = pair->sentence;
    dlu_seed_doubt(&b, log);
    return pair->sentence ? DLU_OK : dlu_fail_memory(err);
}

dlu_status dlu_seed_coding(const dlu_sequence *coding, const dlu_mirna *mirna, dlu_arena *arena,
                           dlu_seed_rows *rows, dlu_messages *log, dlu_error *err)
{
    dlu_seed_pair pair = {.target = coding->name, .mirna = mirna, .wt = coding};
    dlu_seed_both b = {.pair = &pair, .arena = arena, .rows = rows};
    const dlu_place at = {.file = coding->file};
    if (!dlu_sites_find(mirna, coding, arena, &b.wt))
        return dlu_fail_memory(err);
    for (size_t i = 0; i < b.wt.n; i++) {
        dlu_seed_row *row = dlu_seed_add_row(&b, "coding");
        if (!row || !put_wt(&b, row, &b.wt.items[i]))
            return dlu_fail_memory(err);
        row->text = dlu_arena_printf(arena, "%s at %zu-%zu of %s.", row->wt_type, row->wt_from,
                                     row->wt_to, coding->name);
        if (!row->text)
            return dlu_fail_memory(err);
    }
    if (dlu_seed_count(&b.wt))
        dlu_warn(log, "seed-coding-site", &at,
                 "compare with the empty vector, which would fall too (EV_SHIFT)",
                 "%s holds %zu 8mer%s or 7mer%s of %s: the microRNA may act on the reporter itself",
                 coding->name, dlu_seed_count(&b.wt), dlu_seed_count(&b.wt) == 1 ? "" : "s",
                 dlu_seed_count(&b.wt) == 1 ? "" : "s", dlu_mirna_label(mirna));
    return DLU_OK;
}
