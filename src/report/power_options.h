/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_REPORT_POWER_OPTIONS_H
#define DLU_REPORT_POWER_OPTIONS_H

#include <dualuc/power.h>

/** Whether the options are in their ranges; sd may be NaN. DLU_OK or DLU_E_USAGE. */
dlu_status dlu_plan_check(const dlu_power_options *options, dlu_error *err);

#endif
