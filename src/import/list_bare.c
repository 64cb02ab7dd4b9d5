/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/list_columns.h"
#include "import/words.h"

/* Tables without a header: every row is [plate,] well, values. */

#define MIN_BARE_ROWS 3u
#define MAX_BARE_COLS 16u

static bool is_well(const dlu_cell *cell)
{
    dlu_well well;
    return cell->kind == DLU_CELL_TEXT && dlu_well_parse(cell->text, &well) &&
           well < DLU_WELL_TABLE_ROW;
}

/*
 * Column (from 1) of the well in a row, 0 where the row is not of this form. Names of plates may
 * look like wells ("P1"): of two, the second is the well.
 */
static uint32_t bare_row(const dlu_scan *scan, const dlu_cell *cells, uint32_t n)
{
    uint32_t i = n > 1 && is_well(&cells[1]) ? 1 : 0;
    if (!is_well(&cells[i]))
        return 0;
    for (uint32_t k = i + 1; k < n; k++)
        if (dlu_value_of(&cells[k], &scan->numbers).kind == DLU_VALUE_TEXT)
            return 0;
    return cells[i].col;
}

typedef struct bare {
    uint32_t well_col, first_col, last_col;
    uint32_t header_row; /* row of words above the values, or 0 */
    DLU_VEC(uint32_t) rows;
} bare;

/* False where a row breaks the form, or memory ran out. */
static bool scan_bare(const dlu_scan *scan, const dlu_sheet *sheet, bare *b)
{
    *b = (bare){.first_col = UINT32_MAX};
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        if (!n)
            continue;
        uint32_t col = bare_row(scan, cells, n);
        if (!col && !b->rows.n && !b->header_row) {
            b->header_row = row;
            continue;
        }
        if (!col || (b->well_col && col != b->well_col))
            return false;
        b->well_col = col;
        b->first_col = cells[0].col < b->first_col ? cells[0].col : b->first_col;
        b->last_col = cells[n - 1].col > b->last_col ? cells[n - 1].col : b->last_col;
        uint32_t *slot = DLU_VEC_ADD(scan->arena, &b->rows, DLU_MAX_CELLS);
        if (!slot)
            return false;
        *slot = row;
    }
    return b->rows.n >= MIN_BARE_ROWS && b->last_col > b->well_col &&
           b->last_col - b->first_col < MAX_BARE_COLS && b->well_col - b->first_col <= 1;
}

/*
 * What stands before the wells: names of plates, or, as counters write them ("Unk_1  A01  12345"),
 * of the wells themselves: at least three, and no well twice.
 */
static bool names_wells(const bare *b, const dlu_sheet *sheet)
{
    bool seen[DLU_WELL_MAX_ROWS << 8] = {false};
    size_t n_names = 1;
    for (size_t i = 0; i < b->rows.n; i++) {
        dlu_well well = 0;
        dlu_well_parse(dlu_sheet_text(sheet, b->rows.items[i], b->well_col), &well);
        if (well >= DLU_WELL_MAX_ROWS << 8 || seen[well])
            return false;
        seen[well] = true;
        n_names += i && strcmp(dlu_sheet_text(sheet, b->rows.items[i], b->first_col),
                               dlu_sheet_text(sheet, b->rows.items[i - 1], b->first_col)) != 0;
    }
    return n_names >= 3;
}

dlu_measures dlu_list_measures(const char *header)
{
    static const struct {
        const char *word;
        dlu_measures is;
    } words[] = {
        {"gfp", DLU_MEASURES_FLUORESCENCE}, {"egfp", DLU_MEASURES_FLUORESCENCE},
        {"rfp", DLU_MEASURES_FLUORESCENCE}, {"mcherry", DLU_MEASURES_FLUORESCENCE},
        {"yfp", DLU_MEASURES_FLUORESCENCE}, {"od600", DLU_MEASURES_ABSORBANCE},
        {"od595", DLU_MEASURES_ABSORBANCE}, {"od450", DLU_MEASURES_ABSORBANCE},
        {"od405", DLU_MEASURES_ABSORBANCE},
    };
    if (dlu_word_speaks_of(header))
        return DLU_MEASURES_UNKNOWN;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_has_word(header, words[i].word))
            return words[i].is;
    return dlu_names_measures(header);
}

bool dlu_list_find_bare(const dlu_scan *scan, const dlu_sheet *sheet, dlu_list *out)
{
    bare b;
    dlu_list_clear(out, sheet);
    if (!scan_bare(scan, sheet, &b))
        return false;
    uint32_t n_cols = b.last_col - b.first_col + 1;
    const char **headers = dlu_arena_alloc(scan->arena, n_cols, sizeof *headers);
    if (!headers)
        return false;
    for (uint32_t c = 0; c < n_cols; c++) {
        const char *text = b.header_row ? dlu_sheet_text(sheet, b.header_row, b.first_col + c) : "";
        headers[c] = dlu_text_trimmed(scan->arena, text);
        if (!headers[c])
            return false;
    }
    out->table = (dlu_table){.book = scan->book,
                             .sheet = sheet,
                             .header_row = b.header_row,
                             .first_col = b.first_col,
                             .n_cols = n_cols,
                             .headers = headers,
                             .rows = b.rows.items,
                             .n_rows = b.rows.n};
    out->has_header = b.header_row != 0;
    out->well = (long)(b.well_col - b.first_col);
    bool samples = out->well > 0 && names_wells(&b, sheet);
    out->plate = out->well > 0 && !samples ? 0 : DLU_NO_COLUMN;
    out->sample = samples ? 0 : DLU_NO_COLUMN;
    for (long c = out->well + 1; c < (long)n_cols; c++)
        if (!dlu_word_is_map(headers[c]))
            out->light[out->n_light++] = c;
    out->n_raw = out->n_light;
    return out->n_light > 0;
}
