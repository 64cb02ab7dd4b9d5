/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bytes/bytes.h"

#include <string.h>

#define LOOKED_AT 4096u

typedef struct magic {
    const char *bytes;
    size_t n;
    dlu_bytes_kind kind;
} magic;

/* "BM" also begins texts such as "BMG LABTECH", so bitmaps have a test of their own. */
static const magic magics[] = {
    {"PK\003\004", 4, DLU_BYTES_ZIP},
    {"PK\005\006", 4, DLU_BYTES_ZIP},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, DLU_BYTES_OLD_XLS},
    {"\x09\x08\x10\x00\x00\x06", 6, DLU_BYTES_OLD_XLS},
    {"%PDF-", 5, DLU_BYTES_PDF},
    {"\x89PNG\r\n\x1A\n", 8, DLU_BYTES_IMAGE},
    {"\xFF\xD8\xFF", 3, DLU_BYTES_IMAGE},
    {"GIF87a", 6, DLU_BYTES_IMAGE},
    {"GIF89a", 6, DLU_BYTES_IMAGE},
    {"II*\0", 4, DLU_BYTES_IMAGE},
    {"MM\0*", 4, DLU_BYTES_IMAGE},
};

static bool is_bitmap(const unsigned char *u, size_t n)
{
    if (n < 18 || u[0] != 'B' || u[1] != 'M')
        return false;
    bool reserved = !u[6] && !u[7] && !u[8] && !u[9];
    bool header = u[14] == 12 || u[14] == 40 || u[14] == 108 || u[14] == 124;
    return reserved && header && !u[15] && !u[16] && !u[17];
}

static bool is_webp(const unsigned char *u, size_t n)
{
    return n >= 12 && !memcmp(u, "RIFF", 4) && !memcmp(u + 8, "WEBP", 4);
}

/* A character that no text of an instrument or an editor holds; Ctrl-Z ended files of DOS. */
static bool is_odd(unsigned char c)
{
    return (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1A && c != 0x1B) || c == 0x7F;
}

/*
 * Text may hold a stray control character, or a NUL that the decoder then names; more than one byte
 * in fifty is no text. UTF-16 has a NUL in every other byte.
 */
static bool is_text(const unsigned char *u, size_t n)
{
    size_t odd[2] = {0, 0}, nul[2] = {0, 0};
    if (n > LOOKED_AT)
        n = LOOKED_AT;
    if (n >= 2 && ((u[0] == 0xFF && u[1] == 0xFE) || (u[0] == 0xFE && u[1] == 0xFF)))
        return true;
    size_t n_odd = 0; /* without sides first, which is fast, and enough for most texts */
    for (size_t i = 0; i < n; i++)
        n_odd += is_odd(u[i]);
    if (n_odd <= 1)
        return true;
    for (size_t i = 0; i < n; i++) {
        odd[i % 2] += is_odd(u[i]);
        nul[i % 2] += u[i] == 0;
    }
    for (int side = 0; side < 2; side++)
        if (n >= 4 && nul[side] * 20 >= n * 9 && odd[!side] * 50 <= n)
            return true;
    return n_odd * 50 <= n;
}

dlu_bytes_kind dlu_bytes_sniff(const void *bytes, size_t n)
{
    const unsigned char *u = bytes;
    if (n == 0)
        return DLU_BYTES_EMPTY;
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (n >= magics[i].n && !memcmp(u, magics[i].bytes, magics[i].n))
            return magics[i].kind;
    if (is_bitmap(u, n) || is_webp(u, n))
        return DLU_BYTES_IMAGE;
    return is_text(u, n) ? DLU_BYTES_TEXT : DLU_BYTES_OTHER;
}
