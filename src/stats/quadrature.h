/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_STATS_QUADRATURE_H
#define DLU_STATS_QUADRATURE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Expectations over an estimated standard deviation. s = sqrt(chi2 / df) of df degrees of freedom
 * is taken as u = ln s, where its density is exp(df (u - exp(2 u) / 2)) for every df, with its peak
 * at 0: smooth at both ends, also for few and for broken degrees of freedom. Everything is on the
 * stack.
 */

#define DLU_PANEL_NODES   64u
#define DLU_LEGENDRE_HALF 48u

/** The positive half of a Gauss-Legendre rule on -1 .. 1; the other half mirrors it. */
typedef struct dlu_legendre {
    size_t half;
    double x[DLU_LEGENDRE_HALF];
    double w[DLU_LEGENDRE_HALF];
} dlu_legendre;

/** The rule of 2 half nodes, half <= DLU_LEGENDRE_HALF, by Newton's iteration. */
void dlu_stats_legendre(size_t half, dlu_legendre *out);

/** The rule of DLU_PANEL_NODES nodes (legendre.c). */
extern const dlu_legendre dlu_legendre_64;

/** s cut into panels of DLU_PANEL_NODES nodes each. */
typedef struct dlu_chi {
    const dlu_legendre *rule;
    double df;
    double from; /**< of the first panel, as u */
    double width;
    size_t panels;
} dlu_chi;

/**
 * Cuts the range where the density is above exp(-depth) of its peak.
 *
 * @param sharpness  how steep what is integrated gets, in units of ln s: 1 for a tail of the normal
 *                   distribution in s
 * @return false unless 1 <= df <= 1e12
 */
bool dlu_stats_chi(double df, double depth, double sharpness, dlu_chi *out);

/** Nodes of one panel. Weights are relative: divide by their sum over all panels. */
typedef struct dlu_chi_panel {
    double s[DLU_PANEL_NODES];
    double w[DLU_PANEL_NODES];
} dlu_chi_panel;

void dlu_stats_chi_panel(const dlu_chi *chi, size_t panel, dlu_chi_panel *out);

/** P(Z > x) of the standard normal distribution. */
double dlu_stats_normal_upper(double x);

#endif
