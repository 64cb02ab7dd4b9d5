/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict/verdict.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The design is found by declared structure only, never by what the values look like. */

bool dlu_pair_is_technical(const dlu_pair *pair)
{
    unsigned n = pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT;
    for (unsigned c = 0; c < n; c++)
        if (pair->cells[c].n_units != 1 || pair->cells[c].n_wells < 2)
            return false;
    return true;
}

static bool arm_in_cell(const dlu_arm_cell *cell, size_t arm)
{
    for (size_t i = 0; i < cell->n_arms; i++)
        if (cell->arms[i] == arm)
            return true;
    return false;
}

static bool cell_on_plate(const dlu_experiment *e, const dlu_arm_cell *cell,
                          const dlu_assay_plate *p)
{
    for (size_t i = p->first_well; i < p->first_well + p->n_wells; i++)
        if (e->wells[i].arm != DLU_NO_ARM && arm_in_cell(cell, e->wells[i].arm))
            return true;
    return false;
}

/* Plates are blocks where several hold the cells, and each of these holds every one, used or not.
 */
static bool plates_are_blocks(const dlu_experiment *e, const dlu_arm_cell *cells, unsigned n_cells)
{
    size_t n = 0;
    for (size_t p = 0; p < e->n_plates; p++) {
        unsigned held = 0;
        for (unsigned c = 0; c < n_cells; c++)
            held += cell_on_plate(e, &cells[c], &e->plates[p]);
        if (held && held != n_cells)
            return false;
        n += held != 0;
    }
    return n > 1;
}

enum block_source { NO_BLOCKS, BY_COLUMN, BY_PLATE };

static enum block_source find_source(const dlu_experiment *e, const dlu_arm_cell *cells,
                                     unsigned n_cells)
{
    const char *asked = e->settings->block;
    if (dlu_text_same(asked, "none"))
        return NO_BLOCKS;
    if (dlu_text_same(asked, "plate"))
        return BY_PLATE;
    if (e->block_column)
        return BY_COLUMN;
    return plates_are_blocks(e, cells, n_cells) ? BY_PLATE : NO_BLOCKS;
}

static const char *block_name(const dlu_experiment *e, const dlu_unit *u, enum block_source source)
{
    if (source == BY_COLUMN)
        return u->block;
    return source == BY_PLATE && u->one_plate ? e->plates[u->plate].plate->name : NULL;
}

static unsigned block_index(dlu_series *s, const char *name)
{
    if (!name)
        return DLU_NO_BLOCK;
    for (unsigned b = 0; b < s->n_blocks; b++)
        if (!strcmp(s->block_names[b], name))
            return b;
    s->block_names[s->n_blocks] = name;
    return s->n_blocks++;
}

static void add_unit(const dlu_experiment *e, size_t unit, unsigned cell, unsigned block,
                     bool wells, dlu_series *s)
{
    const dlu_unit *u = &e->units[unit];
    for (size_t i = 0; i < (wells ? u->n_wells : 1); i++) {
        const dlu_assay_well *w = &e->wells[u->wells[i]];
        if (wells && isnan(w->ln_ratio))
            continue;
        s->value[DLU_OF_RATIO][s->n] = wells ? w->ln_ratio : u->ln_ratio;
        s->value[DLU_OF_CONTROL][s->n] = wells ? log(w->net[DLU_CONTROL]) : u->ln_control;
        s->value[DLU_OF_REPORTER][s->n] = wells ? log(w->net[DLU_REPORTER]) : u->ln_reporter;
        s->source[s->n] = wells ? u->wells[i] : unit;
        s->cell[s->n] = cell;
        s->block[s->n++] = block;
    }
}

static size_t count_values(const dlu_arm_cell *cells, unsigned n_cells, bool wells)
{
    size_t n = 0;
    for (unsigned c = 0; c < n_cells; c++)
        n += wells ? cells[c].n_wells : cells[c].n_units;
    return n;
}

static bool make_room(size_t n, dlu_arena *arena, dlu_series *out)
{
    *out = (dlu_series){.cell = dlu_arena_alloc(arena, n, sizeof *out->cell),
                        .block = dlu_arena_alloc(arena, n, sizeof *out->block),
                        .source = dlu_arena_alloc(arena, n, sizeof *out->source),
                        .block_names = dlu_arena_alloc(arena, n, sizeof *out->block_names)};
    bool ok = out->cell && out->block && out->source && out->block_names;
    for (int q = 0; q < DLU_QUANTITIES; q++) {
        out->value[q] = dlu_arena_alloc(arena, n, sizeof(double));
        ok = ok && out->value[q];
    }
    return ok;
}

dlu_status dlu_series_of_cells(const dlu_experiment *e, const dlu_arm_cell *cells, unsigned n_cells,
                               unsigned n_needed, bool technical_only, dlu_arena *arena,
                               dlu_series *out, dlu_error *err)
{
    if (!make_room(count_values(cells, n_cells, technical_only) + 1, arena, out))
        return dlu_fail_memory(err);
    enum block_source source = technical_only ? NO_BLOCKS : find_source(e, cells, n_needed);
    out->block_column = source == BY_COLUMN ? e->block_column : NULL;
    for (unsigned c = 0; c < n_cells; c++)
        for (size_t i = 0; i < cells[c].n_arms; i++) {
            const dlu_arm *arm = &e->arms[cells[c].arms[i]];
            for (size_t k = 0; k < arm->n_units; k++) {
                size_t unit = arm->first_unit + k;
                unsigned block = block_index(out, block_name(e, &e->units[unit], source));
                add_unit(e, unit, c, block, technical_only, out);
            }
        }
    return DLU_OK;
}

dlu_status dlu_series_build(const dlu_experiment *e, const dlu_pair *pair, bool technical_only,
                            dlu_arena *arena, dlu_series *out, dlu_error *err)
{
    return dlu_series_of_cells(e, pair->cells, DLU_CELLS, pair->mutant ? DLU_CELL_EV : DLU_CELL_MUT,
                               technical_only, arena, out, err);
}

/* Bits of the chosen cells that each block holds; false where a value has no block. */
static bool cells_by_block(const dlu_series *s, const dlu_cells *cells, unsigned *bits)
{
    bool all = true;
    memset(bits, 0, (s->n_blocks + 1) * sizeof *bits);
    for (size_t i = 0; i < s->n; i++)
        for (unsigned c = 0; c < cells->n; c++) {
            if (s->cell[i] != cells->cell[c])
                continue;
            if (s->block[i] == DLU_NO_BLOCK)
                all = false;
            else
                bits[s->block[i]] |= 1u << c;
        }
    return all;
}

/* What the blocks hold, counted. */
typedef struct structure {
    unsigned in_cell[4]; /* blocks that hold the cell */
    unsigned both;       /* blocks with cells of both constructs */
    unsigned pairs[2];   /* blocks with treated and control of a construct */
    unsigned blocks;     /* blocks with at least two cells */
    unsigned values;     /* cells in those */
} structure;

static structure count(const unsigned *bits, unsigned n_blocks, unsigned n_cells)
{
    structure k = {0};
    for (unsigned b = 0; b < n_blocks; b++) {
        unsigned held = 0;
        for (unsigned c = 0; c < n_cells; c++) {
            k.in_cell[c] += bits[b] >> c & 1;
            held += bits[b] >> c & 1;
        }
        k.both += (bits[b] & 3u) && (bits[b] & 12u);
        k.pairs[0] += (bits[b] & 3u) == 3u;
        k.pairs[1] += (bits[b] & 12u) == 12u;
        k.blocks += held >= 2;
        k.values += held >= 2 ? held : 0;
    }
    return k;
}

static bool is_blocked(const structure *k, unsigned n_cells)
{
    if (n_cells == 2)
        return k->pairs[0] >= 2;
    for (unsigned c = 0; c < n_cells; c++)
        if (k->in_cell[c] < 2)
            return false;
    return k->both >= 2 && k->values >= k->blocks + n_cells - 1 + 2;
}

/* "; day 3 holds one arm only and is left out" for every such block. */
static const char *left_out(const dlu_series *s, const unsigned *bits, dlu_arena *arena)
{
    const char *text = "";
    for (unsigned b = 0; b < s->n_blocks && text; b++)
        if (bits[b] && !(bits[b] & (bits[b] - 1)))
            text = dlu_arena_printf(arena, "%s; %s holds one arm only and is left out", text,
                                    s->block_names[b]);
    return text;
}

static const char *words(const dlu_series *s, dlu_design design, const structure *k,
                         const unsigned *bits, dlu_arena *arena)
{
    const char *rest;
    const char *what = s->block_column ? "block" : "plate";
    const char *source = s->block_column ? s->block_column : "plate";
    switch (design) {
    case DLU_DESIGN_BLOCKED:
        rest = left_out(s, bits, arena);
        return !rest ? NULL
                     : dlu_arena_printf(arena,
                                        "blocked: %u %ss (by %s); arms of one %s were run "
                                        "together and are compared within it%s",
                                        k->blocks, what, source, what, rest);
    case DLU_DESIGN_SPLIT_BLOCK:
        return dlu_arena_printf(arena,
                                "split-block: WT in %u %ss (by %s), mutant in %u others; treatment "
                                "and control are compared within each",
                                k->pairs[0], what, source, k->pairs[1]);
    default:
        return "unblocked: no declared block pairs the arms, so units are independent";
    }
}

dlu_design dlu_design_find(const dlu_series *s, const dlu_cells *cells, dlu_arena *arena,
                           const char **text, const char **why_not)
{
    structure k = {0};
    dlu_design design = DLU_DESIGN_UNBLOCKED;
    unsigned *bits = dlu_arena_alloc(arena, s->n_blocks + 1, sizeof *bits);
    *why_not = NULL;
    *text = NULL;
    if (!bits)
        return DLU_DESIGN_NONE;
    bool all = cells_by_block(s, cells, bits);
    if (s->n_blocks && all) {
        k = count(bits, s->n_blocks, cells->n);
        if (is_blocked(&k, cells->n))
            design = DLU_DESIGN_BLOCKED;
        else if (cells->n == 4 && !k.both && k.pairs[0] >= 2 && k.pairs[1] >= 2)
            design = DLU_DESIGN_SPLIT_BLOCK;
        else
            *why_not = "the declared blocks do not hold enough arms together";
    } else if (s->n_blocks) {
        *why_not = "some units have no block";
    }
    *text = words(s, design, &k, bits, arena);
    return *text ? design : DLU_DESIGN_NONE;
}
