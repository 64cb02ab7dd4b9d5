/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_SEED_SEED_H
#define DLU_SEED_SEED_H

#include <dualuc/seed.h>

#include "base/arena.h"

/*
 * Sequences, sites and their comparison. Reading files (fasta.c, genbank.c, sequences.c,
 * published.c) and calling sites (scan.c, notes.c, duplex.c, align.c, compare.c) stand apart.
 */

/* ---- bases (bases.c): a letter is a set of bases, so that N and R are sets of several ---- */

enum { DLU_BASE_A = 1, DLU_BASE_C = 2, DLU_BASE_G = 4, DLU_BASE_U = 8, DLU_BASE_ANY = 15 };

/** The bases that a letter stands for, T as U; 0 where it is no letter of IUPAC. */
uint8_t dlu_base_set(char letter);
/** The RNA letter of a set. */
char dlu_base_letter(uint8_t set);
/** What pairs with the set by Watson and Crick. */
uint8_t dlu_base_partner(uint8_t set);
/** What pairs with the set as G:U. */
uint8_t dlu_base_wobble(uint8_t set);
bool dlu_base_is_one(uint8_t set);

typedef struct dlu_sequence {
    const char *name;
    const char *file;    /**< NULL: given on the command line */
    const uint8_t *sets; /**< one a base, 5' to 3' */
    size_t n;
} dlu_sequence;

/** Letters of n bases from `from` (0-based); NULL where memory ran out. */
char *dlu_sequence_text(const dlu_sequence *sequence, size_t from, size_t n, dlu_arena *arena);

/* ---- microRNAs (mirna.c, mirna_table.c) ---- */

typedef struct dlu_mirna {
    const char *name;      /**< NULL: a bare sequence */
    const char *accession; /**< or NULL */
    const char *letters;   /**< m1 first */
    size_t n;
    uint8_t pair[DLU_MIRNA_MOST + 1]; /**< pair[k]: the base that pairs with mk */
} dlu_mirna;

typedef struct dlu_mirna_list {
    dlu_mirna *items;
    size_t n, cap;
} dlu_mirna_list;

/** Fills what follows from the letters, which are checked; `place` names the file or is NULL. */
dlu_status dlu_mirna_from_text(const char *text, const char *name, const dlu_place *place,
                               dlu_arena *arena, dlu_mirna *out, dlu_error *err);

/** Every microRNA of a request. */
dlu_status dlu_mirnas_read(const dlu_seed_request *request, dlu_arena *arena, dlu_mirna_list *out,
                           dlu_messages *log, dlu_error *err);

/** Name, or the sequence where it has none. */
const char *dlu_mirna_label(const dlu_mirna *mirna);

/** "miR-21" is "hsa-miR-21-5p": species and arm count only where both names have them. */
bool dlu_mirna_same(const char *a, const char *b);

/* ---- sites (scan.c, notes.c) ---- */

typedef struct dlu_site {
    dlu_site_type type;
    size_t anchor; /**< base opposite m1, from 0; may lie behind the end */
    size_t from;   /**< its own bases, from 1 */
    size_t to;
} dlu_site;

typedef struct dlu_site_list {
    dlu_site *items;
    size_t n, cap;
} dlu_site_list;

/** At one anchor; `possible` takes letters such as N for the base that is wanted. */
dlu_site_type dlu_site_at(const dlu_mirna *mirna, const dlu_sequence *target, size_t anchor,
                          bool possible);

/** Every site, by position. False: no memory. */
bool dlu_sites_find(const dlu_mirna *mirna, const dlu_sequence *target, dlu_arena *arena,
                    dlu_site_list *out);

/** Stretches where letters such as N leave it open; `type` is the largest site there could be. */
bool dlu_sites_unknown(const dlu_mirna *mirna, const dlu_sequence *target, dlu_arena *arena,
                       dlu_site_list *out);

/** 7mers and 8mers: others arise by chance. */
bool dlu_site_counts(dlu_site_type type);

/** A seed that just misses. */
typedef struct dlu_near_site {
    size_t anchor;
    size_t from, to; /**< bases opposite m8 to m2, from 1 */
    unsigned m;      /**< the base of the microRNA that does not pair, 3 to 7 */
    bool wobble;     /**< it is G:U */
} dlu_near_site;

typedef struct dlu_near_list {
    dlu_near_site *items;
    size_t n, cap;
} dlu_near_list;

bool dlu_sites_near(const dlu_mirna *mirna, const dlu_sequence *target, dlu_arena *arena,
                    dlu_near_list *out);

/* ---- the duplex (duplex.c) ---- */

#define DLU_DUPLEX_LINES 3u

typedef struct dlu_duplex {
    const char **lines;   /**< DLU_DUPLEX_LINES of them */
    size_t supplementary; /**< how many of m13 to m16 pair */
} dlu_duplex;

/** False: no memory. */
bool dlu_duplex_draw(const dlu_mirna *mirna, const dlu_sequence *target, size_t anchor,
                     dlu_arena *arena, dlu_duplex *out);

/* ---- alignment (align.c) ---- */

#define DLU_NO_BASE ((size_t)-1)

enum { DLU_COST_MISMATCH = 4, DLU_COST_OPEN = 8, DLU_COST_EXTEND = 2 };

typedef struct dlu_alignment {
    size_t *other; /**< of each base of the first: the base of the second, or DLU_NO_BASE */
    size_t *back;  /**< of each base of the second */
    unsigned long cost;
} dlu_alignment;

/**
 * Global alignment with affine gaps at the least cost (Gotoh 1982), in linear memory (Myers and
 * Miller 1988).
 *
 * @return DLU_OK; DLU_E_LIMIT above DLU_MAX_INSERT; DLU_E_NO_MEMORY
 */
dlu_status dlu_align(const dlu_sequence *a, const dlu_sequence *b, dlu_arena *arena,
                     dlu_alignment *out, dlu_error *err);

/* ---- reading (sequences.c, fasta.c, genbank.c) ---- */

typedef struct dlu_feature {
    const char *key; /**< "CDS", "3'UTR" */
    const char *location;
    uint32_t line;
    struct {
        const char **items;
        size_t n, cap;
    } names; /**< of /label, /gene, /note and their like */
} dlu_feature;

typedef struct dlu_record {
    dlu_sequence sequence;
    const char *title; /**< the whole header of FASTA; or NULL */
    uint32_t line;     /**< on which it begins */
    bool circular;
    struct {
        dlu_feature *items;
        size_t n, cap;
    } features;
} dlu_record;

typedef struct dlu_record_list {
    dlu_record *items;
    size_t n, cap;
} dlu_record_list;

/** A sequence being read letter by letter. */
typedef struct dlu_base_reader {
    const char *file;
    uint8_t *sets; /**< room for all that the file can hold */
    size_t n;
    char uracil; /**< 'T' or 'U', the first that was met */
    uint32_t uracil_line;
} dlu_base_reader;

dlu_status dlu_base_reader_add(dlu_base_reader *letters, char c, uint32_t line, uint32_t col,
                               dlu_error *err);

/** FASTA or GenBank; at least one record, none empty. */
dlu_status dlu_records_read(const dlu_source *source, dlu_arena *arena, dlu_record_list *out,
                            dlu_error *err);
dlu_status dlu_fasta_read(const char *text, const char *file, dlu_arena *arena,
                          dlu_record_list *out, dlu_error *err);
dlu_status dlu_genbank_read(const char *text, const char *file, dlu_arena *arena,
                            dlu_record_list *out, dlu_error *err);

#define DLU_MAX_RECORDS 1000000u

/** One insert of a file: by a part's name or bases, or the only one. */
dlu_status dlu_record_choose(const dlu_record_list *records, const dlu_seed_file *file,
                             dlu_arena *arena, dlu_sequence *out, dlu_error *err);
/** Bases of a location such as "complement(join(5..9,14..20))". */
dlu_status dlu_genbank_cut(const dlu_record *record, const char *location, const char *what,
                           dlu_arena *arena, dlu_sequence *out, dlu_error *err);

/* ---- published targets (published.c) ---- */

typedef struct dlu_published {
    const char *mirna;
    const char *target;
    const char *effect; /**< "down", or in words */
} dlu_published;

typedef struct dlu_published_list {
    const dlu_published *items;
    size_t n;
} dlu_published_list;

dlu_status dlu_published_read(const dlu_source *source, dlu_arena *arena, dlu_published_list *out,
                              dlu_error *err);
/** "down", ...; NULL where it is not in the table. */
const char *dlu_published_effect(const dlu_published_list *list, const char *mirna,
                                 const char *target);

/* ---- the whole (compare.c, words.c, find.c) ---- */

/** A wild type and a mutant (or none) under one microRNA. */
typedef struct dlu_seed_pair {
    const char *target;
    const char *mutant; /**< name; NULL: none */
    const dlu_mirna *mirna;
    const dlu_sequence *wt;
    const dlu_sequence *mut;
    bool wt_told;         /**< what is odd about the wild type was said with another mutant */
    bool mutant_kept;     /**< the mutant holds an 8mer or 7mer where the wild type does */
    bool mutant_created;  /**< it holds one where the wild type does not */
    bool no_site;         /**< the wild type holds none, nor letters that leave it open */
    const char *sentence; /**< for the reason of a verdict */
} dlu_seed_pair;

typedef struct dlu_seed_rows {
    dlu_seed_row *items;
    size_t n, cap;
} dlu_seed_rows;

typedef struct dlu_seed_findings {
    dlu_seed_rows rows;
    struct {
        dlu_seed_pair *items;
        size_t n, cap;
    } pairs;
} dlu_seed_findings;

#define DLU_MAX_SEED_ROWS 1000000u

/** Everything of one pair: rows, warnings, what a verdict needs. */
dlu_status dlu_seed_compare(dlu_seed_pair *pair, const dlu_published_list *published,
                            dlu_arena *arena, dlu_seed_rows *rows, dlu_messages *log,
                            dlu_error *err);
/** Sites in a sequence that should have none. */
dlu_status dlu_seed_coding(const dlu_sequence *coding, const dlu_mirna *mirna, dlu_arena *arena,
                           dlu_seed_rows *rows, dlu_messages *log, dlu_error *err);

/** Sums the sites of a pair up, rows from `first` on. NULL: no memory. */
const char *dlu_seed_sentence(const dlu_seed_pair *pair, const dlu_seed_rows *rows, size_t first,
                              const char *published, dlu_arena *arena);

dlu_status dlu_seed_search(const dlu_seed_request *request, dlu_arena *arena,
                           dlu_seed_findings *out, dlu_messages *log, dlu_error *err);

#endif
