/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_ARENA_H
#define DLU_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Memory of one object: everything in it is freed at once.
 * Every function returns NULL where memory ran out or a size would overflow.
 */
typedef struct dlu_arena dlu_arena;

dlu_arena *dlu_arena_new(void);
/** Frees it, once no other arena keeps it either. NULL is fine. */
void dlu_arena_free(dlu_arena *arena);
/** Gives up all that was taken from it; what failed before still has. */
void dlu_arena_clear(dlu_arena *arena);

/** `arena` keeps `other` until it is freed itself: what lives in one may point into the other.
 * False where memory ran out; NULL is kept by doing nothing. */
bool dlu_arena_keep(dlu_arena *arena, dlu_arena *other);

/**
 * True where a call ever returned NULL: what was left undone for want of memory shows here, so that
 * whoever made the arena asks once at the end. NULL has not failed.
 */
bool dlu_arena_failed(const dlu_arena *arena);

/** n objects of `size` bytes, zeroed. */
void *dlu_arena_alloc(dlu_arena *arena, size_t n, size_t size);

/**
 * Moves or extends an array of old_n objects, as many as it was allocated or grown to; the new part
 * is not set. The old pointer is invalid afterwards.
 */
void *dlu_arena_grow(dlu_arena *arena, void *old, size_t old_n, size_t new_n, size_t size);

char *dlu_arena_copy(dlu_arena *arena, const char *text);
char *dlu_arena_copy_n(dlu_arena *arena, const char *text, size_t length);
char *dlu_arena_printf(dlu_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *dlu_arena_vprintf(dlu_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Growing arrays: struct { T *items; size_t n, cap; }, zero-initialised, living in an arena. */
#define DLU_VEC(T)                                                                                 \
    struct {                                                                                       \
        T *items;                                                                                  \
        size_t n, cap;                                                                             \
    }

/** A pointer to a new zeroed last item, or NULL where memory or `max` items are exhausted. */
#define DLU_VEC_ADD(arena, vec, max)                                                               \
    ((vec)->items = (vec)->n < (vec)->cap                                                          \
                        ? (vec)->items                                                             \
                        : dlu_vec_reserve((arena), (vec)->items, (vec)->n, &(vec)->cap,            \
                                          sizeof *(vec)->items, (max)),                            \
     (vec)->n < (vec)->cap                                                                         \
         ? (memset(&(vec)->items[(vec)->n], 0, sizeof *(vec)->items), &(vec)->items[(vec)->n++])   \
         : NULL)

/** Room for one more: the array (possibly moved); *cap is unchanged where there is none. */
void *dlu_vec_reserve(dlu_arena *arena, void *items, size_t n, size_t *cap, size_t size,
                      size_t max);

#endif
