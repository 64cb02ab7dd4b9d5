/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/random.h"

#include <math.h>

#define TWO_PI 6.283185307179586476925

static uint64_t rotate(uint64_t x, unsigned n)
{
    return (x << n) | (x >> (64 - n));
}

void dlu_random_seed(dlu_random *random, uint64_t seed)
{
    for (unsigned i = 0; i < 4; i++) {
        seed += UINT64_C(0x9E3779B97F4A7C15);
        uint64_t z = seed;
        z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
        random->state[i] = z ^ (z >> 31);
    }
}

uint64_t dlu_random_bits(dlu_random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double dlu_random_uniform(dlu_random *random)
{
    return (double)(dlu_random_bits(random) >> 11) * 0x1p-53;
}

unsigned dlu_random_below(dlu_random *random, unsigned n)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % n;
    uint64_t bits = dlu_random_bits(random);
    while (bits >= limit)
        bits = dlu_random_bits(random);
    return (unsigned)(bits % n);
}

double dlu_random_normal(dlu_random *random, double sd)
{
    double u = 1 - dlu_random_uniform(random); /* not 0 */
    double angle = TWO_PI * dlu_random_uniform(random);
    return sd * sqrt(-2 * log(u)) * cos(angle);
}
