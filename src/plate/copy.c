/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plate/plate.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Names of files and sheets repeat from cell to cell: the last copy of each is used again. */
typedef struct copier {
    dlu_arena *arena;
    const char *file_from, *file_to;
    const char *sheet_from, *sheet_to;
    bool failed;
} copier;

static const char *copy_text(copier *c, const char *text)
{
    if (!text)
        return NULL;
    const char *copy = *text ? dlu_arena_copy(c->arena, text) : "";
    c->failed = c->failed || !copy;
    return copy;
}

static dlu_place copy_place(copier *c, dlu_place place)
{
    if (place.file != c->file_from) {
        c->file_to = copy_text(c, place.file);
        c->file_from = place.file;
    }
    if (place.sheet != c->sheet_from) {
        c->sheet_to = copy_text(c, place.sheet);
        c->sheet_from = place.sheet;
    }
    place.file = c->file_to;
    place.sheet = c->sheet_to;
    return place;
}

static int by_well(const void *a, const void *b)
{
    const dlu_reading *x = a, *y = b;
    if (x->well != y->well)
        return x->well < y->well ? -1 : 1;
    if (x->at.row != y->at.row)
        return x->at.row < y->at.row ? -1 : 1;
    return x->at.col < y->at.col ? -1 : x->at.col > y->at.col;
}

static void copy_read(copier *c, const dlu_read *from, dlu_read *to)
{
    *to = *from;
    to->label = copy_text(c, from->label);
    to->channel = copy_text(c, from->channel);
    to->channel_why = copy_text(c, from->channel_why);
    to->at = copy_place(c, from->at);
    to->readings = dlu_arena_alloc(c->arena, from->n_readings, sizeof *to->readings);
    if (!to->readings) {
        c->failed = true;
        return;
    }
    bool in_order = true;
    for (size_t i = 0; i < from->n_readings; i++) {
        in_order = in_order && (!i || from->readings[i - 1].well < from->readings[i].well);
        to->readings[i] = from->readings[i];
        to->readings[i].text = copy_text(c, from->readings[i].text);
        to->readings[i].at = copy_place(c, from->readings[i].at);
    }
    if (!in_order)
        qsort(to->readings, to->n_readings, sizeof *to->readings, by_well);
}

bool dlu_plate_copy(dlu_arena *arena, const dlu_plate *from, dlu_plate *to)
{
    copier c = {.arena = arena};
    *to = *from;
    to->name = copy_text(&c, from->name);
    to->file = copy_text(&c, from->file);
    to->reads = dlu_arena_alloc(arena, from->n_reads, sizeof *to->reads);
    if (!to->reads)
        return false;
    for (size_t i = 0; i < from->n_reads; i++)
        copy_read(&c, &from->reads[i], &to->reads[i]);
    to->samples = dlu_arena_alloc(arena, from->n_samples + 1, sizeof *to->samples);
    if (!to->samples)
        return false;
    for (size_t i = 0; i < from->n_samples; i++) {
        to->samples[i] = from->samples[i];
        to->samples[i].name = copy_text(&c, from->samples[i].name);
        to->samples[i].at = copy_place(&c, from->samples[i].at);
    }
    return !c.failed;
}
