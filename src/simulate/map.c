/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulation.h"

#include "base/say.h"
#include "report/bytes.h"
#include "report/csv.h"
#include "report/xlsx_cells.h"

/* The plate map as somebody at the bench would write it: a row a well that was filled. */

enum { WELL, PLATE, ROLE, TARGET, CONSTRUCT, TREATMENT, MIRNA, LAST, COLUMNS };

typedef struct line {
    const char *texts[COLUMNS];
    int64_t day;
} line;

typedef struct map {
    line *lines; /* the first is the header */
    size_t n;
} map;

/* Several plates are days; the wells of a single one are transfections of their own. */
static bool has_days(const dlu_simulation *s)
{
    return s->options.blocks > 1;
}

static line header(const dlu_simulation *s)
{
    return (line){.texts = {"well", "plate", "role", "target", "construct", "treatment", "mirna",
                            has_days(s) ? "day" : "replicate"}};
}

static void describe(line *out, const dlu_sim_arm *arm)
{
    static const char *const constructs[] = {"WT", "MUT", "EV"};
    out->texts[ROLE] = arm ? "sample" : "blank";
    if (!arm)
        return;
    out->texts[TARGET] = arm->target ? arm->target->name : "";
    out->texts[CONSTRUCT] = constructs[arm->construct];
    out->texts[TREATMENT] = arm->mimic ? "mimic" : "scramble";
    out->texts[MIRNA] = arm->mimic ? DLU_SIM_MIRNA : "";
}

static bool add_line(const dlu_simulation *s, const dlu_sim_plate *plate, const char *date,
                     const dlu_sim_well *well, dlu_arena *arena, line *out)
{
    char name[DLU_WELL_NAME_SIZE];
    for (size_t c = 0; c < COLUMNS; c++)
        out->texts[c] = "";
    out->texts[WELL] = dlu_arena_copy(arena, dlu_well_name(well->well, name));
    out->texts[PLATE] = plate->name;
    out->day = plate->day;
    describe(out, well->arm);
    if (has_days(s))
        out->texts[LAST] = date;
    else if (well->arm)
        out->texts[LAST] = dlu_arena_printf(arena, "%u", well->replicate);
    return out->texts[WELL] && out->texts[LAST];
}

static bool make(const dlu_simulation *s, dlu_arena *arena, map *out)
{
    size_t n = 1;
    for (unsigned i = 0; i < s->options.blocks; i++)
        n += s->plates[i].n_wells;
    out->lines = dlu_arena_alloc(arena, n, sizeof *out->lines);
    if (!out->lines)
        return false;
    out->lines[out->n++] = header(s);
    for (unsigned i = 0; i < s->options.blocks; i++) {
        const dlu_sim_plate *plate = &s->plates[i];
        const char *date = dlu_sim_date(plate->day, arena);
        if (!date)
            return false;
        for (size_t w = 0; w < plate->n_wells; w++)
            if (!plate->wells[w].unmapped &&
                !add_line(s, plate, date, &plate->wells[w], arena, &out->lines[out->n++]))
                return false;
    }
    return true;
}

dlu_status dlu_simulation_map_csv(const dlu_simulation *s, dlu_bytes *out, dlu_error *err)
{
    map m = {0};
    dlu_buffer buffer = {0};
    dlu_arena *arena = dlu_arena_new();
    if (!arena || !make(s, arena, &m))
        buffer.failed = true;
    for (size_t i = 0; !buffer.failed && i < m.n; i++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            dlu_buffer_add(&buffer, c ? "," : "");
            dlu_csv_field(&buffer, m.lines[i].texts[c]);
        }
        dlu_buffer_add(&buffer, "\n");
    }
    dlu_arena_free(arena);
    return dlu_bytes_take(&buffer, out, err);
}

/* Days stand in a spreadsheet as dates and replicates as numbers, as they do when typed in. */
static dlu_plain_cell typed(const dlu_simulation *s, int64_t day, const char *text)
{
    double number;
    if (has_days(s))
        return (dlu_plain_cell){.number = dlu_xlsx_day(day), .style = DLU_STYLE_DATE};
    if (dlu_text_number(text, '.', &number))
        return (dlu_plain_cell){.number = number, .style = DLU_STYLE_GENERAL};
    return (dlu_plain_cell){.text = ""};
}

static dlu_plain_cell *make_cells(const dlu_simulation *s, const map *m, dlu_arena *arena)
{
    size_t n = 0;
    dlu_plain_cell *cells = dlu_arena_alloc(arena, m->n * COLUMNS, sizeof *cells);
    if (!cells)
        return NULL;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            const char *text = m->lines[i].texts[c];
            dlu_plain_cell cell = {.text = text, .style = i ? DLU_STYLE_TEXT : DLU_STYLE_HEADER};
            if (i && c == LAST)
                cell = typed(s, m->lines[i].day, text);
            cell.row = (uint32_t)i + 1;
            cell.col = (uint32_t)c + 1;
            cells[n++] = cell;
        }
    }
    return cells;
}

dlu_status dlu_simulation_map_xlsx(const dlu_simulation *s, const char *path, dlu_error *err)
{
    map m = {0};
    dlu_status status;
    dlu_arena *arena = dlu_arena_new();
    dlu_plain_cell *cells = arena && make(s, arena, &m) ? make_cells(s, &m, arena) : NULL;
    if (cells) {
        dlu_plain_sheet sheet = {"map", cells, m.n * COLUMNS, true};
        status = dlu_xlsx_cells_write(&sheet, 1, "Plate map", path,
                                      s->plates[s->options.blocks - 1].day * 86400, err);
    } else {
        status = dlu_fail_memory(err);
    }
    dlu_arena_free(arena);
    return status;
}
