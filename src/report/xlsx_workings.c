/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/moments.h"
#include "report/xlsx.h"

/*
 * The sheet between Replicates and Comparisons: the blank of each plate, and for each verdict the
 * values its tests saw, with means, SDs and, in blocks, what the pooled error is made of.
 */

#define NO_BLOCK UINT_MAX

/* Values of cell c in a block, or in any where block is NO_BLOCK. */
static size_t count_values(const dlu_working *w, unsigned cell, unsigned block)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        n += w->values[i].cell == cell && (block == NO_BLOCK || w->values[i].block == block);
    return n;
}

/* Every block that holds one of the cells holds all of them, and no value is without block. */
static bool is_complete(const dlu_working *w, unsigned n_cells)
{
    unsigned full = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->values[i].cell < n_cells && w->values[i].block == NO_BLOCK)
            return false;
    for (unsigned b = 0; b < w->n_blocks; b++) {
        unsigned held = 0;
        for (unsigned c = 0; c < n_cells; c++)
            held += count_values(w, c, b) > 0;
        if (held && held < n_cells)
            return false;
        full += held == n_cells;
    }
    return full > 1;
}

static bool has_method(const dlu_result *result, size_t verdict, const char *method)
{
    for (size_t c = 0; c < result->n_comparisons; c++)
        if (result->comparisons[c].verdict == verdict &&
            !strcmp(result->comparisons[c].method, method))
            return true;
    return false;
}

static dlu_section_kind kind_of(const dlu_result *result, size_t verdict, unsigned n_cells)
{
    const dlu_working *w = &result->workings[verdict];
    for (unsigned c = 0; c < n_cells; c++)
        if (!count_values(w, c, NO_BLOCK))
            return DLU_SECTION_VALUES;
    if (has_method(result, verdict, "rcbd") || has_method(result, verdict, "block"))
        return is_complete(w, n_cells) ? DLU_SECTION_BLOCKED : DLU_SECTION_VALUES;
    if (has_method(result, verdict, "welch") || has_method(result, verdict, "student"))
        return DLU_SECTION_UNBLOCKED;
    return DLU_SECTION_VALUES;
}

/* Rows of values: blocks that hold something, or as many as the largest cell has. */
static uint32_t count_rows(const dlu_working *w, dlu_section_kind kind, unsigned n_cells)
{
    uint32_t n = 0;
    if (kind != DLU_SECTION_BLOCKED) {
        for (unsigned c = 0; c < n_cells; c++) {
            uint32_t here = (uint32_t)count_values(w, c, NO_BLOCK);
            n = here > n ? here : n;
        }
        return n;
    }
    for (unsigned b = 0; b < w->n_blocks; b++)
        n += count_values(w, 0, b) > 0;
    return n;
}

dlu_section dlu_xlsx_section(const dlu_result *result, size_t verdict, uint32_t row)
{
    dlu_section s = {
        .n_cells = result->verdicts[verdict].mutant ? 4 : 2, .title = row, .first = row + 2};
    s.kind = kind_of(result, verdict, s.n_cells);
    s.n = count_rows(&result->workings[verdict], s.kind, s.n_cells);
    s.mean = s.first + s.n;
    s.sd = s.mean + 1;
    s.count = s.sd + 1;
    s.mean_square = s.count + 1;
    s.df = s.mean_square + 1;
    return s;
}

uint32_t dlu_xlsx_section_end(const dlu_section *s)
{
    switch (s->kind) {
    case DLU_SECTION_BLOCKED:
        return s->df + 2;
    case DLU_SECTION_UNBLOCKED:
        return s->count + 2;
    default:
        return s->mean + 1;
    }
}

/* One section being written: the values as numbers too, so that every formula has its result. */
typedef struct writer {
    dlu_xlsx_sheet *sheet;
    const dlu_xlsx_plan *plan;
    const dlu_working *working;
    dlu_section section;
    double *value; /* section.n rows of four cells; NaN where there is none */
} writer;

static double *value_at(writer *w, uint32_t row, unsigned cell)
{
    return &w->value[(size_t)row * 4 + cell];
}

const char *dlu_xlsx_working_value(const dlu_xlsx_plan *plan, const dlu_working *working, size_t i,
                                   double *out)
{
    char cell[DLU_XLSX_ADDRESS_SIZE], use[DLU_XLSX_ADDRESS_SIZE];
    const dlu_result *result = plan->result;
    size_t row = working->values[i].row;
    const char *table = working->wells ? "wells" : "units";
    dlu_xlsx_address((uint32_t)row + 1, dlu_xlsx_column_of(table, "ln_ratio"), cell);
    if (!working->wells) {
        *out = result->units[row].ln_ratio;
        return dlu_arena_printf(plan->arena, "Replicates!%s", cell);
    }
    *out = result->wells[row].ln_ratio;
    dlu_xlsx_address((uint32_t)row + 1, dlu_xlsx_column_of("wells", "use"), use);
    return dlu_arena_printf(plan->arena, "IF(Wells!%s=1,Wells!%s,\"\")", use, cell);
}

static void put_formula(writer *w, uint32_t row, uint32_t col, const char *formula, double value,
                        dlu_xlsx_style style)
{
    dlu_xlsx_formula(w->sheet, row, col, formula, false, value, style, DLU_FILL_NONE);
}

/* The units of one cell and block: their mean, or the one there is. */
static void put_value(writer *w, uint32_t row, unsigned cell, unsigned block, size_t *next)
{
    double sum = 0, one = NAN;
    unsigned n = 0;
    const char *list = "", *formula;
    for (; *next < w->working->n && list; ++*next) {
        const dlu_working_value *v = &w->working->values[*next];
        if (v->cell != cell || (block != NO_BLOCK && v->block != block))
            continue;
        const char *ref = dlu_xlsx_working_value(w->plan, w->working, *next, &one);
        list = ref ? dlu_arena_printf(w->plan->arena, "%s%s%s", list, n ? "," : "", ref) : NULL;
        sum += one;
        n++;
        if (block == NO_BLOCK) {
            ++*next;
            break;
        }
    }
    *value_at(w, row, cell) = n ? sum / n : NAN;
    if (!n)
        return;
    formula = !list    ? NULL
              : n == 1 ? dlu_arena_printf(w->plan->arena, "=%s", list)
                       : dlu_arena_printf(w->plan->arena,
                                          "=IF(COUNT(%s)=%u,AVERAGE(%s)," DLU_XLSX_CHANGED ")",
                                          list, n, list);
    put_formula(w, w->section.first + row, DLU_SECTION_CELL + cell, formula, sum / n, DLU_STYLE_LN);
}

static void put_values(writer *w)
{
    bool blocked = w->section.kind == DLU_SECTION_BLOCKED;
    char number[16];
    size_t next[4] = {0};
    unsigned block = 0;
    for (uint32_t r = 0; r < w->section.n; r++, block++) {
        while (blocked && !count_values(w->working, 0, block))
            block++;
        snprintf(number, sizeof number, "%u", r + 1);
        dlu_xlsx_text(w->sheet, w->section.first + r, 0,
                      blocked ? w->working->blocks[block] : number, DLU_STYLE_TEXT, DLU_FILL_NONE);
        for (unsigned c = 0; c < w->section.n_cells; c++) {
            if (blocked)
                next[c] = 0;
            put_value(w, r, c, blocked ? block : NO_BLOCK, &next[c]);
        }
    }
}

/* Mean, SD and number of one column of the section, whose numbers are given. */
static void put_moments(writer *w, uint32_t col, const double *values, uint32_t n)
{
    char range[DLU_XLSX_ADDRESS_SIZE];
    dlu_arena *arena = w->plan->arena;
    dlu_xlsx_range(w->section.first, w->section.first + w->section.n - 1, col, range);
    const char *enough =
        w->working->wells
            ? dlu_arena_printf(arena, "COUNT(%s)>1", range) /* wells may go, the test stays */
            : dlu_arena_printf(arena, "COUNT(%s)=%u", range, n);
    if (!enough) {
        dlu_xlsx_no_memory(w->sheet);
        return;
    }
    put_formula(w, w->section.mean, col,
                dlu_arena_printf(arena, "=IF(%s,AVERAGE(%s)," DLU_XLSX_CHANGED ")", enough, range),
                dlu_mean(values, n), DLU_STYLE_LN);
    if (n > 1)
        put_formula(
            w, w->section.sd, col,
            dlu_arena_printf(arena, "=IF(%s,STDEV(%s)," DLU_XLSX_CHANGED ")", enough, range),
            dlu_sd(values, n), DLU_STYLE_LN);
    put_formula(w, w->section.count, col, dlu_arena_printf(arena, "=COUNT(%s)", range), n,
                DLU_STYLE_COUNT);
}

static void put_cell_moments(writer *w, double *scratch)
{
    for (unsigned c = 0; c < w->section.n_cells; c++) {
        uint32_t n = 0;
        for (uint32_t r = 0; r < w->section.n; r++)
            if (!isnan(*value_at(w, r, c)))
                scratch[n++] = *value_at(w, r, c);
        put_moments(w, DLU_SECTION_CELL + c, scratch, n);
    }
}

/* Columns of differences within each block: WT, the mutant, and one less the other. */
static void put_differences(writer *w, double *scratch)
{
    char a[DLU_XLSX_ADDRESS_SIZE], b[DLU_XLSX_ADDRESS_SIZE];
    for (unsigned k = 0; k < (w->section.n_cells == 4 ? 3u : 1u); k++) {
        uint32_t left = k == 2 ? DLU_SECTION_DIFFERENCE : DLU_SECTION_CELL + 2 * k;
        for (uint32_t r = 0; r < w->section.n; r++) {
            uint32_t row = w->section.first + r;
            dlu_xlsx_address(row, left, a);
            dlu_xlsx_address(row, left + 1, b);
            double wt = *value_at(w, r, 0) - *value_at(w, r, 1);
            double mut = *value_at(w, r, 2) - *value_at(w, r, 3);
            scratch[r] = k == 0 ? wt : k == 1 ? mut : wt - mut;
            put_formula(
                w, row, DLU_SECTION_DIFFERENCE + k,
                dlu_arena_printf(w->plan->arena, "=IFERROR(%s-%s," DLU_XLSX_CHANGED ")", a, b),
                scratch[r], DLU_STYLE_LN);
        }
        put_moments(w, DLU_SECTION_DIFFERENCE + k, scratch, w->section.n);
    }
}

/* What is left of each value once the means of its block and cell are taken off. */
static double put_residual(writer *w, uint32_t r, unsigned c)
{
    char value[DLU_XLSX_ADDRESS_SIZE], first[DLU_XLSX_ADDRESS_SIZE], last[DLU_XLSX_ADDRESS_SIZE];
    char mean[DLU_XLSX_ADDRESS_SIZE], low[DLU_XLSX_ADDRESS_SIZE], high[DLU_XLSX_ADDRESS_SIZE];
    unsigned n = w->section.n_cells;
    double row = 0, column = 0, all = 0;
    for (unsigned k = 0; k < n; k++)
        row += *value_at(w, r, k) / n;
    for (uint32_t i = 0; i < w->section.n; i++) {
        column += *value_at(w, i, c) / w->section.n;
        for (unsigned k = 0; k < n; k++)
            all += *value_at(w, i, k) / n / w->section.n;
    }
    double residual = *value_at(w, r, c) - row - column + all;
    dlu_xlsx_address(w->section.first + r, DLU_SECTION_CELL + c, value);
    dlu_xlsx_address(w->section.first + r, DLU_SECTION_CELL, first);
    dlu_xlsx_address(w->section.first + r, DLU_SECTION_CELL + n - 1, last);
    dlu_xlsx_address(w->section.mean, DLU_SECTION_CELL + c, mean);
    dlu_xlsx_address(w->section.mean, DLU_SECTION_CELL, low);
    dlu_xlsx_address(w->section.mean, DLU_SECTION_CELL + n - 1, high);
    put_formula(w, w->section.first + r, DLU_SECTION_RESIDUAL + c,
                dlu_arena_printf(w->plan->arena,
                                 "=IFERROR(%s-AVERAGE(%s:%s)-%s+AVERAGE(%s:%s)," DLU_XLSX_CHANGED
                                 ")",
                                 value, first, last, mean, low, high),
                residual, DLU_STYLE_LN);
    return residual;
}

static void put_pooled_error(writer *w)
{
    char first[DLU_XLSX_ADDRESS_SIZE], last[DLU_XLSX_ADDRESS_SIZE], df[DLU_XLSX_ADDRESS_SIZE];
    unsigned n = w->section.n_cells, degrees = (w->section.n - 1) * (n - 1);
    double squares = 0;
    for (uint32_t r = 0; r < w->section.n; r++)
        for (unsigned c = 0; c < n; c++) {
            double residual = put_residual(w, r, c);
            squares += residual * residual;
        }
    dlu_xlsx_address(w->section.first, DLU_SECTION_RESIDUAL, first);
    dlu_xlsx_address(w->section.first + w->section.n - 1, DLU_SECTION_RESIDUAL + n - 1, last);
    dlu_xlsx_address(w->section.df, DLU_SECTION_CELL, df);
    dlu_xlsx_text(w->sheet, w->section.mean_square, 0, "mean square of residuals", DLU_STYLE_FAINT,
                  DLU_FILL_NONE);
    put_formula(w, w->section.mean_square, DLU_SECTION_CELL,
                dlu_arena_printf(w->plan->arena,
                                 "=IF(COUNT(%s:%s)=%u,SUMSQ(%s:%s)/%s," DLU_XLSX_CHANGED ")", first,
                                 last, w->section.n * n, first, last, df),
                squares / degrees, DLU_STYLE_MEASURE);
    dlu_xlsx_text(w->sheet, w->section.df, 0, "degrees of freedom", DLU_STYLE_FAINT, DLU_FILL_NONE);
    put_formula(w, w->section.df, DLU_SECTION_CELL,
                dlu_arena_printf(w->plan->arena, "=(%u-1)*(%u-1)", w->section.n, n), degrees,
                DLU_STYLE_COUNT);
}

static void put_headers(writer *w, size_t verdict)
{
    static const char *const shown[] = {"block",
                                        "WT",
                                        "WT control",
                                        "mutant",
                                        "mutant control",
                                        "WT difference",
                                        "mutant difference",
                                        "WT less mutant",
                                        "residual WT",
                                        "residual WT control",
                                        "residual mutant",
                                        "residual mutant control"};
    const dlu_result *result = w->plan->result;
    uint32_t row = w->section.title;
    bool blocked = w->section.kind == DLU_SECTION_BLOCKED;
    dlu_xlsx_text(w->sheet, row, 0, result->design[verdict].pair, DLU_STYLE_STRONG, DLU_FILL_NONE);
    dlu_xlsx_text(w->sheet, row, DLU_SECTION_DIFFERENCE,
                  w->section.kind == DLU_SECTION_VALUES
                      ? "the tests of this design are values of the run"
                      : result->design[verdict].text,
                  DLU_STYLE_FAINT, DLU_FILL_NONE);
    for (uint32_t c = 0; c < DLU_SECTION_COLUMNS; c++) {
        bool mutant = c == 3 || c == 4 || c == 6 || c == 7 || c > 9;
        if ((c >= DLU_SECTION_DIFFERENCE && !blocked) || (mutant && w->section.n_cells == 2))
            continue;
        dlu_xlsx_text(w->sheet, row + 1, c, c || blocked ? shown[c] : "value",
                      c ? DLU_STYLE_HEADER_NUMBER : DLU_STYLE_HEADER, DLU_FILL_NONE);
    }
    dlu_xlsx_lines(w->sheet, row + 1, 2);
}

static void put_section(writer *w, size_t verdict)
{
    static const char *const names[] = {"mean", "SD", "n"};
    double *scratch = dlu_arena_alloc(w->plan->arena, w->section.n + 1, sizeof *scratch);
    w->value = dlu_arena_alloc(w->plan->arena, (size_t)w->section.n * 4 + 4, sizeof *w->value);
    if (!scratch || !w->value) {
        dlu_xlsx_no_memory(w->sheet);
        return;
    }
    put_headers(w, verdict);
    put_values(w);
    if (w->section.kind == DLU_SECTION_VALUES)
        return;
    for (uint32_t i = 0; i < 3; i++)
        dlu_xlsx_text(w->sheet, w->section.mean + i, 0, names[i], DLU_STYLE_FAINT, DLU_FILL_NONE);
    put_cell_moments(w, scratch);
    if (w->section.kind != DLU_SECTION_BLOCKED)
        return;
    put_differences(w, scratch);
    put_pooled_error(w);
}

/* The blank of one channel of one plate, from its wells where these were taken. */
static void put_blank(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan, uint32_t p, bool reporter)
{
    char light[DLU_XLSX_ADDRESS_SIZE], use[DLU_XLSX_ADDRESS_SIZE], role[DLU_XLSX_ADDRESS_SIZE];
    const dlu_plate_row *plate = &plan->result->plates[p];
    double value = reporter ? plate->blank_reporter : plate->blank_control;
    uint32_t row = DLU_BLANKS_FIRST_ROW + p;
    uint32_t col = reporter ? DLU_BLANKS_REPORTER : DLU_BLANKS_CONTROL;
    uint32_t first = (uint32_t)plate->first_well + 1, last = first + (uint32_t)plate->n_wells - 1;
    bool median = plan->result->settings.blank_stat == DLU_BLANK_MEDIAN;
    if (!plate->blank_role) {
        dlu_xlsx_number(sheet, row, col, value, DLU_STYLE_LIGHT, DLU_FILL_NONE);
        return;
    }
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", reporter ? "reporter" : "control"),
                   light);
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "use"), use);
    dlu_xlsx_range(first, last, dlu_xlsx_column_of("wells", "role"), role);
    const char *formula =
        median ? dlu_arena_printf(plan->arena,
                                  "=IFERROR(MEDIAN(IF((Wells!%s=1)*(Wells!%s=\"%s\")*"
                                  "(Wells!%s<>\"\"),Wells!%s,\"\"))," DLU_XLSX_CHANGED ")",
                                  use, role, plate->blank_role, light, light)
               : dlu_arena_printf(plan->arena,
                                  "=IFERROR(AVERAGEIFS(Wells!%s,Wells!%s,1,Wells!%s,\"%s\"),"
                                  "" DLU_XLSX_CHANGED ")",
                                  light, use, role, plate->blank_role);
    dlu_xlsx_formula(sheet, row, col, formula, median, value, DLU_STYLE_LIGHT, DLU_FILL_NONE);
}

static void put_blanks(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    static const char *const labels[] = {"Plate", "Blank wells", "Blank of reporter",
                                         "Blank of control"};
    const dlu_result *result = plan->result;
    for (uint32_t c = 0; c < sizeof labels / sizeof *labels; c++)
        dlu_xlsx_text(sheet, DLU_BLANKS_FIRST_ROW - 1, c, labels[c],
                      c < 2 ? DLU_STYLE_HEADER : DLU_STYLE_HEADER_NUMBER, DLU_FILL_NONE);
    for (uint32_t p = 0; p < result->n_plates; p++) {
        const dlu_plate_row *plate = &result->plates[p];
        bool given = plate->blank_reporter != 0 || plate->blank_control != 0;
        dlu_xlsx_text(sheet, DLU_BLANKS_FIRST_ROW + p, 0, plate->name, DLU_STYLE_TEXT,
                      DLU_FILL_NONE);
        dlu_xlsx_text(sheet, DLU_BLANKS_FIRST_ROW + p, 1,
                      plate->blank_role ? plate->blank_role
                      : given           ? "constants of the settings"
                                        : "none: nothing subtracted",
                      DLU_STYLE_TEXT, DLU_FILL_NONE);
        put_blank(sheet, plan, p, true);
        put_blank(sheet, plan, p, false);
    }
}

/* How many wells and settings differ from those of the run. */
static void put_changes(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    char use[DLU_XLSX_ADDRESS_SIZE], of_run[DLU_XLSX_ADDRESS_SIZE];
    const dlu_settings *s = &plan->result->settings;
    uint32_t last = plan->result->n_wells ? (uint32_t)plan->result->n_wells : 1;
    dlu_xlsx_range(1, last, dlu_xlsx_column_of("wells", "use"), use);
    dlu_xlsx_range(1, last, dlu_xlsx_column_of("wells", "use_of_run"), of_run);
    dlu_xlsx_text(sheet, 0, 0, "Changed since the run: wells and settings", DLU_STYLE_STRONG,
                  DLU_FILL_NONE);
    dlu_xlsx_formula(
        sheet, 0, 2,
        dlu_arena_printf(plan->arena,
                         "=SUMPRODUCT(--(Wells!%s<>Wells!%s))+(alpha<>%.17g)+(theta<>%.17g)+"
                         "(equivalence<>%.17g)",
                         use, of_run, s->alpha, s->theta, s->equivalence),
        false, 0, DLU_STYLE_COUNT, DLU_FILL_NONE);
    dlu_xlsx_text(
        sheet, 1, 0,
        "ln of reporter / control of each transfection, as the tests saw it; a value is a "
        "cell of Replicates or Wells.",
        DLU_STYLE_FAINT, DLU_FILL_NONE);
}

void dlu_xlsx_workings(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    if (!sheet)
        return;
    dlu_xlsx_width(sheet, 0, 26);
    for (uint32_t c = 1; c < DLU_SECTION_COLUMNS; c++)
        dlu_xlsx_width(sheet, c, 14);
    put_changes(sheet, plan);
    put_blanks(sheet, plan);
    for (size_t v = 0; v < plan->result->n_verdicts; v++) {
        writer w = {.sheet = sheet,
                    .plan = plan,
                    .working = &plan->result->workings[v],
                    .section = plan->sections[v]};
        put_section(&w, v);
        dlu_xlsx_rest(sheet);
    }
    dlu_xlsx_page(sheet, 0);
}
