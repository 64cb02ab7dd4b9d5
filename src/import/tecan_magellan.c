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
 * below. The same turned, or plate grids titled by their label.
 */

#define POSITIONS "Well positions"
#define MOMENT    "Date of measurement:"
#define MODE      "Measurement mode"

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

/* The list below the header, or right of it with a column a well. */
static bool find_list(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t col,
                      dlu_wells_table *out)
{
    if (dlu_wells_across_at(scan, sheet, row, 0, 2, out)) {
        dlu_wells_end_at_gap(out);
        return out->n_lines > 0;
    }
    return dlu_list_down(scan, sheet, row, col, 0, out) && out->n_lines > 0;
}

/* "Raw data", "Label1": the title or the corner of a grid; not a line such as "Unit: RLU". */
static const char *title_of_grid(const dlu_block *block)
{
    const char *title = strstr(block->title, ": ") ? "" : block->title;
    return *title || dlu_text_alike(block->corner, "<>") ? title : block->corner;
}

static bool is_raw(const char *title)
{
    return (dlu_text_starts(title, "Raw data") || dlu_text_starts(title, "Label") ||
            dlu_names_measures(title) || dlu_word_is_channel(title)) &&
           !dlu_names_calculated(title);
}

static const dlu_block *first_grid(const dlu_scan *scan)
{
    for (size_t i = 0; i < scan->n_blocks; i++)
        if (is_raw(title_of_grid(&scan->blocks[i])) && !dlu_grid_refused(&scan->blocks[i]))
            return &scan->blocks[i];
    return NULL;
}

dlu_status dlu_tecan_magellan_detect(const dlu_scan *scan, dlu_detection *out)
{
    dlu_wells_table table;
    uint32_t col;
    bool header = false;
    const dlu_cell *file = dlu_find_text(scan, MOMENT, NULL);
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        uint32_t row = find_header(sheet, 1, &col);
        header = header || row;
        if (!row || !find_list(scan, sheet, row, col, &table))
            continue;
        dlu_place place = dlu_book_place(scan->book, sheet, row, col);
        char at[128];
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a column \"" POSITIONS "\" at %s with %zu wells and values beside it",
                            dlu_place_render(&place, at, sizeof at), table.n_wells);
    }
    out->score = header || file ? 70 : 0;
    const dlu_block *grid = file && !header ? first_grid(scan) : NULL;
    if (grid)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a cell \"" MOMENT "\", and a plate grid \"%s\"", title_of_grid(grid));
    if (header || file)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE, "%s",
                            header ? "a cell \"" POSITIONS "\", but no wells below it with values "
                                     "beside them"
                                   : "a cell \"" MOMENT "\", but neither a column "
                                     "\"" POSITIONS "\" nor a plate grid \"Raw data\" or "
                                     "\"Label1\"");
    return dlu_detected(scan, out, DLU_DETECT_NO, "no column \"" POSITIONS "\"");
}

/* ---- reading ---- */

typedef struct reader {
    dlu_import_job *job;
    const dlu_sheet *sheet;
    const dlu_cell **modes; /* the lines "Measurement mode" of the sheet */
    size_t n_modes;
    uint32_t header;
    uint32_t plate_col, layout_col; /* 0: none */
} reader;

/* "0s" between header and wells; a first read at 0 s is no kinetic read. */
static bool time_of(const reader *r, const dlu_wells_table *table, size_t i, double *out)
{
    for (uint32_t row = r->header + 1; !table->across && row < table->at[0]; row++) {
        const dlu_cell *cell = dlu_sheet_at(r->sheet, row, table->lines[i]);
        if (cell && cell->kind == DLU_CELL_TEXT && !strchr(cell->text, 'C') &&
            dlu_cell_seconds(cell, &r->job->scan->numbers, false, out))
            return true;
    }
    return false;
}

static bool find_modes(reader *r)
{
    DLU_VEC(const dlu_cell *) modes = {0};
    uint32_t from = 1;
    const dlu_cell *cell;
    while ((cell = dlu_find_text_in(r->job->scan, r->sheet, from, 0, MODE))) {
        const dlu_cell **slot = DLU_VEC_ADD(r->job->arena, &modes, DLU_MAX_CELLS);
        if (!slot)
            return false;
        *slot = cell;
        from = cell->row + 1;
    }
    r->modes = modes.items;
    r->n_modes = modes.n;
    return true;
}

/* What the n-th measurement was, from the lines at or below row `from`. */
static dlu_measures measures_below(const reader *r, uint32_t from, size_t line)
{
    size_t low = 0, high = r->n_modes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->modes[middle]->row < from)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == r->n_modes)
        return DLU_MEASURES_UNKNOWN;
    const dlu_cell *cell = r->modes[line < r->n_modes - low ? low + line : low];
    const char *colon = strchr(cell->text, ':');
    if (colon && colon[1])
        return dlu_names_measures(colon);
    const char *value = dlu_key_value(r->job->scan, r->sheet, cell->row, cell->row, MODE);
    return value ? dlu_names_measures(value) : DLU_MEASURES_UNKNOWN;
}

/* The lines of the measurements stand below the data, seldom above. */
static dlu_measures measures_of(const reader *r, uint32_t end, size_t line)
{
    dlu_measures below = measures_below(r, end + 1, line);
    return below ? below : measures_below(r, 1, line);
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

/* The title of line i; of the columns of one kinetic read only the first may have one. */
static const char *title_of(const reader *r, const dlu_wells_table *table, size_t i, bool kinetic)
{
    const char *title = "";
    uint32_t col = table->lines[i];
    if (table->across)
        title = dlu_sheet_text(r->sheet, table->lines[i], dlu_row_first(r->sheet, r->header)->col);
    for (bool more = !table->across; more; col--) {
        title = dlu_sheet_text(r->sheet, r->header, col);
        more = kinetic && dlu_text_is_blank(title) && col > 1;
    }
    return dlu_text_trimmed(r->job->arena, title);
}

/*
 * The label stands on this sheet already, with this well: of another plate, or a copy. Adds the
 * problem; only reads before `n_before` count.
 */
static bool comes_again(const reader *r, const dlu_plate_build *plate, size_t n_before,
                        const char *label, dlu_well well, dlu_place at)
{
    for (size_t i = 0; i < n_before; i++) {
        const dlu_read_build *read = plate->reads.items[i];
        bool same = strcmp(read->read.label, label) == 0;
        for (size_t k = 0; same && k < read->readings.n; k++) {
            if (read->readings.items[k].well != well)
                continue;
            dlu_problem(&r->job->problems, "magellan-again", &at,
                        "give each plate a sheet or a file of its own, or a column \"Plate\"",
                        "expected each label once on a sheet, found \"%s\" again: nothing says "
                        "whether it is another plate",
                        label);
            return true;
        }
    }
    return false;
}

/* The column "Layout"; of a list with a column a well, its row of that name. */
static bool take_samples(const reader *r, dlu_plate_build *plate, const dlu_wells_table *table)
{
    uint32_t row = r->header, col = r->layout_col;
    if (table->across)
        for (row++; row <= table->end + 1; row++)
            if (dlu_row_column(r->sheet, row, "Layout"))
                break;
    if (table->across ? row > table->end + 1 : !col)
        return true;
    for (size_t k = 0; k < table->n_wells; k++) {
        uint32_t at_row = table->across ? row : table->at[k];
        uint32_t at_col = table->across ? table->at[k] : col;
        if (!dlu_job_sample(r->job, plate, table->wells[k],
                            dlu_sheet_text(r->sheet, at_row, at_col),
                            dlu_book_place(r->job->scan->book, r->sheet, at_row, at_col)))
            return false;
    }
    return true;
}

static bool take_lines(const reader *r, dlu_plate_build *plate, const dlu_wells_table *table)
{
    bool kinetic = is_kinetic(r, table);
    size_t n_raw = 0, n_before = plate->reads.n;
    for (size_t i = 0; i < table->n_lines; i++) {
        dlu_taken taken = {.label = title_of(r, table, i, kinetic)};
        if (!taken.label)
            return false;
        if (!table->across && (table->lines[i] == r->plate_col || table->lines[i] == r->layout_col))
            continue;
        if (!*taken.label && !kinetic)
            taken.refused = "its column has no header: not written by the reader";
        else if (dlu_names_calculated(taken.label))
            taken.calculated = "calculated, not measured";
        taken.measures = measures_of(r, table->end, n_raw);
        n_raw += !taken.refused && !taken.calculated;
        taken.has_time = kinetic && time_of(r, table, i, &taken.time_s);
        dlu_place at = dlu_book_place(r->job->scan->book, r->sheet, r->header,
                                      table->across ? 1 : table->lines[i]);
        if (!taken.refused && !taken.calculated &&
            comes_again(r, plate, n_before, taken.label, table->wells[0], at))
            return true;
        if (!dlu_take_wells(r->job, plate, table, i, &taken))
            return false;
    }
    return take_samples(r, plate, table);
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

/* ---- grids ---- */

static bool take_grids(const reader *r, const char *name)
{
    size_t i, to, n_raw = 0;
    const dlu_scan *scan = r->job->scan;
    dlu_plate_build *plate = dlu_job_plate(r->job, name);
    dlu_sheet_blocks(scan, r->sheet, &i, &to);
    for (; plate && i < to; i++) {
        const dlu_block *block = &scan->blocks[i];
        const char *title = title_of_grid(block);
        if (dlu_names_layout(title) && dlu_block_is_layout(block)) {
            if (!dlu_take_layout(r->job, plate, block))
                return false;
            continue;
        }
        dlu_taken taken = {.label = title, .name = title};
        dlu_well well = block->rows[0].letter << 8 | block->first_number;
        dlu_place at =
            dlu_book_place(scan->book, block->sheet, block->header_row, block->first_col);
        if (dlu_names_calculated(title) || dlu_has_word(title, "difference"))
            taken.calculated = "calculated, not measured";
        else if (!is_raw(title))
            taken.refused = "its title is neither \"Raw data\" nor a label";
        else if (comes_again(r, plate, plate->reads.n, title, well, at))
            return true;
        taken.measures = dlu_names_measures(title);
        if (!taken.measures)
            taken.measures = measures_of(r, dlu_block_end(block), n_raw);
        n_raw += !taken.refused && !taken.calculated;
        if (!dlu_take_grid(r->job, plate, block, &taken))
            return false;
    }
    return plate != NULL;
}

/* ---- sheets ---- */

/* One list; *end is its last row. */
static bool take_list(reader *r, uint32_t col, const char *name, uint32_t *end)
{
    dlu_wells_table table;
    *end = r->header;
    r->plate_col = dlu_row_column(r->sheet, r->header, "Plate");
    r->layout_col = dlu_row_column(r->sheet, r->header, "Layout");
    if (!find_list(r->job->scan, r->sheet, r->header, col, &table))
        return !dlu_arena_failed(r->job->arena);
    *end = table.end;
    if (r->plate_col && !table.across)
        return take_plates(r, &table);
    dlu_plate_build *plate = dlu_job_plate(r->job, name);
    return plate && take_lines(r, plate, &table);
}

static bool take_sheet(dlu_import_job *job, const dlu_sheet *sheet, bool grids, const char *name)
{
    uint32_t col, end = 0;
    size_t from, to;
    reader r = {.job = job, .sheet = sheet, .header = find_header(sheet, 1, &col)};
    dlu_sheet_blocks(job->scan, sheet, &from, &to);
    if (!find_modes(&r))
        return false;
    if (!r.header && grids && from < to)
        return take_grids(&r, name);
    if (!r.header)
        return !sheet->n_cells ||
               dlu_job_leave_out(job, dlu_book_place(job->scan->book, sheet, 0, 0),
                                 "no column \"" POSITIONS "\"", "a sheet");
    for (; r.header; r.header = find_header(sheet, end + 1, &col))
        if (!take_list(&r, col, name, &end))
            return false;
    return true;
}

dlu_status dlu_tecan_magellan_read(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    size_t n = 0, from, to;
    uint32_t col;
    for (size_t s = 0; s < book->n_sheets; s++)
        n += find_header(&book->sheets[s], 1, &col) > 0;
    bool grids = n == 0; /* a file of lists may have grids of people beside them */
    for (size_t s = 0; grids && s < book->n_sheets; s++) {
        dlu_sheet_blocks(job->scan, &book->sheets[s], &from, &to);
        n += from < to;
    }
    for (size_t s = 0; s < book->n_sheets; s++)
        if (!take_sheet(job, &book->sheets[s], grids,
                        n > 1 && book->sheets[s].name ? book->sheets[s].name : ""))
            return dlu_fail_memory(job->err);
    const dlu_cell *date = dlu_find_text(job->scan, MOMENT, NULL);
    char day[16] = "";
    const char *text = date ? date->text + strlen(MOMENT) : "";
    text += strspn(text, " ");
    size_t length = strcspn(text, "/");
    /* "2021-07-08/Time of measurement: ..." */
    if (length == 10 && length < sizeof day)
        memcpy(day, text, length);
    job->date = dlu_export_date(job->arena, day);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
