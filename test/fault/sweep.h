/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_SWEEP_H
#define DLU_TEST_SWEEP_H

#include <stdio.h>

#include <dualuc/error.h>

/*
 * Runs a piece of work again and again, each time with another allocation failing, until every
 * allocation has failed once. Each time it must end as it does undisturbed, to the byte, or with
 * DLU_E_NO_MEMORY; nothing may stay allocated.
 */

/** Does the work, says all that came of it in `said`, frees everything, returns the status. */
typedef dlu_status sweep_work(const void *input, FILE *said, dlu_error *err);

/** Fails the running cmocka test where something is wrong; prints how much was tried. */
void sweep(const char *name, sweep_work *work, const void *input);

/**
 * The same for long work: of the allocations, every `once`-th fails alone, and every `from`-th with
 * all later ones. Pieces of arenas as in sweep: on every way that leads to one.
 */
void sweep_in_steps(const char *name, sweep_work *work, const void *input, long once, long from);

#endif
