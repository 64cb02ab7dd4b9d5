/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/text.h"

/* The sites of a pair in a sentence: 8mers and 7mers only, as 6mers arise by chance. */

#define MOST_NAMED 6u

typedef struct story {
    dlu_buffer text;
    size_t n;      /* items said in the part at work */
    size_t hidden; /* and those beyond MOST_NAMED */
    bool kept, lost, created, six;
} story;

static bool counts(const char *type)
{
    return type && !strstr(type, "6mer");
}

static bool is_unknown(const dlu_seed_row *row, const char *whose)
{
    return !strcmp(row->kind, "unknown") && !strcmp(row->status, whose);
}

/* Begins an item of a list; false where the list is long enough. */
static bool begin_item(story *s)
{
    if (s->n >= MOST_NAMED) {
        s->hidden++;
        return false;
    }
    dlu_buffer_add(&s->text, s->n++ ? ", " : "");
    return true;
}

static void end_list(story *s, const char *none)
{
    if (!s->n)
        dlu_buffer_add(&s->text, none);
    if (s->hidden)
        dlu_buffer_printf(&s->text, " and %zu more", s->hidden);
    s->n = s->hidden = 0;
}

static void tell_wild_type(story *s, const dlu_seed_row *row)
{
    s->six = s->six || (row->wt_type && !counts(row->wt_type));
    if (counts(row->wt_type) && begin_item(s))
        dlu_buffer_printf(&s->text, "%s at %zu", row->wt_type, row->wt_from);
}

/* What became of one site; of those that are 6mers in both, nothing. */
static void tell_mutant(story *s, const dlu_seed_row *row)
{
    bool before = counts(row->wt_type), after = counts(row->mut_type);
    s->kept = s->kept || (before && after);
    s->lost = s->lost || (before && !after);
    s->created = s->created || (!before && after);
    if ((!before && !after) || !begin_item(s))
        return;
    if (!row->wt_type)
        dlu_buffer_printf(&s->text, "%s at %zu created", row->mut_type, row->mut_from);
    else if (!row->mut_type)
        dlu_buffer_printf(&s->text, "%s at %zu destroyed", row->wt_type, row->wt_from);
    else if (!strcmp(row->wt_type, row->mut_type))
        dlu_buffer_printf(&s->text, "%s at %zu untouched", row->wt_type, row->wt_from);
    else
        dlu_buffer_printf(&s->text, "%s at %zu now a %s", row->wt_type, row->wt_from,
                          row->mut_type);
}

/* Stretches where letters such as N leave an 8mer or 7mer open. */
static void tell_unknown(story *s, const dlu_seed_row *row, const char *whose)
{
    bool wt = row->wt_type != NULL;
    if (is_unknown(row, whose) && counts(wt ? row->wt_type : row->mut_type) && begin_item(s))
        dlu_buffer_printf(&s->text, "unknown at %zu-%zu", wt ? row->wt_from : row->mut_from,
                          wt ? row->wt_to : row->mut_to);
}

/* What such a pair would do, if all goes by its sites. */
static const char *expectation(const story *s)
{
    if (s->kept && s->lost)
        return ": PARTIAL_RESCUE is what one would expect";
    if (s->kept && s->created)
        return ": no site is gone and one was gained, so that no rescue is to be expected";
    if (s->kept)
        return ": no site is gone, so that no rescue is to be expected";
    if (s->created)
        return ": the mutant has gained a site, and is no neutral control";
    return "";
}

const char *dlu_seed_sentence(const dlu_seed_pair *pair, const dlu_seed_rows *rows, size_t first,
                              const char *published, dlu_arena *arena)
{
    story s = {0};
    dlu_buffer_printf(&s.text, "Sites of %s on WT: ", dlu_mirna_label(pair->mirna));
    for (size_t i = first; i < rows->n; i++)
        if (!strcmp(rows->items[i].kind, "site"))
            tell_wild_type(&s, &rows->items[i]);
        else
            tell_unknown(&s, &rows->items[i], "WT");
    end_list(&s, s.six ? "no 8mer or 7mer, only 6mers, which arise by chance" : "none");
    if (pair->mut) {
        dlu_buffer_printf(&s.text, "; on %s: ", pair->mutant);
        for (size_t i = first; i < rows->n; i++)
            if (!strcmp(rows->items[i].kind, "site"))
                tell_mutant(&s, &rows->items[i]);
            else
                tell_unknown(&s, &rows->items[i], "MUT");
        end_list(&s, "no 8mer or 7mer");
        dlu_buffer_add(&s.text, expectation(&s));
    }
    dlu_buffer_add(&s.text, ".");
    if (published)
        dlu_buffer_printf(&s.text, " %s is a published target (%s).", pair->target, published);
    const char *text = s.text.failed ? NULL : dlu_arena_copy(arena, s.text.bytes);
    dlu_buffer_free(&s.text);
    return text;
}
