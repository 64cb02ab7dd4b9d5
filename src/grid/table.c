/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/grid.h"

#include "base/text.h"

#define REMEMBERED  64u
#define MIN_LETTERS 1u /* of a header that anyone knows: "F" and "R" */

/* A text that was asked about: workbooks keep equal texts once, at one address. */
typedef struct answer {
    const char *text;
    bool known;
} answer;

static bool ask(answer *answers, const char *text, bool (*knows)(const char *header))
{
    answer *a = &answers[(uintptr_t)text / 16 % REMEMBERED];
    if (a->text != text)
        *a = (answer){text, knows(text)};
    return a->known;
}

/* How many cells of a row are headers that are known. */
static unsigned known_in(const dlu_sheet *sheet, uint32_t row, bool (*knows)(const char *header),
                         answer *answers)
{
    uint32_t n;
    unsigned known = 0;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n && sheet->rows[row].letters >= MIN_LETTERS; i++)
        known += cells[i].kind == DLU_CELL_TEXT && cells[i].letters >= MIN_LETTERS &&
                 ask(answers, cells[i].text, knows);
    return known;
}

/* Row names left of the header that are wells, as R and pandas write them: ",firefly" above "A1,7".
 */
static bool has_wells_before(const dlu_table *table, uint32_t first_col)
{
    dlu_well well;
    return first_col > 1 &&
           dlu_well_parse(dlu_sheet_text(table->sheet, table->header_row + 1, first_col - 1),
                          &well);
}

static bool take_headers(dlu_arena *arena, dlu_table *table)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(table->sheet, table->header_row, &n);
    table->first_col = cells[0].col - has_wells_before(table, cells[0].col);
    table->n_cols = cells[n - 1].col - table->first_col + 1;
    table->headers = dlu_arena_alloc(arena, table->n_cols, sizeof *table->headers);
    if (!table->headers)
        return false;
    for (uint32_t c = 0; c < table->n_cols; c++)
        table->headers[c] = "";
    for (uint32_t i = 0; i < n; i++) {
        const char *header = dlu_text_trimmed(arena, cells[i].text);
        if (!header)
            return false;
        table->headers[cells[i].col - table->first_col] = header;
    }
    return true;
}

static const dlu_cell *first_in_table(const dlu_table *table, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(table->sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col >= table->first_col)
            return cells[i].col < table->first_col + table->n_cols ? &cells[i] : NULL;
    return NULL;
}

/* The header row once more, as where tables were pasted below each other. */
static bool is_header_again(const dlu_table *table, uint32_t row)
{
    for (uint32_t c = 0; c < table->n_cols; c++)
        if (!dlu_text_alike(table->headers[c],
                            dlu_sheet_text(table->sheet, row, table->first_col + c)))
            return false;
    return true;
}

static bool take_rows(dlu_arena *arena, dlu_table *table)
{
    uint32_t n = table->sheet->n_rows - table->header_row;
    uint32_t *rows = dlu_arena_alloc(arena, n, sizeof *rows);
    if (!rows)
        return false;
    for (uint32_t row = table->header_row + 1; row <= table->sheet->n_rows; row++) {
        if (!first_in_table(table, row) || is_header_again(table, row))
            continue;
        rows[table->n_rows++] = row;
    }
    table->rows = rows;
    return true;
}

bool dlu_table_find(const dlu_book *book, const dlu_sheet *sheet, dlu_arena *arena,
                    bool (*knows)(const char *header), unsigned min_known, dlu_table *out)
{
    answer answers[REMEMBERED] = {0};
    *out = (dlu_table){.book = book, .sheet = sheet};
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        if (sheet->rows[row].n == 0 || known_in(sheet, row, knows, answers) < min_known)
            continue;
        out->header_row = row;
        return take_headers(arena, out) && take_rows(arena, out);
    }
    return false;
}

bool dlu_table_begins_again(const dlu_table *table, size_t k)
{
    for (uint32_t row = k ? table->rows[k - 1] + 1 : table->rows[k]; row < table->rows[k]; row++)
        if (first_in_table(table, row) && is_header_again(table, row))
            return true;
    return false;
}

long dlu_table_column(const dlu_table *table, bool (*knows)(const char *header))
{
    for (uint32_t c = 0; c < table->n_cols; c++)
        if (*table->headers[c] && knows(table->headers[c]))
            return (long)c;
    return -1;
}

const dlu_cell *dlu_table_at(const dlu_table *table, size_t k, size_t c)
{
    if (k >= table->n_rows || c >= table->n_cols)
        return NULL;
    return dlu_sheet_at(table->sheet, table->rows[k], table->first_col + (uint32_t)c);
}
