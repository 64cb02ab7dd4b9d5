/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/legend.h"

/* A plate as a heat map: light or ratio on a log scale, wells that were flagged or left out marked,
 * and the story of each well where a pointer rests. */

typedef struct grid {
    const char *plate;
    unsigned rows, cols;
    double low, high; /* of ln: ends of the colours */
    double cell;
    bool ratio;
} grid;

/* "B12" to row 1, column 11; false for names of tables without wells. */
static bool place_of(const char *well, unsigned *row, unsigned *col)
{
    unsigned r = 0, c = 0;
    size_t i = 0;
    for (; well[i] >= 'A' && well[i] <= 'Z' && i < 2; i++)
        r = 26 * r + (unsigned)(well[i] - 'A') + 1;
    if (!r)
        return false;
    for (; well[i] >= '0' && well[i] <= '9' && c < 100; i++)
        c = 10 * c + (unsigned)(well[i] - '0');
    *row = r - 1;
    *col = c - 1;
    return c > 0 && !well[i];
}

static bool is_blank(const dlu_well_row *w)
{
    return w->role && !strncmp(w->role, "blank", 5);
}

static double light_of(const dlu_draw *d, const dlu_well_row *w)
{
    double light = d->o->light == DLU_LIGHT_REPORTER  ? w->reporter
                   : d->o->light == DLU_LIGHT_CONTROL ? w->control
                                                      : w->ratio;
    /* the ratio of a blank is noise over noise */
    bool noise =
        d->o->light == DLU_LIGHT_RATIO && (is_blank(w) || !w->construct || !isfinite(w->ln_ratio));
    return light > 0 && !noise ? log(light) : NAN;
}

static bool is_on(const dlu_well_row *w, const char *plate)
{
    return !dlu_text_compare(w->plate, plate);
}

/* The smallest plate that is made and holds all of them. */
static void round_up(grid *g)
{
    static const unsigned shapes[][2] = {{2, 3},  {3, 4},   {4, 6},  {6, 8},
                                         {8, 12}, {16, 24}, {32, 48}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (g->rows <= shapes[i][0] && g->cols <= shapes[i][1]) {
            g->rows = shapes[i][0];
            g->cols = shapes[i][1];
            return;
        }
}

static bool measure(const dlu_draw *d, grid *g)
{
    double low = INFINITY, high = -INFINITY;
    unsigned row, col;
    for (size_t i = 0; i < d->result->n_wells; i++) {
        const dlu_well_row *w = &d->result->wells[i];
        if (!is_on(w, g->plate) || !w->well || !place_of(w->well, &row, &col))
            continue;
        g->rows = row + 1 > g->rows ? row + 1 : g->rows;
        g->cols = col + 1 > g->cols ? col + 1 : g->cols;
        double light = light_of(d, w);
        /* wells that were left out do not stretch the colours */
        if (isfinite(light) && (w->used || !g->ratio)) {
            low = fmin(low, light);
            high = fmax(high, light);
        }
    }
    round_up(g);
    g->low = isfinite(low) ? low : 0;
    g->high = isfinite(high) && high > low ? high : g->low + 1;
    return g->rows > 0;
}

static unsigned mixed(unsigned from, unsigned to, double part)
{
    return (unsigned)lround(from + ((double)to - from) * part);
}

/* From white over a blue of equal steps in lightness; greys where asked for. In 64 steps, so that
 * the last digit of a logarithm changes nothing. */
static const char *colour_of(const dlu_draw *d, const grid *g, double light)
{
    static const unsigned blue[][3] = {
        {247, 251, 255}, {158, 202, 225}, {66, 146, 198}, {8, 69, 148}};
    static const unsigned grey[][3] = {
        {250, 250, 250}, {200, 200, 200}, {140, 140, 140}, {70, 70, 70}};
    const unsigned(*colours)[3] = d->o->palette == DLU_PALETTE_OKABE_ITO ? blue : grey;
    double part = fmin(fmax((light - g->low) / (g->high - g->low), 0), 1);
    part = round(part * 64) / 64 * 3;
    unsigned i = part >= 3 ? 2 : (unsigned)part;
    double rest = part - i;
    return dlu_arena_printf(d->arena, "#%02X%02X%02X",
                            mixed(colours[i][0], colours[i + 1][0], rest),
                            mixed(colours[i][1], colours[i + 1][1], rest),
                            mixed(colours[i][2], colours[i + 1][2], rest));
}

static const char *flags_of(dlu_draw *d, const dlu_well_row *w)
{
    const char *text = "";
    for (unsigned f = 0; f < DLU_FLAG_COUNT && text; f++)
        if (w->flags & 1u << f)
            text = dlu_arena_printf(d->arena, "%s%s%s", text, *text ? ", " : "",
                                    dlu_flag_name((dlu_flag)f));
    return text;
}

static const char *words(dlu_draw *d, const char *text)
{
    const char *name = dlu_fig_name(d->o, text, d->arena);
    return name && *name ? dlu_arena_printf(d->arena, " %s", name) : "";
}

static const char *story(dlu_draw *d, const dlu_well_row *w)
{
    char reporter[DLU_NUMBER_SIZE], control[DLU_NUMBER_SIZE], ratio[DLU_NUMBER_SIZE];
    const char *flags = flags_of(d, w);
    if (!flags)
        return NULL;
    return dlu_arena_printf(
        d->arena, "%s:%s%s%s%s%s; %s %s, %s %s, ratio %s%s%s%s", w->well,
        w->construct ? "" : words(d, w->role), words(d, w->target), words(d, w->construct),
        words(d, w->mirna), words(d, w->treatment), d->result->settings.reporter,
        dlu_text_rounded(w->reporter, 4, reporter), d->result->settings.control,
        dlu_text_rounded(w->control, 4, control), dlu_text_rounded(w->ratio, 3, ratio),
        w->used || !w->construct ? "" : "; left out", *flags ? "; " : "", flags);
}

/* Ratios as folds are written; light in thousands or millions. */
static const char *number_of(dlu_draw *d, const grid *g, double light)
{
    char number[DLU_NUMBER_SIZE];
    double value = exp(light);
    if (!isfinite(light))
        return "";
    if (g->ratio)
        return dlu_arena_copy(d->arena, dlu_text_fold(value, number));
    const char *unit = value >= 999.5e3 ? "M" : value >= 999.5 ? "k" : "";
    dlu_text_rounded(value / (*unit == 'M' ? 1e6 : *unit ? 1e3 : 1), value < 99.5 ? 2 : 3, number);
    return dlu_arena_printf(d->arena, "%s%s", number, unit);
}

static void put_well(dlu_draw *d, dlu_canvas *c, const grid *g, const dlu_well_row *w, double x,
                     double y)
{
    double light = light_of(d, w), side = g->cell - 0.6 * d->t.unit;
    double size = fmin(d->t.small, 0.34 * g->cell);
    bool left_out = !w->used && w->construct;
    dlu_ink ink = {isfinite(light) ? colour_of(d, g, light) : "#FFFFFF", "#BFBFBF", 0.5 * d->t.thin,
                   NULL};
    if (w->flags || left_out)
        ink = (dlu_ink){ink.fill, "#B03A00", 1.6 * d->t.line, NULL};
    dlu_item *cell = dlu_canvas_rect(c, DLU_FIGURE_WELL, x, y, side, side, ink);
    if (cell) {
        cell->title = story(d, w);
        cell->value = isfinite(light) ? exp(light) : NAN;
    }
    if (left_out) {
        dlu_canvas_line(c, DLU_FIGURE_AREA, x, y + side, x + side, y,
                        dlu_ink_line("#B03A00", d->t.thin));
        return;
    }
    const char *text = isfinite(light) ? number_of(d, g, light) : is_blank(w) ? "blank" : "";
    double part = (light - g->low) / (g->high - g->low);
    if (!text || !*text || size < 3.5 ||
        dlu_face_width(&d->face, text, size, false) > side - 0.5 * d->t.unit)
        return;
    dlu_item *label =
        dlu_canvas_text(c, x + side / 2, y + side / 2 + 0.35 * size, DLU_MIDDLE, size, text);
    if (label)
        label->ink.fill = !isfinite(light) ? d->t.grey : part > 0.62 ? "#FFFFFF" : d->t.text;
}

static void put_heads(dlu_draw *d, dlu_canvas *c, const grid *g, double left, double top)
{
    double size = fmin(d->t.size, 0.8 * g->cell);
    for (unsigned k = 0; k < g->cols; k++)
        dlu_canvas_text(c, left + g->cell * (k + 0.5), top - 2 * d->t.unit, DLU_MIDDLE, size,
                        dlu_arena_printf(d->arena, "%u", k + 1));
    for (unsigned r = 0; r < g->rows; r++) {
        const char *name = r < 26 ? dlu_arena_printf(d->arena, "%c", 'A' + (int)r)
                                  : dlu_arena_printf(d->arena, "A%c", 'A' + (int)r - 26);
        dlu_canvas_text(c, left - 3 * d->t.unit, top + g->cell * (r + 0.5) + 0.35 * size, DLU_END,
                        size, name);
    }
}

/* The colours from least to most, with numbers, and what the outlines mean. */
static double put_scale(dlu_draw *d, dlu_canvas *c, const grid *g, double x, double y)
{
    double step = 2.2 * d->t.unit, baseline = y + 0.9 * d->t.size;
    const char *low = number_of(d, g, g->low), *high = number_of(d, g, g->high);
    double at = x;
    dlu_canvas_text(c, at, baseline, DLU_START, d->t.size, low);
    at += (low ? dlu_draw_width(d, low) : 0) + 3 * d->t.unit;
    for (unsigned i = 0; i < 32; i++, at += step)
        dlu_canvas_rect(c, DLU_FIGURE_AREA, at, y, step + 0.05, d->t.size,
                        dlu_ink_fill(colour_of(d, g, g->low + (g->high - g->low) * i / 31)));
    at += 3 * d->t.unit;
    dlu_canvas_text(c, at, baseline, DLU_START, d->t.size, high);
    return 1.3 * d->t.size;
}

static const char *title_of(dlu_draw *d, const grid *g)
{
    const char *shown = d->o->light == DLU_LIGHT_REPORTER  ? d->result->settings.reporter
                        : d->o->light == DLU_LIGHT_CONTROL ? d->result->settings.control
                                                           : "ratio";
    const char *name = dlu_fig_name(d->o, g->plate, d->arena);
    return name ? dlu_arena_printf(d->arena, "%s, %s", name, shown) : NULL;
}

/* "plate-day1" with nothing in it that a path or a system would take otherwise. */
static const char *file_name(dlu_draw *d, const char *plate)
{
    char *name = dlu_arena_printf(d->arena, "plate-%s", plate);
    for (char *c = name; c && *c; c++)
        if ((unsigned char)*c < ' ' || strchr("/\\:*?\"<>|", *c))
            *c = '_';
    return name;
}

/* Names that differ in what is replaced, or in case only, stay apart. */
static const char *unique_name(dlu_draw *d, const dlu_sheets *sheets, const char *plate)
{
    const char *base = file_name(d, plate), *name = base;
    for (unsigned k = 2; name; k++) {
        bool taken = false;
        for (size_t i = 0; i < sheets->n && !taken; i++)
            taken = sheets->items[i].name && dlu_text_same(sheets->items[i].name, name);
        if (!taken)
            return name;
        name = dlu_arena_printf(d->arena, "%s_%u", base, k);
    }
    return NULL;
}

static dlu_status draw_plate(dlu_draw *d, double width, const char *plate, dlu_sheets *sheets)
{
    grid g = {.plate = plate, .ratio = d->o->light == DLU_LIGHT_RATIO};
    if (!measure(d, &g))
        return DLU_OK;
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, unique_name(d, sheets, plate), title_of(d, &g));
    dlu_canvas *c = dlu_sheet_row(d, sheet);
    if (!c)
        return dlu_fail_memory(d->err);
    double head = 1.4 * d->t.size, left = 1.9 * d->t.size, top = 2.9 * d->t.size;
    unsigned row, col;
    g.cell = fmin((width - left) / g.cols, 34 * d->t.unit);
    if (g.cell < 2.5)
        return dlu_draw_too_narrow(d, width, left + 2.5 * g.cols + 8 * d->t.unit, "the wells");
    dlu_item *title = dlu_canvas_text(c, 0, d->t.size, DLU_START, d->t.size, sheet->title);
    if (title)
        title->bold = true;
    top += head - 1.4 * d->t.size;
    put_heads(d, c, &g, left, top);
    dlu_canvas_rect(c, DLU_FIGURE_AREA, left - d->t.unit, top - d->t.unit,
                    g.cell * g.cols + 1.4 * d->t.unit, g.cell * g.rows + 1.4 * d->t.unit,
                    dlu_ink_line("#BFBFBF", d->t.thin));
    for (size_t i = 0; i < d->result->n_wells; i++) {
        const dlu_well_row *w = &d->result->wells[i];
        if (is_on(w, plate) && w->well && place_of(w->well, &row, &col) && row < g.rows &&
            col < g.cols)
            put_well(d, c, &g, w, left + g.cell * col, top + g.cell * row);
    }
    double y = top + g.cell * g.rows + 5 * d->t.unit;
    c->height = y + put_scale(d, c, &g, left, y);
    c->width = left + g.cell * g.cols;
    sheet->legend = dlu_legend_plate(d);
    return DLU_OK;
}

static bool is_new(const dlu_result *r, size_t i)
{
    return i == 0 || dlu_text_compare(r->wells[i - 1].plate, r->wells[i].plate) != 0;
}

/* Whether the plate of this well stood before wells of another one. */
static bool was_met(const dlu_result *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (is_new(r, k) && !dlu_text_compare(r->wells[k].plate, r->wells[i].plate))
            return true;
    return false;
}

#define PLATES_TOLD 8u

static dlu_status fail_no_plate(const dlu_draw *d)
{
    dlu_buffer names = {0};
    size_t n = 0;
    for (size_t i = 0; i < d->result->n_wells; i++) {
        const char *plate = d->result->wells[i].plate;
        if (!plate || !is_new(d->result, i) || was_met(d->result, i))
            continue;
        if (n < PLATES_TOLD)
            dlu_buffer_printf(&names, "%s\"%.60s\"", n ? ", " : "", plate);
        n++;
    }
    dlu_fail(d->err, DLU_E_USAGE, "figure-no-plate", NULL,
             "give one of these names; the sheet QC of the workbook lists them all",
             "expected the name of a plate with wells (%s%s), found \"%s\"",
             names.bytes ? names.bytes : "there is none", n > PLATES_TOLD ? ", ..." : "",
             d->o->plate);
    dlu_buffer_free(&names);
    return DLU_E_USAGE;
}

dlu_status dlu_draw_plates(dlu_draw *d, double width, dlu_sheets *sheets)
{
    size_t before = sheets->n;
    dlu_status status = DLU_OK;
    for (size_t i = 0; i < d->result->n_wells && !status; i++) {
        const char *plate = d->result->wells[i].plate;
        if (!plate || !is_new(d->result, i) || (d->o->plate && strcmp(plate, d->o->plate) != 0) ||
            was_met(d->result, i))
            continue;
        status = draw_plate(d, width, plate, sheets);
    }
    if (!status && sheets->n == before && d->o->plate)
        return fail_no_plate(d);
    if (!status && sheets->n == before)
        return dlu_draw_nothing(d, "plate", "no plate with wells");
    return status;
}
