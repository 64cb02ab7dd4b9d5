/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/list_columns.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/words.h"

/*
 * Long tables: a row a well (or a row a sample without wells, named r1, r2, ... by dlu_table's
 * numbering, which plate maps in the same table share), columns of light, each a read.
 */

#define TURNED_SCORE 50u /* nearer than what anyone can paste */

static const char *describe(const dlu_scan *scan, const dlu_list *list, const char *at)
{
    const char *first = list->table.headers[list->light[0]];
    if (!list->has_header)
        return dlu_arena_printf(scan->arena, "%zu rows of a well and its values from %s",
                                list->table.n_rows, at);
    return dlu_arena_printf(
        scan->arena, "a table with a header row at %s: %s, light in \"%s\"%s%s%s", at,
        dlu_list_has_wells(list) ? "a row a well" : "a row a sample, no wells", first,
        list->n_raw > 1 ? " and \"" : "",
        list->n_raw > 1 ? list->table.headers[list->light[1]] : "", list->n_raw > 1 ? "\"" : "");
}

dlu_status dlu_generic_list_detect(const dlu_scan *scan, dlu_detection *out)
{
    const char *found = NULL, *missed = NULL;
    bool turned = false, beside = false;
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        const char *miss;
        char at[128];
        bool sure;
        dlu_list list;
        if (!dlu_list_find(scan, sheet, &list, &sure, &miss)) {
            if (!miss)
                return DLU_E_NO_MEMORY;
            missed = missed && !list.turned ? missed : miss;
            turned = turned || list.turned;
            continue;
        }
        uint32_t row = list.has_header ? list.table.header_row : list.table.rows[0];
        dlu_place place = dlu_book_place(scan->book, sheet, row, list.table.first_col);
        dlu_place_render(&place, at, sizeof at);
        const char *text = describe(scan, &list, at);
        if (!text)
            return DLU_E_NO_MEMORY;
        if (sure)
            return dlu_detected(scan, out, DLU_DETECT_SURE, "%s", text);
        beside = found ? beside : list.label != DLU_NO_COLUMN;
        found = found ? found : text;
    }
    out->score = turned ? TURNED_SCORE : 0;
    if (found)
        return dlu_detected(scan, out, DLU_DETECT_MAYBE, "%s; %s", found,
                            beside
                                ? "the luciferases stand below each other, and no wells say which "
                                  "rows belong together: give each a column, or name the wells"
                                : "only one column of light, and no wells");
    return dlu_detected(scan, out, DLU_DETECT_NO, "%s", missed ? missed : "no cells");
}

/* ---- reading ---- */

typedef struct reader {
    dlu_import_job *job;
    const dlu_list *list;
    const char *sheet_plate; /* name of the plate where no column names it */
    const char *sheet_label; /* the luciferase that the sheet is named after, or "" */
    dlu_list_parts parts;
    bool after_mean;        /* the row before is calculated */
    bool calculated_told;   /* rows of a calculated label */
    dlu_plate_build *plate; /* of the row in hand */
    size_t last_read;       /* index of the read of the last value */
    bool timed;             /* the row in hand has a time */
    double seconds;
} reader;

static const char *text_at(const reader *r, size_t item, long column)
{
    const dlu_cell *cell =
        column == DLU_NO_COLUMN ? NULL : dlu_table_at(&r->list->table, item, (size_t)column);
    return cell ? cell->text : "";
}

static dlu_place place_at(const reader *r, size_t item, long column)
{
    const dlu_table *table = &r->list->table;
    return dlu_book_place(table->book, table->sheet, table->rows[item],
                          table->first_col + (uint32_t)column);
}

static bool has_light(const reader *r, size_t item)
{
    for (size_t i = 0; i < r->list->n_raw; i++) {
        const dlu_cell *cell = dlu_table_at(&r->list->table, item, (size_t)r->list->light[i]);
        if (cell && (dlu_cell_is_unsaved(cell) || !dlu_text_is_blank(cell->text)))
            return true;
    }
    return r->list->state != DLU_NO_COLUMN && !dlu_text_is_blank(text_at(r, item, r->list->state));
}

/* False where the cell is no well; the problem is told. */
static bool well_of(reader *r, size_t item, dlu_well *out)
{
    const dlu_list *list = r->list;
    if (!dlu_list_has_wells(list)) {
        *out = DLU_WELL_TABLE_ROW + (dlu_well)(item + 1);
        return true;
    }
    if (dlu_list_parse_well(list, item, out))
        return true;
    dlu_place at = place_at(r, item, list->well != DLU_NO_COLUMN ? list->well : list->row);
    if (list->well != DLU_NO_COLUMN)
        dlu_problem(&r->job->problems, "list-well", &at,
                    "rows go from A to AF, columns from 1 to 48; a row without a well must have "
                    "no light",
                    "expected a well such as A1, found \"%s\"", text_at(r, item, list->well));
    else
        dlu_problem(&r->job->problems, "list-well-parts", &at,
                    "rows go from A to AF, columns from 1 to 48",
                    "expected a row letter and a column number, found \"%s\" and \"%s\"",
                    text_at(r, item, list->row), text_at(r, item, list->column));
    return false;
}

/* What is a number is the name, whatever a spreadsheet makes of it: 1 and 1.0 are one plate. */
static const char *plate_name(const reader *r, size_t item)
{
    char number[DLU_NUMBER_SIZE];
    double value;
    if (r->list->plate == DLU_NO_COLUMN)
        return r->parts.name ? r->parts.name : r->sheet_plate;
    const dlu_cell *cell = dlu_table_at(&r->list->table, item, (size_t)r->list->plate);
    if (!cell)
        return "";
    if (cell->kind == DLU_CELL_NUMBER && dlu_cell_number(cell, '.', &value))
        return dlu_arena_copy(r->job->arena, dlu_text_from_double(value, number));
    return dlu_text_trimmed(r->job->arena, cell->text);
}

/* The plate of the row; a table with a column for each read gets all its reads at once. */
static bool enter_plate(reader *r, size_t item)
{
    const dlu_list *list = r->list;
    const char *name = plate_name(r, item);
    if (!name)
        return false;
    if (!r->plate || strcmp(r->plate->plate.name, name) != 0)
        r->plate = dlu_job_plate(r->job, name);
    if (!r->plate || r->plate->list == list->sheet)
        return r->plate != NULL;
    r->plate->list = list->sheet;
    r->plate->first_read = r->plate->reads.n;
    for (size_t i = 0; !dlu_list_is_keyed(list) && i < list->n_light; i++) {
        dlu_place at = place_at(r, item, list->light[i]);
        const char *label = list->table.headers[list->light[i]];
        if (*r->sheet_label)
            label = r->sheet_label;
        dlu_read_build *read = dlu_job_read(r->job, r->plate, label, at);
        if (!read)
            return false;
        read->read.calculated = i >= list->n_raw;
        read->read.measures = dlu_list_measures(label);
    }
    return true;
}

/* What tells the reads of one column of values apart. */
typedef struct read_key {
    const char *label;
    const char *number;
    bool timed;
    double seconds;
} read_key;

/* A second repeat is a read of its own; label NULL: no memory. */
static read_key repeat_of(const reader *r, size_t item, const char *label)
{
    long number = 1;
    const char *text = text_at(r, item, r->list->repeat);
    bool again = dlu_text_integer(text, 1, DLU_MAX_READS, &number) && number > 1;
    if (again)
        label = dlu_arena_printf(r->job->arena, "%s, repeat %ld", label, number);
    return (read_key){.label = label, .number = again ? text : "1"};
}

static read_key key_of(const reader *r, size_t item, size_t i)
{
    const dlu_list *list = r->list;
    bool named = list->by_value && list->repeat == DLU_NO_COLUMN;
    const char *label = named ? text_at(r, item, list->label) : list->table.headers[list->light[i]];
    if (list->repeat != DLU_NO_COLUMN)
        return repeat_of(r, item, label);
    return (read_key){.label = *r->sheet_label ? r->sheet_label : label,
                      .number = text_at(r, item, list->read),
                      .timed = r->timed,
                      .seconds = r->seconds};
}

/* The time of the row; false where it cannot be told, which is a problem. */
static bool time_of(reader *r, size_t item)
{
    const dlu_list *list = r->list;
    r->timed = !dlu_text_is_blank(text_at(r, item, list->time));
    r->seconds = 0;
    if (!r->timed)
        return true;
    const dlu_cell *cell = dlu_table_at(&list->table, item, (size_t)list->time);
    if (dlu_list_seconds(list, cell, &r->job->scan->numbers, &r->seconds))
        return true;
    dlu_place at = place_at(r, item, list->time);
    dlu_problem(&r->job->problems, "list-time", &at,
                "name the unit in the header, as in time_s or time (min)",
                "expected a time such as 90 s or 0:01:30, found \"%s\"", cell->text);
    return false;
}

static bool has_key(const dlu_read_build *read, const read_key *key)
{
    return read->key && strcmp(read->read.label, key->label) == 0 &&
           strcmp(read->key, key->number) == 0 && read->read.has_time == key->timed &&
           (!key->timed ||
            (read->read.time_s >= key->seconds && read->read.time_s <= key->seconds));
}

/* The read with that key, made where there is none. Rows mostly follow each other read by read. */
static dlu_read_build *read_of(reader *r, const read_key *key, dlu_place at)
{
    size_t n = r->plate->reads.n;
    for (size_t i = 0; i < n; i++) {
        size_t at_read = (r->last_read + i) % n;
        if (has_key(r->plate->reads.items[at_read], key)) {
            r->last_read = at_read;
            return r->plate->reads.items[at_read];
        }
    }
    dlu_read_build *read = dlu_job_read(r->job, r->plate, key->label, at);
    if (!read)
        return NULL;
    read->key = key->number;
    read->read.measures = dlu_list_measures(key->label);
    read->read.has_time = key->timed;
    read->read.time_s = key->seconds;
    r->last_read = n;
    return read;
}

/* "well B3, firefly" or "row r7, firefly" */
static void say_text(reader *r, dlu_well well, long column, const dlu_cell *cell, dlu_place at)
{
    char name[DLU_WELL_NAME_SIZE];
    const char *header = r->list->table.headers[column];
    if (dlu_cell_is_unsaved(cell)) {
        dlu_problem(&r->job->problems, "list-unsaved", &at, dlu_unsaved_hint,
                    "%s %s%s%s: expected a luminescence reading, found a formula whose value was "
                    "never saved",
                    well < DLU_WELL_TABLE_ROW ? "well" : "row", dlu_well_name(well, name),
                    *header ? ", " : "", header);
        return;
    }
    dlu_problem(&r->job->problems, "list-light", &at,
                "leave the cell empty if the well was not read, or set use = 0 for it in the plate "
                "map",
                "%s %s%s%s: expected a luminescence reading, found \"%s\"",
                well < DLU_WELL_TABLE_ROW ? "well" : "row", dlu_well_name(well, name),
                *header ? ", " : "", header, cell->text);
}

/* A state without a number, as "dualuc read" writes it. */
static bool written_state(const reader *r, size_t item, dlu_read_state *out)
{
    const char *text = text_at(r, item, r->list->state);
    for (int state = DLU_READ_OVERFLOW; state <= DLU_READ_INVALID; state++) {
        *out = (dlu_read_state)state;
        if (dlu_text_same(text, dlu_read_state_name(*out)))
            return true;
    }
    return false;
}

/* One cell of light, or what a remark says of it; *has is false where there is nothing to read, or
 * a problem was told. */
static void light_of(reader *r, size_t item, size_t i, dlu_well well, dlu_light *out, bool *has)
{
    long column = r->list->light[i];
    const dlu_cell *cell = dlu_table_at(&r->list->table, item, (size_t)column);
    dlu_value value = dlu_value_of(cell, &r->job->scan->numbers);
    *out = (dlu_light){well, value.state, value.number, "", place_at(r, item, column)};
    *has = value.kind == DLU_VALUE_NUMBER;
    const char *remark = text_at(r, item, r->list->remark);
    if (*has && dlu_token_state(remark, &out->state)) {
        out->text = remark;
        out->value = 0;
    } else if (value.kind == DLU_VALUE_NONE && written_state(r, item, &out->state)) {
        out->text = text_at(r, item, r->list->state);
        *has = true;
    } else if (value.kind == DLU_VALUE_UNSURE) {
        dlu_job_unsure(r->job, cell, out->at);
    } else if (value.kind == DLU_VALUE_TEXT && i < r->list->n_raw) {
        say_text(r, well, column, cell, out->at);
    } else if (value.kind != DLU_VALUE_NONE && value.kind != DLU_VALUE_NUMBER) {
        out->text = cell->text;
        *has = true;
    }
}

/* What the row calls itself, where it has no well: its sample, "Mean", else its first text. */
static const char *name_of_row(const reader *r, size_t item)
{
    uint32_t n;
    dlu_well well;
    const dlu_table *table = &r->list->table;
    const uint32_t light = table->first_col + (uint32_t)r->list->light[0];
    if (r->list->tubes)
        return text_at(r, item, r->list->sample);
    if (dlu_list_parse_well(r->list, item, &well))
        return "";
    const dlu_cell *cells = dlu_sheet_row_cells(table->sheet, table->rows[item], &n);
    for (uint32_t i = 0; i < n && cells[i].col < light; i++) {
        bool after_mean = r->after_mean;
        if (cells[i].letters && dlu_list_is_summary(cells[i].text, &after_mean))
            return cells[i].text;
    }
    return n && cells[0].letters ? cells[0].text : "";
}

static bool leave_out_summary(reader *r, size_t item, const char *name)
{
    return dlu_job_leave_out(r->job, place_at(r, item, r->list->tubes ? r->list->sample : 0),
                             "calculated from the rows above", "the row \"%s\"", name);
}

/* dlu_list_well of a reader */
static bool well_at(void *of, size_t item, dlu_well *out)
{
    return dlu_list_parse_well(((const reader *)of)->list, item, out);
}

/* The same header once more: the next page, or the next plate. */
static bool begin_again(reader *r, size_t item)
{
    const dlu_list *list = r->list;
    if (!dlu_list_has_wells(list) || list->plate != DLU_NO_COLUMN || !list->has_header ||
        !dlu_table_begins_again(&list->table, item))
        return true;
    return dlu_list_next_plate(r->job->arena, list, item, well_at, r, &r->parts);
}

/* "ratio" in the column that says which luciferase a row is of: told once, with --calculated read.
 */
static bool is_left_out(reader *r, size_t item, bool *failed)
{
    const char *label = text_at(r, item, r->list->label);
    if (!r->list->by_value || r->job->options->calculated || !dlu_names_calculated(label))
        return false;
    if (!r->calculated_told)
        *failed = !dlu_job_leave_out(r->job, place_at(r, item, r->list->label),
                                     "calculated, not measured (--calculated brings them)",
                                     "rows of \"%s\"", label);
    r->calculated_told = true;
    return true;
}

static bool read_item(reader *r, size_t item)
{
    bool failed = false;
    dlu_well well;
    dlu_light light;
    bool has;
    if (!begin_again(r, item))
        return false;
    if (!has_light(r, item))
        return true;
    if (is_left_out(r, item, &failed))
        return !failed;
    const char *name = name_of_row(r, item);
    if (dlu_list_is_summary(name, &r->after_mean))
        return leave_out_summary(r, item, name);
    if (!well_of(r, item, &well) || !time_of(r, item))
        return true;
    if (!enter_plate(r, item))
        return false;
    long sample = r->list->sample;
    if (sample != DLU_NO_COLUMN && !dlu_job_sample(r->job, r->plate, well, text_at(r, item, sample),
                                                   place_at(r, item, sample)))
        return false;
    size_t n = r->job->options->calculated ? r->list->n_light : r->list->n_raw;
    for (size_t i = 0; i < n; i++) {
        light_of(r, item, i, well, &light, &has);
        if (!has)
            continue;
        dlu_read_build *read;
        if (dlu_list_is_keyed(r->list)) {
            read_key key = key_of(r, item, i);
            read = key.label ? read_of(r, &key, light.at) : NULL;
            if (read)
                read->read.calculated = i >= r->list->n_raw || dlu_names_calculated(key.label);
        } else {
            read = r->plate->reads.items[r->plate->first_read + i];
        }
        if (!read || !dlu_job_reading(r->job, read, &light))
            return false;
    }
    return true;
}

static bool leave_out_columns(dlu_import_job *job, const dlu_list *list)
{
    for (size_t i = list->n_raw; !job->options->calculated && i < list->n_light; i++) {
        dlu_place at = dlu_book_place(list->table.book, list->sheet, list->table.header_row,
                                      list->table.first_col + (uint32_t)list->light[i]);
        if (!dlu_job_leave_out(job, at, "calculated, not measured (--calculated brings it)",
                               "the column \"%s\"", list->table.headers[list->light[i]]))
            return false;
    }
    return true;
}

static bool read_rows(reader r)
{
    for (size_t item = 0; item < r.list->table.n_rows; item++)
        if (!read_item(&r, item))
            return false;
    return true;
}

static bool read_list(dlu_import_job *job, const dlu_list *list, const char *sheet_plate,
                      const char *sheet_label)
{
    uint32_t width, second;
    size_t n = dlu_list_count_beside(list, &width, &second);
    dlu_list_check_one(job, list, n ? 0 : second);
    for (size_t k = 0; k < n; k++) {
        dlu_list part;
        dlu_list_beside(list, k, width, &part);
        if (!read_rows((reader){
                .job = job, .list = &part, .sheet_plate = sheet_plate, .sheet_label = sheet_label}))
            return false;
    }
    job->has_map = job->has_map || list->has_map;
    return leave_out_columns(job, list) && dlu_list_check_beside(job, list);
}

/* Sheets with a table that is surely one of light; else, where the user insists, all with any. */
static dlu_status find_lists(dlu_import_job *job, dlu_list *lists, size_t *n_lists)
{
    const dlu_book *book = job->scan->book;
    for (int insist = 0; insist < 2 && !*n_lists; insist++) {
        for (size_t s = 0; s < book->n_sheets; s++) {
            const char *miss;
            bool sure,
                found = dlu_list_find(job->scan, &book->sheets[s], &lists[*n_lists], &sure, &miss);
            if (!found && !miss)
                return dlu_fail_memory(job->err);
            *n_lists += found && (sure || insist);
            if (!found && !insist && book->sheets[s].n_cells &&
                !dlu_job_leave_out(job, dlu_book_place(book, &book->sheets[s], 0, 0), miss,
                                   "a sheet without a table of light"))
                return dlu_fail_memory(job->err);
        }
    }
    return DLU_OK;
}

/* Sheets "Firefly" and "Renilla" with a column of light each: reads of one plate. */
static bool are_channels(const dlu_list *lists, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!lists[i].sheet->name || !dlu_word_is_channel(lists[i].sheet->name) ||
            lists[i].n_raw != 1 || lists[i].label != DLU_NO_COLUMN)
            return false;
    return n > 1;
}

dlu_status dlu_generic_list_read(dlu_import_job *job)
{
    const dlu_book *book = job->scan->book;
    size_t n = 0;
    dlu_list *lists = dlu_arena_alloc(job->arena, book->n_sheets + 1, sizeof *lists);
    if (!lists)
        return dlu_fail_memory(job->err);
    dlu_status status = find_lists(job, lists, &n);
    if (status)
        return status;
    bool channels = are_channels(lists, n);
    for (size_t i = 0; i < n; i++) {
        const char *name = n > 1 && lists[i].sheet->name ? lists[i].sheet->name : "";
        if (!read_list(job, &lists[i], channels ? "" : name, channels ? name : ""))
            return dlu_fail_memory(job->err);
    }
    return DLU_OK;
}
