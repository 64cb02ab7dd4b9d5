/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/quadrature.h"

#include <math.h>

#define PI           3.14159265358979323846
#define SQRT_HALF    0.70710678118654752440
#define PANEL_WIDTH  4.0 /* of ln s, where what is integrated is as smooth as erfc(s) */
#define MAX_PANELS   4096.0
#define NEWTON_STEPS 8
#define BISECTIONS   100
#define MAX_DF       1e12

/* P_n(x) and its derivative by the three-term recurrence. */
static double legendre_polynomial(size_t n, double x, double *slope)
{
    double before = 1, now = x;
    for (size_t k = 2; k <= n; k++) {
        double next = (((double)(2 * k) - 1) * x * now - ((double)k - 1) * before) / (double)k;
        before = now;
        now = next;
    }
    *slope = (double)n * (x * now - before) / (x * x - 1);
    return now;
}

void dlu_stats_legendre(size_t half, dlu_legendre *out)
{
    size_t n = 2 * half;
    out->half = half;
    for (size_t i = 0; i < half; i++) {
        double x = cos(PI * ((double)i + 0.75) / ((double)n + 0.5)), slope;
        double before = x + 1;
        for (int step = 0; step < NEWTON_STEPS && x != before; step++) {
            double value = legendre_polynomial(n, x, &slope);
            before = x;
            x -= value / slope;
        }
        legendre_polynomial(n, x, &slope);
        out->x[i] = x;
        out->w[i] = 2 / ((1 - x * x) * slope * slope);
    }
}

/* ln of the density of ln s, relative to its peak. */
static double log_density(double df, double u)
{
    return -df * (expm1(2 * u) / 2 - u);
}

/* The u between 0 and `far` where the density has fallen to exp(-depth). */
static double edge(double df, double depth, double far)
{
    double near = 0;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (near + far) / 2;
        if (middle == near || middle == far)
            break; /* neighbours */
        if (log_density(df, middle) < -depth)
            far = middle;
        else
            near = middle;
    }
    return far;
}

bool dlu_stats_chi(double df, double depth, double sharpness, dlu_chi *out)
{
    if (!(df >= 1 && df <= MAX_DF))
        return false;
    double from = edge(df, depth, -depth / df - 1), to = edge(df, depth, sqrt(depth / df) + 1);
    double panels = ceil((to - from) / PANEL_WIDTH * fmax(sharpness, 1));
    out->rule = &dlu_legendre_64;
    out->df = df;
    out->panels = (size_t)fmin(fmax(panels, 1), MAX_PANELS);
    out->from = from;
    out->width = (to - from) / (double)out->panels;
    return true;
}

void dlu_stats_chi_panel(const dlu_chi *chi, size_t panel, dlu_chi_panel *out)
{
    double middle = chi->from + chi->width * ((double)panel + 0.5);
    for (size_t i = 0; i < DLU_PANEL_NODES; i++) {
        double x = i % 2 ? chi->rule->x[i / 2] : -chi->rule->x[i / 2];
        double u = middle + chi->width / 2 * x;
        out->s[i] = exp(u);
        out->w[i] = chi->rule->w[i / 2] * exp(log_density(chi->df, u));
    }
}

double dlu_stats_normal_upper(double x)
{
    return erfc(x * SQRT_HALF) / 2;
}
