/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_TEXT_H
#define DLU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * The only parser and printer of numbers, and the few text operations all stages share. Independent
 * of the locale; ASCII case only.
 */

#define DLU_NUMBER_SIZE 32u

/**
 * Reads a whole text (blanks around it allowed) as [+-]digits[.digits][(e|E)[+-]digits] with
 * `decimal` ('.' or ',') as its decimal sign. No hexadecimal, infinity, NaN or thousands signs.
 *
 * @return false where it is not a number, or not a finite one
 */
bool dlu_text_number(const char *text, char decimal, double *out);

/** A whole text as an integer in [min, max]; also "3.0" spellings, as spreadsheets write them. */
bool dlu_text_integer(const char *text, long min, long max, long *out);

/** The shortest decimal that reads back as the same double, "1639000" rather than "1.639e+06". */
char *dlu_text_from_double(double value, char buf[DLU_NUMBER_SIZE]);

/** A number rounded to `digits` significant digits for sentences: "0.00287", "n/a" if not finite.
 */
char *dlu_text_rounded(double value, int digits, char buf[DLU_NUMBER_SIZE]);

/** A fold for sentences: two decimals from 0.1 to 100, else two significant digits. */
char *dlu_text_fold(double fold, char buf[DLU_NUMBER_SIZE]);

/** True for NULL, "" and blanks only. */
bool dlu_text_is_blank(const char *text);

/** A copy without blanks (also no-break spaces) at both ends. */
char *dlu_text_trimmed(dlu_arena *arena, const char *text);

/** Equal but for ASCII case. */
bool dlu_text_same(const char *a, const char *b);

/** Equal but for ASCII case, blanks, '-', '_' and '.': "Wild Type" is "wildtype". */
bool dlu_text_alike(const char *a, const char *b);

/** Begins with, but for ASCII case. */
bool dlu_text_starts(const char *text, const char *prefix);

/** strcmp with NULL before everything; NULL equals NULL. */
int dlu_text_compare(const char *a, const char *b);

/** As dlu_text_compare, but runs of digits compare as numbers: "day2" before "day10". */
int dlu_text_natural(const char *a, const char *b);

/** Text that grows; n excludes the final NUL. Failure is sticky: check `failed` once at the end. */
typedef struct dlu_buffer {
    char *bytes;
    size_t n;
    size_t cap;
    bool failed;
} dlu_buffer;

void dlu_buffer_add(dlu_buffer *buffer, const char *text);
void dlu_buffer_add_n(dlu_buffer *buffer, const char *bytes, size_t n);
void dlu_buffer_printf(dlu_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void dlu_buffer_free(dlu_buffer *buffer);

#endif
