/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <dualuc/dualuc.h>

#include "assay/slips.h"
#include "simulate/simulation.h"

/*
 * How often each slip is found, and how often one is cried that is not there: slips [N [KIND]].
 * Every row is N experiments of the simulator, analysed from the tables of light on. Asserts
 * nothing.
 */

#define NO_SLIP    DLU_SLIP_COUNT
#define MOST_TEXTS 4

typedef struct tally {
    unsigned found, otherwise, false_cries, n;
    unsigned apart, found_apart; /* swaps of arms whose ratios differ 1.5-fold or more */
    unsigned by_code[DLU_SLIP_COUNT];
} tally;

typedef struct tables {
    dlu_bytes plates[MOST_TEXTS], map;
    dlu_source sources[MOST_TEXTS], map_source;
    char names[MOST_TEXTS][24];
} tables;

static void give_up(const char *text)
{
    fprintf(stderr, "slips: %s\n", text);
    exit(1);
}

static void write_tables(const dlu_simulation *s, tables *t)
{
    dlu_error err;
    for (unsigned i = 0; i < dlu_simulation_plate_count(s); i++) {
        snprintf(t->names[i], sizeof t->names[i], "day%u.csv", i + 1);
        if (dlu_simulation_plate_csv(s, i, &t->plates[i], &err))
            give_up(err.text);
        t->sources[i] = (dlu_source){
            .name = t->names[i], .bytes = t->plates[i].bytes, .n_bytes = t->plates[i].n_bytes};
    }
    if (dlu_simulation_map_csv(s, &t->map, &err))
        give_up(err.text);
    t->map_source =
        (dlu_source){.name = "map.csv", .bytes = t->map.bytes, .n_bytes = t->map.n_bytes};
}

static bool names_plate(const char *text, const char *plate)
{
    char name[32];
    size_t n = (size_t)snprintf(name, sizeof name, " %s", plate);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if (!(at[n] >= '0' && at[n] <= '9'))
            return true;
    return false;
}

static bool names_well(const char *text, dlu_well well)
{
    char name[DLU_WELL_NAME_SIZE];
    size_t n = strlen(dlu_well_name(well, name));
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if (!(at[n] >= '0' && at[n] <= '9') && (at == text || at[-1] == ' ' || at[-1] == '('))
            return true;
    return false;
}

/* Wells of the slip that a warning names; all of a whole plate. */
static size_t named_of(const dlu_sim_slip *slip, const char *text)
{
    size_t named = 0;
    for (size_t i = 0; i < slip->n_wells; i++)
        named += names_well(text, slip->wells[i]);
    return named;
}

static double ln_ratio_of(const dlu_simulation *s, const dlu_sim_arm *arm)
{
    if (!arm->target)
        return s->empty_ln_ratio;
    double fold = arm->construct == DLU_SIM_WT ? arm->target->wt_fold : arm->target->mut_fold;
    return arm->target->ln_ratio[arm->construct] + (arm->mimic ? log(fold) : 0);
}

static bool are_apart(const dlu_simulation *s)
{
    const dlu_sim_plate *plate = &s->plates[s->slips[0].plate];
    double d = 0;
    for (size_t i = 0; i < plate->n_wells; i++)
        for (int k = 0; k < 2; k++)
            if (plate->wells[i].well == s->slips[0].wells[k])
                d += (k ? -1 : 1) * ln_ratio_of(s, plate->wells[i].arm);
    return fabs(d) >= log(1.5);
}

static void judge(const dlu_simulation *s, const dlu_message *m, tally *t, bool *found,
                  bool *otherwise, bool *cried)
{
    if (strncmp(m->code, "slip-", 5) != 0)
        return;
    unsigned kind = 0;
    while (kind < DLU_SLIP_COUNT && strcmp(m->code + 5, dlu_slip_name((dlu_slip)kind)) != 0)
        kind++;
    if (kind == DLU_SLIP_COUNT)
        return;
    const dlu_sim_slip *slip = s->n_slips ? &s->slips[0] : NULL;
    bool here = slip && names_plate(m->text, s->plates[slip->plate].name);
    size_t named = here ? named_of(slip, m->text) : 0;
    if (here && slip->kind == kind && named == slip->n_wells)
        *found = true;
    else if (here && (named || !slip->n_wells))
        *otherwise = true;
    else
        *cried = true;
    t->by_code[kind]++;
}

static void run(const dlu_simulate_options *options, unsigned kind, tally *t)
{
    tables text = {0};
    dlu_simulation *s;
    dlu_result *result;
    dlu_error err;
    dlu_messages *log = dlu_messages_new();
    bool found = false, otherwise = false, cried = false;
    if (!log || dlu_simulation_new(options, &s, &err))
        give_up("no simulation");
    if (kind != NO_SLIP && dlu_simulation_plant(s, 1u << kind, &err))
        give_up(err.text);
    write_tables(s, &text);
    dlu_job job = {
        .plates = text.sources, .n_plates = options->blocks, .maps = &text.map_source, .n_maps = 1};
    dlu_settings_default(&job.settings);
    if (dlu_analyze(&job, &result, log, &err))
        give_up(err.text);
    for (size_t i = 0; i < dlu_messages_count(log); i++)
        judge(s, dlu_messages_get(log, i), t, &found, &otherwise, &cried);
    t->found += found;
    t->otherwise += otherwise && !found;
    t->false_cries += cried;
    t->n++;
    if (kind == DLU_SLIP_SWAPPED && are_apart(s)) {
        t->apart++;
        t->found_apart += found;
    }
    dlu_result_free(result);
    dlu_messages_free(log);
    for (unsigned i = 0; i < options->blocks; i++)
        dlu_bytes_free(&text.plates[i]);
    dlu_bytes_free(&text.map);
    dlu_simulation_free(s);
}

static void print_row(unsigned kind, unsigned blocks, unsigned pairs, unsigned n)
{
    tally t = {0};
    for (unsigned i = 0; i < n; i++) {
        dlu_simulate_options options = {96, blocks, pairs, 1000003u * (blocks * 10 + pairs) + i};
        run(&options, kind, &t);
    }
    double hundredth = t.n / 100.0;
    printf("| %-15s | %u | %u | ", kind == NO_SLIP ? "none" : dlu_slip_name((dlu_slip)kind), blocks,
           pairs);
    if (kind == NO_SLIP)
        printf("    - |     - | ");
    else
        printf("%5.1f | %5.1f | ", t.found / hundredth, t.otherwise / hundredth);
    printf("%4.1f |\n", t.false_cries / hundredth);
    if (t.apart)
        printf("| - of 1.5-fold   | %u | %u | %5.1f |     - |    - |\n", blocks, pairs,
               100.0 * t.found_apart / t.apart);
    fflush(stdout);
    for (unsigned k = 0; k < DLU_SLIP_COUNT; k++)
        if (t.by_code[k] && k != kind)
            fprintf(stderr, "  %s said %u times\n", dlu_slip_name((dlu_slip)k), t.by_code[k]);
}

int main(int argc, char **argv)
{
    static const unsigned designs[][2] = {{1, 1}, {1, 2}, {1, 4}, {3, 1}, {3, 2}, {3, 4}};
    long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
    if (n < 1 || n > 1000000)
        give_up("expected a number of experiments, 1 to 1000000");
    printf("| planted | plates | pairs | found %% | told as another %% | false %% |\n");
    printf("|---|---|---|---|---|---|\n");
    for (unsigned kind = 0; kind <= NO_SLIP; kind++)
        if (argc < 3 || !strcmp(argv[2], kind == NO_SLIP ? "none" : dlu_slip_name((dlu_slip)kind)))
            for (size_t d = 0; d < sizeof designs / sizeof *designs; d++)
                print_row(kind, designs[d][0], designs[d][1], (unsigned)n);
    return 0;
}
