/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/map_template.h"

#include <string.h>

#include "base/say.h"
#include "report/bytes.h"
#include "report/csv.h"
#include "report/xlsx_cells.h"

/* A plate map as cells, in either form; CSV and workbooks are the same cells. */

typedef enum column { WELL, PLATE, ROLE, TARGET, CONSTRUCT, TREATMENT, MIRNA, REPLICATE } column;

static const char *const names[] = {"well",      "plate",     "role",  "target",
                                    "construct", "treatment", "mirna", "replicate"};

#define MAX_CELLS 10000000u

typedef struct cells {
    const dlu_map_template *map;
    dlu_arena *arena;
    DLU_VEC(dlu_plain_cell) list; /* by row, then column; empty cells are not there */
    uint32_t row;                 /* the last row, from 1 */
    bool failed;
} cells;

static void put(cells *c, uint32_t col, const char *text, dlu_xlsx_style style)
{
    if (text && !*text)
        return;
    if (!text) {
        c->failed = true;
        return;
    }
    dlu_plain_cell *cell = DLU_VEC_ADD(c->arena, &c->list, MAX_CELLS);
    if (cell)
        *cell = (dlu_plain_cell){.row = c->row, .col = col, .text = text, .style = style};
    else
        c->failed = true;
}

static void put_number(cells *c, uint32_t col, double number, dlu_xlsx_style style)
{
    dlu_plain_cell *cell = DLU_VEC_ADD(c->arena, &c->list, MAX_CELLS);
    if (cell)
        *cell = (dlu_plain_cell){.row = c->row, .col = col, .number = number, .style = style};
    else
        c->failed = true;
}

static void put_value(cells *c, uint32_t col, column what, const dlu_plan_plate *plate,
                      const dlu_plan_well *well)
{
    char name[DLU_WELL_NAME_SIZE];
    const dlu_plan_arm *arm = well->arm;
    switch (what) {
    case WELL:
        put(c, col, dlu_arena_copy(c->arena, dlu_well_name(well->well, name)), DLU_STYLE_TEXT);
        break;
    case PLATE:
        put(c, col, plate->name, DLU_STYLE_TEXT);
        break;
    case ROLE:
        put(c, col, arm ? "sample" : "blank", DLU_STYLE_TEXT);
        break;
    case TARGET:
        put(c, col, arm ? arm->target : "", DLU_STYLE_TEXT);
        break;
    case CONSTRUCT:
        put(c, col, arm ? arm->construct : "", DLU_STYLE_TEXT);
        break;
    case TREATMENT:
        put(c, col, arm ? arm->treatment : "", DLU_STYLE_TEXT);
        break;
    case MIRNA:
        put(c, col, arm ? arm->mirna : "", DLU_STYLE_TEXT);
        break;
    case REPLICATE:
        if (arm)
            put_number(c, col, well->replicate, DLU_STYLE_GENERAL);
        break;
    }
}

static bool has_column(const dlu_map_template *map, column what)
{
    return what == PLATE ? map->n_plates > 1 : what != REPLICATE || map->replicates > 1;
}

static void fill_long(cells *c)
{
    uint32_t col = 0;
    c->row = 1;
    for (int what = WELL; what <= REPLICATE; what++)
        if (has_column(c->map, (column)what))
            put(c, ++col, names[what], DLU_STYLE_HEADER);
    for (size_t p = 0; p < c->map->n_plates; p++)
        for (size_t w = 0; w < c->map->n_wells && !c->failed; w++) {
            c->row++;
            col = 0;
            for (int what = WELL; what <= REPLICATE; what++)
                if (has_column(c->map, (column)what))
                    put_value(c, ++col, (column)what, &c->map->plates[p],
                              &c->map->plates[p].wells[w]);
        }
}

/* "A" .. "Z", "AA" .. "AF": a well's name without its number. */
static const char *row_letters(dlu_arena *arena, uint32_t row)
{
    char name[DLU_WELL_NAME_SIZE];
    dlu_well_name(row << 8, name);
    return dlu_arena_copy_n(arena, name, strcspn(name, "0123456789"));
}

static void fill_block(cells *c, const dlu_plan_plate *plate, column what)
{
    size_t w = 0;
    c->row++;
    put(c, 1, names[what], DLU_STYLE_HEADER);
    for (uint32_t col = 1; col <= c->map->n_cols; col++)
        put_number(c, col + 1, col, DLU_STYLE_HEADER);
    for (uint32_t row = 0; row < c->map->n_rows; row++) {
        c->row++;
        put(c, 1, row_letters(c->arena, row), DLU_STYLE_STRONG);
        for (; w < c->map->n_wells && plate->wells[w].well >> 8 == row; w++)
            put_value(c, (plate->wells[w].well & 0xFF) + 2, what, plate, &plate->wells[w]);
    }
    c->row++;
}

static void fill_grid(cells *c, const dlu_plan_plate *plate)
{
    if (plate->name) {
        c->row++;
        put(c, 1, dlu_arena_printf(c->arena, "plate: %s", plate->name), DLU_STYLE_STRONG);
        c->row++;
    }
    for (int what = ROLE; what <= REPLICATE && !c->failed; what++)
        if (has_column(c->map, (column)what))
            fill_block(c, plate, (column)what);
}

static void write_csv(const cells *c, dlu_buffer *buffer)
{
    char number[DLU_NUMBER_SIZE];
    uint32_t row = 1, col = 1, n_cols = 0;
    for (size_t i = 0; i < c->list.n; i++)
        n_cols = c->list.items[i].col > n_cols ? c->list.items[i].col : n_cols;
    for (size_t i = 0; i < c->list.n && !buffer->failed; i++) {
        const dlu_plain_cell *cell = &c->list.items[i];
        for (; row < cell->row; row++, col = 1) {
            for (; col > 1 && col < n_cols; col++)
                dlu_buffer_add(buffer, ",");
            dlu_buffer_add(buffer, "\n");
        }
        for (; col < cell->col; col++)
            dlu_buffer_add(buffer, ",");
        dlu_csv_field(buffer, cell->text ? cell->text : dlu_text_from_double(cell->number, number));
    }
    for (; col > 1 && col < n_cols; col++)
        dlu_buffer_add(buffer, ",");
    dlu_buffer_add(buffer, "\n");
}

dlu_status dlu_map_template_csv(const dlu_map_template *map, dlu_map_shape shape, dlu_bytes *out,
                                dlu_error *err)
{
    dlu_buffer buffer = {0};
    cells c = {.map = map, .arena = dlu_arena_new()};
    *out = (dlu_bytes){0};
    if (!c.arena)
        return dlu_fail_memory(err);
    if (shape == DLU_MAP_LONG)
        fill_long(&c);
    for (size_t p = 0; shape == DLU_MAP_GRID && p < map->n_plates; p++)
        fill_grid(&c, &map->plates[p]);
    if (c.failed)
        buffer.failed = true;
    else
        write_csv(&c, &buffer);
    dlu_arena_free(c.arena);
    return dlu_bytes_take(&buffer, out, err);
}

/* One sheet for a table, or a sheet a plate. */
static bool make_sheets(const dlu_map_template *map, dlu_map_shape shape, dlu_arena *arena,
                        dlu_plain_sheet *sheets, size_t n)
{
    for (size_t s = 0; s < n; s++) {
        cells c = {.map = map, .arena = arena};
        if (shape == DLU_MAP_LONG)
            fill_long(&c);
        else
            fill_grid(&c, &map->plates[s]);
        if (c.failed)
            return false;
        const char *name = shape == DLU_MAP_GRID ? map->plates[s].name : NULL;
        sheets[s] =
            (dlu_plain_sheet){name ? name : "map", c.list.items, c.list.n, shape == DLU_MAP_LONG};
    }
    return true;
}

dlu_status dlu_map_template_xlsx(const dlu_map_template *map, dlu_map_shape shape, const char *path,
                                 dlu_error *err)
{
    size_t n = shape == DLU_MAP_LONG ? 1 : map->n_plates;
    dlu_arena *arena = dlu_arena_new();
    dlu_plain_sheet *sheets = arena ? dlu_arena_alloc(arena, n, sizeof *sheets) : NULL;
    dlu_status status =
        sheets && make_sheets(map, shape, arena, sheets, n)
            ? dlu_xlsx_cells_write(sheets, n, "Plate map", path, DLU_XLSX_NO_DATE, err)
            : dlu_fail_memory(err);
    dlu_arena_free(arena);
    return status;
}
