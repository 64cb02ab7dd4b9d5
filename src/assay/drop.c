/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/assay.h"

#include <string.h>

#include "base/say.h"
#include "base/text.h"

/* The only deletion of wells besides the map's own: by name, on the user's word. */

static dlu_status refuse(const char *item, const char *why, dlu_error *err)
{
    return dlu_fail(err, DLU_E_USAGE, "drop-no-such-well", NULL,
                    "write PLATE:WELL as in the sheet Wells, several with a comma between",
                    "setting drop-wells: expected wells such as day1:B7, found \"%s\", which %s",
                    item, why);
}

/* "day1:B7" on that plate, or "B7" where there is one plate. */
static dlu_status drop_one(dlu_experiment *e, char *item, dlu_error *err)
{
    dlu_well well;
    char *colon = strrchr(item, ':');
    const char *name = colon ? colon + 1 : item;
    if (!dlu_well_parse(name, &well))
        return refuse(item, "names no well", err);
    if (!colon && e->n_plates > 1)
        return refuse(item, "names no plate, and there are several", err);
    if (colon)
        *colon = '\0';
    for (size_t i = 0; i < e->n_wells; i++) {
        dlu_assay_well *w = &e->wells[i];
        if (w->well == well && (!colon || dlu_text_same(e->plates[w->plate].plate->name, item))) {
            w->dropped = true;
            return DLU_OK;
        }
    }
    if (colon)
        *colon = ':';
    return refuse(item, "is no well with light", err);
}

dlu_status dlu_wells_drop(dlu_experiment *e, dlu_arena *arena, dlu_error *err)
{
    char *next = dlu_arena_copy(arena, e->settings->drop_wells);
    if (!next)
        return dlu_fail_memory(err);
    while (*next) {
        size_t n = strcspn(next, ",;");
        char *rest = next + n + (next[n] != '\0');
        next[n] = '\0';
        char *item = dlu_text_trimmed(arena, next);
        if (!item)
            return dlu_fail_memory(err);
        dlu_status status = *item ? drop_one(e, item, err) : DLU_OK;
        if (status != DLU_OK)
            return status;
        next = rest;
    }
    return DLU_OK;
}
