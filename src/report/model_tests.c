/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/model.h"

#define MAX_ROWS  1000000u
#define MAX_NOTES 32u /* of fill_notes itself */

#define CHANNELS_ADD_UP 1e-9

typedef DLU_VEC(dlu_comparison_row) row_list;

/* One comparison to be listed: which outcome, its name, and the cells it is made of. */
typedef struct listed {
    const dlu_outcome *outcome;
    const char *kind;
    bool primary;
    unsigned constructs; /* bits: 1 WT, 2 MUT, 4 EMPTY */
} listed;

#define WT    1u
#define MUT   2u
#define EMPTY 4u

static size_t count_units(const dlu_pair *pair, unsigned constructs, bool wells)
{
    size_t n = 0;
    for (unsigned c = 0; c < DLU_CELLS; c++)
        if (constructs >> c / 2 & 1)
            n += wells ? pair->cells[c].n_wells : pair->cells[c].n_units;
    return n;
}

static dlu_equivalence equivalence_of(const dlu_settings *settings, const dlu_outcome *o)
{
    dlu_tost tost;
    dlu_equivalence e = {false, settings->equivalence, NAN, NAN, false};
    if (o->status == DLU_OK &&
        dlu_stats_tost(&o->test, settings->equivalence, settings->alpha, &tost) == DLU_OK)
        e = (dlu_equivalence){true, settings->equivalence, tost.p_lower, tost.p_upper,
                              tost.equivalent};
    return e;
}

static double noninferiority_of(const dlu_settings *settings, const dlu_pair *pair,
                                const dlu_outcome *o)
{
    dlu_test flipped = o->test;
    if (o->status != DLU_OK)
        return NAN;
    flipped.estimate *= dlu_pair_sign(pair);
    return dlu_stats_noninferiority(&flipped, settings->equivalence);
}

static bool add_row(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                    const listed *item, size_t verdict, dlu_arena *arena, row_list *list)
{
    const dlu_outcome *o = item->outcome;
    if (!o->tried || isnan(o->test.estimate))
        return true;
    dlu_comparison_row *row = DLU_VEC_ADD(arena, list, MAX_ROWS);
    if (!row)
        return false;
    *row = (dlu_comparison_row){.target = pair->target,
                                .mirna = pair->mirna,
                                .dose_nM = pair->dose_nM,
                                .treatment = pair->treatment,
                                .mutant = pair->mutant,
                                .kind = item->kind,
                                .method = o->method,
                                .primary = item->primary,
                                .n = count_units(pair, item->constructs, f->technical_only),
                                .estimate_ln = o->test.estimate,
                                .se = o->test.se,
                                .fold = exp(o->test.estimate),
                                .fold_low = exp(o->test.low),
                                .fold_high = exp(o->test.high),
                                .t = o->test.t,
                                .df = o->test.df,
                                .p = o->test.p,
                                .p_adjusted = NAN,
                                .equivalence = equivalence_of(settings, o),
                                .noninferiority_p = noninferiority_of(settings, pair, o),
                                .verdict = verdict};
    if (item->primary && !strcmp(item->kind, "interaction"))
        row->p_adjusted = f->p_interaction_adjusted;
    return true;
}

static bool add_pair(const dlu_settings *settings, const dlu_verdicts *v, size_t i,
                     dlu_arena *arena, row_list *list)
{
    const dlu_findings *f = &v->findings[i];
    const dlu_outcome *p = f->primary.of, *s = f->secondary.of;
    bool own = !f->ev_corrected;
    const listed items[] = {
        {&p[DLU_EFFECT_WT], "wt", own, WT},
        {&s[DLU_EFFECT_WT], "wt", false, WT},
        {&p[DLU_EFFECT_MUT], "mut", own, MUT},
        {&s[DLU_EFFECT_MUT], "mut", false, MUT},
        {&p[DLU_EFFECT_INTERACTION], "interaction", true, WT | MUT},
        {&s[DLU_EFFECT_INTERACTION], "interaction", false, WT | MUT},
        {&f->channel_shift, "control_channel", false, WT | MUT | EMPTY},
        {&f->control.of[DLU_EFFECT_INTERACTION], "control_channel_interaction", true, WT | MUT},
        {&f->reporter.of[DLU_EFFECT_INTERACTION], "reporter_interaction", false, WT | MUT},
        {&f->empty.of[DLU_EFFECT_MUT], "empty", false, EMPTY},
        {&f->empty.of[DLU_EFFECT_INTERACTION], "wt_ev_corrected", !own, WT | EMPTY},
        {&f->mut_empty.of[DLU_EFFECT_INTERACTION], "mut_ev_corrected", !own, MUT | EMPTY},
    };
    for (size_t k = 0; k < sizeof items / sizeof *items; k++)
        if (!add_row(settings, &v->pairs[i], f, &items[k], i, arena, list))
            return false;
    return true;
}

/* They have no margins: those are of effects, not of slopes or simultaneous intervals. */
static bool add_beside(const dlu_settings *settings, const dlu_beside_row *from, dlu_arena *arena,
                       row_list *list)
{
    const dlu_test *t = &from->outcome.test;
    dlu_comparison_row *row = DLU_VEC_ADD(arena, list, MAX_ROWS);
    if (!row)
        return false;
    *row = (dlu_comparison_row){.target = from->pair->target,
                                .mirna = from->mirna,
                                .dose_nM = from->dose_nM,
                                .treatment = from->pair->treatment,
                                .mutant = from->mutant,
                                .kind = from->kind,
                                .method = from->outcome.method,
                                .n = from->n,
                                .estimate_ln = t->estimate,
                                .se = t->se,
                                .fold = exp(t->estimate),
                                .fold_low = exp(t->low),
                                .fold_high = exp(t->high),
                                .t = t->t,
                                .df = t->df,
                                .p = t->p,
                                .p_adjusted = from->p_adjusted,
                                .equivalence = {false, settings->equivalence, NAN, NAN, false},
                                .noninferiority_p = NAN,
                                .verdict = DLU_NO_ROW};
    return true;
}

bool dlu_model_comparisons(const dlu_experiment *e, const dlu_verdicts *v, const dlu_beside *beside,
                           dlu_arena *arena, dlu_result *result)
{
    row_list list = {0};
    for (size_t i = 0; i < v->n; i++)
        if (!add_pair(e->settings, v, i, arena, &list))
            return false;
    for (size_t i = 0; i < beside->rows.n; i++)
        if (!add_beside(e->settings, &beside->rows.items[i], arena, &list))
            return false;
    result->comparisons = list.items;
    result->n_comparisons = list.n;
    return true;
}

typedef struct note_list {
    const char **items;
    size_t n;
    bool failed;
} note_list;

static void add_note(note_list *notes, const char *text)
{
    if (!text)
        notes->failed = true;
    else
        notes->items[notes->n++] = text;
}

static void note_other_error_term(const dlu_findings *f, dlu_arena *arena, note_list *notes)
{
    char p[DLU_NUMBER_SIZE];
    const dlu_outcome *o = &f->secondary.of[DLU_EFFECT_INTERACTION];
    if (!o->tried || isnan(o->test.p))
        return;
    add_note(notes,
             dlu_arena_printf(arena, "%s, the interaction has p = %s.",
                              strcmp(o->method, "rcbd") ? "By each block's own contrast"
                                                        : "By the error pooled over the four cells",
                              dlu_text_rounded(o->test.p, 2, p)));
}

static void note_empty(const dlu_findings *f, dlu_arena *arena, note_list *notes)
{
    char fold[DLU_NUMBER_SIZE], corrected[DLU_NUMBER_SIZE];
    const dlu_outcome *empty = &f->empty.of[DLU_EFFECT_MUT];
    const dlu_outcome *wt = &f->empty.of[DLU_EFFECT_INTERACTION];
    if (!empty->tried || isnan(empty->test.estimate) || isnan(wt->test.estimate))
        return;
    add_note(notes,
             dlu_arena_printf(arena, "The empty vector has a fold of %s; relative to it WT has %s.",
                              dlu_text_fold(exp(empty->test.estimate), fold),
                              dlu_text_fold(exp(wt->test.estimate), corrected)));
}

/* Of each channel alone; where a unit's ratio is no mean of logarithms they do not add up. */
static void note_channels(const dlu_findings *f, dlu_arena *arena, note_list *notes)
{
    char d[DLU_NUMBER_SIZE], of_reporter[DLU_NUMBER_SIZE], of_control[DLU_NUMBER_SIZE];
    const dlu_outcome *both = &f->primary.of[DLU_EFFECT_INTERACTION];
    const dlu_outcome *reporter = &f->reporter.of[DLU_EFFECT_INTERACTION];
    const dlu_outcome *control = &f->control.of[DLU_EFFECT_INTERACTION];
    if (!both->tried || !reporter->tried || !control->tried)
        return;
    double rest = both->test.estimate - (reporter->test.estimate - control->test.estimate);
    if (isnan(rest))
        return;
    add_note(notes, dlu_arena_printf(arena,
                                     "The interaction on logs is D = D_reporter - D_control%s: D "
                                     "%s, D_reporter %s, D_control %s.",
                                     fabs(rest) > CHANNELS_ADD_UP
                                         ? ", about, as units are not means of ln ratios"
                                         : "",
                                     dlu_text_rounded(both->test.estimate, 3, d),
                                     dlu_text_rounded(reporter->test.estimate, 3, of_reporter),
                                     dlu_text_rounded(control->test.estimate, 3, of_control)));
}

static size_t count_lost(const dlu_pair *pair)
{
    size_t n = 0;
    for (unsigned c = 0; c < DLU_CELL_EV; c++)
        n += pair->cells[c].n_lost;
    return n;
}

static bool fill_notes(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                       dlu_arena *arena, dlu_verdict_row *row)
{
    note_list notes = {dlu_arena_alloc(arena, MAX_NOTES + f->beside.n, sizeof(const char *)), 0,
                       false};
    if (!notes.items)
        return false;
    if (pair->positive)
        add_note(&notes, "Wells of the positive control.");
    if (pair->control_note)
        add_note(&notes, dlu_arena_printf(arena, "Control: %s.", pair->control_note));
    note_other_error_term(f, arena, &notes);
    note_empty(f, arena, &notes);
    note_channels(f, arena, &notes);
    const char *detectable = dlu_detectable_note(settings, pair, f, arena);
    if (!detectable || *detectable)
        add_note(&notes, detectable);
    if (f->influential)
        add_note(&notes, dlu_arena_printf(arena, "Without block %s the call would change.",
                                          f->influential));
    if (row->classical == DLU_CLASSICAL_DIRECT && row->call != DLU_CALL_DIRECT &&
        row->call != DLU_CALL_DIRECT_PARTIAL && row->call != DLU_CALL_DIRECT_UNPROVEN)
        add_note(&notes, "\"Significant in WT, not in the mutant\" would have said direct; that "
                         "rule does not test the difference between them.");
    if (count_lost(pair))
        add_note(&notes, dlu_arena_printf(arena, "%zu well%s of these arms left out; see Wells.",
                                          count_lost(pair), count_lost(pair) == 1 ? "" : "s"));
    for (size_t i = 0; i < f->beside.n; i++)
        add_note(&notes, f->beside.items[i]);
    row->notes = notes.items;
    row->n_notes = notes.n;
    return !notes.failed;
}

static dlu_classical classical_of(const dlu_settings *settings, const dlu_pair *pair,
                                  const dlu_findings *f)
{
    const dlu_outcome *wt = &f->used.of[DLU_EFFECT_WT], *mut = &f->used.of[DLU_EFFECT_MUT];
    if (!wt->tried || !mut->tried || isnan(wt->test.p) || isnan(mut->test.p))
        return DLU_CLASSICAL_NONE;
    bool direct = wt->test.p < settings->alpha && wt->test.estimate * dlu_pair_sign(pair) < 0 &&
                  mut->test.p >= settings->alpha;
    return direct ? DLU_CLASSICAL_DIRECT : DLU_CLASSICAL_NOT;
}

static void fill_fold(const dlu_outcome *o, double *fold, double *low, double *high, double *p)
{
    *fold = o->tried ? exp(o->test.estimate) : NAN;
    *low = o->tried ? exp(o->test.low) : NAN;
    *high = o->tried ? exp(o->test.high) : NAN;
    *p = o->tried ? o->test.p : NAN;
}

static void fill_effects(const dlu_findings *f, dlu_verdict_row *row)
{
    const dlu_outcome *of = f->used.of;
    fill_fold(&of[DLU_EFFECT_WT], &row->wt_fold, &row->wt_fold_low, &row->wt_fold_high, &row->p_wt);
    fill_fold(&of[DLU_EFFECT_MUT], &row->mut_fold, &row->mut_fold_low, &row->mut_fold_high,
              &row->p_mut);
    fill_fold(&of[DLU_EFFECT_INTERACTION], &row->interaction_fold, &row->interaction_fold_low,
              &row->interaction_fold_high, &row->p_interaction);
    row->p_direct = f->p_direct;
    row->p_direct_adjusted = f->p_direct_adjusted;
    row->rescue = f->rescue;
}

static const char *n_text(const dlu_pair *pair, dlu_arena *arena)
{
    const dlu_arm_cell *c = pair->cells;
    if (!pair->mutant)
        return dlu_arena_printf(arena, "%zu, %zu", c[0].n_units, c[1].n_units);
    return dlu_arena_printf(arena, "%zu, %zu, %zu, %zu", c[0].n_units, c[1].n_units, c[2].n_units,
                            c[3].n_units);
}

static bool fill_verdict(const dlu_settings *settings, const dlu_pair *pair, const dlu_findings *f,
                         dlu_arena *arena, dlu_verdict_row *row)
{
    dlu_evidence evidence = dlu_evidence_of(settings, pair, f, f->p_direct_adjusted);
    *row = (dlu_verdict_row){.target = pair->target,
                             .mirna = pair->mirna,
                             .dose_nM = pair->dose_nM,
                             .treatment = pair->treatment,
                             .mutant = pair->mutant,
                             .code = f->rule->code,
                             .caveats = f->caveats};
    row->exploratory = dlu_verdict_is_exploratory(&evidence, row->code);
    row->call = dlu_verdict_call(row->code, row->exploratory);
    row->verdict = dlu_arena_printf(arena, "%s%s", row->exploratory ? "EXPLORATORY:" : "",
                                    dlu_verdict_name(row->code));
    row->reason = dlu_verdict_reason(settings, pair, f, arena);
    row->n_text = n_text(pair, arena);
    fill_effects(f, row);
    row->classical = classical_of(settings, pair, f);
    return row->verdict && row->reason && row->n_text && fill_notes(settings, pair, f, arena, row);
}

bool dlu_model_leave_out(const dlu_verdicts *v, dlu_arena *arena, dlu_result *result)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++)
        n += v->findings[i].n_left;
    result->leave_one_out = dlu_arena_alloc(arena, n + 1, sizeof *result->leave_one_out);
    if (!result->leave_one_out)
        return false;
    for (size_t i = 0; i < v->n; i++) {
        const dlu_pair *pair = &v->pairs[i];
        for (size_t k = 0; k < v->findings[i].n_left; k++) {
            const dlu_left_block *left = &v->findings[i].left[k];
            result->leave_one_out[result->n_leave_one_out++] =
                (dlu_leave_out_row){pair->target,
                                    pair->mirna,
                                    pair->dose_nM,
                                    pair->treatment,
                                    pair->mutant,
                                    left->block,
                                    exp(left->interaction.test.estimate),
                                    left->interaction.test.p,
                                    dlu_verdict_name(left->rule->code)};
        }
    }
    return true;
}

bool dlu_model_verdicts(const dlu_experiment *e, const dlu_verdicts *v, dlu_arena *arena,
                        dlu_result *result)
{
    result->verdicts = dlu_arena_alloc(arena, v->n + 1, sizeof *result->verdicts);
    result->design = dlu_arena_alloc(arena, v->n + 1, sizeof *result->design);
    if (!result->verdicts || !result->design)
        return false;
    for (size_t i = 0; i < v->n; i++) {
        if (!fill_verdict(e->settings, &v->pairs[i], &v->findings[i], arena, &result->verdicts[i]))
            return false;
        result->design[i] =
            (dlu_design_row){dlu_pair_label(&v->pairs[i], arena), v->findings[i].design_text};
        if (!result->design[i].pair)
            return false;
    }
    result->n_verdicts = result->n_design = v->n;
    return true;
}
