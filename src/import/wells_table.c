/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/wells_table.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define MAX_WELL_LETTERS 2u
#define MAX_WELLS        (DLU_WELL_MAX_ROWS * DLU_WELL_MAX_COLS)

static bool is_well(const dlu_cell *cell, dlu_well *out)
{
    return cell && cell->letters && cell->letters <= MAX_WELL_LETTERS &&
           cell->kind == DLU_CELL_TEXT && strnlen(cell->text, 16) < 16 &&
           dlu_well_parse(cell->text, out) && *out < DLU_WELL_TABLE_ROW;
}

static bool is_value(const dlu_scan *scan, const dlu_cell *cell)
{
    dlu_value_kind kind = dlu_value_of(cell, &scan->numbers).kind;
    return kind == DLU_VALUE_NUMBER || kind == DLU_VALUE_TOKEN || kind == DLU_VALUE_UNSURE;
}

static bool is_words(const dlu_scan *scan, const dlu_cell *cell)
{
    return dlu_value_of(cell, &scan->numbers).kind == DLU_VALUE_TEXT;
}

/* Wells and their places, gathered. */
typedef struct gathered {
    DLU_VEC(dlu_well) wells;
    DLU_VEC(uint32_t) at;
    DLU_VEC(uint32_t) lines;
} gathered;

static bool add_well(const dlu_scan *scan, gathered *g, dlu_well well, uint32_t at)
{
    dlu_well *w = DLU_VEC_ADD(scan->arena, &g->wells, MAX_WELLS);
    uint32_t *p = w ? DLU_VEC_ADD(scan->arena, &g->at, MAX_WELLS) : NULL;
    if (!p)
        return false;
    *w = well;
    *p = at;
    return true;
}

static void hand_out(const gathered *g, dlu_wells_table *out)
{
    out->wells = g->wells.items;
    out->at = g->at.items;
    out->n_wells = g->wells.n;
    out->lines = g->lines.items;
    out->n_lines = g->lines.n;
}

/* ---- wells in a row ---- */

static size_t count_wells(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    size_t found = 0;
    dlu_well well;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        found += is_well(&cells[i], &well);
    return found;
}

/* What stands under the wells in a row: values, words (which end the table), or neither. */
static void look_under(const dlu_scan *scan, const dlu_sheet *sheet, const gathered *g,
                       uint32_t row, bool *values, bool *words)
{
    *values = *words = false;
    for (size_t k = 0; k < g->at.n; k++) {
        const dlu_cell *cell = dlu_sheet_at(sheet, row, g->at.items[k]);
        *values = *values || is_value(scan, cell);
        *words = *words || is_words(scan, cell);
    }
}

/* The lines below the last header row: those that hold a value under some well. */
static bool gather_lines(const dlu_scan *scan, uint32_t row, uint32_t last, uint32_t min_wells,
                         gathered *g, dlu_wells_table *out)
{
    for (row++; row <= last && count_wells(out->sheet, row) < min_wells; row++) {
        bool values, words;
        look_under(scan, out->sheet, g, row, &values, &words);
        if (!values && words && g->lines.n)
            break;
        if (!values) /* empty, or names and groups between header and first line */
            continue;
        uint32_t *line = DLU_VEC_ADD(scan->arena, &g->lines, DLU_MAX_LINES);
        if (!line)
            return false;
        *line = out->end = row;
    }
    hand_out(g, out);
    return true;
}

bool dlu_wells_across_at(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t to,
                         uint32_t min_wells, dlu_wells_table *out)
{
    gathered g = {0};
    uint32_t n, last = to && to < sheet->n_rows ? to : sheet->n_rows;
    dlu_well well;
    if (row > last || count_wells(sheet, row) < min_wells)
        return false;
    *out = (dlu_wells_table){.sheet = sheet, .across = true, .header = row, .end = row};
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (is_well(&cells[i], &well) && !add_well(scan, &g, well, cells[i].col))
            return false;
    out->first = g.at.items[0];
    return gather_lines(scan, row, last, min_wells, &g, out);
}

bool dlu_wells_across(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                      uint32_t min_wells, dlu_wells_table *out)
{
    uint32_t row = from ? from : 1, last = to && to < sheet->n_rows ? to : sheet->n_rows;
    while (row <= last && count_wells(sheet, row) < min_wells)
        row++;
    return dlu_wells_across_at(scan, sheet, row, to, min_wells, out);
}

void dlu_wells_end_at_gap(dlu_wells_table *table)
{
    uint32_t row = table->header;
    size_t n = 0;
    while (row < table->end && !dlu_sheet_row_is_empty(table->sheet, row + 1))
        row++;
    while (n < table->n_lines && table->lines[n] <= row)
        n++;
    table->n_lines = n;
    table->end = n ? table->lines[n - 1] : table->header;
}

bool dlu_wells_across_parts(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t letters,
                            uint32_t numbers, dlu_wells_table *out)
{
    gathered g = {0};
    uint32_t n;
    bool capitals = false;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, letters, &n);
    *out = (dlu_wells_table){.sheet = sheet, .across = true, .header = letters, .end = numbers};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t letter, col = cells[i].col;
        long number;
        if (dlu_row_letter(cells[i].text, &capitals, &letter) &&
            dlu_text_integer(dlu_sheet_text(sheet, numbers, col), 1, DLU_WELL_MAX_COLS, &number) &&
            !add_well(scan, &g, letter << 8 | (uint32_t)(number - 1), col))
            return false;
    }
    if (!g.wells.n)
        return false;
    out->first = g.at.items[0];
    return gather_lines(scan, numbers, sheet->n_rows, 1, &g, out);
}

/* ---- wells in a column ---- */

/* The column of the first well of a row, 0 for none. */
static uint32_t well_column(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    dlu_well well;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (is_well(&cells[i], &well))
            return cells[i].col;
    return 0;
}

static bool gather_down(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t last,
                        uint32_t col, gathered *g)
{
    dlu_well well;
    for (; row <= last && is_well(dlu_sheet_at(sheet, row, col), &well); row++)
        if (!add_well(scan, g, well, row))
            return false;
    return true;
}

/* Columns right of the wells that hold a value in some row. */
static bool gather_columns(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t col, gathered *g)
{
    bool *held = dlu_arena_alloc(scan->arena, sheet->n_cols + 1, sizeof *held);
    if (!held)
        return false;
    for (size_t k = 0; k < g->at.n; k++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, g->at.items[k], &n);
        for (uint32_t i = 0; i < n; i++)
            if (cells[i].col > col && !held[cells[i].col])
                held[cells[i].col] = is_value(scan, &cells[i]);
    }
    for (uint32_t c = col + 1; c <= sheet->n_cols; c++) {
        uint32_t *line = held[c] ? DLU_VEC_ADD(scan->arena, &g->lines, DLU_MAX_LINES) : NULL;
        if (held[c] && !line)
            return false;
        if (held[c])
            *line = c;
    }
    return true;
}

bool dlu_wells_down(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                    uint32_t min_wells, dlu_wells_table *out)
{
    uint32_t last = to && to < sheet->n_rows ? to : sheet->n_rows;
    for (uint32_t row = from ? from : 1; row <= last; row++) {
        gathered g = {0};
        uint32_t col = well_column(sheet, row);
        if (!col)
            continue;
        if (!gather_down(scan, sheet, row, last, col, &g))
            return false;
        if (g.wells.n < min_wells) {
            row += (uint32_t)g.wells.n - 1;
            continue;
        }
        *out = (dlu_wells_table){
            .sheet = sheet, .header = row - 1, .first = col, .end = row + (uint32_t)g.wells.n - 1};
        if (!gather_columns(scan, sheet, col, &g))
            return false;
        hand_out(&g, out);
        return true;
    }
    return false;
}

/* ---- cells ---- */

const dlu_cell *dlu_wells_cell(const dlu_wells_table *table, size_t k, size_t i)
{
    return table->across ? dlu_sheet_at(table->sheet, table->lines[i], table->at[k])
                         : dlu_sheet_at(table->sheet, table->at[k], table->lines[i]);
}

const dlu_cell *dlu_wells_head(const dlu_wells_table *table, size_t i, uint32_t row_or_col)
{
    return table->across ? dlu_sheet_at(table->sheet, table->lines[i], row_or_col)
                         : dlu_sheet_at(table->sheet, row_or_col, table->lines[i]);
}

static dlu_place line_place(const dlu_import_job *job, const dlu_wells_table *table, size_t i)
{
    return table->across
               ? dlu_book_place(job->scan->book, table->sheet, table->lines[i], table->first)
               : dlu_book_place(job->scan->book, table->sheet, table->at[0], table->lines[i]);
}

/* Formulas and values among the cells of a line. */
static bool line_is_computed(const dlu_wells_table *table, size_t i)
{
    size_t formulas = 0;
    for (size_t k = 0; k < table->n_wells; k++) {
        const dlu_cell *cell = dlu_wells_cell(table, k, i);
        formulas += cell && cell->formula;
    }
    return formulas * 2 > table->n_wells;
}

bool dlu_take_wells_on(dlu_import_job *job, dlu_read_build *read, const dlu_wells_table *table,
                       size_t i)
{
    dlu_oddities odd = {0};
    for (size_t k = 0; k < table->n_wells; k++)
        if (!dlu_job_cell(job, read, table->sheet, dlu_wells_cell(table, k, i), table->wells[k],
                          &odd))
            return false;
    dlu_job_say_oddities(job, table->sheet, &odd, read->read.calculated);
    return true;
}

bool dlu_take_wells(dlu_import_job *job, dlu_plate_build *plate, const dlu_wells_table *table,
                    size_t i, const dlu_taken *taken)
{
    const char *label = taken->label ? taken->label : "", *why = taken->refused;
    const char *name = taken->name ? taken->name : label;
    const char *calculated = taken->calculated;
    dlu_place at = line_place(job, table, i);
    if (!calculated && line_is_computed(table, i))
        calculated = "computed by formulas, not measured";
    why = dlu_taken_refused(job, why, calculated);
    if (!why || *why)
        return why && dlu_job_leave_out(job, at, why, "the values%s%s%s", *name ? " \"" : "", name,
                                        *name ? "\"" : "");
    dlu_read_build *read = dlu_taken_read(job, plate, taken, calculated != NULL, at);
    return read && dlu_take_wells_on(job, read, table, i);
}

/* ---- times ---- */

/* "h:mm:ss.fff" or two parts; false for any other text. */
static bool clock_seconds(const char *text, bool hours, double *out)
{
    double parts[3];
    unsigned n = 0;
    for (const char *p = text; n < 3; n++) {
        char part[24];
        size_t length = strcspn(p, ":");
        if (length == 0 || length >= sizeof part)
            return false;
        memcpy(part, p, length);
        part[length] = '\0';
        if (!dlu_text_number(part, '.', &parts[n]) || parts[n] < 0)
            return false;
        p += length;
        if (!*p) {
            n++;
            break;
        }
        p++;
    }
    if (n < 2)
        return false;
    if (n == 3)
        *out = parts[0] * 3600 + parts[1] * 60 + parts[2];
    else
        *out = hours ? parts[0] * 3600 + parts[1] * 60 : parts[0] * 60 + parts[1];
    return true;
}

/* "24.8 s", "90s", "1.5 min", "2 h"; a bare number is of seconds. */
static bool unit_seconds(const char *text, char decimal, double *out)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1},       {"s", 1},        {"sec", 1},   {"secs", 1}, {"seconds", 1},
                 {"ms", 0.001}, {"min", 60},     {"mins", 60}, {"m", 60},   {"minutes", 60},
                 {"h", 3600},   {"hours", 3600}, {"hr", 3600}};
    char number[32];
    size_t n = strspn(text, "+-0123456789.,");
    const char *unit = text + n + strspn(text + n, " ");
    if (n == 0 || n >= sizeof number)
        return false;
    memcpy(number, text, n);
    number[n] = '\0';
    if (!dlu_text_number(number, decimal, out))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!dlu_text_same(unit, units[i].unit))
            continue;
        *out *= units[i].seconds;
        return true;
    }
    return false;
}

bool dlu_cell_seconds(const dlu_cell *cell, const dlu_numbers *numbers, bool hours, double *out)
{
    char bare[64];
    *out = 0;
    if (!cell)
        return false;
    if (cell->kind == DLU_CELL_NUMBER) {
        bool told = dlu_cell_number(cell, '.', out);
        if (cell->date) /* a fraction of a day; readers give milliseconds */
            *out = round(*out * 86400e3) / 1e3;
        return told;
    }
    const char *text = cell->text + strspn(cell->text, " \t\r\n");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r\n", text[n - 1]))
        n--;
    if (cell->kind != DLU_CELL_TEXT || n == 0 || n >= sizeof bare)
        return false;
    memcpy(bare, text, n);
    bare[n] = '\0';
    return clock_seconds(bare, hours, out) || unit_seconds(bare, numbers->decimal, out);
}
