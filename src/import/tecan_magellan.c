/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/well_list.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"

/*
 * Tecan Magellan: a list with the wells under "Well positions", in any column and order, values in
 * the columns beside it, perhaps times and temperatures between header and wells, and all else
 * below.
 */

#define POSITIONS "Well positions"

/* The header row at or after a row, and its column of wells; 0 where there is none. */
static uint32_t find_header(const dlu_sheet *sheet, uint32_t row, uint32_t *col)
{
    for (; row <= sheet->n_rows; row++) {
        *col = dlu_row_column(sheet, row, POSITIONS);
        if (*col)
            return row;
    }
    return 0;
}

dlu_status dlu_tecan_magellan_detect(const dlu_scan *scan, dlu_detection *out)
{
    dlu_wells_table table;
    uint32_t col;
    bool header = false;
    const dlu_cell *file = dlu_find_text(scan, "Date of measurement:", NULL);
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        uint32_t row = find_header(sheet, 1, &col);
        header = header || row;
        if (!row || !dlu_list_down(scan, sheet, row, col, 0, &table) || !table.n_lines)
            continue;
        dlu_place place = dlu_book_place(scan->book, sheet, row, col);
        char at[128];
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a column \"" POSITIONS "\" at %s with %zu wells and values beside it",
                            dlu_place_render(&place, at, sizeof at), table.n_wells);
    }
    out->score = header || file ? 70 : 0;
    if (header || file)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE, "%s",
                            header ? "a cell \"" POSITIONS "\", but no wells below it with values "
                                     "beside them"
                                   : "a cell \"Date of measurement:\", but no column "
                                     "\"" POSITIONS "\"");
    return dlu_detected(scan, out, DLU_DETECT_NO, "no column \"" POSITIONS "\"");
}

/* ---- reading ---- */

typedef struct reader {
    dlu_import_job *job;
    const dlu_sheet *sheet;
    uint32_t header;
    uint32_t plate_col, layout_col; /* 0: none */
} reader;

/* "0s" between header and wells; a first read at 0 s is no kinetic read. */
static bool time_of(const reader *r, const dlu_wells_table *table, size_t i, double *out)
{
    for (uint32_t row = r->header + 1; row < table->at[0]; row++) {
        const dlu_cell *cell = dlu_sheet_at(r->sheet, row, table->lines[i]);
        if (cell && cell->kind == DLU_CELL_TEXT && !strchr(cell->text, 'C') &&
            dlu_cell_seconds(cell, &r->job->scan->numbers, false, out))
            return true;
    }
    return false;
}

/* What the n-th measurement was, from the lines below the data. */
static dlu_measures measures_of(const reader *r, const dlu_wells_table *table, size_t line)
{
    const dlu_scan *scan = r->job->scan;
    const dlu_cell *cell = NULL, *first = NULL;
    uint32_t from = table->end + 1;
    for (size_t i = 0; i <= line; i++) {
        cell = dlu_find_text_in(scan, r->sheet, from, 0, "Measurement mode");
        if (!cell)
            break;
        first = first ? first : cell;
        from = cell->row + 1;
    }
    cell = cell ? cell : first;
    if (cell && strchr(cell->text, ':') && strchr(cell->text, ':')[1])
        return dlu_names_measures(strchr(cell->text, ':'));
    const char *value = dlu_key_value(scan, r->sheet, table->end + 1, 0, "Measurement mode");
    return value ? dlu_names_measures(value) : DLU_MEASURES_UNKNOWN;
}

/* Several labels at the same time are reads of one moment; times count where they differ. */
static bool is_kinetic(const reader *r, const dlu_wells_table *table)
{
    double first = 0, time;
    for (size_t i = 0; i < table->n_lines; i++) {
        if (!time_of(r, table, i, &time))
            return false;
        if (i == 0)
            first = time;
        else if (time != first)
            return true;
    }
    return false;
}

static const char *title_of(const reader *r, uint32_t col)
{
    return dlu_text_trimmed(r->job->arena, dlu_sheet_text(r->sheet, r->header, col));
}

static bool take_lines(const reader *r, dlu_plate_build *plate, const dlu_wells_table *table)
{
    bool kinetic = is_kinetic(r, table);
    size_t n_raw = 0;
    for (size_t i = 0; i < table->n_lines; i++) {
        dlu_taken taken = {.label = title_of(r, table->lines[i])};
        if (!taken.label)
            return false;
        if (table->lines[i] == r->plate_col || table->lines[i] == r->layout_col)
            continue;
        if (!*taken.label && !kinetic)
            taken.refused = "its column has no header: not written by the reader";
        else if (dlu_names_calculated(taken.label))
            taken.calculated = "calculated, not measured";
        taken.measures = measures_of(r, table, n_raw);
        n_raw += !taken.refused && !taken.calculated;
        taken.has_time = kinetic && time_of(r, table, i, &taken.time_s);
        if (!dlu_take_wells(r->job, plate, table, i, &taken))
            return false;
    }
    for (size_t k = 0; r->layout_col && k < table->n_wells; k++)
        if (!dlu_job_sample(
                r->job, plate, table->wells[k],
                dlu_sheet_text(r->sheet, table->at[k], r->layout_col),
                dlu_book_place(r->job->scan->book, r->sheet, table->at[k], r->layout_col)))
            return false;
    return true;
}

/* The rows of one plate, from row k of the table on, moved to the front of `part`. */
static void part_of(const reader *r, const dlu_wells_table *table, const char *plate,
                    dlu_wells_table *part)
{
    part->n_wells = 0;
    for (size_t k = 0; k < table->n_wells; k++) {
        if (strcmp(dlu_sheet_text(r->sheet, table->at[k], r->plate_col), plate) != 0)
            continue;
        part->wells[part->n_wells] = table->wells[k];
        part->at[part->n_wells++] = table->at[k];
    }
}

static bool is_new(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return false;
    return true;
}

static bool take_plates(const reader *r, const dlu_wells_table *table)
{
    DLU_VEC(const char *) names = {0};
    dlu_wells_table part = *table;
    part.wells = dlu_arena_alloc(r->job->arena, table->n_wells, sizeof *part.wells);
    part.at = dlu_arena_alloc(r->job->arena, table->n_wells, sizeof *part.at);
    if (!part.wells || !part.at)
        return false;
    for (size_t k = 0; k < table->n_wells; k++) {
        const char *name = dlu_sheet_text(r->sheet, table->at[k], r->plate_col);
        if (!is_new(names.items, names.n, name))
            continue;
        const char **slot = DLU_VEC_ADD(r->job->arena, &names, DLU_MAX_PLATES + 1);
        dlu_plate_build *plate = slot ? dlu_job_plate(r->job, name) : NULL;
        if (!plate)
            return false;
        *slot = name;
        part_of(r, table, name, &part);
        if (!take_lines(r, plate, &part))
            return false;
    }
    return true;
}

static bool take_sheet(dlu_import_job *job, const dlu_sheet *sheet, const char *name)
{
    dlu_wells_table table;
    uint32_t col;
    reader r = {.job = job, .sheet = sheet, .header = find_header(sheet, 1, &col)};
    if (!r.header)
        return !sheet->n_cells ||
               dlu_job_leave_out(job, dlu_book_place(job->scan->book, sheet, 0, 0),
                                 "no column \"" POSITIONS "\"", "a sheet");
    r.plate_col = dlu_row_column(sheet, r.header, "Plate");
    r.layout_col = dlu_row_column(sheet, r.header, "Layout");
    if (!dlu_list_down(job->scan, sheet, r.header, col, 0, &table))
        return !dlu_arena_failed(job->arena);
    if (r.plate_col)
        return take_plates(&r, &table);
    dlu_plate_build *plate = dlu_job_plate(job, name);
    return plate && take_lines(&r, plate, &table);
}

dlu_status dlu_tecan_magellan_read(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    size_t n = 0;
    uint32_t col;
    for (size_t s = 0; s < book->n_sheets; s++)
        n += find_header(&book->sheets[s], 1, &col) > 0;
    for (size_t s = 0; s < book->n_sheets; s++)
        if (!take_sheet(job, &book->sheets[s],
                        n > 1 && book->sheets[s].name ? book->sheets[s].name : ""))
            return dlu_fail_memory(job->err);
    const dlu_cell *date = dlu_find_text(job->scan, "Date of measurement:", NULL);
    char day[16] = "";
    const char *text = date ? date->text + strlen("Date of measurement:") : "";
    text += strspn(text, " ");
    size_t length = strcspn(text, "/");
    /* "2021-07-08/Time of measurement: ..." */
    if (length == 10 && length < sizeof day)
        memcpy(day, text, length);
    job->date = dlu_export_date(job->arena, day);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
