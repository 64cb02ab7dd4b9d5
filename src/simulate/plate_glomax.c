/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/say.h"
#include "report/xlsx_cells.h"
#include "simulate/simulation.h"

/* A plate as a GloMax Navigator with two injectors exports it: three sheets. */

#define PROTOCOL    "Dual Luciferase Reporter Assay System (synthetic data made by dualuc simulate)"
#define MAX_CELLS   20000u
#define READ_AT     (10 * 3600 + 12 * 60 + 36) /* seconds of the day */
#define FIRST_BLOCK 20u                        /* rows of the two "Reading:" headers */
#define GRID_COL    5u

enum { COL_A = 1, COL_B, COL_C, COL_D, COL_E, COL_F };

typedef struct cells {
    DLU_VEC(dlu_plain_cell) list;
    dlu_arena *arena;
    bool failed;
} cells;

static void add(cells *to, dlu_plain_cell cell)
{
    dlu_plain_cell *slot = DLU_VEC_ADD(to->arena, &to->list, MAX_CELLS);
    if (slot)
        *slot = cell;
    else
        to->failed = true;
}

static void add_text(cells *to, uint32_t row, uint32_t col, const char *text)
{
    if (!text)
        to->failed = true;
    add(to, (dlu_plain_cell){.row = row, .col = col, .text = text ? text : ""});
}

static void add_number(cells *to, uint32_t row, uint32_t col, double number, dlu_xlsx_style style)
{
    add(to, (dlu_plain_cell){.row = row, .col = col, .number = number, .style = style});
}

static void add_key(cells *to, uint32_t row, const char *key, double number)
{
    add_text(to, row, COL_B, key);
    add_number(to, row, COL_D, number, DLU_STYLE_GENERAL);
}

static void add_instrument(cells *to, const dlu_simulation *s, const dlu_sim_plate *plate)
{
    static const struct {
        uint32_t row, col;
        const char *key, *value;
    } lines[] = {{7, COL_A, "Executed by:", "dualuc simulate"},
                 {10, COL_A, "Instrument:", "GloMax\xC2\xAE Navigator"},
                 {11, COL_B, "Instrument Name:", "SimulatedInstrument"},
                 {12, COL_B, "Serial Number:", "0000000000 (synthetic)"},
                 {13, COL_B, "Firmware Ver:", "4.88.0"},
                 {14, COL_B, "Software Ver:", "3.0.0"},
                 {18, COL_A, "Parameters:", NULL}};
    add_text(to, 2, COL_D, PROTOCOL);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        add_text(to, lines[i].row, lines[i].col, lines[i].key);
        if (lines[i].value)
            add_text(to, lines[i].row, COL_D, lines[i].value);
    }
    add_text(to, 8, COL_B, "Execution Date:");
    add_number(to, 8, COL_D, dlu_xlsx_day(plate->day) + READ_AT / 86400.0, DLU_STYLE_DATE_TIME);
    add_text(to, 19, COL_B, "Plate Type:");
    add_text(to, 19, COL_D, dlu_arena_printf(to->arena, "%u well", s->options.wells));
}

static void add_title(cells *to, const dlu_sim_plate *plate)
{
    char *date = dlu_sim_date(plate->day, to->arena);
    for (char *c = date; c && *c; c++)
        if (*c == '-')
            *c = '.';
    add_text(to, 2, COL_D, "Protocol: " PROTOCOL);
    add_text(to, 3, COL_D,
             date ? dlu_arena_printf(to->arena, "Result: " PROTOCOL " %s 10:12:36", date) : NULL);
}

static void add_grid(cells *to, const dlu_simulation *s, const dlu_sim_plate *plate,
                     uint32_t header, bool renilla)
{
    add_key(to, header, "Reading:", 1);
    for (unsigned c = 0; c < s->n_cols; c++)
        add_number(to, header, GRID_COL + 1 + c, c + 1, DLU_STYLE_GENERAL);
    for (unsigned r = 0; r < s->n_rows; r++)
        add_text(to, header + 1 + r, GRID_COL, dlu_arena_printf(to->arena, "%c", 'A' + (int)r));
    for (size_t w = 0; w < plate->n_wells; w++) {
        const dlu_sim_well *well = &plate->wells[w];
        add_number(to, header + 1 + (well->well >> 8), GRID_COL + 1 + (well->well & 0xFF),
                   renilla ? well->renilla : well->firefly, DLU_STYLE_SCIENTIFIC);
    }
}

/* Inject, wait, read: `header` is the row of the grid's column numbers. */
static void add_step(cells *to, const dlu_simulation *s, const dlu_sim_plate *plate,
                     uint32_t header, bool renilla)
{
    add_text(to, header - 11, COL_A, "Injection, Kinetics");
    add_key(to, header - 10, "Injector:", renilla ? 2 : 1);
    add_key(to, header - 9, "Volume (uL):", 50);
    add_key(to, header - 8, "Speed (uL/s):", 200);
    add_text(to, header - 6, COL_A, "Wait, Kinetics");
    add_text(to, header - 5, COL_B, "Duration:");
    add_number(to, header - 5, COL_D, 2 / 86400.0, DLU_STYLE_DURATION);
    add_text(to, header - 3, COL_A, "Luminescence, Kinetics");
    add_text(to, header - 2, COL_B, "Emission Filter:");
    add_text(to, header - 2, COL_D, "None");
    add_key(to, header - 1, "Integration Time(s):", 10);
    add_grid(to, s, plate, header, renilla);
}

static void add_results(cells *to, const dlu_simulation *s, const dlu_sim_plate *plate)
{
    add_title(to, plate);
    add_text(to, 7, COL_A, "Kinetics");
    add_step(to, s, plate, FIRST_BLOCK, false);
    add_step(to, s, plate, FIRST_BLOCK + s->n_rows + 13, true);
}

static void add_list(cells *to, const dlu_sim_plate *plate)
{
    uint32_t row = 7;
    add_title(to, plate);
    for (size_t w = 0; w < plate->n_wells; w++, row += 4) {
        const dlu_sim_well *well = &plate->wells[w];
        add_text(to, row, COL_A,
                 dlu_arena_printf(to->arena, "%c:%u", 'A' + (int)(well->well >> 8),
                                  (unsigned)(well->well & 0xFF) + 1));
        add_text(to, row, COL_D, "n");
        add_text(to, row, COL_E, "t(sec)");
        add_text(to, row, COL_F, "value");
        for (uint32_t n = 1; n <= 2; n++) {
            add_text(to, row + n, COL_B, "Luminescence");
            add_number(to, row + n, COL_D, n, DLU_STYLE_COUNT);
            add_number(to, row + n, COL_E, n == 1 ? 0 : well->seconds, DLU_STYLE_LN);
            add_number(to, row + n, COL_F, n == 1 ? well->firefly : well->renilla,
                       DLU_STYLE_SCIENTIFIC);
        }
    }
}

static dlu_status write(const dlu_simulation *s, const dlu_sim_plate *plate, dlu_arena *arena,
                        const char *path, dlu_error *err)
{
    cells about = {.arena = arena}, results = {.arena = arena}, list = {.arena = arena};
    add_instrument(&about, s, plate);
    add_results(&results, s, plate);
    add_list(&list, plate);
    if (about.failed || results.failed || list.failed)
        return dlu_fail_memory(err);
    const dlu_plain_sheet sheets[] = {
        {"Dual Luciferase Reporter Assa..", about.list.items, about.list.n, false},
        {"Results", results.list.items, results.list.n, false},
        {"Results By Well", list.list.items, list.list.n, false}};
    return dlu_xlsx_cells_write(sheets, 3, PROTOCOL, path, plate->day * 86400 + READ_AT, err);
}

dlu_status dlu_simulation_plate_xlsx(const dlu_simulation *s, unsigned i, const char *path,
                                     dlu_error *err)
{
    const dlu_sim_plate *plate = dlu_sim_plate_at(s, i, err);
    if (!plate)
        return DLU_E_USAGE;
    dlu_arena *arena = dlu_arena_new();
    dlu_status status = arena ? write(s, plate, arena, path, err) : dlu_fail_memory(err);
    dlu_arena_free(arena);
    return status;
}
