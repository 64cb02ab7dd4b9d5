/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include <math.h>

#define RENILLA_LIGHT 400000.0 /* of a usual well */
#define SD_BRIGHTNESS 0.15     /* of a day, both channels */
#define SD_BLANK      0.08
#define SQRT_HALF     0.70710678118654752440
#define MIMIC_STREAM  UINT64_C(0x3131C0DA75) /* tells the shifts of mimics from all other draws */

/* What the wells of one plate share. */
typedef struct day {
    double ln_brightness;
    double ln_ratio;
    double blank_firefly;
    double blank_renilla;
    double ln_mimic; /* shift of all mimic arms */
} day;

/* The noise of one arm: standard deviations of the ratio. */
typedef struct noise {
    double unit, well;
} noise;

static day draw_day(const dlu_simulate_model *model, dlu_random *random, dlu_random *mimics)
{
    day d;
    d.ln_brightness = dlu_random_normal(random, SD_BRIGHTNESS);
    d.ln_ratio = dlu_random_normal(random, model->sd_day);
    d.blank_firefly = 350 + 150 * dlu_random_uniform(random);
    d.blank_renilla = 500 + 250 * dlu_random_uniform(random);
    d.ln_mimic = dlu_random_normal(mimics, model->sd_mimic_day);
    return d;
}

double dlu_sim_as_shown(double light)
{
    double unit = 1;
    while (light / unit >= 10000)
        unit *= 10;
    return floor(light / unit + 0.5) * unit;
}

static double ln_ratio_of(const dlu_simulation *s, const dlu_sim_arm *arm)
{
    if (!arm->target)
        return s->empty_ln_ratio + (arm->mimic ? log(s->model.empty_fold) : 0);
    double fold = arm->construct == DLU_SIM_WT ? arm->target->wt_fold : arm->target->mut_fold;
    return arm->target->ln_ratio[arm->construct] + (arm->mimic ? log(fold) : 0);
}

static noise noise_of(const dlu_simulate_model *model, const dlu_sim_arm *arm)
{
    static const dlu_simulate_arm arms[][2] = {
        [DLU_SIM_WT] = {DLU_SIMULATE_WT_SCRAMBLE, DLU_SIMULATE_WT_MIMIC},
        [DLU_SIM_MUT] = {DLU_SIMULATE_MUT_SCRAMBLE, DLU_SIMULATE_MUT_MIMIC},
        [DLU_SIM_EMPTY] = {DLU_SIMULATE_EMPTY_SCRAMBLE, DLU_SIMULATE_EMPTY_MIMIC},
    };
    double factor =
        arm && arms[arm->construct][arm->mimic] == model->noisy_arm ? model->noise_factor : 1;
    return (noise){factor * model->sd_unit, factor * model->sd_well * SQRT_HALF};
}

/* Every well takes the same draws, dead or not, so that one well changes no other. */
static void draw_well(const dlu_simulate_model *model, dlu_sim_well *well, const day *d,
                      double ln_ratio, double sd, dlu_random *random)
{
    double firefly = d->blank_firefly * exp(dlu_random_normal(random, SD_BLANK));
    double renilla = d->blank_renilla * exp(dlu_random_normal(random, SD_BLANK));
    double transfection = dlu_random_normal(random, model->sd_transfection);
    double noise_firefly = dlu_random_normal(random, sd);
    double noise_renilla = dlu_random_normal(random, sd);
    well->seconds = 14.7 + floor(200 * dlu_random_uniform(random)) / 1000;
    if (well->arm && !well->dead) {
        double ln_light = d->ln_brightness + transfection;
        double usual = RENILLA_LIGHT * model->efficiency;
        renilla += usual * exp(ln_light + noise_renilla);
        firefly += usual * exp(ln_light + ln_ratio + noise_firefly);
    }
    well->firefly = dlu_sim_as_shown(firefly);
    well->renilla = dlu_sim_as_shown(renilla);
}

/* Arm by arm, so that a plate's layout does not change what an arm draws. */
static void light_arm(dlu_simulation *s, dlu_sim_plate *plate, const dlu_sim_arm *arm, const day *d,
                      dlu_random *random)
{
    bool one_transfection = s->options.blocks > 1;
    noise sd = noise_of(&s->model, arm);
    double unit = dlu_random_normal(random, sd.unit);
    for (size_t i = 0; i < plate->n_wells; i++) {
        dlu_sim_well *well = &plate->wells[i];
        if (well->arm != arm)
            continue;
        if (!one_transfection)
            unit = dlu_random_normal(random, sd.unit);
        well->dead = s->has_dead && arm && plate == &s->plates[s->dead_plate] &&
                     arm == &s->arms[s->dead_arm] && well->replicate == s->dead_replicate;
        double ln_ratio = arm ? ln_ratio_of(s, arm) + d->ln_ratio + unit : 0;
        if (arm && arm->mimic)
            ln_ratio += d->ln_mimic;
        draw_well(&s->model, well, d, ln_ratio, sd.well, random);
    }
}

void dlu_sim_light(dlu_simulation *s, dlu_random *random)
{
    dlu_random mimics;
    dlu_random_seed(&mimics, s->options.seed ^ MIMIC_STREAM);
    for (unsigned i = 0; i < s->options.blocks; i++) {
        day d = draw_day(&s->model, random, &mimics);
        for (size_t a = 0; a < s->n_arms; a++)
            light_arm(s, &s->plates[i], &s->arms[a], &d, random);
        light_arm(s, &s->plates[i], NULL, &d, random);
    }
}
