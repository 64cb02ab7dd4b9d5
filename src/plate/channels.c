/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "grid/grid.h"

#define MAX_CHANNEL_NAME 63u

static const char FIREFLY[] = "firefly";
static const char RENILLA[] = "renilla";
static const char NANOLUC[] = "nanoluc";

const char *dlu_channel_canonical(const char *name)
{
    if (dlu_word_is_firefly(name))
        return FIREFLY;
    if (dlu_word_is_renilla(name))
        return RENILLA;
    return dlu_word_is_nanoluc(name) ? NANOLUC : name;
}

/* The channel in the spelling of the choice, where it is its reporter or control. */
static const char *spelled(const char *name, const dlu_channel_choice *choice)
{
    const char *channel = dlu_channel_canonical(name);
    if (choice && choice->reporter &&
        dlu_text_same(dlu_channel_canonical(choice->reporter), channel))
        return choice->reporter;
    if (choice && choice->control && dlu_text_same(dlu_channel_canonical(choice->control), channel))
        return choice->control;
    return channel;
}

static bool is_firefly(const char *name)
{
    return dlu_text_same(dlu_channel_canonical(name), FIREFLY);
}

bool dlu_read_is_plain(const dlu_read *read)
{
    return !read->calculated &&
           (read->measures == DLU_MEASURES_UNKNOWN || read->measures == DLU_MEASURES_LUMINESCENCE);
}

size_t dlu_read_points(const dlu_plate *plate, size_t first)
{
    size_t n = 1;
    while (first + n < plate->n_reads &&
           dlu_read_continues(&plate->reads[first + n - 1], &plate->reads[first + n]))
        n++;
    return n;
}

/* The reads of one number: all time points of a kinetic read, else one. */
static size_t reads_of_number(const dlu_plate *plate, size_t number, size_t *first)
{
    size_t at = 0;
    for (size_t i = 0, n; i < plate->n_reads; i += n) {
        n = dlu_read_points(plate, i);
        *first = i;
        if (++at == number)
            return n;
    }
    return 0;
}

const dlu_read *dlu_read_of_channel(const dlu_plate *plate, const char *channel)
{
    for (size_t i = 0; i < plate->n_reads; i++)
        if (plate->reads[i].channel && dlu_text_same(plate->reads[i].channel, channel))
            return &plate->reads[i];
    return NULL;
}

/* ---- by --channels ---- */

/* One "NUMBER=NAME" of the list; *next is where the rest begins, or NULL. */
static bool parse_item(dlu_arena *arena, const char *text, long *number, char **name,
                       const char **next)
{
    const char *comma = strchr(text, ',');
    size_t length = comma ? (size_t)(comma - text) : strlen(text);
    const char *equals = memchr(text, '=', length);
    *next = comma ? comma + 1 : NULL;
    if (!equals || length > MAX_CHANNEL_NAME)
        return false;
    char *digits = dlu_arena_copy_n(arena, text, (size_t)(equals - text));
    char *raw = dlu_arena_copy_n(arena, equals + 1, (size_t)(text + length - equals - 1));
    *name = raw ? dlu_text_trimmed(arena, raw) : NULL;
    return digits && *name && **name && dlu_text_integer(digits, 1, 100000, number);
}

static dlu_status assign(dlu_plate *plate, long number, const char *channel, const char *list,
                         dlu_error *err)
{
    dlu_place at = {.file = plate->file};
    size_t first = 0, n = reads_of_number(plate, (size_t)number, &first);
    if (!n)
        return dlu_fail(err, DLU_E_INPUT, "channels-number", &at,
                        "\"dualuc inspect\" lists the reads of a file with their numbers",
                        "plate %s: expected read %ld for channel %s, found only %zu read%s",
                        plate->name, number, channel, plate->n_reads,
                        plate->n_reads == 1 ? "" : "s");
    if (plate->reads[first].channel || dlu_read_of_channel(plate, channel))
        return dlu_fail(err, DLU_E_USAGE, "channels-twice", NULL,
                        "name each read and each channel once",
                        "expected each read and each channel once, found read %ld or channel %s "
                        "twice in \"%s\"",
                        number, channel, list);
    for (size_t i = first; i < first + n; i++) {
        plate->reads[i].channel = channel;
        plate->reads[i].channel_why = "said with --channels";
    }
    return DLU_OK;
}

static dlu_status by_list(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice,
                          dlu_error *err)
{
    for (size_t i = 0; i < plate->n_reads; i++)
        plate->reads[i].channel = NULL;
    for (const char *text = choice->channels; text;) {
        long number;
        char *name;
        const char *next;
        if (!parse_item(arena, text, &number, &name, &next))
            return dlu_fail(err, DLU_E_USAGE, "channels-form", NULL,
                            "for example --channels 1=firefly,2=renilla",
                            "expected channels as NUMBER=NAME,NUMBER=NAME, found \"%s\"",
                            choice->channels);
        const char *channel = dlu_arena_copy(arena, spelled(name, choice));
        dlu_status status =
            channel ? assign(plate, number, channel, choice->channels, err) : dlu_fail_memory(err);
        if (status)
            return status;
        text = next;
    }
    return DLU_OK;
}

/* ---- by labels, and by order ---- */

/* How long a label is without ", repeat 2", ", kinetics 1", ", reading 3" at its end. */
static size_t bare_length(const char *label)
{
    static const char *const words[] = {", repeat ", ", kinetics ", ", reading "};
    const char *comma = strrchr(label, ',');
    for (size_t i = 0; comma && i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (dlu_text_starts(comma, words[i]) && comma[n] &&
            comma[n + strspn(comma + n, "0123456789")] == '\0')
            return (size_t)(comma - label);
    }
    return strlen(label);
}

/* The label of the measurement, which its repeats and time points without times share. */
static const char *bare_label(dlu_arena *arena, const char *label)
{
    size_t n = bare_length(label);
    return label[n] ? dlu_arena_copy_n(arena, label, n) : label;
}

static const char *channel_of_label(const char *label, const dlu_channel_choice *choice)
{
    if (!*label)
        return NULL;
    if (choice && choice->reporter && dlu_text_alike(label, choice->reporter))
        return choice->reporter;
    if (choice && choice->control && dlu_text_alike(label, choice->control))
        return choice->control;
    const char *channel = dlu_channel_canonical(label);
    return channel == label ? NULL : spelled(channel, choice);
}

/* "Luc 2" beside "Luc 1" is a number, and no name; alone it is firefly's gene luc2. */
static bool is_number(const dlu_plate *plate, const dlu_read *read)
{
    if (!dlu_word_is_luc_number(read->label))
        return false;
    for (size_t i = 0; i < plate->n_reads; i++)
        if (dlu_word_is_luc_number(plate->reads[i].label) &&
            !dlu_word_is_firefly(plate->reads[i].label))
            return true;
    return false;
}

static bool by_labels(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice)
{
    for (size_t i = 0; i < plate->n_reads; i++) {
        dlu_read *read = &plate->reads[i];
        const char *label = bare_label(arena, read->label);
        const char *channel = label ? channel_of_label(label, choice) : NULL;
        if (!label)
            return false;
        if (read->channel || !dlu_read_is_plain(read) || !channel || is_number(plate, read))
            continue;
        read->channel = dlu_arena_copy(arena, channel);
        read->channel_why = dlu_arena_printf(arena, "named \"%s\" in the file", read->label);
        if (!read->channel || !read->channel_why)
            return false;
    }
    return true;
}

/*
 * The channels of a first and a second read without names. Firefly is read first in every dual
 * assay, as the second reagent quenches it; so one of the pair must be firefly.
 */
static bool usual_pair(const dlu_channel_choice *choice, const char *pair[2])
{
    pair[0] = spelled(FIREFLY, choice);
    pair[1] = spelled(RENILLA, choice);
    if (!choice || !choice->reporter || !choice->control)
        return true;
    if (is_firefly(choice->reporter) == is_firefly(choice->control))
        return false;
    pair[1] = is_firefly(choice->reporter) ? choice->control : choice->reporter;
    return true;
}

bool dlu_read_is_again(const dlu_read *first, const dlu_read *second)
{
    size_t a = bare_length(first->label), b = bare_length(second->label);
    bool numbered = first->label[a] || second->label[b];
    return numbered && a == b && strncmp(first->label, second->label, a) == 0;
}

/* Exactly two plain reads of a plate, and not of the same measurement; or false. */
static bool two_reads(dlu_plate *plate, dlu_read *reads[2])
{
    size_t n = 0;
    for (size_t i = 0; i < plate->n_reads; i += dlu_read_points(plate, i)) {
        if (!dlu_read_is_plain(&plate->reads[i]))
            continue;
        if (n < 2)
            reads[n] = &plate->reads[i];
        n++;
    }
    return n == 2 && !dlu_read_is_again(reads[0], reads[1]);
}

/* A channel for all time points of a read. */
static bool name_read(dlu_arena *arena, dlu_plate *plate, dlu_read *read, const char *channel,
                      const char *why)
{
    const char *name = dlu_arena_copy(arena, channel);
    size_t n = dlu_read_points(plate, (size_t)(read - plate->reads));
    for (size_t i = 0; i < n && name; i++) {
        read[i].channel = name;
        read[i].channel_why = why;
    }
    return name != NULL;
}

/*
 * What a longer name than that of a luciferase says beside the other one: "Renilla, step 2", "ren
 * 1", "R" beside "F". NULL where it says nothing: "Luc 1" beside "Luc 2".
 */
static const char *spoken(const dlu_read *read, const dlu_read *beside)
{
    const char *label = read->label, *other = beside->label;
    if (dlu_word_is_initial(label) && dlu_word_is_initial(other) && !dlu_text_alike(label, other))
        return dlu_text_alike(label, "F") ? FIREFLY : RENILLA;
    bool numbers = dlu_word_is_luc_number(label) && dlu_word_is_luc_number(other);
    return numbers ? NULL : dlu_word_speaks_of(label);
}

/* Names what two reads speak of; false where both speak of the same, or memory ran out. */
static bool by_words(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice,
                     dlu_read *reads[2], bool *failed)
{
    const char *said[2];
    for (size_t i = 0; i < 2; i++)
        said[i] = reads[i]->channel ? reads[i]->channel : spoken(reads[i], reads[1 - i]);
    if (said[0] && said[1] &&
        dlu_text_same(dlu_channel_canonical(said[0]), dlu_channel_canonical(said[1])))
        return false;
    for (size_t i = 0; i < 2; i++) {
        if (reads[i]->channel || !said[i])
            continue;
        const char *why = dlu_arena_printf(arena, "named \"%s\" in the file", reads[i]->label);
        *failed =
            *failed || !why || !name_read(arena, plate, reads[i], spelled(said[i], choice), why);
    }
    return !*failed;
}

/* The number at the end of a label, *stem the length of what stands before; 0 where there is none.
 */
static long end_number(const char *label, size_t *stem)
{
    long number = 0;
    size_t n = strlen(label);
    *stem = n;
    while (*stem > 0 && label[*stem - 1] >= '0' && label[*stem - 1] <= '9')
        (*stem)--;
    return *stem > 0 && dlu_text_integer(label + *stem, 1, 1000, &number) ? number : 0;
}

/* "RLU 2" in front of "RLU 1": the numbers say what was read first, and the two are exchanged. */
static bool order_by_number(dlu_read *reads[2])
{
    size_t stem[2];
    long number[2];
    for (size_t i = 0; i < 2; i++)
        number[i] = end_number(reads[i]->label, &stem[i]);
    if (!number[0] || number[0] <= number[1] || !number[1] || stem[0] != stem[1] ||
        memcmp(reads[0]->label, reads[1]->label, stem[0]) != 0)
        return false;
    dlu_read *second = reads[0];
    reads[0] = reads[1];
    reads[1] = second;
    return true;
}

/* Two reads of which neither is named. */
static bool both_by_order(dlu_arena *arena, dlu_plate *plate, const char *const pair[2],
                          dlu_read *reads[2], dlu_by_order *told, dlu_messages *log)
{
    static const char why[] = "the file does not name it; firefly is read first";
    dlu_place at = {.file = plate->file};
    if (order_by_number(reads))
        dlu_note(
            log, "channels-numbers", &at, "if it is the other way round, say so with --channels",
            "plate %s: the reads are numbered and not named; \"%s\" is taken for %s, \"%s\" for "
            "%s",
            plate->name, reads[0]->label, pair[0], reads[1]->label, pair[1]);
    else if (told->n++ == 0)
        told->first = plate;
    return name_read(arena, plate, reads[0], pair[0], why) &&
           name_read(arena, plate, reads[1], pair[1], why);
}

static bool by_order(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice,
                     dlu_by_order *told, dlu_messages *log)
{
    const char *pair[2];
    dlu_read *reads[2];
    bool failed = false;
    if (!two_reads(plate, reads) || !by_words(arena, plate, choice, reads, &failed) ||
        !usual_pair(choice, pair))
        return !failed;
    dlu_place at = {.file = plate->file};
    dlu_read *named = reads[0]->channel ? reads[0] : reads[1];
    dlu_read *other = reads[0]->channel ? reads[1] : reads[0];
    if (reads[0]->channel && reads[1]->channel)
        return true;
    if (!named->channel)
        return both_by_order(arena, plate, pair, reads, told, log);
    bool first = dlu_text_same(named->channel, pair[0]);
    if (!first && !dlu_text_same(named->channel, pair[1]))
        return true;
    if (!name_read(arena, plate, other, pair[first ? 1 : 0], "the only other read"))
        return false;
    dlu_note(log, "channels-other", &at, "if it is another, say so with --channels",
             "plate %s: only one of two reads is named (%s); the other is taken for %s",
             plate->name, named->channel, other->channel);
    return true;
}

dlu_status dlu_plate_channels(dlu_arena *arena, dlu_plate *plate, const dlu_channel_choice *choice,
                              dlu_by_order *told, dlu_messages *log, dlu_error *err)
{
    dlu_status status = DLU_OK;
    bool analysed = choice && (choice->reporter || choice->control);
    if (choice && choice->channels)
        status = by_list(arena, plate, choice, err);
    else if (!by_labels(arena, plate, choice) || !by_order(arena, plate, choice, told, log))
        status = dlu_fail_memory(err);
    if (!status && choice && choice->time)
        status = dlu_plate_pick_time(arena, plate, choice->time, &told->n_times, log, err);
    if (!status && analysed)
        status = dlu_plate_check_channels(plate, choice, err);
    return status;
}
