/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/biotek_gen5.h"

#include <string.h>

#include "base/text.h"
#include "import/marks.h"
#include "import/words.h"

#define KEY_COL   1u
#define VALUE_COL 2u

/* "Luminescence Endpoint", "Absorbance Spectrum", "Alpha Endpoint"; UNKNOWN for any other text. */
static dlu_measures mode_of(const char *text, bool *is_mode)
{
    static const char *const kinds[] = {"endpoint", "spectrum", "area scan", "kinetic", "scan"};
    dlu_measures measures = dlu_names_measures(text);
    bool alpha = dlu_text_starts(text, "alpha");
    *is_mode = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        *is_mode = *is_mode || ((measures || alpha) && dlu_has_word(text, kinds[i]));
    return alpha ? DLU_MEASURES_FLUORESCENCE : measures;
}

bool dlu_gen5_steps_read(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                         dlu_gen5_steps *out)
{
    out->n = 0;
    for (uint32_t row = from; row <= to && out->n < DLU_GEN5_STEPS; row++) {
        const char *value = dlu_sheet_text(sheet, row, VALUE_COL);
        bool named, bare;
        if (!dlu_text_alike(dlu_sheet_text(sheet, row, KEY_COL), "Read") ||
            dlu_text_is_blank(value))
            continue;
        dlu_measures below = mode_of(dlu_sheet_text(sheet, row + 1, VALUE_COL), &named);
        dlu_measures here = mode_of(value, &bare);
        char *name = dlu_text_trimmed(scan->arena, value);
        if (!name)
            return false;
        out->items[out->n++] = (dlu_gen5_step){bare && !named ? "" : name, named  ? below
                                                                           : bare ? here
                                                                                  : below};
    }
    return true;
}

/* The text without a last "[2]", "[Test]", "[Parallel]"; its length. */
static size_t without_bracket(const char *text)
{
    size_t n = strlen(text);
    const char *open = strrchr(text, '[');
    if (open && n > 0 && text[n - 1] == ']')
        n = (size_t)(open - text);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

/* "Lum [Blanked]" is no read: "[2]", "[Read 2]", "[Test]" are. */
static bool names_copy(const char *text)
{
    static const char *const words[] = {"blank",       "blanked", "norm", "transform",
                                        "transformed", "max",     "min",  "delta"};
    const char *open = strrchr(text, '[');
    bool copy = open && dlu_names_calculated(open);
    for (size_t i = 0; open && i < sizeof words / sizeof *words; i++)
        copy = copy || dlu_has_word(open, words[i]);
    return copy;
}

/* What the optics are called in a label: "Lum", "460/40", "620", "485/20,528/20", "Alpha". */
static bool is_optics(const char *text)
{
    size_t n = without_bracket(text);
    if (names_copy(text))
        return false;
    if ((n == 3 && dlu_text_starts(text, "Lum")) || (n == 5 && dlu_text_starts(text, "Alpha")))
        return true;
    return n > 0 && *text >= '0' && *text <= '9' && strspn(text, "0123456789/,. nm") >= n;
}

/* The measures that the steps without a name share, or all where every step has one. */
static bool measured(const dlu_gen5_steps *steps, dlu_measures measures, bool *only)
{
    bool found = false, unnamed = false;
    for (size_t i = 0; i < steps->n; i++)
        unnamed = unnamed || !*steps->items[i].name;
    *only = true;
    for (size_t i = 0; i < steps->n; i++) {
        if (unnamed && *steps->items[i].name)
            continue;
        found = found || steps->items[i].measures == measures;
        *only = *only && steps->items[i].measures == measures;
    }
    *only = *only && found;
    return found;
}

static dlu_measures measures_of_optics(const char *optics, const dlu_gen5_steps *steps)
{
    static const dlu_measures all[] = {DLU_MEASURES_LUMINESCENCE, DLU_MEASURES_ABSORBANCE,
                                       DLU_MEASURES_FLUORESCENCE};
    bool only;
    if (dlu_text_starts(optics, "Lum"))
        return DLU_MEASURES_LUMINESCENCE;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (measured(steps, all[i], &only) && only)
            return all[i];
    /* Two wavelengths are excitation and emission, a band is a filter for light, else an optical
       density; each only where the procedure has such a read. */
    dlu_measures likely = strchr(optics, ',')   ? DLU_MEASURES_FLUORESCENCE
                          : strchr(optics, '/') ? DLU_MEASURES_LUMINESCENCE
                                                : DLU_MEASURES_ABSORBANCE;
    return measured(steps, likely, &only) ? likely : DLU_MEASURES_UNKNOWN;
}

bool dlu_gen5_is_read(const char *label, const dlu_gen5_steps *steps, dlu_measures *measures)
{
    const char *colon = strrchr(label, ':');
    for (size_t i = 0; i < steps->n; i++) {
        size_t n = strlen(steps->items[i].name);
        if (!n || !dlu_text_starts(label, steps->items[i].name) || (label[n] && label[n] != ':'))
            continue;
        *measures = steps->items[i].measures;
        return !label[n] || !dlu_text_alike(label + n + 1, "Pathlength");
    }
    const char *optics = colon ? colon + 1 + strspn(colon + 1, " ") : label;
    if (dlu_has_word(label, "Spectrum") && strchr(label, '[') == NULL) {
        *measures = measures_of_optics("", steps);
        return !dlu_names_calculated(label) && !dlu_text_starts(label, "Blank");
    }
    if (!is_optics(optics) ||
        (colon && (dlu_names_calculated(label) || dlu_text_starts(label, "Blank "))))
        return false;
    *measures = measures_of_optics(optics, steps);
    return true;
}

void dlu_gen5_plate_size(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                         dlu_plate *plate)
{
    static const uint32_t sizes[][3] = {{6, 2, 3},   {12, 3, 4},    {24, 4, 6},    {48, 6, 8},
                                        {96, 8, 12}, {384, 16, 24}, {1536, 32, 48}};
    const char *type = dlu_key_value(scan, sheet, from, to, "Plate Type");
    for (; type && *type; type += strcspn(type, "0123456789")) {
        size_t n = strspn(type, "0123456789");
        unsigned long wells = 0;
        for (size_t i = 0; i < n && i < 5; i++)
            wells = wells * 10 + (unsigned long)(type[i] - '0');
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            if (n && wells == sizes[i][0] && !plate->n_rows) {
                plate->n_rows = sizes[i][1];
                plate->n_cols = sizes[i][2];
            }
        type += n;
    }
}

static bool times_header(const char *text)
{
    return dlu_text_alike(text, "Time") || dlu_text_starts(text, "Wavelength") ||
           dlu_text_starts(text, "X Read");
}

/* The last row of a table: before a title, or a row that does not begin with a time. */
static uint32_t table_end(const dlu_sheet *sheet, uint32_t row, uint32_t col, uint32_t to)
{
    while (row < to) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row + 1, &n);
        bool title = n == 1 && !(cells[0].text[0] >= '0' && cells[0].text[0] <= '9');
        if (n > 0 && (title || cells[0].col != col))
            break;
        row++;
    }
    return row;
}

bool dlu_gen5_is_well(const dlu_sheet *sheet, uint32_t row, uint32_t col)
{
    dlu_well well;
    return row <= sheet->n_rows && dlu_well_parse(dlu_sheet_text(sheet, row, col), &well) &&
           well < DLU_WELL_TABLE_ROW;
}

/* Times in the row, wells in the column below them, the temperatures perhaps between. */
static bool wells_below(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row, uint32_t col,
                        uint32_t to, dlu_wells_table *out)
{
    if ((!dlu_gen5_is_well(sheet, row + 1, col) && !dlu_gen5_is_well(sheet, row + 2, col)) ||
        !dlu_wells_down(scan, sheet, row + 1, to, 1, out) || out->first != col ||
        out->at[0] > row + 2)
        return false;
    out->header = row;
    return true;
}

uint32_t dlu_gen5_table(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                        dlu_wells_table *out)
{
    for (uint32_t row = from; row <= to; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        if (n < 2 || !times_header(cells[0].text))
            continue;
        uint32_t end = table_end(sheet, row, cells[0].col, to);
        if (dlu_wells_across_at(scan, sheet, row, end, 1, out))
            return row;
        if (wells_below(scan, sheet, row, cells[0].col, to, out))
            return row;
    }
    return 0;
}
