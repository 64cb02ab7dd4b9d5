/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/power.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "stats/quadrature.h"

#define DEPTH      100.0 /* deep enough for tails that are tiny themselves */
#define STEEP      8.0   /* noncentrality that one panel of nodes resolves */
#define MOST_STEPS 200
#define MAX_NCP    1e6
#define NARROWEST  1e-13
#define NEAREST    1e-14 /* of a power to the one wanted: nearer than it is known */

/* One tail: P(T > t) with sign 1, P(T < t) with -1. */
typedef struct tail {
    double t, sign;
} tail;

/*
 * E of P(Z > sign (t s - ncp)) over s for each of up to two tails; each is summed itself, never as
 * 1
 * - the other.
 */
static bool find_tails(const tail *tails, size_t n, double df, double ncp, double out[2])
{
    dlu_chi chi;
    double sums[2] = {0, 0}, weights = 0;
    if (!isfinite(ncp) || !dlu_stats_chi(df, DEPTH, fabs(ncp) / STEEP, &chi))
        return false;
    for (size_t p = 0; p < chi.panels; p++) {
        dlu_chi_panel panel;
        dlu_stats_chi_panel(&chi, p, &panel);
        for (size_t i = 0; i < DLU_PANEL_NODES; i++) {
            weights += panel.w[i];
            for (size_t k = 0; k < n; k++)
                sums[k] += panel.w[i] *
                           dlu_stats_normal_upper(tails[k].sign * (tails[k].t * panel.s[i] - ncp));
        }
    }
    for (size_t k = 0; k < n; k++)
        out[k] = fmin(sums[k] / weights, 1);
    return true;
}

static double one_tail(double t, double df, double ncp, double sign)
{
    double found[2];
    return isfinite(t) && find_tails(&(tail){t, sign}, 1, df, ncp, found) ? found[0] : NAN;
}

double dlu_stats_noncentral_t_lower(double t, double df, double ncp)
{
    return one_tail(t, df, ncp, -1);
}

double dlu_stats_noncentral_t_upper(double t, double df, double ncp)
{
    return one_tail(t, df, ncp, 1);
}

static double power_beyond(double critical, double ncp, double df)
{
    double found[2];
    if (!isfinite(critical) ||
        !find_tails((const tail[]){{critical, 1}, {-critical, -1}}, 2, df, ncp, found))
        return NAN;
    double power = found[0] + found[1];
    return power > 1 ? 1 : power;
}

static double power_at(double ncp, double df, double alpha)
{
    return power_beyond(dlu_stats_t_quantile(alpha / 2, df), ncp, df);
}

static bool is_share(double x)
{
    return x > 0 && x < 1;
}

double dlu_stats_power(dlu_power_design design, size_t n, double effect, double sd, double alpha)
{
    if (n < 2 || isnan(effect) || !(sd > 0) || !isfinite(sd) || !is_share(alpha))
        return NAN;
    double ncp = fabs(effect) / (sd * sqrt(design.squares / (double)n));
    if (ncp > MAX_NCP)
        ncp = MAX_NCP; /* found in any case; stays finite */
    return power_at(ncp, design.df * (double)(n - 1), alpha);
}

dlu_status dlu_stats_replicates(dlu_power_design design, double effect, double sd, double power,
                                double alpha, size_t *out, double *reached)
{
    if (!isfinite(effect) || effect == 0 || !(sd > 0) || !isfinite(sd) || !is_share(alpha) ||
        !is_share(power))
        return DLU_E_USAGE;
    /* More replicates never find less, so that the first is found by doubling, then halving. */
    size_t few = 1, enough = 2;
    while (!(dlu_stats_power(design, enough, effect, sd, alpha) >= power)) {
        if (enough == DLU_MAX_REPLICATES)
            return DLU_E_LIMIT;
        few = enough;
        enough = enough < DLU_MAX_REPLICATES / 2 ? 2 * enough : DLU_MAX_REPLICATES;
    }
    while (enough - few > 1) {
        size_t middle = few + (enough - few) / 2;
        if (dlu_stats_power(design, middle, effect, sd, alpha) >= power)
            enough = middle;
        else
            few = middle;
    }
    *out = enough;
    if (reached)
        *reached = dlu_stats_power(design, enough, effect, sd, alpha);
    return DLU_OK;
}

/* Noncentralities around the one that is looked for, and their powers less the one wanted. */
typedef struct bracket {
    double low, high;
    double below, above;
} bracket;

/*
 * Regula falsi; where the same end moves twice, the weight of the other is halved (the Illinois
 * rule), so that it cannot stay for ever.
 */
static double find_ncp(bracket *b, double critical, double df, double power)
{
    int moved = 0;
    for (int i = 0; i < MOST_STEPS && b->high - b->low > NARROWEST * b->high; i++) {
        double ncp = (b->low * b->above - b->high * b->below) / (b->above - b->below);
        double miss = power_beyond(critical, ncp, df) - power;
        if (fabs(miss) <= NEAREST)
            return ncp;
        if (miss < 0) {
            b->low = ncp;
            b->below = miss;
            b->above *= moved < 0 ? 0.5 : 1;
            moved = -1;
        } else {
            b->high = ncp;
            b->above = miss;
            b->below *= moved > 0 ? 0.5 : 1;
            moved = 1;
        }
    }
    return b->high;
}

dlu_status dlu_stats_detectable(dlu_power_design design, size_t n, double sd, double power,
                                double alpha, double *out)
{
    if (!(sd > 0) || !isfinite(sd) || !is_share(alpha) || !is_share(power) || power <= alpha)
        return DLU_E_USAGE;
    if (n < 2)
        return DLU_E_TOO_FEW;
    double df = design.df * (double)(n - 1);
    double critical = dlu_stats_t_quantile(alpha / 2, df);
    bracket b = {.low = 0, .high = 1, .below = alpha - power};
    while (b.high < MAX_NCP && (b.above = power_beyond(critical, b.high, df) - power) < 0) {
        b.low = b.high;
        b.below = b.above;
        b.high *= 2;
    }
    if (!(b.high < MAX_NCP) || isnan(b.above))
        return DLU_E_USAGE; /* only an alpha next to 0 or a power next to 1 gets here */
    double ncp = find_ncp(&b, critical, df, power);
    *out = ncp * sd * sqrt(design.squares / (double)n);
    return DLU_OK;
}

/* GSL raises an error where its inverse does not converge, so that it is only asked where it does.
 */
double dlu_stats_sd_upper(double s, double df, double confidence)
{
    if (!(s >= 0) || !isfinite(s) || !(df >= 1 && df <= 1e6) ||
        !(confidence >= 0.5 && confidence <= 0.999))
        return NAN;
    return s * sqrt(df / gsl_cdf_chisq_Qinv(confidence, df));
}
