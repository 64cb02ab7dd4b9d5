/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

#define MAX_PAIRS 100000u

typedef DLU_VEC(dlu_pair) pair_list;

static bool same(const char *a, const char *b)
{
    return dlu_text_compare(a, b) == 0;
}

static bool same_dose(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool is_treated(const dlu_arm *arm)
{
    return !strcmp(arm->treatment, "mimic") || !strcmp(arm->treatment, "inhibitor");
}

static bool is_mutant(const char *construct)
{
    return !strncmp(construct, "MUT", 3);
}

static const char *control_of(const char *treatment)
{
    return !strcmp(treatment, "mimic") ? "scramble" : "inhibitor-control";
}

/* The control's miRNA is one that some arm of the map tests, so it serves that alone. */
static bool is_tested(const dlu_experiment *e, const char *mirna, const char *treatment)
{
    for (size_t i = 0; i < e->n_arms; i++)
        if (same(e->arms[i].treatment, treatment) && same(e->arms[i].mirna, mirna))
            return true;
    return false;
}

static bool is_universal(const dlu_experiment *e, const dlu_arm *control, const char *treatment)
{
    return !control->mirna || dlu_map_is_control_word(control->mirna) ||
           !is_tested(e, control->mirna, treatment);
}

/* A control's dose restricts it only where the treatment has several doses. */
static bool has_several_doses(const dlu_experiment *e, const dlu_pair *pair)
{
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (same(a->target, pair->target) && same(a->treatment, pair->treatment) &&
            same(a->mirna, pair->mirna) && !same_dose(a->dose_nM, pair->dose_nM))
            return true;
    }
    return false;
}

static bool is_control_arm(const dlu_experiment *e, const dlu_pair *pair, const char *target,
                           const char *construct, const dlu_arm *a)
{
    /* targets are what arms differ in most */
    return a->positive == pair->positive && same(a->target, target) &&
           same(a->construct, construct) && same(a->treatment, control_of(pair->treatment)) &&
           (isnan(a->dose_nM) || a->dose_nM == pair->dose_nM || !has_several_doses(e, pair));
}

/* The controls of a construct: those that name its miRNA, else those that serve every miRNA. */
static size_t find_controls(const dlu_experiment *e, const dlu_pair *pair, const char *target,
                            const char *construct, size_t *arms)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_arms; i++)
        if (is_control_arm(e, pair, target, construct, &e->arms[i]) && pair->mirna &&
            same(e->arms[i].mirna, pair->mirna))
            arms[n++] = i;
    for (size_t i = 0; !n && i < e->n_arms; i++) {
        if (!is_control_arm(e, pair, target, construct, &e->arms[i]) ||
            !is_universal(e, &e->arms[i], pair->treatment))
            continue;
        for (size_t k = i; k < e->n_arms; k++)
            if (is_control_arm(e, pair, target, construct, &e->arms[k]) &&
                is_universal(e, &e->arms[k], pair->treatment))
                arms[n++] = k;
    }
    return n;
}

static size_t find_treated(const dlu_experiment *e, const dlu_pair *pair, const char *target,
                           const char *construct, size_t *arms)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (a->positive == pair->positive && same(a->target, target) &&
            same(a->construct, construct) && same(a->treatment, pair->treatment) &&
            same(a->mirna, pair->mirna) && same_dose(a->dose_nM, pair->dose_nM))
            arms[n++] = i;
    }
    return n;
}

static dlu_status fill_cell(const dlu_experiment *e, const dlu_pair *pair, const char *target,
                            const char *construct, bool control, dlu_arena *arena,
                            dlu_arm_cell *cell, dlu_error *err)
{
    /* any arm could be one of the cell, few are: thousands of pairs must not keep room for all */
    dlu_arena *scratch = dlu_arena_new();
    size_t *found = scratch ? dlu_arena_alloc(scratch, e->n_arms, sizeof *found) : NULL;
    size_t n = !found    ? 0
               : control ? find_controls(e, pair, target, construct, found)
                         : find_treated(e, pair, target, construct, found);
    size_t *arms = found ? dlu_arena_alloc(arena, n + 1, sizeof *arms) : NULL;
    if (arms && n)
        memcpy(arms, found, n * sizeof *arms);
    dlu_arena_free(scratch);
    if (!arms)
        return dlu_fail_memory(err);
    *cell = (dlu_arm_cell){
        construct, control ? control_of(pair->treatment) : pair->treatment, arms, n, 0, 0, 0};
    for (size_t i = 0; i < cell->n_arms; i++) {
        const dlu_arm *a = &e->arms[arms[i]];
        cell->n_units += a->n_units;
        cell->n_wells += a->n_used;
        cell->n_lost += a->n_wells - a->n_used;
    }
    return DLU_OK;
}

/* EMPTY arms of the target itself, else those without a target, which serve every target. */
static const char *empty_target(const dlu_experiment *e, const dlu_pair *pair)
{
    for (size_t i = 0; i < e->n_arms; i++)
        if (!strcmp(e->arms[i].construct, "EMPTY") && same(e->arms[i].target, pair->target))
            return pair->target;
    return NULL;
}

dlu_status dlu_pair_fill(const dlu_experiment *e, dlu_pair *pair, dlu_arena *arena, dlu_error *err)
{
    const struct {
        const char *target;
        const char *construct;
    } rows[] = {
        {pair->target, "WT"}, {pair->target, pair->mutant}, {empty_target(e, pair), "EMPTY"}};
    dlu_status status = DLU_OK;
    for (unsigned i = 0; i < DLU_CELLS && status == DLU_OK; i++)
        if (rows[i / 2].construct)
            status = fill_cell(e, pair, rows[i / 2].target, rows[i / 2].construct, i % 2, arena,
                               &pair->cells[i], err);
    return status;
}

/* Which control serves is said where its name is not plainly "scramble", or where there are two. */
static const char *describe_controls(const dlu_experiment *e, const dlu_pair *pair,
                                     dlu_arena *arena, bool *failed)
{
    const dlu_arm_cell *cell = &pair->cells[DLU_CELL_WT_CONTROL];
    const char *text = NULL;
    for (size_t i = 0; i < cell->n_arms; i++) {
        const dlu_arm *a = &e->arms[cell->arms[i]];
        if (cell->n_arms == 1 && (!a->mirna || dlu_map_is_control_word(a->mirna)))
            return NULL;
        text = dlu_arena_printf(arena, "%s%s%s%s", text ? text : "", text ? " and " : "",
                                cell->treatment, a->mirna ? "" : " without a name");
        if (text && a->mirna)
            text = dlu_arena_printf(arena, "%s %s", text, a->mirna);
        if (!text)
            *failed = true;
    }
    return text;
}

static dlu_status add_pair(const dlu_experiment *e, pair_list *list, const dlu_arm *a,
                           const char *mutant, dlu_arena *arena, dlu_messages *log, dlu_error *err)
{
    bool failed = false;
    if (list->n >= MAX_PAIRS)
        return dlu_fail(err, DLU_E_LIMIT, "too-many-pairs", NULL, "split the experiment",
                        "expected at most %u pairs of a target and a miRNA, found more", MAX_PAIRS);
    dlu_pair *pair = DLU_VEC_ADD(arena, list, MAX_PAIRS);
    if (!pair)
        return dlu_fail_memory(err);
    *pair = (dlu_pair){.positive = a->positive,
                       .target = a->target,
                       .mirna = a->mirna,
                       .dose_nM = a->dose_nM,
                       .treatment = a->treatment,
                       .mutant = mutant};
    dlu_status status = dlu_pair_fill(e, pair, arena, err);
    if (status != DLU_OK)
        return status;
    pair->control_note = describe_controls(e, pair, arena, &failed);
    if (pair->cells[DLU_CELL_WT_CONTROL].n_arms > 1)
        dlu_warn(log, "several-controls", NULL,
                 "leave one of them out (use = 0), or name in its column mirna what it controls",
                 "%s, %s: %zu control arms serve this pair and count as one: %s",
                 a->target ? a->target : "target", a->mirna ? a->mirna : "mimic",
                 pair->cells[DLU_CELL_WT_CONTROL].n_arms,
                 pair->control_note ? pair->control_note : "");
    return failed ? dlu_fail_memory(err) : DLU_OK;
}

/* Arms of a target are sorted by construct first, so its mimic comes again for each mutant. */
static void note_compensatory(const dlu_experiment *e, const dlu_arm *a, const char *mirna,
                              dlu_messages *log)
{
    for (const dlu_arm *b = e->arms; b < a; b++)
        if (same(b->target, a->target) && same(b->mirna, a->mirna) &&
            same(b->treatment, a->treatment))
            return;
    dlu_note(
        log, "compensatory-mimic", NULL, "if it is not, give it another name",
        "%s: %s is taken for the compensatory mimic of %s, which matches a mutant: it is shown "
        "beside its verdicts and gets none of its own",
        a->target ? a->target : "target", a->mirna, mirna);
}

static bool is_listed(const pair_list *list, const dlu_arm *a)
{
    for (size_t i = list->n; i-- > 0 && same(list->items[i].target, a->target);)
        if (list->items[i].positive == a->positive && same(list->items[i].mirna, a->mirna) &&
            same(list->items[i].treatment, a->treatment) &&
            same_dose(list->items[i].dose_nM, a->dose_nM))
            return true;
    return false;
}

/* The target's mutants, whatever they were treated with. Arms of a target are neighbours. */
static size_t find_mutants(const dlu_experiment *e, const dlu_arm *of, const char **mutants)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (a->positive == of->positive && same(a->target, of->target) && is_mutant(a->construct) &&
            (!n || !same(mutants[n - 1], a->construct)))
            mutants[n++] = a->construct;
    }
    return n;
}

/* Any arm of the target beside the empty vector. */
static bool has_insert(const dlu_experiment *e, const char *target)
{
    for (size_t i = 0; i < e->n_arms; i++)
        if (strcmp(e->arms[i].construct, "EMPTY") != 0 && same(e->arms[i].target, target))
            return true;
    return false;
}

static bool is_paired(const pair_list *list, const char *target)
{
    for (size_t k = 0; k < list->n; k++)
        if (same(list->items[k].target, target))
            return true;
    return false;
}

/* Arms that take part in no pair are named once a target. */
static void warn_untested(const dlu_experiment *e, const pair_list *list, dlu_messages *log)
{
    for (size_t i = 0; i < e->n_arms; i++) {
        const char *target = e->arms[i].target, *name = target ? target : "a target without a name";
        if ((i > 0 && same(e->arms[i - 1].target, target)) || is_paired(list, target))
            continue;
        if (has_insert(e, target))
            dlu_warn(log, "nothing-to-test", NULL,
                     "name the mimic or inhibitor of this target in the map",
                     "%s has no arm with a mimic or an inhibitor: there is nothing to test", name);
        else if (target)
            dlu_warn(log, "empty-serves-no-target", NULL,
                     "leave the target of EMPTY rows empty: they then serve every target",
                     "the EMPTY rows of target %s serve no target: no WT or mutant has that name",
                     name);
    }
}

dlu_status dlu_pairs_find(const dlu_experiment *e, dlu_arena *arena, dlu_pair **out, size_t *n,
                          dlu_messages *log, dlu_error *err)
{
    pair_list list = {0};
    const char **mutants = dlu_arena_alloc(arena, e->n_arms + 1, sizeof *mutants);
    if (!mutants)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (!is_treated(a) || !strcmp(a->construct, "EMPTY") || is_listed(&list, a))
            continue;
        const char *compensated = dlu_compensated_mirna(e, a);
        if (compensated) {
            note_compensatory(e, a, compensated, log);
            continue;
        }
        size_t n_mutants = find_mutants(e, a, mutants);
        for (size_t m = 0; m < (n_mutants ? n_mutants : 1); m++) {
            dlu_status status =
                add_pair(e, &list, a, n_mutants ? mutants[m] : NULL, arena, log, err);
            if (status != DLU_OK)
                return status;
        }
    }
    warn_untested(e, &list, log);
    *out = list.items;
    *n = list.n;
    return DLU_OK;
}
