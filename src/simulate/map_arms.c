/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/map_template.h"

#include <string.h>

#include "assay/map.h"
#include "base/say.h"
#include "base/text.h"

/* From the lists of a plan to its arms. */

#define MAX_LISTED 100u
#define MAX_ARMS   1536u /* more than wells of any plate */

typedef struct list {
    const char *items[MAX_LISTED];
    size_t n;
} list;

/* Splits at commas; empty items are an error, as is a name that stands twice. */
static dlu_status split(const char *text, size_t n_text, const char *what, dlu_arena *arena,
                        list *out, dlu_error *err)
{
    size_t begin = 0;
    out->n = 0;
    for (size_t i = 0; i <= n_text; i++) {
        if (i < n_text && text[i] != ',')
            continue;
        char *item = dlu_arena_copy_n(arena, text + begin, i - begin);
        item = item ? dlu_text_trimmed(arena, item) : NULL;
        begin = i + 1;
        if (!item)
            return dlu_fail_memory(err);
        if (!*item)
            return dlu_fail(
                err, DLU_E_USAGE, "plan-empty-name", NULL, NULL,
                "%s: expected names separated by commas, found an empty one in \"%.*s\"", what,
                (int)n_text, text);
        if (out->n == MAX_LISTED)
            return dlu_fail(err, DLU_E_USAGE, "plan-too-many-names", NULL, NULL,
                            "%s: expected at most %u names, found more", what, MAX_LISTED);
        out->items[out->n++] = item;
    }
    return DLU_OK;
}

static dlu_status check_distinct(const list *names, const char *what, dlu_error *err)
{
    for (size_t i = 0; i < names->n; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(names->items[i], names->items[k]))
                return dlu_fail(err, DLU_E_USAGE, "plan-doubled-name", NULL, NULL,
                                "%s: expected each name once, found %s twice", what,
                                names->items[i]);
    return DLU_OK;
}

static dlu_status unknown(const char *word, dlu_map_column column, const char *known,
                          dlu_arena *arena, dlu_error *err)
{
    const char *near = dlu_map_nearest(word, column);
    const char *hint = near ? dlu_arena_printf(arena, "did you mean %s?", near)
                            : "write constructs, x, treatments: \"wt,mut,empty x scramble,mimic\"";
    return dlu_fail(err, DLU_E_USAGE, "plan-unknown-word", NULL, hint,
                    "design: expected %s, found \"%s\"", known, word);
}

/* Words of the bench to the words of the outputs, in place. */
static dlu_status take_words(list *words, dlu_map_column column, dlu_arena *arena, dlu_error *err)
{
    bool constructs = column == DLU_COLUMN_CONSTRUCT;
    for (size_t i = 0; i < words->n; i++) {
        const char *known = constructs ? dlu_map_construct(arena, words->items[i])
                                       : dlu_map_treatment(words->items[i]);
        if (!known)
            return unknown(words->items[i], column,
                           constructs
                               ? "a construct (WT, MUT, MUT1, ..., EMPTY)"
                               : "a treatment (mimic, scramble, inhibitor, inhibitor-control, "
                                 "untreated)",
                           arena, err);
        words->items[i] = known;
    }
    return check_distinct(words, "design", err);
}

/* The "x" between constructs and treatments: a word of its own, or the multiplication sign. */
static const char *find_cross(const char *design, size_t *length)
{
    for (const char *p = design; *p; p++) {
        if (!strncmp(p, "\xC3\x97", 2) || *p == '*') {
            *length = *p == '*' ? 1 : 2;
            return p;
        }
        if (p > design && p[-1] == ' ' && (*p == 'x' || *p == 'X') && p[1] == ' ') {
            *length = 1;
            return p;
        }
    }
    return NULL;
}

static dlu_status read_design(const char *design, dlu_arena *arena, list *constructs,
                              list *treatments, dlu_error *err)
{
    size_t length;
    const char *cross = find_cross(design, &length);
    if (!cross)
        return dlu_fail(err, DLU_E_USAGE, "plan-no-cross", NULL, NULL,
                        "design: expected constructs, x, treatments, such as \"wt,mut x "
                        "scramble,mimic\", found \"%s\"",
                        design);
    dlu_status status = split(design, (size_t)(cross - design), "design", arena, constructs, err);
    if (status == DLU_OK)
        status = split(cross + length, strlen(cross + length), "design", arena, treatments, err);
    if (status == DLU_OK)
        status = take_words(constructs, DLU_COLUMN_CONSTRUCT, arena, err);
    if (status == DLU_OK)
        status = take_words(treatments, DLU_COLUMN_TREATMENT, arena, err);
    return status;
}

static bool has_mirna(const char *treatment)
{
    return !strcmp(treatment, "mimic") || !strcmp(treatment, "inhibitor");
}

static dlu_status add_arm(dlu_map_template *map, dlu_plan_arm arm, dlu_error *err)
{
    if (map->n_arms == MAX_ARMS)
        return dlu_fail(err, DLU_E_USAGE, "plan-too-many-arms", NULL,
                        "ask for fewer targets, miRNAs or treatments",
                        "expected at most %u arms on a plate, found more", MAX_ARMS);
    map->arms[map->n_arms++] = arm;
    return DLU_OK;
}

static dlu_status add_construct(dlu_map_template *map, const char *target, const char *construct,
                                const list *treatments, const list *mirnas, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t t = 0; t < treatments->n && status == DLU_OK; t++) {
        size_t n = has_mirna(treatments->items[t]) ? mirnas->n : 1;
        for (size_t m = 0; m < n && status == DLU_OK; m++)
            status = add_arm(
                map,
                (dlu_plan_arm){target, construct, treatments->items[t],
                               n && has_mirna(treatments->items[t]) ? mirnas->items[m] : ""},
                err);
    }
    return status;
}

/* The empty vector comes last and once: it serves every target. */
static dlu_status add_arms(dlu_map_template *map, const list *constructs, const list *treatments,
                           const list *targets, const list *mirnas, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t t = 0; t < targets->n; t++)
        for (size_t c = 0; c < constructs->n && status == DLU_OK; c++)
            if (strcmp(constructs->items[c], "EMPTY") != 0)
                status = add_construct(map, targets->items[t], constructs->items[c], treatments,
                                       mirnas, err);
    for (size_t c = 0; c < constructs->n && status == DLU_OK; c++)
        if (!strcmp(constructs->items[c], "EMPTY"))
            status = add_construct(map, "", "EMPTY", treatments, mirnas, err);
    return status;
}

dlu_status dlu_plan_arms(const dlu_map_plan *plan, dlu_map_template *map, dlu_error *err)
{
    dlu_arena *arena = map->arena;
    list *lists = dlu_arena_alloc(arena, 4, sizeof *lists);
    map->arms = dlu_arena_alloc(arena, MAX_ARMS, sizeof *map->arms);
    if (!lists || !map->arms)
        return dlu_fail_memory(err);
    dlu_status status = read_design(plan->design, arena, &lists[0], &lists[1], err);
    if (status == DLU_OK)
        status = split(plan->targets, strlen(plan->targets), "targets", arena, &lists[2], err);
    if (status == DLU_OK)
        status = check_distinct(&lists[2], "targets", err);
    if (status == DLU_OK)
        status = split(plan->mirna, strlen(plan->mirna), "mirna", arena, &lists[3], err);
    if (status == DLU_OK)
        status = check_distinct(&lists[3], "mirna", err);
    if (status == DLU_OK)
        status = add_arms(map, &lists[0], &lists[1], &lists[2], &lists[3], err);
    return status;
}
