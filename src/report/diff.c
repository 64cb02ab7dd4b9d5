/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/diff.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "report/bytes.h"
#include "report/table.h"

/* Two results beside each other. Rows are matched by their first columns: what they are of. */

#define TOLERANCE 1e-9

/* A table, and how many of its first columns say what a row is of. */
typedef struct subject {
    const char *table; /* NULL: the inputs */
    const char *rows;  /* what its rows are called */
    size_t n_key;
} subject;

static const subject subjects[] = {
    {"verdicts", "verdicts", 5}, {"comparisons", "comparisons", 7},
    {"groups", "arms", 5},       {"units", "units", 8},
    {"wells", "wells", 2},       {"qc", "QC rows", 2},
};

/* Sentences and places, which follow the rest. */
static const char *const passed_over[] = {"reason", "notes", "text", "at", "extra", "unit"};

typedef struct keyed {
    const char *key;
    const void *row;
    size_t index;
    bool taken;
} keyed;

typedef struct comparing {
    dlu_arena *arena;
    dlu_buffer lines;
    size_t n;
    bool all;
    /* of the table at hand */
    const dlu_report_table *table;
    const subject *of;
    size_t n_rows, n_differ;
    dlu_buffer rows;
} comparing;

/* A number with so many digits at most; 0: all it has. */
static char *number_text(double number, int digits, dlu_arena *arena)
{
    char text[DLU_NUMBER_SIZE];
    double rounded = number;
    if (digits)
        dlu_text_number(dlu_text_rounded(number, digits, text), '.', &rounded);
    return dlu_arena_copy(arena, dlu_text_from_double(rounded, text));
}

static const char *text_of(const dlu_report_value *value, dlu_arena *arena, int digits)
{
    switch (value->kind) {
    case DLU_VALUE_TEXT:
        return value->text;
    case DLU_VALUE_NUMBER:
    case DLU_VALUE_COUNT:
        return number_text(value->number, digits, arena);
    case DLU_VALUE_BOOL:
        return value->yes ? "yes" : "no";
    case DLU_VALUE_LIST:
        return value->n_items ? dlu_report_joined(value, ";", arena) : "-";
    case DLU_VALUE_NULL:
        break;
    }
    return "-";
}

/* "PTEN | miR-21 | mimic": the key of a row, empty parts left out in what is shown. */
static const char *key_of(comparing *c, const void *row, bool shown)
{
    const char *key = "";
    dlu_report_value value;
    for (size_t i = 0; key && i < c->of->n_key; i++) {
        if (!dlu_report_cell(&c->table->columns[i], row, c->arena, &value))
            return NULL;
        if (shown && value.kind == DLU_VALUE_NULL)
            continue;
        const char *text = text_of(&value, c->arena, 0);
        key = text ? dlu_arena_printf(c->arena, "%s%s%s", key, *key ? " | " : "", text) : NULL;
    }
    return key;
}

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

static keyed *keys_of(comparing *c, const dlu_result *result, size_t *n)
{
    *n = dlu_report_rows(c->table, result);
    keyed *keys = dlu_arena_alloc(c->arena, *n + 1, sizeof *keys);
    for (size_t i = 0; keys && i < *n; i++) {
        const void *row = dlu_report_row(c->table, result, i);
        keys[i] = (keyed){key_of(c, row, false), row, i, false};
        if (!keys[i].key)
            return NULL;
    }
    return keys;
}

static bool same_number(double a, double b)
{
    double size = fmax(fabs(a), fabs(b));
    return a == b || fabs(a - b) <= TOLERANCE * size;
}

static bool same_value(const dlu_report_value *a, const dlu_report_value *b, dlu_arena *arena)
{
    bool numbers = a->kind == DLU_VALUE_NUMBER && b->kind == DLU_VALUE_NUMBER;
    if (numbers)
        return same_number(a->number, b->number);
    if (a->kind != b->kind)
        return false;
    const char *left = text_of(a, arena, 0), *right = text_of(b, arena, 0);
    return !left || !right || !strcmp(left, right);
}

static bool is_passed_over(const char *key)
{
    for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
        if (!strcmp(passed_over[i], key))
            return true;
    return false;
}

/* " name 0.5 -> 0.6" of a column, NULL where the rows agree in it. */
static const char *change_of(const comparing *c, const dlu_report_column *column, const void *a,
                             const void *b)
{
    dlu_report_value left, right;
    if (column->kind == DLU_REPORT_EXTRA || column->kind == DLU_REPORT_PLACE ||
        is_passed_over(column->key) || !dlu_report_cell(column, a, c->arena, &left) ||
        !dlu_report_cell(column, b, c->arena, &right) || same_value(&left, &right, c->arena))
        return NULL;
    const char *from = text_of(&left, c->arena, 6), *to = text_of(&right, c->arena, 6);
    /* what differs in later digits only is written in full */
    if (from && to && !strcmp(from, to)) {
        from = text_of(&left, c->arena, 0);
        to = text_of(&right, c->arena, 0);
    }
    return dlu_arena_printf(c->arena, "%s%s%s %s -> %s", column->inside ? column->inside : "",
                            column->inside ? "_" : "", column->key, from ? from : "", to ? to : "");
}

static void add_row(comparing *c, const void *row, const char *what)
{
    const char *key = key_of(c, row, true);
    if (c->all || c->n_differ < DLU_DIFF_SHOWN)
        dlu_buffer_printf(&c->rows, "  %s: %s\n", key ? key : "", what);
    c->n_differ++;
}

static void compare_rows(comparing *c, const void *a, const void *b)
{
    const char *what = NULL;
    for (size_t i = c->of->n_key; i < c->table->n_columns; i++) {
        const char *change = change_of(c, &c->table->columns[i], a, b);
        if (change)
            what = what ? dlu_arena_printf(c->arena, "%s; %s", what, change) : change;
    }
    if (what)
        add_row(c, a, what);
}

/* The first row of that key that has no partner yet. */
static keyed *partner(keyed *keys, size_t n, const char *key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(keys[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < n && !strcmp(keys[low].key, key); low++)
        if (!keys[low].taken)
            return &keys[low];
    return NULL;
}

static void end_table(comparing *c)
{
    if (c->n_differ) {
        dlu_buffer_printf(&c->lines, "%zu of %zu %s:\n", c->n_differ, c->n_rows, c->of->rows);
        if (c->rows.n)
            dlu_buffer_add_n(&c->lines, c->rows.bytes, c->rows.n);
        if (!c->all && c->n_differ > DLU_DIFF_SHOWN)
            dlu_buffer_printf(&c->lines, "  ... and %zu more (--all shows them)\n",
                              c->n_differ - DLU_DIFF_SHOWN);
    }
    c->n += c->n_differ;
    if (c->rows.failed)
        c->lines.failed = true;
    dlu_buffer_free(&c->rows);
}

static void compare_table(comparing *c, const dlu_report_table *table, const subject *of,
                          const dlu_result *a, const dlu_result *b)
{
    size_t n_a, n_b;
    c->table = table;
    c->of = of;
    c->n_differ = 0;
    c->rows = (dlu_buffer){0};
    keyed *left = keys_of(c, a, &n_a), *right = keys_of(c, b, &n_b);
    if (!left || !right)
        return;
    c->n_rows = n_a > n_b ? n_a : n_b;
    qsort(right, n_b, sizeof *right, by_key);
    for (size_t i = 0; i < n_a; i++) {
        keyed *other = partner(right, n_b, left[i].key);
        if (other) {
            other->taken = true;
            compare_rows(c, left[i].row, other->row);
        } else {
            add_row(c, left[i].row, "in the first only");
        }
    }
    for (size_t i = 0; i < n_b; i++)
        if (!right[i].taken)
            add_row(c, right[i].row, "in the second only");
    end_table(c);
}

static void compare_settings(comparing *c, const dlu_result *a, const dlu_result *b)
{
    size_t n;
    const dlu_report_column *columns = dlu_report_settings(&n);
    bool said = false;
    for (size_t i = 0; i < n; i++) {
        const char *change = change_of(c, &columns[i], &a->settings, &b->settings);
        if (!change)
            continue;
        dlu_buffer_printf(&c->lines, "%s  %s\n", said ? "" : "settings:\n", change);
        said = true;
        c->n++;
    }
}

dlu_status dlu_diff_results(const dlu_result *a, const dlu_result *b, bool all, dlu_diff *out,
                            dlu_error *err)
{
    static const subject inputs = {NULL, "inputs", 1};
    comparing c = {.arena = dlu_arena_new(), .all = all};
    *out = (dlu_diff){.n = 0};
    if (!c.arena)
        return dlu_fail_memory(err);
    compare_settings(&c, a, b);
    compare_table(&c, dlu_report_inputs(), &inputs, a, b);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        compare_table(&c, dlu_report_table_named(subjects[i].table), &subjects[i], a, b);
    if (dlu_arena_failed(c.arena))
        c.lines.failed = true;
    dlu_arena_free(c.arena);
    dlu_status status = dlu_bytes_take(&c.lines, &out->lines, err);
    out->n = status ? 0 : c.n;
    return status;
}
