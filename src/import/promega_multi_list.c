/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/promega_multi.h"

#include <string.h>

#include "base/text.h"
#include "import/promega_glomax.h"
#include "import/titled.h"
#include "import/well_list.h"

/* The list below "Results": Well, Read 1, Read 2, and columns calculated from them. */

static const char list_name[] = "Results";

typedef struct listing {
    dlu_wells_table table;
    bool found;
    dlu_glomax_list compared;
    DLU_VEC(dlu_glomax_entry) entries;
} listing;

static const char *head_of(const listing *list, size_t i)
{
    return dlu_sheet_text(list->table.sheet, list->table.header, list->table.lines[i]);
}

/* The header is the first row below the title that has a cell "Well". */
static void find_list(const dlu_scan *scan, const dlu_multi_plate *plate, uint32_t results,
                      listing *list)
{
    uint32_t row = results + 1;
    *list = (listing){.found = false};
    if (!results)
        return;
    while (row < plate->to && !dlu_row_first(plate->sheet, row))
        row++;
    uint32_t col = dlu_row_column(plate->sheet, row, "Well");
    list->found = col && dlu_list_down(scan, plate->sheet, row, col, 0, &list->table);
}

/* The column of a read, one past the last where there is none. */
static size_t column_of(const listing *list, long number)
{
    size_t i = 0;
    while (list->found && i < list->table.n_lines &&
           (dlu_read_number(head_of(list, i)) != number || dlu_names_calculated(head_of(list, i))))
        i++;
    return list->found ? i : 0;
}

static bool has_column(const listing *list, long number)
{
    return list->found && column_of(list, number) < list->table.n_lines;
}

static bool has_grid(const dlu_multi_plate *plate, long number)
{
    for (size_t i = 0; i < plate->grids.n; i++)
        if (plate->grids.items[i].number == number)
            return true;
    return false;
}

/* A read that no grid holds. */
static bool take_column(dlu_import_job *job, dlu_multi_plate *plate, const listing *list,
                        long number)
{
    size_t i = column_of(list, number);
    const dlu_taken taken = {.label = head_of(list, i), .measures = plate->measures};
    dlu_place at =
        dlu_book_place(job->scan->book, plate->sheet, list->table.header, list->table.lines[i]);
    dlu_note(job->log, "glomax-from-list", &at, NULL,
             "no grid \"Read %ld\" below \"PlateResults\"; read from the list \"%s\"", number,
             list_name);
    return dlu_take_wells(job, plate->build, &list->table, i, &taken);
}

/* The column beside the raw read with that index of the plate. */
static bool add_entries(dlu_import_job *job, listing *list, size_t column, uint32_t read)
{
    for (size_t k = 0; k < list->table.n_wells; k++) {
        const dlu_cell *cell = dlu_wells_cell(&list->table, k, column);
        if (dlu_value_of(cell, &job->scan->numbers).kind == DLU_VALUE_NONE)
            continue;
        dlu_glomax_entry *slot = DLU_VEC_ADD(job->arena, &list->entries, DLU_MAX_CELLS);
        if (!slot)
            return false;
        *slot = (dlu_glomax_entry){list->table.wells[k], read, cell, NULL};
    }
    return true;
}

static size_t count_raw(const dlu_plate_build *plate)
{
    size_t n = 0;
    for (size_t i = 0; i < plate->reads.n; i++)
        n += !plate->reads.items[i]->read.calculated;
    return n;
}

/* Columns of the list that are no reads; --calculated brings those that are calculated. */
static bool take_others(dlu_import_job *job, dlu_multi_plate *plate, const listing *list)
{
    for (size_t i = 0; list->found && i < list->table.n_lines; i++) {
        const char *head = head_of(list, i);
        bool calculated = dlu_names_calculated(head);
        if (dlu_read_number(head) && !calculated)
            continue;
        const dlu_taken taken = {
            .label = head,
            .calculated = calculated ? "calculated from the reads" : NULL,
            .refused = calculated ? NULL : "its column in the list is not \"Read 1\", \"Read 2\""};
        if (!dlu_take_wells(job, plate->build, &list->table, i, &taken))
            return false;
    }
    return true;
}

bool dlu_multi_take_reads(dlu_import_job *job, dlu_multi_plate *plate, uint32_t results,
                          bool (*take)(dlu_import_job *job, dlu_multi_plate *plate, long number))
{
    listing list;
    find_list(job->scan, plate, results, &list);
    if (dlu_arena_failed(job->arena))
        return false;
    for (long number = 1; number <= (long)DLU_MAX_READS; number++) {
        size_t before = count_raw(plate->build);
        bool grid = has_grid(plate, number), column = !plate->stepped && has_column(&list, number);
        if (grid && !take(job, plate, number))
            return false;
        if (column && count_raw(plate->build) == before && !take_column(job, plate, &list, number))
            return false;
        if (column && count_raw(plate->build) > before && before < DLU_GLOMAX_MAX_READS &&
            !add_entries(job, &list, column_of(&list, number), (uint32_t)before))
            return false;
    }
    if (!take(job, plate, 0) || !take_others(job, plate, &list)) /* 0: calculated grids */
        return false;
    list.compared = (dlu_glomax_list){.sheet = plate->sheet,
                                      .name = list_name,
                                      .entries = list.entries.items,
                                      .n_entries = list.entries.n};
    return dlu_glomax_compare(job, plate->build, &list.compared);
}
