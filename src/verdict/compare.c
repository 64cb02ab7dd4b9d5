/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Units of a control this alike were divided by themselves: their variance is gone. */
#define PRENORMALISED_SPREAD 1e-9

static const dlu_cells both = {
    {DLU_CELL_WT, DLU_CELL_WT_CONTROL, DLU_CELL_MUT, DLU_CELL_MUT_CONTROL}, 4};
static const dlu_cells wt_alone = {{DLU_CELL_WT, DLU_CELL_WT_CONTROL}, 2};
static const dlu_cells mut_alone = {{DLU_CELL_MUT, DLU_CELL_MUT_CONTROL}, 2};
static const dlu_cells ev_alone = {{DLU_CELL_EV, DLU_CELL_EV_CONTROL}, 2};
static const dlu_cells wt_and_ev = {
    {DLU_CELL_WT, DLU_CELL_WT_CONTROL, DLU_CELL_EV, DLU_CELL_EV_CONTROL}, 4};
static const dlu_cells mut_and_ev = {
    {DLU_CELL_MUT, DLU_CELL_MUT_CONTROL, DLU_CELL_EV, DLU_CELL_EV_CONTROL}, 4};

double dlu_pair_sign(const dlu_pair *pair)
{
    return strcmp(pair->treatment, "inhibitor") ? 1 : -1;
}

const char *dlu_pair_label(const dlu_pair *pair, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    const char *dose = isnan(pair->dose_nM) ? "" : dlu_text_from_double(pair->dose_nM, number);
    return dlu_arena_printf(arena, "%s%s%s%s%s%s | %s | %s", pair->target ? pair->target : "target",
                            pair->mirna ? " | " : "", pair->mirna ? pair->mirna : "",
                            *dose ? " | " : "", dose, *dose ? " nM" : "", pair->treatment,
                            pair->mutant ? pair->mutant : "no mutant");
}

dlu_cells dlu_pair_cells(const dlu_pair *pair)
{
    return pair->mutant ? both : wt_alone;
}

double dlu_p_direct(const dlu_effects *effects)
{
    double wt = effects->of[DLU_EFFECT_WT].test.p;
    double interaction = effects->of[DLU_EFFECT_INTERACTION].test.p;
    if (!effects->of[DLU_EFFECT_WT].tried || !effects->of[DLU_EFFECT_INTERACTION].tried ||
        isnan(wt) || isnan(interaction))
        return NAN;
    return wt > interaction ? wt : interaction;
}

static void name_method(dlu_effects *effects, const char *method)
{
    for (int i = 0; i < DLU_EFFECTS; i++)
        if (effects->of[i].tried)
            effects->of[i].method = method;
}

void dlu_effects_by_design(const dlu_settings *settings, dlu_design design, bool prenormalised,
                           const dlu_series *s, const dlu_cells *cells, dlu_quantity of,
                           dlu_arena *arena, dlu_effects *primary, dlu_effects *secondary)
{
    double alpha = settings->alpha;
    *secondary = (dlu_effects){0};
    switch (design) {
    case DLU_DESIGN_BLOCKED:
        *primary = dlu_effects_pooled(s, cells, of, alpha, arena);
        *secondary = dlu_effects_per_block(s, cells, of, alpha, arena);
        if (settings->error == DLU_ERROR_BLOCK || prenormalised) {
            dlu_effects pooled = *primary;
            *primary = *secondary;
            *secondary = pooled;
        }
        if (prenormalised)
            name_method(primary, "one-sample");
        break;
    case DLU_DESIGN_SPLIT_BLOCK:
        *primary = dlu_effects_split(s, cells, of, alpha, arena);
        break;
    default:
        *primary =
            dlu_effects_unblocked(s, cells, of, settings->student && !prenormalised, alpha, arena);
        break;
    }
}

/* A control all of whose units are equal was set to 1 (or 100) before it came here. */
static bool is_prenormalised(const dlu_series *s, unsigned cell)
{
    double low = INFINITY, high = -INFINITY;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->cell[i] != cell)
            continue;
        low = fmin(low, s->value[DLU_OF_RATIO][i]);
        high = fmax(high, s->value[DLU_OF_RATIO][i]);
        n++;
    }
    return n >= 2 && high - low < PRENORMALISED_SPREAD;
}

static const char *arm_words(const dlu_pair *pair, const dlu_arm_cell *cell, dlu_arena *arena)
{
    return dlu_arena_printf(arena, "%s %s with %s", pair->target ? pair->target : "target",
                            cell->construct, cell->treatment);
}

/* The map speaks of the arm, though none of its wells has light. */
static bool is_in_map(const dlu_experiment *e, const dlu_pair *pair, const dlu_arm_cell *cell)
{
    bool treated = !strcmp(cell->treatment, pair->treatment);
    for (size_t p = 0; p < e->n_plates; p++) {
        const dlu_map *map = e->plates[p].map;
        for (size_t i = 0; map && i < map->n_rows; i++) {
            const dlu_map_row *row = &map->rows[i];
            if (row->construct && row->treatment && !strcmp(row->construct, cell->construct) &&
                !strcmp(row->treatment, cell->treatment) &&
                !dlu_text_compare(row->target, pair->target) &&
                (!treated || !dlu_text_compare(row->mirna, pair->mirna)))
                return true;
        }
    }
    return false;
}

static const char *missing_words(const dlu_experiment *e, const dlu_pair *pair,
                                 const dlu_arm_cell *cell, dlu_arena *arena)
{
    if (cell->n_lost)
        return dlu_arena_printf(arena, "none of its %zu wells is usable", cell->n_lost);
    return is_in_map(e, pair, cell) ? "none of its wells was read" : "it is not in the map";
}

/* Row 0: which arms are missing or have no usable well. */
static dlu_status find_missing(const dlu_experiment *e, const dlu_pair *pair, dlu_arena *arena,
                               dlu_findings *f, dlu_error *err)
{
    unsigned n = pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT;
    f->n_min = SIZE_MAX;
    for (unsigned c = 0; c < n; c++) {
        const dlu_arm_cell *cell = &pair->cells[c];
        if (cell->n_units < f->n_min)
            f->n_min = cell->n_units;
        if (cell->n_wells)
            continue;
        const char *arm = arm_words(pair, cell, arena);
        const char *why = missing_words(e, pair, cell, arena);
        const char *before = f->missing ? f->missing : "";
        if (!arm || !why)
            return dlu_fail_memory(err);
        f->missing = dlu_arena_printf(arena, "%s%s%s (%s)", before, *before ? "; " : "", arm, why);
        if (!f->missing)
            return dlu_fail_memory(err);
    }
    f->arms_usable = f->missing == NULL;
    return DLU_OK;
}

bool dlu_cells_usable(const dlu_pair *pair, const dlu_cells *cells)
{
    for (unsigned c = 0; c < cells->n; c++)
        if (!pair->cells[cells->cell[c]].n_wells)
            return false;
    return true;
}

/* Cells other than the verdict's own four have a design of their own. */
static dlu_effects by_own_design(const dlu_settings *settings, const dlu_pair *pair,
                                 const dlu_series *s, const dlu_cells *cells, bool technical,
                                 dlu_arena *arena)
{
    dlu_effects primary = {0}, secondary;
    const char *text, *why;
    if (!dlu_cells_usable(pair, cells))
        return primary;
    dlu_design design =
        technical ? DLU_DESIGN_TECHNICAL : dlu_design_find(s, cells, arena, &text, &why);
    if (design != DLU_DESIGN_NONE)
        dlu_effects_by_design(settings, design, false, s, cells, DLU_OF_RATIO, arena, &primary,
                              &secondary);
    return primary;
}

static void compare_constructs(const dlu_settings *settings, const dlu_pair *pair,
                               const dlu_series *s, dlu_arena *arena, dlu_findings *f)
{
    dlu_effects unused;
    dlu_cells cells = dlu_pair_cells(pair);
    if (f->arms_usable) {
        dlu_effects_by_design(settings, f->design, f->prenormalised, s, &cells, DLU_OF_RATIO, arena,
                              &f->primary, &f->secondary);
        dlu_effects_by_design(settings, f->design, f->prenormalised, s, &cells, DLU_OF_CONTROL,
                              arena, &f->control, &unused);
        dlu_effects_by_design(settings, f->design, f->prenormalised, s, &cells, DLU_OF_REPORTER,
                              arena, &f->reporter, &unused);
    } else {
        f->primary = by_own_design(settings, pair, s, &wt_alone, f->technical_only, arena);
        dlu_effects mut = by_own_design(settings, pair, s, &mut_alone, f->technical_only, arena);
        f->primary.of[DLU_EFFECT_MUT] = mut.of[DLU_EFFECT_WT];
    }
    f->empty = by_own_design(settings, pair, s, &wt_and_ev, f->technical_only, arena);
    f->mut_empty = by_own_design(settings, pair, s, &mut_and_ev, f->technical_only, arena);
    bool per_block = f->prenormalised || settings->error == DLU_ERROR_BLOCK;
    f->rescue = dlu_rescue_of(settings, f->design, per_block, s, &f->primary, arena);
}

static size_t count_cell(const dlu_series *s, unsigned cell)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += s->cell[i] == cell;
    return n;
}

/* The shift of the control channel over WT, mutant and EMPTY, as far as they are there. */
static dlu_outcome find_shift(const dlu_settings *settings, const dlu_pair *pair,
                              const dlu_series *s, const dlu_findings *f, dlu_arena *arena)
{
    const dlu_cells *all[] = {&wt_alone, &mut_alone, &ev_alone};
    dlu_cells chosen[3];
    size_t n = 0;
    bool blocked = f->design == DLU_DESIGN_BLOCKED || f->design == DLU_DESIGN_SPLIT_BLOCK;
    for (size_t i = 0; i < 3; i++) {
        const dlu_cells *c = all[i];
        bool enough = count_cell(s, c->cell[0]) >= 2 && count_cell(s, c->cell[1]) >= 2;
        if (dlu_cells_usable(pair, c) && (blocked || enough))
            chosen[n++] = *c;
    }
    if (!n)
        return (dlu_outcome){0};
    return dlu_channel_shift(s, chosen, n, blocked, settings->alpha, arena);
}

static dlu_status find_design(const dlu_pair *pair, const dlu_series *s, dlu_arena *arena,
                              dlu_findings *f, dlu_messages *log, dlu_error *err)
{
    const char *why_not = NULL, *label = dlu_pair_label(pair, arena);
    dlu_cells cells = dlu_pair_cells(pair);
    if (!label)
        return dlu_fail_memory(err);
    if (!f->arms_usable) {
        dlu_warn(log, "arm-missing", NULL, "add the arm to the map, or check its wells",
                 "%s cannot be judged for want of an arm: %s", label, f->missing);
        f->design = DLU_DESIGN_NONE;
        f->design_text = "none: an arm is missing";
        return DLU_OK;
    }
    if (f->technical_only) {
        f->design = DLU_DESIGN_TECHNICAL;
        f->design_text = "technical-only: one transfection an arm; its wells stand in for units";
        return DLU_OK;
    }
    f->design = dlu_design_find(s, &cells, arena, &f->design_text, &why_not);
    if (f->design == DLU_DESIGN_NONE)
        return dlu_fail_memory(err);
    if (why_not)
        dlu_warn(
            log, "blocks-not-used", NULL,
            "give every well its block, and each block treatment and control of WT and mutant",
            "%s: blocks were declared and not used, transfections are taken as independent: %s",
            label, why_not);
    return DLU_OK;
}

/* Blocks that hold both cells of WT, and of these the ones that hold both of EMPTY too. */
static bool empty_in_every_block(const dlu_series *s)
{
    for (unsigned b = 0; b < s->n_blocks; b++) {
        unsigned held = 0;
        for (size_t i = 0; i < s->n; i++)
            if (s->block[i] == b)
                held |= 1u << s->cell[i];
        bool wt = held >> DLU_CELL_WT & 1 && held >> DLU_CELL_WT_CONTROL & 1;
        bool empty = held >> DLU_CELL_EV & 1 && held >> DLU_CELL_EV_CONTROL & 1;
        if (wt && !empty)
            return false;
    }
    return true;
}

static bool wants_correction(const dlu_settings *settings, const dlu_series *s,
                             const dlu_findings *f)
{
    bool blocked = f->design == DLU_DESIGN_BLOCKED || f->design == DLU_DESIGN_SPLIT_BLOCK;
    if (settings->ev_correct != DLU_EV_AUTO)
        return settings->ev_correct == DLU_EV_ON;
    if (blocked)
        return empty_in_every_block(s);
    return count_cell(s, DLU_CELL_EV) >= 2 && count_cell(s, DLU_CELL_EV_CONTROL) >= 2;
}

dlu_effects dlu_effects_corrected(const dlu_pair *pair, const dlu_findings *f)
{
    dlu_effects corrected = f->primary;
    corrected.of[DLU_EFFECT_WT] = f->empty.of[DLU_EFFECT_INTERACTION];
    if (pair->mutant)
        corrected.of[DLU_EFFECT_MUT] = f->mut_empty.of[DLU_EFFECT_INTERACTION];
    return corrected;
}

bool dlu_effects_correctable(const dlu_pair *pair, const dlu_findings *f)
{
    return f->arms_usable && f->empty.of[DLU_EFFECT_INTERACTION].tried &&
           f->empty.of[DLU_EFFECT_INTERACTION].status == DLU_OK &&
           (!pair->mutant || (f->mut_empty.of[DLU_EFFECT_INTERACTION].tried &&
                              f->mut_empty.of[DLU_EFFECT_INTERACTION].status == DLU_OK));
}

/* The interaction is the same with and without correction: (WT-EV) - (MUT-EV) = WT - MUT. */
static dlu_status choose_effects(const dlu_settings *settings, const dlu_pair *pair,
                                 const dlu_series *s, dlu_arena *arena, dlu_findings *f,
                                 dlu_messages *log, dlu_error *err)
{
    f->used = f->primary;
    if (!wants_correction(settings, s, f))
        return DLU_OK;
    if (dlu_effects_correctable(pair, f)) {
        f->used = dlu_effects_corrected(pair, f);
        f->ev_corrected = true;
        f->rescue = (dlu_rescue){false, NAN, NAN, NAN};
        return DLU_OK;
    }
    const char *label = dlu_pair_label(pair, arena);
    if (!label)
        return dlu_fail_memory(err);
    if (settings->ev_correct == DLU_EV_ON)
        dlu_warn(
            log, "ev-not-corrected", NULL,
            "add EMPTY rows with the same treatment and its control, or leave out --ev-correct",
            "%s: no usable empty vector, so its effects are not corrected for one", label);
    return DLU_OK;
}

static uint32_t gather_unit_flags(const dlu_experiment *e, const dlu_pair *pair)
{
    uint32_t flags = 0;
    for (unsigned c = 0; c < DLU_CELL_EV; c++)
        for (size_t i = 0; i < pair->cells[c].n_arms; i++) {
            const dlu_arm *a = &e->arms[pair->cells[c].arms[i]];
            for (size_t k = 0; k < a->n_units; k++)
                flags |= e->units[a->first_unit + k].flags;
        }
    return flags;
}

dlu_status dlu_pair_compare(const dlu_experiment *e, const dlu_pair *pair, dlu_arena *arena,
                            dlu_series *s, dlu_findings *f, dlu_messages *log, dlu_error *err)
{
    *f = (dlu_findings){.p_direct_adjusted = NAN, .p_interaction_adjusted = NAN};
    f->technical_only = dlu_pair_is_technical(pair);
    dlu_status status = dlu_series_build(e, pair, f->technical_only, arena, s, err);
    if (status == DLU_OK)
        status = find_missing(e, pair, arena, f, err);
    if (status == DLU_OK)
        status = find_design(pair, s, arena, f, log, err);
    if (status != DLU_OK)
        return status;
    f->blocks_are_plates = s->n_blocks && !s->block_column;
    f->prenormalised = is_prenormalised(s, DLU_CELL_WT_CONTROL) ||
                       (pair->mutant && is_prenormalised(s, DLU_CELL_MUT_CONTROL));
    compare_constructs(e->settings, pair, s, arena, f);
    f->channel_shift = find_shift(e->settings, pair, s, f, arena);
    f->unit_flags = gather_unit_flags(e, pair);
    status = choose_effects(e->settings, pair, s, arena, f, log, err);
    f->p_direct = dlu_p_direct(&f->used);
    return status;
}
