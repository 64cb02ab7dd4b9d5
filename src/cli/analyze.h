/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_CLI_ANALYZE_H
#define DUALUC_CLI_ANALYZE_H

#include "options_figure.h"

/** Where the results go; NULL where not asked for. "-" is standard output. */
typedef struct cli_targets {
    const char *xlsx;
    const char *json;
    const char *csv;
    const char *figures;     /**< a folder */
    cli_figure_style *style; /**< of the figures; NULL where there are none */
    const char *html;
} cli_targets;

/**
 * Whether the outputs can be written, do not hit each other, and none would replace an input.
 *
 * @return DLU_OK; DLU_E_USAGE; DLU_E_IO
 */
dlu_status cli_targets_check(const cli_targets *targets, const char *const *inputs, size_t n_inputs,
                             dlu_error *err);

/** True where one of them is standard output. */
bool cli_targets_use_stdout(const cli_targets *targets);

/** Puts all of them among outputs that are not committed yet; workbook and JSON come first. */
dlu_status cli_targets_put(cli_outputs *outputs, const cli_targets *targets,
                           const dlu_result *result, int64_t created, dlu_error *err);

/** Writes all of them, or none. `created` as in dlu_report_xlsx. */
dlu_status cli_targets_write(const cli_targets *targets, const dlu_result *result, int64_t created,
                             dlu_error *err);

#endif
