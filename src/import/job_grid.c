/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

#include <string.h>

#include "base/text.h"

/* A plate grid into a read. */

bool dlu_job_cell(dlu_import_job *job, dlu_read_build *read, const dlu_sheet *sheet,
                  const dlu_cell *cell, dlu_well well, dlu_oddities *odd)
{
    const dlu_scan *scan = job->scan;
    if (cell && cell->whole && !cell->formula) { /* nothing is odd about it, and most light is so */
        const dlu_place place = dlu_book_place(scan->book, sheet, cell->row, cell->col);
        return dlu_job_reading(job, read,
                               &(dlu_light){well, DLU_READ_OK, dlu_cell_whole(cell), "", place});
    }
    dlu_value value = dlu_value_of(cell, &scan->numbers);
    if (value.kind == DLU_VALUE_NONE)
        return true;
    dlu_place at = dlu_book_place(scan->book, sheet, cell->row, cell->col);
    if (value.kind == DLU_VALUE_UNSURE) {
        dlu_job_unsure(job, cell, at);
        return true;
    }
    bool unsaved = value.kind == DLU_VALUE_TEXT && dlu_cell_is_unsaved(cell);
    if (unsaved && odd->n_unsaved++ == 0)
        odd->unsaved = cell;
    if (value.kind == DLU_VALUE_TEXT && !unsaved && odd->n_texts++ == 0) {
        odd->text = cell;
        odd->text_well = well;
    }
    if (cell->formula && !unsaved && odd->n_formulas++ == 0)
        odd->formula = cell;
    const char *text = value.state == DLU_READ_OK ? "" : cell->text;
    return dlu_job_reading(job, read, &(dlu_light){well, value.state, value.number, text, at});
}

void dlu_job_say_oddities(dlu_import_job *job, const dlu_sheet *sheet, const dlu_oddities *odd,
                          bool computed)
{
    char name[DLU_WELL_NAME_SIZE];
    if (odd->n_texts) {
        dlu_place at = dlu_book_place(job->scan->book, sheet, odd->text->row, odd->text->col);
        dlu_warn(
            job->log, "grid-text", &at,
            "leave the cell empty if the well was not read, or set use = 0 for it in the plate map",
            "expected luminescence readings, found %zu cell%s of text, first well %s: \"%s\"; "
            "read as invalid",
            odd->n_texts, odd->n_texts == 1 ? "" : "s", dlu_well_name(odd->text_well, name),
            odd->text->text);
    }
    if (odd->n_unsaved) {
        dlu_place at = dlu_book_place(job->scan->book, sheet, odd->unsaved->row, odd->unsaved->col);
        dlu_warn(job->log, "grid-unsaved", &at, dlu_unsaved_hint,
                 "expected luminescence readings, found %zu formula%s whose value was never saved; "
                 "read as invalid",
                 odd->n_unsaved, odd->n_unsaved == 1 ? "" : "s");
    }
    if (odd->n_formulas && !computed) {
        dlu_place at = dlu_book_place(job->scan->book, sheet, odd->formula->row, odd->formula->col);
        dlu_warn(job->log, "grid-formula", &at, "restore the values the reader wrote",
                 "%zu cell%s of this grid %s computed by a formula, not measured", odd->n_formulas,
                 odd->n_formulas == 1 ? "" : "s", odd->n_formulas == 1 ? "is" : "are");
    }
}

/*
 * Light under a column number left of those that follow each other: 1, 2, 2, 4, ... would lose two
 * columns without a word.
 */
static void check_header(dlu_import_job *job, const dlu_block *block)
{
    const dlu_cell *left = dlu_sheet_at(block->sheet, block->header_row, block->first_col - 1);
    if (block->first_col <= block->label_col + 1 ||
        dlu_value_of(left, &job->scan->numbers).kind != DLU_VALUE_NUMBER)
        return;
    for (size_t r = 0; r < block->n_rows; r++) {
        const dlu_cell *cell = dlu_sheet_at(block->sheet, block->rows[r].row, block->first_col - 1);
        if (dlu_value_of(cell, &job->scan->numbers).kind != DLU_VALUE_NUMBER)
            continue;
        dlu_place at = dlu_book_place(job->scan->book, block->sheet, left->row, left->col);
        dlu_problem(&job->problems, "grid-header", &at, "restore the header that the reader wrote",
                    "expected column numbers that follow each other, found \"%s\" before %u",
                    left->text, block->first_number + 1);
        return;
    }
}

bool dlu_job_block_line(dlu_import_job *job, dlu_plate_build *plate, dlu_read_build *read,
                        const dlu_block *block, uint32_t line)
{
    dlu_oddities odd = {0};
    uint32_t n_rows, n_cols;
    if (!line)
        check_header(job, block);
    if (!dlu_job_reserve(job, read, block->n_rows * (size_t)block->n_cols))
        return false;
    for (size_t r = 0; r < block->n_rows; r++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(block->sheet, block->rows[r].row + line, &n);
        for (uint32_t i = 0; line < block->rows[r].n_lines && i < n; i++) {
            uint32_t c = cells[i].col - block->first_col;
            dlu_well well = block->rows[r].letter << 8 | (block->first_number + c);
            if (cells[i].col >= block->first_col && c < block->n_cols &&
                !dlu_job_cell(job, read, block->sheet, &cells[i], well, &odd))
                return false;
        }
    }
    dlu_job_say_oddities(job, block->sheet, &odd, dlu_block_is_computed(block));
    dlu_block_plate_size(block, &n_rows, &n_cols);
    if (n_rows > plate->plate.n_rows)
        plate->plate.n_rows = n_rows;
    if (n_cols > plate->plate.n_cols)
        plate->plate.n_cols = n_cols;
    return true;
}

bool dlu_job_block(dlu_import_job *job, dlu_plate_build *plate, dlu_read_build *read,
                   const dlu_block *block)
{
    return dlu_job_block_line(job, plate, read, block, 0);
}

bool dlu_job_leave_out_beside(dlu_import_job *job, const dlu_block *block, bool labelled)
{
    size_t n_found = 0;
    const dlu_cell *found = NULL;
    /* labels of lines stand right of the last column */
    uint32_t from = block->first_col + block->n_cols + (block->n_lines > 1 || labelled);
    uint32_t next = UINT32_MAX; /* first column of a grid beside this one */
    for (size_t i = 0; i < job->scan->n_blocks; i++) {
        const dlu_block *other = &job->scan->blocks[i];
        if (other->sheet == block->sheet && other->header_row <= dlu_block_end(block) &&
            dlu_block_end(other) >= block->header_row && other->first_col > block->first_col &&
            other->first_col < next)
            next = other->label_col > block->first_col ? other->label_col : other->first_col;
    }
    for (uint32_t row = block->header_row; row <= dlu_block_end(block); row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(block->sheet, row, &n);
        for (uint32_t i = 0; i < n; i++)
            if (cells[i].col >= from && cells[i].col < next && !dlu_text_is_blank(cells[i].text) &&
                n_found++ == 0)
                found = &cells[i];
    }
    if (!n_found)
        return true;
    dlu_place at = dlu_book_place(job->scan->book, block->sheet, found->row, found->col);
    return dlu_job_leave_out(job, at, "no column number stands above",
                             "%zu cell%s right of a grid, "
                             "first \"%s\"",
                             n_found, n_found == 1 ? "" : "s", found->text);
}
