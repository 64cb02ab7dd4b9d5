/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"

/*
 * Two files of one read each whose names differ only by a luciferase: day1_fluc.csv and
 * day1_nluc.csv, day1 firefly.xlsx and day1 renilla.xlsx. Only whole words of the name count; a
 * word may also begin with a capital or beside a digit, as in exp1Fluc.csv.
 */

static const char separators[] = " _-.,()[]+";

static const char *file_name(const char *path)
{
    const char *name = path;
    for (const char *p = path; *p; p++)
        if (*p == '/' || *p == '\\')
            name = p + 1;
    return name;
}

static const char *channel_of_word(const char *word)
{
    if (dlu_word_is_firefly(word))
        return "firefly";
    if (dlu_word_is_renilla(word))
        return "renilla";
    return dlu_word_is_nanoluc(word) ? "nanoluc" : NULL;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where in a word of n bytes another one begins: exp1|Fluc, day|Fluc, fluc|1. */
static bool begins_word(const char *p)
{
    return is_digit(p[0]) != is_digit(p[-1]) || (is_capital(p[0]) && is_small(p[-1]));
}

/* The part of a word that names a luciferase: all of it, else what stands before or behind such a
 * place; *n is its length. NULL where there is none, with *channel NULL, or memory ran out. */
static const char *find_channel(dlu_arena *arena, const char *word, size_t *n, const char **channel)
{
    const size_t whole = *n;
    for (size_t at = 0; at < whole; at++) {
        if (at && !begins_word(word + at))
            continue;
        const char *parts[] = {dlu_arena_copy_n(arena, word + at, whole - at),
                               dlu_arena_copy_n(arena, word, at)};
        for (size_t k = 0; k < 2; k++) {
            *channel = parts[k] ? channel_of_word(parts[k]) : NULL;
            *n = k ? at : whole - at;
            if (*channel)
                return k ? word : word + at;
        }
    }
    *channel = NULL;
    return NULL;
}

/* What a name says: its one luciferase, and the name without that word. */
typedef struct told {
    const char *channel; /* NULL where it names none, or more than one */
    const char *rest;
} told;

static bool read_name(dlu_arena *arena, const char *path, told *out)
{
    size_t begin = 0, end = 0;
    const char *name = file_name(path);
    *out = (told){NULL, ""};
    for (const char *p = name; *p;) {
        size_t n = strcspn(p, separators), length = n;
        const char *channel, *word = find_channel(arena, p, &length, &channel);
        if (channel && out->channel) {
            out->channel = NULL;
            return !dlu_arena_failed(arena);
        }
        if (channel) {
            out->channel = channel;
            begin = (size_t)(word - path);
            end = begin + length;
        }
        p += n;
        p += strspn(p, separators);
    }
    if (!out->channel)
        return !dlu_arena_failed(arena);
    char *head = dlu_arena_copy_n(arena, path, begin);
    out->rest = head ? dlu_arena_printf(arena, "%s*%s", head, path + end) : NULL;
    return out->rest != NULL;
}

/* Every plate has one raw read, whose label names no luciferase by itself. */
static bool is_of_one_read(const dlu_import *import)
{
    for (size_t k = 0; k < import->n_plates; k++) {
        size_t first, n = dlu_plate_raw_reads(&import->plates[k], &first);
        if (n != 1 || channel_of_word(import->plates[k].reads[first].label))
            return false;
    }
    return import->n_plates > 0;
}

/* The only other file of that rest, with another channel and as many plates; n where there is none.
 */
static size_t partner_of(const dlu_import *const *imports, const told *names, size_t n, size_t i)
{
    size_t found = n;
    for (size_t k = 0; k < n; k++) {
        if (k == i || !names[k].channel || strcmp(names[k].rest, names[i].rest) != 0)
            continue;
        if (found < n || !strcmp(names[k].channel, names[i].channel) ||
            imports[k]->n_plates != imports[i]->n_plates)
            return n;
        found = k;
    }
    return found;
}

static void say_pair(const dlu_file_pair *a, const dlu_file_pair *b, const dlu_import *x,
                     const dlu_import *y, dlu_messages *log)
{
    dlu_place at = {.file = x->file};
    dlu_note(log, "files-paired", &at,
             "if this is wrong, give each file's luciferase with --firefly FILE --renilla FILE",
             "the names of this file and %s differ only by the luciferase: taken as %s and %s of "
             "the same plate%s",
             file_name(y->file), a->channel, b->channel, x->n_plates == 1 ? "" : "s");
}

bool dlu_files_pair(dlu_arena *arena, const dlu_import *const *imports, size_t n,
                    dlu_file_pair *pairs, dlu_messages *log)
{
    size_t n_pairs = 0;
    told *names = dlu_arena_alloc(arena, n + 1, sizeof *names);
    if (!names)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (pairs[i].channel)
            return true; /* said by the user, for all files */
        if (!read_name(arena, imports[i]->file, &names[i]))
            return false;
        if (!is_of_one_read(imports[i]))
            names[i].channel = NULL;
    }
    for (size_t i = 0; i < n; i++) {
        size_t k = names[i].channel ? partner_of(imports, names, n, i) : n;
        if (k >= n || k < i)
            continue;
        pairs[i] = (dlu_file_pair){names[i].channel, ++n_pairs, true};
        pairs[k] = (dlu_file_pair){names[k].channel, n_pairs, true};
        say_pair(&pairs[i], &pairs[k], imports[i], imports[k], log);
    }
    return true;
}
