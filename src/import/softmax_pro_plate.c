/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/softmax_pro.h"
#include "import/wells_table.h"

#define MAX_GRIDS 64u

static const char reduced[] = "reduced by the software from the raw lines";

static bool is_timed(const dlu_softmax_section *section)
{
    return !dlu_text_alike(section->kind, "Endpoint");
}

/* What the first cells of a line say of its read: a time, or a wavelength. */
static bool head_of(dlu_import_job *job, const dlu_softmax_section *section, const dlu_cell *cell,
                    dlu_taken *taken, const char **light)
{
    *light = NULL;
    if (dlu_text_alike(section->kind, "Spectrum"))
        *light = cell ? dlu_text_trimmed(job->arena, cell->text) : "";
    else if (cell && dlu_cell_seconds(cell, &job->scan->numbers, false, &taken->time_s))
        taken->has_time = true;
    return !dlu_text_alike(section->kind, "Spectrum") || *light;
}

/* ---- PlateFormat ---- */

typedef struct plate_format {
    dlu_import_job *job;
    const dlu_softmax_section *section;
    uint32_t header;
    uint32_t n_rows, n_cols; /* of the plate */
    uint32_t first[MAX_GRIDS];
    size_t n_grids;   /* side by side */
    uint32_t copy;    /* row of the header of the reduced copy, or 0 */
    uint32_t raw_end; /* first row that is no raw line */
} plate_format;

static uint32_t rows_of(uint32_t n_cols)
{
    static const uint32_t usual[] = {3, 4, 6, 12, 24, 48};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i] == n_cols)
            return n_cols / 3 * 2;
    return n_cols == 8 ? 6 : 0;
}

/* Header runs of a row: columns 1, 2, 3, ... of the plate, once or several times. */
static bool find_runs(plate_format *p, uint32_t row)
{
    uint32_t n, length;
    const dlu_cell *cells = dlu_sheet_row_cells(p->section->sheet, row, &n);
    p->n_grids = 0;
    for (uint32_t i = 0; i < n; i += length ? length : 1) {
        long first;
        length = dlu_column_run(cells + i, n - i, &first);
        if (length < 3 || first != 1)
            continue;
        if (p->n_grids == MAX_GRIDS || (p->n_grids && length != p->n_cols))
            return false;
        p->first[p->n_grids++] = cells[i].col;
        p->n_cols = length;
    }
    p->n_rows = rows_of(p->n_cols);
    return p->n_grids > 0 && p->n_rows > 0;
}

/* Header of the reduced copy: the column numbers alone. */
static bool is_copy_header(const plate_format *p, uint32_t row)
{
    uint32_t n;
    long first;
    const dlu_cell *cells = dlu_sheet_row_cells(p->section->sheet, row, &n);
    while (n && dlu_text_is_blank(cells->text)) {
        cells++;
        n--;
    }
    uint32_t length = n ? dlu_column_run(cells, n, &first) : 0;
    return length && first == 1 && (p->n_grids ? length == p->n_cols : rows_of(length) > 0);
}

static bool has_values(const plate_format *p, uint32_t row)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(p->section->sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col >= p->first[0] && !dlu_text_is_blank(cells[i].text))
            return true;
    return false;
}

static size_t count_sets(const plate_format *p)
{
    size_t n = 0;
    if (!is_timed(p->section))
        return 1;
    for (uint32_t row = p->header + 1; row < p->raw_end; row++)
        n += !dlu_text_is_blank(dlu_sheet_text(p->section->sheet, row, 1));
    return n;
}

/*
 * The first row of set k, 0 where it cannot be told. Rows have no letters and unread ones are
 * empty: either the lines are as many as the software writes, an empty one after each set, or each
 * set is a run of as many filled rows as the plate has.
 */
static uint32_t set_begins(const plate_format *p, size_t n_sets, size_t k)
{
    size_t lines = p->raw_end - p->header - 1, each = p->n_rows + 1;
    uint32_t begins = p->header + 1 + (uint32_t)(k * each);
    bool whole = lines == n_sets * each;
    for (size_t i = 0; whole && i < n_sets; i++) {
        whole = !has_values(p, p->header + (uint32_t)((i + 1) * each));
    }
    if (whole)
        return begins;
    size_t seen = 0;
    for (uint32_t row = p->header + 1; row < p->raw_end; row++) {
        uint32_t n = 0;
        while (row + n < p->raw_end && has_values(p, row + n))
            n++;
        if (n && n != p->n_rows)
            return 0;
        if (n && seen++ == k)
            begins = row;
        row += n;
    }
    return seen == n_sets ? begins : 0;
}

static bool is_under_column(const plate_format *p, uint32_t col)
{
    for (size_t g = 0; g < p->n_grids; g++)
        if (col >= p->first[g] && col < p->first[g] + p->n_cols)
            return true;
    return col < p->first[0]; /* time and temperature */
}

/* True where a line of a set has a value under no column number: its wells have moved. */
static bool has_moved(const plate_format *p, uint32_t begins)
{
    for (uint32_t row = begins; row < begins + p->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(p->section->sheet, row, &n);
        for (uint32_t i = 0; i < n; i++) {
            dlu_value_kind kind = dlu_value_of(&cells[i], &p->job->scan->numbers).kind;
            if (kind == DLU_VALUE_NONE || kind == DLU_VALUE_TEXT ||
                is_under_column(p, cells[i].col))
                continue; /* words are somebody's remark */
            dlu_place at = dlu_book_place(p->job->scan->book, p->section->sheet, row, cells[i].col);
            dlu_problem(&p->job->problems, "softmax-columns", &at,
                        "use the file as SoftMax Pro wrote it: columns were put in or taken out",
                        "expected nothing right of column %u of the plate, found \"%s\"",
                        (unsigned)p->n_cols, cells[i].text);
            return true;
        }
    }
    return false;
}

static bool take_set(const plate_format *p, uint32_t row, const char *why)
{
    const dlu_softmax_section *section = p->section;
    for (size_t g = 0; g < p->n_grids; g++) {
        dlu_block block;
        dlu_taken taken = {.measures = section->measures, .calculated = why, .neighbours = true};
        const char *light = NULL;
        if (!dlu_block_known(section->sheet, &p->job->scan->numbers, p->job->arena, row,
                             p->first[g], p->n_rows, p->n_cols, &block))
            return false;
        if (!why && is_timed(section) &&
            !head_of(p->job, section, dlu_sheet_at(section->sheet, row, 1), &taken, &light))
            return false;
        taken.label = dlu_softmax_label(p->job->scan, section, g, light);
        taken.name = why ? "reduced" : NULL;
        if (!taken.label || !dlu_take_grid(p->job, section->plate, &block, &taken))
            return false;
    }
    return true;
}

static void say_rows(const plate_format *p, size_t n_sets)
{
    dlu_place at = dlu_book_place(p->job->scan->book, p->section->sheet, p->header, p->first[0]);
    size_t n = 0;
    for (uint32_t row = p->header + 1; row < p->raw_end; row++)
        n += has_values(p, row);
    dlu_problem(&p->job->problems, "softmax-rows", &at,
                "use the file as SoftMax Pro wrote it; its rows have no letters, so that a line "
                "too few or too many would move the wells",
                "expected %zu lines below the column numbers (%u rows, also those that were not "
                "read, and an empty line), found %u, %zu of them filled",
                n_sets * (p->n_rows + 1), (unsigned)p->n_rows,
                (unsigned)(p->raw_end - p->header - 1), n);
}

static uint32_t find_header(const dlu_softmax_section *section, const dlu_scan *scan)
{
    const dlu_cell *cell =
        dlu_find_text_in(scan, section->sheet, section->row + 1, section->end, "Temperature");
    return cell ? cell->row : 0;
}

/* "first column, number of columns, wells" of the line "Plate:"; the columns of that plate, or 0.
 */
static uint32_t columns_told(const dlu_softmax_section *section)
{
    static const long plates[][2] = {{6, 3},   {12, 4},   {24, 6},   {48, 8},
                                     {96, 12}, {384, 24}, {1536, 48}};
    uint32_t n;
    long first, n_read, wells;
    const dlu_cell *cells = dlu_sheet_row_cells(section->sheet, section->row, &n);
    for (uint32_t i = 2; i < n; i++) {
        if (!dlu_text_integer(cells[i - 2].text, 1, 48, &first) ||
            !dlu_text_integer(cells[i - 1].text, 1, 48, &n_read) ||
            !dlu_text_integer(cells[i].text, 6, 1536, &wells))
            continue;
        for (size_t k = 0; k < sizeof plates / sizeof *plates; k++)
            if (plates[k][0] == wells && first + n_read - 1 <= plates[k][1])
                return (uint32_t)plates[k][1];
    }
    return 0;
}

/*
 * Old versions write no column numbers: the values stand right of the temperature, which is alone
 * in its column.
 */
static bool find_bare(plate_format *p)
{
    const dlu_softmax_section *section = p->section;
    uint32_t n, n_cols = columns_told(section), row = section->row + 1;
    const dlu_cell *cells = dlu_sheet_row_cells(section->sheet, row, &n);
    while (n && dlu_text_is_blank(cells->text)) {
        cells++;
        n--;
    }
    size_t n_lights = dlu_softmax_lights(section);
    if (is_timed(section) || !n || !n_cols || n_lights > MAX_GRIDS)
        return false;
    uint32_t temperature = cells->col;
    while (++row <= section->end)
        if (!dlu_text_is_blank(dlu_sheet_text(section->sheet, row, temperature)))
            return false;
    p->header = section->row;
    p->n_cols = n_cols;
    p->n_rows = rows_of(n_cols);
    for (size_t g = 0; g < n_lights; g++)
        p->first[p->n_grids++] = temperature + 1 + (uint32_t)g * (n_cols + 1);
    return true;
}

/* Lines below "Plate:" that nothing tells the columns of. */
static void say_no_header(dlu_import_job *job, const dlu_softmax_section *section)
{
    uint32_t n = 0, row = section->row;
    while (row < section->end && !n)
        dlu_sheet_row_cells(section->sheet, ++row, &n);
    dlu_place at = dlu_book_place(job->scan->book, section->sheet, row, 1);
    if (n)
        dlu_problem(&job->problems, "softmax-header", &at,
                    "export the file again from SoftMax Pro, with column headers",
                    "expected a line \"Temperature\" with the columns or wells of the plate below "
                    "\"Plate:\", found none");
}

static bool take_copy(plate_format *p)
{
    if (!p->copy || !find_runs(p, p->copy) || p->copy + 1 > p->section->end)
        return true;
    return take_set(p, p->copy + 1, reduced);
}

bool dlu_softmax_plate_format(dlu_import_job *job, const dlu_softmax_section *section)
{
    plate_format p = {.job = job, .section = section, .header = find_header(section, job->scan)};
    if (p.header && !find_runs(&p, p.header))
        p.header = p.n_grids = 0;
    uint32_t row = p.header ? p.header + 1 : section->row + 1;
    while (row <= section->end && !is_copy_header(&p, row))
        row++;
    p.copy = row <= section->end ? row : 0;
    p.raw_end = row;
    if (!p.header && !p.copy && !find_bare(&p))
        say_no_header(job, section);
    size_t n_sets = p.header ? count_sets(&p) : 0;
    for (size_t k = 0; k < n_sets; k++) {
        uint32_t begins = set_begins(&p, n_sets, k);
        if (!begins) {
            say_rows(&p, n_sets);
            return true;
        }
        if (has_moved(&p, begins))
            return true;
        if (!take_set(&p, begins, NULL))
            return false;
    }
    return take_copy(&p);
}

/* ---- TimeFormat ---- */

static bool take_line(dlu_import_job *job, const dlu_softmax_section *section,
                      const dlu_wells_table *table, size_t i, size_t light_no)
{
    dlu_taken taken = {.measures = section->measures};
    const char *light = NULL;
    if (is_timed(section) && !head_of(job, section, dlu_wells_head(table, i, 1), &taken, &light))
        return false;
    taken.label = dlu_softmax_label(job->scan, section, light_no, light);
    return taken.label && dlu_take_wells(job, section->plate, table, i, &taken);
}

static bool begins_again(const dlu_scan *scan, const dlu_wells_table *table, size_t i)
{
    double now, before;
    return i && dlu_cell_seconds(dlu_wells_head(table, i, 1), &scan->numbers, false, &now) &&
           dlu_cell_seconds(dlu_wells_head(table, i - 1, 1), &scan->numbers, false, &before) &&
           now <= before;
}

static bool take_reduced(dlu_import_job *job, const dlu_softmax_section *section,
                         const dlu_wells_table *table, size_t i)
{
    dlu_taken taken = {.label = section->label,
                       .name = "reduced",
                       .calculated = reduced,
                       .measures = section->measures};
    return dlu_take_wells(job, section->plate, table, i, &taken);
}

/* A read begins with the temperature; its reduced copy may follow without a header of its own. */
static bool is_reduced_line(const dlu_softmax_section *section, const dlu_wells_table *table,
                            size_t i)
{
    const uint32_t temperature = 2;
    return i && !is_timed(section) &&
           !dlu_text_is_blank(dlu_sheet_text(section->sheet, table->lines[0], temperature)) &&
           dlu_text_is_blank(dlu_sheet_text(section->sheet, table->lines[i], temperature));
}

bool dlu_softmax_time_format(dlu_import_job *job, const dlu_softmax_section *section)
{
    const dlu_scan *scan = job->scan;
    dlu_wells_table table = {0};
    uint32_t header = find_header(section, scan), row = section->row + 1;
    size_t light = 0;
    if (header && dlu_wells_across_at(scan, section->sheet, header, section->end, 1, &table)) {
        for (size_t i = 0; i < table.n_lines; i++) {
            bool timed = dlu_text_alike(section->kind, "Kinetic");
            light += timed ? begins_again(scan, &table, i) : i > 0;
            if (!(is_reduced_line(section, &table, i) ? take_reduced(job, section, &table, i)
                                                      : take_line(job, section, &table, i, light)))
                return false;
        }
        row = table.end + 1;
    }
    if (row <= section->end && dlu_wells_across(scan, section->sheet, row, section->end, 1, &table))
        for (size_t i = 0; i < table.n_lines; i++)
            if (!take_reduced(job, section, &table, i))
                return false;
    return !dlu_arena_failed(scan->arena);
}

/* ---- names ---- */

static dlu_plate_build *plate_named(dlu_import_job *job, const char *name)
{
    for (size_t i = 0; i < job->plates.n; i++)
        if (!strcmp(job->plates.items[i]->plate.name, name))
            return job->plates.items[i];
    return NULL;
}

bool dlu_softmax_group(dlu_import_job *job, const dlu_sheet *sheet, uint32_t row, uint32_t end,
                       dlu_plate_build *plate)
{
    if (row >= end)
        return true;
    const dlu_cell *sample = dlu_row_cell(sheet, row, "Sample");
    const dlu_cell *wells = dlu_row_cell(sheet, row, "Wells");
    const dlu_cell *plates = dlu_row_cell(sheet, row, "WellPlateName");
    const char *name = "";
    dlu_well well;
    wells = wells ? wells : dlu_row_cell(sheet, row, "Well");
    for (row++; sample && wells && row <= end; row++) {
        const char *text = dlu_sheet_text(sheet, row, sample->col);
        if (!dlu_text_is_blank(text))
            name = text;
        if (!dlu_well_parse(dlu_sheet_text(sheet, row, wells->col), &well) ||
            well >= DLU_WELL_TABLE_ROW)
            continue;
        dlu_plate_build *its =
            plates ? plate_named(job, dlu_sheet_text(sheet, row, plates->col)) : NULL;
        its = its ? its : plate;
        if (its && !dlu_job_sample(job, its, well, name,
                                   dlu_book_place(job->scan->book, sheet, row, wells->col)))
            return false;
    }
    return true;
}
