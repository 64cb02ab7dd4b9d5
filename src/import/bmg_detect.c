/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/bmg.h"

#include <string.h>

#include "base/text.h"
#include "import/marks.h"

/* MARS and SMART Control differ by the path in their head alone. */

static const dlu_cell *find_path(const dlu_scan *scan, const char *part)
{
    for (size_t i = 0; i < scan->n_firsts; i++) {
        const dlu_cell *cell = scan->firsts[i].cell;
        if (dlu_text_starts(cell->text, "Path:") && strstr(cell->text, part))
            return cell;
    }
    return NULL;
}

static const dlu_cell *find_run(const dlu_scan *scan)
{
    static const char *const keys[] = {"Test run no.:", "Test ID:", "Test name:", "Testname:"};
    const dlu_cell *cell = NULL;
    for (size_t i = 0; !cell && i < sizeof keys / sizeof *keys; i++)
        cell = dlu_find_text(scan, keys[i], NULL);
    return cell;
}

/* The title of the first raw values, grid or table, or NULL; `*table` tells which. */
static const char *find_raw(const dlu_scan *scan, bool *table)
{
    dlu_bmg_table found;
    *table = false;
    for (size_t i = 0; i < scan->n_blocks; i++)
        if (dlu_bmg_kind_of(scan->blocks[i].title, true) == DLU_BMG_RAW)
            return scan->blocks[i].title;
    *table = true;
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        for (uint32_t from = 1; dlu_bmg_find_table(scan, sheet, from, &found);
             from = found.wells.end + 1)
            for (size_t i = 0; i < found.wells.n_lines; i++)
                if (dlu_bmg_title_of(dlu_bmg_line_title(&found, i)) != DLU_BMG_OTHER)
                    return dlu_bmg_line_title(&found, i);
    }
    return NULL;
}

static dlu_status detect(const dlu_scan *scan, bool smart, dlu_detection *out)
{
    bool table;
    const dlu_cell *run = find_run(scan), *path = find_path(scan, "SMART Control");
    const char *title = find_raw(scan, &table);
    if (smart != (path != NULL))
        return dlu_detected(scan, out, DLU_DETECT_NO,
                            smart ? "no cell \"Path: ...\\SMART Control\\...\""
                                  : "the path is of SMART Control");
    out->score = run || title ? 70 : 0;
    if (title && (strchr(title, '(') || run))
        return dlu_detected(scan, out, DLU_DETECT_SURE, "%s \"%s\"%s%s%s",
                            table ? "a table of wells with" : "a plate grid below",
                            dlu_bmg_label(scan->arena, title), run ? ", and a cell \"" : "",
                            run ? run->text : "", run ? "\"" : "");
    if (run)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "a cell \"%s\", but no values titled \"Raw Data (...)\"", run->text);
    return dlu_detected(scan, out, DLU_DETECT_NO,
                        "neither a cell \"Test run no.:\", \"Test ID:\" or \"Test name:\" nor "
                        "values titled \"Raw Data (...)\"");
}

dlu_status dlu_bmg_mars_detect(const dlu_scan *scan, dlu_detection *out)
{
    return detect(scan, false, out);
}

dlu_status dlu_bmg_smart_control_detect(const dlu_scan *scan, dlu_detection *out)
{
    return detect(scan, true, out);
}
