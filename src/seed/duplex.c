/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

/*
 * A site and its microRNA as they are drawn: target 5'-3' above, microRNA 3'-5' below, the seed at
 * the right. m1 is bound by the protein, not by the target, so that no bar stands there.
 */

#define LOOP_END   10u /* the last base before a loop that makes room */
#define WIDEST     (DLU_MIRNA_MOST + 2u)
#define LEFT_EDGE  6u /* "5'-..." */
#define NO_INDEX   ((size_t)-1)
#define FIRST_SUPP 13u
#define LAST_SUPP  16u

/* The base of the target opposite mk where the loop of the target is `shift` longer. */
static size_t index_of(size_t anchor, unsigned k, int shift)
{
    size_t back = k - 1;
    if (k > LOOP_END && shift >= 0)
        back += (size_t)shift;
    if (k > LOOP_END && shift < 0)
        back -= (size_t)-shift;
    return anchor < back ? NO_INDEX : anchor - back;
}

static bool is_pair(const dlu_mirna *m, const dlu_sequence *t, size_t index, unsigned k)
{
    return index != NO_INDEX && index < t->n && t->sets[index] == m->pair[k];
}

static size_t count_supplementary(const dlu_mirna *m, const dlu_sequence *t, size_t anchor,
                                  int shift)
{
    size_t n = 0;
    for (unsigned k = FIRST_SUPP; k <= LAST_SUPP && k <= m->n; k++)
        n += is_pair(m, t, index_of(anchor, k, shift), k);
    return n;
}

/* In register, unless another loop lets all of m13 to m16 pair. */
static int best_shift(const dlu_mirna *m, const dlu_sequence *t, size_t anchor)
{
    static const int shifts[] = {0, 1, -1, 2, -2};
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++)
        if (count_supplementary(m, t, anchor, shifts[i]) == LAST_SUPP - FIRST_SUPP + 1)
            return shifts[i];
    return 0;
}

/* Columns from the left: the 3' end of the microRNA first. */
typedef struct drawing {
    char target[WIDEST + 1];
    char marks[WIDEST + 1];
    char mirna[WIDEST + 1];
    size_t n;
    size_t first, last;         /* bases of the target that are drawn */
    size_t first_col, last_col; /* where they stand */
} drawing;

static char mark_of(const dlu_mirna *m, uint8_t set, unsigned k)
{
    uint8_t own = dlu_base_partner(m->pair[k]);
    if (k == 1)
        return ' ';
    if (set == m->pair[k])
        return '|';
    if (set & m->pair[k])
        return '?';
    return (set & dlu_base_wobble(own)) == set ? ':' : ' ';
}

/* One column: mk (0: none) over a base of the target (NO_INDEX: none). */
static void put(drawing *d, const dlu_mirna *m, const dlu_sequence *t, unsigned k, size_t index)
{
    bool in = index != NO_INDEX && index < t->n;
    size_t c = d->n++;
    d->mirna[c] = k ? m->letters[k - 1] : '-';
    d->target[c] = in ? dlu_base_letter(t->sets[index]) : ' ';
    d->marks[c] = in && k ? mark_of(m, t->sets[index], k) : ' ';
    if (!in)
        return;
    if (d->first == NO_INDEX) {
        d->first = index;
        d->first_col = c;
    }
    d->last = index;
    d->last_col = c;
}

static void draw(drawing *d, const dlu_mirna *m, const dlu_sequence *t, size_t anchor, int shift)
{
    *d = (drawing){.first = NO_INDEX};
    for (unsigned k = (unsigned)m->n; k > LOOP_END; k--)
        put(d, m, t, k, index_of(anchor, k, shift));
    for (int i = shift; i > 0; i--) /* bases of the target that face none */
        put(d, m, t, 0,
            anchor < LOOP_END + (size_t)i - 1 ? NO_INDEX : anchor - LOOP_END - (size_t)i + 1);
    for (unsigned k = LOOP_END; k > 0; k--) {
        bool faces_none = shift < 0 && k > LOOP_END - (unsigned)-shift;
        put(d, m, t, k, faces_none ? NO_INDEX : index_of(anchor, k, 0));
        if (faces_none)
            d->target[d->n - 1] = '-';
    }
}

static char *spaces(dlu_arena *arena, size_t n)
{
    char *text = dlu_arena_alloc(arena, n + 1, 1);
    if (text)
        memset(text, ' ', n);
    return text;
}

static const char *target_line(const drawing *d, const dlu_sequence *t, dlu_arena *arena)
{
    if (d->first == NO_INDEX)
        return "";
    bool before = d->first > 0 && d->first_col == 0;
    const char *pad = spaces(arena, before ? 0 : LEFT_EDGE - 3 + d->first_col);
    bool after = d->last + 1 < t->n;
    return pad ? dlu_arena_printf(arena, "%s%s%.*s%s", pad, before ? "5'-..." : "5'-",
                                  (int)(d->last_col - d->first_col + 1), d->target + d->first_col,
                                  after ? "...-3'" : "-3'")
               : NULL;
}

bool dlu_duplex_draw(const dlu_mirna *m, const dlu_sequence *t, size_t anchor, dlu_arena *arena,
                     dlu_duplex *out)
{
    drawing d;
    int shift = best_shift(m, t, anchor);
    draw(&d, m, t, anchor, shift);
    size_t n_marks = d.n;
    while (n_marks && d.marks[n_marks - 1] == ' ')
        n_marks--;
    out->supplementary = count_supplementary(m, t, anchor, shift);
    out->lines = dlu_arena_alloc(arena, DLU_DUPLEX_LINES, sizeof *out->lines);
    if (!out->lines)
        return false;
    out->lines[0] = target_line(&d, t, arena);
    out->lines[1] = dlu_arena_printf(arena, "      %.*s", (int)n_marks, d.marks);
    out->lines[2] = dlu_arena_printf(arena, "   3'-%s-5'", d.mirna);
    return out->lines[0] && out->lines[1] && out->lines[2];
}
