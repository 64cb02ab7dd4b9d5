/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/marks.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/biotek_gen5.h"
#include "import/titled.h"

/*
 * Plain plate grids, as people keep them in spreadsheets: 1..12 across, A..H down, a name in the
 * corner, beside or above. Each grid is a read. Nothing else may stand in the file but names and a
 * few notes: a file with more in it comes from some software, whose grids may be layouts and
 * calculated copies, and is read so only where the user insists.
 */

#define NOTES_PER_GRID 6u

/* Words that only a reader's own export has, and whose it is. */
typedef struct signature {
    const char *starts;
    const char *software;
} signature;

/* Those that others may contain come last. */
static const signature signatures[] = {
    {"Application: Tecan", "Tecan i-control or Magellan"},
    {"EnSight Results from", "Revvity Kaleido"},
    {"Measurement Basic Information", "Revvity Kaleido"},
    {"Plate information", "PerkinElmer EnVision"},
    {"Basic assay information", "PerkinElmer EnVision"},
    {"##BLOCKS=", "Molecular Devices SoftMax Pro"},
    {"----- General Data", "Berthold MikroWin"},
    {"Autoloading range", "Thermo SkanIt"},
    {"Method ID:", "Molecular Devices LJL Analyst"},
    {"Method name:", "Tecan SparkControl"},
    {"Test name:", "BMG LABTECH MARS"},
    {"Testname:", "BMG LABTECH MARS"},
    {"Test ID:", "BMG LABTECH MARS"},
    {"Date of measurement:", "Tecan Magellan"},
    {"Measurement mode", "Molecular Devices SpectraMax"},
    {"Software Version", "Agilent BioTek Gen5"},
};

static const char *written_by(const dlu_scan *scan)
{
    for (size_t k = 0; k < sizeof signatures / sizeof *signatures; k++)
        if (dlu_find_text(scan, signatures[k].starts, NULL))
            return signatures[k].software;
    return NULL;
}

/* Why a grid is not taken as raw light, or NULL. */
static const char *refuse(const dlu_block *block)
{
    if (dlu_word_is_map(block->corner) || dlu_word_is_plate(block->corner))
        return "its corner names a column of a plate map";
    return dlu_grid_refused(block);
}

/*
 * The words right of each row, as Gen5 labels a read. Not "Lum Read#3", a time of a kinetic run,
 * which would look like a read of its own.
 */
static const char *label_beside(const dlu_block *block)
{
    const char *label = dlu_block_row_label(block);
    return strstr(label, " Read#") ? "" : label;
}

static bool is_calculated(const dlu_block *block)
{
    return dlu_block_is_computed(block) || *dlu_grid_says(block, dlu_names_calculated) ||
           dlu_names_calculated(label_beside(block)) ||
           (block->sheet->name && dlu_names_calculated(block->sheet->name));
}

/* Cells of the sheet that belong to no grid. */
static size_t count_notes(const dlu_scan *scan, const dlu_sheet *sheet)
{
    size_t n = 0, first = 0;
    while (first < scan->n_blocks && scan->blocks[first].sheet != sheet)
        first++;
    for (size_t i = 0; i < sheet->n_cells; i++) {
        const dlu_cell *cell = &sheet->cells[i];
        while (first < scan->n_blocks && scan->blocks[first].sheet == sheet &&
               dlu_block_end(&scan->blocks[first]) < cell->row)
            first++;
        bool inside = !cell->whole && dlu_text_is_blank(cell->text);
        for (size_t b = first; !inside && b < scan->n_blocks && scan->blocks[b].sheet == sheet;
             b++) {
            const dlu_block *block = &scan->blocks[b];
            if (block->header_row > cell->row)
                break;
            uint32_t end = block->first_col + block->n_cols;
            inside = cell->row <= dlu_block_end(block) && cell->col >= block->label_col &&
                     (cell->col < end ||
                      (cell->col == end && (block->n_lines > 1 || *label_beside(block))));
        }
        n += !inside;
    }
    return n;
}

dlu_status dlu_generic_grid_detect(const dlu_scan *scan, dlu_detection *out)
{
    size_t n_light = 0, n_notes = 0, n_layouts = 0;
    const dlu_sheet *sheet = NULL;
    const dlu_block *first = NULL;
    const char *software = written_by(scan);
    for (size_t i = 0; i < scan->n_blocks; i++) {
        const dlu_block *block = &scan->blocks[i];
        bool light = !refuse(block);
        n_layouts += !light;
        n_light += light && !is_calculated(block);
        first = light && !first ? block : first;
        if (light && !software && block->sheet != sheet) {
            sheet = block->sheet;
            n_notes += count_notes(scan, sheet);
        }
    }
    if (!first && !n_layouts)
        return dlu_detected(scan, out, DLU_DETECT_NO,
                            "no plate grid: a row of column numbers (1, 2, 3, ...) above rows that "
                            "begin with A, B, C, ...");
    if (!n_light)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "plate grids, but none of measured light (%s)",
                            first ? "they are calculated" : refuse(&scan->blocks[0]));
    dlu_place place = dlu_book_place(scan->book, first->sheet, first->header_row, first->first_col);
    char at[128];
    dlu_place_render(&place, at, sizeof at);
    if (software)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "%zu plate grid%s, first at %s, but the file looks like an export of "
                            "%s, whose grids are not all raw light",
                            n_light, n_light == 1 ? "" : "s", at, software);
    if (n_notes > NOTES_PER_GRID * (n_light + n_layouts))
        return dlu_detected(scan, out, DLU_DETECT_MAYBE,
                            "%zu plate grid%s, first at %s, but %zu other cells beside them: more "
                            "than names and notes",
                            n_light, n_light == 1 ? "" : "s", at, n_notes);
    return dlu_detected(scan, out, DLU_DETECT_SURE, "%zu plate grid%s, first at %s", n_light,
                        n_light == 1 ? "" : "s", at);
}

/* ---- names ---- */

static bool same_channel(const char *a, const char *b)
{
    return (dlu_word_is_firefly(a) && dlu_word_is_firefly(b)) ||
           (dlu_word_is_renilla(a) && dlu_word_is_renilla(b)) ||
           (dlu_word_is_nanoluc(a) && dlu_word_is_nanoluc(b));
}

/*
 * Splits "Plate 2 - firefly" into the plate's name and the rest: the word plate and a number or a
 * single letter after it. False where the text names no plate.
 */
static bool split_plate(dlu_arena *arena, const char *text, const char **plate, const char **rest)
{
    static const char separators[] = " \t-_,.;:#";
    if (!dlu_text_starts(text, "plate"))
        return false;
    const char *token = text + 5 + strspn(text + 5, separators);
    size_t n = strcspn(token, separators);
    bool number = n > 0 && *token >= '0' && *token <= '9';
    bool letter = n == 1 && token > text + 5;
    if (!number && !letter)
        return false;
    *plate = dlu_arena_copy_n(arena, text, (size_t)(token + n - text));
    *rest = token + n + strspn(token + n, separators);
    return true;
}

/* "-", "\\", "<>": a corner that was filled, and says nothing. */
static bool is_no_name(const char *text)
{
    static const char signs[] = " \t-_,.;:#<>/\\|*+=()[]";
    return dlu_text_is_blank(text) || !text[strspn(text, signs)];
}

/* What the texts around one grid say. */
typedef struct names {
    const char *plate; /* or NULL */
    const char *label;
} names;

/*
 * The label right of the rows, the corner, the text left and the text above, in this order: one
 * that names a plate gives its name, one that names a luciferase the label, else the first that is
 * left.
 */
static names names_of(dlu_arena *arena, const dlu_block *block)
{
    const char *texts[4] = {label_beside(block), block->corner, block->left, block->title};
    names out = {NULL, ""};
    for (unsigned i = 0; i < 4; i++) {
        const char *plate, *rest = texts[i];
        if (is_no_name(rest) || dlu_text_alike(rest, "row"))
            continue;
        if (split_plate(arena, rest, &plate, &rest) && !out.plate)
            out.plate = plate;
        if (*rest &&
            (!*out.label || (dlu_word_is_channel(rest) && !dlu_word_is_channel(out.label))))
            out.label = rest;
    }
    return out;
}

/* ---- which grids share a plate ---- */

/* How the sheets of a workbook are to be taken; see docs/formats/generic-grid.md. */
typedef struct sheet_plan {
    bool each_a_plate; /* else all sheets are reads of one plate */
    bool one_each;     /* a grid a sheet */
    size_t n_sheets;   /* that hold light */
} sheet_plan;

static bool is_raw(const dlu_block *block)
{
    return !refuse(block) && !is_calculated(block);
}

static sheet_plan plan_sheets(dlu_import_job *job)
{
    sheet_plan plan = {0};
    const dlu_sheet *sheet = NULL;
    size_t n_raw = 0, n_channels = 0;
    for (size_t i = 0; i < job->scan->n_blocks; i++) {
        const dlu_block *block = &job->scan->blocks[i];
        if (!is_raw(block))
            continue;
        n_raw++;
        if (block->sheet == sheet)
            continue;
        sheet = block->sheet;
        plan.n_sheets++;
        n_channels += sheet->name && (dlu_word_is_channel(sheet->name) ||
                                      dlu_word_is_channel(names_of(job->arena, block).label));
    }
    plan.one_each = n_raw == plan.n_sheets;
    plan.each_a_plate =
        plan.n_sheets > 1 && !(plan.one_each && (plan.n_sheets == 2 || n_channels == n_raw));
    return plan;
}

typedef struct reader {
    dlu_import_job *job;
    sheet_plan plan;
    const dlu_sheet *sheet; /* of the last grid */
    const char *plate;      /* name in force */
    bool sheets_name_plates;
    size_t n_unnamed; /* plates begun because a luciferase came again */
} reader;

/* The luciferase that the label names stands in the plate already. */
static bool comes_again(const dlu_plate_build *plate, const char *label)
{
    for (size_t i = 0; plate && i < plate->reads.n; i++)
        if (same_channel(plate->reads.items[i]->read.label, label))
            return true;
    return false;
}

static dlu_plate_build *plate_of(reader *r, const dlu_block *block, const names *n)
{
    dlu_import_job *job = r->job;
    if (block->sheet != r->sheet) {
        r->plate = r->plan.each_a_plate ? block->sheet->name : r->plate ? r->plate : "";
        r->sheet = block->sheet;
    }
    if (n->plate)
        r->plate = n->plate;
    dlu_plate_build *plate = dlu_job_plate(job, r->plate);
    if (!plate || n->plate || !comes_again(plate, n->label))
        return plate;
    dlu_place at =
        dlu_book_place(job->scan->book, block->sheet, block->header_row, block->first_col);
    r->n_unnamed++;
    r->plate = dlu_arena_printf(job->arena, "%s%splate %zu", r->plate, *r->plate ? " " : "",
                                r->n_unnamed + 1);
    dlu_note(job->log, "grid-next-plate", &at,
             "write \"Plate 1\", \"Plate 2\" above the grids to name them",
             "\"%s\" comes again: from here on taken as the next plate", n->label);
    return r->plate ? dlu_job_plate(job, r->plate) : NULL;
}

/* A sheet "Plate 2 Firefly" names plate and light of its only grid. */
static void add_sheet_name(reader *r, const dlu_block *block, names *n)
{
    const char *name = block->sheet->name, *plate, *rest;
    if (*n->label || !name || r->plan.n_sheets < 2)
        return;
    if (!r->plan.each_a_plate)
        n->label = name;
    else if (r->plan.one_each && !n->plate && split_plate(r->job->arena, name, &plate, &rest) &&
             dlu_word_is_channel(rest)) {
        *n = (names){plate, rest};
        r->sheets_name_plates = true;
    }
}

/* A grid is a read; where each letter has several lines, each line is one. */
static bool read_lines(dlu_import_job *job, dlu_plate_build *plate, const dlu_block *block,
                       const char *label)
{
    dlu_taken taken = {.label = label,
                       .measures = dlu_grid_measures(block),
                       .labelled = *label_beside(block) != '\0'};
    dlu_measures measures = taken.measures;
    bool calculated = is_calculated(block);
    for (uint32_t line = 0; line < block->n_lines; line++) {
        const char *beside = dlu_block_beside(block, line);
        taken.line = line;
        if ((block->n_lines > 1 || taken.labelled) && !measures)
            taken.measures = dlu_names_measures(beside);
        if (block->n_lines > 1 && *beside)
            taken.name = taken.label = dlu_text_trimmed(job->arena, beside);
        if (!taken.label)
            return false;
        taken.calculated = calculated || (block->n_lines > 1 && dlu_names_calculated(beside))
                               ? "calculated, not measured"
                           : block->n_lines > 1 && dlu_gen5_line_calculated(block, line)
                               ? "no read beside \"Lum\": calculated by Gen5"
                               : NULL;
        if (!dlu_take_grid(job, plate, block, &taken))
            return false;
    }
    return true;
}

static bool read_block(reader *r, const dlu_block *block)
{
    dlu_import_job *job = r->job;
    dlu_place at =
        dlu_book_place(job->scan->book, block->sheet, block->header_row, block->first_col);
    const char *why = refuse(block);
    bool calculated = is_calculated(block);
    if (!why && calculated && !job->options->calculated)
        why = "calculated, not measured (--calculated brings it)";
    const char *what = *block->corner ? block->corner : *block->left ? block->left : block->title;
    if (!*what && block->sheet->name && dlu_names_calculated(block->sheet->name))
        what = block->sheet->name;
    if (why)
        return dlu_job_leave_out(job, at, why, "a grid%s%s%s", *what ? " \"" : "", what,
                                 *what ? "\"" : "");
    names n = names_of(job->arena, block);
    add_sheet_name(r, block, &n);
    dlu_plate_build *plate = plate_of(r, block, &n);
    return plate && read_lines(job, plate, block, n.label);
}

dlu_status dlu_generic_grid_read(dlu_import_job *job)
{
    reader r = {.job = job, .plan = plan_sheets(job)};
    for (size_t i = 0; i < job->scan->n_blocks; i++)
        if (!read_block(&r, &job->scan->blocks[i]))
            return dlu_fail_memory(job->err);
    if (r.plan.n_sheets > 1) {
        dlu_place at = {.file = job->scan->book->file};
        dlu_note(job->log, "grid-sheets", &at, NULL,
                 r.sheets_name_plates
                     ? "%zu sheets hold a grid each: taken as reads of the plates in their names"
                 : r.plan.each_a_plate ? "%zu sheets hold grids: each taken as a plate"
                                       : "%zu sheets hold a grid each: taken as reads of one plate",
                 r.plan.n_sheets);
    }
    return DLU_OK;
}
