/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/list_columns.h"
#include "import/words.h"

/*
 * Tables below each other under the same header: the next page of a plate, or, where a well comes
 * again, the next plate. Tables beside each other: further wells of the same plate.
 */

#define N_WELLS (DLU_WELL_MAX_ROWS << 8)

/* "Plate 2" alone in a row between the tables; "" where there is none, NULL where memory ran out.
 */
static const char *title_before(dlu_arena *arena, const dlu_table *table, size_t k)
{
    for (uint32_t row = table->rows[k] - 1; k && row > table->rows[k - 1]; row--) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(table->sheet, row, &n);
        if (n == 1 && dlu_has_word(cells[0].text, "plate"))
            return dlu_text_trimmed(arena, cells[0].text);
    }
    return "";
}

/* Marks the wells of the part that begins at item k; true where one was marked before. */
static bool mark_wells(const dlu_list *list, size_t k, dlu_list_well well_of, void *of, bool *seen)
{
    bool again = false;
    for (size_t i = k;
         i < list->table.n_rows && (i == k || !dlu_table_begins_again(&list->table, i)); i++) {
        dlu_well well = 0;
        if (!well_of(of, i, &well) || well >= N_WELLS)
            continue;
        again = again || seen[well];
        seen[well] = true;
    }
    return again;
}

bool dlu_list_next_plate(dlu_arena *arena, const dlu_list *list, size_t k, dlu_list_well well_of,
                         void *of, dlu_list_parts *parts)
{
    if (!parts->seen) {
        parts->seen = dlu_arena_alloc(arena, N_WELLS, sizeof *parts->seen);
        parts->n_plates = 1;
        if (!parts->seen)
            return false;
        mark_wells(list, 0, well_of, of, parts->seen);
    }
    if (!mark_wells(list, k, well_of, of, parts->seen))
        return true;
    memset(parts->seen, 0, N_WELLS * sizeof *parts->seen);
    mark_wells(list, k, well_of, of, parts->seen);
    parts->n_plates++;
    parts->name = title_before(arena, &list->table, k);
    if (parts->name && !*parts->name)
        parts->name = dlu_arena_printf(arena, "Plate %zu", parts->n_plates);
    return parts->name != NULL;
}

/* ---- beside each other ---- */

static const char *text_at(const dlu_table *table, size_t k, uint32_t c)
{
    const dlu_cell *cell = dlu_table_at(table, k, c);
    return cell ? cell->text : "";
}

/* A second column of the same name with other wells in the same rows, or 0. */
static uint32_t second_wells(const dlu_list *list)
{
    const dlu_table *table = &list->table;
    uint32_t first = (uint32_t)list->well;
    for (uint32_t c = first + 1; c < table->n_cols; c++) {
        if (!dlu_text_alike(table->headers[c], table->headers[first]))
            continue;
        for (size_t k = 0; k < table->n_rows; k++) {
            dlu_well a, b;
            if (dlu_well_parse(text_at(table, k, first), &a) &&
                dlu_well_parse(text_at(table, k, c), &b) && a != b)
                return c;
        }
    }
    return 0;
}

static bool is_sample(const char *header)
{
    return dlu_word_map_column(header) == DLU_COLUMN_SAMPLE;
}

uint32_t dlu_list_second_samples(const dlu_list *list)
{
    const dlu_table *table = &list->table;
    long first = dlu_table_column(table, is_sample);
    if (first == DLU_NO_COLUMN || dlu_list_has_wells(list))
        return 0;
    for (uint32_t c = (uint32_t)first + 1; c < table->n_cols; c++) {
        if (!dlu_text_alike(table->headers[c], table->headers[first]))
            continue;
        for (size_t k = 0; k < table->n_rows; k++) {
            const char *a = text_at(table, k, (uint32_t)first), *b = text_at(table, k, c);
            if (!dlu_text_is_blank(a) && !dlu_text_is_blank(b) && !dlu_text_alike(a, b))
                return c;
        }
    }
    return 0;
}

static const char *header_at(const dlu_table *table, uint32_t c)
{
    return c < table->n_cols ? table->headers[c] : "";
}

size_t dlu_list_count_beside(const dlu_list *list, uint32_t *width, uint32_t *second)
{
    const dlu_table *table = &list->table;
    const long known[] = {list->plate, list->sample, list->read,   list->label,
                          list->time,  list->state,  list->remark, list->repeat};
    *second = list->has_header && list->well != DLU_NO_COLUMN ? second_wells(list) : 0;
    *width = *second ? *second - (uint32_t)list->well : table->n_cols;
    if (!*second)
        return 1;
    for (uint32_t c = *width; c < table->n_cols; c++)
        if (!dlu_text_alike(header_at(table, c), header_at(table, c - *width)))
            return 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i] >= (long)*width)
            return 0;
    return (table->n_cols + *width - 1) / *width;
}

static long moved(long column, uint32_t by)
{
    return column == DLU_NO_COLUMN ? column : column + (long)by;
}

void dlu_list_beside(const dlu_list *list, size_t k, uint32_t width, dlu_list *out)
{
    uint32_t by = (uint32_t)k * width;
    *out = *list;
    out->well = moved(list->well, by);
    out->plate = moved(list->plate, by);
    out->sample = moved(list->sample, by);
    out->read = moved(list->read, by);
    out->label = moved(list->label, by);
    out->time = moved(list->time, by);
    out->state = moved(list->state, by);
    out->remark = moved(list->remark, by);
    out->repeat = moved(list->repeat, by);
    out->n_light = out->n_raw = 0;
    for (size_t i = 0; i < list->n_light; i++) {
        long last = moved(list->light[i], by);
        if (list->light[i] >= (long)width || last >= (long)list->table.n_cols)
            continue;
        out->light[out->n_light++] = last;
        out->n_raw += i < list->n_raw;
    }
}
