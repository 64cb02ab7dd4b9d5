/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_HISTORY_H
#define DUALUC_CLI_HISTORY_H

#include "cli.h"

#include <dualuc/history.h>
#include <dualuc/run.h>

/* The levels of controls over runs, kept in a file that several programs may write to at once. */

/** One level of one run. All of malloc. */
typedef struct cli_level {
    long long id;
    char *instrument;
    char *user;
    char *control;
    char *date; /**< of the export, or "" */
    char *experiment;
    double value;
} cli_level;

/** By instrument, user, control, date and the order in which they were kept. Zero-initialise. */
typedef struct cli_levels {
    cli_level *items;
    size_t n;
    size_t cap;
} cli_levels;

void cli_levels_free(cli_levels *levels);

/** The id after which new levels come, the file being made where there is none (history_db.c). */
dlu_status cli_history_keep(const char *path, const dlu_run *run, long long *before,
                            dlu_error *err);
dlu_status cli_history_read(const char *path, cli_levels *out, dlu_error *err);

/** Levels of one instrument, user and control, judged. */
typedef struct cli_series {
    const cli_level *levels;
    size_t n;
    dlu_control control;
    bool judged;           /**< false: the baseline is not whole */
    dlu_baseline baseline; /**< of what dlu_control_scaled gives */
    double *z;
    uint32_t *rules;
} cli_series;

/**
 * The series that begins at `from`; its end through *n.
 *
 * @param baseline  names of experiments with "," between them, or NULL: the first 8
 * @return false where memory ran out
 */
bool cli_series_judge(const cli_levels *levels, size_t from, const char *baseline, cli_series *out);
void cli_series_free(cli_series *series);

/** "1-3s, 2-2s" into buf. */
const char *cli_rules_text(uint32_t rules, char *buf, size_t size);

/**
 * Keeps the levels of a run and warns of those that break a rule. Where that fails, it is said, and
 * the run goes on.
 */
void cli_history_note(const char *path, const char *baseline, const dlu_run *run);

#endif
