/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page/page.h"

/*
 * The folds of a verdict as three marks with intervals. Coordinates are whole numbers, so that no
 * decimal sign is ever written: the drawing is shown at a tenth of its size.
 */

#define WIDTH  2000
#define MARGIN 60
#define TOP    80
#define STEP   120
#define HEIGHT (TOP + 2 * STEP + 80)

static long across(const dlu_page *p, double fold)
{
    double at = (log2(fold) - p->low) / (p->high - p->low);
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return lround(MARGIN + at * (WIDTH - 2 * MARGIN));
}

static void put_line(dlu_page *p, const char *name, double fold)
{
    dlu_page_addf(p, "<path class=\"%s\" d=\"M%ld 20V%d\"/>", name, across(p, fold), HEIGHT - 20);
}

static void put_mark(dlu_page *p, const char *name, long x, int y)
{
    if (*name == 'd')
        dlu_page_addf(p, "<path class=\"%s\" d=\"M%ld %dl44 44l-44 44l-44-44z\"/>", name, x,
                      y - 44);
    else
        dlu_page_addf(p, "<circle class=\"%s\" cx=\"%ld\" cy=\"%d\" r=\"34\"/>", name, x, y);
}

static void put_fold(dlu_page *p, const char *name, int row, double fold, double low, double high)
{
    int y = TOP + row * STEP;
    if (!isfinite(fold) || fold <= 0)
        return;
    if (low > 0 && high > 0)
        dlu_page_addf(p, "<path class=\"i\" d=\"M%ld %dH%ld\"/>", across(p, low), y,
                      across(p, high));
    put_mark(p, name, across(p, fold), y);
}

void dlu_page_mini(dlu_page *p, const dlu_verdict_row *v)
{
    bool up = v->treatment && !strcmp(v->treatment, "inhibitor");
    double theta = p->result->settings.theta;
    dlu_page_addf(p,
                  "<svg class=\"mini\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" "
                  "focusable=\"false\">",
                  WIDTH, HEIGHT);
    put_line(p, "one", 1);
    put_line(p, "theta", up ? 1 / theta : theta);
    put_fold(p, "w", 0, v->wt_fold, v->wt_fold_low, v->wt_fold_high);
    put_fold(p, "m", 1, v->mut_fold, v->mut_fold_low, v->mut_fold_high);
    put_fold(p, "d", 2, v->interaction_fold, v->interaction_fold_low, v->interaction_fold_high);
    dlu_page_add(p, "</svg>");
}

static void widen(dlu_page *p, double fold)
{
    if (!isfinite(fold) || fold <= 0)
        return;
    double at = log2(fold);
    p->low = at < p->low ? at : p->low;
    p->high = at > p->high ? at : p->high;
}

/* Half octaves; far intervals are cut at 1/16 and 16. */
void dlu_page_mini_axis(dlu_page *p)
{
    p->low = -1;
    p->high = 0.5;
    for (size_t i = 0; i < p->result->n_verdicts; i++) {
        const dlu_verdict_row *v = &p->result->verdicts[i];
        const double folds[] = {
            v->wt_fold,          v->wt_fold_low,          v->wt_fold_high,
            v->mut_fold,         v->mut_fold_low,         v->mut_fold_high,
            v->interaction_fold, v->interaction_fold_low, v->interaction_fold_high};
        for (size_t k = 0; k < sizeof folds / sizeof *folds; k++)
            widen(p, folds[k]);
    }
    p->low = fmax(floor(2 * p->low) / 2, -4);
    p->high = fmin(ceil(2 * p->high) / 2, 4);
}
