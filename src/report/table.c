/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/say.h"

/* Offsets are in bytes from the start of a struct, which may be anything: hence memcpy. */
static const char *member(const void *object, size_t offset)
{
    return (const char *)object + offset;
}

static size_t count_at(const void *object, size_t offset)
{
    size_t n;
    memcpy(&n, member(object, offset), sizeof n);
    return n;
}

static const char *text_at(const void *object, size_t offset)
{
    const char *text;
    memcpy(&text, member(object, offset), sizeof text);
    return text;
}

size_t dlu_report_rows(const dlu_report_table *table, const void *model)
{
    return count_at(model, table->n_rows);
}

const void *dlu_report_row(const dlu_report_table *table, const void *model, size_t i)
{
    const char *rows;
    memcpy(&rows, member(model, table->rows), sizeof rows);
    return rows + i * table->row_size;
}

static bool has_name(const dlu_report_column *column, const char *key)
{
    if (!column->inside)
        return !strcmp(column->key, key);
    size_t n = strlen(column->inside);
    return !strncmp(column->inside, key, n) && key[n] == '_' && !strcmp(column->key, key + n + 1);
}

const dlu_report_column *dlu_report_column_named(const dlu_report_table *table, const char *key)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (has_name(&table->columns[c], key))
            return &table->columns[c];
    return NULL;
}

bool dlu_report_present(const dlu_report_column *column, const void *row)
{
    bool present;
    if (!column->inside)
        return true;
    memcpy(&present, member(row, column->second), sizeof present);
    return present;
}

/* Length of the valid UTF-8 character at p, or 0: RFC 3629, so no surrogates, nothing overlong. */
static size_t character(const unsigned char *p)
{
    static const struct {
        unsigned char from, to, second_from, second_to;
        size_t n;
    } forms[] = {
        {0x01, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (*p < forms[f].from || *p > forms[f].to)
            continue;
        if (forms[f].n > 1 && (p[1] < forms[f].second_from || p[1] > forms[f].second_to))
            return 0;
        for (size_t i = 2; i < forms[f].n; i++)
            if ((p[i] & 0xC0) != 0x80)
                return 0;
        return forms[f].n;
    }
    return 0;
}

const char *dlu_report_utf8(const char *text, dlu_arena *scratch)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    const unsigned char *p = (const unsigned char *)text;
    while (*p && character(p))
        p += character(p);
    if (!*p)
        return text;
    char *mended = dlu_arena_alloc(scratch, strlen(text) + 1, 3);
    if (!mended)
        return NULL;
    char *to = mended;
    for (p = (const unsigned char *)text; *p;) {
        size_t n = character(p);
        size_t m = n ? n : 3;
        memcpy(to, n ? (const void *)p : replacement, m);
        to += m;
        p += n ? n : 1;
    }
    return mended;
}

static bool give_text(const char *text, dlu_arena *scratch, dlu_report_value *out)
{
    if (!text || !*text)
        return true;
    out->kind = DLU_VALUE_TEXT;
    out->text = dlu_report_utf8(text, scratch);
    return out->text != NULL;
}

static void give_number(const void *at, dlu_report_value *out)
{
    double number;
    memcpy(&number, at, sizeof number);
    if (!isfinite(number))
        return;
    out->kind = DLU_VALUE_NUMBER;
    out->number = number;
}

static bool give_bits(const dlu_report_column *column, const void *at, dlu_arena *scratch,
                      dlu_report_value *out)
{
    uint32_t bits;
    memcpy(&bits, at, sizeof bits);
    const char **items = dlu_arena_alloc(scratch, 32, sizeof *items);
    if (!items)
        return false;
    out->kind = DLU_VALUE_LIST;
    out->items = items;
    for (unsigned bit = 0; bit < 32; bit++)
        if (bits >> bit & 1u)
            items[out->n_items++] = column->word(bit);
    return true;
}

static bool give_list(const dlu_report_column *column, const void *row, dlu_arena *scratch,
                      dlu_report_value *out)
{
    const char *const *from;
    memcpy(&from, member(row, column->offset), sizeof from);
    size_t n = count_at(row, column->second);
    const char **items = dlu_arena_alloc(scratch, n ? n : 1, sizeof *items);
    if (!items)
        return false;
    out->kind = DLU_VALUE_LIST;
    out->items = items;
    for (size_t i = 0; i < n; i++) {
        items[i] = dlu_report_utf8(from[i] ? from[i] : "", scratch);
        if (!items[i])
            return false;
    }
    out->n_items = n;
    return true;
}

static bool give_place(const void *at, dlu_arena *scratch, dlu_report_value *out)
{
    dlu_place place;
    char buf[sizeof((dlu_error *)0)->at];
    memcpy(&place, at, sizeof place);
    dlu_place_render(&place, buf, sizeof buf);
    if (!*buf)
        return true;
    char *copy = dlu_arena_copy(scratch, buf);
    return copy && give_text(copy, scratch, out);
}

static void give_whole(const dlu_report_column *column, const void *at, dlu_report_value *out)
{
    if (column->kind == DLU_REPORT_COUNT_IF && !count_at(at, 0))
        return;
    if (column->kind != DLU_REPORT_BOOL) {
        out->kind = DLU_VALUE_COUNT;
        out->number = (double)count_at(at, 0);
    } else {
        out->kind = DLU_VALUE_BOOL;
        memcpy(&out->yes, at, sizeof out->yes);
    }
}

static const char *word_at(const dlu_report_column *column, const void *at)
{
    unsigned code;
    memcpy(&code, at, sizeof code);
    return column->word(code);
}

bool dlu_report_cell(const dlu_report_column *column, const void *row, dlu_arena *scratch,
                     dlu_report_value *out)
{
    const char *at = member(row, column->offset);
    *out = (dlu_report_value){.kind = DLU_VALUE_NULL};
    if (!dlu_report_present(column, row))
        return true;
    switch (column->kind) {
    case DLU_REPORT_TEXT:
        return give_text(text_at(row, column->offset), scratch, out);
    case DLU_REPORT_TEXT_ARRAY:
        return give_text(at, scratch, out);
    case DLU_REPORT_NUMBER:
        give_number(at, out);
        return true;
    case DLU_REPORT_COUNT:
    case DLU_REPORT_COUNT_IF:
    case DLU_REPORT_BOOL:
        give_whole(column, at, out);
        return true;
    case DLU_REPORT_WORD:
        return give_text(word_at(column, at), scratch, out);
    case DLU_REPORT_BITS:
        return give_bits(column, at, scratch, out);
    case DLU_REPORT_LIST:
        return give_list(column, row, scratch, out);
    case DLU_REPORT_PLACE:
        return give_place(at, scratch, out);
    case DLU_REPORT_EXTRA:
        break;
    }
    return true;
}

const char *const *dlu_report_extra(const dlu_report_column *column, const void *row)
{
    const char *const *texts;
    memcpy(&texts, member(row, column->offset), sizeof texts);
    return texts;
}

char *dlu_report_joined(const dlu_report_value *list, const char *between, dlu_arena *scratch)
{
    size_t n = 1, gap = strlen(between);
    for (size_t i = 0; i < list->n_items; i++)
        n += strlen(list->items[i]) + gap;
    char *text = dlu_arena_alloc(scratch, n, 1);
    char *to = text;
    for (size_t i = 0; text && i < list->n_items; i++) {
        size_t m = strlen(list->items[i]);
        if (i) {
            memcpy(to, between, gap);
            to += gap;
        }
        memcpy(to, list->items[i], m);
        to += m;
    }
    return text;
}
