/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <string.h>

bool dlu_plate_copy(dlu_arena *arena, const dlu_plate *from, dlu_plate *to)
{
    *to = *from;
    to->reads = dlu_arena_alloc(arena, from->n_reads, sizeof *to->reads);
    if (to->reads && from->n_reads)
        memcpy(to->reads, from->reads, from->n_reads * sizeof *to->reads);
    return to->reads != NULL;
}
