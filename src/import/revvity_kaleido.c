/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * Kaleido of the EnSight, 3.0 and 3.5. Each operation has its grid under "Result for NAME" and a
 * row with the plate's barcode. "Number of Rows" and "Number of Columns" are swapped in the file,
 * so the size is taken from the grid.
 */

typedef enum heading { NONE, RESULT, PLATE_MAP } heading;

static const dlu_heading headings[] = {{"Result for ", RESULT},
                                       {"Platemap", PLATE_MAP},
                                       {"Measurement Information", NONE},
                                       {"Measurement Sequence", NONE}};

/* "Result for ...", and "Barcode, Repeat, Loop no" below it. */
static bool has_result(const dlu_scan *scan)
{
    const dlu_sheet *sheet;
    const dlu_cell *cell = dlu_find_text(scan, "Result for ", &sheet);
    for (; cell; cell = dlu_find_text_in(scan, sheet, cell->row + 1, 0, "Result for "))
        if (cell->row < sheet->n_rows && dlu_row_cell(sheet, cell->row + 1, "Loop no"))
            return true;
    return false;
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
                            "found \"Result for ...\" above a row with \"Loop no\"");
    return dlu_detected(scan, out, DLU_DETECT_NO,
                        "neither \"EnSight Results from\" nor \"Exported with Kaleido\"");
}

/* What stands in the rows between the title and its grid. */
typedef struct about {
    const char *barcode;
    long repeat;
    long loop;
} about;

static bool read_about(const dlu_scan *scan, const dlu_headings *above, about *out)
{
    long number;
    *out = (about){.barcode = "", .repeat = 1, .loop = 1};
    for (uint32_t row = above->cell->row + 1; row < above->row; row++) {
        if (!dlu_row_cell(above->sheet, row, "Barcode"))
            continue;
        const char *repeat = dlu_text_below(scan, above->sheet, row, "Repeat");
        const char *loop = dlu_text_below(scan, above->sheet, row, "Loop no");
        out->barcode = dlu_text_below(scan, above->sheet, row, "Barcode");
        if (repeat && dlu_text_integer(repeat, 1, 1000000, &number))
            out->repeat = number;
        if (loop && dlu_text_integer(loop, 1, 1000000, &number))
            out->loop = number;
        return out->barcode && repeat && loop;
    }
    return true;
}

/* "Luminescence 1", of the second round "Luminescence 1, repeat 2". */
static const char *label_of(dlu_arena *arena, const dlu_headings *above, const about *a)
{
    const char *label = dlu_text_trimmed(arena, above->text + strlen("Result for "));
    if (label && a->repeat > 1)
        label = dlu_arena_printf(arena, "%s, repeat %ld", label, a->repeat);
    if (label && a->loop > 1)
        label = dlu_arena_printf(arena, "%s, loop %ld", label, a->loop);
    return label;
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
    taken.measures = dlu_names_measures(label);
    if (dlu_names_calculated(label))
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
