/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

/* Letters at the index of their set: bit 0 is A, 1 is C, 2 is G, 3 is U. */
static const char letters[] = "-ACMGRSVUWYHKDBN";

uint8_t dlu_base_set(char letter)
{
    char upper = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    const char *at = upper == 'T' ? strchr(letters, 'U') : upper ? strchr(letters, upper) : NULL;
    return at ? (uint8_t)(at - letters) : 0;
}

char dlu_base_letter(uint8_t set)
{
    return letters[set & DLU_BASE_ANY];
}

uint8_t dlu_base_partner(uint8_t set)
{
    unsigned s = set; /* A with U, C with G: the bits turned round */
    return (uint8_t)((s & 1) << 3 | (s & 2) << 1 | (s & 4) >> 1 | (s & 8) >> 3);
}

uint8_t dlu_base_wobble(uint8_t set)
{
    return (uint8_t)((set & DLU_BASE_G ? DLU_BASE_U : 0) | (set & DLU_BASE_U ? DLU_BASE_G : 0));
}

bool dlu_base_is_one(uint8_t set)
{
    return set && !(set & (set - 1));
}

char *dlu_sequence_text(const dlu_sequence *sequence, size_t from, size_t n, dlu_arena *arena)
{
    char *text = dlu_arena_alloc(arena, n + 1, 1);
    for (size_t i = 0; text && i < n; i++)
        text[i] = dlu_base_letter(sequence->sets[from + i]);
    return text;
}
