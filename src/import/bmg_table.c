/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/bmg.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The list and the table across of MARS. */

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* "4. Raw Data" begins at "Raw". */
static const char *after_number(const char *title)
{
    title = skip_blanks(title);
    size_t n = strspn(title, "0123456789");
    return n && title[n] == '.' ? skip_blanks(title + n + 1) : title;
}

dlu_bmg_title dlu_bmg_title_of(const char *title)
{
    title = after_number(title);
    if (dlu_text_starts(title, "Well Scan: Average"))
        return DLU_BMG_SCAN_MEAN;
    if (dlu_text_starts(title, "Raw Data"))
        return strstr(title, "Spectrum)") ? DLU_BMG_SPECTRUM : DLU_BMG_RAW;
    return dlu_names_calculated(title) || strstr(title, "based on") || strstr(title, "Raw Data")
               ? DLU_BMG_CALCULATED
               : DLU_BMG_OTHER;
}

dlu_bmg_title dlu_bmg_kind_of(const char *title, bool means)
{
    dlu_bmg_title kind = dlu_bmg_title_of(title);
    if (kind != DLU_BMG_SCAN_MEAN)
        return kind;
    return means ? DLU_BMG_RAW : DLU_BMG_CALCULATED;
}

const char *dlu_bmg_label(dlu_arena *arena, const char *title)
{
    char *label = dlu_text_trimmed(arena, after_number(title));
    size_t n = label ? strlen(label) : 0;
    if (n && label[n - 1] == '#') /* MARS marks the data that it shows */
        label[n - 1] = '\0';
    return label;
}

bool dlu_bmg_seconds(const char *text, double unit, double *out)
{
    unsigned n_parts = 0;
    *out = 0;
    for (text = skip_blanks(text); *text && *text != '-'; text = skip_blanks(text)) {
        char digits[24];
        double number;
        size_t n = strspn(text, "0123456789.");
        if (!n || n >= sizeof digits)
            return false;
        memcpy(digits, text, n);
        digits[n] = '\0';
        text = skip_blanks(text + n);
        size_t letters = strcspn(text, " \t-0123456789");
        double seconds = letters == 0                                   ? unit
                         : letters == 1 && *text == 'h'                 ? 3600
                         : letters == 1 && *text == 's'                 ? 1
                         : letters == 3 && strncmp(text, "min", 3) == 0 ? 60
                                                                        : 0;
        if (!dlu_text_number(digits, '.', &number) || seconds == 0)
            return false;
        *out += number * seconds;
        n_parts++;
        text += letters;
    }
    return n_parts > 0;
}

/* "Time", "Time [s]", "Time [min]": the seconds of a bare number; *is tells whether it is any. */
static double time_unit(const char *text, bool *is)
{
    text = skip_blanks(text);
    *is = dlu_text_starts(text, "Time") && !strchr(text, ':');
    return strstr(text, "[s]") ? 1 : strstr(text, "[min]") ? 60 : strstr(text, "[h]") ? 3600 : 0;
}

/* ---- finding ---- */

/* A row of times or wavelengths between the header of a list and its first well. */
static void find_list_times(dlu_bmg_table *table)
{
    const dlu_sheet *sheet = table->wells.sheet;
    for (uint32_t row = table->wells.header + 1; row < table->wells.at[0]; row++) {
        bool is;
        const dlu_cell *first = dlu_row_first(sheet, row);
        if (!first)
            continue;
        double unit = time_unit(first->text, &is);
        table->spectrum = table->spectrum || dlu_text_starts(first->text, "Wavelength");
        if (!is && !table->spectrum)
            continue;
        table->time = row;
        table->unit = unit;
        return;
    }
}

/* "Raw Data (No filter)#" alone in its row, up to three rows above the header; NULL for none. */
static const char *title_above(const dlu_sheet *sheet, uint32_t row)
{
    for (uint32_t up = 1; up <= 3 && up < row; up++) {
        uint32_t n;
        const dlu_cell *first = dlu_row_first(sheet, row - up);
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row - up, &n);
        if (!first)
            continue;
        while (n && dlu_text_is_blank(cells[n - 1].text))
            n--;
        return &cells[n - 1] == first && dlu_bmg_title_of(first->text) != DLU_BMG_OTHER
                   ? first->text
                   : NULL;
    }
    return NULL;
}

static bool find_list(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                      dlu_bmg_table *out)
{
    uint32_t letter = dlu_row_column(sheet, row, "Well Row");
    uint32_t number = dlu_row_column(sheet, row, "Well Col");
    uint32_t well = dlu_row_column(sheet, row, "Well"), first_raw = 0, n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
    if (!well && (!letter || !number))
        return false;
    for (uint32_t i = 0; i < n && !first_raw; i++)
        if (dlu_bmg_title_of(cells[i].text) != DLU_BMG_OTHER)
            first_raw = cells[i].col;
    const char *title = first_raw ? NULL : title_above(sheet, row);
    if (!first_raw && !title)
        return false;
    *out = (dlu_bmg_table){.content = dlu_row_column(sheet, row, "Content"), .title = title};
    if (!dlu_list_down(scan, sheet, row, letter && number ? letter : well,
                       letter && number ? number : 0, &out->wells))
        return false;
    find_list_times(out);
    return true;
}

/* The wells of a table across: "Well", A01, A02, ..., or "Well Row", A, A, ... above "Well Col". */
static bool find_across_wells(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                              dlu_wells_table *out)
{
    uint32_t letters = dlu_row_column(sheet, row, "Well Row");
    if (letters && dlu_row_column(sheet, row + 1, "Well Col") == letters)
        return dlu_wells_across_parts(scan, sheet, row, row + 1, out);
    return dlu_row_column(sheet, row, "Well") && dlu_wells_across_at(scan, sheet, row, 0, 1, out);
}

static bool find_across(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row,
                        dlu_bmg_table *out)
{
    *out = (dlu_bmg_table){0};
    if (!find_across_wells(scan, sheet, row, &out->wells))
        return false;
    uint32_t first_line = out->wells.n_lines ? out->wells.lines[0] : row + 1;
    for (uint32_t r = row + 1; r < first_line; r++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, r, &n);
        if (dlu_row_column(sheet, r, "Content"))
            out->content = r;
        for (uint32_t i = 0; i < n && cells[i].col < out->wells.first; i++) {
            bool is;
            double unit = time_unit(cells[i].text, &is);
            if (!is)
                continue;
            out->time = cells[i].col;
            out->unit = unit;
        }
    }
    return true;
}

bool dlu_bmg_find_table(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                        dlu_bmg_table *out)
{
    for (uint32_t row = from; row <= sheet->n_rows; row++)
        if (dlu_row_first(sheet, row) &&
            (find_list(scan, sheet, row, out) || find_across(scan, sheet, row, out)))
            return true;
    return false;
}

/* ---- reading ---- */

const char *dlu_bmg_line_title(const dlu_bmg_table *table, size_t i)
{
    const dlu_wells_table *wells = &table->wells;
    if (wells->across) {
        const dlu_cell *first = dlu_row_first(wells->sheet, wells->lines[i]);
        return first && first->col < wells->first ? first->text : "";
    }
    const char *title = dlu_sheet_text(wells->sheet, wells->header, wells->lines[i]);
    const char *bare = skip_blanks(title);
    if (table->title && (!*bare || (*bare >= '0' && *bare <= '9')))
        return table->title;
    /* Of the columns of one kinetic read, some versions title only the first. */
    for (uint32_t col = wells->lines[i]; table->time && dlu_text_is_blank(title) && col > 1; col--)
        title = dlu_sheet_text(wells->sheet, wells->header, col - 1);
    return title;
}

bool dlu_bmg_take_content(dlu_import_job *job, dlu_plate_build *plate, const dlu_bmg_table *table)
{
    const dlu_wells_table *wells = &table->wells;
    for (size_t k = 0; table->content && k < wells->n_wells; k++) {
        uint32_t row = wells->across ? table->content : wells->at[k];
        uint32_t col = wells->across ? wells->at[k] : table->content;
        if (!dlu_job_sample(job, plate, wells->wells[k], dlu_sheet_text(wells->sheet, row, col),
                            dlu_book_place(job->scan->book, wells->sheet, row, col)))
            return false;
    }
    return true;
}

static const char *time_text(const dlu_bmg_table *table, size_t i)
{
    const dlu_cell *cell = table->time ? dlu_wells_head(&table->wells, i, table->time) : NULL;
    return cell ? cell->text : "";
}

static const dlu_reading *reading_of(const dlu_read_build *read, dlu_well well)
{
    for (size_t i = 0; i < read->readings.n; i++)
        if (read->readings.items[i].well == well)
            return &read->readings.items[i];
    return NULL;
}

/*
 * Large plates are parted: "Row A - Row H" on one sheet, "Row I - Row P" on the next. The read of
 * the plate that has this title and time, but none of these wells; NULL for none.
 */
static dlu_read_build *parted(const dlu_plate_build *plate, const dlu_wells_table *wells,
                              const dlu_taken *taken)
{
    for (size_t k = 0; k < plate->reads.n; k++) {
        dlu_read_build *read = plate->reads.items[k];
        bool other = strcmp(read->read.label, taken->label) != 0 ||
                     read->read.has_time != taken->has_time || read->read.time_s != taken->time_s;
        for (size_t i = 0; !other && i < wells->n_wells; i++)
            other = reading_of(read, wells->wells[i]) != NULL;
        if (!other)
            return read;
    }
    return NULL;
}

static bool take_line(dlu_import_job *job, dlu_plate_build *plate, const dlu_wells_table *wells,
                      size_t i, const dlu_taken *taken)
{
    bool wanted = !taken->refused && (!taken->calculated || job->options->calculated);
    dlu_read_build *read = wanted ? parted(plate, wells, taken) : NULL;
    return read ? dlu_take_wells_on(job, read, wells, i)
                : dlu_take_wells(job, plate, wells, i, taken);
}

bool dlu_bmg_is_point(const dlu_bmg_table *table, size_t i)
{
    size_t n = 0;
    if (table->time || table->spectrum)
        return false;
    const char *title = skip_blanks(dlu_bmg_line_title(table, i));
    for (size_t k = 0; k < table->wells.n_lines && n < 2; k++)
        n += strcmp(skip_blanks(dlu_bmg_line_title(table, k)), title) == 0;
    return n > 1;
}

bool dlu_bmg_take_table(dlu_import_job *job, dlu_plate_build *plate, const dlu_bmg_table *table,
                        dlu_measures measures)
{
    for (size_t i = 0; i < table->wells.n_lines; i++) {
        const char *title = dlu_bmg_line_title(table, i);
        dlu_bmg_title kind = dlu_bmg_kind_of(title, table->means);
        dlu_taken taken = {.label = dlu_bmg_label(job->arena, title), .measures = measures};
        if (!taken.label)
            return false;
        if (table->time && !table->spectrum)
            taken.has_time = dlu_bmg_seconds(time_text(table, i), table->unit, &taken.time_s);
        if (kind == DLU_BMG_SPECTRUM || table->spectrum)
            taken.refused = "a scan over wavelengths, not light of a luciferase";
        else if (kind == DLU_BMG_OTHER)
            taken.refused = "its title is not \"Raw Data\"";
        else if (kind == DLU_BMG_RAW && dlu_bmg_is_point(table, i))
            taken.refused = "one of several values a well, without times: points of a well scan, "
                            "whose average MARS exports, or cycles";
        else if (table->time && !taken.has_time)
            taken.refused = "expected a time such as \"1 h 15 min\" for it, found none";
        else if (kind == DLU_BMG_CALCULATED)
            taken.calculated = "calculated by MARS, not measured";
        if (!take_line(job, plate, &table->wells, i, &taken))
            return false;
    }
    return dlu_bmg_take_content(job, plate, table);
}

/* ---- comparing ---- */

static void compare_line(dlu_import_job *job, const dlu_read_build *read,
                         const dlu_bmg_table *table, size_t i)
{
    size_t n_differ = 0;
    dlu_well first = 0;
    const dlu_cell *found = NULL;
    for (size_t k = 0; k < table->wells.n_wells; k++) {
        const dlu_cell *cell = dlu_wells_cell(&table->wells, k, i);
        const dlu_reading *reading = reading_of(read, table->wells.wells[k]);
        dlu_value value = dlu_value_of(cell, &job->scan->numbers);
        bool same = reading ? value.state == reading->state && value.number == reading->value
                            : value.kind == DLU_VALUE_NONE;
        if (same || n_differ++ > 0)
            continue;
        first = table->wells.wells[k];
        found = cell;
    }
    if (!n_differ)
        return;
    char name[DLU_WELL_NAME_SIZE];
    dlu_place at = dlu_book_place(job->scan->book, table->wells.sheet,
                                  found ? found->row : table->wells.header,
                                  found ? found->col : table->wells.lines[i]);
    dlu_warn(job->log, "bmg-copies-differ", &at,
             "the workbook was changed after it was exported: export it again",
             "expected the values of the grid \"%s\" once more, found %zu well%s with other ones, "
             "first %s; the grid is used",
             read->read.label, n_differ, n_differ == 1 ? "" : "s", dlu_well_name(first, name));
}

void dlu_bmg_compare(dlu_import_job *job, const dlu_plate_build *plate, const dlu_bmg_table *table)
{
    for (size_t i = 0; i < table->wells.n_lines; i++) {
        const char *label = dlu_bmg_label(job->arena, dlu_bmg_line_title(table, i));
        const dlu_read_build *read = NULL;
        size_t n = 0;
        for (size_t k = 0; label && k < plate->reads.n; k++) {
            if (strcmp(plate->reads.items[k]->read.label, label) != 0)
                continue;
            read = plate->reads.items[k];
            n++;
        }
        if (n == 1 && dlu_bmg_title_of(label) == DLU_BMG_RAW)
            compare_line(job, read, table, i);
    }
}
