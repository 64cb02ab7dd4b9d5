/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/perkinelmer_envision.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * EnVision, and its siblings EnSpire and VICTOR Nivo. The order of the parts is an option of the
 * export, so nothing is looked up by row: the nearest heading above a grid says what it is, and
 * "Plate information" before or after it says of which plate.
 */

typedef enum heading { UNTITLED, RAW, SIGNAL, SATURATED, TIMES, CALCULATED, PLATE_MAP } heading;

static const dlu_heading headings[] = {{"Results for ", RAW},
                                       {"Signal for ", SIGNAL},
                                       {"Saturated for ", SATURATED},
                                       {"Measurement time ", TIMES},
                                       {"Calculated results", CALCULATED},
                                       {"Platemap", PLATE_MAP},
                                       {"Plate information", UNTITLED},
                                       {"Background information", UNTITLED},
                                       {"Calculations:", UNTITLED}};

typedef struct reader {
    dlu_import_job *job;
    dlu_envision_infos infos;
    dlu_headings above;            /* the grid in hand */
    const dlu_envision_info *used; /* of the last grid */
    dlu_plate_build *plate;        /* where no information names plates: the one in hand */
    long n_plates;
    const char *measurement; /* of the last read, "Meas A -  (CPS)", or NULL */
    dlu_read_build *read;
} reader;

/* ---- detection ---- */

static bool has_results(const dlu_scan *scan)
{
    for (size_t i = 0; i < scan->n_words; i++) {
        const char *text = scan->words[i].cell->text;
        if (dlu_text_starts(text, "Results for Meas ") ||
            (dlu_text_starts(text, "Results for ") && strstr(text, " - ") &&
             strstr(text, "channel ")))
            return true;
    }
    return false;
}

static bool has_list(const dlu_scan *scan)
{
    for (size_t i = 0; i < scan->n_words; i++)
        if (dlu_envision_heads_result(scan->words[i].cell->text))
            return true;
    return false;
}

static bool has_information(const dlu_scan *scan)
{
    dlu_envision_infos infos;
    const dlu_sheet *sheet;
    return dlu_find_text(scan, "Plate information", &sheet) &&
           dlu_envision_infos_read(scan, sheet, 1, &infos) && infos.items.n;
}

dlu_status dlu_perkinelmer_envision_detect(const dlu_scan *scan, dlu_detection *out)
{
    const dlu_cell *exported = dlu_find_text(scan, "Exported with EnVision", NULL);
    if (!exported)
        exported = dlu_find_text(scan, "Exported with EnSpire", NULL);
    bool information = has_information(scan), results = has_results(scan), list = has_list(scan);
    if (dlu_arena_failed(scan->arena))
        return DLU_E_NO_MEMORY;
    const char *says = exported      ? exported->text
                       : results     ? "a title \"Results for ... - channel ...\""
                       : information ? "\"Plate information\" with Plate, Repeat and Barcode"
                       : list        ? "a column \"MeasA:Result\" of an EnSpire"
                                     : NULL;
    out->score = 34 * ((exported != NULL) + (results || list) + information);
    out->score = out->score < 100 ? out->score : 100;
    if (!says)
        return dlu_detected(scan, out, DLU_DETECT_NO,
                            "neither \"Plate information\" with Plate, Repeat and Barcode, nor "
                            "\"Results for ... - channel ...\", nor \"Exported with EnVision\" or "
                            "\"Exported with EnSpire\"");
    return dlu_detected(scan, out, DLU_DETECT_SURE, "found %s%s%s", exported ? "\"" : "", says,
                        exported ? "\"" : "");
}

/* ---- titles ---- */

/* "Meas A -  (CPS)" of "Results for Meas A -  (CPS)", or NULL. */
static const char *measurement_of(const char *title)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (strstr(headings[i].starts, " for ") && dlu_text_starts(title, headings[i].starts))
            return title + strlen(headings[i].starts);
    return NULL;
}

/*
 * "Results for Firefly(1) - channel 0 (CPS)": the label of the protocol and its channel; where the
 * label names a luciferase, that alone. NULL: no memory.
 */
static const char *label_of(dlu_arena *arena, const char *title)
{
    const char *measurement = measurement_of(title), *text = measurement ? measurement : title;
    size_t n = strlen(text);
    const char *unit = strrchr(text, '(');
    if (unit && unit > text && unit[-1] == ' ')
        n = (size_t)(unit - text);
    char *label = dlu_arena_copy_n(arena, text, n);
    label = label ? dlu_text_trimmed(arena, label) : NULL;
    n = label ? strlen(label) : 0;
    while (n && (label[n - 1] == '-' || label[n - 1] == ' '))
        label[--n] = '\0';
    char *channel = label ? strstr(label, " - ") : NULL;
    if (channel && dlu_text_starts(label, "Meas ")) /* EnSpire: "Meas A - NAME" */
        return channel + 3;
    if (!channel)
        return label;
    char *bare = dlu_arena_copy_n(arena, label, (size_t)(channel - label));
    return !bare || dlu_word_is_channel(bare) || strstr(channel, "channel 0") ? bare : label;
}

dlu_measures dlu_envision_measures(const char *title, const char *optics)
{
    if (dlu_text_starts(optics, "De=Abs"))
        return DLU_MEASURES_ABSORBANCE;
    if (strstr(optics, "USLum"))
        return DLU_MEASURES_LUMINESCENCE;
    dlu_measures measures = dlu_names_measures(title);
    if (measures)
        return measures;
    if (*optics)
        return strstr(optics, "Ex=N/A") && strstr(title, "(CPS)") ? DLU_MEASURES_LUMINESCENCE
                                                                  : DLU_MEASURES_FLUORESCENCE;
    return dlu_has_word(title, "CPS") ? DLU_MEASURES_LUMINESCENCE : DLU_MEASURES_UNKNOWN;
}

/* ---- plates ---- */

/* Without "Plate information" a label that comes again begins the next plate. */
static dlu_plate_build *next_plate(reader *r, const char *label)
{
    bool again = false;
    for (size_t i = 0; r->plate && i < r->plate->reads.n; i++)
        again = again || strcmp(r->plate->reads.items[i]->read.label, label) == 0;
    if (r->plate && !again)
        return r->plate;
    r->n_plates++;
    const char *name =
        r->n_plates > 1 ? dlu_arena_printf(r->job->arena, "Plate %ld", r->n_plates) : "";
    r->plate = name ? dlu_job_plate(r->job, name) : NULL;
    return r->plate;
}

/* Why the information at hand is not that of the grid, or NULL: some was deleted, or a grid was. */
static const char *stranger(const reader *r, const dlu_envision_info *info)
{
    bool raw = r->above.is == RAW || r->above.is == SIGNAL;
    if (!r->infos.items.n)
        return NULL;
    if (!info)
        return "none";
    if (r->above.is == UNTITLED)
        return info == r->used ? "that of the grid before" : NULL;
    if (raw && info->calculated)
        return "that of a calculated result";
    if (!raw && !info->calculated && r->infos.formulas)
        return "that of a measured grid";
    return raw && *info->label &&
                   !dlu_text_starts(strstr(r->above.text, " for ") + strlen(" for "), info->label)
               ? info->label
               : NULL;
}

static void say_stranger(reader *r, const dlu_block *block, const char *found)
{
    bool titled = r->above.is != UNTITLED;
    dlu_place at =
        dlu_book_place(r->job->scan->book, block->sheet, block->header_row, block->first_col);
    dlu_problem(&r->job->problems, "envision-information", &at,
                "use the file as it was exported: each grid has its own \"Plate information\"",
                "expected the plate information of this grid%s%s%s, found %s", titled ? " \"" : "",
                titled ? r->above.text : "", titled ? "\"" : "", found);
}

/* Of the grid's title, else of its information. NULL: no memory. */
static const char *name_of(const reader *r, const dlu_envision_info *info)
{
    const char *title = r->above.text, *label = info ? info->label : "";
    if (r->above.is == RAW || r->above.is == SIGNAL)
        label = label_of(r->job->arena, title);
    else if (r->above.is == CALCULATED)
        label = strchr(title, ':') ? strchr(title, ':') + 1 : title;
    if (label && info && info->repeat > 1)
        label = dlu_arena_printf(r->job->arena, "%s, repeat %ld", label, info->repeat);
    if (label && info && info->kinetics > 0)
        label = dlu_arena_printf(r->job->arena, "%s, kinetics %ld", label, info->kinetics);
    return label ? dlu_text_trimmed(r->job->arena, label) : NULL;
}

static dlu_plate_build *plate_of(reader *r, const dlu_envision_info *info, const dlu_taken *taken)
{
    if (!info && r->plate && taken->calculated)
        return r->plate;
    if (!info)
        return next_plate(r, taken->label);
    const char *name = dlu_envision_plate_name(&r->infos, info, r->job->arena);
    return name ? dlu_job_plate(r->job, name) : NULL;
}

static bool take_read(reader *r, const dlu_block *block)
{
    const dlu_envision_info *info = dlu_envision_info_at(&r->infos, block->header_row);
    const char *found = stranger(r, info);
    bool titled = r->above.is != UNTITLED;
    r->used = info;
    if (found) {
        say_stranger(r, block, found);
        return true;
    }
    dlu_taken taken = {.label = name_of(r, info), .name = titled ? r->above.text : NULL};
    if (!taken.label)
        return false;
    if (titled ? r->above.is == CALCULATED : info && info->calculated)
        taken.calculated = "calculated, not measured";
    taken.measures = dlu_envision_measures(titled ? r->above.text : "", info ? info->optics : "");
    dlu_plate_build *plate = plate_of(r, info, &taken);
    size_t before = plate ? plate->reads.n : 0;
    if (!plate || !dlu_take_grid(r->job, plate, block, &taken))
        return false;
    bool taken_on = plate->reads.n > before;
    r->measurement = taken_on && titled ? measurement_of(r->above.text) : NULL;
    r->read = taken_on ? plate->reads.items[plate->reads.n - 1] : NULL;
    return true;
}

/* One cell of marks. */
static bool mark(reader *r, const dlu_block *block, size_t row, uint32_t c)
{
    const dlu_scan *scan = r->job->scan;
    const dlu_cell *cell = dlu_sheet_at(block->sheet, block->rows[row].row, block->first_col + c);
    const dlu_value value = dlu_value_of(cell, &scan->numbers);
    dlu_well well = block->rows[row].letter << 8 | (block->first_number + c);
    return value.kind != DLU_VALUE_TOKEN ||
           dlu_job_mark(r->job, r->read, well, value.state, cell->text);
}

/* "SAT" in a grid of its own; the numbers stand in the grid of the results before it. */
static bool take_marks(reader *r, const dlu_block *block)
{
    const dlu_import_job *job = r->job;
    const char *of = measurement_of(r->above.text);
    bool known = r->measurement && of && !strcmp(of, r->measurement);
    dlu_place at =
        dlu_book_place(job->scan->book, block->sheet, block->header_row, block->first_col);
    if (block->n_tokens)
        dlu_warn(job->log, "envision-saturated", &at,
                 known ? "measure them again, with less light or in a shorter time"
                       : "give these wells use = 0 in the plate map, or measure them again",
                 "%zu well%s marked in \"%s\", whose light was too strong: %s", block->n_tokens,
                 block->n_tokens == 1 ? " is" : "s are", r->above.text,
                 known ? "read as overflow, not as the numbers that stand there"
                       : "the numbers are read as they stand");
    for (size_t row = 0; known && row < block->n_rows; row++)
        for (uint32_t c = 0; c < block->n_cols; c++)
            if (!mark(r, block, row, c))
                return false;
    return true;
}

/* EnSpire: what it says of a measurement beside its results; false where the grid is a read. */
static bool is_aside(const reader *r, const dlu_block *block, const char **why)
{
    bool results = r->above.is == SIGNAL &&
                   dlu_find_text_in(r->job->scan, block->sheet, 1, 0, "Results for ") != NULL;
    *why = r->above.is == SATURATED ? "marks, not light"
           : r->above.is == TIMES   ? "times, not light"
           : results                ? "the signal of which the results are made"
                                    : NULL;
    return *why != NULL;
}

static bool take_measured(reader *r, const dlu_block *block)
{
    dlu_taken aside = {.name = r->above.text};
    if (!is_aside(r, block, &aside.refused))
        return take_read(r, block);
    if (r->above.is == SATURATED && !take_marks(r, block))
        return false;
    return dlu_take_grid(r->job, NULL, block, &aside);
}

/* "Plate;;;;2" between the heading and the grid. */
static bool take_map(reader *r, const dlu_block *block)
{
    dlu_import_job *job = r->job;
    dlu_block named = *block;
    uint32_t from = block->header_row > 5 ? block->header_row - 5 : 1;
    named.title = "Platemap";
    const char *number =
        dlu_key_value(job->scan, block->sheet, from, block->header_row - 1, "Plate");
    long plate = 0;
    if (!number)
        return false;
    for (size_t i = 0; dlu_text_integer(number, 1, 1000000, &plate) && i < r->infos.items.n; i++) {
        const dlu_envision_info *info = &r->infos.items.items[i];
        if (info->plate != plate)
            continue;
        const char *name = dlu_envision_plate_name(&r->infos, info, job->arena);
        dlu_plate_build *build = name ? dlu_job_plate(job, name) : NULL;
        return build && dlu_take_layout(job, build, &named);
    }
    dlu_taken taken = {.refused = "a layout of the plate", .name = named.title};
    return dlu_take_grid(job, NULL, block, &taken);
}

/* The grids of a sheet: plate maps, or all others. */
static bool take_blocks(reader *r, const dlu_block *blocks, size_t n, bool maps)
{
    for (size_t i = 0; i < n; i++) {
        dlu_heading_above(&r->above, blocks[i].sheet, blocks[i].header_row);
        if ((r->above.is == PLATE_MAP) == maps &&
            !(maps ? take_map(r, &blocks[i]) : take_measured(r, &blocks[i])))
            return false;
    }
    return true;
}

/* The first grid that is no plate map, or NULL. */
static const dlu_block *first_grid(reader *r, const dlu_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dlu_heading_above(&r->above, blocks[i].sheet, blocks[i].header_row);
        if (r->above.is != PLATE_MAP && !dlu_block_is_layout(&blocks[i]))
            return &blocks[i];
    }
    return NULL;
}

/* Grids without letters: without information nothing tells copies from measured ones. */
static void say_untold(reader *r, const dlu_block *grid)
{
    const dlu_scan *scan = r->job->scan;
    dlu_place at = dlu_book_place(scan->book, grid->sheet, grid->header_row, 1);
    dlu_problem(&r->job->problems, "envision-untold", &at,
                "export with plate information, or with headers (format Plate2)",
                "expected a title or plate information with each grid, as the file also has "
                "calculated results, found grids of numbers alone");
}

static bool take_sheet(reader *r, const dlu_sheet *sheet)
{
    const dlu_scan *scan = r->job->scan;
    size_t from, to, n_bare = 0;
    dlu_block *bare = NULL;
    dlu_sheet_blocks(scan, sheet, &from, &to);
    const dlu_block *blocks = scan->blocks ? &scan->blocks[from] : NULL;
    const dlu_block *first = first_grid(r, blocks, to - from);
    if (!first && !dlu_envision_bare_grids(r->job, sheet, &bare, &n_bare))
        return false;
    uint32_t row = first ? first->header_row : n_bare ? bare[0].header_row : 1;
    if (!dlu_envision_infos_read(scan, sheet, row, &r->infos))
        return false;
    if (n_bare && !r->infos.items.n && dlu_find_text_in(scan, sheet, 1, 0, "Formula name"))
        say_untold(r, &bare[0]);
    else if (!take_blocks(r, bare, n_bare, false))
        return false;
    return take_blocks(r, blocks, to - from, false) && take_blocks(r, blocks, to - from, true) &&
           dlu_envision_take_lists(r->job, sheet, &r->infos, first != NULL || n_bare > 0);
}

dlu_status dlu_perkinelmer_envision_read(dlu_import_job *job)
{
    reader r = {.job = job,
                .above = {.scan = job->scan,
                          .list = headings,
                          .n_list = sizeof headings / sizeof *headings,
                          .text = ""}};
    for (size_t s = 0; s < job->scan->book->n_sheets; s++)
        if (!take_sheet(&r, &job->scan->book->sheets[s]))
            return dlu_fail_memory(job->err);
    return DLU_OK;
}
