/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/report.h>

#include "base/text.h"
#include "report/bytes.h"
#include "report/lines.h"

/* The sites of inserts for a person: the sum, then each site drawn, then what stands beside. */

#define MOST_ROWS  20u /* of differences and of notes; the JSON has all */
#define MOST_BASES 30

static bool is(const dlu_seed_row *row, const char *kind)
{
    return !strcmp(row->kind, kind);
}

static bool counts(const char *type)
{
    return type && !strstr(type, "6mer");
}

/* The whole text, with everything in it visible. */
static const char *visible(dlu_arena *arena, const char *text)
{
    size_t n = dlu_visible(text, NULL, 0);
    char *copy = dlu_arena_alloc(arena, n + 1, 1);
    if (copy)
        dlu_visible(text, copy, n + 1);
    return copy;
}

static void add_duplex(dlu_buffer *buffer, const char *name, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        dlu_buffer_printf(buffer, "    %-6s %s\n", i ? "" : name, lines[i]);
}

static void add_supplementary(dlu_buffer *buffer, const dlu_seed_row *row, const char *mutant)
{
    if (row->n_wt_duplex && row->n_mut_duplex)
        dlu_buffer_printf(buffer, "    of m13 to m16 pair: %zu in WT, %zu in %s\n",
                          row->wt_supplementary, row->mut_supplementary, mutant);
    else
        dlu_buffer_printf(buffer, "    of m13 to m16 pair: %zu\n",
                          row->n_wt_duplex ? row->wt_supplementary : row->mut_supplementary);
}

static bool add_site(dlu_buffer *buffer, const dlu_seed_row *row, dlu_arena *arena)
{
    const char *mutant = dlu_lines_name(arena, row->mutant);
    const char *text = visible(arena, row->text);
    if (!mutant || !text)
        return false;
    dlu_buffer_printf(buffer, "\n  %s\n", text);
    if (!counts(row->wt_type) && !counts(row->mut_type))
        return true;
    add_duplex(buffer, "WT", row->wt_duplex, row->n_wt_duplex);
    add_duplex(buffer, mutant, row->mut_duplex, row->n_mut_duplex);
    add_supplementary(buffer, row, mutant);
    return true;
}

/* "  12-19  AUAAGCUA > AUUUGGUA  substitution" */
static void add_difference(dlu_buffer *buffer, const dlu_seed_row *row)
{
    const char *before = row->wt_bases ? row->wt_bases : "-";
    const char *after = row->mut_bases ? row->mut_bases : "-";
    dlu_buffer_printf(buffer, "  %zu-%zu  %.*s%s > %.*s%s  %s\n", row->wt_from, row->wt_to,
                      MOST_BASES, before, strlen(before) > MOST_BASES ? "..." : "", MOST_BASES,
                      after, strlen(after) > MOST_BASES ? "..." : "", row->status);
}

/* A part of the rows under a title, where there are any. */
static bool add_part(dlu_buffer *buffer, const char *title, const dlu_seed_row *rows, size_t n,
                     bool (*belongs)(const dlu_seed_row *row), dlu_arena *arena)
{
    size_t said = 0;
    for (size_t i = 0; i < n; i++) {
        if (!belongs(&rows[i]))
            continue;
        if (!said)
            dlu_buffer_printf(buffer, "\n%s\n", title);
        if (said++ >= MOST_ROWS)
            continue;
        if (is(&rows[i], "difference")) {
            add_difference(buffer, &rows[i]);
            continue;
        }
        const char *text = visible(arena, rows[i].text);
        if (!text)
            return false;
        dlu_buffer_printf(buffer, "  %s%s%s\n", rows[i].status ? rows[i].status : "",
                          rows[i].status ? ": " : "", text);
    }
    if (said > MOST_ROWS)
        dlu_buffer_printf(buffer, "  and %zu more; --json writes all\n", said - MOST_ROWS);
    return true;
}

static bool is_difference(const dlu_seed_row *row)
{
    return is(row, "difference");
}

static bool is_note(const dlu_seed_row *row)
{
    return is(row, "wobble") || is(row, "mismatch");
}

static bool is_unknown(const dlu_seed_row *row)
{
    return is(row, "unknown");
}

static bool is_coding(const dlu_seed_row *row)
{
    return is(row, "coding");
}

/* A pair from its row "insert" on: n rows. */
static bool add_pair(dlu_buffer *buffer, const dlu_seed_row *rows, size_t n, dlu_arena *arena)
{
    const char *target = dlu_lines_name(arena, rows->target);
    const char *mirna = dlu_lines_name(arena, rows->mirna);
    const char *mutant = dlu_lines_name(arena, rows->mutant);
    const char *text = visible(arena, rows->text);
    if (!target || !mirna || !mutant || !text)
        return false;
    dlu_buffer_printf(buffer, "%s, %s: WT of %zu bases", target, mirna, rows->wt_to);
    if (rows->mutant)
        dlu_buffer_printf(buffer, ", %s of %zu", mutant, rows->mut_to);
    dlu_buffer_printf(buffer, "\n%s\n", text);
    for (size_t i = 1; i < n; i++)
        if (is(&rows[i], "site") && !add_site(buffer, &rows[i], arena))
            return false;
    return add_part(buffer, "Differences, positions of WT:", rows, n, is_difference, arena) &&
           add_part(buffer, "Unknown:", rows, n, is_unknown, arena) &&
           add_part(buffer, "Notes, seeds that just miss:", rows, n, is_note, arena);
}

dlu_status dlu_seed_lines(const dlu_seed *seed, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer buffer = {0};
    dlu_arena *arena = dlu_arena_new();
    bool good = arena != NULL;
    for (size_t i = 0; good && i < seed->n_seed;) {
        size_t n = 1;
        while (i + n < seed->n_seed && !is(&seed->seed[i + n], "insert") &&
               !is(&seed->seed[i + n], "coding"))
            n++;
        if (is(&seed->seed[i], "insert")) {
            dlu_buffer_add(&buffer, i ? "\n" : "");
            good = add_pair(&buffer, &seed->seed[i], n, arena);
        }
        i += n;
    }
    good = good && add_part(&buffer, "In the sequences given as coding:", seed->seed, seed->n_seed,
                            is_coding, arena);
    dlu_arena_free(arena);
    if (!good)
        buffer.failed = true;
    return dlu_bytes_take(&buffer, out, err);
}
