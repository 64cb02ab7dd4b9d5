/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include <math.h>

#define RENILLA_LIGHT 400000.0 /* of a usual well */
#define SD_BRIGHTNESS 0.15     /* of a day, both channels */
#define SD_BLANK      0.08
#define SQRT_HALF     0.70710678118654752440

/* What the wells of one plate share. */
typedef struct day {
    double ln_brightness;
    double ln_ratio;
    double blank_firefly;
    double blank_renilla;
} day;

static day draw_day(dlu_random *random)
{
    day d;
    d.ln_brightness = dlu_random_normal(random, SD_BRIGHTNESS);
    d.ln_ratio = dlu_random_normal(random, DLU_SIM_SD_DAY);
    d.blank_firefly = 350 + 150 * dlu_random_uniform(random);
    d.blank_renilla = 500 + 250 * dlu_random_uniform(random);
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
        return s->empty_ln_ratio;
    double fold = arm->construct == DLU_SIM_WT ? arm->target->wt_fold : arm->target->mut_fold;
    return arm->target->ln_ratio[arm->construct] + (arm->mimic ? log(fold) : 0);
}

/* Every well takes the same draws, dead or not, so that one well changes no other. */
static void draw_well(dlu_sim_well *well, const day *d, double ln_ratio, dlu_random *random)
{
    double firefly = d->blank_firefly * exp(dlu_random_normal(random, SD_BLANK));
    double renilla = d->blank_renilla * exp(dlu_random_normal(random, SD_BLANK));
    double transfection = dlu_random_normal(random, DLU_SIM_SD_TRANSFECTION);
    double noise_firefly = dlu_random_normal(random, DLU_SIM_SD_WELL * SQRT_HALF);
    double noise_renilla = dlu_random_normal(random, DLU_SIM_SD_WELL * SQRT_HALF);
    well->seconds = 14.7 + floor(200 * dlu_random_uniform(random)) / 1000;
    if (well->arm && !well->dead) {
        double ln_light = d->ln_brightness + transfection;
        renilla += RENILLA_LIGHT * exp(ln_light + noise_renilla);
        firefly += RENILLA_LIGHT * exp(ln_light + ln_ratio + noise_firefly);
    }
    well->firefly = dlu_sim_as_shown(firefly);
    well->renilla = dlu_sim_as_shown(renilla);
}

/* Arm by arm, so that a plate's layout does not change what an arm draws. */
static void light_arm(dlu_simulation *s, dlu_sim_plate *plate, const dlu_sim_arm *arm, const day *d,
                      dlu_random *random)
{
    bool one_transfection = s->options.blocks > 1;
    double unit = dlu_random_normal(random, DLU_SIM_SD_UNIT);
    for (size_t i = 0; i < plate->n_wells; i++) {
        dlu_sim_well *well = &plate->wells[i];
        if (well->arm != arm)
            continue;
        if (!one_transfection)
            unit = dlu_random_normal(random, DLU_SIM_SD_UNIT);
        well->dead = arm && plate == &s->plates[s->dead_plate] && arm == &s->arms[s->dead_arm] &&
                     well->replicate == s->dead_replicate;
        double ln_ratio = arm ? ln_ratio_of(s, arm) + d->ln_ratio + unit : 0;
        draw_well(well, d, ln_ratio, random);
    }
}

void dlu_sim_light(dlu_simulation *s, dlu_random *random)
{
    for (unsigned i = 0; i < s->options.blocks; i++) {
        day d = draw_day(random);
        for (size_t a = 0; a < s->n_arms; a++)
            light_arm(s, &s->plates[i], &s->arms[a], &d, random);
        light_arm(s, &s->plates[i], NULL, &d, random);
    }
}
