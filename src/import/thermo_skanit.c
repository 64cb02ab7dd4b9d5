/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/export_date.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"
#include "import/well_list.h"

/*
 * SkanIt of the Varioskan, Luminoskan and Fluoroskan: a sheet a step of the session. Measurements
 * and calculations look alike, so words tell them apart: what the corner of the grid names, and
 * whether the step says from which step it was computed.
 */

typedef enum heading { NONE, WAVELENGTH } heading;

static const dlu_heading headings[] = {
    {"Wavelength", WAVELENGTH}, {"Excitation", WAVELENGTH}, {"Emission", WAVELENGTH}};

#define TITLE_ROWS   12u
#define SESSION_ROWS 3u

static bool is_session(const char *text)
{
    size_t n = strlen(text);
    return n > 5 && dlu_text_same(text + n - 5, ".skax");
}

/*
 * A sheet of results: "Measurement results" in its first cell or, as that is written in the
 * language of the program, its session below the first cell.
 */
static bool is_results(const dlu_sheet *sheet)
{
    bool is = dlu_text_alike(dlu_sheet_text(sheet, 1, 1), "Measurement results");
    for (uint32_t row = 2; !is && row <= SESSION_ROWS && row <= sheet->n_rows; row++)
        is = is_session(dlu_sheet_text(sheet, row, 1));
    return is;
}

static bool is_kept_with(const dlu_scan *scan)
{
    static const char *const words[] = {"SkanIt", "Autoloading range", "Report generated with SW"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_find_text(scan, words[i], NULL))
            return true;
    for (size_t i = 0; i < scan->n_words; i++)
        if (is_session(scan->words[i].cell->text))
            return true;
    return false;
}

dlu_status dlu_thermo_skanit_detect(const dlu_scan *scan, dlu_detection *out)
{
    bool results = false, kept = is_kept_with(scan);
    for (size_t s = 0; s < scan->book->n_sheets; s++)
        results = results || is_results(&scan->book->sheets[s]);
    out->score = results ? kept ? 100 : 60 : kept ? 40 : 0;
    if (results && kept)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a sheet begins with \"Measurement results\" or its session, and the "
                            "session is one of SkanIt");
    if (results)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "a sheet begins with \"Measurement results\", but nothing names a "
                            "session of SkanIt (\".skax\", \"Autoloading range\")");
    return dlu_detected(scan, out, kept ? DLU_DETECT_MAYBE : DLU_DETECT_NO,
                        "no sheet begins with \"Measurement results\"%s",
                        kept ? ", though the file names SkanIt" : "");
}

/* The name of the step: of the first rows, the first that is none of the session's own lines. */
static const char *step_of(const dlu_scan *scan, const dlu_sheet *sheet)
{
    unsigned n = 0;
    for (uint32_t row = 2; row <= TITLE_ROWS && row <= sheet->n_rows; row++) {
        const char *text = dlu_sheet_text(sheet, row, 1);
        if (dlu_text_is_blank(text)) {
            n++;
            continue;
        }
        if (n) /* a blank line parts the session from the step */
            return dlu_text_trimmed(scan->arena, text);
    }
    return dlu_text_trimmed(scan->arena, sheet->name ? sheet->name : "");
}

static bool is_unit(const char *text)
{
    static const char *const units[] = {"RLU", "Abs", "RFU", "Counts", "CPS", "OD", "%T", "mP"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (dlu_text_alike(text, units[i]))
            return true;
    return false;
}

/* Why the values of a grid or list below `unit` are no measurement, or NULL. */
static const char *computed(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t header,
                            const char *unit, const char *step)
{
    if (dlu_find_text_in(scan, sheet, 1, header, "Source step"))
        return "computed from another step";
    if (dlu_names_calculated(step) || dlu_names_calculated(unit))
        return "calculated, not measured";
    return is_unit(unit) || dlu_names_measures(step) ? NULL
                                                     : "its corner names no unit of a measurement";
}

/* The name of the plate stands alone above its grids, below the wavelength. */
static const char *plate_of(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                            uint32_t header)
{
    for (uint32_t row = header - 1; row > from && row + TITLE_ROWS > header; row--) {
        const char *text = dlu_sheet_text(sheet, row, 1);
        if (!dlu_text_is_blank(text))
            return dlu_text_trimmed(scan->arena, text);
    }
    return "";
}

typedef struct reader {
    dlu_import_job *job;
    dlu_headings above;
    const dlu_sheet *sheet; /* of the last grid, and that grid's last row */
    uint32_t end;
    const char *step;
    dlu_plate_build *plate;
} reader;

static const char *label_of(reader *r)
{
    dlu_arena *arena = r->job->arena;
    if (r->above.is != WAVELENGTH || dlu_text_alike(r->above.text, "Wavelength: 0 nm") ||
        dlu_word_is_channel(r->step))
        return r->step;
    const char *wavelength = dlu_text_trimmed(arena, r->above.text);
    return wavelength ? dlu_arena_printf(arena, "%s, %s", r->step, wavelength) : NULL;
}

static bool enter_plate(reader *r, const dlu_sheet *sheet, uint32_t header)
{
    uint32_t from = r->end;
    dlu_heading_above(&r->above, sheet, header);
    if (r->above.cell && r->above.cell->row > from)
        from = r->above.cell->row;
    const char *name = plate_of(r->job->scan, sheet, from, header);
    if (name && !strcmp(name, r->step))
        name = "";
    if (name && (*name || !r->plate))
        r->plate = dlu_job_plate(r->job, name);
    return name && r->plate;
}

static bool enter_sheet(reader *r, const dlu_sheet *sheet)
{
    if (sheet == r->sheet)
        return true;
    r->sheet = sheet;
    r->plate = NULL;
    r->end = 1;
    r->step = step_of(r->job->scan, sheet);
    const char *date = dlu_export_date(r->job->arena, dlu_sheet_text(sheet, 3, 1));
    if (date && !*r->job->date)
        r->job->date = date;
    return r->step && date;
}

/* "Sample" in the language of the program: the first grid of words below the plate's values. */
static bool names_samples(const reader *r, const dlu_block *block)
{
    return r->plate && !r->plate->samples.n && block->label_col == 1 && dlu_block_is_layout(block);
}

static bool take_block(reader *r, const dlu_block *block)
{
    dlu_import_job *job = r->job;
    const dlu_sheet *sheet = block->sheet;
    if (!enter_sheet(r, sheet))
        return false;
    bool groups = dlu_text_alike(block->corner, "Group");
    bool samples = dlu_text_alike(block->corner, "Sample") || (!groups && names_samples(r, block));
    if (!samples && !groups && !enter_plate(r, sheet, block->header_row))
        return false;
    r->end = dlu_block_end(block);
    dlu_block named = *block;
    named.title = block->corner;
    if (samples && r->plate)
        return dlu_take_layout(job, r->plate, &named);
    dlu_taken taken = {.label = label_of(r),
                       .name = dlu_block_is_layout(block) ? block->corner : r->step};
    if (!taken.label)
        return false;
    taken.refused = samples || groups ? "names of wells" : NULL;
    taken.calculated = computed(job->scan, sheet, block->header_row, block->corner, r->step);
    taken.measures = dlu_names_measures(block->corner);
    if (!taken.measures)
        taken.measures = dlu_names_measures(r->step);
    return dlu_take_grid(job, r->plate, block, &taken);
}

/* ---- lists: "Well", "Sample", "RLU" ---- */

static bool has_well_twice(const dlu_scan *scan, const dlu_wells_table *list)
{
    bool *seen = dlu_arena_alloc(scan->arena, DLU_WELL_MAX_ROWS << 8, sizeof *seen);
    for (size_t i = 0; seen && i < list->n_wells; i++) {
        if (seen[list->wells[i]])
            return true;
        seen[list->wells[i]] = true;
    }
    return false;
}

/* The next list of a sheet that measures: its header names wells and, in `*unit`, a unit. */
static bool find_list(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, size_t *unit,
                      dlu_wells_table *out)
{
    for (uint32_t row = from; row <= sheet->n_rows; row++) {
        uint32_t col = dlu_row_column(sheet, row, "Well");
        if (!col || !dlu_list_down(scan, sheet, row, col, 0, out) || has_well_twice(scan, out))
            continue;
        for (*unit = 0; *unit < out->n_lines; ++*unit)
            if (is_unit(dlu_sheet_text(sheet, row, out->lines[*unit])))
                return true;
    }
    return false;
}

static bool take_list(reader *r, const dlu_wells_table *list, size_t unit)
{
    dlu_import_job *job = r->job;
    const dlu_sheet *sheet = list->sheet;
    const char *text = dlu_sheet_text(sheet, list->header, list->lines[unit]);
    uint32_t sample = dlu_row_column(sheet, list->header, "Sample");
    if (!enter_sheet(r, sheet) || !enter_plate(r, sheet, list->header))
        return false;
    r->end = list->end;
    dlu_taken taken = {.label = label_of(r),
                       .name = r->step,
                       .calculated = computed(job->scan, sheet, list->header, text, r->step),
                       .measures = dlu_names_measures(text)};
    if (!taken.measures)
        taken.measures = dlu_names_measures(r->step);
    if (!taken.label || !dlu_take_wells(job, r->plate, list, unit, &taken))
        return false;
    for (size_t i = 0; i < list->n_lines; i++) {
        dlu_taken other = {.label = dlu_sheet_text(sheet, list->header, list->lines[i]),
                           .refused = "its header is no unit of a measurement"};
        if (i != unit && !dlu_take_wells(job, r->plate, list, i, &other))
            return false;
    }
    for (size_t i = 0; sample && i < list->n_wells; i++)
        if (!dlu_job_sample(job, r->plate, list->wells[i],
                            dlu_sheet_text(sheet, list->at[i], sample),
                            dlu_book_place(job->scan->book, sheet, list->at[i], sample)))
            return false;
    return true;
}

/* The lists of a sheet without grids; `*n` counts them. */
static bool take_lists(reader *r, const dlu_sheet *sheet, size_t *n)
{
    dlu_wells_table list;
    size_t unit;
    *n = 0;
    for (uint32_t from = 1; find_list(r->job->scan, sheet, from, &unit, &list); from = list.end + 1)
        if (!take_list(r, &list, unit) || !++*n)
            return false;
    return !dlu_arena_failed(r->job->scan->arena);
}

/* A step without any grid: lists; kinetic tables and spectra are left out. */
static bool take_tables(reader *r, const dlu_sheet *sheet)
{
    dlu_import_job *job = r->job;
    size_t n_lists;
    if (!take_lists(r, sheet, &n_lists))
        return false;
    const char *step = n_lists ? "" : step_of(job->scan, sheet);
    return n_lists || (step && dlu_job_leave_out(job, dlu_book_place(job->scan->book, sheet, 1, 1),
                                                 "neither a plate grid nor a list of wells on its "
                                                 "sheet: kinetic tables and spectra of SkanIt are "
                                                 "not read",
                                                 "the step \"%s\"", step));
}

static bool take_sheet(reader *r, const dlu_sheet *sheet)
{
    static const dlu_taken other = {.refused = "its sheet holds no measurement results"};
    const dlu_scan *scan = r->job->scan;
    size_t i, to;
    dlu_sheet_blocks(scan, sheet, &i, &to);
    if (is_results(sheet) && i == to)
        return take_tables(r, sheet);
    for (; i < to; i++)
        if (is_results(sheet) ? !take_block(r, &scan->blocks[i])
                              : !dlu_take_grid(r->job, NULL, &scan->blocks[i], &other))
            return false;
    return true;
}

dlu_status dlu_thermo_skanit_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    reader r = {.job = job,
                .above = {.scan = scan,
                          .list = headings,
                          .n_list = sizeof headings / sizeof *headings,
                          .text = ""}};
    for (size_t s = 0; s < scan->book->n_sheets; s++)
        if (!take_sheet(&r, &scan->book->sheets[s]))
            return dlu_fail_memory(job->err);
    return DLU_OK;
}
