/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/map_check.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* What is missing in a map, or uneven. */

#define FEW_BLANKS    3u
#define LISTED        6u
#define ROWS_WITH_RIM 8u /* smaller plates are rim almost everywhere */

typedef struct teller {
    const dlu_map_trial *trial;
    const dlu_map_check *check;
    dlu_messages *log;
    dlu_place file;
    bool failed;
} teller;

/* "day1, day2, ..." of names that have a mark. */
static const char *list_marked(teller *t, const char *const *names, const bool *marks, size_t n)
{
    const char *text = "";
    size_t listed = 0;
    for (size_t i = 0; i < n && text; i++) {
        if (!marks[i])
            continue;
        if (listed < LISTED)
            text = dlu_arena_printf(t->trial->arena, "%s%s%s", text, listed ? ", " : "", names[i]);
        else if (listed == LISTED)
            text = dlu_arena_printf(t->trial->arena, "%s, ...", text);
        listed++;
    }
    if (!text)
        t->failed = true;
    return text ? text : "";
}

/* "PTEN WT with mimic miR-21" */
static const char *arm_name(teller *t, const char *target, const char *construct,
                            const char *treatment, const char *mirna)
{
    const char *text = dlu_arena_printf(t->trial->arena, "%s%s%s with %s%s%s", target ? target : "",
                                        target ? " " : "", construct, treatment, mirna ? " " : "",
                                        mirna ? mirna : "");
    if (!text)
        t->failed = true;
    return text ? text : "";
}

static const char *pair_name(teller *t, const dlu_pair *p)
{
    const char *text = dlu_pair_label(p, t->trial->arena);
    if (!text)
        t->failed = true;
    return text ? text : "";
}

static bool same_pair(const dlu_pair *a, const dlu_pair *b)
{
    return a->positive == b->positive && dlu_text_compare(a->target, b->target) == 0 &&
           dlu_text_compare(a->mirna, b->mirna) == 0 && !strcmp(a->treatment, b->treatment) &&
           (a->dose_nM == b->dose_nM || (isnan(a->dose_nM) && isnan(b->dose_nM)));
}

/* ---- arms ---- */

static void tell_no_mutant(teller *t, const dlu_pair *pair)
{
    if (!pair->mutant)
        dlu_warn(t->log, "map-check-no-mutant", &t->file,
                 "add wells of the construct with the mutated site",
                 "%s: no wells of a mutant: repression cannot be pinned to the site",
                 pair_name(t, pair));
}

/* The first row of a pair names the arms of WT and EMPTY, every row those of its mutant. */
static void tell_missing(teller *t, const dlu_pair *pair, bool first)
{
    unsigned n = pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT;
    for (unsigned c = 0; c < n; c++) {
        const dlu_arm_cell *cell = &pair->cells[c];
        if (cell->n_wells || (c < DLU_CELL_MUT && !first))
            continue;
        const char *arm =
            arm_name(t, pair->target, cell->construct, cell->treatment, c % 2 ? NULL : pair->mirna);
        dlu_warn(t->log, "map-check-no-arm", &t->file,
                 c % 2
                     ? "a mimic needs scramble, an inhibitor needs inhibitor-control, of the same "
                       "target and construct"
                     : "add its wells to the map",
                 cell->n_lost ? "%s: all wells of %s are left out" : "%s: no wells of %s",
                 pair_name(t, pair), arm);
    }
}

/* Wells of the arms of a pair, if they are not all as many. */
static void tell_unequal(teller *t, const dlu_pair *pair)
{
    const char *counts = "";
    size_t least = SIZE_MAX, most = 0;
    for (unsigned c = 0; c < DLU_CELLS && counts; c++) {
        const dlu_arm_cell *cell = &pair->cells[c];
        if (!cell->n_wells)
            continue;
        least = cell->n_wells < least ? cell->n_wells : least;
        most = cell->n_wells > most ? cell->n_wells : most;
        counts =
            dlu_arena_printf(t->trial->arena, "%s%s%s with %s %zu", counts, *counts ? ", " : "",
                             cell->construct, cell->treatment, cell->n_wells);
    }
    if (!counts)
        t->failed = true;
    else if (most > least)
        dlu_warn(t->log, "map-check-unequal", &t->file,
                 "the arm with the fewest wells decides how sure the verdict can be",
                 "%s: expected as many wells in each arm, found %s", pair_name(t, pair), counts);
}

static bool arm_on_plate(const teller *t, const dlu_arm_cell *cell, const dlu_assay_plate *p)
{
    for (size_t i = 0; i < p->n_wells; i++) {
        const dlu_assay_well *w = &t->trial->experiment->wells[p->first_well + i];
        for (size_t a = 0; w->used && a < cell->n_arms; a++)
            if (cell->arms[a] == w->arm)
                return true;
    }
    return false;
}

/* Arms that stand apart from the others of their pair are compared across plates. */
static void tell_apart(teller *t, const dlu_pair *pair)
{
    const dlu_experiment *e = t->trial->experiment;
    const char **names = dlu_arena_alloc(t->trial->arena, e->n_plates + 1, sizeof *names);
    bool *lacks = dlu_arena_alloc(t->trial->arena, e->n_plates + 1, sizeof *lacks);
    unsigned n_cells = pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT;
    bool any = false;
    if (!names || !lacks) {
        t->failed = true;
        return;
    }
    for (size_t p = 0; p < e->n_plates; p++) {
        unsigned held = 0, there = 0;
        names[p] = e->plates[p].plate->name;
        for (unsigned c = 0; c < n_cells; c++) {
            there += pair->cells[c].n_wells > 0;
            held += arm_on_plate(t, &pair->cells[c], &e->plates[p]);
        }
        lacks[p] = held > 0 && held < there;
        any |= lacks[p];
    }
    if (any)
        dlu_warn(t->log, "map-check-apart", &t->file,
                 "put every arm of a pair on each plate: plates and days differ",
                 "%s: expected every arm on each of its plates, found some arms only on %s",
                 pair_name(t, pair), list_marked(t, names, lacks, e->n_plates));
}

/* ---- plates ---- */

static bool has_samples(const dlu_check_plate *p)
{
    for (size_t i = 0; i < p->n_wells; i++)
        if (p->wells[i].kind == DLU_CHECK_SAMPLE)
            return true;
    return false;
}

static bool has_buffer(const dlu_check_plate *p)
{
    for (size_t i = 0; i < p->n_wells; i++)
        if (p->wells[i].kind == DLU_CHECK_BUFFER)
            return true;
    return false;
}

static void tell_blanks(teller *t, const dlu_check_plate *p)
{
    const char *which = p->name ? p->name : "";
    const char *plate = p->name ? "plate " : "the plate";
    if (!has_samples(p))
        return;
    if (!p->n_blanks && has_buffer(p))
        dlu_warn(t->log, "map-check-buffer-blank", &t->file,
                 "untransfected cells with reagent are the better blank: role blank",
                 "%s%s: the only blanks are wells without cells", plate, which);
    else if (!p->n_blanks)
        dlu_warn(t->log, "map-check-no-blank", &t->file,
                 "add wells of untransfected cells with reagent and role blank",
                 "%s%s: no blank wells: background cannot be subtracted", plate, which);
    else if (p->n_blanks < FEW_BLANKS)
        dlu_warn(t->log, "map-check-few-blanks", &t->file, "three are enough, six are better",
                 "%s%s: expected %u blank wells or more, found %zu", plate, which, FEW_BLANKS,
                 p->n_blanks);
}

static bool on_rim(const dlu_check_plate *p, dlu_well well)
{
    uint32_t row = well >> 8, col = well & 0xFF;
    return row == 0 || col == 0 || row + 1 == p->n_rows || col + 1 == p->n_cols;
}

/* Arms all of whose wells stand on the rim, where wells dry out and cool first. */
static void tell_rim(teller *t)
{
    const dlu_map_check *k = t->check;
    size_t n_rim = 0;
    bool *rim = dlu_arena_alloc(t->trial->arena, k->n_arms + 1, sizeof *rim);
    const char **names = dlu_arena_alloc(t->trial->arena, k->n_arms + 1, sizeof *names);
    if (!rim || !names) {
        t->failed = true;
        return;
    }
    for (size_t a = 0; a < k->n_arms; a++) {
        names[a] = arm_name(t, k->arms[a].target, k->arms[a].construct, k->arms[a].treatment,
                            k->arms[a].mirna);
        rim[a] = k->arms[a].n_wells > 0;
    }
    for (size_t p = 0; p < k->n_plates; p++)
        for (size_t i = 0; i < k->plates[p].n_wells; i++) {
            const dlu_check_well *w = &k->plates[p].wells[i];
            bool inside = k->plates[p].n_rows < ROWS_WITH_RIM || !on_rim(&k->plates[p], w->well);
            if (w->kind != DLU_CHECK_LEFT_OUT && w->arm != SIZE_MAX && inside)
                rim[w->arm] = false;
        }
    for (size_t a = 0; a < k->n_arms; a++)
        n_rim += rim[a];
    if (n_rim && n_rim < k->n_arms)
        dlu_warn(t->log, "map-check-edge", &t->file,
                 "spread the arms over the plate, or leave its outermost wells free",
                 "%zu of %zu arms stand%s only in the outermost wells, which dry out first: %s",
                 n_rim, k->n_arms, n_rim == 1 ? "s" : "", list_marked(t, names, rim, k->n_arms));
}

dlu_status dlu_map_findings(const dlu_map_trial *trial, const dlu_map_check *check,
                            dlu_messages *log, dlu_error *err)
{
    teller t = {.trial = trial, .check = check, .log = log, .file = {.file = trial->map->file}};
    const dlu_verdicts *v = trial->verdicts;
    for (size_t i = 0; i < v->n; i++) {
        if (v->pairs[i].positive) /* shown whatever it has */
            continue;
        bool first = i == 0 || !same_pair(&v->pairs[i - 1], &v->pairs[i]);
        tell_no_mutant(&t, &v->pairs[i]);
        tell_missing(&t, &v->pairs[i], first);
        tell_unequal(&t, &v->pairs[i]);
        tell_apart(&t, &v->pairs[i]);
    }
    for (size_t p = 0; p < check->n_plates; p++)
        tell_blanks(&t, &check->plates[p]);
    tell_rim(&t);
    return t.failed ? dlu_fail_memory(err) : DLU_OK;
}
