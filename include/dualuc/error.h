/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_ERROR_H
#define DUALUC_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include <dualuc/export.h>

/** What became of a call. Every function that can fail returns one. */
typedef enum dlu_status {
    DLU_OK = 0,
    DLU_E_NO_MEMORY,    /**< an allocation failed */
    DLU_E_INPUT,        /**< the data are not what they should be; the error names the place */
    DLU_E_UNRECOGNISED, /**< no importer knows the file */
    DLU_E_LIMIT,        /**< larger than a cap of the program */
    DLU_E_IO,           /**< reading or writing failed */
    DLU_E_USAGE,        /**< a setting or argument is wrong */
    DLU_E_TOO_FEW,      /**< a statistic needs more values */
    DLU_E_NO_VARIANCE,  /**< values do not vary, so there is no error to test against */
    DLU_E_NOT_ESTIMABLE /**< the design does not determine the contrast */
} dlu_status;

typedef enum dlu_severity { DLU_NOTE, DLU_WARNING, DLU_ERROR } dlu_severity;

/**
 * Where in the user's files something stands. `sheet` is NULL for text files; then `row` is the
 * line and `col` the field of that line. Both count from 1; 0 means "not at one cell".
 */
typedef struct dlu_place {
    const char *file;
    const char *sheet;
    uint32_t row;
    uint32_t col;
} dlu_place;

/** Writes "Sheet!E14", "14:5", "14" or "" into buf, cut to `size`; returns buf. */
DLU_API char *dlu_place_render(const dlu_place *place, char *buf, size_t size);

/** Why a call failed. Holds copies only; too long texts are cut. */
typedef struct dlu_error {
    dlu_status status;
    char code[40];  /**< a word for programs, such as "map-duplicate-well" */
    char file[256]; /**< the file as given, or "" */
    char at[128];   /**< "14:5", "Results!E14", or "" */
    char text[640]; /**< what was expected and what was found */
    char hint[512]; /**< what to do, or "" */
} dlu_error;

/** One note, warning or error. All texts are borrowed from the list; `hint`, `file`, `at` may be
 * "".
 */
typedef struct dlu_message {
    dlu_severity severity;
    const char *code;
    const char *text;
    const char *hint;
    const char *file;
    const char *at;
} dlu_message;

/** A growing list of messages, in the order in which they were said. */
typedef struct dlu_messages dlu_messages;

/** A new empty list, or NULL where memory ran out. */
DLU_API dlu_messages *dlu_messages_new(void);
DLU_API void dlu_messages_free(dlu_messages *messages);
DLU_API size_t dlu_messages_count(const dlu_messages *messages);
/** The i-th message, 0 <= i < count. Valid until the next message is added. */
DLU_API const dlu_message *dlu_messages_get(const dlu_messages *messages, size_t i);

/** What a code means; docs/messages.md is this table. Texts are constant; `todo` is "" where
 * nothing needs to be done. */
typedef struct dlu_message_info {
    const char *code;
    dlu_severity severity;
    const char *when; /**< when it is said, in words for the bench */
    const char *todo; /**< what to do */
} dlu_message_info;

/** Every code that is said, in alphabetical order. */
DLU_API size_t dlu_message_code_count(void);
/** The i-th code, 0 <= i < count; NULL beyond. */
DLU_API const dlu_message_info *dlu_message_code_get(size_t i);

/** "note", "warning" or "error". */
DLU_API const char *dlu_severity_name(dlu_severity severity);

/**
 * Copies text for a person or a terminal: characters that are not seen or that steer a terminal
 * (controls, marks of the direction of writing, blanks without width) become "<U+001B>", bytes that
 * are no UTF-8 "<0x9B>". A newline stays where four blanks follow it, as in the lists of messages.
 *
 * @return the length of the whole text; it was cut, at a whole character, where that is >= size
 */
DLU_API size_t dlu_visible(const char *text, char *buf, size_t size);

/**
 * Renders as `FILE:AT: severity: text` and, where there is one, a second line `  hint: ...`;
 * `dualuc: severity: text` where there is no file. Without a final newline, and with
 * everything in it made visible.
 *
 * @return the length of the whole text; it was cut where that is >= size
 */
DLU_API size_t dlu_message_render(const dlu_message *message, char *buf, size_t size);
DLU_API size_t dlu_error_render(const dlu_error *err, char *buf, size_t size);

#endif
