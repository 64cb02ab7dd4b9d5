/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/tecan.h"

#include <string.h>

#include "base/text.h"

/* Tables of wells over cycles, and lists. German words stand beside the English ones. */

static bool is_cycle_word(const char *text)
{
    return dlu_text_starts(text, "Cycle Nr") || dlu_text_starts(text, "Cycle No") ||
           dlu_text_starts(text, "Zyklus") || dlu_text_starts(text, "Zyklen Nr");
}

static bool is_many_word(const char *text)
{
    return dlu_text_starts(text, "Cycles / Well") || dlu_text_starts(text, "Zyklen / Well");
}

static bool is_time_word(const char *text)
{
    return dlu_text_starts(text, "Time [") || dlu_text_starts(text, "Zeit [");
}

static bool is_mean_word(const char *text)
{
    return dlu_text_alike(text, "Mean") || dlu_text_alike(text, "Mittelwert");
}

static bool is_value_word(const char *text)
{
    return dlu_text_alike(text, "Value") || dlu_text_alike(text, "Wert");
}

/* Times and temperatures of single wells, which no read keeps. */
static bool is_side_word(const char *text)
{
    return is_time_word(text) || dlu_text_starts(text, "Temp");
}

static bool has_well(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    dlu_well well;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (dlu_well_parse(cells[i].text, &well) && well < DLU_WELL_TABLE_ROW)
            return true;
    return false;
}

/* "<>, Value" or "Well, Firefly, Renilla" above rows that begin with a well. */
static bool is_list(const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    uint32_t n, texts = 0;
    dlu_well well;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        texts += cells[i].col > col && cells[i].kind == DLU_CELL_TEXT && cells[i].letters &&
                 !is_side_word(dlu_bare_text(sheet, row, cells[i].col));
    return texts && dlu_well_parse(dlu_sheet_text(sheet, row + 1, col), &well) &&
           well < DLU_WELL_TABLE_ROW;
}

dlu_tecan_layout dlu_tecan_layout_of(const dlu_sheet *sheet, uint32_t row)
{
    const dlu_cell *first = dlu_row_first(sheet, row);
    const char *text = first ? dlu_bare_text(sheet, row, first->col) : "";
    if (is_cycle_word(text))
        return has_well(sheet, row) ? DLU_TECAN_CYCLES_ACROSS : DLU_TECAN_CYCLES_DOWN;
    if (is_many_word(text))
        return DLU_TECAN_MANY;
    if (!dlu_text_alike(text, "<>") && !dlu_text_alike(text, "Well"))
        return DLU_TECAN_NONE;
    if (has_well(sheet, row))
        return DLU_TECAN_LIST_ACROSS;
    if (row < sheet->n_rows && is_list(sheet, row, first->col))
        return DLU_TECAN_LIST;
    return DLU_TECAN_NONE;
}

/* Seconds of line i: in the row (down) or column (across) `time`; 0 where the table has no times.
 */
static bool line_time(const dlu_import_job *job, const dlu_wells_table *table, size_t i,
                      uint32_t time, dlu_taken *taken)
{
    const dlu_cell *cell = time ? dlu_wells_head(table, i, time) : NULL;
    taken->has_time = cell && dlu_cell_seconds(cell, &job->scan->numbers, false, &taken->time_s);
    return taken->has_time;
}

static bool take_lines(dlu_import_job *job, dlu_plate_build *plate, const dlu_wells_table *table,
                       uint32_t time, uint32_t last_head, const dlu_taken *taken)
{
    dlu_taken line = *taken;
    for (size_t i = 0; i < table->n_lines; i++) {
        if (table->across && table->lines[i] <= last_head)
            continue;
        line.refused = taken->refused;
        if (!line_time(job, table, i, time, &line) && !line.refused && table->n_lines > 1)
            line.refused = "expected the time of its cycle in a row or column \"Time [s]\", found "
                           "none";
        if (!dlu_take_wells(job, plate, table, i, &line))
            return false;
    }
    return true;
}

static bool take_across(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                        uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    dlu_wells_table table;
    uint32_t n, time = 0;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i < n && !time; i++)
        time = is_time_word(dlu_bare_text(sheet, row, cells[i].col)) ? cells[i].col : 0;
    if (!dlu_wells_across_at(job->scan, sheet, row, 0, 1, &table))
        return !dlu_arena_failed(job->arena);
    dlu_wells_end_at_gap(&table);
    *end = table.end;
    return take_lines(job, plate, &table, time, row, taken);
}

static bool take_down(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                      uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    dlu_wells_table table;
    uint32_t time = 0, col = dlu_row_first(sheet, row)->col;
    if (!dlu_list_down(job->scan, sheet, row, col, 0, &table))
        return !dlu_arena_failed(job->arena);
    for (uint32_t r = row + 1; r < table.at[0]; r++)
        if (is_time_word(dlu_bare_text(sheet, r, col)))
            time = r;
    *end = table.end;
    return take_lines(job, plate, &table, time, 0, taken);
}

/* ---- lists ---- */

/* What stands above a column of a list, or left of a row of one across. */
static const char *list_head(const dlu_wells_table *table, size_t i)
{
    if (!table->across)
        return dlu_bare_text(table->sheet, table->header, table->lines[i]);
    const dlu_cell *first = dlu_row_first(table->sheet, table->lines[i]);
    return first->col < table->first ? dlu_bare_text(table->sheet, first->row, first->col) : "";
}

/* "Value" has the name of its label, what has a name of its own keeps it. */
static bool take_list_line(dlu_import_job *job, dlu_plate_build *plate,
                           const dlu_wells_table *table, size_t i, const dlu_taken *taken)
{
    const char *head = list_head(table, i);
    dlu_taken line = *taken;
    if (is_mean_word(head) || is_value_word(head))
        return dlu_take_wells(job, plate, table, i, &line);
    line.label = line.name = dlu_text_trimmed(job->arena, head);
    if (!line.label)
        return false;
    if (!line.refused && !*head)
        line.refused = "no name stands above it: not written by the reader";
    if (dlu_names_calculated(head))
        line.calculated = "calculated, not measured";
    return dlu_take_wells(job, plate, table, i, &line);
}

/* Of several reads of a well, their mean: the rest is what it was made of. */
static bool take_list_lines(dlu_import_job *job, dlu_plate_build *plate,
                            const dlu_wells_table *table, const dlu_taken *taken)
{
    bool mean = false;
    for (size_t i = 0; i < table->n_lines; i++)
        mean = mean || is_mean_word(list_head(table, i));
    for (size_t i = 0; i < table->n_lines; i++) {
        const char *head = list_head(table, i);
        if (mean ? !is_mean_word(head) : is_side_word(head))
            continue;
        if (!take_list_line(job, plate, table, i, taken))
            return false;
    }
    return true;
}

static bool take_list(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                      uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    dlu_wells_table table;
    if (!dlu_list_down(job->scan, sheet, row, dlu_row_first(sheet, row)->col, 0, &table))
        return !dlu_arena_failed(job->arena);
    *end = table.end;
    return take_list_lines(job, plate, &table, taken);
}

static bool take_list_across(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                             uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    dlu_wells_table table;
    if (!dlu_wells_across_at(job->scan, sheet, row, 0, 1, &table))
        return !dlu_arena_failed(job->arena);
    dlu_wells_end_at_gap(&table);
    *end = table.end;
    return take_list_lines(job, plate, &table, taken);
}

/* ---- a block a well ---- */

/* One block as a table across of one well: its lines would be cycles, but they lie in columns. */
static bool take_block(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                       uint32_t row, uint32_t mean, uint32_t time, const dlu_taken *taken)
{
    dlu_well well;
    uint32_t n;
    dlu_taken line = *taken;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, mean, &n);
    if (!dlu_well_parse(dlu_row_first(sheet, row)->text, &well) || well >= DLU_WELL_TABLE_ROW)
        return true;
    for (uint32_t i = 1; i < n; i++) {
        dlu_read_build *read = NULL;
        dlu_oddities odd = {0};
        line.has_time = time && dlu_cell_seconds(dlu_sheet_at(sheet, time, cells[i].col),
                                                 &job->scan->numbers, false, &line.time_s);
        for (size_t k = 0; k < plate->reads.n && !read; k++) {
            dlu_read *other = &plate->reads.items[k]->read;
            if (strcmp(other->label, line.label) == 0 && other->has_time == line.has_time &&
                (!line.has_time || other->time_s == line.time_s))
                read = plate->reads.items[k];
        }
        if (!read)
            read = dlu_job_read(job, plate, line.label,
                                dlu_book_place(job->scan->book, sheet, mean, cells[i].col));
        if (!read)
            return false;
        read->read.measures = line.measures;
        read->read.has_time = line.has_time;
        read->read.time_s = line.has_time ? line.time_s : 0;
        if (!dlu_job_cell(job, read, sheet, &cells[i], well, &odd))
            return false;
        dlu_job_say_oddities(job, sheet, &odd, false);
    }
    return true;
}

static bool take_many(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                      uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    uint32_t well = row + 1, mean = 0, time = 0, r = row + 1;
    for (; r <= sheet->n_rows && dlu_row_first(sheet, r); r++) {
        const char *text = dlu_bare_text(sheet, r, dlu_row_first(sheet, r)->col);
        if (is_many_word(text))
            break;
        mean = is_mean_word(text) ? r : mean;
        time = is_time_word(text) ? r : time;
    }
    *end = r - 1;
    if (taken->refused || !mean || well >= r) {
        dlu_place at = dlu_book_place(job->scan->book, sheet, row, 0);
        return dlu_job_leave_out(
            job, at, taken->refused ? taken->refused : "expected a row \"Mean\" of its reads",
            "the reads of one well");
    }
    return take_block(job, plate, sheet, well, mean, time, taken);
}

bool dlu_tecan_take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                          uint32_t row, const dlu_taken *taken, uint32_t *end)
{
    *end = row;
    switch (dlu_tecan_layout_of(sheet, row)) {
    case DLU_TECAN_CYCLES_ACROSS:
        return take_across(job, plate, sheet, row, taken, end);
    case DLU_TECAN_CYCLES_DOWN:
        return take_down(job, plate, sheet, row, taken, end);
    case DLU_TECAN_MANY:
        return take_many(job, plate, sheet, row, taken, end);
    case DLU_TECAN_LIST:
        return take_list(job, plate, sheet, row, taken, end);
    case DLU_TECAN_LIST_ACROSS:
        return take_list_across(job, plate, sheet, row, taken, end);
    case DLU_TECAN_NONE:
        break;
    }
    return true;
}
