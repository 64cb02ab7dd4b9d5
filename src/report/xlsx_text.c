/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "report/xlsx_book.h"

/*
 * Texts as a workbook can hold them. Beside UTF-8 there are three things to mind: two code points
 * that XML forbids, "_x0041_", which spreadsheets take for an escaped letter, and the longest text.
 */

#define MAX_CELL_LETTERS 32767u

static bool is_forbidden(const char *p)
{
    return !strncmp(p, "\xEF\xBF\xBE", 3) || !strncmp(p, "\xEF\xBF\xBF", 3);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

static bool is_escape(const char *p)
{
    return p[0] == '_' && p[1] == 'x' && is_hex(p[2]) && is_hex(p[3]) && is_hex(p[4]) &&
           is_hex(p[5]) && p[6] == '_';
}

static bool needs_mending(const char *text)
{
    for (const char *p = text; *p; p++)
        if (is_forbidden(p) || is_escape(p))
            return true;
    return false;
}

/* An escaped underscore keeps what follows from being taken for an escape. */
static char *mended(const char *text, dlu_arena *arena)
{
    static const char underscore[] = "_x005F_";
    char *copy = dlu_arena_alloc(arena, strlen(text) + 1, sizeof underscore);
    char *to = copy;
    while (copy && *text) {
        if (is_forbidden(text)) {
            memcpy(to, "\xEF\xBF\xBD", 3);
            to += 3;
            text += 3;
        } else if (is_escape(text)) {
            memcpy(to, underscore, sizeof underscore - 1);
            to += sizeof underscore - 1;
            text++;
        } else {
            *to++ = *text++;
        }
    }
    return copy;
}

/* The text itself, or a copy of as many whole characters as a cell holds. */
static const char *fitting(const char *text, dlu_arena *arena)
{
    size_t letters = 0;
    const char *p = text;
    if (strlen(text) <= MAX_CELL_LETTERS)
        return text;
    for (; *p; p++) {
        letters += ((unsigned char)*p & 0xC0) != 0x80;
        if (letters > MAX_CELL_LETTERS)
            break;
    }
    return *p ? dlu_arena_copy_n(arena, text, (size_t)(p - text)) : text;
}

const char *dlu_xlsx_cell_text(const char *text, dlu_arena *arena)
{
    const char *cell = dlu_report_utf8(text, arena);
    if (cell && needs_mending(cell))
        cell = mended(cell, arena);
    return cell ? fitting(cell, arena) : NULL;
}
