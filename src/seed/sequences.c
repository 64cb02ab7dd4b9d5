/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "bytes/bytes.h"

/* From a file to the insert that is meant. */

#define NAMES_SIZE 240u

static dlu_status refuse_letter(const dlu_base_reader *letters, char c, const dlu_place *at,
                                dlu_error *err)
{
    bool protein = strchr("EFILPQZJOefilpqzjo*", c) != NULL;
    bool gap = c == '-' || c == '.';
    (void)letters;
    if (protein)
        return dlu_fail(err, DLU_E_INPUT, "sequence-protein", at,
                        "give the DNA or RNA of the 3'UTR that was cloned",
                        "expected bases (A, C, G, T or U, and letters of IUPAC such as N), found "
                        "\"%c\", which stands in proteins only",
                        c);
    return dlu_fail(err, DLU_E_INPUT, "sequence-letter", at,
                    gap ? "give the sequence itself, not a line of an alignment"
                        : "delete what is not part of the sequence",
                    "expected bases (A, C, G, T or U, and letters of IUPAC such as N), found "
                    "\"%c\"",
                    (unsigned char)c < 0x80 ? c : '?');
}

dlu_status dlu_base_reader_add(dlu_base_reader *letters, char c, uint32_t line, uint32_t col,
                               dlu_error *err)
{
    const dlu_place at = {.file = letters->file, .row = line, .col = col};
    uint8_t set = dlu_base_set(c);
    char upper = c == 't' || c == 'T' ? 'T' : c == 'u' || c == 'U' ? 'U' : '\0';
    if (!set)
        return refuse_letter(letters, c, &at, err);
    if (upper && letters->uracil && upper != letters->uracil)
        return dlu_fail(err, DLU_E_INPUT, "sequence-t-and-u", &at,
                        "write the sequence as DNA with T, or as RNA with U",
                        "expected T or U in one sequence, found %c here and %c in line %u", upper,
                        letters->uracil, (unsigned)letters->uracil_line);
    if (upper && !letters->uracil) {
        letters->uracil = upper;
        letters->uracil_line = line;
    }
    letters->sets[letters->n++] = set;
    return DLU_OK;
}

/* The first line that holds something. */
static const char *first_line(const char *text, uint32_t *line)
{
    *line = 1;
    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            ++*line;
        else if (*p != ' ' && *p != '\t' && *p != '\r')
            return p;
    }
    return NULL;
}

static dlu_status refuse_empty(const dlu_source *source, dlu_error *err)
{
    const dlu_place at = {.file = source->name};
    return dlu_fail(err, DLU_E_INPUT, "sequence-empty", &at,
                    "FASTA is a line \">name\" and the sequence under it",
                    "expected a sequence as FASTA or GenBank, found an empty file");
}

static dlu_status refuse_header(const char *first, const dlu_place *at, dlu_arena *arena,
                                dlu_error *err)
{
    const char *line = dlu_arena_copy_n(arena, first, strcspn(first, "\n"));
    if (!line)
        return dlu_fail_memory(err);
    return dlu_fail(err, DLU_E_INPUT, "sequence-no-header", at,
                    "put a line such as \">PTEN_WT\" over the sequence",
                    "expected FASTA (a line that begins with \">\") or GenBank (\"LOCUS\"), "
                    "found \"%.20s\"",
                    line);
}

dlu_status dlu_records_read(const dlu_source *source, dlu_arena *arena, dlu_record_list *out,
                            dlu_error *err)
{
    dlu_decoded decoded;
    dlu_place at = {.file = source->name};
    if (source->n_sheets ||
        (source->n_bytes && dlu_bytes_sniff(source->bytes, source->n_bytes) != DLU_BYTES_TEXT))
        return dlu_fail(err, DLU_E_INPUT, "sequence-not-text", &at,
                        "export the sequence as FASTA, or the plasmid as GenBank",
                        "expected a sequence as text (FASTA or GenBank), found a file of another "
                        "kind");
    dlu_status status = dlu_bytes_decode(source, arena, &decoded, err);
    if (status != DLU_OK)
        return status;
    const char *first = first_line(decoded.text, &at.row);
    if (!first)
        return refuse_empty(source, err);
    if (dlu_text_starts(first, "LOCUS"))
        return dlu_genbank_read(decoded.text, source->name, arena, out, err);
    if (*first == '>' || *first == ';')
        status = dlu_fasta_read(decoded.text, source->name, arena, out, err);
    else
        return refuse_header(first, &at, arena, err);
    return status == DLU_OK && !out->n ? refuse_empty(source, err) : status;
}

/* ---- which insert ---- */

/* "A", "B", ... as many as fit. */
static const char *names_of(const dlu_record_list *records, char buf[NAMES_SIZE])
{
    size_t n = 0;
    buf[0] = '\0';
    for (size_t i = 0; i < records->n; i++) {
        const char *name = records->items[i].sequence.name;
        size_t length = strlen(name);
        if (n + length + 8 >= NAMES_SIZE) {
            memcpy(buf + n, ", ...", sizeof ", ...");
            break;
        }
        if (n) {
            memcpy(buf + n, ", ", 2);
            n += 2;
        }
        memcpy(buf + n, name, length + 1);
        n += length;
    }
    return buf;
}

/* "12..40", "12-40": whole numbers, from before to. */
static bool is_range(const char *part)
{
    size_t n = strspn(part, "0123456789"), m;
    const char *rest = part + n;
    if (!n || (strncmp(rest, "..", 2) != 0 && *rest != '-'))
        return false;
    rest += *rest == '-' ? 1 : 2;
    m = strspn(rest, "0123456789");
    return m && !rest[m];
}

static const dlu_record *named(const dlu_record_list *records, const char *name)
{
    for (size_t i = 0; name && i < records->n; i++)
        if (dlu_text_alike(records->items[i].sequence.name, name))
            return &records->items[i];
    return NULL;
}

static dlu_status refuse_which(const dlu_record_list *records, const dlu_seed_file *file,
                               dlu_error *err)
{
    char names[NAMES_SIZE];
    const dlu_place at = {.file = file->source.name};
    return dlu_fail(err, DLU_E_INPUT, "sequence-which-record", &at,
                    "name the one that is meant (insert = NAME), or give it in a file of its own",
                    "expected one sequence for %s %s, found %zu: %s",
                    file->target ? file->target : "", file->construct, records->n,
                    names_of(records, names));
}

/* The record named as target and construct, or the target, or the only one. */
static const dlu_record *record_for(const dlu_record_list *records, const dlu_seed_file *file,
                                    dlu_arena *arena)
{
    if (records->n == 1 || !file->target)
        return records->n == 1 ? &records->items[0] : NULL;
    const char *both = dlu_arena_printf(arena, "%s%s", file->target, file->construct);
    const dlu_record *found = named(records, both);
    return found ? found : named(records, file->target);
}

static bool names_feature(const dlu_feature *f, const char *part)
{
    if (dlu_text_alike(f->key, part))
        return true;
    for (size_t i = 0; i < f->names.n; i++)
        if (dlu_text_alike(f->names.items[i], part))
            return true;
    return false;
}

static void add_word(char *buf, size_t size, const char *word)
{
    size_t n = strlen(buf), m = strlen(word);
    if (n + m + 3 >= size)
        return;
    memcpy(buf + n, n ? ", " : "", n ? 3 : 1);
    memcpy(buf + n + (n ? 2 : 0), word, m + 1);
}

static dlu_status refuse_part(const dlu_record_list *records, const dlu_seed_file *file,
                              dlu_error *err)
{
    char names[NAMES_SIZE] = "";
    const dlu_place at = {.file = file->source.name};
    size_t n_features = 0;
    for (size_t i = 0; i < records->n; i++) {
        const dlu_record *r = &records->items[i];
        for (size_t k = 0; k < r->features.n; k++, n_features++)
            add_word(names, sizeof names,
                     r->features.items[k].names.n ? r->features.items[k].names.items[0]
                                                  : r->features.items[k].key);
        if (!r->features.n)
            add_word(names, sizeof names, r->sequence.name);
    }
    return dlu_fail(err, DLU_E_INPUT, "sequence-no-part", &at,
                    "write one of them, or the bases, such as 1203..1541",
                    "expected a %s \"%s\", found %s", n_features ? "feature" : "record", file->part,
                    names);
}

static dlu_status choose_feature(const dlu_record_list *records, const dlu_seed_file *file,
                                 dlu_arena *arena, dlu_sequence *out, dlu_error *err)
{
    const dlu_record *record = NULL;
    const dlu_feature *found = NULL;
    for (size_t i = 0; i < records->n; i++) {
        for (size_t k = 0; k < records->items[i].features.n; k++) {
            const dlu_feature *f = &records->items[i].features.items[k];
            const dlu_place at = {.file = file->source.name, .row = f->line};
            if (!names_feature(f, file->part))
                continue;
            if (found && strcmp(found->location, f->location) != 0)
                return dlu_fail(err, DLU_E_INPUT, "genbank-feature-twice", &at,
                                "give the bases instead, such as 1203..1541",
                                "expected one feature \"%s\", found two: %s in line %u and %s",
                                file->part, found->location, (unsigned)found->line, f->location);
            record = &records->items[i];
            found = f;
        }
    }
    return found ? dlu_genbank_cut(record, found->location, file->part, arena, out, err)
                 : refuse_part(records, file, err);
}

dlu_status dlu_record_choose(const dlu_record_list *records, const dlu_seed_file *file,
                             dlu_arena *arena, dlu_sequence *out, dlu_error *err)
{
    bool range = file->part && is_range(file->part);
    const dlu_record *record =
        file->part && !range ? named(records, file->part) : record_for(records, file, arena);
    if (!record)
        return file->part && !range ? choose_feature(records, file, arena, out, err)
                                    : refuse_which(records, file, err);
    *out = record->sequence;
    return range ? dlu_genbank_cut(record, file->part, file->part, arena, out, err) : DLU_OK;
}
