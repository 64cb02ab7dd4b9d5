/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/moments.h"
#include "base/text.h"
#include "report/model.h"

static const char *state_of(const dlu_reading *reading)
{
    return reading ? dlu_read_state_name(reading->state) : NULL;
}

/* What the reader's file itself calls the well, or NULL. */
static const char *sample_of(const dlu_plate *plate, dlu_well well)
{
    size_t low = 0, high = plate->n_samples;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plate->samples[middle].well < well)
            low = middle + 1;
        else
            high = middle;
    }
    return low < plate->n_samples && plate->samples[low].well == well ? plate->samples[low].name
                                                                      : NULL;
}

static void fill_well(const dlu_experiment *e, const dlu_assay_well *w, const char *name,
                      dlu_well_row *row)
{
    const dlu_map_row *map = w->map;
    const dlu_reading *read =
        w->reading[DLU_REPORTER] ? w->reading[DLU_REPORTER] : w->reading[DLU_CONTROL];
    *row = (dlu_well_row){
        .plate = e->plates[w->plate].plate->name,
        .well = name,
        .dose_nM = NAN,
        .reporter = w->raw[DLU_REPORTER],
        .control = w->raw[DLU_CONTROL],
        .reporter_net = w->net[DLU_REPORTER],
        .control_net = w->net[DLU_CONTROL],
        .ratio = w->ratio,
        .ln_ratio = w->ln_ratio,
        .used = w->used,
        .flags = w->flags,
        .reporter_state = state_of(w->reading[DLU_REPORTER]),
        .control_state = state_of(w->reading[DLU_CONTROL]),
        .at = dlu_reading_place(read),
        .unit = w->unit == DLU_NO_UNIT ? DLU_NO_ROW : w->unit,
        .in_blank = dlu_well_in_blank(e, w),
    };
    row->sample = sample_of(e->plates[w->plate].plate, w->well);
    if (!map)
        return;
    row->role = dlu_role_name(map->role);
    row->target = map->target;
    row->construct = map->construct;
    row->treatment = map->treatment;
    row->mirna = map->mirna;
    row->dose_nM = map->dose_nM;
    row->replicate = map->replicate;
    row->block = map->block;
    if (map->sample && *map->sample)
        row->sample = map->sample;
    row->extra = (const char *const *)map->extra;
}

bool dlu_model_wells(const dlu_experiment *e, dlu_arena *arena, dlu_result *result)
{
    char name[DLU_WELL_NAME_SIZE];
    result->wells = dlu_arena_alloc(arena, e->n_wells + 1, sizeof *result->wells);
    if (!result->wells)
        return false;
    for (size_t i = 0; i < e->n_wells; i++) {
        const char *copy = dlu_arena_copy(arena, dlu_well_name(e->wells[i].well, name));
        if (!copy)
            return false;
        fill_well(e, &e->wells[i], copy, &result->wells[i]);
    }
    result->n_wells = e->n_wells;
    result->extra_columns = e->extra_columns;
    result->n_extra_columns = e->n_extra;
    return true;
}

bool dlu_model_plates(const dlu_experiment *e, dlu_arena *arena, dlu_result *result)
{
    result->plates = dlu_arena_alloc(arena, e->n_plates + 1, sizeof *result->plates);
    if (!result->plates)
        return false;
    for (size_t i = 0; i < e->n_plates; i++) {
        const dlu_assay_plate *p = &e->plates[i];
        result->plates[i] = (dlu_plate_row){.name = p->plate->name,
                                            .n_rows = p->plate->n_rows,
                                            .n_cols = p->plate->n_cols,
                                            .first_well = p->first_well,
                                            .n_wells = p->n_wells,
                                            .blank_role = !p->blank[DLU_REPORTER].n ? NULL
                                                          : p->blank_is_buffer
                                                              ? dlu_role_name(DLU_ROLE_BLANK_BUFFER)
                                                              : dlu_role_name(DLU_ROLE_BLANK),
                                            .blank_reporter = p->blank[DLU_REPORTER].mean,
                                            .blank_control = p->blank[DLU_CONTROL].mean};
    }
    result->n_plates = e->n_plates;
    return true;
}

/* Units of arms that some pair compares within plates carry the plate as their block. */
static void mark_plate_blocks(const dlu_verdicts *v, bool *by_plate)
{
    for (size_t i = 0; i < v->n; i++) {
        const dlu_pair *pair = &v->pairs[i];
        if (!v->findings[i].blocks_are_plates)
            continue;
        for (unsigned c = 0; c < DLU_CELLS; c++)
            for (size_t k = 0; k < pair->cells[c].n_arms; k++)
                by_plate[pair->cells[c].arms[k]] = true;
    }
}

bool dlu_model_units(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena,
                     dlu_result *result)
{
    bool *by_plate = dlu_arena_alloc(arena, e->n_arms + 1, sizeof *by_plate);
    result->units = dlu_arena_alloc(arena, e->n_units + 1, sizeof *result->units);
    if (!by_plate || !result->units)
        return false;
    mark_plate_blocks(v, by_plate);
    for (size_t i = 0; i < e->n_units; i++) {
        const dlu_unit *u = &e->units[i];
        const dlu_arm *a = &e->arms[u->arm];
        result->units[i] =
            (dlu_unit_row){a->target,
                           a->mirna,
                           a->dose_nM,
                           a->construct,
                           a->treatment,
                           u->replicate,
                           u->block ? u->block : (by_plate[u->arm] ? u->plates : NULL),
                           u->plates,
                           u->n_wells,
                           u->ln_ratio,
                           u->cv,
                           u->arm};
    }
    result->n_units = e->n_units;
    return true;
}

/* The primary comparison in which an arm is the treated one; EMPTY has its own. */
static const dlu_outcome *effect_of_arm(const dlu_verdicts *v, size_t arm, bool *is_control)
{
    const dlu_outcome *found = NULL;
    *is_control = false;
    for (size_t i = 0; i < v->n && !found; i++) {
        const dlu_findings *f = &v->findings[i];
        const dlu_outcome *of[3] = {&f->primary.of[DLU_EFFECT_WT], &f->primary.of[DLU_EFFECT_MUT],
                                    &f->empty.of[DLU_EFFECT_MUT]};
        for (unsigned c = 0; c < DLU_CELLS; c++)
            for (size_t k = 0; k < v->pairs[i].cells[c].n_arms; k++) {
                if (v->pairs[i].cells[c].arms[k] != arm)
                    continue;
                if (c % 2)
                    *is_control = true;
                else if (of[c / 2]->tried)
                    found = of[c / 2];
            }
    }
    return found;
}

static void fill_relative(const dlu_verdicts *v, size_t arm, dlu_group_row *row)
{
    bool is_control;
    const dlu_outcome *o = effect_of_arm(v, arm, &is_control);
    row->relative = row->relative_low = row->relative_high = NAN;
    if (is_control) {
        row->relative = 1;
    } else if (o) {
        row->relative = exp(o->test.estimate);
        row->relative_low = exp(o->test.low);
        row->relative_high = exp(o->test.high);
    }
}

bool dlu_model_groups(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena,
                      dlu_result *result)
{
    double *values = dlu_arena_alloc(arena, e->n_units + 1, sizeof *values);
    result->groups = dlu_arena_alloc(arena, e->n_arms + 1, sizeof *result->groups);
    if (!values || !result->groups)
        return false;
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        dlu_group_row *row = &result->groups[i];
        for (size_t k = 0; k < a->n_units; k++)
            values[k] = e->units[a->first_unit + k].ln_ratio;
        *row = (dlu_group_row){.target = a->target,
                               .mirna = a->mirna,
                               .dose_nM = a->dose_nM,
                               .construct = a->construct,
                               .treatment = a->treatment,
                               .n = a->n_units,
                               .n_wells = a->n_used,
                               .mean_ln = a->n_units ? dlu_mean(values, a->n_units) : NAN,
                               .sd_ln = dlu_sd(values, a->n_units)};
        row->geometric_mean = exp(row->mean_ln);
        fill_relative(v, i, row);
    }
    result->n_groups = e->n_arms;
    return true;
}
