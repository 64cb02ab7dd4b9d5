/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_WORKERS_H
#define DUALUC_CLI_WORKERS_H

#include "cli.h"

/*
 * Jobs done by several processes. A process that dies over a job takes only that job with it, and
 * libraries that keep hidden state (gmtime in libxlsxwriter) are never entered twice at once.
 */

/** The bytes that a job hands back. Zero-initialise; freed with cli_answer_free. */
typedef struct cli_answer {
    char *bytes;
    size_t n;
    size_t cap;
} cli_answer;

/** False where memory ran out. */
bool cli_answer_add(cli_answer *answer, const void *bytes, size_t n);
void cli_answer_free(cli_answer *answer);

typedef struct cli_pool {
    size_t n_jobs;
    unsigned n_workers;
    void *context;
    /** In a worker: does a job. */
    void (*work)(void *context, size_t job, cli_answer *answer);
    /**
     * In the program: takes what a job handed back, jobs in any order. `death`: NULL, or how the
     * worker ended over it. False: no further job is begun; those at work are still taken.
     */
    bool (*take)(void *context, size_t job, const cli_answer *answer, const char *death);
} cli_pool;

/** DLU_OK; DLU_E_IO where no worker can be started; DLU_E_NO_MEMORY. */
dlu_status cli_pool_run(const cli_pool *pool, dlu_error *err);

#endif
