/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/lines.h"

#include <math.h>
#include <string.h>

#include <dualuc/report.h>

#include "base/say.h"
#include "report/bytes.h"

enum { TARGET, MIRNA, MUTANT, VERDICT, WT, MUT, INTERACTION, P, N, COLUMNS };

typedef const char *line[COLUMNS];

#define LONGEST_NAME 60u

/* Characters, not bytes: names may hold Greek letters. */
static size_t width(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

const char *dlu_lines_name(dlu_arena *arena, const char *name)
{
    if (!name)
        return "-";
    size_t n = dlu_visible(name, NULL, 0);
    char *text = dlu_arena_alloc(arena, n + 1, 1);
    if (!text)
        return NULL;
    dlu_visible(name, text, n + 1);
    for (char *p = text; (p = strchr(p, '\n'));)
        *p = ' ';
    if (width(text) <= LONGEST_NAME)
        return text;
    size_t cut = 0;
    for (size_t letters = 0; letters <= LONGEST_NAME; cut++)
        letters += ((unsigned char)text[cut] & 0xC0) != 0x80;
    text[cut - 1] = '\0';
    return dlu_arena_printf(arena, "%s...", text);
}

/* Two decimals, whatever the decimal sign of the host program's locale; small ones as they are. */
static const char *two_decimals(dlu_arena *arena, double value)
{
    char number[DLU_NUMBER_SIZE];
    double hundredths = round(value * 100);
    if (hundredths < 1 || hundredths >= 1e9)
        return dlu_arena_copy(arena, dlu_text_rounded(value, 2, number));
    unsigned long h = (unsigned long)hundredths;
    return dlu_arena_printf(arena, "%lu.%02lu", h / 100, h % 100);
}

/* "WT 0.52 [0.46-0.59]", or "WT -" where there is no number. */
static const char *fold(dlu_arena *arena, const char *name, double value, double low, double high)
{
    if (!isfinite(value))
        return dlu_arena_printf(arena, "%s -", name);
    const char *v = two_decimals(arena, value);
    if (!isfinite(low) || !isfinite(high))
        return v ? dlu_arena_printf(arena, "%s %s", name, v) : NULL;
    const char *l = two_decimals(arena, low);
    const char *h = two_decimals(arena, high);
    return v && l && h ? dlu_arena_printf(arena, "%s %s [%s-%s]", name, v, l, h) : NULL;
}

static const char *p_value(dlu_arena *arena, double p)
{
    char number[DLU_NUMBER_SIZE];
    return isfinite(p) ? dlu_arena_printf(arena, "p %s", dlu_text_rounded(p, 2, number)) : "p -";
}

const char *dlu_lines_agent(dlu_arena *arena, const char *mirna, double dose_nM,
                            const char *treatment)
{
    char number[DLU_NUMBER_SIZE];
    const char *name = dlu_lines_name(arena, mirna);
    bool named = treatment && strcmp(treatment, "mimic") != 0;
    if (!name || !isfinite(dose_nM))
        return name && named ? dlu_arena_printf(arena, "%s (%s)", name, treatment) : name;
    dlu_text_from_double(dose_nM, number);
    return named ? dlu_arena_printf(arena, "%s (%s nM, %s)", name, number, treatment)
                 : dlu_arena_printf(arena, "%s (%s nM)", name, number);
}

static bool fill(dlu_arena *arena, const dlu_verdict_row *v, line out)
{
    out[TARGET] = dlu_lines_name(arena, v->target);
    out[MIRNA] = dlu_lines_agent(arena, v->mirna, v->dose_nM, v->treatment);
    out[MUTANT] = dlu_lines_name(arena, v->mutant);
    out[VERDICT] = v->verdict;
    out[WT] = fold(arena, "WT", v->wt_fold, v->wt_fold_low, v->wt_fold_high);
    out[MUT] = fold(arena, "MUT", v->mut_fold, v->mut_fold_low, v->mut_fold_high);
    out[INTERACTION] = fold(arena, "WT/MUT", v->interaction_fold, v->interaction_fold_low,
                            v->interaction_fold_high);
    out[P] = p_value(arena, v->p_interaction);
    out[N] = dlu_arena_printf(arena, "n %s", v->n_text ? v->n_text : "-");
    for (size_t c = 0; c < COLUMNS; c++)
        if (!out[c])
            return false;
    return true;
}

static void add_line(dlu_buffer *buffer, const line texts, const size_t *widths)
{
    for (size_t c = 0; c < COLUMNS; c++) {
        dlu_buffer_add(buffer, texts[c]);
        for (size_t i = width(texts[c]); c + 1 < COLUMNS && i < widths[c] + 2; i++)
            dlu_buffer_add(buffer, " ");
    }
    dlu_buffer_add(buffer, "\n");
}

static bool add_lines(dlu_buffer *buffer, const dlu_result *result, dlu_arena *arena)
{
    size_t widths[COLUMNS] = {0};
    size_t n = result->n_verdicts;
    line *lines = dlu_arena_alloc(arena, n ? n : 1, sizeof *lines);
    if (!lines)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!fill(arena, &result->verdicts[i], lines[i]))
            return false;
        for (size_t c = 0; c < COLUMNS; c++)
            if (width(lines[i][c]) > widths[c])
                widths[c] = width(lines[i][c]);
    }
    for (size_t i = 0; i < n; i++)
        add_line(buffer, (const char *const *)lines[i], widths);
    return true;
}

dlu_status dlu_report_lines(const dlu_result *result, dlu_bytes *out, dlu_error *err)
{
    dlu_buffer buffer = {0};
    dlu_arena *arena = dlu_arena_new();
    if (!arena || !add_lines(&buffer, result, arena))
        buffer.failed = true;
    dlu_arena_free(arena);
    return dlu_bytes_take(&buffer, out, err);
}
