/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assay/slips.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define LISTED    12u
#define EVIDENCES 4u
#define MOST_TOLD 27.63102111592855 /* ln 1e12: beyond it the exact odds mean nothing */

const char *dlu_slip_text(dlu_slips *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = dlu_arena_vprintf(s->arena, format, args);
    va_end(args);
    s->failed |= !text;
    return text ? text : "";
}

const char *dlu_slip_content(dlu_slips *s, size_t well)
{
    const dlu_map_row *map = well == DLU_SLIP_NONE ? NULL : s->experiment->wells[well].map;
    if (!map || s->wells[well].expected == DLU_LIGHT_UNKNOWN)
        return "nothing";
    if (s->wells[well].expected == DLU_LIGHT_DARK)
        return "a blank";
    const char *text =
        dlu_slip_text(s, "%s%s%s %s", map->target && *map->target ? map->target : "",
                      map->target && *map->target ? " " : "", map->construct, map->treatment);
    return text;
}

const char *dlu_slip_names(dlu_slips *s, const size_t *wells, size_t n)
{
    char name[DLU_WELL_NAME_SIZE];
    const char *text = "";
    for (size_t i = 0; i < n && i < LISTED; i++)
        text = dlu_slip_text(s, "%s%s%s", text, i ? ", " : "",
                             dlu_well_name(s->experiment->wells[wells[i]].well, name));
    if (n > LISTED)
        text = dlu_slip_text(s, "%s, ...", text);
    return text;
}

const char *dlu_slip_odds(dlu_slips *s, double ln_odds)
{
    char number[DLU_NUMBER_SIZE];
    if (ln_odds > MOST_TOLD)
        return "over a million million";
    double odds = exp(ln_odds), unit = 1;
    while (odds / unit >= 100)
        unit *= 10;
    return dlu_slip_text(s, "%s", dlu_text_rounded(floor(odds / unit + 0.5) * unit, 2, number));
}

static const char *light_words(dlu_slips *s, size_t i, const char *name)
{
    const dlu_assay_well *w = &s->experiment->wells[i];
    char a[DLU_NUMBER_SIZE], b[DLU_NUMBER_SIZE];
    return dlu_slip_text(s, "%s %s (%s %s, %s %s) where the map has %s", name,
                         s->wells[i].seen == DLU_LIGHT_DARK ? "is dark" : "shines",
                         s->experiment->settings->reporter,
                         dlu_text_rounded(w->raw[DLU_REPORTER], 3, a),
                         s->experiment->settings->control,
                         dlu_text_rounded(w->raw[DLU_CONTROL], 3, b), dlu_slip_content(s, i));
}

static const char *ratio_words(dlu_slips *s, size_t i, size_t source, const char *name)
{
    const dlu_slip_well *w = &s->wells[i];
    char y[DLU_NUMBER_SIZE], own[DLU_NUMBER_SIZE], other[DLU_NUMBER_SIZE];
    return dlu_slip_text(s, "%s has the ratio %s; %s has %s, and %s, as the map says, %s", name,
                         dlu_text_rounded(exp(w->ln_ratio), 2, y), dlu_slip_content(s, source),
                         dlu_text_rounded(exp(w->other), 2, other), dlu_slip_content(s, i),
                         dlu_text_rounded(exp(w->own), 2, own));
}

const char *dlu_slip_evidence(dlu_slips *s, const dlu_rearrangement *r)
{
    char name[DLU_WELL_NAME_SIZE];
    const char *text = "";
    double above = INFINITY;
    size_t last = DLU_SLIP_NONE;
    for (unsigned k = 0; k < EVIDENCES; k++) {
        size_t best = DLU_SLIP_NONE;
        for (size_t i = 0; i < r->n; i++) {
            double e = s->wells[r->wells[i]].evidence;
            bool next = e < above || (e == above && last != DLU_SLIP_NONE && i > last);
            if (e >= DLU_SLIP_COUNTS && next &&
                (best == DLU_SLIP_NONE || e > s->wells[r->wells[best]].evidence))
                best = i;
        }
        if (best == DLU_SLIP_NONE)
            break;
        last = best;
        size_t well = r->wells[best];
        above = s->wells[well].evidence;
        dlu_well_name(s->experiment->wells[well].well, name);
        bool light = s->wells[well].expected != s->wells[well].seen;
        const char *words = light && s->wells[well].seen != DLU_LIGHT_UNKNOWN
                                ? light_words(s, well, name)
                                : ratio_words(s, well, r->sources[best], name);
        text = dlu_slip_text(s, "%s%s%s", text, *text ? "; " : "", words);
    }
    return text;
}
