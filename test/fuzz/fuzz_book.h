/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_FUZZ_BOOK_H
#define DLU_TEST_FUZZ_BOOK_H

/* Workbooks from what a fuzzer can change well: plain text, and the parts of the archive. */

#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "grid/grid.h"
#include "zip_writer.h"

#define FUZZ_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define FUZZ_DOC  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define FUZZ_REL  "http://schemas.openxmlformats.org/package/2006/relationships"

static void fuzz_escaped(dlu_buffer *to, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '<' || c == '&' || c >= 0x80 || c < 0x20)
            dlu_buffer_printf(to, "&#%u;", c < 0x20 ? 0x20u : c);
        else
            dlu_buffer_add_n(to, text + i, 1);
    }
}

static void fuzz_cell(dlu_buffer *to, const char *text, size_t n)
{
    char number[64];
    double value;
    if (n && n < sizeof number) {
        memcpy(number, text, n);
        number[n] = '\0';
        if (dlu_text_number(number, '.', &value)) {
            dlu_buffer_printf(to, "<c><v>%s</v></c>", number);
            return;
        }
    }
    if (!n) {
        dlu_buffer_add(to, "<c/>");
        return;
    }
    dlu_buffer_add(to, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    fuzz_escaped(to, text, n);
    dlu_buffer_add(to, "</t></is></c>");
}

/* One sheet from lines of cells with tabs between them. */
static void fuzz_sheet(dlu_buffer *to, const char *text, size_t n)
{
    dlu_buffer_add(to, "<worksheet xmlns=\"" FUZZ_MAIN "\"><sheetData>");
    for (size_t i = 0; i < n;) {
        const char *end = memchr(text + i, '\n', n - i);
        size_t stop = end ? (size_t)(end - text) : n;
        dlu_buffer_add(to, "<row>");
        while (i <= stop) {
            const char *tab = memchr(text + i, '\t', stop - i);
            size_t to_here = tab ? (size_t)(tab - text) : stop;
            fuzz_cell(to, text + i, to_here - i);
            i = to_here + 1;
        }
        dlu_buffer_add(to, "</row>");
    }
    dlu_buffer_add(to, "</sheetData></worksheet>");
}

/* A workbook whose sheets are parted by form feeds; the first line of each is its name. */
static inline void fuzz_workbook(archive *to, const char *text, size_t n)
{
    dlu_buffer book = {0}, links = {0};
    unsigned k = 0;
    dlu_buffer_add(&book, "<workbook xmlns=\"" FUZZ_MAIN "\" xmlns:r=\"" FUZZ_DOC "\"><sheets>");
    dlu_buffer_add(&links, "<Relationships xmlns=\"" FUZZ_REL "\">");
    for (size_t i = 0; i <= n && k < 20; k++) {
        const char *feed = memchr(text + i, '\f', n - i);
        size_t stop = feed ? (size_t)(feed - text) : n;
        const char *line = memchr(text + i, '\n', stop - i);
        size_t name_end = line ? (size_t)(line - text) : stop;
        size_t from = name_end < stop ? name_end + 1 : stop;
        dlu_buffer sheet = {0};
        char name[40];
        dlu_buffer_add(&book, "<sheet name=\"");
        for (size_t c = i; c < name_end && c < i + 31; c++)
            if (text[c] != '"')
                fuzz_escaped(&book, text + c, 1);
        dlu_buffer_printf(&book, "\" sheetId=\"%u\" r:id=\"r%u\"/>", k + 1, k);
        dlu_buffer_printf(&links,
                          "<Relationship Id=\"r%u\" Type=\"" FUZZ_DOC "/worksheet\" "
                          "Target=\"worksheets/sheet%u.xml\"/>",
                          k, k);
        fuzz_sheet(&sheet, text + from, stop - from);
        snprintf(name, sizeof name, "xl/worksheets/sheet%u.xml", k);
        add_entry(to, name, sheet.bytes, sheet.n);
        dlu_buffer_free(&sheet);
        i = stop + 1;
    }
    dlu_buffer_add(&book, "</sheets></workbook>");
    dlu_buffer_add(&links, "</Relationships>");
    add_entry(to, "xl/workbook.xml", book.bytes, book.n);
    add_entry(to, "xl/_rels/workbook.xml.rels", links.bytes, links.n);
    dlu_buffer_free(&book);
    dlu_buffer_free(&links);
    end_archive(to);
}

/* What every reader of cells promises to the stages above. */
static inline void fuzz_check_book(const dlu_book *book)
{
    for (size_t s = 0; s < book->n_sheets; s++) {
        const dlu_sheet *sheet = &book->sheets[s];
        for (size_t i = 0; i < sheet->n_cells; i++) {
            const dlu_cell *cell = &sheet->cells[i], *before = i ? cell - 1 : NULL;
            PROMISE(cell->text && cell->row >= 1 && cell->row <= sheet->n_rows);
            PROMISE(cell->col >= 1 && cell->col <= sheet->n_cols);
            PROMISE(!before || before->row < cell->row ||
                    (before->row == cell->row && before->col < cell->col));
            PROMISE(dlu_sheet_at(sheet, cell->row, cell->col) == cell);
        }
    }
}

#endif
