/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_TABLE_RUN_H
#define DLU_REPORT_TABLE_RUN_H

#include <dualuc/run.h>

#include "report/table.h"

/** The tables of a run, in the order in which they are written; run.json ends before the
 * summary. */
typedef enum dlu_run_table_id {
    DLU_RUN_EXPERIMENTS,
    DLU_RUN_INPUTS,
    DLU_RUN_OUTPUTS,
    DLU_RUN_SUMMARY,
    DLU_RUN_LEVELS,
    DLU_RUN_TABLE_COUNT
} dlu_run_table_id;

const dlu_report_table *dlu_run_table(dlu_run_table_id id);

/** The memory of a run. */
dlu_arena *dlu_run_arena(const dlu_run *run);

#endif
