/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_VALUE_H
#define DLU_IMPORT_VALUE_H

#include "grid/grid.h"

/* What one cell says of one well. */

/** How numbers of a file are written. */
typedef struct dlu_numbers {
    char decimal; /**< '.' or ',' */
    bool told;    /**< the user said so: the other sign then groups thousands */
    bool unsure;  /**< the only commas may be decimal signs or group thousands: "1,234" */
} dlu_numbers;

typedef enum dlu_value_kind {
    DLU_VALUE_NONE,   /**< empty or blanks: no reading */
    DLU_VALUE_NUMBER, /**< a value, also 0 and below */
    DLU_VALUE_TOKEN,  /**< a word that readers write instead of a number */
    DLU_VALUE_DASH,   /**< "-" or "--": not read, or an empty place of a layout */
    DLU_VALUE_UNSURE, /**< digits and signs that can be read as two different numbers, or as none */
    DLU_VALUE_TEXT    /**< anything else */
} dlu_value_kind;

typedef struct dlu_value {
    dlu_value_kind kind;
    dlu_read_state state; /**< invalid for texts */
    double number;        /**< of DLU_VALUE_NUMBER, else 0 */
} dlu_value;

/** How numbers of the book are written, as far as the user or the cells say. */
dlu_numbers dlu_numbers_of(const dlu_book *book, dlu_decimal decimal);

/** `cell` may be NULL. A number formatted as a date or time is a text: light is no date. */
dlu_value dlu_value_of(const dlu_cell *cell, const dlu_numbers *numbers);

/** A formula without a value: whoever wrote the workbook did not calculate it. */
bool dlu_cell_is_unsaved(const dlu_cell *cell);
extern const char dlu_unsaved_hint[];

/** The state a reader's word stands for (tokens.c); false for any other text. */
bool dlu_token_state(const char *text, dlu_read_state *out);

#endif
