/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_WORDS_H
#define DLU_IMPORT_WORDS_H

#include <dualuc/plate.h>

/* What the words around a grid or a column say of it. Whole words, letters in any case. */

/** A whole word of the text; parted by blanks and punctuation, but "blank-corrected" is two. */
bool dlu_has_word(const char *text, const char *word);

/** Names a copy computed from raw reads: blank corrected, average, crosstalk, ratio, fold, ... */
bool dlu_names_calculated(const char *text);

/** Names what stands in the wells, not light: layout, plate map, content, well ID, sample names. */
bool dlu_names_layout(const char *text);

/** Luminescence, absorbance or fluorescence; DLU_MEASURES_UNKNOWN where it says none of them. */
dlu_measures dlu_names_measures(const char *text);

/** The number of "Read 2", also "Read.2", with or without more behind it; 0 for any other text. */
long dlu_read_number(const char *text);

#endif
