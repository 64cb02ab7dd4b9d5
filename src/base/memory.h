/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_MEMORY_H
#define DLU_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* The only calls of malloc, realloc and free in the library. */

void *dlu_memory_alloc(size_t n);
void *dlu_memory_resize(void *old, size_t n);
void dlu_memory_free(void *memory);

/*
 * For the tests. State of the whole process, so compiled in only with -Dfault_injection=true.
 */
#ifdef DLU_FAULT_INJECTION
/** The next `after` allocations succeed, all later ones fail; a negative number switches it off. */
void dlu_memory_fail_after(long after);

/**
 * Asks `fails` at every allocation, and at every piece that an arena cuts from a chunk it has
 * (`piece`): true makes that one fail. NULL switches it off.
 */
typedef bool dlu_memory_fault(bool piece, void *data);
void dlu_memory_ask(dlu_memory_fault *fails, void *data);

/** Blocks allocated and not freed. */
long dlu_memory_live(void);

/** For the arena: whether a piece is to fail. */
bool dlu_memory_piece_fails(void);
#else
static inline bool dlu_memory_piece_fails(void)
{
    return false;
}
#endif

#endif
