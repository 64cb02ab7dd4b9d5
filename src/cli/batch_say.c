/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* What is said while a batch runs: a line that is written over on a terminal, else a line an
 * experiment. Times are here and in the log only. */

#define LINE_SIZE 1200u

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* "2026-05-04T13:05:06Z name: done", with what went on before it. */
static void add_to_log(FILE *log, const char *text)
{
    char stamp[40];
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    if (!gmtime_r(&now.tv_sec, &parts) ||
        !strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts))
        *stamp = '\0';
    fprintf(log, "%s %s\n", stamp, text);
    fflush(log);
}

void cli_progress_begin(cli_progress *p, size_t n, FILE *log)
{
    char text[80];
    *p = (cli_progress){.log = log, .n = n, .began = seconds()};
    p->terminal = isatty(STDERR_FILENO);
    snprintf(text, sizeof text, "begin: %zu experiments, dualuc %s", n, dlu_version());
    if (log)
        add_to_log(log, text);
}

/* "done, 4 verdicts, 1 direct, 2 warnings" */
static void describe(const dlu_run_experiment *e, bool unchanged, char *text, size_t size)
{
    if (!strcmp(e->status, "failed"))
        snprintf(text, size, "failed");
    else
        snprintf(text, size, "%s, %zu verdict%s, %zu direct, %zu warning%s",
                 unchanged ? "unchanged" : "done", e->n_verdicts, e->n_verdicts == 1 ? "" : "s",
                 e->n_direct, e->n_warnings, e->n_warnings == 1 ? "" : "s");
}

static void say_bar(const cli_progress *p)
{
    double took = seconds() - p->began;
    double rate = took > 0 ? (double)p->done / took : 0;
    double left = rate > 0 ? (double)(p->n - p->done) / rate : 0;
    fprintf(stderr, "\r\033[K%zu of %zu done, %zu failed, %.1f a second, %.0f s left", p->done,
            p->n, p->failed, rate, left);
    fflush(stderr);
}

static void say_line(const cli_progress *p, const char *name, const char *what)
{
    char text[LINE_SIZE + 1200], seen[4 * LINE_SIZE];
    snprintf(text, sizeof text, "%.1000s: %s", name, what);
    dlu_visible(text, seen, sizeof seen);
    fprintf(stderr, "[%zu/%zu] %s\n", p->done, p->n, seen);
}

static void log_line(const cli_progress *p, const dlu_run_experiment *e, const char *what)
{
    char text[LINE_SIZE + 1200], seen[4 * LINE_SIZE];
    snprintf(text, sizeof text, "%.1000s: %s%s%.600s", e->name, what, e->error ? ": " : "",
             e->error ? e->error : "");
    dlu_visible(text, seen, sizeof seen);
    add_to_log(p->log, seen);
}

void cli_progress_add(cli_progress *p, const dlu_run_experiment *e, bool unchanged,
                      const char *messages)
{
    char what[LINE_SIZE];
    bool failed = !strcmp(e->status, "failed");
    p->done++;
    p->failed += failed;
    describe(e, unchanged, what, sizeof what);
    if (p->log)
        log_line(p, e, what);
    if (!p->terminal)
        say_line(p, e->name, what);
    if (failed && p->terminal)
        fprintf(stderr, "\r\033[K");
    if (failed)
        fputs(messages, stderr);
    if (p->terminal)
        say_bar(p);
}

void cli_progress_end(cli_progress *p)
{
    char text[120];
    if (p->terminal && p->done)
        fprintf(stderr, "\r\033[K");
    snprintf(text, sizeof text, "end: %zu done, %zu failed, %.1f s", p->done - p->failed, p->failed,
             seconds() - p->began);
    if (p->log) {
        add_to_log(p->log, text);
        fclose(p->log);
        p->log = NULL;
    }
}
