/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_ZIP_WRITER_H
#define DLU_TEST_ZIP_WRITER_H

/* A writer of small zip archives for tests. */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* An archive being written. Packed entries have their sizes behind them, as LibreOffice does. */
typedef struct archive {
    dlu_buffer bytes;
    dlu_buffer directory;
    unsigned n;
} archive;

static void put(dlu_buffer *to, uint32_t value, int n)
{
    for (int i = 0; i < n; i++) {
        char byte = (char)(value >> 8 * i);
        dlu_buffer_add_n(to, &byte, 1);
    }
}

static uint32_t crc32_of(const char *bytes, size_t n)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

/* Header fields from "version needed" to "extra length" are the same in both headers. */
static void put_fields(dlu_buffer *to, bool packed, uint32_t crc, size_t packed_n, size_t n,
                       size_t name_n)
{
    put(to, 20, 2);
    put(to, packed ? 8 : 0, 2);
    put(to, packed ? 8 : 0, 2);
    put(to, 0x00210000, 4);
    put(to, crc, 4);
    put(to, (uint32_t)packed_n, 4);
    put(to, (uint32_t)n, 4);
    put(to, (uint32_t)name_n, 2);
    put(to, 0, 2);
}

/* Packing is one block of deflate that holds the bytes as they are. */
static void add_entry(archive *a, const char *name, const char *bytes, size_t n)
{
    bool packed = a->n % 2 && n < 65536;
    size_t name_n = strlen(name), packed_n = packed ? n + 5 : n, at = a->bytes.n;
    uint32_t crc = crc32_of(bytes, n);
    put(&a->bytes, 0x04034B50, 4);
    put_fields(&a->bytes, packed, packed ? 0 : crc, packed ? 0 : n, packed ? 0 : n, name_n);
    dlu_buffer_add(&a->bytes, name);
    if (packed) {
        put(&a->bytes, 1, 1);
        put(&a->bytes, (uint32_t)n, 2);
        put(&a->bytes, ~(uint32_t)n, 2);
    }
    dlu_buffer_add_n(&a->bytes, bytes, n);
    if (packed) {
        put(&a->bytes, 0x08074B50, 4);
        put(&a->bytes, crc, 4);
        put(&a->bytes, (uint32_t)packed_n, 4);
        put(&a->bytes, (uint32_t)n, 4);
    }
    put(&a->directory, 0x02014B50, 4);
    put(&a->directory, 20, 2);
    put_fields(&a->directory, packed, crc, packed_n, n, name_n);
    put(&a->directory, 0, 2);
    put(&a->directory, 0, 4);
    put(&a->directory, 0, 4);
    put(&a->directory, (uint32_t)at, 4);
    dlu_buffer_add(&a->directory, name);
    a->n++;
}

static void end_archive(archive *a)
{
    size_t at = a->bytes.n, n = a->directory.n;
    if (n)
        dlu_buffer_add_n(&a->bytes, a->directory.bytes, n);
    put(&a->bytes, 0x06054B50, 4);
    put(&a->bytes, 0, 4);
    put(&a->bytes, a->n, 2);
    put(&a->bytes, a->n, 2);
    put(&a->bytes, (uint32_t)n, 4);
    put(&a->bytes, (uint32_t)at, 4);
    put(&a->bytes, 0, 2);
    dlu_buffer_free(&a->directory);
}

#endif
