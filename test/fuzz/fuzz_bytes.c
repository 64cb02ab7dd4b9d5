/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistr.h>

#include "bytes/bytes.h"
#include "fuzz.h"

/* Bytes to text: whatever comes in, what comes out is UTF-8 with one kind of newline. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dlu_source source = {.name = "fuzz.txt", .bytes = bytes, .n_bytes = n};
    dlu_arena *arena = dlu_arena_new();
    dlu_decoded out = {0};
    dlu_error err = {0};
    PROMISE(arena);
    dlu_bytes_sniff(bytes, n);
    if (dlu_bytes_decode(&source, arena, &out, &err)) {
        PROMISE(err.text[0]);
    } else {
        PROMISE(strlen(out.text) == out.n);
        PROMISE(!u8_check((const uint8_t *)out.text, out.n));
        PROMISE(!memchr(out.text, '\r', out.n));
    }
    dlu_arena_free(arena);
    return 0;
}
