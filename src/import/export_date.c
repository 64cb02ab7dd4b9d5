/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/export_date.h"

#include <string.h>

#include "base/text.h"

/* Three numbers with the same sign between them. */
static bool split(const char *text, long part[3], char *sign)
{
    for (unsigned i = 0; i < 3; i++) {
        char digits[8];
        size_t n = strspn(text, "0123456789");
        if (n == 0 || n >= sizeof digits)
            return false;
        memcpy(digits, text, n);
        digits[n] = '\0';
        if (!dlu_text_integer(digits, 1, 9999, &part[i]))
            return false;
        text += n;
        if (i == 0)
            *sign = *text;
        if (i < 2 && (*text != *sign || !strchr("-/.", *sign) || !*sign))
            return false;
        text += i < 2;
    }
    return !*text || strchr(" T,", *text) != NULL;
}

const char *dlu_export_date(dlu_arena *arena, const char *text)
{
    long p[3], day, month;
    char sign;
    if (!split(text + strspn(text, " \t"), p, &sign))
        return "";
    if (p[0] >= 1000)
        return p[1] > 12 || p[2] > 31
                   ? ""
                   : dlu_arena_printf(arena, "%04ld-%02ld-%02ld", p[0], p[1], p[2]);
    bool month_first = sign != '.' && p[0] <= 12 && p[1] <= 31;
    bool day_first = p[0] <= 31 && p[1] <= 12;
    if (p[2] < 1000 || (!month_first && !day_first) || (month_first && day_first && p[0] != p[1]))
        return "";
    day = day_first ? p[0] : p[1];
    month = day_first ? p[1] : p[0];
    return dlu_arena_printf(arena, "%04ld-%02ld-%02ld", p[2], month, day);
}
