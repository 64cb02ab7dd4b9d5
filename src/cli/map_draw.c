/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The plates of a map as the bench has them, in plain ASCII; arms by number. */

#define CELL_SIZE 24u

typedef struct pen {
    FILE *out;
    const dlu_map_check *check;
    bool colour;
    int width; /* of a cell */
} pen;

static const char *colour_of(const pen *p, const dlu_check_well *w)
{
    if (w->arm == SIZE_MAX)
        return w->kind == DLU_CHECK_BLANK || w->kind == DLU_CHECK_BUFFER ? "\033[36m" : "\033[2m";
    const char *construct = p->check->arms[w->arm].construct;
    if (w->kind == DLU_CHECK_LEFT_OUT)
        return "\033[2m";
    return !strcmp(construct, "WT")      ? "\033[32m"
           : !strcmp(construct, "EMPTY") ? "\033[33m"
                                         : "\033[35m";
}

static void symbol_of(const dlu_check_well *w, char symbol[CELL_SIZE])
{
    static const char *const symbols[] = {
        [DLU_CHECK_SAMPLE] = "#",   [DLU_CHECK_BLANK] = "o",  [DLU_CHECK_BUFFER] = "b",
        [DLU_CHECK_CONTROL] = "c",  [DLU_CHECK_UNUSED] = "-", [DLU_CHECK_LEFT_OUT] = "x",
        [DLU_CHECK_UNMAPPED] = "?",
    };
    if (w->kind != DLU_CHECK_LEFT_OUT && w->arm != SIZE_MAX)
        snprintf(symbol, CELL_SIZE, "%zu", w->arm + 1);
    else
        snprintf(symbol, CELL_SIZE, "%s", symbols[w->kind]);
}

static void draw_cell(const pen *p, const dlu_check_well *w)
{
    char symbol[CELL_SIZE] = ".";
    if (w)
        symbol_of(w, symbol);
    if (w && p->colour)
        fprintf(p->out, "%s%*s\033[0m", colour_of(p, w), p->width, symbol);
    else
        fprintf(p->out, "%*s", p->width, symbol);
}

/* "A" .. "AF" */
static void row_name(uint32_t row, char name[DLU_WELL_NAME_SIZE])
{
    dlu_well_name(row << 8, name);
    name[strcspn(name, "0123456789")] = '\0';
}

static void draw_grid(const pen *p, const dlu_check_plate *plate)
{
    char name[DLU_WELL_NAME_SIZE];
    size_t w = 0;
    fprintf(p->out, "   ");
    for (uint32_t col = 1; col <= plate->n_cols; col++)
        fprintf(p->out, "%*u", p->width, col);
    fputc('\n', p->out);
    for (uint32_t row = 0; row < plate->n_rows; row++) {
        row_name(row, name);
        fprintf(p->out, "%3s", name);
        for (uint32_t col = 0; col < plate->n_cols; col++) {
            bool here = w < plate->n_wells && plate->wells[w].well == (row << 8 | col);
            draw_cell(p, here ? &plate->wells[w++] : NULL);
        }
        fputc('\n', p->out);
    }
}

/* A table without wells has no plate to draw: its rows are counted. */
static void draw_plate(const pen *p, const dlu_check_plate *plate)
{
    if (plate->name)
        fprintf(p->out, "plate %s", plate->name);
    else
        fprintf(p->out, "every plate");
    fprintf(p->out, ": %zu %s%s\n", plate->n_wells, plate->n_rows ? "well" : "row",
            plate->n_wells == 1 ? "" : "s");
    if (plate->n_rows)
        draw_grid(p, plate);
    fputc('\n', p->out);
}

static bool has_kind(const dlu_map_check *check, dlu_check_kind kind)
{
    for (size_t p = 0; p < check->n_plates; p++)
        for (size_t i = 0; i < check->plates[p].n_wells; i++)
            if (check->plates[p].wells[i].kind == kind &&
                (kind != DLU_CHECK_CONTROL || check->plates[p].wells[i].arm == SIZE_MAX))
                return true;
    return false;
}

/* Only the signs that were drawn are explained. */
static void draw_legend(const pen *p)
{
    static const struct {
        dlu_check_kind kind;
        const char *text;
    } rows[] = {
        {DLU_CHECK_BLANK, "o blank"},
        {DLU_CHECK_BUFFER, "b blank without cells"},
        {DLU_CHECK_CONTROL, "c positive or negative control"},
        {DLU_CHECK_LEFT_OUT, "x left out (use = 0)"},
        {DLU_CHECK_UNUSED, "- unused"},
        {DLU_CHECK_UNMAPPED, "? light, but not in the map"},
    };
    fprintf(p->out, "numbers are the arms below");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (has_kind(p->check, rows[i].kind))
            fprintf(p->out, ", %s", rows[i].text);
    fprintf(p->out, ", . nothing\n\n");
}

static int longest(const dlu_map_check *check, const char *(*text)(const dlu_check_arm *),
                   const char *header)
{
    size_t n = strlen(header);
    for (size_t i = 0; i < check->n_arms; i++)
        n = strlen(text(&check->arms[i])) > n ? strlen(text(&check->arms[i])) : n;
    return n > 40 ? 40 : (int)n;
}

static const char *target_of(const dlu_check_arm *arm)
{
    return arm->target ? arm->target : "-";
}

static const char *construct_of(const dlu_check_arm *arm)
{
    return arm->construct;
}

static const char *treatment_of(const dlu_check_arm *arm)
{
    return arm->treatment;
}

static const char *mirna_of(const dlu_check_arm *arm)
{
    return arm->mirna ? arm->mirna : "-";
}

static void draw_arms(const pen *p)
{
    const dlu_map_check *k = p->check;
    char dose[DLU_VALUE_TEXT_SIZE];
    int target = longest(k, target_of, "target"), construct = longest(k, construct_of, "construct");
    int treatment = longest(k, treatment_of, "treatment"), mirna = longest(k, mirna_of, "mirna");
    fprintf(p->out, "%4s  %-*s  %-*s  %-*s  %-*s  %7s  %5s  %13s  %6s\n", "arm", target, "target",
            construct, "construct", treatment, "treatment", mirna, "mirna", "dose_nM", "wells",
            "transfections", "plates");
    for (size_t i = 0; i < k->n_arms; i++) {
        const dlu_check_arm *a = &k->arms[i];
        fprintf(p->out, "%4zu  %-*s  %-*s  %-*s  %-*s  %7s  %5zu  %13zu  %6zu%s\n", i + 1, target,
                target_of(a), construct, a->construct, treatment, a->treatment, mirna, mirna_of(a),
                isnan(a->dose_nM) ? "-" : dlu_value_text(a->dose_nM, dose), a->n_wells, a->n_units,
                a->n_plates, a->positive ? "  positive control" : "");
    }
    for (size_t i = 0; i < k->n_plates; i++)
        fprintf(p->out, "%s%s%s: %zu blank%s\n", i ? "" : "\n", k->plates[i].name ? "plate " : "",
                k->plates[i].name ? k->plates[i].name : "every plate", k->plates[i].n_blanks,
                k->plates[i].n_blanks == 1 ? "" : "s");
}

static void draw_designs(const pen *p, const char *title, const dlu_design_row *rows, size_t n)
{
    if (!n)
        return;
    fprintf(p->out, "\n%s\n", title);
    for (size_t i = 0; i < n; i++)
        fprintf(p->out, "  %s\n    %s\n", rows[i].pair, rows[i].text);
}

void cli_map_draw(FILE *out, const dlu_map_check *check, bool colour)
{
    pen p = {out, check, colour, check->n_arms > 99 ? 4 : 3};
    fprintf(out, "%s: a plate map, %s\n\n", check->file,
            check->shape == DLU_MAP_GRID ? "drawn as the plate" : "a row a well");
    for (size_t i = 0; i < check->n_plates; i++)
        draw_plate(&p, &check->plates[i]);
    draw_legend(&p);
    draw_arms(&p);
    draw_designs(&p,
                 check->n_design_of_three ? "The design on one plate:"
                                          : "The design that the analysis would use:",
                 check->design, check->n_design);
    draw_designs(&p, "The design on three plates like this:", check->design_of_three,
                 check->n_design_of_three);
}
