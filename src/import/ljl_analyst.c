/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * Criterion Host of the LJL (later Molecular Devices) Analyst: keys and values, then a grid; the
 * next plate follows without a line between them and begins with its own keys.
 */

#define PLATE 1

static const dlu_heading headings[] = {{"Load time", PLATE}, {"Read time", PLATE}};

static const char *const keys[] = {"Kinetic read cycle", "Method ID",      "Microplate format",
                                   "Mode sequence",      "Detection mode", "Well list",
                                   "Display format",     "Units",          "Barcode"};
#define N_KEYS (sizeof keys / sizeof *keys)
#define ENOUGH 4u

static unsigned count_keys(const dlu_scan *scan)
{
    unsigned n = 0;
    for (size_t i = 0; i < N_KEYS; i++)
        n += dlu_find_text(scan, keys[i], NULL) != NULL;
    return n;
}

dlu_status dlu_ljl_analyst_detect(const dlu_scan *scan, dlu_detection *out)
{
    unsigned n = count_keys(scan);
    bool begins = dlu_find_text(scan, "Load time", NULL) || dlu_find_text(scan, "Read time", NULL);
    out->score = n + begins > 1 ? 100 * (n + begins) / (N_KEYS + 1) : 0; /* many have a barcode */
    if (begins && n >= ENOUGH && scan->n_blocks)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "\"Load time\" or \"Read time\", and %u of the keys \"Method ID\", "
                            "\"Well list\", \"Detection mode\", ...",
                            n);
    return dlu_detected(scan, out, n >= 2 ? DLU_DETECT_MAYBE : DLU_DETECT_NO,
                        "only %u of the keys \"Load time\", \"Method ID\", \"Well list\", "
                        "\"Detection mode\", ...%s",
                        n + begins, n >= ENOUGH && begins ? ", and no plate grid" : "");
}

/* The barcode, else the plate ID; "" where neither is told. NULL: no memory. */
static const char *plate_name(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                              uint32_t to)
{
    const char *name = dlu_key_value(scan, sheet, from, to, "Barcode");
    if (name && (!*name || *name == '<'))
        name = dlu_key_value(scan, sheet, from, to, "Plate ID");
    return name && *name == '<' ? "" : name;
}

typedef struct reader {
    dlu_import_job *job;
    const dlu_sheet *sheet; /* of the last grid, and its last row */
    uint32_t end;
    long n_unnamed;
    dlu_plate_build *plate;
} reader;

static dlu_plate_build *enter_plate(reader *r, const char *name)
{
    dlu_import_job *job = r->job;
    if (!*name && r->n_unnamed++)
        name = dlu_arena_printf(job->arena, "Plate %ld", r->n_unnamed);
    return name ? dlu_job_plate(job, name) : NULL;
}

/* "1  of  3": one read of a kinetic series. */
static const char *label_of(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                            uint32_t to)
{
    const char *mode = dlu_key_value(scan, sheet, from, to, "Detection mode");
    const char *cycle = dlu_key_value(scan, sheet, from, to, "Kinetic read cycle");
    long number;
    if (!mode || !cycle)
        return NULL;
    size_t n = strlen(cycle);
    if (n < 2 || dlu_text_alike(cycle, "1 of 1"))
        return mode;
    char *first = dlu_arena_copy_n(scan->arena, cycle, strcspn(cycle, " "));
    if (!first)
        return NULL;
    return dlu_text_integer(first, 1, 100000, &number)
               ? dlu_arena_printf(scan->arena, "%s, cycle %ld", mode, number)
               : mode;
}

static bool take_block(reader *r, const dlu_block *block)
{
    const dlu_scan *scan = r->job->scan;
    const dlu_sheet *sheet = block->sheet;
    uint32_t from = sheet == r->sheet ? r->end + 1 : 1, to = block->header_row;
    dlu_headings above = {
        .scan = scan, .list = headings, .n_list = sizeof headings / sizeof *headings, .text = ""};
    dlu_heading_above(&above, sheet, to);
    bool own = above.cell && above.cell->row >= from;
    const char *data = dlu_key_value(scan, sheet, from, to, "Data");
    const char *units = dlu_key_value(scan, sheet, from, to, "Units");
    const char *name = plate_name(scan, sheet, from, to);
    const char *label = label_of(scan, sheet, from, to);
    dlu_taken taken = {.label = label, .name = ""};
    if (!data || !units || !name || !label)
        return false;
    if (own || !r->plate)
        r->plate = enter_plate(r, name);
    r->sheet = sheet;
    r->end = dlu_block_end(block);
    if (!r->plate)
        return false;
    if (!own)
        taken.refused = "no \"Load time\" above it: not written by the reader";
    else if (*data && !dlu_has_word(data, "RAW"))
        taken.calculated = dlu_arena_printf(scan->arena, "its data are \"%s\", not raw", data);
    taken.measures = dlu_names_measures(units);
    if (!taken.measures && *label == 'l')
        taken.measures = DLU_MEASURES_LUMINESCENCE;
    return dlu_take_grid(r->job, r->plate, block, &taken);
}

dlu_status dlu_ljl_analyst_read(dlu_import_job *job)
{
    reader r = {.job = job};
    for (size_t i = 0; i < job->scan->n_blocks; i++)
        if (!take_block(&r, &job->scan->blocks[i]))
            return dlu_fail_memory(job->err);
    return DLU_OK;
}
