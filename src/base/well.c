/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/plate.h>

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define MAX_TABLE_ROW 10000000

static const char *const state_names[] = {"ok",     "overflow", "underflow",
                                          "missed", "masked",   "invalid"};

const char *dlu_read_state_name(dlu_read_state state)
{
    return state_names[state];
}

dlu_place dlu_reading_place(const dlu_reading *reading)
{
    return (dlu_place){reading->origin->file, reading->origin->sheet, reading->row, reading->col};
}

char *dlu_well_name(dlu_well well, char *buf)
{
    if (well >= DLU_WELL_TABLE_ROW) {
        snprintf(buf, DLU_WELL_NAME_SIZE, "r%u", (unsigned)(well - DLU_WELL_TABLE_ROW));
        return buf;
    }
    unsigned row = well >> 8, col = (well & 0xFF) + 1;
    char *p = buf;
    if (row >= 26)
        *p++ = 'A';
    *p++ = (char)('A' + row % 26);
    if (col >= 100)
        *p++ = (char)('0' + col / 100);
    if (col >= 10)
        *p++ = (char)('0' + col / 10 % 10);
    *p++ = (char)('0' + col % 10);
    *p = '\0';
    return buf;
}

static bool letter(char c, unsigned *index)
{
    if (c >= 'A' && c <= 'Z')
        *index = (unsigned)(c - 'A');
    else if (c >= 'a' && c <= 'z')
        *index = (unsigned)(c - 'a');
    else
        return false;
    return true;
}

bool dlu_well_parse(const char *text, dlu_well *out)
{
    unsigned row, second;
    long col;
    while (*text == ' ')
        text++;
    if (!letter(*text, &row))
        return false;
    if (*text == 'r' && dlu_text_integer(text + 1, 1, MAX_TABLE_ROW, &col)) {
        *out = DLU_WELL_TABLE_ROW + (dlu_well)col;
        return true;
    }
    text++;
    if (letter(*text, &second)) {
        if (row != 0 || second > 5)
            return false;
        row = 26 + second;
        text++;
    }
    if (*text == ':')
        text++;
    while (*text == ' ')
        text++;
    if (*text < '0' || *text > '9' || strpbrk(text, ".,eE"))
        return false;
    if (dlu_text_integer(text, 1, DLU_WELL_MAX_COLS, &col) && row < DLU_WELL_MAX_ROWS) {
        *out = (dlu_well)(row << 8 | (unsigned)(col - 1));
        return true;
    }
    return false;
}
