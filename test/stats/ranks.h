/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed by ranks.R (R 4.2.2): edit that, not this. */
/* clang-format off */
#include "pinned.h"

static const double pair_small_a[] = {
    0.3, 1.2, -0.4};

static const double pair_small_b[] = {
    2.1, 1.9, 3.3};

static const double pair_one_a[] = {
    0.2};

static const double pair_one_b[] = {
    0.1, 0.3, 0.5, 0.6};

static const double pair_large_a[] = {
    37, 74, 10, 47, 84, 20, 57, 94, 30, 67, 3, 40, 77, 13, 50, 87, 23, 60, 97, 33, 70, 6, 43,
    80, 16, 53, 90, 26, 63, 100, 36, 73, 9, 46, 83, 19, 56, 93, 29, 66, 2, 39, 76, 12, 49, 86,
    22, 59, 96};

static const double pair_large_b[] = {
    37.25, 74.25, 10.25, 47.25, 84.25, 20.25, 57.25, 94.25, 30.25, 67.25, 3.25, 40.25, 77.25,
    13.25, 50.25, 87.25, 23.25, 60.25, 97.25, 33.25, 70.25, 6.25, 43.25, 80.25, 16.25, 53.25,
    90.25, 26.25, 63.25, 100.25, 36.25, 73.25, 9.25, 46.25, 83.25, 19.25, 56.25, 93.25, 29.25,
    66.25, 2.25, 39.25, 76.25, 12.25, 49.25, 86.25, 22.25, 59.25, 96.25};

static const double pair_larger_a[] = {
    37, 74, 10, 47, 84, 20, 57, 94, 30, 67, 3, 40, 77, 13, 50, 87, 23, 60, 97, 33, 70, 6, 43,
    80, 16, 53, 90, 26, 63, 100, 36, 73, 9, 46, 83, 19, 56, 93, 29, 66, 2, 39, 76, 12, 49, 86,
    22, 59, 96, 32};

static const double pair_larger_b[] = {
    67.25, 104.25, 40.25, 77.25, 114.25, 50.25, 87.25, 124.25, 60.25, 97.25, 33.25, 70.25,
    107.25, 43.25, 80.25, 117.25, 53.25, 90.25, 127.25, 63.25};

static const double pair_tied_a[] = {
    1, 1, 2, 5, 5, 5, 9};

static const double pair_tied_b[] = {
    0, 1, 2, 2, 3};

static const double differences_three[] = {
    -0.2, -0.5, -0.3};

static const double differences_seven[] = {
    0.31, -0.12, 0.45, 0.5, 0.07, 0.9, -0.33};

static const double differences_tied[] = {
    1, -1, 2, 3, 3, -4, 5};

static const double differences_zero[] = {
    0, 0.4, -0.1, 0.6, 0.9, 0};

static const double differences_even[] = {
    -2, 2};

static const double differences_large[] = {
    6.75, 43.75, -20.25, 16.75, 53.75, -10.25, 26.75, 63.75, -0.25, 36.75, -27.25, 9.75, 46.75,
    -17.25, 19.75, 56.75, -7.25, 29.75, 66.75, 2.75, 39.75, -24.25, 12.75, 49.75, -14.25,
    22.75, 59.75, -4.25, 32.75, 69.75, 5.75, 42.75, -21.25, 15.75, 52.75, -11.25, 25.75, 62.75,
    -1.25, 35.75, -28.25, 8.75, 45.75, -18.25, 18.75, 55.75, -8.25, 28.75, 65.75};

static const double differences_larger[] = {
    -3.25, 33.75, -30.25, 6.75, 43.75, -20.25, 16.75, 53.75, -10.25, 26.75, -37.25, -0.25,
    36.75, -27.25, 9.75, 46.75, -17.25, 19.75, 56.75, -7.25, 29.75, -34.25, 2.75, 39.75,
    -24.25, 12.75, 49.75, -14.25, 22.75, 59.75, -4.25, 32.75, -31.25, 5.75, 42.75, -21.25,
    15.75, 52.75, -11.25, 25.75, -38.25, -1.25, 35.75, -28.25, 8.75, 45.75, -18.25, 18.75,
    55.75, -8.25};

static const pinned ranks_rows[] = {
    {"A5WT", "four WT", "W", 0, 1e-10, DLU_OK},
    {"A5WT", "four WT", "p_two_sided", 0.015873015873015872, 1e-10, DLU_OK},
    {"A5MUT", "four MUT", "W", 5, 1e-10, DLU_OK},
    {"A5MUT", "four MUT", "p_two_sided", 0.38095238095238093, 1e-10, DLU_OK},
    {"O3n2", "group n2", "W", 0, 1e-10, DLU_OK},
    {"O3n2", "group n2", "p", 0.33333333333333331, 1e-10, DLU_OK},
    {"O3zero_one", "group zero_one", "W", 9, 1e-10, DLU_OK},
    {"O3zero_one", "group zero_one", "p", 0.063602569620753641, 1e-10, DLU_OK},
    {"O3zero_both", "group zero_both", "W", 9, 1e-10, DLU_OK},
    {"O3zero_both", "group zero_both", "p", 0.046854177603873753, 1e-10, DLU_OK},
    {"O3zero_both_equal", "group zero_both_equal", "W", 4.5, 1e-10, DLU_OK},
    {"O3zero_both_equal", "group zero_both_equal", "p", 0, 1e-10, DLU_E_NO_VARIANCE},
    {"O3ties", "group ties", "W", 4, 1e-10, DLU_OK},
    {"O3ties", "group ties", "p", 0.28494907768465488, 1e-10, DLU_OK},
    {"O3n1", "group n1", "W", 0, 1e-10, DLU_OK},
    {"O3n1", "group n1", "p", 0.66666666666666663, 1e-10, DLU_OK},
    {"O3tiny", "group tiny", "W", 0, 1e-10, DLU_OK},
    {"O3tiny", "group tiny", "p", 0.1, 1e-10, DLU_OK},
    {"O3prenorm", "group prenorm", "W", 9, 1e-10, DLU_OK},
    {"O3prenorm", "group prenorm", "p", 0.063602569620753641, 1e-10, DLU_OK},
    {"X60", "pair small", "W", 0, 1e-10, DLU_OK},
    {"X60", "pair small", "p", 0.1, 1e-10, DLU_OK},
    {"X60", "pair one", "W", 1, 1e-10, DLU_OK},
    {"X60", "pair one", "p", 0.8, 1e-10, DLU_OK},
    {"X60", "pair large", "W", 1176, 1e-10, DLU_OK},
    {"X60", "pair large", "p", 0.86521035715281525, 1e-10, DLU_OK},
    {"X60", "pair larger", "W", 238, 1e-10, DLU_OK},
    {"X60", "pair larger", "p", 0.00067474218946629041, 1e-10, DLU_OK},
    {"X60", "pair tied", "W", 26, 1e-10, DLU_OK},
    {"X60", "pair tied", "p", 0.18439576817907688, 1e-10, DLU_OK},
    {"X61", "differences three", "V", 0, 1e-10, DLU_OK},
    {"X61", "differences three", "p", 0.25000000000000006, 1e-10, DLU_OK},
    {"X61", "differences seven", "V", 22, 1e-10, DLU_OK},
    {"X61", "differences seven", "p", 0.21875000000000006, 1e-10, DLU_OK},
    {"X61", "differences tied", "V", 20.5, 1e-10, DLU_OK},
    {"X61", "differences tied", "p", 0.30876031352753258, 1e-10, DLU_OK},
    {"X61", "differences zero", "V", 9, 1e-10, DLU_OK},
    {"X61", "differences zero", "p", 0.20124262095772402, 1e-10, DLU_OK},
    {"X61", "differences even", "V", 1.5, 1e-10, DLU_OK},
    {"X61", "differences even", "p", 1, 1e-10, DLU_OK},
    {"X61", "differences large", "V", 1009, 1e-10, DLU_OK},
    {"X61", "differences large", "p", 3.7321372207799193e-05, 1e-10, DLU_OK},
    {"X61", "differences larger", "V", 867, 1e-10, DLU_OK},
    {"X61", "differences larger", "p", 0.027063492176047903, 1e-10, DLU_OK},
};
