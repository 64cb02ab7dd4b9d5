/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_SIMULATE_RANDOM_H
#define DLU_SIMULATE_RANDOM_H

#include <stdint.h>

/*
 * xoshiro256** (Blackman and Vigna 2021, ACM Trans Math Softw 47:36), seeded by splitmix64. The
 * same seed gives the same numbers on every machine.
 */
typedef struct dlu_random {
    uint64_t state[4];
} dlu_random;

void dlu_random_seed(dlu_random *random, uint64_t seed);
uint64_t dlu_random_bits(dlu_random *random);
/** Uniform in [0, 1), a multiple of 2^-53. */
double dlu_random_uniform(dlu_random *random);
/** Uniform in 0 .. n - 1, without bias; n >= 1. */
unsigned dlu_random_below(dlu_random *random, unsigned n);
/** Normal with mean 0 (Box and Muller 1958): two uniforms a number, nothing kept between calls. */
double dlu_random_normal(dlu_random *random, double sd);

#endif
