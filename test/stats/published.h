/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed by published.R (R 4.2.2): edit that, not this. */
/* clang-format off */
#include "pinned.h"

static const double liu_wt_mir[] = {
    0.52011158, 0.6708, 0.82148841999999989};

static const double liu_wt_scr[] = {
    1, 1, 1};

static const double liu_mut_mir[] = {
    0.676376952, 0.7803, 0.884223048};

static const double liu_mut_scr[] = {
    1, 1, 1};

static const double printed_eta[] = {
    0.11836};

static const double printed_f[] = {
    0.3664012};

static const double printed_F[] = {
    1.074};

static const double printed_d[] = {
    3.08955};

static const double printed_power_f[] = {
    0.8033};

static const double printed_power_d[] = {
    0.8044};

static const double untreated_alt[] = {
    19.7, 16.2, 18.3, 6.5, 8, 4.4};

static const double untreated_ref[] = {
    33.2, 30.3, 33.3, 8.4, 13.6, 17.1};

static const double no_tnfa_alt[] = {
    11, 8.8, 10.1, 3.2, 3.7, 3.3};

static const double no_tnfa_ref[] = {
    17.1, 16.7, 18.8, 7.6, 6.7, 5.5};

static const double cytokines_alt[] = {
    10.8, 10.9, 9.1, 3.1, 2.7, 4};

static const double cytokines_ref[] = {
    17.8, 16.1, 18, 7.7, 7, 7.1};

static const pinned published_rows[] = {
    {"X70", "liu interaction", "F", 1.0735294172848047, 1e-10, DLU_OK},
    {"X70", "liu interaction", "df", 8, 1e-10, DLU_OK},
    {"X70", "liu interaction", "p_two_sided", 0.33045045661645195, 1e-10, DLU_OK},
    {"X71", "liu one wt", "t", -3.7839080524679649, 1e-10, DLU_OK},
    {"X71", "liu one wt", "df", 2, 1e-10, DLU_OK},
    {"X71", "liu one wt", "p_two_sided", 0.063284642501910557, 1e-10, DLU_OK},
    {"X71", "liu one wt", "ci95_lo", -0.70353078684607251, 1e-10, DLU_OK},
    {"X71", "liu one wt", "ci95_hi", 0.04513078684607244, 1e-10, DLU_OK},
    {"X72", "liu welch wt", "t", -3.7839080524679649, 1e-10, DLU_OK},
    {"X72", "liu welch wt", "df", 2, 1e-10, DLU_OK},
    {"X72", "liu welch wt", "p_two_sided", 0.063284642501910557, 1e-10, DLU_OK},
    {"X72", "liu welch wt", "ci95_lo", -0.70353078684607251, 1e-10, DLU_OK},
    {"X72", "liu welch wt", "ci95_hi", 0.04513078684607244, 1e-10, DLU_OK},
    {"X73", "liu student wt", "t", -3.7839080524679649, 1e-10, DLU_OK},
    {"X73", "liu student wt", "df", 4, 1e-10, DLU_OK},
    {"X73", "liu student wt", "p_two_sided", 0.019370364140914684, 1e-10, DLU_OK},
    {"X73", "liu student wt", "ci95_lo", -0.57075072373784963, 1e-10, DLU_OK},
    {"X73", "liu student wt", "ci95_hi", -0.0876492762621505, 1e-10, DLU_OK},
    {"X71", "liu one mut", "t", -3.6616666826677609, 1e-10, DLU_OK},
    {"X71", "liu one mut", "df", 2, 1e-10, DLU_OK},
    {"X71", "liu one mut", "p_two_sided", 0.0671572267543054, 1e-10, DLU_OK},
    {"X71", "liu one mut", "ci95_lo", -0.47785916265683959, 1e-10, DLU_OK},
    {"X71", "liu one mut", "ci95_hi", 0.038459162656839609, 1e-10, DLU_OK},
    {"X72", "liu welch mut", "t", -3.6616666826677609, 1e-10, DLU_OK},
    {"X72", "liu welch mut", "df", 2, 1e-10, DLU_OK},
    {"X72", "liu welch mut", "p_two_sided", 0.0671572267543054, 1e-10, DLU_OK},
    {"X72", "liu welch mut", "ci95_lo", -0.47785916265683959, 1e-10, DLU_OK},
    {"X72", "liu welch mut", "ci95_hi", 0.038459162656839609, 1e-10, DLU_OK},
    {"X73", "liu student mut", "t", -3.6616666826677609, 1e-10, DLU_OK},
    {"X73", "liu student mut", "df", 4, 1e-10, DLU_OK},
    {"X73", "liu student mut", "p_two_sided", 0.021548641924428975, 1e-10, DLU_OK},
    {"X73", "liu student mut", "ci95_lo", -0.38628670558390138, 1e-10, DLU_OK},
    {"X73", "liu student mut", "ci95_hi", -0.053113294416098591, 1e-10, DLU_OK},
    {"X74", "liu arms", "t", -1.0361126470055297, 1e-10, DLU_OK},
    {"X74", "liu arms", "df", 3.551515593552812, 1e-10, DLU_OK},
    {"X74", "liu arms", "p_two_sided", 0.36547418513838364, 1e-10, DLU_OK},
    {"X74", "liu arms", "ci95_lo", -0.41813151413600569, 1e-10, DLU_OK},
    {"X74", "liu arms", "ci95_hi", 0.19913151413600561, 1e-10, DLU_OK},
    {"X75", "untreated raw", "t", -2.002670762753251, 1e-10, DLU_OK},
    {"X75", "untreated raw", "df", 10, 1e-10, DLU_OK},
    {"X75", "untreated raw", "p_two_sided", 0.073062107653095593, 1e-10, DLU_OK},
    {"X75", "untreated raw", "ci95_lo", -22.111709418840235, 1e-10, DLU_OK},
    {"X75", "untreated raw", "ci95_hi", 1.1783760855069065, 1e-10, DLU_OK},
    {"X76", "untreated batch", "est", -0.64854262503145854, 1e-10, DLU_OK},
    {"X76", "untreated batch", "se", 0.1341680533327575, 1e-10, DLU_OK},
    {"X76", "untreated batch", "df", 9, 1e-10, DLU_OK},
    {"X76", "untreated batch", "t", -4.8338081154309709, 1e-10, DLU_OK},
    {"X76", "untreated batch", "p_two_sided", 0.00092897635876338432, 1e-10, DLU_OK},
    {"X76", "untreated batch", "ci95_lo", -0.95205184789684749, 1e-10, DLU_OK},
    {"X76", "untreated batch", "ci95_hi", -0.34503340216606959, 1e-10, DLU_OK},
    {"X76", "untreated batch", "fold", 0.52280714787534321, 1e-10, DLU_OK},
    {"X76", "untreated batch", "fold_lo", 0.38594830324766394, 1e-10, DLU_OK},
    {"X76", "untreated batch", "fold_hi", 0.70819669776901761, 1e-10, DLU_OK},
    {"X75", "no_tnfa raw", "t", -1.8600794611739098, 1e-10, DLU_OK},
    {"X75", "no_tnfa raw", "df", 10, 1e-10, DLU_OK},
    {"X75", "no_tnfa raw", "p_two_sided", 0.092502929689341318, 1e-10, DLU_OK},
    {"X75", "no_tnfa raw", "ci95_lo", -11.831882658007213, 1e-10, DLU_OK},
    {"X75", "no_tnfa raw", "ci95_hi", 1.0652159913405488, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "est", -0.61212656710613633, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "se", 0.062055632839974471, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "df", 9, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "t", -9.8641579997202413, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "p_two_sided", 4.0092243680161351e-06, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "ci95_lo", -0.75250616142706006, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "ci95_hi", -0.4717469727852126, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "fold", 0.54219662471326624, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "fold_lo", 0.4711842080992128, 1e-10, DLU_OK},
    {"X76", "no_tnfa batch", "fold_hi", 0.62391135950073806, 1e-10, DLU_OK},
    {"X75", "cytokines raw", "t", -1.9928119137600186, 1e-10, DLU_OK},
    {"X75", "cytokines raw", "df", 10, 1e-10, DLU_OK},
    {"X75", "cytokines raw", "p_two_sided", 0.074272057661159421, 1e-10, DLU_OK},
    {"X75", "cytokines raw", "ci95_lo", -11.684784815993348, 1e-10, DLU_OK},
    {"X75", "cytokines raw", "ci95_hi", 0.65145148266001607, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "est", -0.66801386110624827, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "se", 0.080574472278196224, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "df", 9, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "t", -8.2906389855067726, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "p_two_sided", 1.6625477251278164e-05, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "ci95_lo", -0.85028598070905526, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "ci95_hi", -0.48574174150344129, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "fold", 0.51272591204429208, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "fold_lo", 0.42729271699981897, 1e-10, DLU_OK},
    {"X76", "cytokines batch", "fold_hi", 0.61524067793030635, 1e-10, DLU_OK},
    {"X77", "yan U 16 104", "p", 0.380896465446161, 1e-10, DLU_OK},
    {"X77", "yan U 16 104", "printed", 0.381, 1e-10, DLU_OK},
    {"X77", "yan U 16 119", "p", 0.75204754225969672, 1e-10, DLU_OK},
    {"X77", "yan U 16 119", "printed", 0.752, 1e-10, DLU_OK},
    {"X77", "yan U 32 266", "p", 0.00076747137328052209, 1e-10, DLU_OK},
    {"X77", "yan U 32 266", "printed", 0.000767, 1e-10, DLU_OK},
    {"X77", "yan U 32 497", "p", 0.84669950483742717, 1e-10, DLU_OK},
    {"X77", "yan U 32 497", "printed", 0.847, 1e-10, DLU_OK},
    {"X78", "yan V 16 78", "p", 0.63217163085937511, 1e-10, DLU_OK},
    {"X78", "yan V 16 78", "printed", 0.632, 1e-10, DLU_OK},
    {"X78", "yan V 16 62", "p", 0.78195190429687511, 1e-10, DLU_OK},
    {"X78", "yan V 16 62", "printed", 0.782, 1e-10, DLU_OK},
};
