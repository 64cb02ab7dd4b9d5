/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/history.h>

#include <math.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/svg.h"

/* A control over runs: lines at the mean and at 1 to 3 SD, a point a run, broken rules by name. */

#define LEFT   52.0
#define RIGHT  48.0
#define TOP    24.0
#define BOTTOM 24.0
#define PLOT   150.0
#define STEP   14.0 /* from run to run */
#define LEAST  180.0
#define BEYOND 4.0 /* SD; what lies farther stands at the edge */
#define MARKS  7

typedef struct chart {
    const dlu_levey_jennings *of;
    dlu_canvas *c;
    dlu_theme t;
    dlu_arena *arena;
    double width; /* of the plot */
} chart;

static double x_of(const chart *c, size_t run)
{
    return LEFT + (c->of->n > 1 ? c->width * (double)run / (double)(c->of->n - 1) : c->width / 2);
}

static double y_of(double z)
{
    double inside = fmax(-BEYOND, fmin(BEYOND, z));
    return TOP + PLOT * (BEYOND - inside) / (2 * BEYOND);
}

static void draw_lines(chart *c)
{
    char number[DLU_NUMBER_SIZE];
    dlu_canvas_group(c->c, "limits");
    for (int i = 0; i < MARKS; i++) {
        int sd = i - 3;
        double y = y_of(sd);
        dlu_ink ink = dlu_ink_line(sd == 3 || sd == -3 ? "#C00000" : c->t.grey, c->t.thin);
        ink.dash = sd ? "3 2" : NULL;
        dlu_canvas_line(c->c, DLU_FIGURE_LINE, LEFT - 4, y, LEFT + c->width + 4, y, ink);
        const char *name = sd ? dlu_arena_printf(c->arena, "%+d SD", sd) : "mean";
        dlu_canvas_text(c->c, LEFT - 8, y + 0.35 * c->t.small, DLU_END, c->t.small, name);
        dlu_canvas_text(c->c, LEFT + c->width + 8, y + 0.35 * c->t.small, DLU_START, c->t.small,
                        dlu_arena_copy(c->arena, dlu_text_rounded(c->of->marks[i], 3, number)));
    }
    dlu_canvas_end(c->c);
}

static const char *rules_of(const chart *c, uint32_t rules)
{
    const char *text = "";
    for (unsigned r = 0; r < DLU_WESTGARD_COUNT && text; r++)
        if (rules & (UINT32_C(1) << r))
            text = dlu_arena_printf(c->arena, "%s%s%s", text, *text ? ", " : "",
                                    dlu_westgard_name((dlu_westgard_rule)r));
    return text;
}

static void draw_point(chart *c, size_t run)
{
    double z = c->of->z[run], x = x_of(c, run), y = y_of(z);
    uint32_t rules = c->of->rules[run];
    bool warned = rules == UINT32_C(1) << DLU_WESTGARD_1_2S;
    const char *colour = !rules ? c->t.text : warned ? "#E69F00" : "#C00000";
    dlu_shape shape = rules && !warned ? DLU_SHAPE_DIAMOND : DLU_SHAPE_CIRCLE;
    dlu_item *item = dlu_canvas_shape(c->c, shape, x, y, rules ? 3 : 2, dlu_ink_fill(colour));
    if (item) {
        item->value = z;
        item->title =
            dlu_arena_printf(c->arena, "%s: %.2f SD %s", c->of->names[run], z, rules_of(c, rules));
    }
    if (rules && !warned)
        dlu_canvas_text(c->c, x, z > 0 ? y - 6 : y + 6 + c->t.small, DLU_MIDDLE, c->t.small,
                        rules_of(c, rules));
}

static void draw_runs(chart *c)
{
    size_t before = c->of->n, every = c->of->n > 20 ? (c->of->n + 19) / 20 : 1;
    dlu_canvas_group(c->c, "runs");
    for (size_t i = 0; i < c->of->n; i++) {
        if (!isfinite(c->of->z[i]))
            continue;
        if (before < c->of->n)
            dlu_canvas_line(c->c, DLU_FIGURE_LINE, x_of(c, before), y_of(c->of->z[before]),
                            x_of(c, i), y_of(c->of->z[i]), dlu_ink_line(c->t.grey, c->t.line));
        before = i;
    }
    for (size_t i = 0; i < c->of->n; i++) {
        if (isfinite(c->of->z[i]))
            draw_point(c, i);
        if (i % every == 0)
            dlu_canvas_text(c->c, x_of(c, i), TOP + PLOT + 6 + c->t.small, DLU_MIDDLE, c->t.small,
                            dlu_arena_printf(c->arena, "%zu", i + 1));
    }
    dlu_canvas_end(c->c);
}

static bool draw(chart *c)
{
    double wanted = STEP * (double)(c->of->n > 1 ? c->of->n - 1 : 0);
    c->width = fmax(LEAST, wanted);
    c->c->width = LEFT + c->width + RIGHT;
    c->c->height = TOP + PLOT + BOTTOM;
    dlu_item *title = dlu_canvas_text(c->c, 8, 6 + c->t.size, DLU_START, c->t.size, c->of->title);
    if (title)
        title->bold = true;
    draw_lines(c);
    draw_runs(c);
    return !dlu_arena_failed(c->arena);
}

dlu_status dlu_levey_jennings_svg(const dlu_levey_jennings *of, dlu_bytes *out, dlu_error *err)
{
    dlu_figure_options options;
    dlu_buffer svg = {0};
    dlu_figure_defaults(&options);
    chart c = {.of = of, .arena = dlu_arena_new()};
    dlu_face face = dlu_face_of(&options);
    *out = (dlu_bytes){0};
    c.c = c.arena ? dlu_canvas_new(c.arena, &face) : NULL;
    bool good = c.c && dlu_theme_of(&options, c.arena, &c.t) && draw(&c);
    if (good)
        dlu_svg_write(&svg, c.c, &c.t, of->title,
                      "Levey-Jennings chart: the control of each run in standard deviations of the "
                      "baseline.");
    good = good && !svg.failed && !dlu_arena_failed(c.arena);
    dlu_arena_free(c.arena);
    if (!good) {
        dlu_buffer_free(&svg);
        return dlu_fail_memory(err);
    }
    *out = (dlu_bytes){svg.bytes, svg.n};
    return DLU_OK;
}
