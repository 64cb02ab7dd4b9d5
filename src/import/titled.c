/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/titled.h"

#include "base/text.h"

const char *dlu_taken_refused(dlu_import_job *job, const char *why, const char *calculated)
{
    if (!why && calculated && !job->options->calculated)
        return dlu_arena_printf(job->arena, "%s (--calculated brings it)", calculated);
    return why ? why : "";
}

dlu_read_build *dlu_taken_read(dlu_import_job *job, dlu_plate_build *plate, const dlu_taken *taken,
                               bool calculated, dlu_place at)
{
    dlu_read_build *read = dlu_job_read(job, plate, taken->label ? taken->label : "", at);
    if (!read)
        return NULL;
    read->read.calculated = calculated;
    read->read.measures = taken->measures;
    read->read.has_time = taken->has_time;
    read->read.time_s = taken->has_time ? taken->time_s : 0;
    return read;
}

const char *dlu_grid_refused(const dlu_block *block)
{
    if (dlu_block_is_layout(block))
        return "it holds words, not light: a layout of the plate";
    if (!block->n_numbers && !block->n_tokens && !block->n_unsure)
        return "it is empty";
    return NULL;
}

const char *dlu_grid_says(const dlu_block *block, bool (*is)(const char *text))
{
    const char *texts[] = {block->title, block->corner, block->left};
    for (unsigned i = 0; i < 3; i++)
        if (is(texts[i]))
            return texts[i];
    return "";
}

dlu_measures dlu_grid_measures(const dlu_block *block)
{
    dlu_measures measures = dlu_names_measures(block->title);
    if (!measures)
        measures = dlu_names_measures(block->corner);
    return measures ? measures : dlu_names_measures(block->left);
}

static dlu_place place_of(const dlu_import_job *job, const dlu_block *block, uint32_t line)
{
    uint32_t row = line && block->n_rows ? block->rows[0].row + line : block->header_row;
    return dlu_book_place(job->scan->book, block->sheet, row, block->first_col);
}

static bool leave_out(dlu_import_job *job, const dlu_block *block, const dlu_taken *taken,
                      const char *why)
{
    const char *name = taken->name ? taken->name : block->title;
    if (!*name && taken->label)
        name = taken->label;
    return dlu_job_leave_out(job, place_of(job, block, taken->line), why, "a grid%s%s%s",
                             *name ? " \"" : "", name, *name ? "\"" : "");
}

bool dlu_take_grid(dlu_import_job *job, dlu_plate_build *plate, const dlu_block *block,
                   const dlu_taken *taken)
{
    const char *why = taken->refused;
    const char *calculated = taken->calculated;
    if (!calculated && dlu_block_is_computed(block))
        calculated = "computed by formulas, not measured";
    if (!why && !taken->line) /* the counts of a grid are of its first lines */
        why = dlu_grid_refused(block);
    why = dlu_taken_refused(job, why, calculated);
    if (!why || *why)
        return why && leave_out(job, block, taken, why);
    dlu_read_build *read =
        dlu_taken_read(job, plate, taken, calculated != NULL, place_of(job, block, taken->line));
    if (!read)
        return false;
    return dlu_job_block_line(job, plate, read, block, taken->line) &&
           (taken->line || taken->neighbours ||
            dlu_job_leave_out_beside(job, block, taken->labelled));
}

bool dlu_take_layout(dlu_import_job *job, dlu_plate_build *plate, const dlu_block *block)
{
    size_t before = plate->samples.n;
    for (size_t r = 0; r < block->n_rows; r++) {
        for (uint32_t c = 0; c < block->n_cols; c++) {
            uint32_t row = block->rows[r].row, col = block->first_col + c;
            dlu_well well = block->rows[r].letter << 8 | (block->first_number + c);
            if (!dlu_job_sample(job, plate, well, dlu_sheet_text(block->sheet, row, col),
                                dlu_book_place(job->scan->book, block->sheet, row, col)))
                return false;
        }
    }
    static const dlu_taken named = {0};
    return leave_out(job, block, &named,
                     plate->samples.n > before ? "names of wells: taken as their samples"
                                               : "a layout of the plate that names no well");
}

void dlu_sheet_blocks(const dlu_scan *scan, const dlu_sheet *sheet, size_t *from, size_t *to)
{
    for (*from = 0; *from < scan->n_blocks && scan->blocks[*from].sheet != sheet;)
        ++*from;
    for (*to = *from; *to < scan->n_blocks && scan->blocks[*to].sheet == sheet;)
        ++*to;
}
