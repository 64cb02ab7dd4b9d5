/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_MARKS_H
#define DLU_IMPORT_MARKS_H

#include "import/import.h"

/*
 * What the exports of a software have in common: texts by which a format is recognised, and keys
 * with values. A mark is the beginning of a cell's text, blanks in front skipped, letters in any
 * case. Search is in the words of the scan: cells that begin with a letter or a sign.
 */

/** A text that files of a format hold. */
typedef struct dlu_mark {
    const char *starts; /**< a cell begins with it */
    const char *says;   /**< words for messages, or NULL: a cell "STARTS" */
    bool optional;      /**< adds to the score, is not needed to be sure */
    bool decides;       /**< without it the answer is no, however much else is found */
} dlu_mark;

/**
 * Detection by marks: sure where every mark that is not optional is found and `reads` is true;
 * maybe where some are; no where none, or one that decides is missing. The reason names what was
 * found with its place, or what was missed; the score is the share of marks found.
 *
 * @param reads  whether the file has what the format reads (grids, a table of wells), in words
 *               `what` for messages: "a plate grid below \"Raw Data\""
 * @return DLU_OK or DLU_E_NO_MEMORY
 */
dlu_status dlu_detect_marks(const dlu_scan *scan, const dlu_mark *marks, size_t n_marks, bool reads,
                            const char *what, dlu_detection *out);

/** The first cell of the book that begins with `starts`, and its sheet; NULL where there is none.
 */
const dlu_cell *dlu_find_text(const dlu_scan *scan, const char *starts, const dlu_sheet **sheet);

/** The same in rows from..to of one sheet; `to` 0 is the last row. */
const dlu_cell *dlu_find_text_in(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                                 uint32_t to, const char *starts);

/**
 * The value of a key in rows from..to of a sheet: what follows the key in its own cell after ':' or
 * '=' ("Test name: x"), else the next cell right of it that holds anything. Trimmed, in the arena;
 * "" where the key or the value is missing, NULL where memory ran out. The key is written without
 * its colon and is the whole text before it, in any case.
 */
const char *dlu_key_value(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from, uint32_t to,
                          const char *key);

/** The cell right of a key ("Instrument:"), the key's cell being the whole key; or NULL. */
const dlu_cell *dlu_key_cell(const dlu_scan *scan, const dlu_sheet *sheet, uint32_t from,
                             uint32_t to, const char *key);

#endif
