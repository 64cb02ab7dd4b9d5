/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_PLATE_PLATE_H
#define DLU_PLATE_PLATE_H

#include <dualuc/import.h>

#include "base/arena.h"

/* Steps of dlu_plates_assemble. Everything new lives in the arena of the answer, which keeps the
 * arenas of the imports: readings are not copied. */

/** One plate on its way, and where it came from. */
typedef struct dlu_source_plate {
    dlu_plate plate;
    size_t file; /**< index of its (first) import */
    size_t k;    /**< its number in that file, from 0 */
    size_t n;    /**< plates of that file */
} dlu_source_plate;

/** A plate whose reads can be told other names and channels; their readings, which nobody changes,
 * and all texts are those of `from`. False where memory ran out. */
bool dlu_plate_copy(dlu_arena *arena, const dlu_plate *from, dlu_plate *to);

/** Reads that were measured, time points of one counted once; *first is the index of the first. */
size_t dlu_plate_raw_reads(const dlu_plate *plate, size_t *first);

/** A file of one luciferase. Files of one group are paired; group 0 is said by the user. */
typedef struct dlu_file_pair {
    const char *channel; /**< NULL: a file of whole plates */
    size_t group;
    bool by_name;
} dlu_file_pair;

/**
 * Finds files of one read each whose names differ only by a luciferase, and says so. `pairs` has
 * one for each file, filled with what the user said: then nothing is looked for.
 *
 * @return false where memory ran out
 */
bool dlu_files_pair(dlu_arena *arena, const dlu_import *const *imports, size_t n,
                    dlu_file_pair *pairs, dlu_messages *log);

/** Names apart, by the rules of dlu_plates_assemble. False where memory ran out. */
bool dlu_plates_name(dlu_arena *arena, dlu_source_plate *plates, size_t n, dlu_messages *log);

/** How many time points the read at `first` has, itself counted: it and those that continue it. */
size_t dlu_read_points(const dlu_plate *plate, size_t first);

/** DLU_OK, or DLU_E_USAGE where the text is neither seconds nor first, max or integral. */
dlu_status dlu_time_check(const char *text, dlu_error *err);

/**
 * Makes one read of each read with several time points, as `time` says, with a note for each; adds
 * to *n_made how many. Seconds take the nearest point; max and integral are of each well.
 *
 * @return DLU_OK; DLU_E_USAGE; DLU_E_INPUT where no time point is near; DLU_E_NO_MEMORY
 */
dlu_status dlu_plate_pick_time(dlu_arena *arena, dlu_plate *plate, const char *time, size_t *n_made,
                               dlu_messages *log, dlu_error *err);

/** Plates whose reads were told apart by their order, for one note. */
typedef struct dlu_by_order {
    size_t n;
    const dlu_plate *first;
    size_t n_times; /**< reads of several time points made one */
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

/** The usual spellings of a channel are one channel: "FF" is "firefly"; else the name itself. */
const char *dlu_channel_canonical(const char *name);

/** A read that automatic naming looks at: measured, and light as far as the file says. */
bool dlu_read_is_plain(const dlu_read *read);

/** True for one measurement made again ("Lum", "Lum, repeat 2"), not that of the other luciferase.
 */
bool dlu_read_is_again(const dlu_read *first, const dlu_read *second);

/** The first read of a channel, or NULL. */
const dlu_read *dlu_read_of_channel(const dlu_plate *plate, const char *channel);

/**
 * One read of light for the reporter and the control of a choice, as far as it has them.
 *
 * @return DLU_OK; DLU_E_INPUT where there is none, or several; DLU_E_NO_MEMORY
 */
dlu_status dlu_plate_check_channels(const dlu_plate *plate, const dlu_channel_choice *choice,
                                    dlu_error *err);

#endif
