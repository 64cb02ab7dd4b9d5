/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz_book.h"

/* Delimited text to cells. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    dlu_source source = {.name = "fuzz.csv", .bytes = bytes, .n_bytes = n};
    dlu_arena *arena = dlu_arena_new();
    dlu_book *book = NULL;
    dlu_error err = {0};
    PROMISE(arena);
    if (n >= 2 && bytes[0] == 'P' && bytes[1] == 'K') {
        dlu_arena_free(arena); /* workbooks are another target's */
        return -1;
    }
    if (dlu_book_read(&source, arena, &book, &err)) {
        PROMISE(err.text[0]);
    } else {
        PROMISE(book->n_sheets == 1 && !book->workbook);
        fuzz_check_book(book);
        char decimal = dlu_book_decimal(book);
        PROMISE(decimal == '.' || decimal == ',');
    }
    dlu_arena_free(arena);
    return 0;
}
