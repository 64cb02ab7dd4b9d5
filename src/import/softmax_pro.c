/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/softmax_pro.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/headings.h"
#include "import/marks.h"

/*
 * Text of SoftMax Pro: sections that begin with "Plate:", "Group:" or "Note:" and end with "~End".
 * The number after "##BLOCKS=" may be wrong, and the fields of the line "Plate:" shift between
 * versions: words are found by what they are, not by where they stand.
 */

#define NAME_COL  2u
#define KIND_COL  5u
#define MODE_COL  6u
#define LIGHT_COL 10u /* the number of wavelengths stands here or right of it */

static bool is_plate_line(const dlu_sheet *sheet, uint32_t row)
{
    return dlu_text_starts(dlu_sheet_text(sheet, row, 1), "Plate:") &&
           (dlu_row_cell(sheet, row, "PlateFormat") || dlu_row_cell(sheet, row, "TimeFormat"));
}

static bool ends_section(const dlu_sheet *sheet, uint32_t row)
{
    static const char *const words[] = {"~End", "Plate:", "Group:", "Note:", "Original Filename"};
    const char *text = dlu_sheet_text(sheet, row, 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dlu_text_starts(text, words[i]))
            return true;
    return false;
}

static uint32_t section_end(const dlu_sheet *sheet, uint32_t row)
{
    while (row < sheet->n_rows && !ends_section(sheet, row + 1))
        row++;
    return row;
}

dlu_status dlu_softmax_pro_detect(const dlu_scan *scan, dlu_detection *out)
{
    const dlu_sheet *sheet;
    const dlu_cell *blocks = dlu_find_text(scan, "##BLOCKS", NULL);
    const dlu_cell *cell = dlu_find_text(scan, "Plate:", &sheet);
    while (cell && !is_plate_line(sheet, cell->row))
        cell = dlu_find_text_in(scan, sheet, cell->row + 1, 0, "Plate:");
    out->score = (blocks ? 50 : 0) + (cell ? 50 : 0);
    if (cell)
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "a line \"Plate:\" with PlateFormat or TimeFormat%s",
                            blocks ? ", and \"##BLOCKS\"" : "");
    return dlu_detected(scan, out, blocks ? DLU_DETECT_MAYBE : DLU_DETECT_NO,
                        "%sno line \"Plate:\" with PlateFormat or TimeFormat",
                        blocks ? "\"##BLOCKS\", but " : "");
}

/* ---- the line "Plate:" ---- */

static size_t count_words(const char *text)
{
    size_t n = 0;
    for (const char *p = text + strspn(text, " "); *p; n++) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    return n;
}

/* "3", "480 515 578": a number, and in the next field as many words. */
static const char *find_lights(const dlu_sheet *sheet, uint32_t row)
{
    uint32_t n;
    long number;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    for (uint32_t i = 0; i + 1 < n; i++)
        if (cells[i].col >= LIGHT_COL && cells[i + 1].col == cells[i].col + 1 &&
            dlu_text_integer(cells[i].text, 1, 64, &number) &&
            count_words(cells[i + 1].text) == (size_t)number)
            return cells[i + 1].text;
    return "";
}

size_t dlu_softmax_lights(const dlu_softmax_section *section)
{
    size_t n = count_words(section->lights);
    return n ? n : 1;
}

/* Wavelength k of the section, and how long its word is. */
static const char *light_word(const dlu_softmax_section *section, size_t k, size_t *n)
{
    const char *p = section->lights + strspn(section->lights, " ");
    for (size_t i = 0; i < k && *p; i++) {
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    *n = strcspn(p, " ");
    return p;
}

/* True where a wavelength tells nothing: it is the only one, or 0, which is all light. */
static bool is_silent(const dlu_softmax_section *section, const char *word, size_t n)
{
    return !n || (n == 1 && *word == '0') || count_words(section->lights) < 2 ||
           dlu_word_is_channel(section->label);
}

/* How many wavelengths before k have the same label. */
static unsigned n_alike(const dlu_softmax_section *section, size_t k)
{
    size_t n, m;
    unsigned count = 0;
    const char *word = light_word(section, k, &n);
    bool silent = is_silent(section, word, n);
    for (size_t i = 0; i < k; i++) {
        const char *other = light_word(section, i, &m);
        count += silent ? is_silent(section, other, m) : n == m && !strncmp(word, other, n);
    }
    return count;
}

const char *dlu_softmax_label(const dlu_scan *scan, const dlu_softmax_section *section, size_t k,
                              const char *light)
{
    dlu_arena *arena = scan->arena;
    size_t n;
    const char *word = light_word(section, k, &n), *label = section->label;
    unsigned before = light ? 0 : n_alike(section, k);
    if (!light && !is_silent(section, word, n) && !(light = dlu_arena_copy_n(arena, word, n)))
        return NULL;
    bool number = light && strspn(light, "0123456789.") == strlen(light);
    if (light && !dlu_word_is_channel(label))
        label = dlu_arena_printf(arena, "%s%s%s%s", label, *label ? ", " : "", light,
                                 number ? " nm" : "");
    if (!before || !label)
        return label;
    return dlu_arena_printf(arena, "%s%s(%u)", label, *label ? " " : "", before + 1);
}

/*
 * A section is a plate; "Firefly" and "Renilla", or "Plate 1 firefly" and "Plate 1 renilla", are
 * reads of one. *rest is the plate's name without the luciferase.
 */
static bool split_channel(dlu_arena *arena, const char *name, const char **rest, const char **label)
{
    static const char parts[] = " \t-_";
    size_t n = strlen(name), at = n, first = strcspn(name, parts);
    *rest = name;
    *label = "";
    while (at > 0 && !strchr(parts, name[at - 1]))
        at--;
    if (dlu_word_is_channel(name)) {
        *label = name;
        *rest = "";
    } else if (at > 0 && dlu_word_is_channel(name + at)) {
        *label = name + at;
        while (at > 0 && strchr(parts, name[at - 1]))
            at--;
        *rest = dlu_arena_copy_n(arena, name, at);
    } else if (first < n) {
        const char *word = dlu_arena_copy_n(arena, name, first);
        if (word && dlu_word_is_channel(word)) {
            *label = word;
            *rest = name + first + strspn(name + first, parts);
        }
        return word;
    }
    return *rest;
}

static bool has_label(const dlu_plate_build *plate, const char *label)
{
    for (size_t i = 0; i < plate->reads.n; i++)
        if (!strcmp(plate->reads.items[i]->read.label, label))
            return true;
    return false;
}

/* The plate of that name; another one where its section has the same name as one before. */
static dlu_plate_build *plate_of(dlu_import_job *job, const char *name, const char *label,
                                 dlu_place at)
{
    const char *first = name;
    dlu_plate_build *plate = dlu_job_plate(job, name);
    for (unsigned k = 2; plate && plate->reads.n && (!*label || has_label(plate, label)); k++) {
        name = dlu_arena_printf(job->arena, "%s (%u)", first, k);
        plate = name ? dlu_job_plate(job, name) : NULL;
    }
    if (plate && name != first)
        dlu_note(job->log, "softmax-same-name", &at,
                 "give each plate section a name of its own; sections of one plate are named after "
                 "the luciferases",
                 "a second section \"%s\": taken as another plate, \"%s\"", first, name);
    return plate;
}

static bool take_section(dlu_import_job *job, const dlu_sheet *sheet, uint32_t row)
{
    const dlu_scan *scan = job->scan;
    dlu_place at = dlu_book_place(scan->book, sheet, row, 1);
    const char *name = dlu_text_trimmed(job->arena, dlu_sheet_text(sheet, row, NAME_COL));
    const char *rest;
    dlu_softmax_section section = {.sheet = sheet,
                                   .row = row,
                                   .end = section_end(sheet, row),
                                   .kind = dlu_sheet_text(sheet, row, KIND_COL),
                                   .lights = find_lights(sheet, row)};
    if (!name || !split_channel(job->arena, name, &rest, &section.label))
        return false;
    if (!dlu_text_alike(section.kind, "Endpoint") && !dlu_text_alike(section.kind, "Kinetic") &&
        !dlu_text_alike(section.kind, "Spectrum"))
        return dlu_job_leave_out(job, at, "several points a well, or a kind that is not known",
                                 "the section \"%s\" (%s)", name, section.kind);
    section.measures = dlu_names_measures(dlu_sheet_text(sheet, row, MODE_COL));
    section.plate = plate_of(job, rest, section.label, at);
    if (!section.plate)
        return false;
    return dlu_row_cell(sheet, row, "TimeFormat") ? dlu_softmax_time_format(job, &section)
                                                  : dlu_softmax_plate_format(job, &section);
}

dlu_status dlu_softmax_pro_read(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    for (int groups = 0; groups < 2; groups++) { /* names after the plates they name */
        for (size_t s = 0; s < book->n_sheets; s++) {
            const dlu_sheet *sheet = &book->sheets[s];
            dlu_plate_build *only = job->plates.n == 1 ? job->plates.items[0] : NULL;
            for (uint32_t row = 1; row <= sheet->n_rows; row++) {
                const char *text = dlu_sheet_text(sheet, row, 1);
                bool ok = true;
                if (!groups && is_plate_line(sheet, row))
                    ok = take_section(job, sheet, row);
                else if (groups && dlu_text_starts(text, "Group:"))
                    ok = dlu_softmax_group(job, sheet, row + 1, section_end(sheet, row), only);
                if (!ok)
                    return dlu_fail_memory(job->err);
            }
        }
    }
    return DLU_OK;
}
