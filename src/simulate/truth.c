/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include <jansson.h>

#include <dualuc/version.h>

#include "base/say.h"
#include "report/bytes.h"

static const struct {
    const char *kind;
    dlu_call call;
    dlu_verdict_code verdict;
} expected[] = {
    [DLU_SIM_DIRECT] = {"direct", DLU_CALL_DIRECT, DLU_DIRECT_TARGET},
    [DLU_SIM_OTHER_SITE] = {"other-site", DLU_CALL_NO, DLU_REPRESSED_SITE_INDEPENDENT},
    [DLU_SIM_UNAFFECTED] = {"unaffected", DLU_CALL_NO, DLU_NO_REPRESSION},
};

static json_t *model_of(const dlu_simulation *s)
{
    return json_pack("{s:i, s:i, s:i, s:f, s:f, s:f, s:f}", "wells", (int)s->options.wells,
                     "blocks", (int)s->options.blocks, "wells_an_arm", (int)DLU_SIM_WELLS, "sd_day",
                     DLU_SIM_SD_DAY, "sd_unit", DLU_SIM_SD_UNIT, "sd_well", DLU_SIM_SD_WELL,
                     "sd_transfection", DLU_SIM_SD_TRANSFECTION);
}

static json_t *target_of(const dlu_sim_target *t)
{
    return json_pack("{s:s, s:s, s:s, s:f, s:f, s:s, s:s}", "target", t->name, "mirna",
                     DLU_SIM_MIRNA, "kind", expected[t->kind].kind, "wt_fold", t->wt_fold,
                     "mut_fold", t->mut_fold, "call", dlu_call_name(expected[t->kind].call),
                     "verdict", dlu_verdict_name(expected[t->kind].verdict));
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
    for (size_t w = 0; w < plate->n_wells; w++)
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
