/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/list_columns.h"
#include "import/wells_table.h"

/*
 * The column of times of a kinetic table. A table in which no well comes again is none, whatever
 * its columns are called: then the times are those at which each well was read.
 */

#define N_WELLS        (DLU_WELL_MAX_ROWS << 8)
#define LONGEST_HEADER 32u

/* Letters and nothing else, in lower case: "Time (s)" is "times". */
static void letters_of(const char *header, char out[LONGEST_HEADER])
{
    size_t n = 0;
    for (const char *p = header; *p && n + 1 < LONGEST_HEADER; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
        if (!strchr(" ()[]_./:", c))
            out[n++] = c;
    }
    out[n] = '\0';
}

/* Whether a header names a time, and the seconds of a bare number below it; 0 without a unit. */
static bool names_time(const char *header, double *unit)
{
    static const struct {
        const char *letters;
        double seconds;
    } names[] = {{"time", 0},        {"timehhmmss", 0}, {"times", 1},      {"timesec", 1},
                 {"timeseconds", 1}, {"timemin", 60},   {"timemins", 60},  {"timeminutes", 60},
                 {"timeh", 3600},    {"timehr", 3600},  {"timehrs", 3600}, {"timehours", 3600}};
    char letters[LONGEST_HEADER];
    letters_of(header, letters);
    const char *bare = letters + (strncmp(letters, "elapsed", 7) == 0 ? 7 : 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *unit = names[i].seconds;
        if (strcmp(bare, names[i].letters) == 0)
            return true;
    }
    return false;
}

static bool same_cells(const dlu_table *table, size_t a, size_t b, long column)
{
    if (column == DLU_NO_COLUMN)
        return true;
    const dlu_cell *x = dlu_table_at(table, a, (size_t)column);
    const dlu_cell *y = dlu_table_at(table, b, (size_t)column);
    return strcmp(x ? x->text : "", y ? y->text : "") == 0;
}

/* ---- repeats ---- */

static bool is_repeat(const char *header)
{
    return dlu_text_alike(header, "repeat");
}

static bool is_type(const char *header)
{
    return dlu_text_alike(header, "type");
}

bool dlu_list_is_victor(const dlu_table *table)
{
    return dlu_table_column(table, is_repeat) != DLU_NO_COLUMN &&
           dlu_table_column(table, is_type) != DLU_NO_COLUMN;
}

void dlu_list_find_repeat(dlu_list *list)
{
    const dlu_table *table = &list->table;
    bool again = false;
    long column = dlu_list_is_victor(table) ? dlu_table_column(table, is_repeat) : DLU_NO_COLUMN;
    for (size_t k = 0; column != DLU_NO_COLUMN && k < table->n_rows; k++) {
        long number;
        const dlu_cell *cell = dlu_table_at(table, k, (size_t)column);
        if (cell && !dlu_text_integer(cell->text, 1, DLU_MAX_READS, &number))
            return;
        again = again || (cell && number > 1);
    }
    list->repeat = again ? column : DLU_NO_COLUMN;
}

/* ---- times ---- */

/* Whether a well comes again on rows of one plate and one read. */
static bool a_well_comes_again(const dlu_list *list)
{
    bool seen[N_WELLS] = {false};
    const dlu_table *table = &list->table;
    for (size_t k = 0; k < table->n_rows; k++) {
        dlu_well well;
        if (k && (!same_cells(table, k - 1, k, list->plate) ||
                  !same_cells(table, k - 1, k, list->label) ||
                  !same_cells(table, k - 1, k, list->repeat) ||
                  !same_cells(table, k - 1, k, list->read) || dlu_table_begins_again(table, k)))
            memset(seen, 0, sizeof seen);
        if (!dlu_list_parse_well(list, k, &well) || well >= N_WELLS)
            continue;
        if (seen[well])
            return true;
        seen[well] = true;
    }
    return false;
}

void dlu_list_find_time(dlu_list *list)
{
    double unit;
    for (uint32_t c = 0; c < list->table.n_cols && list->time == DLU_NO_COLUMN; c++) {
        if (!names_time(list->table.headers[c], &unit))
            continue;
        list->time = (long)c;
        list->time_unit = unit;
    }
    /* as "dualuc read" writes it, there are times even for a single well */
    bool sure = list->time != DLU_NO_COLUMN && list->by_value &&
                dlu_text_alike(list->table.headers[list->time], "time_s");
    if (!sure && !a_well_comes_again(list))
        list->time = DLU_NO_COLUMN;
}

/* "1:30" is an hour and a half or a minute and a half. */
static bool is_half_a_clock(const char *text)
{
    const char *colon = strchr(text, ':');
    return colon && !strchr(colon + 1, ':');
}

bool dlu_list_seconds(const dlu_list *list, const dlu_cell *cell, const dlu_numbers *numbers,
                      double *out)
{
    if (!cell->date && dlu_cell_number(cell, numbers->decimal, out)) {
        *out *= list->time_unit;
        return list->time_unit > 0;
    }
    return (cell->date || !is_half_a_clock(cell->text)) &&
           dlu_cell_seconds(cell, numbers, true, out);
}
