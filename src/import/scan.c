/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

#include <string.h>

#include "base/say.h"

/* A file as detection and reading see it. */

static bool is_word(const dlu_cell *cell)
{
    if (cell->whole)
        return false;
    const char *text = cell->text + strspn(cell->text, " \t\r\n");
    bool letter = (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');
    bool sign = *text && strchr("#~<*[(\"=-", *text);
    return cell->kind == DLU_CELL_TEXT && strnlen(text, 4) > 3 &&
           (letter || (sign && (text[1] < '0' || text[1] > '9')) || (unsigned char)*text >= 0x80);
}

#define MAX_STEPS 32u

/* FNV-1a */
static size_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* Of the words, the first of each text: most tables say the same few on every row. */
static bool find_firsts(dlu_scan *scan, dlu_arena *scratch, dlu_arena *cells)
{
    size_t size = 16;
    while (size < scan->n_words * 2)
        size *= 2;
    uint32_t *table = dlu_arena_alloc(scratch, size, sizeof *table); /* a word's index, from 1 */
    DLU_VEC(dlu_word_cell) firsts = {0};
    if (!table)
        return false;
    for (size_t i = 0; i < scan->n_words; i++) {
        const dlu_word_cell *word = &scan->words[i];
        size_t at = hash(word->cell->text) % size;
        unsigned steps = 0; /* texts made to collide may stand more than once */
        while (table[at] && steps < MAX_STEPS &&
               strcmp(scan->words[table[at] - 1].cell->text, word->cell->text) != 0) {
            at = (at + 1) % size;
            steps++;
        }
        if (table[at] && steps < MAX_STEPS)
            continue;
        table[at] = (uint32_t)(i + 1);
        dlu_word_cell *slot = DLU_VEC_ADD(cells, &firsts, DLU_MAX_CELLS);
        if (!slot)
            return false;
        *slot = *word;
    }
    scan->firsts = firsts.items;
    scan->n_firsts = firsts.n;
    return true;
}

static bool index_words(dlu_scan *scan, dlu_arena *cells)
{
    dlu_arena *scratch = dlu_arena_new();
    bool done = scratch && find_firsts(scan, scratch, cells);
    dlu_arena_free(scratch);
    return done;
}

static bool find_words(dlu_scan *scan, dlu_arena *cells)
{
    DLU_VEC(dlu_word_cell) words = {0};
    for (size_t s = 0; s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        for (size_t i = 0; i < sheet->n_cells; i++) {
            if (!is_word(&sheet->cells[i]))
                continue;
            dlu_word_cell *slot = DLU_VEC_ADD(cells, &words, DLU_MAX_CELLS);
            if (!slot)
                return false;
            *slot = (dlu_word_cell){sheet, &sheet->cells[i]};
        }
    }
    scan->words = words.items;
    scan->n_words = words.n;
    return true;
}

/* Places outlive the cells: the names in them are of the import. */
static bool keep_names(dlu_book *book, dlu_arena *arena)
{
    book->file = dlu_arena_copy(arena, book->file);
    for (size_t i = 0; i < book->n_sheets; i++) {
        dlu_sheet *sheet = &book->sheets[i];
        if (sheet->name)
            sheet->name = dlu_arena_copy(arena, sheet->name);
    }
    return !dlu_arena_failed(arena);
}

dlu_status dlu_scan_open(const dlu_source *source, dlu_decimal decimal, dlu_arena *arena,
                         dlu_arena *cells, dlu_scan *scan, dlu_error *err)
{
    dlu_book *book;
    dlu_status status = dlu_book_read(source, cells, &book, err);
    if (status)
        return status;
    if (!keep_names(book, arena))
        return dlu_fail_memory(err);
    *scan = (dlu_scan){.book = book, .arena = arena};
    scan->numbers = dlu_numbers_of(book, decimal);
    if (!find_words(scan, cells) || !index_words(scan, cells))
        return dlu_fail_memory(err);
    return dlu_blocks_find(book, &scan->numbers, cells, &scan->blocks, &scan->n_blocks, err);
}
