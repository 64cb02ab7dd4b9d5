/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * SkanIt of the Varioskan, Luminoskan and Fluoroskan: a sheet a step of the session. Measurements
 * and calculations look alike, so words tell them apart: what the corner of the grid names, and
 * whether the step says from which step it was computed.
 */

typedef enum heading { NONE, WAVELENGTH } heading;

static const dlu_heading headings[] = {
    {"Wavelength", WAVELENGTH}, {"Excitation", WAVELENGTH}, {"Emission", WAVELENGTH}};

#define TITLE_ROWS 12u

/* A sheet of results: "Measurement results" in its first cell. */
static bool is_results(const dlu_sheet *sheet)
{
    return sheet->n_rows > 0 && dlu_text_alike(dlu_sheet_text(sheet, 1, 1), "Measurement results");
}

static bool is_kept_with(const dlu_scan *scan)
{
    static const char *const words[] = {"SkanIt", "Autoloading range", "Report generated with SW"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_find_text(scan, words[i], NULL))
            return true;
    for (size_t i = 0; i < scan->n_words; i++) {
        const char *text = scan->words[i].cell->text;
        size_t n = strlen(text);
        if (n > 5 && dlu_text_same(text + n - 5, ".skax"))
            return true;
    }
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
                            "a sheet begins with \"Measurement results\", and the session is one "
                            "of SkanIt");
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

/* Why the step is no measurement, or NULL. */
static const char *computed(const dlu_scan *scan, const dlu_sheet *sheet, const dlu_block *block,
                            const char *step)
{
    static const char *const units[] = {"RLU", "Abs", "RFU", "Counts", "CPS", "OD", "%T", "mP"};
    if (dlu_find_text_in(scan, sheet, 1, block->header_row, "Source step"))
        return "computed from another step";
    if (dlu_names_calculated(step) || dlu_names_calculated(block->corner))
        return "calculated, not measured";
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (dlu_text_alike(block->corner, units[i]))
            return NULL;
    return dlu_names_measures(step) ? NULL : "its corner names no unit of a measurement";
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
        dlu_names_channel(r->step))
        return r->step;
    const char *wavelength = dlu_text_trimmed(arena, r->above.text);
    return wavelength ? dlu_arena_printf(arena, "%s, %s", r->step, wavelength) : NULL;
}

static bool enter_plate(reader *r, const dlu_block *block)
{
    uint32_t from = r->end;
    dlu_heading_above(&r->above, block->sheet, block->header_row);
    if (r->above.cell && r->above.cell->row > from)
        from = r->above.cell->row;
    const char *name = plate_of(r->job->scan, block->sheet, from, block->header_row);
    if (name && !strcmp(name, r->step))
        name = "";
    if (name && (*name || !r->plate))
        r->plate = dlu_job_plate(r->job, name);
    return name && r->plate;
}

static bool take_block(reader *r, const dlu_block *block)
{
    dlu_import_job *job = r->job;
    const dlu_sheet *sheet = block->sheet;
    if (sheet != r->sheet) {
        r->sheet = sheet;
        r->plate = NULL;
        r->end = 1;
        r->step = step_of(job->scan, sheet);
        if (!r->step)
            return false;
    }
    bool samples =
        dlu_text_alike(block->corner, "Sample") || dlu_text_alike(block->corner, "Group");
    if (!samples && !enter_plate(r, block))
        return false;
    r->end = dlu_block_end(block);
    dlu_block named = *block;
    named.title = block->corner;
    if (samples && r->plate && dlu_text_alike(block->corner, "Sample"))
        return dlu_take_layout(job, r->plate, &named);
    dlu_taken taken = {.label = label_of(r), .name = r->step};
    if (!taken.label)
        return false;
    taken.refused = samples ? "names of wells" : NULL;
    taken.calculated = computed(job->scan, sheet, block, r->step);
    taken.measures = dlu_names_measures(block->corner);
    if (!taken.measures)
        taken.measures = dlu_names_measures(r->step);
    return dlu_take_grid(job, r->plate, block, &taken);
}

/* Steps without any grid: kinetic tables, spectra, lists. */
static bool leave_out_tables(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        size_t from, to;
        dlu_sheet_blocks(job->scan, sheet, &from, &to);
        if (from < to || !is_results(sheet))
            continue;
        const char *step = step_of(job->scan, sheet);
        if (!step || !dlu_job_leave_out(job, dlu_book_place(book, sheet, 1, 1),
                                        "no plate grid on its sheet: of SkanIt only grids are "
                                        "read, no kinetic tables, spectra and lists",
                                        "the step \"%s\"", step))
            return false;
    }
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
    static const dlu_taken other = {.refused = "its sheet holds no measurement results"};
    for (size_t i = 0; i < scan->n_blocks; i++) {
        const dlu_block *block = &scan->blocks[i];
        if (is_results(block->sheet) ? !take_block(&r, block)
                                     : !dlu_take_grid(job, NULL, block, &other))
            return dlu_fail_memory(job->err);
    }
    return leave_out_tables(job) ? DLU_OK : dlu_fail_memory(job->err);
}
