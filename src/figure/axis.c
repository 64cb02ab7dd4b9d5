/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/axis.h"

#include <math.h>

#include "base/text.h"

dlu_range dlu_range_new(void)
{
    return (dlu_range){INFINITY, -INFINITY, INFINITY, -INFINITY};
}

void dlu_range_mark(dlu_range *r, double value)
{
    if (!isfinite(value))
        return;
    r->low = fmin(r->low, value);
    r->high = fmax(r->high, value);
}

void dlu_range_interval(dlu_range *r, double low, double high)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    r->interval_low = fmin(r->interval_low, low);
    r->interval_high = fmax(r->interval_high, high);
}

/* 1, 2 or 5 times a power of ten, so that there are not more steps than that. */
static double step_of(double span, double most, int *decimals)
{
    double step = 1e-12;
    int power = -12;
    static const double factors[] = {1, 2, 5};
    for (; power < 300; power++) {
        double ten = pow(10, power);
        for (unsigned i = 0; i < 3; i++) {
            step = factors[i] * ten;
            if (span / step <= most + 0.0001) {
                *decimals = power < 0 ? -power : 0;
                return step;
            }
        }
    }
    return step;
}

static void tick_linear(dlu_axis *a, bool zero)
{
    double most = fmin(fmax(fabs(a->from - a->to) / 15, 2), 6);
    double span = a->high - (zero ? 0 : a->low);
    double step = step_of(span > 0 ? span : 1, most, &a->decimals);
    double first = zero ? 0 : floor(a->low / step + 1e-9), last = ceil(a->high / step - 1e-9);
    last = last <= first ? first + 1 : last;
    for (double k = first; k <= last && a->n_ticks < DLU_AXIS_TICKS; k++)
        a->ticks[a->n_ticks++] = k * step;
    a->low = first * step;
    a->high = last * step;
}

static void tick_log2(dlu_axis *a)
{
    double first = floor(log2(a->low) + 1e-9), last = ceil(log2(a->high) - 1e-9);
    first = fmin(first, -1);
    last = fmax(last, first + 2);
    double step = fmax(1, ceil((last - first) / 8));
    /* 1 is always among the ticks */
    first = -step * ceil(-first / step);
    last = step * ceil(last / step);
    for (double k = first; k <= last && a->n_ticks < DLU_AXIS_TICKS; k += step)
        a->ticks[a->n_ticks++] = exp2(k);
    a->low = exp2(first);
    a->high = exp2(last);
}

dlu_axis dlu_axis_of(const dlu_range *r, bool octaves, bool zero, double from, double to)
{
    dlu_axis a = {.log2 = octaves, .from = from, .to = to};
    double low = isfinite(r->low) ? r->low : 1, high = isfinite(r->high) ? r->high : 1;
    if (octaves) {
        double least = low / 4, most = high * 4;
        low = isfinite(r->interval_low) ? fmin(low, fmax(r->interval_low, least)) : low;
        high = isfinite(r->interval_high) ? fmax(high, fmin(r->interval_high, most)) : high;
    } else {
        high = isfinite(r->interval_high)
                   ? fmax(high, r->interval_high > 3 * high ? 2 * high : r->interval_high)
                   : high;
        low = isfinite(r->interval_low) ? fmin(low, r->interval_low) : low;
    }
    a.low = low;
    a.high = high;
    if (octaves)
        tick_log2(&a);
    else
        tick_linear(&a, zero);
    return a;
}

/* The next of 1, 2 and 5 times a power of ten; down: at or under the value, else at or over it. */
static double round_number(double value, bool down)
{
    static const double factors[] = {1, 2, 5, 10};
    double ten = pow(10, floor(log10(value) + 1e-9));
    for (unsigned i = 0; i < 4; i++) {
        if (!down && factors[i] * ten >= value * (1 - 1e-9))
            return factors[i] * ten;
        if (down && (i == 3 || factors[i + 1] * ten > value * (1 + 1e-9)))
            return factors[i] * ten;
    }
    return 10 * ten;
}

dlu_axis dlu_axis_decades(double low, double high, double from, double to)
{
    dlu_axis a = {.log2 = true, .from = from, .to = to};
    a.low = round_number(low, true);
    a.high = fmax(round_number(high, false), 2 * a.low);
    bool fine = a.high / a.low < 150;
    for (double ten = pow(10, floor(log10(a.low) + 1e-9)); ten <= a.high * 1.001; ten *= 10)
        for (unsigned i = 0; i < (fine ? 3 : 1); i++) {
            double tick = ten * (i == 2 ? 5 : i + 1);
            if (tick >= a.low * 0.999 && tick <= a.high * 1.001 && a.n_ticks < DLU_AXIS_TICKS)
                a.ticks[a.n_ticks++] = tick;
        }
    return a;
}

double dlu_axis_at(const dlu_axis *a, double value)
{
    double part = a->log2 ? log(value / a->low) / log(a->high / a->low)
                          : (value - a->low) / (a->high - a->low);
    return a->from + (a->to - a->from) * part;
}

double dlu_axis_cut(const dlu_axis *a, double value)
{
    return dlu_axis_at(a, fmin(fmax(value, a->low), a->high));
}

const char *dlu_axis_label(const dlu_axis *a, double tick, dlu_arena *arena)
{
    char number[DLU_NUMBER_SIZE];
    if (tick >= 999.5) {
        bool millions = tick >= 999.5e3;
        return dlu_arena_printf(arena, "%s%s",
                                dlu_text_from_double(tick / (millions ? 1e6 : 1e3), number),
                                millions ? "M" : "k");
    }
    if (a->log2 && tick < 0.1)
        return dlu_arena_copy(arena, dlu_text_rounded(tick, 2, number));
    if (a->log2 || a->decimals == 0)
        return dlu_arena_copy(arena, dlu_text_from_double(tick, number));
    if (tick == 0)
        return "0";
    double ten = pow(10, a->decimals), whole = round(tick * ten);
    bool minus = whole < 0;
    whole = fabs(whole);
    double units = floor(whole / ten);
    return dlu_arena_printf(arena, "%s%.0f.%0*.0f", minus ? "\xE2\x88\x92" : "", units, a->decimals,
                            whole - units * ten);
}

double dlu_axis_room(dlu_draw *d, const dlu_axis *a, const char *title)
{
    double widest = 0;
    for (size_t i = 0; i < a->n_ticks; i++) {
        const char *label = dlu_axis_label(a, a->ticks[i], d->arena);
        widest = fmax(widest, label ? dlu_draw_width(d, label) : 0);
    }
    return widest + d->t.tick + 2 * d->t.unit + (title ? 1.35 * d->t.size : 0) + 2 * d->t.unit;
}

void dlu_axis_draw_left(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double x, const char *title)
{
    const dlu_theme *t = &d->t;
    dlu_ink ink = dlu_ink_line(t->text, t->line);
    double widest = 0;
    dlu_canvas_line(c, DLU_FIGURE_LINE, x, a->from + t->line / 2, x, a->to - t->line / 2, ink);
    for (size_t i = 0; i < a->n_ticks; i++) {
        double y = dlu_axis_at(a, a->ticks[i]);
        const char *label = dlu_axis_label(a, a->ticks[i], d->arena);
        dlu_canvas_line(c, DLU_FIGURE_LINE, x - t->tick, y, x, y, ink);
        dlu_canvas_text(c, x - t->tick - 2 * t->unit, y + 0.35 * t->size, DLU_END, t->size, label);
        widest = fmax(widest, label ? dlu_draw_width(d, label) : 0);
    }
    if (!title)
        return;
    dlu_item *text = dlu_canvas_text(c, x - t->tick - 4 * t->unit - widest - DLU_DESCENT * t->size,
                                     (a->from + a->to) / 2, DLU_MIDDLE, t->size, title);
    if (text) {
        text->turned = true;
        text->bold = t->bold;
    }
}

double dlu_axis_draw_below(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double y,
                           const char *title)
{
    const dlu_theme *t = &d->t;
    dlu_ink ink = dlu_ink_line(t->text, t->line);
    double baseline = y + t->tick + 1.5 * t->unit + DLU_ASCENT * t->size, last = -INFINITY;
    dlu_canvas_line(c, DLU_FIGURE_LINE, a->from - t->line / 2, y, a->to + t->line / 2, y, ink);
    for (size_t i = 0; i < a->n_ticks; i++) {
        double x = dlu_axis_at(a, a->ticks[i]);
        const char *label = dlu_axis_label(a, a->ticks[i], d->arena);
        double half = label ? dlu_draw_width(d, label) / 2 : 0;
        dlu_canvas_line(c, DLU_FIGURE_LINE, x, y, x, y + t->tick, ink);
        if (x - half < last + 3 * t->unit)
            continue;
        dlu_canvas_text(c, x, baseline, DLU_MIDDLE, t->size, label);
        last = x + half;
    }
    if (!title)
        return baseline - y + DLU_DESCENT * t->size;
    dlu_item *text = dlu_canvas_text(c, (a->from + a->to) / 2, baseline + 1.35 * t->size,
                                     DLU_MIDDLE, t->size, title);
    if (text)
        text->bold = t->bold;
    return baseline - y + (1.35 + DLU_DESCENT) * t->size;
}

/* A point across and along, for intervals that stand and those that lie. */
static void go(dlu_item *path, bool upright, double across, double along, bool lift)
{
    dlu_path_to(path, upright ? across : along, upright ? along : across, lift);
}

static void put_end(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double across, double value,
                    double cap, dlu_ink ink, bool upright)
{
    bool beyond = value > a->high * (1 + 1e-9) || value < a->low - 1e-9 * fabs(a->low);
    double at = dlu_axis_cut(a, value);
    /* backwards from the end of the axis */
    double inside = (value > a->high ? a->from - a->to : a->to - a->from) > 0 ? 1 : -1;
    dlu_item *path = dlu_canvas_line(c, beyond ? DLU_FIGURE_LINE : DLU_FIGURE_INTERVAL,
                                     upright ? across - cap : at, upright ? at : across - cap,
                                     upright ? across + cap : at, upright ? at : across + cap, ink);
    if (!beyond || !path)
        return;
    double back = inside * 2 * d->t.unit;
    path->n = 0;
    go(path, upright, across - 0.8 * cap, at + back, true);
    go(path, upright, across, at, false);
    go(path, upright, across + 0.8 * cap, at + back, false);
}

void dlu_axis_interval(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double across, double low,
                       double high, double cap, dlu_ink ink, bool upright)
{
    if (!isfinite(low) || !isfinite(high))
        return;
    double from = dlu_axis_cut(a, low), to = dlu_axis_cut(a, high);
    dlu_item *line =
        dlu_canvas_line(c, DLU_FIGURE_INTERVAL, upright ? across : from, upright ? from : across,
                        upright ? across : to, upright ? to : across, ink);
    (void)line;
    if (cap > 0) {
        put_end(d, c, a, across, low, cap, ink, upright);
        put_end(d, c, a, across, high, cap, ink, upright);
    }
}
