/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include <execinfo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

#define MAX_FRAMES 48
#define MAX_PLACES 4096u
#define MAX_SHOWN  20

/* A way to an allocation: the calls that led there, and the first and last time it was gone. */
typedef struct place {
    uint64_t calls;
    long first, last;
} place;

/* What is to fail, and what was met. */
typedef struct plan {
    long once, from, piece; /* -1: never */
    long n_allocations, n_pieces;
    bool watch, show;
    place places[MAX_PLACES];
    size_t n_places;
} plan;

typedef struct outcome {
    dlu_status status;
    dlu_error err;
    char *said;
    size_t n_said;
    long left; /* blocks not freed */
} outcome;

static uint64_t hash_of_calls(void)
{
    void *frames[MAX_FRAMES];
    int n = backtrace(frames, MAX_FRAMES);
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int i = 1; i < n; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * UINT64_C(1099511628211);
    return hash;
}

static void note_place(plan *p)
{
    uint64_t calls = hash_of_calls();
    size_t i = 0;
    while (i < p->n_places && p->places[i].calls != calls)
        i++;
    if (i == p->n_places) {
        assert_true(i < MAX_PLACES);
        p->places[p->n_places++] = (place){calls, p->n_pieces, p->n_pieces};
    }
    p->places[i].last = p->n_pieces;
}

static bool is_chosen(bool piece, plan *p)
{
    if (piece) {
        if (p->watch)
            note_place(p);
        return p->n_pieces++ == p->piece;
    }
    long n = p->n_allocations++;
    return n == p->once || (p->from >= 0 && n >= p->from);
}

/* Where the allocation stands that failed: addresses for addr2line. */
static void show_calls(plan *p)
{
    void *frames[MAX_FRAMES];
    fflush(NULL);
    backtrace_symbols_fd(frames, backtrace(frames, MAX_FRAMES), 2);
    p->show = false;
}

static bool fails(bool piece, void *data)
{
    plan *p = data;
    bool yes = is_chosen(piece, p);
    if (yes && p->show)
        show_calls(p);
    return yes;
}

static outcome run(sweep_work *work, const void *input, plan *p)
{
    outcome o = {.said = NULL};
    FILE *said = open_memstream(&o.said, &o.n_said);
    assert_non_null(said);
    p->n_allocations = p->n_pieces = 0;
    o.left = -dlu_memory_live();
    dlu_memory_ask(fails, p);
    o.status = work(input, said, &o.err);
    dlu_memory_ask(NULL, NULL);
    o.left += dlu_memory_live();
    assert_int_equal(fclose(said), 0);
    return o;
}

/* expat 2.5 takes a prefix that it found no memory for as one that was not declared. */
static bool is_expat(const outcome *o, const plan *p)
{
    bool reading = !strcmp(o->err.code, "xml-broken") || !strcmp(o->err.code, "workbook-damaged");
    return p->once >= 0 && reading && strstr(o->err.text, "unbound prefix");
}

/* What is wrong with an outcome, or NULL. */
static const char *judge(const outcome *o, const outcome *undisturbed, const plan *p)
{
    if (o->left)
        return "memory was not freed";
    if (o->status == DLU_E_NO_MEMORY)
        return strcmp(o->err.code, "no-memory") != 0 ? "want of memory has another code" : NULL;
    if (o->status != undisturbed->status && is_expat(o, p))
        return NULL;
    if (o->status != undisturbed->status)
        return "ends as if something else were wrong";
    if (o->n_said != undisturbed->n_said || memcmp(o->said, undisturbed->said, o->n_said) != 0)
        return "ends well with another result";
    return NULL;
}

static bool attempt(sweep_work *work, const void *input, const outcome *undisturbed, plan *p)
{
    outcome o = run(work, input, p);
    const char *wrong = judge(&o, undisturbed, p);
    free(o.said);
    if (!wrong)
        return true;
    print_message("# allocation %ld, all from %ld, or piece %ld fails: %s (status %d, %s: %s)\n",
                  p->once, p->from, p->piece, wrong, o.status, o.err.code, o.err.text);
    p->show = true;
    o = run(work, input, p);
    free(o.said);
    return false;
}

/* Lets the 0th, step-th, 2 step-th, ... of n fail, by way of `chosen`, which is part of the plan.
 */
static long try_allocations(sweep_work *work, const void *input, const outcome *undisturbed,
                            plan *p, long *chosen, long n, long step, long *tried)
{
    long bad = 0;
    for (long i = 0; i < n && bad < MAX_SHOWN; i += step, ++*tried) {
        *chosen = i;
        bad += !attempt(work, input, undisturbed, p);
    }
    *chosen = -1;
    return bad;
}

static long try_pieces(sweep_work *work, const void *input, const outcome *undisturbed, plan *p,
                       long *tried)
{
    long bad = 0;
    for (size_t i = 0; i < p->n_places && bad < MAX_SHOWN; i++) {
        const place *at = &p->places[i];
        p->piece = at->first;
        bad += !attempt(work, input, undisturbed, p);
        p->piece = at->last;
        if (at->last != at->first)
            bad += !attempt(work, input, undisturbed, p);
        *tried += 1 + (at->last != at->first);
    }
    return bad;
}

void sweep(const char *name, sweep_work *work, const void *input)
{
    sweep_in_steps(name, work, input, 1, 1);
}

void sweep_in_steps(const char *name, sweep_work *work, const void *input, long once, long from)
{
    plan *p = calloc(1, sizeof *p);
    assert_non_null(p);
    *p = (plan){.once = -1, .from = -1, .piece = -1, .watch = true};
    outcome undisturbed = run(work, input, p);
    long n = p->n_allocations, n_pieces = p->n_pieces, tried = 0, bad = undisturbed.left;
    assert_int_not_equal(undisturbed.status, DLU_E_NO_MEMORY);
    assert_true(n > 0);
    p->watch = false;
    bad += try_allocations(work, input, &undisturbed, p, &p->once, n, once, &tried);
    bad += try_allocations(work, input, &undisturbed, p, &p->from, n, from, &tried);
    bad += try_pieces(work, input, &undisturbed, p, &tried);
    print_message("# %s: %ld allocations, %ld pieces on %zu ways, %ld failures tried\n", name, n,
                  n_pieces, p->n_places, tried);
    free(undisturbed.said);
    free(p);
    if (bad)
        fail_msg("%s: %ld of them end badly", name, bad);
}
