/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed/seed.h"

/* Seeds that just miss: all of m2 to m8 pair but one. */

#define MAX_NOTES 5000000u

/* The base among m2 to m8 that does not pair; 0 where there are none or several. */
static unsigned only_miss(const dlu_mirna *m, const dlu_sequence *t, size_t anchor)
{
    unsigned miss = 0;
    for (unsigned k = 2; k <= 8; k++) {
        if (t->sets[anchor - (k - 1)] == m->pair[k])
            continue;
        if (miss)
            return 0;
        miss = k;
    }
    return miss;
}

bool dlu_sites_near(const dlu_mirna *m, const dlu_sequence *t, dlu_arena *arena, dlu_near_list *out)
{
    for (size_t anchor = 7; anchor <= t->n; anchor++) {
        unsigned k = only_miss(m, t, anchor);
        if (k < 3 || k > 7) /* without m2 or m8 it is a site of six */
            continue;
        uint8_t set = t->sets[anchor - (k - 1)];
        if (set & m->pair[k])
            continue; /* unknown, and said elsewhere */
        dlu_near_site *near = DLU_VEC_ADD(arena, out, MAX_NOTES);
        if (!near)
            return false;
        bool wobble = (set & dlu_base_wobble(dlu_base_partner(m->pair[k]))) == set;
        *near = (dlu_near_site){anchor, anchor - 6, anchor, k, wobble};
    }
    return true;
}
