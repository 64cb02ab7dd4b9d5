/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/bmg.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"

/*
 * Exports of BMG LABTECH's MARS and SMART Control. One run is often exported several times in one
 * workbook: as plate grids, as a list and as a table over all cycles. Only one of these is read.
 */

#define MAX_TABLES 1000u

/* Which of the copies of a run to take. */
typedef enum source { SOURCE_NONE, SOURCE_GRIDS, SOURCE_TABLES } source;

/* A run of the file and the name of its plate. */
typedef struct run {
    const char *number;
    const char *plate;
} run;

typedef struct reader {
    dlu_import_job *job;
    DLU_VEC(dlu_bmg_table) tables;
    DLU_VEC(run) runs;
    source source;
    bool several;      /* runs, each a plate */
    bool means;        /* of well scans are the rawest that the file has */
    const char *first; /* of the runs */
} reader;

static size_t count_raw_grids(const dlu_scan *scan, bool means)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_blocks; i++)
        n += dlu_bmg_kind_of(scan->blocks[i].title, means) == DLU_BMG_RAW;
    return n;
}

/* ---- which run, what it measures ---- */

/* The last cell of the sheet above a row that begins with one of the words; NULL where none. */
static const dlu_cell *last_above(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                                  const char *const *words, size_t n_words)
{
    const dlu_cell *last = NULL;
    for (size_t k = 0; k < n_words; k++) {
        const dlu_cell *cell;
        for (uint32_t from = 1; from <= row; from = cell->row + 1) {
            cell = dlu_find_text_in(scan, sheet, from, row, words[k]);
            if (!cell)
                break;
            if (!last || cell->row > last->row)
                last = cell;
        }
    }
    return last;
}

/* The run that values in this row belong to: its number where the sheet gives it, or "". */
static const char *run_above(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row)
{
    static const char *const keys[] = {"Test run no.:", "Test ID:"};
    const dlu_cell *cell = last_above(scan, sheet, row, keys, 2);
    const char *name = cell ? cell->text : sheet->name;
    return name ? name : "";
}

static dlu_measures measures_above(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row)
{
    static const char *const modes[] = {"Luminescence", "Absorbance", "Fluorescence",
                                        "Time resolved fluorescence", "Fluorescence polarization"};
    const size_t n = sizeof modes / sizeof *modes;
    const dlu_cell *cell = last_above(scan, sheet, row, modes, n);
    for (size_t s = 0; !cell && s < scan->book->n_sheets; s++)
        cell = last_above(scan, &scan->book->sheets[s], 60, modes, n);
    return cell ? dlu_names_measures(cell->text) : DLU_MEASURES_UNKNOWN;
}

/* The user's ID that begins with "Plate", else the run; both where two runs have the same. */
static const char *name_plate(const reader *r, const dlu_sheet *sheet, uint32_t row,
                              const char *number)
{
    static const char *const ids[] = {"ID1: Plate", "ID2: Plate", "ID3: Plate"};
    const dlu_cell *id = last_above(r->job->scan, sheet, row, ids, 3);
    const char *name = id ? dlu_text_trimmed(r->job->arena, id->text + strlen("ID1:")) : number;
    for (size_t i = 0; name && i < r->runs.n; i++)
        if (strcmp(r->runs.items[i].plate, name) == 0)
            return dlu_arena_printf(r->job->arena, "%s (%s)", name, number);
    return name;
}

static dlu_plate_build *plate_of(reader *r, const dlu_sheet *sheet, uint32_t row)
{
    if (!r->several)
        return dlu_job_plate(r->job, "");
    const char *number = run_above(r->job->scan, sheet, row);
    for (size_t i = 0; i < r->runs.n; i++)
        if (strcmp(r->runs.items[i].number, number) == 0)
            return dlu_job_plate(r->job, r->runs.items[i].plate);
    const char *plate = name_plate(r, sheet, row, number);
    run *slot = plate ? DLU_VEC_ADD(r->job->arena, &r->runs, MAX_TABLES) : NULL;
    if (!slot)
        return NULL;
    *slot = (run){number, plate};
    return dlu_job_plate(r->job, plate);
}

/* ---- grids ---- */

/* "Cycle 2 (0 min 38 s)" above the grid and below the grid of the cycle before. */
static void cycle_time(const dlu_scan *scan, const dlu_block *block, dlu_taken *taken)
{
    static const char *const words[] = {"Cycle 1", "Cycle 2", "Cycle 3", "Cycle 4", "Cycle 5",
                                        "Cycle 6", "Cycle 7", "Cycle 8", "Cycle 9"};
    const dlu_cell *cell =
        last_above(scan, block->sheet, block->header_row, words, sizeof words / sizeof *words);
    const char *open = cell ? strchr(cell->text, '(') : NULL;
    char text[64];
    size_t n = open ? strcspn(open + 1, ")-") : 0;
    if (n < sizeof text && n) {
        memcpy(text, open + 1, n);
        text[n] = '\0';
        taken->has_time = dlu_bmg_seconds(text, 0, &taken->time_s);
    }
    if (cell && !taken->has_time &&
        dlu_find_text(scan, "Cycle 2", NULL)) /* two cycles would look like two luciferases */
        taken->refused = "expected the time of its cycle, such as \"Cycle 2 (0 min 38 s)\", "
                         "found none";
}

/* The names in a table are longer than those of a layout, and would contradict them. */
static bool has_contents(const reader *r)
{
    bool has = false;
    for (size_t i = 0; i < r->tables.n; i++)
        has = has || r->tables.items[i].content;
    return has;
}

static bool take_grid(reader *r, const dlu_block *block)
{
    const dlu_scan *scan = r->job->scan;
    dlu_bmg_title kind = dlu_bmg_kind_of(block->title, r->means);
    dlu_plate_build *plate = plate_of(r, block->sheet, block->header_row);
    dlu_taken taken = {.label = dlu_bmg_label(r->job->arena, block->title),
                       .measures = measures_above(scan, block->sheet, block->header_row)};
    if (!plate || !taken.label)
        return false;
    if (kind == DLU_BMG_OTHER && dlu_names_layout(block->title) && dlu_block_is_layout(block) &&
        !has_contents(r))
        return dlu_take_layout(r->job, plate, block);
    if (kind == DLU_BMG_RAW || kind == DLU_BMG_CALCULATED)
        cycle_time(scan, block, &taken);
    if (kind == DLU_BMG_OTHER)
        taken.refused = "its title is not \"Raw Data\"";
    else if (kind == DLU_BMG_SPECTRUM)
        taken.refused = "a scan over wavelengths, not light of a luciferase";
    else if (r->source == SOURCE_TABLES)
        taken.refused = "the same run is read from its table";
    else if (kind == DLU_BMG_CALCULATED)
        taken.calculated = "calculated by MARS, not measured";
    return dlu_take_grid(r->job, plate, block, &taken);
}

/* ---- tables ---- */

static bool has_raw(const dlu_bmg_table *table)
{
    for (size_t i = 0; i < table->wells.n_lines; i++)
        if (dlu_bmg_kind_of(dlu_bmg_line_title(table, i), table->means) == DLU_BMG_RAW &&
            !dlu_bmg_is_point(table, i))
            return true;
    return false;
}

/* Neither a raw grid nor a raw line of a table. */
static bool has_means_only(const reader *r)
{
    bool raw = count_raw_grids(r->job->scan, false) > 0;
    for (size_t i = 0; i < r->tables.n && !raw; i++)
        raw = has_raw(&r->tables.items[i]);
    return !raw;
}

static bool find_tables(reader *r)
{
    const dlu_scan *scan = r->job->scan;
    dlu_bmg_table table;
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        for (uint32_t from = 1; dlu_bmg_find_table(scan, sheet, from, &table);
             from = table.wells.end + 1) {
            dlu_bmg_table *slot = DLU_VEC_ADD(r->job->arena, &r->tables, MAX_TABLES);
            if (!slot)
                return r->tables.n >= MAX_TABLES;
            *slot = table;
        }
    }
    return !dlu_arena_failed(scan->arena);
}

/* A list and a table across may be of one run, too: the first kind in the file is read. */
static bool take_table(reader *r, const dlu_bmg_table *table)
{
    const dlu_scan *scan = r->job->scan;
    const dlu_wells_table *wells = &table->wells;
    const dlu_bmg_table *first = &r->tables.items[0];
    dlu_plate_build *plate = plate_of(r, wells->sheet, wells->header);
    if (!plate)
        return false;
    if (r->source == SOURCE_TABLES && wells->across == first->wells.across)
        return dlu_bmg_take_table(r->job, plate, table,
                                  measures_above(scan, wells->sheet, wells->header));
    dlu_place at = dlu_book_place(scan->book, wells->sheet, wells->header, wells->first);
    if (r->source == SOURCE_GRIDS)
        dlu_bmg_compare(r->job, plate, table);
    return (r->source == SOURCE_TABLES || dlu_bmg_take_content(r->job, plate, table)) &&
           dlu_job_leave_out(
               r->job, at,
               r->source == SOURCE_TABLES
                   ? "the same run is read from another table"
                   : "the same run is read from its grids; its names are taken as samples",
               "a table of %zu wells", wells->n_wells);
}

/* Runs differ where their numbers do; without numbers, a sheet is a run. */
static void see_run(reader *r, const dlu_sheet *sheet, uint32_t row)
{
    const char *number = run_above(r->job->scan, sheet, row);
    if (!r->first)
        r->first = number;
    r->several = r->several || strcmp(number, r->first) != 0;
}

static void plan(reader *r)
{
    const dlu_scan *scan = r->job->scan;
    r->means = has_means_only(r);
    for (size_t i = 0; i < r->tables.n; i++)
        r->tables.items[i].means = r->means;
    bool grids = count_raw_grids(scan, r->means) > 0, timed = false, tables = false;
    for (size_t i = 0; i < r->tables.n; i++) {
        bool raw = has_raw(&r->tables.items[i]);
        tables = tables || raw;
        timed = timed || (raw && r->tables.items[i].time);
    }
    r->source = grids && !timed         ? SOURCE_GRIDS
                : tables || r->tables.n ? SOURCE_TABLES
                                        : SOURCE_NONE;
    for (size_t i = 0; r->source == SOURCE_GRIDS && i < scan->n_blocks; i++)
        if (dlu_bmg_kind_of(scan->blocks[i].title, r->means) == DLU_BMG_RAW)
            see_run(r, scan->blocks[i].sheet, scan->blocks[i].header_row);
    for (size_t i = 0; r->source == SOURCE_TABLES && i < r->tables.n; i++)
        see_run(r, r->tables.items[i].wells.sheet, r->tables.items[i].wells.header);
}

dlu_status dlu_bmg_read(dlu_import_job *job)
{
    reader r = {.job = job};
    bool ok = find_tables(&r);
    plan(&r);
    for (size_t i = 0; ok && i < job->scan->n_blocks; i++)
        ok = take_grid(&r, &job->scan->blocks[i]);
    for (size_t i = 0; ok && i < r.tables.n; i++)
        ok = take_table(&r, &r.tables.items[i]);
    if (!ok)
        return dlu_fail_memory(job->err);
    const dlu_cell *date = dlu_find_text(job->scan, "Date:", NULL);
    job->date = date ? dlu_export_date(job->arena, date->text + strlen("Date:")) : "";
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
