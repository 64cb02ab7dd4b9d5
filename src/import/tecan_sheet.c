/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/tecan.h"

#include <string.h>

#include "base/text.h"

/* A sheet from top to bottom: sections of settings, and the values that belong to each. */

#define MAX_SECTIONS 1000u

typedef enum key {
    KEY_NONE,
    KEY_APPLICATION,
    KEY_LABEL,
    KEY_MODE,
    KEY_NAME,
    KEY_START,
    KEY_END
} key;

typedef struct walk {
    dlu_import_job *job;
    const dlu_sheet *sheet;
    dlu_plate_build *plate;
    DLU_VEC(dlu_tecan_section) sections;
    size_t n_used;    /* sections whose values were met */
    bool *used;       /* by section; room for MAX_SECTIONS */
    bool ended;       /* "End Time" since the last section */
    const char *name; /* a text that stands alone in the last row that is not empty, or "" */
    size_t block, blocks_to;
    size_t part; /* the section of the values met last, its first read, and the first name in it */
    size_t part_read;
    const char *part_name;
    const char *plate_name; /* of the sheet */
    size_t n_exports;       /* "Application:" met */
} walk;

/* ---- settings ---- */

static key key_of(const char *text)
{
    static const struct {
        const char *starts;
        key is;
    } keys[] = {{"Label:", KEY_LABEL},
                {"Mode", KEY_MODE},
                {"Modus", KEY_MODE},
                {"Name", KEY_NAME},
                {"Start Time", KEY_START},
                {"Startzeit", KEY_START},
                {"End Time", KEY_END},
                {"Endzeit", KEY_END},
                {"Application:", KEY_APPLICATION},
                {"Programm:", KEY_APPLICATION}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t n = strlen(keys[i].starts);
        if (!dlu_text_starts(text, keys[i].starts))
            continue;
        text += n;
        text += strspn(text, ": \t");
        bool whole = keys[i].is != KEY_LABEL && keys[i].is != KEY_APPLICATION;
        return !whole || !*text ? keys[i].is : KEY_NONE;
    }
    return KEY_NONE;
}

static const char *value_of_row(const walk *w, uint32_t row, const dlu_cell *first)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(w->sheet, row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col > first->col && !dlu_text_is_blank(cells[i].text))
            return cells[i].text;
    return "";
}

static dlu_tecan_section *last_section(walk *w)
{
    return w->sections.n ? &w->sections.items[w->sections.n - 1] : NULL;
}

static bool begin_section(walk *w, uint32_t row, const char *label, dlu_measures measures,
                          bool labelled)
{
    dlu_tecan_section *slot = DLU_VEC_ADD(w->job->arena, &w->sections, MAX_SECTIONS);
    char *own = slot ? dlu_text_trimmed(w->job->arena, label) : NULL;
    if (!own)
        return false;
    *slot = (dlu_tecan_section){row, own, measures, labelled};
    w->ended = false;
    return true;
}

static bool is_used(const walk *w)
{
    return w->sections.n == 0 || w->used[w->sections.n - 1];
}

/* "Mode" begins a section, but follows a label; the mode "Kinetic" is of the whole run. */
static bool see_mode(walk *w, uint32_t row, const char *mode)
{
    dlu_tecan_section *last = last_section(w);
    dlu_measures measures = dlu_names_measures(mode);
    if (last && last->labelled) {
        last->measures = measures;
        last->labelled = false;
        return true;
    }
    if (dlu_text_starts(mode, "Kinetic") || dlu_text_starts(mode, "Kinetik"))
        return true;
    return begin_section(w, row, "", measures, false);
}

/* Another export on the same sheet: another plate. */
static bool begin_export(walk *w, uint32_t row)
{
    if (w->n_exports++ == 0)
        return true;
    dlu_place at = dlu_book_place(w->job->scan->book, w->sheet, row, 1);
    dlu_note(w->job->log, "tecan-next-plate", &at,
             "of one plate? Export each luciferase to a file of its own, and give them with "
             "--firefly and --renilla",
             "another export begins on this sheet: taken as the next plate");
    const char *name = dlu_arena_printf(w->job->arena, *w->plate_name ? "%s (%zu)" : "%splate %zu",
                                        w->plate_name, w->n_exports);
    w->plate = name ? dlu_job_plate(w->job, name) : NULL;
    w->sections.n = 0;
    memset(w->used, 0, MAX_SECTIONS * sizeof *w->used);
    w->ended = false;
    return w->plate != NULL;
}

static bool see_key(walk *w, uint32_t row, const dlu_cell *first, key which)
{
    dlu_tecan_section *last = last_section(w);
    const char *text = dlu_bare_text(w->sheet, row, first->col);
    const char *value = value_of_row(w, row, first);
    switch (which) {
    case KEY_APPLICATION:
        return begin_export(w, row);
    case KEY_LABEL:
        text += strlen("Label:");
        return begin_section(w, row, dlu_text_is_blank(text) ? value : text, DLU_MEASURES_UNKNOWN,
                             true);
    case KEY_MODE:
        return see_mode(w, row, value);
    case KEY_NAME: /* of SparkControl; a plate has a name, too, above its first label */
        if (last && !*last->label && !w->used[w->sections.n - 1])
            last->label = dlu_text_trimmed(w->job->arena, value);
        return !last || last->label;
    case KEY_START: /* of a label whose settings were deleted */
        if (last && is_used(w) && w->ended)
            return begin_section(w, row, "", last->measures, false);
        return true;
    case KEY_END:
        w->ended = true;
        return true;
    case KEY_NONE:
        break;
    }
    return true;
}

/* ---- values ---- */

/* How many values follow from a row on before the next settings. */
static size_t count_values(const walk *w, uint32_t row)
{
    size_t n = 0, block = w->block;
    for (; row <= w->sheet->n_rows; row++) {
        const dlu_cell *first = dlu_row_first(w->sheet, row);
        if (!first)
            continue;
        key k = key_of(dlu_bare_text(w->sheet, row, first->col));
        if (k == KEY_LABEL || k == KEY_MODE || k == KEY_END)
            break;
        for (; block < w->blocks_to && w->job->scan->blocks[block].header_row <= row; block++)
            n += w->job->scan->blocks[block].header_row == row;
        n += dlu_tecan_layout_of(w->sheet, row) != DLU_TECAN_NONE;
    }
    return n;
}

/* "LUMI:Lum" above a table is the label LUMI. */
static bool is_name_of(const char *name, const char *label)
{
    size_t n = strlen(label);
    return n && dlu_text_starts(name, label) && (!name[n] || name[n] == ':');
}

/* The section whose values begin here: by name, else by position; sections.n where there is none.
 */
static size_t choose_section(const walk *w, uint32_t row)
{
    size_t n_open = 0, first = w->sections.n;
    for (size_t i = 0; i < w->sections.n; i++)
        if (!w->used[i] && is_name_of(w->name, w->sections.items[i].label))
            return i;
    for (size_t i = w->sections.n; i > 0; i--) {
        if (w->used[i - 1])
            continue;
        first = i - 1;
        n_open++;
    }
    /* sections without values of their own (a shaking step) do not shift the others */
    return n_open > 1 && count_values(w, row) < n_open ? w->sections.n - 1 : first;
}

/* ---- several reads of one label ---- */

/* What the values in this row are called beside their label: the text above, else the corner. */
static const char *own_name(const walk *w, uint32_t row)
{
    const char *label = w->sections.items[w->part].label, *name = w->name;
    size_t n = strlen(label);
    if (!*name && w->block < w->blocks_to && w->job->scan->blocks[w->block].header_row == row)
        name = w->job->scan->blocks[w->block].corner;
    if (n && dlu_text_starts(name, label))
        name += n + strspn(name + n, " _-:");
    return dlu_text_same(name, "<>") ? "" : name;
}

/* A filter, a colour or a luciferase: "Lum-magenta", "610 nm", "Renilla". */
static bool names_light(const char *name)
{
    static const char *const words[] = {"magenta", "green",  "red",    "blue", "cyan",
                                        "yellow",  "orange", "filter", "nm"};
    bool is = dlu_names_measures(name) == DLU_MEASURES_LUMINESCENCE || dlu_word_is_channel(name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        is = is || dlu_has_word(name, words[i]);
    return is && !dlu_names_calculated(name);
}

/*
 * Light in two colours is two grids below the settings of one label. Each is a read where a filter
 * or colour of its own tells them apart; *is is false where these values are a copy.
 */
static bool take_part(walk *w, uint32_t row, dlu_taken *taken, bool *is)
{
    const dlu_tecan_section *section = &w->sections.items[w->part];
    const char *name = own_name(w, row);
    *is = section->measures == DLU_MEASURES_LUMINESCENCE && names_light(name) &&
          names_light(w->part_name) && !dlu_text_alike(name, w->part_name);
    if (!*is)
        return true;
    for (size_t i = w->part_read; i < w->plate->reads.n; i++) {
        dlu_read *read = &w->plate->reads.items[i]->read;
        if (strcmp(read->label, section->label) == 0)
            read->label = dlu_arena_printf(w->job->arena, "%s%s%s", section->label,
                                           *section->label ? " " : "", w->part_name);
        if (!read->label)
            return false;
    }
    taken->measures = section->measures;
    taken->label =
        dlu_arena_printf(w->job->arena, "%s%s%s", section->label, *section->label ? " " : "", name);
    return taken->label != NULL;
}

/* What is known of the values that begin in this row. */
static bool describe(walk *w, uint32_t row, dlu_taken *taken)
{
    size_t i = choose_section(w, row);
    bool part = false;
    *taken = (dlu_taken){.label = ""};
    if (!w->ended && i == w->sections.n && i && !take_part(w, row, taken, &part))
        return false;
    if (w->ended)
        taken->refused = "it stands below the end of the measurement: not written by the reader";
    else if (i < w->sections.n) {
        w->used[i] = true;
        w->part = i;
        w->part_read = w->plate->reads.n;
        w->part_name = dlu_arena_copy(w->job->arena, own_name(w, row));
        taken->label = w->sections.items[i].label;
        taken->measures = w->sections.items[i].measures;
    } else if (w->sections.n && !part)
        taken->refused = "a second one of the same label: a copy or calculated from the first";
    if (!*taken->label && !taken->refused && *w->name) {
        size_t n = strcspn(w->name, ":");
        taken->label = dlu_arena_copy_n(w->job->arena, w->name, n);
    }
    if (dlu_names_calculated(w->name))
        taken->calculated = "calculated, not measured";
    return taken->label && w->part_name;
}

static bool take_blocks(walk *w, uint32_t *row)
{
    const dlu_block *blocks = w->job->scan->blocks;
    uint32_t header = *row;
    dlu_taken taken;
    if (!describe(w, header, &taken))
        return false;
    for (; w->block < w->blocks_to && blocks[w->block].header_row <= header; w->block++) {
        const dlu_block *block = &blocks[w->block];
        if (!dlu_take_grid(w->job, w->plate, block, &taken))
            return false;
        if (dlu_block_end(block) > *row)
            *row = dlu_block_end(block);
        taken.refused = "it stands beside a grid: not written by the reader";
    }
    return true;
}

/* "Label2" is the second label where no label is called so. */
static const dlu_tecan_section *section_of(const walk *w, const char *name, size_t *at)
{
    long number;
    const char *digits = name + strlen("Label");
    for (*at = 0; *at < w->sections.n; ++*at)
        if (is_name_of(name, w->sections.items[*at].label))
            return &w->sections.items[*at];
    if (!dlu_text_starts(name, "Label") ||
        !dlu_text_integer(digits + strspn(digits, " "), 1, MAX_SECTIONS, &number) ||
        (size_t)number > w->sections.n)
        return NULL;
    *at = (size_t)number - 1;
    return &w->sections.items[*at];
}

/* The columns of a list may be of several labels, which their names tell. */
static void name_columns(walk *w, size_t from)
{
    for (size_t i = from; i < w->plate->reads.n; i++) {
        size_t at;
        dlu_read *read = &w->plate->reads.items[i]->read;
        const dlu_tecan_section *section = section_of(w, read->label, &at);
        if (!section)
            continue;
        w->used[at] = true;
        read->label = *section->label ? section->label : read->label;
        read->measures = section->measures;
    }
}

/* Blocks of one well each follow each other and are of one label. */
static bool take_table(walk *w, uint32_t *row)
{
    dlu_taken taken;
    size_t from = w->plate->reads.n;
    dlu_tecan_layout layout = dlu_tecan_layout_of(w->sheet, *row);
    bool many = layout == DLU_TECAN_MANY;
    if (!describe(w, *row, &taken))
        return false;
    do {
        uint32_t end;
        if (!dlu_tecan_take_table(w->job, w->plate, w->sheet, *row, &taken, &end))
            return false;
        *row = end;
        uint32_t next = end + 1;
        while (many && next <= w->sheet->n_rows && !dlu_row_first(w->sheet, next))
            next++;
        many = many && dlu_tecan_layout_of(w->sheet, next) == DLU_TECAN_MANY;
        *row = many ? next : end;
    } while (many);
    if (layout == DLU_TECAN_LIST || layout == DLU_TECAN_LIST_ACROSS)
        name_columns(w, from);
    return true;
}

static bool see_row(walk *w, uint32_t *row)
{
    const dlu_block *blocks = w->job->scan->blocks;
    const dlu_cell *first = dlu_row_first(w->sheet, *row);
    if (!first)
        return true;
    const char *text = dlu_bare_text(w->sheet, *row, first->col);
    key k = key_of(text);
    while (w->block < w->blocks_to && blocks[w->block].header_row < *row)
        w->block++;
    bool values = true, ok;
    if (w->block < w->blocks_to && blocks[w->block].header_row == *row) {
        ok = take_blocks(w, row);
    } else if (dlu_tecan_layout_of(w->sheet, *row)) {
        ok = take_table(w, row);
    } else {
        values = false;
        ok = k == KEY_NONE || see_key(w, *row, first, k);
    }
    bool alone = !values && k == KEY_NONE && !*value_of_row(w, *row, first) && !strstr(text, "°");
    w->name = alone ? dlu_text_trimmed(w->job->arena, text) : "";
    return ok && w->name;
}

bool dlu_tecan_take_sheet(dlu_import_job *job, const dlu_sheet *sheet, const char *plate)
{
    walk w = {.job = job, .sheet = sheet, .name = "", .part_name = "", .plate_name = plate};
    w.plate = dlu_job_plate(job, plate);
    w.used = dlu_arena_alloc(job->arena, MAX_SECTIONS, sizeof *w.used);
    dlu_sheet_blocks(job->scan, sheet, &w.block, &w.blocks_to);
    bool ok = w.plate && w.used;
    for (uint32_t row = 1; ok && row <= sheet->n_rows; row++)
        ok = see_row(&w, &row);
    return ok;
}
