/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * The workbook that a SpectraMax iD3 or iD5 itself writes: plates below each other, each with keys
 * and values and, below "Well data", a grid for each wavelength.
 */

#define PLATE 1

static const dlu_heading headings[] = {{"Plate (", PLATE}, {"Plate  (", PLATE}};

static const dlu_cell *find_well_data(const dlu_scan *scan)
{
    const dlu_sheet *sheet;
    const dlu_cell *cell = dlu_find_text(scan, "Well data", &sheet);
    return cell && dlu_find_text_in(scan, sheet, 1, 0, "Wavelength(Ex/Em)") ? cell : NULL;
}

dlu_status dlu_spectramax_id_detect(const dlu_scan *scan, dlu_detection *out)
{
    const dlu_cell *data = find_well_data(scan);
    const dlu_cell *mode = dlu_find_text(scan, "Measurement mode", NULL);
    out->score = data ? mode ? 100 : 60 : 0;
    if (data && mode)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "\"Measurement mode\", and \"Well data\" with \"Wavelength(Ex/Em)\"");
    return dlu_detected(scan, out, data ? DLU_DETECT_MAYBE : DLU_DETECT_NO, "no %s",
                        data ? "\"Measurement mode\"" : "\"Well data\" with \"Wavelength(Ex/Em)\"");
}

/* The plate's own name, else "Plate 2" where the file has several, else "". NULL: no memory. */
static const char *plate_name(const dlu_scan *scan, const dlu_headings *above)
{
    uint32_t from = above->cell ? above->cell->row : 1;
    long number;
    const char *name = dlu_key_value(scan, above->sheet, from, above->row, "Plate name");
    if (!name || *name || !above->cell)
        return name;
    const char *text = strchr(above->text, '(') + 1;
    char *digits = dlu_arena_copy_n(scan->arena, text, strcspn(text, " "));
    if (!digits)
        return NULL;
    return dlu_text_integer(digits, 1, 10000, &number) && !strstr(text, "of 1)")
               ? dlu_arena_printf(scan->arena, "Plate %ld", number)
               : "";
}

/* The part of "488/520 nm" or "-/0 nm" that tells reads apart; "" for all light. */
static const char *label_of(const dlu_block *block)
{
    static const char *const none[] = {"-/0 nm", "-/- nm", "-/-", "-"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (dlu_text_same(block->corner, none[i]))
            return "";
    return block->corner;
}

static bool take_block(dlu_import_job *job, dlu_headings *above, const dlu_block *block)
{
    const dlu_scan *scan = job->scan;
    dlu_heading_above(above, block->sheet, block->header_row);
    uint32_t from = above->cell ? above->cell->row : 1;
    const char *mode =
        dlu_key_value(scan, block->sheet, from, block->header_row, "Measurement mode");
    const char *name = plate_name(scan, above);
    dlu_plate_build *plate = name && mode ? dlu_job_plate(job, name) : NULL;
    dlu_taken taken = {.label = label_of(block), .name = block->corner};
    if (!plate)
        return false;
    taken.measures = dlu_names_measures(mode);
    if (!dlu_find_text_in(scan, block->sheet, from, block->header_row, "Well data"))
        taken.refused = "no \"Well data\" above it";
    else if (!dlu_text_starts(dlu_sheet_text(block->sheet, block->header_row, 1), "Wavelength"))
        taken.calculated = "no \"Wavelength(Ex/Em)\" beside it: not measured";
    return dlu_take_grid(job, plate, block, &taken);
}

dlu_status dlu_spectramax_id_read(dlu_import_job *job)
{
    dlu_headings above = {.scan = job->scan,
                          .list = headings,
                          .n_list = sizeof headings / sizeof *headings,
                          .text = ""};
    for (size_t i = 0; i < job->scan->n_blocks; i++)
        if (!take_block(job, &above, &job->scan->blocks[i]))
            return dlu_fail_memory(job->err);
    return DLU_OK;
}
