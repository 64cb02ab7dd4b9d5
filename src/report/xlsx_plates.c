/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <dualuc/plate.h>

#include "report/xlsx.h"

/* Each plate as it lies on the bench: light of both channels, their ratio, and what is in it. */

#define MOST_LINES 4u

typedef enum dlu_grid_of { GRID_REPORTER, GRID_CONTROL, GRID_RATIO, GRID_ARMS, GRIDS } dlu_grid_of;

typedef struct grid {
    dlu_xlsx_sheet *sheet;
    const dlu_xlsx_plan *plan;
    const dlu_plate_row *plate;
    dlu_grid_of of;
    uint32_t row; /* of its first line of wells */
    double width; /* of its columns, in characters */
} grid;

static double column_width(uint32_t n_cols)
{
    return n_cols <= 12 ? 12 : n_cols <= 24 ? 10.5 : 9.5;
}

static dlu_xlsx_fill outline_of(const dlu_well_row *well)
{
    bool taken = well->used || well->in_blank;
    if (dlu_xlsx_has_use(well) && !taken)
        return DLU_FILL_LEFT_OUT;
    return well->flags ? DLU_FILL_FLAGGED : DLU_FILL_NONE;
}

static const char *arm_of(const dlu_well_row *well, dlu_arena *arena)
{
    if (!well->target && !well->construct && !well->treatment)
        return well->role ? well->role : "";
    return dlu_arena_printf(arena, "%s%s%s%s%s", well->target ? well->target : "",
                            well->target ? " " : "", well->construct ? well->construct : "",
                            well->construct && well->treatment ? " " : "",
                            well->treatment ? well->treatment : "");
}

static double light_of(const dlu_well_row *well, dlu_grid_of of)
{
    return of == GRID_REPORTER ? well->reporter : of == GRID_CONTROL ? well->control : well->ratio;
}

static void put_number(const grid *g, size_t w, uint32_t row, uint32_t col)
{
    static const char *const keys[] = {"reporter", "control", "ratio"};
    char cell[DLU_XLSX_ADDRESS_SIZE];
    const dlu_well_row *well = &g->plan->result->wells[w];
    dlu_xlsx_style style = g->of == GRID_RATIO ? DLU_STYLE_RATIO : DLU_STYLE_PLATE_LIGHT;
    double value = light_of(well, g->of);
    dlu_xlsx_address((uint32_t)w + 1, dlu_xlsx_column_of("wells", keys[g->of]), cell);
    if (isfinite(value))
        dlu_xlsx_formula(g->sheet, row, col, dlu_arena_printf(g->plan->arena, "=Wells!%s", cell),
                         false, value, style, outline_of(well));
    else
        dlu_xlsx_number(g->sheet, row, col, value, style, outline_of(well));
}

/* Returns the lines of text it takes. */
static unsigned put_arm(const grid *g, size_t w, uint32_t row, uint32_t col)
{
    const dlu_well_row *well = &g->plan->result->wells[w];
    const char *text = arm_of(well, g->plan->arena);
    if (!text) {
        dlu_xlsx_no_memory(g->sheet);
        return 1;
    }
    dlu_xlsx_text(g->sheet, row, col, text, DLU_STYLE_ARM, outline_of(well));
    unsigned lines = dlu_xlsx_lines_of(text, g->width);
    return lines < MOST_LINES ? lines : MOST_LINES;
}

/* Letters of rows and numbers of columns. */
static void put_edges(const grid *g)
{
    char name[DLU_WELL_NAME_SIZE];
    for (uint32_t c = 0; c < g->plate->n_cols; c++)
        dlu_xlsx_number(g->sheet, g->row - 1, c + 1, c + 1, DLU_STYLE_HEADER_MIDDLE, DLU_FILL_NONE);
    for (uint32_t r = 0; r < g->plate->n_rows; r++) {
        dlu_well_name((dlu_well)(r << 8), name);
        name[strcspn(name, "0123456789")] = '\0';
        dlu_xlsx_text(g->sheet, g->row + r, 0, name, DLU_STYLE_HEADER_MIDDLE, DLU_FILL_NONE);
    }
}

static void put_wells(const grid *g)
{
    unsigned tallest[256] = {0};
    for (size_t i = 0; i < g->plate->n_wells; i++) {
        size_t w = g->plate->first_well + i;
        dlu_well well;
        if (!dlu_well_parse(g->plan->result->wells[w].well, &well))
            continue;
        uint32_t r = well >> 8, c = well & 0xFF;
        if (r >= g->plate->n_rows || c >= g->plate->n_cols)
            continue;
        if (g->of != GRID_ARMS) {
            put_number(g, w, g->row + r, c + 1);
            continue;
        }
        unsigned lines = put_arm(g, w, g->row + r, c + 1);
        tallest[r] = lines > tallest[r] ? lines : tallest[r];
    }
    for (uint32_t r = 0; r < g->plate->n_rows; r++)
        if (tallest[r] > 1)
            dlu_xlsx_lines(g->sheet, g->row + r, tallest[r]);
}

/* Returns the row after it. */
static uint32_t put_grid(grid *g, uint32_t row)
{
    const dlu_settings *s = &g->plan->result->settings;
    dlu_arena *arena = g->plan->arena;
    const char *title =
        g->of == GRID_REPORTER
            ? dlu_arena_printf(arena, "%s: reporter (%s), raw light", g->plate->name, s->reporter)
        : g->of == GRID_CONTROL
            ? dlu_arena_printf(arena, "%s: control (%s), raw light", g->plate->name, s->control)
        : g->of == GRID_RATIO
            ? dlu_arena_printf(arena, "%s: ratio reporter / control", g->plate->name)
            : dlu_arena_printf(arena, "%s: arms", g->plate->name);
    if (!title)
        dlu_xlsx_no_memory(g->sheet);
    dlu_xlsx_text(g->sheet, row, 0, title, DLU_STYLE_STRONG, DLU_FILL_NONE);
    g->row = row + 2;
    put_edges(g);
    put_wells(g);
    if (g->of != GRID_ARMS)
        dlu_xlsx_colour_scale(g->sheet, g->row, g->row + g->plate->n_rows - 1, 1, g->plate->n_cols,
                              g->of == GRID_RATIO);
    return g->row + g->plate->n_rows + 1;
}

static uint32_t put_key(dlu_xlsx_sheet *sheet)
{
    dlu_xlsx_text(sheet, 0, 0, "Plates", DLU_STYLE_TITLE, DLU_FILL_NONE);
    dlu_xlsx_lines(sheet, 0, 2);
    dlu_xlsx_text(sheet, 1, 1, "flagged", DLU_STYLE_ARM, DLU_FILL_FLAGGED);
    dlu_xlsx_text(sheet, 1, 2, "left out", DLU_STYLE_ARM, DLU_FILL_LEFT_OUT);
    dlu_xlsx_text(sheet, 1, 3, "as of the run; Wells says why. Colours: of each grid by itself.",
                  DLU_STYLE_FAINT, DLU_FILL_NONE);
    return 3;
}

void dlu_xlsx_plates(dlu_xlsx_sheet *sheet, const dlu_xlsx_plan *plan)
{
    const dlu_result *result = plan->result;
    uint32_t row = put_key(sheet), widest = 0;
    for (size_t p = 0; p < result->n_plates && sheet; p++) {
        const dlu_plate_row *plate = &result->plates[p];
        widest = plate->n_cols > widest ? plate->n_cols : widest;
    }
    for (uint32_t c = 1; c <= widest; c++)
        dlu_xlsx_width(sheet, c, column_width(widest));
    dlu_xlsx_width(sheet, 0, 5);
    for (size_t p = 0; p < result->n_plates && sheet; p++) {
        grid g = {.sheet = sheet, .plan = plan, .plate = &result->plates[p]};
        g.width = column_width(widest);
        if (!g.plate->n_rows || !g.plate->n_cols)
            continue;
        for (unsigned of = 0; of < GRIDS; of++) {
            g.of = (dlu_grid_of)of;
            row = put_grid(&g, row);
            dlu_xlsx_rest(sheet);
        }
        row++;
    }
    dlu_xlsx_freeze(sheet, 0, 1);
    dlu_xlsx_page(sheet, 0);
}
