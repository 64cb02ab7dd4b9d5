/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

#ifdef DLU_FAULT_INJECTION
static long allocations_left = -1;

void dlu_memory_fail_after(long after)
{
    allocations_left = after;
}

static bool fails(void)
{
    if (allocations_left < 0)
        return false;
    if (allocations_left == 0)
        return true;
    allocations_left--;
    return false;
}
#else
static bool fails(void)
{
    return false;
}
#endif

void *dlu_memory_alloc(size_t n)
{
    return fails() ? NULL : malloc(n ? n : 1);
}

void *dlu_memory_resize(void *old, size_t n)
{
    return fails() ? NULL : realloc(old, n ? n : 1);
}

void dlu_memory_free(void *memory)
{
    free(memory);
}
