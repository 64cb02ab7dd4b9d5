/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"
#include "plate/plate.h"

/* Whether a plate has one read of each channel that an analysis wants; what there is, if not. */

static size_t count_reads(const dlu_plate *plate, const char *channel)
{
    size_t n = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i))
        n += plate->reads[i].channel && dlu_text_same(plate->reads[i].channel, channel);
    return n;
}

static bool list_reads(dlu_buffer *text, const dlu_plate *plate)
{
    size_t number = 0, n_points;
    for (size_t i = 0; i < plate->n_reads; i += n_points) {
        const dlu_read *read = &plate->reads[i];
        n_points = dlu_read_points(plate, i);
        if (number++ >= 12)
            continue;
        dlu_buffer_printf(text, "%s%zu", i ? ", " : "", number);
        if (*read->label)
            dlu_buffer_printf(text, " \"%s\"", read->label);
        if (read->channel)
            dlu_buffer_printf(text, " (%s)", read->channel);
        else if (!dlu_read_is_plain(read))
            dlu_buffer_printf(text, " (%s)",
                              read->calculated ? "calculated" : dlu_measures_name(read->measures));
    }
    if (number > 12)
        dlu_buffer_printf(text, ", and %zu more", number - 12);
    return !text->failed;
}

/* The first read, by its number, that speaks of a channel; 0 where there is none. */
static size_t first_of(const dlu_plate *plate, const char *channel)
{
    size_t number = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i)) {
        const dlu_read *read = &plate->reads[i];
        const char *said = read->channel ? read->channel : dlu_word_speaks_of(read->label);
        number++;
        if (dlu_read_is_plain(read) && said &&
            dlu_text_same(dlu_channel_canonical(said), dlu_channel_canonical(channel)))
            return number;
    }
    return 0;
}

/* An example that would work as it stands, as far as the names of the reads tell. */
static void example(const dlu_plate *plate, const dlu_channel_choice *choice, char *out,
                    size_t size)
{
    const char *pair[2] = {choice->reporter ? choice->reporter : "firefly",
                           choice->control ? choice->control : "renilla"};
    size_t first = first_of(plate, pair[0]), second = first_of(plate, pair[1]);
    bool told = first && second && first != second;
    snprintf(out, size,
             "say which read is which with --channels, such as --channels %zu=%s,%zu=%s; --vector, "
             "--reporter and --control say what is compared",
             told ? first : 1, told ? pair[0] : "firefly", told ? second : 2,
             told ? pair[1] : "renilla");
}

/* Repeats or time points of one measurement, and nothing else that is light. */
static bool is_one_measurement(const dlu_plate *plate)
{
    const dlu_read *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i)) {
        if (!dlu_read_is_plain(&plate->reads[i]))
            continue;
        if (first && !dlu_read_is_again(first, &plate->reads[i]))
            return false;
        first = first ? first : &plate->reads[i];
        n++;
    }
    return n > 1;
}

static dlu_status not_one(const dlu_plate *plate, const dlu_channel_choice *choice,
                          const char *role, const char *channel, size_t n, dlu_error *err)
{
    dlu_buffer reads = {0};
    dlu_place at = {.file = plate->file};
    char hint[256];
    example(plate, choice, hint, sizeof hint);
    if (!list_reads(&reads, plate)) {
        dlu_buffer_free(&reads);
        return dlu_fail_memory(err);
    }
    dlu_status status = dlu_fail(
        err, DLU_E_INPUT, n ? "channel-twice" : "channel-missing", &at,
        is_one_measurement(plate)
            ? "these are one measurement made several times, a dual assay has two: give two files, "
              "each with one read of its luciferase, with --firefly FILE --renilla FILE"
        : dlu_read_points(plate, 0) < plate->n_reads
            ? hint
            : "a dual assay has two reads; give two files of one read each with --firefly FILE "
              "--renilla FILE",
        "plate %s: expected one read of the %s channel (%s), found %zu; its reads: %s", plate->name,
        role, channel, n, reads.bytes);
    dlu_buffer_free(&reads);
    return status;
}

static dlu_status check_one(const dlu_plate *plate, const dlu_channel_choice *choice,
                            const char *role, const char *channel, dlu_error *err)
{
    char from[DLU_NUMBER_SIZE], to[DLU_NUMBER_SIZE];
    size_t n = count_reads(plate, channel);
    if (n != 1)
        return not_one(plate, choice, role, channel, n, err);
    const dlu_read *read = dlu_read_of_channel(plate, channel);
    size_t points = dlu_read_points(plate, (size_t)(read - plate->reads));
    dlu_place at = {.file = plate->file};
    if (points == 1)
        return DLU_OK;
    return dlu_fail(err, DLU_E_INPUT, "time-points", &at,
                    "say which one counts with --time SECONDS, or --time first, max (of each well) "
                    "or integral",
                    "plate %s: expected one time point of the %s channel (%s), found %zu, from %s "
                    "s to %s s",
                    plate->name, role, channel, points, dlu_text_from_double(read->time_s, from),
                    dlu_text_from_double(read[points - 1].time_s, to));
}

/* Nothing but colour or fluorescence: no luciferase was measured. */
static dlu_status check_light(const dlu_plate *plate, dlu_error *err)
{
    dlu_place at = {.file = plate->file};
    const dlu_read *dark = NULL;
    size_t n = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i)) {
        if (dlu_read_is_plain(&plate->reads[i]) || plate->reads[i].channel)
            return DLU_OK;
        if (plate->reads[i].calculated)
            continue;
        dark = dark ? dark : &plate->reads[i];
        n++;
    }
    return dark ? dlu_fail(err, DLU_E_INPUT, "no-luminescence", &at,
                           "luciferase is read as luminescence: give the file of that measurement; "
                           "\"dualuc read\" writes what this one holds",
                           "plate %s: expected luminescence, found %zu read%s of %s alone",
                           plate->name, n, n == 1 ? "" : "s", dlu_measures_name(dark->measures))
                : DLU_OK;
}

dlu_status dlu_plate_check_channels(const dlu_plate *plate, const dlu_channel_choice *choice,
                                    dlu_error *err)
{
    dlu_status status = check_light(plate, err);
    if (!status && choice->reporter)
        status = check_one(plate, choice, "reporter", choice->reporter, err);
    if (!status && choice->control)
        status = check_one(plate, choice, "control", choice->control, err);
    return status;
}
