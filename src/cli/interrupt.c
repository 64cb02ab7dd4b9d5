/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interrupt.h"

#include <stddef.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
#define N_SIGNALS (sizeof signals / sizeof *signals)

/* Changed only while the signals are held back, so a handler finds it whole. */
static cli_outputs *begun;

/* Nothing here but what POSIX allows in a handler: unlink, rmdir, raise. */
static void clean_up(int number)
{
    for (const cli_outputs *outputs = begun; outputs; outputs = outputs->next) {
        for (size_t i = 0; i < outputs->n; i++)
            if (outputs->items[i].temp)
                unlink(outputs->items[i].temp);
        for (size_t i = outputs->n_folders; i > 0; i--)
            rmdir(outputs->folders[i - 1]);
    }
    raise(number); /* to its default, which SA_RESETHAND has set: the caller sees a signal */
}

static void all_signals(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < N_SIGNALS; i++)
        sigaddset(set, signals[i]);
}

void cli_interrupt_watch(void)
{
    struct sigaction old, action = {.sa_handler = clean_up, .sa_flags = (int)SA_RESETHAND};
    all_signals(&action.sa_mask);
    for (size_t i = 0; i < N_SIGNALS; i++) /* nohup has a signal ignored; it stays so */
        if (!sigaction(signals[i], NULL, &old) && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

void cli_interrupt_hold(sigset_t *before)
{
    sigset_t set;
    all_signals(&set);
    sigprocmask(SIG_BLOCK, &set, before);
}

void cli_interrupt_let(const sigset_t *before)
{
    sigprocmask(SIG_SETMASK, before, NULL);
}

void cli_interrupt_add(cli_outputs *outputs)
{
    cli_interrupt_remove(outputs);
    outputs->next = begun;
    begun = outputs;
}

void cli_interrupt_remove(const cli_outputs *outputs)
{
    for (cli_outputs **link = &begun; *link; link = &(*link)->next) {
        if (*link == outputs) {
            *link = outputs->next;
            return;
        }
    }
}

void cli_interrupt_forget(void)
{
    begun = NULL;
}
