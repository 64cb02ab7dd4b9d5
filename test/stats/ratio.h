/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed by ratio.R (R 4.2.2): edit that, not this. */
/* clang-format off */
#include "pinned.h"

static const double num[] = {
    0.4866, 0.6351, 0.7007, 0.7357, 0.5996, 0.5829};

static const double den[] = {
    0.8312, 0.8906, 1.0742, 1.4036, 0.9521, 1.0633};

static const double ln_num[] = {
    -0.72031284863271483, -0.4539728121732079, -0.35567544360564884, -0.30693285204391829,
    -0.51149251275369434, -0.539739633930633};

static const double ln_den[] = {
    -0.18488483919711934, -0.11585988609453511, 0.071576198489221962, 0.33904036472692295,
    -0.049085207690491413, 0.061377279674903341};

static const double e_wt[] = {
    -0.6123, -0.5384, -0.3719, -0.599, -0.5449};

static const double e_mut[] = {
    -0.1901, -0.1844, -0.1448, -0.1828, -0.0867};

static const pinned ratio_rows[] = {
    {"L1", "paired", "ratio", 0.60186645213193879, 1e-10, DLU_OK},
    {"L1", "paired", "g", 0.0425883739435608, 1e-10, DLU_OK},
    {"L1", "paired", "lo", 0.53390948611208344, 1e-10, DLU_OK},
    {"L1", "paired", "hi", 0.69273224951510259, 1e-10, DLU_OK},
    {"L2", "pooled", "ratio", 0.60186645213193879, 1e-10, DLU_OK},
    {"L2", "pooled", "g", 0.019055906754188039, 1e-10, DLU_OK},
    {"L2", "pooled", "lo", 0.45046403997317652, 1e-10, DLU_OK},
    {"L2", "pooled", "hi", 0.77665268620118444, 1e-10, DLU_OK},
    {"L3", "separate", "df", 9.1268756312608321, 1e-10, DLU_OK},
    {"L3", "separate", "ratio", 0.60186645213193879, 1e-10, DLU_OK},
    {"L3", "separate", "g", 0.032842384740982153, 1e-10, DLU_OK},
    {"L3", "separate", "lo", 0.48371214814290253, 1e-10, DLU_OK},
    {"L3", "separate", "hi", 0.760896678042581, 1e-10, DLU_OK},
    {"L4", "delta", "lnratio", -0.50771969859591193, 1e-10, DLU_OK},
    {"L4", "delta", "se", 0.099222429139508087, 1e-10, DLU_OK},
    {"L4", "delta", "lo", 0.48248712236891955, 1e-10, DLU_OK},
    {"L4", "delta", "hi", 0.75078320105900931, 1e-10, DLU_OK},
    {"X80", "delta paired", "se", 0.049697551129215409, 1e-10, DLU_OK},
    {"L5", "welch", "ratio", 0.60549134977628971, 1e-10, DLU_OK},
    {"L5", "welch", "lo", 0.48754826828277004, 1e-10, DLU_OK},
    {"L5", "welch", "hi", 0.75196610982787815, 1e-10, DLU_OK},
    {"L5", "welch", "p", 0.0004738859648354399, 1e-10, DLU_OK},
    {"L6", "paired ln", "ratio", 0.60549134977628971, 1e-10, DLU_OK},
    {"L6", "paired ln", "lo", 0.53687159988070732, 1e-10, DLU_OK},
    {"L6", "paired ln", "hi", 0.682881669910228, 1e-10, DLU_OK},
    {"L6", "paired ln", "p", 0.00012223836371213394, 1e-10, DLU_OK},
    {"L7", "rescue", "rho", 0.70418151134445894, 1e-10, DLU_OK},
    {"L7", "rescue", "lo", 0.5929437377122837, 1e-10, DLU_OK},
    {"L7", "rescue", "hi", 0.80037677490701009, 1e-10, DLU_OK},
    {"L7", "rescue", "g", 0.049828207302441294, 1e-10, DLU_OK},
};
