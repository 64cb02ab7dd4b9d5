/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/draw.h"
dlu_status dlu_draw_superplot(dlu_draw *d, double width, dlu_sheets *sheets)
{
    (void)width;
    (void)sheets;
    return dlu_draw_nothing(d, "superplot", "x");
}
