/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/tecan.h"

#include "base/say.h"

/* Tecan SparkControl: as i-control, with its own words. */

static const char *const words[] = {"Application: SparkControl", "Device: Spark", NULL};

dlu_status dlu_tecan_spark_detect(const dlu_scan *scan, dlu_detection *out)
{
    return dlu_tecan_detect(scan, words,
                            "no cell \"Application: SparkControl\" or \"Device: Spark\"", out);
}

dlu_status dlu_tecan_spark_read(dlu_import_job *job)
{
    size_t n;
    const dlu_sheet **sheets =
        dlu_arena_alloc(job->arena, job->scan->book->n_sheets + 1, sizeof *sheets);
    if (!sheets || !dlu_tecan_sheets(job, words, sheets, &n))
        return dlu_fail_memory(job->err);
    for (size_t i = 0; i < n; i++)
        if (!dlu_tecan_take_sheet(job, sheets[i], n > 1 && sheets[i]->name ? sheets[i]->name : ""))
            return dlu_fail_memory(job->err);
    job->date = dlu_tecan_date(job);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
