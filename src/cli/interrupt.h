/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_INTERRUPT_H
#define DUALUC_CLI_INTERRUPT_H

#include <signal.h>

#include "cli.h"

/*
 * Ctrl-C, a closed terminal and a polite kill end the run as they would without this, but what it
 * has begun to write goes first.
 */

/** From now on; once, in main. */
void cli_interrupt_watch(void);

/** Interruptions wait until cli_interrupt_let: what is between is done whole. */
void cli_interrupt_hold(sigset_t *before);
void cli_interrupt_let(const sigset_t *before);

/** Outputs whose temporary files and new folders go when the run is interrupted; while held. */
void cli_interrupt_add(cli_outputs *outputs);
void cli_interrupt_remove(const cli_outputs *outputs);

/** In a child process: what its parent has begun is the parent's. */
void cli_interrupt_forget(void);

#endif
