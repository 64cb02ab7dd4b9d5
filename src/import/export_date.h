/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_IMPORT_EXPORT_DATE_H
#define DLU_IMPORT_EXPORT_DATE_H

#include "base/arena.h"

/**
 * The date that a text begins with, as "YYYY-MM-DD": 2019-11-24, 24.11.2019 (day first), and with
 * '/' or '-' day or month first where only one is possible or both are equal. A time may follow.
 *
 * @return "" where there is no date or it is not certain; NULL where memory ran out
 */
const char *dlu_export_date(dlu_arena *arena, const char *text);

#endif
