/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed by diagnostics.R (R 4.2.2): edit that, not this. */
/* clang-format off */
#include "pinned.h"

static const double plain_y[] = {
    -0.5835, -0.4289, -0.5922, -0.4457, -0.5462, -0.6, -0.501, 0.9, -0.0336, 0.1619, -0.0642,
    0.1013, -0.0577, -0.1441, -0.0078, 0.0225, -0.0395, -0.0029, -0.0915, 0.1281, 0.1922};

static const unsigned plain_cell[] = {
    0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 1u, 1u, 1u, 1u, 2u, 2u, 2u, 2u, 2u, 2u, 3u, 3u, 3u};

static const unsigned plain_block[] = {
    1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 1u, 2u, 3u, 4u, 1u, 2u, 3u, 4u, 5u, 6u, 1u, 2u, 3u};

static const double days_y[] = {
    -0.7399, -0.1754, -0.3344, -0.1315, -0.1872, 0.5213, 0.3236, -0.8045, -0.3828, -0.668,
    -0.3488, -0.7172, -0.0419, -0.0191, -0.3597, 0.133, 0.1475, 0.1303, -0.127, 0.6097, 0.3261,
    0.4961};

static const unsigned days_cell[] = {
    0u, 1u, 2u, 3u, 0u, 1u, 3u, 0u, 1u, 2u, 3u, 0u, 2u, 3u, 0u, 1u, 2u, 3u, 0u, 1u, 2u, 3u};

static const unsigned days_block[] = {
    0u, 0u, 0u, 0u, 1u, 1u, 1u, 2u, 2u, 2u, 2u, 3u, 3u, 3u, 4u, 4u, 4u, 4u, 5u, 5u, 5u, 5u};

static const pinned diagnostic_rows[] = {
    {"plain", "four cells levene", "statistic", 1.5933190146110374, 1e-10, DLU_OK},
    {"plain", "four cells levene", "df1", 3, 1e-10, DLU_OK},
    {"plain", "four cells levene", "df2", 17, 1e-10, DLU_OK},
    {"plain", "four cells levene", "p", 0.22790783478526772, 1e-10, DLU_OK},
    {"plain", "four cells brown_forsythe", "statistic", 0.46784350238560729, 1e-10, DLU_OK},
    {"plain", "four cells brown_forsythe", "df1", 3, 1e-10, DLU_OK},
    {"plain", "four cells brown_forsythe", "df2", 17, 1e-10, DLU_OK},
    {"plain", "four cells brown_forsythe", "p", 0.708571947669234, 1e-10, DLU_OK},
    {"plain", "four cells bartlett", "statistic", 19.189033759275642, 1e-10, DLU_OK},
    {"plain", "four cells bartlett", "df1", 3, 1e-10, DLU_OK},
    {"plain", "four cells bartlett", "p", 0.000249863227199163, 1e-10, DLU_OK},
    {"plain", "residuals shapiro_wilk", "statistic", 0.58720409524484829, 1e-06, DLU_OK},
    {"plain", "residuals shapiro_wilk", "p", 1.4464032273214431e-06, 1e-06, DLU_OK},
    {"plain", "wt mann_whitney", "statistic", 4, 1e-10, DLU_OK},
    {"plain", "wt mann_whitney", "p", 0.048484848484848492, 1e-10, DLU_OK},
    {"plain", "wt mann_whitney", "limit", 0.00404040404040404, 1e-10, DLU_OK},
    {"plain", "wt hedges_g", "statistic", -0.83896595790419537, 1e-10, DLU_OK},
    {"plain", "wt hedges_g", "df1", 10, 1e-10, DLU_OK},
    {"plain", "wt fold_of_means", "statistic", 0.78766872155793011, 1e-09, DLU_OK},
    {"plain", "wt fold_of_means", "df2", 7.4945423913274665, 1e-09, DLU_OK},
    {"plain", "wt fold_of_means", "low", 0.26500759762154541, 1e-09, DLU_OK},
    {"plain", "wt fold_of_means", "high", 1.3358197768221489, 1e-09, DLU_OK},
    {"plain", "mut mann_whitney", "statistic", 5, 1e-10, DLU_OK},
    {"plain", "mut mann_whitney", "p", 0.38095238095238093, 1e-10, DLU_OK},
    {"plain", "mut mann_whitney", "limit", 0.023809523809523808, 1e-10, DLU_OK},
    {"plain", "mut hedges_g", "statistic", -1.0831824256608784, 1e-10, DLU_OK},
    {"plain", "mut hedges_g", "df1", 7, 1e-10, DLU_OK},
    {"plain", "mut fold_of_means", "statistic", 0.88666727926688582, 1e-09, DLU_OK},
    {"plain", "mut fold_of_means", "df2", 2.3300407061022033, 1e-09, DLU_OK},
    {"plain", "mut fold_of_means", "low", 0.665023297543101, 1e-09, DLU_OK},
    {"plain", "mut fold_of_means", "high", 1.2990942673714512, 1e-09, DLU_OK},
    {"plain", "WT mimic grubbs", "statistic", 2.4543059943109915, 1e-10, DLU_OK},
    {"plain", "WT mimic grubbs", "limit", 2.126645087195465, 1e-10, DLU_OK},
    {"plain", "WT mimic modified_z", "statistic", 13.244187701781286, 1e-05, DLU_OK},
    {"plain", "WT mimic modified_z", "limit", 3.5, 1e-05, DLU_OK},
    {"plain", "WT scramble control_cv", "statistic", 0.10814838743484287, 1e-10, DLU_OK},
    {"plain", "WT scramble control_cv", "df1", 3, 1e-10, DLU_OK},
    {"plain", "MUT scramble control_cv", "statistic", 0.14961040183004962, 1e-10, DLU_OK},
    {"plain", "MUT scramble control_cv", "df1", 2, 1e-10, DLU_OK},
    {"days", "four cells levene", "statistic", 0.41101514265662881, 1e-10, DLU_OK},
    {"days", "four cells levene", "df1", 3, 1e-10, DLU_OK},
    {"days", "four cells levene", "df2", 18, 1e-10, DLU_OK},
    {"days", "four cells levene", "p", 0.747051263929272, 1e-10, DLU_OK},
    {"days", "four cells brown_forsythe", "statistic", 0.30367088176951468, 1e-10, DLU_OK},
    {"days", "four cells brown_forsythe", "df1", 3, 1e-10, DLU_OK},
    {"days", "four cells brown_forsythe", "df2", 18, 1e-10, DLU_OK},
    {"days", "four cells brown_forsythe", "p", 0.82235298402027646, 1e-10, DLU_OK},
    {"days", "four cells bartlett", "statistic", 0.78506316711238611, 1e-10, DLU_OK},
    {"days", "four cells bartlett", "df1", 3, 1e-10, DLU_OK},
    {"days", "four cells bartlett", "p", 0.85303628928905573, 1e-10, DLU_OK},
    {"days", "residuals shapiro_wilk", "statistic", 0.986546651247308, 1e-06, DLU_OK},
    {"days", "residuals shapiro_wilk", "p", 0.98546775169456635, 1e-06, DLU_OK},
    {"days", "wt signed_rank", "statistic", 0, 1e-10, DLU_OK},
    {"days", "wt signed_rank", "p", 0.0625, 1e-10, DLU_OK},
    {"days", "wt signed_rank", "limit", 0.0625, 1e-10, DLU_OK},
    {"days", "wt fold_of_means", "statistic", 0.53857224849581742, 1e-09, DLU_OK},
    {"days", "wt fold_of_means", "df2", 4, 1e-09, DLU_OK},
    {"days", "wt fold_of_means", "low", 0.47582614139776552, 1e-09, DLU_OK},
    {"days", "wt fold_of_means", "high", 0.71276707495073555, 1e-09, DLU_OK},
    {"days", "mut signed_rank", "statistic", 1, 1e-10, DLU_OK},
    {"days", "mut signed_rank", "p", 0.125, 1e-10, DLU_OK},
    {"days", "mut signed_rank", "limit", 0.0625, 1e-10, DLU_OK},
    {"days", "mut fold_of_means", "statistic", 0.88532640490143621, 1e-09, DLU_OK},
    {"days", "mut fold_of_means", "df2", 4, 1e-09, DLU_OK},
    {"days", "mut fold_of_means", "low", 0.73373696995065052, 1e-09, DLU_OK},
    {"days", "mut fold_of_means", "high", 1.0241436104707202, 1e-09, DLU_OK},
};
