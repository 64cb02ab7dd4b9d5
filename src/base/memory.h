/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_MEMORY_H
#define DLU_BASE_MEMORY_H

#include <stddef.h>

/* The only calls of malloc, realloc and free in the library. */

void *dlu_memory_alloc(size_t n);
void *dlu_memory_resize(void *old, size_t n);
void dlu_memory_free(void *memory);

/*
 * For the tests: the next `after` allocations succeed, all later ones fail; a negative number
 * switches it off. State of the whole process, so compiled in only with -Dfault_injection=true.
 */
#ifdef DLU_FAULT_INJECTION
void dlu_memory_fail_after(long after);
#endif

#endif
