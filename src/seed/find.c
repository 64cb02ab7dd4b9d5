/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* From the files of a request to pairs of wild type and mutant, and all that is found in them. */

#define MAX_INSERTS 100000u

typedef struct insert {
    const char *target;
    const char *construct;
    const dlu_sequence *sequence;
} insert;

typedef struct search {
    const dlu_seed_request *request;
    dlu_arena *arena;
    dlu_mirna_list mirnas;
    dlu_published_list published;
    struct {
        insert *items;
        size_t n, cap;
    } inserts;
    dlu_seed_findings *out;
    dlu_messages *log;
    dlu_error *err;
} search;

static bool is_wild_type(const char *construct)
{
    return dlu_text_same(construct, "WT");
}

static dlu_status add_insert(search *s, const char *target, const char *construct,
                             const dlu_sequence *sequence)
{
    insert *item = DLU_VEC_ADD(s->arena, &s->inserts, MAX_INSERTS);
    dlu_sequence *own = dlu_arena_alloc(s->arena, 1, sizeof *own);
    if (!item || !own)
        return dlu_fail_memory(s->err);
    *own = *sequence;
    *item = (insert){dlu_arena_copy(s->arena, target), dlu_arena_copy(s->arena, construct), own};
    return item->target && item->construct ? DLU_OK : dlu_fail_memory(s->err);
}

/* ---- files that name no target ---- */

/* "PTEN_WT" without its last word, where that is a construct. */
static const char *stem_of(const char *name, dlu_arena *arena)
{
    static const char *const words[] = {"wt", "wild-type", "wildtype", "mut", "mutant", "mt"};
    size_t n = strlen(name), digits = 0;
    while (digits < n && name[n - 1 - digits] >= '0' && name[n - 1 - digits] <= '9')
        digits++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t m = strlen(words[i]), end = words[i][0] == 'm' ? n - digits : n;
        if (end <= m + 1 || !strchr("_-. ", name[end - m - 1]))
            continue;
        char *word = dlu_arena_copy_n(arena, name + end - m, m);
        if (!word)
            return NULL;
        if (dlu_text_same(word, words[i]))
            return dlu_arena_copy_n(arena, name, end - m - 1);
    }
    return name;
}

/* The record of the wild types that a mutant's belongs to, by name; DLU_NO_BASE: none. */
static size_t by_name(const dlu_record_list *wts, const char *name, dlu_arena *arena)
{
    const char *stem = stem_of(name, arena);
    for (size_t i = 0; stem && i < wts->n; i++) {
        const char *other = stem_of(wts->items[i].sequence.name, arena);
        if (other && dlu_text_alike(other, stem))
            return i;
    }
    return DLU_NO_BASE;
}

static dlu_status refuse_match(const search *s, const dlu_record_list *wts,
                               const dlu_record_list *muts, const dlu_seed_file *file)
{
    const dlu_place at = {.file = file->source.name};
    return dlu_fail(s->err, DLU_E_INPUT, "seed-records-unmatched", &at,
                    "name the records of both files alike (PTEN_WT, PTEN_MUT), or give as many in "
                    "the same order",
                    "expected a mutant for each of %zu wild types, found %zu records of other "
                    "names, such as \"%s\"",
                    wts->n, muts->n, muts->items[0].sequence.name);
}

/* All by name, or else all by order; a single one belongs to a single one. */
static dlu_status match_mutants(search *s, const dlu_record_list *wts, const dlu_record_list *muts,
                                const dlu_seed_file *file)
{
    const dlu_place at = {.file = file->source.name};
    bool named = wts->n > 1 || muts->n > 1;
    for (size_t i = 0; i < muts->n && named; i++)
        named = by_name(wts, muts->items[i].sequence.name, s->arena) != DLU_NO_BASE;
    if (!named && wts->n != muts->n)
        return refuse_match(s, wts, muts, file);
    if (!named && wts->n > 1)
        dlu_note(s->log, "seed-records-by-order", &at, NULL,
                 "the %zu records match those of the wild type by their order, as names differ",
                 muts->n);
    for (size_t i = 0; i < muts->n; i++) {
        const dlu_sequence *sequence = &muts->items[i].sequence;
        size_t k = named ? by_name(wts, sequence->name, s->arena) : i;
        /* none: memory ran out since it was found */
        const char *target = k < wts->n ? stem_of(wts->items[k].sequence.name, s->arena) : NULL;
        dlu_status status =
            target ? add_insert(s, target, file->construct, sequence) : dlu_fail_memory(s->err);
        if (status != DLU_OK)
            return status;
    }
    return DLU_OK;
}

/* All records of the file, or the part that it names. */
static dlu_status read_records(search *s, const dlu_seed_file *file, dlu_record_list *out)
{
    dlu_sequence part;
    dlu_status status = dlu_records_read(&file->source, s->arena, out, s->err);
    if (status != DLU_OK || !file->part)
        return status;
    const char *name = out->items[0].sequence.name;
    status = dlu_record_choose(out, file, s->arena, &part, s->err);
    if (status != DLU_OK)
        return status;
    out->n = 1;
    out->items[0].sequence = part;
    out->items[0].sequence.name = name;
    return DLU_OK;
}

static dlu_status read_nameless(search *s, const dlu_seed_file *file, dlu_record_list *wts)
{
    dlu_record_list records = {0};
    dlu_status status = read_records(s, file, &records);
    if (status != DLU_OK || !is_wild_type(file->construct))
        return status != DLU_OK ? status : match_mutants(s, wts, &records, file);
    *wts = records;
    for (size_t i = 0; i < records.n && status == DLU_OK; i++) {
        const char *target = stem_of(records.items[i].sequence.name, s->arena);
        status = target ? add_insert(s, target, "WT", &records.items[i].sequence)
                        : dlu_fail_memory(s->err);
    }
    return status;
}

static dlu_status read_inserts(search *s)
{
    dlu_record_list wts = {0};
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < s->request->n_files && status == DLU_OK; i++) {
        const dlu_seed_file *file = &s->request->files[i];
        dlu_record_list records = {0};
        dlu_sequence chosen;
        if (!file->target) {
            status = read_nameless(s, file, &wts);
            continue;
        }
        status = dlu_records_read(&file->source, s->arena, &records, s->err);
        if (status == DLU_OK)
            status = dlu_record_choose(&records, file, s->arena, &chosen, s->err);
        if (status == DLU_OK)
            status = add_insert(s, file->target, file->construct, &chosen);
    }
    return status;
}

/* ---- pairs ---- */

static dlu_status add_pair(search *s, const insert *wt, const insert *mut, const dlu_mirna *mirna,
                           bool wt_told)
{
    dlu_seed_pair *pair = DLU_VEC_ADD(s->arena, &s->out->pairs, MAX_INSERTS);
    if (!pair)
        return dlu_fail_memory(s->err);
    *pair = (dlu_seed_pair){.target = wt->target,
                            .mutant = mut ? mut->construct : NULL,
                            .mirna = mirna,
                            .wt = wt->sequence,
                            .mut = mut ? mut->sequence : NULL,
                            .wt_told = wt_told};
    return dlu_seed_compare(pair, &s->published, s->arena, &s->out->rows, s->log, s->err);
}

/* A wild type with each of its mutants, or alone. */
static dlu_status search_target(search *s, const insert *wt, const dlu_mirna *mirna)
{
    size_t n = 0;
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < s->inserts.n && status == DLU_OK; i++) {
        const insert *mut = &s->inserts.items[i];
        if (is_wild_type(mut->construct) || !dlu_text_alike(mut->target, wt->target))
            continue;
        status = add_pair(s, wt, mut, mirna, n++ > 0);
    }
    return status == DLU_OK && !n ? add_pair(s, wt, NULL, mirna, false) : status;
}

/* Each target has one wild type. */
static dlu_status check_inserts(const search *s)
{
    for (size_t i = 0; i < s->inserts.n; i++) {
        const insert *item = &s->inserts.items[i];
        const dlu_place at = {.file = item->sequence->file};
        size_t n = 0;
        for (size_t k = 0; k < s->inserts.n; k++)
            n += is_wild_type(s->inserts.items[k].construct) &&
                 dlu_text_alike(s->inserts.items[k].target, item->target);
        if (n != 1)
            return dlu_fail(s->err, DLU_E_INPUT, n ? "seed-two-wild-types" : "seed-no-wild-type",
                            &at, n ? "give records of different names" : "give the wild type too",
                            "%s: expected one wild-type insert, found %s", item->target,
                            n ? "several of this name" : "the mutant only");
    }
    return DLU_OK;
}

static dlu_status search_coding(search *s)
{
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < s->request->n_coding && status == DLU_OK; i++) {
        dlu_record_list records = {0};
        status = dlu_records_read(&s->request->coding[i], s->arena, &records, s->err);
        for (size_t k = 0; k < records.n && status == DLU_OK; k++)
            for (size_t m = 0; m < s->mirnas.n && status == DLU_OK; m++)
                status = dlu_seed_coding(&records.items[k].sequence, &s->mirnas.items[m], s->arena,
                                         &s->out->rows, s->log, s->err);
    }
    return status;
}

dlu_status dlu_seed_search(const dlu_seed_request *request, dlu_arena *arena,
                           dlu_seed_findings *out, dlu_messages *log, dlu_error *err)
{
    search s = {.request = request, .arena = arena, .out = out, .log = log, .err = err};
    *out = (dlu_seed_findings){0};
    if (!request->n_files)
        return dlu_fail(err, DLU_E_USAGE, "seed-no-files", NULL,
                        "name the files of wild type and mutant, such as PTEN.WT and PTEN.MUT in "
                        "the section [seed]",
                        "expected inserts to look for sites in, found none");
    dlu_status status = dlu_mirnas_read(request, arena, &s.mirnas, log, err);
    if (status == DLU_OK)
        status = dlu_published_read(request->published, arena, &s.published, err);
    if (status == DLU_OK)
        status = read_inserts(&s);
    if (status == DLU_OK)
        status = check_inserts(&s);
    for (size_t i = 0; i < s.inserts.n && status == DLU_OK; i++)
        for (size_t m = 0; m < s.mirnas.n && status == DLU_OK; m++)
            if (is_wild_type(s.inserts.items[i].construct))
                status = search_target(&s, &s.inserts.items[i], &s.mirnas.items[m]);
    return status == DLU_OK ? search_coding(&s) : status;
}

dlu_status dlu_seed_find(const dlu_seed_request *request, dlu_seed **out, dlu_messages *log,
                         dlu_error *err)
{
    dlu_seed_findings findings;
    dlu_arena *arena = dlu_arena_new();
    dlu_seed *seed = arena ? dlu_arena_alloc(arena, 1, sizeof *seed) : NULL;
    dlu_status status =
        seed ? dlu_seed_search(request, arena, &findings, log, err) : dlu_fail_memory(err);
    *out = NULL;
    /* what seems wrong with a file may only be a part that is missing */
    if (dlu_arena_failed(arena) || (log && dlu_messages_failed(log)))
        status = dlu_fail_memory(err);
    if (status != DLU_OK) {
        dlu_arena_free(arena);
        return status;
    }
    *seed = (dlu_seed){findings.rows.items, findings.rows.n, arena};
    *out = seed;
    return DLU_OK;
}

void dlu_seed_free(dlu_seed *seed)
{
    if (seed)
        dlu_arena_free(seed->memory);
}
