/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/tecan.h"

#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/marks.h"

/* Tecan i-control: a sheet a plate, in English or German. */

static const char *const words[] = {"Application: Tecan i-control", "Programm: Tecan i-control",
                                    NULL};

dlu_status dlu_tecan_icontrol_detect(const dlu_scan *scan, dlu_detection *out)
{
    return dlu_tecan_detect(
        scan, words, "no cell \"Application: Tecan i-control\" (German \"Programm: ...\")", out);
}

/* ---- the order of plates ---- */

/* When a plate was read, as far as it can be compared with others of the file. */
typedef struct moment {
    const dlu_sheet *sheet;
    size_t place; /* of the sheet in the workbook */
    long parts[6];
    bool known;
} moment;

/* Numbers of "10/16/2020 4:04:28 PM", "16.10.2020 16:04:28" or "2020-10-16 16:04:28", the year
 * first. */
static bool split_moment(const char *text, long parts[6])
{
    char digits[8];
    unsigned n_parts = 0;
    bool day_first = text[strspn(text, " 0123456789")] == '.'; /* 24.11.2023 */
    for (; *text && n_parts < 6; n_parts++) {
        text += strcspn(text, "0123456789");
        size_t n = strspn(text, "0123456789");
        if (!n || n >= sizeof digits)
            break;
        memcpy(digits, text, n);
        digits[n] = '\0';
        if (!dlu_text_integer(digits, 0, 9999, &parts[n_parts]))
            return false;
        text += n;
    }
    if (n_parts < 5)
        return false;
    if (n_parts == 5)
        parts[5] = 0;
    if (parts[3] == 12 && strpbrk(text, "AaPp"))
        parts[3] = 0;
    parts[3] += strpbrk(text, "Pp") ? 12 : 0;
    if (parts[2] >= 1000) {
        long year = parts[2];
        parts[2] = parts[day_first ? 0 : 1];
        parts[1] = parts[day_first ? 1 : 0];
        parts[0] = year;
    }
    return true;
}

static moment moment_of(const dlu_scan *scan, const dlu_sheet *sheet, size_t place)
{
    static const char *const keys[] = {"Start Time", "Startzeit"};
    moment m = {.sheet = sheet, .place = place};
    for (size_t k = 0; k < 2 && !m.known; k++) {
        const char *text = dlu_key_value(scan, sheet, 1, 0, keys[k]);
        m.known = text && split_moment(text, m.parts);
    }
    return m;
}

static int by_time(const void *a, const void *b)
{
    const moment *x = a, *y = b;
    for (unsigned i = 0; x->known && y->known && i < 6; i++)
        if (x->parts[i] != y->parts[i])
            return x->parts[i] < y->parts[i] ? -1 : 1;
    return x->place > y->place ? -1 : 1; /* the newest sheet comes first */
}

/* By the time of the read where all sheets have one, else the last sheet first. */
static void order_sheets(const dlu_import_job *job, const dlu_sheet **sheets, size_t n,
                         moment *list)
{
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        list[i] = moment_of(job->scan, sheets[i], i);
        all = all && list[i].known;
    }
    for (size_t i = 0; i < n; i++)
        list[i].known = all;
    if (n > 1)
        qsort(list, n, sizeof *list, by_time);
}

dlu_status dlu_tecan_icontrol_read(dlu_import_job *job)
{
    size_t room = job->scan->book->n_sheets + 1, n;
    const dlu_sheet **sheets = dlu_arena_alloc(job->arena, room, sizeof *sheets);
    moment *list = dlu_arena_alloc(job->arena, room, sizeof *list);
    if (!sheets || !list || !dlu_tecan_sheets(job, words, sheets, &n))
        return dlu_fail_memory(job->err);
    order_sheets(job, sheets, n, list);
    for (size_t i = 0; i < n; i++)
        if (!dlu_tecan_take_sheet(job, list[i].sheet,
                                  list[i].sheet->name ? list[i].sheet->name : ""))
            return dlu_fail_memory(job->err);
    job->date = dlu_tecan_date(job);
    return job->date ? DLU_OK : dlu_fail_memory(job->err);
}
