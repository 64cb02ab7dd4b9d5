/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_REPORT_H
#define DUALUC_REPORT_H

#include <dualuc/result.h>

/** Bytes made by a writer. Freed with dlu_bytes_free. */
typedef struct dlu_bytes {
    char *bytes;
    size_t n_bytes;
} dlu_bytes;

DLU_API void dlu_bytes_free(dlu_bytes *bytes);

/** The result as JSON (UTF-8, 17 digits, final newline). DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_report_json(const dlu_result *result, dlu_bytes *out, dlu_error *err);

/**
 * Reads back what dlu_report_json wrote, this version's or an earlier one's. Keys that are not
 * known are passed over; a table or key that an earlier version did not write is empty, NaN or
 * NULL. Not read back: places of wells, unknown columns of the map, the Methods text, the date.
 *
 * @return DLU_OK, *out freed with dlu_result_free; DLU_E_INPUT where it is no JSON, none of dualuc,
 *         of a newer version, or a value is not what its key promises, which the error names by its
 *         path ("comparisons[3].se"); DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_result_read(const dlu_source *json, dlu_result **out, dlu_error *err);

/** The tables that exist as CSV: wells, units, groups, comparisons, verdicts, qc, messages. */
DLU_API size_t dlu_report_table_count(void);
DLU_API const char *dlu_report_table_name(size_t i);

/** The i-th table as CSV (UTF-8, LF, "." decimal, empty for null). DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_report_csv(const dlu_result *result, size_t i, dlu_bytes *out,
                                  dlu_error *err);

/**
 * The workbook. The file at `path` is made anew; whoever calls gives a temporary name and renames.
 * The same result gives the same bytes: dates come from result->date or `created`.
 *
 * @param created  seconds since 1970 to date the workbook with, or a negative number: result->date,
 *                 or a fixed day where that is empty
 * @return DLU_OK; DLU_E_IO where the file cannot be written; DLU_E_LIMIT where a table has more
 * rows than a sheet; DLU_E_USAGE where the host program set a locale with a decimal comma;
 *         DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_report_xlsx(const dlu_result *result, const char *path, int64_t created,
                                   dlu_error *err);

/** A figure as a picture. All borrowed. */
typedef struct dlu_report_picture {
    const char *name;
    const unsigned char *png;
    size_t n;
    double dpi; /**< its pixels an inch, which the PNG must name, too */
} dlu_report_picture;

/** The workbook with a sheet "Figures" of these pictures at its end; none: without the sheet. */
DLU_API dlu_status dlu_report_xlsx_figures(const dlu_result *result, const char *path,
                                           int64_t created, const dlu_report_picture *pictures,
                                           size_t n, dlu_error *err);

/**
 * One HTML page that holds everything in itself (style, script, figures, the JSON) and asks the
 * network for nothing. From 61 verdicts on it has no figures, from 201 verdicts and 5001 wells on
 * their tables are left to the JSON in it, which the page says. The same result gives the same bytes. DLU_OK or DLU_E_NO_MEMORY.
 */
DLU_API dlu_status dlu_report_html(const dlu_result *result, dlu_bytes *out, dlu_error *err);

/** One line a verdict for the terminal, with a final newline each. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_report_lines(const dlu_result *result, dlu_bytes *out, dlu_error *err);

/** What dlu_seed_find found, for a person. DLU_OK or DLU_E_NO_MEMORY. */
DLU_API dlu_status dlu_seed_lines(const dlu_seed *seed, dlu_bytes *out, dlu_error *err);
/** The same as JSON: the rows as `seed`. */
DLU_API dlu_status dlu_seed_json(const dlu_seed *seed, dlu_bytes *out, dlu_error *err);
/** The inserts with their sites, and each 8mer and 7mer as a duplex, as SVG. */
DLU_API dlu_status dlu_seed_svg(const dlu_seed *seed, dlu_bytes *out, dlu_error *err);

#endif
