/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_LINES_H
#define DLU_REPORT_LINES_H

#include "base/arena.h"

/** A name as it may stand in a line of a terminal, cut where it is long; "-" for NULL. */
const char *dlu_lines_name(dlu_arena *arena, const char *name);

/** miRNA, with the dose where there is one and the treatment where it is no mimic. */
const char *dlu_lines_agent(dlu_arena *arena, const char *mirna, double dose_nM,
                            const char *treatment);

/* Both: NULL where memory ran out. */

#endif
