/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/map_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/*
 * Names that may be slips: two that differ only by case, blanks, hyphens or two letters swapped,
 * and dates where a name is expected. Never by a digit: SPRY1 and SPRY2 are two genes. Only
 * warnings: what is written is what is analysed.
 */

#define MAX_PAIRS  20u /* of names, said for each column */
#define MAX_BUCKET 64u /* names of the same letters that are compared with each other */

/* One spelling in a column, with the item in which it first stands. */
typedef struct name {
    const char *written;
    const char *folded; /* lower-case, without what does not count */
    const char *sorted; /* the characters of `folded` in order: equal where letters are swapped */
    size_t item;
} name;

typedef struct pair {
    const name *a; /* the earlier one */
    const name *b;
} pair;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Length of a blank or hyphen at p, also typographic ones; 0 for everything else. */
static size_t separator_at(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (*p && strchr(" \t\r\n\v\f-_", *p))
        return 1;
    if (u[0] == 0xC2 && (u[1] == 0xA0 || u[1] == 0xAD))
        return 2;
    return u[0] == 0xE2 && u[1] == 0x80 && u[2] >= 0x90 && u[2] <= 0x95 ? 3 : 0;
}

/* Lower-case and without separators but those between digits: miR-1-1 is not miR-11. */
static char *fold(dlu_arena *arena, const char *written)
{
    char *out = dlu_arena_copy(arena, written);
    size_t n = 0;
    for (const char *p = written; out && *p;) {
        size_t gap = 0, here;
        while ((here = separator_at(p + gap)) > 0)
            gap += here;
        if (gap && n > 0 && is_digit(out[n - 1]) && is_digit(p[gap]))
            out[n++] = '-';
        p += gap;
        if (!gap && *p) {
            out[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p | 0x20 : *p);
            p++;
        }
    }
    if (out)
        out[n] = '\0';
    return out;
}

static int by_char(const void *a, const void *b)
{
    const unsigned char *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int by_written(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int order = strcmp(x->written, y->written);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static int by_sorted(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int order = strcmp(x->sorted, y->sorted);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static int by_item(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->b->item != y->b->item)
        return x->b->item < y->b->item ? -1 : 1;
    return (x->a->item > y->a->item) - (x->a->item < y->a->item);
}

/* What stands in the column; of constructs only the names of mutants, which are the user's. */
static const char *written_at(const dlu_map_reader *r, dlu_map_column column, size_t item)
{
    if (column == DLU_COLUMN_CONSTRUCT) {
        const char *construct = r->map->rows[item].construct;
        return construct && !strncmp(construct, "MUT", 3) ? construct : NULL;
    }
    const dlu_cell *cell = dlu_map_cell(&r->form, item, r->column[column]);
    return cell && !dlu_text_is_blank(cell->text) ? cell->text : NULL;
}

/* The distinct spellings of a column; NULL where memory ran out. */
static name *list_names(dlu_map_reader *r, dlu_map_column column, size_t *n_out)
{
    size_t n = 0, kept = 0;
    name *names = dlu_arena_alloc(r->arena, r->form.n_items + 1, sizeof *names);
    for (size_t i = 0; names && i < r->form.n_items; i++) {
        const char *written = written_at(r, column, i);
        if (written)
            names[n++] = (name){.written = written, .item = i};
    }
    if (names)
        qsort(names, n, sizeof *names, by_written);
    for (size_t i = 0; names && i < n; i++)
        if (!kept || strcmp(names[kept - 1].written, names[i].written) != 0)
            names[kept++] = names[i];
    for (size_t i = 0; names && i < kept; i++) {
        char *folded = fold(r->arena, names[i].written);
        char *sorted = folded ? dlu_arena_copy(r->arena, folded) : NULL;
        if (!sorted)
            return NULL;
        qsort(sorted, strlen(sorted), 1, by_char);
        names[i].folded = folded;
        names[i].sorted = sorted;
    }
    *n_out = kept;
    return names;
}

/* Equal, or equal once two neighbouring letters are swapped. */
static bool is_slip(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    if (!a[i] && !b[i])
        return true;
    return is_letter(a[i]) && is_letter(a[i + 1]) && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           !strcmp(a + i + 2, b + i + 2);
}

static void say_pair(dlu_map_reader *r, dlu_map_column column, const pair *p)
{
    char first[160], second[160];
    long header = r->column[column];
    dlu_place a = dlu_map_place(&r->form, p->a->item, header);
    dlu_place b = dlu_map_place(&r->form, p->b->item, header);
    const char *x = dlu_text_trimmed(r->arena, p->a->written);
    const char *y = dlu_text_trimmed(r->arena, p->b->written);
    bool one = x && y && !strcmp(x, y);
    dlu_warn(r->log, "map-names-alike", &b, "write one name in one way",
             "%s: \"%s\" (%s) and \"%s\" (%s) %s", dlu_map_column_name(column), p->a->written,
             dlu_place_render(&a, first, sizeof first), p->b->written,
             dlu_place_render(&b, second, sizeof second),
             one ? "differ only by spaces at an end, and are read as one"
                 : "look like one name written in two ways; they are read as two");
}

static bool both_control_words(const name *a, const name *b)
{
    return dlu_map_is_control_word(a->written) && dlu_map_is_control_word(b->written);
}

/* Names of the same letters, sorted together, are compared with each other. */
static size_t find_pairs(const name *names, size_t n, dlu_map_column column, pair *pairs,
                         size_t max)
{
    size_t n_pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + MAX_BUCKET && n_pairs < max; k++) {
            if (strcmp(names[i].sorted, names[k].sorted) != 0)
                break;
            if (column == DLU_COLUMN_MIRNA && both_control_words(&names[i], &names[k]))
                continue;
            if (is_slip(names[i].folded, names[k].folded))
                pairs[n_pairs++] = (pair){&names[i], &names[k]};
        }
    return n_pairs;
}

static void check_alike(dlu_map_reader *r, dlu_map_column column)
{
    enum { MAX_FOUND = 1000 };
    size_t n;
    name *names = list_names(r, column, &n);
    pair *pairs = dlu_arena_alloc(r->arena, MAX_FOUND, sizeof *pairs);
    if (!names || !pairs) {
        r->failed = true;
        return;
    }
    qsort(names, n, sizeof *names, by_sorted);
    size_t n_pairs = find_pairs(names, n, column, pairs, MAX_FOUND);
    qsort(pairs, n_pairs, sizeof *pairs, by_item);
    for (size_t i = 0; i < n_pairs && i < MAX_PAIRS; i++)
        say_pair(r, column, &pairs[i]);
    if (n_pairs > MAX_PAIRS) {
        dlu_place at = {.file = r->map->file};
        dlu_warn(r->log, "map-names-alike-more", &at, NULL,
                 "%s: %zu more pairs of names look alike", dlu_map_column_name(column),
                 n_pairs - MAX_PAIRS);
    }
}

/* "Sep", "MAR": what a spreadsheet makes of the letters of a name. */
static bool month_at(const char *p)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "mai", "jul",
                                         "aug", "sep", "oct", "okt", "nov", "dec", "dez"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (dlu_text_starts(p, months[i]))
            return true;
    return false;
}

/* "2-Sep", "02. Sep", "Sep-02", "2024-09-02", "9/2/2024". */
static bool looks_like_date(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 4 && text[4] == '-')
        return strspn(text + 5, "0123456789-") == 5 && text[7] == '-' && !text[10];
    if (digits == 1 || digits == 2) {
        size_t gap = strspn(text + digits, "-. ");
        const char *rest = text + digits + gap;
        if (gap && month_at(rest))
            return strlen(rest) == 3;
        return text[digits] == '/' && strspn(rest, "0123456789/") == strlen(rest) &&
               strchr(rest + 1, '/');
    }
    return month_at(text) && text[3] == '-' && strspn(text + 4, "0123456789") == 2 && !text[6];
}

static void check_dates(dlu_map_reader *r, dlu_map_column column)
{
    size_t n = 0;
    dlu_place at = {0};
    const char *first = NULL;
    for (size_t i = 0; i < r->form.n_items; i++) {
        const dlu_cell *cell = dlu_map_cell(&r->form, i, r->column[column]);
        if (!cell || (!cell->date && !looks_like_date(cell->text)))
            continue;
        if (!n++) {
            at = dlu_map_place(&r->form, i, r->column[column]);
            first = cell->text;
        }
    }
    if (n)
        dlu_warn(r->log, "map-date-for-name", &at,
                 "format the column as text and type the names again",
                 "%s: expected a name, found a date (%s) in %zu cell%s: spreadsheets turn names "
                 "such as SEPT2 and MARCH1 into dates",
                 dlu_map_column_name(column), first, n, n == 1 ? "" : "s");
}

/* A construct such as "mutnat" counts as a mutant of that name, which nobody means. */
static void check_mutants(dlu_map_reader *r)
{
    for (size_t i = 0; i < r->form.n_items; i++) {
        const dlu_cell *cell = dlu_map_cell(&r->form, i, r->column[DLU_COLUMN_CONSTRUCT]);
        if (!cell || !r->map->rows[i].construct || !dlu_map_is_mutant_slip(cell->text))
            continue;
        dlu_place at = dlu_map_place(&r->form, i, r->column[DLU_COLUMN_CONSTRUCT]);
        dlu_warn(r->log, "map-mutant-slip", &at, "did you mean MUT?",
                 "construct: \"%s\" is read as a mutant of that name, %s", cell->text,
                 r->map->rows[i].construct);
        return;
    }
}

void dlu_map_check_names(dlu_map_reader *r)
{
    static const dlu_map_column alike[] = {DLU_COLUMN_TARGET, DLU_COLUMN_CONSTRUCT,
                                           DLU_COLUMN_MIRNA};
    static const dlu_map_column named[] = {DLU_COLUMN_TARGET, DLU_COLUMN_MIRNA};
    check_mutants(r);
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (r->column[alike[i]] != DLU_NO_COLUMN && !r->failed)
            check_alike(r, alike[i]);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (r->column[named[i]] != DLU_NO_COLUMN)
            check_dates(r, named[i]);
}
