/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_SEED_COMPARE_H
#define DLU_SEED_COMPARE_H

#include "seed/seed.h"

/* A wild type and its mutant while they are compared: what compare.c, details.c and doubts.c share.
 */

/* Sites of both, and which belong together. */
typedef struct dlu_seed_both {
    dlu_seed_pair *pair;
    dlu_arena *arena;
    dlu_seed_rows *rows;
    dlu_alignment alignment;
    dlu_site_list wt, mut;
    size_t *mate; /* of each site of the wild type: the mutant's, or DLU_NO_BASE */
    bool *mated;  /* of each site of the mutant */
    size_t changed_bases;
} dlu_seed_both;

/** A new row of the pair; NULL: no memory. */
dlu_seed_row *dlu_seed_add_row(dlu_seed_both *both, const char *kind);

/** The mutant's anchor at the place of one of the wild type; DLU_NO_BASE: that place is gone. */
size_t dlu_seed_mutant_anchor(const dlu_seed_both *both, size_t anchor);

/** Sites that are no 6mers. */
size_t dlu_seed_count(const dlu_site_list *list);

/** Rows of differences, of notes and of what is unknown. False: no memory. */
bool dlu_seed_add_details(dlu_seed_both *both, dlu_messages *log);

/** Says what is odd about the two inserts. */
void dlu_seed_doubt(const dlu_seed_both *both, dlu_messages *log);

#endif
