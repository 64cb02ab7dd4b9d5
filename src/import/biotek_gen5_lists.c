/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/biotek_gen5.h"
#include "import/marks.h"
#include "import/well_list.h"

/*
 * The lists of Gen5: "Well ID, Well, Luc:Lum, NLuc:Lum, ratio" with a row a well, or turned, with a
 * column a well. Tables of statistics repeat reads beside their means: each read is taken once.
 */

/* A column a well; its lines are the rows below that begin with a label, up to an empty row. */
static bool list_across(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t to,
                        dlu_wells_table *out)
{
    if (!dlu_wells_across_at(scan, sheet, row, to, 2, out))
        return false;
    dlu_wells_end_at_gap(out);
    return out->n_lines > 0;
}

uint32_t dlu_gen5_list(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                       dlu_wells_table *out)
{
    for (uint32_t row = from; row <= to; row++) {
        uint32_t col = dlu_row_column(sheet, row, "Well");
        if (!col)
            continue;
        if (list_across(scan, sheet, row, to, out))
            return row;
        if (!dlu_gen5_is_well(sheet, row + 1, col) && !dlu_gen5_is_well(sheet, row + 2, col))
            continue;
        if (dlu_list_down(scan, sheet, row, col, 0, out) && out->n_lines && out->at[0] <= row + 2 &&
            out->end <= to)
            return row;
    }
    return 0;
}

const char *dlu_gen5_list_label(const dlu_wells_table *table, size_t i)
{
    if (!table->across)
        return dlu_sheet_text(table->sheet, table->header, table->lines[i]);
    const dlu_cell *first = dlu_row_first(table->sheet, table->lines[i]);
    return first && first->col < table->first ? first->text : "";
}

/* A line of a grid of the section has this label. */
static bool in_grid(const dlu_gen5_section *s, const char *label)
{
    size_t i, to;
    dlu_sheet_blocks(s->job->scan, s->sheet, &i, &to);
    for (; i < to; i++) {
        const dlu_block *block = &s->job->scan->blocks[i];
        if (block->header_row < s->from || block->header_row > s->to)
            continue;
        for (uint32_t line = 0; line < block->n_lines; line++)
            if (dlu_text_alike(dlu_block_beside(block, line), label))
                return true;
    }
    return false;
}

/* True where the line says of each of its wells what the read says. */
static bool is_copy(const dlu_gen5_section *s, const dlu_read_build *read,
                    const dlu_wells_table *table, size_t i)
{
    for (size_t k = 0; k < table->n_wells; k++) {
        dlu_value value = dlu_value_of(dlu_wells_cell(table, k, i), &s->job->scan->numbers);
        bool found = value.kind == DLU_VALUE_NONE;
        for (size_t n = 0; n < read->readings.n && !found; n++) {
            const dlu_reading *reading = &read->readings.items[n];
            found = reading->well == table->wells[k] && reading->state == value.state &&
                    !(reading->value < value.number) && !(reading->value > value.number);
        }
        if (!found)
            return false;
    }
    return true;
}

/* Why a line is no read beside those that were taken, or NULL. */
static const char *known(const dlu_gen5_section *s, const char *label, const dlu_wells_table *table,
                         size_t i)
{
    if (in_grid(s, label))
        return "the same read is taken from its grid";
    for (size_t k = 0; k < s->plate->reads.n; k++) {
        const dlu_read_build *read = s->plate->reads.items[k];
        if (strcmp(read->read.label, label) != 0)
            continue;
        if (read->read.has_time)
            return "the same read is taken over time";
        if (is_copy(s, read, table, i))
            return "a copy of the read of this label";
    }
    return NULL;
}

/* The read of this label whose wells are all others: lists of groups of wells follow each other. */
static dlu_read_build *goes_on(const dlu_gen5_section *s, size_t from, const char *label,
                               const dlu_wells_table *table)
{
    for (size_t k = from; k < s->plate->reads.n; k++) {
        dlu_read_build *read = s->plate->reads.items[k];
        bool other = strcmp(read->read.label, label) != 0 || read->read.has_time;
        for (size_t n = 0; n < read->readings.n && !other; n++)
            for (size_t w = 0; w < table->n_wells && !other; w++)
                other = read->readings.items[n].well == table->wells[w];
        if (!other)
            return read;
    }
    return NULL;
}

static bool take_samples(const dlu_gen5_section *s, const dlu_wells_table *table)
{
    uint32_t n, row = table->header, col = dlu_row_column(s->sheet, row, "Well ID");
    if (table->across)
        for (row = table->header > 1 ? table->header - 1 : 1; row < table->header + 2; row++) {
            const dlu_cell *cells = dlu_sheet_row_cells(s->sheet, row, &n);
            if (n && dlu_text_alike(cells[0].text, "Well ID"))
                break;
        }
    if (table->across ? row == table->header + 2 : !col)
        return true;
    for (size_t k = 0; k < table->n_wells; k++) {
        uint32_t r = table->across ? row : table->at[k], c = table->across ? table->at[k] : col;
        if (!dlu_job_sample(s->job, s->plate, table->wells[k], dlu_sheet_text(s->sheet, r, c),
                            dlu_book_place(s->job->scan->book, s->sheet, r, c)))
            return false;
    }
    return true;
}

bool dlu_gen5_take_list(dlu_gen5_section *s, const dlu_wells_table *table)
{
    for (size_t i = 0; i < table->n_lines; i++) {
        char *label = dlu_text_trimmed(s->job->arena, dlu_gen5_list_label(table, i));
        dlu_taken taken = {.label = label, .name = label};
        if (!label)
            return false;
        if (!*label)
            taken.refused = "no label of a read stands above it";
        else if (!dlu_gen5_is_read(label, &s->steps, &taken.measures))
            taken.calculated = "no read of the procedure: calculated by Gen5";
        else
            taken.refused = known(s, label, table, i);
        bool raw = !taken.refused && !taken.calculated;
        if (raw && dlu_gen5_again(
                       s, label, &table->wells[0],
                       dlu_book_place(s->job->scan->book, s->sheet, table->header, table->first)))
            return true;
        dlu_read_build *read = raw ? goes_on(s, s->n_before, label, table) : NULL;
        if (read ? !dlu_take_wells_on(s->job, read, table, i)
                 : !dlu_take_wells(s->job, s->plate, table, i, &taken))
            return false;
    }
    return take_samples(s, table);
}
