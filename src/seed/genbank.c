/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* GenBank flat files: LOCUS, a table of features, ORIGIN and the bases, "//". */

#define MAX_FEATURES 100000u
#define MAX_NAMES    32u
#define KEY_COLUMN   5u
#define VALUE_COLUMN 21u

typedef enum part { HEAD, FEATURES, BASES } part;

typedef struct reader {
    dlu_base_reader letters;
    dlu_arena *arena;
    dlu_record_list *out;
    dlu_error *err;
    uint32_t line;
    part part;
    const uint8_t *begin; /* of the record at work */
    bool open;            /* a record is at work */
    bool in_location;     /* lines go on with the location of the last feature */
} reader;

static dlu_record *current(const reader *r)
{
    return &r->out->items[r->out->n - 1];
}

static dlu_status end_record(reader *r)
{
    if (!r->open)
        return DLU_OK;
    dlu_record *record = current(r);
    const dlu_place at = {.file = r->letters.file, .row = record->line};
    r->open = false;
    record->sequence.sets = r->begin;
    record->sequence.n = (size_t)(r->letters.sets + r->letters.n - r->begin);
    if (record->sequence.n)
        return DLU_OK;
    return dlu_fail(r->err, DLU_E_INPUT, "genbank-no-bases", &at, "save the file with its sequence",
                    "record \"%s\": expected bases under ORIGIN, found none",
                    record->sequence.name);
}

/* "LOCUS       pmirGLO   7350 bp   DNA   circular SYN 01-JAN-2020" */
static dlu_status begin_record(reader *r, const char *line)
{
    dlu_status status = end_record(r);
    if (status != DLU_OK)
        return status;
    const char *from = line + strlen("LOCUS");
    from += strspn(from, " \t");
    dlu_record *record = DLU_VEC_ADD(r->arena, r->out, DLU_MAX_RECORDS);
    char *name = dlu_arena_copy_n(r->arena, from, strcspn(from, " \t"));
    if (!record || !name)
        return dlu_fail_memory(r->err);
    record->sequence = (dlu_sequence){.name = *name ? name : "plasmid", .file = r->letters.file};
    record->line = r->line;
    record->circular = strstr(line, " circular") != NULL;
    r->begin = r->letters.sets + r->letters.n;
    r->letters.uracil = '\0';
    r->open = true;
    r->part = HEAD;
    return DLU_OK;
}

/* "     CDS             join(12..40,60..90)" */
static dlu_status begin_feature(reader *r, const char *line)
{
    const char *key = line + KEY_COLUMN;
    size_t n = strcspn(key, " \t");
    const char *location = key + n + strspn(key + n, " \t");
    dlu_feature *f = DLU_VEC_ADD(r->arena, &current(r)->features, MAX_FEATURES);
    if (!f)
        return dlu_fail_memory(r->err);
    f->key = dlu_arena_copy_n(r->arena, key, n);
    f->location = dlu_text_trimmed(r->arena, location);
    f->line = r->line;
    r->in_location = true;
    return f->key && f->location ? DLU_OK : dlu_fail_memory(r->err);
}

static bool is_name(const char *qualifier, size_t n)
{
    static const char *const keys[] = {"label",         "gene", "product",  "note",
                                       "standard_name", "name", "locus_tag"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i]) == n && !strncmp(keys[i], qualifier, n))
            return true;
    return false;
}

/* "/label="PTEN 3'UTR"": the value without its quotes; of several lines, the first. */
static dlu_status read_qualifier(reader *r, const char *text)
{
    dlu_feature *f = &current(r)->features.items[current(r)->features.n - 1];
    size_t n = strcspn(text, "=");
    r->in_location = false;
    if (!text[n] || !is_name(text, n))
        return DLU_OK;
    const char *value = text + n + 1 + (text[n + 1] == '"');
    char *copy = dlu_arena_copy_n(r->arena, value, strcspn(value, "\""));
    char *name = copy ? dlu_text_trimmed(r->arena, copy) : NULL;
    if (!name)
        return dlu_fail_memory(r->err);
    if (f->names.n >= MAX_NAMES)
        return DLU_OK;
    const char **to = DLU_VEC_ADD(r->arena, &f->names, MAX_NAMES);
    if (!to)
        return dlu_fail_memory(r->err);
    *to = name;
    return DLU_OK;
}

static dlu_status go_on_with_location(reader *r, const char *text)
{
    dlu_feature *f = &current(r)->features.items[current(r)->features.n - 1];
    char *more = dlu_text_trimmed(r->arena, text);
    f->location = more ? dlu_arena_printf(r->arena, "%s%s", f->location, more) : NULL;
    return f->location ? DLU_OK : dlu_fail_memory(r->err);
}

static dlu_status read_feature_line(reader *r, const char *line, size_t n)
{
    size_t blanks = strspn(line, " ");
    if (blanks >= n)
        return DLU_OK;
    if (blanks == KEY_COLUMN)
        return begin_feature(r, line);
    if (blanks < VALUE_COLUMN || !current(r)->features.n)
        return DLU_OK;
    if (line[blanks] == '/')
        return read_qualifier(r, line + blanks + 1);
    return r->in_location ? go_on_with_location(r, line + blanks) : DLU_OK;
}

static dlu_status read_bases(reader *r, const char *line, size_t n)
{
    dlu_status status = DLU_OK;
    size_t i = strspn(line, " ");
    i += strspn(line + i, "0123456789");
    for (; i < n && status == DLU_OK; i++)
        if (line[i] != ' ' && line[i] != '\t')
            status = dlu_base_reader_add(&r->letters, line[i], r->line, (uint32_t)i + 1, r->err);
    return status;
}

static dlu_status read_line(reader *r, const char *line, size_t n)
{
    if (dlu_text_starts(line, "LOCUS"))
        return begin_record(r, line);
    if (!strncmp(line, "//", 2))
        return end_record(r);
    if (!r->open)
        return DLU_OK;
    if (dlu_text_starts(line, "FEATURES"))
        r->part = FEATURES;
    else if (dlu_text_starts(line, "ORIGIN"))
        r->part = BASES;
    else if (r->part == FEATURES)
        return *line == ' ' ? read_feature_line(r, line, n) : DLU_OK;
    else if (r->part == BASES)
        return read_bases(r, line, n);
    return DLU_OK;
}

dlu_status dlu_genbank_read(const char *text, const char *file, dlu_arena *arena,
                            dlu_record_list *out, dlu_error *err)
{
    reader r = {.letters = {.file = file}, .arena = arena, .out = out, .err = err};
    dlu_status status = DLU_OK;
    r.letters.sets = dlu_arena_alloc(arena, strlen(text) + 1, 1);
    if (!r.letters.sets)
        return dlu_fail_memory(err);
    while (*text && status == DLU_OK) {
        size_t n = strcspn(text, "\n");
        char *line = dlu_arena_copy_n(arena, text, n);
        r.line++;
        status = line ? read_line(&r, line, n) : dlu_fail_memory(err);
        text += n + (text[n] == '\n');
    }
    return status == DLU_OK ? end_record(&r) : status;
}

/* ---- locations ---- */

typedef struct cut {
    const dlu_record *record;
    const char *what;
    const char *location;
    dlu_error *err;
    uint8_t *sets;
    size_t n;
    size_t cap;
} cut;

static dlu_status refuse_location(const cut *c)
{
    const dlu_place at = {.file = c->record->sequence.file};
    return dlu_fail(c->err, DLU_E_INPUT, "genbank-location", &at,
                    "give the bases instead, such as 1203..1541",
                    "\"%s\": expected bases 1 to %zu, such as 12..40 or complement(12..40), found "
                    "\"%.80s\"",
                    c->what, c->record->sequence.n, c->location);
}

/* A number with "<" or ">" before it; 0 where there is none. */
static size_t number_at(const char **p)
{
    size_t n = 0;
    *p += strspn(*p, "<>");
    for (; **p >= '0' && **p <= '9'; ++*p)
        n = n < DLU_MAX_FILE_BYTES ? n * 10 + (size_t)(**p - '0') : n;
    return n;
}

/* Bases of "12..40", or of "12"; a circle may run over its origin. */
static bool take_range(cut *c, const char **p)
{
    const dlu_sequence *s = &c->record->sequence;
    size_t from = number_at(p), to = from;
    if (!strncmp(*p, "..", 2) || **p == '-' || **p == '^') {
        *p += **p == '.' ? 2 : 1;
        to = number_at(p);
    }
    if (!from || !to || from > s->n || to > s->n || (to < from && !c->record->circular))
        return false;
    size_t n = to >= from ? to - from + 1 : s->n - from + 1 + to;
    if (n > c->cap - c->n)
        return false;
    for (size_t i = 0; i < n; i++)
        c->sets[c->n++] = s->sets[(from - 1 + i) % s->n];
    return true;
}

/* "(" item "," item ")" behind "join" or "order", or a range. */
static bool take_list(cut *c, const char **p)
{
    bool list = dlu_text_starts(*p, "join(") || dlu_text_starts(*p, "order(");
    if (!list)
        return take_range(c, p);
    *p = strchr(*p, '(') + 1;
    for (;;) {
        if (!take_range(c, p))
            return false;
        if (**p != ',')
            break;
        ++*p;
    }
    return *(*p)++ == ')';
}

static void turn(uint8_t *sets, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        uint8_t first = sets[i];
        sets[i] = sets[n - 1 - i];
        sets[n - 1 - i] = first;
    }
    for (size_t i = 0; i < n; i++)
        sets[i] = dlu_base_partner(sets[i]);
}

dlu_status dlu_genbank_cut(const dlu_record *record, const char *location, const char *what,
                           dlu_arena *arena, dlu_sequence *out, dlu_error *err)
{
    cut c = {record, what, location, err, NULL, 0, record->sequence.n};
    const char *p = location;
    bool other_strand = dlu_text_starts(p, "complement(");
    c.sets = dlu_arena_alloc(arena, c.cap + 1, 1);
    if (!c.sets)
        return dlu_fail_memory(err);
    p += other_strand ? strlen("complement(") : 0;
    if (!take_list(&c, &p) || (other_strand && *p++ != ')') || *p)
        return refuse_location(&c);
    if (other_strand)
        turn(c.sets, c.n);
    *out = (dlu_sequence){.name = dlu_arena_copy(arena, what),
                          .file = record->sequence.file,
                          .sets = c.sets,
                          .n = c.n};
    return out->name ? DLU_OK : dlu_fail_memory(err);
}
