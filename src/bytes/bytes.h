/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BYTES_BYTES_H
#define DLU_BYTES_BYTES_H

#include <dualuc/import.h>

#include "base/arena.h"

/** What kind of file the first bytes say it is. */
typedef enum dlu_bytes_kind {
    DLU_BYTES_EMPTY,
    DLU_BYTES_TEXT,
    DLU_BYTES_ZIP,
    DLU_BYTES_OLD_XLS,
    DLU_BYTES_PDF,
    DLU_BYTES_IMAGE,
    DLU_BYTES_OTHER
} dlu_bytes_kind;

dlu_bytes_kind dlu_bytes_sniff(const void *bytes, size_t n);

/** A text file decoded: UTF-8 without byte order mark, every newline a "\n", NUL-terminated. */
typedef struct dlu_decoded {
    char *text; /**< of the arena; may be written to */
    size_t n;
    const char *encoding; /**< "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252" */
} dlu_decoded;

/**
 * Decodes: a byte order mark decides; else UTF-16 where every other byte is 0; else UTF-8 where it
 * is valid; else Windows-1252. LF, CRLF and CR end lines.
 *
 * @return DLU_OK; DLU_E_INPUT for bytes that are no text (NULs, broken UTF-16), with the offset;
 *         DLU_E_LIMIT above DLU_MAX_FILE_BYTES; DLU_E_NO_MEMORY
 */
dlu_status dlu_bytes_decode(const dlu_source *source, dlu_arena *arena, dlu_decoded *out,
                            dlu_error *err);

#endif
