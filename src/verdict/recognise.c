/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/beside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* What names of mutants and of mimics say: double mutants, and mimics that match a mutant. */

#define MAX_NAME 200u

/* "MUT1" is the site 1. */
static const char *site_of(const char *mutant)
{
    return mutant + 3;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool same_letter(char a, char b)
{
    const char x[2] = {a, 0}, y[2] = {b, 0};
    return dlu_text_same(x, y);
}

static bool is_listed(const char *const *mutants, size_t n, char site)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(site_of(mutants[i])) == 1 && same_letter(*site_of(mutants[i]), site))
            return true;
    return false;
}

/* "12", where 1 and 2 are mutants too. */
static bool is_joined(const char *const *mutants, size_t n, const char *site)
{
    return strlen(site) == 2 && !same_letter(site[0], site[1]) && is_listed(mutants, n, site[0]) &&
           is_listed(mutants, n, site[1]);
}

/* The two digits of "12", "1-2" or "1.2"; false where it is anything else. */
static bool two_digits(const char *site, char digits[3])
{
    size_t n = 0;
    memset(digits, 0, 3);
    for (; *site; site++) {
        if (strchr("-_. ", *site))
            continue;
        if (!is_digit(*site) || n == 2)
            return false;
        digits[n++] = *site;
    }
    return n == 2;
}

/* Mutants counted from 1 to 10 and on, or by site and variant: then 12 is the twelfth. */
static bool are_numbered(const char *const *mutants, size_t n)
{
    char digits[3];
    for (size_t i = 0; i < n; i++)
        if (two_digits(site_of(mutants[i]), digits) && !is_joined(mutants, n, digits))
            return true;
    return false;
}

static bool is_single(const char *const *mutants, size_t n, const char *site)
{
    return *site && !strpbrk(site, "+&/,-_. ") && !is_joined(mutants, n, site);
}

/* The two names with a sign between them, the second perhaps with its MUT. */
static bool is_with(const char *site, const char *a, const char *sign, const char *b)
{
    char text[MAX_NAME];
    snprintf(text, sizeof text, "%s%s%s", a, sign, b);
    if (dlu_text_alike(site, text))
        return true;
    snprintf(text, sizeof text, "%s%sMUT%s", a, sign, b);
    return dlu_text_alike(site, text);
}

static bool is_double_of(const char *site, const char *a, const char *b, bool numbered)
{
    if (strlen(a) + strlen(b) + 8 > MAX_NAME)
        return false;
    if (is_with(site, a, "+", b) || is_with(site, a, "&", b))
        return true;
    bool plain = strlen(a) == 1 && strlen(b) == 1;
    return !numbered && !strchr(site, '.') && (plain || strpbrk(site, "-_ ")) &&
           is_with(site, a, "", b);
}

bool dlu_double_mutant(const char *const *mutants, size_t n, size_t which, size_t *a, size_t *b)
{
    bool numbered = are_numbered(mutants, n);
    for (*a = 0; *a < n; (*a)++)
        for (*b = 0; *b < n && is_single(mutants, n, site_of(mutants[*a])); (*b)++)
            if (*a != *b && *a != which && *b != which &&
                is_single(mutants, n, site_of(mutants[*b])) &&
                is_double_of(site_of(mutants[which]), site_of(mutants[*a]), site_of(mutants[*b]),
                             numbered))
                return true;
    return false;
}

static bool holds(const char *text, const char *word)
{
    for (; *text; text++)
        if (dlu_text_starts(text, word))
            return true;
    return false;
}

/* The name of the other with one of these words before or after it, and nothing else. */
static bool is_changed(const char *name, const char *other)
{
    static const char *const words[] = {"mut", "mutant", "comp", "compensatory"};
    char text[MAX_NAME];
    if (strlen(other) + 16 > MAX_NAME)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        snprintf(text, sizeof text, "%s%s", other, words[i]);
        if (dlu_text_alike(name, text))
            return true;
        snprintf(text, sizeof text, "%s%s", words[i], other);
        if (dlu_text_alike(name, text))
            return true;
    }
    return false;
}

static bool stands_on_mutant(const dlu_experiment *e, const dlu_arm *like)
{
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (a->positive == like->positive && !strcmp(a->treatment, like->treatment) &&
            !dlu_text_compare(a->target, like->target) &&
            !dlu_text_compare(a->mirna, like->mirna) && !strncmp(a->construct, "MUT", 3))
            return true;
    }
    return false;
}

const char *dlu_compensated_mirna(const dlu_experiment *e, const dlu_arm *arm)
{
    if (!arm->mirna || strcmp(arm->treatment, "mimic") != 0 ||
        (!holds(arm->mirna, "mut") && !holds(arm->mirna, "comp")) || !stands_on_mutant(e, arm))
        return NULL;
    for (size_t i = 0; i < e->n_arms; i++) {
        const dlu_arm *a = &e->arms[i];
        if (a->mirna && a->positive == arm->positive && !strcmp(a->treatment, "mimic") &&
            !strcmp(a->construct, "WT") && !dlu_text_compare(a->target, arm->target) &&
            is_changed(arm->mirna, a->mirna))
            return a->mirna;
    }
    return NULL;
}
