/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

/* The long form: a header row, then a row a well. */

#define MIN_KNOWN 2u /* headers that make a row the header row */

static bool knows_map(const char *header)
{
    return dlu_word_map_column(header) != DLU_COLUMN_COUNT;
}

static bool knows_table(const char *header)
{
    return knows_map(header) || dlu_word_is_channel(header);
}

/* One table is read; that another was left is said, so that no plate is lost silently. */
static void warn_of_others(dlu_map_reader *r, const dlu_book *book, size_t first)
{
    for (size_t i = first + 1; i < book->n_sheets; i++) {
        dlu_table other;
        if (!dlu_table_find(book, &book->sheets[i], r->arena, knows_map, MIN_KNOWN, &other))
            continue;
        dlu_place at = dlu_book_place(book, &book->sheets[i], other.header_row, other.first_col);
        dlu_warn(r->log, "map-sheet-not-read", &at,
                 "put all wells into one table, with a column plate where plates differ",
                 "expected one table of wells, found another on sheet %s; the one on sheet %s was "
                 "read",
                 book->sheets[i].name, book->sheets[first].name);
    }
}

bool dlu_map_long_find(dlu_map_reader *r, const dlu_book *book)
{
    dlu_map_form *form = &r->form;
    for (size_t i = 0; i < book->n_sheets; i++) {
        if (!dlu_table_find(book, &book->sheets[i], r->arena, r->in_data ? knows_table : knows_map,
                            MIN_KNOWN, &form->table))
            continue;
        form->book = book;
        form->headers = form->table.headers;
        form->n_headers = form->table.n_cols;
        form->n_items = form->table.n_rows;
        if (!r->in_data)
            warn_of_others(r, book, i);
        return true;
    }
    return false;
}

dlu_place dlu_map_long_place(const dlu_map_form *form, size_t item, long header)
{
    const dlu_table *t = &form->table;
    return dlu_book_place(t->book, t->sheet, t->rows[item],
                          header < 0 ? 0 : t->first_col + (uint32_t)header);
}

dlu_place dlu_map_long_header_place(const dlu_map_form *form, size_t header)
{
    const dlu_table *t = &form->table;
    return dlu_book_place(t->book, t->sheet, t->header_row, t->first_col + (uint32_t)header);
}
