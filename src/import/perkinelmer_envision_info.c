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
    if (!plate || !repeat || !info->barcode || !info->label || !info->optics || !formula)
        return false;
    info->calculated = *formula && strcmp(formula, "N/A") != 0;
    info->plate = number_of(plate, 0);
    info->repeat = number_of(repeat, 1);
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

/* A row that holds numbers and nothing else; *width is its last column. */
static bool is_bare(const dlu_import_job *job, const dlu_sheet *sheet, uint32_t row,
                    uint32_t *width)
{
    uint32_t n, numbers = 0;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++) {
        dlu_value_kind kind = dlu_value_of(&cells[i], &job->scan->numbers).kind;
        if (kind == DLU_VALUE_TEXT || kind == DLU_VALUE_DASH)
            return false;
        numbers += kind == DLU_VALUE_NUMBER || kind == DLU_VALUE_UNSURE;
        if (kind != DLU_VALUE_NONE)
            *width = cells[i].col > *width ? cells[i].col : *width;
    }
    return numbers > 1;
}

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

bool dlu_envision_bare_grids(dlu_import_job *job, const dlu_sheet *sheet, dlu_block **out,
                             size_t *n_out)
{
    DLU_VEC(dlu_block) grids = {0};
    size_t next, to;
    uint32_t must[2] = {told(job->scan, sheet, "Number of rows", DLU_WELL_MAX_ROWS),
                        told(job->scan, sheet, "Number of columns", DLU_WELL_MAX_COLS)};
    dlu_sheet_blocks(job->scan, sheet, &next, &to);
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        uint32_t is[2] = {0, 0};
        while (row + is[0] <= sheet->n_rows && !is_lettered(job->scan, to, row + is[0], &next) &&
               is_bare(job, sheet, row + is[0], &is[1]))
            is[0]++;
        if (!is[0])
            continue;
        uint32_t size[2] = {must[0] ? must[0] : rows_of(is[1]), must[1] ? must[1] : is[1]};
        if (size[0] != is[0] || size[1] != is[1]) {
            say_size(job, sheet, row, is, size);
        } else {
            dlu_block *slot = DLU_VEC_ADD(job->arena, &grids, DLU_MAX_BLOCKS);
            if (!slot || !dlu_block_known(sheet, &job->scan->numbers, job->arena, row, 1, is[0],
                                          is[1], slot))
                return false;
        }
        row += is[0] - 1;
    }
    *out = grids.items;
    *n_out = grids.n;
    return true;
}
