/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_FIGURE_NAMES_H
#define DLU_FIGURE_NAMES_H

#include "figure/data.h"

/*
 * Names as they are written: the label that was given for them, with everything that is not seen
 * made visible, and text from right to left kept by itself. NULL where memory ran out.
 */
const char *dlu_fig_name(const dlu_figure_options *options, const char *name, dlu_arena *arena);

/** The gene in italics and "3′UTR", with microRNA, treatment and dose where these differ. */
const char *dlu_fig_pair_name(const dlu_figure_options *options, const dlu_fig_data *data,
                              const dlu_fig_pair *pair, dlu_arena *arena);

/** "hsa-miR-21-5p mimic, 20 nM". */
const char *dlu_fig_agent(const dlu_figure_options *options, const dlu_fig_pair *pair, bool dose,
                          dlu_arena *arena);

/** "inhibitor control" for "inhibitor-control". */
const char *dlu_fig_treatment(const dlu_figure_options *options, const char *treatment,
                              dlu_arena *arena);

/** The p in italics: "p = 0.0031", "p < 0.0001"; stars or "n.s."; "" where there is no p. */
const char *dlu_fig_p(const dlu_figure_options *options, double p, dlu_arena *arena);

/** "0.52", and with an interval "0.52 [0.44, 0.61]"; "–" where there is none. */
const char *dlu_fig_fold(double fold, double low, double high, dlu_arena *arena);

/** "95" of alpha 0.05. */
const char *dlu_fig_level(double alpha, dlu_arena *arena);

#endif
