/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "stats/collapse.h"

/*
 * A line through 0 is its unit normal (a, b); a well is at the distance e = a x + b y from it. Both
 * steps go down by reweighting: with weights w(e / S) the best line is the minor axis of the
 * weighted squares, and as rho is concave in e^2, no such step goes up. The first step begins at
 * the direction of every well, so that no grid of angles has to suit the units.
 */

#define C_SCALE     1.56
#define MEAN_RHO    0.05
#define C_LINE      4.7
#define MAX_STEPS   5000
#define SETTLED     1e-13
#define SCALE_STEPS 200

typedef struct points {
    double x[DLU_MAX_LINE_WELLS];
    double y[DLU_MAX_LINE_WELLS];
    size_t n;
} points;

typedef struct normal {
    double a;
    double b;
} normal;

/* Bisquare: rho is u^2 / 2 near 0 and c^2 / 6 from c on. */
static double rho(double u, double c)
{
    double v = 1 - u * u / (c * c);
    return fabs(u) < c ? c * c / 6 * (1 - v * v * v) : c * c / 6;
}

/* rho'(u) / u. */
static double weight(double u, double c)
{
    double v = 1 - u * u / (c * c);
    return fabs(u) < c ? v * v : 0;
}

static double distance(const points *p, size_t i, normal line)
{
    return line.a * p->x[i] + line.b * p->y[i];
}

static double mean_rho(const points *p, normal line, double scale)
{
    double sum = 0;
    for (size_t i = 0; i < p->n; i++)
        sum += rho(distance(p, i, line) / scale, C_SCALE);
    return sum / (double)p->n;
}

/* d mean rho / d ln scale. */
static double rho_slope(const points *p, normal line, double scale)
{
    double sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        double u = distance(p, i, line) / scale;
        sum -= u * u * weight(u, C_SCALE);
    }
    return sum / (double)p->n;
}

/*
 * The scale at which the mean rho is MEAN_RHO, by Newton's iteration in its logarithm, kept between
 * bounds; 0 where so many wells are on the line that there is none. From above the root it would
 * step too far down at most once.
 */
static double m_scale(const points *p, normal line)
{
    double squares = 0, off = 0;
    for (size_t i = 0; i < p->n; i++) {
        double e = distance(p, i, line);
        squares += e * e / (double)p->n;
        off += e != 0;
    }
    if (off * C_SCALE * C_SCALE / 6 <= MEAN_RHO * (double)p->n || !(squares > 0))
        return 0;
    /* rho <= u^2 / 2, so the root is not above this. */
    double high = sqrt(squares / (2 * MEAN_RHO)), low = 0, scale = high;
    for (int i = 0; i < SCALE_STEPS; i++) {
        double over = mean_rho(p, line, scale) - MEAN_RHO;
        if (over > 0)
            low = scale;
        else
            high = scale;
        double next = scale * exp(-over / rho_slope(p, line, scale));
        if (!(next > low && next < high))
            next = low > 0 ? sqrt(low) * sqrt(high) : high / 2;
        if (fabs(next - scale) <= 4 * DBL_EPSILON * scale)
            break;
        scale = next;
    }
    return scale;
}

/* The minor axis of the wells weighted by their distance; false where it is not one. */
static bool reweight(const points *p, normal line, double scale, double c, normal *out)
{
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < p->n; i++) {
        double w = weight(distance(p, i, line) / scale, c);
        xx += w * p->x[i] * p->x[i];
        yy += w * p->y[i] * p->y[i];
        xy += w * p->x[i] * p->y[i];
    }
    double half = (yy - xx) / 2, root = sqrt(half * half + xy * xy);
    if (!(root > 0))
        return false;
    /* Of the two forms of the eigenvector the one without cancellation. */
    normal axis = half > 0 ? (normal){half + root, -xy} : (normal){xy, half - root};
    double length = sqrt(axis.a * axis.a + axis.b * axis.b);
    *out = (normal){axis.a / length, axis.b / length};
    return true;
}

/* Sine of the angle between two lines. */
static double angle(normal p, normal q)
{
    return fabs(p.a * q.b - p.b * q.a);
}

/* Steps down from *line until it settles; a scale of 0 is found anew at every step. */
static bool settle(const points *p, double fixed, double c, normal *line)
{
    for (int i = 0; i < MAX_STEPS; i++) {
        normal next;
        double scale = fixed > 0 ? fixed : m_scale(p, *line);
        if (scale <= 0)
            return true;
        if (!reweight(p, *line, scale, c, &next))
            return false;
        double turned = angle(*line, next);
        *line = next;
        /* in the line's own steepness, as a steep line turns little */
        if (turned <= SETTLED * fmin(fabs(next.a), fabs(next.b)))
            return true;
    }
    return false;
}

static bool least_scale(const points *p, normal *line, double *scale)
{
    bool found = false;
    for (size_t i = 0; i < p->n; i++) {
        double length = sqrt(p->x[i] * p->x[i] + p->y[i] * p->y[i]);
        if (!(length > 0))
            continue;
        normal next = {p->y[i] / length, -p->x[i] / length};
        if (!settle(p, 0, C_SCALE, &next))
            continue;
        double s = m_scale(p, next);
        if (!found || s < *scale) {
            *line = next;
            *scale = s;
            found = true;
        }
    }
    return found;
}

static double largest(const double *v, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(v[i]));
    return most;
}

/* Copies the wells over *x_unit and *y_unit, both > 0. */
static dlu_status set_points(const dlu_wells_of_unit *wells, dlu_line_units units, points *p,
                             double *x_unit, double *y_unit)
{
    if (wells->n < 2)
        return DLU_E_TOO_FEW;
    if (wells->n > DLU_MAX_LINE_WELLS)
        return DLU_E_LIMIT;
    for (size_t i = 0; i < wells->n; i++)
        if (!isfinite(wells->x[i]) || !isfinite(wells->y[i]))
            return DLU_E_INPUT;
    *x_unit = largest(wells->x, wells->n);
    *y_unit = largest(wells->y, wells->n);
    if (units == DLU_LINE_LIGHT)
        *x_unit = *y_unit = fmax(*x_unit, *y_unit);
    if (!(*x_unit > 0) || !(*y_unit > 0))
        return DLU_E_NOT_ESTIMABLE;
    p->n = wells->n;
    for (size_t i = 0; i < wells->n; i++) {
        p->x[i] = wells->x[i] / *x_unit;
        p->y[i] = wells->y[i] / *y_unit;
    }
    return DLU_OK;
}

dlu_status dlu_stats_slope_robust(const dlu_wells_of_unit *wells, dlu_line_units units, double *out)
{
    points p;
    double x_unit, y_unit, scale = 0;
    normal line = {0, 0};
    dlu_status status = set_points(wells, units, &p, &x_unit, &y_unit);
    if (status != DLU_OK)
        return status;
    if (!least_scale(&p, &line, &scale) || (scale > 0 && !settle(&p, scale, C_LINE, &line)))
        return DLU_E_NOT_ESTIMABLE;
    double slope = -line.a / line.b * (y_unit / x_unit);
    if (!(slope > 0) || !isfinite(slope))
        return DLU_E_NOT_ESTIMABLE;
    *out = slope;
    return DLU_OK;
}
