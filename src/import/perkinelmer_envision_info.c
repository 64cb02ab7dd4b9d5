/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/perkinelmer_envision.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

#define MAX_INFOS 20000u

static long number_of(const char *text, long otherwise)
{
    long number;
    return dlu_text_integer(text, 1, 1000000, &number) ? number : otherwise;
}

/* `row` is that of the names. */
static bool read_info(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                      dlu_envision_info *info)
{
    const char *plate = dlu_text_below(scan, sheet, row, "Plate");
    const char *repeat = dlu_text_below(scan, sheet, row, "Repeat");
    info->row = row;
    info->barcode = dlu_text_below(scan, sheet, row, "Barcode");
    info->label = dlu_text_below(scan, sheet, row, "Label");
    info->optics = dlu_text_below(scan, sheet, row, "Measinfo");
    const char *formula = dlu_text_below(scan, sheet, row, "Formula");
    const char *kinetics = dlu_text_below(scan, sheet, row, "Kinetics");
    if (!plate || !repeat || !kinetics || !info->barcode || !info->label || !info->optics ||
        !formula)
        return false;
    info->calculated = *formula && strcmp(formula, "N/A") != 0;
    info->plate = number_of(plate, 0);
    info->repeat = number_of(repeat, 1);
    info->kinetics = number_of(kinetics, 0);
    if (strchr(info->barcode, ':')) /* "8/22/2023 11:01:43 AM": no barcode was read */
        info->barcode = "";
    return true;
}

static void count_plates(dlu_envision_infos *infos)
{
    for (size_t i = 0; i < infos->items.n; i++) {
        size_t k = 0;
        while (k < i && infos->items.items[k].plate != infos->items.items[i].plate)
            k++;
        infos->n_plates += k == i;
    }
}

bool dlu_envision_infos_read(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t first_grid,
                             dlu_envision_infos *out)
{
    const dlu_cell *title;
    *out = (dlu_envision_infos){.sheet = sheet};
    for (uint32_t row = 1; (title = dlu_find_text_in(scan, sheet, row, 0, "Plate information"));
         row++) {
        for (row = title->row + 1; row < sheet->n_rows && dlu_sheet_row_is_empty(sheet, row);)
            row++;
        if (row >= sheet->n_rows || !dlu_row_cell(sheet, row, "Barcode"))
            continue;
        dlu_envision_info *info = DLU_VEC_ADD(scan->arena, &out->items, MAX_INFOS);
        if (!info || !read_info(scan, sheet, row, info))
            return false;
        out->formulas = out->formulas || info->calculated;
    }
    out->after = out->items.n && first_grid < out->items.items[0].row;
    count_plates(out);
    return true;
}

const dlu_envision_info *dlu_envision_info_at(const dlu_envision_infos *infos, uint32_t row)
{
    const dlu_envision_info *last = NULL;
    for (size_t i = 0; i < infos->items.n; i++) {
        const dlu_envision_info *info = &infos->items.items[i];
        if (info->row > row)
            return infos->after ? info : last;
        last = info;
    }
    return infos->after ? NULL : last;
}

const char *dlu_envision_plate_name(const dlu_envision_infos *infos, const dlu_envision_info *info,
                                    dlu_arena *arena)
{
    bool own = *info->barcode != '\0';
    for (size_t i = 0; own && i < infos->items.n; i++)
        own = infos->items.items[i].plate == info->plate ||
              strcmp(infos->items.items[i].barcode, info->barcode) != 0;
    if (own)
        return info->barcode;
    return infos->n_plates > 1 ? dlu_arena_printf(arena, "Plate %ld", info->plate) : "";
}

/* ---- grids without letters ---- */

/* "Number of rows;;;;16", of old versions "Number of rows..... 16"; 0 where it is not told. */
static uint32_t told(const dlu_scan *scan, const dlu_sheet *sheet, const char *key, long max)
{
    long number;
    const dlu_cell *cell = dlu_find_text_in(scan, sheet, 1, 0, key);
    if (!cell)
        return 0;
    const char *text = strstr(cell->text, key) ? strstr(cell->text, key) + strlen(key) : "";
    text += strspn(text, ". :");
    if (!*text)
        text = dlu_key_value(scan, sheet, cell->row, cell->row, key);
    return text && dlu_text_integer(text, 1, max, &number) ? (uint32_t)number : 0;
}

static uint32_t rows_of(uint32_t n_cols)
{
    static const uint32_t usual[] = {3, 4, 6, 8, 12, 24, 48};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i] == n_cols)
            return n_cols / 3 * 2;
    return 0;
}

/* Rows of numbers one after the other, as wide as the plate. */
typedef struct bare_rows {
    uint32_t row; /* of the sheet */
    uint32_t n;
    uint32_t n_cols; /* of the plate, as "Plate type:" says; 0 where it does not */
    uint32_t first;  /* the first and the last that holds a number; 0 for none */
    uint32_t last;
    uint32_t width; /* the last column that holds one */
    bool parted;    /* a line without fields stands before them */
} bare_rows;

/* How many numbers a row holds; -1 where it holds anything else. */
static long numbers_of(const dlu_import_job *job, const dlu_sheet *sheet, uint32_t row,
                       uint32_t *width)
{
    uint32_t n;
    long numbers = 0;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++) {
        dlu_value_kind kind = dlu_value_of(&cells[i], &job->scan->numbers).kind;
        if (kind == DLU_VALUE_TEXT || kind == DLU_VALUE_DASH)
            return -1;
        numbers += kind == DLU_VALUE_NUMBER || kind == DLU_VALUE_UNSURE;
        if (kind != DLU_VALUE_NONE && cells[i].col > *width)
            *width = cells[i].col;
    }
    return numbers;
}

/* As many fields as the plate has columns, with or without a separator at the end of the line. */
static bool has_fields(const dlu_sheet *sheet, uint32_t row, uint32_t n_cols)
{
    uint32_t fields = sheet->rows[row].fields;
    return fields > 1 && (n_cols ? fields == n_cols || fields == n_cols + 1
                                 : rows_of(fields) || rows_of(fields - 1));
}

/*
 * Wells that were not read are empty fields, whole rows of them lines of separators. Such lines are
 * counted only where the lines between the parts are without: a spreadsheet fills those up as well.
 */
static bool add_row(const dlu_import_job *job, const dlu_sheet *sheet, bare_rows *rows)
{
    uint32_t row = rows->row + rows->n;
    long numbers = numbers_of(job, sheet, row, &rows->width);
    bool counted = rows->parted && has_fields(sheet, row, rows->n_cols);
    if (numbers < 0 || (numbers < 2 && !counted))
        return false;
    rows->n++;
    if (numbers > 0)
        rows->last = row;
    if (numbers > 0 && !rows->first)
        rows->first = row;
    return true;
}

static void say_size(dlu_import_job *job, const dlu_sheet *sheet, uint32_t row, const uint32_t *is,
                     const uint32_t *must)
{
    dlu_place at = dlu_book_place(job->scan->book, sheet, row, 1);
    dlu_problem(&job->problems, "envision-bare-size", &at,
                "export the plate with its letters and numbers (format Plate2), or write a row of "
                "column numbers above the grid and the row letters before it",
                "expected %u rows of %u numbers, as the plate has and the grid has no letters, "
                "found %u rows of %u",
                (unsigned)must[0], (unsigned)must[1], (unsigned)is[0], (unsigned)is[1]);
}

/* A row of one of the grids with letters; `next` is the first of them that may hold it. */
static bool is_lettered(const dlu_scan *scan, size_t to, uint32_t row, size_t *next)
{
    while (*next < to && dlu_block_end(&scan->blocks[*next]) < row)
        ++*next;
    return *next < to && scan->blocks[*next].header_row <= row;
}

static bare_rows bare_rows_at(const dlu_import_job *job, const dlu_sheet *sheet, uint32_t row,
                              uint32_t n_cols, size_t to, size_t *next)
{
    bare_rows rows = {
        .row = row, .n_cols = n_cols, .parted = row == 1 || sheet->rows[row - 1].fields == 1};
    while (row + rows.n <= sheet->n_rows && !is_lettered(job->scan, to, row + rows.n, next) &&
           add_row(job, sheet, &rows))
        continue;
    return rows;
}

/* The plate's columns where the file does not tell them. */
static uint32_t columns_of(const dlu_sheet *sheet, const bare_rows *rows)
{
    uint32_t fields = sheet->rows[rows->row].fields;
    if (rows->n_cols || rows_of(rows->width) || fields < 2)
        return rows->n_cols ? rows->n_cols : rows->width;
    return rows_of(fields - 1) ? fields - 1 : fields;
}

bool dlu_envision_bare_grids(dlu_import_job *job, const dlu_sheet *sheet, dlu_block **out,
                             size_t *n_out)
{
    DLU_VEC(dlu_block) grids = {0};
    size_t next, to;
    uint32_t n_rows = told(job->scan, sheet, "Number of rows", DLU_WELL_MAX_ROWS);
    uint32_t n_cols = told(job->scan, sheet, "Number of columns", DLU_WELL_MAX_COLS);
    dlu_sheet_blocks(job->scan, sheet, &next, &to);
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        bare_rows rows = bare_rows_at(job, sheet, row, n_cols, to, &next);
        if (!rows.first) {
            row += rows.n ? rows.n - 1 : 0;
            continue;
        }
        uint32_t cols = columns_of(sheet, &rows), must[2] = {n_rows ? n_rows : rows_of(cols), cols};
        uint32_t is[2] = {rows.last - rows.first + 1, rows.width};
        bool wide = rows.width == cols ||
                    (rows.width < cols && rows.parted && has_fields(sheet, row, cols));
        if (!wide || (rows.n != must[0] && is[0] != must[0])) {
            say_size(job, sheet, rows.first, is, must);
        } else {
            dlu_block *slot = DLU_VEC_ADD(job->arena, &grids, DLU_MAX_BLOCKS);
            uint32_t begin = rows.n == must[0] ? row : rows.first;
            if (!slot || !dlu_block_known(sheet, &job->scan->numbers, job->arena, begin, 1, must[0],
                                          cols, slot))
                return false;
        }
        row += rows.n - 1;
    }
    *out = grids.items;
    *n_out = grids.n;
    return true;
}
