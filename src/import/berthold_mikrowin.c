/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/wells_table.h"

/*
 * Raw data of MikroWin (Centro, TriStar, Mithras): tables under a line "LAYER, [ RLU ]", wells in
 * rows, column by column of the plate, a column a time.
 */

/* "Default, [ RLU ]": the layer before the comma and a unit in brackets. */
static const char *layer_of(dlu_arena *arena, const char *text)
{
    const char *open = strrchr(text, '['), *close = open ? strchr(open, ']') : NULL;
    if (!close || !dlu_text_is_blank(close + 1))
        return NULL;
    size_t n = (size_t)(open - text);
    while (n > 0 && strchr(" ,", text[n - 1]))
        n--;
    return dlu_arena_copy_n(arena, text, n);
}

static bool is_layer(const char *text)
{
    const char *open = strrchr(text, '['), *close = open ? strchr(open, ']') : NULL;
    return open && open > text && close && dlu_text_is_blank(close + 1);
}

static const dlu_cell *find_pos(const dlu_scan *scan, const dlu_sheet **sheet)
{
    return dlu_find_text(scan, "Time/Pos", sheet);
}

dlu_status dlu_berthold_mikrowin_detect(const dlu_scan *scan, dlu_detection *out)
{
    const dlu_sheet *sheet;
    const dlu_cell *data = dlu_find_text(scan, "----- General Data", NULL);
    const dlu_cell *pos = find_pos(scan, &sheet);
    out->score = (data ? 50 : 0) + (pos ? 50 : 0);
    if (data && (pos || scan->n_blocks))
        return dlu_detected(scan, out, DLU_DETECT_SURE, "\"----- General Data -----\", and a %s",
                            pos ? "table with \"Time/Pos\"" : "plate grid");
    if (pos)
        return dlu_detected(scan, out, DLU_DETECT_SURE, "a table with \"Time/Pos\"");
    return dlu_detected(scan, out, data ? DLU_DETECT_MAYBE : DLU_DETECT_NO, "%s",
                        data ? "\"----- General Data -----\", but no table with \"Time/Pos\" and "
                               "no plate grid"
                             : "neither \"----- General Data -----\" nor a table with "
                               "\"Time/Pos\"");
}

static dlu_measures measures_of(const char *title)
{
    dlu_measures measures = dlu_names_measures(title);
    return measures ? measures : DLU_MEASURES_LUMINESCENCE;
}

/* The title of a table: the nearest line "LAYER, [ UNIT ]" above, not above another table. */
static const char *title_above(const dlu_sheet *sheet, uint32_t row, uint32_t from)
{
    for (row--; row >= from && row > 0; row--) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        for (uint32_t i = 0; i < n; i++)
            if (is_layer(cells[i].text))
                return cells[i].text;
    }
    return "";
}

/* Tables of times: "Time/Pos" and the wells below it. *end is the last row. */
static bool take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_sheet *sheet,
                       uint32_t head, const char *title, uint32_t *end)
{
    dlu_wells_table table;
    const char *layer = layer_of(job->arena, title);
    *end = head;
    if (!dlu_wells_down(job->scan, sheet, head + 1, 0, 1, &table))
        return !dlu_arena_failed(job->arena);
    *end = table.end;
    for (size_t i = 0; i < table.n_lines; i++) {
        dlu_taken taken = {.label = layer, .name = title, .measures = measures_of(title)};
        const dlu_cell *time = dlu_wells_head(&table, i, head);
        taken.has_time = table.n_lines > 1 && time &&
                         dlu_cell_seconds(time, &job->scan->numbers, false, &taken.time_s);
        if (dlu_names_calculated(title))
            taken.calculated = "calculated, not measured";
        if (!dlu_take_wells(job, plate, &table, i, &taken))
            return false;
    }
    return true;
}

static bool take_grids(dlu_import_job *job, dlu_plate_build *plate)
{
    const dlu_sheet *sheet = NULL;
    uint32_t from = 1;
    for (size_t i = 0; i < job->scan->n_blocks; i++) {
        const dlu_block *block = &job->scan->blocks[i];
        from = block->sheet == sheet ? from : 1;
        sheet = block->sheet;
        const char *title = title_above(sheet, block->header_row, from);
        from = dlu_block_end(block) + 1;
        dlu_taken taken = {.label = *title ? layer_of(job->arena, title) : "",
                           .measures = measures_of(title)};
        if (!*title)
            taken.refused = "no line \"LAYER, [ RLU ]\" above it";
        else if (dlu_names_calculated(title))
            taken.calculated = "calculated, not measured";
        if (!taken.label || !dlu_take_grid(job, plate, block, &taken))
            return false;
    }
    return true;
}

dlu_status dlu_berthold_mikrowin_read(dlu_import_job *job)
{
    const dlu_scan *scan = job->scan;
    const dlu_sheet *sheet;
    dlu_plate_build *plate = dlu_job_plate(job, "");
    if (!plate)
        return dlu_fail_memory(job->err);
    const dlu_cell *head = find_pos(scan, &sheet);
    for (uint32_t from = 1; head;) {
        uint32_t end;
        const char *title = title_above(sheet, head->row, from);
        if (!take_table(job, plate, sheet, head->row, title, &end))
            return dlu_fail_memory(job->err);
        from = end + 1;
        head = dlu_find_text_in(scan, sheet, from, 0, "Time/Pos");
    }
    return take_grids(job, plate) ? DLU_OK : dlu_fail_memory(job->err);
}
