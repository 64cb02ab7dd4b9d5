/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* Reads with several time points, made one value a well as the user chose. */

typedef enum pick_kind { PICK_AT, PICK_FIRST, PICK_MAX, PICK_INTEGRAL } pick_kind;

typedef struct pick {
    pick_kind kind;
    double seconds; /* of PICK_AT */
} pick;

static dlu_status parse_pick(const char *text, pick *out, dlu_error *err)
{
    static const struct {
        const char *word;
        pick_kind kind;
    } words[] = {{"first", PICK_FIRST}, {"max", PICK_MAX}, {"integral", PICK_INTEGRAL}};
    for (unsigned i = 0; i < 3; i++) {
        if (!dlu_text_same(text, words[i].word))
            continue;
        *out = (pick){words[i].kind, 0};
        return DLU_OK;
    }
    *out = (pick){PICK_AT, 0};
    if (dlu_text_number(text, '.', &out->seconds) && out->seconds >= 0)
        return DLU_OK;
    return dlu_fail(err, DLU_E_USAGE, "time-form", NULL, "for example --time 600",
                    "expected a time as seconds, first, max or integral, found \"%s\"", text);
}

dlu_status dlu_time_check(const char *text, dlu_error *err)
{
    pick ignored;
    return text ? parse_pick(text, &ignored, err) : DLU_OK;
}

/* ---- one value of several ---- */

/* A state that makes a sum or a maximum unknown, the heavier one of both. */
static void keep_state(dlu_reading *kept, const dlu_reading *other)
{
    bool heavier = other->state == DLU_READ_OVERFLOW && kept->state != DLU_READ_OVERFLOW;
    if (kept->state == DLU_READ_OK || heavier) {
        kept->state = other->state;
        kept->origin = other->origin;
        kept->row = other->row;
        kept->col = other->col;
        kept->value = 0;
    }
}

/* The highest; an overflow is higher than any number, and what was not read does not count. */
static void add_max(dlu_reading *kept, const dlu_reading *other)
{
    if (kept->state == DLU_READ_OVERFLOW)
        return;
    if (other->state == DLU_READ_OVERFLOW ||
        (other->state == DLU_READ_OK && (kept->state != DLU_READ_OK || other->value > kept->value)))
        *kept = *other;
}

static const dlu_reading *reading_of(const dlu_read *read, dlu_well well)
{
    size_t low = 0, high = read->n_readings;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (read->readings[middle].well < well)
            low = middle + 1;
        else
            high = middle;
    }
    return low < read->n_readings && read->readings[low].well == well ? &read->readings[low] : NULL;
}

/* The well where a time point lacks it, told at a cell of another time point. */
static dlu_reading missed_at(const dlu_reading *other)
{
    dlu_reading missed = *other;
    missed.state = DLU_READ_MISSED;
    missed.value = 0;
    return missed;
}

/*
 * Trapezoids between the time points, in light units times seconds. A well that one of them lacks,
 * or has no number for, has no integral.
 */
static dlu_reading integral_of(const dlu_read *reads, size_t n, const dlu_reading *first)
{
    dlu_reading sum = *first;
    double value = 0;
    for (size_t i = 1; i < n; i++) {
        const dlu_reading *before = reading_of(&reads[i - 1], first->well);
        const dlu_reading *here = reading_of(&reads[i], first->well);
        const dlu_reading missed = missed_at(first);
        if (!here || here->state != DLU_READ_OK)
            keep_state(&sum, here ? here : &missed);
        else if (before && before->state == DLU_READ_OK)
            value += (before->value + here->value) / 2 * (reads[i].time_s - reads[i - 1].time_s);
    }
    sum.value = sum.state == DLU_READ_OK ? value : 0;
    if (sum.state == DLU_READ_OK && !isfinite(value)) {
        sum.state = DLU_READ_INVALID;
        sum.value = 0;
    }
    return sum;
}

/* Wells of all time points, each once, in order: a merge of sorted lists into a sorted list. */
static bool unite_wells(dlu_arena *arena, const dlu_read *reads, size_t n, dlu_read *out)
{
    *out = reads[0];
    for (size_t i = 1; i < n; i++) {
        const dlu_read *b = &reads[i];
        dlu_reading *all = dlu_arena_alloc(arena, out->n_readings + b->n_readings + 1, sizeof *all);
        size_t k = 0, x = 0, y = 0;
        bool more = false;
        for (size_t j = 0; j < b->n_readings && !more; j++)
            more = !reading_of(out, b->readings[j].well);
        if (!all)
            return false;
        if (!more)
            continue;
        while (x < out->n_readings || y < b->n_readings) {
            bool left = y >= b->n_readings ||
                        (x < out->n_readings && out->readings[x].well <= b->readings[y].well);
            bool both = left && y < b->n_readings && x < out->n_readings &&
                        out->readings[x].well == b->readings[y].well;
            all[k++] = left ? out->readings[x] : b->readings[y];
            x += left;
            y += !left || both;
        }
        out->readings = all;
        out->n_readings = k;
    }
    return true;
}

static bool combine(dlu_arena *arena, const dlu_read *reads, size_t n, pick_kind kind,
                    dlu_read *out)
{
    if (!unite_wells(arena, reads, n, out))
        return false;
    dlu_reading *list = dlu_arena_alloc(arena, out->n_readings + 1, sizeof *list);
    if (!list)
        return false;
    for (size_t k = 0; k < out->n_readings; k++) {
        const dlu_well well = out->readings[k].well;
        const dlu_reading *first = reading_of(&reads[0], well);
        list[k] = first ? *first : missed_at(&out->readings[k]);
        if (kind == PICK_INTEGRAL)
            list[k] = integral_of(reads, n, &list[k]);
        for (size_t i = 1; kind == PICK_MAX && i < n; i++)
            if (reading_of(&reads[i], well))
                add_max(&list[k], reading_of(&reads[i], well));
    }
    out->readings = list;
    out->has_time = false;
    out->time_s = 0;
    return true;
}

/* ---- one read ---- */

typedef struct picker {
    dlu_arena *arena;
    const dlu_plate *plate;
    pick pick;
    dlu_messages *log;
    dlu_error *err;
} picker;

/* The time point nearest to the one asked for; it must lie within them, but for half a step. */
static dlu_status nearest(const picker *p, const dlu_read *reads, size_t n, size_t *out)
{
    char from[DLU_NUMBER_SIZE], to[DLU_NUMBER_SIZE], asked[DLU_NUMBER_SIZE];
    double wanted = p->pick.seconds, first = reads[0].time_s, last = reads[n - 1].time_s;
    dlu_place at = {.file = p->plate->file};
    *out = 0;
    for (size_t i = 1; i < n; i++)
        if (fabs(reads[i].time_s - wanted) < fabs(reads[*out].time_s - wanted))
            *out = i;
    if (wanted >= first - (reads[1].time_s - first) / 2 &&
        wanted <= last + (last - reads[n - 2].time_s) / 2)
        return DLU_OK;
    return dlu_fail(p->err, DLU_E_INPUT, "time-outside", &at, NULL,
                    "plate %s: expected --time between %s and %s (seconds of its %zu time points), "
                    "found %s",
                    p->plate->name, dlu_text_from_double(first, from),
                    dlu_text_from_double(last, to), n, dlu_text_from_double(wanted, asked));
}

static void say_pick(const picker *p, const dlu_read *reads, size_t n, size_t at_point)
{
    static const char *const words[] = {"taken at", "the first is taken, at",
                                        "the highest light of each well is taken",
                                        "the integral over time is taken, by trapezoids"};
    char from[DLU_NUMBER_SIZE], to[DLU_NUMBER_SIZE], taken[DLU_NUMBER_SIZE];
    bool point = p->pick.kind == PICK_AT || p->pick.kind == PICK_FIRST;
    dlu_place at = {.file = p->plate->file};
    const char *name = reads[0].channel ? reads[0].channel : reads[0].label;
    dlu_note(p->log, "time-picked", &at, NULL,
             "plate %s%s%s: %zu time points from %s s to %s s; %s%s%s%s", p->plate->name,
             *name ? ", " : "", name, n, dlu_text_from_double(reads[0].time_s, from),
             dlu_text_from_double(reads[n - 1].time_s, to), words[p->pick.kind], point ? " " : "",
             point ? dlu_text_from_double(reads[at_point].time_s, taken) : "", point ? " s" : "");
}

static dlu_status pick_one(const picker *p, const dlu_read *reads, size_t n, dlu_read *out)
{
    size_t point = 0;
    dlu_status status = p->pick.kind == PICK_AT ? nearest(p, reads, n, &point) : DLU_OK;
    if (status)
        return status;
    *out = reads[point];
    if (p->pick.kind >= PICK_MAX && !combine(p->arena, reads, n, p->pick.kind, out))
        return dlu_fail_memory(p->err);
    if (!out->calculated)
        say_pick(p, reads, n, point);
    return DLU_OK;
}

/* ---- a plate ---- */

dlu_status dlu_plate_pick_time(dlu_arena *arena, dlu_plate *plate, const char *time, size_t *n_made,
                               dlu_messages *log, dlu_error *err)
{
    picker p = {.arena = arena, .plate = plate, .log = log, .err = err};
    dlu_status status = parse_pick(time, &p.pick, err);
    dlu_read *made = dlu_arena_alloc(arena, plate->n_reads + 1, sizeof *made);
    size_t n_reads = 0;
    if (!made)
        return dlu_fail_memory(err);
    for (size_t i = 0, n; i < plate->n_reads && !status; i += n) {
        n = dlu_read_points(plate, i);
        made[n_reads] = plate->reads[i];
        if (n > 1)
            status = pick_one(&p, &plate->reads[i], n, &made[n_reads]);
        *n_made += n > 1;
        n_reads++;
    }
    if (!status) {
        plate->reads = made;
        plate->n_reads = n_reads;
    }
    return status;
}
