/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_FUZZ_H
#define DLU_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * What every fuzz target is made of. A target is one function over bytes that stops the process
 * where a promise is broken; libFuzzer feeds it, or replay.c with the files of a folder.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A promise, kept in every build: the sanitizers see only what touches memory. */
#define PROMISE(holds)                                                                             \
    do {                                                                                           \
        if (!(holds)) {                                                                            \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #holds);            \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
