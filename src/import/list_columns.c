/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/list_columns.h"

#include <string.h>

#include "base/text.h"
#include "import/words.h"

#define LONGEST_VALUE_HEADER 32u

static bool one_of(const char *header, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dlu_text_alike(header, words[i]))
            return true;
    return false;
}

#define ONE_OF(header, words) one_of((header), (words), sizeof(words) / sizeof *(words))

static bool is_row(const char *header)
{
    static const char *const words[] = {"row", "well row", "plate row"};
    return ONE_OF(header, words);
}

static bool is_column(const char *header)
{
    static const char *const words[] = {"column", "col", "well column", "well col", "plate column"};
    return ONE_OF(header, words);
}

static bool is_read(const char *header)
{
    return dlu_text_alike(header, "read");
}

static bool is_label(const char *header)
{
    static const char *const words[] = {"label", "channel"};
    return ONE_OF(header, words);
}

static bool is_state(const char *header)
{
    return dlu_text_alike(header, "state");
}

/* The header without a unit in brackets ("Luminescence (CPS)") or a number ("RLU 2") at its end. */
static void without_end(const char *header, const char *end, char out[LONGEST_VALUE_HEADER])
{
    size_t n = strcspn(header, "([");
    n = n < LONGEST_VALUE_HEADER ? n : 0;
    memcpy(out, header, n);
    while (n > 0 && strchr(end, out[n - 1]))
        n--;
    out[n] = '\0';
}

/* "0.1sec (CPS)", "Lum 1 (Counts)": the unit in brackets is one of light, whatever stands before.
 */
static bool has_unit(const char *header)
{
    static const char *const units[] = {"(cps)", "(counts)", "(lcps)"};
    const char *unit = strrchr(header, '(');
    return unit && unit > header && ONE_OF(unit, units) && !dlu_names_calculated(header);
}

static bool is_value(const char *header)
{
    static const char *const words[] = {"value",  "values",     "rlu",       "luminescence", "lum",
                                        "light",  "lightunits", "rlus",      "signal",       "cps",
                                        "counts", "raw value",  "intensity", "count",        "raw",
                                        "lcps"}; /* of MicroBeta */
    char bare[LONGEST_VALUE_HEADER];
    without_end(header, " ", bare);
    return (*bare && ONE_OF(bare, words)) || has_unit(header);
}

/* "Read 1", "RLU1", "Lum 2 (CPS)": the first is read first. */
static bool is_numbered(const char *header)
{
    char bare[LONGEST_VALUE_HEADER];
    if (dlu_read_number(header))
        return !dlu_names_calculated(header);
    without_end(header, " _.0123456789", bare);
    return strcspn(header, "0123456789") < strcspn(header, "([") && *bare && is_value(bare);
}

/* "RLU" in front of "RLU 2". */
static bool is_first_of_numbered(const dlu_table *table, const char *header)
{
    char bare[LONGEST_VALUE_HEADER], numbered[LONGEST_VALUE_HEADER];
    without_end(header, " ", bare);
    for (uint32_t c = 0; is_value(header) && c < table->n_cols; c++) {
        without_end(table->headers[c], " _.0123456789", numbered);
        if (is_numbered(table->headers[c]) && dlu_text_alike(bare, numbered))
            return true;
    }
    return false;
}

static bool is_sample(const char *header)
{
    return dlu_word_map_column(header) == DLU_COLUMN_SAMPLE;
}

static bool is_remark(const char *header)
{
    static const char *const words[] = {"remarks", "remark"};
    return ONE_OF(header, words);
}

static bool is_measurement(const char *header)
{
    return is_remark(header) || dlu_text_alike(header, "measurement");
}

static bool is_known(const char *header)
{
    return is_numbered(header) || dlu_word_is_channel(header) ||
           dlu_word_is_numbered_channel(header) || dlu_word_is_well(header) ||
           dlu_word_is_plate(header) || dlu_word_is_map(header) || is_row(header) ||
           is_column(header) || is_value(header) || is_read(header) || is_label(header) ||
           dlu_word_is_initial(header);
}

/* "Ratio", "Normalised light", "firefly/renilla"; not "Relative light units", which are raw. */
static bool is_calculated(const char *header)
{
    static const char *const starts[] = {"ratio",        "normali",      "fold",
                                         "log2",         "average",      "mean",
                                         "relative luc", "relative act", "relative exp"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dlu_text_starts(header, starts[i]))
            return true;
    return dlu_word_is_quotient(header) ||
           (dlu_names_calculated(header) && dlu_word_speaks_of(header));
}

bool dlu_list_has_wells(const dlu_list *list)
{
    return list->well != DLU_NO_COLUMN || list->row != DLU_NO_COLUMN;
}

bool dlu_list_is_keyed(const dlu_list *list)
{
    return list->by_value || list->time != DLU_NO_COLUMN || list->repeat != DLU_NO_COLUMN;
}

void dlu_list_clear(dlu_list *list, const dlu_sheet *sheet)
{
    *list = (dlu_list){.sheet = sheet};
    list->well = list->row = list->column = list->plate = DLU_NO_COLUMN;
    list->read = list->label = list->time = list->state = list->sample = DLU_NO_COLUMN;
    list->remark = list->repeat = DLU_NO_COLUMN;
}

/* ---- with a header ---- */

static void add_light(dlu_list *list, bool (*is)(const char *header))
{
    for (uint32_t c = 0; c < list->table.n_cols; c++) {
        if (!is(list->table.headers[c]) || (long)c == list->label)
            continue;
        if (list->n_light < DLU_LIST_MAX_LIGHT)
            list->light[list->n_light++] = (long)c;
        else
            list->n_over++;
    }
}

static bool is_counted_luc(const char *header)
{
    return dlu_word_is_luc_number(header) && !dlu_word_is_firefly(header);
}

/* "Luc 2" beside "Luc 1" is a number, and no name. */
static void forget_counted(dlu_list *list)
{
    size_t n = 0;
    if (dlu_table_column(&list->table, is_counted_luc) == DLU_NO_COLUMN)
        return;
    for (size_t i = 0; i < list->n_light; i++)
        if (!dlu_word_is_luc_number(list->table.headers[list->light[i]]))
            list->light[n++] = list->light[i];
    list->n_light = n;
}

/* "F" and "R", which are nothing alone. */
static void add_initials(dlu_list *list)
{
    long first = dlu_table_column(&list->table, dlu_word_is_initial);
    if (first == DLU_NO_COLUMN)
        return;
    for (uint32_t c = 0; c < list->table.n_cols; c++)
        if (dlu_word_is_initial(list->table.headers[c]) &&
            !dlu_text_alike(list->table.headers[c], list->table.headers[first])) {
            add_light(list, dlu_word_is_initial);
            return;
        }
}

static bool names_light(const char *text)
{
    return dlu_word_is_channel(text) || dlu_word_is_initial(text) || dlu_word_is_luc_number(text);
}

/* Whether every cell of a column names a luciferase, and not all the same one. */
static bool names_luciferases(const dlu_table *table, size_t c)
{
    const char *first = NULL;
    bool several = false;
    for (size_t k = 0; k < table->n_rows; k++) {
        const dlu_cell *cell = dlu_table_at(table, k, c);
        if (!cell || dlu_text_is_blank(cell->text))
            continue;
        if (cell->kind == DLU_CELL_TEXT && dlu_names_calculated(cell->text))
            continue;
        if (cell->kind != DLU_CELL_TEXT || !names_light(cell->text))
            return false;
        several = several || (first && !dlu_text_alike(first, cell->text));
        first = cell->text;
    }
    return several;
}

/* "Luciferase" above "Firefly" and "Renilla" is no light, but says of which a row's light is. */
static void find_label(dlu_list *list)
{
    for (uint32_t c = 0; c < list->table.n_cols && list->label == DLU_NO_COLUMN; c++)
        if (names_luciferases(&list->table, c))
            list->label = (long)c;
}

static bool is_mean(const char *header)
{
    return dlu_text_starts(header, "mean");
}

/* "Count" beside "Mean": of how many wells it is the mean. */
static bool is_count_of_replicates(const dlu_table *table, long column)
{
    return dlu_text_alike(table->headers[column], "count") &&
           dlu_table_column(table, is_mean) != DLU_NO_COLUMN;
}

/*
 * Several columns of light whose names tell no luciferase: those of a VICTOR ("Plate, Repeat, Well,
 * Type, Time, Label 1 (CPS), Time, Label 2 (CPS)"), or of one and the same name. Each is a read.
 */
static void find_alike(dlu_list *list)
{
    const dlu_table *table = &list->table;
    bool victor = dlu_list_is_victor(table);
    long first = dlu_table_column(table, victor ? has_unit : is_value);
    uint32_t n = 0;
    if (first == DLU_NO_COLUMN || list->label != DLU_NO_COLUMN ||
        is_count_of_replicates(table, first))
        return;
    for (uint32_t c = 0; c < table->n_cols; c++) {
        bool alike = victor ? has_unit(table->headers[c])
                            : dlu_text_alike(table->headers[c], table->headers[first]);
        if (alike && n < DLU_LIST_MAX_LIGHT)
            list->light[n++] = (long)c;
    }
    list->n_light = n > 1 ? n : 0;
}

/* One column for the values of all reads, which other columns tell apart. */
static void find_value(dlu_list *list)
{
    long value = dlu_table_column(&list->table, is_value);
    if (value == DLU_NO_COLUMN || is_count_of_replicates(&list->table, value))
        return;
    list->light[list->n_light++] = value;
    list->by_value = true;
    list->read = dlu_table_column(&list->table, is_read);
    if (list->label == DLU_NO_COLUMN)
        list->label = dlu_table_column(&list->table, is_label);
    if (list->read != DLU_NO_COLUMN)
        list->state = dlu_table_column(&list->table, is_state);
}

static void add_numbered(dlu_list *list)
{
    const dlu_table *table = &list->table;
    for (uint32_t c = 0; c < table->n_cols; c++) {
        const char *header = table->headers[c];
        if (!is_numbered(header) && !is_first_of_numbered(table, header))
            continue;
        if (list->n_light < DLU_LIST_MAX_LIGHT)
            list->light[list->n_light++] = (long)c;
        else
            list->n_over++;
    }
}

/*
 * Readers of tubes: "Sample, Read 1, Read 2, Ratio", or "Measurement, Sample, Read, Remarks" of a
 * single read, where "Read" is the light and no number.
 */
static void find_tubes(dlu_list *list)
{
    long sample = dlu_table_column(&list->table, is_sample);
    add_numbered(list);
    if (!list->n_light && sample != DLU_NO_COLUMN &&
        dlu_table_column(&list->table, is_value) == DLU_NO_COLUMN &&
        dlu_table_column(&list->table, is_measurement) != DLU_NO_COLUMN)
        add_light(list, is_read);
    list->tubes = list->n_light > 0;
    list->remark = list->tubes ? dlu_table_column(&list->table, is_remark) : DLU_NO_COLUMN;
}

static void find_light(dlu_list *list)
{
    find_label(list);
    add_light(list, dlu_word_is_channel);
    forget_counted(list);
    if (!list->n_light)
        add_light(list, dlu_word_is_numbered_channel);
    if (!list->n_light)
        add_initials(list);
    if (list->n_light)
        list->has_map = dlu_table_column(&list->table, dlu_word_is_map) != DLU_NO_COLUMN;
    else
        find_tubes(list);
    if (!list->n_light)
        find_alike(list);
    if (!list->n_light)
        find_value(list);
    list->n_raw = list->n_light;
    if (list->n_raw && !list->by_value)
        add_light(list, is_calculated);
}

/* True where all that a column holds are wells. */
static bool holds_wells(const dlu_table *table, size_t c)
{
    bool some = false;
    dlu_well well;
    for (size_t k = 0; k < table->n_rows; k++) {
        const dlu_cell *cell = dlu_table_at(table, k, c);
        if (!cell || dlu_text_is_blank(cell->text))
            continue;
        if (!dlu_well_parse(cell->text, &well) || well >= DLU_WELL_TABLE_ROW)
            return false;
        some = true;
    }
    return some;
}

/*
 * The first column, of a header that says nothing ("ID", none), where it holds wells all the same.
 * Not beside columns of a plate map: the map calls its rows r1, r2, ... without a column well.
 */
static bool begins_with_wells(const dlu_table *table)
{
    return dlu_table_column(table, dlu_word_is_map) == DLU_NO_COLUMN &&
           dlu_table_column(table, is_row) == DLU_NO_COLUMN &&
           !dlu_word_is_plate(table->headers[0]) && !is_label(table->headers[0]) &&
           holds_wells(table, 0);
}

/* Of two columns called after the well, such as "Well ID" and "Well", the one that holds wells. */
static long well_column(const dlu_table *table)
{
    for (uint32_t c = 0; c < table->n_cols; c++)
        if (dlu_word_is_well(table->headers[c]) && holds_wells(table, c))
            return (long)c;
    long named = dlu_table_column(table, dlu_word_is_well);
    return named == DLU_NO_COLUMN && table->n_cols && begins_with_wells(table) ? 0 : named;
}

/* Row letter and column number in cells of their own. */
static bool well_of_parts(const char *row, const char *column, dlu_well *out)
{
    uint32_t letter;
    long number;
    bool capitals = false;
    if (!dlu_row_letter(row, &capitals, &letter)) {
        if (!dlu_text_integer(row, 1, DLU_WELL_MAX_ROWS, &number))
            return false;
        letter = (uint32_t)(number - 1);
    }
    if (!dlu_text_integer(column, 1, DLU_WELL_MAX_COLS, &number))
        return false;
    *out = letter << 8 | (dlu_well)(number - 1);
    return true;
}

static const char *text_at(const dlu_list *list, size_t item, long column)
{
    const dlu_cell *cell = dlu_table_at(&list->table, item, (size_t)column);
    return cell ? cell->text : "";
}

bool dlu_list_parse_well(const dlu_list *list, size_t item, dlu_well *out)
{
    if (list->well != DLU_NO_COLUMN)
        return dlu_well_parse(text_at(list, item, list->well), out);
    return list->row != DLU_NO_COLUMN &&
           well_of_parts(text_at(list, item, list->row), text_at(list, item, list->column), out);
}

static void find_wells(dlu_list *list)
{
    list->well = well_column(&list->table);
    list->plate = dlu_table_column(&list->table, dlu_word_is_plate);
    if (list->well != DLU_NO_COLUMN)
        return;
    list->row = dlu_table_column(&list->table, is_row);
    list->column = dlu_table_column(&list->table, is_column);
    if (list->row == DLU_NO_COLUMN || list->column == DLU_NO_COLUMN)
        list->row = list->column = DLU_NO_COLUMN;
}

static const char *what_misses(const dlu_scan *scan, const dlu_list *list)
{
    dlu_place place = dlu_book_place(scan->book, list->sheet, list->table.header_row, 0);
    char at[128];
    dlu_place_render(&place, at, sizeof at);
    return dlu_arena_printf(scan->arena,
                            "a header row at %s, but no column of light (firefly, renilla, nanoluc "
                            "or value) in it",
                            at);
}

/* A grid begins in the row of the header, or right below it: then it is a title. */
static bool is_grid_header(const dlu_scan *scan, const dlu_table *table)
{
    for (size_t i = 0; i < scan->n_blocks; i++)
        if (scan->blocks[i].sheet == table->sheet &&
            scan->blocks[i].header_row >= table->header_row &&
            scan->blocks[i].header_row <= (table->n_rows ? table->rows[0] : table->header_row))
            return true;
    return false;
}

bool dlu_list_find(const dlu_scan *scan, const dlu_sheet *sheet, dlu_list *out, bool *sure,
                   const char **miss)
{
    *miss = "neither a header row with two known words (well, plate, firefly, renilla, value, "
            "construct, ...) nor rows of a well and its values";
    *sure = true;
    dlu_list_clear(out, sheet);
    if (dlu_table_find(scan->book, sheet, scan->arena, is_known, 2, &out->table)) {
        if (is_grid_header(scan, &out->table)) {
            *miss = "plate grids, not a table";
            return false;
        }
        out->has_header = true;
        find_wells(out);
        find_light(out);
        dlu_list_find_repeat(out);
        dlu_list_find_time(out);
        if (out->tubes || dlu_list_has_wells(out))
            out->sample = dlu_table_column(&out->table, is_sample);
        *sure = dlu_list_has_wells(out) || out->n_raw >= 2 || out->tubes;
        if (out->n_raw && out->table.n_rows)
            return true;
        *miss = what_misses(scan, out);
        if (!*miss)
            return false;
    }
    *sure = true;
    if (dlu_list_find_bare(scan, sheet, out))
        return true;
    const char *turned = dlu_list_turned(scan, sheet);
    *miss = turned ? turned : *miss;
    out->turned = turned != NULL;
    return false;
}
