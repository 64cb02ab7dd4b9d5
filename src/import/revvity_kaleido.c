/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * Kaleido of the EnSight. Each operation has its grid under "Result for NAME"
 * and a row with the plate's barcode: of 3.0 and 3.5 below the names "Barcode", "Repeat", "Loop
 * no", of 2.0 under "Results for NAME" as "Barcode: ..., PlateRepeat: 1, WellRepeat: 1". "Number of
 * Rows" and "Number of Columns" are swapped in 3.0, so the size is taken from the grid.
 */

typedef enum heading { NONE, RESULT, PLATE_MAP } heading;

static const dlu_heading headings[] = {{"Result for ", RESULT},
                                       {"Results for ", RESULT},
                                       {"Platemap", PLATE_MAP},
                                       {"Measurement Information", NONE},
                                       {"Measurement Sequence", NONE}};

/* "Barcode: ...", and "PlateRepeat: ..." beside it. */
static bool is_old_row(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row)
{
    return dlu_find_text_in(scan, sheet, row, row, "Barcode:") &&
           dlu_find_text_in(scan, sheet, row, row, "PlateRepeat:");
}

/* "Result for ...", and the row about the plate below it. */
static bool has_result(const dlu_scan *scan)
{
    const dlu_sheet *sheet;
    const dlu_cell *cell = dlu_find_text(scan, "Result for ", &sheet);
    for (; cell; cell = dlu_find_text_in(scan, sheet, cell->row + 1, 0, "Result for "))
        if (cell->row < sheet->n_rows && dlu_row_cell(sheet, cell->row + 1, "Loop no"))
            return true;
    cell = dlu_find_text(scan, "PlateRepeat:", &sheet);
    return cell && is_old_row(scan, sheet, cell->row) &&
           dlu_find_text_in(scan, sheet, 1, cell->row, "Results for ");
}

dlu_status dlu_revvity_kaleido_detect(const dlu_scan *scan, dlu_detection *out)
{
    const dlu_cell *first = dlu_find_text(scan, "EnSight Results from", NULL);
    const dlu_cell *last = dlu_find_text(scan, "Exported with Kaleido", NULL);
    bool result = has_result(scan);
    out->score = (unsigned)((first != NULL) + (last != NULL) + result) * 33;
    if (first || last)
        return dlu_detected(scan, out, DLU_DETECT_SURE, "found \"%s\"",
                            last ? last->text : first->text);
    if (result)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "found \"Result for ...\" above a row with \"Loop no\" or "
                            "\"PlateRepeat\"");
    return dlu_detected(scan, out, DLU_DETECT_NO,
                        "neither \"EnSight Results from\" nor \"Exported with Kaleido\"");
}

/* What stands in the rows between the title and its grid. */
typedef struct about {
    const char *barcode;
    const char *analysis; /* what an analysis was asked for; "" for measured values */
    long repeat;
    long loop;
} about;

static long number_of(const char *text)
{
    long number;
    return dlu_text_integer(text, 1, 1000000, &number) ? number : 1;
}

/* The names in a row, the values in the next; or "Name: value" in one row. False: no memory. */
static bool read_row(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, bool old,
                     about *out)
{
    static const char *const names[][4] = {
        {"Barcode", "Repeat", "Loop no", "Analysis Parameter"},
        {"Barcode", "PlateRepeat", "WellRepeat", "AnalysisParameter"}};
    const char *values[4];
    for (size_t i = 0; i < 4; i++) {
        values[i] = old ? dlu_key_value(scan, sheet, row, row, names[1][i])
                        : dlu_text_below(scan, sheet, row, names[0][i]);
        if (!values[i])
            return false;
    }
    *out = (about){values[0], values[3], number_of(values[1]), number_of(values[2])};
    return true;
}

static bool read_about(const dlu_scan *scan, const dlu_headings *above, about *out)
{
    *out = (about){.barcode = "", .analysis = "", .repeat = 1, .loop = 1};
    for (uint32_t row = above->cell->row + 1; row < above->row; row++) {
        bool old = is_old_row(scan, above->sheet, row);
        if (old || dlu_row_cell(above->sheet, row, "Barcode"))
            return read_row(scan, above->sheet, row, old, out);
    }
    return true;
}

/* "Luminescence 1", of the second round "Luminescence 1, repeat 2". */
static const char *label_of(dlu_arena *arena, const dlu_headings *above, const about *a)
{
    const char *label = dlu_text_trimmed(arena, strstr(above->text, " for ") + strlen(" for "));
    if (label && a->repeat > 1)
        label = dlu_arena_printf(arena, "%s, repeat %ld", label, a->repeat);
    if (label && a->loop > 1)
        label = dlu_arena_printf(arena, "%s, loop %ld", label, a->loop);
    return label;
}

/* Kaleido calls operations by their technology: "US LUM 1", "FI 1", "ABS mono 1". */
static dlu_measures measures_of(const char *label)
{
    static const char *const glow[] = {"FI", "FP", "TRF", "FRET", "HTRF", "Alpha", "AlphaScreen"};
    dlu_measures measures = dlu_names_measures(label);
    for (size_t i = 0; !measures && i < sizeof glow / sizeof *glow; i++)
        if (dlu_has_word(label, glow[i]))
            return DLU_MEASURES_FLUORESCENCE;
    return measures;
}

static bool take_result(dlu_import_job *job, const dlu_headings *above, const dlu_block *block,
                        dlu_plate_build **plate)
{
    about a;
    if (!read_about(job->scan, above, &a))
        return false;
    const char *label = label_of(job->arena, above, &a);
    *plate = label ? dlu_job_plate(job, a.barcode) : NULL;
    dlu_taken taken = {.label = label, .name = above->text};
    if (!*plate)
        return false;
    taken.measures = measures_of(label);
    if (*a.analysis || dlu_names_calculated(label) ||
        dlu_find_text_in(job->scan, block->sheet, 1, above->cell->row, "Analysis Result"))
        taken.calculated = "calculated, not measured";
    return dlu_take_grid(job, *plate, block, &taken);
}

dlu_status dlu_revvity_kaleido_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    dlu_headings above = {
        .scan = scan, .list = headings, .n_list = sizeof headings / sizeof *headings, .text = ""};
    dlu_plate_build *plate = NULL;
    static const dlu_taken other = {.refused = "no \"Result for ...\" above it"};
    for (size_t i = 0; i < scan->n_blocks; i++) {
        const dlu_block *block = &scan->blocks[i];
        dlu_heading_above(&above, block->sheet, block->header_row);
        bool ok;
        if (above.is == RESULT)
            ok = take_result(job, &above, block, &plate);
        else if (above.is == PLATE_MAP && plate)
            ok = dlu_take_layout(job, plate, block);
        else
            ok = dlu_take_grid(job, plate, block, &other);
        if (!ok)
            return dlu_fail_memory(job->err);
    }
    return DLU_OK;
}
