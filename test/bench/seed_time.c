/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "seed/seed.h"
#include "simulate/random.h"

/*
 * How long the search for sites takes: one sequence of 1 Mb, and 20,000 inserts of 2 kb, each
 * beside grep -c over the same bases, which counts lines that hold the six of the seed; and the
 * longest alignment, of two inserts that have nothing in common. seed_time. Prints only.
 */

#define LARGE   1000000u
#define INSERTS 20000u
#define INSERT  2000u
#define REPEATS 9
#define MIR_21  "UAGCUUAUCAGACUGAUGUUGA"
#define THE_SIX "TAAGCT"

static void give_up(const char *text)
{
    fprintf(stderr, "seed_time: %s\n", text);
    exit(1);
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* others' work does not count */
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double of_children(void)
{
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static uint8_t *random_sets(dlu_random *random, size_t n)
{
    uint8_t *sets = malloc(n);
    if (!sets)
        give_up("no memory");
    for (size_t i = 0; i < n; i++)
        sets[i] = (uint8_t)(1u << (dlu_random_bits(random) & 3));
    return sets;
}

/* Median time of scanning n inserts; *sites is how many were found. */
static double scan(const dlu_mirna *m, const uint8_t *sets, size_t n, size_t length, size_t *sites)
{
    double times[REPEATS];
    for (int r = 0; r < REPEATS; r++) {
        dlu_arena *arena = dlu_arena_new();
        dlu_site_list list = {0};
        double begin = milliseconds();
        for (size_t i = 0; i < n; i++) {
            dlu_sequence t = {.name = "", .sets = sets + i * length, .n = length};
            if (!arena || !dlu_sites_find(m, &t, arena, &list))
                give_up("no memory");
        }
        times[r] = milliseconds() - begin;
        *sites = list.n;
        dlu_arena_free(arena);
    }
    qsort(times, REPEATS, sizeof *times, ascending);
    return times[REPEATS / 2];
}

/* The same bases, one insert a line, under grep -c. */
static double grep(const uint8_t *sets, size_t n, size_t length, unsigned *lines)
{
    char path[] = "seed_time-XXXXXX", command[64];
    double times[REPEATS];
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file)
        give_up("no file can be made in this folder");
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < length; k++)
            putc(sets[i * length + k] == DLU_BASE_U ? 'T' : dlu_base_letter(sets[i * length + k]),
                 file);
        putc('\n', file);
    }
    fclose(file);
    snprintf(command, sizeof command, "LC_ALL=C grep -c " THE_SIX " %s", path);
    for (int r = 0; r < REPEATS; r++) {
        double begin = of_children();
        FILE *answer = popen(command, "r");
        if (!answer || fscanf(answer, "%u", lines) != 1)
            give_up("grep does not answer");
        pclose(answer);
        times[r] = of_children() - begin;
    }
    unlink(path);
    qsort(times, REPEATS, sizeof *times, ascending);
    return times[REPEATS / 2];
}

static void measure(const char *name, const dlu_mirna *m, const uint8_t *sets, size_t n,
                    size_t length)
{
    size_t sites;
    unsigned lines;
    double own = scan(m, sets, n, length, &sites);
    double others = grep(sets, n, length, &lines);
    printf("%-24s %8.2f ms, %zu sites; grep -c " THE_SIX " %8.2f ms, %u lines\n", name, own, sites,
           others, lines);
}

static void measure_alignment(const uint8_t *sets)
{
    dlu_arena *arena = dlu_arena_new();
    dlu_alignment al;
    dlu_sequence a = {.name = "a", .sets = sets, .n = DLU_MAX_INSERT};
    dlu_sequence b = {.name = "b", .sets = sets + DLU_MAX_INSERT, .n = DLU_MAX_INSERT};
    double begin = milliseconds();
    if (!arena || dlu_align(&a, &b, arena, &al, NULL))
        give_up("no memory");
    printf("%-24s %8.0f ms, cost %lu\n", "20 kb against 20 kb", milliseconds() - begin, al.cost);
    dlu_arena_free(arena);
}

int main(void)
{
    dlu_random random;
    dlu_mirna m;
    dlu_error err;
    dlu_arena *arena = dlu_arena_new();
    if (!arena || dlu_mirna_from_text(MIR_21, NULL, NULL, arena, &m, &err))
        give_up("no memory");
    dlu_random_seed(&random, 1);
    uint8_t *sets = random_sets(&random, (size_t)INSERTS * INSERT);
    measure("1 sequence of 1 Mb", &m, sets, 1, LARGE);
    measure("20,000 inserts of 2 kb", &m, sets, INSERTS, INSERT);
    measure_alignment(sets);
    free(sets);
    dlu_arena_free(arena);
    return 0;
}
