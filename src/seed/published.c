/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"

/* What is published of targets: a table of a lab's own, or the built-in one of miR-21. */

static const dlu_published miR_21[] = {
    {"miR-21-5p", "PTEN", "down"},
    {"miR-21-5p", "PDCD4", "down"},
    {"miR-21-5p", "TIMP3", "down"},
    {"miR-21-5p", "TPM1", "down"},
    {"miR-21-5p", "RECK", "down"},
    {"miR-21-5p", "SPRY1", "down"},
    {"miR-21-5p", "SPRY2", "down"},
    {"miR-21-5p", "STARD13", "down"},
    {"miR-21-5p", "ZNF132", "down"},
    {"miR-21-5p", "MSH2", "down"},
    {"miR-21-5p", "BCL2",
     "context-dependent: raised in many cancers, a direct target in beta cells"},
};

static bool is_mirna(const char *header)
{
    return dlu_text_alike(header, "mirna") || dlu_text_alike(header, "microrna");
}

static bool is_target(const char *header)
{
    return dlu_text_alike(header, "target") || dlu_text_alike(header, "gene");
}

static bool is_effect(const char *header)
{
    return dlu_text_alike(header, "effect") || dlu_text_alike(header, "direction");
}

static bool is_known(const char *header)
{
    return is_mirna(header) || is_target(header) || is_effect(header);
}

static bool find_table(const dlu_book *book, dlu_arena *arena, dlu_table *table)
{
    for (size_t i = 0; i < book->n_sheets; i++)
        if (dlu_table_find(book, &book->sheets[i], arena, is_known, 2, table) &&
            dlu_table_column(table, is_mirna) >= 0 && dlu_table_column(table, is_target) >= 0)
            return true;
    return false;
}

static const char *text_at(const dlu_table *table, size_t row, long column, dlu_arena *arena)
{
    const dlu_cell *cell = column < 0 ? NULL : dlu_table_at(table, row, (size_t)column);
    return cell ? dlu_text_trimmed(arena, cell->text) : "";
}

static dlu_status read_rows(const dlu_table *table, dlu_arena *arena, dlu_published_list *out,
                            dlu_error *err)
{
    long effect = dlu_table_column(table, is_effect);
    dlu_published *rows = dlu_arena_alloc(arena, table->n_rows + 1, sizeof *rows);
    for (size_t i = 0; rows && i < table->n_rows; i++) {
        dlu_published *row = &rows[out->n];
        row->mirna = text_at(table, i, dlu_table_column(table, is_mirna), arena);
        row->target = text_at(table, i, dlu_table_column(table, is_target), arena);
        row->effect = text_at(table, i, effect, arena);
        if (!row->mirna || !row->target || !row->effect)
            return dlu_fail_memory(err);
        row->effect = *row->effect ? row->effect : "listed";
        out->n += *row->mirna && *row->target;
    }
    out->items = rows;
    return rows ? DLU_OK : dlu_fail_memory(err);
}

dlu_status dlu_published_read(const dlu_source *source, dlu_arena *arena, dlu_published_list *out,
                              dlu_error *err)
{
    dlu_book *book;
    dlu_table table;
    *out = (dlu_published_list){miR_21, sizeof miR_21 / sizeof *miR_21};
    if (!source)
        return DLU_OK;
    *out = (dlu_published_list){NULL, 0};
    dlu_status status = dlu_book_read(source, arena, &book, err);
    if (status != DLU_OK)
        return status;
    const dlu_place at = {.file = source->name};
    if (!find_table(book, arena, &table))
        return dlu_fail(err, DLU_E_INPUT, "published-no-table", &at,
                        "begin it with the line mirna,target,effect",
                        "expected a table with the columns mirna and target, found none");
    return read_rows(&table, arena, out, err);
}

const char *dlu_published_effect(const dlu_published_list *list, const char *mirna,
                                 const char *target)
{
    for (size_t i = 0; mirna && target && i < list->n; i++)
        if (dlu_text_alike(list->items[i].target, target) &&
            dlu_mirna_same(list->items[i].mirna, mirna))
            return list->items[i].effect;
    return NULL;
}
