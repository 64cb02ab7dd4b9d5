/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "import/list_columns.h"

/*
 * Samples across and luciferases down:
 *
 *     Sample,WT,MUT
 *     Firefly,1200,800
 *     Renilla,90000,88000
 *
 * Nothing is read from it: people stack such tables, mix them with ratios and means, and name no
 * replicates. What it is, and how to turn it, is said.
 */

#define LONGEST_LOOK 4096u /* cells of words that are looked at */

/* A cell that names a luciferase, with a number right of it. */
static bool names_row(const dlu_scan *scan, const dlu_word_cell *word)
{
    const dlu_cell *right = dlu_sheet_at(word->sheet, word->cell->row, word->cell->col + 1);
    return dlu_word_is_channel(word->cell->text) &&
           dlu_value_of(right, &scan->numbers).kind == DLU_VALUE_NUMBER;
}

static bool are_two(const dlu_cell *a, const dlu_cell *b)
{
    return a->col == b->col && (dlu_word_is_firefly(a->text) != dlu_word_is_firefly(b->text) ||
                                dlu_word_is_renilla(a->text) != dlu_word_is_renilla(b->text));
}

static const char *describe(const dlu_scan *scan, const dlu_sheet *sheet, const dlu_cell *a,
                            const dlu_cell *b)
{
    char at[2][128];
    dlu_place places[2] = {dlu_book_place(scan->book, sheet, a->row, a->col),
                           dlu_book_place(scan->book, sheet, b->row, b->col)};
    dlu_place_render(&places[0], at[0], sizeof at[0]);
    dlu_place_render(&places[1], at[1], sizeof at[1]);
    return dlu_arena_printf(
        scan->arena,
        "luciferases name rows (\"%s\" at %s, \"%s\" at %s), where each needs a "
        "column: copy the table and paste it transposed",
        a->text, at[0], b->text, at[1]);
}

const char *dlu_list_turned(const dlu_scan *scan, const dlu_sheet *sheet)
{
    const dlu_cell *first = NULL;
    for (size_t i = 0; i < scan->n_words && i < LONGEST_LOOK; i++) {
        const dlu_word_cell *word = &scan->words[i];
        if (word->sheet != sheet || !names_row(scan, word))
            continue;
        if (first && are_two(first, word->cell))
            return describe(scan, sheet, first, word->cell);
        first = first ? first : word->cell;
    }
    return NULL;
}
