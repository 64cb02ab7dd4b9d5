/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_VARIANTS_H
#define DLU_REPORT_VARIANTS_H

#include "assay/assay.h"
#include "verdict/verdict.h"

/* The same plates and maps, judged again under other settings. */

/** What every analysis of a run starts from. Borrowed. */
typedef struct dlu_material {
    const dlu_plates *plates;
    dlu_map *const *maps;
    size_t n_maps;
    const char *const *files;
} dlu_material;

/** From wells to verdicts. */
dlu_status dlu_material_judge(const dlu_material *material, const dlu_settings *settings,
                              dlu_variation variation, dlu_arena *arena,
                              dlu_experiment **experiment, dlu_verdicts **verdicts,
                              dlu_messages *log, dlu_error *err);

/**
 * The sensitivity panel: each verdict under eleven named analyses, of which the first is the run
 * itself; and, with drop_wells, a note on what each verdict was before.
 */
dlu_status dlu_sensitivity(const dlu_material *material, const dlu_settings *settings,
                           dlu_arena *arena, dlu_result *result, dlu_error *err);

#endif
