/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"

/*
 * The directory at the end of a zip archive, looked over before the archive is opened: libzip makes
 * room for as many entries as the directory claims, and takes the first of two with one name.
 * Only what no program that writes workbooks does is refused here; broken archives are left to
 * libzip.
 */

#define END_SIZE      22u
#define END64_SIZE    56u
#define LOCATOR_SIZE  20u
#define ENTRY_SIZE    46u
#define LOCAL_SIZE    30u
#define MAX_COMMENT   0xFFFFu
#define SIZE_IN_EXTRA 0xFFFFFFFFu

static const char again_hint[] =
    "copy or export the file again, or open it in Excel or LibreOffice and save it anew";

typedef struct directory {
    const unsigned char *bytes;
    size_t n;   /**< of the whole file */
    size_t end; /**< where the directory's end record begins */
    uint64_t claimed;
    uint64_t size;
} directory;

typedef struct entry {
    const char *name;
    size_t name_n;
    uint64_t begin, end; /**< of the entry in the file, as far as the directory tells */
} entry;

static uint64_t number_at(const unsigned char *p, int n)
{
    uint64_t value = 0;
    while (n-- > 0)
        value = value << 8 | p[n];
    return value;
}

static bool is_at(const directory *d, size_t at, size_t size, uint64_t mark)
{
    return at <= d->n && size <= d->n - at && number_at(d->bytes + at, 4) == mark;
}

/* The last end record; a comment may follow it. */
static bool find_end(directory *d)
{
    size_t lowest = d->n > END_SIZE + MAX_COMMENT ? d->n - END_SIZE - MAX_COMMENT : 0;
    for (size_t at = d->n < END_SIZE ? 0 : d->n - END_SIZE + 1; at-- > lowest;) {
        if (!is_at(d, at, END_SIZE, 0x06054B50))
            continue;
        d->end = at;
        d->claimed = number_at(d->bytes + at + 10, 2);
        d->size = number_at(d->bytes + at + 12, 4);
        return true;
    }
    return false;
}

/* Archives with many entries or of more than 4 GiB have a second end record before the first. */
static void take_large_end(directory *d)
{
    if (d->end < LOCATOR_SIZE || !is_at(d, d->end - LOCATOR_SIZE, LOCATOR_SIZE, 0x07064B50))
        return;
    uint64_t at = number_at(d->bytes + d->end - LOCATOR_SIZE + 8, 8);
    if (at > d->n || !is_at(d, (size_t)at, END64_SIZE, 0x06064B50))
        return;
    d->end = (size_t)at;
    d->claimed = number_at(d->bytes + at + 32, 8);
    d->size = number_at(d->bytes + at + 40, 8);
}

/* Reads up to `max` entries; stops where they do not go on, which libzip then says. */
static size_t read_entries(const directory *d, entry *list, size_t max)
{
    size_t n = 0;
    if (d->size > d->end)
        return 0;
    for (size_t at = d->end - (size_t)d->size; n < max && is_at(d, at, ENTRY_SIZE, 0x02014B50);) {
        const unsigned char *p = d->bytes + at;
        uint64_t packed = number_at(p + 20, 4), begin = number_at(p + 42, 4);
        size_t name_n = (size_t)number_at(p + 28, 2);
        size_t size =
            ENTRY_SIZE + name_n + (size_t)number_at(p + 30, 2) + (size_t)number_at(p + 32, 2);
        if (size > d->end - at)
            break;
        bool told = packed != SIZE_IN_EXTRA && begin != SIZE_IN_EXTRA;
        list[n++] = (entry){(const char *)p + ENTRY_SIZE, name_n, begin,
                            told ? begin + LOCAL_SIZE + name_n + packed : 0};
        at += size;
    }
    return n;
}

static int by_begin(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

static int by_name(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    size_t n = x->name_n < y->name_n ? x->name_n : y->name_n;
    int order = n ? memcmp(x->name, y->name, n) : 0;
    if (order)
        return order;
    if (x->name_n != y->name_n)
        return x->name_n < y->name_n ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

static dlu_status check_names(entry *list, size_t n, const dlu_place *place, dlu_error *err)
{
    qsort(list, n, sizeof *list, by_name);
    for (size_t i = 0; i < n; i++) {
        int shown = list[i].name_n < 80 ? (int)list[i].name_n : 80;
        if (list[i].name_n && memchr(list[i].name, 0, list[i].name_n))
            return dlu_fail(err, DLU_E_INPUT, "zip-name", place, again_hint,
                            "expected names of text in the archive, found one that holds a NUL: "
                            "\"%.*s\"",
                            shown, list[i].name);
        if (i > 0 && list[i].name_n == list[i - 1].name_n &&
            !memcmp(list[i].name, list[i - 1].name, list[i].name_n))
            return dlu_fail(err, DLU_E_INPUT, "zip-doubled-name", place, again_hint,
                            "expected each name once in the archive, found two entries \"%.*s\"",
                            shown, list[i].name);
    }
    return DLU_OK;
}

static dlu_status check_overlaps(entry *list, size_t n, const dlu_place *place, dlu_error *err)
{
    qsort(list, n, sizeof *list, by_begin);
    for (size_t i = 1; i < n; i++)
        if (list[i - 1].end > list[i].begin && list[i].end)
            return dlu_fail(
                err, DLU_E_INPUT, "zip-overlap", place, again_hint,
                "expected entries that follow each other in the archive, found \"%.*s\" "
                "and \"%.*s\" in the same bytes",
                list[i - 1].name_n < 80 ? (int)list[i - 1].name_n : 80, list[i - 1].name,
                list[i].name_n < 80 ? (int)list[i].name_n : 80, list[i].name);
    return DLU_OK;
}

dlu_status dlu_package_check(const dlu_source *source, dlu_error *err)
{
    directory d = {.bytes = source->bytes, .n = source->n_bytes};
    dlu_place place = {.file = source->name};
    if (!find_end(&d))
        return DLU_OK;
    take_large_end(&d);
    if (d.claimed > DLU_MAX_ZIP_ENTRIES)
        return dlu_fail(err, DLU_E_LIMIT, "zip-too-many-entries", &place, again_hint,
                        "expected at most %u entries in the archive, found %llu",
                        DLU_MAX_ZIP_ENTRIES, (unsigned long long)d.claimed);
    dlu_arena *scratch = dlu_arena_new();
    entry *list = scratch ? dlu_arena_alloc(scratch, (size_t)d.claimed + 1, sizeof *list) : NULL;
    dlu_status status = list ? DLU_OK : dlu_fail_memory(err);
    size_t n = status ? 0 : read_entries(&d, list, (size_t)d.claimed);
    if (status == DLU_OK)
        status = check_names(list, n, &place, err);
    if (status == DLU_OK)
        status = check_overlaps(list, n, &place, err);
    dlu_arena_free(scratch);
    return status;
}
