/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_SAY_H
#define DLU_BASE_SAY_H

#include <stdbool.h>

#include <dualuc/error.h>

#include "base/arena.h"

/*
 * Saying things. Every call names a code (lower-case words with hyphens, unique to one situation),
 * a place or NULL, a hint or NULL, and a text that says what was expected and what was found.
 * `err` and `log` may be NULL everywhere.
 */

#define DLU_PRINTF(format_at) __attribute__((format(printf, format_at, format_at + 1)))

/** Fills *err and returns `status`. */
dlu_status dlu_fail(dlu_error *err, dlu_status status, const char *code, const dlu_place *place,
                    const char *hint, const char *format, ...) DLU_PRINTF(6);
/** DLU_E_NO_MEMORY with its text. */
dlu_status dlu_fail_memory(dlu_error *err);

void dlu_warn(dlu_messages *log, const char *code, const dlu_place *place, const char *hint,
              const char *format, ...) DLU_PRINTF(5);
void dlu_note(dlu_messages *log, const char *code, const dlu_place *place, const char *hint,
              const char *format, ...) DLU_PRINTF(5);

/** Adds a copy of an error to the log with the given severity. */
void dlu_messages_add_error(dlu_messages *log, dlu_severity severity, const dlu_error *err);

/** True where an addition to the list failed for want of memory. */
bool dlu_messages_failed(const dlu_messages *log);

/*
 * Problems gathered before giving up, so that a table is mended once. With one problem, finish puts
 * it into *err; with several, each goes to the log as an error and *err sums up.
 */
#define DLU_MAX_PROBLEMS 20u

typedef struct dlu_problems {
    dlu_arena *arena;
    dlu_error *list;
    size_t n; /**< all met, of which the first DLU_MAX_PROBLEMS are kept */
} dlu_problems;

void dlu_problem(dlu_problems *problems, const char *code, const dlu_place *place, const char *hint,
                 const char *format, ...) DLU_PRINTF(5);
/** DLU_OK where there was none; else DLU_E_INPUT. `file` names the file in the summing up. */
dlu_status dlu_problems_finish(const dlu_problems *problems, const char *file, dlu_messages *log,
                               dlu_error *err);

/** Writes "Sheet!E14", "14:5", "14" or "" into buf; returns buf. */
char *dlu_place_render(const dlu_place *place, char *buf, size_t size);

#endif
