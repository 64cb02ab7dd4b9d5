/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/model_diagnostics.h"

#include <math.h>

#include "base/text.h"

/* Single values that stand out of their cell: flags, never deletions. */

/* The values of one cell; in blocks what cells and blocks leave, as days differ. */
typedef struct group {
    const char *name;
    double *values;
    size_t *at; /* of the series, or of the values by block */
    size_t n;
} group;

static bool gather(dlu_diagnostic_builder *b, const dlu_diagnosed *d, unsigned c, group *g)
{
    const dlu_arm_cell *cell = &d->pair->cells[d->cells.cell[c]];
    *g = (group){
        .name = dlu_arena_printf(b->arena, "%s %s", cell->construct, cell->treatment),
        .values = dlu_arena_alloc(b->arena, d->series.n + 1, sizeof *g->values),
        .at = dlu_arena_alloc(b->arena, d->series.n + 1, sizeof *g->at),
    };
    if (!g->name || !g->values || !g->at)
        return false;
    for (size_t i = 0; d->residual && i < d->data.n; i++)
        if (d->data.cell[i] == c && !isnan(d->residual[i])) {
            g->values[g->n] = d->residual[i];
            g->at[g->n++] = i;
        }
    for (size_t i = 0; !d->blocked && i < d->series.n; i++)
        if (d->series.cell[i] == d->cells.cell[c]) {
            g->values[g->n] = d->series.value[DLU_OF_RATIO][i];
            g->at[g->n++] = i;
        }
    return true;
}

/* "block day2", "plate P1, replicate 3", or for wells "P1:B7". */
static const char *name_value(const dlu_diagnostic_builder *b, const dlu_diagnosed *d,
                              const group *g, size_t i)
{
    char well[DLU_WELL_NAME_SIZE];
    if (d->blocked)
        return dlu_arena_printf(b->arena, "block %s",
                                d->series.block_names[d->data.block[g->at[i]]]);
    size_t source = d->series.source[g->at[i]];
    if (d->findings->technical_only) {
        const dlu_assay_well *w = &b->e->wells[source];
        return dlu_arena_printf(b->arena, "%s:%s", b->e->plates[w->plate].plate->name,
                                dlu_well_name(w->well, well));
    }
    const dlu_unit *u = &b->e->units[source];
    return dlu_arena_printf(b->arena, "%s %s%s%s", u->block ? "block" : "plate",
                            u->block ? u->block : u->plates, u->replicate ? ", replicate " : "",
                            u->replicate ? u->replicate : "");
}

static void add_grubbs(dlu_diagnostic_builder *b, const dlu_diagnosed *d, const group *g)
{
    dlu_grubbs grubbs;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, g->name, "grubbs");
    const char *text = "the value farthest out";
    row.n = g->n;
    dlu_status status = dlu_stats_grubbs((dlu_sample){g->values, g->n}, b->e->settings->alpha,
                                         DLU_EXTREME_EITHER, &grubbs);
    if (status == DLU_OK) {
        const char *name = name_value(b, d, g, grubbs.index);
        row.statistic = grubbs.g;
        row.limit = grubbs.critical;
        row.p = grubbs.p;
        row.status = grubbs.g > grubbs.critical ? "flagged" : "ok";
        text = name ? dlu_arena_printf(b->arena, "farthest out: %s; kept in any case", name) : NULL;
    }
    dlu_diagnostic_add(b, row, status, text);
}

/* A list of values, such as "block day2; block day5". */
static const char *name_all(const dlu_diagnostic_builder *b, const dlu_diagnosed *d, const group *g,
                            const size_t *which, size_t n)
{
    const char *text = "";
    for (size_t i = 0; i < n && text; i++) {
        const char *name = name_value(b, d, g, which[i]);
        text = name ? dlu_arena_printf(b->arena, "%s%s%s", text, *text ? "; " : "", name) : NULL;
    }
    return text;
}

static const char *say_found(const dlu_diagnostic_builder *b, const dlu_diagnosed *d,
                             const group *g, const size_t *which, size_t n)
{
    const char *all = name_all(b, d, g, which, n);
    if (!n || !all)
        return all ? "none" : NULL;
    return dlu_arena_printf(b->arena, "%s; kept in any case", all);
}

/* Up to a quarter of the values. The row shows the last step that passes, or the first. */
static void add_esd(dlu_diagnostic_builder *b, const dlu_diagnosed *d, const group *g)
{
    size_t k = g->n / 4, found = 0;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, g->name, "generalised_esd");
    dlu_esd_step *steps = dlu_arena_alloc(b->arena, k + 1, sizeof *steps);
    size_t *which = dlu_arena_alloc(b->arena, k + 1, sizeof *which);
    const char *text = "several values far out";
    row.n = g->n;
    dlu_status status = steps && which ? dlu_stats_esd((dlu_sample){g->values, g->n}, k,
                                                       b->e->settings->alpha, steps, &found)
                                       : DLU_E_NO_MEMORY;
    if (status == DLU_OK) {
        const dlu_esd_step *shown = &steps[found ? found - 1 : 0];
        for (size_t i = 0; i < found; i++)
            which[i] = steps[i].index;
        row.statistic = shown->r;
        row.limit = shown->lambda;
        row.status = found ? "flagged" : "ok";
        text = say_found(b, d, g, which, found);
    }
    dlu_diagnostic_add(b, row, status, text);
}

static void add_modified_z(dlu_diagnostic_builder *b, const dlu_diagnosed *d, const group *g)
{
    size_t found = 0;
    dlu_diagnostic_row row = dlu_diagnostic_blank(b, g->name, "modified_z");
    double *z = dlu_arena_alloc(b->arena, g->n + 1, sizeof *z), most = 0;
    size_t *which = dlu_arena_alloc(b->arena, g->n + 1, sizeof *which);
    const char *text = "half of the values are one value";
    row.n = g->n;
    dlu_status status =
        z && which ? dlu_stats_modified_z((dlu_sample){g->values, g->n}, z) : DLU_E_NO_MEMORY;
    for (size_t i = 0; status == DLU_OK && i < g->n; i++) {
        most = fmax(most, fabs(z[i]));
        if (fabs(z[i]) > DLU_MODIFIED_Z_LIMIT)
            which[found++] = i;
    }
    if (status == DLU_OK) {
        row.statistic = most;
        row.limit = DLU_MODIFIED_Z_LIMIT;
        row.status = found ? "flagged" : "ok";
        text = say_found(b, d, g, which, found);
    }
    dlu_diagnostic_add(b, row, status, text);
}

void dlu_diagnose_groups(dlu_diagnostic_builder *b, const dlu_diagnosed *d)
{
    for (unsigned c = 0; c < d->cells.n; c++) {
        group g;
        if (!gather(b, d, c, &g)) {
            b->failed = true;
            return;
        }
        if (g.n < DLU_OUTLIER_MIN_N)
            continue;
        add_grubbs(b, d, &g);
        add_esd(b, d, &g);
        add_modified_z(b, d, &g);
    }
}
