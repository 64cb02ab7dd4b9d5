/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/marks.h"

#include <string.h>

#include "base/text.h"

#define MAX_MARKS 16u

/* The first word of the sheet at or after that row. */
static size_t first_word(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t row)
{
    size_t low = 0, high = scan->n_words;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const dlu_word_cell *word = &scan->words[middle];
        if (word->sheet < sheet || (word->sheet == sheet && word->cell->row < row))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const char *after_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

const dlu_cell *dlu_find_text(const dlu_scan *scan, const char *starts, const dlu_sheet **sheet)
{
    for (size_t i = 0; i < scan->n_firsts; i++) {
        const dlu_word_cell *word = &scan->firsts[i];
        if (!dlu_text_starts(after_blanks(word->cell->text), starts))
            continue;
        if (sheet)
            *sheet = word->sheet;
        return word->cell;
    }
    return NULL;
}

const dlu_cell *dlu_find_text_in(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                                 uint32_t to, const char *starts)
{
    for (size_t i = first_word(scan, sheet, from);
         i < scan->n_words && scan->words[i].sheet == sheet; i++) {
        const dlu_cell *cell = scan->words[i].cell;
        if (to && cell->row > to)
            break;
        if (dlu_text_starts(after_blanks(cell->text), starts))
            return cell;
    }
    return NULL;
}

/* ---- keys ---- */

/* Where the value begins in a cell that holds the key, its end where the cell is the key alone. */
static const char *after_key(const char *text, const char *key)
{
    text = after_blanks(text);
    if (!dlu_text_starts(text, key))
        return NULL;
    text = after_blanks(text + strlen(key));
    if (*text == ':' || *text == '=')
        return after_blanks(text + 1);
    return *text ? NULL : text;
}

/* The cell of the key, and where its value begins in it. */
static const dlu_cell *find_key(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                                uint32_t to, const char *key, const char **value)
{
    for (size_t i = first_word(scan, sheet, from);
         i < scan->n_words && scan->words[i].sheet == sheet; i++) {
        const dlu_cell *cell = scan->words[i].cell;
        if (to && cell->row > to)
            break;
        *value = after_key(cell->text, key);
        if (*value)
            return cell;
    }
    return NULL;
}

static const dlu_cell *right_of(const dlu_sheet *sheet, const dlu_cell *cell)
{
    uint32_t n;
    const dlu_cell *cells = dlu_sheet_row_cells(sheet, cell->row, &n);
    for (uint32_t i = 0; i < n; i++)
        if (cells[i].col > cell->col && !dlu_text_is_blank(cells[i].text))
            return &cells[i];
    return NULL;
}

const char *dlu_key_value(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                          const char *key)
{
    const char *value = "";
    const dlu_cell *cell = find_key(scan, sheet, from, to, key, &value);
    if (cell && !*value) {
        const dlu_cell *right = right_of(sheet, cell);
        value = right ? right->text : "";
    }
    return cell && *value ? dlu_text_trimmed(scan->arena, value) : "";
}

const dlu_cell *dlu_key_cell(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                             uint32_t to, const char *key)
{
    const char *value = "";
    const dlu_cell *cell = find_key(scan, sheet, from, to, key, &value);
    return cell && !*value ? right_of(sheet, cell) : NULL;
}

/* ---- detection ---- */

/* Marks as one text: those found with their places, or those missed. */
static const char *list_marks(const dlu_scan *scan, const dlu_mark *marks, size_t n,
                              const dlu_cell *const *cells, const dlu_sheet *const *sheets,
                              bool found)
{
    const char *text = "";
    char at[128];
    unsigned told = 0;
    for (size_t i = 0; i < n && text; i++) {
        if ((cells[i] != NULL) != found || (!found && marks[i].optional))
            continue;
        const char *parts = told++ ? ", " : "";
        dlu_place place = {0};
        if (found)
            place = dlu_book_place(scan->book, sheets[i], cells[i]->row, cells[i]->col);
        dlu_place_render(&place, at, sizeof at);
        text =
            dlu_arena_printf(scan->arena, "%s%s%s%s%s%s%s", text, parts, marks[i].says ? "" : "\"",
                             marks[i].says ? marks[i].says : marks[i].starts,
                             marks[i].says ? "" : "\"", *at ? " at " : "", at);
    }
    return text;
}

dlu_status dlu_detect_marks(const dlu_scan *scan, const dlu_mark *marks, size_t n_marks, bool reads,
                            const char *what, dlu_detection *out)
{
    const dlu_cell *cells[MAX_MARKS] = {NULL};
    const dlu_sheet *sheets[MAX_MARKS] = {NULL};
    size_t n_found = 0;
    bool all = true, never = false;
    n_marks = n_marks < MAX_MARKS ? n_marks : MAX_MARKS;
    for (size_t i = 0; i < n_marks; i++) {
        cells[i] = dlu_find_text(scan, marks[i].starts, &sheets[i]);
        n_found += cells[i] != NULL;
        all = all && (cells[i] || marks[i].optional);
        never = never || (!cells[i] && marks[i].decides);
    }
    const char *found = list_marks(scan, marks, n_marks, cells, sheets, true);
    const char *missed = list_marks(scan, marks, n_marks, cells, sheets, false);
    if (!found || !missed)
        return DLU_E_NO_MEMORY;
    out->score = (unsigned)(100 * (n_found + (reads && n_found)) / (n_marks + 1));
    if (all && reads)
        return dlu_detected(scan, out, DLU_DETECT_SURE, "%s, and %s", found, what);
    if (!n_found)
        return dlu_detected(scan, out, DLU_DETECT_NO, "without %s", missed);
    return dlu_detected(scan, out, never ? DLU_DETECT_NO : DLU_DETECT_MAYBE,
                        "%s, but without %s%s%s", found, missed, !all && !reads ? ", and " : "",
                        reads ? "" : what);
}
