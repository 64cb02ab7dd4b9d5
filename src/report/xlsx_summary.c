/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/xlsx.h"

/*
 * The sheet that is opened first: what was measured, a row a verdict in numbers and words, and
 * under it what the verdicts rest on.
 */

static const struct {
    const char *band; /* over a group of columns; "" goes on, NULL has none */
    dlu_xlsx_column column;
} columns[] = {
    {NULL, {"target", "Target", 11, DLU_STYLE_STRONG}},
    {NULL, {"mirna", "miRNA", 15, DLU_STYLE_TEXT}},
    {NULL, {"dose_nM", "Dose (nM)", 6.5, DLU_STYLE_MIDDLE}},
    {NULL, {"treatment", "Treated with", 9, DLU_STYLE_TEXT}},
    {NULL, {"mutant", "Mutant", 8, DLU_STYLE_TEXT}},
    {NULL, {"verdict", "Verdict", 22, DLU_STYLE_WRAP_LINK}},
    {NULL, {"call", "In words", 20, DLU_STYLE_WRAP}},
    {NULL, {"state", "Numbers are", 12, DLU_STYLE_WRAP}},
    {"Wild type", {"wt_fold", "Fold", 6.5, DLU_STYLE_FOLD}},
    {"", {"wt_fold_low", "low", 6.5, DLU_STYLE_FOLD}},
    {"", {"wt_fold_high", "high", 6.5, DLU_STYLE_FOLD}},
    {"Mutant", {"mut_fold", "Fold", 6.5, DLU_STYLE_FOLD}},
    {"", {"mut_fold_low", "low", 6.5, DLU_STYLE_FOLD}},
    {"", {"mut_fold_high", "high", 6.5, DLU_STYLE_FOLD}},
    {"WT fold / MUT fold", {"interaction_fold", "Fold", 6.5, DLU_STYLE_FOLD}},
    {"", {"interaction_fold_low", "low", 6.5, DLU_STYLE_FOLD}},
    {"", {"interaction_fold_high", "high", 6.5, DLU_STYLE_FOLD}},
    {"p", {"p_wt", "WT", 8, DLU_STYLE_P}},
    {"", {"p_mut", "MUT", 8, DLU_STYLE_P}},
    {"", {"p_interaction", "WT against MUT", 9, DLU_STYLE_P}},
    {"", {"p_direct", "direct", 8, DLU_STYLE_P}},
    {"", {"p_direct_adjusted", "direct, adjusted (value of the run)", 9, DLU_STYLE_P}},
    {NULL, {"n", "n of each arm", 10, DLU_STYLE_MIDDLE}},
    {NULL, {"reason", "Why", 46, DLU_STYLE_WRAP}},
    {NULL, {"caveats", "To keep in mind", 34, DLU_STYLE_WRAP}},
    {NULL, {"panel", "Other analyses", 28, DLU_STYLE_WRAP}},
    {NULL, {"classical", "By the classical rule", 11, DLU_STYLE_WRAP}},
};

#define LINES_OF_A_PAGE 96u /* of print that is still read */

#define N_COLUMNS ((uint32_t)(sizeof columns / sizeof *columns))

static dlu_xlsx_fill fill_of(const dlu_verdict_row *v)
{
    if (v->exploratory)
        return DLU_FILL_NONE;
    switch (v->call) {
    case DLU_CALL_DIRECT:
        return DLU_FILL_GREEN;
    case DLU_CALL_DIRECT_UNPROVEN:
    case DLU_CALL_DIRECT_PARTIAL:
        return DLU_FILL_AMBER;
    case DLU_CALL_NO:
    case DLU_CALL_OPPOSITE:
    case DLU_CALL_NONE:
        break;
    }
    return DLU_FILL_GREY;
}

static const char *classical_in_words(const dlu_verdict_row *v)
{
    switch (v->classical) {
    case DLU_CLASSICAL_DIRECT:
        return "direct";
    case DLU_CLASSICAL_NOT:
        return "not direct";
    case DLU_CLASSICAL_NONE:
        break;
    }
    return "not applicable";
}

/* A line a caveat: its code and its sentence. NULL where memory ran out. */
static const char *caveats_in_words(const dlu_verdict_row *v, dlu_arena *arena)
{
    char *text = dlu_arena_copy(arena, "");
    for (unsigned i = 0; text && i < DLU_CAVEAT_COUNT; i++)
        if (v->caveats >> i & 1u)
            text = dlu_arena_printf(arena, "%s%s%s: %s", text, *text ? "\n" : "",
                                    dlu_caveat_name((dlu_caveat)i), dlu_caveat_text((dlu_caveat)i));
    return text;
}

/* "9 of 11 agree; not theta 0.70, per-block error". NULL where memory ran out. */
static const char *panel_in_words(const dlu_result *result, size_t verdict, dlu_arena *arena)
{
    size_t a_verdict = result->n_verdicts ? result->n_sensitivity / result->n_verdicts : 0;
    const char *others = "";
    size_t agree = 0;
    for (size_t i = 0; i < a_verdict && others; i++) {
        const dlu_sensitivity_row *row = &result->sensitivity[verdict * a_verdict + i];
        agree += row->agrees;
        if (!row->agrees)
            others =
                dlu_arena_printf(arena, "%s%s%s", others, *others ? ", " : "; not ", row->analysis);
    }
    if (!a_verdict || !others)
        return a_verdict ? NULL : "";
    return dlu_arena_printf(arena, "%zu of %zu agree%s", agree, a_verdict, others);
}

/* What a cell says in words; NULL where it shows the model's value as it is. */
static const char *words_of(const char *key, const dlu_result *result, size_t verdict,
                            dlu_arena *arena)
{
    const dlu_verdict_row *v = &result->verdicts[verdict];
    if (!strcmp(key, "panel"))
        return panel_in_words(result, verdict, arena);
    if (!strcmp(key, "call"))
        return dlu_verdict_in_words(v);
    if (!strcmp(key, "classical"))
        return classical_in_words(v);
    if (!strcmp(key, "caveats"))
        return caveats_in_words(v, arena);
    if (!strcmp(key, "reason"))
        return v->reason;
    return NULL;
}

static size_t letters_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* Capitals, of which codes are made, are wide. */
double dlu_xlsx_width_of(const dlu_xlsx_column *shown, const dlu_result *result, dlu_arena *scratch)
{
    static const struct {
        const char *key;
        double most;
    } growing[] = {{"target", 24}, {"mirna", 24}, {"mutant", 16}, {"verdict", 50}};
    const dlu_report_table *table = dlu_report_table_named("verdicts");
    double longest = 0, most = 0;
    dlu_report_value value;
    for (size_t i = 0; i < sizeof growing / sizeof *growing; i++)
        if (!strcmp(shown->key, growing[i].key))
            most = growing[i].most;
    for (size_t i = 0; most > 0 && i < result->n_verdicts; i++)
        if (dlu_report_cell(dlu_report_column_named(table, shown->key), &result->verdicts[i],
                            scratch, &value) &&
            value.kind == DLU_VALUE_TEXT)
            longest = fmax(longest, 1.15 * (double)letters_of(value.text) + 1);
    return fmax(shown->width, fmin(longest, most));
}

/* Returns the lines of text it takes. */
static unsigned put_verdict(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_xlsx_plan *plan,
                            size_t i, const double *widths)
{
    const dlu_verdict_row *v = &plan->result->verdicts[i];
    unsigned most = 1;
    const dlu_report_table *table = dlu_report_table_named("verdicts");
    for (uint32_t c = 0; c < N_COLUMNS; c++) {
        const dlu_xlsx_column *column = &columns[c].column;
        bool called = !strcmp(column->key, "verdict") || !strcmp(column->key, "call") ||
                      !strcmp(column->key, "target");
        dlu_xlsx_fill fill = called ? fill_of(v) : DLU_FILL_NONE;
        const char *words = words_of(column->key, plan->result, i, dlu_xlsx_arena(sheet));
        unsigned lines = words ? dlu_xlsx_lines_of(words, widths[c]) : 1;
        most = lines > most ? lines : most;
        dlu_xlsx_live live = {0};
        if (!dlu_xlsx_live_verdict(plan, i, column->key, &live))
            dlu_xlsx_no_memory(sheet);
        if (!strcmp(column->key, "verdict") && plan->first_comparison[i] != DLU_NO_ROW)
            dlu_xlsx_link(sheet, row, c, "Comparisons", (uint32_t)plan->first_comparison[i] + 1);
        if (words)
            dlu_xlsx_text(sheet, row, c, words, column->style, fill);
        else
            dlu_xlsx_put_live(sheet, row, c, dlu_report_column_named(table, column->key), v, &live,
                              column->style, fill);
    }
    dlu_xlsx_lines(sheet, row, most);
    return most;
}

static void put_header(dlu_xlsx_sheet *sheet, uint32_t row, const double *widths)
{
    unsigned most = 1;
    for (uint32_t c = 0; c < N_COLUMNS; c++) {
        const dlu_xlsx_column *column = &columns[c].column;
        unsigned lines = dlu_xlsx_lines_of(column->label, widths[c]);
        most = lines > most ? lines : most;
        dlu_xlsx_width(sheet, c, widths[c]);
        if (columns[c].band)
            dlu_xlsx_text(sheet, row, c, columns[c].band, DLU_STYLE_BAND, DLU_FILL_NONE);
        dlu_xlsx_text(sheet, row + 1, c, column->label, dlu_xlsx_header(column->style),
                      DLU_FILL_NONE);
    }
    dlu_xlsx_lines(sheet, row + 1, most);
}

/* A line of text over the table; it runs on over the empty cells at its right. */
static void put_line(dlu_xlsx_sheet *sheet, uint32_t row, const char *text)
{
    if (text)
        dlu_xlsx_text(sheet, row, 0, text, DLU_STYLE_TEXT, DLU_FILL_NONE);
    else
        dlu_xlsx_no_memory(sheet);
}

static void put_orientation(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_settings *s)
{
    const char *vector = !strcmp(s->vector, "pmirglo")     ? "vector pmirGLO"
                         : !strcmp(s->vector, "psicheck2") ? "vector psiCHECK-2"
                                                           : "channels named by the user";
    put_line(sheet, row,
             dlu_arena_printf(dlu_xlsx_arena(sheet),
                              "Reporter, behind the 3'UTR: %s. Control for transfection: %s (%s). "
                              "Ratio = reporter / control, each less the blank of its plate.",
                              s->reporter, s->control, vector));
}

/* At most four digits, without zeros at the end. */
static char *plain(double value, char buf[DLU_NUMBER_SIZE])
{
    double rounded;
    if (!dlu_text_number(dlu_text_rounded(value, 4, buf), '.', &rounded))
        return buf;
    return dlu_text_from_double(rounded, buf);
}

static void put_thresholds(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_settings *s)
{
    static const char *const adjusted[] = {"by Holm's method",
                                           "by the method of Benjamini and Hochberg",
                                           "not corrected over the pairs"};
    char alpha[DLU_NUMBER_SIZE], theta[DLU_NUMBER_SIZE], level[DLU_NUMBER_SIZE];
    char inverse[DLU_NUMBER_SIZE], margin[DLU_NUMBER_SIZE], upper[DLU_NUMBER_SIZE];
    put_line(sheet, row,
             dlu_arena_printf(dlu_xlsx_arena(sheet),
                              "Fold = ratio with the miRNA or inhibitor / ratio with its control; "
                              "low and high: %s %% interval.",
                              plain(100 * (1 - s->alpha), level)));
    put_line(sheet, row + 1,
             dlu_arena_printf(dlu_xlsx_arena(sheet),
                              "Repressed: fold %s or less (inhibitors: %s or more) with p < %s. "
                              "Unchanged: shown to lie within %s and %s. p adjusted: %s.",
                              plain(s->theta, theta), plain(1 / s->theta, inverse),
                              plain(s->alpha, alpha), plain(s->equivalence, margin),
                              plain(1 / s->equivalence, upper), adjusted[s->adjust]));
}

static bool any_exploratory(const dlu_result *result)
{
    for (size_t i = 0; i < result->n_verdicts; i++)
        if (result->verdicts[i].exploratory)
            return true;
    return false;
}

/* Of the table: under the title, three lines, an empty one, a banner where due, and two headers. */
static uint32_t first_row(const dlu_result *result)
{
    return any_exploratory(result) ? 8 : 7;
}

static void put_banner(dlu_xlsx_sheet *sheet, uint32_t row)
{
    dlu_xlsx_text(sheet, row, 0,
                  "EXPLORATORY: n = 1 biological replicate. The wells are technical replicates; "
                  "p-values describe pipetting, not biology. No target call is made.",
                  DLU_STYLE_BANNER, DLU_FILL_NONE);
    for (uint32_t c = 1; c < N_COLUMNS; c++)
        dlu_xlsx_text(sheet, row, c, "", DLU_STYLE_BANNER, DLU_FILL_NONE);
}

/* In place of a table: what was said of the plates and the map. */
static uint32_t put_why_none(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_result *result)
{
    dlu_xlsx_text(sheet, row++, 0,
                  "No pair can be judged: no arm with a miRNA or inhibitor stands beside its "
                  "control on a construct of the same target.",
                  DLU_STYLE_STRONG, DLU_FILL_NONE);
    for (size_t i = 0; i < result->n_messages; i++)
        if (result->messages[i].severity == DLU_WARNING)
            put_line(sheet, row++, result->messages[i].text);
    return row;
}

/* Of many pairs run alike, one line says it. */
static bool same_designs(const dlu_result *result)
{
    for (size_t i = 1; i < result->n_design; i++)
        if (strcmp(result->design[i].text, result->design[0].text) != 0)
            return false;
    return result->n_design > 1;
}

static uint32_t put_design(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_result *result)
{
    if (!result->n_design)
        return row;
    bool same = same_designs(result);
    dlu_xlsx_text(sheet, row++, 0, "Design", DLU_STYLE_STRONG, DLU_FILL_NONE);
    for (size_t i = 0; i < (same ? 1 : result->n_design); i++, row++) {
        dlu_xlsx_text(sheet, row, 0, same ? "all pairs" : result->design[i].pair, DLU_STYLE_TEXT,
                      DLU_FILL_NONE);
        dlu_xlsx_text(sheet, row, 5, result->design[i].text, DLU_STYLE_TEXT, DLU_FILL_NONE);
    }
    return row + 1;
}

static uint32_t put_notes(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_result *result)
{
    bool titled = false;
    for (size_t i = 0; i < result->n_verdicts; i++) {
        const dlu_verdict_row *v = &result->verdicts[i];
        for (size_t k = 0; k < v->n_notes; k++, row++) {
            if (!titled)
                dlu_xlsx_text(sheet, row++, 0, "Notes", DLU_STYLE_STRONG, DLU_FILL_NONE);
            titled = true;
            dlu_xlsx_text(sheet, row, 0, v->target, DLU_STYLE_TEXT, DLU_FILL_NONE);
            dlu_xlsx_text(sheet, row, 1, v->mirna, DLU_STYLE_TEXT, DLU_FILL_NONE);
            dlu_xlsx_text(sheet, row, 4, v->mutant, DLU_STYLE_TEXT, DLU_FILL_NONE);
            dlu_xlsx_text(sheet, row, 5, v->notes[k], DLU_STYLE_TEXT, DLU_FILL_NONE);
        }
    }
    return titled ? row + 1 : row;
}

/* How many wells carry each flag, so that nothing was left out unseen. */
/* Returns the row after them. */
static uint32_t put_flags(dlu_xlsx_sheet *sheet, uint32_t row, const dlu_result *result)
{
    size_t counts[DLU_FLAG_COUNT] = {0}, treated = 0, used = 0;
    for (size_t i = 0; i < result->n_wells; i++) {
        const dlu_well_row *well = &result->wells[i];
        treated += well->treatment != NULL;
        used += well->treatment && well->used;
        for (unsigned f = 0; f < DLU_FLAG_COUNT; f++)
            counts[f] += well->flags >> f & 1u;
    }
    dlu_xlsx_text(sheet, row++, 0, "Wells", DLU_STYLE_STRONG, DLU_FILL_NONE);
    put_line(sheet, row++,
             dlu_arena_printf(dlu_xlsx_arena(sheet), "%zu of %zu treated wells were used.", used,
                              treated));
    for (unsigned f = 0; f < DLU_FLAG_COUNT; f++) {
        if (!counts[f])
            continue;
        dlu_xlsx_text(sheet, row, 0, dlu_flag_name((dlu_flag)f), DLU_STYLE_TEXT, DLU_FILL_NONE);
        dlu_xlsx_number(sheet, row, 4, (double)counts[f], DLU_STYLE_LEFT, DLU_FILL_NONE);
        dlu_xlsx_text(sheet, row++, 5, dlu_flag_text((dlu_flag)f), DLU_STYLE_TEXT, DLU_FILL_NONE);
    }
    return row;
}

uint32_t dlu_xlsx_summary_chart_row(const dlu_result *result)
{
    return first_row(result) + (uint32_t)result->n_verdicts + 1;
}

void dlu_xlsx_summary(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    const dlu_result *result = plan->result;
    if (!sheet)
        return;
    uint32_t row = 0;
    double widths[N_COLUMNS];
    for (uint32_t c = 0; c < N_COLUMNS; c++)
        widths[c] = dlu_xlsx_width_of(&columns[c].column, result, dlu_xlsx_arena(sheet));
    dlu_xlsx_lines(sheet, row, 2);
    dlu_xlsx_text(sheet, row++, 0, "Dual-luciferase report: is it a direct target?",
                  DLU_STYLE_TITLE, DLU_FILL_NONE);
    put_orientation(sheet, row++, &result->settings);
    put_thresholds(sheet, row, &result->settings);
    row += 3;
    if (any_exploratory(result))
        put_banner(sheet, row++);
    put_header(sheet, row, widths);
    uint32_t header = row + 1, lines = 0;
    row = header + 1;
    for (size_t i = 0; i < result->n_verdicts; i++)
        lines += put_verdict(sheet, row++, plan, i, widths);
    if (!result->n_verdicts)
        row = put_why_none(sheet, row, result);
    dlu_xlsx_freeze(sheet, header + 1, 1);
    dlu_xlsx_filter(sheet, header, (uint32_t)result->n_verdicts, N_COLUMNS);
    dlu_xlsx_page(sheet, header);
    row += 1 + dlu_xlsx_chart_rows(result);
    row = put_design(sheet, row, result);
    row = put_notes(sheet, row, result);
    row = put_flags(sheet, row, result);
    if (row + lines - result->n_verdicts <= LINES_OF_A_PAGE)
        dlu_xlsx_one_page(sheet);
    else if (dlu_xlsx_chart_rows(result))
        dlu_xlsx_page_break(sheet, dlu_xlsx_summary_chart_row(result) - 1);
}
