/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include "base/say.h"

/* Costs of the best ways to each column, from above and from below (Myers and Miller 1988). */
typedef struct work {
    const uint8_t *a, *b;
    long *cc, *dd; /* from above: any end, and ending in a base of `a` without partner */
    long *rr, *ss; /* from below */
    dlu_alignment *out;
} work;

typedef struct box {
    size_t a, n_a;
    size_t b, n_b;
    long top, bottom; /* what opening a gap of `a` costs at the edges: 0 where one runs on */
} box;

static long gap(size_t n)
{
    return n ? DLU_COST_OPEN + DLU_COST_EXTEND * (long)n : 0;
}

static long change(const work *w, size_t i, size_t j)
{
    return w->a[i] == w->b[j] ? 0 : DLU_COST_MISMATCH;
}

static void match(const work *w, size_t i, size_t j)
{
    w->out->other[i] = j;
    w->out->back[j] = i;
}

/* One base of `a`: against its best partner, or against none. */
static void align_one(const work *w, const box *x)
{
    long least = (x->top < x->bottom ? x->top : x->bottom) + DLU_COST_EXTEND + gap(x->n_b);
    size_t best = x->n_b;
    for (size_t j = 0; j < x->n_b; j++) {
        long cost = gap(j) + change(w, x->a, x->b + j) + gap(x->n_b - j - 1);
        if (cost < least || (cost == least && best == x->n_b)) {
            least = cost;
            best = j;
        }
    }
    if (best < x->n_b)
        match(w, x->a, x->b + best);
}

static long least_of(long a, long b)
{
    return a < b ? a : b;
}

/* Rows first .. end - 1 of the box, downwards. */
static void from_above(const work *w, const box *x, size_t n_rows)
{
    const long open = DLU_COST_OPEN, extend = DLU_COST_EXTEND;
    w->cc[0] = 0;
    for (size_t j = 1; j <= x->n_b; j++) {
        w->cc[j] = gap(j);
        w->dd[j] = w->cc[j] + open;
    }
    for (size_t i = 1; i <= n_rows; i++) {
        long diagonal = w->cc[0], c = x->top + extend * (long)i, e = c + open;
        uint8_t base = w->a[x->a + i - 1];
        const uint8_t *row = w->b + x->b;
        w->cc[0] = c;
        for (size_t j = 1; j <= x->n_b; j++) {
            e = least_of(e, c + open) + extend;
            long d = least_of(w->dd[j], w->cc[j] + open) + extend;
            c = diagonal + (base == row[j - 1] ? 0 : DLU_COST_MISMATCH);
            c = least_of(c, least_of(d, e));
            diagonal = w->cc[j];
            w->cc[j] = c;
            w->dd[j] = d;
        }
    }
    w->dd[0] = w->cc[0];
}

/* Rows `n_rows` .. last, upwards. */
static void from_below(const work *w, const box *x, size_t n_rows)
{
    const long open = DLU_COST_OPEN, extend = DLU_COST_EXTEND;
    const size_t n = x->n_b;
    w->rr[n] = 0;
    for (size_t j = n; j-- > 0;) {
        w->rr[j] = gap(n - j);
        w->ss[j] = w->rr[j] + open;
    }
    for (size_t i = x->n_a; i-- > n_rows;) {
        long diagonal = w->rr[n], c = x->bottom + extend * (long)(x->n_a - i), e = c + open;
        uint8_t base = w->a[x->a + i];
        const uint8_t *row = w->b + x->b;
        w->rr[n] = c;
        for (size_t j = n; j-- > 0;) {
            e = least_of(e, c + open) + extend;
            long d = least_of(w->ss[j], w->rr[j] + open) + extend;
            c = diagonal + (base == row[j] ? 0 : DLU_COST_MISMATCH);
            c = least_of(c, least_of(d, e));
            diagonal = w->rr[j];
            w->rr[j] = c;
            w->ss[j] = d;
        }
    }
    w->ss[n] = w->rr[n];
}

/* Where the best way crosses the middle, and whether inside a gap of `a`. */
static size_t crossing(const work *w, size_t n_b, bool *in_gap)
{
    long least = w->cc[0] + w->rr[0];
    size_t best = 0;
    *in_gap = false;
    for (size_t j = 1; j <= n_b; j++) {
        long cost = w->cc[j] + w->rr[j];
        if (cost < least) {
            least = cost;
            best = j;
        }
    }
    for (size_t j = 0; j <= n_b; j++) {
        long cost = w->dd[j] + w->ss[j] - DLU_COST_OPEN;
        if (cost < least) {
            least = cost;
            best = j;
            *in_gap = true;
        }
    }
    return best;
}

/* As deep as the logarithm of the length. */
static void align_box(const work *w, box x)
{
    bool in_gap;
    if (!x.n_a || !x.n_b)
        return;
    if (x.n_a == 1) {
        align_one(w, &x);
        return;
    }
    size_t middle = x.n_a / 2;
    from_above(w, &x, middle);
    from_below(w, &x, middle);
    size_t j = crossing(w, x.n_b, &in_gap);
    size_t up = in_gap ? middle - 1 : middle, down = in_gap ? middle + 1 : middle;
    long edge = in_gap ? 0 : DLU_COST_OPEN;
    align_box(w, (box){x.a, up, x.b, j, x.top, edge});
    align_box(w, (box){x.a + down, x.n_a - down, x.b + j, x.n_b - j, edge, x.bottom});
}

/* What the columns that were chosen cost; a gap of one and one of the other stay two. */
static unsigned long cost_of(const dlu_alignment *al, const dlu_sequence *a, const dlu_sequence *b)
{
    unsigned long cost = 0;
    size_t run_a = 0, run_b = 0;
    for (size_t i = 0; i < a->n; i++) {
        if (al->other[i] == DLU_NO_BASE) {
            cost += (unsigned long)(gap(run_a + 1) - gap(run_a));
            run_a++;
            continue;
        }
        run_a = 0;
        cost += a->sets[i] == b->sets[al->other[i]] ? 0 : DLU_COST_MISMATCH;
    }
    for (size_t j = 0; j < b->n; j++) {
        run_b = al->back[j] == DLU_NO_BASE ? run_b + 1 : 0;
        cost += run_b ? (unsigned long)(gap(run_b) - gap(run_b - 1)) : 0;
    }
    return cost;
}

static bool make_room(work *w, size_t n_a, size_t n_b, dlu_arena *arena, dlu_arena *scratch)
{
    w->cc = dlu_arena_alloc(scratch, n_b + 1, sizeof *w->cc);
    w->dd = dlu_arena_alloc(scratch, n_b + 1, sizeof *w->dd);
    w->rr = dlu_arena_alloc(scratch, n_b + 1, sizeof *w->rr);
    w->ss = dlu_arena_alloc(scratch, n_b + 1, sizeof *w->ss);
    w->out->other = dlu_arena_alloc(arena, n_a + 1, sizeof *w->out->other);
    w->out->back = dlu_arena_alloc(arena, n_b + 1, sizeof *w->out->back);
    return w->cc && w->dd && w->rr && w->ss && w->out->other && w->out->back;
}

static void align(work *w, const dlu_sequence *a, const dlu_sequence *b)
{
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < a->n; i++)
        w->out->other[i] = DLU_NO_BASE;
    for (size_t j = 0; j < b->n; j++)
        w->out->back[j] = DLU_NO_BASE;
    /* equal ends are matched in some best alignment: a mutant shares nearly all with its origin */
    while (head < a->n && head < b->n && a->sets[head] == b->sets[head]) {
        match(w, head, head);
        head++;
    }
    while (tail < a->n - head && tail < b->n - head &&
           a->sets[a->n - 1 - tail] == b->sets[b->n - 1 - tail]) {
        match(w, a->n - 1 - tail, b->n - 1 - tail);
        tail++;
    }
    w->a = a->sets;
    w->b = b->sets;
    align_box(
        w, (box){head, a->n - head - tail, head, b->n - head - tail, DLU_COST_OPEN, DLU_COST_OPEN});
    w->out->cost = cost_of(w->out, a, b);
}

dlu_status dlu_align(const dlu_sequence *a, const dlu_sequence *b, dlu_arena *arena,
                     dlu_alignment *out, dlu_error *err)
{
    work w = {.out = out};
    const dlu_sequence *longer = a->n > b->n ? a : b;
    const dlu_place at = {.file = longer->file};
    *out = (dlu_alignment){0};
    if (longer->n > DLU_MAX_INSERT)
        return dlu_fail(err, DLU_E_LIMIT, "seed-insert-too-long", &at,
                        "give the 3'UTR that was cloned, not the whole plasmid; --insert cuts it "
                        "out of a GenBank file",
                        "expected an insert of at most %u bases, found %zu in %s", DLU_MAX_INSERT,
                        longer->n, longer->name);
    dlu_arena *scratch = dlu_arena_new();
    bool good = scratch && make_room(&w, a->n, b->n, arena, scratch);
    if (good)
        align(&w, a, b);
    dlu_arena_free(scratch);
    return good ? DLU_OK : dlu_fail_memory(err);
}
