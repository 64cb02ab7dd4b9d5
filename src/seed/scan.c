/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

/* Sites by the base opposite m1, the anchor: one anchor has one site, the largest it can be. */

#define MAX_SITES 50000000u

#define CODE_MASK 0xFFFu /* six bases of two bits */

const char *dlu_site_type_name(dlu_site_type type)
{
    static const char *const names[] = {NULL, "offset-6mer", "6mer", "7mer-A1", "7mer-m8", "8mer"};
    return (unsigned)type < DLU_SITE_TYPE_COUNT ? names[type] : NULL;
}

bool dlu_site_counts(dlu_site_type type)
{
    return type >= DLU_SITE_7MER_A1;
}

/* Whether the base opposite mk is there and is the one wanted. */
static bool holds(const dlu_sequence *t, size_t anchor, unsigned k, uint8_t wanted, bool possible)
{
    size_t back = k - 1;
    if (anchor < back || anchor - back >= t->n)
        return false;
    uint8_t set = t->sets[anchor - back];
    return possible ? (set & wanted) != 0 : set == wanted;
}

static bool pairs(const dlu_mirna *m, const dlu_sequence *t, size_t anchor, unsigned from,
                  unsigned to, bool possible)
{
    for (unsigned k = from; k <= to; k++)
        if (!holds(t, anchor, k, m->pair[k], possible))
            return false;
    return true;
}

dlu_site_type dlu_site_at(const dlu_mirna *m, const dlu_sequence *t, size_t anchor, bool possible)
{
    bool m8 = pairs(m, t, anchor, 8, 8, possible);
    bool a1 = holds(t, anchor, 1, DLU_BASE_A, possible);
    if (!pairs(m, t, anchor, 3, 7, possible))
        return DLU_SITE_NONE;
    if (!pairs(m, t, anchor, 2, 2, possible))
        return m8 ? DLU_SITE_OFFSET_6MER : DLU_SITE_NONE;
    if (m8)
        return a1 ? DLU_SITE_8MER : DLU_SITE_7MER_M8;
    return a1 ? DLU_SITE_7MER_A1 : DLU_SITE_6MER;
}

static dlu_site site_of(dlu_site_type type, size_t anchor)
{
    bool m8 = type != DLU_SITE_6MER && type != DLU_SITE_7MER_A1;
    bool a1 = type == DLU_SITE_8MER || type == DLU_SITE_7MER_A1;
    size_t last = type == DLU_SITE_OFFSET_6MER ? anchor - 1 : a1 ? anchor + 1 : anchor;
    return (dlu_site){type, anchor, m8 ? anchor - 6 : anchor - 5, last};
}

/* Two bits a base, in the order of the target: the partner of m`last` first. */
static uint32_t code_of(const dlu_mirna *m, unsigned first, unsigned last)
{
    static const uint8_t two_bits[] = {0, 0, 1, 0, 2, 0, 0, 0, 3};
    uint32_t code = 0;
    for (unsigned k = last; k >= first; k--)
        code = code << 2 | two_bits[m->pair[k]];
    return code;
}

static bool add(dlu_arena *arena, dlu_site_list *out, dlu_site site)
{
    dlu_site *to = DLU_VEC_ADD(arena, out, MAX_SITES);
    if (to)
        *to = site;
    return to;
}

bool dlu_sites_find(const dlu_mirna *m, const dlu_sequence *t, dlu_arena *arena, dlu_site_list *out)
{
    /* 4 marks what is not one base */
    static const uint8_t two_bits[16] = {4, 0, 1, 4, 2, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4};
    const uint32_t seed = code_of(m, 2, 7), offset = code_of(m, 3, 8);
    uint32_t code = 0, run = 0;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t bits = two_bits[t->sets[i]];
        run = bits > 3 ? 0 : run + 1;
        code = (code << 2 | (bits & 3)) & CODE_MASK;
        if (run < 6)
            continue;
        if (code == seed && !add(arena, out, site_of(dlu_site_at(m, t, i + 1, false), i + 1)))
            return false;
        /* with m2 too it is a larger site of the same anchor, which the next base completes */
        if (code == offset && !holds(t, i + 2, 2, m->pair[2], false) &&
            !add(arena, out, site_of(DLU_SITE_OFFSET_6MER, i + 2)))
            return false;
    }
    return true;
}

/* The stretch that decides about an anchor, from 1; joined with the last where they touch. */
static bool add_unknown(dlu_arena *arena, dlu_site_list *out, dlu_site_type type, size_t anchor,
                        size_t n)
{
    dlu_site *last = out->n ? &out->items[out->n - 1] : NULL;
    size_t from = anchor < 7 ? 1 : anchor - 6, to = anchor < n ? anchor + 1 : n;
    if (!last || from > last->to + 1)
        return add(arena, out, (dlu_site){type, anchor, from, to});
    last->to = to;
    if (type > last->type)
        last->type = type;
    return true;
}

bool dlu_sites_unknown(const dlu_mirna *m, const dlu_sequence *t, dlu_arena *arena,
                       dlu_site_list *out)
{
    size_t next = 0; /* the first anchor that was not looked at */
    for (size_t i = 0; i < t->n; i++) {
        if (dlu_base_is_one(t->sets[i]))
            continue;
        for (size_t anchor = next > i ? next : i; anchor <= i + 7; anchor++) {
            dlu_site_type possible = dlu_site_at(m, t, anchor, true);
            if (possible > dlu_site_at(m, t, anchor, false) &&
                !add_unknown(arena, out, possible, anchor, t->n))
                return false;
        }
        next = i + 8;
    }
    return true;
}
