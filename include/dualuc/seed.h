/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SEED_H
#define DUALUC_SEED_H

#include <dualuc/import.h>

/*
 * The sites of a microRNA on the inserts of wild type and mutant: which the mutation destroys,
 * which it leaves, which it makes. Rules and their sources: docs/seed.md.
 */

/**
 * Types of sites, the weakest first. m1 is the first base of the microRNA; the base of the target
 * opposite m1 needs to be an A, whatever m1 is, where the name says A1.
 */
typedef enum dlu_site_type {
    DLU_SITE_NONE,
    DLU_SITE_OFFSET_6MER, /**< pairs with m3 to m8 */
    DLU_SITE_6MER,        /**< m2 to m7 */
    DLU_SITE_7MER_A1,     /**< m2 to m7, and an A opposite m1 */
    DLU_SITE_7MER_M8,     /**< m2 to m8 */
    DLU_SITE_8MER,        /**< m2 to m8, and an A opposite m1 */
    DLU_SITE_TYPE_COUNT
} dlu_site_type;

/** "offset-6mer", "6mer", "7mer-A1", "7mer-m8", "8mer"; NULL for none. */
DLU_API const char *dlu_site_type_name(dlu_site_type type);

/** One mature microRNA of the built-in table. */
typedef struct dlu_mirna_info {
    const char *name;      /**< "hsa-miR-21-5p" */
    const char *accession; /**< of miRBase, "MIMAT0000076" */
    const char *sequence;  /**< 5' to 3', RNA letters */
    const char *source;    /**< where it was read */
} dlu_mirna_info;

DLU_API size_t dlu_mirna_count(void);
/** The i-th, 0 <= i < count; NULL beyond. */
DLU_API const dlu_mirna_info *dlu_mirna_get(size_t i);

/** Shortest and longest microRNA that is taken. */
#define DLU_MIRNA_LEAST 15u
#define DLU_MIRNA_MOST  35u

/** Longest insert that is aligned with its mutant. */
#define DLU_MAX_INSERT 20000u

/** A file with the insert of one construct: FASTA, or a GenBank flat file of the plasmid. */
typedef struct dlu_seed_file {
    dlu_source source;
    const char *target;    /**< NULL: named by its records, which may be several */
    const char *construct; /**< "WT", or the mutant's name */
    const char *part; /**< a record, a feature, or "1203..1541"; NULL: the only record, whole */
} dlu_seed_file;

/** What to look for, and in what. All borrowed; what may be left out is NULL. */
typedef struct dlu_seed_request {
    const char *mirna;            /**< names, accessions or sequences, parted by commas */
    const dlu_source *mirna_file; /**< FASTA of microRNAs; all of them are taken */
    const dlu_source *mirbase;    /**< FASTA as miRBase's mature.fa, where names are looked up */
    const dlu_source *published;  /**< table of published targets, in place of the built-in one */
    const dlu_seed_file *files;   /**< wild types and mutants */
    size_t n_files;
    const dlu_source *coding; /**< luciferases and backbone, which no site should hit */
    size_t n_coding;
} dlu_seed_request;

/**
 * One thing found. `kind`:
 * - "insert": a pair of inserts; text sums up what follows
 * - "site": of wild type, mutant or both
 * - "difference": where the mutant differs from the wild type
 * - "wobble", "mismatch": all of m2 to m8 pair but one, which is G:U, or no pair; notes
 * - "unknown": letters such as N stand where a site could be
 * - "coding": a site in a sequence that was given as coding
 * Positions count from 1 at the first base of the insert; 0 is none.
 */
typedef struct dlu_seed_row {
    const char *target; /**< of a coding sequence, its name */
    const char *mirna;
    const char *mutant; /**< NULL: there is only a wild type */
    const char *kind;
    /** of sites "kept", "changed" (to another type), "lost", "created"; without a mutant NULL. Of
     * differences "substitution", "deletion", "insertion", "replacement". Of notes whose they are:
     * "WT", "MUT", "both" */
    const char *status;
    const char *wt_type;
    const char *mut_type;
    size_t wt_from;
    size_t wt_to;
    size_t mut_from;
    size_t mut_to;
    const char *wt_bases; /**< 5' to 3' of the target, RNA letters */
    const char *mut_bases;
    size_t wt_supplementary; /**< how many of m13 to m16 pair */
    size_t mut_supplementary;
    const char *const *wt_duplex; /**< three lines: target 5'-3', pairs, microRNA 3'-5' */
    size_t n_wt_duplex;
    const char *const *mut_duplex; /**< of a lost site too: what is left of it */
    size_t n_mut_duplex;
    const char *published; /**< of inserts: what is published of this target; or NULL */
    const char *text;      /**< a sentence */
} dlu_seed_row;

/** What was found. Freed with dlu_seed_free. */
typedef struct dlu_seed {
    dlu_seed_row *seed;
    size_t n_seed;
    void *memory;
} dlu_seed;

/**
 * Looks for the sites. Of each target every mutant is compared with the wild type; a wild type
 * alone is only scanned.
 *
 * Files that name no target: with one record each they form one target; with several, records of
 * the mutant's file and the wild type's match all by name or else all by order.
 *
 * @param log  gets the warnings: an insert of another length, a mutation outside every site, wild
 *             type and mutant exchanged, no site at all, a site in a coding sequence
 * @return DLU_OK; DLU_E_INPUT for a file that holds no such sequence, and where wild type and
 * mutant are the same; DLU_E_USAGE for an unknown or wrong microRNA; DLU_E_LIMIT above
 *         DLU_MAX_INSERT; DLU_E_NO_MEMORY. *out is NULL then
 */
DLU_API dlu_status dlu_seed_find(const dlu_seed_request *request, dlu_seed **out, dlu_messages *log,
                                 dlu_error *err);
DLU_API void dlu_seed_free(dlu_seed *seed);

#endif
