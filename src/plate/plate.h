/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_PLATE_PLATE_H
#define DLU_PLATE_PLATE_H

#include <dualuc/import.h>

#include "base/arena.h"

/* Steps of dlu_plates_assemble. Everything new lives in the arena of the answer. */

/** One plate on its way, and where it came from. */
typedef struct dlu_source_plate {
    dlu_plate plate;
    size_t file; /**< index of its (first) import */
    size_t k;    /**< its number in that file, from 0 */
    size_t n;    /**< plates of that file */
} dlu_source_plate;

/** A copy of its own, with all texts; readings sorted. False where memory ran out. */
bool dlu_plate_copy(dlu_arena *arena, const dlu_plate *from, dlu_plate *to);

/** Names apart, by the rules of dlu_plates_assemble. False where memory ran out. */
bool dlu_plates_name(dlu_arena *arena, dlu_source_plate *plates, size_t n, dlu_messages *log);

/** Plates whose reads were told apart by their order, for one note. */
typedef struct dlu_by_order {
    size_t n;
    const dlu_plate *first;
} dlu_by_order;

/**
 * Says which read is which channel, as far as `choice` (may be NULL) and the labels tell; reads
 * that have a channel keep it.
 *
 * @return DLU_OK; DLU_E_USAGE for a bad `channels`; DLU_E_INPUT where the plate lacks a read it
 *         names, or, with a choice, the reporter or the control cannot be told
 */
dlu_status dlu_plate_channels(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice,
                              dlu_by_order *by_order, dlu_messages *log, dlu_error *err);

#endif
