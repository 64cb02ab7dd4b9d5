/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map.h"

#include <string.h>

#include "base/text.h"

/* A word and what it stands for: `meaning` is an index or a name, by table. */
typedef struct word {
    const char *word;
    int meaning;
} word;

static const char *const column_names[] = {
    "well",      "plate", "role",    "target",    "construct",
    "treatment", "mirna", "dose_nM", "replicate", "technical_replicate",
    "block",     "use",   "sample",
};

static const char *const role_names[] = {"sample", "blank", "blank-buffer", "positive", "negative",
                                         "unused", NULL};

static const word roles[] = {
    {"sample", DLU_ROLE_SAMPLE},
    {"blank", DLU_ROLE_BLANK},
    {"background", DLU_ROLE_BLANK},
    {"untransfected", DLU_ROLE_BLANK},
    {"blankbuffer", DLU_ROLE_BLANK_BUFFER},
    {"positive", DLU_ROLE_POSITIVE},
    {"positivecontrol", DLU_ROLE_POSITIVE},
    {"negative", DLU_ROLE_NEGATIVE},
    {"unused", DLU_ROLE_UNUSED},
};

enum { SCRAMBLE, MIMIC, INHIBITOR, INHIBITOR_CONTROL, UNTREATED };

static const char *const treatment_names[] = {"scramble", "mimic", "inhibitor", "inhibitor-control",
                                              "untreated"};

static const word treatments[] = {
    {"scramble", SCRAMBLE},
    {"scrambled", SCRAMBLE},
    {"scr", SCRAMBLE},
    {"nc", SCRAMBLE},
    {"neg", SCRAMBLE},
    {"controlmimic", SCRAMBLE},
    {"mimiccontrol", SCRAMBLE},
    {"mimicnc", SCRAMBLE},
    {"ncmimic", SCRAMBLE},
    {"negativecontrol", SCRAMBLE},
    {"mimic", MIMIC},
    {"mir", MIMIC},
    {"premir", MIMIC},
    {"mirnamimic", MIMIC},
    {"inhibitor", INHIBITOR},
    {"antimir", INHIBITOR},
    {"antagomir", INHIBITOR},
    {"inhibitorcontrol", INHIBITOR_CONTROL},
    {"inhibitornc", INHIBITOR_CONTROL},
    {"ncinhibitor", INHIBITOR_CONTROL},
    {"controlinhibitor", INHIBITOR_CONTROL},
    {"antimircontrol", INHIBITOR_CONTROL},
    {"antimirnc", INHIBITOR_CONTROL},
    {"untreated", UNTREATED},
};

enum { WT, MUT, EMPTY };

static const word constructs[] = {
    {"wt", WT},       {"wildtype", WT}, {"mut", MUT},           {"mutant", MUT},   {"mt", MUT},
    {"empty", EMPTY}, {"ev", EMPTY},    {"emptyvector", EMPTY}, {"vector", EMPTY},
};

static const char *const control_words[] = {
    "nc",          "scramble",     "scrambled",    "scr",
    "control",     "neg",          "negative",     "negativecontrol",
    "nctrl",       "ctrl",         "nontargeting", "none",
    "mimicnc",     "mimiccontrol", "controlmimic", "inhibitorcontrol",
    "inhibitornc",
};

#define COUNT(a)     (sizeof(a) / sizeof *(a))
#define SLIP_LETTERS 5u

static int find(const word *table, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (dlu_text_alike(table[i].word, text))
            return table[i].meaning;
    return -1;
}

const char *dlu_map_column_name(dlu_map_column column)
{
    return column_names[column];
}

const char *dlu_role_name(dlu_role role)
{
    return role_names[role];
}

bool dlu_map_role(const char *text, dlu_role *out)
{
    int role = find(roles, COUNT(roles), text);
    if (role < 0)
        return false;
    *out = (dlu_role)role;
    return true;
}

const char *dlu_map_treatment(const char *text)
{
    int treatment = find(treatments, COUNT(treatments), text);
    return treatment < 0 ? NULL : treatment_names[treatment];
}

/* MUT and whatever tells several mutants apart: "mut 1" and "Mutant-1" are MUT1. */
static const char *numbered_mutant(dlu_arena *arena, const char *text)
{
    const char *rest = text + (dlu_text_starts(text, "mutant") ? 6 : 3);
    rest += strspn(rest, " -_");
    return dlu_arena_printf(arena, "MUT%s", rest);
}

const char *dlu_map_construct(dlu_arena *arena, const char *text)
{
    switch (find(constructs, COUNT(constructs), text)) {
    case WT:
        return "WT";
    case MUT:
        return "MUT";
    case EMPTY:
        return "EMPTY";
    default:
        return dlu_text_starts(text, "mut") ? numbered_mutant(arena, text) : NULL;
    }
}

bool dlu_map_is_control_word(const char *mirna)
{
    for (size_t i = 0; i < COUNT(control_words); i++)
        if (dlu_text_alike(control_words[i], mirna))
            return true;
    return false;
}

/* Edit distance with swaps of neighbours, for short words. */
static size_t distance(const char *a, const char *b)
{
    enum { LONGEST = 24 };
    size_t d[LONGEST + 1][LONGEST + 1], n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t i = 0; i <= n; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            char x[2] = {a[i - 1], 0}, y[2] = {b[j - 1], 0};
            size_t best = d[i - 1][j - 1] + !dlu_text_same(x, y);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

bool dlu_map_is_mutant_slip(const char *text)
{
    return dlu_text_starts(text, "mut") && distance(text, "mutant") == 1;
}

/* A word of five letters or more, missed by one letter or by two that changed places. */
static const char *slip_of(const word *table, size_t n, const char *text)
{
    const char *best = NULL;
    if (strpbrk(text, "0123456789"))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (strlen(table[i].word) < SLIP_LETTERS || distance(text, table[i].word) != 1)
            continue;
        if (best && table[i].meaning != find(table, n, best))
            return NULL;
        best = table[i].word;
    }
    return best;
}

const char *dlu_map_slip(const char *text, dlu_map_column column)
{
    switch (column) {
    case DLU_COLUMN_ROLE:
        return find(roles, COUNT(roles), text) < 0 ? slip_of(roles, COUNT(roles), text) : NULL;
    case DLU_COLUMN_TREATMENT:
        return find(treatments, COUNT(treatments), text) < 0
                   ? slip_of(treatments, COUNT(treatments), text)
                   : NULL;
    case DLU_COLUMN_CONSTRUCT:
        return find(constructs, COUNT(constructs), text) < 0
                   ? slip_of(constructs, COUNT(constructs), text)
                   : NULL;
    default:
        return NULL;
    }
}

static const char *nearest_of(const word *table, size_t n, const char *text)
{
    const char *best = NULL;
    size_t best_distance = 3;
    for (size_t i = 0; i < n; i++) {
        size_t d = distance(text, table[i].word);
        if (d < best_distance && d < strlen(table[i].word)) {
            best = table[i].word;
            best_distance = d;
        }
    }
    return best;
}

const char *dlu_map_nearest(const char *text, dlu_map_column column)
{
    const char *near;
    switch (column) {
    case DLU_COLUMN_ROLE:
        near = nearest_of(roles, COUNT(roles), text);
        return near ? role_names[find(roles, COUNT(roles), near)] : NULL;
    case DLU_COLUMN_TREATMENT:
        near = nearest_of(treatments, COUNT(treatments), text);
        return near ? dlu_map_treatment(near) : NULL;
    case DLU_COLUMN_CONSTRUCT:
        near = nearest_of(constructs, COUNT(constructs), text);
        if (!near)
            return NULL;
        return (const char *const[]){"WT", "MUT",
                                     "EMPTY"}[find(constructs, COUNT(constructs), near)];
    default:
        return NULL;
    }
}
