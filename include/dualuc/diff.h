/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_DIFF_H
#define DUALUC_DIFF_H

#include <dualuc/report.h>

/** How two results differ, for a person. Freed with dlu_bytes_free(&diff->lines). */
typedef struct dlu_diff {
    dlu_bytes lines; /**< what differs, a row a line, with a final newline; empty: nothing */
    size_t n;        /**< rows that differ, or stand in one of them only */
} dlu_diff;

/** Rows of a table that are shown where not all are wanted. */
#define DLU_DIFF_SHOWN 20u

/**
 * Compares settings, inputs, wells, units, groups, comparisons, verdicts and QC of two results;
 * rows by what they are of, in any order. Numbers are the same within 1e-9 of their size, as the
 * mathematical libraries of two machines may differ in their last digits. Sentences are not
 * compared: they follow the numbers.
 *
 * @param all  show every row; else DLU_DIFF_SHOWN of each table
 */
DLU_API dlu_status dlu_diff_results(const dlu_result *a, const dlu_result *b, bool all,
                                    dlu_diff *out, dlu_error *err);

#endif
