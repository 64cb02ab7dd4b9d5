/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/say.h"
#include "base/text.h"
#include "figure/legend.h"

/* A line a verdict: the folds of WT and mutant and what the site makes of them, and the verdict. */

typedef struct line {
    const dlu_fig_pair *pair;
    const dlu_verdict_row *v;
    size_t hue; /* of the mutant */
    dlu_lines name, words;
    const char *fold, *p;
    double height;
} line;

/* Columns from left to right; those without room are 0 wide. */
typedef struct columns {
    double name, left, right, fold, p, words; /* name and words: widths; left, right: of the plot */
    double gap, width;
    dlu_axis axis;
} columns;

static const char *const verdict_words[DLU_VERDICT_COUNT] = {
    [DLU_INVALID_QC] = "quality failed",
    [DLU_NO_MUTANT] = "no mutant",
    [DLU_INSUFFICIENT_REPLICATION] = "too few replicates",
    [DLU_NOT_TESTABLE] = "not testable",
    [DLU_PARADOXICAL] = "paradoxical",
    [DLU_NORMALISER_DRIVEN] = "moved by the control channel",
    [DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY] = "not significant once corrected",
    [DLU_DIRECT_TARGET] = "direct target",
    [DLU_PARTIAL_RESCUE] = "direct, partial rescue",
    [DLU_DIRECT_TARGET_RESCUE_UNPROVEN] = "direct, rescue unproven",
    [DLU_REPRESSED_SITE_INDEPENDENT] = "repressed, not through this site",
    [DLU_REPRESSED_SITE_UNRESOLVED] = "repressed, site unresolved",
    [DLU_INCONCLUSIVE_INTERACTION] = "interaction inconclusive",
    [DLU_WEAK_SITE_DEPENDENT] = "weak, through the site",
    [DLU_NO_REPRESSION] = "no repression",
    [DLU_SUBTHRESHOLD] = "below the threshold",
    [DLU_OPPOSITE_DIRECTION] = "opposite direction",
    [DLU_SUBTHRESHOLD_OPPOSITE] = "opposite, below the threshold",
    [DLU_INCONCLUSIVE] = "inconclusive"};

static const char *words_of(dlu_draw *d, const dlu_verdict_row *v)
{
    return v->exploratory ? dlu_arena_printf(d->arena, "exploratory: %s", verdict_words[v->code])
                          : verdict_words[v->code];
}

/* Several mutants of a pair are told apart by their names. */
static const char *name_of(dlu_draw *d, const dlu_fig_pair *p, const dlu_verdict_row *v)
{
    const char *name = dlu_fig_pair_name(d->o, &d->data, p, d->arena);
    const char *mutant = p->n_sites > 2 ? dlu_fig_name(d->o, v->mutant, d->arena) : "";
    return name && mutant && *mutant ? dlu_arena_printf(d->arena, "%s, %s", name, mutant) : name;
}

/* What a line is sorted by: the interaction, or WT where there is no mutant; others last. */
static double rank_of(const line *l)
{
    double fold = isfinite(l->v->interaction_fold) ? l->v->interaction_fold : l->v->wt_fold;
    return isfinite(fold) ? fold : INFINITY;
}

static void sort(line *lines, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        line moved = lines[i];
        size_t k = i;
        for (; k > 0 && rank_of(&lines[k - 1]) > rank_of(&moved); k--)
            lines[k] = lines[k - 1];
        lines[k] = moved;
    }
}

static void add_line(line *lines, size_t *n, const dlu_fig_pair *p, const dlu_verdict_row *v,
                     size_t hue)
{
    lines[(*n)++] = (line){.pair = p, .v = v, .hue = hue};
}

static size_t find_lines(dlu_draw *d, line *lines)
{
    size_t n = 0;
    for (size_t i = 0; i < d->data.n_pairs; i++) {
        const dlu_fig_pair *p = &d->data.pairs[i];
        if (p->n_sites == 1)
            add_line(lines, &n, p, p->verdict, 0);
        for (size_t s = 1; s < p->n_sites; s++)
            add_line(lines, &n, p, p->sites[s].verdict, p->sites[s].hue);
    }
    if (!d->o->order)
        sort(lines, n);
    return n;
}

static dlu_range range_of(const line *lines, size_t n)
{
    dlu_range range = dlu_range_new();
    dlu_range_mark(&range, 1);
    for (size_t i = 0; i < n; i++) {
        const dlu_verdict_row *v = lines[i].v;
        dlu_range_mark(&range, v->wt_fold);
        dlu_range_mark(&range, v->mut_fold);
        dlu_range_mark(&range, v->interaction_fold);
        dlu_range_interval(&range, v->wt_fold_low, v->wt_fold_high);
        dlu_range_interval(&range, v->mut_fold_low, v->mut_fold_high);
        dlu_range_interval(&range, v->interaction_fold_low, v->interaction_fold_high);
    }
    return range;
}

/* The p that the verdict goes by; nothing where it must not look like a finding. */
static double p_of(const dlu_verdict_row *v)
{
    return v->exploratory || v->code == DLU_INVALID_QC ? NAN : v->p_direct_adjusted;
}

static bool fill_texts(dlu_draw *d, line *l)
{
    double p = p_of(l->v);
    l->fold =
        dlu_fig_fold(l->v->interaction_fold, l->v->exploratory ? NAN : l->v->interaction_fold_low,
                     l->v->interaction_fold_high, d->arena);
    l->p = isfinite(p) ? dlu_fig_p(d->o, p, d->arena) : "";
    return l->fold && l->p;
}

static double widest_of(const dlu_draw *d, const line *lines, size_t n, bool p)
{
    double widest = 0;
    for (size_t i = 0; i < n; i++)
        widest = fmax(widest, dlu_draw_width(d, p ? lines[i].p : lines[i].fold));
    return widest;
}

static bool wrap_texts(dlu_draw *d, line *l, const columns *c)
{
    const char *name = name_of(d, l->pair, l->v), *words = words_of(d, l->v);
    double size = d->t.size;
    if (!name || !words ||
        !dlu_face_wrap(&d->face, name, size, false, c->name, d->arena, &l->name) ||
        !dlu_face_wrap(&d->face, words, size, false, c->words, d->arena, &l->words))
        return false;
    double most = fmax((double)l->name.n, (double)l->words.n);
    l->height = fmax(19 * d->t.unit, (1.2 * most + 0.6) * size);
    return true;
}

/* The widest text of a column, within limits. */
static double column_width(dlu_draw *d, const line *lines, size_t n, bool words, double most)
{
    double width = 0;
    for (size_t i = 0; i < n; i++) {
        const char *text = words ? words_of(d, lines[i].v) : name_of(d, lines[i].pair, lines[i].v);
        width = fmax(width, text ? dlu_draw_width(d, text) : 0);
    }
    return fmin(width, most) + 0.01;
}

/* Names and words first; numbers where there is room; the plot has the rest. */
static dlu_status plan(dlu_draw *d, double width, line *lines, size_t n, columns *c)
{
    const double u = d->t.unit;
    double least = 62 * u, fold = widest_of(d, lines, n, false), p = widest_of(d, lines, n, true);
    const char *head = "WT / mutant [interval]";
    *c = (columns){.gap = 7 * u, .width = width};
    c->name = column_width(d, lines, n, false, fmax(0.24 * width, 44 * u));
    c->words = column_width(d, lines, n, true, fmax(0.22 * width, 54 * u));
    double rest = width - c->name - c->words - 2 * c->gap;
    if (p > 0 && rest - p - c->gap >= least) {
        c->p = p;
        rest -= p + c->gap;
    }
    fold = fmax(fold, dlu_draw_width(d, head));
    if (rest - fold - c->gap >= least + 20 * u) {
        c->fold = fold;
        rest -= fold + c->gap;
    }
    if (rest < least)
        return dlu_draw_too_narrow(d, width, width + least - rest + 8 * u, "names and verdicts");
    c->left = c->name + c->gap;
    c->right = c->left + rest;
    dlu_range range = range_of(lines, n);
    c->axis = dlu_axis_of(&range, true, false, c->left + 4 * u, c->right - 4 * u);
    for (size_t i = 0; i < n; i++)
        if (!wrap_texts(d, &lines[i], c))
            return dlu_fail_memory(d->err);
    return DLU_OK;
}

static void put_texts(dlu_draw *d, dlu_canvas *c, const dlu_lines *lines, double x, double middle,
                      const char *colour)
{
    double first = middle + 0.35 * d->t.size - 0.6 * d->t.size * (double)(lines->n - 1);
    for (size_t i = 0; i < lines->n; i++) {
        dlu_item *t = dlu_canvas_text(c, x, first + 1.2 * d->t.size * (double)i, DLU_START,
                                      d->t.size, lines->lines[i]);
        if (t && colour)
            t->ink.fill = colour;
    }
}

static void put_mark(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, double y, double fold,
                     double low, double high, dlu_shape shape, dlu_ink ink)
{
    if (!isfinite(fold))
        return;
    dlu_axis_interval(d, c, a, y, low, high, 1.3 * d->t.unit, dlu_ink_line(ink.stroke, d->t.line),
                      false);
    dlu_item *mark = dlu_canvas_shape(c, shape, dlu_axis_cut(a, fold), y, 1.25 * d->t.radius, ink);
    if (mark)
        mark->value = fold;
}

/* Two folds over what is made of them; hollow where nothing was repeated or quality failed. */
static void put_marks(dlu_draw *d, dlu_canvas *c, const dlu_axis *a, const line *l, double middle)
{
    const dlu_verdict_row *v = l->v;
    bool hollow = v->exploratory || v->code == DLU_INVALID_QC;
    double step = 5 * d->t.unit;
    dlu_hue wt = dlu_theme_hue(d->o, 0), mut = dlu_theme_hue(d->o, l->hue);
    if (d->t.hatched) {
        wt = (dlu_hue){"#000000", "#FFFFFF", "#000000"};
        mut = (dlu_hue){"#FFFFFF", "#FFFFFF", "#000000"};
    }
    bool all = isfinite(v->interaction_fold);
    /* an interval over wells is not one of what was repeated */
    double none = v->exploratory ? NAN : 0;
    put_mark(d, c, a, all ? middle - step : middle, v->wt_fold, v->wt_fold_low + none,
             v->wt_fold_high, DLU_SHAPE_CIRCLE,
             (dlu_ink){hollow ? "#FFFFFF" : wt.full, wt.edge, d->t.line, NULL});
    put_mark(d, c, a, middle, v->mut_fold, v->mut_fold_low + none, v->mut_fold_high,
             DLU_SHAPE_SQUARE, (dlu_ink){hollow ? "#FFFFFF" : mut.full, mut.edge, d->t.line, NULL});
    put_mark(d, c, a, middle + step, v->interaction_fold, v->interaction_fold_low + none,
             v->interaction_fold_high, DLU_SHAPE_DIAMOND,
             (dlu_ink){hollow ? "#FFFFFF" : "#1A1A1A", "#1A1A1A", d->t.line, NULL});
}

static void put_line(dlu_draw *d, dlu_canvas *c, const columns *k, const line *l, double y)
{
    double middle = y + l->height / 2, x = k->right + k->gap;
    dlu_canvas_group(c, l->v->target ? l->v->target : "pair");
    put_texts(d, c, &l->name, 0, middle, NULL);
    put_marks(d, c, &k->axis, l, middle);
    if (k->fold > 0) {
        dlu_canvas_text(c, x, middle + 0.35 * d->t.size, DLU_START, d->t.size, l->fold);
        x += k->fold + k->gap;
    }
    if (k->p > 0) {
        if (*l->p)
            dlu_canvas_text(c, x, middle + 0.35 * d->t.size, DLU_START, d->t.size, l->p);
        x += k->p + k->gap;
    }
    put_texts(d, c, &l->words, x, middle, dlu_theme_call(d->o, l->v));
    dlu_canvas_end(c);
}

/* Lines from the first on that fit a page. */
static size_t fit(const dlu_draw *d, const line *lines, size_t first, size_t n)
{
    double height = 0,
           most = (d->o->preset == DLU_PRESET_SLIDE ? 141 : 235) * 72 / 25.4 - 115 * d->t.unit;
    size_t k = 0;
    while (first + k < n && (k == 0 || height + lines[first + k].height <= most))
        height += lines[first + k++].height;
    return k;
}

static void put_head(dlu_draw *d, dlu_canvas *c, const columns *k)
{
    double y = DLU_ASCENT * d->t.size, x = k->right + k->gap;
    if (k->fold > 0) {
        dlu_canvas_text(c, x, y, DLU_START, d->t.size, "WT / mutant [interval]");
        x += k->fold + k->gap;
    }
    x += k->p > 0 ? k->p + k->gap : 0;
    dlu_canvas_text(c, x, y, DLU_START, d->t.size, "Verdict");
}

static void put_rows(dlu_draw *d, dlu_canvas *c, const columns *k, const line *lines, size_t n)
{
    double top = 1.5 * d->t.size, y = top;
    put_head(d, c, k);
    for (size_t i = 0; i < n; i++)
        y += lines[i].height;
    dlu_ink one = {NULL, d->t.grey, d->t.thin, "2 2"};
    dlu_canvas_line(c, DLU_FIGURE_LINE, dlu_axis_at(&k->axis, 1), top, dlu_axis_at(&k->axis, 1), y,
                    one);
    y = top;
    for (size_t i = 0; i < n; i++) {
        if (i)
            dlu_canvas_line(c, DLU_FIGURE_LINE, 0, y, k->width, y,
                            dlu_ink_line("#DDDDDD", d->t.thin));
        put_line(d, c, k, &lines[i], y);
        y += lines[i].height;
    }
    y += 2 * d->t.unit;
    c->height = y + dlu_axis_draw_below(d, c, &k->axis, y, "Fold (log scale)");
    c->width = k->right;
}

static double put_key(dlu_draw *d, dlu_canvas *c, double x, dlu_shape shape, dlu_ink ink,
                      const char *text)
{
    double y = d->t.size;
    dlu_item *mark = dlu_canvas_shape(c, shape, x + 1.25 * d->t.radius, y - 0.35 * d->t.size,
                                      1.25 * d->t.radius, ink);
    if (mark)
        mark->mark = DLU_FIGURE_AREA;
    x += 2.5 * d->t.radius + 3 * d->t.unit;
    dlu_canvas_text(c, x, y, DLU_START, d->t.size, text);
    return x + dlu_draw_width(d, text) + 10 * d->t.unit;
}

static dlu_canvas *draw_key(dlu_draw *d, double width)
{
    dlu_canvas *c = dlu_canvas_new(d->arena, &d->face);
    dlu_hue wt = dlu_theme_hue(d->o, 0), mut = dlu_theme_hue(d->o, 1);
    if (d->t.hatched) {
        wt = (dlu_hue){"#000000", "#FFFFFF", "#000000"};
        mut = (dlu_hue){"#FFFFFF", "#FFFFFF", "#000000"};
    }
    double x = 0;
    if (!c)
        return NULL;
    x = put_key(d, c, x, DLU_SHAPE_CIRCLE, (dlu_ink){wt.full, wt.edge, d->t.line, NULL}, "WT");
    x = put_key(d, c, x, DLU_SHAPE_SQUARE, (dlu_ink){mut.full, mut.edge, d->t.line, NULL},
                "mutant");
    put_key(d, c, x, DLU_SHAPE_DIAMOND, (dlu_ink){"#1A1A1A", "#1A1A1A", d->t.line, NULL},
            "WT / mutant (interaction)");
    c->width = width;
    c->height = 1.3 * d->t.size;
    return c;
}

dlu_status dlu_draw_forest(dlu_draw *d, double width, dlu_sheets *sheets)
{
    columns k;
    dlu_sheet *sheet = dlu_sheet_add(d, sheets, "forest", "Folds and verdicts");
    line *lines = dlu_arena_alloc(d->arena, d->result->n_verdicts + 1, sizeof *lines);
    if (!sheet || !lines)
        return dlu_fail_memory(d->err);
    size_t n = find_lines(d, lines);
    if (!n)
        return dlu_draw_nothing(d, "forest", "no verdict");
    for (size_t i = 0; i < n; i++)
        if (!fill_texts(d, &lines[i]))
            return dlu_fail_memory(d->err);
    dlu_status status = plan(d, width, lines, n, &k);
    if (status)
        return status;
    sheet->key = draw_key(d, width);
    sheet->legend = dlu_legend_forest(d);
    for (size_t at = 0, some; at < n; at += some) {
        some = fit(d, lines, at, n);
        dlu_canvas *row = dlu_sheet_row(d, sheet);
        if (!row)
            return dlu_fail_memory(d->err);
        put_rows(d, row, &k, lines + at, some);
    }
    return DLU_OK;
}
