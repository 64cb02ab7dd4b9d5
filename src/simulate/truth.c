/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include <math.h>

#include <jansson.h>

#include <dualuc/version.h>

#include "base/say.h"
#include "report/bytes.h"
#include "verdict/rules.h"

static const char *const kinds[] = {
    [DLU_SIM_DIRECT] = "direct",
    [DLU_SIM_OTHER_SITE] = "other-site",
    [DLU_SIM_UNAFFECTED] = "unaffected",
    [DLU_SIM_OTHER] = "other",
};

/* An effect that was measured without error. */
static dlu_effect exact(double estimate)
{
    return (dlu_effect){estimate, estimate == 0 ? 1 : 0, estimate, estimate};
}

/* Row 0 of perfect data never holds, so the table decides by the folds alone. */
static dlu_verdict_code right_verdict(const dlu_sim_target *t)
{
    dlu_settings usual;
    dlu_settings_default(&usual);
    double wt = log(t->wt_fold), mut = log(t->mut_fold), margin = -log(usual.equivalence);
    dlu_evidence perfect = {
        .wt = exact(wt),
        .mut = exact(mut),
        .interaction = exact(wt - mut),
        .control_interaction = exact(0),
        .p_noninferiority = mut > -margin ? 0 : 1,
        .p_tost_wt = fabs(wt) < margin ? 0 : 1,
        .p_tost_interaction = fabs(wt - mut) < margin ? 0 : 1,
        .p_direct_adjusted = NAN,
        .sign = 1,
        .arms_usable = true,
        .has_mutant = true,
        .n_min = 2,
        .alpha = usual.alpha,
        .theta = usual.theta,
        .effect_rule = usual.effect_rule,
    };
    return dlu_verdict_decide(&perfect)->code;
}

static json_t *model_of(const dlu_simulation *s)
{
    const dlu_simulate_model *m = &s->model;
    return json_pack("{s:i, s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:b, s:f, s:s, s:f}", "wells",
                     (int)s->options.wells, "blocks", (int)s->options.blocks, "wells_an_arm",
                     (int)m->wells_an_arm, "sd_day", m->sd_day, "sd_unit", m->sd_unit, "sd_well",
                     m->sd_well, "sd_transfection", m->sd_transfection, "sd_mimic_day",
                     m->sd_mimic_day, "efficiency", m->efficiency, "empty", m->empty, "empty_fold",
                     m->empty_fold, "noisy_arm", dlu_sim_arm_name(m->noisy_arm), "noise_factor",
                     m->noise_factor);
}

static json_t *target_of(const dlu_sim_target *t)
{
    dlu_verdict_code verdict = right_verdict(t);
    return json_pack("{s:s, s:s, s:s, s:f, s:f, s:s, s:s}", "target", t->name, "mirna",
                     DLU_SIM_MIRNA, "kind", kinds[t->kind], "wt_fold", t->wt_fold, "mut_fold",
                     t->mut_fold, "call", dlu_call_name(dlu_verdict_call(verdict, false)),
                     "verdict", dlu_verdict_name(verdict));
}

static json_t *targets_of(const dlu_simulation *s)
{
    json_t *list = json_array();
    for (unsigned i = 0; list && i < s->options.pairs; i++) {
        if (json_array_append_new(list, target_of(&s->targets[i]))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *dead_well_of(const dlu_simulation *s)
{
    char name[DLU_WELL_NAME_SIZE];
    const dlu_sim_plate *plate = &s->plates[s->dead_plate];
    for (size_t w = 0; s->has_dead && w < plate->n_wells; w++)
        if (plate->wells[w].dead)
            return json_pack("{s:s, s:s}", "plate", plate->name, "well",
                             dlu_well_name(plate->wells[w].well, name));
    return json_null();
}

static json_t *slip_of(const dlu_simulation *s, const dlu_sim_slip *slip)
{
    char name[DLU_WELL_NAME_SIZE];
    json_t *wells = json_array();
    for (size_t i = 0; i < slip->n_wells; i++)
        json_array_append_new(wells, json_string(dlu_well_name(slip->wells[i], name)));
    return json_pack("{s:s, s:s, s:o}", "kind", dlu_slip_name(slip->kind), "plate",
                     s->plates[slip->plate].name, "wells", wells);
}

static json_t *slips_of(const dlu_simulation *s)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < s->n_slips; i++) {
        if (json_array_append_new(list, slip_of(s, &s->slips[i]))) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static int add_dump(const char *bytes, size_t n, void *data)
{
    dlu_buffer *buffer = data;
    dlu_buffer_add_n(buffer, bytes, n);
    return buffer->failed ? -1 : 0;
}

dlu_status dlu_simulation_truth_json(const dlu_simulation *s, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer buffer = {0};
    json_t *truth = json_pack("{s:s, s:I, s:o, s:o, s:o, s:o}", "dualuc", dlu_version(), "seed",
                              (json_int_t)s->options.seed, "model", model_of(s), "dead_well",
                              dead_well_of(s), "targets", targets_of(s), "slips", slips_of(s));
    if (!truth ||
        json_dump_callback(truth, add_dump, &buffer, JSON_INDENT(1) | JSON_REAL_PRECISION(15)))
        buffer.failed = true;
    json_decref(truth);
    dlu_buffer_add(&buffer, "\n");
    return dlu_bytes_take(&buffer, out, err);
}
