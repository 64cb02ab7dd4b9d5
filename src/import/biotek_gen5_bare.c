/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/biotek_gen5.h"
#include "import/marks.h"
#include "import/well_list.h"

/* Exports of Gen5 without the header: what else tells that Gen5 wrote them. */

static bool has_reads(const dlu_scan *scan, const dlu_sheet *sheet)
{
    size_t from, to;
    dlu_wells_table table;
    dlu_sheet_blocks(scan, sheet, &from, &to);
    return from < to || dlu_gen5_table(scan, sheet, 1, sheet->n_rows, &table) ||
           dlu_gen5_list(scan, sheet, 1, sheet->n_rows, &table);
}

/* "Time", "T° Luc:Lum", A1, A2, ...: the temperature of a read is named after it. */
static const dlu_cell *temperature(const dlu_scan *scan, const dlu_sheet *sheet)
{
    dlu_wells_table table;
    for (uint32_t row = 1; (row = dlu_gen5_table(scan, sheet, row, sheet->n_rows, &table)) != 0;
         row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        if (n > 1 && dlu_text_starts(cells[1].text, DLU_GEN5_DEGREES))
            return &cells[1];
    }
    return NULL;
}

/* A list with a read that only Gen5 writes so: "Luc:Lum", "Lum [2]". */
static const char *label_of_list(const dlu_scan *scan, const dlu_sheet *sheet)
{
    static const dlu_gen5_steps none = {.n = 0};
    dlu_wells_table table;
    for (uint32_t row = 1; (row = dlu_gen5_list(scan, sheet, row, sheet->n_rows, &table)) != 0;
         row = table.end + 1) {
        for (size_t i = 0; i < table.n_lines; i++) {
            const char *label = dlu_gen5_list_label(&table, i);
            dlu_measures measures;
            if (strpbrk(label, ":[") && dlu_gen5_is_read(label, &none, &measures) &&
                measures == DLU_MEASURES_LUMINESCENCE && !dlu_row_column(sheet, row, "Plate"))
                return label;
        }
    }
    return NULL;
}

bool dlu_gen5_line_calculated(const dlu_block *block, uint32_t line)
{
    static const dlu_gen5_steps none = {.n = 0};
    dlu_measures measures;
    bool gen5 = false;
    for (uint32_t i = 0; i < block->n_lines; i++)
        gen5 = gen5 || (dlu_gen5_is_read(dlu_block_beside(block, i), &none, &measures) &&
                        measures == DLU_MEASURES_LUMINESCENCE);
    return gen5 && !dlu_gen5_is_read(dlu_block_beside(block, line), &none, &measures);
}

const char *dlu_gen5_bare(const dlu_scan *scan, const dlu_sheet *sheet)
{
    dlu_gen5_steps steps;
    if (dlu_find_text_in(scan, sheet, 1, 0, "Procedure Details") &&
        dlu_gen5_steps_read(scan, sheet, 1, sheet->n_rows, &steps) && steps.n &&
        has_reads(scan, sheet))
        return "\"Procedure Details\" with a read, and its values";
    const dlu_cell *cell = temperature(scan, sheet);
    if (cell)
        return dlu_arena_printf(scan->arena, "a table of times with \"%s\"", cell->text);
    const char *label = label_of_list(scan, sheet);
    return label ? dlu_arena_printf(scan->arena, "a list of wells with \"%s\"", label) : NULL;
}

/* ---- reads that come again ---- */

static void say_again(const dlu_gen5_section *s, const char *label, dlu_place at)
{
    dlu_problem(
        &s->job->problems, "gen5-again", &at,
        "export each plate to a file of its own, or with the header of Gen5, which has the "
        "number of the plate",
        "expected each read of a plate once, found \"%s\" again: nothing says whether it is "
        "another plate",
        label);
}

bool dlu_gen5_again(const dlu_gen5_section *s, const char *label, const dlu_well *well,
                    dlu_place at)
{
    size_t n = s->bare ? s->plate->reads.n : s->n_before;
    for (size_t i = 0; i < n; i++) {
        const dlu_read_build *read = s->plate->reads.items[i];
        bool same = strcmp(read->read.label, label) == 0 && !read->read.calculated;
        for (size_t k = 0; same && k < read->readings.n; k++)
            if (read->readings.items[k].well == *well) {
                say_again(s, label, at);
                return true;
            }
    }
    return false;
}
