/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_book.h"

/*
 * Workbooks to cells. What begins with PK is the archive itself, bytes and all; anything else are
 * the parts of one, parted by NULs, so that a change of a part is not lost to a wrong checksum.
 */
static const char *const part_names[] = {
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",       "xl/styles.xml",
    "xl/workbook.xml",          "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
};

static const char *const usual[] = {
    NULL,
    NULL,
    NULL,
    "<workbook xmlns=\"" FUZZ_MAIN "\" xmlns:r=\"" FUZZ_DOC "\"><sheets><sheet name=\"a\" "
    "sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
    "<Relationships xmlns=\"" FUZZ_REL "\"><Relationship Id=\"r1\" Type=\"" FUZZ_DOC
    "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" FUZZ_DOC
    "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"" FUZZ_DOC
    "/styles\" Target=\"styles.xml\"/></Relationships>",
    NULL,
};

static void pack(archive *to, const char *bytes, size_t n)
{
    for (size_t k = 0; k < sizeof part_names / sizeof *part_names; k++) {
        const char *end = n ? memchr(bytes, '\0', n) : NULL;
        size_t length = end ? (size_t)(end - bytes) : n;
        if (length)
            add_entry(to, part_names[k], bytes, length);
        else if (usual[k])
            add_entry(to, part_names[k], usual[k], strlen(usual[k]));
        bytes += end ? length + 1 : length;
        n -= end ? length + 1 : length;
    }
    end_archive(to);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    archive made = {0};
    dlu_source source = {.name = "fuzz.xlsx", .bytes = bytes, .n_bytes = n};
    dlu_arena *arena = dlu_arena_new();
    dlu_book *book = NULL;
    dlu_error err = {0};
    size_t cells;
    PROMISE(arena);
    if (n < 2 || bytes[0] != 'P' || bytes[1] != 'K') {
        pack(&made, (const char *)bytes, n);
        source.bytes = made.bytes.bytes;
        source.n_bytes = made.bytes.n;
    }
    if (dlu_book_read(&source, arena, &book, &err))
        PROMISE(err.text[0]);
    else
        fuzz_check_book(book);
    dlu_book_check_whole(&source, &cells, &err);
    dlu_arena_free(arena);
    dlu_buffer_free(&made.bytes);
    return 0;
}
