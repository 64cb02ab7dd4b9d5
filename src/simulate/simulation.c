/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include "base/say.h"

/* Whole numbers above it are not safe in JSON; it is what truth.json has to hold. */
#define MAX_SEED UINT64_C(9007199254740991)

static dlu_status check_size(const dlu_simulate_options *o, dlu_error *err)
{
    if (o->wells != 96 && o->wells != 384)
        return dlu_fail(err, DLU_E_USAGE, "simulate-wells", NULL, NULL,
                        "wells: expected 96 or 384, found %u", o->wells);
    if (o->blocks < 1 || o->blocks > DLU_SIM_MAX_BLOCK)
        return dlu_fail(err, DLU_E_USAGE, "simulate-blocks", NULL, NULL,
                        "blocks: expected 1 to %u, found %u", DLU_SIM_MAX_BLOCK, o->blocks);
    if (o->seed > MAX_SEED)
        return dlu_fail(err, DLU_E_USAGE, "simulate-seed", NULL, NULL,
                        "seed: expected a whole number from 0 to %llu, found %llu",
                        (unsigned long long)MAX_SEED, (unsigned long long)o->seed);
    return DLU_OK;
}

static dlu_status check(const dlu_simulate_options *o, const dlu_simulate_model *model,
                        dlu_error *err)
{
    dlu_status status = check_size(o, err);
    if (status == DLU_OK)
        status = dlu_sim_check_model(model, o->pairs, err);
    if (status != DLU_OK)
        return status;
    unsigned fit = dlu_sim_capacity(o->wells, model);
    if (o->pairs < 1)
        return dlu_fail(err, DLU_E_USAGE, "simulate-pairs", NULL, NULL,
                        "pairs: expected 1 to %u, found 0", fit);
    if (o->pairs > fit)
        return dlu_fail(err, DLU_E_USAGE, "simulate-pairs-do-not-fit", NULL,
                        o->wells == 96 ? "ask for fewer pairs, or for --wells 384"
                                       : "ask for fewer pairs",
                        "pairs: expected at most %u on a plate of %u wells, each with 4 arms of %u "
                        "wells beside %s%u blanks, found %u",
                        fit, o->wells, model->wells_an_arm,
                        model->empty ? "the empty vector and " : "", DLU_SIM_BLANKS, o->pairs);
    return DLU_OK;
}

static dlu_status draw(dlu_simulation *s, dlu_error *err)
{
    dlu_random random;
    dlu_random_seed(&random, s->options.seed);
    if (!dlu_sim_design(s, &random) || !dlu_sim_lay_out(s))
        return dlu_fail_memory(err);
    dlu_sim_light(s, &random);
    return DLU_OK;
}

dlu_status dlu_simulation_new(const dlu_simulate_options *options, dlu_simulation **out,
                              dlu_error *err)
{
    dlu_simulate_model model;
    dlu_simulate_model_default(&model);
    return dlu_simulation_from_model(options, &model, out, err);
}

dlu_status dlu_simulation_from_model(const dlu_simulate_options *options,
                                     const dlu_simulate_model *model, dlu_simulation **out,
                                     dlu_error *err)
{
    *out = NULL;
    dlu_status status = check(options, model, err);
    if (status != DLU_OK)
        return status;
    dlu_arena *arena = dlu_arena_new();
    dlu_simulation *s = arena ? dlu_arena_alloc(arena, 1, sizeof *s) : NULL;
    if (!s) {
        dlu_arena_free(arena);
        return dlu_fail_memory(err);
    }
    *s = (dlu_simulation){.options = *options, .model = *model, .arena = arena};
    s->n_rows = options->wells == 96 ? 8 : 16;
    s->n_cols = options->wells == 96 ? 12 : 24;
    status = draw(s, err);
    if (status == DLU_OK)
        *out = s;
    else
        dlu_arena_free(arena);
    return status;
}

void dlu_simulation_free(dlu_simulation *simulation)
{
    if (simulation)
        dlu_arena_free(simulation->arena);
}

unsigned dlu_simulation_plate_count(const dlu_simulation *simulation)
{
    return simulation->options.blocks;
}

const dlu_sim_plate *dlu_sim_plate_at(const dlu_simulation *s, unsigned i, dlu_error *err)
{
    if (i < s->options.blocks)
        return &s->plates[i];
    dlu_fail(err, DLU_E_USAGE, "simulate-no-such-plate", NULL, NULL,
             "expected a plate from 0 to %u, found %u", s->options.blocks - 1, i);
    return NULL;
}

/* The civil calendar in years that begin on 1 March, in eras of 400 years. */
char *dlu_sim_date(int64_t day, dlu_arena *arena)
{
    int64_t z = day + 719468;
    int64_t era = z / 146097, doe = z % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;
    int64_t year = yoe + era * 400 + (month <= 2);
    return dlu_arena_printf(arena, "%04d-%02d-%02d", (int)year, (int)month,
                            (int)(doy - (153 * mp + 2) / 5 + 1));
}
