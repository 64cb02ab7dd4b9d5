/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preloaded into the program, makes the n-th allocation of the whole process fail, whoever asks for
 * it: the program, its libraries, the C library. Not for programs with a sanitizer, whose allocator
 * comes first.
 *
 *   FAULT_N    which, from 1; 0: none
 *   FAULT_ALL  set: all later ones fail too
 *   FAULT_LOG  a file that the number of allocations is written to at the end
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Names of the GNU C library for the functions that stand in for here. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);

static bool armed, all;
static long chosen, count;

__attribute__((constructor)) static void begin(void)
{
    const char *n = getenv("FAULT_N");
    chosen = n ? atol(n) : 0;
    all = getenv("FAULT_ALL") != NULL;
    armed = true;
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    const char *log = getenv("FAULT_LOG");
    armed = false;
    int fd = log ? open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    int n = snprintf(text, sizeof text, "%ld\n", count);
    if (fd >= 0 && write(fd, text, (size_t)n) != n)
        abort();
}

static bool strikes(void)
{
    if (!armed)
        return false;
    count++;
    if (count != chosen && !(all && chosen && count > chosen))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t n)
{
    return strikes() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return strikes() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
    return strikes() ? NULL : __libc_realloc(old, n);
}
