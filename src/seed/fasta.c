/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/say.h"

/* FASTA: ">name words", then lines of letters. */

typedef struct reader {
    dlu_base_reader letters;
    dlu_arena *arena;
    dlu_record_list *out;
    dlu_error *err;
    uint32_t line;
    const uint8_t *begin; /* of the record at work */
} reader;

/* The record at work gets the letters that were read since it began. */
static dlu_status end_record(reader *r)
{
    if (!r->out->n)
        return DLU_OK;
    dlu_record *record = &r->out->items[r->out->n - 1];
    const dlu_place at = {.file = r->letters.file, .row = record->line};
    record->sequence.sets = r->begin;
    record->sequence.n = (size_t)(r->letters.sets + r->letters.n - r->begin);
    if (record->sequence.n)
        return DLU_OK;
    return dlu_fail(r->err, DLU_E_INPUT, "sequence-empty-record", &at,
                    "put the sequence under its header, or delete the header",
                    "record \"%s\": expected a sequence, found none", record->sequence.name);
}

static dlu_status begin_record(reader *r, const char *header, size_t n)
{
    dlu_status status = end_record(r);
    if (status != DLU_OK)
        return status;
    dlu_record *record = DLU_VEC_ADD(r->arena, r->out, DLU_MAX_RECORDS);
    char *title = dlu_arena_copy_n(r->arena, header, n);
    if (!record || !title)
        return dlu_fail_memory(r->err);
    title += strspn(title, " \t");
    size_t word = strcspn(title, " \t");
    const char *name = word ? dlu_arena_copy_n(r->arena, title, word)
                            : dlu_arena_printf(r->arena, "record %zu", r->out->n);
    record->title = title;
    record->line = r->line;
    record->sequence = (dlu_sequence){.name = name, .file = r->letters.file};
    r->begin = r->letters.sets + r->letters.n;
    r->letters.uracil = '\0';
    return name ? DLU_OK : dlu_fail_memory(r->err);
}

static dlu_status read_line(reader *r, const char *line, size_t n)
{
    dlu_status status = DLU_OK;
    if (*line == '>')
        return begin_record(r, line + 1, n - 1);
    if (*line == ';') /* a comment of the oldest files */
        return DLU_OK;
    for (size_t i = 0; i < n && status == DLU_OK; i++)
        if (line[i] != ' ' && line[i] != '\t')
            status = dlu_base_reader_add(&r->letters, line[i], r->line, (uint32_t)i + 1, r->err);
    return status;
}

dlu_status dlu_fasta_read(const char *text, const char *file, dlu_arena *arena,
                          dlu_record_list *out, dlu_error *err)
{
    reader r = {.letters = {.file = file}, .arena = arena, .out = out, .err = err};
    dlu_status status = DLU_OK;
    r.letters.sets = dlu_arena_alloc(arena, strlen(text) + 1, 1);
    if (!r.letters.sets)
        return dlu_fail_memory(err);
    while (*text && status == DLU_OK) {
        size_t n = strcspn(text, "\n");
        r.line++;
        status = read_line(&r, text, n);
        text += n + (text[n] == '\n');
    }
    return status == DLU_OK ? end_record(&r) : status;
}
