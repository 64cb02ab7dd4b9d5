/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "import/list_columns.h"
#include "import/words.h"

/*
 * Tables below each other under the same header: the next page of a plate, or, where a well comes
 * again, the next plate.
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
