/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/compare.h"

#include "base/say.h"

/* What makes one doubt that these are the inserts that were meant. */

#define UNLIKE_PERCENT 20u /* more differences than this, and it is hardly a mutant */

/* The mutant holds every site of the wild type as it was, and no other. */
static bool all_kept(const dlu_seed_both *b)
{
    for (size_t i = 0; i < b->wt.n; i++)
        if (b->mate[i] == DLU_NO_BASE || b->mut.items[b->mate[i]].type != b->wt.items[i].type)
            return false;
    return b->wt.n > 0 && b->wt.n == b->mut.n;
}

static void warn_of_mutant(const dlu_seed_both *b, dlu_messages *log)
{
    const dlu_seed_pair *p = b->pair;
    const dlu_place at = {.file = p->mut->file};
    const char *mirna = dlu_mirna_label(p->mirna);
    size_t longer = p->wt->n > p->mut->n ? p->wt->n : p->mut->n;
    if (p->wt->n != p->mut->n)
        dlu_warn(log, "seed-other-length", &at,
                 "an exchange of bases keeps the length; is this the insert that was cloned?",
                 "%s: expected inserts of one length, found %zu bases in WT and %zu in %s",
                 p->target, p->wt->n, p->mut->n, p->mutant);
    if (dlu_seed_count(&b->mut) > dlu_seed_count(&b->wt))
        dlu_warn(
            log, "seed-swapped", &at, "exchange the two files if so",
            "%s: WT has %zu 8mers and 7mers of %s, %s has %zu; wild type and mutant seem to be "
            "exchanged",
            p->target, dlu_seed_count(&b->wt), mirna, p->mutant, dlu_seed_count(&b->mut));
    if (all_kept(b))
        dlu_warn(log, "seed-mutation-outside", &at,
                 "check which site was to be destroyed, and with which microRNA",
                 "%s: the mutation of %s lies outside every seed site of %s", p->target, p->mutant,
                 mirna);
    if (b->changed_bases * 100 > longer * UNLIKE_PERCENT)
        dlu_warn(log, "seed-unlike", &at, "check that both files hold the insert of one target",
                 "%s: WT and %s differ in %zu of %zu bases, which is much for a mutant", p->target,
                 p->mutant, b->changed_bases, longer);
}

static void warn_of_wild_type(const dlu_seed_both *b, dlu_messages *log)
{
    const dlu_seed_pair *p = b->pair;
    const dlu_place at = {.file = p->wt->file};
    if (p->no_site)
        dlu_warn(log, "seed-no-site", &at,
                 "check the microRNA and its arm (5p or 3p), and the strand of the insert",
                 "%s: expected an 8mer or 7mer of %s in WT, found %s", p->target,
                 dlu_mirna_label(p->mirna), b->wt.n ? "6mers only" : "no site at all");
}

void dlu_seed_doubt(const dlu_seed_both *b, dlu_messages *log)
{
    if (!b->pair->wt_told)
        warn_of_wild_type(b, log);
    if (b->pair->mut)
        warn_of_mutant(b, log);
}
