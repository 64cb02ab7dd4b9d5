/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <dualuc/figure.h>

#include "base/say.h"
#include "base/text.h"

/* Other names, a line each: "hsa-miR-21-5p = miR-21"; a tab or a comma parts as well. */

#define MAX_LABELS 10000u

struct dlu_figure_labels {
    dlu_arena *arena;
    DLU_VEC(dlu_figure_label) items;
};

static dlu_status refuse(const dlu_source *file, uint32_t row, const char *line, dlu_error *err)
{
    const dlu_place at = {file->name, NULL, row, 0};
    return dlu_fail(err, DLU_E_INPUT, "figure-label-line", &at,
                    "write the name of the plate map, \"=\", and the label",
                    "expected \"name = label\", found \"%.60s\"", line);
}

static dlu_status add_line(dlu_figure_labels *labels, const dlu_source *file, uint32_t row,
                           char *line, dlu_error *err)
{
    char *parting = strchr(line, '\t');
    parting = parting ? parting : strchr(line, '=');
    parting = parting ? parting : strchr(line, ',');
    if (dlu_text_is_blank(line) || *line == '#')
        return DLU_OK;
    if (!parting || parting == line)
        return refuse(file, row, line, err);
    char *name = dlu_arena_copy_n(labels->arena, line, (size_t)(parting - line));
    const char *own = name ? dlu_text_trimmed(labels->arena, name) : NULL;
    const char *label = dlu_text_trimmed(labels->arena, parting + 1);
    if (own && label && (!*own || !*label))
        return refuse(file, row, line, err);
    dlu_figure_label *to =
        own && label ? DLU_VEC_ADD(labels->arena, &labels->items, MAX_LABELS) : NULL;
    if (!to)
        return dlu_fail_memory(err);
    *to = (dlu_figure_label){own, label};
    return DLU_OK;
}

dlu_status dlu_figure_labels_read(const dlu_source *file, dlu_figure_labels **out, dlu_error *err)
{
    const char *at = file->bytes, *end = at + file->n_bytes;
    dlu_arena *arena = dlu_arena_new();
    dlu_figure_labels *labels = arena ? dlu_arena_alloc(arena, 1, sizeof *labels) : NULL;
    dlu_status status = labels ? DLU_OK : dlu_fail_memory(err);
    uint32_t row = 0;
    *out = NULL;
    if (labels)
        labels->arena = arena;
    if (file->n_bytes >= 3 && !memcmp(at, "\xEF\xBB\xBF", 3))
        at += 3;
    while (!status && at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((stop ? stop : end) - at);
        char *line = dlu_arena_copy_n(arena, at, n > 0 && at[n - 1] == '\r' ? n - 1 : n);
        status = line ? add_line(labels, file, ++row, line, err) : dlu_fail_memory(err);
        at += n + (stop ? 1 : 0);
    }
    if (status) {
        dlu_arena_free(arena);
        return status;
    }
    *out = labels;
    return DLU_OK;
}

const dlu_figure_label *dlu_figure_labels_get(const dlu_figure_labels *labels, size_t *n)
{
    *n = labels->items.n;
    return labels->items.items;
}

void dlu_figure_labels_free(dlu_figure_labels *labels)
{
    if (labels)
        dlu_arena_free(labels->arena);
}
