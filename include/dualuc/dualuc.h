/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_H
#define DUALUC_H

/**
 * dualuc: from the export of a luminometer to a verdict on a microRNA target.
 *
 * Ownership: what you get through a `**out` you free with the `dlu_..._free` of its type (NULL is
 * fine); every other pointer is borrowed from its parent and dies with it; functions never take
 * ownership of arguments.
 *
 * The library keeps no global state, starts no threads, never prints, exits or touches the locale.
 * It takes files as bytes; only the workbook writers take a path.
 */
#include <dualuc/version.h>
#include <dualuc/error.h>
#include <dualuc/plate.h>
#include <dualuc/import.h>
#include <dualuc/settings.h>
#include <dualuc/result.h>
#include <dualuc/report.h>
#include <dualuc/figure.h>
#include <dualuc/map.h>
#include <dualuc/simulate.h>
#include <dualuc/power.h>
#include <dualuc/run.h>
#include <dualuc/diff.h>
#include <dualuc/history.h>
#include <dualuc/seed.h>

#endif
