/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_ASSAY_SLIPS_H
#define DLU_ASSAY_SLIPS_H

#include "assay/assay.h"

/*
 * Slips of the pipette and of the plate: looked for, said, never corrected. Every detector asks the
 * same question: is the light far likelier if these wells hold what the map says of others? What it
 * costs to be wrong, and why the numbers, stands in docs/slips.md.
 */

/** Chance that a detector cries in an experiment without its slip, shared by all it looks at. */
#define DLU_SLIP_ALPHA 0.01

/* Natural logarithms of odds. A sample without light: one well in fifty at most. A well that should
 * be dark and shines, or a ratio that fits nowhere: one in a thousand, so that no single well is
 * enough for anything. A well counts as evidence from ten to one. */
#define DLU_SLIP_DEAD   3.912023005428146
#define DLU_SLIP_SHINES 6.907755278982137
#define DLU_SLIP_COUNTS 2.302585092994046

#define DLU_SLIP_NONE ((size_t)-1)

typedef enum dlu_slip_light { DLU_LIGHT_UNKNOWN, DLU_LIGHT_DARK, DLU_LIGHT_BRIGHT } dlu_slip_light;

/** What the map expects of a well and what was seen. */
typedef struct dlu_slip_well {
    dlu_slip_light expected; /**< unknown: not in the map, of another role, or left out */
    dlu_slip_light seen;
    bool claimed;      /**< told of in a warning already */
    size_t cell;       /**< of a sample, else DLU_SLIP_NONE */
    double ln_ratio;   /**< net of the blanks that are dark; NaN where there is none */
    double ln[2];      /**< net light by channel; NaN as ln_ratio */
    double evidence;   /**< of the last rearrangement that was weighed */
    double own, other; /**< mean ln ratio of its own and of the other cell there, or NaN */
} dlu_slip_well;

/** Wells of one arm on one plate, of one block: alike but for their noise. */
typedef struct dlu_slip_cell {
    size_t arm;
    size_t plate;
    size_t n;
    double sum;
    double squares;
} dlu_slip_cell;

typedef struct dlu_slip_plate {
    size_t *at; /**< index of the well at row * DLU_WELL_MAX_COLS + column; NULL: not of wells */
    unsigned n_rows, n_cols; /**< of the plate's kind: 8 x 12 and so on */
    double background[2];    /**< light of a dark well by channel */
    double bright[2];        /**< median raw light of the bright wells */
} dlu_slip_plate;

typedef struct dlu_slips {
    const dlu_experiment *experiment;
    dlu_slip_well *wells; /**< as those of the experiment */
    dlu_slip_cell *cells;
    size_t n_cells;
    dlu_slip_plate *plates;
    double rss; /**< within cells */
    double df;
    size_t *list; /**< scratch, as long as the wells */
    size_t *sources;
    size_t *counts;
    double *values;
    dlu_arena *arena;
    dlu_messages *log;
    bool failed; /**< memory ran out for words or profiles */
} dlu_slips;

/** Wells, and for each the well whose place in the map it might have; DLU_SLIP_NONE: none. */
typedef struct dlu_rearrangement {
    size_t plate;
    const size_t *wells;
    const size_t *sources;
    size_t n;
} dlu_rearrangement;

/**
 * Looks for slips in an experiment whose units are built and warns of each once. Nothing of the
 * experiment changes. Without a log it does nothing.
 *
 * @return DLU_OK; DLU_E_NO_MEMORY
 */
dlu_status dlu_slips_find(const dlu_experiment *experiment, dlu_arena *arena, dlu_messages *log,
                          dlu_error *err);

/* The parts. */

/** Says of every well whether it is dark, and fills net light and cells (slips_light.c). */
dlu_status dlu_slips_light(dlu_slips *slips, dlu_error *err);
/** Index of the well at a position of a plate, or DLU_SLIP_NONE. */
size_t dlu_slip_at(const dlu_slips *slips, size_t plate, long row, long col);
/** Takes a well out of its cell (sign -1) or puts it back (+1). */
void dlu_slip_move(dlu_slips *slips, size_t well, int sign);
/** Claims wells: they leave their cells, and no later detector speaks of them. */
void dlu_slip_claim(dlu_slips *slips, const size_t *wells, size_t n);

/**
 * ln of the odds for the rearrangement: sum over wells of how much likelier each is there than
 * under its own place in the map. Fills `evidence` of the wells.
 */
double dlu_slip_weigh(dlu_slips *slips, const dlu_rearrangement *rearrangement);

/**
 * P(T > t) of Student's t. For t > 0 a little too large, which makes the detectors quieter: by 4 %
 * at 10 degrees of freedom and a tail of 1e-4, by 25 % at 4.
 *
 * @note Wallace 1959, Ann. Math. Stat. 30:1124
 */
double dlu_slip_t_upper(double t, double df);

/* The detectors, in the order in which they are asked. */
void dlu_slips_plates(dlu_slips *slips);  /**< turned by 180 degrees */
void dlu_slips_lines(dlu_slips *slips);   /**< a row or column shifted by one */
void dlu_slips_swaps(dlu_slips *slips);   /**< two neighbours exchanged */
void dlu_slips_doubles(dlu_slips *slips); /**< one well emptied into its neighbour */
/** Reporter and control exchanged on one plate of several; false where none is. */
bool dlu_slips_channels(dlu_slips *slips);
void dlu_slips_site(dlu_slips *slips); /**< exchanged on every plate */

/** Whether the well `full` may hold what `empty` should: twice its light, the ratio of a mixture.
 */
bool dlu_slip_may_be_double(dlu_slips *slips, size_t empty, size_t full);

/* Words (slips_words.c). */

/** Text in the arena; "" where memory ran out, which is remembered. */
const char *dlu_slip_text(dlu_slips *slips, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** "WT mimic of PTEN", "a blank", "nothing"; lives in the arena. */
const char *dlu_slip_content(dlu_slips *slips, size_t well);
/** "B7 shines where the map has a blank" and the like, of the strongest wells; in the arena. */
const char *dlu_slip_evidence(dlu_slips *slips, const dlu_rearrangement *rearrangement);
/** "B1, B2, ..." */
const char *dlu_slip_names(dlu_slips *slips, const size_t *wells, size_t n);
/** "2e+05": how many times likelier, cut at a million million. */
const char *dlu_slip_odds(dlu_slips *slips, double ln_odds);

#endif
