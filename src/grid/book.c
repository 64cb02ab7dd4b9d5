/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/cells.h"

#include <string.h>

#include "base/say.h"
#include "bytes/bytes.h"

static const char expected[] = "expected a workbook (.xlsx) or delimited text";
static const char save_hint[] = "open it in Excel or LibreOffice and save it as .xlsx";

static bool contains(const dlu_source *source, const char *part, size_t n)
{
    const unsigned char *p = source->bytes, *end = p + source->n_bytes;
    while ((size_t)(end - p) >= n) {
        p = memchr(p, part[0], (size_t)(end - p) - n + 1);
        if (!p)
            return false;
        if (!memcmp(p, part, n))
            return true;
        p++;
    }
    return false;
}

/* Excel keeps a workbook with a password inside an old-style container. */
static dlu_status fail_old(const dlu_source *source, const dlu_place *place, dlu_error *err)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if (contains(source, name, sizeof name - 1))
        return dlu_fail(err, DLU_E_INPUT, "xlsx-password", place,
                        "open it in Excel, take the password off (File, Info, Protect Workbook) "
                        "and save it again",
                        "%s, found a workbook that is protected by a password", expected);
    return dlu_fail(err, DLU_E_INPUT, "file-old-xls", place, save_hint,
                    "%s, found a file of the old Excel format (.xls)", expected);
}

static const char *image_name(const dlu_source *source)
{
    switch (*(const unsigned char *)source->bytes) {
    case 0x89:
        return "PNG";
    case 0xFF:
        return "JPEG";
    case 'G':
        return "GIF";
    case 'B':
        return "BMP";
    case 'R':
        return "WebP";
    default:
        return "TIFF";
    }
}

static dlu_status refuse(dlu_bytes_kind kind, const dlu_source *source, dlu_error *err)
{
    dlu_place place = {.file = source->name};
    switch (kind) {
    case DLU_BYTES_EMPTY:
        return dlu_fail(err, DLU_E_INPUT, "file-empty", &place, "copy or export the file again",
                        "%s, found an empty file", expected);
    case DLU_BYTES_OLD_XLS:
        return fail_old(source, &place, err);
    case DLU_BYTES_PDF:
        return dlu_fail(err, DLU_E_INPUT, "file-pdf", &place,
                        "export the reads from the reader's software as .xlsx or CSV",
                        "%s, found a PDF document", expected);
    case DLU_BYTES_IMAGE:
        return dlu_fail(err, DLU_E_INPUT, "file-picture", &place,
                        "numbers are not read from pictures: export the reads as .xlsx or CSV",
                        "%s, found a picture (%s), whatever the file's name says", expected,
                        image_name(source));
    default:
        return dlu_fail(err, DLU_E_INPUT, "file-binary", &place,
                        "export the reads from the reader's software as .xlsx or CSV",
                        "%s, found bytes that are neither", expected);
    }
}

dlu_status dlu_book_read(const dlu_source *source, dlu_arena *arena, dlu_book **out, dlu_error *err)
{
    *out = NULL;
    if (source->n_bytes > DLU_MAX_FILE_BYTES)
        return dlu_fail(err, DLU_E_LIMIT, "file-too-large", &(dlu_place){.file = source->name},
                        "give a file that holds the plates alone",
                        "expected at most %zu bytes, found %zu", DLU_MAX_FILE_BYTES,
                        source->n_bytes);
    dlu_bytes_kind kind = dlu_bytes_sniff(source->bytes, source->n_bytes);
    if (!source->n_sheets && kind != DLU_BYTES_TEXT && kind != DLU_BYTES_ZIP)
        return refuse(kind, source, err);
    dlu_book *book = dlu_arena_alloc(arena, 1, sizeof *book);
    char *name = book ? dlu_arena_copy(arena, source->name ? source->name : "") : NULL;
    if (!name)
        return dlu_fail_memory(err);
    book->file = name;
    book->workbook = source->n_sheets || kind == DLU_BYTES_ZIP;
    dlu_status status = source->n_sheets ? dlu_given_read(source, arena, book, err)
                        : book->workbook ? dlu_xlsx_read(source, arena, book, err)
                                         : dlu_delimited_read(source, arena, book, err);
    if (status == DLU_OK)
        *out = book;
    return status;
}
