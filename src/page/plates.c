/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <dualuc/plate.h>

#include "page/page.h"

/*
 * Each plate as it lies on the bench, three times: reporter, control, ratio. A well is a link to
 * its line in the table of wells; its story stands at the ratio, where page.js finds it for all.
 */

#define LEVELS 10

typedef enum light { LIGHT_REPORTER, LIGHT_CONTROL, LIGHT_RATIO, LIGHTS } light;

typedef struct grid {
    const dlu_plate_row *plate;
    const size_t *at; /* row of wells, by row and column; DLU_NO_ROW */
    light of;
    double low, high; /* ln of the light of used wells */
} grid;

static double light_of(const dlu_well_row *well, light of)
{
    return of == LIGHT_REPORTER  ? well->reporter
           : of == LIGHT_CONTROL ? well->control
                                 : well->ratio;
}

/* Colours span the wells that count; blanks and dead wells take the palest. */
static void find_range(dlu_page *p, grid *g)
{
    g->low = INFINITY;
    g->high = -INFINITY;
    for (size_t i = 0; i < g->plate->n_wells; i++) {
        const dlu_well_row *well = &p->result->wells[g->plate->first_well + i];
        double value = light_of(well, g->of);
        if (!well->used || !isfinite(value) || value <= 0)
            continue;
        g->low = fmin(g->low, log(value));
        g->high = fmax(g->high, log(value));
    }
}

static int level_of(const grid *g, double value)
{
    if (value <= 0 || !(g->high >= g->low))
        return 0;
    if (g->high == g->low)
        return LEVELS / 2;
    double at = (log(value) - g->low) / (g->high - g->low);
    return at < 0 ? 0 : at >= 1 ? LEVELS - 1 : (int)(at * LEVELS);
}

static void put_well(dlu_page *p, const grid *g, size_t w)
{
    const dlu_well_row *well = &p->result->wells[w];
    double value = light_of(well, g->of);
    char shown[DLU_PAGE_NUMBER_SIZE], tone[8] = "hn";
    bool told = g->of == LIGHT_RATIO;
    const char *state = !strcmp(dlu_page_use_of(well), "left out") ? " out"
                        : well->flags                              ? " flag"
                                                                   : "";
    if (isfinite(value)) {
        tone[1] = (char)('0' + level_of(g, value));
        dlu_page_form_number(value, told ? DLU_FORM_ROUND : DLU_FORM_LIGHT, shown);
    } else {
        memcpy(shown, "no value", sizeof "no value");
    }
    dlu_page_addf(p, "<td class=\"%s%s\"><a href=\"#w%zu\"", tone, state, w + 1);
    if (told && !p->well_lines)
        dlu_page_addf(p, " id=\"w%zu\"", w + 1);
    if (told) {
        dlu_page_add(p, " data-story=\"");
        dlu_page_story(p, well);
        dlu_page_add(p, "\"");
    }
    dlu_page_add(p, "><span class=\"vh\">");
    dlu_page_text(p, well->well);
    dlu_page_add(p, " ");
    dlu_page_text(p, shown);
    dlu_page_add(p, *state == '\0'    ? "</span></a>"
                    : state[1] == 'o' ? ", left out</span></a>"
                                      : ", flagged</span></a>");
}

static void put_lines(dlu_page *p, const grid *g)
{
    char name[DLU_WELL_NAME_SIZE];
    for (uint32_t r = 0; r < g->plate->n_rows; r++) {
        dlu_well_name((dlu_well)(r << 8), name);
        name[strcspn(name, "0123456789")] = '\0';
        dlu_page_addf(p, "<tr><th scope=\"row\">%s</th>", name);
        for (uint32_t c = 0; c < g->plate->n_cols; c++) {
            size_t w = g->at[(size_t)r * g->plate->n_cols + c];
            if (w == DLU_NO_ROW)
                dlu_page_add(p, "<td>");
            else
                put_well(p, g, w);
        }
        dlu_page_add(p, "\n");
    }
}

static void put_legend(dlu_page *p, const grid *g)
{
    dlu_page_form form = g->of == LIGHT_RATIO ? DLU_FORM_ROUND : DLU_FORM_LIGHT;
    if (!(g->high >= g->low))
        return;
    dlu_page_add(p, "<p class=\"legend\">");
    dlu_page_number(p, exp(g->low), form);
    dlu_page_add(p, " <span class=\"ramp\" aria-hidden=\"true\">");
    for (int i = 0; i < LEVELS; i++)
        dlu_page_addf(p, "<i class=\"h%d\"></i>", i);
    dlu_page_add(p, "</span> ");
    dlu_page_number(p, exp(g->high), form);
    dlu_page_add(p, "</p>\n");
}

static void put_grid(dlu_page *p, grid *g)
{
    const dlu_settings *s = &p->result->settings;
    find_range(p, g);
    dlu_page_add(p, "<div class=\"grid\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                    "aria-label=\"");
    dlu_page_text(p, g->plate->name);
    dlu_page_add(p, g->of == LIGHT_RATIO ? ", ratio\">" : g->of ? ", control\">" : ", reporter\">");
    dlu_page_addf(p, "<table class=\"plate of%u\"><caption>",
                  g->plate->n_cols <= 12   ? 96u
                  : g->plate->n_cols <= 24 ? 384u
                                           : 1536u);
    if (g->of == LIGHT_RATIO) {
        dlu_page_add(p, "Ratio");
    } else {
        dlu_page_add(p, g->of ? "Control: " : "Reporter: ");
        dlu_page_text(p, g->of ? s->control : s->reporter);
    }
    dlu_page_add(p, "</caption>\n<thead><tr><td></td>");
    for (uint32_t c = 1; c <= g->plate->n_cols; c++)
        dlu_page_addf(p, "<th scope=\"col\">%u</th>", (unsigned)c);
    dlu_page_add(p, "</tr></thead>\n<tbody>\n");
    put_lines(p, g);
    dlu_page_add(p, "</tbody></table></div>\n");
    put_legend(p, g);
    dlu_page_add(p, "</div>\n");
}

static size_t *wells_at(dlu_page *p, const dlu_plate_row *plate)
{
    size_t n = (size_t)plate->n_rows * plate->n_cols;
    size_t *at = dlu_arena_alloc(p->arena, n, sizeof *at);
    for (size_t i = 0; at && i < n; i++)
        at[i] = DLU_NO_ROW;
    for (size_t i = 0; at && i < plate->n_wells; i++) {
        size_t w = plate->first_well + i;
        dlu_well well;
        if (!dlu_well_parse(p->result->wells[w].well, &well))
            continue;
        uint32_t r = well >> 8, c = well & 0xFF;
        if (r < plate->n_rows && c < plate->n_cols)
            at[(size_t)r * plate->n_cols + c] = w;
    }
    return at;
}

static void put_plate(dlu_page *p, const dlu_plate_row *plate, bool open)
{
    grid g = {.plate = plate, .at = wells_at(p, plate)};
    if (!g.at)
        return;
    dlu_page_addf(p, "<details class=\"of-plate\"%s><summary><h3>", open ? " open" : "");
    dlu_page_name(p, plate->name);
    dlu_page_addf(p, "</h3> <span class=\"agent\">%zu wells; ", plate->n_wells);
    if (plate->blank_role) {
        dlu_page_add(p, "blank: ");
        dlu_page_number(p, plate->blank_reporter, DLU_FORM_LIGHT);
        dlu_page_add(p, ", ");
        dlu_page_number(p, plate->blank_control, DLU_FORM_LIGHT);
    } else {
        dlu_page_add(p, "no blank wells");
    }
    dlu_page_add(p, "</span></summary>\n<div class=\"grids\">\n");
    for (unsigned of = p->well_lines ? LIGHT_REPORTER : LIGHT_RATIO; of < LIGHTS; of++) {
        g.of = (light)of;
        put_grid(p, &g);
    }
    dlu_page_add(p, "</div></details>\n");
}

static size_t count_drawn(const dlu_page *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->result->n_plates; i++)
        n += p->result->plates[i].n_rows && p->result->plates[i].n_cols;
    return n;
}

bool dlu_page_has_plates(const dlu_page *p)
{
    return count_drawn(p) > 0;
}

void dlu_page_plates(dlu_page *p)
{
    const dlu_result *result = p->result;
    size_t grids = count_drawn(p);
    if (!grids)
        return;
    dlu_page_add(p, "<section id=\"plates\" aria-labelledby=\"h-plates\">\n"
                    "<h2 id=\"h-plates\">Plates</h2>\n<p>Darker is more light, on a logarithmic "
                    "scale from the least to the most of the wells that were used, each drawing by "
                    "itself. A corner marks a flagged well, a stroke one that was left out. ");
    dlu_page_add(p, p->well_lines
                        ? "Point at a well, or move to it with the arrow keys, for its story; "
                          "follow it to its line in <a href=\"#wells\">Wells</a>.</p>\n"
                        : "With so many wells, the ratios only. Point at one, or move to it with "
                          "the arrow keys, for its story.</p>\n");
    for (size_t i = 0; i < result->n_plates; i++)
        if (result->plates[i].n_rows && result->plates[i].n_cols)
            put_plate(p, &result->plates[i], grids <= 3);
    dlu_page_add(p, "</section>\n");
}
