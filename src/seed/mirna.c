/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* A microRNA from a sequence, a file, or a name in miRBase's file or the built-in table. */

#define MAX_MIRNAS 1000u

static const char sequence_hint[] =
    "give the mature sequence 5' to 3', such as UAGCUUAUCAGACUGAUGUUGA, or a name";

static dlu_status check_length(size_t n, const char *name, const dlu_place *place, dlu_error *err)
{
    if (n >= DLU_MIRNA_LEAST && n <= DLU_MIRNA_MOST)
        return DLU_OK;
    return dlu_fail(err, DLU_E_USAGE, "mirna-length", place, sequence_hint,
                    "microRNA %s: expected %u to %u bases, found %zu", name, DLU_MIRNA_LEAST,
                    DLU_MIRNA_MOST, n);
}

static dlu_status check_letters(const char *text, const char *name, const dlu_place *place,
                                dlu_error *err)
{
    size_t t = strcspn(text, "Tt"), u = strcspn(text, "Uu");
    for (size_t i = 0; text[i]; i++)
        if (!dlu_base_is_one(dlu_base_set(text[i])))
            return dlu_fail(err, DLU_E_USAGE, "mirna-letter", place, sequence_hint,
                            "microRNA %s: expected A, C, G, U (or T), found \"%c\" as base %zu",
                            name, text[i], i + 1);
    if (text[t] && text[u])
        return dlu_fail(err, DLU_E_USAGE, "mirna-t-and-u", place,
                        "write it as RNA with U, or as DNA with T",
                        "microRNA %s: expected U or T, found both: base %zu is T, base %zu is U",
                        name, t + 1, u + 1);
    return DLU_OK;
}

dlu_status dlu_mirna_from_text(const char *text, const char *name, const dlu_place *place,
                               dlu_arena *arena, dlu_mirna *out, dlu_error *err)
{
    const char *label = name ? name : text;
    dlu_status status = check_letters(text, label, place, err);
    if (status == DLU_OK)
        status = check_length(strlen(text), label, place, err);
    if (status != DLU_OK)
        return status;
    char *letters = dlu_arena_copy(arena, text);
    *out = (dlu_mirna){.name = name, .letters = letters, .n = strlen(text)};
    for (size_t i = 0; letters && i < out->n; i++) {
        letters[i] = dlu_base_letter(dlu_base_set(text[i]));
        out->pair[i + 1] = dlu_base_partner(dlu_base_set(text[i]));
    }
    return letters ? DLU_OK : dlu_fail_memory(err);
}

const char *dlu_mirna_label(const dlu_mirna *mirna)
{
    return mirna->name ? mirna->name : mirna->letters;
}

/* ---- names ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind "hsa-", the three or four letters of a species. */
static const char *without_species(const char *name)
{
    size_t n = 0;
    while (is_letter(name[n]))
        n++;
    bool kind = dlu_text_starts(name, "mir") || dlu_text_starts(name, "let");
    return (n == 3 || n == 4) && name[n] == '-' && !kind ? name + n + 1 : name;
}

/* "5p", "3p", or "" where the name has no arm. */
static const char *arm_of(const char *name)
{
    size_t n = strlen(name);
    if (n < 3 || (name[n - 1] != 'p' && name[n - 1] != 'P') ||
        (name[n - 2] != '3' && name[n - 2] != '5'))
        return "";
    return name + n - 2;
}

#define NAME_SIZE 64u

/* The name without species and arm; false where it is too long to be one. */
static bool stem_of(const char *name, char stem[NAME_SIZE])
{
    const char *from = without_species(name);
    size_t n = strlen(from) - strlen(arm_of(from));
    if (n >= NAME_SIZE)
        return false;
    memcpy(stem, from, n);
    stem[n] = '\0';
    return true;
}

bool dlu_mirna_same(const char *a, const char *b)
{
    char stem_a[NAME_SIZE], stem_b[NAME_SIZE];
    const char *arm_a = arm_of(a), *arm_b = arm_of(b);
    size_t species_a = (size_t)(without_species(a) - a);
    size_t species_b = (size_t)(without_species(b) - b);
    if (!stem_of(a, stem_a) || !stem_of(b, stem_b) || !dlu_text_alike(stem_a, stem_b))
        return false;
    if (*arm_a && *arm_b && !dlu_text_same(arm_a, arm_b))
        return false;
    return !species_a || !species_b || (species_a == species_b && !strncmp(a, b, species_a));
}

/* ---- where names are looked up ---- */

typedef struct named {
    const char *name;
    const char *accession;
    const char *sequence;
} named;

typedef struct named_list {
    named *items;
    size_t n, cap;
} named_list;

#define MAX_NAMED 1000000u

static bool add_named(dlu_arena *arena, named_list *list, const char *name, const char *accession,
                      const char *sequence)
{
    named *item = DLU_VEC_ADD(arena, list, MAX_NAMED);
    if (item)
        *item = (named){name, accession, sequence};
    return item && name && sequence;
}

/* ">hsa-miR-21-5p MIMAT0000076 Homo sapiens miR-21-5p" */
static bool add_record(dlu_arena *arena, named_list *list, const dlu_record *record)
{
    const char *accession = record->title ? strstr(record->title, " MIMAT") : NULL;
    size_t digits = accession ? strcspn(accession + 1, " \t") : 0;
    return add_named(arena, list, record->sequence.name,
                     accession ? dlu_arena_copy_n(arena, accession + 1, digits) : NULL,
                     dlu_sequence_text(&record->sequence, 0, record->sequence.n, arena));
}

static dlu_status read_names(const dlu_source *source, dlu_arena *arena, named_list *list,
                             dlu_error *err)
{
    dlu_record_list records = {0};
    dlu_status status = dlu_records_read(source, arena, &records, err);
    for (size_t i = 0; status == DLU_OK && i < records.n; i++)
        if (!add_record(arena, list, &records.items[i]))
            status = dlu_fail_memory(err);
    return status;
}

static dlu_status known_names(const dlu_seed_request *r, dlu_arena *arena, named_list *list,
                              dlu_error *err)
{
    if (r->mirbase)
        return read_names(r->mirbase, arena, list, err);
    for (size_t i = 0; i < dlu_mirna_count(); i++) {
        const dlu_mirna_info *info = dlu_mirna_get(i);
        if (!add_named(arena, list, info->name, info->accession, info->sequence))
            return dlu_fail_memory(err);
    }
    return DLU_OK;
}

/* How well a name fits: 3 as it is, 2 but for "hsa-", 1 but for species and arm, 0 not. */
static unsigned fit(const named *item, const char *name)
{
    if (dlu_text_same(item->name, name) ||
        (item->accession && dlu_text_same(item->accession, name)))
        return 3;
    bool human = dlu_text_starts(item->name, "hsa-");
    if (human && without_species(name) == name && dlu_text_alike(without_species(item->name), name))
        return 2;
    return human && dlu_mirna_same(item->name, name) ? 1 : 0;
}

static dlu_status refuse_unknown(const dlu_seed_request *r, const char *name, dlu_error *err)
{
    const dlu_place at = {.file = r->mirbase ? r->mirbase->name : NULL};
    if (r->mirbase)
        return dlu_fail(err, DLU_E_USAGE, "mirna-unknown", &at,
                        "write the name as it stands there, or give the sequence",
                        "expected the microRNA \"%s\", found no record of this name", name);
    return dlu_fail(err, DLU_E_USAGE, "mirna-unknown", NULL,
                    "give its sequence, or look it up with --mirbase mature.fa of miRBase",
                    "microRNA: expected a name of the built-in table or a sequence, found \"%s\"",
                    name);
}

static dlu_status refuse_arms(const named *first, const named *second, const char *name,
                              dlu_error *err)
{
    return dlu_fail(err, DLU_E_USAGE, "mirna-which-arm", NULL, "write which one is meant",
                    "microRNA %s: expected one, found several: %s, %s", name, first->name,
                    second->name);
}

static dlu_status look_up(const dlu_seed_request *r, const named_list *known, const char *name,
                          dlu_arena *arena, dlu_mirna *out, dlu_messages *log, dlu_error *err)
{
    const named *best = NULL, *second = NULL;
    unsigned best_fit = 0;
    for (size_t i = 0; i < known->n; i++) {
        unsigned f = fit(&known->items[i], name);
        if (f > best_fit) {
            best = &known->items[i];
            best_fit = f;
            second = NULL;
        } else if (f && f == best_fit && !second) {
            second = &known->items[i];
        }
    }
    if (!best)
        return refuse_unknown(r, name, err);
    if (second && strcmp(best->sequence, second->sequence) != 0)
        return refuse_arms(best, second, name, err);
    if (best_fit < 3)
        dlu_note(log, "mirna-taken-as", NULL, NULL, "microRNA %s is taken as %s (%s)", name,
                 best->name, best->sequence);
    dlu_status status = dlu_mirna_from_text(best->sequence, best->name, NULL, arena, out, err);
    out->accession = best->accession;
    return status;
}

/* ---- the microRNAs of a request ---- */

/* Only letters of bases, N among them: no name is so. */
static bool is_sequence(const char *text)
{
    return *text && !text[strspn(text, "ACGTUNacgtun")];
}

static dlu_status add_word(const dlu_seed_request *r, const named_list *known, const char *word,
                           dlu_arena *arena, dlu_mirna_list *out, dlu_messages *log, dlu_error *err)
{
    dlu_mirna *item = DLU_VEC_ADD(arena, out, MAX_MIRNAS);
    if (!item)
        return dlu_fail_memory(err);
    return is_sequence(word) ? dlu_mirna_from_text(word, NULL, NULL, arena, item, err)
                             : look_up(r, known, word, arena, item, log, err);
}

static dlu_status read_words(const dlu_seed_request *r, dlu_arena *arena, dlu_mirna_list *out,
                             dlu_messages *log, dlu_error *err)
{
    named_list known = {0};
    dlu_status status = known_names(r, arena, &known, err);
    for (const char *from = r->mirna; status == DLU_OK && *from;) {
        size_t n = strcspn(from, ",");
        char *word = dlu_arena_copy_n(arena, from, n);
        word = word ? dlu_text_trimmed(arena, word) : NULL;
        if (!word)
            return dlu_fail_memory(err);
        if (*word)
            status = add_word(r, &known, word, arena, out, log, err);
        from += n + (from[n] == ',');
    }
    return status;
}

static dlu_status read_file(const dlu_source *source, dlu_arena *arena, dlu_mirna_list *out,
                            dlu_error *err)
{
    named_list found = {0};
    const dlu_place at = {.file = source->name};
    dlu_status status = read_names(source, arena, &found, err);
    for (size_t i = 0; status == DLU_OK && i < found.n; i++) {
        dlu_mirna *item = DLU_VEC_ADD(arena, out, MAX_MIRNAS);
        if (!item)
            return dlu_fail(err, DLU_E_LIMIT, "mirna-too-many", &at,
                            "name the microRNA, and give this file with --mirbase",
                            "expected at most %u microRNAs, found %zu", MAX_MIRNAS, found.n);
        status = dlu_mirna_from_text(found.items[i].sequence, found.items[i].name, &at, arena, item,
                                     err);
        item->accession = found.items[i].accession;
    }
    return status;
}

dlu_status dlu_mirnas_read(const dlu_seed_request *r, dlu_arena *arena, dlu_mirna_list *out,
                           dlu_messages *log, dlu_error *err)
{
    dlu_status status = DLU_OK;
    if (r->mirna_file)
        status = read_file(r->mirna_file, arena, out, err);
    if (status == DLU_OK && r->mirna)
        status = read_words(r, arena, out, log, err);
    if (status == DLU_OK && !out->n)
        return dlu_fail(err, DLU_E_USAGE, "mirna-none", NULL, sequence_hint,
                        "expected a microRNA, found none");
    return status;
}
