/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <stdlib.h>

#ifdef DLU_FAULT_INJECTION
static struct {
    long left;
    dlu_memory_fault *ask;
    void *data;
    long live;
} test = {.left = -1};

void dlu_memory_fail_after(long after)
{
    test.left = after;
}

void dlu_memory_ask(dlu_memory_fault *fails, void *data)
{
    test.ask = fails;
    test.data = data;
}

long dlu_memory_live(void)
{
    return test.live;
}

bool dlu_memory_piece_fails(void)
{
    return test.ask && test.ask(true, test.data);
}

static bool fails(void)
{
    if (test.ask && test.ask(false, test.data))
        return true;
    if (test.left > 0)
        test.left--;
    else if (test.left == 0)
        return true;
    return false;
}

static void count(const void *memory, long change)
{
    if (memory)
        test.live += change;
}
#else
static bool fails(void)
{
    return false;
}

static void count(const void *memory, long change)
{
    (void)memory;
    (void)change;
}
#endif

void *dlu_memory_alloc(size_t n)
{
    void *memory = fails() ? NULL : malloc(n ? n : 1);
    count(memory, 1);
    return memory;
}

void *dlu_memory_resize(void *old, size_t n)
{
    void *memory = fails() ? NULL : realloc(old, n ? n : 1);
    if (!old)
        count(memory, 1);
    return memory;
}

void dlu_memory_free(void *memory)
{
    count(memory, -1);
    free(memory);
}
