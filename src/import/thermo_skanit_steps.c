/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/thermo_skanit.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"

/* The lines between grids and lists of SkanIt: of which step, plate, wavelength and time they are.
 */

bool dlu_skanit_is_session(const char *text)
{
    size_t n = strlen(text);
    return n > 5 && dlu_text_same(text + n - 5, ".skax");
}

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dlu_text_alike(text, words[i]))
            return true;
    return false;
}

static bool starts_with_any(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dlu_text_starts(text, words[i]))
            return true;
    return false;
}

#define ONE_OF(text, words)    is_one_of((text), (words), sizeof(words) / sizeof *(words))
#define STARTS_AS(text, words) starts_with_any((text), (words), sizeof(words) / sizeof *(words))

bool dlu_skanit_is_unit(const char *text)
{
    static const char *const units[] = {"RLU", "Abs", "RFU", "Counts", "CPS", "OD", "%T", "mP"};
    return ONE_OF(text, units);
}

/* Sections of a report that hold no results. */
static bool is_other_section(const char *text)
{
    static const char *const sections[] = {"General information",
                                           "Session information",
                                           "Instrument information",
                                           "Protocol parameters",
                                           "Run log",
                                           "Layout definitions",
                                           "Measurement parameters",
                                           "Session notes"};
    return ONE_OF(text, sections);
}

/* What a step says of itself besides its name: how it was computed, or what was dispensed. */
static bool is_detail(const char *text)
{
    static const char *const details[] = {
        "Variable:",     "Type:",       "Formula:", "Dispens",    "Injector",
        "Sample groups", "Autoloading", "Shak",     "Temperature"};
    return STARTS_AS(text, details);
}

/* "Wavelength: 0 nm", in any language: words, a colon, a number of nanometres. */
static bool is_wavelength(const char *text)
{
    static const char *const words[] = {"Wavelength", "Excitation", "Emission"};
    const char *colon = strchr(text, ':');
    if (STARTS_AS(text, words))
        return true;
    return colon && colon[1 + strspn(colon + 1, " ")] >= '0' &&
           colon[1 + strspn(colon + 1, " ")] <= '9' && dlu_has_word(colon, "nm");
}

static bool is_reading(const char *text)
{
    static const char *const words[] = {"Reading", "Time", "avg. time", "Kinetic reading"};
    return STARTS_AS(text, words) && text[strcspn(text, "0123456789")];
}

/* A title of a step where no line before it says that results begin. */
static bool names_step(const char *text)
{
    return dlu_names_measures(text) || dlu_names_calculated(text) || dlu_word_is_channel(text);
}

/* ---- the lines above a grid or list ---- */

typedef struct lines {
    const char *first; /* of the lines that are nothing else: names of steps and plates */
    const char *last;
    bool named;      /* the step is named among them */
    bool wavelength; /* and the wavelength: what follows is the plate */
} lines;

static void begin_step(dlu_skanit *r, const char *step, uint32_t row)
{
    r->step = step;
    r->began = row;
    r->computed = false;
    r->wavelength = "";
    r->plate = NULL;
}

/* The line before a wavelength or the source of a step is the name of the step. */
static void promote(dlu_skanit *r, lines *l, uint32_t row)
{
    if (l->named || !l->last)
        return;
    begin_step(r, l->last, row);
    *l = (lines){.named = true};
}

/* The parts of "Reading 2, 60 s" and "Time [s]: 60"; the last that is a time is that. */
static void take_time(dlu_skanit *r, const char *text)
{
    char part[32];
    const char *from = strpbrk(text, ",;:");
    bool seconds = strstr(text, "[s]") != NULL || dlu_has_word(text, "s");
    for (size_t n; from && !r->has_time; from = strpbrk(from, ",;")) {
        from += 1 + strspn(from + 1, " ");
        n = strcspn(from, ",;");
        n = n < sizeof part ? n : 0;
        memcpy(part, from, n);
        part[n] = '\0';
        dlu_cell cell = {.kind = DLU_CELL_TEXT, .text = part};
        bool bare = strspn(part, "0123456789.") == n;
        r->has_time = n && (!bare || seconds) &&
                      dlu_cell_seconds(&cell, &r->job->scan->numbers, true, &r->time_s);
    }
}

static bool session_line(dlu_skanit *r, const char *text)
{
    const char *date = *r->job->date ? "" : dlu_export_date(r->job->arena, text);
    if (date && *date)
        r->job->date = date;
    return date != NULL;
}

static void begin_results(dlu_skanit *r, lines *l, uint32_t row)
{
    begin_step(r, "", row);
    *l = (lines){.named = true};
    r->results = r->in_session = r->step_is_due = true;
}

static bool take_line(dlu_skanit *r, lines *l, const char *text, uint32_t row)
{
    if (dlu_text_alike(text, "Measurement results") || dlu_skanit_is_session(text)) {
        begin_results(r, l, row);
    } else if (is_other_section(text)) {
        begin_results(r, l, row);
        r->results = r->step_is_due = false;
    } else if (r->in_session) {
        return session_line(r, text);
    } else if (r->step_is_due) {
        r->step = text;
        r->step_is_due = false;
    } else if (dlu_text_starts(text, "Source step")) {
        promote(r, l, row);
        r->computed = true;
    } else if (is_wavelength(text)) {
        promote(r, l, row);
        r->wavelength = text;
        l->wavelength = true;
        l->first = l->last = NULL;
    } else if (is_reading(text)) {
        r->reading = *r->reading ? r->reading : text;
        take_time(r, text);
    } else if (!is_detail(text)) {
        l->first = l->first ? l->first : text;
        l->last = text;
    }
    return true;
}

static bool begin_sheet(dlu_skanit *r, const dlu_sheet *sheet)
{
    *r = (dlu_skanit){
        .job = r->job, .sheet = sheet, .step_is_due = true, .times = r->times, .of = r->of};
    begin_step(r, "", 1);
    r->reading = "";
    return true;
}

/* The name of the plate, made one; a step without it is of the only plate there is. */
static bool enter_plate(dlu_skanit *r, const char *name)
{
    if (name && !strcmp(name, r->step))
        name = NULL;
    if (!name && !r->plate && r->job->plates.n == 1)
        r->plate = r->job->plates.items[0];
    if (name || !r->plate)
        r->plate = dlu_job_plate(r->job, name ? name : "");
    return r->plate != NULL;
}

bool dlu_skanit_enter(dlu_skanit *r, const dlu_sheet *sheet, uint32_t header)
{
    lines l = {0};
    if (sheet != r->sheet && !begin_sheet(r, sheet))
        return false;
    r->reading = "";
    r->has_time = false;
    for (uint32_t row = r->end + 1; row < header; row++) {
        const char *text = dlu_sheet_text(sheet, row, 1);
        bool blank = dlu_text_is_blank(text);
        r->in_session = r->in_session && !blank;
        text = blank ? NULL : dlu_text_trimmed(r->job->arena, text);
        if (!blank && (!text || !take_line(r, &l, text, row)))
            return false;
    }
    r->in_session = false;
    if (r->step_is_due)
        r->step = dlu_text_trimmed(r->job->arena, sheet->name ? sheet->name : "");
    r->step_is_due = false;
    if (l.first && !l.named && !l.wavelength && names_step(l.first)) {
        const char *plate = l.last == l.first ? NULL : l.last;
        begin_step(r, l.first, header);
        l.last = plate;
    }
    return r->step && (!r->results || enter_plate(r, l.last));
}

/* ---- what is told of a read ---- */

/* What the corner of a grid says where the values are computed. */
static bool is_computed_corner(const char *text)
{
    static const char *const corners[] = {"Value", "AVG", "CV%", "Result", "Min", "Max"};
    return ONE_OF(text, corners) || dlu_names_calculated(text);
}

const char *dlu_skanit_computed(const dlu_skanit *r, const char *unit)
{
    if (r->computed)
        return "computed from another step";
    if (dlu_names_calculated(r->step) || is_computed_corner(unit))
        return "calculated, not measured";
    bool measured = dlu_skanit_is_unit(unit) || dlu_names_measures(unit) ||
                    dlu_word_is_channel(unit) || dlu_names_measures(r->step) ||
                    (dlu_text_is_blank(unit) && dlu_word_is_channel(r->step));
    return measured ? NULL : "neither its unit nor its step names a measurement";
}

const char *dlu_skanit_label(dlu_skanit *r)
{
    const char *label = r->step;
    const char *number = r->wavelength + strcspn(r->wavelength, "0123456789");
    bool none = !*number || (number[0] == '0' && (number[1] < '0' || number[1] > '9'));
    if (!none && !dlu_word_is_channel(r->step))
        label = dlu_arena_printf(r->job->arena, "%s, %s", r->step, r->wavelength);
    if (label && *r->reading && !r->has_time)
        label = dlu_arena_printf(r->job->arena, "%s, %s", label, r->reading);
    return label;
}

dlu_measures dlu_skanit_measures(const dlu_skanit *r, const char *unit)
{
    dlu_measures measures = dlu_names_measures(unit);
    return measures ? measures : dlu_names_measures(r->step);
}

static bool same_time(const dlu_read *read, const dlu_taken *taken)
{
    return read->has_time == taken->has_time &&
           (!taken->has_time || (read->time_s >= taken->time_s && read->time_s <= taken->time_s));
}

dlu_read_build *dlu_skanit_read_before(const dlu_skanit *r, const dlu_taken *taken, uint32_t from)
{
    for (size_t i = r->plate ? r->plate->reads.n : 0; i > 0; i--) {
        dlu_read_build *build = r->plate->reads.items[i - 1];
        const dlu_read *read = &build->read;
        if (read->at.row >= from && dlu_text_compare(read->at.sheet, r->sheet->name) == 0 &&
            !read->calculated && !strcmp(read->label, taken->label) && same_time(read, taken))
            return build;
    }
    return NULL;
}

/* ---- the same values as a grid and as a list ---- */

bool dlu_skanit_compare(dlu_skanit *r, const dlu_read_build *read, dlu_skanit_copy *out)
{
    if (!r->of)
        r->of = dlu_arena_alloc(r->job->arena, DLU_SKANIT_WELLS, sizeof(dlu_reading *));
    *out = (dlu_skanit_copy){.n = read->readings.n};
    for (size_t i = 0; r->of && i < read->readings.n; i++)
        r->of[read->readings.items[i].well] = &read->readings.items[i];
    return r->of != NULL;
}

void dlu_skanit_compared(dlu_skanit *r, const dlu_read_build *read)
{
    for (size_t i = 0; i < read->readings.n; i++)
        r->of[read->readings.items[i].well] = NULL;
}

void dlu_skanit_compare_cell(const dlu_skanit *r, dlu_skanit_copy *copy, dlu_well well,
                             const dlu_cell *cell)
{
    dlu_value value = dlu_value_of(cell, &r->job->scan->numbers);
    const dlu_reading *is = r->of[well];
    if (value.kind == DLU_VALUE_NONE)
        return;
    copy->n_cells++;
    copy->n_known += is != NULL;
    copy->n_same +=
        is && is->state == value.state && is->value >= value.number && is->value <= value.number;
}

bool dlu_skanit_is_copy(const dlu_skanit_copy *copy)
{
    return copy->n_cells > 0 && copy->n_same == copy->n_cells;
}

void dlu_skanit_say_twice(dlu_skanit *r, const dlu_taken *taken, dlu_place at)
{
    const char *name = r->plate->plate.name;
    dlu_problem(&r->job->problems, "skanit-twice", &at,
                "give each plate a name of its own in SkanIt, or export each step to a sheet of "
                "its own",
                "expected one grid or list of plate %s%s%s in the step \"%s\", found a second",
                *name ? "\"" : "without a name", name, *name ? "\"" : "", taken->label);
}
