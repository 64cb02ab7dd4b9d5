/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/say.h"
#include "simulate/simulation.h"

/*
 * Slips of the pipette, planted after the light was drawn and with numbers of their own: but for
 * the wells that slipped, the experiment is the one of the same seed without slips.
 */

#define OTHER_STREAM                                                                               \
    UINT64_C(0x51195C0FFEE) /* tells the seed of the slips from the experiment's                   \
                             */
#define SD_BLANK 0.08
#define NO_WELL  ((size_t)-1)

static const char *const names[DLU_SLIP_COUNT] = {
    [DLU_SLIP_TURNED] = "turned",
    [DLU_SLIP_SHIFTED_ROW] = "shifted-row",
    [DLU_SLIP_SHIFTED_COLUMN] = "shifted-column",
    [DLU_SLIP_SWAPPED] = "swapped",
    [DLU_SLIP_EMPTIED_DOUBLED] = "emptied-doubled",
    [DLU_SLIP_EXCHANGED] = "exchanged",
};

const char *dlu_slip_name(dlu_slip slip)
{
    return names[slip];
}

/* What a well holds, as far as it can be pipetted elsewhere. */
typedef struct content {
    double firefly, renilla;
    bool dead;
} content;

/* One slip on its way. */
typedef struct planting {
    dlu_simulation *s;
    dlu_sim_plate *plate;
    dlu_random *random;
    content blank; /* mean light of the plate's blanks */
    dlu_sim_slip *out;
} planting;

static content take(const dlu_sim_well *w)
{
    return (content){w->firefly, w->renilla, w->dead};
}

static void put(dlu_sim_well *w, content c)
{
    w->firefly = c.firefly;
    w->renilla = c.renilla;
    w->dead = c.dead;
}

static void empty(planting *p, dlu_sim_well *w)
{
    double firefly = p->blank.firefly * exp(dlu_random_normal(p->random, SD_BLANK));
    double renilla = p->blank.renilla * exp(dlu_random_normal(p->random, SD_BLANK));
    put(w, (content){dlu_sim_as_shown(firefly), dlu_sim_as_shown(renilla), false});
}

static void find_blank(planting *p)
{
    double n = 0;
    p->blank = (content){0};
    for (size_t i = 0; i < p->plate->n_wells; i++) {
        const dlu_sim_well *w = &p->plate->wells[i];
        if (w->arm || w->unmapped)
            continue;
        p->blank.firefly += w->firefly;
        p->blank.renilla += w->renilla;
        n++;
    }
    p->blank.firefly /= n;
    p->blank.renilla /= n;
}

/* Index of the well at a row and a column, or NO_WELL. */
static size_t at(const dlu_sim_plate *plate, long row, long col)
{
    if (row < 0 || col < 0)
        return NO_WELL;
    dlu_well well = (dlu_well)((size_t)row << 8 | (size_t)col);
    for (size_t i = 0; i < plate->n_wells; i++)
        if (plate->wells[i].well == well)
            return i;
    return NO_WELL;
}

/* The reader reads the wells of the map and those that the turned plate has filled. */
static bool turn(planting *p)
{
    dlu_sim_plate old = *p->plate, *to = p->plate;
    long rows = (long)p->s->n_rows, cols = (long)p->s->n_cols;
    to->wells = dlu_arena_alloc(p->s->arena, 2 * old.n_wells, sizeof *to->wells);
    to->n_wells = 0;
    if (!to->wells)
        return false;
    for (long r = 0; r < rows; r++) {
        for (long c = 0; c < cols; c++) {
            size_t here = at(&old, r, c), from = at(&old, rows - 1 - r, cols - 1 - c);
            if (here == NO_WELL && from == NO_WELL)
                continue;
            dlu_sim_well *w = &to->wells[to->n_wells++];
            *w = old.wells[here == NO_WELL ? from : here];
            w->well = (dlu_well)((size_t)r << 8 | (size_t)c);
            w->unmapped = here == NO_WELL;
            if (w->unmapped)
                w->arm = NULL;
            if (from == NO_WELL)
                empty(p, w);
            else
                put(w, take(&old.wells[from]));
        }
    }
    return true;
}

/* A row or a column with samples, drawn; its wells in order, into out->wells. */
static bool draw_line(planting *p, bool column)
{
    unsigned lines = column ? p->s->n_cols : p->s->n_rows, n = 0, chosen[DLU_WELL_MAX_COLS];
    for (unsigned k = 0; k < lines; k++) {
        unsigned samples = 0;
        for (size_t i = 0; i < p->plate->n_wells; i++) {
            const dlu_sim_well *w = &p->plate->wells[i];
            samples += w->arm && (column ? w->well & 0xFF : w->well >> 8) == k;
        }
        if (samples)
            chosen[n++] = k;
    }
    unsigned line = n ? chosen[dlu_random_below(p->random, n)] : 0;
    p->out->wells = dlu_arena_alloc(p->s->arena, p->plate->n_wells, sizeof *p->out->wells);
    for (size_t i = 0; p->out->wells && i < p->plate->n_wells; i++) {
        dlu_sim_well *w = &p->plate->wells[i];
        if ((column ? w->well & 0xFF : w->well >> 8) == line) {
            w->slipped = true;
            p->out->wells[p->out->n_wells++] = w->well;
        }
    }
    return p->out->n_wells > 0;
}

/* Everything in the line moves by one; what would leave the wells that are read is lost. */
static bool shift(planting *p, bool column)
{
    if (!draw_line(p, column))
        return false;
    size_t n = p->out->n_wells;
    bool up = dlu_random_below(p->random, 2) == 1;
    content *old = dlu_arena_alloc(p->s->arena, n, sizeof *old);
    size_t *index = dlu_arena_alloc(p->s->arena, n, sizeof *index);
    if (!old || !index)
        return false;
    for (size_t i = 0; i < n; i++) {
        index[i] = at(p->plate, (long)(p->out->wells[i] >> 8), (long)(p->out->wells[i] & 0xFF));
        old[i] = take(&p->plate->wells[index[i]]);
    }
    dlu_well step = column ? 0x100 : 1;
    for (size_t i = 0; i < n; i++) {
        size_t from = up ? i - 1 : i + 1; /* wraps below 0 to more than n */
        dlu_well next = up ? p->out->wells[i] - step : p->out->wells[i] + step;
        if (from < n && p->out->wells[from] == next)
            put(&p->plate->wells[index[i]], old[from]);
        else
            empty(p, &p->plate->wells[index[i]]);
    }
    return true;
}

static bool is_free(const dlu_sim_well *w)
{
    return w->arm && !w->dead && !w->slipped;
}

/* Two neighbouring samples that no other slip has touched; of two arms where asked. */
static bool draw_pair(planting *p, bool two_arms, size_t pair[2])
{
    size_t n = 0;
    for (int counting = 1; counting >= 0; counting--) {
        size_t k = 0, wanted = counting ? NO_WELL : dlu_random_below(p->random, (unsigned)n);
        for (size_t i = 0; i < 2 * p->plate->n_wells; i++) {
            const dlu_sim_well *a = &p->plate->wells[i / 2];
            size_t j = at(p->plate, (long)(a->well >> 8) + (long)(i % 2),
                          (long)(a->well & 0xFF) + 1 - (long)(i % 2));
            if (j == NO_WELL || !is_free(a) || !is_free(&p->plate->wells[j]) ||
                (two_arms && a->arm == p->plate->wells[j].arm))
                continue;
            if (k++ == wanted) {
                pair[0] = i / 2;
                pair[1] = j;
            }
        }
        n = k;
        if (!n)
            return false;
    }
    p->plate->wells[pair[0]].slipped = p->plate->wells[pair[1]].slipped = true;
    return true;
}

static bool note_pair(planting *p, const size_t pair[2])
{
    p->out->wells = dlu_arena_alloc(p->s->arena, 2, sizeof *p->out->wells);
    for (size_t i = 0; p->out->wells && i < 2; i++)
        p->out->wells[p->out->n_wells++] = p->plate->wells[pair[i]].well;
    return p->out->wells != NULL;
}

static bool swap(planting *p)
{
    size_t pair[2];
    if (!draw_pair(p, true, pair))
        return false;
    content a = take(&p->plate->wells[pair[0]]);
    put(&p->plate->wells[pair[0]], take(&p->plate->wells[pair[1]]));
    put(&p->plate->wells[pair[1]], a);
    return note_pair(p, pair);
}

/* The first well named is the empty one. */
static bool empty_into(planting *p)
{
    size_t pair[2];
    if (!draw_pair(p, false, pair))
        return false;
    if (dlu_random_below(p->random, 2)) {
        size_t first = pair[0];
        pair[0] = pair[1];
        pair[1] = first;
    }
    dlu_sim_well *from = &p->plate->wells[pair[0]], *to = &p->plate->wells[pair[1]];
    double firefly = from->firefly - p->blank.firefly, renilla = from->renilla - p->blank.renilla;
    to->firefly = dlu_sim_as_shown(to->firefly + (firefly > 0 ? firefly : 0));
    to->renilla = dlu_sim_as_shown(to->renilla + (renilla > 0 ? renilla : 0));
    empty(p, from);
    return note_pair(p, pair);
}

static bool exchange(planting *p)
{
    for (size_t i = 0; i < p->plate->n_wells; i++) {
        dlu_sim_well *w = &p->plate->wells[i];
        double firefly = w->firefly;
        w->firefly = w->renilla;
        w->renilla = firefly;
    }
    return true;
}

static bool plant(planting *p)
{
    switch (p->out->kind) {
    case DLU_SLIP_TURNED:
        return turn(p);
    case DLU_SLIP_SHIFTED_ROW:
    case DLU_SLIP_SHIFTED_COLUMN:
        return shift(p, p->out->kind == DLU_SLIP_SHIFTED_COLUMN);
    case DLU_SLIP_SWAPPED:
        return swap(p);
    case DLU_SLIP_EMPTIED_DOUBLED:
        return empty_into(p);
    default:
        return exchange(p);
    }
}

dlu_status dlu_simulation_plant(dlu_simulation *s, unsigned slips, dlu_error *err)
{
    dlu_random random;
    if (slips >> DLU_SLIP_COUNT || s->n_slips)
        return dlu_fail(err, DLU_E_USAGE, "simulate-slips", NULL, NULL,
                        "slips: expected bits under 1 << %d, once an experiment, found %u",
                        DLU_SLIP_COUNT, slips);
    dlu_random_seed(&random, s->options.seed ^ OTHER_STREAM);
    unsigned plate = dlu_random_below(&random, s->options.blocks);
    for (unsigned kind = 0; kind < DLU_SLIP_COUNT; kind++) {
        if (!(slips >> kind & 1))
            continue;
        dlu_sim_slip *slip = &s->slips[s->n_slips++];
        *slip = (dlu_sim_slip){.kind = (dlu_slip)kind, .plate = plate};
        planting p = {.s = s, .plate = &s->plates[plate], .random = &random, .out = slip};
        find_blank(&p);
        if (!plant(&p))
            return dlu_fail(err, DLU_E_USAGE, "simulate-slip-does-not-fit", NULL,
                            "ask for fewer slips, or for more blocks",
                            "slips: found no wells left for %s on plate %s", names[kind],
                            s->plates[plate].name);
        plate = (plate + 1) % s->options.blocks;
    }
    return DLU_OK;
}
