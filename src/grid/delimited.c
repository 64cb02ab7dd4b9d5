/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/cells.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "bytes/bytes.h"

/*
 * Fields are split here and not by libcsv: it reads on after `"abc"def` as if the quote were still
 * open, and swallows lines until the next one; and it cannot say in which line a quote opened that
 * is never closed.
 */

#define LINES_LOOKED_AT 500u
#define COUNTS          65u /**< numbers of delimiters that are told apart in one line */

static const char delimiters[3] = {'\t', ';', ','};

/* How often each delimiter stands in a line outside quotes: lines[d][k] lines hold k of d. */
typedef struct survey {
    unsigned lines[3][COUNTS];
    unsigned n_lines;
} survey;

static int delimiter_index(char c)
{
    for (int d = 0; d < 3; d++)
        if (delimiters[d] == c)
            return d;
    return -1;
}

/* Counts one line; returns what follows it. A quote counts as one where a field may begin. */
static const char *survey_line(const char *p, survey *s)
{
    static const bool counts[256] = {
        ['\0'] = true, ['\n'] = true, ['"'] = true, ['\t'] = true, [';'] = true, [','] = true};
    unsigned seen[3] = {0, 0, 0};
    bool quoted = false, begins = true;
    const char *first = p + strspn(p, " ");
    bool blank = !*first || *first == '\n';
    for (;; p++) {
        const char *begin = p;
        while (!counts[(unsigned char)*p])
            p++;
        if (!*p || (*p == '\n' && !quoted))
            break;
        int d = quoted ? -1 : delimiter_index(*p);
        if (*p == '"' && (quoted || (begins && p == begin)))
            quoted = !quoted;
        else if (d >= 0)
            seen[d]++;
        begins = d >= 0 || (!quoted && *p == '"');
    }
    for (int d = 0; d < 3 && !blank; d++)
        s->lines[d][seen[d] < COUNTS ? seen[d] : COUNTS - 1]++;
    s->n_lines += !blank;
    return *p ? p + 1 : p;
}

/* The most lines that hold the same number of a delimiter, at least one. */
static unsigned agreement(const survey *s, int d)
{
    unsigned best = 0;
    for (unsigned k = 1; k < COUNTS; k++)
        if (s->lines[d][k] > best)
            best = s->lines[d][k];
    return best;
}

/*
 * The delimiter of a text. A line's count of each sign is taken outside quotes, over the first
 * lines that are not blank. Tabs win where they stand in at least two lines (or in the only one)
 * and in no fewer lines than those in which another sign agrees; free text seldom holds one. Then
 * the sign wins whose number is the same in the most lines, the semicolon in a tie, because commas
 * are then decimal signs.
 */
static char choose_delimiter(const char *text)
{
    survey s = {0};
    for (const char *p = text; *p && s.n_lines < LINES_LOOKED_AT;)
        p = survey_line(p, &s);
    unsigned tabs = s.n_lines - s.lines[0][0];
    unsigned semicolons = agreement(&s, 1), commas = agreement(&s, 2);
    bool enough = tabs >= 2 || (tabs == 1 && s.n_lines == 1);
    if (enough && tabs >= semicolons && tabs >= commas)
        return '\t';
    return semicolons > 0 && semicolons >= commas ? ';' : ',';
}

/* The text being split. Fields are cut out of it in place: each ends in a NUL of its own. */
typedef struct splitter {
    const char *file;
    dlu_arena *arena;
    dlu_usage usage;
    DLU_VEC(dlu_sheet_row) rows;
    DLU_VEC(dlu_cell) cells; /**< in their order, with room for all of them */
    uint32_t n_cols;
    char *p;
    char delimiter;
    uint32_t line;
    char ended; /**< what ended the last field: the delimiter, a newline or NUL */
    bool whole; /**< the last field is, as dlu_cell says it */
} splitter;

static dlu_place line_place(const splitter *s, uint32_t line)
{
    return (dlu_place){.file = s->file, .row = line};
}

/* Reads a quoted field; p is behind the first quote. Text behind the last quote is kept. */
static char *quoted_field(splitter *s, dlu_error *err)
{
    char *begin = s->p, *to = s->p;
    s->whole = false;
    uint32_t first_line = s->line;
    for (;; s->p++) {
        if (!*s->p) {
            dlu_place place = line_place(s, first_line);
            dlu_fail(err, DLU_E_INPUT, "text-open-quote", &place,
                     "take the quotation mark out, or add the second one",
                     "expected a second quotation mark that ends the cell, found the end of the "
                     "file");
            return NULL;
        }
        s->line += *s->p == '\n';
        if (*s->p == '"' && *++s->p != '"')
            break;
        *to++ = *s->p;
    }
    while (*s->p && *s->p != s->delimiter && *s->p != '\n')
        *to++ = *s->p++;
    s->ended = *s->p;
    *to = '\0';
    return begin;
}

static char *plain_field(splitter *s)
{
    char *begin = s->p, *p = begin;
    while (*p >= '0' && *p <= '9')
        p++;
    s->whole = p > begin && p - begin <= (long)DLU_WHOLE_DIGITS;
    for (; *p && *p != s->delimiter && *p != '\n'; p++)
        s->whole = false;
    s->p = p;
    s->ended = *p;
    *p = '\0';
    return begin;
}

/* ="0123" is how text is kept from being read as a number or a date; it means 0123. */
static char *unwrapped(char *text)
{
    size_t n = strlen(text);
    if (n < 3 || text[0] != '=' || text[1] != '"' || text[n - 1] != '"')
        return text;
    char *to = text + 2;
    for (char *p = text + 2; p < text + n - 1; p++) {
        *to++ = *p;
        if (p[0] == '"' && p[1] == '"' && p + 1 < text + n - 1)
            p++;
    }
    *to = '\0';
    return text + 2;
}

static dlu_status fail_columns(const splitter *s, dlu_error *err)
{
    dlu_place place = line_place(s, s->line);
    return dlu_fail(err, DLU_E_LIMIT, "too-many-columns", &place,
                    "check that the file is a table and has line ends",
                    "expected at most %u cells in a line, found more", DLU_MAX_SHEET_COLS);
}

/* A field that is not empty becomes a cell of the row. */
static dlu_status keep_field(splitter *s, char *text, uint32_t number, uint32_t col, dlu_error *err)
{
    dlu_sheet_row *row = &s->rows.items[number];
    uint8_t letters = 0;
    if (!s->whole) {
        text = unwrapped(text);
        if (dlu_text_is_blank(text))
            return DLU_OK;
        dlu_place place = {.file = s->file, .row = row->line, .col = col};
        dlu_status status = dlu_check_cell_text(strlen(text), &place, err);
        if (status)
            return status;
        s->whole = dlu_text_is_whole(text);
        letters = dlu_letters(text);
    }
    if (col > DLU_MAX_SHEET_COLS)
        return fail_columns(s, err);
    if (s->cells.n == s->cells.cap) {
        dlu_place place = line_place(s, row->line);
        return dlu_fail_cells(&place, err);
    }
    s->cells.items[s->cells.n++] = (dlu_cell){.text = text,
                                              .row = number,
                                              .col = col,
                                              .letters = letters,
                                              .kind = DLU_CELL_TEXT,
                                              .whole = s->whole};
    row->n++;
    if (letters > row->letters)
        row->letters = letters;
    if (col > s->n_cols)
        s->n_cols = col;
    return DLU_OK;
}

static dlu_status read_row(splitter *s, uint32_t row, dlu_error *err)
{
    dlu_place place = line_place(s, s->line);
    dlu_status status = dlu_usage_rows(&s->usage, 1, &place, err);
    dlu_sheet_row *slot = status ? NULL : DLU_VEC_ADD(s->arena, &s->rows, DLU_MAX_BOOK_ROWS + 1);
    if (!slot)
        return status ? status : dlu_fail_memory(err);
    *slot = (dlu_sheet_row){.first = (uint32_t)s->cells.n, .line = s->line};
    for (uint32_t col = 1;; col++) {
        bool quoted = *s->p == '"';
        s->p += quoted;
        char *text = quoted ? quoted_field(s, err) : plain_field(s);
        status = text ? keep_field(s, text, row, col, err) : DLU_E_INPUT;
        if (status)
            return status;
        slot->fields = col < UINT16_MAX ? (uint16_t)col : UINT16_MAX;
        if (s->ended)
            s->p++;
        if (s->ended != s->delimiter)
            break;
    }
    s->line += s->ended == '\n';
    return DLU_OK;
}

static dlu_status split(splitter *s, dlu_sheet *sheet, dlu_error *err)
{
    if (!DLU_VEC_ADD(s->arena, &s->rows, 1))
        return dlu_fail_memory(err);
    for (uint32_t row = 1; *s->p; row++) {
        dlu_status status = read_row(s, row, err);
        if (status)
            return status;
    }
    while (s->rows.n > 1 && s->rows.items[s->rows.n - 1].n == 0)
        s->rows.n--;
    *sheet = (dlu_sheet){.cells = s->cells.items,
                         .n_cells = s->cells.n,
                         .rows = s->rows.items,
                         .n_rows = (uint32_t)(s->rows.n - 1),
                         .n_cols = s->n_cols};
    return DLU_OK;
}

/* Room for all cells that the text can hold: more is never needed, and empty ones stay untouched.
 */
static bool reserve_cells(splitter *s, size_t n_bytes)
{
    size_t n = 1;
    for (size_t i = 0; i < n_bytes; i++)
        n += (size_t)(s->p[i] == s->delimiter) | (size_t)(s->p[i] == '\n');
    n = n < DLU_MAX_CELLS ? n : DLU_MAX_CELLS;
    s->cells.items = dlu_arena_grow(s->arena, NULL, 0, n, sizeof(dlu_cell));
    s->cells.cap = s->cells.items ? n : 0;
    return s->cells.items != NULL;
}

static dlu_status fail_blank(const dlu_book *book, const char *found, dlu_error *err)
{
    return dlu_fail(err, DLU_E_INPUT, "file-blank", &(dlu_place){.file = book->file},
                    "copy or export the file again",
                    "expected cells with something in them, found nothing but %s", found);
}

dlu_status dlu_delimited_read(const dlu_source *source, dlu_arena *arena, dlu_book *book,
                              dlu_error *err)
{
    dlu_decoded decoded;
    dlu_status status = dlu_bytes_decode(source, arena, &decoded, err);
    if (status)
        return status;
    if (source->release)
        source->release(source->owner);
    char *text = decoded.text;
    book->encoding = decoded.encoding;
    if (dlu_text_is_blank(text))
        return fail_blank(book, "white space", err);
    book->sheets = dlu_arena_alloc(arena, 1, sizeof *book->sheets);
    if (!book->sheets)
        return dlu_fail_memory(err);
    book->n_sheets = 1;
    book->delimiter = choose_delimiter(text);
    splitter s = {
        .file = book->file, .arena = arena, .p = text, .delimiter = book->delimiter, .line = 1};
    if (!reserve_cells(&s, decoded.n))
        return dlu_fail_memory(err);
    status = split(&s, &book->sheets[0], err);
    return status || s.cells.n ? status : fail_blank(book, "empty ones", err);
}
