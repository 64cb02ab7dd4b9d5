/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "import/wells_table.h"

/*
 * Kinetic tables as people and scripts keep them: a header row of wells with a column of times left
 * of them ("cycle_num, Time_[s], Temp_[C], A1, B1, ..."), a row a time. Columns may be empty.
 */

#define MIN_WELLS 3u
#define MAX_NOTES                                                                                  \
    6u /* more words than that come from some software, whose tables may be copies                 \
        */

/* The column left of the wells whose name is that of a time; 0 where there is none. */
static uint32_t time_column(const dlu_wells_table *table)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(table->sheet, table->header, &n);
    for (uint32_t i = 0; i < n && cells[i].col < table->first; i++)
        if (dlu_has_word(cells[i].text, "time") || dlu_has_word(cells[i].text, "seconds"))
            return cells[i].col;
    return 0;
}

/* Seconds of one unit of the column. */
static double unit_of(const char *header)
{
    if (dlu_has_word(header, "min") || dlu_has_word(header, "minutes"))
        return 60;
    return dlu_has_word(header, "h") || dlu_has_word(header, "hours") ? 3600 : 1;
}

/* Words on all sheets but in the header row. */
static size_t count_notes(const dlu_scan *scan, const dlu_wells_table *table)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_words; i++)
        n += scan->words[i].sheet != table->sheet || scan->words[i].cell->row != table->header;
    return n;
}

dlu_status dlu_generic_wells_detect(const dlu_scan *scan, dlu_detection *out)
{
    char at[128];
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        dlu_wells_table table;
        const dlu_sheet *sheet = &scan->book->sheets[s];
        if (!dlu_wells_across(scan, sheet, 1, 0, MIN_WELLS, &table) || !table.n_lines)
            continue;
        dlu_place place = dlu_book_place(scan->book, sheet, table.header, table.first);
        bool timed = time_column(&table) != 0;
        size_t n_notes = count_notes(scan, &table);
        out->score = timed ? 60 : 40;
        if (timed && n_notes > MAX_NOTES)
            return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                                "a header row of wells at %s, but %zu other texts beside it: more "
                                "than a few notes",
                                dlu_place_render(&place, at, sizeof at), n_notes);
        return dlu_detected(scan, out, timed ? DLU_DETECT_SURE : DLU_DETECT_MAYBE,
                            "a header row of %zu wells at %s, %s a column of times left of them",
                            table.n_wells, dlu_place_render(&place, at, sizeof at),
                            timed ? "and" : "but not");
    }
    return dlu_arena_failed(scan->arena)
               ? DLU_E_NO_MEMORY
               : dlu_detected(scan, out, DLU_DETECT_NO,
                              "no header row of wells (time, A1, A2, ...) above rows of values");
}

static bool take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_wells_table *table)
{
    uint32_t time = time_column(table);
    double unit = time ? unit_of(dlu_sheet_text(table->sheet, table->header, time)) : 1;
    for (size_t i = 0; i < table->n_lines; i++) {
        dlu_taken taken = {.label = ""};
        const dlu_cell *cell = time ? dlu_wells_head(table, i, time) : NULL;
        taken.has_time = cell && dlu_cell_seconds(cell, &job->scan->numbers, false, &taken.time_s);
        if (taken.has_time && dlu_value_of(cell, &job->scan->numbers).kind == DLU_VALUE_NUMBER)
            taken.time_s *= unit;
        if (!dlu_take_wells(job, plate, table, i, &taken))
            return false;
    }
    return true;
}

dlu_status dlu_generic_wells_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        dlu_wells_table table;
        const dlu_sheet *sheet = &scan->book->sheets[s];
        const char *name = scan->book->n_sheets > 1 && sheet->name ? sheet->name : "";
        for (uint32_t from = 1; dlu_wells_across(scan, sheet, from, 0, MIN_WELLS, &table);
             from = table.end + 1) {
            dlu_plate_build *plate = dlu_job_plate(job, name);
            if (!plate || !take_table(job, plate, &table))
                return dlu_fail_memory(job->err);
        }
    }
    return dlu_arena_failed(scan->arena) ? dlu_fail_memory(job->err) : DLU_OK;
}
