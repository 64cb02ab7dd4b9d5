/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

#define LONGEST 40u

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * Edits between two words: letters added, left out, exchanged, or two neighbours swapped (optimal
 * string alignment).
 */
static size_t distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= n_b; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[n_a % 3][n_b];
}

const char *cli_nearest(const char *word, const char *const *words, size_t n)
{
    const char *best = NULL;
    size_t length = strlen(word);
    size_t allowed = length < 4 ? 1 : length < 8 ? 2 : 3;
    if (length > LONGEST)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = words[i] ? strlen(words[i]) : LONGEST + 1;
        if (other > LONGEST)
            continue;
        size_t edits = distance(word, length, words[i], other);
        if (edits < length && edits <= allowed) {
            best = words[i];
            allowed = edits ? edits - 1 : 0;
            if (!edits)
                break;
        }
    }
    return best;
}
