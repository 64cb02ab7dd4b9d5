/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/names.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "figure/face.h"

static const char *label_of(const dlu_figure_options *o, const char *name)
{
    for (size_t i = 0; i < o->n_labels; i++)
        if (!dlu_text_compare(o->labels[i].name, name))
            return o->labels[i].label;
    return name;
}

/* Hebrew, Arabic and their neighbours. */
static bool has_right_to_left(const char *text)
{
    for (uint32_t c; (c = dlu_face_next(&text));)
        if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
            (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF))
            return true;
    return false;
}

const char *dlu_fig_name(const dlu_figure_options *o, const char *name, dlu_arena *arena)
{
    const char *text = name ? label_of(o, name) : "";
    size_t n = dlu_visible(text, NULL, 0);
    char *seen = dlu_arena_alloc(arena, n + 1, 1);
    if (!seen)
        return NULL;
    dlu_visible(text, seen, n + 1);
    for (char *c = seen; *c; c++)
        if ((unsigned char)*c < ' ')
            *c = ' ';
    /* U+2068 and U+2069: what follows the name does not turn around with it */
    return has_right_to_left(seen) ? dlu_arena_printf(arena, "\xE2\x81\xA8%s\xE2\x81\xA9", seen)
                                   : seen;
}

const char *dlu_fig_treatment(const dlu_figure_options *o, const char *treatment, dlu_arena *arena)
{
    const char *name = dlu_fig_name(o, treatment, arena);
    return name && !strcmp(name, "inhibitor-control") ? "inhibitor control" : name;
}

const char *dlu_fig_agent(const dlu_figure_options *o, const dlu_fig_pair *p, bool dose,
                          dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    const char *mirna = dlu_fig_name(o, p->mirna, arena);
    const char *how = dlu_fig_treatment(o, p->treatment, arena);
    if (!mirna || !how)
        return NULL;
    if (dose && isfinite(p->dose_nM))
        return dlu_arena_printf(arena, "%s%s%s, %s\xC2\xA0nM", mirna, *mirna ? " " : "", how,
                                dlu_text_from_double(p->dose_nM, number));
    return dlu_arena_printf(arena, "%s%s%s", mirna, *mirna ? " " : "", how);
}

const char *dlu_fig_pair_name(const dlu_figure_options *o, const dlu_fig_data *d,
                              const dlu_fig_pair *p, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    const char *target = dlu_fig_name(o, p->target, arena);
    const char *mirna = dlu_fig_name(o, p->mirna, arena);
    const char *how = dlu_fig_treatment(o, p->treatment, arena);
    if (!target || !mirna || !how)
        return NULL;
    const char *text =
        *target ? dlu_arena_printf(arena, "\1%s\1 3\xE2\x80\xB2UTR", target) : "3\xE2\x80\xB2UTR";
    if (text && d->many_mirnas && *mirna)
        text = dlu_arena_printf(arena, "%s, %s", text, mirna);
    if (text && d->many_treatments)
        text = dlu_arena_printf(arena, "%s %s", text, how);
    if (text && d->many_doses && isfinite(p->dose_nM))
        text = dlu_arena_printf(arena, "%s, %s\xC2\xA0nM", text,
                                dlu_text_from_double(p->dose_nM, number));
    return text;
}

const char *dlu_fig_p(const dlu_figure_options *o, double p, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    if (!isfinite(p))
        return "";
    if (o->brackets == DLU_BRACKETS_STARS)
        return p < 0.0001 ? "****" : p < 0.001 ? "***" : p < 0.01 ? "**" : p < 0.05 ? "*" : "n.s.";
    if (p < 0.0001)
        return "\1p\1 < 0.0001";
    if (p > 0.99)
        return "\1p\1 > 0.99";
    if (p < 0.001)
        return dlu_arena_printf(arena, "\1p\1 = 0.%04ld", lround(p * 10000));
    return dlu_arena_printf(arena, "\1p\1 = %s", dlu_text_rounded(p, 2, number));
}

const char *dlu_fig_fold(double fold, double low, double high, dlu_arena *arena)
{
    char f[DLU_NUMBER_SIZE], l[DLU_NUMBER_SIZE], h[DLU_NUMBER_SIZE];
    if (!isfinite(fold))
        return "\xE2\x80\x93";
    dlu_text_fold(fold, f);
    if (!isfinite(low) || !isfinite(high))
        return dlu_arena_copy(arena, f);
    return dlu_arena_printf(arena, "%s [%s, %s]", f, dlu_text_fold(low, l), dlu_text_fold(high, h));
}

const char *dlu_fig_level(double alpha, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    return dlu_arena_copy(arena, dlu_text_from_double(round(1e6 * (1 - alpha)) / 1e4, number));
}
