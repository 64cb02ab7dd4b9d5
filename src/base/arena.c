/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define CHUNK_BYTES ((size_t)64 * 1024)
#define ALIGNMENT   alignof(max_align_t)

typedef struct chunk {
    struct chunk *next;
    struct chunk *before; /* of a large one */
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
} chunk;

/* An arena that lives as long as another one. */
typedef struct kept {
    struct kept *next;
    dlu_arena *arena;
} kept;

/*
 * Small pieces share the chunk at the head of `shared`; a large one has a chunk of its own, which
 * knows its neighbours, so that it can move when it grows.
 */
struct dlu_arena {
    chunk *shared;
    chunk *large;
    struct kept *kept;
    size_t users; /* its owner, and the arenas that keep it */
    bool failed;
};

static bool multiply(size_t n, size_t size, size_t *out)
{
    if (size && n > (SIZE_MAX - CHUNK_BYTES) / size)
        return false;
    *out = n * size;
    return true;
}

static size_t aligned(size_t n, size_t alignment)
{
    return (n + alignment - 1) / alignment * alignment;
}

static chunk *chunk_new(size_t size)
{
    chunk *c = dlu_memory_alloc(sizeof(chunk) + size);
    if (!c)
        return NULL;
    *c = (chunk){.size = size};
    return c;
}

dlu_arena *dlu_arena_new(void)
{
    dlu_arena *arena = dlu_memory_alloc(sizeof *arena);
    if (arena)
        *arena = (dlu_arena){.users = 1};
    return arena;
}

static void free_list(chunk *c)
{
    while (c) {
        chunk *next = c->next;
        dlu_memory_free(c);
        c = next;
    }
}

static void let_go(dlu_arena *arena)
{
    for (const kept *k = arena->kept; k; k = k->next)
        dlu_arena_free(k->arena);
    arena->kept = NULL;
}

void dlu_arena_free(dlu_arena *arena)
{
    if (!arena || --arena->users)
        return;
    let_go(arena);
    free_list(arena->shared);
    free_list(arena->large);
    dlu_memory_free(arena);
}

void dlu_arena_clear(dlu_arena *arena)
{
    chunk *first = arena->shared;
    let_go(arena);
    free_list(arena->large);
    arena->large = NULL;
    if (!first)
        return;
    free_list(first->next);
    first->next = NULL;
    first->used = 0;
}

bool dlu_arena_failed(const dlu_arena *arena)
{
    return arena && arena->failed;
}

static bool is_large(size_t bytes)
{
    return bytes > CHUNK_BYTES / 4;
}

/* The chunk that a piece of `need` bytes is cut from, or NULL. */
static chunk *chunk_for(dlu_arena *arena, size_t need, size_t alignment)
{
    chunk *c = arena->shared;
    if (!is_large(need) && c) {
        c->used = aligned(c->used, alignment);
        if (c->size - c->used >= need)
            return c;
    }
    chunk **list = is_large(need) ? &arena->large : &arena->shared;
    c = chunk_new(is_large(need) ? need : CHUNK_BYTES);
    if (!c)
        return NULL;
    c->next = *list;
    if (c->next)
        c->next->before = c;
    *list = c;
    return c;
}

static void *take(dlu_arena *arena, size_t bytes, size_t alignment)
{
    size_t need = bytes ? bytes : 1;
    chunk *c = dlu_memory_piece_fails() ? NULL : chunk_for(arena, need, alignment);
    if (!c) {
        arena->failed = true;
        return NULL;
    }
    void *p = c->bytes + c->used;
    c->used += need;
    return p;
}

void *dlu_arena_alloc(dlu_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (!multiply(n, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    void *p = take(arena, bytes, ALIGNMENT);
    if (p)
        memset(p, 0, bytes);
    return p;
}

/* A large piece grows in place of its chunk, so that a long array is not kept twice. */
static void *grow_large(dlu_arena *arena, void *old, size_t bytes)
{
    chunk *c = (chunk *)(void *)((unsigned char *)old - offsetof(chunk, bytes));
    c = dlu_memory_resize(c, sizeof(chunk) + bytes);
    if (!c) {
        arena->failed = true;
        return NULL;
    }
    c->size = c->used = bytes;
    if (c->next)
        c->next->before = c;
    if (c->before)
        c->before->next = c;
    else
        arena->large = c;
    return c->bytes;
}

bool dlu_arena_keep(dlu_arena *arena, dlu_arena *other)
{
    kept *k = other ? dlu_arena_alloc(arena, 1, sizeof *k) : NULL;
    if (!k)
        return !other;
    *k = (kept){arena->kept, other};
    arena->kept = k;
    other->users++;
    return true;
}

void *dlu_arena_grow(dlu_arena *arena, void *old, size_t old_n, size_t new_n, size_t size)
{
    size_t old_bytes, bytes;
    if (new_n < old_n || !multiply(old_n, size, &old_bytes) || !multiply(new_n, size, &bytes)) {
        arena->failed = true;
        return NULL;
    }
    if (old && is_large(old_bytes))
        return grow_large(arena, old, bytes);
    void *p = take(arena, bytes, ALIGNMENT);
    if (p && old_bytes)
        memcpy(p, old, old_bytes);
    return p;
}

void *dlu_vec_reserve(dlu_arena *arena, void *items, size_t n, size_t *cap, size_t size, size_t max)
{
    if (n < *cap || n >= max)
        return items;
    size_t wanted = *cap ? *cap * 2 : 8;
    if (wanted > max)
        wanted = max;
    void *grown = dlu_arena_grow(arena, items, n, wanted, size);
    if (!grown)
        return items;
    *cap = wanted;
    return grown;
}

char *dlu_arena_copy_n(dlu_arena *arena, const char *text, size_t length)
{
    size_t bytes;
    char *copy = multiply(length, 1, &bytes) ? take(arena, bytes + 1, 1) : NULL;
    if (!copy) {
        arena->failed = true;
        return NULL;
    }
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *dlu_arena_copy(dlu_arena *arena, const char *text)
{
    return dlu_arena_copy_n(arena, text, strlen(text));
}

char *dlu_arena_vprintf(dlu_arena *arena, const char *format, va_list args)
{
    char most[512]; /* that are not formatted twice to know their length */
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(most, sizeof most, format, args);
    char *text = NULL;
    if (n >= 0 && (size_t)n < sizeof most)
        text = dlu_arena_copy_n(arena, most, (size_t)n);
    else if (n >= 0)
        text = dlu_arena_alloc(arena, (size_t)n + 1, 1);
    if (text && (size_t)n >= sizeof most)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

char *dlu_arena_printf(dlu_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = dlu_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
